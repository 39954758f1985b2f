"""The day of a scenario by formula, interval by interval: `quick --all`, and where `quick` looks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from callcenter.cli.failures import WrongInputError
from callcenter.cli.line_options import seconds_of, share_of
from callcenter.cli.output import STANDARD_OUTPUT, show, write_json
from callcenter.language import gettext as _

if TYPE_CHECKING:
    from callcenter.demand import Loads
    from callcenter.scenario import Scenario
    from callcenter.theory.quick import Planned
    from callcenter.theory.situation import Situation

WITHIN, SHARE = "20 s", "80%"
"""The promise where a scenario has none."""


class Day(NamedTuple):
    """The busiest day of a scenario as lines, interval by interval, and its promise."""

    scenario: Scenario
    loads: Loads
    tiers: list[str]
    day: int
    lines: list[Situation]

    @property
    def about(self) -> str:
        """The day, where days differ."""
        from callcenter.scenario.parts.calendar import day_text

        if not self.loads.differ:
            return self.scenario.name
        day = day_text(self.scenario.date_of(self.day), self.day)
        return _("{scenario}, {day}, the busiest").format(scenario=self.scenario.name, day=day)


def read_day(path: Path | None, changes: Mapping[str, object]) -> Day:
    """Return the busiest day of a scenario file, changed by dotted paths."""
    from callcenter.demand import Loads
    from callcenter.scenario import load
    from callcenter.theory.situation import callers_of, joined_by, situation

    if path is None:
        raise WrongInputError(_("--all: shows the day of a scenario; give its file"))
    scenario = load(path, changes)
    tiers = callers_of(scenario)
    if not tiers:
        text = _("{path}: nobody calls and waits in line; there is nothing to compute")
        raise WrongInputError(text.format(path=path))
    loads = Loads(scenario)
    day, tiers = loads.busiest_day(), joined_by(loads, tiers)
    lines = [situation(loads, tiers, interval, day) for interval in range(scenario.day.intervals)]
    return Day(scenario, loads, tiers, day, lines)


def show_day(day: Day, within: str | None, share: str | None, json: str | None, advice: str) -> None:
    """Show every interval: its line, the agents that the promise needs, and what those staffed do."""
    from callcenter.report.tables.quick import day_table, day_title
    from callcenter.report.terminal.layout import laid_out
    from callcenter.theory.quick import planned

    refuse_too_much(day.loads, day.tiers, busiest(day.lines), day.day)
    promised = promise_of(day.scenario, day.tiers)
    seconds = promised[0] if within is None else seconds_of("--within", within)
    least = promised[1] if share is None else share_of(share)
    try:
        plans = planned(day.lines, seconds, least)
    except ValueError as error:
        text = _("{error}; promise a smaller --share or a longer --within")
        raise WrongInputError(text.format(error=error)) from None
    if json is not None:
        write_json(_plain_day(day, plans, seconds, least), json)
    if json != STANDARD_OUTPUT:
        title = day_title(day.about, seconds, least)
        show(laid_out(day_table(day.scenario, plans)), "", title, advice)


def refuse_too_much(loads: Loads, tiers: list[str], number: int, day: int) -> None:
    """Refuse an interval with more work than agents are counted for."""
    from callcenter.theory.fewest import MOST_AGENTS

    erlangs = {tier: loads.of(tier, number, day).erlangs for tier in tiers}
    if sum(erlangs.values()) >= MOST_AGENTS:
        most = max(erlangs, key=lambda tier: erlangs[tier])
        text = _(
            "its calls bring {erlangs:,.0f} Erlang, more than {agents:,} agents can work off; "
            "check it, `demand` and the `speed` of the pools"
        ).format(erlangs=erlangs[most], agents=MOST_AGENTS)
        raise loads.scenario.refusal(("tiers", most, "talk"), text)


def busiest(lines: list[Situation]) -> int:
    """Return the interval with the most work."""
    return max(range(len(lines)), key=lambda number: lines[number].erlangs)


def promise_of(scenario: Scenario, tiers: list[str]) -> tuple[float, float]:
    """Return the strictest promise: the shortest time and the largest share of any tier."""
    targets = [target for target in (scenario.tiers[tier].target for tier in tiers) if target]
    if not targets:
        return seconds_of("--within", WITHIN), share_of(SHARE)
    return min(target.within for target in targets), max(target.share for target in targets)


def _plain_day(day: Day, plans: list[Planned], within: float, share: float) -> dict[str, Any]:
    """Return every interval as plain data, None for what is infinite or undefined."""
    from math import isfinite

    from callcenter.clock import clock_text

    hours = day.scenario.day
    intervals = []
    for number, plan in enumerate(plans):
        figures = {
            **plan.line._asdict(),
            "erlangs": plan.line.erlangs,
            "need": plan.need,
            "answered_within": plan.figures.answered_within,
            "abandonment": plan.figures.abandonment,
            "asa": plan.figures.asa,
            "occupancy": plan.figures.occupancy,
        }
        plain = {name: figure if isfinite(figure) else None for name, figure in figures.items()}
        intervals.append({"start": clock_text(hours.open + number * hours.interval), **plain})
    return {
        "scenario": day.scenario.name,
        "day": day.day,
        "within_s": within,
        "share": share,
        "intervals": intervals,
    }
