"""The page as a browser paints it: texts can be read in both modes, and a phone never scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import callcenter as cc
from callcenter.report import write_report
from tests.report import studies
from tests.report.page.test_browser import CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser

playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright: install it to drive a browser")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium: install Debian's `chromium` to render the report"
    ),
]

LEGIBLE = 4.45
"""Contrast of text by WCAG 2 (level AA: 4.5), less what rounding to 8 bits a channel costs."""

PHONE = 390

FAINT = """() => {
  const parse = text => {
    const numbers = (text.match(/[\\d.]+/g) || []).map(Number);
    return text.startsWith('rgb') ? [...numbers.slice(0, 3), numbers.length > 3 ? numbers[3] : 1] : null;
  };
  const over = (top, below) => [0, 1, 2].map(at => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
  const light = rgb => rgb.slice(0, 3).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const layer = element => {
    const style = getComputedStyle(element);
    const isDrawn = element instanceof SVGElement && element.tagName !== 'svg';
    const colour = parse(isDrawn ? style.fill : style.backgroundColor);
    if (!colour) return null;
    if (isDrawn) colour[3] *= Number(style.fillOpacity);
    for (let each = element; each; each = each.parentElement)
      colour[3] *= Number(getComputedStyle(each).opacity);
    return colour;
  };
  const faint = [];
  document.querySelectorAll('details').forEach(each => { each.open = true; });
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || element.closest('.skip, title, desc, defs')) continue;
    element.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    if (!box.width || !box.height) continue;
    const isDrawn = element instanceof SVGElement;
    const stack = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)
      .filter(each => each !== element && !['text', 'tspan'].includes(each.tagName));
    let ground = parse(getComputedStyle(document.body).backgroundColor);
    for (const colour of stack.reverse().map(layer)) if (colour) ground = over(colour, ground);
    const own_ground = isDrawn ? null : layer(element);
    if (own_ground) ground = over(own_ground, ground);
    const ink = parse(isDrawn ? style.fill : style.color);
    const [low, high] = [light(over(ink, ground)), light(ground)].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < LEGIBLE) faint.push([element.textContent.trim(), ratio.toFixed(2), element.tagName]);
  }
  return faint;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for all pages."""
    with playwright.sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A run that misses its targets and a staffing in both languages, a grid of heat maps, a comparison."""
    folder = tmp_path_factory.mktemp("looks")
    changes = {"pools.desk.agents": [3, 3, 4, 6, 6, 6], "pools.office.agents": 1}
    run: Any = studies.result(changes, 4)
    shifts = folder / "shifts.yaml"
    shifts.write_text("shifts: [{start: 08:00, end: 11:00}, {start: 11:00, end: 14:00}]", encoding="utf-8")
    found = cc.staff(cc.load(studies.DESK), shifts=shifts, replications=3, price=True)
    vary = {"demand.volume": [0.7, 1.0, 1.3], "pools.desk.agents": {"scale": [1, 2, 3, 4]}}
    return {
        "run": write_report(run, folder / "run"),
        "run in Chinese": write_report(run, folder / "zh", "zh-CN"),
        "grid": write_report(studies.sweep(folder, vary), folder / "grid"),
        "comparison": write_report(
            cc.compare(
                cc.load(studies.RICH),
                cc.load(studies.RICH, {"name": "more", "pools.office.agents": 2}),
                replications=4,
            ),
            folder / "comparison",
        ),
        "staffing": write_report(found, folder / "staffing"),
        "staffing in Chinese": write_report(found, folder / "staffing zh", "zh-CN"),
    }


PAGES = ("run", "run in Chinese", "grid", "comparison", "staffing", "staffing in Chinese")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_every_text_can_be_read(browser: Browser, pages: dict[str, Path], name: str, mode: Any) -> None:
    """Its colour against what is painted below it, tables and figures alike."""
    page = browser.new_page(color_scheme=mode, viewport={"width": 1200, "height": 900})
    page.goto(pages[name].as_uri())

    assert page.evaluate(FAINT.replace("LEGIBLE", str(LEGIBLE))) == []
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_never_scrolls_sideways(browser: Browser, pages: dict[str, Path], name: str) -> None:
    """What is wider stands in a frame that scrolls."""
    page = browser.new_page(viewport={"width": PHONE, "height": 844})
    page.goto(pages[name].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    page.close()
