"""Shifts that cover a need at least cost, or that keep what is measured; what they cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats
from callcenter.clock import clock_text
from callcenter.demand.days import joined
from callcenter.demand.times import times_text
from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.scenario import Day, Scenario
from callcenter.study.staffing.catalogue import Catalogue, Template
from callcenter.study.staffing.choices import Choices, Pattern, Plan, choices_of, share_of_intervals
from callcenter.study.staffing.errors import UncoveredError
from callcenter.study.staffing.programme import Programme, Slopes
from callcenter.study.staffing.trials import Levels

TIE = 1e-3
"""What an hour that is paid counts beside one of a shift: of rosters as long, that which is paid less."""

Worked = list[tuple[Template, int]]
"""Shifts with the times of their breaks, and how many agents work each."""


class Offer(NamedTuple):
    """What each pool may choose from, and what an hour costs there."""

    choices: tuple[Choices, ...]
    cost_per_hour: tuple[float, ...]

    def weights(self) -> list[Floats]:
        """Return what the programme counts for an agent of each column, by pool; breaks cost nothing."""
        return [
            np.array([weight(shift, cost) for shift in each.shifts] + [0.0] * len(each.places))
            for each, cost in zip(self.choices, self.cost_per_hour, strict=True)
        ]

    def weight(self, plans: Sequence[Plan]) -> float:
        """Return what plans count together."""
        return sum(
            number * self.weight_of(pool, pattern)
            for pool, plan in enumerate(plans)
            for pattern, number in plan.items()
        )

    def weight_of(self, pool: int, pattern: Pattern) -> float:
        """Return what an agent of a pattern counts where rosters are compared."""
        each, cost = self.choices[pool], self.cost_per_hour[pool]
        shift = each.shifts[pattern.shift]
        return weight(shift, cost) + TIE * price(shift, each.day, cost)

    def levels(self, plans: Sequence[Plan]) -> Floats:
        """Return the mean agents rostered in each interval, shape (pools, intervals)."""
        pairs = zip(self.choices, plans, strict=True)
        return np.stack([each.presence @ each.numbers(plan) for each, plan in pairs])

    def worked(self, scenario: Scenario, plans: Sequence[Plan]) -> dict[str, Worked]:
        """Return the shifts worked in each pool that may choose any, early ones first."""
        pairs = zip(scenario.pools, self.choices, plans, strict=True)
        return {
            name: [
                (each.shifts[pattern.shift].placed(pattern.at), number)
                for pattern, number in sorted(plan.items())
                if number
            ]
            for name, each, plan in pairs
            if each.shifts
        }


def offer_of(
    scenario: Scenario,
    catalogue: Catalogue,
    least: Levels | None = None,
    fixed: Collection[str] = (),
) -> Offer:
    """Return what a catalogue offers; UncoveredError if nothing to a pool.

    ``least`` are the agents who are there at any time, by pool and interval; pools that are ``fixed`` keep
    theirs and choose nothing.
    """
    choices = []
    for place, name in enumerate(scenario.pools):
        if name in fixed:
            choices.append(Choices((), scenario.day))
            continue
        offered = choices_of(catalogue, name, scenario.day, () if least is None else least[place])
        if offered is None:
            raise UncoveredError(
                _("the catalogue has no shift for the pool {name}; add one, or leave out `pools`").format(
                    name=name
                )
            )
        choices.append(offered)
    return Offer(tuple(choices), tuple(pool.cost_per_hour or 1.0 for pool in scenario.pools.values()))


def refuse_short(scenario: Scenario, offer: Offer) -> None:
    """Raise UncoveredError where the shifts cannot give the agents who are to be there at least."""
    for name, each in zip(scenario.pools, offer.choices, strict=True):
        short = joined(each.minimum.short())
        agents = int(max(each.minimum.least, default=0))
        if short:
            message = ngettext(
                "{pool}: {agents} agent is to be there at any time, and no number of the catalogue's shifts "
                "gives that {when}; add a shift there, or ask for fewer at least",
                "{pool}: {agents} agents are to be there at any time, and no number of the catalogue's "
                "shifts gives that {when}; add a shift there, or ask for fewer at least",
                agents,
            )
            raise UncoveredError(message.format(pool=name, agents=agents, when=times_text(short)))
        if agents and Programme([each], Offer((each,), (1.0,)).weights()[0]).whole() is None:
            message = ngettext(
                "{pool}: no combination of the catalogue's shifts keeps {agents} agent there at any time, "
                "with their breaks and bounds; add shifts, or ask for fewer at least",
                "{pool}: no combination of the catalogue's shifts keeps {agents} agents there at any time, "
                "with their breaks and bounds; add shifts, or ask for fewer at least",
                agents,
            )
            raise UncoveredError(message.format(pool=name, agents=agents))


def cover(need: npt.NDArray[Any], choices: Choices, cost_per_hour: float) -> Plan:
    """Return how many agents work each pattern, so that each interval has its need at least cost.

    An agent who is there for half of an interval counts half.  Raises UncoveredError if it cannot be.
    """
    most = np.array([shift.at_most for shift in choices.shifts] + [0] * len(choices.places), np.float64)
    short = np.flatnonzero(choices.presence @ most < need)
    if short.size:
        raise UncoveredError(_uncovered(float(need[short[0]]), choices.day, int(short[0])))
    weights = Offer((choices,), (cost_per_hour or 1.0,)).weights()[0]
    numbers = Programme([choices], weights).covering(need).whole()
    if numbers is None:
        raise UncoveredError(_("no combination of the catalogue's shifts covers the need; add shifts to it"))
    return choices.plan(numbers)


def cheapest(offer: Offer, slopes: Slopes) -> list[Plan] | None:
    """Return plans at least cost that keep every margin, if effects added up; None if none do."""
    numbers = keeping(offer, slopes).whole()
    if numbers is None:
        return None
    plans, first = [], 0
    for each in offer.choices:
        plans.append(each.plan(numbers[first : first + each.columns]))
        first += each.columns
    return plans


def keeping(offer: Offer, slopes: Slopes) -> Programme:
    """Return the programme that keeps every margin at least cost."""
    return Programme(offer.choices, np.concatenate(offer.weights())).keeping(slopes)


def rostered_hours(shift: Template, day: Day) -> float:
    """Return the hours of one agent's shift on the roster: in opening hours, without breaks (rule R18)."""
    return float(share_of_intervals(shift.present, day).sum()) * day.interval / 3600


def price(shift: Template, day: Day, cost_per_hour: float) -> float:
    """Return what one agent's shift costs: its own cost, or its rostered hours, as `run` counts them."""
    return shift.cost if shift.cost is not None else rostered_hours(shift, day) * (cost_per_hour or 1.0)


def weight(shift: Template, cost_per_hour: float) -> float:
    """Return what the search counts for a shift: its own cost, or all its hours; nobody comes for nothing.

    Hours before the hotline opens and breaks are not on the roster (R18) and so have no price, but a search
    that gave them away would send people home with half a shift.
    """
    return shift.cost if shift.cost is not None else shift.length / 3600 * (cost_per_hour or 1.0)


def cover_all(scenario: Scenario, need: npt.NDArray[Any], offer: Offer) -> list[Plan]:
    """Return the plan of each pool that covers its need; UncoveredError says which pool cannot be covered."""
    plans: list[Plan] = []
    for name, agents, each, cost in zip(scenario.pools, need, *offer, strict=True):
        if not each.shifts:
            plans.append(Counter())
            continue
        try:
            plans.append(cover(agents, each, cost))
        except UncoveredError as error:
            raise UncoveredError(f"{name}: {error}") from None
    return plans


def with_shifts(scenario: Scenario, worked: dict[str, Worked]) -> Scenario:
    """Return the scenario with these shifts in place of what it had."""
    changes = {
        f"pools.{name}.{'shifts' if shifts else 'agents'}": [written(*each) for each in shifts] or 0
        for name, shifts in worked.items()
    }
    return scenario.with_(changes)


def written(shift: Template, agents: int) -> dict[str, Any]:
    """Return a shift as a scenario has it."""
    plain: dict[str, Any] = {"start": clock_text(shift.start), "end": clock_text(shift.end), "agents": agents}
    if shift.breaks:
        plain["breaks"] = [
            {"at": clock_text(pause.at), "for": f"{pause.for_ / 60:g} min"} for pause in shift.breaks
        ]
    return plain


def _uncovered(need: float, day: Day, interval: int) -> str:
    at = clock_text(day.open + interval * day.interval)
    return _(
        "{need:g} agents are needed at {at}, and no number of the catalogue's shifts gives them; add one"
    ).format(need=need, at=at)
