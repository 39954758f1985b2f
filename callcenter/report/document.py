"""A study in, the report and its files out."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from callcenter.report.csv_files import write_csv_files
from callcenter.report.html import render
from callcenter.report.page import page_of
from callcenter.study import Origin, Result, SweepResult
from callcenter.study.design import single_point
from callcenter.study.version import versions


def write_report(study: SweepResult | Result, out_dir: str | os.PathLike[str]) -> Path:
    """Write the report and its CSV files into a directory; return the path of the page."""
    directory = Path(out_dir)
    directory.mkdir(parents=True, exist_ok=True)
    study = as_study(study)
    page = directory / "report.html"
    page.write_text(render(page_of(study)), encoding="utf-8")
    write_csv_files(study, directory)
    return page


def as_study(study: SweepResult | Result) -> SweepResult:
    """Take a single result as the study of one point."""
    if isinstance(study, SweepResult):
        return study
    design = single_point(study.scenario, study.replications, study.seed)
    origin = Origin(study.engine, "", datetime.now(UTC).isoformat(timespec="seconds"), versions())
    return SweepResult(design, origin, (study,))
