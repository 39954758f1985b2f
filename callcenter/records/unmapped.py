"""Words of a log that no rule of a map knows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Unmapped:
    """Words that no rule knows, with how often they came."""

    outcomes: Counter[str] = field(default_factory=Counter)
    queues: Counter[str] = field(default_factory=Counter)
