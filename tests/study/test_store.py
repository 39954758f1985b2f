"""The results store keeps tallies by key and describes the study they belong to."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from callcenter.scenario import Scenario
from callcenter.study import reopen
from callcenter.study.cells import CellKey, cells_of, simulate_cells
from callcenter.study.design import Design, point, single_point
from callcenter.study.store import FILE, LAYOUT, Origin, Store, StoreError
from callcenter.study.version import model_version, versions

ORIGIN = Origin("simpy", "callcenter run small.yaml", "2026-01-31T08:00:00+00:00", versions())


def test_what_is_put_is_found(scenario: Scenario) -> None:
    """Tallies come back in order of their replication, equal to what was put."""
    subject, store = point(scenario, {}), Store()
    outcomes = simulate_cells(cells_of(subject, seed=1, replications=3), "simpy", keep_log=False)
    store.put(reversed(outcomes))
    found = store.tallies(subject, 1, 3, model_version())

    assert [outcome.tally for outcome in outcomes] == [tally.to_bytes() for tally in found]
    assert store.keys() == {CellKey(subject.fingerprint, 1, number) for number in range(3)}
    assert store.count(subject, 1, 2, model_version()) == 2


def test_keys_tell_seeds_apart(scenario: Scenario) -> None:
    """Another seed has other results."""
    subject, store = point(scenario, {}), Store()
    store.put(simulate_cells(cells_of(subject, seed=1, replications=1), "simpy", keep_log=False))

    assert store.tallies(subject, 2, 1, model_version()) == ()


def test_results_of_another_model_are_left_alone(scenario: Scenario, tmp_path: Path) -> None:
    """What another version of the model found is neither used nor lost."""
    subject, store = point(scenario, {}), Store(tmp_path)
    store.put(simulate_cells(cells_of(subject, seed=1, replications=1), "simpy", keep_log=False))
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("UPDATE run SET model = 'older'")
    database.close()

    assert store.keys() == set()
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
    store.put(simulate_cells(cells_of(subject, seed=1, replications=1), "simpy", keep_log=False))

    assert reader.count(subject, 1, 1, model_version()) == 1


def test_a_study_that_has_not_finished_anything(scenario: Scenario, tmp_path: Path) -> None:
    """A study interrupted before its first replication has nothing to report, and says so."""
    Store(tmp_path).describe(single_point(scenario, 3), ORIGIN)

    with pytest.raises(StoreError, match="no finished replication yet"):
        reopen(tmp_path)
