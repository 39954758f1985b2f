"""Days that are not like their weekday: public holidays, and days off that are worked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias

from callcenter.language import gettext as _
from callcenter.language import spoken
from callcenter.special_days.cells import table_rows
from callcenter.special_days.errors import SpecialDaysError

Kind: TypeAlias = Literal["holiday", "workday"]
KINDS: tuple[Kind, ...] = ("holiday", "workday")

COLUMNS = {
    "date": ("date", "day", "日期"),
    "kind": ("kind", "type", "类型"),
    "name": ("name", "holiday", "名称", "节日"),
}
"""How the heads of a table may be written."""
WORDS: Mapping[str, Kind] = {
    "holiday": "holiday",
    "off": "holiday",
    "假日": "holiday",
    "休": "holiday",
    "workday": "workday",
    "work": "workday",
    "班": "workday",
    "调休上班": "workday",
    "workday moved": "workday",
}
MOST_ROWS = 20_000
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True)
class Calendar:
    """Public holidays, and weekend days that are worked in exchange, by date; names are free."""

    holidays: Mapping[date, str] = field(default_factory=dict)
    workdays: Mapping[date, str] = field(default_factory=dict)

    def kind_of(self, day: date) -> Kind | None:
        """Return what is special about a day."""
        return "workday" if day in self.workdays else "holiday" if day in self.holidays else None

    def name_of(self, day: date) -> str:
        """Return the name of a special day; empty if it is ordinary."""
        return self.workdays.get(day) or self.holidays.get(day, "")

    def and_also(self, other: Calendar) -> Calendar:
        """Return both; the other one decides where they differ."""
        holidays = {day: name for day, name in self.holidays.items() if day not in other.workdays}
        workdays = {day: name for day, name in self.workdays.items() if day not in other.holidays}
        return Calendar({**holidays, **other.holidays}, {**workdays, **other.workdays})


def library_calendar(country: str, first: date, last: date) -> Calendar:
    """Return the public holidays of a country, such as ``CN`` or ``US-CA``, by the library `holidays`.

    For China it also knows the weekend days that are worked in exchange, once they are announced.
    """
    try:
        import holidays as library
    except ImportError:
        text = _("--holidays needs the library `holidays`: pip install 'callcenter[forecast]', or --calendar")
        raise SpecialDaysError(text) from None
    code, _dash, part = country.strip().upper().partition("-")
    years = range(first.year, last.year + 1)
    known: Any
    try:
        known = library.country_holidays(code, subdiv=part or None, years=years, **_tongue(library, code))
    except NotImplementedError:
        text = _("--holidays {country}: not known; write a country such as CN or US, or US-CA")
        raise SpecialDaysError(text.format(country=country)) from None
    worked = {day for day in getattr(known, "weekend_workdays", ()) if first <= day <= last}
    off = {day: str(name) for day, name in known.items() if first <= day <= last and day not in worked}
    return Calendar(off, {day: _("worked weekend day") for day in worked})


def _tongue(library: Any, code: str) -> dict[str, str]:
    """Return the language of names, if the library has ours for the country."""
    tag = {"en": "en_US", "zh-CN": "zh_CN"}[spoken()]
    known = getattr(getattr(library, code, None), "supported_languages", ())
    return {"language": tag} if tag in known else {}


def calendar_file(path: str | os.PathLike[str]) -> Calendar:
    """Read a table of days: ``date``, ``kind`` (holiday or workday), and ``name`` if there is one."""
    holidays: dict[date, str] = {}
    workdays: dict[date, str] = {}
    for line, row in _rows(Path(path)):
        day, word = _date(row["date"], path, line), row["kind"].strip().lower()
        if word not in WORDS:
            text = _("{file}, line {line}: {word!r} is no kind of day; write holiday or workday")
            raise SpecialDaysError(text.format(file=path, line=line, word=word[:40]))
        if WORDS[word] == "holiday":
            holidays[day] = row["name"].strip()[:80] or _("holiday")
        else:
            workdays[day] = row["name"].strip()[:80] or _("worked weekend day")
    return Calendar(holidays, workdays)


def _date(text: str, path: str | os.PathLike[str], line: int) -> date:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        message = _("{file}, line {line}: {cell!r} is no date; write for example 2026-12-31")
        raise SpecialDaysError(message.format(file=path, line=line, cell=text[:40])) from None


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    yield from table_rows(path, COLUMNS, ("date", "kind"), MOST_ROWS)
