"""What was fitted, for a terminal: the table of tiers and the sentences above it."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.clock import clock_text
from callcenter.fit.days import reason_text
from callcenter.fit.fitted import Fitted
from callcenter.fit.wording import figure, percent
from callcenter.language import gettext as _
from callcenter.report.tables.fit import breaks_text
from callcenter.report.tables.fit import fit_table as tiers_table
from callcenter.report.terminal import layout
from callcenter.scenario.errors import listed


def fit_table(model: Fitted) -> layout.Fitted:
    """Return one row for each tier."""
    return layout.laid_out(tiers_table(model))


def fit_lines(model: Fitted) -> list[str]:
    """Return what was fitted to all tiers together, one sentence each."""
    breaks = [breaks_text(model)] if model.with_breaks is not None else []
    return [_days(model), *_left_out(model), _staffing(model), *breaks, _unrest(model)]


def _days(model: Fitted) -> str:
    left_out = sum(map(len, model.choice.asked.values()))
    return _(
        "{calls:,} calls of {days} days, {first} to {last}, {opening} to {closing}; "
        "days left out: {left_out}, not asked for: {unasked}."
    ).format(
        calls=model.calls,
        days=len(model.days),
        first=model.days[0],
        last=model.days[-1],
        opening=clock_text(model.hours.opening),
        closing=clock_text(model.hours.closing),
        left_out=left_out,
        unasked=sum(map(len, model.choice.dropped.values())) - left_out,
    )


def _left_out(model: Fitted) -> Iterator[str]:
    """Yield the days that were asked for and left out, by reason and name."""
    for reason, days in model.choice.asked.items():
        yield f"- {reason_text(reason)}: {listed(list(days))}"


def _staffing(model: Fitted) -> str:
    hours = model.levels.hours()
    return _("Agents: {hours} hours a day ({low} to {high}), known by {source}; pools: {pools}.").format(
        hours=figure(hours.value),
        low=figure(hours.low),
        high=figure(hours.high),
        pools=", ".join(model.serves),
        source=_(model.levels.source),
    )


def _unrest(model: Fitted) -> str:
    return _(
        "Calls of days differ by {day} (cv), those of intervals by {interval} beyond that and chance."
    ).format(day=percent(model.day_cv.value), interval=percent(model.unrest.interval.value))
