"""The reference of records lists what there is."""

from __future__ import annotations

import re
from pathlib import Path

from callcenter.records.cleaning import RULES
from callcenter.records.columns import AGENT_EVENTS, CALLS, INTERVALS
from callcenter.records.map import Map

PAGE = Path(__file__).parents[2] / "docs/reference/records.md"


def test_reference_lists_every_column_key_and_rule() -> None:
    """Every section of the page has exactly the names of the code, in its order."""
    sections = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    listed = {
        section.partition("\n")[0]: re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        for section in sections
    }

    assert {
        "Call records": [column.name for column in CALLS],
        "Interval records": [column.name for column in INTERVALS],
        "What agents did": [column.name for column in AGENT_EVENTS],
        "Keys of a map": list(Map.model_fields),
        "Rules of cleaning": list(RULES),
    } == listed
