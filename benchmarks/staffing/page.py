"""The page of the puzzles: its table is written between two marks, everything else by hand."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from benchmarks.staffing.puzzles import HERE, Kept, Puzzle
from benchmarks.staffing.solutions import Solution

PAGE = HERE.parents[1] / "docs/staffing-puzzles.md"
BEGIN, END = "<!-- table: python -m benchmarks.staffing score -->\n", "<!-- end of the table -->\n"
COLUMNS = (
    *("puzzle", "days", "numbers", "first release", "today"),
    *("best known", "proven by", "on 1,000 fresh days"),
)


def row(solution: Solution, fresh: Sequence[Kept]) -> str:
    """Return the line of one puzzle; ``fresh`` are the targets on fresh days."""
    puzzle = Puzzle(solution.puzzle)
    pools, columns = puzzle.shape
    cells = [
        f"[{puzzle.name}](../benchmarks/staffing/puzzles/{puzzle.name}.yaml)",
        str(puzzle.days),
        f"{pools} x {columns}" if pools > 1 else str(columns),
        _plain(solution.first),
        _plain(solution.today),
        f"**{_plain(solution.cost)}**",
        solution.proof or "open",
        shortfall(fresh),
    ]
    return f"| {' | '.join(cells)} |"


def shortfall(fresh: Sequence[Kept]) -> str:
    """Return the target that fresh days keep least, in points above or below it."""
    worst = min(fresh, key=lambda each: each.rate - float(each.share))
    return f"{100 * (worst.rate - float(worst.share)):+.1f} points ({worst.tier})"


def write(scored: Sequence[tuple[Solution, Sequence[Kept]]]) -> None:
    """Write the table into the page."""
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    head = f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|"
    rows = "\n".join([head, *(row(*each) for each in scored)])
    PAGE.write_text(f"{before}{BEGIN}\n{rows}\n\n{END}{after}", encoding="utf-8", newline="\n")


def _plain(cost: Fraction | None) -> str:
    return "-" if cost is None else f"{float(cost):g}"
