"""The page in a real browser: moved, read, pinned, downloaded; and no request leaves this machine.

With SCREENSHOTS=1 in the environment the pictures of the documentation are taken on the way.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import openpyxl
import pytest

import callcenter as cc
from callcenter.language import gettext, speaking
from callcenter.web.knobs import Knobs
from callcenter.web.whatif import WhatIf
from tests.commands import ROOT
from tests.web.serving import Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright: install it to drive a browser")
pytest.importorskip("streamlit", reason="no Streamlit: install .[web]")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PICTURES = ROOT / "docs" / "pictures"
HOTLINE = Path("scenarios/unicom_10010.yaml")
PATIENCE = 90_000
"""Milliseconds; a busy machine is not a failure."""

AT_ONCE = 3.0
"""Seconds from a key to the changed figure, on a busy machine; a small part of it on a quiet one."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: install Debian's `chromium` to open the page"),
]


class Visit:
    """A page in the browser, and all that it asked for and complained about."""

    def __init__(self, browser: Browser, address: str, width: int = 1440) -> None:
        self.page = browser.new_page(viewport={"width": width, "height": 900}, accept_downloads=True)
        self.hosts: set[str | None] = set()
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("websocket", lambda socket: self._note(socket.url))
        self.page.on(
            "console",
            lambda message: self.complaints.append(message.text) if message.type == "error" else None,
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.set_default_timeout(PATIENCE)
        playwright.expect.set_options(timeout=PATIENCE)  # a busy machine simulates slowly
        self.page.goto(address)
        self.page.get_by_test_id("stCode").last.wait_for(state="attached")

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob"):
            self.hosts.add(parts.hostname)

    def tile(self, name: str) -> Locator:
        """Return the tile of a tier."""
        return self.page.locator(f'.tile[data-tier="{name}"]')

    def press(self, slider: str, key: str, times: int = 1) -> None:
        """Move a slider by the keyboard."""
        thumb = self.page.get_by_role("slider", name=slider)
        for _ in range(times):
            thumb.press(key)

    def picture(self, name: str) -> None:
        """Take a picture for the documentation, where that is wanted."""
        if os.environ.get("SCREENSHOTS"):
            self.page.wait_for_timeout(1500)
            self.page.wait_for_function("!document.querySelector('[data-stale=true]')")
            self.page.screenshot(path=PICTURES / name)

    def keep(self, name: str) -> None:
        """Keep a picture to look at, where a folder for it is named."""
        if folder := os.environ.get("LOOK"):
            self.page.wait_for_timeout(1500)
            self.page.screenshot(path=Path(folder) / name, full_page=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """The page of the 10010 hotline."""
    with served(HOTLINE) as page:
        yield page


@pytest.fixture
def visit(browser: Browser, server: Served) -> Iterator[Visit]:
    """The page, loaded; in the end neither it nor its server has asked anybody else, nor complained."""
    visit = Visit(browser, server.address)
    yield visit
    assert {"127.0.0.1"} == {line.raddr.ip for line in server.lines() if line.raddr}
    visit.page.close()
    assert {"127.0.0.1"} == visit.hosts
    assert [] == visit.complaints


@pytest.fixture(scope="module")
def desk() -> WhatIf:
    """The same hotline here, to know what the page must show."""
    return WhatIf(cc.load(ROOT / HOTLINE))


def rate(desk: WhatIf, knobs: Knobs, tier: str) -> str:
    """Return an answer rate as a tile shows it."""
    rate = desk.result(desk.variant(knobs), 10).summary["tiers"][tier]["service_level"]["value"]
    return f"{rate:.1%}"


def test_a_moved_slider_changes_the_verdict(visit: Visit, desk: WhatIf) -> None:
    """Six more agents in the front office make clear what was unclear; the figures are those of a run."""
    tile, more = visit.tile("regular"), Knobs(agents={"front_office": 6})
    playwright.expect(tile).to_contain_text("? unclear")
    playwright.expect(tile).to_contain_text(rate(desk, Knobs(), "regular"))

    visit.press("Agents: front_office", "ArrowRight", times=6)

    playwright.expect(tile).to_contain_text(rate(desk, more, "regular"))
    playwright.expect(tile).to_contain_text("✓ met")
    playwright.expect(visit.page.get_by_text("Grey: the scenario as written.")).to_be_visible()
    playwright.expect(visit.page.locator("figure.whatif img")).to_have_count(4)
    visit.picture("what-if.png")


def test_a_pinned_variant_is_compared_with(visit: Visit, desk: WhatIf) -> None:
    """Five per cent more calls are pinned; what two agents more then mend is the paired difference."""
    calls = Knobs(volume=105)
    visit.press("Calls", "ArrowRight")
    playwright.expect(visit.tile("regular")).to_contain_text(rate(desk, calls, "regular"))
    visit.page.get_by_role("button", name="Pin this variant").click()
    playwright.expect(visit.page.get_by_role("button", name="Unpin")).to_be_visible()
    visit.press("Agents: front_office", "ArrowRight", times=2)
    both = Knobs(volume=105, agents={"front_office": 2})
    playwright.expect(visit.tile("regular")).to_contain_text(rate(desk, both, "regular"))

    results = [desk.result(desk.variant(knobs), 10) for knobs in (calls, both)]
    rates = {row.part: row for row in cc.compare(*results).differences if row.figure == "service_level"}
    expected = f"{100 * rates['regular'].difference:+.1f} points"
    playwright.expect(visit.tile("regular").locator(".difference")).to_contain_text(expected)
    playwright.expect(visit.page.get_by_text("Grey: the pinned variant.")).to_be_visible()
    visit.picture("what-if-pinned.png")


def test_everything_can_be_taken_away(visit: Visit, desk: WhatIf, tmp_path: Path) -> None:
    """The workbook opens, the YAML is the variant, the command is there to copy."""
    visit.press("Handle time", "ArrowLeft")
    faster = Knobs(handle_time=95)
    playwright.expect(visit.tile("mid")).to_contain_text(rate(desk, faster, "mid"))
    files = {}
    for label in ("Excel workbook", "Scenario (YAML)"):
        with visit.page.expect_download() as download:
            visit.page.get_by_role("button", name=label).click()
        files[label] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[label])

    assert "unicom-10010-weekday-what-if.xlsx" == files["Excel workbook"].name
    assert openpyxl.load_workbook(files["Excel workbook"], read_only=True).sheetnames
    assert desk.variant(faster).fingerprint == cc.load(files["Scenario (YAML)"]).fingerprint
    playwright.expect(visit.page.get_by_text("--set pools.front_office.speed=0.95")).to_be_visible()


def test_back_and_refine(visit: Visit, desk: WhatIf) -> None:
    """Back to the scenario as written, then fifty replications of it."""
    visit.press("Patience", "ArrowLeft")
    playwright.expect(visit.page.get_by_text("patience.per_interval=0.95").first).to_be_visible()
    visit.page.get_by_role("button", name="Back to as written").click()
    playwright.expect(visit.tile("regular").locator(".difference")).to_have_count(0)
    visit.page.get_by_role("button", name="Refine: 50 replications").click()

    level = desk.result(desk.scenario, 50).summary["tiers"]["regular"]["service_level"]
    playwright.expect(visit.tile("regular")).to_contain_text(f"{level['value']:.1%}")
    playwright.expect(visit.page.get_by_text("50 replications · seed 10010")).to_be_visible()


def test_an_upload_with_a_path_is_refused(visit: Visit) -> None:
    """The hotline's own file names CSV files, so it cannot be uploaded; the words say why and where."""
    visit.page.get_by_text("Another scenario").click()
    visit.page.locator('input[type="file"]').set_input_files(ROOT / HOTLINE)

    playwright.expect(visit.page.get_by_text("demand.calls.file: an uploaded scenario")).to_be_visible()
    assert visit.tile("regular").is_visible()


def test_it_answers_at_once(visit: Visit, record_property: Callable[[str, object], None]) -> None:
    """From a key to the changed figure, the median of five moves."""
    figure = visit.tile("agents").locator(".figure")
    visit.press("Agents: front_office", "ArrowRight")
    playwright.expect(figure).to_have_text("2,216 h a day")
    seconds = [_seconds(visit, figure, hours) for hours in range(2240, 2240 + 9 * 24, 24)]

    record_property("median_seconds", round(median(seconds), 3))
    ends = f"{min(seconds):.3f} to {max(seconds):.3f}"
    print(f"\nfrom a key to the changed figures: {median(seconds):.3f} s ({ends}, {len(seconds)} keys)")  # noqa: T201
    assert AT_ONCE > median(seconds)


WHEN_CHANGED = """([element, text]) => new Promise((resolve) => {
  const tiles = () => [...document.querySelectorAll('.tile[data-tier="agents"] .figure')];
  const begin = performance.now();
  const look = () => {
    if (tiles().some((tile) => tile.textContent.trim() === text)) resolve((performance.now() - begin) / 1000);
    else requestAnimationFrame(look);
  };
  element.value = Number(element.value) + 1;
  element.dispatchEvent(new Event("input", { bubbles: true }));
  look();
})"""


def _seconds(visit: Visit, figure: Locator, hours: int) -> float:
    """Return the time from a moved slider to the first frame with the figure, by the browser's own clock."""
    slider = visit.page.get_by_role("slider", name="Agents: front_office").element_handle()
    passed = float(visit.page.evaluate(WHEN_CHANGED, [slider, f"{hours:,} h a day"]))
    playwright.expect(figure).to_have_text(f"{hours:,} h a day")
    visit.page.wait_for_timeout(1500)  # the figures below are drawn; a person looks at them
    return passed


def test_a_phone_sees_what_a_slider_changes(visit: Visit) -> None:
    """The sliders lie below the tiles, not over them, and nothing is wider than the phone."""
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.page.reload()
    visit.page.get_by_text("The command with the same figures").wait_for(state="attached")
    visit.page.get_by_test_id("stExpandSidebarButton").click()
    bar = visit.page.get_by_test_id("stSidebar")
    playwright.expect(bar).to_have_css("width", "390px")
    over, tile = bar.bounding_box(), visit.tile("regular").bounding_box()

    assert over is not None
    assert tile is not None
    assert over["height"] < 844 / 2
    assert tile["y"] + tile["height"] <= over["y"]
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_newer_key_overtakes(visit: Visit, desk: WhatIf) -> None:
    """Twelve keys without a pause: only the last stand is waited for."""
    visit.press("Agents: front_office", "ArrowRight", times=12)
    last = rate(desk, Knobs(agents={"front_office": 12}), "regular")

    playwright.expect(visit.tile("regular")).to_contain_text(last)
    playwright.expect(visit.tile("agents")).to_contain_text("+288.0 h a day")


def test_numbers_are_typed(visit: Visit, desk: WhatIf) -> None:
    """A number is typed where the slider has no such place."""
    box = visit.page.get_by_role("spinbutton", name="Calls")
    box.fill("97.5")
    box.press("Enter")

    playwright.expect(visit.page.get_by_text("--set demand.volume=0.975")).to_be_visible()
    playwright.expect(visit.page.get_by_role("slider", name="Calls")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_tab_fits(browser: Browser, language: str, width: int) -> None:
    """Each tab shows on a desk and on a phone, without an error, and is not wider than the screen."""
    with served(Path("scenarios/economics.yaml"), "--lang", language) as page, speaking(language):
        visit = Visit(browser, page.address, width)
        for title in ("Interval by interval", "Variants", "Records", "The day"):
            visit.page.get_by_role("tab", name=gettext(title)).click()
            playwright.expect(visit.page.get_by_role("tab", name=gettext(title))).to_have_attribute(
                "aria-selected", "true"
            )
            visit.page.wait_for_timeout(700)
            assert width == visit.page.evaluate("document.documentElement.scrollWidth")
            visit.keep(f"what-if-{language}-{width}-{title.split()[0].lower()}.png")
        playwright.expect(visit.page.locator("figure.whatif img").last).to_be_visible()
        assert 0 == visit.page.get_by_test_id("stAlertContentError").count()
        assert [] == visit.complaints
        visit.page.close()


def test_the_agents_are_found(browser: Browser, scenario_file: Path) -> None:
    """The button fills in the fewest agents; the page then shows them, and the dials stand at rest."""
    with served(scenario_file) as page:
        visit = Visit(browser, page.address)
        visit.page.get_by_role("button", name="Find the agents").click()
        found = visit.page.get_by_text("The fewest agents found that meet every target")
        playwright.expect(found).to_be_visible(timeout=4 * PATIENCE)
        playwright.expect(visit.page.get_by_text("--set 'pools.")).to_be_visible()
        visit.page.close()


def test_a_log_becomes_a_scenario(browser: Browser, scenario_file: Path) -> None:
    """A call log is read, fitted and judged on the page, and its scenario opened there."""
    with served(scenario_file) as page:
        visit = Visit(browser, page.address)
        visit.page.get_by_role("tab", name="Records").click()
        upload = visit.page.get_by_test_id("stMain").locator('input[type="file"]')
        upload.set_input_files(ROOT / "scenarios" / "records" / "sample_calls.csv")
        visit.page.get_by_role("button", name="Read, fit and validate").click()
        playwright.expect(visit.page.get_by_text("What was fitted")).to_be_visible(timeout=4 * PATIENCE)
        visit.keep("what-if-records.png")
        visit.page.get_by_role("button", name="Open this scenario on the page").click()
        playwright.expect(visit.page.get_by_role("heading", name="sample_calls")).to_be_visible(
            timeout=PATIENCE
        )
        visit.page.close()
