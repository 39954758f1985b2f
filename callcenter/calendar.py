"""A calendar queue of (time, key): what falls into one stretch of time lies in one bucket, in order.

It takes as long among ten thousand entries as among a hundred, where a heap takes longer with each doubling:
R. Brown, "Calendar queues: a fast O(1) priority queue implementation for the simulation event set problem",
Communications of the ACM 31(10), 1988.  The length of a stretch decides how fast it is, never what comes out.

It is one array of records, so that it lies wherever a `callcenter.heap` may lie.  Entry 0 holds the stretches
per second and the size, entry 1 the smallest, entry 2 the number of buckets less one, entry 3 the first free
place.  Then come two entries for each bucket, its first and its last place, and two for each place: what lies
there, and the place behind it.
"""

from __future__ import annotations

import numpy as np

from callcenter.heap import ENTRY, LATEST, Heap, empty
from callcenter.kernels import hot, inner, kernel

HEAD, SMALLEST, MASK, FREE, BUCKETS = range(5)
NOWHERE = 0


def new_calendar(capacity: int) -> Heap:
    """Return an empty calendar; its smallest entry is later than any other."""
    buckets = 1 << max(1, capacity - 1).bit_length()
    calendar: Heap = np.zeros(BUCKETS + 2 * (buckets + capacity + 3), ENTRY)
    calendar[HEAD]["time"] = 1.0
    calendar[MASK]["key"] = buckets - 1
    clear(calendar)
    return calendar


@kernel
def clear(calendar: Heap) -> None:
    """Take everything out of a calendar."""
    empty(calendar)
    places = bucket_of(calendar, calendar[MASK]["key"]) + 2
    for bucket in range(BUCKETS, places):
        calendar[bucket]["key"] = NOWHERE
    for place in range(places, calendar.size, 2):
        calendar[place + 1]["key"] = place + 2
    calendar[FREE]["key"] = places


@inner
def set_pace(calendar: Heap, seconds: float) -> None:
    """Make the stretches of an empty calendar fit, given how long an entry lies in it on average.

    A full calendar has one or two entries to come in each stretch: few buckets are passed by, few are long.
    """
    if seconds > 0.0:
        calendar[HEAD]["time"] = (calendar[MASK]["key"] + 1) / (2.0 * seconds)


@hot
def stretch_of(calendar: Heap, entry: int) -> int:
    """Return the number of the stretch of time that an entry falls into."""
    return int(calendar[entry]["time"] * calendar[HEAD]["time"])


@hot
def bucket_of(calendar: Heap, stretch: int) -> int:
    """Return where the places of a stretch are: of it, or of one that lies a round of all buckets away."""
    return BUCKETS + 2 * (stretch & calendar[MASK]["key"])


@hot
def is_earlier(calendar: Heap, entry: int, other: int) -> bool:
    """Compare two entries."""
    first, second = calendar[entry], calendar[other]
    return first["time"] < second["time"] or (
        first["time"] == second["time"] and first["key"] < second["key"]
    )


@hot
def copy_smallest(calendar: Heap, place: int) -> None:
    """Have entry 1 say what lies at a place."""
    calendar[SMALLEST]["time"] = calendar[place]["time"]
    calendar[SMALLEST]["key"] = calendar[place]["key"]


@kernel
def enlist(calendar: Heap, time: float, key: int) -> None:
    """Add an entry."""
    place = calendar[FREE]["key"]
    calendar[FREE]["key"] = calendar[place + 1]["key"]
    calendar[HEAD]["key"] += 1
    calendar[place]["time"] = time
    calendar[place]["key"] = key
    bucket = bucket_of(calendar, stretch_of(calendar, place))
    before, last = bucket, calendar[bucket + 1]["key"]
    if last != NOWHERE and is_earlier(calendar, last, place):
        before = last + 1
    else:
        while calendar[before]["key"] != NOWHERE and is_earlier(calendar, calendar[before]["key"], place):
            before = calendar[before]["key"] + 1
    calendar[place + 1]["key"] = calendar[before]["key"]
    calendar[before]["key"] = place
    if calendar[place + 1]["key"] == NOWHERE:
        calendar[bucket + 1]["key"] = place
    if is_earlier(calendar, place, SMALLEST):
        copy_smallest(calendar, place)


@kernel
def take_out(calendar: Heap) -> None:
    """Remove the smallest entry."""
    stretch = stretch_of(calendar, SMALLEST)
    bucket = bucket_of(calendar, stretch)
    place = calendar[bucket]["key"]
    calendar[bucket]["key"] = calendar[place + 1]["key"]
    if calendar[bucket]["key"] == NOWHERE:
        calendar[bucket + 1]["key"] = NOWHERE
    calendar[place + 1]["key"] = calendar[FREE]["key"]
    calendar[FREE]["key"] = place
    calendar[HEAD]["key"] -= 1
    calendar[SMALLEST]["time"] = np.inf
    calendar[SMALLEST]["key"] = LATEST
    if calendar[HEAD]["key"] > 0:
        find_smallest(calendar, stretch)


@hot
def find_smallest(calendar: Heap, stretch: int) -> None:
    """Look for the smallest entry in the stretches from one on; none lies before it."""
    for ahead in range(stretch, stretch + calendar[MASK]["key"] + 1):
        place = calendar[bucket_of(calendar, ahead)]["key"]
        if place != NOWHERE and stretch_of(calendar, place) == ahead:
            copy_smallest(calendar, place)
            return
    for bucket in range(BUCKETS, bucket_of(calendar, calendar[MASK]["key"]) + 2, 2):
        place = calendar[bucket]["key"]
        if place != NOWHERE and is_earlier(calendar, place, SMALLEST):
            copy_smallest(calendar, place)


def entries_of(calendar: Heap) -> Heap:
    """Return what lies in a calendar, bucket by bucket."""
    places = []
    for bucket in range(BUCKETS, bucket_of(calendar, int(calendar[MASK]["key"])) + 2, 2):
        place = int(calendar[bucket]["key"])
        while place != NOWHERE:
            places.append(place)
            place = int(calendar[place + 1]["key"])
    return calendar[places]
