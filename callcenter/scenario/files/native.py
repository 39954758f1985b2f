"""Cells that a workbook holds as a number or a time: their text, and what they hold."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

Held = float | date | datetime | time | timedelta


class Native(str):
    """The text of such a cell; nobody has to guess what its signs mean."""

    __slots__ = ("held",)
    held: Held

    def __new__(cls, text: str, held: Held) -> Native:
        """Return the text together with what the workbook holds."""
        cell = super().__new__(cls, text)
        cell.held = held
        return cell


def plain(text: str) -> str:
    """Return the text of a cell without the spaces around it; a native cell as it is."""
    return text if isinstance(text, Native) else text.strip()
