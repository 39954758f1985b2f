"""A tape laid out once and run with many staffings gives what each of them gives by itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.demand import CallTape
from callcenter.engine import floor_plan, simulate
from callcenter.engine.compiled import Finished, Rerun
from callcenter.scenario import Scenario
from callcenter.scenario.parts.by_day import mean_day
from tests.engine.strategies import runs
from tests.engine.timeline import Caller, tape


def staffings(scenario: Scenario) -> list[Scenario]:
    """Return the scenario, and it with more agents, with nobody, and as it was."""
    more, nobody = (
        scenario.with_({f"pools.{pool}.agents": agents for pool in scenario.pools}) for agents in (4, 0)
    )
    return [scenario, more, nobody, scenario]


def rerun_of(rerun: Rerun, scenario: Scenario) -> list[np.ndarray]:
    """Return when calls were answered and when they left, of all that were made, in order of time."""
    finished = rerun.run(floor_plan(scenario))
    made = finished.calls[~np.isnan(finished.arrived)]
    return [np.sort(made["answered"]), np.sort(made["left"]), np.sort(made["outcome"])]


def by_itself(scenario: Scenario, calls: CallTape) -> list[np.ndarray]:
    """Return the same by the log of a run of its own."""
    log = simulate(scenario, calls, "compiled")
    return [np.sort(log.answered), np.sort(log.left), np.sort(log.outcome)]


def assert_same(expected: list[np.ndarray], columns: list[np.ndarray]) -> None:
    """Compare column by column, without a tolerance."""
    for one, other in zip(expected, columns, strict=True):
        assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f")


@settings(max_examples=40, deadline=None)
@given(run=runs())
def test_a_rerun_is_the_run(run: tuple[Scenario, list[Caller]]) -> None:
    """Whatever was run before on the same tape leaves no trace."""
    scenario, people = run
    if any(pool.agents is None for pool in scenario.pools.values()):
        return
    calls = tape(scenario, *people)
    rerun = Rerun(floor_plan(scenario), calls)

    for variant in staffings(scenario):
        assert_same(by_itself(variant, calls), rerun_of(rerun, variant))


@settings(max_examples=10, deadline=None)
@given(several=st.lists(runs(), min_size=2, max_size=4))
def test_threads_do_not_disturb_each_other(several: list[tuple[Scenario, list[Caller]]]) -> None:
    """Workers of a cluster may be threads of one process."""
    tapes = [(scenario, tape(scenario, *people)) for scenario, people in several]

    def reran(run: tuple[Scenario, CallTape]) -> list[np.ndarray]:
        return rerun_of(Rerun(floor_plan(run[0]), run[1]), run[0])

    with ThreadPoolExecutor(4) as threads:
        for run, columns in zip(tapes, threads.map(reran, tapes), strict=True):
            assert_same(by_itself(*run), columns)


def thinned(scenario: Scenario) -> list[Scenario]:
    """Return the scenario, with nobody from each interval on, and with one more in one pool then."""
    levels = {pool: [*map(int, mean_day(own.agents or ()))] for pool, own in scenario.pools.items()}
    first = next(iter(levels))
    variants = [scenario]
    for start in range(scenario.day.intervals):
        nobody = {pool: [*own[:start], *[0] * len(own[start:])] for pool, own in levels.items()}
        more = [own + (place == start) for place, own in enumerate(levels[first])]
        changes = (
            {f"pools.{pool}.agents": own for pool, own in nobody.items()},
            {f"pools.{first}.agents": more},
        )
        variants += map(scenario.with_, changes)
    return variants


@settings(max_examples=40, deadline=None)
@given(run=runs())
def test_a_branch_is_the_run(run: tuple[Scenario, list[Caller]]) -> None:
    """What runs have in common is run once, and no branch disturbs the next, to the last bit."""
    scenario, people = run
    if any(pool.agents is None for pool in scenario.pools.values()):
        return
    rerun = Rerun(floor_plan(scenario), tape(scenario, *people))
    plans = [floor_plan(variant) for variant in thinned(scenario)]
    course = rerun.course(plans[0])

    for plan in sorted(plans, key=course.parting):
        branched = [column.tobytes() for column in arrays_of(course.branch(plan))]
        assert [column.tobytes() for column in arrays_of(rerun.run(plan))] == branched


def arrays_of(finished: Finished) -> list[np.ndarray]:
    """Return all that a run has left behind, field by field: what lies between fields says nothing."""
    records = [finished.calls[name].copy() for name in finished.calls.dtype.names or ()]
    records += [finished.jobs[name].copy() for name in finished.jobs.dtype.names or ()]
    return [*records, finished.arrived.copy(), np.array([finished.close, finished.end])]
