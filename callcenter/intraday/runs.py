"""Simulating the rest of the day, once for each draw of how the day is, as planned and with each option."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.batch import Continued
from callcenter.batch.trying import COUNTS as ANSWERS
from callcenter.calllog import Outcome
from callcenter.demand import CallTape, Coins, OnlineTape
from callcenter.demand.drawing import draw_by
from callcenter.demand.roster import is_certain
from callcenter.demand.streams import uniforms
from callcenter.demand.tables import NO_QUANTILES, DemandTables, demand_tables
from callcenter.engine import FloorPlan, State, cut, floor_plan, simulate
from callcenter.forecast.conditioned import Outlook
from callcenter.intraday.actuals import Actuals
from callcenter.intraday.opening import Inside, carried, inside_of, opened
from callcenter.intraday.options import Option, plan_of
from callcenter.measure import Tally, tally
from callcenter.measure.pools import POOL_SUMS
from callcenter.measure.tally import COUNTS, empty_tally
from callcenter.scenario import Scenario
from callcenter.study.staffing.further import further_goals

MANY = 30
"""Calls from which on a Poisson number is found by expansion."""


_ANSWERS = [COUNTS.index(name) for name in ANSWERS]


class _Run(NamedTuple):
    """What is to be simulated."""

    plan: FloorPlan
    tape: CallTape
    state: State | None


class _Plans:
    """Who is on the phones, as planned and by option; worked out once where chance does not decide it."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self._scenario, self._seed = scenario, seed
        self._kept: dict[int, FloorPlan] = {}
        self._inside: dict[bytes, Inside | None] = {}

    def base(self, number: int) -> FloorPlan:
        """Return what goes on as planned in a replication."""
        return self._once(_AS_PLANNED, self._scenario, lambda: floor_plan(self._scenario, self._seed, number))

    def of(self, place: int, option: Option, number: int) -> FloorPlan:
        """Return the plan of an option, which has a place among all."""
        day = self._scenario.day
        return self._once(
            place,
            option.scenario,
            lambda: plan_of(self.base(number), option, (day.open, day.interval), self._seed, number),
        )

    def _once(self, place: int, scenario: Scenario, made: Callable[[], FloorPlan]) -> FloorPlan:
        if not (is_certain(scenario) and is_certain(self._scenario)):
            return made()
        if place not in self._kept:
            self._kept[place] = made()
        return self._kept[place]

    def inside(self, actuals: Actuals, plan: FloorPlan) -> Inside | None:
        """Return who is inside, given who is on the phones."""
        key = plan.days.levels.tobytes()
        if key not in self._inside:
            self._inside[key] = inside_of(actuals, self._scenario, plan, self._seed)
        return self._inside[key]


_AS_PLANNED = -1


@dataclass(frozen=True, eq=False)
class Rest:
    """The rest of a day, to be simulated."""

    scenario: Scenario
    actuals: Actuals
    outlook: Outlook
    seed: int
    engine: str

    def tallies(self, options: Sequence[Option], replications: int, threads: int = 2) -> list[list[Tally]]:
        """Return tallies of the whole day by option and replication: morning counted, rest simulated."""
        tables = [demand_tables(option.scenario) for option in options]
        callers = [option.scenario.callers_fingerprint for option in options]
        _ = self._morning, self._continued, self._plans
        with ThreadPoolExecutor(threads) as pool:
            rows = list(
                pool.map(
                    lambda number: self._replication(options, tables, callers, number), range(replications)
                )
            )
        return [list(column) for column in zip(*rows, strict=True)]

    def _replication(
        self, options: Sequence[Option], tables: Sequence[DemandTables], callers: Sequence[str], number: int
    ) -> list[Tally]:
        plan = self._plans.base(number)
        tapes: dict[str, tuple[CallTape, State | None]] = {}
        results = []
        for place, (option, own, who) in enumerate(zip(options, tables, callers, strict=True)):
            if who not in tapes:
                tapes[who] = self._tape(option.scenario, own, plan, number)
            own_plan = self._plans.of(place, option, number)
            run = self._run(option, plan, own_plan, *tapes[who])
            results.append(self._whole_day(self._counted(str(place), option.scenario, run)))
        return results

    def _run(
        self, option: Option, base: FloorPlan, own: FloorPlan, tape: CallTape, state: State | None
    ) -> _Run:
        """Return what is to be simulated of an option: up to its beginning the day goes on as planned."""
        if option.others and (state is None or option.since > self.actuals.now):
            state = cut(self.scenario, tape, option.since, base, state)
        return _Run(own, tape, state)

    @cached_property
    def _plans(self) -> _Plans:
        return _Plans(self.scenario, self.seed)

    def _counted(self, name: str, scenario: Scenario, run: _Run) -> Tally:
        """Return the tally of a run; where only answer rates are promised, of its answers alone."""
        if self._continued is None:
            log = simulate(scenario, run.tape, self.engine, plan=run.plan, state=run.state)
            return tally(self.scenario, log)
        page = empty_tally(self.scenario)
        page.counts[_ANSWERS] = self._continued.answers(name, *run)
        return page

    @cached_property
    def _continued(self) -> Continued | None:
        """What counts the answers of runs; None where more must be counted, or by the other engine."""
        if self.engine != "compiled" or further_goals(self.scenario):
            return None
        return Continued(self.scenario, floor_plan(self.scenario, self.seed, 0))

    def _tape(
        self, scenario: Scenario, tables: DemandTables, plan: FloorPlan, number: int
    ) -> tuple[CallTape, State | None]:
        """Draw who comes, on a day that is as the draw of this number says."""
        now = self.actuals.now
        whole = self._known(tables, number, whole=True)
        inside = self._plans.inside(self.actuals, plan)
        if inside is None:
            return draw_by(whole, scenario, self.seed, number), None
        coming = draw_by(self._known(tables, number, whole=False), scenario, self.seed, number)
        return opened(inside, _from(coming, now), scenario, whole, plan, now)

    def _known(self, tables: DemandTables, number: int, *, whole: bool) -> DemandTables:
        """Return tables of a day that is known: its factors stand in them."""
        day = tables.day.copy()
        day["cv"], day["talk_cv"], day["correlation"] = 0.0, 0.0, 0.0
        day["slowness"] = self.outlook.talks[number]
        factors = self.outlook.factors[number] * tables.planned[0]
        if not whole:
            starts = self.scenario.day.open + np.arange(factors.size) * self.scenario.day.interval
            factors = np.where(starts + self.scenario.day.interval <= self.actuals.now, 0.0, factors)
        return tables._replace(
            expected=tables.expected * factors, planned=np.ones(1), quantiles=NO_QUANTILES, day=day
        )

    def _whole_day(self, rest: Tally) -> Tally:
        """Put together what was counted and what was simulated."""
        return _together(self._morning, rest) if self._morning else self._corrected(rest)

    @property
    def _cell(self) -> int:
        """The interval of now."""
        day = self.scenario.day
        return int((self.actuals.now - day.open) // day.interval)

    @cached_property
    def _morning(self) -> Tally | None:
        """The tally of the calls that are over."""
        calls = self.actuals.calls
        if calls is None:
            return None
        over = calls.is_over & ~carried(calls, self.scenario, floor_plan(self.scenario, self.seed, 0))
        size = int(over.sum())
        tape = draw_by(self._known(demand_tables(self.scenario), 0, whole=False), self.scenario, self.seed, 0)
        empty = simulate(self.scenario, _from(tape, np.inf), self.engine)
        answered = calls.outcome[over] == Outcome.ANSWERED
        log = empty._replace(
            tier=calls.tier[over].astype(np.int32),
            arrived=calls.arrived[over],
            joined=calls.joined[over],
            answered=calls.answered[over],
            left=calls.left[over],
            released=np.where(answered, calls.released[over], np.nan),
            outcome=calls.outcome[over].astype(np.int8),
            pool=np.where(answered, np.maximum(calls.pool[over], 0), -1).astype(np.int32),
            parent=np.full(size, -1, np.int64),
            attempt=np.ones(size, np.int32),
            kind=np.zeros(size, np.int8),
            customer=np.arange(size),
            solved=answered,
        )
        return tally(self.scenario, log)

    def _corrected(self, simulated: Tally) -> Tally:
        """Write what a sheet counted of the morning over what was simulated of it."""
        counts, actuals, cell = simulated.counts.copy(), self.actuals, self._cell
        names = {"offered": actuals.counts, "called": actuals.counts, "answered": actuals.answered}
        names["answered_within"] = actuals.in_time
        has_ivr = any(self.scenario.ivr_of(name) is not None for name in self.scenario.tiers)
        for name, values in names.items():
            if has_ivr and name == "offered":
                continue
            row = COUNTS.index(name)
            known = np.isfinite(values[:, :cell])
            counts[row, :, :cell] = np.where(
                known, np.rint(np.nan_to_num(values[:, :cell])), counts[row, :, :cell]
            )
        if np.isfinite(actuals.answered[:, :cell]).any() and not has_ivr:
            offered, answered = counts[COUNTS.index("offered")], counts[COUNTS.index("answered")]
            row = COUNTS.index("abandoned")
            counts[row, :, :cell] = np.maximum(offered - answered, 0)[:, :cell]
        return simulated._replace(counts=counts)


def _from(tape: CallTape, now: float) -> CallTape:
    """Return the calls of a tape that come from a moment on."""
    rows = slice(int(np.searchsorted(tape.arrived, now, side="left")), None)
    columns: Any = {name: getattr(tape, name)[rows] for name in CallTape._fields[:10]}
    later, given = tape.online.at >= now, tape.coins or ()
    coins: Any = [column[rows] for column in given]
    starts: Any = [column[later] for column in tape.online]
    online = OnlineTape(*starts)
    return tape._replace(**columns, coins=Coins(*coins) if coins else None, online=online)


def _together(morning: Tally, rest: Tally) -> Tally:
    """Add up the calls of both; the roster, which both know all day, counts once."""
    sums = rest.pool_sums.copy()
    busy = POOL_SUMS.index("busy_s")
    sums[busy] += morning.pool_sums[busy]
    return rest._replace(
        counts=morning.counts + rest.counts,
        sums=morning.sums + rest.sums,
        wait_bins=morning.wait_bins + rest.wait_bins,
        pool_counts=morning.pool_counts + rest.pool_counts,
        pool_sums=sums,
        thresholds=morning.thresholds + rest.thresholds,
    )


def coming_calls(expected: Floats, outlook: Outlook, share: Floats, seed: int) -> Floats:
    """Return draws of the calls still to come by interval: expected x factors, with Poisson noise."""
    mean = expected * (1 - share) * outlook.factors
    chance = uniforms(seed, 0, "", "calls still to come", mean.size).reshape(mean.shape)
    return poisson_quantile(np.clip(chance, 1e-12, 1 - 1e-12), mean)


def poisson_quantile(chance: Floats, mean: Floats) -> Floats:
    """Return Poisson numbers at these chances: counted up where the mean is small, else by expansion.

    Source: Cornish and Fisher (1938), Moments and cumulants in the specification of distributions, Revue de
    l'Institut International de Statistique 5, 307-320; with two terms right to a call or so from 30 on.
    """
    from scipy.special import ndtri

    score = ndtri(chance)
    large = mean + np.sqrt(mean) * score + (score**2 - 1) / 6
    calls: Floats = np.maximum(np.rint(large), 0.0)
    few = mean < MANY
    rate, place = mean[few], chance[few]
    piece = np.exp(-rate)
    below, count = piece.copy(), np.zeros(rate.size)
    for number in range(1, 4 * MANY):
        above = place > below
        if not above.any():
            break
        count[above] = number
        piece = piece * rate / number
        below += piece
    calls[few] = count
    return calls
