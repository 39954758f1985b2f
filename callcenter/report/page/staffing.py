"""The page of a staffing: the need, what proves it, the shifts and the prices."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from callcenter import wording
from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.report import figures
from callcenter.report.page.blocks import Block, Code, Details, Gallery, Page, Section, Text
from callcenter.report.page.picture import picture
from callcenter.report.tables.inputs import pools_table, scenario_yaml, tiers_table
from callcenter.report.tables.rosters import coverage_table, fit_table, weeks_table
from callcenter.report.tables.staffing import (
    call_in_table,
    need_table,
    prices_table,
    shifts_table,
    verdict_tables,
)
from callcenter.scenario import Scenario
from callcenter.study.sentences.calling_in import calling_in
from callcenter.study.sentences.rosters import roster_fit
from callcenter.study.sentences.staffing import headline, proof, shifts
from callcenter.study.staffing.goals import meet_of
from callcenter.study.staffing.result import Staffing


def staffing_page(staffing: Staffing, command: str = "") -> Page:
    """Gather the page of a staffing."""
    roster = Section("roster", _("A roster of shifts"), _("Shifts"), list(_roster(staffing)))
    prices = Section("prices", _("What a target costs"), _("Prices"), [prices_table(staffing.prices)])
    sections = [
        Section("answer", _("The answer"), _("Answer"), list(_answer(staffing))),
        Section("need", _("Agents by interval"), _("Need"), list(_need(staffing))),
        *([roster] if staffing.roster is not None else []),
        *_call_in(staffing),
        *([prices] if staffing.prices else []),
        Section("trust", _("Can I trust this?"), _("Trust"), [Text(text) for text in proof(staffing)]),
        Section("inputs", _("What was simulated"), _("Inputs"), _inputs(staffing)),
        Section("reproduce", _("How to reproduce it"), _("Reproduce"), list(_reproduce(staffing, command))),
    ]
    return Page(staffing.given.name, _subtitle(staffing), sections, _footer(staffing))


def _subtitle(staffing: Staffing) -> str:
    meet = meet_of(staffing.meet)
    asked = _(staffing.meet)
    if meet.days is not None and meet.kept is None:
        asked = _("{level} of days").format(level=wording.percent(meet.days, 0))
    met = _("fewest agents for every target ({meet})").format(meet=asked)
    number = wording.plural(staffing.replications, "replication")
    return " · ".join([met, number, _("seed {seed}").format(seed=staffing.seed)])


def _footer(staffing: Staffing) -> str:
    if staffing.roster is None:
        return _("The staffing as a scenario: need.yaml; for a spreadsheet: results.xlsx and need.csv.")
    return _(
        "The staffing as a scenario: need.yaml, with shifts roster.yaml; for a spreadsheet: results.xlsx and "
        "need.csv."
    )


def _answer(staffing: Staffing) -> Iterator[Block]:
    yield Text("\n".join(headline(staffing)), "answer")
    for verdicts in filter(None, (staffing.verdicts, staffing.roster_verdicts)):
        yield from verdict_tables(staffing, verdicts)


def _need(staffing: Staffing) -> Iterator[Block]:
    caption = _(
        "Areas: agents needed, pools on top of each other; line: all agents of the scenario as given."
    )
    if staffing.roster is not None:
        caption += " " + _("Dashed: agents of the roster.")
    yield Gallery([picture(figures.need(staffing), "need-figure", _("Agents needed"), caption, kind="full")])
    title = _("Agents of the scenario over (+) and under (−) the need")
    hatched = _("Hatched: fewer than needed.")
    yield Gallery([picture(figures.over_under(net_of(staffing)), "over-under", title, hatched, kind="full")])
    yield need_table(staffing)


def net_of(staffing: Staffing, scenario: Scenario | None = None) -> pd.DataFrame:
    """Return the agents on the phones as given, or of another scenario, beside those needed.

    One row per interval and pool.
    """
    scheduled = scenario or staffing.given
    day, rows = staffing.given.day, []
    for pool in staffing.need.pools:
        for place, (have, need) in enumerate(
            zip(scheduled.staffed(pool), staffing.need.staffed(pool), strict=True)
        ):
            start = clock_text(day.open + place * day.interval)
            rows.append(
                {"start": start, "interval": place, "pool": pool, "scheduled": have, "required": need}
            )
    table = pd.DataFrame(rows)
    return table.assign(net=table["scheduled"] - table["required"])


def _roster(staffing: Staffing) -> Iterator[Block]:
    roster = staffing.roster
    yield Text(shifts(staffing))
    if roster is not None:
        yield from (Text(sentence) for sentence in roster_fit(staffing))
        yield fit_table(staffing, roster)
        title = _("Agents of the roster over (+) and under (−) the need")
        net = figures.over_under(net_of(staffing, roster.scenario))
        hatched = _("Hatched: fewer than needed.")
        yield Gallery([picture(net, "roster-over-under", title, hatched, kind="full")])
        yield shifts_table(staffing)
        yield coverage_table(staffing, roster)
        if roster.weeks:
            yield Details(_("Weeks of the people who work the roster"), [weeks_table(roster)])


def _call_in(staffing: Staffing) -> Iterator[Section]:
    if staffing.flexible is not None:
        blocks: list[Block] = [Text(sentence) for sentence in calling_in(staffing)]
        blocks.append(call_in_table(staffing, staffing.flexible))
        yield Section("call-in", _("Agents called in on busy days"), _("Called in"), blocks)


def _inputs(staffing: Staffing) -> list[Block]:
    about: list[Block] = [Text(staffing.given.about, "about")] if staffing.given.about else []
    return [*about, tiers_table(staffing.given), pools_table(staffing.given)]


def _reproduce(staffing: Staffing, command: str) -> Iterator[Block]:
    if command:
        yield Code(command)
    summary = _("The staffing as a scenario to run")
    yield Details(summary, [Code(scenario_yaml(staffing.scenario))], "screen")
