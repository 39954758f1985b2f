"""Numbers of the standard laws: exponential and normal by ziggurat, gamma by Marsaglia and Tsang (2000)."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from callcenter.arrays import Floats
from callcenter.demand.streams import State, Word, next_word, uniform
from callcenter.kernels import inner, kernel

LAYERS = 256
EXPONENTIAL_TAIL, NORMAL_TAIL = 7.69711747013104972, 3.6541528853610088
"""Where the lowest layer goes over into the tail, so that all layers have the same area."""


def edges_of_layers(
    tail: float, area: float, density: Callable[[float], float], place: Callable[[float], float]
) -> Floats:
    """Return how far each layer of equal area reaches, the lowest first, and 0 above the last.

    The lowest holds the tail, as if it were a rectangle.
    Sources: Marsaglia and Tsang (2000), "The ziggurat method"; Doornik (2005).
    """
    edges = [area / density(tail), tail]
    while len(edges) < LAYERS:
        edges.append(place(area / edges[-1] + density(edges[-1])))
    return np.array([*edges, 0.0])


def _exponential_edges() -> Floats:
    area = (EXPONENTIAL_TAIL + 1) * math.exp(-EXPONENTIAL_TAIL)
    return edges_of_layers(EXPONENTIAL_TAIL, area, lambda x: math.exp(-x), lambda y: -math.log(y))


def _normal_edges() -> Floats:
    beyond = math.sqrt(math.pi / 2) * math.erfc(NORMAL_TAIL / math.sqrt(2))
    area = NORMAL_TAIL * math.exp(-(NORMAL_TAIL**2) / 2) + beyond
    return edges_of_layers(
        NORMAL_TAIL, area, lambda x: math.exp(-x * x / 2), lambda y: math.sqrt(-2 * math.log(y))
    )


EXPONENTIAL_EDGES, NORMAL_EDGES = _exponential_edges(), _normal_edges()
_EXPONENTIAL_HEIGHTS, _NORMAL_HEIGHTS = np.exp(-EXPONENTIAL_EDGES), np.exp(-(NORMAL_EDGES**2) / 2)
_EXPONENTIAL_INSIDE, _NORMAL_INSIDE = (edges[1:] / edges[:-1] for edges in (EXPONENTIAL_EDGES, NORMAL_EDGES))
"""The part of each layer that lies below the curve over its whole height."""

_LAYER, _DROPPED = Word(LAYERS - 1), Word(11)


@kernel
def exponential(state: State) -> float:
    """Draw from the exponential law of mean 1."""
    while True:
        word = next_word(state)
        layer = np.int64(word & _LAYER)
        part = float(np.int64(word >> _DROPPED)) * 2.0**-53
        time = part * EXPONENTIAL_EDGES[layer]
        if part < _EXPONENTIAL_INSIDE[layer]:
            return time
        if layer == 0:
            return EXPONENTIAL_TAIL - np.log1p(-uniform(state))
        low, high = _EXPONENTIAL_HEIGHTS[layer], _EXPONENTIAL_HEIGHTS[layer + 1]
        if low + uniform(state) * (high - low) < np.exp(-time):
            return time


@kernel
def normal(state: State) -> float:
    """Draw from the standard normal law."""
    while True:
        word = next_word(state)
        layer = np.int64(word & _LAYER)
        part = float(np.int64(word >> _DROPPED)) * 2.0**-52 - 1.0
        number = part * NORMAL_EDGES[layer]
        if abs(part) < _NORMAL_INSIDE[layer]:
            return number
        if layer == 0:
            return _beyond(state) if part > 0.0 else -_beyond(state)
        low, high = _NORMAL_HEIGHTS[layer], _NORMAL_HEIGHTS[layer + 1]
        if low + uniform(state) * (high - low) < np.exp(-0.5 * number * number):
            return number


@inner
def _beyond(state: State) -> float:
    """Draw from the tail of the normal law.  Source: Marsaglia (1964)."""
    while True:
        more = -np.log1p(-uniform(state)) / NORMAL_TAIL
        if -2.0 * np.log1p(-uniform(state)) > more * more:
            return NORMAL_TAIL + more


@kernel
def gamma(state: State, shape: float) -> float:
    """Draw from the gamma law of a shape and scale 1; below shape 1 that of shape + 1, times a power."""
    factor = 1.0
    if shape < 1.0:
        factor = uniform(state) ** (1.0 / shape)
        shape += 1.0
    middle = shape - 1.0 / 3.0
    spread = 1.0 / np.sqrt(9.0 * middle)
    while True:
        number = normal(state)
        root = 1.0 + spread * number
        if root <= 0.0:
            continue
        cube = root * root * root
        chosen = 1.0 - uniform(state)
        if np.log(chosen) < 0.5 * number * number + middle * (1.0 - cube + np.log(cube)):
            return factor * middle * cube
