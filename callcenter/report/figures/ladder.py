"""The ladder of a validation: on which step the error enters, and whether bands are as wide as they say."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.replay import Validation
from callcenter.replay.ladder import DRAWN_TRAITS, FORECAST, PLANNED
from callcenter.replay.parts import ABANDONMENT, SERVICE_LEVEL
from callcenter.report.figures.marks import area_look
from callcenter.report.figures.style import (
    FULL_WIDTH,
    HALF_WIDTH,
    INK,
    SERIES,
    blank_axes,
    exact,
    house_style,
    labelled,
    legend_above,
    signed,
)
from callcenter.study.sentences.validation import SHORT

_JUDGED = (
    (SERVICE_LEVEL, noted("answer rate"), SERIES[0], "o"),
    (ABANDONMENT, noted("abandonment"), SERIES[1], "s"),
)


def ladder(validation: Validation, *, ax: Axes | None = None) -> Axes:
    """Mean difference of days on each step, simulated less recorded, with its 90% interval; the margin."""
    steps, margin = list(validation.steps), 100 * validation.margin
    with house_style():
        ax = blank_axes(ax, FULL_WIDTH, 0.9 + 0.42 * len(steps))
        ax.axvspan(-margin, margin, color=SERIES[2], alpha=0.15, linewidth=0, label=_("within the margin"))
        ax.axvline(0, color=INK, linewidth=0.9)
        for row, (measure, name, colour, marker) in enumerate(_JUDGED):
            for place, step in enumerate(steps):
                test = validation.steps[step].verdicts[measure]
                at = place + 0.3 * (row - 0.5)
                if math.isfinite(test.low):
                    ax.hlines(at, 100 * test.low, 100 * test.high, color=colour, linewidth=2.4, alpha=0.6)
                label = "_" if place else _(name)
                dot = {"color": colour, "marker": marker, "linestyle": "none", "markersize": 5.5}
                ax.plot(100 * test.difference, at, label=label, **dot)  # type: ignore[arg-type]
        ax.set_yticks(range(len(steps)), [_(SHORT[step]) for step in steps])
        ax.set_ylim(len(steps) - 0.4, -0.6)
        ax.grid(axis="y", visible=False)
        ax.grid(axis="x")
        ax.xaxis.set_major_locator(MaxNLocator(9, steps=[1, 2, 5, 10]))
        labelled(ax.xaxis, signed)
        ax.set_xlabel(_("simulated less recorded, points"))
        legend_above(ax, 3)
    return ax


def pit(validation: Validation, *, ax: Axes | None = None) -> Axes:
    """Share of days in each fifth of their simulated band, on two steps; dashed: bands that are right."""
    steps = [DRAWN_TRAITS, PLANNED if PLANNED in validation.steps else FORECAST]
    with house_style():
        ax = blank_axes(ax, HALF_WIDTH, 2.7)
        for number, step in enumerate(steps):
            shares = validation.steps[step].by_day[SERVICE_LEVEL].pit
            places = [place + 0.05 + 0.45 * number for place in range(len(shares))]
            heights = [100 * share if math.isfinite(share) else 0.0 for share in shares]
            ax.bar(places, heights, 0.43, align="edge", label=_(SHORT[step]), **area_look(number))
        ax.axhline(20, color=INK, linestyle=(0, (4, 2)), linewidth=1.1)
        ax.set_xticks(range(6), [f"{20 * edge}%" for edge in range(6)])
        ax.set_xlim(0, 5)
        ax.set_ylim(bottom=0)
        labelled(ax.yaxis, lambda share: f"{exact(share)}%")
        ax.set_ylabel(_("of days"))
        ax.set_xlabel(_("place of the recorded day in the simulated band"))
        legend_above(ax, 2)
    return ax
