"""Tables of special days."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.special_days import SpecialDaysError, calendar_file


def test_a_calendar_names_the_line(tmp_path: Path) -> None:
    """A kind that is none, a date that is none."""
    file = tmp_path / "days.csv"
    for text, message in (
        ("2026-01-01,party", "line 2: 'party' is no kind"),
        ("soon,holiday", "line 2: 'soon' is no date"),
    ):
        file.write_text(f"date,kind\n{text}\n", "utf-8")
        with pytest.raises(SpecialDaysError, match=message):
            calendar_file(file)
