"""Interrupted and killed in a real process: what is done is kept, and nobody is left behind."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import psutil

from callcenter.study import StoreError, reopen, sweep

COMMAND = ["callcenter", "sweep", "staffing.yaml", "--replications", "150", "--workers", "2"]
CELLS = 4 * 150


def replications_in(out: Path) -> int:
    """Return how many replications are kept so far."""
    try:
        return sum(result.replications for result in reopen(out).results)
    except StoreError:
        return 0


@contextmanager
def sweep_under_way(directory: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a sweep on two workers and wait until something is kept."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(str(Path(path).absolute()) for path in sys.path),
    }
    with subprocess.Popen(
        [sys.executable, "-m", *COMMAND],
        cwd=directory,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        while process.poll() is None and not replications_in(directory / "out/staffing"):
            sleep(0.1)
        yield process


def check_resumed(sweep_file: Path) -> None:
    """Something, not everything, is kept, and going on from there gives what an undisturbed sweep gives."""
    out = sweep_file.parent / "out/staffing"
    assert 0 < replications_in(out) < CELLS

    resumed = sweep(sweep_file, replications=5, out=out)
    assert sweep(sweep_file, replications=5).summary == resumed.summary


def test_an_interrupt(sweep_file: Path) -> None:
    """The terminal's signal reaches parent and workers; the line that resumes is said, and nothing else."""
    with sweep_under_way(sweep_file.parent) as process:
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)

    assert (process.returncode, said.splitlines()) == (
        130,
        [
            "Interrupted; what is done is kept in out/staffing. To resume:",
            f"python -m {shlex.join(COMMAND)}",
        ],
    )
    check_resumed(sweep_file)


def test_a_killed_parent(sweep_file: Path) -> None:
    """A parent that is killed outright leaves its results in order and its workers go home."""
    with sweep_under_way(sweep_file.parent) as process:
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait()
    gone, alive = psutil.wait_procs(family, timeout=20)

    assert (len(gone) > 1, alive) == (True, [])
    check_resumed(sweep_file)


def test_a_killed_worker(sweep_file: Path) -> None:
    """A worker that is killed costs nothing: its work is done by another."""
    with sweep_under_way(sweep_file.parent) as process:
        family = psutil.Process(process.pid).children()
        next(child for child in family if "LokyProcess" in str(child.cmdline())).kill()
        process.communicate(timeout=120)

    assert process.returncode == 0
    assert replications_in(sweep_file.parent / "out/staffing") == CELLS
