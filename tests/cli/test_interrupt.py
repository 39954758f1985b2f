"""Interrupted and killed in a real process: what is done is kept, and nobody is left behind."""

from __future__ import annotations

import json
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
import pytest

from callcenter.report.csv_files import write_csv_files
from callcenter.study import StoreError, SweepResult, status, sweep
from tests.commands import heed_interrupts

COMMAND = ["callcenter", "sweep", "staffing.yaml", "--workers", "2", "--replications"]
PROCESSES, THREADS = [*COMMAND, "600", "--engine", "simpy"], [*COMMAND, "20000"]
POINTS = 4


def replications_in(out: Path) -> int:
    """Return how many replications are kept so far."""
    try:
        return status(out).cells_done
    except StoreError:
        return 0


@contextmanager
def sweep_under_way(directory: Path, command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """Start a sweep on two workers and wait until something is kept."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(str(Path(path).absolute()) for path in sys.path),
    }
    with subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=directory,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    ) as process:
        while process.poll() is None and not replications_in(directory / "out/staffing"):
            sleep(0.1)
        yield process


def cells_of(command: list[str]) -> int:
    """Return how many replications a sweep comes to."""
    return POINTS * int(command[len(COMMAND)])


def check_resumed(sweep_file: Path, cells: int) -> None:
    """Something, not everything, is kept; from there on it comes to the bytes of an undisturbed sweep."""
    out = sweep_file.parent / "out/staffing"
    assert 0 < replications_in(out) < cells

    assert written(sweep(sweep_file, replications=20), out / "whole") == written(
        sweep(sweep_file, replications=20, out=out), out / "resumed"
    )


def written(study: SweepResult, directory: Path) -> list[bytes]:
    """Return what --json writes and the CSV files."""
    directory.mkdir()
    write_csv_files(study, directory)
    return [json.dumps(study.summary).encode(), *(file.read_bytes() for file in sorted(directory.iterdir()))]


@pytest.mark.slow
@pytest.mark.parametrize("command", [PROCESSES, THREADS], ids=["processes", "threads"])
def test_an_interrupt(sweep_file: Path, command: list[str]) -> None:
    """The terminal's signal reaches parent and workers; the line that resumes is said, and nothing else."""
    with sweep_under_way(sweep_file.parent, command) as process:
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)

    assert (process.returncode, errors.splitlines()) == (
        130,
        [
            "Interrupted; what is done is kept in out/staffing. To resume:",
            f"python -m {shlex.join(command)}",
        ],
    )
    check_resumed(sweep_file, cells_of(command))


@pytest.mark.slow
@pytest.mark.parametrize("command", [PROCESSES, THREADS], ids=["processes", "threads"])
def test_a_killed_parent(sweep_file: Path, command: list[str]) -> None:
    """A parent that is killed outright leaves its results in order and its workers go home."""
    with sweep_under_way(sweep_file.parent, command) as process:
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait()
    gone, alive = psutil.wait_procs(family, timeout=20)

    assert (len(gone) > 1, alive) == (command == PROCESSES, [])
    check_resumed(sweep_file, cells_of(command))


@pytest.mark.slow
def test_a_killed_worker(sweep_file: Path) -> None:
    """A worker that is killed costs nothing: its work is done by another."""
    with sweep_under_way(sweep_file.parent, PROCESSES) as process:
        family = psutil.Process(process.pid).children()
        next(child for child in family if "LokyProcess" in str(child.cmdline())).kill()
        process.communicate(timeout=120)

    assert process.returncode == 0
    assert replications_in(sweep_file.parent / "out/staffing") == cells_of(PROCESSES)


@pytest.mark.slow
def test_killed_again_and_again(sweep_file: Path) -> None:
    """Whatever the moment, each start goes on from the last, and its status can be read meanwhile."""
    out, kept = sweep_file.parent / "out/staffing", [0]
    for wait in (0.0, 0.05, 0.3):
        with sweep_under_way(sweep_file.parent, THREADS) as process:
            while process.poll() is None and replications_in(out) <= kept[-1]:
                sleep(0.02)
            sleep(wait)
            kept.append(status(out).cells_done)
            process.kill()
            process.wait()

    assert sorted(set(kept)) == kept
    check_resumed(sweep_file, cells_of(THREADS))
