"""What the figures of a table mean, below it."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.report.page.blocks import Terms
from callcenter.report.tables.layout import Table
from callcenter.report.tables.measure import Measure, Where


def terms_of(*tables: Table, definition: str = "") -> Terms:
    """Return the meaning of each figure that the page shows in these tables and that needs one."""
    measures = {measure.key: measure for table in tables for measure in _measures(table) if measure.meaning}
    return Terms([(each.head, _(each.meaning).format(definition=definition)) for each in measures.values()])


def _measures(table: Table) -> list[Measure]:
    heads = [column.measure for column in table.columns if Where.PAGE in column.on]
    names = [cell.value for row in table.rows for cell in row.cells]
    return [each for each in (*heads, *names) if isinstance(each, Measure)]
