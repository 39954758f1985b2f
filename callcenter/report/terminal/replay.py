"""Replay, validation and explanation for a terminal: their tables, and what they say in words."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.replay import Explanation, Replay, Validation
from callcenter.report.tables.replay import explanation_table, replay_table
from callcenter.report.tables.validation import validation_table
from callcenter.report.terminal import layout
from callcenter.study.sentences import explanation as day
from callcenter.study.sentences import replays, validation


def replay_view(result: Replay) -> layout.Fitted:
    """Return one row for each day."""
    return layout.laid_out(replay_table(result))


def replay_lines(result: Replay) -> list[str]:
    """Return how near both are, what was taken, who was there, and what must be kept in mind."""
    return [replays.outcome(result), replays.held(result), *replays.circumstances(result)]


def validation_view(result: Validation) -> layout.Fitted:
    """Return one row for each step of the ladder and each yardstick."""
    return layout.laid_out(validation_table(result))


def validation_lines(result: Validation) -> list[str]:
    """Return the verdict, what it means and its reasons, one sentence each."""
    units = _("Bias and RMSE are percentage points of the answer rate of days, simulated less recorded.")
    return [units, validation.verdict(result), validation.meaning(result), *validation.reasons(result)]


def explanation_view(explanation: Explanation) -> layout.Fitted:
    """Return planned, the parts, and recorded."""
    return layout.laid_out(explanation_table(explanation))


def explanation_lines(explanation: Explanation) -> list[str]:
    """Return the day in words."""
    return day.sentences(explanation)
