"""The staffing puzzles: every solution checked, small ones proven again, and what the proofs rest on."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import callcenter as cc
from benchmarks.staffing import page, proofs, solutions
from benchmarks.staffing.__main__ import app, problems
from benchmarks.staffing.improving import Climb
from benchmarks.staffing.puzzles import Puzzle, names
from benchmarks.staffing.searching import searched
from callcenter.measure.tally import COUNTS

SMALL = ("n_1", "x_1", "w_1", "m_1", "shifts_4", "patient_4")
RUNNER = CliRunner()


@pytest.mark.parametrize("name", names())
def test_every_solution_checks(name: str) -> None:
    """It keeps every target on the days of its puzzle, at the cost that it says."""
    solution = solutions.known(name)

    assert solution is not None
    assert [] == problems(solution)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["n_2", "x_1", "shifts_4"])
def test_both_engines_count_the_same(name: str) -> None:
    """Whole calls, so to the last bit."""
    puzzle, solution = Puzzle(name), solutions.known(name)
    assert solution is not None

    assert puzzle.kept(solution.plan) == puzzle.kept(solution.plan, "simpy")


@pytest.mark.parametrize("name", SMALL)
def test_small_optima_are_proven_again(name: str) -> None:
    """No plan that is cheaper keeps every target."""
    solution = solutions.known(name)
    assert solution is not None
    assert solution.proof

    proof = proofs.proven(Puzzle(name), solution.cost)

    assert proof is not None
    assert (solution.cost, None, solution.proof) == (proof.cost, proof.plan, proof.method)


def test_branch_and_bound_finds_what_enumeration_finds() -> None:
    """From a cost that is far too high, both come to the same least cost."""
    puzzle = Puzzle("patient_4")
    puzzle.days = 3
    puzzle.scenario = puzzle.scenario.with_({"day.close": "11:00", "demand.calls": [20, 35, 15]})

    every, some = proofs.enumerated(puzzle, Fraction(13)), proofs.Branches(puzzle, Fraction(13)).proof()

    assert every.cost == some.cost < 13
    assert some.tried < every.tried
    assert some.plan is not None
    assert puzzle.is_solved_by(some.plan)


def test_one_more_agent_can_hurt_where_callers_hang_up() -> None:
    """The day 3 of line_3 has four calls fewer in time with an agent more: no bound by monotony there."""
    puzzle = Puzzle("line_3")

    def in_time(plan: list[int]) -> int:
        days = cc.run(puzzle.staffed(np.array([plan])), puzzle.days, puzzle.scenario.seed).tallies
        return int(days[3].counts[COUNTS.index("answered_within")].sum())

    assert in_time([3, 8, 5]) - 4 == in_time([4, 8, 5])
    assert not proofs.is_monotone(puzzle)
    assert proofs.is_monotone(Puzzle("patient_4"))


@pytest.mark.slow
def test_nobody_waits_longer_for_more_agents_where_callers_are_patient() -> None:
    """What branch and bound rests on: each day's late calls by hour, for random plans and an agent more."""
    puzzle, rng = Puzzle("patient_8"), np.random.default_rng(1)
    branches = proofs.Branches(puzzle, Fraction(100))
    for _each in range(40):
        plan = rng.integers(1, 12, puzzle.shape[1])
        more = plan.copy()
        more[rng.integers(plan.size)] += 1
        assert (branches._late(more) <= branches._late(plan)).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("cost: 1", "costs 14, not 1"),
        ("both: [4, 5]", "calls in time"),
        ("both: [4]", "2 numbers of 0 or more are needed"),
        ("both: [4, -6]", "2 numbers of 0 or more are needed"),
        ("both: many", "write puzzle, cost and agents"),
    ],
)
def test_what_is_wrong_with_a_solution_is_said(change: str, message: str, tmp_path: Path) -> None:
    """And the checker ends with an error."""
    key = change.split(":")[0]
    lines = (solutions.FOLDER / "n_2.yaml").read_text(encoding="utf-8").splitlines()
    wrong = [
        f"{line[: len(line) - len(line.lstrip())]}{change}" if line.lstrip().startswith(key) else line
        for line in lines
    ]
    path = tmp_path / "mine.yaml"
    path.write_text("\n".join(wrong), encoding="utf-8")

    result = RUNNER.invoke(app, ["check", str(path)])

    assert 1 == result.exit_code
    assert message in f"{result.output}{result.exception}"


def test_a_search_from_nothing_solves_a_puzzle() -> None:
    """And comes to the proven optimum of a small one."""
    puzzle, solution = Puzzle("x_1"), solutions.known("x_1")
    assert solution is not None
    climb = Climb(puzzle)

    plan = climb.improved(climb.start())

    assert puzzle.is_solved_by(plan)
    assert solution.cost == puzzle.cost(plan)


def test_the_page_has_every_puzzle_as_it_is_solved() -> None:
    """Cost and proof of each solution stand in the table of the docs."""
    rows = [
        line.split(" | ")
        for line in page.PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| [")
    ]
    shown = {row[0].split("]")[0].removeprefix("| ["): (row[5], row[6]) for row in rows}

    expected = {}
    for name in names():
        solution = solutions.known(name)
        assert solution is not None
        expected[name] = (f"**{float(solution.cost):g}**", solution.proof or "open")
    assert expected == shown


@pytest.mark.parametrize("name", ["n_1", "m_1", "patient_8", "patient_12", "w_2"])
def test_the_search_comes_to_what_is_proven(name: str) -> None:
    """Several agents exchanged from one place (n_1, m_1), hours closed in the evening (patient)."""
    puzzle, known = Puzzle(name), solutions.known(name)
    assert known is not None
    assert known.proof

    assert puzzle.cost(searched(puzzle)) == known.cost
