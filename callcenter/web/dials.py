"""The dials of the page: which ones a scenario has a use for, and the knobs that they set.

A dial has a name, such as `agents/desk`; where it stands is a number, or whether it is ticked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from callcenter.language import gettext as _
from callcenter.scenario import Never, Scenario
from callcenter.web.knobs import AS_WRITTEN, Knobs, owed, reserves

LEAST, MOST, STEP = 50, 150, 5
"""Percent that a slider reaches."""
LEAST_TYPED, MOST_TYPED = 1, 1000
"""Percent that can be typed."""

MOST_MORE = 20
"""Agents more or fewer in every interval, by the slider."""
MOST_MORE_TYPED = 2000

MANY_POOLS = 6
"""Above this, one dial for all pools stands before the others."""

Stands = Mapping[str, float | bool]
"""Where the dials stand that were moved."""


@dataclass(frozen=True)
class Dial:
    """A slider with a number to type beside it; or a box to tick."""

    name: str
    label: str
    rest: float | bool
    low: float = LEAST
    high: float = MOST
    least: float = LEAST_TYPED
    most: float = MOST_TYPED
    step: float = STEP
    unit: str = "%"
    is_box: bool = False
    hint: str = ""


class Group(NamedTuple):
    """Dials that belong together; without a title they always show."""

    title: str
    dials: list[Dial]
    note: str = ""


def groups_of(scenario: Scenario) -> list[Group]:
    """Return the dials of a scenario, those that are moved most first."""
    many = len(scenario.pools) > MANY_POOLS
    first = [] if scenario.demand.replay else [Dial("volume", _("Calls"), AS_WRITTEN)]
    first += [Dial("staffing", _("Agents of all pools"), AS_WRITTEN)] if many else _agents(scenario)
    first.append(Dial("handle_time", _("Handle time"), AS_WRITTEN))
    if any(not isinstance(tier.patience, Never) for tier in scenario.tiers.values()):
        first.append(Dial("patience", _("Patience"), AS_WRITTEN))
    groups = [
        Group("", first),
        *([Group(_("Agents, pool by pool"), _agents(scenario))] if many else []),
        Group(_("Handle time by tier"), _handle_times(scenario)),
        Group(_("Who calls"), [*_callers(scenario)]),
        Group(_("Absent and away"), [*_away(scenario)], _("Percent of the agents rostered.")),
        Group(_("Callbacks"), [*_callbacks(scenario)], _("Lost calls that are called back")),
        Group(_("Priorities"), [*_priorities(scenario)], _("Smaller goes first; equal ones share one line.")),
    ]
    return [group for group in groups if group.dials]


def as_data(groups: list[Group]) -> list[dict[str, Any]]:
    """Return groups as plain data, for the browser."""
    return [
        {"title": group.title, "note": group.note, "dials": [asdict(dial) for dial in group.dials]}
        for group in groups
    ]


def _agents(scenario: Scenario) -> list[Dial]:
    hint = _("More or fewer in every interval that has agents")
    labels = {name: _("Agents: {pool}").format(pool=name) for name in scenario.pools}
    more = MOST_MORE_TYPED
    return [
        Dial(f"shifts/{name}", labels[name], AS_WRITTEN)
        if pool.agents is None
        else Dial(f"agents/{name}", labels[name], 0, -MOST_MORE, MOST_MORE, -more, more, 1, "+", hint=hint)
        for name, pool in scenario.pools.items()
    ]


def _handle_times(scenario: Scenario) -> list[Dial]:
    if len(scenario.tiers) < 2:
        return []
    return [Dial(f"handle_time/{name}", name, AS_WRITTEN) for name in scenario.tiers]


def _share(name: str, label: str, share: float, high: float = 100) -> Dial:
    rest = round(100 * share, 6)
    return Dial(name, label, rest, 0, max(high, rest), 0, 100, 1)


def _callers(scenario: Scenario) -> Iterator[Dial]:
    for tier, share in list((scenario.demand.mix or {}).items())[:-1]:
        yield _share(f"mix/{tier}", _("Share of {tier}").format(tier=tier), share)
    if scenario.ivr is not None and scenario.ivr.menus is None:
        yield _share("self_service", _("Solved by the IVR"), scenario.ivr.self_service)


def _away(scenario: Scenario) -> Iterator[Dial]:
    for name, pool in scenario.pools.items():
        yield _share(f"absence/{name}", _("Absent: {pool}").format(pool=name), pool.absence, 40)
        yield _share(f"shrinkage/{name}", _("Off the phone: {pool}").format(pool=name), pool.shrinkage, 60)


def _callbacks(scenario: Scenario) -> Iterator[Dial]:
    written = owed(scenario)
    for name, tier in scenario.tiers.items():
        if name in written or tier.channel != "deferred":
            yield Dial(f"called_back/{name}", name, name in written, is_box=True)
    yield _share("callback_share", _("Share of them"), _usual_share(scenario))
    for name, pool in scenario.pools.items():
        if pool.callbacks is not None:
            label = _("Idle agents kept while dialling: {pool}").format(pool=name)
            yield _count(f"callback_idle/{name}", label, pool.callbacks.keep_idle)


def _usual_share(scenario: Scenario) -> float:
    rules = [tier.callback.share for tier in scenario.tiers.values() if tier.callback is not None]
    return max(rules, default=1.0)


def _priorities(scenario: Scenario) -> Iterator[Dial]:
    if len(scenario.tiers) > 1:
        for name, tier in scenario.tiers.items():
            yield _count(f"priority/{name}", name, tier.priority)
    if reserves(scenario):
        yield Dial("reserve", _("Keep agents idle for those who go first"), rest=True, is_box=True)


def _count(name: str, label: str, rest: int) -> Dial:
    return Dial(name, label, rest, min(0, rest), max(9, rest), min(0, rest), max(99, rest), 1, "")


def knobs_of(scenario: Scenario, stands: Stands) -> Knobs:
    """Return the knobs of dials that stand so; what is no dial here is not heard."""
    known = {dial.name: dial for group in groups_of(scenario) for dial in group.dials}
    moved = {name: _within(dial, stands[name]) for name, dial in known.items() if name in stands}
    moved = {name: value for name, value in moved.items() if value != known[name].rest}

    def each(kind: str) -> dict[str, Any]:
        return {name.partition("/")[2]: value for name, value in moved.items() if name.startswith(f"{kind}/")}

    boxes = each("called_back")
    called_back = frozenset((owed(scenario) | {name for name in boxes if boxes[name]}) - _unticked(boxes))
    whole = {name: moved.get(name, AS_WRITTEN) for name in ("volume", "handle_time", "patience", "staffing")}
    return Knobs(
        **whole,
        mix=each("mix"),
        self_service=moved.get("self_service"),
        handle_times=each("handle_time"),
        agents={name: int(value) for name, value in each("agents").items()},
        shifts=each("shifts"),
        absence=each("absence"),
        shrinkage=each("shrinkage"),
        called_back=called_back if boxes else None,
        callback_share=moved.get("callback_share"),
        callback_idle={name: int(value) for name, value in each("callback_idle").items()},
        priorities={name: int(value) for name, value in each("priority").items()},
        reserve=bool(moved.get("reserve", True)),
    )


def _unticked(boxes: Mapping[str, bool]) -> set[str]:
    return {name for name, is_ticked in boxes.items() if not is_ticked}


def _within(dial: Dial, value: object) -> float | bool:
    """Return where a dial stands, from what a browser sent."""
    if dial.is_box:
        return value if isinstance(value, bool) else dial.rest
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return dial.rest
    return min(dial.most, max(dial.least, round(value, 2) if dial.unit == "%" else round(value)))
