"""What planners look at: the report in HTML, its figures, files for spreadsheets, tables for the terminal."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callcenter.study import Result, SweepResult

__all__ = ["write_report"]


def write_report(study: SweepResult | Result, out_dir: str | os.PathLike[str]) -> Path:
    """Write `report.html`, `kpis.csv` and the figures by interval into a directory; return the page.

    The terminal's tables are in this package too, and shall not wait for matplotlib.
    """
    from callcenter.report.document import write_report as write

    return write(study, out_dir)
