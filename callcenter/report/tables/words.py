"""What the figures of several tables mean."""

from __future__ import annotations

from collections.abc import Iterable

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.tables.layout import Column, Row, Table, cells
from callcenter.report.tables.measure import Measure

OTHERS = (
    (noted("95% interval"), noted("holds the true mean of many such days in 19 of 20 cases")),
    (noted("shrinkage"), noted("share of the paid hours that agents are not on the phones")),
)
"""Words that are no figures of their own."""


def words_table(measures: Iterable[Measure], definition: str) -> Table:
    """Return the meaning of each figure that needs one; `definition` is that of the answer rate."""
    meanings = {
        measure.head: _(measure.meaning).format(definition=definition)
        for measure in measures
        if measure.meaning
    }
    others = {_(word): _(meaning) for word, meaning in OTHERS}
    rows = [Row(cells(word, meaning)) for word, meaning in (meanings | others).items()]
    return Table(_("Words"), [Column(_("word"), key="word"), Column(_("meaning"), key="meaning")], rows)
