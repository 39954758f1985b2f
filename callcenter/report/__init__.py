"""What people look at: the report in HTML, its figures, files for spreadsheets, tables for the terminal."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from callcenter.report.document import Reported

__all__ = ["write_report"]


def write_report(
    study: Reported,
    out_dir: str | os.PathLike[str],
    language: str = "en",
    command: str = "",
    png: bool = False,
    margins: pd.DataFrame | None = None,
) -> Path:
    """Write `report.html`, `results.xlsx` and CSV files into a directory; return the page.

    ``language`` is ``en`` or ``zh-CN`` (UnknownLanguageError for others).  ``command`` is noted down as what
    made a comparison or a staffing; a run or a sweep knows its own.  With ``png`` every figure is written as
    a picture, too.  ``margins``, the frame of `one_more_agent`, adds to a run what one more agent changes.
    """
    # the terminal's tables are in this package too, and shall not wait for matplotlib
    from callcenter.report.document import write_report as write

    return write(study, out_dir, language, command, png, margins)
