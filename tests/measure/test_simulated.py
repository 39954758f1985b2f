"""Tallies of simulated runs against a sweep from event to event."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from callcenter.calllog import CallLog
from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.measure import tally
from callcenter.measure.pools import POOL_SUMS
from callcenter.measure.tally import SUMS
from callcenter.scenario import Scenario
from tests.measure.logs import scenario

BUSY_DAYS = {
    "days": 2,
    "day.open": "08:00",
    "day.close": "10:00",
    "day.interval": "30 min",
    "demand.calls": [30, 50, 40, 30],
    "tiers.vip.patience": {"exponential": "2 min"},
    "tiers.mid.patience": {"exponential": "1 min"},
    "tiers.spam.patience": {"exponential": "10 min"},
    "tiers.mid.talk": {"exponential": "5 min"},
    "tiers.mid.wrap_up": "30 s",
    "pools.desk.agents": [2, 0, 3, 1],
    "pools.office.agents": [4, 8, 3, 1],
    "callbacks.reached": "60%",
}


def swept(lines: Scenario, log: CallLog, since: float) -> tuple[list[float], list[float]]:
    """Add up busy and overtime seconds by pool from event to event, counting levels afresh each time."""
    pairs = [_swept_pool(lines, log, since, number) for number in range(len(lines.pools))]
    return [busy for busy, _ in pairs], [over for _, over in pairs]


def _swept_pool(lines: Scenario, log: CallLog, since: float, pool: int) -> tuple[float, float]:
    jobs, busy, over = log.callbacks, 0.0, 0.0
    calls, attempts = log.pool == pool, jobs.attempt_pool == pool
    start = np.concatenate([log.answered[calls], jobs.attempt_start[attempts]])
    stop = np.concatenate([log.released[calls], jobs.attempt_end[attempts]])
    for now, then in pairwise(np.unique([*start, *stop, *_changes(lines), since]).tolist()):
        level = int(np.count_nonzero((start <= now) & (stop > now)))
        counted = then - now if now >= since else 0.0
        busy += level * counted
        over += max(0, level - _rostered(lines, now, pool)) * counted
    return busy, over


def _changes(lines: Scenario) -> list[float]:
    day, cuts = lines.day, range(lines.day.intervals + 1)
    return [86_400 * number + day.open + day.interval * cut for number in range(lines.days) for cut in cuts]


def _rostered(lines: Scenario, time: float, pool: int) -> float:
    clock = time % 86_400 - lines.day.open
    staffed = lines.staffed(list(lines.pools)[pool])
    return staffed[int(clock // lines.day.interval)] if 0 <= clock < lines.day.length else 0


@pytest.mark.parametrize("after_close", ["drain", "drop"])
@pytest.mark.parametrize("warm_up", [0, 45])
def test_busy_and_overtime(after_close: str, warm_up: int) -> None:
    """Equal to the last bit, over two days with falling staff, callbacks and work after the close."""
    lines = scenario({**BUSY_DAYS, "day.after_close": after_close, "warm_up": f"{warm_up} min"})
    log = simulate(lines, draw(lines, seed=1, replication=0))

    figures = dict(zip(POOL_SUMS, tally(lines, log).pool_sums.sum(axis=-1), strict=True))

    busy, over = swept(lines, log, lines.day.open + lines.warm_up)
    assert min(over) > 0
    assert busy == figures["busy_s"].tolist()
    assert over == figures["overtime_s"].tolist()


def test_waiting_callers_are_the_queue() -> None:
    """The queue's integral over all intervals is the summed wait of offered calls, exactly."""
    lines = scenario(BUSY_DAYS)

    sums = tally(lines, simulate(lines, draw(lines, seed=1, replication=0))).sums.sum(axis=-1)

    assert sums[SUMS.index("wait_s")].tolist() == sums[SUMS.index("waiting_s")].tolist()
