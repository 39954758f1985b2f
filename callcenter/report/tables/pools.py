"""The pools: hours, occupancy and work."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.language import gettext as _
from callcenter.report.tables.features import has_breaks
from callcenter.report.tables.layout import Cell, Column, Row, Table, cells_of, columns_of
from callcenter.report.tables.measure import EVERYWHERE, Measure
from callcenter.report.tables.measures import POOL
from callcenter.scenario import Scenario
from callcenter.study import Result


def pool_table(result: Result) -> Table:
    """Return one row for each pool: agents, hours and occupancy of a replication."""
    caption = _("Agents: mean of a replication, 95% interval below; h are agent-hours")
    rows = [
        Row([Cell(name), *cells_of({**_peaks(result.scenario, name), **figures}, POOL)])
        for name, figures in result.summary["pools"].items()
    ]
    columns = columns_of(_with_breaks(result.scenario))
    return Table(caption, [Column(_("pool"), key="pool"), *columns], rows, "wide compact")


def _with_breaks(scenario: Scenario) -> Iterator[Measure]:
    """Yield the measures of a pool; hours on breaks are shown everywhere if there are any."""
    for each in POOL:
        yield each._replace(on=EVERYWHERE) if each.key == "break_h" and has_breaks(scenario) else each


def _peaks(scenario: Scenario, pool: str) -> dict[str, float]:
    return {"rostered_peak": scenario.peak_rostered(pool), "agents_peak": scenario.peak(pool)}
