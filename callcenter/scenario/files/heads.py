"""The head of a table: below its titles, in one row or in two of which the upper names groups."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from callcenter.scenario.files.columns import alike, folded
from callcenter.scenario.files.csv_rows import Row
from callcenter.scenario.files.dates import day_of
from callcenter.scenario.files.moments import moment
from callcenter.scenario.files.native import Native
from callcenter.scenario.files.numbers import is_nothing, is_number

_LOOKED_AT = 40
"""Filled rows among which the head is looked for."""

_HOURS_ACROSS = 6
"""Rising numbers beside each other that are hours and no figures."""


class Head(NamedTuple):
    """Where the head begins and ends among the filled rows, and the name of each column."""

    first: int
    last: int
    names: list[str]
    groups: list[str]
    """What stands above each name, empty if nothing."""


def head_of(rows: Sequence[Row], columns: Sequence[object] = ()) -> Head:
    """Return the head that has all these names; if none has, the one that the rows suggest."""
    suggested = _suggested(rows)
    names = [alike(name) for name in columns]
    if _has(suggested, names):
        return suggested
    for index in range(min(len(rows), _LOOKED_AT)):
        single = Head(index, index, _texts(rows[index][1]), [])
        if _has(single, names):
            return single
    return suggested


def _has(head: Head, names: Sequence[str]) -> bool:
    known = {alike(name) for name in head.names} | {alike(full) for full in full_names(head)}
    return all(name in known for name in names)


def full_names(head: Head) -> list[str]:
    """Return the names of the columns with those of their groups in front."""
    if not head.groups:
        return head.names
    return [f"{group} {name}".strip() for group, name in zip(head.groups, head.names, strict=True)]


def _suggested(rows: Sequence[Row]) -> Head:
    """Return the rows of names above the first row of figures."""
    last = next((at - 1 for at, row in enumerate(rows[:_LOOKED_AT]) if at and _has_figures(row[1])), 0)
    if not rows:
        return Head(0, 0, [], [])
    lower = _texts(rows[last][1])
    above = last - 1
    if above < 0 or sum(map(bool, _texts(rows[above][1]))) < 2 or _has_figures(rows[above][1]):
        return Head(last, last, lower, [])
    return _joined(above, last, _texts(rows[above][1]), lower)


def _joined(first: int, last: int, upper: list[str], lower: list[str]) -> Head:
    """Return the head of two rows; a group goes on to the right until the next one begins."""
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    groups, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        groups.append(group if below else "")
    names = [below or above for above, below in zip(upper, lower, strict=True)]
    return Head(first, last, names, groups)


def _texts(row: Sequence[str]) -> list[str]:
    return [" ".join(folded(str(text)).split()) for text in row]


def _has_figures(row: Sequence[str]) -> bool:
    """Whether a row holds figures, and not only names, dates and times."""
    numbers = [text for text in row if _is_figure(text)]
    return bool(numbers) and not _are_hours(numbers)


def _is_figure(text: str) -> bool:
    if isinstance(text, Native):
        return isinstance(text.held, float)
    stripped = text.strip()
    if stripped.startswith("=") or is_nothing(stripped):
        return True
    return is_number(stripped) and not _is_moment(stripped)


def _is_moment(text: str) -> bool:
    return bool(text) and (day_of(text) is not None or moment(text) is not None)


def _are_hours(texts: Sequence[str]) -> bool:
    """Whether numbers are hours of the day beside each other: 8, 9, 10 and so on."""
    if len(texts) < _HOURS_ACROSS or not all(text.strip().isdigit() for text in texts):
        return False
    hours = [int(text) for text in texts]
    return hours[-1] <= 24 and all(after - before == 1 for before, after in pairwise(hours))
