"""Rosters: covers beside enumeration, breaks in windows, what is over and under, what is missing, Excel."""

from __future__ import annotations

from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook

import callcenter as cc
from callcenter.scenario import Scenario, ScenarioError
from callcenter.study.staffing import Staffing, load_catalogue, staff
from callcenter.study.staffing.catalogue import Catalogue
from callcenter.study.staffing.choices import Choices, Pattern, times_of
from callcenter.study.staffing.coverage import coverage, together
from callcenter.study.staffing.gains import in_one_size
from callcenter.study.staffing.shifts import cover, with_shifts

H = 3600.0


def catalogue_of(folder: Path, text: str) -> Catalogue:
    """Return a catalogue written to a file."""
    path = folder / "catalogue.yaml"
    path.write_text(text, encoding="utf-8")
    return load_catalogue(path)


def desk(calls: list[float], **changes: Any) -> Scenario:
    """Return one tier and one pool, open from 08:00 on in hours."""
    scenario = cc.load(
        {
            "name": "desk",
            "seed": 3,
            "day": {"open": "08:00", "close": f"{8 + len(calls):02}:00", "interval": "1 h"},
            "demand": {"calls": calls},
            "tiers": {
                "any": {
                    "priority": 0,
                    "target": {"within": "20 s", "share": "80%"},
                    "patience": {"exponential": "4 min"},
                    "talk": {"exponential": "4 min"},
                }
            },
            "pools": {"desk": {"serves": ["any"], "agents": 4}},
        }
    )
    return scenario.with_(changes) if changes else scenario


WINDOWS = """\
shifts:
  - {start: 08:00, end: 13:00, breaks: 09:00-12:00 1 h}
  - {start: 10:00, end: 14:00, breaks: 11:00-13:00 30 min}
  - {start: 08:00, end: 11:00}
"""


@pytest.mark.parametrize("seed", range(12))
def test_covers_are_as_cheap_as_by_enumeration(seed: int, tmp_path: Path) -> None:
    """Every number of agents on every pattern, breaks placed: none that covers the need counts less."""
    rng = np.random.default_rng(seed)
    choices = Choices(catalogue_of(tmp_path, WINDOWS).shifts, desk([40.0] * 6).day)
    need = rng.integers(0, 3, 6)
    patterns = [
        Pattern(number, at)
        for number, shift in enumerate(choices.shifts)
        for at in product(*(times_of(shift, place, H) for place in shift.windows))
    ]
    presence = np.stack([choices.pattern_presence(pattern) for pattern in patterns], axis=1)
    hours = np.array([choices.shifts[pattern.shift].length / H for pattern in patterns])
    numbers = np.array(list(product(range(3), repeat=len(patterns))))
    fits = (numbers @ presence.T >= need - 1e-9).all(axis=1)

    if not fits.any():
        return
    plan = cover(need, choices, 1.0)

    assert (choices.presence @ choices.numbers(plan) >= need - 1e-6).all()
    assert (numbers[fits] @ hours).min() == pytest.approx(
        sum(number * choices.shifts[pattern.shift].length / H for pattern, number in plan.items())
    )


def test_breaks_lie_in_their_windows(tmp_path: Path) -> None:
    """Each of the first and the second break, in steps of the break; agents have one of each."""
    text = "shifts: [{start: 08:00, end: 16:00, breaks: 09:30-11:00 15 min; 12:00-14:00 30 min}]"
    (shift,) = catalogue_of(tmp_path, text).shifts
    choices = Choices([shift], desk([40.0] * 8).day)

    first, second = (times_of(shift, place, 1800.0) for place in shift.windows)

    assert [9.5 + number / 4 for number in range(6)] == [at / H for at in first]
    assert [12.0, 12.5, 13.0, 13.5] == [at / H for at in second]
    columns = [3, *[0] * len(choices.places)]
    for place, number in ((0, 2), (5, 1), (6 + 1, 1), (6 + 3, 2)):
        columns[1 + place] = number
    plan = choices.plan(columns)
    assert plan == Counter(
        {
            Pattern(0, (9.5 * H, 12.5 * H)): 1,
            Pattern(0, (9.5 * H, 13.5 * H)): 1,
            Pattern(0, (10.75 * H, 13.5 * H)): 1,
        }
    )
    assert columns == choices.numbers(plan).astype(int).tolist()


@pytest.mark.parametrize(
    ("breaks", "message"),
    [
        ("[{between: 09:00-09:15, for: 30 min}]", "is shorter than the break"),
        ("[{at: 09:00, between: 09:00-10:00, for: 30 min}]", "either `at` or `between`"),
        ("09:00-11:00 30 min; 10:00-12:00 30 min", "overlaps another"),
        ("15:00-17:00 30 min", "is not inside the shift"),
        ("nine to ten", "write for example 12:00 1 h, or 11:00-13:00 30 min"),
    ],
)
def test_windows_that_cannot_be_are_said(breaks: str, message: str, tmp_path: Path) -> None:
    """With the place in the file."""
    written = breaks if breaks.startswith("[") else f'"{breaks}"'

    with pytest.raises(ScenarioError, match=f"catalogue.yaml:1:.*{message}"):
        catalogue_of(tmp_path, f"shifts: [{{start: 08:00, end: 16:00, breaks: {written}}}]")


def test_part_timers_keep_their_share(tmp_path: Path) -> None:
    """By hand: a peak of six for two hours takes six short shifts, or with a quarter of part-timers fewer."""
    text = "shifts: [{start: 08:00, end: 14:00}, {start: 10:00, end: 12:00}]\n"
    need = np.array([1, 1, 6, 6, 1, 1])
    free = Choices(catalogue_of(tmp_path, text).shifts, desk([40.0] * 6).day)
    catalogue = catalogue_of(tmp_path, text + "part_time: {below: 4 h, at_most: 25%}")
    bound = Choices(catalogue.shifts, free.day, catalogue.part_time)

    assert Counter({Pattern(0): 1, Pattern(1): 5}) == cover(need, free, 1.0)
    assert Counter({Pattern(0): 5, Pattern(1): 1}) == cover(need, bound, 1.0)  # one of six


def test_last_bits_decide_nothing() -> None:
    """Sums differ in their last bits between processors; programmes are the same on all of them."""
    rng = np.random.default_rng(7)
    rows, least = rng.normal(size=(3, 40)), rng.normal(size=3)

    for _processor in range(20):
        other = rows * (1 + 1e-14 * rng.normal(size=rows.shape))
        again = in_one_size(other, least * (1 + 1e-14 * rng.normal(size=3)))
        assert all((one == two).all() for one, two in zip(in_one_size(rows, least), again, strict=True))


SHIFTS = """\
shifts:
  - {start: 08:00, end: 11:00}
  - {start: 10:00, end: 13:00}
  - {start: 08:00, end: 13:00, breaks: 09:00-12:00 30 min}
"""


@pytest.fixture(scope="module")
def staffing(tmp_path_factory: pytest.TempPathFactory) -> Staffing:
    """A desk of five hours, with shifts."""
    catalogue = catalogue_of(tmp_path_factory.mktemp("shifts"), SHIFTS)
    return staff(desk([25.0, 50.0, 60.0, 45.0, 20.0]), shifts=catalogue, replications=8)


def test_no_agent_of_a_shift_can_be_spared(staffing: Staffing) -> None:
    """Taken away one at a time and run again, the target is missed each time, or an hour given up."""
    roster = staffing.roster
    assert roster is not None
    assert roster.holds

    assert _keeps(staffing, roster.worked["desk"])
    for place, (shift, number) in enumerate(roster.worked["desk"]):
        fewer = [*roster.worked["desk"]]
        fewer[place] = (shift, number - 1)
        assert not _keeps(staffing, [each for each in fewer if each[1]])


@pytest.mark.slow
def test_no_cheaper_roster_by_enumeration(staffing: Staffing, tmp_path: Path) -> None:
    """Every roster of these shifts that counts less misses the target or gives an hour up."""
    roster = staffing.roster
    assert roster is not None
    shifts = [each.placed([10.5 * H] * len(each.windows)) for each in catalogue_of(tmp_path, SHIFTS).shifts]
    hours = [shift.length / H for shift in shifts]
    best = sum(number * shift.length / H for shift, number in roster.worked["desk"])
    cheaper = [
        numbers
        for numbers in product(range(9), repeat=3)
        if best - 4 <= sum(number * each for number, each in zip(numbers, hours, strict=True)) < best
    ]

    assert [] == [
        numbers
        for numbers in cheaper
        if _keeps(staffing, [pair for pair in zip(shifts, numbers, strict=True) if pair[1]])
    ]


def _keeps(staffing: Staffing, worked: Any) -> bool:
    result = cc.run(with_shifts(staffing.given, {"desk": worked}), staffing.replications, staffing.seed)
    by_hour = result.intervals.query("tier == 'any'").service_level
    return bool(result.summary["tiers"]["any"]["service_level"]["value"] >= 0.8 and by_hour.min() >= 0.6)


def test_over_and_under_by_hand() -> None:
    """Two pools; what one has over does not make up for what the other is short of."""
    need = desk([40.0] * 3, **{"pools.desk.agents": [2, 4, 3]})
    roster = with_shifts(need, {"desk": []}).with_(
        {"pools.desk.shifts": [{"start": "08:00", "end": "11:00", "agents": 3}]}
    )

    (each,) = coverage(need, roster).values()

    assert [1, -1, 0] == each.net.tolist()
    assert (1.0, 1.0) == (each.over_h, each.under_h)
    assert (9.0, 9.0, 1.0) == (each.needed_h, each.rostered_h, each.efficiency)
    assert [4, 8, 6] == together({"one": each, "other": each}).needed.tolist()


def test_the_summary_tells_what_the_roster_has(staffing: Staffing) -> None:
    """Need and roster by pool and interval, and their hours."""
    summary = staffing.summary["roster"]
    pool = summary["coverage"]["desk"]

    assert staffing.summary["need"]["pools"]["desk"] == pool["needed"]
    assert sum(pool["rostered"]) == pytest.approx(pool["rostered_h"]) == pytest.approx(summary["hours"])
    assert pool["over_h"] - pool["under_h"] == pytest.approx(pool["rostered_h"] - pool["needed_h"])
    assert summary["hours"] <= summary["hours_covering_every_interval"] + 1e-9


@pytest.mark.slow
def test_the_missing_shift_is_found(tmp_path: Path) -> None:
    """A rush from 10:00 to 12:00 between shifts from 08:00 and from 12:00: one from 10:00 is missing."""
    scenario = desk([15.0, 15.0, 90.0, 90.0, 15.0, 15.0])
    spans = (("08:00", "11:00"), ("11:00", "14:00"), ("08:00", "10:00"))
    text = "shifts:\n" + "".join(f"  - {{start: {start}, end: {end}}}\n" for start, end in spans)

    roster = staff(scenario, shifts=catalogue_of(tmp_path, text), replications=6).roster

    assert roster is not None
    assert roster.missing is not None
    assert 10.0 == roster.missing.shift.start / H
    more = f"{text}  - {{start: 10:00, end: {roster.missing.shift.end / H:.0f}:00}}\n"
    again = staff(scenario, shifts=catalogue_of(tmp_path, more), replications=6).roster
    assert again is not None
    assert 0 < roster.missing.hours
    assert again.hours < roster.hours


def test_a_workbook_goes_out_and_comes_back(staffing: Staffing, tmp_path: Path) -> None:
    """Half-hours across, pools down: read again as agents, need and roster are the same."""
    from callcenter.report.workbook.staffing import write_staffing_workbook

    path = tmp_path / "results.xlsx"
    write_staffing_workbook(staffing, path)

    for figure, staffed in (("needed", staffing.need), ("rostered", staffing.scenario)):
        agents = {"file": str(path), "sheet": "Across", "where": {"pool": "desk", "figure": figure}}
        again = staffing.given.with_({"pools.desk.agents": agents})
        assert list(staffed.rostered("desk")) == pytest.approx(list(again.rostered("desk")))
    net = [
        cell for row in load_workbook(path)["Across"].iter_rows() if row[1].value == "net" for cell in row[2:]
    ]
    assert {"+#,##0.0;-#,##0.0;0.0"} == {cell.number_format for cell in net}


def test_pools_that_are_not_staffed_keep_their_agents(tmp_path: Path) -> None:
    """They work no shifts of the catalogue, count as they are, and no missing shift is theirs."""
    scenario = desk([30, 50, 40, 20]).with_(
        {
            "tiers.vip": {"priority": 0, "patience": "never", "talk": {"exponential": "3 min"}},
            "demand.mix": {"any": "90%", "vip": "10%"},
            "pools.vip_desk": {"serves": ["vip"], "agents": [2, 1, 1, 2]},
        }
    )
    catalogue = catalogue_of(
        tmp_path, "shifts:\n  - {start: 08:00, end: 10:00}\n  - {start: 10:00, end: 12:00}\n"
    )

    found = staff(scenario, shifts=catalogue, replications=4, only=["desk"])

    assert found.roster is not None
    assert ["desk"] == list(found.roster.worked)
    assert (2, 1, 1, 2) == found.roster.scenario.rostered("vip_desk")
    worked = sum(2 * number for _shift, number in found.roster.worked["desk"])
    assert found.roster.hours == worked + 6
    assert 6 == coverage(found.need, found.roster.scenario)["vip_desk"].rostered_h
