"""Random streams keyed by name, so that nothing but its own name decides what a stream gives (rule R2)."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np


def stream(seed: int, replication: int, tier: str, purpose: str) -> np.random.Generator:
    """Return the random stream of one tier and purpose in one replication.

    The key holds names, never positions: a tier, pool or scenario point that is added moves no other stream.
    ``tier`` is empty for what all tiers share.  Source: NumPy ``SeedSequence`` spawn keys.
    """
    digest = blake2b(f"{tier}\0{purpose}".encode(), digest_size=8).digest()
    key = (replication, int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little"))
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
