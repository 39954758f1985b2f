"""Days that a scenario was fitted to: it may not be judged by them, unless one asks for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from callcenter.fit.days import WEEKDAYS
from callcenter.fit.result import FIGURES
from callcenter.language import gettext as _
from callcenter.replay.errors import ReplayError
from callcenter.scenario import Scenario

_NAMED = 3


def fitted_days(scenario: Scenario) -> frozenset[str]:
    """Return the days that `fit` names in the file that it wrote beside the scenario; none without one."""
    file = Path(scenario.source).with_name(FIGURES) if scenario.source else None
    if file is None or not file.is_file():
        return frozenset()
    try:
        return frozenset(json.loads(file.read_text(encoding="utf-8"))["days"]["names"])
    except (ValueError, KeyError, TypeError):
        return frozenset()


def seen_before(days: Sequence[str], fitted: frozenset[str], in_sample: bool) -> tuple[str, ...]:
    """Return the days that the fit has seen; ReplayError unless that was asked for."""
    seen = tuple(name for name in days if name in fitted)
    if seen and not in_sample:
        text = _(
            "{number} of {days} days were used to fit this scenario ({names}): a model is not judged by the "
            "days it was made of; choose others with --from, --to or --days, or say --in-sample"
        )
        names = ", ".join(seen[:_NAMED]) + (", ..." if len(seen) > _NAMED else "")
        raise ReplayError(text.format(number=len(seen), days=len(days), names=names))
    return seen


def strange_weekdays(days: Sequence[str], fitted: frozenset[str]) -> str | None:
    """Return what is to be said of weekdays that the fit has never seen; None where there are none."""
    known, judged = _weekdays(fitted), _weekdays(days)
    strange = [name for number, name in enumerate(WEEKDAYS) if known and number in judged - known]
    if not strange:
        return None
    text = _(
        "The scenario was fitted to no {weekdays}, and is judged by some: their calls and their agents may "
        "be others. Leave them out with --days, or fit them on their own."
    )
    return text.format(weekdays=", ".join(strange))


def _weekdays(days: Iterable[str]) -> set[int]:
    """Return the weekdays of dates, Monday 0; days of a log without dates have none."""
    numbers = set()
    for name in days:
        try:
            numbers.add(date.fromisoformat(name).weekday())
        except ValueError:
            continue
    return numbers
