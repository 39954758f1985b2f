"""The search of rosters: what it demands, what few days rule out, how little it takes where days are long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import callcenter as cc
from benchmarks.staffing.puzzles import Puzzle
from benchmarks.staffing.searching import searched
from callcenter.scenario import Scenario
from callcenter.study.staffing.catalogue import Catalogue, load_catalogue
from callcenter.study.staffing.choices import Plan
from callcenter.study.staffing.first_guess import first_guess
from callcenter.study.staffing.goals import goals_of, meet_of
from callcenter.study.staffing.programme import Slopes
from callcenter.study.staffing.proving import costs
from callcenter.study.staffing.roster_trials import FEW, RosterTrials, Tried
from callcenter.study.staffing.rosters import FEW_TRIES, RosterSearch
from callcenter.study.staffing.search import LONG, Search
from callcenter.study.staffing.shifts import cheapest, offer_of
from callcenter.study.staffing.trials import Trials
from callcenter.study.workers.effort import Effort
from callcenter.study.workers.executors import workforce

DAYS = 32
SHIFTS = """\
shifts:
  - {start: 08:00, end: 16:00, breaks: 12:00 30 min}
  - {start: 10:00, end: 18:00, breaks: 14:00 30 min}
  - {start: 12:00, end: 20:00, breaks: 16:00 30 min}
  - {start: 08:00, end: 12:00}
  - {start: 10:00, end: 14:00}
  - {start: 13:00, end: 17:00}
  - {start: 16:00, end: 20:00}
"""


def desk() -> Scenario:
    """Return a desk of twelve hours whose calls rise and fall."""
    return cc.load(
        {
            "name": "desk",
            "seed": 5,
            "day": {"open": "08:00", "close": "20:00", "interval": "30 min"},
            "demand": {"calls": [15, 25, 40, 55] + [60] * 12 + [50, 45, 40, 35, 30, 25, 20, 15]},
            "tiers": {
                "any": {
                    "priority": 0,
                    "target": {"within": "20 s", "share": "80%"},
                    "patience": {"exponential": "3 min"},
                    "talk": {"exponential": "4 min"},
                }
            },
            "pools": {"desk": {"serves": ["any"], "agents": 5}},
        }
    )


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """The shifts of the desk."""
    path = tmp_path / "catalogue.yaml"
    path.write_text(SHIFTS, encoding="utf-8")
    return load_catalogue(path)


@pytest.fixture
def trials() -> Iterator[Trials]:
    """Trials of the desk by one worker."""
    with workforce(Effort(workers=1), in_threads=True) as force:
        yield Trials(desk(), desk().seed, force(0.0))


def roster_search(trials: Trials, catalogue: Catalogue, seconds: float) -> RosterSearch:
    """Return the search of rosters for a need; ``seconds`` is what a day is said to take."""
    scenario = desk()
    goals = goals_of(scenario, meet_of("mean"))
    search = Search(trials, goals, costs(scenario), scenario.day.interval, range(DAYS), seconds)
    return RosterSearch(search, scenario, catalogue, search.scaled(first_guess(scenario)))


def test_what_nobody_earns_is_not_demanded(catalogue: Catalogue) -> None:
    """A requirement that is missed and that no agent was seen to help keeps no shifts from being chosen."""
    offer = offer_of(desk(), catalogue)
    levels = np.full((1, 24), 5.0)
    gains = np.stack([np.ones((1, 24)), np.zeros((1, 24))])
    slopes = Slopes(levels, np.array([2.0, -3.0]), gains, np.ones((1, 24)), np.full((1, 24), 5.0))

    both, one = cheapest(offer, slopes), cheapest(offer, slopes._replace(margins=np.array([2.0, 0.0])))

    assert both is not None
    assert both == one


def test_few_days_rule_out_what_plainly_breaks_a_target(trials: Trials, catalogue: Catalogue) -> None:
    """Three of a long shift away at once are looked at on a few days alone."""
    search = roster_search(trials, catalogue, 0.0)
    base = search.trials.anchored(search.covered())
    longest = max((pattern for pattern in base.plans[0] if pattern.shift < 3), key=base.plans[0].__getitem__)
    fewer: Plan = base.plans[0] - Counter({longest: 3})
    before = trials.days

    assert search.trials.screened((fewer,), base) is None

    assert trials.days - before == FEW
    assert not search.trials.tried((fewer,)).holds
    assert search.trials.screened(base.plans, base) is not None


def test_long_days_take_fewer_trials_and_leave_nobody_to_spare(trials: Trials, catalogue: Catalogue) -> None:
    """Each agent of each shift is taken away on all days; a search with a free hand saves little more."""
    frugal = roster_search(trials, catalogue, 2 * LONG)
    before = trials.days
    best = frugal.thinned(frugal.stepped(frugal.covered()))
    few = trials.days - before
    free = roster_search(trials, catalogue, 0.0)
    before = trials.days
    other = free.thinned(free.stepped(free.covered()))

    assert best.holds
    assert few < 0.6 * (trials.days - before)
    assert best.weight <= 1.03 * other.weight
    for pattern in best.plans[0]:
        fewer: Plan = best.plans[0] - Counter({pattern: 1})
        assert not frugal.trials.tried((fewer,)).holds


def test_long_days_say_after_how_many_exchanges_the_search_ended(
    trials: Trials, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as were tried since the last that was kept; a search with a free hand gives nothing up."""
    frugal = roster_search(trials, catalogue, 2 * LONG)
    failed = 0

    def screened(plans: tuple[Plan, ...], base: Tried) -> Tried | None:
        nonlocal failed
        failed += not _is_one_fewer(plans, base.plans)
        return RosterTrials.screened(frugal.trials, plans, base)

    def anchored(tried: Tried) -> Tried:
        nonlocal failed
        failed = 0
        return RosterTrials.anchored(frugal.trials, tried)

    monkeypatch.setattr(frugal.trials, "screened", screened)
    monkeypatch.setattr(frugal.trials, "anchored", anchored)
    monkeypatch.setattr(frugal, "_missing", lambda best: None)

    roster = frugal.roster()

    assert roster.given_up_after == failed
    assert failed >= FEW_TRIES
    assert roster_search(trials, catalogue, 0.0).roster().given_up_after is None


def _is_one_fewer(plans: tuple[Plan, ...], before: tuple[Plan, ...]) -> bool:
    """Whether one agent was taken away and nobody came."""
    return not plans[0] - before[0] and (before[0] - plans[0]).total() == 1


def test_many_are_taken_away_at_once(trials: Trials, catalogue: Catalogue) -> None:
    """From twice the agents that cover the need, in far fewer trials than there are agents to spare."""
    search = roster_search(trials, catalogue, 2 * LONG)
    covered = search.covered()
    twice: Plan = Counter({pattern: 2 * number for pattern, number in covered.plans[0].items()})
    rounds = search.trials.rounds

    best = search.thinned(search.trials.tried((twice,)), most_sideways=0)

    assert best.holds
    assert sum(twice.values()) - sum(best.plans[0].values()) >= 8
    assert search.trials.rounds - rounds <= 7


@pytest.mark.slow
def test_a_quiet_hour_may_be_given_up_for_the_day() -> None:
    """The best roster known of the puzzle has 18:00 to 19:30 more than 20 points below the target.

    Of rosters with as many long shifts, that with fewer paid hours is better: late ones end after close.
    """
    puzzle = Puzzle("shifts_17x4")

    plan = searched(puzzle)

    assert puzzle.is_solved_by(plan)
    assert puzzle.cost(plan) < 159
