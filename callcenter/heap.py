"""A binary heap of (time, key) in one array of records; entry 0 holds the size, entry 1 is the smallest."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from callcenter.kernels import kernel

Heap = npt.NDArray[np.void]
ENTRY = np.dtype([("time", np.float64), ("key", np.int64)])
LATEST = int(np.iinfo(np.int64).max)


def new_heap(capacity: int) -> Heap:
    """Return an empty heap: its smallest entry is later than any other."""
    heap: Any = np.empty(capacity + 3, ENTRY)
    heap[0]["time"] = 0.0
    empty(heap)
    return heap


@kernel
def empty(heap: Heap) -> None:
    """Take everything out of a heap."""
    heap[0]["key"] = 0
    heap[1]["time"] = np.inf
    heap[1]["key"] = LATEST


@kernel
def push(heap: Heap, time: float, key: int) -> None:
    """Add an entry."""
    size = heap[0]["key"] + 1
    heap[0]["key"] = size
    rise(heap, size, time, key)


@kernel
def rise(heap: Heap, at: int, time: float, key: int) -> None:
    """Put an entry where a hole is, or above."""
    while at > 1:
        above = heap[at >> 1]
        if above["time"] < time or (above["time"] == time and above["key"] < key):
            break
        heap[at]["time"] = above["time"]
        heap[at]["key"] = above["key"]
        at >>= 1
    heap[at]["time"] = time
    heap[at]["key"] = key


@kernel
def pop(heap: Heap) -> None:
    """Remove the smallest entry: the hole sinks to the bottom, and the last entry rises from there.

    The smaller child is chosen by arithmetic: the processor would mispredict a branch half of the time.
    """
    size = heap[0]["key"]
    time, key = heap[size]["time"], heap[size]["key"]
    heap[size]["time"] = np.inf
    heap[0]["key"] = size - 1
    at, below = 1, 2
    while below < size:
        left, right = heap[below], heap[below + 1]
        below += (right["time"] < left["time"]) | (
            (right["time"] == left["time"]) & (right["key"] < left["key"])
        )
        heap[at]["time"] = heap[below]["time"]
        heap[at]["key"] = heap[below]["key"]
        at, below = below, 2 * below
    if size > 1:
        rise(heap, at, time, key)


def entries_of(heap: Heap) -> Heap:
    """Return what lies in a heap."""
    return heap[1 : int(heap[0]["key"]) + 1]
