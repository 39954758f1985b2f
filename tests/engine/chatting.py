"""A small hotline for chat and phone calls."""

from __future__ import annotations

from typing import Any

from tests.engine.timeline import Caller, Day, hotline, tier


def chatting(
    agents: Any = 1, concurrency: int = 3, slow_down: float = 0.0, **sections: Any
) -> dict[str, Any]:
    """Return a hotline for chat and phone calls, the calls first."""
    chat = tier(1, channel="chat", concurrency=concurrency, slow_down=slow_down)
    base = hotline(
        tiers={"vip": tier(0), "chat": chat},
        pools={"desk": {"serves": ["vip", "chat"], "agents": agents}},
    )
    return base | sections


def chat(arrived: float, talk: float = 100.0, **keys: Any) -> Caller:
    """Return a customer who writes."""
    return Caller("chat", arrived, talk=talk, **keys)


def sessions(day: Day) -> list[tuple[int, float, float]]:
    """Return who was busy with chats, from when to when: (pool, start, end)."""
    log = day.log.sessions
    rows = zip(log.pool.tolist(), log.start.tolist(), log.end.tolist(), strict=True)
    return sorted(rows, key=lambda row: (row[1], row[0], row[2]))
