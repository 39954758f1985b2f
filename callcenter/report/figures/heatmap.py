"""Answer rates over two varied parameters, with the line where the target is reached."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import LineCollection, QuadMesh
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from callcenter.language import gettext as _
from callcenter.report.figures.colours import luminance
from callcenter.report.figures.names import shortened
from callcenter.report.figures.style import (
    BLACK,
    FULL_WIDTH,
    HALF_WIDTH,
    HEAT_COLOURS,
    blank_axes,
    house_style,
)
from callcenter.study import SweepResult
from callcenter.study.answers.axes import Plane, matrix, plane
from callcenter.study.answers.fewest import worst_margin
from callcenter.study.answers.points import overall_verdict

NARROW = 10
"""Most columns of a heatmap of half the page's width."""
NUMBERED = 22
"""Most columns and rows with numbers that can be read."""
LABELLED = 24
TALLEST = 6.0
ROW_HEIGHT = 0.34
"""Inches."""

MIDDLE = 0.179
"""Relative luminance of what is as far from black as from white."""

Edge = tuple[tuple[float, float], tuple[float, float]]


def answer_rate_heatmap(
    study: SweepResult, tier: str, *, floor: float | None = None, ax: Axes | None = None
) -> Axes:
    """Answer rate of a tier over the two varied parameters, in percent; ValueError if they span no plane.

    The colours run from `floor`, the lowest rate unless given, to 100%.
    """
    points, axes = study.points, _plane(study)
    rows = points[points["tier"] == tier]
    values, verdicts, targets = (matrix(rows, axes, name) for name in ("service_level", "verdict", "target"))
    reached = values.ge(targets) if targets.notna().any(axis=None) else None
    low = float(np.nanmin(values.to_numpy(float), initial=1.0)) if floor is None else floor
    return heatmap(values, verdicts, reached=reached, limits=(low, 1.0), ax=ax)


def margin_heatmap(study: SweepResult, *, ax: Axes | None = None) -> Axes:
    """Percentage points by which the tier furthest behind is above its target, at each point."""
    worst = worst_margins(study)
    values, verdicts = (matrix(worst, _plane(study), name) for name in ("margin", "verdict"))
    return heatmap(values, verdicts, reached=values.ge(0), signed=True, ax=ax)


def worst_margins(study: SweepResult) -> pd.DataFrame:
    """Return one row per point: the smallest distance of a tier to its target, and the verdict over all."""
    points = study.points.drop_duplicates("point")[["point", *study.varied]].copy()
    points["margin"] = [worst_margin(summary) for summary in study.summaries]
    points["verdict"] = [overall_verdict(summary) for summary in study.summaries]
    return points


def heatmap(
    values: pd.DataFrame,
    verdicts: pd.DataFrame | None = None,
    *,
    reached: pd.DataFrame | None = None,
    limits: tuple[float, float] | None = None,
    signed: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """A cell for each pair of parameter values with the share in percent (signed: in percentage points).

    `values` are shares, one parameter as index and one as columns, in drawing order; their names become axis
    labels. Cells whose verdict is `missed` are hatched, `unclear` ones carry a `?`. A stepped line parts the
    cells that reached the target from the others. The colours run between the `limits`.
    """
    with house_style():
        width = FULL_WIDTH if is_wide(values.shape[1]) else HALF_WIDTH
        ax = blank_axes(ax, width, 1.1 + min(TALLEST, ROW_HEIGHT * max(len(values), 3)))
        mesh = _cells(ax, values, limits)
        if verdicts is not None:
            _hatch(ax, verdicts)
        _numbers(ax, mesh, values, verdicts, signed)
        if reached is not None:
            _target_line(ax, reached.to_numpy(bool))
        _label(ax, values)
    return ax


def is_wide(columns: int) -> bool:
    """Whether a heatmap of so many columns needs the whole width of the page."""
    return columns > NARROW


def _cells(ax: Axes, values: pd.DataFrame, limits: tuple[float, float] | None) -> QuadMesh:
    shares = np.ma.masked_invalid(values.to_numpy(float))
    mesh = ax.pcolormesh(shares, cmap=HEAT_COLOURS, edgecolors="white", linewidth=1.0)
    low, high = limits or ((float(shares.min()), float(shares.max())) if shares.count() else (0.0, 1.0))
    margin = 0.15 * (high - low) + 1e-3  # neither white nor nearly black, which hide hatch and line
    mesh.set_clim(low - margin, high + margin)
    return mesh


def _hatch(ax: Axes, verdicts: pd.DataFrame) -> None:
    for row, column in np.argwhere(verdicts.to_numpy() == "missed"):
        ax.add_patch(
            Rectangle((column, row), 1, 1, fill=False, hatch="////", edgecolor="#8b95a1", linewidth=0)
        )


def _numbers(
    ax: Axes, mesh: QuadMesh, values: pd.DataFrame, verdicts: pd.DataFrame | None, signed: bool
) -> None:
    if max(values.shape) > NUMBERED:
        return
    form = "{:+.1f}" if signed else "{:.1f}"
    for (row, column), share in np.ndenumerate(values.to_numpy(float)):
        if not np.isfinite(share):
            continue
        verdict = None if verdicts is None else verdicts.iat[row, column]
        fill = mesh.to_rgba(np.array([share]))[0]
        number = ax.text(column + 0.5, row + 0.5, form.format(100 * share).replace("-", "−"))
        number.set(ha="center", va="center", fontsize=8.5, color=BLACK if _is_light(fill) else "#ffffff")
        if verdict == "missed":  # keep the hatch off the figures
            number.set_bbox({"facecolor": fill, "edgecolor": "none", "pad": 1.2})
        elif verdict == "unclear":
            number.set_text(f"{number.get_text()} ?")


def _is_light(rgba: npt.NDArray[np.float64]) -> bool:
    """Whether black text has the higher contrast on it."""
    return luminance(to_hex(tuple(rgba))) > MIDDLE


def _target_line(ax: Axes, reached: npt.NDArray[np.bool_]) -> None:
    edges = list(_boundary(reached))
    for width, colour in ((5.0, "#ffffff"), (2.4, BLACK)):
        ax.add_collection(
            LineCollection(edges, colors=colour, linewidths=width, capstyle="projecting", zorder=3),
            autolim=False,
        )


def _boundary(reached: npt.NDArray[np.bool_]) -> Iterator[Edge]:
    """Sides of cells (in cell coordinates) that have the target reached on one side only."""
    for row, column in np.argwhere(reached[:, 1:] != reached[:, :-1]):
        yield (column + 1.0, float(row)), (column + 1.0, row + 1.0)
    for row, column in np.argwhere(reached[1:, :] != reached[:-1, :]):
        yield (float(column), row + 1.0), (column + 1.0, row + 1.0)


def _label(ax: Axes, values: pd.DataFrame) -> None:
    ax.grid(False)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    _ticks(ax.xaxis, values.columns, len(values.columns) / (NARROW if len(values.columns) <= NARROW else 16))
    _ticks(ax.yaxis, values.index, len(values) / LABELLED)
    ax.set_xlabel(str(values.columns.name))
    ax.set_ylabel(str(values.index.name))


def _plane(study: SweepResult) -> Plane:
    axes = plane(study)
    if axes is None:
        raise ValueError(
            _("the points vary {varied} and span no plane").format(
                varied=_(", ").join(study.varied) or _("nothing")
            )
        )
    return axes


def _ticks(axis: Axis, names: pd.Index, crowding: float) -> None:
    """Name the cells, or every few where they would touch."""
    every = max(1, math.ceil(crowding))
    axis.set_ticks(np.arange(0, len(names), every) + 0.5, [shortened(str(name)) for name in names[::every]])
