"""Files whose rows or columns are days: each simulated day takes its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from callcenter.scenario import Scenario, load
from callcenter.scenario.parts.by_day import ByDay
from tests.scenario.hotline import hotline, messages

TIMES = ("08:00", "08:30", "09:00", "09:30")
DAYS = ("2026-11-23", "2026-11-24")
ROWS = ((10, 11, 12, 13), (20, 21, 22, 23))


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def long(days: Sequence[object], head: str = "date,start,calls") -> str:
    """Return a row for each day and half-hour; the n-th day has the n-th of ROWS."""
    rows = [f"{day},{time},{ROWS[n % 2][i]}" for n, day in enumerate(days) for i, time in enumerate(TIMES)]
    return "\n".join([head, *rows])


def given(text: str, days: int = 2, date: str | None = "2026-11-23", **reference: Any) -> dict[str, Any]:
    """Return the hotline with calls from a file of this text."""
    Path("x.csv").write_text(text, encoding="utf-8")
    day = hotline()["day"] | ({} if date is None else {"date": date})
    calls = {"file": "x.csv", "column": "calls"} | reference
    demand = hotline()["demand"] | {"calls": {key: value for key, value in calls.items() if value}}
    return hotline(day=day, days=days, demand=demand)


def rows_of(scenario: Scenario) -> tuple[tuple[float, ...], ...]:
    """Return the calls by day and half-hour."""
    assert isinstance(scenario.demand.calls, ByDay)
    return scenario.demand.calls.rows


@pytest.mark.parametrize(
    "text",
    [
        long(DAYS),
        long(("23/11/2026", "24/11/2026")),
        long(("23.11.2026", "24.11.2026")),
        long(("Mon 2026-11-23", "Tue 2026-11-24")),
        long(("11月23日", "11月24日"), "日期,时间,calls"),
        long(("Monday", "Tue"), "weekday,start,calls"),
        long(("周一", "周二"), "星期,时间,calls"),
        long((1, 2), "weekday,start,calls"),
        long((*DAYS[::-1], *DAYS[::-1])[1:3]),
        "start,calls\n"
        + "\n".join(f"{d} {t},{ROWS[n][i]}" for n, d in enumerate(DAYS) for i, t in enumerate(TIMES)),
    ],
)
def test_each_day_takes_its_own_rows(text: str) -> None:
    """Dates in many forms, weekdays by name and number; and it loads again from its data."""
    scenario = load(given(text))

    assert ROWS == rows_of(scenario)
    assert scenario == load(scenario.to_dict())
    assert (15.0, 16.0, 17.0, 18.0) == scenario.demand.calls.mean  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "date,08:00,08:30,09:00,09:30\n2026-11-24,20,21,22,23\n2026-11-23,10,11,12,13\nTotal,30,32,34,36",
        "weekday,08:00,08:30,09:00,09:30\nMon,10,11,12,13\nTue,20,21,22,23\nWed,1,1,1,1",
        "start,2026-11-23,2026-11-24,Total\n"
        + "\n".join(f"{t},{ROWS[0][i]},{ROWS[1][i]},9" for i, t in enumerate(TIMES)),
        "start,周一,周二\n" + "\n".join(f"{t},{ROWS[0][i]},{ROWS[1][i]}" for i, t in enumerate(TIMES)),
    ],
)
def test_days_may_stand_down_or_across(text: str) -> None:
    """Half-hours across with a row for each day, or the other way; without `column`, totals left out."""
    assert ROWS == rows_of(load(given(text, column=None)))


def test_days_that_are_not_simulated_may_be_incomplete() -> None:
    """A gap on Tuesday does not matter to a run of Monday."""
    gap = long(DAYS).replace("2026-11-24,08:00,20\n", "")

    assert ROWS[:1] == rows_of(load(given(gap, days=1)))
    assert ["x.csv:6:3: demand.calls: x.csv on Tue 24 Nov 2026 has no row for 08:00; "
            "add what is missing, or change `day`"] == messages(given(gap))  # fmt: skip


def test_factors_of_days_are_those_of_the_dates() -> None:
    """`demand.days` from a file with dates takes the simulated ones."""
    Path("x.csv").write_text("date,factor\n2026-11-22,3\n2026-11-24,2\n2026-11-23,1")
    data = given("", days=2)
    Path("x.csv").write_text("date,factor\n2026-11-22,3\n2026-11-24,2\n2026-11-23,1")
    data["demand"] |= {"calls": 5, "days": {"file": "x.csv", "column": "factor"}}

    assert (1, 2) == load(data).demand.days


@pytest.mark.parametrize(
    ("text", "keys", "told"),
    [
        (long(DAYS), {"days": 3}, "says nothing of Wed 25 Nov 2026; the run goes from Mon 23 Nov 2026 to"),
        (long(DAYS), {"date": None}, "or write `date: 2026-11-23` in `day`, and each day takes its own"),
        (long(DAYS), {"date": "2026-12-23"}, "says nothing of Wed 23 Dec 2026, Thu 24 Dec 2026; the run"),
        (long(("2026-11-23", "2026-11-31")), {}, "is no date of the calendar, given '2026-11-31'"),
        (long(("2026-11-23",) * 2), {"days": 1}, "is the same interval as in row 2, given '08:00'"),
        (long(("01/12/2026", "02/12/2026")), {"date": "2026-12-01"}, "may have days or months first"),
        (long(("Mon", "Tue"), "weekday,start,calls"), {"days": 3}, "says nothing of Wed, on which days"),
        (long(("Mon 2026-11-24",)), {}, "is not the weekday of Tue 24 Nov 2026, given 'Mon 2026-11-24'"),
        (long(DAYS), {"draw": "days"}, "unknown key `draw`"),
    ],
)
def test_messages(text: str, keys: dict[str, Any], told: str) -> None:
    """What is missing, doubled, doubtful or no day is said, with what to write."""
    assert told in messages(given(text, **keys))[0]


def test_cool_down_needs_its_days_too() -> None:
    """A day after the last one has calls of its own date."""
    data = given(long(DAYS)) | {"cool_down": "24 h"}

    assert "says nothing of Wed 25 Nov 2026, after the last day; the run goes to" in messages(data)[0]
    assert ROWS == rows_of(load(data | {"days": 1}))


def test_rosters_are_drawn_from_the_days_of_a_file() -> None:
    """`draw: days` needs no date of the first day; a file without dates has nothing to draw from."""
    Path("r.csv").write_text(long(DAYS, "date,start,agents"))
    Path("s.csv").write_text("start,agents\n" + "\n".join(f"{t},3" for t in TIMES))
    pool = {"serves": ["vip", "regular"], "agents": {"file": "r.csv", "column": "agents", "draw": "days"}}
    scenario = load(hotline(pools={"desk": pool}))
    nothing = pool | {"agents": {"file": "s.csv", "column": "agents", "draw": "days"}}

    drawn = {"file": "r.csv", "column": "agents", "draw": "days"}
    alone = pool | {"agents": drawn | {"where": {"date": DAYS[0]}}}

    assert ByDay(ROWS, 2, DAYS) == scenario.pools["desk"].agents
    assert (15.0, 16.0, 17.0, 18.0) == scenario.rostered("desk")
    assert scenario == load(scenario.to_dict())
    assert "s.csv has no days to draw from" in messages(hotline(pools={"desk": nothing}))[0]
    assert (
        f"`where` takes one day, {DAYS[0]}, and leaves none to draw"
        in messages(hotline(pools={"desk": alone}))[0]
    )
