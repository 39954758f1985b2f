"""The small records of a floor as they are when nobody has come yet, and the way back to them."""

from __future__ import annotations

from typing import NamedTuple

from callcenter.arrays import Records
from callcenter.engine.compiled.ends import empty_ends
from callcenter.engine.compiled.records import Floor
from callcenter.heap import empty
from callcenter.kernels import inner


class Morning(NamedTuple):
    """What a run changes and the next one needs as it was."""

    lanes: Records
    pools: Records
    office: Records
    state: Records


def morning_of(floor: Floor) -> Morning:
    """Keep the morning of a floor that nobody has come to."""
    return Morning(*(getattr(floor, name).copy() for name in Morning._fields))


@inner
def reset(floor: Floor, morning: Morning) -> None:
    """Bring a floor back to its morning."""
    restore(floor, morning)
    empty_ends(floor.ends)


@inner
def restore(floor: Floor, morning: Morning) -> None:
    """Do the same with all but the ends of work."""
    for lane in range(morning.lanes.size):
        floor.lanes[lane] = morning.lanes[lane]
    for pool in range(morning.pools.size):
        floor.pools[pool] = morning.pools[pool]
    floor.office[0] = morning.office[0]
    floor.state[0] = morning.state[0]
    empty(floor.timers)
    for job_class in range(len(floor.listed)):
        empty(floor.listed[job_class])
