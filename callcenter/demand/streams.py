"""Random streams keyed by name, so that nothing but its own name decides what a stream gives (rule R2).

A stream is a row of four words: the state of xoshiro256++ (Blackman and Vigna 2021), set by Threefry-4x64-20
(Salmon et al. 2011) from its key, in less time than it takes to draw twenty numbers.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats, Record, Records
from callcenter.kernels import hot, inner, kernel

Words = npt.NDArray[np.uint64]
Word = np.uint64
STATE = np.dtype([(name, Word) for name in "abcd"])
State = Record
States = Records

_ROTATIONS = np.array(
    [[14, 16], [52, 57], [23, 40], [5, 37], [25, 33], [46, 12], [58, 22], [32, 32]], np.uint64
)
_PARITY = Word(0x1BD11BDAA9FC1A22)
_BITS, _SHIFT, _ROTATION, _DROPPED = Word(64), Word(17), Word(45), Word(11)
_FIRST_ROTATION = Word(23)


def name_of(tier: str, purpose: str) -> Words:
    """Return two words that stand for a tier and a purpose; ``tier`` is empty for what all tiers share.

    Names, never positions: a tier, pool or scenario point that is added moves no other stream.
    """
    return np.frombuffer(blake2b(f"{tier}\0{purpose}".encode(), digest_size=16).digest(), "<u8").astype(Word)


def key_of(seed: int, replication: int) -> Words:
    """Return three words: two that stand for a seed of any size, and the replication."""
    size = max(16, (seed.bit_length() + 7) // 8)
    digits = seed.to_bytes(size, "little")
    words = digits if size == 16 else blake2b(digits, digest_size=16).digest()
    return np.array([*np.frombuffer(words, "<u8"), replication], Word)


@inner
def rotated(word: Word, places: Word) -> Word:
    """Rotate a word to the left."""
    return (word << places) | (word >> (_BITS - places))


@kernel
def threefry(key: Words, name: Words, b: Word, c: Word, d: Word, state: State) -> None:
    """Encrypt four words, the replication and three others: 20 rounds, after every fourth the key anew."""
    a, last = key[2], _PARITY ^ key[0] ^ key[1] ^ name[0] ^ name[1]
    keys = (key[0], key[1], name[0], name[1], last)
    a, b, c, d = a + keys[0], b + keys[1], c + keys[2], d + keys[3]
    for block in range(5):
        for turn in range(0, 4, 2):
            row = 4 * (block & 1) + turn
            a, c = a + b, c + d
            b, d = rotated(b, _ROTATIONS[row, 0]) ^ a, rotated(d, _ROTATIONS[row, 1]) ^ c
            a, c = a + d, c + b
            d, b = rotated(d, _ROTATIONS[row + 1, 0]) ^ a, rotated(b, _ROTATIONS[row + 1, 1]) ^ c
        a += keys[(block + 1) % 5]
        b += keys[(block + 2) % 5]
        c += keys[(block + 3) % 5]
        d += keys[(block + 4) % 5] + Word(block + 1)
    state["a"], state["b"], state["c"], state["d"] = a, b, c, d


@hot
def next_word(state: State) -> Word:
    """Return the next 64 bits of a stream."""
    total = state["a"] + state["d"]
    word = ((total << _FIRST_ROTATION) | (total >> (_BITS - _FIRST_ROTATION))) + state["a"]
    shifted = state["b"] << _SHIFT
    state["c"] ^= state["a"]
    state["d"] ^= state["b"]
    state["b"] ^= state["c"]
    state["a"] ^= state["d"]
    state["c"] ^= shifted
    state["d"] = (state["d"] << _ROTATION) | (state["d"] >> (_BITS - _ROTATION))
    return word


@kernel
def uniform(state: State) -> float:
    """Draw from [0, 1): 53 bits."""
    return float(np.int64(next_word(state) >> _DROPPED)) * 2.0**-53


@kernel
def _fill(states: States, out: Floats) -> None:
    for place in range(out.size):
        out[place] = uniform(states[0])


def stream(seed: int, replication: int, tier: str, purpose: str) -> States:
    """Return the stream of one tier and purpose in one replication, at its beginning and by itself."""
    states: Any = np.empty(1, STATE)
    none = Word(0)
    with np.errstate(over="ignore"):
        threefry(key_of(seed, replication), name_of(tier, purpose), none, none, none, states[0])
    return states


def uniforms(seed: int, replication: int, tier: str, purpose: str, size: int) -> Floats:
    """Return the first so many uniform numbers of a stream."""
    drawn, states = np.empty(size), stream(seed, replication, tier, purpose)
    with np.errstate(over="ignore"):
        _fill(states, drawn)
    return drawn
