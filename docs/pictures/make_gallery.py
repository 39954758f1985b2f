"""Runs the commands of the gallery page and makes its pictures again.

A picture `gallery/DIR-FIGURE.png` is `figures/FIGURE.png` of the results that a command of the page left in
`out/DIR`. Words after the name of this script are added to each `run`, `sweep` and `compare`.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "gallery.md"
SIMULATING = ("run", "sweep", "compare")


def commands() -> list[list[str]]:
    """Return the commands of the page whose results its pictures show, each as words."""
    lines = re.findall(r"^\$ (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    words = [shlex.split(line) for line in lines]
    return [each for each in words if "--movie" not in each]


def pictures() -> list[str]:
    """Return the names of the page's pictures, in their order."""
    return re.findall(r"\(pictures/gallery/([\w-]+)\.png\)", PAGE.read_text(encoding="utf-8"))


def make(folder: Path, further: Sequence[str] = (), without: Sequence[str] = ()) -> dict[str, Path]:
    """Run the page's commands with results in a folder, but not those of some; return its pictures."""
    (folder / "scenarios").symlink_to(HERE.parents[1] / "scenarios")
    for words in commands():
        if any(f"out/{directory}" in words for directory in without):
            continue
        added = [*further, "--quiet"] if words[1] in SIMULATING else []
        command = [sys.executable, "-m", *words, *added]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
    made = [name for name in pictures() if place(name).parts[0] not in without]
    return {name: folder / "out" / place(name) for name in made}


def place(name: str) -> Path:
    """Return where the command of a picture left it, below `out`."""
    directory, _, figure = name.partition("-")
    return Path(directory, "figures", f"{figure}.png")


if __name__ == "__main__":
    target = HERE / "gallery"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as results:
        for name, file in make(Path(results), sys.argv[1:]).items():
            shutil.copyfile(file, target / f"{name}.png")
