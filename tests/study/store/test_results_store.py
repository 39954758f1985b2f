"""The results store keeps tallies by key and describes the study they belong to."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from callcenter.scenario import Scenario
from callcenter.study import reopen
from callcenter.study.designs.design import Design, point, single_point
from callcenter.study.designs.precision import Precision
from callcenter.study.errors import StoreError, StudyError
from callcenter.study.store.database import FILE, LAYOUT
from callcenter.study.store.description import Origin, Plan
from callcenter.study.store.results_store import Store
from callcenter.study.store.version import model_version, versions
from callcenter.study.workers.cells import Simulation, cells_of, packed, simulate_cells

SIMULATION = Simulation("simpy")
ORIGIN = Origin("simpy", "callcenter run small.yaml", "2026-01-31T08:00:00+00:00", versions())


@pytest.mark.parametrize("kept", [True, False])
def test_what_is_put_is_found(scenario: Scenario, tmp_path: Path, kept: bool) -> None:
    """Tallies come back in order of their replication, equal to what was put, from memory or from disk."""
    subject, store = point(scenario, {}), Store(tmp_path if kept else None)
    outcomes = simulate_cells(cells_of(subject, 1, range(3)), SIMULATION)
    store.put(reversed(outcomes))
    tallies = store.tallies(subject, 1, 3, model_version())

    assert [0, 1, 2] == list(tallies)
    assert [tally for tally, _ in packed(outcomes)] == [tally.to_bytes() for tally in tallies.values()]
    assert {subject.fingerprint: range(3)} == store.done(1, model_version())
    assert store.count(subject, 1, 2, model_version()) == 2


def test_keys_tell_seeds_apart(scenario: Scenario) -> None:
    """Another seed has other results."""
    subject, store = point(scenario, {}), Store()
    store.put(simulate_cells(cells_of(subject, 1, range(1)), SIMULATION))

    assert {} == store.tallies(subject, 2, 1, model_version())
    assert {} == store.done(2, model_version())


def test_results_of_another_model_are_left_alone(scenario: Scenario, tmp_path: Path) -> None:
    """What another version of the model found is neither used nor lost."""
    subject, store = point(scenario, {}), Store(tmp_path)
    store.put(simulate_cells(cells_of(subject, 1, range(1)), SIMULATION))
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("UPDATE subject SET model = 'older'")
    database.close()

    assert {} == store.done(1, model_version())
    assert store.count(subject, 1, 1, "older") == 1


def test_a_study_is_described_and_read_back(scenario: Scenario) -> None:
    """Points come back with equal scenarios, settings, and where they came from."""
    settings: list[dict[str, object]] = [{"demand.volume": 0.5}, {"demand.calls": {"scale": 2}}]
    points = tuple(point(scenario.with_(setting), setting) for setting in settings)
    design = Design("volumes", points, seed=3, replications=2)
    store = Store()
    store.describe(single_point(scenario, 1), ORIGIN)
    store.describe(design, ORIGIN)

    assert store.study() == (design, ORIGIN)


def test_a_store_that_describes_nothing(tmp_path: Path) -> None:
    """A store whose study never began says so."""
    with pytest.raises(StoreError, match="describes no study yet"):
        Store(tmp_path).study()


def test_a_directory_without_results(tmp_path: Path) -> None:
    """A directory that holds no store is named."""
    with pytest.raises(StoreError, match="holds no results"):
        Store.existing(tmp_path)


def test_another_layout_is_refused(tmp_path: Path) -> None:
    """A file of another version of the store is not touched."""
    Store(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute(f"PRAGMA user_version = {LAYOUT + 1}")
    database.close()
    with pytest.raises(StoreError, match="written by another version"):
        Store(tmp_path)


def test_a_file_that_is_no_store(tmp_path: Path) -> None:
    """A damaged file is named."""
    (tmp_path / FILE).write_text("no database\n" * 100)
    with pytest.raises(StoreError, match="cannot be read"):
        Store(tmp_path)


def test_others_may_read_while_it_is_written(scenario: Scenario, tmp_path: Path) -> None:
    """A reader sees what has been put so far, without waiting for the writer."""
    subject, store, reader = point(scenario, {}), Store(tmp_path), Store(tmp_path)
    store.put(simulate_cells(cells_of(subject, 1, range(1)), SIMULATION))

    assert reader.count(subject, 1, 1, model_version()) == 1


def test_a_study_that_has_not_finished_anything(scenario: Scenario, tmp_path: Path) -> None:
    """A study interrupted before its first replication has nothing to report, and says so."""
    Store(tmp_path).describe(single_point(scenario, 3), ORIGIN)

    with pytest.raises(StoreError, match="no finished replication yet"):
        reopen(tmp_path)


def test_gaps_are_known(scenario: Scenario) -> None:
    """Replications need not be there in order; which are is known one by one."""
    subject, store = point(scenario, {}), Store()
    store.put(simulate_cells(cells_of(subject, 1, (0, 2)), SIMULATION))

    assert {subject.fingerprint: {0, 2}} == store.done(1, model_version())


def test_a_precision_and_its_plans_are_read_back(scenario: Scenario) -> None:
    """What was asked for and how far the decision is belong to the study."""
    design, store = single_point(scenario, 5)._replace(precision=Precision(0.01, 80)), Store()
    store.describe(design, ORIGIN)
    before = store.plans()
    store.plan([Plan(12, settled=True)])

    assert (design, ORIGIN) == store.study()
    assert ([Plan(5, settled=False)], [Plan(12, settled=True)]) == (before, store.plans())


def test_failures_are_noted_and_tried_again(scenario: Scenario) -> None:
    """What lost its workers is counted until the study is started again."""
    store = Store()
    store.give_up(cell.key for cell in cells_of(point(scenario, {}), 1, range(2)))
    before = store.failed()
    store.retry()

    assert (2, 0) == (before, store.failed())


def test_a_full_disk(scenario: Scenario, tmp_path: Path) -> None:
    """A transaction that does not fit is not there at all, and the message says what to do."""
    subject, store = point(scenario, {}), Store(tmp_path)
    outcomes = simulate_cells(cells_of(subject, 1, range(40)), SIMULATION)
    store.put(outcomes[:1])
    (pages,) = store._database.execute("PRAGMA page_count").fetchone()
    store._database.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(StudyError, match=r"results\.sqlite: the disk is full; make room, and run the same"):
        store.put(outcomes[1:])

    assert {subject.fingerprint: range(1)} == Store.existing(tmp_path).done(1, model_version())


def test_a_locked_file(scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program that holds the file is waited for, and then named."""
    monkeypatch.setattr("callcenter.study.store.database.PATIENCE", 0.1)
    Store(tmp_path)
    other = sqlite3.connect(tmp_path / FILE)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StudyError, match="locked by another program"):
        Store(tmp_path).describe(single_point(scenario, 1), ORIGIN)
    other.close()


def test_a_file_that_may_only_be_read(scenario: Scenario, tmp_path: Path) -> None:
    """A reader changes nothing, not even by mistake."""
    Store(tmp_path).describe(single_point(scenario, 1), ORIGIN)
    with pytest.raises(StudyError, match="cannot be written to; allow it, or give another"):
        Store.existing(tmp_path).retry()


def test_torn_power(scenario: Scenario, tmp_path: Path) -> None:
    """Wherever the log of transactions is torn off, whole transactions are there and nothing else."""
    subject, store = point(scenario, {}), Store(tmp_path)
    outcomes = simulate_cells(cells_of(subject, 1, range(6)), SIMULATION)
    for outcome in outcomes:
        store.put([outcome])
    main, log = tmp_path / FILE, tmp_path / f"{FILE}-wal"
    numbers = []
    for part in range(11):
        after = tmp_path / f"after {part}"
        after.mkdir()
        (after / FILE).write_bytes(main.read_bytes())
        (after / log.name).write_bytes(log.read_bytes()[: log.stat().st_size * part // 10])
        numbers.append(Store(after).tallies(subject, 1, 6, model_version()))

    assert [list(range(len(kept))) for kept in numbers] == [list(kept) for kept in numbers]
    assert sorted(map(len, numbers)) == [len(kept) for kept in numbers]
    assert (0, 6) == (len(numbers[0]), len(numbers[-1]))
    assert {len(kept) for kept in numbers} > {0, 6}
