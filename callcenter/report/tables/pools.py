"""The pools: hours, occupancy and work."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.report.tables.features import has_silence
from callcenter.report.tables.layout import Cell, Column, Row, Table, cells_of, columns_of
from callcenter.report.tables.measures import POOL
from callcenter.scenario import Scenario
from callcenter.study import Result

SILENCE = ("silent", "silent_h")


def pool_table(result: Result) -> Table:
    """Return one row for each pool: agents, hours and occupancy of a replication."""
    measures = [each for each in POOL if has_silence(result.scenario) or each.key not in SILENCE]
    caption = _("Agents: mean of a replication, 95% interval below; h are agent-hours")
    rows = [
        Row([Cell(name), *cells_of({**_peaks(result.scenario, name), **figures}, measures)])
        for name, figures in result.summary["pools"].items()
    ]
    return Table(caption, [Column(_("pool"), key="pool"), *columns_of(measures)], rows, "wide compact")


def _peaks(scenario: Scenario, pool: str) -> dict[str, float]:
    return {"rostered_peak": scenario.peak_rostered(pool), "agents_peak": scenario.peak(pool)}
