"""The results store: one SQLite file that keeps every finished replication, and the study it was made for.

Only the process that runs the study writes; others may read meanwhile.  A directory describes the study that
was last run in it; the runs of earlier ones stay, and are found again by their keys.
"""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import time
from typing import Any, NamedTuple, Self

from callcenter.measure import Tally
from callcenter.scenario import load
from callcenter.study.designs.design import Design, Point, point
from callcenter.study.designs.precision import Precision
from callcenter.study.errors import StoreError
from callcenter.study.store.database import FILE, opened, opened_to_read, plainly
from callcenter.study.store.outcome import CellKey, Outcome
from callcenter.study.store.version import model_version

OF_POINT = (
    "FROM run WHERE subject = (SELECT id FROM subject WHERE fingerprint = ? AND model = ? AND seed = ?) "
    "AND replication < ?"
)

SUBJECT = "SELECT id FROM subject WHERE fingerprint = ? AND model = ? AND seed = ?"


class Origin(NamedTuple):
    """How a study came about."""

    engine: str
    command: str
    """The line that made it; empty from Python."""
    created: str
    """ISO 8601, UTC."""
    versions: dict[str, str]
    """By name: callcenter, the model, Python, NumPy, SimPy."""

    @property
    def model(self) -> str:
        """Version of the model that made the results."""
        return self.versions["model"]


class Plan(NamedTuple):
    """How many replications a point is to have."""

    planned: int
    settled: bool
    """False while later results may ask for more (precision)."""


class Session(NamedTuple):
    """The latest start of a study, in seconds since 1970."""

    start: float
    latest: float
    """When the last result came."""
    done: int
    """Replications since the start."""


class Progress(NamedTuple):
    """How many points and replications are planned and done."""

    points: int
    points_done: int
    cells: int
    cells_done: int


PROGRESS = """
WITH own AS (
    SELECT fingerprint, max(planned) AS planned, min(settled) AS settled, count(*) AS points
    FROM point GROUP BY fingerprint
), found AS (
    SELECT own.*, (SELECT count(*) FROM run WHERE subject = subject.id AND replication < planned) AS done
    FROM own LEFT JOIN subject ON subject.fingerprint = own.fingerprint AND model = ? AND seed = ?
)
SELECT sum(points), sum(points * (settled AND done = planned)), sum(planned), sum(done) FROM found
"""
"""Points that are the same scenario share their replications."""


class Store:
    """Tallies by key, beside the description of one study."""

    def __init__(self, directory: Path | None = None, database: sqlite3.Connection | None = None) -> None:
        """Open or create the store of a directory; without one it lives in memory."""
        self._place = str(directory / FILE) if directory else "memory"
        self._database = opened(directory) if database is None else database
        self._subjects: dict[tuple[str, int], int] = {}
        weakref.finalize(self, self._database.close)  # with the last result that reads from it

    @classmethod
    def existing(cls, directory: Path) -> Self:
        """Open the store that a study left in a directory, to read; StoreError if there is none."""
        return cls(directory, opened_to_read(directory))

    def describe(self, design: Design, origin: Origin) -> None:
        """Make this the study that the store describes, its work beginning now."""
        half_width, most = design.precision or (None, None)
        study = (design.name, design.seed, design.replications, half_width, most, *origin[:-1])
        plan = (design.replications, design.precision is None)
        points = (
            (position, each.fingerprint, _json(each.settings), _json(each.scenario.to_dict()), *plan)
            for position, each in enumerate(design.points)
        )
        with self._writing() as database:
            database.execute("DELETE FROM study")
            database.execute("DELETE FROM point")
            database.execute("DELETE FROM session")
            database.execute(
                "INSERT INTO study VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*study, _json(origin.versions))
            )
            database.executemany("INSERT INTO point VALUES (?, ?, ?, ?, ?, ?)", points)
            database.execute("INSERT INTO session VALUES (?1, ?1, 0)", (time(),))

    def study(self) -> tuple[Design, Origin]:
        """Return the study that the store describes; StoreError if it never got that far."""
        name, seed, replications, half_width, most, engine, command, created, versions = self._study()
        rows = self._read("SELECT fingerprint, settings, scenario FROM point ORDER BY position")
        points = tuple(
            point(load(json.loads(scenario)), json.loads(settings))._replace(fingerprint=fingerprint)
            for fingerprint, settings, scenario in rows
        )
        precision = None if half_width is None else Precision(half_width, most)
        origin = Origin(engine, command, created, json.loads(versions))
        return Design(name, points, seed, replications, precision), origin

    def plan(self, plans: Sequence[Plan]) -> None:
        """Note down how many replications each point is to have, as far as is known."""
        with self._writing() as database:
            database.executemany(
                "UPDATE point SET planned = ?, settled = ? WHERE position = ?",
                ((*each, position) for position, each in enumerate(plans)),
            )

    def plans(self) -> list[Plan]:
        """Return what is noted down of each point."""
        rows = self._read("SELECT planned, settled FROM point ORDER BY position")
        return [Plan(planned, bool(settled)) for planned, settled in rows]

    def put(self, outcomes: Iterable[Outcome]) -> None:
        """Keep some tallies, all or none; a key that is there already is left as it is."""
        with self._writing() as database:
            rows = [(self._subject(key), key.replication, tally) for key, tally, _ in outcomes]
            database.executemany("INSERT OR IGNORE INTO run VALUES (?, ?, ?)", rows)
            database.execute("UPDATE session SET latest = ?, done = done + ?", (time(), len(rows)))

    def give_up(self, keys: Iterable[CellKey]) -> None:
        """Note down that some replications have failed for now."""
        with self._writing() as database:
            rows = [(self._subject(key), key.replication) for key in keys]
            database.executemany("INSERT OR IGNORE INTO failure VALUES (?, ?)", rows)

    def retry(self) -> None:
        """Forget what has failed, so that it is tried again."""
        with self._writing() as database:
            database.execute("DELETE FROM failure")

    def forget(self, points: Iterable[Point], seed: int) -> None:
        """Delete what is there of some points under this version of the model."""
        with self._writing() as database:
            database.executemany(
                "DELETE FROM run WHERE subject = "
                "(SELECT id FROM subject WHERE fingerprint = ? AND model = ? AND seed = ?)",
                ((each.fingerprint, model_version(), seed) for each in points),
            )

    def done(self, seed: int, model: str) -> dict[str, Collection[int]]:
        """Return the replications that are there, by fingerprint, under a version of the model."""
        rows = self._read(
            "SELECT fingerprint, id, count(*), max(replication) + 1 FROM run JOIN subject ON id = subject "
            "WHERE model = ? AND seed = ? GROUP BY subject",
            (model, seed),
        )
        return {
            name: range(end) if number == end else self._replications(subject)
            for name, subject, number, end in rows
        }

    def tallies(self, point: Point, seed: int, replications: int, model: str) -> dict[int, Tally]:
        """Return what is there of the first replications of a point, by number and in order."""
        where = (point.fingerprint, model, seed, replications)
        rows = self._read(f"SELECT replication, tally {OF_POINT} ORDER BY replication", where)
        return {number: Tally.from_bytes(tally, point.scenario) for number, tally in rows}

    def count(self, point: Point, seed: int, replications: int, model: str) -> int:
        """Return how many of the first replications of a point are there."""
        where = (point.fingerprint, model, seed, replications)
        ((number,),) = self._read(f"SELECT count(*) {OF_POINT}", where)
        return int(number)

    def failed(self) -> int:
        """Return how many replications have failed for now."""
        ((number,),) = self._read("SELECT count(*) FROM failure")
        return int(number)

    def title(self) -> tuple[str, str]:
        """Return the name of the study and the line that made it."""
        return self._study()[0], self._study()[-3]

    def progress(self) -> Progress:
        """Return how far the study is."""
        _, seed, *_, versions = self._study()
        (row,) = self._read(PROGRESS, (json.loads(versions)["model"], seed))
        return Progress(*row)

    def session(self) -> Session:
        """Return when the study was last started and what it has done since."""
        (row,) = self._read("SELECT * FROM session")
        return Session(*row)

    def _study(self) -> tuple[Any, ...]:
        rows = self._read("SELECT * FROM study")
        if not rows:
            raise StoreError("the results store describes no study yet; start the run or sweep again")
        return rows[0]

    def _replications(self, subject: int) -> Collection[int]:
        rows = self._read("SELECT replication FROM run WHERE subject = ?", (subject,))
        return {number for (number,) in rows}

    def _subject(self, key: CellKey) -> int:
        name = key.fingerprint, key.seed
        if name not in self._subjects:
            row = (key.fingerprint, model_version(), key.seed)
            self._database.execute(
                "INSERT OR IGNORE INTO subject (fingerprint, model, seed) VALUES (?, ?, ?)", row
            )
            (self._subjects[name],) = self._database.execute(SUBJECT, row).fetchone()
        return self._subjects[name]

    def _read(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with plainly(self._place):
            return self._database.execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Write all of it or, if anything fails, nothing."""
        with plainly(self._place), self._database as database:
            yield database


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
