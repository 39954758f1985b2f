"""What the benchmarks ran on."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

from benchmarks.peers.choice import PEERS

CPU_INFO = Path("/proc/cpuinfo")
PACKAGES = ("callcenter", "simpy", "numpy", "numba")


def processor() -> str:
    """Return the model of the processor, as far as the system says it."""
    if CPU_INFO.exists():
        named = re.search(r"^model name\s*: (.*)$", CPU_INFO.read_text(encoding="utf-8"), re.MULTILINE)
        if named:
            return named[1]
    return platform.processor() or platform.machine()


def cores() -> str:
    """Return the number of cores, in words."""
    number = os.cpu_count() or 1
    return f"{number} core{'s' if number > 1 else ''}"


def versions() -> str:
    """Return what was measured, each with its version."""
    ours = [f"{package} {version(package)}" for package in PACKAGES]
    peers = [f"{peer.name} {peer.version}" for peer in PEERS if peer.is_installed]
    return ", ".join([f"Python {platform.python_version()}", *ours, *peers])
