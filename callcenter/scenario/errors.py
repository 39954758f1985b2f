"""Problems of a scenario in a planner's words, each with its place in the planner's file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from callcenter.language import gettext as _

INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, those that turn the direction of writing, and those that no file holds."""

MOST_SHOWN = 50
"""Problems that are printed; the rest is counted."""

MOST_LISTED = 20
"""Names that a message lists."""


class Sheet(NamedTuple):
    """A sheet of a workbook, by which people find a cell."""

    name: str
    header: tuple[str, ...] = ()

    def place(self, row: int, column: int) -> str:
        """Return a cell's place as a spreadsheet shows it, with the name of its column."""
        named = "".join(self.header[column - 1 : column])
        if not named:
            text = _("sheet '{name}', row {row}, column {column}")
            return text.format(name=self.name, row=row, column=letters(column))
        text = _("sheet '{name}', row {row}, column {column} ({head})")
        return text.format(name=self.name, row=row, column=letters(column), head=named)


def letters(column: int) -> str:
    """Return how a spreadsheet calls a column: 1 is A, 27 is AA."""
    above, own = divmod(column - 1, 26)
    return (letters(above) if above else "") + chr(ord("A") + own)


class Problem(NamedTuple):
    """One thing to put right; line and column count from 1 and are None where there is no file."""

    file: str
    line: int | None
    column: int | None
    path: str
    message: str
    sheet: Sheet | None = None

    def __str__(self) -> str:
        """Return `FILE:LINE:COLUMN: path: message`, leaving out what is not known, all of it visible."""
        return visible(": ".join(part for part in (self.place, self.path, self.message) if part))

    @property
    def place(self) -> str:
        """Where it stands, as far as that is known."""
        if self.sheet is not None and self.line is not None and self.column is not None:
            return f"{self.file}: {self.sheet.place(self.line, self.column)}"
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part not in ("", None))


class ScenarioError(ValueError):
    """Everything that is wrong with a scenario, found in one go; `str` gives a line for each of the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Return one line for each of the first problems, and how many more there are."""
        rest = len(self.problems) - MOST_SHOWN
        lines = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        return "\n".join([*lines, _("and {rest:,} more problems").format(rest=rest)] if rest > 0 else lines)


def visible(text: str) -> str:
    """Return a text on one line, with escapes for characters that could mislead a terminal or a reader."""
    return INVISIBLE.sub(lambda match: ascii(match[0])[1:-1], text)


def wrong(what: str, given: object, remedy: str) -> PydanticCustomError:
    """Return the error of a value: what is wrong, what was given, what to write."""
    return PydanticCustomError(
        "value", _("{what}, given {given}; {remedy}").format(what=what, given=shown(given), remedy=remedy)
    )


def fault(message: str, kind: str = "value") -> PydanticCustomError:
    """Return an error with its own message, placed at the `value`, at the `key`, or where it is `absent`."""
    return PydanticCustomError(kind, message)


def shown(value: object) -> str:
    """Return a value as a planner would recognise it, short and on one line."""
    if isinstance(value, Mapping):
        keys = _(", ").join(f"`{key}`" for key in list(value)[:4])
        return _("a mapping of {keys}").format(keys=keys) if value else _("an empty mapping")
    if isinstance(value, list | tuple):
        return _("a list of {count}").format(count=len(value)) if value else _("an empty list")
    if value is None:
        return _("nothing")
    return _shortened(repr(value) if isinstance(value, str) else str(value).lower())


def _shortened(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else f"{text[: longest - 4]} ...{text[-1:]}"


def nearest(name: object, known: Iterable[str], kind: str = "") -> str:
    """Return what to write instead of an unknown name: the nearest known one, else all of them."""
    names = list(known)
    close = closest(name, names)
    if close is not None:
        return _("did you mean `{near}`?").format(near=close)
    return (
        _("{kind}: {names}").format(kind=kind or _("known"), names=listed(names)) if names else _("remove it")
    )


def listed(names: Sequence[str]) -> str:
    """Return names beside each other, as many as a reader looks through."""
    first = _(", ").join(_shortened(name) for name in names[:MOST_LISTED])
    rest = len(names) - MOST_LISTED
    return _("{names} and {rest:,} more").format(names=first, rest=rest) if rest > 0 else first


def both(names: Iterable[object]) -> str:
    """Return names that hold together: a and b."""
    return _(" and ").join(map(str, names))


def either(names: Iterable[object]) -> str:
    """Return names of which one is to be chosen: a or b."""
    return _(" or ").join(map(str, names))


def closest(name: object, known: Iterable[str]) -> str | None:
    """Return the known name that was probably meant, None if none is near."""
    spelt = {each.lower(): each for each in known}
    close = difflib.get_close_matches(str(name).lower(), list(spelt), n=1, cutoff=0.6)
    return spelt[close[0]] if close else None
