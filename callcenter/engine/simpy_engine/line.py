"""The line: callers waiting for an agent (rule R5)."""

from __future__ import annotations

from collections import deque
from operator import attrgetter

from simpy import Event

from callcenter.calllog import Outcome


class Call:
    """One call on its way through the hotline; times in seconds since 00:00 of the first day."""

    __slots__ = (
        "connected",
        "ivr_exit",
        "ivr_s",
        "joined",
        "number",
        "outcome",
        "patience",
        "place",
        "pool",
        "talk",
        "tier",
        "wrap_up",
    )

    def __init__(
        self,
        number: int,
        tier: int,
        ivr_s: float,
        ivr_exit: int,
        patience: float,
        talk: float,
        wrap_up: float,
    ) -> None:
        self.number = number
        self.tier = tier
        self.ivr_s = ivr_s
        self.ivr_exit = ivr_exit
        self.patience = patience
        self.talk = talk
        self.wrap_up = wrap_up
        self.joined = 0.0
        self.place: tuple[int, float, int] = (0, 0.0, 0)
        """(priority, joined, order of joining): the smallest is served first."""
        self.connected: Event | None = None
        """While the call waits: triggers when an agent takes it or it leaves the line."""
        self.pool = -1
        """Pool whose agent takes it."""
        self.outcome = Outcome.ANSWERED
        """How it ends, unless it is lost."""


class Line:
    """Waiting calls, one first-come-first-served queue a tier.

    Within a tier the order of joining is the order of service, so only the heads have to be compared.
    Calls that left stay in their queue until they reach its head.
    """

    def __init__(self, priorities: list[int]) -> None:
        self._priorities = priorities
        self._queues: list[deque[Call]] = [deque() for _ in priorities]
        self._joined = 0

    def join(self, call: Call, connected: Event) -> None:
        """Put a call in its place."""
        self._joined += 1
        call.place = (self._priorities[call.tier], call.joined, self._joined)
        call.connected = connected
        self._queues[call.tier].append(call)

    def leave(self, call: Call) -> Event:
        """Take a call off the line and return the event that its caller waits for."""
        connected = call.connected
        assert connected is not None
        call.connected = None
        return connected

    def head(self, tier: int) -> Call | None:
        """Return the call of a tier that has waited longest."""
        queue = self._queues[tier]
        while queue and queue[0].connected is None:
            queue.popleft()
        return queue[0] if queue else None

    def waiting(self) -> list[Call]:
        """Return all waiting calls in the order in which they were created."""
        calls = [call for queue in self._queues for call in queue if call.connected is not None]
        return sorted(calls, key=attrgetter("number"))
