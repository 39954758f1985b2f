"""A minimum of agents in every interval, and hours without anybody: by hand and by enumeration."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import callcenter as cc
from callcenter.demand import roster
from callcenter.scenario import Scenario
from callcenter.study.sentences.staffing import headline, proof
from callcenter.study.sentences.unstaffed import unstaffed_text
from callcenter.study.staffing import Staffing, StaffingError, breaks, staff
from callcenter.study.staffing.first_guess import first_guess
from callcenter.study.staffing.goals import goals_of, meet_of
from callcenter.study.staffing.minimum import minimum_from
from callcenter.study.staffing.proving import costs, mended
from callcenter.study.staffing.search import LONG, Search
from callcenter.study.staffing.trials import Trials
from callcenter.study.staffing.unstaffed import unstaffed
from callcenter.study.workers.effort import Effort
from callcenter.study.workers.executors import workforce
from tests.study.staffing.test_rosters import desk

NIGHT = (0, 5)
"""Intervals of four hours from midnight in which next to nobody calls."""


def hotline(**changes: Any) -> Scenario:
    """Return a hotline that never closes: six intervals of four hours, a call or two at night."""
    day = {"open": "00:00", "close": "24:00", "interval": "4 h"}
    around_the_clock = {"seed": 7, "day": day, "pools.desk.agents": 3}
    return desk([2, 60, 90, 90, 60, 2], **around_the_clock | changes)


def levels_of(staffing: Staffing) -> list[int]:
    """Return the agents of all pools by interval."""
    pools = [staffing.need.rostered(name) for name in staffing.need.pools]
    return [int(agents) for agents in np.sum(pools, axis=0)]


@pytest.fixture(scope="module")
def plain() -> Staffing:
    """The fewest agents of the hotline."""
    return staff(hotline(), replications=8)


@pytest.fixture(scope="module")
def kept() -> Staffing:
    """The same with at least one at any time."""
    return staff(hotline(), replications=8, at_least=1)


def test_the_night_is_said_to_be_empty(plain: Staffing) -> None:
    """Right below the headline: when, two calls and two of the 304 of a day, and the remedy."""
    assert [0, 0] == [levels_of(plain)[place] for place in NIGHT]
    assert (
        "Nobody is there from 00:00 to 04:00 and 20:00 to 24:00, when 4 of the 304 calls of a day come; "
        "--at-least 1 keeps somebody there."
    ) == list(headline(plain))[1]
    assert [
        {"from": "00:00", "to": "04:00", "tiers": ["any"], "pools": ["desk"], "calls": 2.0, "days": [1]},
        {"from": "20:00", "to": "24:00", "tiers": ["any"], "pools": ["desk"], "calls": 2.0, "days": [1]},
    ] == plain.summary["need"]["unstaffed"]


def test_somebody_is_there_and_nobody_else_can_be_spared(kept: Staffing) -> None:
    """No interval is below the minimum, and every agent above it breaks a target; it is said who is not."""
    levels = levels_of(kept)
    above = [place for place, agents in enumerate(levels) if agents > 1]

    assert min(levels) == 1
    assert kept.certainty.is_met
    assert [] == kept.summary["need"]["unstaffed"]
    assert all(breaks(kept, "desk", place) for place in above)
    assert (len(above), 6 - len(above)) == (kept.proof.tried, kept.proof.at_minimum)
    assert {"desk": 1} == kept.summary["at_least"]
    assert "In every interval at least: 1 in desk, as asked for." in list(headline(kept))
    assert any(f"In {6 - len(above)} intervals a pool has just" in sentence for sentence in proof(kept))


def test_the_bound_counts_the_minimum(plain: Staffing, kept: Staffing) -> None:
    """It is above that of fewer agents at night, and at most what was found."""
    assert plain.bound is not None
    assert kept.bound is not None
    assert plain.bound.hours <= kept.bound.hours <= kept.certainty.hours
    assert kept.certainty.hours <= plain.certainty.hours + 4 * len(NIGHT)


@pytest.mark.slow
def test_where_nobody_calls_the_minimum_comes_on_top() -> None:
    """By hand: two agents in the two night intervals earn nothing, the day is as it was: 2 x 2 x 4 hours."""
    quiet = hotline(**{"demand.calls": [0, 60, 90, 90, 60, 0]})
    usual = staff(quiet, replications=8)
    some = staff(quiet, replications=8, at_least={"desk": 2})

    assert [] == usual.summary["need"]["unstaffed"]  # nobody calls then
    assert levels_of(usual)[1:5] == levels_of(some)[1:5]
    assert [2, 2] == [levels_of(some)[place] for place in NIGHT]
    assert 16 == some.certainty.hours - usual.certainty.hours


def test_no_fewer_agents_do_with_the_minimum() -> None:
    """Every staffing of three intervals that has the minimum and fewer agents, tried one by one."""
    short = hotline(
        **{
            "day": {"open": "00:00", "close": "24:00", "interval": "8 h"},
            "demand.calls": [6, 180, 90],
        }
    )
    staffing = staff(short, replications=8, at_least=2)
    levels = levels_of(staffing)

    assert min(levels) == 2
    with workforce(Effort()) as force:
        trials = Trials(short, staffing.seed, force(0.0))
        fewer = [each for each in product(range(2, 12), repeat=3) if sum(each) == sum(levels) - 1]
        counts = trials.counts([np.array([each]) for each in fewer], staffing.basis.made_on)
    held = [each for row, each in enumerate(fewer) if staffing.goals.are_met(counts.of(row))]
    assert [] == held
    assert staffing.bound is not None
    assert 8 * (sum(levels) - 1) < staffing.bound.hours <= 8 * sum(levels)


def test_pools_have_minima_of_their_own() -> None:
    """One in the desk that serves everybody; the other is as the search has it."""
    pools = {"desk": {"serves": ["any"], "agents": 3}, "help": {"serves": ["any"], "agents": 1}}
    both = cc.load({**hotline().to_dict(), "pools": pools})
    staffing = staff(both, replications=4, at_least={"desk": 1})

    assert min(staffing.need.rostered("desk")) == 1
    assert not all(staffing.need.rostered("help"))


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.0, 2 * LONG])
def test_no_move_takes_from_the_minimum(seconds: float) -> None:
    """Where days are long, too: many taken away at once, exchanges, steps; and the rest cannot be spared."""
    hours = [2] * 6 + [20, 40, 60, 60, 50, 50, 60, 60, 60, 50, 40, 40, 30, 20, 10, 5, 2, 2]
    scenario = hotline(
        **{"day": {"open": "00:00", "close": "24:00", "interval": "1 h"}, "demand.calls": hours}
    )
    goals, least = goals_of(scenario, meet_of("mean")), np.full((1, 24), 2)
    with workforce(Effort(workers=1), in_threads=True) as force:
        trials = Trials(scenario, scenario.seed, force(0.0))
        search = Search(trials, goals, costs(scenario), 3600.0, range(32), seconds, least)
        levels = mended(search, search.scaled(first_guess(scenario)).levels).stand.levels
        fewer = [levels - one.reshape(1, 24) for one in np.eye(24, dtype=np.int64)[levels[0] > 2]]

        assert search.days_are_long == (seconds > 0)
        assert (levels >= least).all()
        assert search.stand(levels).holds
        assert [] == [each for each in fewer if search.stand(each).holds]


SHIFTS = """\
shifts:
  - {start: 04:00, end: 12:00, breaks: 07:00-09:00 30 min}
  - {start: 10:00, end: 20:00, breaks: 14:00-16:00 1 h}
  - {start: 12:00, end: 20:00, breaks: 15:00-17:00 30 min}
  - {start: 20:00, end: 04:00, breaks: 23:00-02:00 30 min}
"""


@pytest.mark.slow
def test_a_roster_keeps_the_minimum_at_any_moment(tmp_path: Path) -> None:
    """Breaks included, by what the engines are handed: two work the night, as one of them has a break."""
    catalogue = tmp_path / "catalogue.yaml"
    catalogue.write_text(SHIFTS, encoding="utf-8")

    staffing = staff(hotline(), shifts=catalogue, replications=8, at_least=1)

    assert staffing.roster is not None
    assert staffing.roster.holds
    assert roster(staffing.roster.scenario, 1, 0).staffed.min() >= 1
    assert [] == staffing.summary["roster"]["unstaffed"]
    night = [number for shift, number in staffing.roster.worked["desk"] if shift.start == 20 * 3600]
    assert 2 == sum(night)
    assert staffing.roster.missing is None or staffing.roster.missing.hours > 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            SHIFTS.splitlines()[0] + "\n" + SHIFTS.splitlines()[1],
            "desk: 2 agents are to be there at any time, and no number of the catalogue's shifts gives that "
            "from 00:00 to 04:00 and 12:00 to 24:00; add a shift there",
        ),
        (
            SHIFTS.replace("02:00 30 min}", "02:00 30 min, at_most: 2}"),
            "desk: no combination of the catalogue's shifts keeps 2 agents there at any time",
        ),
    ],
)
def test_shifts_that_cannot_keep_it_are_refused(tmp_path: Path, text: str, message: str) -> None:
    """Before anything is simulated: with the pool, the hours and the remedy."""
    catalogue = tmp_path / "catalogue.yaml"
    catalogue.write_text(text, encoding="utf-8")

    with pytest.raises(StaffingError, match=message):
        staff(hotline(), shifts=catalogue, replications=2, at_least=2)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"night": 1}, "at least: there is no pool night; the pools are desk, help"),
        ({"help": 1}, "at least: help keeps the agents of the scenario; the pools to be staffed are desk"),
        (-1, "at least: cannot ask for `-1`; write a whole number from 0 to 10,000"),
        (10_001, "cannot ask for `10001`"),
        ({"desk": 1.5}, "cannot ask for `1.5`"),
        (True, "cannot ask for `True`"),
    ],
)
def test_what_cannot_be_asked_is_said(asked: Any, message: str) -> None:
    """In words, before anything is simulated."""
    pools = {"desk": {"serves": ["any"], "agents": 3}, "help": {"serves": ["any"], "agents": 1}}
    both = cc.load({**hotline().to_dict(), "pools": pools})

    with pytest.raises(StaffingError, match=message):
        staff(both, replications=2, only=["desk"], at_least=asked)


def test_a_minimum_as_text() -> None:
    """One number for every pool, others for single ones, which go before wherever they stand."""
    assert {"desk": 2, "help": 1} == minimum_from(["desk=2", "1"], ["desk", "help"])
    assert {} == minimum_from([], ["desk"])
    with pytest.raises(StaffingError, match="cannot ask for `many`"):
        minimum_from(["many"], ["desk"])


def test_tiers_without_anybody_are_told_apart(plain: Staffing) -> None:
    """By hand: the VIP desk is empty from 8 to 12, when 9 call, and nobody is there for others from 20 on."""
    tier = hotline().to_dict()["tiers"]["any"]
    given = cc.load(
        {
            **hotline().to_dict(),
            "days": 2,
            "demand": {
                "tiers": {"vip": {"calls": [0, 0, 9, 9, 0, 0]}, "any": {"calls": [0, 40, 40, 40, 40, 6]}}
            },
            "tiers": {"vip": tier, "any": {**tier, "priority": 1}},
            "pools": {
                "vips": {"serves": ["vip"], "agents": [0, 0, 0, 1, 0, 0]},
                "desk": {"serves": ["any"], "agents": [0, 3, 3, 3, 3, 0]},
            },
        }
    )
    stretches = unstaffed(given)
    staffing = replace(plain, given=given, need=given, at_least={"vips": 1})

    assert [(8 * 3600.0, ("vip",), 9.0), (20 * 3600.0, ("any",), 6.0)] == [
        (each.span[0], each.tiers, each.calls) for each in stretches
    ]
    assert [] == unstaffed(given, ["help"])
    assert (
        "Nobody is there for vip from 08:00 to 12:00; for any from 20:00 to 24:00, when 15 of the 184 calls "
        "of a day come; --at-least 2 keeps somebody there."
    ) == "".join(unstaffed_text(staffing, stretches))
