"""What a sweep varies, as the axes of a figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd

from callcenter.study.answers.fewest import is_staffing
from callcenter.study.designs.design import Design
from callcenter.study.designs.labels import label, magnitude, scale, short_path

LONGEST_TICK = 14
"""Characters that fit below a column of a heatmap."""


class Tabulated(Protocol):
    """A study with the table of its points."""

    @property
    def design(self) -> Design:
        """Its points, and what they vary."""

    @property
    def points(self) -> pd.DataFrame:
        """One row per point and tier."""


class Parameter(NamedTuple):
    """One varied path with its values in the order of an axis."""

    path: str
    name: str
    values: tuple[object, ...]
    """As in the column of the points table."""
    ticks: tuple[str, ...]

    @property
    def magnitudes(self) -> tuple[float, ...] | None:
        """The values as numbers (shares and seconds where units are written); None if some is no quantity."""
        return _magnitudes(self.values)


class Plane(NamedTuple):
    """Two varied parameters that span nearly all combinations of their values."""

    across: Parameter
    up: Parameter


def parameters(study: Tabulated) -> tuple[Parameter, ...]:
    """Return what differs between the points, staffings with the agents they put on the phone."""
    return tuple(_parameter(study, path) for path in study.design.varied)


def plane(study: Tabulated) -> Plane | None:
    """Return the axes of a heatmap, staffing upwards; None where the points span no plane."""
    varied = parameters(study)
    if len(varied) != 2 or 2 * len(study.design.points) < len(varied[0].values) * len(varied[1].values):
        return None
    across, up = sorted(varied, key=lambda axis: (is_staffing(axis.path), max(map(len, axis.ticks))))
    return Plane(across, up) if max(map(len, across.ticks)) <= LONGEST_TICK else None


def matrix(points: pd.DataFrame, axes: Plane, column: str) -> pd.DataFrame:
    """Return a column of the points table (rows of one tier) over the plane, labelled for the axes."""
    paths = [axes.up.path, axes.across.path]
    table = points.drop_duplicates(paths).set_index(paths)[column].unstack(sort=False)
    table = table.reindex(index=list(axes.up.values), columns=list(axes.across.values))
    table.index = pd.Index(axes.up.ticks, name=axes.up.name)
    table.columns = pd.Index(axes.across.ticks, name=axes.across.name)
    return table


def _parameter(study: Tabulated, path: str) -> Parameter:
    points = study.points.drop_duplicates("point")
    values = _ordered(list(dict.fromkeys(points[path])))
    return Parameter(path, short_path(path), values, tuple(_tick(study, path, value) for value in values))


def _tick(study: Tabulated, path: str, value: object) -> str:
    """Return the text of a value, behind a scaled roster the agents at the peak if that is one number."""
    points = study.points[study.points[path] == value]
    setting, peaks = study.design.points[points["point"].iloc[0]].settings[path], set(points["agents_peak"])
    is_known = is_staffing(path) and scale(setting) is not None and len(peaks) == 1
    return f"{label(setting)} · {peaks.pop():,}" if is_known else label(setting)


def _ordered(values: Sequence[object]) -> tuple[object, ...]:
    """Sort quantities, leave anything else in the order of the sweep file."""
    sizes = _magnitudes(values)
    return tuple(values) if sizes is None else tuple(values[i] for i in np.argsort(sizes, kind="stable"))


def _magnitudes(values: Sequence[object]) -> tuple[float, ...] | None:
    sizes = tuple(map(magnitude, values))
    return None if any(np.isnan(sizes)) else sizes
