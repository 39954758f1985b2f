"""Fonts of the figures: matplotlib's own, and behind it a Chinese one for the characters it lacks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from matplotlib import font_manager

CHINESE = Path(__file__).parents[1] / "fonts/CallcenterSansSC-Regular.otf"
"""Made by tools/chinese_font.py: the frequent characters and those of our texts."""

OTHERS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",  # all that matplotlib sees of Noto's collection, whose glyphs are those of all
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "WenQuanYi Micro Hei",
)
"""Fonts of other people that have rarer characters; they are used where they are installed."""


@cache
def families() -> tuple[str, ...]:
    """Return the fonts of a text; each character is drawn by the first that has it."""
    manager = font_manager.fontManager
    manager.addfont(CHINESE)
    installed = {font.name for font in manager.ttflist}
    own = font_manager.get_font(CHINESE).family_name
    return "DejaVu Sans", own, *(name for name in OTHERS if name in installed)
