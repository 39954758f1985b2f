"""Rounds: what is planned decides on the next round, and on nothing else."""

from __future__ import annotations

from callcenter.scenario import Scenario
from callcenter.study.designs.design import Design, design_of, point
from callcenter.study.designs.precision import Precision
from callcenter.study.store.description import Origin, Plan
from callcenter.study.store.results_store import Store
from callcenter.study.store.version import versions
from callcenter.study.workers.cells import Simulation, cells_of, simulate_cells
from callcenter.study.workers.rounds import Rounds


def described(design: Design) -> Store:
    """Return a store in memory that describes a study."""
    store = Store()
    store.describe(design, Origin("simpy", "", "", versions()))
    return store


def simulated(design: Design, store: Store, number: int) -> None:
    """Put the first replications of every point into a store."""
    for each in design.points:
        store.put(simulate_cells(cells_of(each, design.seed, range(number)), Simulation("simpy")))


def test_without_a_precision_there_is_one_round(scenario: Scenario) -> None:
    """As many replications as were asked for."""
    design = design_of("plain", [point(scenario, {})], 1, 4)
    rounds = Rounds(design, described(design))

    assert ([4], True) == ([plan.planned for plan in rounds.plans.values()], rounds.is_open)

    rounds.advance()

    assert ([4], False) == ([plan.planned for plan in rounds.plans.values()], rounds.is_open)


def test_the_same_scenario_is_one_point(scenario: Scenario) -> None:
    """However often the design has it."""
    design = design_of("twice", [point(scenario, {"n": 1}), point(scenario, {"n": 2})], 1, 4)

    assert 1 == len(Rounds(design, described(design)).points)


def test_a_precision_asks_for_more_until_it_is_reached(scenario: Scenario) -> None:
    """At least two replications to begin with; what is settled is noted down in the store."""
    design = design_of("precise", [point(scenario, {})], 1, 1)._replace(precision=Precision(0.02, most=5))
    store = described(design)
    rounds = Rounds(design, store)

    assert [Plan(2, settled=False)] == store.plans()

    while rounds.is_open:
        simulated(design, store, next(iter(rounds.plans.values())).planned)
        rounds.advance()

    assert [Plan(5, settled=True)] == store.plans()


def test_what_was_given_up_is_not_waited_for(scenario: Scenario) -> None:
    """A point without a single result has no next round."""
    design = design_of("lost", [point(scenario, {})], 1, 2)._replace(precision=Precision(0.02))
    rounds = Rounds(design, described(design))
    rounds.advance()

    assert not rounds.is_open
