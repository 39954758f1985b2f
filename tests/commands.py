"""Commands as documentation shows them: parsed, or run in a folder of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from callcenter.cli import app

ROOT = Path(__file__).parents[1]


def parse(words: Sequence[str]) -> None:
    """Parse the words after `callcenter`; raises the error that a user would read."""
    group = typer.main.get_command(app)
    name, *rest = words
    with group.make_context("callcenter", [name]) as context:
        command = group.get_command(context, name)  # type: ignore[attr-defined]
        assert command is not None, f"there is no command {name!r}"
        command.make_context(name, rest, parent=context)


def output(words: Sequence[str], folder: Path) -> str:
    """Run the words after `callcenter` in a folder; returns what they print on a wide terminal."""
    run = subprocess.run(
        [sys.executable, "-m", "callcenter", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return run.stdout


def heed_interrupts() -> None:
    """Heed Ctrl-C, as `preexec_fn` of a child: a shell that starts the tests in the background ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
