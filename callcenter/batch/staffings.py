"""Many staffings of one scenario on the same callers: a search tries thousands of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.batch.batch import Batch
from callcenter.batch.held import Held
from callcenter.batch.replicating import Callers, Rosters
from callcenter.batch.trying import COUNTS, Sheet, try_staffings
from callcenter.batch.workspace import made, shared, starters
from callcenter.engine.floorplan import DayPlan, day_plan
from callcenter.measure.cells import Cells, cells_of
from callcenter.measure.counting.book import book_with
from callcenter.measure.counting.definitions import rostered_seconds
from callcenter.measure.tally import Tally, empty_tallies
from callcenter.scenario import Scenario


class Tried(NamedTuple):
    """What staffings came to: the first axes are days, then staffings."""

    counts: Ints
    """By COUNTS, tiers and cells."""
    jobs: Ints
    """Callbacks late or left over, and owed; last axis of two."""
    tallies: Tally | None
    """One for each day and staffing along the first axis, where they were asked for."""

    @property
    def answers(self) -> dict[str, Ints]:
        """The counts by name: the definitions of the answer rate are made of them."""
        return dict(zip(COUNTS, np.moveaxis(self.counts, 2, 0), strict=True))


class Staffings(Batch):
    """A scenario with room for the agents that it has; others, no more than these, take turns in it."""

    def __init__(self, most: Scenario, seed: int, time_to_begin: float = 0.0) -> None:
        super().__init__(most, seed)
        self._callers = most.callers_fingerprint
        self._definitions = self._definitions._replace(
            rostered=self._definitions.rostered.copy(), rostered_s=self._definitions.rostered_s.copy()
        )
        windows = self._floor.windows
        self._to_begin = float(windows[-1, 1]) - time_to_begin if len(windows) else -np.inf

    def tried(
        self,
        variants: Sequence[Scenario],
        numbers: Sequence[int],
        *,
        tallied: bool = False,
        held: Held | None = None,
    ) -> Tried:
        """Simulate replications, by their numbers, of the scenario with the agents of each variant.

        The variants are the scenario in all but agents by interval, or but shifts of the same hours.  With
        ``held`` there is one replication, whose callers are drawn only where it has not got them already.
        """
        cells = cells_of(self._scenario)
        days, staffings = len(numbers), len(variants)
        rosters = self._of(variants, numbers, cells, tallied=tallied)
        sheet = Sheet(
            np.empty((days * staffings, len(COUNTS), len(self._scenario.tiers), cells.count), np.int64),
            np.empty((days * staffings, 2), np.int64),
        )
        tallies = empty_tallies(self._scenario, days * staffings if tallied else 0)
        done = 0
        while done < days:
            first = done * staffings
            rest = Sheet._make(part[first:] for part in sheet)
            pages = Tally._make(part[first:] for part in tallies)
            its = rosters
            if len(rosters.levels) > staffings:
                its = Rosters._make(part[first:] for part in rosters)
            done += self._try(np.array(numbers[done:], np.int64), its, rest, pages, held)
        shape = (days, staffings)
        return Tried(
            sheet.counts.reshape(*shape, *sheet.counts.shape[1:]),
            sheet.jobs.reshape(*shape, 2),
            tallies if tallied else None,
        )

    def _try(self, numbers: Ints, rosters: Rosters, sheet: Sheet, tallies: Tally, held: Held | None) -> int:
        """Return for how many days there was room, and make more where there was not enough."""
        if held is not None and held.made[0] > self._room.firsts:
            self._make_room(self._room._replace(firsts=int(held.made[0])))
        drawing = self._drawing._replace(starters=starters(self._drawing.starters))
        floor, counted, book = shared(self._floor), made(), book_with(self._definitions, self._book_room)
        redraw, name = True, (self._callers, self._seed, int(numbers[0]))
        if held is not None:
            redraw = held.make_room(floor, drawing.starters) or not held.holds(name)
            held.name = None
            floor, drawing, counted = held.on(floor, drawing)
        for part in tallies:
            part[:] = 0
        with np.errstate(over="ignore"):  # uncompiled, the words of streams are scalars of NumPy
            done = try_staffings(
                Callers(drawing, self._later, counted, self._room.firsts),
                floor,
                self._morning,
                rosters,
                numbers,
                self._definitions,
                self._to_begin,
                sheet,
                book,
                tallies,
                redraw,
            )
        if held is not None and done == numbers.size:
            held.name = name
        if done < numbers.size:
            self._make_more_room(counted, floor, book)
        return int(done)

    def _of(
        self, variants: Sequence[Scenario], numbers: Sequence[int], cells: Cells, *, tallied: bool
    ) -> Rosters:
        """Return the agents of each variant, on each day where chance decides who is there."""
        plans = [
            day_plan(variant, self._seed, number)
            for number in (numbers[:1] if self._is_certain else numbers)
            for variant in variants
        ]
        levels = np.array([plan.levels for plan in plans], np.int64)
        if not tallied:
            return Rosters(levels, np.empty((0, *levels.shape[1:]), np.int64), np.empty((0, 0, 0)))
        return Rosters(levels, *self._rostered(plans, cells))

    def _rostered(self, plans: Sequence[DayPlan], cells: Cells) -> tuple[Ints, Floats]:
        calendar = self._definitions.calendar
        return (
            np.array([np.ceil(plan.rostered) for plan in plans], np.int64),
            np.array([rostered_seconds(cells, calendar, plan.rostered) for plan in plans], np.float64),
        )
