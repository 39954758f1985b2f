"""Tasks: what is missing is cut once, by callers, and packed so that a worker finds it again."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from callcenter.language import speaking, spoken
from callcenter.measure import Tally
from callcenter.scenario import Scenario
from callcenter.study.designs.design import Point, point
from callcenter.study.store.outcome import Outcome
from callcenter.study.workers.cells import Cell, Simulation
from callcenter.study.workers.tasks import Packer, Quota, Work, do, do_packed


def points(scenario: Scenario) -> list[Point]:
    """Return two points of the same callers, and one of others."""
    changes: tuple[dict[str, object], ...] = ({}, {"pools.desk.agents": 12}, {"demand.volume": 0.5})
    return [point(scenario.with_(change), change) for change in changes]


def cells_of(work: Work, workers: int = 2) -> list[Cell]:
    """Return all cells, task after task."""
    return [cell for task in work.tasks(workers) for cell in task]


def test_a_quota_lacks_what_is_not_done(scenario: Scenario) -> None:
    """Gaps included; what is done beyond it does not count."""
    assert [0, 2, 3] == Quota(point(scenario, {}), 4, {1, 7}).missing


def test_every_missing_cell_is_cut_once(scenario: Scenario) -> None:
    """By fingerprint and replication, however many workers there are."""
    quotas = [Quota(each, 5, {number}) for number, each in enumerate(points(scenario))]
    expected = Counter((quota.point.fingerprint, number) for quota in quotas for number in quota.missing)

    for workers in (1, 4):
        work = Work(quotas, seed=3, engine="compiled")

        assert 12 == work.cells
        assert expected == Counter((cell.fingerprint, cell.replication) for cell in cells_of(work, workers))


def test_points_of_the_same_callers_take_turns_on_a_tape(scenario: Scenario) -> None:
    """So that it is drawn once: the same callers and replication follow each other."""
    tapes = [cell.tape for cell in cells_of(Work([Quota(each, 4) for each in points(scenario)], 3, "simpy"))]
    changes = sum(one != other for one, other in pairwise(tapes))

    assert len(set(tapes)) - 1 == changes


def test_nothing_missing_nothing_to_do(scenario: Scenario) -> None:
    """No tasks, no seconds."""
    work = Work([Quota(point(scenario, {}), 2, range(2))], 3, "simpy")

    assert (0, 0, []) == (work.cells, work.seconds, cells_of(work))


def test_a_packed_task_is_the_task(scenario: Scenario) -> None:
    """A worker simulates the same from its bytes, and its tallies are the same bytes."""
    task = cells_of(Work([Quota(each, 2) for each in points(scenario)], 3, "compiled"))
    simulation = Simulation("compiled")

    here = [(tally.to_bytes(), log) for tally, log in do(task, simulation) if isinstance(tally, Tally)]
    assert here == do_packed(Packer()(task), simulation)


def test_a_packed_task_is_done_in_the_language_of_its_sender(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a worker refuses is read by whoever started the study."""
    heard: list[str] = []

    def listen(*_: object) -> list[Outcome]:
        heard.append(spoken())
        return []

    monkeypatch.setattr("callcenter.study.workers.tasks.simulate_cells", listen)
    task = cells_of(Work([Quota(point(scenario, {}), 1)], 3, "compiled"))
    with speaking("zh-CN"):
        packed = Packer()(task)
    do_packed(packed, Simulation("compiled"))

    assert (["zh-CN"], "en") == (heard, spoken())


@pytest.mark.parametrize("keep", [True, False])
def test_logs_come_with_the_tallies_where_they_are_kept(scenario: Scenario, keep: bool) -> None:
    """One per cell, or none."""
    task = cells_of(Work([Quota(point(scenario, {}), 2)], 3, "compiled"))

    assert [keep, keep] == [log is not None for _, log in do(task, Simulation("compiled", keep))]
