"""The results store: one SQLite file that keeps every finished replication, and the study it was made for.

Only the process that runs the study writes; others may read meanwhile.  A directory describes the study that
was last run in it; the runs of earlier ones stay, and are found again by their keys.
"""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from typing import Any, Self

from callcenter.language import gettext as _
from callcenter.measure import Tally
from callcenter.scenario import load
from callcenter.study.designs.design import Design, Point, point
from callcenter.study.designs.precision import Precision
from callcenter.study.errors import StoreError, StudyError
from callcenter.study.store.damage import Damage, damages_of, mend, named
from callcenter.study.store.database import FILE, opened, opened_to_read, plainly
from callcenter.study.store.description import Origin, Plan, Progress, Session
from callcenter.study.store.outcome import CellKey, Outcome
from callcenter.study.store.rows import insert, run_checksum
from callcenter.study.store.version import model_version
from callcenter.version import __version__

OF_POINT = (
    "FROM run WHERE subject = (SELECT id FROM subject WHERE fingerprint = ? AND model = ? AND seed = ?) "
    "AND replication < ?"
)

SUBJECT = "SELECT id FROM subject WHERE fingerprint = ? AND model = ? AND seed = ?"


PROGRESS = """
WITH own AS (
    SELECT fingerprint, max(planned) AS planned, min(settled) AS settled, count(*) AS points
    FROM point JOIN plan USING (position) GROUP BY fingerprint
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
        self._unpacked: dict[CellKey, Tally] | None = {} if directory is None else None
        weakref.finalize(self, self._database.close)  # with the last result that reads from it

    @classmethod
    def existing(cls, directory: Path) -> Self:
        """Open the store that a study left in a directory, to read; StoreError if there is none."""
        return cls(directory, opened_to_read(directory))

    def describe(self, design: Design, origin: Origin) -> None:
        """Make this the study that the store describes, its work beginning now."""
        half_width, most = design.precision or (None, None)
        asked = (design.name, design.seed, design.replications, half_width, most)
        study = (*asked, *origin[:-1], _json(origin.versions), len(design.points))
        points = (
            (position, each.fingerprint, _json(each.settings), _json(each.scenario.to_dict()))
            for position, each in enumerate(design.points)
        )
        plan = Plan(design.replications, design.precision is None)
        now = time()
        with self._writing() as database:
            for table in ("study", "point", "plan", "session"):
                database.execute(f"DELETE FROM {table}")  # noqa: S608 (a table of ours)
            insert(database, "study", [study])
            insert(database, "point", points)
            insert(database, "plan", ((number, *plan) for number in range(len(design.points))))
            insert(database, "session", [Session(now, now, 0, ended=False)])

    def study(self) -> tuple[Design, Origin]:
        """Return the study that the store describes; StoreError if it never got that far."""
        name, seed, replications, half_width, most, engine, command, created, versions = self._study()
        origin = Origin(engine, command, created, json.loads(versions))
        precision = None if half_width is None else Precision(half_width, most)
        return Design(name, self._points(origin), seed, replications, precision), origin

    def _points(self, origin: Origin) -> tuple[Point, ...]:
        """Return the points; StoreError if the scenario of one is not that of its fingerprint."""
        rows = self._read("SELECT fingerprint, settings, scenario FROM point ORDER BY position")
        points = []
        for number, (fingerprint, settings, scenario) in enumerate(rows):
            each = point(load(json.loads(scenario)), json.loads(settings))
            if each.fingerprint != fingerprint and origin.versions["callcenter"] == __version__:
                what = _("the scenario of point {number}").format(number=number)
                raise StoreError(damaged(self._place, what, origin.command))
            points.append(each._replace(fingerprint=fingerprint))
        return tuple(points)

    def plan(self, plans: Sequence[Plan]) -> None:
        """Note down how many replications each point is to have, as far as is known."""
        with self._writing() as database:
            database.execute("DELETE FROM plan")
            insert(database, "plan", ((position, *each) for position, each in enumerate(plans)))

    def plans(self) -> list[Plan]:
        """Return what is noted down of each point."""
        rows = self._read("SELECT planned, settled FROM plan ORDER BY position")
        return [Plan(planned, bool(settled)) for planned, settled in rows]

    def put(self, outcomes: Iterable[Outcome]) -> None:
        """Keep some tallies, all or none; a key that is there already is left as it is."""
        with self._writing() as database:
            rows = [(self._subject(each.key), *self._run(each)) for each in outcomes]
            database.executemany("INSERT OR IGNORE INTO run VALUES (?, ?, ?, ?)", rows)
            self._note(database, latest=time(), more=len(rows))

    def give_up(self, keys: Iterable[CellKey]) -> None:
        """Note down that some replications have failed for now."""
        with self._writing() as database:
            insert(database, "failure", [(self._subject(key), key.replication) for key in keys])

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
        """Return what is there of the first replications of a point, by number and in order.

        StoreError if one of them is not what was written.
        """
        where = (point.fingerprint, model, seed, replications)
        rows = self._read(f"SELECT replication, tally, checksum {OF_POINT} ORDER BY replication", where)
        for number, tally, sum_ in rows:
            if not self._is_here(tally) and sum_ != run_checksum(where[:-1], number, tally):
                raise StoreError(damaged(self._place, _("replication {number}").format(number=number)))
        return {number: self._tally(point, seed, number, tally) for number, tally, _sum in rows}

    def _run(self, outcome: Outcome) -> tuple[int, bytes, bytes]:
        """Return a row of a tally; in memory the tally stays as it is, and the row says that it is there."""
        key, tally = outcome.key, outcome.tally
        if self._unpacked is not None and not isinstance(tally, bytes):
            self._unpacked.setdefault(key, tally)
            return key.replication, b"", b""
        packed = tally if isinstance(tally, bytes) else tally.to_bytes()
        subject = (key.fingerprint, model_version(), key.seed)
        return key.replication, packed, run_checksum(subject, key.replication, packed)

    def _is_here(self, packed: bytes) -> bool:
        """Whether a tally is in memory, as it was counted."""
        return self._unpacked is not None and not packed

    def _tally(self, point: Point, seed: int, number: int, packed: bytes) -> Tally:
        if self._unpacked is None or packed:
            return Tally.from_bytes(packed, point.scenario)
        return self._unpacked[CellKey(point.fingerprint, seed, number)]

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
        return self._study()[0], self._study()[6]

    def progress(self) -> Progress:
        """Return how far the study is."""
        seed, versions = self._study()[1], self._study()[-1]
        (row,) = self._read(PROGRESS, (json.loads(versions)["model"], seed))
        return Progress(*row)

    def session(self) -> Session:
        """Return when the study was last started and what it has done since."""
        (row,) = self._read("SELECT * FROM session")
        began, latest, done, ended = row[:4]
        return Session(began, latest, done, bool(ended))

    def damages(self) -> list[Damage]:
        """Return what is damaged, so that it cannot be relied on; reads every row."""
        with plainly(self._place):
            return damages_of(self._database)

    def check(self) -> None:
        """Raise StoreError if anything is damaged, with what to do."""
        damages = self.damages()
        if damages:
            is_known = not any(damage.table == "study" for damage in damages)
            raise StoreError(damaged(self._place, named(damages), self.title()[1] if is_known else ""))

    def mend(self) -> str:
        """Take away what is damaged, to be simulated again; return a sentence on it, or ``""``."""
        with plainly(self._place):
            damages = mend(self._database, self._place)
        if not damages:
            return ""
        text = _("{file} was damaged ({what}); what it held there is made again.")
        return text.format(file=self._place, what=named(damages))

    @contextmanager
    def session_under_way(self) -> Iterator[None]:
        """Note down at the end that the work has ended, however it does."""
        try:
            yield
        except BaseException:
            with suppress(StudyError):  # what ended the work is said
                self._end_session()
            raise
        self._end_session()

    def _end_session(self) -> None:
        """Note it down, and fold the log of transactions into the file, so that it may be copied alone."""
        with self._writing() as database:
            self._note(database, ended=True)
        with plainly(self._place):
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _note(
        self, database: sqlite3.Connection, *, latest: float | None = None, more: int = 0, ended: bool = False
    ) -> None:
        """Note down in the session what has been done, if there is one."""
        if not database.execute("SELECT 1 FROM session").fetchone():
            return
        session = self.session()
        database.execute("DELETE FROM session")
        last = session.latest if latest is None else latest
        insert(database, "session", [Session(session.start, last, session.done + more, ended)])

    def _study(self) -> tuple[Any, ...]:
        rows = self._read("SELECT * FROM study")
        if not rows:
            raise StoreError(_("the results store describes no study yet; start the run or sweep again"))
        return rows[0][:-2]

    def _replications(self, subject: int) -> Collection[int]:
        rows = self._read("SELECT replication FROM run WHERE subject = ?", (subject,))
        return {number for (number,) in rows}

    def _subject(self, key: CellKey) -> int:
        name = key.fingerprint, key.seed
        if name not in self._subjects:
            row = (key.fingerprint, model_version(), key.seed)
            self._subjects[name] = self._number(row) or self._next_number(row)
        return self._subjects[name]

    def _number(self, subject: tuple[str, str, int]) -> int | None:
        row = self._database.execute(SUBJECT, subject).fetchone()
        return None if row is None else int(row[0])

    def _next_number(self, subject: tuple[str, str, int]) -> int:
        (number,) = self._database.execute("SELECT coalesce(max(id), 0) + 1 FROM subject").fetchone()
        insert(self._database, "subject", [(number, *subject)])
        return int(number)

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


def damaged(place: str, what: str, command: str = "") -> str:
    """Return that something is damaged, and what to do."""
    text = (
        _("{file} is damaged ({what}); what is damaged is simulated once more if you run this again:")
        if command
        else _(
            "{file} is damaged ({what}); what is damaged is simulated once more if you "
            "run the same command again"
        )
    )
    return text.format(file=place, what=what) + (f"\n{command}" if command else "")
