"""What is written of recorded days, fitted, replayed and looked at; other reports load none of this."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import pandas as pd

from callcenter.fit import Fit
from callcenter.forecast import Forecast
from callcenter.intraday import Intraday
from callcenter.replay import Explanation, Replay, Validation
from callcenter.report.csv_files import table_frame, write_frame, write_table
from callcenter.report.page.blocks import Page
from callcenter.report.page.explanation import explanation_page
from callcenter.report.page.fit import fit_page
from callcenter.report.page.forecast import forecast_page
from callcenter.report.page.intraday import intraday_page
from callcenter.report.page.replay import replay_page
from callcenter.report.page.validation import validation_page
from callcenter.report.tables.intraday import agents_table
from callcenter.report.tables.replay import explanation_table, intervals_table, replay_table
from callcenter.report.tables.validation import fits_table, judged_days_table, validation_table
from callcenter.report.workbook.forecast import write_forecast_workbook
from callcenter.report.workbook.intraday import write_intraday_workbook
from callcenter.report.workbook.recorded import (
    write_explanation_workbook,
    write_replay_workbook,
    write_validation_workbook,
)

Recorded: TypeAlias = Fit | Forecast | Intraday | Replay | Validation | Explanation


def written(study: Recorded, directory: Path, workbook: Path, command: str) -> Page:
    """Write the files for spreadsheets; return the page."""
    if isinstance(study, Fit):
        return fit_page(study, command)
    if isinstance(study, Intraday):
        _intraday_csv(study, directory)
        write_intraday_workbook(study, workbook, command)
        return intraday_page(study, command)
    if isinstance(study, Forecast):
        write_forecast_workbook(study, workbook, command)
        return forecast_page(study, command)
    if isinstance(study, Replay):
        _replay_csv(study, directory)
        write_replay_workbook(study, workbook, command)
        return replay_page(study, command)
    if isinstance(study, Validation):
        _validation_csv(study, directory)
        write_validation_workbook(study, workbook, command)
        return validation_page(study, command)
    _explanation_csv(study, directory)
    write_explanation_workbook(study, workbook, command)
    return explanation_page(study, command)


def write_scenario(study: Recorded, directory: Path) -> None:
    """Write the series of a forecast and the scenario that reads it."""
    if isinstance(study, Forecast):
        study.save(directory)


def _replay_csv(result: Replay, directory: Path) -> None:
    """Write `days.csv` and `intervals.csv`, recorded beside simulated."""
    write_table(replay_table(result), directory / "days.csv")
    write_table(intervals_table(result.beside), directory / "intervals.csv")


def _validation_csv(validation: Validation, directory: Path) -> None:
    """Write `validation.csv` (steps), `days.csv`, `intervals.csv` of every step, perhaps `fits.csv`."""
    if validation.rolling is not None:
        write_table(fits_table(validation), directory / "fits.csv")
    write_table(validation_table(validation), directory / "validation.csv")
    write_table(judged_days_table(validation), directory / "days.csv")
    frames = [
        table_frame(intervals_table(step.runs.beside)).assign(step=name)
        for name, step in validation.steps.items()
    ]
    write_frame(pd.concat(frames, ignore_index=True), directory / "intervals.csv")


def _intraday_csv(day: Intraday, directory: Path) -> None:
    """Write `intraday.csv`, one row for each interval to come."""
    write_table(agents_table(day), directory / "intraday.csv")


def _explanation_csv(explanation: Explanation, directory: Path) -> None:
    """Write `explanation.csv`, one row for each part."""
    write_table(explanation_table(explanation), directory / "explanation.csv")
