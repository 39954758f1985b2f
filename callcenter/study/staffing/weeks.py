"""Who works when in a week: the fewest people whose weeks keep the rules and fill every shift.

A week of one person is a column of an integer programme; columns are generated as long as linear programming
would pay for one, so its value is a bound below which no number of people can be.  The week repeats: rest and
days in a row are kept over its end, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats, Ints
from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.scenario.parts.shifts import Shift
from callcenter.study.staffing.catalogue import Week
from callcenter.study.staffing.errors import StaffingError
from callcenter.study.staffing.shifts import Worked
from callcenter.study.staffing.solver import linprog, milp

DAYS = 7
STEP = 900.0
"""Seconds in which hours of a week are added up; a shift counts rounded up."""
NODES = 2000
MOST_ROUNDS = 60
NOISE = 1e-7

Days = tuple[int | None, ...]
"""Which shift one person works on each day, None on days off."""


class Weeks(NamedTuple):
    """The people of one pool, and what they work."""

    shifts: list[Shift]
    lines: list[tuple[Days, int]]
    """Weeks, and how many people work each."""
    at_least: int
    """People below which no weeks by these rules fill the shifts."""

    @property
    def people(self) -> int:
        """How many people there are."""
        return sum(number for _days, number in self.lines)


def weeks_of(scenario: Scenario, worked: dict[str, Worked], rules: Week) -> dict[str, Weeks]:
    """Return the people of each pool for a roster that is worked on every day, wherever breaks lie.

    A scenario of two to six days is open on so many days of the week, any other on seven.
    """
    open_days = scenario.days if 1 < scenario.days < DAYS else DAYS
    people = {}
    for name, patterns in worked.items():
        agents: dict[tuple[float, float], int] = {}
        for shift, number in patterns:
            agents[shift.start, shift.end] = agents.get((shift.start, shift.end), 0) + number
        shifts = {(shift.start, shift.end): shift for shift, _number in patterns}
        demand = np.zeros((DAYS, len(shifts)), np.int64)
        demand[:open_days] = [agents[hours] for hours in shifts]
        if shifts:
            people[name] = fewest_people(list(shifts.values()), demand, rules)
    return people


def fewest_people(shifts: Sequence[Shift], demand: Ints, rules: Week) -> Weeks:
    """Return the fewest people found who fill shifts; ``demand`` has agents by day and shift, (7, shifts)."""
    planner = _Planner(shifts, demand, rules)
    columns, bound = planner.generated()
    return Weeks(list(shifts), _trimmed(columns, _whole(columns, demand), demand), bound)


class _Planner:
    """Generates weeks of one person."""

    def __init__(self, shifts: Sequence[Shift], demand: Ints, rules: Week) -> None:
        self.shifts, self.demand, self.rules = shifts, demand, rules
        self.hours = [_steps(shift) for shift in shifts]
        most = DAYS * max(self.hours) if rules.hours is None else int(rules.hours / STEP + NOISE)
        too_long = [shift for shift, hours in zip(shifts, self.hours, strict=True) if hours > most]
        if too_long:
            raise StaffingError(_("a shift is longer than the hours of a week; raise `hours` in `week`"))
        self.most = min(most, rules.days * max(self.hours))
        self.follows = np.array([[_may_follow(one, other, rules.rest) for other in shifts] for one in shifts])
        self.days_on = list(_days_on(rules))

    def generated(self) -> tuple[list[Days], int]:
        """Return weeks of one person, and the fewest people by linear programming, rounded up."""
        columns = list(self._single_days())
        known = set(columns)
        for _round in range(MOST_ROUNDS):
            value, prices = _relaxed(columns, self.demand)
            new = [days for days in self._weeks_worth(prices) if days not in known]
            if not new:
                return columns, ceil(value - 1e-6)
            known |= set(new)
            columns += new
        return columns, ceil(self.demand.sum() / self.rules.days)

    def _single_days(self) -> Iterator[Days]:
        for day, shift in np.argwhere(self.demand > 0):
            yield tuple(int(shift) if place == day else None for place in range(DAYS))

    def _weeks_worth(self, prices: Floats) -> Iterator[Days]:
        """Yield the best week on each set of days, if its shifts are worth more than one person."""
        for on in self.days_on:
            firsts: Sequence[int | None] = [None]
            if on[0] == 0 and on[-1] == DAYS - 1 and not self.follows.all():
                firsts = range(len(self.shifts))
            for first in firsts:
                worth, days = self._best(prices, on, first)
                if worth > 1 + 1e-6:
                    yield days

    def _best(self, prices: Floats, on: tuple[int, ...], first: int | None) -> tuple[float, Days]:
        """Return the most that shifts on some days are worth, and which; by day, shift and hours so far."""
        number = len(self.shifts)
        best = np.full((number, self.most + 1), -np.inf)
        for shift in range(number) if first is None else [first]:
            if self.hours[shift] <= self.most:
                best[shift, self.hours[shift]] = prices[on[0], shift]
        came: list[npt.NDArray[np.int64]] = []
        for before, day in pairwise(on):
            allowed = self.follows if day == before + 1 else np.ones_like(self.follows)
            reached = np.where(allowed[:, :, None], best[:, None, :], -np.inf)
            origin = reached.argmax(axis=0)
            value = reached.max(axis=0)
            best = np.full_like(best, -np.inf)
            for shift, hours in enumerate(self.hours):
                best[shift, hours:] = value[shift, : self.most + 1 - hours] + prices[day, shift]
            came.append(origin)
        if first is not None:
            best = np.where(self.follows[:, [first]], best, -np.inf)
        shift, hours = (int(place) for place in np.unravel_index(int(best.argmax()), best.shape))
        worth, days = float(best[shift, hours]), [shift]
        for origin in reversed(came):
            hours -= self.hours[shift]
            shift = int(origin[shift, hours])
            days.insert(0, shift)
        chosen = dict(zip(on, days, strict=True))
        return worth, tuple(chosen.get(day) for day in range(DAYS))


def _days_on(rules: Week) -> Iterator[tuple[int, ...]]:
    """Yield the sets of days that one person may work, longest runs over the end of the week included."""
    for bits in range(1, 2**DAYS):
        on = tuple(day for day in range(DAYS) if bits >> day & 1)
        if len(on) <= rules.days and (
            len(on) == DAYS == rules.consecutive or _longest_run(on) <= rules.consecutive
        ):
            yield on


def _longest_run(on: tuple[int, ...]) -> int:
    """Return the most days in a row of a week that repeats."""
    if len(on) == DAYS:
        return DAYS * 2
    longest = run = 0
    for day in range(2 * DAYS):
        run = run + 1 if day % DAYS in on else 0
        longest = max(longest, run)
    return longest


def _may_follow(one: Shift, other: Shift, rest: float) -> bool:
    """Whether a shift may be worked on the day after another."""
    return other.start + SECONDS_PER_DAY - (one.start + one.length) >= rest - NOISE


def _steps(shift: Shift) -> int:
    return ceil(sum(end - begin for begin, end in shift.present) / STEP - NOISE)


def _matrix(columns: Sequence[Days], demand: Ints) -> Floats:
    """Return which shifts of which day each week fills, (days x shifts, weeks)."""
    filled = np.zeros((*demand.shape, len(columns)))
    for number, days in enumerate(columns):
        for day, shift in enumerate(days):
            if shift is not None:
                filled[day, shift, number] = 1
    return filled.reshape(demand.size, len(columns))


def _relaxed(columns: Sequence[Days], demand: Ints) -> tuple[float, Floats]:
    """Return the fewest people, counted in parts, and what each shift of each day is worth of one."""
    solution: Any = linprog(np.ones(len(columns)), -_matrix(columns, demand), -demand.ravel())
    prices: Floats = -np.asarray(solution.ineqlin.marginals, np.float64).reshape(demand.shape)
    return float(solution.fun), prices


def _whole(columns: Sequence[Days], demand: Ints) -> Ints:
    from scipy.optimize import LinearConstraint

    solution: Any = milp(
        np.ones(len(columns)),
        constraints=LinearConstraint(_matrix(columns, demand), lb=demand.ravel()),
        integrality=np.ones(len(columns), np.int64),
        options={"node_limit": NODES},
    )
    if solution.x is None:
        raise StaffingError(_("no weeks were found that fill the shifts; loosen the rules of `week`"))
    numbers: Ints = np.rint(solution.x).astype(np.int64)
    return numbers


def _trimmed(columns: Sequence[Days], numbers: Ints, demand: Ints) -> list[tuple[Days, int]]:
    """Return the weeks without shifts that nobody is needed for, alike ones together."""
    spare = (_matrix(columns, demand) @ numbers).reshape(demand.shape).astype(np.int64) - demand
    lines: dict[Days, int] = {}
    for days, number in zip(columns, numbers, strict=True):
        for _person in range(int(number)):
            kept = list(days)
            for day, shift in enumerate(days):
                if shift is not None and spare[day, shift] > 0:
                    spare[day, shift] -= 1
                    kept[day] = None
            if any(shift is not None for shift in kept):
                lines[tuple(kept)] = lines.get(tuple(kept), 0) + 1
    return sorted(lines.items(), key=lambda line: [DAYS if shift is None else shift for shift in line[0]])
