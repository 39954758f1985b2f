"""Sweeps: every point with the same callers, resumed where they stopped."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from callcenter.scenario import Problem, Scenario, ScenarioError, load
from callcenter.study import LostWorkersError, StoreError, load_design, reopen, run, sweep
from callcenter.study.designs.design import point
from callcenter.study.errors import StudyError
from callcenter.study.store.version import identity, model_version, versions
from callcenter.study.workers.cells import cells_of
from callcenter.study.workers.tasks import Packer


class Unplugged(Exception):  # noqa: N818
    """Somebody pulled the plug."""


def unplug_after(replications: int) -> object:
    """Return a progress callback that stops the sweep once so many replications are done."""

    def stop(done: int, total: int) -> None:
        if done >= replications:
            raise Unplugged

    return stop


def test_a_point_is_what_a_run_of_its_scenario_is(sweep_file: Path) -> None:
    """A sweep gives at each point exactly what running it alone gives."""
    study = sweep(sweep_file)
    alone = run(load(sweep_file.with_name("small.yaml"), {"pools.desk.agents": 20}), replications=3)

    assert study.results[3].summary == alone.summary
    assert study.summaries[3] == alone.summary


def test_points_table(sweep_file: Path) -> None:
    """A row for each point and tier, with what was varied, the agents, and the answer rate."""
    points = sweep(sweep_file, replications=2).points

    assert list(points.columns[:8]) == [
        *("point", "demand.volume", "pools.desk.agents"),
        *("agent_hours", "agents_peak", "rostered_hours", "rostered_peak", "tier"),
    ]
    assert len(points) == 4 * 4
    assert list(points[points.tier == "vip"]["pools.desk.agents"]) == [0.8, 2.0, 0.8, 2.0]
    assert list(points[points.tier == "vip"].agent_hours) == [32.0, 80.0, 32.0, 80.0]
    assert {"service_level", "service_level_low", "target", "verdict"} <= set(points.columns)


def test_same_callers_everywhere(sweep_file: Path) -> None:
    """More agents meet exactly the same calls."""
    few, many = sweep(sweep_file, replications=2).results[2:4]

    assert few.summary["tiers"]["vip"]["counts"]["called"] == many.summary["tiers"]["vip"]["counts"]["called"]


def test_workers_change_nothing(sweep_file: Path, tmp_path: Path) -> None:
    """One and four workers, in memory or on disk, give the same figures."""
    one, four = sweep(sweep_file), sweep(sweep_file, workers=4, out=tmp_path / "out")

    assert json.dumps(one.summary) == json.dumps(four.summary)
    assert one.answer == four.answer


def test_an_interrupted_sweep_is_resumed(sweep_file: Path, tmp_path: Path) -> None:
    """What was done before the interruption is kept, and the end is the same."""
    out, reported = tmp_path / "out", list[int]()
    with pytest.raises(Unplugged):
        sweep(sweep_file, out=out, on_progress=unplug_after(5))  # type: ignore[arg-type]
    half = reopen(out)
    kept = sum(result.replications for result in half.results)
    resumed = sweep(sweep_file, out=out, on_progress=lambda done, total: reported.append(done))

    assert half.incomplete
    assert 5 <= kept < 12
    assert reported[0] == kept
    assert not reopen(out).incomplete
    assert json.dumps(resumed.summary) == json.dumps(sweep(sweep_file).summary)


def test_a_finished_sweep_is_reopened(sweep_file: Path, tmp_path: Path) -> None:
    """The store alone gives back everything."""
    study = sweep(sweep_file, out=tmp_path / "out", command="callcenter sweep staffing.yaml")
    again = reopen(tmp_path / "out")

    assert json.dumps(study.summary) == json.dumps(again.summary)
    assert (again.origin, again.settings, again.varied) == (study.origin, study.settings, study.varied)


def test_a_larger_sweep_reuses_what_is_there(sweep_file: Path, tmp_path: Path) -> None:
    """Points that a sweep shares with the last one are not simulated again."""
    out, reported = tmp_path / "out", list[tuple[int, int]]()
    sweep(sweep_file, out=out)
    sweep_file.write_text(sweep_file.read_text().replace("[0.5, 1.0]", "[1.0, 1.5]"))
    sweep(sweep_file, out=out, on_progress=lambda done, total: reported.append((done, total)))

    assert reported[0] == (6, 12)


def test_points_that_are_the_same_are_simulated_once(sweep_file: Path) -> None:
    """Two names for one scenario cost one simulation."""
    reported: list[tuple[int, int]] = []
    sweep_file.write_text("scenario: small.yaml\nreplications: 2\nvary: {demand.volume: [1, 1.0]}\n")
    study = sweep(sweep_file, on_progress=lambda done, total: reported.append((done, total)))

    assert reported[-1] == (2, 2)
    assert study.summaries[0]["tiers"] == study.summaries[1]["tiers"]


def test_nothing_to_reopen(tmp_path: Path) -> None:
    """A directory without results is named."""
    with pytest.raises(StoreError, match="holds no results"):
        reopen(tmp_path)


def test_model_version_is_a_digest_of_the_sources() -> None:
    """The version of the model is known and stays the same within a process."""
    origin = versions()

    assert origin["model"] == model_version()
    assert len(model_version()) == 16


class Poisoned(Executor):
    """Workers that die of one scenario, wherever it is in a task."""

    def __init__(self, fingerprint: str) -> None:
        self.fingerprint = fingerprint.encode()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do the task here, or die."""
        future: Future[Any] = Future()
        if self.fingerprint in args[0]:
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(fn(*args))
        return future


def test_a_point_that_kills_its_workers(sweep_file: Path, tmp_path: Path) -> None:
    """Its replications are given up and the sweep goes on and says so; a later one tries them again."""
    worst = load_design(sweep_file).points[3].fingerprint
    study = sweep(sweep_file, out=tmp_path / "out", executor=Poisoned(worst))
    again = reopen(tmp_path / "out")
    later = sweep(sweep_file, out=tmp_path / "out")

    assert (3, 3, True) == (study.failed, len(study.results), study.incomplete)
    assert "3 replications were given up, having lost the worker process 3 times" in study.remarks[0]
    assert (study.remarks, study.replications) == (again.remarks, again.replications)
    assert json.dumps(sweep(sweep_file).summary) == json.dumps(later.summary)
    assert (0, False) == (later.failed, later.incomplete)


def test_every_point_kills_its_workers(scenario: Scenario) -> None:
    """Where nothing could be done there is no result."""
    with pytest.raises(LostWorkersError, match="2 replications were given up"):
        run(scenario, replications=2, executor=Poisoned(scenario.fingerprint))


def test_an_error_of_the_scenario_comes_from_workers_as_it_is(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What turns out to be wrong only when calls are drawn reaches the user in the same words."""
    monkeypatch.setattr("callcenter.study.workers.cells.draw", _refuse)
    with ThreadPoolExecutor(1) as threads, pytest.raises(ScenarioError, match="tiers: too many calls"):
        run(scenario, replications=2, executor=threads, engine="simpy")

    error = pickle.loads(pickle.dumps(_error()))  # noqa: S301 (as workers send it)
    assert (str(_error()), _error().problems) == (str(error), error.problems)


def _refuse(*_: object) -> None:
    raise _error()


def _error() -> ScenarioError:
    return ScenarioError([Problem("small.yaml", None, None, "tiers", "too many calls")])


def test_workers_of_another_version(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that was installed otherwise refuses the work, and says what differs."""
    monkeypatch.setattr(
        "callcenter.study.workers.tasks.identity", lambda: {**identity(), "callcenter": "9.9.9"}
    )
    with (
        ThreadPoolExecutor(1) as threads,
        pytest.raises(StudyError, match=r"callcenter .* instead of 9\.9\.9"),
    ):
        run(scenario, replications=2, executor=threads)


def test_a_scenario_is_sent_once_a_task(scenario: Scenario) -> None:
    """Many replications take little more to send than one."""
    one, many = (cells_of(point(scenario, {}), 1, range(number)) for number in (1, 100))

    assert len(Packer()(many)) < len(Packer()(one)) + 1000


def test_tables_that_no_memory_holds_are_refused_beforehand(scenario: Scenario) -> None:
    """Ten million replications, before the first one, with the place in the scenario."""
    with pytest.raises(ScenarioError, match=r"interval: the tables of 10,000,000 replications"):
        run(scenario, replications=10_000_000)
