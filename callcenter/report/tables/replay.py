"""Recorded days beside simulated ones: of a replay, of a validation, and the parts of an explanation."""

from __future__ import annotations

import math
from collections.abc import Iterator

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.replay import Explanation, Replay, Validation
from callcenter.replay.ladder import MEANING
from callcenter.replay.parts import ABANDONMENT, MEAN_WAIT, MEASURES, SERVICE_LEVEL
from callcenter.replay.sides import FACTORS
from callcenter.report.tables.layout import Cell, Column, Row, Table
from callcenter.report.tables.units import (
    CORRELATION,
    COUNT,
    POINTS,
    SECONDS,
    SHARE,
    SIGNED_SECONDS,
    WHOLE,
)

FACTOR_NAMES = {
    "volume": noted("volume"),
    "pattern": noted("pattern within the day"),
    "handle_time": noted("handle time"),
    "patience": noted("patience"),
    "staffing": noted("staffing"),
}
VERDICTS = {"valid": noted("valid"), "not_valid": noted("not valid"), "unclear": noted("unclear")}
KINDS = {"valid": "met", "not_valid": "missed", "unclear": "unclear"}
"""A verdict of validation looks like that of a target."""


def replay_table(result: Replay) -> Table:
    """Return one row for each day: recorded, simulated, and where 95% of the replications lie."""
    units = {SERVICE_LEVEL: SHARE, ABANDONMENT: SHARE, MEAN_WAIT: SECONDS}
    columns = [Column(_("day"), key="day"), Column(_("offered"), WHOLE, "offered")]
    for name, recorded, simulated in (
        (SERVICE_LEVEL, _("answer rate, recorded"), _("simulated")),
        (ABANDONMENT, _("abandoned, recorded"), _("abandoned, simulated")),
        (MEAN_WAIT, _("mean wait, recorded"), _("mean wait, simulated")),
    ):
        columns.append(Column(recorded, units[name], f"{name}_recorded"))
        columns.append(Column(simulated, units[name], f"{name}_simulated", is_exact=name == SERVICE_LEVEL))
    return Table(_("Recorded days, simulated again"), columns, list(_days(result)))


def _days(result: Replay) -> Iterator[Row]:
    for each in result.kpis.to_dict("records"):
        cells = [Cell(each["day"]), Cell(each["offered"])]
        for name in MEASURES:
            ends = {end: _known(each[f"{name}_{key}"]) for end, key in _ENDS.items()}
            cells += [Cell(_known(each[f"{name}_recorded"])), Cell(ends)]
        yield Row(cells)


_ENDS = {"value": "simulated", "low": "low", "high": "high"}


def _known(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def validation_table(validation: Validation) -> Table:
    """Return one row for each step of the ladder, and the yardsticks below."""
    columns = [
        Column(_("step"), key="step"),
        Column(_("verdict"), key="verdict"),
        Column(_("bias of answer rate"), POINTS, "service_level_bias"),
        Column(_("RMSE of days"), SHARE, "service_level_rmse"),
        Column(_("correlation"), CORRELATION, "service_level_r"),
        Column(_("days within 95% band"), SHARE, "coverage_95"),
        Column(_("RMSE of intervals"), SHARE, "interval_rmse"),
        Column(_("bias of abandonment"), POINTS, "abandonment_bias"),
        Column(_("bias of mean wait"), SIGNED_SECONDS, "mean_wait_bias_s"),
        Column(_("distance of waits"), SHARE, "waits_ks"),
    ]
    rows = [_step(validation, name) for name in validation.steps]
    names = {"erlang_a": _("Erlang A by interval"), "erlang_c": _("Erlang C by interval")}
    rows += [_formula(validation, name, text) for name, text in names.items()]
    spread = validation.spread[SERVICE_LEVEL]["rmse_of_other_days"]
    blank: list[Cell] = [Cell()] * 6
    rows.append(Row([Cell(_("mean of the other days")), Cell(""), Cell(0.0), Cell(spread), *blank]))
    return Table(_("From all that is recorded to the plan alone"), columns, rows)


def _step(validation: Validation, name: str) -> Row:
    step = validation.steps[name]
    level, lost, wait = (step.by_day[measure] for measure in MEASURES)
    values = (
        _(MEANING[name]),
        _(VERDICTS[step.word]),
        *map(_known, (level.bias, level.rmse, level.r, level.coverage[95])),
        _known(step.by_interval[SERVICE_LEVEL].rmse),
        *map(_known, (lost.bias, wait.bias, step.waits_ks)),
    )
    cells = [Cell(value) for value in values]
    cells[1] = Cell(values[1], KINDS[step.word])
    return Row(cells)


def _formula(validation: Validation, name: str, text: str) -> Row:
    level, lost, wait = (validation.erlang[name][measure] for measure in MEASURES)
    return Row(
        [
            Cell(text),
            Cell(""),
            Cell(level["bias"]),
            Cell(level["rmse"]),
            Cell(level["r"]),
            Cell(),
            Cell(level["rmse_interval"]),
            Cell(lost["bias"]),
            Cell(wait["bias"]),
            Cell(),
        ]
    )


def explanation_table(explanation: Explanation) -> Table:
    """Return planned, the part of each factor, what is left, and actual; parts are points lost."""
    columns = [
        Column(_("what"), key="what"),
        Column(_("answer rate"), SHARE, "service_level"),
        Column(_("points lost"), POINTS, "lost", is_exact=True),
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


_FACTS = {"volume": "calls", "handle_time": "handle_s", "staffing": "agent_hours"}


def _part(explanation: Explanation, name: str) -> Row:
    low, high = explanation.bands[name]
    ends = {"value": explanation.parts[name] / 100, "low": _known(low / 100), "high": _known(high / 100)}
    planned, recorded = explanation.facts.get(_FACTS.get(name, ""), (None, None))
    return Row([Cell(_(FACTOR_NAMES[name])), Cell(), Cell(ends), Cell(planned), Cell(recorded)])
