"""The sheet of a curve: answer rates over the one number of a sweep that varies most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.by_interval import rate_key
from callcenter.report.tables.layout import Cell, Column, Row, Table
from callcenter.report.tables.units import FACTOR, SHARE, WHOLE
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.sheet import Sheet
from callcenter.report.workbook.tables import Written, write
from callcenter.study import SweepResult
from callcenter.study.answers.axes import Parameter, parameters
from callcenter.study.answers.fewest import is_staffing
from callcenter.study.answers.points import roster
from callcenter.study.designs.labels import label, point_label


class Curve(NamedTuple):
    """Points of a sweep that differ in one number alone, in its order."""

    axis: str
    places: tuple[float, ...]
    points: tuple[int, ...]
    others: str
    """What the other paths are set to, in words."""


class CurveSheet(NamedTuple):
    """Where a curve stands: beside each rate its interval and how far that reaches down and up."""

    written: Written
    axis: str
    places: tuple[float, ...]
    others: str
    tiers: tuple[str, ...]


def curve_of(study: SweepResult, shown: int) -> Curve | None:
    """Return the longest curve through the point shown; None if it differs from no other by one number."""
    curves = [curve for axis in parameters(study) if (curve := _along(study, axis, shown))]
    return max(curves, key=lambda curve: len(curve.points), default=None)


def _along(study: SweepResult, axis: Parameter, shown: int) -> Curve | None:
    if axis.magnitudes is None:
        return None
    others = [path for path in study.varied if path != axis.path]
    fixed = _labels(study.settings[shown], others)
    points = [number for number, each in enumerate(study.settings) if _labels(each, others) == fixed]
    name, places = _axis(study, axis)
    points = sorted(set(points), key=lambda number: places[number])
    on_curve = tuple(places[number] for number in points)
    if len(set(on_curve)) < 2:
        return None
    return Curve(name, on_curve, tuple(points), point_label(study.settings[shown], others))


def _labels(settings: Mapping[str, object], paths: list[str]) -> list[str]:
    return [label(settings[path]) for path in paths]


def _axis(study: SweepResult, axis: Parameter) -> tuple[str, list[float]]:
    """Return name and place of each point: agents at the peak for a staffing that they tell apart."""
    peaks = [float(roster(point.scenario).peak) for point in study.design.points]
    if is_staffing(axis.path) and len(set(peaks)) >= len(axis.values):
        return _("most on phones"), peaks
    sizes = dict(zip(axis.values, axis.magnitudes or (), strict=True))
    values = study.points.drop_duplicates("point")[axis.path]
    return axis.name, [sizes[value] for value in values]


def curve_sheet(book: Book, study: SweepResult, shown: int) -> CurveSheet | None:
    """Write the answer rates of every tier along the curve; nothing where there is none."""
    curve = curve_of(study, shown)
    if curve is None:
        return None
    sheet = Sheet(book, _("Curve"))
    sheet.title(_("Answer rate over {axis}").format(axis=curve.axis))
    sheet.note(curve.others)
    written = write(sheet, _table(study, curve), is_main=True)
    sheet.finish()
    return CurveSheet(written, curve.axis, curve.places, curve.others, tuple(_tiers(study, curve)))


def _tiers(study: SweepResult, curve: Curve) -> list[str]:
    """Return the tiers that every point of the curve has."""
    first, *others = (study.summaries[number]["tiers"] for number in curve.points)
    return [name for name in first if all(name in each for each in others)]


def _table(study: SweepResult, curve: Curve) -> Table:
    """Return one row for each point: the rates of the tiers, and how far their intervals reach."""
    tiers = _tiers(study, curve)
    columns = [Column(curve.axis, FACTOR, "axis"), Column(_("point"), WHOLE, "point")]
    for name, key in ((wording.tier(tier), rate_key(tier)) for tier in tiers):
        columns += [
            Column(name, SHARE, key, is_exact=True),
            Column(_("{tier}, interval below").format(tier=name), SHARE, f"{key} below"),
            Column(_("{tier}, interval above").format(tier=name), SHARE, f"{key} above"),
        ]
    rows = []
    for place, number in zip(curve.places, curve.points, strict=True):
        levels = [study.summaries[number]["tiers"][tier]["service_level"] for tier in tiers]
        rates = [cell for level in levels for cell in (Cell(level), *_distances(level))]
        rows.append(Row([Cell(place), Cell(number), *rates]))
    return Table(_("Answer rate over {axis}").format(axis=curve.axis), columns, rows)


def _distances(level: Mapping[str, float | None]) -> list[Cell]:
    """Return how far the interval reaches down and up, which the chart draws."""
    value, ends = level["value"], (level["low"], level["high"])
    return [Cell(None if value is None or end is None else abs(end - value)) for end in ends]
