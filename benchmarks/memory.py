"""Peak memory of a study of many replications, each number of them in a fresh process.

python -m benchmarks.memory 100      prints the peak in MB
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from benchmarks.day import TIER_DAY
from benchmarks.findings import Findings, Goal, Table
from callcenter.scenario import load
from callcenter.study import run

REPLICATIONS = (10, 100, 1000)
STATUS = Path("/proc/self/status")


def measure(_: int) -> Findings:
    """Run studies of the tier day."""
    peaks = {number: peak_of(number) for number in REPLICATIONS}
    return Findings(
        [table(peaks)], [Goal("peak memory of 1,000 replications", 1000, peaks[1000], "MB", at_most=True)]
    )


def peak_of(replications: int) -> float:
    """Return the peak of a study in a process of its own, MB."""
    command = [sys.executable, "-m", "benchmarks.memory", str(replications)]
    done = subprocess.run(  # noqa: S603 (our own module)
        command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    return float(done.stdout)


def peak() -> float:
    """Return the peak of this process, MB.

    Linux counts what the parent used before a process was started into `getrusage`, but not into VmHWM.
    """
    if STATUS.exists():
        return int(re.findall(r"VmHWM:\s+(\d+) kB", STATUS.read_text(encoding="ascii"))[0]) * 1024 / 1e6
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1e6 if sys.platform == "darwin" else used * 1024 / 1e6


def table(peaks: dict[int, float]) -> Table:
    """One row per number of replications."""
    return Table(
        "Memory",
        "Peak of the whole process, tier day, one worker. A replication leaves a tally of some kilobytes.",
        ("replications", "calls", "peak, MB"),
        [(f"{number:,}", f"{number * 28_800:,}", f"{used:,.0f}") for number, used in peaks.items()],
    )


if __name__ == "__main__":
    run(load(TIER_DAY), int(sys.argv[1]))
    print(peak())
