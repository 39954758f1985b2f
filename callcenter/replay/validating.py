"""`validate`: is this scenario true of these days (contract 8.3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from callcenter.language import gettext as _
from callcenter.replay.errors import ReplayError
from callcenter.replay.ladder import DRAWN_TRAITS, FORECAST, KNOWN, climb, stages
from callcenter.replay.recorded import recorded
from callcenter.replay.validation.fitted_days import fitted_days, seen_before, strange_weekdays
from callcenter.replay.validation.inputs import calls_ratio, talk_ratio
from callcenter.replay.validation.result import Validation, step_of
from callcenter.replay.validation.yardsticks import errors_of, formulas, spread_of_days
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
    points).  Days that the scenario was fitted to are refused unless ``in_sample``.  `records`, `days`,
    `from_` and `to` are those of `replay`.  Raises ReplayError.
    """
    if not 0 < margin < 1:
        raise ReplayError(_("--margin must lie between 0 and 100 percentage points, such as 3pp"))
    model = load(scenario)
    days_recorded = recorded(records, model, days, from_, to)
    fitted = fitted_days(model)
    seen = seen_before(days_recorded.calls.days, fitted, in_sample)
    strange = strange_weekdays(days_recorded.calls.days, fitted)
    first = model.seed if seed is None else seed
    ladder, remarks = stages(model, days_recorded, first)
    count = _Count(len(ladder) * len(days_recorded) * replications, on_progress)
    runs = {name: climb(stage, replications, engine, count.advance) for name, stage in ladder.items()}
    known = ladder[KNOWN]
    return Validation(
        known.scenario,
        days_recorded.calls.days,
        seen,
        margin,
        replications,
        first,
        {name: step_of(each, margin) for name, each in runs.items()},
        {
            name: errors_of(formula, runs[KNOWN].recorded)
            for name, formula in formulas(known, runs[KNOWN].offered).items()
        },
        spread_of_days(runs[KNOWN].recorded),
        talk_ratio(known, ladder[DRAWN_TRAITS], replications),
        calls_ratio(runs[FORECAST]),
        (*([strange] if strange else []), *remarks),
        None if known.levels is None else known.levels.source,
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
