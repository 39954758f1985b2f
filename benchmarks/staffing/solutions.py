"""Solutions as they are kept: one small file a puzzle."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml

from benchmarks.staffing.puzzles import HERE, Puzzle
from callcenter.arrays import Ints

FOLDER = HERE / "solutions"


class Solution(NamedTuple):
    """A plan for a puzzle."""

    puzzle: str
    cost: Fraction
    plan: Ints
    by: str
    proof: str | None
    """How it was shown that nothing is cheaper; None: it was not."""
    first: Fraction | None
    """What the first release's `staff` came to."""
    today: Fraction | None = None
    """What today's comes to."""


def read(path: Path) -> Solution:
    """Read a solution; ValueError names the file and what is wrong with it."""
    written: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        puzzle = Puzzle(written["puzzle"])
        rows = [np.array(written["agents"][pool], np.int64) for pool in puzzle.pools]
        cost = Fraction(str(written["cost"]))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ValueError(
            f"{path}: {error!r}; write puzzle, cost and agents, a list of whole numbers for each pool"
        ) from error
    if any(row.shape != puzzle.shape[1:] or (row < 0).any() for row in rows):
        raise ValueError(
            f"{path}: {puzzle.shape[1]} numbers of 0 or more are needed for each of {puzzle.pools}"
        )
    return Solution(
        puzzle.name,
        cost,
        np.array(rows),
        str(written.get("by", "")),
        written.get("proof"),
        *(None if key not in written else Fraction(str(written[key])) for key in ("first", "today")),
    )


def write(solution: Solution, path: Path | None = None) -> Path:
    """Write a solution, by default where the best known ones are."""
    path = path or FOLDER / f"{solution.puzzle}.yaml"
    puzzle = Puzzle(solution.puzzle)
    lines = [f"puzzle: {solution.puzzle}", f"cost: {_plain(solution.cost)}", "agents:"]
    lines += [f"  {name}: {row.tolist()}" for name, row in zip(puzzle.pools, solution.plan, strict=True)]
    lines += [f"by: {solution.by}"]
    lines += [f"proof: {solution.proof}"] if solution.proof else []
    lines += [f"first: {_plain(solution.first)}"] if solution.first is not None else []
    lines += [f"today: {_plain(solution.today)}"] if solution.today is not None else []
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return path


def known(name: str) -> Solution | None:
    """Return the best known solution of a puzzle."""
    path = FOLDER / f"{name}.yaml"
    return read(path) if path.exists() else None


def _plain(cost: Fraction) -> str:
    return f"{float(cost):.10g}"
