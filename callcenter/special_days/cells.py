"""Small tables that users write beside a history: rows by the roles of their columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from callcenter.language import gettext as _
from callcenter.special_days.errors import SpecialDaysError


def table_rows(
    path: Path, heads: Mapping[str, Sequence[str]], needed: Sequence[str], most: int
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and the cells by role of each row; SpecialDaysError without a needed column."""
    from pydantic_core import PydanticCustomError

    from callcenter.scenario.files.tables import read_grid

    try:
        rows = list(read_grid(path).rows)
    except PydanticCustomError as error:
        raise SpecialDaysError(f"{path}: {error.message()}") from None
    if len(rows) > most:
        raise SpecialDaysError(_("{name} has more than {most:,} rows").format(name=path, most=most))
    names = [str(cell).strip().lower() for cell in rows[0][1]] if rows else []
    at = {
        role: next((names.index(head) for head in known if head in names), -1)
        for role, known in heads.items()
    }
    missing = [role for role in needed if at[role] < 0]
    if missing:
        text = _("{file} has no column {missing}; write {heads} in its first line")
        raise SpecialDaysError(text.format(file=path, missing=_(", ").join(missing), heads=",".join(heads)))
    for line, cells in rows[1:]:
        yield (
            line,
            {role: str(cells[place]) if 0 <= place < len(cells) else "" for role, place in at.items()},
        )
