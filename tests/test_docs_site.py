"""The site of the docs: built without a warning, and read without a network."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.commands import ROOT

DOCS = ROOT / "docs"
FETCHING = {"audio", "embed", "iframe", "img", "input", "link", "object", "script", "source", "video"}
"""Elements whose address a browser fetches by itself."""
OUTSIDE = re.compile(r"(?:https?:)?//")
_CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")


class Page(HTMLParser):
    """Addresses and anchors of a page."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = {""}
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note down what a tag fetches, leads to, and is called."""
        given = {name: value or "" for name, value in attrs}
        self.anchors.add(given.get("id", ""))
        addresses = [given[name] for name in ("href", "src", "data") if name in given]
        if tag in FETCHING:
            self.fetched += addresses
        elif tag == "a":
            self.links += addresses


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site as `make docs` does: the first warning, or name that leads nowhere, is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-d", str(folder / "cache")]
    built = subprocess.run(
        [*command, str(DOCS), str(folder / "html")], capture_output=True, text=True, check=False
    )
    assert (0, "") == (built.returncode, built.stderr), built.stdout
    return folder / "html"


def pages(site: Path) -> Iterator[tuple[str, Page]]:
    """Yield every page of the site with its name."""
    for file in sorted(site.rglob("*.html")):
        yield str(file.relative_to(site)), _page(file)


@cache
def _page(file: Path) -> Page:
    return Page(file)


@pytest.mark.slow
def test_every_page_is_there(site: Path) -> None:
    """No page of the docs is left out."""
    sources = {str(page.relative_to(DOCS).with_suffix("")) for page in DOCS.rglob("*.md")}

    assert sources <= {name.removesuffix(".html") for name, _ in pages(site)}


@pytest.mark.slow
def test_links_lead_somewhere(site: Path) -> None:
    """Every link inside the site leads to a page or a file of it, and its anchor exists."""
    for name, page in pages(site):
        for link in page.links:
            address = urlsplit(link)
            if not address.scheme and not address.netloc:
                path = unquote(address.path)
                target = ((site / name).parent / path).resolve() if path else site / name
                assert target.is_file(), (name, link)
                assert target.suffix != ".html" or unquote(address.fragment) in _page(target).anchors, (
                    name,
                    link,
                )


@pytest.mark.slow
def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    """Pages and their styles bring along all that they show: no foreign scripts, styles, fonts, pictures."""
    foreign = [
        (name, address) for name, page in pages(site) for address in page.fetched if OUTSIDE.match(address)
    ]
    styles = [
        (style.name, address)
        for style in site.rglob("*.css")
        for address in _CSS_ADDRESS.findall(style.read_text(encoding="utf-8"))
        if OUTSIDE.match(address)
    ]

    assert [] == foreign + styles


@pytest.mark.slow
def test_docstrings_are_on_the_site(site: Path) -> None:
    """The Python interface has signatures and docstrings, not the directives that stand in the source."""
    text = (site / "reference/python.html").read_text(encoding="utf-8")

    assert 'id="callcenter.run"' in text
    assert "Simulate a scenario, or the one of a file, some times over" in text
    assert "autofunction" not in text
