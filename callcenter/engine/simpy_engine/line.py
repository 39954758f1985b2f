"""The line: callers waiting for an agent (rule R5)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from operator import attrgetter

from simpy import Event

from callcenter.calllog import Kind, Outcome
from callcenter.demand import AGAIN, MOVED, RETURNED, Origin
from callcenter.engine.floorplan import ServingPlan, TierPlan
from callcenter.engine.simpy_engine.desks import Desk
from callcenter.engine.simpy_engine.jobs import Job


class Call:
    """One call on its way through the hotline; times in seconds since 00:00 of the first day."""

    __slots__ = (
        "accepts",
        "came_about",
        "connected",
        "desk",
        "holds_line",
        "in_hand",
        "ivr_exit",
        "ivr_s",
        "job",
        "joined",
        "number",
        "outcome",
        "owed",
        "patience",
        "place",
        "pool",
        "redial_after",
        "redials",
        "repeat_after",
        "repeats",
        "silent_s",
        "stage",
        "talk",
        "tier",
        "transfer_to",
        "transferred",
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
        owed: bool,
        accepts: bool,
        redials: int = 0,
        redial_after: float = 0.0,
        repeats: bool = False,
        repeat_after: float = 0.0,
        transfer_to: int = -1,
    ) -> None:
        self.number = number
        """Of a first call its row of the call tape; those that follow are numbered on as they come about."""
        self.came_about: Origin | None = None
        """How a call that follows another came about."""
        self.tier = tier
        self.ivr_s = ivr_s
        self.ivr_exit = ivr_exit
        self.patience = patience
        self.talk = talk
        self.wrap_up = wrap_up
        self.owed = owed
        self.accepts = accepts
        self.redials = redials
        self.redial_after = redial_after
        self.repeats = repeats
        self.repeat_after = repeat_after
        self.transfer_to = transfer_to
        self.transferred = False
        """Comes from another agent, not from outside."""
        self.silent_s = 0.0
        """How long it holds a place, if its customer has left without a word."""
        self.holds_line = False
        """Holds one of a limited number of trunk lines."""
        self.joined = 0.0
        self.stage = 0
        """How often it was escalated."""
        self.place: tuple[int, float, int] = (0, 0.0, 0)
        """(priority, joined - head start, order of joining): the smallest is served first, see `place_in`."""
        self.connected: Event | None = None
        """While the call waits: triggers when an agent takes it or it leaves the line."""
        self.job: Job | None = None
        """The callback that keeps the place of the call in the line (R21)."""
        self.pool = -1
        """Pool whose agent takes it."""
        self.desk: Desk | None = None
        """The agent who takes it, if agents handle several contacts of its tier at once."""
        self.in_hand = 0
        """Contacts that its agent already had in hand."""
        self.outcome = Outcome.ANSWERED
        """How it ends, unless it is lost."""

    @property
    def origin(self) -> Origin:
        """How it came about; a first call makes a customer."""
        return self.came_about or Origin(self.number, 0, self.number)


class Line:
    """Waiting calls, one first-come-first-served queue for each tier and stage of escalation.

    Within a queue the order of joining is the order of service, so only the heads have to be compared.
    Calls that left stay in their queue until they reach its head.
    """

    def __init__(self, plan: TierPlan, serving: ServingPlan) -> None:
        self._priorities: list[list[int]] = plan.stage_priority.tolist()
        self._ranks: list[list[list[int]]] = serving.priority.tolist()
        self._head_start: list[float] = plan.head_start.tolist()
        self._queues: list[list[deque[Call]]] = [[deque() for _ in stages] for stages in self._priorities]
        self._joined = 0
        self.waiting_in = [0] * len(self._queues)
        """Calls that wait, by tier."""
        self.length = 0
        """Calls that wait."""

    def join(self, call: Call, connected: Event) -> None:
        """Put a call in its place."""
        call.place = self.place_of(call)
        self._joined += 1
        self.waiting_in[call.tier] += 1
        self.length += 1
        call.connected = connected
        self._queues[call.tier][0].append(call)

    def place_of(self, call: Call) -> tuple[int, float, int]:
        """R5: return the place of a call that joins now."""
        return (self._priorities[call.tier][0], call.joined - self._head_start[call.tier], self._joined + 1)

    def place_in(self, pool: int, call: Call) -> tuple[int, float, int]:
        """R5c: return the place of a call among those that a pool may take."""
        _, since, order = call.place if call.connected else self.place_of(call)
        return self._ranks[pool][call.tier][call.stage], since, order

    def escalate(self, call: Call) -> None:
        """R5a: a waiting call moves on to the next stage of its tier."""
        call.stage += 1
        call.place = (self._priorities[call.tier][call.stage], *call.place[1:])
        self._queues[call.tier][call.stage].append(call)

    def leave(self, call: Call) -> Event:
        """Take a call off the line and return the event that its caller waits for."""
        connected = call.connected
        assert connected is not None
        call.connected = None
        self.waiting_in[call.tier] -= 1
        self.length -= 1
        return connected

    def heads(self, tier: int) -> Iterator[Call]:
        """Yield the calls of a tier that may be next: of each stage the one that has waited longest."""
        for stage, queue in enumerate(self._queues[tier]):
            while queue and (queue[0].connected is None or queue[0].stage != stage):
                queue.popleft()
            if queue:
                yield queue[0]

    def calls_of(self, tier: int) -> Iterator[Call]:
        """Yield all waiting calls of a tier."""
        for stage, queue in enumerate(self._queues[tier]):
            yield from (call for call in queue if call.connected is not None and call.stage == stage)

    def waiting(self) -> list[Call]:
        """Return all waiting calls in the order of their numbers."""
        calls = (call for tier in range(len(self._queues)) for call in self.calls_of(tier))
        return sorted(calls, key=attrgetter("number"))


def step_to(kind: Kind) -> int:
    """Return the way from a call to one of this kind that follows it."""
    return {Kind.TRANSFER: MOVED, Kind.RETURN: RETURNED}.get(kind, AGAIN)
