"""Recorded days beside simulated ones, by day and by interval, and the parts of an explanation."""

from __future__ import annotations

import math
from collections.abc import Iterator

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.replay import Explanation, Replay
from callcenter.replay.beside import Beside, Figures
from callcenter.replay.parts import ABANDONMENT, MEAN_WAIT, MEASURES, SERVICE_LEVEL
from callcenter.replay.sides import FACTORS
from callcenter.report.tables.layout import Cell, Column, Row, Table
from callcenter.report.tables.units import COUNT, HOURS, POINTS, SECONDS, SHARE, WHOLE
from callcenter.study.sentences.explanation import FACTOR_NAMES


def replay_table(result: Replay) -> Table:
    """Return one row for each day: recorded, simulated, and where 95% of the replications lie."""
    columns = [Column(_("day"), key="day"), Column(_("offered"), WHOLE, "offered"), *_pairs()]
    return Table(_("Recorded days, simulated again"), columns, list(_days(result)), "dated")


def _days(result: Replay) -> Iterator[Row]:
    for each in result.kpis.to_dict("records"):
        cells = [Cell(each["day"]), Cell(each["offered"])]
        for name in MEASURES:
            ends = {end: known(each[f"{name}_{key}"]) for end, key in _ENDS.items()}
            cells += [Cell(known(each[f"{name}_recorded"])), Cell(ends)]
        yield Row(cells)


_ENDS = {"value": "simulated", "low": "low", "high": "high"}


def known(value: float) -> float | None:
    """Return a figure as a cell takes it; None where it is undefined."""
    return float(value) if math.isfinite(value) else None


def intervals_table(beside: Beside) -> Table:
    """Return one row for each interval, all days together: recorded, simulated, and the band of 95%."""
    columns = [
        Column(_("start"), key="start"),
        Column(_("calls, recorded"), COUNT, "offered_recorded"),
        Column(_("calls, simulated"), COUNT, "offered_simulated"),
        *_pairs(),
    ]
    figures, calls = beside.by_interval(), beside.calls()
    rows = [
        Row(
            [
                Cell(clock_text(beside.opening + place * beside.interval)),
                *(Cell(float(side[place])) for side in calls),
                *_figures(figures, place),
            ]
        )
        for place in range(len(calls[0]))
    ]
    return Table(_("Intervals, all days together"), columns, rows, "compact")


def _pairs() -> Iterator[Column]:
    """Yield the columns of recorded and simulated figures."""
    units = {SERVICE_LEVEL: SHARE, ABANDONMENT: SHARE, MEAN_WAIT: SECONDS}
    for name, recorded, simulated in (
        (SERVICE_LEVEL, _("answer rate, recorded"), _("simulated")),
        (ABANDONMENT, _("abandoned, recorded"), _("abandoned, simulated")),
        (MEAN_WAIT, _("mean wait, recorded"), _("mean wait, simulated")),
    ):
        yield Column(recorded, units[name], f"{name}_recorded")
        yield Column(simulated, units[name], f"{name}_simulated", is_exact=name == SERVICE_LEVEL)


def _figures(figures: Figures, place: int) -> Iterator[Cell]:
    for number in range(len(MEASURES)):
        value, low, high = (
            known(side[number, place]) for side in (figures.simulated, figures.low, figures.high)
        )
        yield Cell(known(figures.recorded[number, place]))
        yield Cell({"value": value, "low": low, "high": high})


def explanation_table(explanation: Explanation) -> Table:
    """Return planned, the part of each factor, what is left, and actual; parts are points lost."""
    columns = [
        Column(_("what"), key="what"),
        Column(_("answer rate"), SHARE, "service_level"),
        Column(_("points lost"), POINTS, "lost"),
        Column(_("planned"), COUNT, "planned"),
        Column(_("recorded"), COUNT, "recorded"),
    ]
    rows = [Row([Cell(_("planned")), Cell(explanation.planned / 100), *[Cell()] * 3])]
    rows += [_part(explanation, name) for name in FACTORS]
    rows.append(
        Row(
            [
                Cell(_("what the model cannot explain")),
                Cell(),
                Cell(explanation.unexplained / 100),
                *[Cell()] * 2,
            ]
        )
    )
    rows.append(Row([Cell(_("recorded")), Cell(explanation.actual / 100), *[Cell()] * 3]))
    return Table(_("Points of answer rate that each factor cost"), columns, rows)


_FACTS = {
    "volume": ("calls", COUNT),
    "handle_time": ("handle_s", SECONDS),
    "staffing": ("agent_hours", HOURS),
}
"""What is planned and recorded of a factor, and its unit."""


def _part(explanation: Explanation, name: str) -> Row:
    low, high = explanation.bands[name]
    ends = {"value": explanation.parts[name] / 100, "low": known(low / 100), "high": known(high / 100)}
    fact, unit = _FACTS.get(name, ("", COUNT))
    sides = [Cell(side, unit=unit) for side in explanation.facts.get(fact, (None, None))]
    return Row([Cell(_(FACTOR_NAMES[name])), Cell(), Cell(ends), *sides])
