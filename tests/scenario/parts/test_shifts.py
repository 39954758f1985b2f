"""Shifts: when their agents are on the phones, written as a list or read from a roster file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from callcenter.scenario import Break, Scenario, Shift, load
from callcenter.scenario.parts.shifts import MOST_SHIFTS
from callcenter.scenario.parts.staffing import peak, rota
from tests.scenario.hotline import hotline, messages

HOUR = 3600.0


def with_shifts(*shifts: dict[str, Any], **sections: Any) -> Scenario:
    """Return the hotline with shifts at its desk; other keys of the scenario and of the desk may be given."""
    desk = {key: sections.pop(key) for key in ("shrinkage", "absence") if key in sections}
    return load(
        hotline(pools={"desk": {"serves": ["vip", "regular"], "shifts": list(shifts)} | desk}, **sections)
    )


def shift(start: str, end: str, agents: int = 4, **others: Any) -> dict[str, Any]:
    """Return a shift as written."""
    return {"start": start, "end": end, "agents": agents, **others}


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        (shift("08:00", "17:00"), [(8, 17)]),
        (shift("22:00", "06:00"), [(22, 30)]),
        (shift("08:00", "08:00"), [(8, 32)]),
        (shift("16:00", "24:00"), [(16, 24)]),
        (shift("16:00", "00:00"), [(16, 24)]),
        (shift("08:00", "17:00", breaks=[{"at": "12:00", "for": "1 h"}]), [(8, 12), (13, 17)]),
        (shift("08:00", "17:00", breaks="15:30 30 min; 12:00 1 h"), [(8, 12), (13, 15.5), (16, 17)]),
        (shift("08:00", "17:00", breaks="12:00 1 h, 13:00 1 h"), [(8, 12), (14, 17)]),
        (shift("22:00", "06:00", breaks="02:00 30 min"), [(22, 26), (26.5, 30)]),
        (shift("08:00", "17:00", breaks="08:00 1 h; 16:00 1 h"), [(9, 16)]),
        (shift("08:00", "17:00", breaks="08:00 9 h"), []),
    ],
)
def test_when_a_shift_is_on_the_phones(written: dict[str, Any], hours: list[tuple[float, float]]) -> None:
    """In seconds of the day it starts on; past midnight the clock goes on."""
    (worked,) = with_shifts(written).pools["desk"].shifts or ()
    assert tuple((HOUR * start, HOUR * end) for start, end in hours) == worked.present


@pytest.mark.parametrize(
    ("written", "days"),
    [
        (None, None),
        (3, (3,)),
        ([3, 1, 3], (1, 3)),
        ("1-5", (1, 2, 3, 4, 5)),
        ("1-3, 7", (1, 2, 3, 7)),
        ("2 – 4; 6 7", (2, 3, 4, 6, 7)),
        (["1-2", 4], (1, 2, 4)),
    ],
)
def test_days_of_a_shift(written: object, days: tuple[int, ...] | None) -> None:
    """One, several or runs of days; left out: every day."""
    named = {} if written is None else {"days": written}
    (worked,) = with_shifts(shift("08:00", "10:00") | named, days=7).pools["desk"].shifts or ()
    assert days == worked.days


def test_every_day_has_the_evening_before() -> None:
    """A shift without days was worked the evening before the first day; one with days was not."""
    scenario = with_shifts(shift("20:00", "09:00"), shift("20:00", "09:00", days=1))
    every, first = scenario.pools["desk"].shifts or ()
    assert [True, True, False, True] == [each.works_on(day) for each in (every, first) for day in (0, 1)]


@pytest.mark.parametrize(
    ("shifts", "sections", "staffed"),
    [
        ([shift("08:00", "10:00")], {}, (4, 4, 4, 4)),
        ([shift("08:00", "09:00"), shift("08:30", "10:00", 2)], {}, (4, 6, 2, 2)),
        ([shift("07:00", "08:45")], {}, (4, 2, 0, 0)),
        ([shift("08:00", "10:00", breaks="08:30 20 min")], {}, (4, 4 / 3, 4, 4)),
        ([shift("22:00", "09:00")], {}, (4, 4, 0, 0)),
        ([shift("22:00", "09:00", days=1)], {}, (0, 0, 0, 0)),
        ([shift("22:00", "09:00", days=1)], {"days": 2}, (2, 2, 0, 0)),
        ([shift("08:00", "09:00", days="1-3")], {"days": 4}, (3, 3, 0, 0)),
        ([shift("12:00", "18:00")], {}, (0, 0, 0, 0)),
        ([shift("08:00", "10:00", 3), shift("08:00", "10:00", 2)], {"shrinkage": "10%"}, (4, 5, 4, 5)),
        ([shift("08:00", "10:00")], {"absence": "50%"}, (4, 4, 4, 4)),
    ],
)
def test_mean_staffing(
    shifts: list[dict[str, Any]], sections: dict[str, Any], staffed: tuple[float, ...]
) -> None:
    """Mean over the interval and over the days; shrinkage is taken off all together, absence is not."""
    assert staffed == pytest.approx(with_shifts(*shifts, **sections).staffed("desk"))


def test_the_peak_is_a_moment() -> None:
    """Five minutes in which two shifts overlap."""
    scenario = with_shifts(shift("08:00", "09:05"), shift("09:00", "10:00"))
    assert 8 == peak(rota(scenario.pools["desk"], scenario.day, scenario.days))


def test_a_full_roster_is_quick_to_add_up() -> None:
    """As many shifts as possible on a year of days, each on days of its own."""
    shifts = [shift("08:00", "10:00", 1, days=[1 + index % 366]) for index in range(MOST_SHIFTS)]
    assert (MOST_SHIFTS / 366,) * 4 == pytest.approx(with_shifts(*shifts, days=366).staffed("desk"))


def test_shifts_from_python() -> None:
    """Built directly, times are seconds."""
    built = Shift(start=0, end=9 * HOUR, agents=2, breaks=(Break(at=HOUR, for_=HOUR),))
    assert ((0, HOUR), (2 * HOUR, 9 * HOUR)) == built.present


ROSTER = """\
start,end,agents,breaks,days
08:00,17:00,12,"12:00 1 h; 15:30 15 min",1-5

22:00,6:00,3,,
9:00,15:00,2,12:00 30 min,6 7
"""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A scenario whose roster is a file beside it."""
    (tmp_path / "roster.csv").write_text(ROSTER)
    path = tmp_path / "hotline.yaml"
    desk = {"serves": ["vip", "regular"], "shifts": {"file": "roster.csv"}}
    path.write_text(json.dumps(hotline(days=7, pools={"desk": desk})))
    return path


def test_a_roster_file(roster: Path) -> None:
    """The same as the list, and resolved in plain data."""
    scenario = load(roster)
    breaks = [{"at": "12:00", "for": "1 h"}, {"at": "15:30", "for": "15 min"}]
    written = with_shifts(
        shift("08:00", "17:00", 12, breaks=breaks, days=[1, 2, 3, 4, 5]),
        shift("22:00", "06:00", 3),
        shift("09:00", "15:00", 2, breaks=[{"at": "12:00", "for": "30 min"}], days=[6, 7]),
        days=7,
    )
    assert written == scenario == load(scenario.to_dict())


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_rosters_of_other_delimiters(roster: Path, delimiter: str) -> None:
    """Breaks with semicolons stand in quotes."""
    expected = load(roster)
    (roster.parent / "roster.csv").write_text(ROSTER.replace(",", delimiter))
    assert expected == load(roster)


def test_a_roster_without_breaks_and_days(roster: Path) -> None:
    """Three columns are enough, in any order."""
    (roster.parent / "roster.csv").write_text("agents,end,start\n4,10:00,08:00\n")
    assert (4,) * 4 == load(roster).staffed("desk")


def test_a_roster_has_a_largest_size(roster: Path) -> None:
    """A row for every agent of every day of a year is no roster."""
    (roster.parent / "roster.csv").write_text("start,end,agents\n" + "08:00,10:00,1\n" * (MOST_SHIFTS + 1))
    (message,) = messages(roster)
    assert message.startswith(f"{roster}:1:")
    assert "has more than 2,000 rows" in message


@pytest.mark.parametrize("figure", ["9" * 5000, "1_000", "nan", "-1", "0x10", "1e400"])
def test_no_cell_of_a_roster_leads_to_a_traceback(roster: Path, figure: str) -> None:
    """Whatever stands in a cell, the problem is placed there."""
    (roster.parent / "roster.csv").write_text(f"start,end,agents\n08:00,10:00,{figure}\n")
    (message,) = messages(roster)
    assert message.startswith(f"{roster.parent}/roster.csv:2:3: pools.desk.shifts.0.agents: ")


def test_an_empty_roster(roster: Path) -> None:
    """A header and no shift."""
    (roster.parent / "roster.csv").write_text("start,end,agents\n")
    assert "pools.desk.shifts: needs at least one entry, given an empty list" in messages(roster)[0]


def test_a_variant_switches_between_shifts_and_agents(roster: Path) -> None:
    """One takes the place of the other, in a file that extends and in a change."""
    variant = roster.parent / "variant.yaml"
    variant.write_text("extends: hotline.yaml\npools: {desk: {agents: 5}}")
    scenario = load(variant)
    assert ((5,) * 4, None) == (scenario.pools["desk"].agents, scenario.pools["desk"].shifts)

    changed = scenario.with_({"pools.desk.shifts": {"file": str(roster.parent / "roster.csv")}})
    assert (None, 3) == (changed.pools["desk"].agents, len(changed.pools["desk"].shifts or ()))


def test_scaling_of_shifts() -> None:
    """Whole agents of all shifts, or of one; times stay as they are."""
    scenario = with_shifts(shift("08:00", "10:00", 3), shift("09:00", "10:00", 4, breaks="09:30 10 min"))
    scaled = scenario.with_({"pools.desk.shifts": {"scale": 1.5}}).pools["desk"].shifts or ()
    one = scenario.with_({"pools.desk.shifts.1.agents": {"scale": 0.4}}).pools["desk"].shifts or ()
    assert [(5, 6), (3, 2)] == [tuple(each.agents for each in worked) for worked in (scaled, one)]
    assert [each.present for each in scenario.pools["desk"].shifts or ()] == [each.present for each in scaled]


def test_a_break_of_a_shift_can_be_changed() -> None:
    """The path is written with the keys of the file."""
    scenario = with_shifts(shift("08:00", "10:00", breaks=[{"at": "09:00", "for": "30 min"}]))
    changed = scenario.with_({"pools.desk.shifts.0.breaks.0.for": "1 h"})
    assert (4, 4, 0, 0) == changed.staffed("desk")
