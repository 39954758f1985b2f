"""A call log that was uploaded: read, fitted, and the fit held against days that it has not seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from callcenter.fit import Fit, fit
from callcenter.language import gettext as _
from callcenter.records import Records, records
from callcenter.records.account import account
from callcenter.replay import ReplayError, validate
from callcenter.report.terminal.fit import fit_lines
from callcenter.report.terminal.replay import validation_lines
from callcenter.scenario import Scenario
from callcenter.web.jobs import Job, Progress

LARGEST = 20
"""MB of an uploaded log."""

KINDS = ("csv", "tsv", "txt", "log", "xlsx")

ENOUGH = 6
"""Days from which a third is kept back, to judge the fit by."""

REPETITIONS = 10
"""Of each recorded day."""


class Recorded(NamedTuple):
    """What became of a log."""

    understood: Sequence[str]
    account: Sequence[str]
    fitted: Sequence[str]
    judged: Sequence[str]
    """Whether the scenario is true of the days kept back."""
    verdict: str
    """`valid`, `not_valid`, `unclear`; empty if that could not be asked."""
    scenario: Scenario
    is_in_sample: bool
    """Whether the days that judge are those that were fitted: there are few."""


def begin(content: bytes, name: str) -> Job:
    """Begin to read, fit and validate a log."""
    return Job("records", lambda report: recorded(content, name, report))


def recorded(content: bytes, name: str, report: Progress) -> Recorded:
    """Return what a log says; ScenarioError or FitError where it cannot be read or is not enough.

    The days are split: the first two thirds are fitted, the others judge the fit; few days do both.
    """
    with TemporaryDirectory(prefix="callcenter-") as folder:
        file = Path(folder, f"{_plain(Path(name).stem)}.{_kind(name)}")
        file.write_bytes(content)
        read = records([file])
        report(1, 10)
        last, first = split([str(row["date"]) for row in read.days.to_dict("records") if row["used"]])
        model = fit(read, to=last, name=_plain(Path(name).stem))
        report(3, 10)
        judged, verdict = _judged(read, model, first, report)
        remarks = [*model.model.remarks, *map(str, model.model.cannot_tell)]
        return Recorded(
            tuple(read.understood),
            (*account(read), *read.remarks),
            (*fit_lines(model.model), *remarks),
            judged,
            verdict,
            model.scenario,
            first is None,
        )


def split(dates: Sequence[str]) -> tuple[str | None, str | None]:
    """Return the last day that is fitted and the first that judges; None for both: every day does both."""
    days = sorted(set(dates))
    if len(days) < ENOUGH:
        return None, None
    number = -(-2 * len(days) // 3)
    return days[number - 1], days[number]


def _judged(read: Records, model: Fit, first: str | None, report: Progress) -> tuple[list[str], str]:
    try:
        verdict = validate(
            model.scenario,
            read,
            in_sample=first is None,
            from_=first,
            replications=REPETITIONS,
            on_progress=lambda done, total: report(3 * total + 7 * done, 10 * total),
        )
    except ReplayError as error:
        return [_("The fit could not be validated: {why}").format(why=error)], ""
    return validation_lines(verdict), verdict.verdict


def _kind(name: str) -> str:
    kind = Path(name).suffix.lstrip(".").lower()
    return kind if kind in KINDS else KINDS[0]


def _plain(name: str) -> str:
    return re.sub(r"[^\w-]+", "-", name).strip("-")[:40] or "calls"
