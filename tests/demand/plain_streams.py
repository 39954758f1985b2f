"""The streams once more in whole numbers of Python, as their authors describe them."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

MASK = 2**64 - 1
ROTATIONS = [(14, 16), (52, 57), (23, 40), (5, 37), (25, 33), (46, 12), (58, 22), (32, 32)]


def rotated(word: int, places: int) -> int:
    """Rotate 64 bits to the left."""
    return (word << places | word >> (64 - places)) & MASK


def threefry(key: list[int], counter: list[int]) -> list[int]:
    """Threefry-4x64-20 of Salmon, Moraes, Dror and Shaw (2011)."""
    parity = 0x1BD11BDAA9FC1A22
    for word in key:
        parity ^= word
    keys = [*key, parity]
    x = [(c + k) & MASK for c, k in zip(counter, keys, strict=False)]
    for turn in range(20):
        for left, right, places in zip((0, 2), (1, 3), ROTATIONS[turn % 8], strict=True):
            if turn % 2:
                right = 4 - right
            x[left] = (x[left] + x[right]) & MASK
            x[right] = rotated(x[right], places) ^ x[left]
        if turn % 4 == 3:
            block = turn // 4 + 1
            x = [(word + keys[(block + i) % 5]) & MASK for i, word in enumerate(x)]
            x[3] = (x[3] + block) & MASK
    return x


def words(state: list[int]) -> Iterator[int]:
    """xoshiro256++ of Blackman and Vigna (2021)."""
    a, b, c, d = state
    while True:
        yield (rotated((a + d) & MASK, 23) + a) & MASK
        shifted = b << 17 & MASK
        c, d = c ^ a, d ^ b
        b, a = b ^ c, a ^ d
        c, d = c ^ shifted, rotated(d, 45)


def uniforms(seed: int, replication: int, tier: str, purpose: str, *more: int) -> Iterator[float]:
    """Yield the numbers of the stream of a tier and purpose; ``more`` words come after the replication."""
    name = blake2b(f"{tier}\0{purpose}".encode(), digest_size=16).digest()
    key = [seed & MASK, seed >> 64, *(int.from_bytes(half, "little") for half in (name[:8], name[8:]))]
    for word in words(threefry(key, [replication, *more, 0, 0, 0][:4])):
        yield (word >> 11) / 2**53
