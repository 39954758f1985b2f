"""The page of a staffing found: the need, what proves it, the shifts and the prices."""

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
from callcenter.report.tables.staffing import need_table, prices_table, rates_table, shifts_table
from callcenter.study.sentences.staffing import doubt, proof, shifts, totals
from callcenter.study.staffing.result import Staffing


def staffing_page(found: Staffing, command: str = "") -> Page:
    """Gather the page of a staffing."""
    roster = Section("roster", _("Shifts that cover it"), _("Shifts"), list(_roster(found)))
    prices = Section("prices", _("What a target costs"), _("Prices"), [prices_table(found.prices)])
    sections = [
        Section("answer", _("The answer"), _("Answer"), list(_answer(found))),
        Section("need", _("Agents by interval"), _("Need"), list(_need(found))),
        *([roster] if found.roster is not None else []),
        *([prices] if found.prices else []),
        Section("trust", _("Can I trust this?"), _("Trust"), [Text(text) for text in proof(found)]),
        Section("inputs", _("What was simulated"), _("Inputs"), _inputs(found)),
        Section("reproduce", _("How to reproduce it"), _("Reproduce"), list(_reproduce(found, command))),
    ]
    footer = _("The staffing as a scenario: need.yaml; for a spreadsheet: results.xlsx and need.csv.")
    return Page(found.given.name, _subtitle(found), sections, footer)


def _subtitle(found: Staffing) -> str:
    met = _("fewest agents that meet every target ({meet})").format(meet=_(found.meet))
    number = wording.plural(found.replications, "replication")
    return " · ".join([met, number, _("seed {seed}").format(seed=found.seed)])


def _answer(found: Staffing) -> Iterator[Block]:
    needed = _("The fewest agents that meet every target: {totals}").format(totals=totals(found))
    yield Text("\n".join(filter(None, (needed, *doubt(found), shifts(found)))), "answer")
    yield rates_table(found, found.verdicts, _("Answer rates with the agents needed"))
    if found.roster_verdicts is not None:
        yield rates_table(found, found.roster_verdicts, _("Answer rates with the shifts"))


def _need(found: Staffing) -> Iterator[Block]:
    caption = _(
        "Areas: agents needed, pools on top of each other; line: all agents of the scenario as given."
    )
    yield Gallery([picture(figures.need(found), "need-figure", _("Agents needed"), caption, kind="full")])
    title = _("Agents of the scenario over (+) and under (−) the need")
    said = _("Hatched: fewer than needed.")
    yield Gallery([picture(figures.over_under(net_of(found)), "over-under", title, said, kind="full")])
    yield need_table(found)


def net_of(found: Staffing) -> pd.DataFrame:
    """Return the agents of the scenario as given beside those needed, a row an interval and pool."""
    day, rows = found.given.day, []
    for pool, needed in found.need.pools.items():
        for place, (have, need) in enumerate(
            zip(found.given.staffed(pool), needed.agents or (), strict=True)
        ):
            start = clock_text(day.open + place * day.interval)
            rows.append(
                {"start": start, "interval": place, "pool": pool, "scheduled": have, "required": need}
            )
    table = pd.DataFrame(rows)
    return table.assign(net=table["scheduled"] - table["required"])


def _roster(found: Staffing) -> Iterator[Block]:
    yield Text(shifts(found))
    yield shifts_table(found)


def _inputs(found: Staffing) -> list[Block]:
    about: list[Block] = [Text(found.given.about, "about")] if found.given.about else []
    return [*about, tiers_table(found.given), pools_table(found.given)]


def _reproduce(found: Staffing, command: str) -> Iterator[Block]:
    if command:
        yield Code(command)
    summary = _("The staffing as a scenario that `callcenter run` takes")
    yield Details(summary, [Code(scenario_yaml(found.scenario))], "screen")
