"""The command line, called without leaving the process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from callcenter.cli import app

Command = Callable[..., Result]


@pytest.fixture
def callcenter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Call `callcenter` with some words, in a directory of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)  # as into a pipe: every column
    runner = CliRunner()

    def call(*words: object) -> Result:
        return runner.invoke(app, [str(word) for word in words], prog_name="callcenter")

    return call
