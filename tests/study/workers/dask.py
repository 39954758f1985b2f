"""A Dask scheduler and its workers on loopback, as processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

from distributed import Client

from tests.commands import ROOT

LOOPBACK = ("--host", "127.0.0.1", "--no-dashboard")
WORKER = ("--no-nanny", "--nthreads", "1")


class Cluster(NamedTuple):
    """Where the scheduler is, and its processes."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def cluster(folder: Path, workers: int = 2, **variables: str) -> Iterator[Cluster]:
    """Start a scheduler and some workers; ``variables`` go into their environment."""
    file = folder / "scheduler.json"
    scheduler = _start("scheduler", "--port", "0", "--scheduler-file", file, **variables)
    started = [_start("worker", "--scheduler-file", file, *WORKER, **variables) for _ in range(workers)]
    try:
        address = _address(file)
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(workers) if workers else None
        yield Cluster(address, scheduler, started)
    finally:
        for process in (*started, scheduler):
            process.kill()
            process.wait()


def _start(role: str, *options: object, **variables: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{role}", *LOOPBACK, *map(str, options)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _address(file: Path) -> str:
    end = monotonic() + 30
    while not file.exists() and monotonic() < end:
        sleep(0.05)
    return str(json.loads(file.read_text(encoding="utf-8"))["address"])
