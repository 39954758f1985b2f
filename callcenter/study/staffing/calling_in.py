"""Planned staffing at one price, and agents called in at another once it shows how busy the day is.

At a moment the calls so far are held against the forecast.  If they exceed it by so many per cent, so many
more agents of one pool work in a span later that day: called in, or staying for overtime.  The rule and the
agents planned are searched for together.  Days meet the same callers with and without them, and until the
span begins they are the same days.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.clock import clock_text
from callcenter.demand import draw
from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.study.staffing.days import Days
from callcenter.study.staffing.errors import StaffingError
from callcenter.study.staffing.proof import thinner
from callcenter.study.staffing.proving import Case, certainty, proven
from callcenter.study.staffing.search import Search, Stand
from callcenter.study.staffing.terms import Flexible, Rule, Terms, more_agents
from callcenter.study.staffing.trials import Counts, Levels, Trials
from callcenter.study.staffing.validation import Called

SHARES_OF_DAYS = (0.5, 0.25, 0.125)
"""On which agents are called in, that are tried."""
SHARES_MORE = (0.05, 0.1, 0.2, 0.3)
"""Agents called in that are tried, as a share of the most planned in the span."""


class Mornings:
    """How busy the mornings are: first calls so far over those expected by then, day by day.

    Redials and other calls that follow are left out: they tell of the agents, not of the day.
    """

    def __init__(self, scenario: Scenario, seed: int, at: float) -> None:
        self._scenario, self._seed, self._at = scenario, seed, at
        self._known: dict[int, float] = {}
        day, planned = scenario.day, scenario.demand.days
        rows = np.array([scenario.demand.expected_on(name)[0] for name in scenario.tiers])
        intervals = round((at - day.open) / day.interval)
        self._expected = float(rows[:, :intervals].sum()) * (planned[0] if planned else 1.0)
        if self._expected <= 0:
            text = _("nobody is expected to call by {at}, so nothing can be decided then")
            raise StaffingError(text.format(at=clock_text(at)))

    def ratio(self, number: int) -> float:
        """Return calls so far over those expected, of a replication by its number."""
        if number not in self._known:
            arrived = draw(self._scenario, self._seed, number).arrived
            self._known[number] = int(np.count_nonzero(arrived < self._at)) / self._expected
        return self._known[number]

    def above(self, numbers: Sequence[int], share: float) -> float:
        """Return the ratio, in whole per cent, that about this share of days is above."""
        return round(float(np.quantile([self.ratio(number) for number in numbers], 1 - share)), 2)

    def share(self, numbers: Sequence[int], above: float) -> float:
        """Return the share of days that are above a ratio."""
        return float(np.mean([self.ratio(number) > above for number in numbers]))


class CalledTrials(Trials):
    """Tries staffings that are planned together with those who are called in on the day."""

    def __init__(self, plain: Trials, scenario: Scenario, called: Called) -> None:
        super().__init__(scenario, plain.subject.seed, plain.workers, fixed=plain.subject.fixed)
        self._plain, self._called = plain, called

    def advance(self, days: int) -> None:
        """Take note of days simulated, with those of the plain trials."""
        self._plain.advance(days)

    def counts(self, staffings: Sequence[Levels], replications: Sequence[int]) -> Counts:
        """Simulate every staffing on every replication, with more agents where they are called in."""
        comes = np.array([self._called.comes_on(number) for number in replications], bool)
        levels, parts = np.array(staffings, np.int64), []
        for is_called, more in ((True, self._called.more), (False, 0)):
            some = [number for number, here in zip(replications, comes, strict=True) if here == is_called]
            if some:
                parts.append(super().counts(list(levels + more), some))
        place = np.argsort(np.argsort(~comes, kind="stable"))
        return Counts(*(np.concatenate(each, axis=1)[:, place] for each in zip(*parts, strict=True)))


class Plan(NamedTuple):
    """A rule, and the agents planned with it."""

    called: Called
    rule: Rule
    stand: Stand
    cost: float
    """A day, with those called in, weighted by cost per hour, 1 where not priced."""


class Flexibility:
    """Looks for the rule and the planned agents that cost least together."""

    def __init__(self, case: Case, terms: Terms, trials: Trials) -> None:
        self.case, self.terms, self.trials = case, terms, trials
        self.mornings = Mornings(case.scenario, trials.subject.seed, terms.at)

    def best(self, days: Days, first: Search, rough: Stand, fixed_cost: float) -> Flexible:
        """Return the best rule with the agents planned, mended and judged on days of their own.

        ``first`` and ``rough`` are the search without anybody called in, and what it came to.
        """
        plan = min(self._plans(first, rough), key=lambda plan: plan.cost)
        case = self.case._replace(called=plan.called)
        searched = len(first.replications)
        answer, fresh, looks = proven(self._trials(plan.called), case, days, plan.stand, searched)
        share = self.mornings.share(fresh.block.numbers, plan.rule.above)
        hours, levels = first.interval / 3600, answer.stand.levels
        return Flexible(
            self.terms,
            plan.rule,
            case.staffed(levels),
            case.staffed(levels + plan.called.more),
            share,
            float(levels.sum() * hours),
            share * float(plan.called.more.sum() * hours),
            answer.stand.cost + share * self._price(first, plan.called),
            fixed_cost,
            certainty(answer, fresh.summary, case).is_met,
            looks,
            fresh.summary,
            fresh.days,
        )

    def _plans(self, first: Search, rough: Stand) -> list[Plan]:
        """Return what each rule comes to on the days of the search; the agents planned follow it."""
        numbers = first.replications
        most = int((rough.levels * (more_agents(self.terms, self.case.scenario, 1) > 0)).max())
        ratios = sorted({self.mornings.above(numbers, share) for share in SHARES_OF_DAYS})
        return [
            self._plan(first, rough, Rule(agents, above))
            for agents in sorted({max(1, math.ceil(share * most)) for share in SHARES_MORE})
            for above in ratios
        ]

    def _plan(self, first: Search, rough: Stand, rule: Rule) -> Plan:
        called = Called(
            more_agents(self.terms, self.case.scenario, rule.agents),
            lambda number: self.mornings.ratio(number) > rule.above,
        )
        search = first.with_(trials=self._trials(called))
        stand = thinner(search, search.cheaper(search.repaired(search.stand(rough.levels))))
        share = self.mornings.share(first.replications, rule.above)
        return Plan(called, rule, stand, stand.cost + share * self._price(first, called))

    def _price(self, search: Search, called: Called) -> float:
        """Return what a day's agents called in cost."""
        return self.terms.price * float((search.cost @ called.more).sum())

    def _trials(self, called: Called) -> CalledTrials:
        return CalledTrials(self.trials, self.case.scenario, called)
