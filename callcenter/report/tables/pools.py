"""The pools: hours, occupancy and work."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.language import gettext as _
from callcenter.report.tables.features import has_breaks, has_silence
from callcenter.report.tables.layout import Cell, Column, Row, Table, cells_of, columns_of
from callcenter.report.tables.measure import EVERYWHERE, Measure
from callcenter.report.tables.measures import POOL
from callcenter.scenario import Scenario
from callcenter.study import Result

SILENCE = ("silent", "silent_h")


def pool_table(result: Result) -> Table:
    """Return one row for each pool: agents, hours and occupancy of a replication."""
    measures = list(_shown(result.scenario))
    caption = _("Agents: mean of a replication, 95% interval below; h are agent-hours")
    rows = [
        Row([Cell(name), *cells_of({**_peaks(result.scenario, name), **figures}, measures)])
        for name, figures in result.summary["pools"].items()
    ]
    columns = [Column(_("pool"), key="pool"), *columns_of(measures)]
    return Table(caption, columns, rows, "wide compact")


def _shown(scenario: Scenario) -> Iterator[Measure]:
    """Yield the measures of a pool; what leaves nobody idle is shown everywhere if there is any."""
    for each in POOL:
        if each.key == "break_h" and has_breaks(scenario):
            yield each._replace(on=EVERYWHERE)
        elif each.key not in SILENCE or has_silence(scenario):
            yield each


def _peaks(scenario: Scenario, pool: str) -> dict[str, float]:
    return {"rostered_peak": scenario.peak_rostered(pool), "agents_peak": scenario.peak(pool)}
