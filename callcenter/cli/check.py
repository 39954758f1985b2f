"""`callcenter check`: what is wrong with scenario and sweep files, without simulating."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli.failures import WRONG_INPUT


def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Scenario or sweep files.", show_default=False)
    ],
) -> None:
    """Report everything that is wrong with files, or that they are ok."""
    from callcenter.scenario import ScenarioError

    failed = False
    for file in files:
        try:
            for line in list(_findings(file)):
                typer.echo(f"{file}: {line}")
        except ScenarioError as error:
            typer.echo(str(error), err=True)
            failed = True
    if failed:
        raise typer.Exit(WRONG_INPUT)


def _findings(file: Path) -> Iterator[str]:
    from callcenter.cli.overview import overview
    from callcenter.scenario import load, warnings
    from callcenter.scenario.loading import read_yaml

    if "vary" in read_yaml(file).data:
        from callcenter.study import load_design

        design = load_design(file)
        yield f"ok, {len(design.points)} points of {design.replications} replications"
        return
    scenario = load(file)
    yield f"ok, {overview(scenario)}"
    yield from (f"warning: {warning}" for warning in warnings(scenario))
