"""Draws the picture of the README from what `make demo` left in `out/demo`."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from callcenter.report import figures
from callcenter.study import SweepResult, reopen

HERE = Path(__file__).parent
AS_PLANNED = {"demand.volume": 1.0, "pools.front_office.agents": {"scale": 1.0}}


def demo_picture(study: SweepResult) -> Figure:
    """Return answer rates over staffing and volume, beside the planned day half-hour by half-hour."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
    figures.answer_rate_heatmap(study, "regular", ax=left)
    left.set_title("Regular calls answered within 20 s, %", fontsize=10)
    figures.answer_rate_by_interval(study.results[study.settings.index(AS_PLANNED)], "regular", ax=right)
    right.set_title("The same at volume 1.0 and agents x1.0, by half-hour", fontsize=10)
    return figure


if __name__ == "__main__":
    demo_picture(reopen("out/demo")).savefig(HERE / "demo.png", dpi=120)
