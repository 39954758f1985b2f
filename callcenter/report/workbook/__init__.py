"""The results as an Excel workbook: real numbers, native charts, live cells for shrinkage and cost."""

from callcenter.report.workbook.book import Destination
from callcenter.report.workbook.comparison import write_comparison_workbook
from callcenter.report.workbook.forecast import write_forecast_workbook
from callcenter.report.workbook.intraday import write_intraday_workbook
from callcenter.report.workbook.recorded import (
    write_explanation_workbook,
    write_replay_workbook,
    write_validation_workbook,
)
from callcenter.report.workbook.results import write_workbook
from callcenter.report.workbook.staffing import write_staffing_workbook

__all__ = [
    "Destination",
    "write_comparison_workbook",
    "write_explanation_workbook",
    "write_forecast_workbook",
    "write_intraday_workbook",
    "write_replay_workbook",
    "write_staffing_workbook",
    "write_validation_workbook",
    "write_workbook",
]
