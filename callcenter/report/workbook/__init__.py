"""The results as an Excel workbook: real numbers, native charts, live cells for shrinkage and cost."""

from callcenter.report.workbook.book import Destination
from callcenter.report.workbook.comparison import write_comparison_workbook
from callcenter.report.workbook.results import write_workbook
from callcenter.report.workbook.staffing import write_staffing_workbook

__all__ = [
    "Destination",
    "write_comparison_workbook",
    "write_staffing_workbook",
    "write_workbook",
]
