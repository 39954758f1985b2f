"""`intraday`: look at a day at a moment (contract 9.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from callcenter.arrays import Floats
from callcenter.clock import clock_text
from callcenter.demand import Loads
from callcenter.demand.streams import uniforms
from callcenter.engine import prepare, resolve_engine
from callcenter.forecast.conditioned import Handled, Outlook, Seen, Unrest, conditioned, needed
from callcenter.intraday.actuals import Actuals
from callcenter.intraday.errors import IntradayError
from callcenter.intraday.options import none_of, option_of
from callcenter.intraday.reading import read_actuals
from callcenter.intraday.result import LEAST_DAYS, Intraday
from callcenter.intraday.runs import Rest, coming_calls
from callcenter.language import gettext as _
from callcenter.measure import tally
from callcenter.scenario import Scenario
from callcenter.scenario.loading import Source, load
from callcenter.study.insights.requirements import net_staffing

REPLICATIONS = 40
DRAWS = 2000
"""Of the rest of the day, for the bands; as many of them as there are replications are simulated."""


def intraday(
    scenario: Source,
    actuals: Any,
    *,
    now: str | float,
    options: Sequence[str] = (),
    history: Any = None,
    replications: int = REPLICATIONS,
    seed: int | None = None,
    engine: str = "auto",
) -> Intraday:
    """Look at a day at a moment: what is still to come, each promise by the end of the day, what to do.

    ``actuals`` is a file or a frame: a call log, or a sheet with start and calls (`read_actuals`); rows as
    dictionaries do, too.  ``now`` is a clock such as ``"11:00"``, or seconds.  Each option is
    ``"NAME: PATH=VALUE from 15:00"``.  ``history`` are records of days past, from which the unrest of days
    is taken in place of the scenario's.  Raises IntradayError, ScenarioError.
    """
    subject = load(scenario)
    moment = _moment(now, subject)
    _refuse(subject)
    first = subject.seed if seed is None else seed
    known = read_actuals(actuals, subject, moment)
    unrest, days, is_restless, notes = _unrest(subject, history)
    seen = seen_of(subject, known)
    outlook = outlook_of(unrest, seen, _handled(subject, known), first)
    rest = Rest(subject, known, outlook, first, resolve_engine(engine))
    add, scheduled = _agents(subject, outlook, seen)
    tried = [option_of(text, subject, moment) for text in options]
    plans = [none_of(subject, moment), *tried]
    named = [(one.name, one.text) for one in tried]
    if add.any():
        more = {pool: row for pool, row in enumerate(add) if row.any()}
        plans.append(none_of(subject, moment, more))
        named.append((_("agents to add"), _("as in the table by interval")))
    tally(*prepare(rest.engine))
    return Intraday(
        scenario=subject,
        actuals=known,
        outlook=outlook,
        expected=seen.expected,
        share=seen.share,
        rest=(coming := coming_calls(seen.expected, outlook, seen.share, first)).sum(axis=1),
        coming=coming,
        tallies=rest.tallies(plans, replications),
        options=named,
        add=add,
        scheduled=scheduled,
        seed=first,
        days_known=days,
        is_restless=is_restless,
        notes=(*known.notes, *notes, *_left_out(subject, known)),
    )


def _moment(now: str | float, scenario: Scenario) -> float:
    if isinstance(now, str):
        clock = re.fullmatch(r"\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*", now)
        if not clock or int(clock[2]) > 59 or int(clock[3] or 0) > 59:
            raise IntradayError(_("now: {now}: write a clock time such as 11:00").format(now=now))
        moment = int(clock[1]) * 3600.0 + int(clock[2]) * 60.0 + int(clock[3] or 0)
    else:
        moment = float(now)
    day = scenario.day
    if not day.open < moment < day.close:
        text = _("now: {now} is outside of the opening hours, {open} to {close}")
        raise IntradayError(
            text.format(now=clock_text(moment), open=clock_text(day.open), close=clock_text(day.close))
        )
    return moment


def _refuse(scenario: Scenario) -> None:
    if scenario.days != 1:
        raise IntradayError(
            _(
                "the scenario has {days} days, and this looks at one: say --set days=1, and with dates "
                "--set day.date=DATE; what days carry over to the next is not in it"
            ).format(days=scenario.days)
        )
    if scenario.demand.recording is not None:
        raise IntradayError(_("recorded days cannot be looked ahead of; write calls in place of replay"))
    if not scenario.goals:
        raise IntradayError(_("the scenario promises nothing; write a target for a tier"))


def _over(scenario: Scenario, now: float) -> Floats:
    """Return which part of each interval is over."""
    day = scenario.day
    starts = day.open + np.arange(day.intervals) * day.interval
    return np.asarray(np.clip((now - starts) / day.interval, 0.0, 1.0))


def seen_of(scenario: Scenario, actuals: Actuals) -> Seen:
    """Return what came beside what was expected, all tiers together; a sheet's last row is up to now."""
    rows = [scenario.demand.expected_on(name)[0] for name in scenario.tiers]
    planned = scenario.demand.days[0] if scenario.demand.days else 1.0
    expected = np.array(rows, np.float64).sum(axis=0) * planned
    counts, share = actuals.counts.sum(axis=0), _over(scenario, actuals.now)
    return Seen(expected, counts, share)


def _handled(scenario: Scenario, actuals: Actuals) -> Handled | None:
    """Return the mean handle time over what the calls so far were expected to take."""
    if actuals.handled is None:
        return None
    loads, handled = Loads(scenario), actuals.handled
    weight = np.nan_to_num(np.where(np.isfinite(actuals.answered), actuals.answered, actuals.counts))
    times = np.array(
        [
            [loads.of(name, place).handle_s for place in range(scenario.day.intervals)]
            for name in scenario.tiers
        ]
    )
    known = np.isfinite(times) & (weight > 0)
    if not known.any():
        return None
    expected = float((times[known] * weight[known]).sum() / weight[known].sum())
    if expected <= 0:
        return None
    ratio = handled.mean / expected
    return Handled(ratio, max(handled.cv * ratio, 0.1) / float(np.sqrt(max(handled.calls, 1))))


def unrest_of(scenario: Scenario) -> Unrest:
    """Return how days and intervals differ, as a scenario says it."""
    demand = scenario.demand
    restless = demand.interval_factor
    return Unrest(
        demand.day_factor_cv,
        np.array(restless.cv) if restless else np.zeros(scenario.day.intervals),
        restless.correlation if restless else 0.0,
        demand.talk_factor_cv,
    )


def _unrest(scenario: Scenario, history: Any) -> tuple[Unrest, int | None, bool, list[str]]:
    """Return how days differ, in how many recorded days that was measured, whether it is known, and notes."""
    own = unrest_of(scenario)
    if history is None:
        is_known = own.day_cv > 0 or bool(own.interval_cv.any())
        notes = (
            []
            if is_known
            else [
                _(
                    "No verdict: neither the scenario (demand.day_factor_cv, demand.interval_factor) nor "
                    "records of days past (`history`) say how days differ, and chance alone is too little."
                )
            ]
        )
        return own, None, is_known, notes
    from callcenter.fit.arrivals import about_usual, counts
    from callcenter.forecast.unrest import factors_about
    from callcenter.replay.recorded import recorded

    days = recorded(history, scenario)
    calls, day = days.calls, scenario.day
    place = ((calls.arrived - day.open) // day.interval).astype(np.int64)
    shape = (len(days), len(scenario.tiers), day.intervals)
    table = counts(calls.day, calls.tier, place, shape).sum(axis=1)
    usual, apart = about_usual(table, calls.weekdays)
    measured = factors_about(usual, usual + apart, np.inf)
    notes = [
        _("How days differ is taken from {days} recorded days.").format(days=len(days))
        if len(days) >= LEAST_DAYS
        else _("No verdict: how days differ takes {least} recorded days, and there are {days}.").format(
            least=LEAST_DAYS, days=len(days)
        )
    ]
    return Unrest(*measured, own.talk_cv), len(days), True, notes


def _left_out(scenario: Scenario, actuals: Actuals) -> list[str]:
    """Say what of the morning goes on and is not among the actuals, and what is taken to be so."""
    tiers = scenario.tiers.values()
    if not any(tier.callback is not None or tier.redial is not None for tier in tiers):
        return []
    if actuals.calls is None:
        return [_("callbacks and redials that this morning's lost calls still lead to are left out")]
    if any(tier.callback is not None for tier in tiers):
        return [
            _("of this morning's lost calls that are owed a callback none is taken to be called back yet")
        ]
    return []


def outlook_of(unrest: Unrest, seen: Seen, handled: Handled | None, seed: int) -> Outlook:
    """Return draws of how the day is, given what has come."""
    chance = uniforms(seed, 0, "", "rest of the day", needed(seen, DRAWS))
    return conditioned(unrest, seen, handled, chance, DRAWS)


def _agents(scenario: Scenario, outlook: Outlook, seen: Seen) -> tuple[Floats, Floats]:
    """Return agents to add from now on and agents scheduled, each of shape (pools, intervals).

    What is required is by Erlang A on the calls and the handle time that are now expected.
    """
    factors, talk = outlook.factors.mean(axis=0), float(outlook.talks.mean())
    calls = {
        name: {"calls": [float(each) for each in np.array(scenario.demand.expected_on(name)[0]) * factors]}
        for name in scenario.tiers
    }
    changes: dict[str, Any] = {"demand": {"tiers": calls}}
    changes |= {f"pools.{name}.speed": float(pool.speed * talk) for name, pool in scenario.pools.items()}
    now = scenario.with_(changes)
    scheduled, required = (table[:, 0, :] for table in net_staffing(now))
    short = np.ceil(np.nan_to_num(required - scheduled) - 1e-6)
    return np.asarray(np.where(seen.share < 1, np.maximum(short, 0.0), 0.0)), np.asarray(scheduled)
