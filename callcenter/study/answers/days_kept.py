"""Days to keep: asked for as `28/30`, and the chance that all targets hold on so many."""

from __future__ import annotations

import re
from typing import Any

from callcenter.language import gettext as _
from callcenter.measure.joint import DaysKept
from callcenter.study.errors import QuestionError
from callcenter.study.result import Result

MOST_DAYS = 366

OPTION = re.compile(r"--days-kept[= ]['\"]?(\d+)/(\d+)(?!\S*\d)")
"""As it stands in a line of the command."""


def days_kept_of(text: str) -> DaysKept:
    """Return the days to keep, and of how many: 28 and 30 of `28/30`; QuestionError for anything else."""
    kept, slash, of = (part.strip() for part in text.partition("/"))
    if not (slash and kept.isdecimal() and of.isdecimal() and 0 < int(kept) <= int(of) <= MOST_DAYS):
        message = _("--days-kept {text}: write days to keep and all days, such as 28/30")
        raise QuestionError(message.format(text=text))
    return DaysKept(int(kept), int(of))


def asked_in(command: str) -> DaysKept | None:
    """Return what the line that made a study asked for; None where it asked for nothing."""
    option = OPTION.search(command)
    return None if option is None else days_kept_of("/".join(option.groups()))


def chance_kept(result: Result, asked: DaysKept | None) -> dict[str, Any] | None:
    """Return the chance with its interval, as JSON has it; None where nothing is asked or promised."""
    if asked is None or not result.scenario.goals:
        return None
    return {**asked._asdict(), **result.days_kept(*asked)}
