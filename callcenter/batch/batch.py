"""A scenario laid out once, for any number of replications."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Ints
from callcenter.batch.held import Held
from callcenter.batch.morning import morning_of
from callcenter.batch.replicating import Callers, Rosters, replicate
from callcenter.batch.workspace import made, shared, starters
from callcenter.demand.drawing import any_follow, expected_calls
from callcenter.demand.first_calls import NO_ROOM, new_drawing
from callcenter.demand.later_calls import WRITTEN, Later, new_draws
from callcenter.demand.roster import are_drawn, is_certain
from callcenter.demand.streams import key_of
from callcenter.demand.tables import demand_tables
from callcenter.engine import floor_plan
from callcenter.engine.compiled.layout import vacant
from callcenter.engine.compiled.records import Floor
from callcenter.engine.floorplan import day_plan
from callcenter.engine.ledger import with_more
from callcenter.measure.cells import cells_of
from callcenter.measure.counting.book import Book, book_with, needed, room_of
from callcenter.measure.counting.definitions import definitions_of, rostered_seconds
from callcenter.measure.tally import Tally, apart, empty_tallies
from callcenter.scenario import Scenario

MOST_REPLICATIONS, MOST_CALLS = 32, 1_000_000
"""In one compiled call."""
LEAST_LATER = 1000
"""Room for calls that follow others, at least."""


class Room(NamedTuple):
    """For how many calls there is room."""

    firsts: int
    later: int
    """Calls that follow others; 0 if none ever does."""


class Batch:
    """A scenario and a seed, replicated by the thread that has made it."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self._scenario, self._seed = scenario, seed
        self._plan = floor_plan(scenario, seed, 0)
        days = self._plan.days
        self._definitions = definitions_of(scenario, days.change_at, days.rostered)
        self._tables = demand_tables(scenario)
        self._later = Later(new_draws(self._tables, key_of(seed, 0)), np.empty(0, WRITTEN))
        self.at_a_time = max(1, min(MOST_REPLICATIONS, MOST_CALLS // expected_calls(self._tables)))
        """Replications in one compiled call, so few that who waits for them sees that they move."""
        self._is_drawn = are_drawn(scenario)
        self._is_certain = is_certain(scenario)
        if self._is_drawn:  # rosters of each replication are written over it, and others use it too
            self._definitions = self._definitions._replace(
                rostered=self._definitions.rostered.copy(), rostered_s=self._definitions.rostered_s.copy()
            )
        self._is_online = bool(np.any(self._tables.tiers["online_share"]))
        firsts = expected_calls(self._tables)
        self._book_room = room_of(firsts, 0)
        self._make_room(Room(firsts, max(LEAST_LATER, firsts) if any_follow(scenario) else 0))
        self._morning = morning_of(self._floor)

    def tallies(self, first: int, count: int, *, redraw: bool = True) -> list[Tally]:
        """Return the tallies of some replications, numbered from ``first`` on.

        Not ``redraw``: another batch of this thread with the same callers has just drawn those of the first.
        """
        done: list[Tally] = []
        while len(done) < count:
            if not redraw and made()[0] > self._room.firsts:
                self._make_room(self._room._replace(firsts=int(made()[0])))
            done += self._some(first + len(done), count - len(done), redraw or bool(done))
        return done

    def tally(self, number: int, held: Held) -> Tally:
        """Return the tally of one replication, drawn only where ``held`` has not got its callers already."""
        name = self._scenario.callers_fingerprint, self._seed, number
        done: list[Tally] = []
        while not done:
            if held.made[0] > self._room.firsts:
                self._make_room(self._room._replace(firsts=int(held.made[0])))
            redraw = held.make_room(self._floor, self._drawing.starters) or not held.holds(name)
            held.name = None
            done = self._some(number, 1, redraw, held)
        held.name = name
        return done[0]

    def _some(self, first: int, count: int, redraw: bool, held: Held | None = None) -> list[Tally]:
        """Return as many tallies as there was room for, and make more room where it was not enough."""
        floor, pages = shared(self._floor), empty_tallies(self._scenario, count)
        self._later.draws.key[:] = key_of(self._seed, first)
        drawing = self._drawing._replace(starters=starters(self._drawing.starters))
        counted = made()
        if held is not None:
            floor, drawing, counted = held.on(floor, drawing)
        book = book_with(self._definitions, self._book_room)
        with np.errstate(over="ignore"):  # uncompiled, the words of streams are scalars of NumPy
            number = replicate(
                Callers(drawing, self._later, counted, self._room.firsts),
                floor,
                self._morning,
                self._rosters(first, count),
                self._definitions,
                book,
                pages,
                redraw,
            )
        if number < count:
            self._make_more_room(counted, floor, book)
        return apart(pages)[:number]

    def _make_more_room(self, counted: Ints, floor: Floor, book: Book) -> None:
        """Make room for more of what there was too little for: first calls, later ones, or notes."""
        if counted[0] == NO_ROOM:
            self._make_room(self._room._replace(firsts=2 * self._room.firsts))
        elif floor.state[0]["is_full"]:
            self._make_room(self._room._replace(later=with_more(self._room.later)))
        else:
            self._book_room = needed(book, self._book_room)

    def _make_room(self, room: Room) -> None:
        owed: Any = self._tables.tiers
        jobs = sum(room) if np.any(owed["owed"]) or np.any(owed["accepts"]) else 0
        everybody = np.ceil(self._plan.days.rostered).astype(np.int32)
        if self._is_drawn:
            peaks = [math.ceil(self._scenario.peak_rostered(pool)) for pool in self._scenario.pools]
            everybody = np.maximum(everybody, np.array(peaks, np.int32))
        floor = vacant(self._plan._replace(days=self._plan.days._replace(levels=everybody)), *room, jobs)
        self._room = room
        self._floor = floor._replace(levels=self._plan.days.levels.astype(np.int64))
        self._drawing = new_drawing(self._tables, room.firsts if self._is_online else 1)
        self._book_room = room_of(sum(room), jobs)

    def _rosters(self, first: int, count: int) -> Rosters:
        """Return the agents of some replications; what is the same in all has no entries."""
        numbers = range(0 if self._is_certain else count)
        days = [day_plan(self._scenario, self._seed, first + number) for number in numbers]
        levels = np.array([day.levels for day in days], np.int64).reshape(-1, *self._floor.levels.shape)
        rostered = [day.rostered for day in days if self._is_drawn]
        calendar, cells = self._definitions.calendar, cells_of(self._scenario)
        seconds = [rostered_seconds(cells, calendar, each) for each in rostered]
        return Rosters(
            levels,
            np.array([np.ceil(each) for each in rostered], np.int64).reshape(-1, *levels.shape[1:]),
            np.array(seconds, np.float64).reshape(-1, *self._definitions.rostered_s.shape),
        )
