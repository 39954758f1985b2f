"""The day so far, as it is pasted on the page: rows of a sheet, and what becomes of the day."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from callcenter.intraday import Intraday, IntradayError, intraday
from callcenter.language import gettext as _
from callcenter.report.figures.intraday import day_so_far
from callcenter.scenario import Scenario
from callcenter.scenario.files.csv_rows import separator_of
from callcenter.web.pictures import image
from callcenter.web.whatif import WORK

LARGEST = 200_000
"""Characters that may be pasted."""

MOST_OPTIONS = 5

REPLICATIONS = 30
"""So few that the answer is there in a second."""

SAMPLE = "start,calls,answered,in_time,handle_time,in_line,busy"
"""The heads that the page suggests."""


def look(scenario: Scenario, text: str, now: str, options: Sequence[str] = ()) -> Intraday:
    """Look at a day by what was pasted; IntradayError or ScenarioError where that cannot be."""
    if len(text) > LARGEST:
        raise IntradayError(_("more than {most:,} characters were pasted").format(most=LARGEST))
    if len(options) > MOST_OPTIONS:
        raise IntradayError(_("at most {most} options at a time").format(most=MOST_OPTIONS))
    with WORK:
        return intraday(scenario, rows(text), now=now, options=options, replications=REPLICATIONS)


def rows(text: str) -> list[dict[str, str]]:
    """Return pasted cells as rows; tabs, commas and semicolons are told apart."""
    text = text.strip()
    if not text:
        raise IntradayError(_("nothing is pasted; the first line names the columns, such as start and calls"))
    return [
        {str(head): value or "" for head, value in row.items() if head is not None}
        for row in csv.DictReader(io.StringIO(text), delimiter=separator_of(text))
    ]


def picture(day: Intraday) -> str:
    """Return the day so far as an image."""
    with WORK:
        described = _("Bars: calls that came. Line: expected before. Bands: 80% and 95% of days.")
        return image(day_so_far(day), "day-so-far", _("The day so far"), described)
