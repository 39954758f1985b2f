"""Which engine runs: the compiled one, unless a rule of the user's own needs the SimPy one."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from callcenter.calllog import CallLog
from callcenter.demand import CallTape, draw
from callcenter.engine.floorplan import FloorPlan, floor_plan
from callcenter.engine.state import State
from callcenter.kernels import is_compiled
from callcenter.language import gettext as _
from callcenter.scenario import Scenario, load

if TYPE_CHECKING:
    from callcenter.engine.simpy_engine import RoutingRule

ENGINES = ("simpy", "compiled")

_LOG = logging.getLogger(__name__)


def resolve_engine(engine: str = "auto", routing: RoutingRule | None = None) -> str:
    """Return the engine that will run.

    ValueError if there is none of that name, or if it cannot run a routing rule written in Python.
    """
    if engine == "auto":
        return "compiled" if routing is None else _fallen_back(_named(routing))
    if engine not in ENGINES:
        raise ValueError(
            _("there is no engine '{engine}'; write one of: auto, {names}").format(
                engine=engine, names=_(", ").join(ENGINES)
            )
        )
    if engine == "compiled" and routing is not None:
        raise ValueError(
            _(
                "the compiled engine cannot run {routing}, a routing rule written in Python; write "
                "engine='simpy' or 'auto'"
            ).format(routing=_named(routing))
        )
    return engine


def _named(rule: RoutingRule) -> str:
    from callcenter.engine.simpy_engine import routing_of

    return repr(routing_of(rule))


def _fallen_back(rule: str) -> str:
    if rule not in _LOGGED_RULES:
        _LOGGED_RULES.add(rule)
        _LOG.info(
            _("The SimPy engine runs, because {rule} is a routing rule written in Python.").format(rule=rule)
        )
    return "simpy"


_LOGGED_RULES: set[str] = set()
"""Routing rules that the user has been warned about, so that it happens once."""


def simulate(
    scenario: Scenario,
    tape: CallTape,
    engine: str = "auto",
    routing: RoutingRule | None = None,
    plan: FloorPlan | None = None,
    state: State | None = None,
) -> CallLog:
    """Run the callers on the tape through the hotline and return what happened to each.

    With a ``state`` the run goes on from there: what has happened stays, and the tape begins with its calls.
    ``routing`` is a rule of the user's own, which needs the SimPy engine; RoutingError if it gives an answer
    that cannot be carried out.  ``plan`` stands in place of the scenario's own, where others were on the
    phones than it says.
    """
    plan = plan or floor_plan(scenario, tape.seed, tape.replication)
    name = resolve_engine(engine, routing)
    if state is not None:
        state.refuse_other(tape)
        _refuse_routing(routing)
    if name == "compiled":
        from callcenter.engine.compiled import simulate_compiled

        return simulate_compiled(plan, tape, state)
    from callcenter.engine.simpy_engine import Hotline, RoutedFloor, routing_of

    if routing is None:
        return Hotline(plan, tape, state=state).run()
    tiers, pools, rule = tuple(scenario.tiers), tuple(scenario.pools), routing_of(routing)
    return Hotline(plan, tape, partial(RoutedFloor, rule=rule, tiers=tiers, pools=pools)).run()


def _refuse_routing(routing: RoutingRule | None) -> None:
    if routing is not None:
        raise ValueError(
            _("{routing} keeps notes of its own, which no state holds; go on from a state without it").format(
                routing=_named(routing)
            )
        )


def cut(
    scenario: Scenario,
    tape: CallTape,
    at: float,
    plan: FloorPlan | None = None,
    state: State | None = None,
) -> State:
    """Run the callers on the tape up to a moment, perhaps from a state on, and return how things stand then.

    `simulate` goes on from there, with either engine, and with other agents from then on if the plan says so.
    """
    from callcenter.engine.compiled import cut_compiled

    if state is not None:
        state.refuse_other(tape)
    own = plan or floor_plan(scenario, tape.seed, tape.replication)
    return cut_compiled(own, tape, float(at), state)  # a whole number would be compiled for anew


def is_ready(engine: str) -> bool:
    """Whether an engine can start at once; the compiled one is compiled once a version."""
    if resolve_engine(engine) == "simpy":
        return True
    return is_compiled("run.run_until")


def prepare(engine: str) -> tuple[Scenario, CallLog]:
    """Make an engine ready, so that worker processes find it compiled and do not all compile it.

    Returns what it was tried on, a day on which nobody calls, for others to prepare with.
    """
    if not is_ready(engine):
        _LOG.info(_("Preparing the compiled engine (once) ..."))
    quiet = nobody_calls()
    return quiet, simulate(quiet, draw(quiet, 0, 0), engine)


def nobody_calls() -> Scenario:
    """Return a scenario that takes no time, to make ready with."""
    return load(_QUIET)


_QUIET = {
    "name": "nobody calls",
    "day": {"open": "00:00", "close": "01:00", "interval": "1 h"},
    "demand": {"calls": 0},
    "tiers": {"any": {"priority": 0, "talk": "1 min"}},
    "pools": {"desk": {"serves": ["any"], "agents": 0}},
}
