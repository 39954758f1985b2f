"""Waits of one replication: their histogram, and their percentiles without sorting them."""

from __future__ import annotations

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.kernels import hot, inner
from callcenter.measure.counting.book import FINE_BINS, Book
from callcenter.measure.counting.calendar import Records
from callcenter.measure.counting.sorting import sort
from callcenter.measure.waits import QUANTILES, STEPS

SHORTEST = (1023 - 4) << 6
"""Exponent and first six bits of 2**-4, the end of the first fine bin."""

RANKS = 2 * QUANTILES.size


@hot
def keep_wait(waits: Records, fine: Ints, so_far: Records, tier: int, wait: float) -> None:
    """Keep a wait above 0 for the percentiles."""
    number = so_far[0]["waits"]
    waits[number]["wait"] = wait
    waits[number]["tier"] = tier
    fine[tier, fine_bin(waits[number]["bits"])] += 1
    so_far[0]["waits"] = number + 1


@hot
def bin_of(wait: float) -> int:
    """Return the bin of WAIT_EDGES in which a wait lies."""
    bins = 0
    for low, high, step in STEPS:
        if wait <= high:
            return bins + int(np.ceil((wait - low) / step))
        bins += (high - low) // step
    return bins + 1


@hot
def fine_bin(bits: int) -> int:
    """Return the fine bin of a number from its bits: exponent and first bits of the fraction."""
    return min(max((bits >> 46) - SHORTEST, 0), FINE_BINS - 1)


@inner
def wait_points(book: Book, tiers: Records, wait_bins: Ints, points: Floats) -> bool:
    """Fill the POINTS of each tier and of the total, (tiers + 1, points); return whether there was room.

    Only waits of the fine bins in which a percentile lies are sorted.
    """
    total = tiers.size
    for tier in range(total):
        if tiers[tier]["is_member"]:
            for number in range(FINE_BINS):
                book.fine[total, number] += book.fine[tier, number]
    for group in range(total + 1):
        at_once = at_once_of(tiers, wait_bins, group)
        locate(book.fine[group], at_once, book.ranks[group], points[group], book.so_far)
    if book.so_far[0]["picked"] > book.picked.size:
        return False
    pick(book.waits[: book.so_far[0]["waits"]], book.fine, book.picked, tiers)
    for group in range(total + 1):
        interpolate(book.picked, book.ranks[group], points[group])
    return True


@inner
def at_once_of(tiers: Records, wait_bins: Ints, group: int) -> int:
    """Return how many of a tier, or of the total, did not wait at all."""
    if group < tiers.size:
        return wait_bins[group, 0]
    number = 0
    for tier in range(tiers.size):
        if tiers[tier]["is_member"]:
            number += wait_bins[tier, 0]
    return number


@inner
def locate(fine: Ints, at_once: int, ranks: Records, points: Floats, so_far: Records) -> None:
    """Find the bins of the ranks between which each percentile lies; so many waits of no time come first.

    ``points`` is filled with how far the percentile lies on the way from one to the other, nan if there are
    no waits; ``fine`` with where the waits of each bin are to be picked to, plus 1, 0 = nowhere.
    """
    size, number_of_bin, before = at_once + total_of(fine), 0, at_once
    for number in range(RANKS):
        ranks[number]["place"] = NOT_PICKED
        ranks[number]["size"] = 0
        place = QUANTILES[number // 2] * (size - 1)
        points[number // 2] = place - np.floor(place) if size > 0 else np.nan
        rank = min(int(np.floor(place)) + number % 2, size - 1)
        if rank < at_once:
            continue
        if rank < before:
            number_of_bin, before = 0, at_once
        while rank - before >= fine[number_of_bin]:
            before += fine[number_of_bin]
            number_of_bin += 1
        begin = begin_of(ranks, number, number_of_bin)
        if begin == NOT_PICKED:
            begin = so_far[0]["picked"]
            ranks[number]["size"] = fine[number_of_bin]
            so_far[0]["picked"] = begin + fine[number_of_bin]
        ranks[number]["bin"] = number_of_bin
        ranks[number]["begin"] = begin
        ranks[number]["place"] = begin + rank - before
    for number in range(fine.size):
        fine[number] = 0
    for number in range(RANKS):
        if ranks[number]["place"] != NOT_PICKED:
            fine[ranks[number]["bin"]] = ranks[number]["begin"] + 1


NOT_PICKED = -1


@hot
def total_of(counts: Ints) -> int:
    """Add up counts."""
    total = 0
    for count in counts:
        total += count
    return total


@inner
def begin_of(ranks: Records, until: int, number_of_bin: int) -> int:
    """Return where the waits of a bin begin if an earlier rank lies in it."""
    for number in range(until):
        if ranks[number]["place"] != NOT_PICKED and ranks[number]["bin"] == number_of_bin:
            return ranks[number]["begin"]
    return NOT_PICKED


@inner
def pick(waits: Records, fine: Ints, picked: Floats, tiers: Records) -> None:
    """Put the waits of the bins in which a rank lies side by side."""
    for number in range(waits.size):
        waited = waits[number]
        number_of_bin = fine_bin(waited["bits"])
        put(picked, fine[waited["tier"]], number_of_bin, waited["wait"])
        if tiers[waited["tier"]]["is_member"]:
            put(picked, fine[tiers.size], number_of_bin, waited["wait"])


@hot
def put(picked: Floats, places: Ints, number_of_bin: int, wait: float) -> None:
    """Put a wait in its place, if its bin has one."""
    place = places[number_of_bin]
    if place > 0:
        picked[place - 1] = wait
        places[number_of_bin] = place + 1


@inner
def interpolate(picked: Floats, ranks: Records, points: Floats) -> None:
    """Turn how far each percentile lies on its way from one rank to the next into the percentile."""
    for number in range(RANKS):
        if ranks[number]["size"] > 0:
            sort(picked[ranks[number]["begin"] : ranks[number]["begin"] + ranks[number]["size"]])
    for number in range(points.size):
        if not np.isnan(points[number]):
            low = wait_at(picked, ranks[2 * number]["place"])
            high = wait_at(picked, ranks[2 * number + 1]["place"])
            points[number] = low + (high - low) * points[number]


@hot
def wait_at(picked: Floats, place: int) -> float:
    """Return the wait of a rank: none at all where nothing was picked."""
    return 0.0 if place == NOT_PICKED else picked[place]


@inner
def sorted_points(values: Floats, points: Floats) -> None:
    """Fill the POINTS of sorted values."""
    for number in range(points.size):
        place = QUANTILES[number] * (values.size - 1)
        below = int(np.floor(place))
        if values.size == 0:
            points[number] = np.nan
        else:
            low, high = values[below], values[min(below + 1, values.size - 1)]
            points[number] = low + (high - low) * (place - below)
