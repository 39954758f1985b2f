"""The instant table for a terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.table import Table

from callcenter.report.terminal_layout import blank_table
from callcenter.report.wording import NOTHING, duration, percent, wait
from callcenter.theory.quick import Staffing
from callcenter.theory.situation import Situation


def quick_table(
    rows: Sequence[Staffing], within: float, need: int, staffed: int | None, share: float
) -> Table:
    """Return a row for each number of agents, that of the need and that of the scenario marked."""
    in_time = f"answered in {duration(within)}"
    heads = ["occupancy", in_time, "abandoned", "ASA", f"if nobody hung up: {in_time}", "ASA", ""]
    table = blank_table(["agents"], heads)
    table.columns[-1].justify = "left"
    for agents, impatient, patient in rows:
        marks = [f"fewest for {100 * share:.10g}%"] * (agents == need) + ["as staffed"] * (agents == staffed)
        texts = [
            percent(impatient.occupancy),
            percent(impatient.answered_within),
            percent(impatient.abandonment),
            _wait(impatient.asa),
            percent(patient.answered_within),
            _wait(patient.asa),
            ", ".join(marks),
        ]
        table.add_row(f"{agents:,}", *texts, style="bold" if agents == need else "")
    return table


def quick_title(line: Situation, within: float, share: float) -> str:
    """Return what the table is computed from, in a sentence."""
    patience = "nobody hangs up" if math.isinf(line.patience) else f"patience {duration(line.patience)}"
    return (
        f"{line.calls_per_hour:,.0f} calls an hour of {duration(line.aht)} = {line.erlangs:,.1f} Erlang; "
        f"{patience}; target {100 * share:.10g}% in {duration(within)}"
    )


def _wait(seconds: float) -> str:
    return "grows for ever" if math.isinf(seconds) else NOTHING if math.isnan(seconds) else wait(seconds)
