"""People for a week: beside the formula for days off, every rule kept, and no fewer by enumeration."""

from __future__ import annotations

from itertools import combinations_with_replacement, pairwise, product

import numpy as np
import pytest

from callcenter.scenario.parts.shifts import Shift
from callcenter.study.staffing.catalogue import Week
from callcenter.study.staffing.errors import StaffingError
from callcenter.study.staffing.weeks import Weeks, fewest_people

EARLY = Shift(start=7 * 3600.0, end=15 * 3600.0, agents=0)
LATE = Shift(start=15 * 3600.0, end=23 * 3600.0, agents=0)
H = 3600.0


def on_days(weeks: Weeks) -> np.ndarray:
    """Return how many work each shift on each day, shape (7, shifts)."""
    filled = np.zeros((7, len(weeks.shifts)), int)
    for days, number in weeks.lines:
        for day, shift in enumerate(days):
            if shift is not None:
                filled[day, shift] += number
    return filled


@pytest.mark.parametrize(
    ("need", "people"),
    [
        ([17, 13, 15, 19, 14, 16, 11], 21),  # 105 days, five a week
        ([10] * 7, 14),
        ([1, 1, 1, 1, 1, 9, 1], 9),  # the busiest day
        ([4, 4, 4, 4, 4, 0, 0], 4),
    ],
)
def test_days_off_agree_with_the_formula(need: list[int], people: int) -> None:
    """Five days a week, days off anywhere: the busiest day, or all days over five, whichever is more."""
    weeks = fewest_people([EARLY], np.array(need)[:, None], Week(days=5))

    assert people == weeks.people == weeks.at_least
    assert need == on_days(weeks)[:, 0].tolist()


def test_every_rule_is_kept() -> None:
    """Two shifts, eleven hours of rest, four days in a row at most, over the end of the week too."""
    rules = Week(days=5, rest=11 * H, consecutive=4)
    demand = np.array([[3, 2]] * 7)

    weeks = fewest_people([EARLY, LATE], demand, rules)

    assert (demand == on_days(weeks)).all()
    for days, _number in weeks.lines:
        worked = [day for day in range(7) if days[day] is not None]
        assert len(worked) <= 5
        for day in worked:
            assert not (days[day] == 1 and days[(day + 1) % 7] == 0), (
                "7 hours only from 23:00 to 07:00 and 8 to 15"
            )
            assert any(days[(day + later) % 7] is None for later in range(1, 5))


def test_hours_of_a_week_bind() -> None:
    """Shifts of eight hours, 32 a week: four days, so two agents on seven days are four people."""
    weeks = fewest_people([EARLY], np.full((7, 1), 2), Week(days=5, hours=32 * H))

    assert 4 == weeks.people == weeks.at_least


def test_no_fewer_people_by_enumeration() -> None:
    """Two shifts on three days of the week, every set of weeks of two people looked at."""
    rules = Week(days=2, rest=11 * H, consecutive=7)
    demand = np.zeros((7, 2), int)
    demand[:3] = [[1, 0], [0, 1], [1, 0]]
    may = [
        days
        for days in product((None, 0, 1), repeat=3)
        if sum(shift is not None for shift in days) <= 2
        and not any(one == 1 and other == 0 for one, other in pairwise(days))
    ]

    def fills(people: tuple[tuple[int | None, ...], ...]) -> bool:
        return all(
            sum(days[day] == shift for days in people) >= demand[day, shift]
            for day in range(3)
            for shift in (0, 1)
        )

    fewest = next(n for n in range(1, 5) if any(map(fills, combinations_with_replacement(may, n))))

    assert fewest == fewest_people([EARLY, LATE], demand, rules).people == 2


def test_a_shift_that_no_week_has_room_for_is_said() -> None:
    """Eight hours do not fit into six."""
    with pytest.raises(StaffingError, match="raise `hours`"):
        fewest_people([EARLY], np.ones((7, 1), int), Week(hours=6 * H))
