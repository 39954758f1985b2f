"""Desks: agents who have several contacts in hand at once (rule R17)."""

from __future__ import annotations

from operator import attrgetter


class Desk:
    """The desk of an agent who handles contacts of a tier with ``concurrency``."""

    __slots__ = ("contacts", "number", "pool", "since", "tier")

    def __init__(self, pool: int, number: int) -> None:
        self.pool = pool
        self.number = number
        self.tier = -1
        self.contacts = 0
        """In hand; 0 = nobody sits here."""
        self.since = 0.0
        """When the agent took the first of those in hand."""


class Desks:
    """The desks of all pools; the lowest free number is taken first."""

    def __init__(self, pools: int, concurrency: list[int]) -> None:
        self._desks: list[list[Desk]] = [[] for _ in range(pools)]
        self._concurrency = concurrency
        self.sessions: list[tuple[int, float, float]] = []
        """(pool, start, end) of each spell in which an agent had contacts in hand."""

    def sit_down(self, pool: int, tier: int, now: float) -> Desk:
        """An idle agent takes a first contact."""
        desk = next((desk for desk in self._desks[pool] if not desk.contacts), None)
        if desk is None:
            desk = Desk(pool, len(self._desks[pool]))
            self._desks[pool].append(desk)
        desk.tier, desk.contacts, desk.since = tier, 1, now
        return desk

    def with_place(self, pool: int) -> list[Desk]:
        """Return the desks at which another contact finds a place, those with fewest in hand first."""
        open_desks = [desk for desk in self._desks[pool] if 0 < desk.contacts < self._concurrency[desk.tier]]
        return sorted(open_desks, key=attrgetter("contacts"))

    def done(self, desk: Desk, now: float) -> bool:
        """A contact is over; return whether it was the last in hand."""
        desk.contacts -= 1
        if desk.contacts:
            return False
        self.sessions.append((desk.pool, desk.since, now))
        return True
