"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.mark.parametrize("command", ["run", "sweep", "compare", "staff"])
def test_a_cluster_that_cannot_be(
    callcenter: Command, command: str, scenario_file: Path, sweep_file: Path
) -> None:
    """Every command that simulates takes an address, and refuses one of no known kind as wrong input."""
    files = {"sweep": [sweep_file], "compare": [scenario_file, scenario_file]}.get(command, [scenario_file])
    done = callcenter(command, *files, "--cluster", "nonsense://x")

    assert 2 == done.exit_code
    assert done.stderr.startswith("--cluster nonsense://x: no such kind of address; write one of tcp://")
