"""The workbooks of recorded days: a replay, a validation, an explanation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from callcenter.language import gettext as _
from callcenter.replay import Explanation, Replay, Validation
from callcenter.report.tables.layout import Table
from callcenter.report.tables.replay import explanation_table, intervals_table, replay_table
from callcenter.report.tables.validation import (
    bands_table,
    fits_table,
    inputs_table,
    judged_days_table,
    validation_table,
)
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.inputs import origin_lines
from callcenter.report.workbook.sheet import Sheet
from callcenter.report.workbook.tables import table_sheet, write
from callcenter.scenario import Scenario
from callcenter.study.sentences import explanation as day
from callcenter.study.sentences import replays, validation


def write_replay_workbook(result: Replay, path: Path, command: str = "") -> None:
    """Write the workbook of a replay."""
    book = Book(result.scenario.name)
    texts = [replays.outcome(result), replays.held(result)]
    summary_sheet(book, result.scenario.name, texts, replays.circumstances(result))
    table_sheet(book, _("Days"), replay_table(result))
    table_sheet(book, _("Intervals"), intervals_table(result.beside))
    _origin(book, command, len(result.days), result.replications, result.seed, result.scenario)
    book.save(path)


def write_validation_workbook(result: Validation, path: Path, command: str = "") -> None:
    """Write the workbook of a validation."""
    book = Book(result.scenario.name)
    texts = [validation.verdict(result), validation.meaning(result)]
    tables = [validation_table(result), inputs_table(result)]
    summary_sheet(book, result.scenario.name, texts, validation.reasons(result), tables)
    table_sheet(book, _("Bands"), bands_table(result))
    table_sheet(book, _("Days"), judged_days_table(result), names=2)
    if result.rolling is not None:
        table_sheet(book, _("Fits"), fits_table(result), names=2)
    for name, step in result.steps.items():
        table_sheet(book, _("Intervals, {step}").format(step=name), intervals_table(step.runs.beside))
    _origin(book, command, len(result.days), result.replications, result.seed, result.scenario)
    book.save(path)


def write_explanation_workbook(result: Explanation, path: Path, command: str = "") -> None:
    """Write the workbook of an explanation."""
    title = _("{scenario}, {day}").format(scenario=result.scenario, day=result.day)
    book = Book(title)
    summary_sheet(book, title, day.sentences(result), (), [explanation_table(result)])
    _origin(book, command, 1, len(result.values), result.seed)
    book.save(path)


def summary_sheet(
    book: Book, title: str, texts: Sequence[str], notes: Sequence[str], tables: Sequence[Table] = ()
) -> None:
    """Write the first sheet: what is said, and the tables that say it in figures."""
    sheet = Sheet(book, _("Summary"))
    sheet.title(title)
    for text in texts:
        sheet.paragraph(text, bold=True)
    for note in notes:
        sheet.note(note)
    for table in tables:
        sheet.gap()
        sheet.title(table.caption)
        write(sheet, table)
    sheet.finish()


def _origin(
    book: Book, command: str, days: int, replications: int, seed: int, scenario: Scenario | None = None
) -> None:
    origin = [
        (_("command"), command),
        (_("days"), f"{days:,}"),
        (_("replications"), f"{replications:,}"),
        (_("seed"), str(seed)),
    ]
    origin_lines(book, origin, [] if scenario is None else [(scenario.name, scenario)])
