"""The back office's list of callback jobs (rule R11)."""

from __future__ import annotations

import heapq
import math
from bisect import bisect_right
from typing import TYPE_CHECKING

from callcenter.calllog import JobOutcome
from callcenter.demand import Callback
from callcenter.engine.floorplan import FloorPlan

if TYPE_CHECKING:
    from callcenter.engine.simpy_engine.line import Call


class Job:
    """A call owed to a customer who was not connected; times in seconds since 00:00 of the first day."""

    __slots__ = (
        "attempt_end",
        "attempts",
        "created",
        "customer",
        "due",
        "ended",
        "first_attempt",
        "number",
        "outcome",
        "place",
        "pool",
        "row",
        "tier",
        "what",
    )

    def __init__(self, number: int, tier: int, customer: int, created: float, due: float) -> None:
        self.number = number
        """Number of the lost call."""
        self.tier = tier
        self.customer = customer
        """Row of the customer's first call."""
        self.what: Callback | None = None
        """What becomes of it, drawn when an agent dials."""
        self.place: Call | None = None
        """The call whose place in the line it keeps (R21)."""
        self.created = created
        self.due = due
        self.row = -1
        """Row of the callback log."""
        self.attempts = 0
        self.first_attempt = self.ended = math.nan
        self.attempt_end = -math.inf
        """When the latest attempt is over for its agent."""
        self.outcome = JobOutcome.PENDING
        self.pool = -1
        """Pool whose agent dials."""

    def give_up_place(self) -> None:
        """R21: it keeps no place in the line any more, if it did."""
        if self.place is not None:
            self.place.connected = None
            self.place = None


class JobList:
    """Jobs that may be worked now, in the order that the scenario asks for."""

    def __init__(self, plan: FloorPlan) -> None:
        self._heap: list[tuple[float, float, int, Job]] = []
        self.dial_until = -math.inf
        """End of the calling hours that have begun."""
        self._order = plan.office.order
        self._priority: list[int] = plan.tiers.stage_priority[:, 0].tolist()
        self._starts: list[float] = plan.office.window_start.tolist()
        self._ends: list[float] = plan.office.window_end.tolist()

    def add(self, job: Job) -> None:
        """Put a job in its place; ties go to the call that was created first."""
        heapq.heappush(self._heap, (*self._place(job), job.number, job))

    def _place(self, job: Job) -> tuple[float, float]:
        if self._order == "tier":
            return self._priority[job.tier], job.due
        return (job.due if self._order == "due" else job.created), 0.0

    def next_time(self, at: float) -> float | None:
        """Return the first moment from ``at`` on at which callbacks may be dialled, None if there is none."""
        if self.hours_end(at) is not None:
            return at
        window = bisect_right(self._starts, at) - 1
        return self._starts[window + 1] if window + 1 < len(self._starts) else None

    def hours_end(self, now: float) -> float | None:
        """Return when the calling hours that have begun end, None outside them."""
        window = bisect_right(self._starts, now) - 1
        return self._ends[window] if window >= 0 and now < self._ends[window] else None

    def may_dial(self, now: float) -> bool:
        """Whether a job is listed and the calling hours last."""
        while self._heap and self._heap[0][3].outcome is not JobOutcome.PENDING:
            heapq.heappop(self._heap)
        return bool(self._heap) and now < self.dial_until

    def take(self) -> Job:
        """Take the first job off the list."""
        return heapq.heappop(self._heap)[3]
