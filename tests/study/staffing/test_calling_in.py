"""Agents called in on busy days: terms, mornings counted, days mixed, and what it is worth."""

from __future__ import annotations

import copy
import html
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook
from rich.console import Console

import callcenter as cc
from callcenter.demand import draw
from callcenter.language import speaking
from callcenter.measure import Tally
from callcenter.measure.tally import COUNTS
from callcenter.report.page.html import render
from callcenter.report.page.staffing import staffing_page
from callcenter.report.terminal.staffing import staffing_table
from callcenter.report.workbook.staffing import write_staffing_workbook
from callcenter.scenario import Scenario
from callcenter.study.sentences.calling_in import calling_in
from callcenter.study.staffing import Staffing, StaffingError, staff
from callcenter.study.staffing.calling_in import CalledTrials, Mornings
from callcenter.study.staffing.terms import more_agents, terms_of
from callcenter.study.staffing.trials import Trials
from callcenter.study.staffing.validation import Called
from callcenter.study.workers.effort import Effort
from callcenter.study.workers.executors import workforce

H = 3600.0
TERMS = "desk at 10:00 from 11:00 to 13:00 for 150%"


def desk(**changes: Any) -> Scenario:
    """Return one tier and one pool for six hours, busy by chance."""
    scenario = cc.load(
        {
            "name": "desk",
            "seed": 3,
            "day": {"open": "08:00", "close": "14:00", "interval": "1 h"},
            "demand": {"calls": [60, 80, 80, 80, 80, 60], "day_factor_cv": "25%"},
            "tiers": {
                "any": {
                    "priority": 0,
                    "target": {"within": "20 s", "share": "80%"},
                    "patience": {"exponential": "4 min"},
                    "talk": {"exponential": "3 min"},
                }
            },
            "pools": {"desk": {"serves": ["any"], "agents": 5}},
        }
    )
    return scenario.with_(changes) if changes else scenario


def test_terms_are_read() -> None:
    """With a price, and at the planned one."""
    terms = terms_of(TERMS, desk(), ["desk"])

    assert ("desk", 10 * H, 11 * H, 13 * H, 1.5) == terms
    assert 1.0 == terms_of("desk at 9:00 from 9:00 to 14:00", desk(), ["desk"]).price
    assert [[0, 0, 0, 2, 2, 0]] == more_agents(terms, desk(), 2).tolist()


@pytest.mark.parametrize(
    ("text", "changes", "message"),
    [
        ("two more at eleven", {}, "write for example desk at 11:00"),
        ("desk at 10:00 from 11:00 to 25:00", {}, "write a time from 00:00 to 24:00"),
        ("shop at 10:00 from 11:00 to 12:00", {}, "pools to be staffed are desk"),
        ("desk at 10:00 from 09:00 to 12:00", {}, "decision comes after the hotline opens"),
        ("desk at 08:00 from 09:00 to 12:00", {}, "decision comes after the hotline opens"),
        ("desk at 10:00 from 11:00 to 15:00", {}, "decision comes after the hotline opens"),
        ("desk at 10:15 from 11:00 to 12:00", {}, "intervals of the day begin"),
        (TERMS, {"days": 2}, "day by day"),
        (TERMS, {"cool_down": "24 h"}, "day by day"),
    ],
)
def test_terms_that_cannot_be_are_said(text: str, changes: dict[str, Any], message: str) -> None:
    """What is wrong, and what to write."""
    with pytest.raises(StaffingError, match=message):
        terms_of(text, desk(**changes), ["desk"])


def test_mornings_are_counted() -> None:
    """First calls before ten over 140 expected, as the tape has them."""
    mornings = Mornings(desk(), 3, 10 * H)

    for number in range(5):
        arrived = draw(desk(), 3, number).arrived
        assert (arrived < 10 * H).sum() / 140 == mornings.ratio(number)
    numbers = range(200)
    above = mornings.above(numbers, 0.25)
    assert 0.2 <= mornings.share(numbers, above) <= 0.3
    assert 0.15 < np.std([mornings.ratio(number) for number in numbers]) < 0.4  # cv 25 %, and chance


def test_days_are_mixed() -> None:
    """Day by day, what is tried is the one staffing or the other, each as if it were tried alone."""
    scenario, numbers = desk(), [4, 0, 7, 2, 1]
    levels = np.array([[4, 5, 5, 5, 5, 4]])
    more = np.array([[0, 0, 0, 2, 2, 0]])
    with workforce(Effort(workers=1), in_threads=True) as force:
        plain = Trials(scenario, 3, force(0.0))
        trials = CalledTrials(plain, scenario, Called(more, lambda number: number in (0, 2)))
        mixed = trials.counts([levels, levels + 1], numbers)
        alone = plain.counts([levels, levels + 1, levels + more, levels + 1 + more], numbers)

    for place, number in enumerate(numbers):
        for row in range(2):
            other = row + 2 * (number in (0, 2))
            assert (mixed.within[row, place] == alone.within[other, place]).all()
            assert (mixed.asked[row, place] == alone.asked[other, place]).all()


@pytest.fixture(scope="module")
def flexible() -> Staffing:
    """Three days in four must meet the target, which takes many agents planned for busy days."""
    return staff(desk(), "75%-of-days", replications=8, call_in=TERMS)


def test_calling_in_saves_where_days_must_hold(flexible: Staffing) -> None:
    """Who is called in costs half as much again, and the target is still cheaper to meet."""
    found = flexible.flexible
    assert found is not None
    assert found.is_met
    assert 0 < found.share < 0.7
    assert found.hours < flexible.certainty.hours
    assert found.hours_called_in == pytest.approx(2 * found.rule.agents * found.share)
    assert found.cost == pytest.approx(found.hours + 1.5 * found.hours_called_in)
    assert 0 < found.saved == pytest.approx(flexible.certainty.hours - found.cost)


def test_the_rule_holds_on_days_of_another_seed(flexible: Staffing) -> None:
    """Each of 400 days run with the agents that the rule gives it, apart from `staff`."""
    found = flexible.flexible
    assert found is not None
    mornings = Mornings(desk(), 99, 10 * H)
    days = [
        [_is_kept(tally) for tally in cc.run(each, 400, seed=99).tallies]
        for each in (found.need, found.called_in)
    ]
    kept = [days[mornings.ratio(number) > found.rule.above][number] for number in range(400)]

    assert np.mean(kept) > 0.75 - 2 * np.sqrt(0.75 * 0.25 / 400)


def _is_kept(tally: Tally) -> bool:
    within, offered = (tally.counts[COUNTS.index(name), 0].sum() for name in ("answered_within", "offered"))
    return bool(within >= 0.8 * offered)


def test_the_summary_tells_the_rule(flexible: Staffing) -> None:
    """As plain data, and None where nobody asked."""
    entry, found = flexible.summary["call_in"], flexible.flexible
    assert found is not None

    assert ("desk", "10:00", "11:00", "13:00", 1.5) == tuple(
        entry[key] for key in ("pool", "at", "from", "to", "price")
    )
    assert list(found.need.rostered("desk")) == entry["planned"]["desk"]
    assert found.saved == entry["saved"]


def test_everybody_shows_the_rule(flexible: Staffing, tmp_path: Path) -> None:
    """Terminal, page and workbook have its sentence, in Chinese too; its agents are files to be run."""
    found = flexible.flexible
    assert found is not None
    planned, called = (cc.load(path) for path in flexible.write(tmp_path)[1:3])
    for language in ("en", "zh-CN"):
        with speaking(language):
            rule = next(calling_in(flexible))
            sheets = tmp_path / f"{language}.xlsx"
            write_staffing_workbook(flexible, sheets)
            console = Console(width=1000)
            with console.capture() as terminal:
                console.print(staffing_table(flexible))
            page = html.unescape(render(staffing_page(flexible)))
            book = load_workbook(sheets, read_only=True)
            cells = [cell for sheet in book for row in sheet.values for cell in row]
        assert f"{found.share:.0%}" in rule
        assert [True, True, True] == [rule in text for text in (terminal.get(), page, str(cells))]

    assert found.need.rostered("desk") == planned.rostered("desk")
    assert found.called_in.rostered("desk") == called.rostered("desk")


def test_what_is_not_confirmed_is_not_called_met(flexible: Staffing) -> None:
    """The verdict is by share of days, as asked for, not by the mean; and what saves nothing says so once."""
    found = flexible.flexible
    assert found is not None
    fresh = copy.deepcopy(found.fresh)
    fresh["tiers"]["any"]["service_level"] |= {"days_met": 0.7, "days_met_low": 0.6, "days_met_high": 0.74}
    doubtful = found._replace(fresh=fresh, is_met=False, fixed_cost=found.cost - 1)

    lines = list(calling_in(replace(flexible, flexible=doubtful)))

    assert lines[0].startswith("Calling agents in on these terms saves nothing")
    assert not any("-1" in line or "Every target is met" in line for line in lines)
    assert any(line.startswith("Not confirmed by validation days: any") for line in lines)


def test_without_busyness_nothing_is_saved() -> None:
    """Where all days are alike, the morning tells nothing: no more than a part of one agent-hour is won."""
    found = staff(desk(**{"demand.day_factor_cv": 0}), replications=8, call_in=TERMS).flexible

    assert found is not None
    assert found.saved < 0.5
