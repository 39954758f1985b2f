"""The gallery: its commands make its pictures."""

from __future__ import annotations

import runpy
import struct
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GALLERY = runpy.run_path(str(ROOT / "docs/pictures/make_gallery.py"))

LARGE = ("day", "demo", "drivers")
"""Results of minutes; their figures are those of other reports, which tests draw."""


def test_every_picture_is_shown() -> None:
    """No picture lies there unused, and none is missing."""
    files = [file.stem for file in (ROOT / "docs/pictures/gallery").glob("*.png")]

    assert sorted(files) == sorted(GALLERY["pictures"]())


def test_every_picture_has_its_command() -> None:
    """Each picture is taken from the results of a command of the page."""
    directories = {word for words in GALLERY["commands"]() for word in words if word.startswith("out/")}

    assert {f"out/{GALLERY['place'](name).parts[0]}" for name in GALLERY["pictures"]()} == directories


@pytest.mark.slow
def test_its_commands_make_the_pictures(tmp_path: Path) -> None:
    """The commands leave a picture of some size under the name that the page takes it from."""
    made = GALLERY["make"](tmp_path, ["--replications", "2"], without=LARGE)
    sizes = {name: struct.unpack(">II", file.read_bytes()[16:24]) for name, file in made.items()}

    assert len(sizes) >= 3
    assert all(width > 600 and height > 200 for width, height in sizes.values()), sizes
