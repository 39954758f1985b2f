"""Shifts that cover a need at least cost: an integer programme for each pool."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats
from callcenter.clock import SECONDS_PER_DAY, clock_text
from callcenter.language import gettext as _
from callcenter.scenario import Day, Scenario
from callcenter.study.staffing.catalogue import Catalogue, Template
from callcenter.study.staffing.errors import UncoveredError
from callcenter.study.staffing.trials import Levels

SECONDS_TO_SOLVE = 5.0

Worked = list[tuple[Template, int]]
"""Shifts, and how many agents work each."""


def presence(shifts: Sequence[Template], day: Day) -> Floats:
    """Return the share of each interval in which an agent of each shift is on the phones.

    Shape (intervals, shifts); what lies past midnight counts for the morning, as every day is worked alike.
    """
    starts = day.open + day.interval * np.arange(day.intervals)
    present = np.zeros((day.intervals, len(shifts)))
    for number, shift in enumerate(shifts):
        for begin, end in shift.present:
            for offset in (0.0, SECONDS_PER_DAY):
                overlap = np.minimum(starts + day.interval, end - offset) - np.maximum(starts, begin - offset)
                present[:, number] += np.maximum(overlap, 0.0) / day.interval
    return present


def cover(need: npt.NDArray[Any], shifts: Sequence[Template], day: Day, cost_per_hour: float) -> list[int]:
    """Return how many agents work each shift, so that each interval has its need at least cost.

    An agent who is there for half of an interval counts half.  Raises UncoveredError if it cannot be.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # takes 0.3 s, which a report need not wait for

    present = presence(shifts, day)
    most = np.array([shift.at_most for shift in shifts], np.float64)
    short = np.flatnonzero(present @ most < need)
    if short.size:
        raise UncoveredError(_uncovered(float(need[short[0]]), day, int(short[0])))
    solution = milp(
        [_weight(shift, cost_per_hour) for shift in shifts],
        constraints=LinearConstraint(present, lb=need),
        bounds=Bounds([shift.at_least for shift in shifts], most),
        integrality=np.ones(len(shifts), np.int64),
        options={"time_limit": SECONDS_TO_SOLVE, "mip_rel_gap": 1e-4},
    )
    if solution.x is None:
        raise UncoveredError(_("no combination of the catalogue's shifts covers the need; add shifts to it"))
    return [int(number) for number in np.rint(solution.x)]


def rostered_hours(shift: Template, day: Day) -> float:
    """Return the hours of one agent's shift on the roster: in opening hours, without breaks (rule R18)."""
    return float(presence([shift], day).sum()) * day.interval / 3600


def price(shift: Template, day: Day, cost_per_hour: float) -> float:
    """Return what one agent's shift costs: its own cost, or its rostered hours, as `run` counts them."""
    return shift.cost if shift.cost is not None else rostered_hours(shift, day) * (cost_per_hour or 1.0)


def _weight(shift: Template, cost_per_hour: float) -> float:
    """Return what the search counts for a shift: its own cost, or all its hours; nobody comes for nothing.

    Hours before the hotline opens and breaks are not on the roster (R18) and so have no price, but a search
    that gave them away would send people home with half a shift.
    """
    return shift.cost if shift.cost is not None else shift.length / 3600 * (cost_per_hour or 1.0)


def cover_all(scenario: Scenario, need: Levels, catalogue: Catalogue) -> dict[str, Worked]:
    """Return the shifts worked in each pool; UncoveredError says which pool cannot be covered."""
    worked = {}
    for (name, pool), agents in zip(scenario.pools.items(), need, strict=True):
        shifts = [shift for shift in catalogue.shifts if shift.pools is None or name in shift.pools]
        if not shifts:
            raise UncoveredError(
                _("the catalogue has no shift for the pool {name}; add one, or leave out `pools`").format(
                    name=name
                )
            )
        try:
            numbers = cover(agents, shifts, scenario.day, pool.cost_per_hour)
        except UncoveredError as error:
            raise UncoveredError(f"{name}: {error}") from None
        worked[name] = [(shift, number) for shift, number in zip(shifts, numbers, strict=True) if number]
    return worked


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
