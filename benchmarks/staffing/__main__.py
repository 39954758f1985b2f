"""Check, score and improve solutions of the staffing puzzles: ``python -m benchmarks.staffing``."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from benchmarks.staffing import page, proofs, solutions
from benchmarks.staffing.improving import Climb
from benchmarks.staffing.puzzles import Kept, Puzzle, names
from benchmarks.staffing.searching import searched
from benchmarks.staffing.solutions import Solution

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="The staffing puzzles and their solutions."
)
Names = Annotated[list[str] | None, typer.Argument(help="Puzzles; all of them if left out.")]


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Solutions; the best known if left out.")] = None,
    engine: Annotated[str, typer.Option(help="compiled or simpy: both count the same calls.")] = "compiled",
) -> None:
    """Say whether solutions keep every target on the days of their puzzle, and what they cost."""
    is_wrong = False
    for path in files or sorted(solutions.FOLDER.glob("*.yaml")):
        try:
            solution = solutions.read(path)
        except ValueError as error:
            sys.exit(str(error))
        wrong = problems(solution, engine)
        is_wrong |= bool(wrong)
        best = solutions.known(solution.puzzle)
        beside = "" if best is None else f" (best known {float(best.cost):g})"
        came_to = "; ".join(wrong) or "keeps every target"
        print(f"{solution.puzzle}: {float(solution.cost):g}{beside}: {came_to}")
    sys.exit(1 if is_wrong else 0)


def problems(solution: Solution, engine: str = "compiled") -> list[str]:
    """Return what is wrong with a solution; nothing if it keeps every target at the cost that it says."""
    puzzle = Puzzle(solution.puzzle)
    cost = puzzle.cost(solution.plan)
    wrong = [f"costs {float(cost):g}, not {float(solution.cost):g}"] if cost != solution.cost else []
    wrong += [missed(each) for each in puzzle.kept(solution.plan, engine) if each.spare < 0]
    return wrong + (bounds(puzzle, solution) if puzzle.catalogue is not None else [])


def missed(target: Kept) -> str:
    """Return by how much a target is missed, in calls."""
    needed = -(-target.share * target.asked // 1)
    return f"{target.tier}: {target.kept} of {target.asked} calls in time, {needed} needed"


def bounds(puzzle: Puzzle, solution: Solution) -> list[str]:
    """Return the shifts that more or fewer agents work than the catalogue allows."""
    assert puzzle.catalogue is not None
    return [
        f"{pool}: shift {place + 1} is for {shift.at_least} to {shift.at_most} agents, not {agents}"
        for pool, row in zip(puzzle.pools, solution.plan.tolist(), strict=True)
        for place, (shift, agents) in enumerate(zip(puzzle.catalogue.shifts, row, strict=True))
        if not shift.at_least <= agents <= shift.at_most
    ]


@app.command()
def score(only: Names = None) -> None:
    """Simulate the best known solutions on 1,000 fresh days; write the table of the docs if all were."""
    scored = []
    for name in only or names():
        solution = solutions.known(name)
        if solution is None:
            sys.exit(f"{name} has no solution yet; run: python -m benchmarks.staffing improve {name}")
        fresh = Puzzle(name).fresh(solution.plan)
        scored.append((solution, fresh))
        print(page.row(solution, fresh), flush=True)
    if not only:
        page.write(scored)


@app.command()
def search(only: Names = None) -> None:
    """Search with today's `staff` on the days of each puzzle; note what it comes to, and what is better."""
    saved = []
    for name in only or names():
        puzzle, solution = Puzzle(name), solutions.known(name)
        if solution is None or solution.first is None:
            continue
        first = solution.first
        plan = searched(puzzle)
        if not puzzle.is_solved_by(plan):
            print(f"{name}: today's search found nothing that holds", flush=True)
            continue
        cost = puzzle.cost(plan)
        print(
            f"{name}: first release {float(first):g}, today {float(cost):g}, "
            f"best known {float(solution.cost):g}",
            flush=True,
        )
        if cost < solution.cost:
            solution = solution._replace(cost=cost, plan=plan, by="staff", proof=None)
        solutions.write(solution._replace(today=cost))
        if solution.cost < first:
            saved.append(float(1 - cost / first))
    if saved:
        print(f"saved where anything can be: {100 * median(saved):.1f}% (median of {len(saved)})")


@app.command()
def prove(only: Names = None) -> None:
    """Show that nothing is cheaper than the best known solution, where that can be done, and note it."""
    for name in only or names():
        puzzle, solution = Puzzle(name), solutions.known(name)
        if solution is None:
            continue
        proof = proofs.proven(puzzle, solution.cost)
        if proof is None:
            print(f"{name}: {float(solution.cost):g}, not proven", flush=True)
            continue
        if proof.plan is not None:
            solution = solution._replace(cost=proof.cost, plan=proof.plan, by=proof.method)
        solutions.write(solution._replace(proof=proof.method))
        print(f"{name}: {float(proof.cost):g} by {proof.method}, {proof.tried:,} plans simulated", flush=True)


@app.command()
def improve(only: Names = None) -> None:
    """Search from the best known solutions, or from nothing, and keep what is cheaper."""
    for name in only or names():
        puzzle, solution = Puzzle(name), solutions.known(name)
        climb = Climb(puzzle)
        plan = climb.improved(climb.start() if solution is None else solution.plan)
        cost: Fraction = puzzle.cost(plan)
        before = "none" if solution is None else f"{float(solution.cost):g}"
        print(f"{name}: {before} -> {float(cost):g}, {climb.tried:,} plans simulated", flush=True)
        if solution is None or cost < solution.cost:
            by = "python -m benchmarks.staffing improve"
            earlier = (None, None) if solution is None else (solution.first, solution.today)
            solutions.write(Solution(name, cost, plan, by, None, *earlier))


if __name__ == "__main__":
    app()
