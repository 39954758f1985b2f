"""A damaged store: the same figures once it is simulated again, or a plain message; never other figures."""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from callcenter.scenario import load
from callcenter.study import StudyError, reopen, run, status, sweep
from callcenter.study.store.database import FILE, INDEXES
from callcenter.study.store.rows import checksum

SWEEP = "scenario: small.yaml\nreplications: 3\nvary: {pools.desk.agents: [8, 10]}\n"

COLUMNS = {
    "study": (
        "name",
        "seed",
        "replications",
        "half_width",
        "most",
        "engine",
        "command",
        "created",
        "versions",
    ),
    "point": ("position", "fingerprint", "settings", "scenario", "checksum"),
    "plan": ("position", "planned", "settled", "checksum"),
    "subject": ("id", "fingerprint", "model", "seed", "checksum"),
    "run": ("subject", "replication", "tally", "checksum"),
    "session": ("began", "latest", "done", "ended", "checksum"),
}
CELLS = [(table, column) for table, columns in COLUMNS.items() for column in columns]

ANOTHER = {"subject": 1, "replication": 2}
"""A row that can exchange such a value with the first without taking the key of a third."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of a sweep of two points with three replications each."""
    from tests.conftest import SCENARIO

    folder = tmp_path_factory.mktemp("kept")
    (folder / "small.yaml").write_text(SCENARIO, encoding="utf-8")
    (folder / "sweep.yaml").write_text(SWEEP, encoding="utf-8")
    sweep(folder / "sweep.yaml", out=folder / "out", command="callcenter sweep sweep.yaml")
    return folder


@pytest.fixture(scope="module")
def figures(kept: Path) -> str:
    """What JSON says of the sweep."""
    return json.dumps(reopen(kept / "out").summary)


@pytest.fixture
def copy(kept: Path, tmp_path: Path) -> Path:
    """A copy of the store, to damage."""
    shutil.copytree(kept, tmp_path / "copy")
    return tmp_path / "copy"


@contextmanager
def laid_open(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the file behind the back of its owner, without the indexes that would refuse a damage."""
    with closing(sqlite3.connect(folder / "out" / FILE)) as database, database:
        for index in INDEXES:
            database.execute(f"DROP INDEX {index}")
        yield database
        for index in INDEXES.values():
            database.execute(index)


def change(folder: Path, query: str) -> None:
    """Change the file by a query."""
    with laid_open(folder) as database:
        database.execute(query)


def values(database: sqlite3.Connection, table: str, column: str) -> list[tuple[int, Any]]:
    """Return a column with the numbers of its rows."""
    return database.execute(f"SELECT rowid, {column} FROM {table}").fetchall()  # noqa: S608 (our own)


def set_value(database: sqlite3.Connection, table: str, column: str, row: int, value: object) -> None:
    """Write a value."""
    database.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, row))  # noqa: S608 (our own)


def flipped(value: Any, draw: np.random.Generator) -> object:
    """Return a value of the database with one bit flipped, or a number in place of nothing."""
    if isinstance(value, int):
        return value ^ 1 << int(draw.integers(3, 8))  # not the number of another row
    if isinstance(value, float):
        return value + 1 / 1024
    if value is None:
        return 1
    data = flip(value.encode() if isinstance(value, str) else value, draw)
    return data if isinstance(value, bytes) else data.decode(errors="replace")


def flip(data: bytes, draw: np.random.Generator) -> bytes:
    """Flip one bit."""
    changed = bytearray(data)
    changed[int(draw.integers(len(data)))] ^= 1 << int(draw.integers(8))
    return bytes(changed)


def refused(act: Callable[[], object]) -> str:
    """Return the message with which something is refused; "" if it is not."""
    try:
        act()
    except StudyError as error:
        return str(error)
    return ""


def check_mended(folder: Path, figures: str) -> None:
    """The sweep once more comes to the same figures, and leaves a store in order."""
    assert figures == json.dumps(sweep(folder / "sweep.yaml", out=folder / "out").summary)
    assert figures == json.dumps(reopen(folder / "out").summary)
    assert ("finished", "") == (status(folder / "out").state, status(folder / "out").damage)


@pytest.mark.parametrize(("table", "column"), CELLS)
def test_a_flipped_bit(copy: Path, figures: str, table: str, column: str) -> None:
    """In whatever column of whatever table: named where it is read, mended where it is written."""
    with laid_open(copy) as database:
        row, value = values(database, table, column)[0]
        set_value(database, table, column, row, flipped(value, np.random.default_rng(len(column))))

    assert f"{FILE} is damaged (" in refused(lambda: reopen(copy / "out"))
    check_mended(copy, figures)


@pytest.mark.parametrize(
    ("table", "column"),
    [cell for cell in CELLS if cell[0] in ("point", "plan", "subject", "run")],
)
def test_two_rows_exchange_a_value(copy: Path, figures: str, table: str, column: str) -> None:
    """Where that changes anything, it is damage as well, though both rows were once right."""
    with laid_open(copy) as database:
        rows = values(database, table, column)
        (one, first), (other, second) = rows[0], rows[ANOTHER.get(column, -1)]
        spare = -1 if isinstance(first, int) else "spare"
        set_value(database, table, column, one, spare)
        set_value(database, table, column, other, first)
        set_value(database, table, column, -1 if column in ("id", "position") else one, second)

    if first != second:
        assert f"{FILE} is damaged (" in refused(lambda: reopen(copy / "out"))
    check_mended(copy, figures)


@pytest.mark.parametrize("table", COLUMNS)
def test_a_row_is_lost(copy: Path, figures: str, table: str) -> None:
    """It is missed, or what it held is still to be simulated."""
    with laid_open(copy) as database:
        *_, (row, _) = values(database, table, "rowid")
        database.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))  # noqa: S608 (our own)
    message = refused(lambda: reopen(copy / "out"))

    assert "damaged" in message or "describes no study" in message or reopen(copy / "out").incomplete
    check_mended(copy, figures)


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_is_emptied(copy: Path, figures: str, table: str) -> None:
    """Nothing is left of it, and that is said."""
    change(copy, f"DELETE FROM {table}")  # noqa: S608 (our own)

    assert refused(lambda: reopen(copy / "out"))
    check_mended(copy, figures)


@pytest.mark.parametrize("table", [*COLUMNS, "failure"])
def test_a_row_is_added(copy: Path, figures: str, table: str) -> None:
    """A row that nobody wrote is none of ours."""
    rows = {
        "study": "SELECT * FROM study",
        "point": "SELECT 7, fingerprint, settings, scenario, checksum FROM point LIMIT 1",
        "plan": "SELECT 7, planned, settled, checksum FROM plan LIMIT 1",
        "subject": "SELECT 7, fingerprint, model, 99, checksum FROM subject LIMIT 1",
        "run": "SELECT subject, 7, tally, checksum FROM run LIMIT 1",
        "session": "SELECT * FROM session",
        "failure": "SELECT 1, 1, x'00'",
    }
    change(copy, f"INSERT INTO {table} {rows[table]}")

    assert f"{FILE} is damaged (" in refused(lambda: reopen(copy / "out"))
    check_mended(copy, figures)


def test_a_scenario_that_is_signed_and_yet_another(copy: Path) -> None:
    """The fingerprint of what is read is that of what was written."""
    with closing(sqlite3.connect(copy / "out" / FILE)) as database, database:
        row = database.execute("SELECT * FROM point WHERE position = 1").fetchone()
        scenario = row[3].replace('"agents": 10', '"agents": 11').replace("[10.0", "[11.0")
        sum_ = checksum("point", *row[:3], scenario)
        database.execute("UPDATE point SET scenario = ?, checksum = ? WHERE position = 1", (scenario, sum_))

    assert row[3] != scenario
    assert "damaged (the scenario of point 1)" in refused(lambda: reopen(copy / "out"))


def test_what_is_damaged_is_named(copy: Path, caplog: pytest.LogCaptureFixture) -> None:
    """By status, by whoever reads, and when it is simulated again: this alone."""
    change(copy, "UPDATE run SET tally = x'0201' WHERE replication = 2")
    progress = status(copy / "out")
    message = refused(lambda: reopen(copy / "out"))
    done: list[int] = []
    with caplog.at_level(logging.WARNING):
        sweep(copy / "sweep.yaml", out=copy / "out", on_progress=lambda n, _: done.append(n))

    assert ("damaged", "replication 2 of point 0, replication 2 of point 1") == (
        progress.state,
        progress.damage,
    )
    assert not progress.is_finished
    assert "is damaged (replication 2 of point 0, replication 2 of point 1)" in message
    assert message.endswith("run this again:\ncallcenter sweep sweep.yaml")
    assert "was damaged (replication 2 of point 0, replication 2 of point 1)" in caplog.text
    assert 4 == done[0]


def test_many_damages_are_counted(copy: Path) -> None:
    """The first are named, the others counted."""
    change(copy, "UPDATE run SET checksum = x'00'")

    assert status(copy / "out").damage.endswith(", replication 2 of point 0 and 1 more")


def test_an_index_that_disagrees(copy: Path, figures: str) -> None:
    """Rows that the index does not know are not simulated twice or taken for another."""
    with closing(sqlite3.connect(copy / "out" / FILE)) as database, database:
        ((page,),) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'run_key'")
        ((size,),) = database.execute("PRAGMA page_size")
    data = bytearray((copy / "out" / FILE).read_bytes())
    end = page * size
    data[end - 2] ^= 4  # the replication of an entry, which is the last but one of its bytes
    (copy / "out" / FILE).write_bytes(data)

    check_mended(copy, figures)


@pytest.mark.slow
def test_any_bit_of_the_file(kept: Path, figures: str, tmp_path: Path) -> None:
    """Wherever a bit flips in the file: refused in plain words, or the same figures; no other end."""
    whole, draw, same = (kept / "out" / FILE).read_bytes(), np.random.default_rng(12), 0
    for number in range(60):
        folder = tmp_path / str(number)
        shutil.copytree(kept, folder)
        (folder / "out" / FILE).write_bytes(flip(whole, draw))
        if not refused(lambda: reopen(folder / "out")):  # noqa: B023 (asked for at once)
            assert figures == json.dumps(reopen(folder / "out").summary)
        if not refused(lambda: sweep(folder / "sweep.yaml", out=folder / "out")):  # noqa: B023
            check_mended(folder, figures)
            same += 1

    assert same > 30


@pytest.mark.parametrize("part", [0.0, 0.3, 0.7, 0.999])
def test_a_file_that_is_cut_off_or_longer(copy: Path, figures: str, part: float) -> None:
    """It cannot be read, and says so, or is begun anew; bytes at its end that nobody wrote change nothing."""
    file = copy / "out" / FILE
    data = file.read_bytes()
    file.write_bytes(data[: int(part * len(data))])
    assert refused(lambda: reopen(copy / "out"))
    if not refused(lambda: sweep(copy / "sweep.yaml", out=copy / "out")):
        check_mended(copy, figures)

    file.write_bytes(data + b"more" * 5000)
    check_mended(copy, figures)


def test_the_file_alone_holds_everything(scenario_file: Path, tmp_path: Path) -> None:
    """Copied without its companions, while results that read from it are still at hand and others read it."""
    scenario = load(scenario_file)
    result = run(scenario, 3, out=tmp_path / "out")
    reader = reopen(tmp_path / "out")
    again = run(scenario, 5, out=tmp_path / "out")
    (tmp_path / "alone").mkdir()
    shutil.copy(tmp_path / "out" / FILE, tmp_path / "alone" / FILE)

    assert 5 == reopen(tmp_path / "alone").results[0].replications
    assert (3, 5) == (result.replications, again.replications)
    assert 3 == reader.replications[0]
