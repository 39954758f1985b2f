"""The page served as users have it: by the command, in processes of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from tests.commands import ROOT, heed_interrupts

SECONDS = 90


class Served(NamedTuple):
    """A page that is up."""

    process: subprocess.Popen[str]
    address: str

    def family(self) -> list[psutil.Process]:
        """Return the process of the command and all that it started."""
        command = psutil.Process(self.process.pid)
        return [command, *command.children(recursive=True)]

    def lines(self) -> list[Any]:
        """Return every connection of these processes, and every port at which they listen."""
        return [line for process in self.family() for line in process.net_connections()]


def served(scenario: Path, *options: str) -> AbstractContextManager[Served]:
    """Serve a scenario until the block ends; the page is up when it begins."""
    command = [sys.executable, "-m", "callcenter"]
    return serving([*command, "serve", str(scenario), *options], ROOT, {"PYTHONPATH": str(ROOT)})


@contextmanager
def serving(command: Sequence[str], folder: Path, settings: Mapping[str, str]) -> Iterator[Served]:
    """Run a command that serves a page until the block ends; the page is up when it begins."""
    process = subprocess.Popen(
        [*command, "--port", str(free_port()), "--no-browser"],
        cwd=folder,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )
    try:
        assert process.stdout is not None
        address = re.search(r"http://[\d.:]+\d", process.stdout.readline())
        assert address is not None
        yield Served(process, address[0])
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=SECONDS)


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
