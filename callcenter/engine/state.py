"""A hotline at a moment: what has happened so far and who is inside, as far as an engine goes on from it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Ints
from callcenter.calllog import CallbackLog, JobOutcome, Outcome, SessionLog
from callcenter.demand import CallTape
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.ledger import Ledger
from callcenter.language import gettext as _

NOBODY = -1


class Desks(NamedTuple):
    """Agents who may have several contacts in hand (rule R17): those who have any."""

    pool: Ints
    number: Ints
    contacts: Ints
    tier: Ints
    since: Floats
    """When the agent took the first of those in hand."""


class State(NamedTuple):
    """What has happened before a moment; of what happens at it and later only what is settled by then.

    Settled are the ends of talk and wrap-up of the calls that agents have in hand, of attempts to call back
    and of breaks.  Seconds since 00:00 of the first day, ``nan`` = not yet.
    """

    at: float
    firsts: int
    """First calls so far: the rows of the call tape before the moment."""
    ledger: Ledger
    """First calls as on the tape, then those that follow, in the order in which they came about: made
    already or still to be made."""
    due: Floats
    """Of each row: when a call that is still to be made will be made."""
    desk: Ints
    """Of each row: the desk of the agent, where several contacts may be in hand."""
    callbacks: CallbackLog
    """Callback jobs and attempts so far; ``call`` is a row of this ledger."""
    desks: Desks
    sessions: SessionLog
    """Of contacts side by side, as far as they are over."""
    breaks: SessionLog
    """Unscheduled breaks that have begun, those that last first."""
    break_after: Ints
    """Rows of the calls after which the agents went who are on these."""
    silences: SessionLog
    """Places held in vain (rule R10a), those that are held still first."""
    held: Ints
    """Rows of the contacts that hold these."""
    silent_s: Floats
    """Of each row: how long it will hold a place, if it seems to wait and its customer has gone; else 0."""

    @property
    def in_line(self) -> Ints:
        """Rows of the callers who wait, in order of joining; those left out who have hung up."""
        return joined_in_order(self.ledger, np.isfinite(self.ledger.joined) & self.is_open)

    @property
    def is_open(self) -> Flags:
        """Of each row: whether the call was made and has not ended, nor is it with an agent."""
        is_open: Flags = (self.ledger.outcome == Outcome.OPEN) & np.isfinite(self.ledger.arrived)
        return is_open

    @property
    def with_agent(self) -> Ints:
        """Rows of the calls that agents have in hand: they talk or wrap up."""
        return np.flatnonzero((self.ledger.outcome == Outcome.ANSWERED) & (self.ledger.released >= self.at))

    def keeps_place(self, plan: FloorPlan) -> Flags:
        """Return for each callback job whether it keeps a place in the line (rule R21)."""
        jobs, windows = self.callbacks, plan.office
        window = np.searchsorted(windows.window_start, jobs.created, side="right") - 1
        ends = np.append(windows.window_end, -np.inf)[window]
        keeps: Flags = (
            self.was_kept(plan)
            & (jobs.outcome == JobOutcome.PENDING)
            & (jobs.attempts == 0)
            & (ends >= self.at)
        )
        return keeps

    def was_kept(self, plan: FloorPlan) -> Flags:
        """Return for each callback job whether it began with a place in the line (rule R21)."""
        jobs, windows = self.callbacks, plan.office
        window = np.searchsorted(windows.window_start, jobs.created, side="right") - 1
        in_hours = jobs.created < np.append(windows.window_end, -np.inf)[window]
        diverted = self.ledger.outcome[jobs.call] == Outcome.DIVERTED
        kept: Flags = in_hours & diverted & plan.tiers.keeps_place[jobs.tier]
        return kept

    def line(self, plan: FloorPlan) -> Ints:
        """Return the rows of all who have a place in the line, in order of joining."""
        stands = np.isfinite(self.ledger.joined) & (self.is_open | (self.silent_s > 0))
        stands[self.callbacks.call[self.keeps_place(plan)]] = True
        return joined_in_order(self.ledger, stands)

    def last_attempt(self) -> tuple[Ints, Floats, Floats]:
        """Return pool, start and end of the last attempt of each callback job."""
        jobs = self.callbacks
        pool = np.full(jobs.call.size, NOBODY, np.int64)
        start, end = np.full(jobs.call.size, -np.inf), np.full(jobs.call.size, -np.inf)
        pool[jobs.attempt_job] = jobs.attempt_pool  # of one job the later ones come last
        start[jobs.attempt_job], end[jobs.attempt_job] = jobs.attempt_start, jobs.attempt_end
        return pool, start, end

    def workable_from(self, plan: FloorPlan) -> Floats:
        """Return from when on each callback job may be worked next; inf = never, or it is being worked."""
        jobs, windows = self.callbacks, plan.office
        _pool, _start, end = self.last_attempt()
        window = np.searchsorted(windows.window_start, jobs.created, side="right") - 1
        lapsed = np.append(windows.window_end, -np.inf)[window]
        earliest = np.where(self.was_kept(plan), lapsed, jobs.created)
        earliest = np.where(jobs.attempts > 0, end + plan.office.retry_after, earliest)
        following = np.searchsorted(windows.window_end, earliest, side="right")
        begins = np.append(windows.window_start, np.inf)[following]
        waits = (jobs.outcome == JobOutcome.PENDING) & ~self.keeps_place(plan) & (end < self.at)
        return np.where(waits, np.maximum(earliest, begins), np.inf)

    def refuse_other(self, tape: CallTape) -> None:
        """Raise ValueError if a tape does not begin with the first calls of this state."""
        arrived = tape.arrived
        if (
            arrived.size < self.firsts
            or not np.array_equal(arrived[: self.firsts], self.ledger.arrived[: self.firsts])
            or np.any(arrived[self.firsts :] < self.at)
        ):
            raise ValueError(_("the call tape does not begin with the calls of the state to go on from"))


def joined_in_order(ledger: Ledger, which: Flags) -> Ints:
    """Return the rows of some calls in order of joining: of one instant the call that came about first."""
    rows = np.flatnonzero(which)
    return rows[np.argsort(ledger.joined[rows], kind="stable")]
