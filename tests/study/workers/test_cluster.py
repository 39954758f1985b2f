"""Studies on a Dask cluster: a real scheduler, real workers, one of them killed."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from callcenter.scenario import Scenario
from callcenter.study import LostWorkersError, StudyError, run, sweep
from callcenter.study.staffing import staff
from callcenter.study.store.version import identity
from callcenter.study.workers.cluster import AddressError, ClusterError, connected
from callcenter.study.workers.dispatch import completed
from callcenter.study.workers.effort import Effort
from callcenter.study.workers.executors import workforce
from tests.study.workers.dask import Cluster, cluster
from tests.study.workers.fatal import die_on_three

IMPATIENT = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
"""The scheduler gives a task up when it has cost one worker."""


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait long for those who will not come."""
    monkeypatch.setattr("callcenter.study.workers.cluster.PATIENCE", 1.0)


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster of two workers that nobody harms."""
    with cluster(tmp_path_factory.mktemp("dask")) as running:
        yield running


@pytest.mark.slow
def test_a_sweep_on_a_cluster_is_the_serial_sweep(dask: Cluster, sweep_file: Path) -> None:
    """Where the work was done does not show."""
    assert json.dumps(sweep(sweep_file).summary) == json.dumps(
        sweep(sweep_file, cluster=dask.address).summary
    )


@pytest.mark.slow
def test_a_staffing_on_a_cluster_is_that_of_this_process(dask: Cluster, scenario: Scenario) -> None:
    """Call tapes stay with the workers there, too."""
    here, there = (
        staff(scenario, replications=4, effort=effort).summary
        for effort in (None, Effort(cluster=dask.address))
    )

    assert here == there


@pytest.mark.slow
def test_the_call_logs_come_back(dask: Cluster, scenario: Scenario) -> None:
    """What is to be kept is kept."""
    here, there = (
        run(scenario, replications=2, keep="calls", cluster=address) for address in (None, dask.address)
    )

    assert here.calls.equals(there.calls)


@pytest.mark.slow
def test_a_worker_killed_under_way(sweep_file: Path, tmp_path: Path) -> None:
    """The other worker takes over, and the result is the serial one."""
    reported: list[int] = []
    with cluster(tmp_path) as dask:

        def kill(done: int, total: int) -> None:
            if done and not reported:
                dask.workers[0].kill()
                reported.append(done)

        study = sweep(sweep_file, 40, out=tmp_path / "out", cluster=dask.address, on_progress=kill)

    assert 0 < reported[0] < 160
    assert json.dumps(sweep(sweep_file, 40).summary) == json.dumps(study.summary)


@pytest.mark.slow
def test_a_task_that_kills_its_workers_is_given_up(tmp_path: Path) -> None:
    """The scheduler's own patience counts as tries; everything else is done."""
    done: dict[int, int] = {}
    with (
        cluster(tmp_path, workers=3, **IMPATIENT) as dask,
        workforce(Effort(cluster=dask.address)) as force,
        pytest.raises(LostWorkersError),
    ):
        done.update(completed(force(0.0), die_on_three, list(range(6))))

    assert {number: number for number in range(6) if number != 3} == done


@pytest.mark.slow
def test_nobody_answers(hasty: None) -> None:
    """An address without a scheduler is named, with what to do."""
    with (
        pytest.raises(ClusterError, match=r"127.0.0.1:9: no scheduler answers there .* `dask scheduler`"),
        connected("tcp://127.0.0.1:9"),
    ):
        pass


@pytest.mark.parametrize(
    "address", ["nonsense://x", "nonsense", "tcp://host", "host:99999", "tcp://host:http"]
)
def test_an_address_that_is_none(address: str, capfd: pytest.CaptureFixture[str]) -> None:
    """What cannot be an address is refused likewise, and Dask says nothing of its own."""
    with pytest.raises(AddressError, match=r"no scheduler answers there \(a port"), connected(address):
        pass
    gc.collect()

    assert "" == capfd.readouterr().err


def test_a_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, the message says how to get it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(ClusterError, match=r"pip install '.\[cluster\]'"),
        connected("tcp://127.0.0.1:9"),
    ):
        pass


@pytest.mark.slow
def test_a_scheduler_without_workers(tmp_path: Path, hasty: None) -> None:
    """Nothing would ever be done, so it is said at once."""
    with (
        cluster(tmp_path, workers=0) as dask,
        pytest.raises(ClusterError, match="has no workers; start some"),
        connected(dask.address),
    ):
        pass


def test_workers_of_another_version(dask: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Results of different models are never mixed; the worker and what differs are named."""
    other = {**identity(), "model": "0123456789abcdef"}
    monkeypatch.setattr("callcenter.study.workers.cluster.identity", lambda: other)
    with (
        pytest.raises(ClusterError, match=f"model {identity()['model']} instead of {other['model']}"),
        connected(dask.address),
    ):
        pass


@pytest.mark.slow
def test_a_scheduler_that_ends(
    sweep_file: Path, tmp_path: Path, hasty: None, capfd: pytest.CaptureFixture[str]
) -> None:
    """What was finished is kept, and the message says how to go on; Dask says nothing of its own."""
    with cluster(tmp_path) as dask:

        def end(done: int, total: int) -> None:
            if done:
                dask.scheduler.kill()

        with pytest.raises(StudyError, match="scheduler has ended or cannot be reached"):
            sweep(sweep_file, 400, out=tmp_path / "out", cluster=dask.address, on_progress=end)
    assert "" == capfd.readouterr().err
