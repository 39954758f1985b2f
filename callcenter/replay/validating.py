"""`validate`: is this scenario true of these days (contract 8.3)."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, NamedTuple

from callcenter.fit.source import Source as FitRecords
from callcenter.language import gettext as _
from callcenter.records import records as records_of
from callcenter.replay.errors import ReplayError
from callcenter.replay.ladder import FORECAST, KNOWN, stages
from callcenter.replay.recorded import log_of_calls, recorded
from callcenter.replay.rolling import FEWEST, Rolled
from callcenter.replay.rolling import rolling as rolled
from callcenter.replay.stage import Stage, own_staffing, staged
from callcenter.replay.taking import LEVELS, USUAL
from callcenter.replay.validation.fitted_days import fitted_days, seen_before, strange_weekdays
from callcenter.replay.validation.inputs import calls_ratio
from callcenter.replay.validation.judged import Judged, judged, together
from callcenter.replay.validation.result import Validation, step_of
from callcenter.replay.validation.yardsticks import errors_of, spread_of_days
from callcenter.scenario import Scenario
from callcenter.scenario.loading import Source, load

MARGIN = 0.03
REPLICATIONS = 20

Progress = Callable[[int, int], None]


def validate(
    scenario: Source,
    records: Any,
    *,
    margin: float = MARGIN,
    in_sample: bool = False,
    rolling: str | None = None,
    days: str | None = None,
    from_: str | None = None,
    to: str | None = None,
    replications: int = REPLICATIONS,
    seed: int | None = None,
    engine: str = "auto",
    on_progress: Progress | None = None,
) -> Validation:
    """Return whether a scenario is true of recorded days, and where it is not.

    It climbs from everything taken from the records to the plan alone.  On each step two one-sided tests hold
    the mean difference of days in service level and abandonment against ``margin`` (0.03 is three percentage
    points).  Days that the scenario was fitted to are refused unless ``in_sample``.  With ``rolling`` (`day`,
    `week` or `month`) it is fitted anew that often, as it was, and each day is judged by a fit of the days
    before it.  `records`, `days`, `from_` and `to` are those of `replay`.  Raises ReplayError, and FitError
    where a fit fails.
    """
    if not 0 < margin < 1:
        raise ReplayError(_("--margin must lie between 0 and 100 percentage points, such as 3pp"))
    if rolling is not None and in_sample:
        raise ReplayError(_("--rolling judges no day by a fit that has seen it; leave --in-sample out"))
    model = load(scenario)
    how = _How(margin, replications, model.seed if seed is None else seed, engine, on_progress)
    if rolling is not None:
        return _rolled(model, records, rolling, (days, from_, to), how)
    days_recorded = recorded(records, model, days, from_, to)
    fitted = fitted_days(model)
    seen = seen_before(days_recorded.calls.days, fitted, in_sample)
    strange = strange_weekdays(days_recorded.calls.days, fitted)
    ladder, remarks = stages(model, days_recorded, how.seed)
    count = _Count(len(ladder) * len(days_recorded) * replications, on_progress)
    return _validation(
        ladder[KNOWN],
        judged(ladder, replications, engine, count.advance),
        how,
        seen,
        (*([strange] if strange else []), *remarks),
    )


class _How(NamedTuple):
    """What is asked of a validation, whoever fitted what it judges."""

    margin: float
    replications: int
    seed: int
    engine: str
    on_progress: Progress | None


def _rolled(
    model: Scenario,
    records: Any,
    every: str,
    asked: tuple[str | None, str | None, str | None],
    how: _How,
) -> Validation:
    """Judge each day by a fit of the days before it."""
    given = records_of(records) if isinstance(records, str | os.PathLike) else records
    log = log_of_calls(given, asked[0])
    days = log.days(*asked)
    rolling = rolled(model, FitRecords.of(given), log, every, days, asked[0] is None)
    parts, refits, last, count = [], [], None, None
    for refit, scenario, days_recorded in rolling.turns():
        ladder, _remarks = stages(scenario, days_recorded, how.seed)
        count = count or _Count(len(ladder) * rolling.number_of_days * how.replications, how.on_progress)
        parts.append(judged(ladder, how.replications, how.engine, count.advance))
        refits.append(refit)
        last = ladder[KNOWN]
    if last is None:
        text = _("--rolling: no day is left that {fewest} fitted days came before; see days, from and to")
        raise ReplayError(text.format(fewest=FEWEST))
    whole = log.seen_by(last.scenario, days)
    _stage, remarks = staged(last.scenario, whole, frozenset(USUAL) - {LEVELS}, how.seed)
    if last.levels is None:
        remarks.append(own_staffing())
    return _validation(last, together(parts), how, (), tuple(remarks), Rolled(every, tuple(refits)))


def _validation(
    known: Stage,
    days: Judged,
    how: _How,
    seen: tuple[str, ...],
    remarks: tuple[str, ...],
    rolling: Rolled | None = None,
) -> Validation:
    own = days.runs[KNOWN].recorded
    return Validation(
        known.scenario,
        days.runs[KNOWN].beside.days,
        seen,
        how.margin,
        how.replications,
        how.seed,
        {name: step_of(runs, how.margin) for name, runs in days.runs.items()},
        {name: errors_of(formula, own) for name, formula in days.erlang.items()},
        spread_of_days(own),
        days.talk.ratio(),
        calls_ratio(days.runs[FORECAST]),
        remarks,
        None if known.levels is None else known.levels.source,
        rolling,
    )


class _Count:
    """Counts replications of all steps."""

    def __init__(self, total: int, report: Progress | None) -> None:
        self._done, self._total, self._report = 0, total, report

    def advance(self) -> None:
        """Count one more."""
        self._done += 1
        if self._report is not None:
            self._report(self._done, self._total)
