"""The verdict on one scenario: which, how far, and what to do."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

import callcenter as cc
from callcenter.language import speaking
from callcenter.study.insights.gaps import Gaps, Span
from callcenter.study.sentences.headline import headline
from tests.report.studies import DESK

NOON = Span(None, "09:30", "13:00", 41, 41, 140.0)
EVENING = Span(None, "18:00", "18:30", 1, 1, 0.5)
NIGHT = Span(None, "20:00", "20:30", 2, 2, 1.0)
LATE = Span(None, "14:00", "17:00", 33, 71, 160.0)
SHORT = Gaps((NOON,), (LATE,))


def level(verdict: str | None, value: float | None, target: float | None = 0.85, half: float = 0.02) -> Any:
    """Return an answer rate as a summary has it."""
    low, high = (None, None) if value is None else (value - half, value + half)
    each = {"verdict": verdict, "value": value, "low": low, "high": high, "target": target, "within_s": 20.0}
    return {"service_level": each}


def said(vip: Any, regular: Any, gaps: dict[str, Gaps] | None = None, language: str = "en") -> str:
    """Return the verdict on two tiers with these gaps."""
    summary = {"replications": 30, "tiers": {"vip": vip, "regular": regular, "all": level("missed", 0.1)}}
    known = gaps or {}
    with (
        patch(
            "callcenter.study.sentences.headline.gaps",
            lambda scenario, tier: known.get(tier, Gaps((), ())),
        ),
        speaking(language),
    ):
        return headline(cc.load(DESK), summary)


def test_missed_has_gap_and_remedy() -> None:
    """The rate, the target, when agents are missing and how many, when there are too many."""
    assert said(level("met", 0.95, 0.9), level("missed", 0.588), {"regular": SHORT}) == (
        "Missed: regular 58.8%, target 85% in 20 s: short 09:30 to 13:00, about 41 more agents then; "
        "14:00 to 17:00 has 33 to 71 too many (agents by Erlang A).\n"
        "Met: vip."
    )


def test_tiers_with_one_reason_are_one_sentence() -> None:
    """The same gap is not told twice."""
    both = {"vip": SHORT, "regular": SHORT}
    sentences = said(level("missed", 0.7, 0.9), level("missed", 0.588), both).splitlines()

    assert len(sentences) == 1
    assert "Missed: vip 70.0%, target 90% in 20 s; regular 58.8%, target 85% in 20 s: short" in sentences[0]


def test_lesser_gaps_are_counted() -> None:
    """Two times stand in the sentence, the worst, in the order of the day; the others are counted."""
    gap = Gaps((NOON, EVENING, NIGHT), ())

    assert said(level("met", 0.95), level("missed", 0.5), {"regular": gap}).startswith(
        "Missed: regular 50.0%, target 85% in 20 s: short 09:30 to 13:00, about 41 more agents then; "
        "short 20:00 to 20:30, about 2 more agents then; and short at 1 other time (agents by Erlang A)."
    )


def test_where_agents_would_do_the_reason_is_another() -> None:
    """No gap by the formula: it is said that the reason is what the formula leaves out."""
    assert "Erlang A finds enough agents at every time" in said(level("met", 0.95), level("missed", 0.5))


@pytest.mark.parametrize(
    ("rate", "half", "advice"),
    [
        (0.86, 0.02, "about 120 replications would tell"),  # (2 / 1) squared times 30
        (0.84, 0.015, "about 70 replications would tell"),  # 67.5
        (0.85, 0.02, "it is as good as on its target; one agent more would decide it"),
    ],
)
def test_unclear_says_what_would_tell(rate: float, half: float, advice: str) -> None:
    """Intervals narrow with the root of the replications."""
    verdict = said(level("met", 0.95), level("unclear", rate, half=half))

    assert f"Unclear: regular {100 * rate:.1f}% (" in verdict
    assert advice in verdict


def test_one_replication_cannot_tell() -> None:
    """Without an interval more replications are the advice."""
    one = level("unclear", 0.86)
    one["service_level"] |= {"low": None, "high": None}

    assert "one replication cannot tell" in said(level("met", 0.95), one)


def test_met_names_the_closest() -> None:
    """Which target is the narrowest, and by how much it is kept."""
    assert said(level("met", 0.95, 0.9), level("met", 0.88)) == (
        "Every target is met; the closest is regular 88.0%, target 85% in 20 s."
    )
    assert said(level(None, 0.95, None), level("met", 0.88)) == (
        "Every target is met: regular 88.0%, target 85% in 20 s."
    )


def test_without_targets_nothing_is_said() -> None:
    """No tier is promised anything."""
    assert said(level(None, 0.95, None), level(None, 0.9, None)) == ""
