"""A validation in figures: the steps of the ladder with what a model must beat, bands, inputs, days."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from callcenter.arrays import Floats
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.replay import Validation
from callcenter.replay.ladder import DRAWN_TRAITS
from callcenter.replay.parts import MEASURES, SERVICE_LEVEL, figures
from callcenter.replay.validation.scores import BANDS, places
from callcenter.report.tables.layout import Cell, Column, Row, Table, cells
from callcenter.report.tables.measure import READ, Where
from callcenter.report.tables.replay import known
from callcenter.report.tables.units import (
    CORRELATION,
    COUNT,
    POINTS,
    RATIO,
    SECONDS,
    SHARE,
    SIGNED_SECONDS,
    SIZE,
    WHOLE,
)
from callcenter.study.sentences.validation import SHORT

VERDICTS = {"valid": noted("valid"), "not_valid": noted("not valid"), "unclear": noted("unclear")}
KINDS = {"valid": "met", "not_valid": "missed", "unclear": "unclear"}
"""A verdict of validation looks like that of a target."""


def validation_table(validation: Validation) -> Table:
    """Return one row for each step of the ladder, and the yardsticks below."""
    own, other = _("answer rate, points"), _("simulated less recorded")
    columns = [
        Column(_("step"), key="step"),
        Column(_("verdict"), key="verdict"),
        Column(_("bias"), POINTS, "service_level_bias", note=own),
        Column(_("90% low"), POINTS, "service_level_bias_90_low", on=READ, note=own),
        Column(_("90% high"), POINTS, "service_level_bias_90_high", on=READ, note=own),
        Column(_("RMSE"), SIZE, "service_level_rmse", note=own),
        Column(_("in 95% band"), SHARE, "coverage_95", note=_("of the days")),
        Column(_("abandoned, bias"), POINTS, "abandonment_bias", note=_("points")),
        Column(_("mean wait, bias"), SIGNED_SECONDS, "mean_wait_bias_s", note=other),
        Column(_("correlation"), CORRELATION, "service_level_r", note=_("of days")),
        Column(_("RMSE, intervals"), SIZE, "interval_rmse", note=own),
        Column(_("distance of waits"), SIZE, "waits_ks", note=_("Kolmogorov and Smirnov, points")),
    ]
    rows = [_step(validation, name) for name in validation.steps]
    names = {"erlang_a": _("Erlang A by interval"), "erlang_c": _("Erlang C by interval")}
    rows += [_formula(validation, name, text) for name, text in names.items()]
    spread = validation.spread[SERVICE_LEVEL]["rmse_of_other_days"]
    blank: list[Cell] = [Cell()] * 6
    others = [Cell(_("mean of the other days")), Cell(""), Cell(0.0), Cell(), Cell(), Cell(spread)]
    rows.append(Row([*others, *blank]))
    return Table(_("From all that is recorded to the plan alone"), columns, rows)


def _step(validation: Validation, name: str) -> Row:
    step = validation.steps[name]
    level, lost, wait = (step.by_day[measure] for measure in MEASURES)
    test = step.verdicts[SERVICE_LEVEL]
    figures_of = (
        *(level.bias, test.low, test.high, level.rmse, level.coverage[95]),
        *(lost.bias, wait.bias, level.r, step.by_interval[SERVICE_LEVEL].rmse, step.waits_ks),
    )
    verdict = Cell(_(VERDICTS[step.word]), KINDS[step.word])
    return Row([Cell(_(SHORT[name])), verdict, *map(Cell, map(known, figures_of))])


def _formula(validation: Validation, name: str, text: str) -> Row:
    level, lost, wait = (validation.erlang[name][measure] for measure in MEASURES)
    figures_of = (level["bias"], None, None, level["rmse"], None, lost["bias"], wait["bias"])
    return Row(cells(text, "", *figures_of, level["r"], level["rmse_interval"], None))


def fits_table(validation: Validation) -> Table:
    """Return one row for each fit: what it was fitted to, what it says, and how far off its days are."""
    assert validation.rolling is not None
    drawn, last = DRAWN_TRAITS, list(validation.steps)[-1]
    own = _("answer rate, points")
    columns = [
        Column(_("judged from"), key="judged_from"),
        Column(_("judged to"), key="judged_to", on=Where.BOOK),
        Column(_("days"), WHOLE, "judged_days"),
        Column(_("fitted to"), WHOLE, "fitted_days", note=_("days")),
        Column(_("the last of them"), key="fitted_last", on=Where.BOOK),
        Column(_("bias, {step}").format(step=_(SHORT[drawn])), POINTS, f"bias_{drawn}", note=own),
        Column(_("bias, {step}").format(step=_(SHORT[last])), POINTS, f"bias_{last}", note=own),
        Column(_("calls a day"), WHOLE, "calls_per_day", note=_("fitted")),
        Column(_("talk"), SECONDS, "talk_s", note=_("fitted")),
    ]
    rows_of = {day: row for row, day in enumerate(validation.days)}
    place = MEASURES.index(SERVICE_LEVEL)
    biases = {name: validation.steps[name].gaps[:, place] for name in (drawn, last)}
    rows = []
    for fit in validation.rolling.refits:
        judged = [rows_of[day] for day in fit.judged]
        means = [_mean(biases[name][judged]) for name in (drawn, last)]
        spans = (fit.judged[0], fit.judged[-1], float(len(judged)), float(len(fit.fitted)), fit.fitted[-1])
        rows.append(Row(cells(*spans, *means, fit.calls_per_day, fit.talk_s)))
    return Table(_("Each fit and the days after it"), columns, rows)


def _mean(differences: Floats) -> float | None:
    seen = differences[np.isfinite(differences)]
    return float(seen.mean()) if len(seen) else None


def bands_table(validation: Validation) -> Table:
    """Return how well the bands of each step hold recorded days, of the answer rate."""
    columns = [
        Column(_("step"), key="step"),
        *(Column(_("within {band}% band").format(band=band), SHARE, f"coverage_{band}") for band in BANDS),
        *(
            Column(_("PIT {low}–{high}%").format(low=20 * fifth, high=20 * fifth + 20), SHARE, f"pit_{fifth}")
            for fifth in range(5)
        ),
        Column(_("PIT, distance from even"), RATIO, "pit_distance"),
        Column(_("CRPS (points)"), SIZE, "crps"),
        Column(_("CRPS of the other days (points)"), SIZE, "crps_naive"),
        Column(_("RMSE without chance (points)"), SIZE, "rmse_without_chance"),
    ]
    rows = []
    for name, step in validation.steps.items():
        level = step.by_day[SERVICE_LEVEL]
        shares = (*(level.coverage[band] for band in BANDS), *level.pit)
        others = (level.pit_distance, level.crps, level.crps_naive, level.rmse_without_chance)
        rows.append(Row([Cell(_(SHORT[name])), *map(Cell, map(known, (*shares, *others)))]))
    return Table(_("How well bands of the answer rate hold recorded days"), columns, rows, "compact")


def inputs_table(validation: Validation) -> Table:
    """Return recorded over assumed: talk, and calls of a day."""
    columns = [
        Column(_("figure"), key="figure"),
        Column(_("recorded ÷ scenario"), SHARE, "ratio", is_exact=True, is_beside=True),
    ]
    rows = [
        Row([Cell(name), Cell({end: known(getattr(ratio, end)) for end in ("value", "low", "high")})])
        for name, ratio in ((_("talk"), validation.talk), (_("calls of a day"), validation.calls))
    ]
    return Table(_("What the scenario assumes beside these days"), columns, rows)


def judged_days_table(validation: Validation) -> Table:
    """Return one row for each step and day: recorded, simulated with its band of 95%, and place in it."""
    units = {SERVICE_LEVEL: (SHARE, _("answer rate")), MEASURES[1]: (SHARE, _("abandonment"))}
    units[MEASURES[2]] = (SECONDS, _("mean wait"))
    columns = [
        Column(_("step"), key="step"),
        Column(_("day"), key="day"),
        Column(_("offered"), COUNT, "offered"),
    ]
    for name, (unit, head) in units.items():
        columns += [
            Column(_("{figure}, recorded").format(figure=head), unit, f"{name}_recorded"),
            Column(_("{figure}, simulated").format(figure=head), unit, f"{name}_simulated"),
        ]
    columns.append(Column(_("place in the band (PIT)"), RATIO, "pit"))
    rows = [row for name in validation.steps for row in _days(validation, name)]
    return Table(_("Every step and day"), columns, rows)


def _days(validation: Validation, name: str) -> Iterator[Row]:
    beside = validation.steps[name].runs.beside
    by_day, offered = beside.by_day(), beside.recorded[:, 1, 1].sum(axis=1)
    spots = places(figures(beside.recorded)[:, 0], figures(beside.simulated)[:, :, 0])
    for number, day in enumerate(validation.days):
        line = [Cell(_(SHORT[name])), Cell(day), Cell(float(offered[number]))]
        for measure in range(len(MEASURES)):
            ends = {
                end: known(side[measure, number])
                for end, side in (("value", by_day.simulated), ("low", by_day.low), ("high", by_day.high))
            }
            line += [Cell(known(by_day.recorded[measure, number])), Cell(ends)]
        is_known = bool(np.isfinite(by_day.recorded[0, number]))
        yield Row([*line, Cell(float(spots[number]) if is_known else None)])
