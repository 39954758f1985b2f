"""A study in, the report and its files out."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from callcenter.language import speaking
from callcenter.report.csv_files import (
    write_comparison_csv,
    write_csv_files,
    write_prices_csv,
)
from callcenter.report.page.blocks import Gallery, Page
from callcenter.report.page.comparison import comparison_page
from callcenter.report.page.html import render
from callcenter.report.page.picture import Picture
from callcenter.report.page.run import page_of
from callcenter.report.page.staffing import staffing_page
from callcenter.report.workbook import (
    write_comparison_workbook,
    write_staffing_workbook,
    write_workbook,
)
from callcenter.staging import staged
from callcenter.study import Comparison, Result, SweepResult
from callcenter.study.staffing import Staffing
from callcenter.study.sweeps import as_study

if TYPE_CHECKING:
    import pandas as pd

    from callcenter.report.recorded import Recorded

Reported: TypeAlias = "SweepResult | Result | Comparison | Staffing | Recorded"
"""What a report can be written of."""

PAGE, WORKBOOK, FIGURES = "report.html", "results.xlsx", "figures"
"""What is written into a directory beside the CSV files."""

SHARP = 150
"""Dots an inch of a figure as PNG."""


def write_report(
    study: Reported,
    out_dir: str | os.PathLike[str],
    language: str = "en",
    command: str = "",
    png: bool = False,
    margins: pd.DataFrame | None = None,
) -> Path:
    """Write the report, its workbook and CSV files into a directory; return the path of the page."""
    directory = Path(out_dir)
    with speaking(language), staged(directory) as folder, _keeping_all():
        page = _written(study, folder, command, margins)
        (folder / PAGE).write_text(render(page), encoding="utf-8", newline="\n")
        if png:
            write_pictures(page, folder / FIGURES)
    _write_scenarios(study, directory)
    return directory / PAGE


def _write_scenarios(study: Reported, directory: Path) -> None:
    """Write what can be simulated in place: where it lies says how it refers to its scenario."""
    if isinstance(study, Staffing):
        study.write(directory)
    elif not isinstance(study, Comparison | Result | SweepResult):
        from callcenter.report.recorded import write_scenario

        write_scenario(study, directory)


@contextmanager
def _keeping_all() -> Iterator[None]:
    """Look for no garbage: figures and tables are many objects, and live until the page is written."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _written(
    study: Reported,
    directory: Path,
    command: str,
    margins: pd.DataFrame | None = None,
) -> Page:
    """Write the files for spreadsheets; return the page."""
    if isinstance(study, Comparison):
        write_comparison_csv(study, directory)
        write_comparison_workbook(study, directory / WORKBOOK, command)
        return comparison_page(study, command)
    if isinstance(study, Staffing):
        write_prices_csv(study, directory)
        write_staffing_workbook(study, directory / WORKBOOK, command)
        return staffing_page(study, command)
    if not isinstance(study, Result | SweepResult):
        from callcenter.report.recorded import written  # loads SciPy's statistics, which others need not

        return written(study, directory, directory / WORKBOOK, command)
    study = as_study(study)
    write_csv_files(study, directory, margins)
    write_workbook(study, directory / WORKBOOK, margins)
    return page_of(study, margins)


def pictures_of(page: Page) -> list[Picture]:
    """Return the figures of a page, in order."""
    blocks = [block for section in page.sections for block in section.blocks]
    return [picture for block in blocks if isinstance(block, Gallery) for picture in block.pictures]


def write_pictures(page: Page, directory: Path) -> list[Path]:
    """Write every figure of a page as PNG, on white, for slides; return the paths."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    for picture in pictures_of(page):
        figure, path = picture.ax.get_figure(root=True), directory / f"{picture.name}.png"
        assert figure is not None
        figure.savefig(path, dpi=SHARP, facecolor="white")
        paths.append(path)
    return paths
