"""The dials in the browser: they tell at every key where they stand, without a delay of their own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from callcenter.web.dials import Group, Stands, as_data

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _component() -> Any:
    script, style = ((TEMPLATES / name).read_text(encoding="utf-8") for name in ("dials.js", "dials.css"))
    return st.components.v2.component(
        "callcenter_dials", html='<div class="dials"></div>', css=style, js=script
    )


def stands(groups: list[Group], start: Stands, turn: str) -> Stands:
    """Draw the dials and return where those stand that were moved; a new turn starts again from ``start``."""
    data = {"groups": as_data(groups), "start": dict(start), "turn": turn}
    drawn = _component()(
        key=f"dials.{turn}", data=data, default={"stands": dict(start)}, on_stands_change=lambda: None
    )
    moved = drawn.stands
    return moved if isinstance(moved, dict) else dict(start)
