"""Small hotlines that miss their promise for one evident reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from callcenter.scenario import Scenario, load

INTERVALS = 16
"""08:00 to 16:00 by half-hours."""

PLAIN: dict[str, Any] = {
    "name": "plain",
    "seed": 11,
    "day": {"open": "08:00", "close": "16:00", "interval": "30 min"},
    "demand": {"calls": 120},
    "tiers": {
        "caller": {
            "priority": 1,
            "target": {"within": "20 s", "share": "80%"},
            "patience": {"exponential": "2 min"},
            "talk": {"exponential": "3 min"},
        }
    },
    "pools": {"desk": {"serves": ["caller"], "agents": 16}},
}
"""12 Erlang and 16 agents: everything is in order."""


def hotline(changes: Mapping[str, object] | None = None) -> Scenario:
    """Return the plain hotline, changed."""
    return load(PLAIN).with_(changes or {})


def agents(usual: int, **others: int) -> list[int]:
    """Return agents by interval: so many, and others in the intervals named `at_8` and so on."""
    return [others.get(f"at_{place}", usual) for place in range(INTERVALS)]


TWO_TIERS: dict[str, object] = {
    "demand": {"calls": 120, "mix": {"caller": "10%", "vip": "90%"}},
    "tiers.vip": {"priority": 0, "patience": {"exponential": "2 min"}, "talk": {"exponential": "3 min"}},
    "pools.desk.serves": ["caller", "vip"],
}
"""Nine of ten callers are VIPs, who go first."""
