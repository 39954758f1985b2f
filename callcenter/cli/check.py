"""`callcenter check`: what is wrong with scenario and sweep files, without simulating."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from callcenter.cli import options
from callcenter.cli.failures import WRONG_INPUT
from callcenter.cli.output import notes, warning_line
from callcenter.language import gettext as _
from callcenter.language import ngettext


def check(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Scenario or sweep files; workbooks and CSV files to see what is understood of them.",
            show_default=False,
        ),
    ],
    lang: options.Language = None,
) -> None:
    """Report everything that is wrong with files, or that they are ok; of tables, what is understood."""
    from callcenter.scenario import ScenarioError
    from callcenter.scenario.errors import visible
    from callcenter.scenario.files.understanding import is_table

    failed = False
    for file in files:
        try:
            findings = list(_understood(file) if is_table(file) else _findings(file))
        except ScenarioError as error:
            typer.echo(str(error), err=True)
            failed = True
            continue
        for finding in findings:
            typer.echo(visible(f"{file}: {finding.text}"), err=finding.is_wrong)
        failed |= any(finding.is_wrong for finding in findings)
    if failed:
        raise typer.Exit(WRONG_INPUT)


class Finding(NamedTuple):
    """A line about a file, and whether it names something that must be put right."""

    text: str
    is_wrong: bool = False


def _findings(file: Path) -> Iterator[Finding]:
    from callcenter.cli.overview import overview
    from callcenter.demand import warnings
    from callcenter.scenario import load
    from callcenter.scenario.loading import read_yaml

    if "vary" in read_yaml(file).data:
        from callcenter.study import load_design

        design = load_design(file)
        ok = ngettext(
            "ok, {points} points of {replications} replication",
            "ok, {points} points of {replications} replications",
            design.replications,
        )
        yield Finding(ok.format(points=len(design.points), replications=design.replications))
        return
    scenario = load(file)
    yield Finding(_("ok, {overview}").format(overview=overview(scenario)))
    yield from map(Finding, map(warning_line, warnings(scenario)))
    yield from map(Finding, notes(scenario))


def _understood(file: Path) -> Iterator[Finding]:
    """Yield what is understood of a workbook or a CSV file, and what must be settled first."""
    from pydantic_core import PydanticCustomError

    from callcenter.scenario.files.understanding import understandings

    try:
        for table in understandings(file):
            sheet = _("sheet '{name}': ").format(name=table.name) if table.name else ""
            yield from (Finding(f"{sheet}{line}") for line in table.lines)
            for question in table.questions:
                yield Finding(_("{sheet}to settle: {question}").format(sheet=sheet, question=question), True)
    except PydanticCustomError as error:
        yield Finding(error.message(), True)
