"""Draws the picture of the README from what `make demo` left in `out/demo`, and those of the guides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from callcenter.measure.tables import callback_interval_table
from callcenter.report import figures
from callcenter.scenario import Scenario, load
from callcenter.study import SweepResult, reopen, run

HERE = Path(__file__).parent
CALLBACKS = HERE.parents[1] / "scenarios" / "callbacks.yaml"
AS_PLANNED = {"demand.volume": 1.0, "pools.front_office.agents": {"scale": 1.0}}


def demo_picture(study: SweepResult) -> Figure:
    """Return answer rates over staffing and volume, beside the planned day half-hour by half-hour."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
    figures.answer_rate_heatmap(study, "regular", ax=left)
    left.set_title("Regular calls answered within 20 s, %", fontsize=10)
    figures.answer_rate_by_interval(study.results[study.settings.index(AS_PLANNED)], "regular", ax=right)
    right.set_title("The same at volume 1.0 and agents x1.0, by half-hour", fontsize=10)
    return figure


def callbacks_picture(desk: Scenario) -> Figure:
    """Return the callbacks still open along three days, for four ways to work them with the same agents."""
    front, back = (desk.pools[pool].agents or () for pool in ("front_office", "back_office"))
    together = {
        "pools.front_office.agents": [ours + theirs for ours, theirs in zip(front, back, strict=True)],
        "pools.back_office.agents": 0,
    }
    ways: dict[str, dict[str, Any]] = {
        "back office, 09:00-20:00": {},
        "back office, 09:00-12:00": {"callbacks.hours": "09:00-12:00"},
        "blended, 2 kept idle": together | {"pools.front_office.callbacks.keep_idle": 2},
        "blended, 8 kept idle": together | {"pools.front_office.callbacks.keep_idle": 8},
    }
    figure, ax = plt.subplots(figsize=(10, 3.2), layout="constrained")
    for (way, changes), look in zip(ways.items(), ("-", "--", "-.", ":"), strict=True):
        result = run(desk.with_(changes), replications=10)
        backlog = callback_interval_table(result.scenario, result.tallies)["backlog"]
        ax.plot([interval / 2 for interval in range(1, len(backlog) + 1)], backlog, look, label=way)
    ax.set_xticks(range(0, 37, 3), ["08:00", "11:00", "14:00", "17:00"] * 3 + ["20:00"])
    for day, name in enumerate(("Monday", "Tuesday", "Wednesday")):
        ax.axvline(12 * day, color="0.85", zorder=0)
        ax.text(12 * day + 0.2, 305, name)
    ax.set(xlim=(0, 36), ylim=(0, 325), ylabel="callbacks open")
    ax.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, 1.18), ncols=4)
    return figure


if __name__ == "__main__":
    callbacks_picture(load(CALLBACKS)).savefig(HERE / "callbacks.png", dpi=120)
    demo_picture(reopen("out/demo")).savefig(HERE / "demo.png", dpi=120)
