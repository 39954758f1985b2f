"""R18 on timelines small enough to check by hand: shifts, breaks and nights.  Times are seconds."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.calllog import CallLog
from tests.engine.timeline import Caller, Fate, hotline, live


def shift(start: str, end: str, agents: int = 1, **keys: Any) -> dict[str, Any]:
    """Return a shift."""
    return {"start": start, "end": end, "agents": agents} | keys


def shifts(*of_desk: dict[str, Any], **sections: Any) -> dict[str, Any]:
    """Return a hotline whose only desk works these shifts."""
    return hotline(pools={"desk": {"serves": ["vip"], "shifts": list(of_desk)}}) | sections


AROUND_THE_CLOCK = {"open": "00:00", "close": "24:00", "interval": "1 h"}


def levels(log: CallLog) -> list[tuple[float, int]]:
    """Return when the staffing of the only pool changes, and to what."""
    staffed = log.staffing.staffed[:, 0]
    changes = np.flatnonzero(np.diff(staffed, prepend=0))
    return [(float(log.staffing.at[row]), int(staffed[row])) for row in changes]


def test_agents_are_there_from_start_to_end(engine: str) -> None:
    """00:10 to 00:30: who waits since 100 is answered at 600; who comes at 1800 finds nobody."""
    day = live(
        engine,
        shifts(shift("00:10", "00:30")),
        Caller("vip", 100),
        Caller("vip", 1790),
        Caller("vip", 1800, patience=100),
    )

    assert [
        Fate("answered", 600, 660, "desk"),
        Fate("answered", 1790, 1850, "desk"),
        Fate("abandoned", None, 1900),
    ] == day.calls
    assert [(600, 1), (1800, 0)] == levels(day.log)


def test_break(engine: str) -> None:
    """Off from 900 to 1200: the call of 890 is finished, the one of 895 waits until 1200."""
    lunch = [{"at": "00:15", "for": "5 min"}]
    day = live(engine, shifts(shift("00:10", "00:30", breaks=lunch)), Caller("vip", 890), Caller("vip", 895))

    assert [890, 1200] == day.answered
    assert [(600, 1), (900, 0), (1200, 1), (1800, 0)] == levels(day.log)


def test_shifts_change_between_intervals(engine: str) -> None:
    """Intervals are 10 min; a shift begins at 00:07 = 420 and ends at 00:23 = 1380."""
    day = live(engine, shifts(shift("00:07", "00:23")), Caller("vip", 0))

    assert [420] == day.answered
    assert [(420, 1), (1380, 0)] == levels(day.log)
    # Beside these two there is a row for every interval.
    assert [0, 420, 600, 1200, 1380, 1800, 2400, 3000] == day.log.staffing.at.tolist()


def test_shifts_add_up(engine: str) -> None:
    """One agent from 0, two more from 600 to 1200; one shift takes over from another at 1800."""
    day = live(
        engine,
        shifts(shift("00:00", "00:30"), shift("00:10", "00:20", 2), shift("00:30", "01:00")),
        *[Caller("vip", 0, talk=100)] * 8,
    )

    assert [(0, 1), (600, 3), (1200, 1)] == levels(day.log)
    assert [0, 100, 200, 300, 400, 500, 600, 600] == day.answered


def test_night_shift(engine: str) -> None:
    """22:00 to 02:00 around the clock for two days: the first night is that of the day before."""
    day = live(engine, shifts(shift("22:00", "02:00"), day=AROUND_THE_CLOCK, days=2), Caller("vip", 8000))

    assert [(0, 1), (7200, 0), (79_200, 1), (93_600, 0), (165_600, 1)] == levels(day.log)
    assert [79_200] == day.answered


def test_night_shift_belongs_to_the_day_it_starts_on(engine: str) -> None:
    """Worked on the first day only: not in its early morning, but in that of the second."""
    night = shift("22:00", "02:00", days=[1])
    day = live(engine, shifts(night, day=AROUND_THE_CLOCK, days=2), Caller("vip", 100))

    assert [(79_200, 1), (93_600, 0)] == levels(day.log)
    assert [79_200] == day.answered


def test_break_after_midnight(engine: str) -> None:
    """22:00 to 06:00 with an hour off at 01:00, seen in the first night and in the second."""
    night = shift("22:00", "06:00", breaks=[{"at": "01:00", "for": "1 h"}])
    day = live(engine, shifts(night, day=AROUND_THE_CLOCK, days=1))

    assert [(0, 1), (3600, 0), (7200, 1), (21_600, 0), (79_200, 1)] == levels(day.log)


def test_shift_of_some_days(engine: str) -> None:
    """Worked on the second day: the call of the first is answered then."""
    day = live(engine, shifts(shift("00:10", "00:30", days=[2]), days=2), Caller("vip", 700))

    assert [86_400 + 600] == day.answered


def test_shifts_count_inside_opening_hours_only(engine: str) -> None:
    """Open from 08:00 to 09:00, rostered from 07:00 to 10:00 and from 10:00 to 12:00."""
    opens = 8 * 3600.0
    hours = {"open": "08:00", "close": "09:00", "interval": "10 min"}
    day = live(
        engine,
        shifts(shift("07:00", "10:00"), shift("10:00", "12:00", 5), day=hours, days=2),
        Caller("vip", opens + 3590, talk=60),
        Caller("vip", opens + 3591, talk=60),
    )

    # R8b: the level at close stays for those inside, and the five of 10:00 do not come.
    assert [opens + 3590, opens + 3650] == day.answered
    assert [(opens, 1)] == levels(day.log)


def test_shift_that_ends_at_close_stays_for_those_inside(engine: str) -> None:
    """R8b: the shift ends with the day; who waits is served."""
    day = live(engine, shifts(shift("00:00", "01:00")), Caller("vip", 3580), Caller("vip", 3590))

    assert [3580, 3640] == day.answered


def test_shift_that_ends_before_close_does_not_stay(engine: str) -> None:
    """R8b: at close the level is 0 already; the caller is inside when the run ends."""
    day = live(engine, shifts(shift("00:00", "00:50")), Caller("vip", 2990), Caller("vip", 2995))

    assert ["answered", "open"] == day.outcomes


def test_break_over_close_does_not_end(engine: str) -> None:
    """R8b: on a break when the hotline closes, and for the night; back the next morning."""
    late = shift("00:00", "02:00", breaks=[{"at": "00:50", "for": "20 min"}])
    day = live(engine, shifts(late, days=2), Caller("vip", 3010))

    assert [86_400] == day.answered


def test_shrinkage_is_taken_off_the_sum_of_the_shifts(engine: str) -> None:
    """R8e, R18: three shifts of one agent at 40 %: 0.6, 1.2, then 1.8 agents, the remainder carried."""
    scenario = shifts(shift("00:00", "01:00"), shift("00:10", "01:00"), shift("00:20", "01:00"))
    scenario["pools"]["desk"]["shrinkage"] = "40%"
    day = live(engine, scenario)

    assert [0, 1, 2, 2, 2, 2] == day.log.staffing.staffed[:, 0].tolist()
    assert [1, 2, 3, 3, 3, 3] == day.log.staffing.rostered[:, 0].tolist()


def test_drop_sends_everybody_home(engine: str) -> None:
    """R8c: at close nobody is staffed or rostered."""
    scenario = shifts(shift("00:00", "02:00", 2))
    scenario["day"]["after_close"] = "drop"
    day = live(engine, scenario)

    assert [(0, 2), (3600, 0)] == levels(day.log)
    assert 0 == day.log.staffing.rostered[-1, 0]


def test_pool_of_shifts_beside_a_pool_of_a_series(engine: str) -> None:
    """R4a: at 600 both pools change; the first in the file takes the first caller."""
    scenario = shifts(shift("00:10", "01:00"))
    scenario["pools"] |= {"second": {"serves": ["vip"], "agents": [0, 1, 1, 1, 1, 1]}}
    day = live(engine, scenario, Caller("vip", 100), Caller("vip", 200), Caller("vip", 700))

    assert ["desk", "second", "desk"] == [fate.pool for fate in day.calls]
    assert [600, 600, 700] == day.answered
