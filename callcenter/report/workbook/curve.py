"""The sheet of a curve: answer rates over the one number of a sweep that varies most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.cells import PERCENT, WHOLE, Column
from callcenter.report.workbook.figures import RATE, columns_of, estimates
from callcenter.report.workbook.sheet import Area, Sheet
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
    """Where a curve stands: behind each rate its interval and how far that reaches down and up."""

    area: Area
    axis: str
    places: tuple[float, ...]
    others: str
    tiers: tuple[str, ...]


def curve_of(study: SweepResult, shown: int) -> Curve | None:
    """Return the longest curve through the point shown; None if it differs from no other by one number."""
    found = [curve for axis in parameters(study) if (curve := _along(study, axis, shown))]
    return max(found, key=lambda curve: len(curve.points), default=None)


def _along(study: SweepResult, axis: Parameter, shown: int) -> Curve | None:
    if axis.magnitudes is None:
        return None
    others = [path for path in study.varied if path != axis.path]
    there = _told(study.settings[shown], others)
    points = [number for number, each in enumerate(study.settings) if _told(each, others) == there]
    name, places = _axis(study, axis)
    points = sorted(set(points), key=lambda number: places[number])
    on_curve = tuple(places[number] for number in points)
    if len(set(on_curve)) < 2:
        return None
    fixed = point_label(study.settings[shown], others)
    return Curve(name, on_curve, tuple(points), fixed)


def _told(settings: Mapping[str, object], paths: list[str]) -> list[str]:
    return [label(settings[path]) for path in paths]


def _axis(study: SweepResult, axis: Parameter) -> tuple[str, list[float]]:
    """Return name and place of each point: agents at the peak for a staffing that they tell apart."""
    peaks = [float(roster(point.scenario).peak) for point in study.design.points]
    if is_staffing(axis.path) and len(set(peaks)) >= len(axis.values):
        return _("agents at the peak"), peaks
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
    found = [study.summaries[number]["tiers"] for number in curve.points]
    tiers = [name for name in found[0] if all(name in each for each in found)]
    columns = [Column(curve.axis, list(curve.places)), Column(_("point"), list(curve.points), WHOLE)]
    for tier in tiers:
        columns += _rate_columns(wording.tier(tier), [each[tier]["service_level"] for each in found])
    area = sheet.main_table(columns)
    sheet.finish()
    return CurveSheet(area, curve.axis, curve.places, curve.others, tuple(tiers))


def _rate_columns(tier: str, levels: list[Mapping[str, float | None]]) -> list[Column]:
    """Return rate, ends of its interval, and their distances to it, which the chart draws."""
    rate, low, high = columns_of(estimates([{"service_level": level} for level in levels], RATE), RATE)
    down, up = ([_distance(level["value"], level[end]) for level in levels] for end in ("low", "high"))
    return [
        Column(tier, rate.values, PERCENT),
        Column(_("{tier}, low").format(tier=tier), low.values, PERCENT),
        Column(_("{tier}, high").format(tier=tier), high.values, PERCENT),
        Column(_("{tier}, interval below").format(tier=tier), down, PERCENT),
        Column(_("{tier}, interval above").format(tier=tier), up, PERCENT),
    ]


def _distance(value: float | None, end: float | None) -> float | None:
    return None if value is None or end is None else abs(end - value)
