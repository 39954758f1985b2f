"""The results store: one SQLite file that keeps every finished replication, and the study it was made for.

Only the process that runs the study writes; others may read meanwhile (WAL).  A directory describes the study
that was last run in it; the runs of earlier ones stay, and are found again by their keys.
"""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Self

from callcenter.measure import Tally
from callcenter.scenario import load
from callcenter.study.cells import CellKey, Outcome
from callcenter.study.design import Design, Point, point
from callcenter.study.version import model_version

FILE = "results.sqlite"

LAYOUT = 1
"""`user_version` of the file; another number is another layout."""

TABLES = """
CREATE TABLE IF NOT EXISTS study (
    name TEXT NOT NULL, seed INTEGER NOT NULL, replications INTEGER NOT NULL,
    engine TEXT NOT NULL, command TEXT NOT NULL, created TEXT NOT NULL, versions TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS point (
    position INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, settings TEXT NOT NULL, scenario TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS run (
    fingerprint TEXT NOT NULL, model TEXT NOT NULL, seed INTEGER NOT NULL, replication INTEGER NOT NULL,
    tally BLOB NOT NULL, PRIMARY KEY (fingerprint, model, seed, replication)
) WITHOUT ROWID;
"""

OF_POINT = "FROM run WHERE fingerprint = ? AND model = ? AND seed = ? AND replication < ?"


class StoreError(ValueError):
    """A results store that cannot be read, and what to do."""


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


class Store:
    """Tallies by key, beside the description of one study."""

    def __init__(self, directory: Path | None = None) -> None:
        """Open or create the store of a directory; without one it lives in memory."""
        if directory is not None:
            directory.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(directory / FILE if directory else ":memory:", timeout=30)
        weakref.finalize(self, self._database.close)  # with the last result that reads from it
        self._prepare(directory)

    @classmethod
    def existing(cls, directory: Path) -> Self:
        """Open the store that a study left in a directory; StoreError if there is none."""
        if not (directory / FILE).is_file():
            raise StoreError(
                f"{directory} holds no results ({FILE}); give the --out directory of a run or sweep"
            )
        return cls(directory)

    def describe(self, design: Design, origin: Origin) -> None:
        """Make this the study that the store describes."""
        study = (design.name, design.seed, design.replications, *origin[:-1], _json(origin.versions))
        points = [
            (position, point.fingerprint, _json(point.settings), _json(point.scenario.to_dict()))
            for position, point in enumerate(design.points)
        ]
        with self._database as database:
            database.execute("DELETE FROM study")
            database.execute("DELETE FROM point")
            database.execute("INSERT INTO study VALUES (?, ?, ?, ?, ?, ?, ?)", study)
            database.executemany("INSERT INTO point VALUES (?, ?, ?, ?)", points)

    def study(self) -> tuple[Design, Origin]:
        """Return the study that the store describes; StoreError if it never got that far."""
        row = self._database.execute("SELECT * FROM study").fetchone()
        if row is None:
            raise StoreError("the results store describes no study yet; start the run or sweep again")
        name, seed, replications, engine, command, created, versions = row
        rows = self._database.execute("SELECT fingerprint, settings, scenario FROM point ORDER BY position")
        points = tuple(
            point(load(json.loads(scenario)), json.loads(settings))._replace(fingerprint=fingerprint)
            for fingerprint, settings, scenario in rows
        )
        origin = Origin(engine, command, created, json.loads(versions))
        return Design(name, points, seed, replications), origin

    def put(self, outcomes: Iterable[Outcome]) -> None:
        """Keep some tallies; a key that is there already is left as it is."""
        rows = [
            (key.fingerprint, model_version(), key.seed, key.replication, tally) for key, tally, _ in outcomes
        ]
        with self._database as database:
            database.executemany("INSERT OR IGNORE INTO run VALUES (?, ?, ?, ?, ?)", rows)

    def keys(self) -> set[CellKey]:
        """Return the keys of all tallies of this version of the model."""
        rows = self._database.execute(
            "SELECT fingerprint, seed, replication FROM run WHERE model = ?", (model_version(),)
        )
        return {CellKey(*row) for row in rows}

    def tallies(self, point: Point, seed: int, replications: int, model: str) -> tuple[Tally, ...]:
        """Return what is there of the first replications of a point, in their order."""
        where = (point.fingerprint, model, seed, replications)
        rows = self._database.execute(f"SELECT tally {OF_POINT} ORDER BY replication", where)
        return tuple(Tally.from_bytes(tally, point.scenario) for (tally,) in rows)

    def count(self, point: Point, seed: int, replications: int, model: str) -> int:
        """Return how many of the first replications of a point are there."""
        where = (point.fingerprint, model, seed, replications)
        (number,) = self._database.execute(f"SELECT count(*) {OF_POINT}", where).fetchone()
        return int(number)

    def _prepare(self, directory: Path | None) -> None:
        try:
            layout = self._database.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{directory}/{FILE} cannot be read ({error}); use another directory") from None
        if layout not in (0, LAYOUT):
            raise StoreError(f"{directory}/{FILE} was written by another version; use another directory")
        if layout == 0:
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {LAYOUT}; COMMIT;")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
