"""Who works is one value, which run, sweep, compare and staff take alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

import callcenter as cc
from callcenter.scenario import Scenario
from callcenter.study import EffortError, StudyError
from callcenter.study.staffing import StaffingError
from callcenter.study.workers import executors
from callcenter.study.workers.executors import workforce


class Counting(Executor):
    """An executor of the user's own that counts the tasks it does."""

    def __init__(self) -> None:
        self.tasks = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do the task at once."""
        self.tasks += 1
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


Study = Callable[[Scenario, Path, cc.Effort | None], object]

STUDIES: dict[str, Study] = {
    "run": lambda scenario, _, effort: cc.run(scenario, 2, effort=effort).summary,
    "sweep": lambda _, file, effort: cc.sweep(file, 2, effort=effort).summary,
    "compare": lambda scenario, _, effort: (
        cc.compare(
            scenario, scenario.with_({"demand.volume": 1.2}), names="ab", replications=2, effort=effort
        ).summary
    ),
    "staff": lambda scenario, _, effort: cc.staff(scenario, replications=2, effort=effort).summary,
    "one_more_agent": lambda scenario, _, effort: cc.one_more_agent(scenario, 2, effort=effort).to_csv(),
}


@pytest.mark.parametrize("study", STUDIES.values(), ids=STUDIES)
def test_every_study_takes_the_same_effort(study: Study, scenario: Scenario, sweep_file: Path) -> None:
    """The executor does the work, and the result is that of this process alone."""
    executor = Counting()

    assert study(scenario, sweep_file, None) == study(scenario, sweep_file, cc.Effort(executor=executor))
    assert executor.tasks


@pytest.mark.parametrize("study", STUDIES.values(), ids=STUDIES)
def test_every_study_connects_to_a_cluster(
    study: Study, scenario: Scenario, sweep_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the beginning of the address; and it lets go of the cluster at the end."""
    addresses: list[str] = []

    @contextmanager
    def threads(address: str) -> Iterator[Executor]:
        with ThreadPoolExecutor(2) as executor:
            addresses.append(address)
            yield executor
            addresses.append("closed")

    monkeypatch.setattr(executors, "CLUSTERS", {"threads": threads})
    here = study(scenario, sweep_file, None)

    assert here == study(scenario, sweep_file, cc.Effort(cluster="threads://2"))
    assert ["threads://2", "closed"] == addresses


def test_keywords_say_the_same(scenario: Scenario) -> None:
    """An effort is the single keywords in one value."""
    by_keyword, by_value = Counting(), Counting()
    one = cc.run(scenario, 3, engine="simpy", executor=by_keyword)
    other = cc.run(scenario, 3, effort=cc.Effort(engine="simpy", executor=by_value))

    assert one.summary == other.summary
    assert by_keyword.tasks == by_value.tasks


@pytest.mark.parametrize(
    ("keywords", "names"),
    [
        ({"workers": 2}, "workers="),
        ({"engine": "simpy", "cluster": "tcp://host:1"}, "cluster= and engine="),
    ],
)
def test_two_answers_are_refused(scenario: Scenario, keywords: dict[str, Any], names: str) -> None:
    """Who works is said once; the message names what to leave out."""
    with pytest.raises(EffortError, match=f"leave out {names}"):
        cc.run(scenario, 2, effort=cc.Effort(), **keywords)


def test_an_executor_or_a_cluster() -> None:
    """Not both."""
    with pytest.raises(EffortError, match="give one of them"):
        cc.Effort(executor=Counting(), cluster="tcp://host:8786")


def test_somebody_must_work() -> None:
    """No worker does nothing."""
    with pytest.raises(EffortError, match="workers must be 1 or more, or None to leave it open, given 0"):
        cc.Effort(workers=0)


def test_it_does_not_change() -> None:
    """A value may be shared by studies."""
    with pytest.raises(FrozenInstanceError):
        cc.Effort().workers = 4  # type: ignore[misc]


def test_staff_has_one_engine(scenario: Scenario) -> None:
    """Another would be left unused without a word."""
    with pytest.raises(StaffingError, match="compiled engine, given simpy"):
        cc.staff(scenario, effort=cc.Effort(engine="simpy"))


def test_no_such_kind_of_cluster() -> None:
    """An address that nothing connects to is named, with those that are known."""
    with (
        pytest.raises(EffortError, match=r"nonsense://x: no such kind of address; write one of tcp://"),
        workforce(cc.Effort(cluster="nonsense://x")),
    ):
        pass


def test_its_errors_are_wrong_input() -> None:
    """The command line shows them without a traceback."""
    assert issubclass(EffortError, StudyError)
    assert issubclass(EffortError, ValueError)
