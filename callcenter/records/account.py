"""The account of records in words: how much was read, what was dropped, which days are left out."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE
from rich.table import Table
from rich.text import Text

from callcenter.language import gettext as _
from callcenter.language import ngettext, noted
from callcenter.records.cleaning import meaning_of
from callcenter.records.records import Records
from callcenter.scenario.errors import visible

_EFFECTS = {"dropped": noted("dropped"), "changed": noted("changed"), "noted": noted("noted")}
_MOST_DAYS = 10


def cleaning_table(records: Records) -> Table:
    """Return the table of cleaning as a terminal shows it."""
    table = Table(box=SIMPLE, title=None, pad_edge=False)
    table.add_column(_("Rows"), justify="right", no_wrap=True)
    table.add_column(_("Share"), justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column(_("Rule of cleaning"))
    table.add_column(_("Lines, for example"))
    for row in records.cleaning.itertuples():
        cells = (f"{row.rows:,}", f"{row.share:.2%}", _(_EFFECTS[str(row.effect)]), meaning_of(str(row.rule)))
        table.add_row(*(Text(visible(str(cell))) for cell in (*cells, row.examples)))
    return table


def _span(records: Records) -> str:
    dates = [str(each) for each in records.days["date"]]
    if len(set(dates)) < 2:
        return "".join(dates)
    return _("{first} to {last}").format(first=dates[0], last=dates[-1])


def account(records: Records) -> Iterator[str]:
    """Yield how much was read and kept, and the days that are left out."""
    counts = records.counts
    text = ngettext("{calls} calls on {days} day", "{calls} calls on {days} days", counts["days"])
    kept = text.format(calls=f"{counts['calls']:,}", days=f"{counts['days']:,}")
    text = _("{kept}, {span}; {read} rows read, {dropped} dropped")
    read, dropped = (f"{counts[name]:,}" for name in ("read", "dropped"))
    yield text.format(kept=kept, span=_span(records), read=read, dropped=dropped)
    left_out = list(records.left_out())
    for name, reason in left_out[:_MOST_DAYS]:
        yield _("{day} {reason}; left out, keep it with --keep-days {day}").format(day=name, reason=reason)
    if len(left_out) > _MOST_DAYS:
        yield _("and {number} more days are left out; the table of days has them all").format(
            number=len(left_out) - _MOST_DAYS
        )
