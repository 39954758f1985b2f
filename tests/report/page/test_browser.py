"""The page in a real browser, on screen and on paper; skipped where there is no Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--hide-scrollbars",
)
SECONDS = 120

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium: install Debian's `chromium` to render the report"
    ),
]


def browse(page: Path, profile: Path, *flags: str) -> str:
    """Open a page in a browser with a profile of its own; return what it prints."""
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", *flags, page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    return done.stdout


def test_it_renders(grid_page: Path, tmp_path: Path) -> None:
    """The browser reads the page as it is meant and paints more than an empty sheet."""
    picture, profile = tmp_path / "screen.png", tmp_path / "profile"
    dom = browse(grid_page, profile, "--dump-dom")
    browse(grid_page, profile, f"--screenshot={picture}", "--window-size=1200,3000")

    assert (
        dom.count("<figure") == dom.count("</svg>") == grid_page.read_text(encoding="utf-8").count("<figure")
    )
    assert 50_000 < picture.stat().st_size


def test_it_prints_on_a4(grid_page: Path, tmp_path: Path) -> None:
    """Every sheet has the size of A4, and there are only a few."""
    paper = tmp_path / "paper.pdf"
    browse(grid_page, tmp_path / "profile", f"--print-to-pdf={paper}", "--no-pdf-header-footer")
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper.read_bytes())

    assert 3 <= len(boxes) <= 8
    assert {(595, 842)} == {(round(float(width)), round(float(height))) for width, height in boxes}
