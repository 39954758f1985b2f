"""Markov chains solved exactly: the long run, and a spell of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import expm_multiply, spsolve

from callcenter.arrays import Floats

State = tuple[int, ...]
Move = tuple[State, float]
Moves = Callable[[State], Iterator[Move]]
"""The states that may follow a state, each with its rate; a state may be named twice."""


class Flow(NamedTuple):
    """A chain: its states, one row each, and the rates from column to row; columns add up to 0."""

    states: Floats
    matrix: Any


def flow(starts: Iterable[State], moves: Moves) -> Flow:
    """Find every state that can be reached and write down the rates."""
    numbers = {state: number for number, state in enumerate(starts)}
    pending, entries = list(numbers), []
    for source in pending:
        for target, rate in moves(source):
            if target not in numbers:
                numbers[target] = len(pending)
                pending.append(target)
            entries.append((numbers[target], numbers[source], rate))
    rows, columns, rates = zip(*entries, strict=True)
    matrix = sparse.coo_array((rates, (rows, columns)), shape=(len(pending), len(pending))).tocsc()
    return Flow(np.array(pending, dtype=np.float64), matrix - sparse.diags_array(matrix.sum(axis=0)))


def long_run(chain: Flow) -> Floats:
    """Chance of each state in the long run."""
    # The first state is given the weight 1, and its balance is implied by that of the others.
    matrix = chain.matrix
    others = spsolve(matrix[1:, 1:].tocsc(), -matrix[1:, [0]].toarray()[:, 0])
    weights = np.concatenate([[1.0], others])
    chances: Floats = weights / weights.sum()
    return chances


class Spell(NamedTuple):
    """What a spell of constant rates does to the chances of the states."""

    after: Floats
    spent: Floats
    """Expected seconds in each state."""


def spell(chain: Flow, chances: Floats, seconds: float) -> Spell:
    """Follow the chain for so many seconds.

    Chances and their integral come from one matrix exponential: Van Loan (1978), IEEE TAC 23.
    """
    size = chances.size
    nothing = sparse.csc_array((size, size))
    block = sparse.block_array([[chain.matrix, nothing], [sparse.eye_array(size), nothing]], format="csc")
    result = expm_multiply(block * seconds, np.concatenate([chances, np.zeros(size)]))
    return Spell(result[:size], result[size:])
