"""The page of a replay: recorded days, and the same days simulated."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.replay import Replay
from callcenter.replay.beside import Beside
from callcenter.replay.parts import ABANDONMENT, MEAN_WAIT
from callcenter.report.figures import recorded as figures
from callcenter.report.page.blocks import Block, Bullets, Code, Details, Gallery, Page, Section, Text
from callcenter.report.page.picture import Picture, picture
from callcenter.report.tables.inputs import pools_table, scenario_yaml, tiers_table
from callcenter.report.tables.replay import intervals_table, replay_table
from callcenter.scenario import Scenario
from callcenter.study.sentences import replays


def replay_page(result: Replay, command: str = "") -> Page:
    """Gather the page of a replay."""
    sections = [
        Section("answer", _("Recorded and simulated"), _("Answer"), list(_answer(result))),
        Section("intervals", _("Through the day"), _("Intervals"), list(_intervals(result))),
        Section("waits", _("How long callers wait"), _("Waits"), [_waits(result)]),
        Section("inputs", _("What was simulated"), _("Inputs"), inputs(result.scenario)),
        Section(
            "reproduce", _("How to reproduce it"), _("Reproduce"), list(reproduce(result.scenario, command))
        ),
    ]
    footer = _(
        "The same figures for a spreadsheet: results.xlsx, days.csv and intervals.csv beside this file."
    )
    return Page(result.scenario.name, _subtitle(result), sections, footer)


def _subtitle(result: Replay) -> str:
    parts = [
        _("recorded days, simulated again"),
        span(result.days),
        wording.plural(result.replications, "replication"),
        _("seed {seed}").format(seed=result.seed),
    ]
    return " · ".join(parts)


def span(days: tuple[str, ...]) -> str:
    """Return which days they are."""
    if len(days) == 1:
        return days[0]
    return _("{days}, {first} to {last}").format(
        days=wording.plural(len(days), "day"), first=days[0], last=days[-1]
    )


def _answer(result: Replay) -> Iterator[Block]:
    yield Text("\n".join(filter(None, (replays.outcome(result), replays.held(result)))), "answer")
    if len(result.days) > 1:
        yield Gallery([day_picture(result.beside)])
    yield replay_table(result)
    yield Text(_("Please note:"))
    yield Bullets(replays.circumstances(result))


def day_picture(beside: Beside, note: str = "") -> Picture:
    """Return recorded and simulated answer rates of each day."""
    caption = _("Dot: recorded; dash: simulated, mean of the replications; stroke: where 95% of them lie.")
    title = _("Answer rate, day by day")
    return picture(figures.day_by_day(beside), "days-figure", title, f"{caption}{note}", kind="full")


def _intervals(result: Replay) -> Iterator[Block]:
    yield from through_day(result.beside)
    yield Details(_("Every interval in figures"), [intervals_table(result.beside)])


def through_day(beside: Beside, note: str = "") -> Iterator[Block]:
    """Yield the figures of recorded and simulated intervals."""
    caption = _("All days together. Band: where 95% of the replications lie.") + note
    title = _("Answer rate through the day")
    yield Gallery(
        [picture(figures.through_day(beside), "answer-rate-through-day", title, caption, kind="full")]
    )
    pictures = [
        picture(figures.through_day(beside, measure), name, title, caption)
        for measure, name, title in (
            (ABANDONMENT, "abandonment-through-day", _("Abandonment through the day")),
            (MEAN_WAIT, "wait-through-day", _("Mean wait through the day")),
        )
    ]
    calls, caption = figures.calls_through_day(beside), _("Mean of days, by interval.") + note
    yield Gallery([*pictures, picture(calls, "calls-through-day", _("Calls through the day"), caption)])


def _waits(result: Replay) -> Gallery:
    beside = result.beside
    waits = {_("recorded"): beside.recorded_waits, _("simulated"): beside.simulated_waits}
    return wait_gallery(waits)


def wait_gallery(waits: figures.Waits, note: str = "") -> Gallery:
    """Return the figures of waits, the first of which are recorded."""
    caption = _("Of all offered calls, until an agent answers or the caller leaves.") + note
    alike = _("Percentiles 5 to 99; on the diagonal recorded and simulated waits are alike.") + note
    return Gallery(
        [
            picture(figures.wait_curves(waits), "wait-curves", _("Who still waits"), caption),
            picture(
                figures.wait_quantiles(waits), "wait-quantiles", _("Waits, simulated and recorded"), alike
            ),
        ]
    )


def inputs(scenario: Scenario) -> list[Block]:
    """Return what was simulated."""
    about: list[Block] = [Text(scenario.about, "about")] if scenario.about else []
    return [*about, tiers_table(scenario), pools_table(scenario)]


def reproduce(scenario: Scenario, command: str) -> Iterator[Block]:
    """Yield the command and the scenario."""
    if command:
        yield Code(command)
    summary = _("The scenario as YAML, nothing left to look up")
    yield Details(summary, [Code(scenario_yaml(scenario))], "screen")
