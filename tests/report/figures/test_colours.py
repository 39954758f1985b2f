"""Colours on a dark page keep their contrasts, and every colour of the pages can be read."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import combinations

import pytest
from matplotlib import colormaps
from matplotlib.colors import to_hex

from callcenter.report.figures.colours import contrast, luminance, on_dark, switching
from callcenter.report.figures.requirement import OVER_UNDER

LEGIBLE = 4.5
"""Contrast of text by WCAG 2, level AA."""

VISIBLE = 3.0
"""Contrast of lines and areas."""

COLOURS = [
    *("#ffffff", "#000000", "#111111", "#7a3a12", "#8b95a1"),
    *(to_hex(cells(share)) for cells in (OVER_UNDER, colormaps["Blues"]) for share in (0, 0.3, 0.5, 0.8, 1)),
]

SHEETS = {
    "page": "callcenter.report/templates/style.css",
    "hour": "callcenter.report.replay/templates/hour.css",
    "what-if": "callcenter.web/templates/picture.css",
}


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21; #767676 is the lightest grey that can be read on white."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") >= LEGIBLE > contrast("#777777", "#ffffff")


@pytest.mark.parametrize(("one", "other"), [*combinations(COLOURS, 2)])
def test_dark_counterparts_keep_every_contrast(one: str, other: str) -> None:
    """Rounded to 8 bits a channel, which is coarse near black."""
    assert contrast(on_dark(one), on_dark(other)) == pytest.approx(contrast(one, other), rel=0.04)


def test_light_becomes_dark() -> None:
    """White and black change places, and an order of brightness turns round."""
    assert ("#000000", "#ffffff") == (on_dark("#ffffff"), on_dark("#000000"))
    rising = sorted(COLOURS, key=luminance)
    assert sorted(rising, key=lambda colour: -luminance(on_dark(colour))) == rising


def test_a_style_has_both() -> None:
    """A browser that does not know `light-dark` keeps the light one."""
    assert switching("fill: #ffffff; stroke: none") == (
        "fill: #ffffff; fill: light-dark(#ffffff, #000000); stroke: none"
    )


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_colour_of_a_style_sheet_can_be_read(sheet: str, mode: str) -> None:
    """Words, verdicts, links and lines on the page and on its cards."""
    package, _slash, path = SHEETS[sheet].partition("/")
    text = files(package).joinpath(path).read_text(encoding="utf-8")
    light, _media, dark = text.partition("prefers-color-scheme: dark")
    declared = dict(re.findall(r"(--[\w-]+|(?<!-)color): (#\w{6})", light))
    if mode == "dark":
        declared |= dict(re.findall(r"(--[\w-]+|(?<!-)color): (#\w{6})", dark))
    grounds = [declared.pop(name) for name in ("--page", "--card") if name in declared]
    declared.pop("--grid")

    faint = {
        name: colour
        for name, colour in declared.items()
        for ground in grounds
        if contrast(colour, ground) < (VISIBLE if "series" in name else LEGIBLE)
    }
    assert faint == {}
