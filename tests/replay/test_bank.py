"""The tutorial from a real log to a verdict: every figure of the page is computed anew where the log is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from callcenter.fit import fit
from callcenter.replay import replay
from callcenter.replay.ladder import DRAWN_TRAITS
from callcenter.replay.validation.verdict import NOT_VALID
from callcenter.study.sentences import explanation, validation
from tests.replay.bank import DAYS, Story, bank_records, story

PAGE = Path(__file__).parents[2] / "docs/from-log-to-verdict.md"
STEPS = {
    "known": "all recorded",
    "talk_and_patience_drawn": "talk, patience drawn",
    "arrivals_drawn": "arrivals drawn",
    "forecast": "demand drawn",
    "planned": "staffing planned",
}
AT_ONCE, OPENING = 3.0, 7 * 3600.0
SPANS = [("1999-05-01", "1999-07-31"), ("1999-01-01", "1999-04-30")]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told() -> Story:
    """All that the page tells."""
    return story()


def text() -> str:
    """Return the page in one line."""
    return re.sub(r"(\n> |\s)+", " ", PAGE.read_text(encoding="utf-8"))


def figures(told: Story) -> Iterator[str]:
    """Yield every passage of the page that holds figures."""
    counts, model = told.records.counts, told.fitted.model
    yield f"{counts['read']:,} rows are read, {counts['dropped']:,} dropped"
    yield f"{counts['days'] - counts['days_used']} of the {counts['days']} days are left out"
    yield f"{model.calls:,} calls of {len(model.days)} days"
    hours = model.levels.hours()
    yield f"{hours.value:.1f} agent-hours a day ({hours.low:.1f} to {hours.high:.1f})"
    assert model.poisson is not None
    yield f"p = {model.poisson.p:.1g}"
    assert model.ranks is not None
    yield "{PS:.0f} s for PS and {PSv:.0f} s for PSv".format(**model.ranks.head_start)
    for step, name in STEPS.items():
        found = told.validation.steps[step]
        level, lost = found.by_day["service_level"], found.by_day["abandonment"]
        bias = f"{100 * level.bias:+.1f} | {100 * lost.bias:+.1f}".replace("-", "−")
        yield f"| {name} | {bias} | {100 * level.rmse:.1f} |"
    for formula, name in (("erlang_a", "Erlang A"), ("erlang_c", "Erlang C")):
        errors = told.validation.erlang[formula]
        bias = f"{100 * errors['service_level']['bias']:+.1f} | {100 * errors['abandonment']['bias']:+.1f}"
        yield f"| {name} | {bias} | {100 * errors['service_level']['rmse']:.1f} |".replace("-", "−")
    spread = told.validation.spread["service_level"]["rmse_of_other_days"]
    yield f"| mean of the other days | 0.0 | | {100 * spread:.1f} |"
    yield validation.verdict(told.validation)
    yield from map(str, list(validation.causes(told.validation))[:1])
    both = (told.known.summary[side]["tiers"] for side in ("recorded", "simulated"))
    recorded, simulated = both
    for tier in ("IN", "NW", "PS", "PSv", "TP"):
        calls = recorded[tier]["counts"]["offered"]
        levels = (side[tier]["service_level"]["value"] for side in (recorded, simulated))
        yield f"| {tier} | {calls:.0f} | " + " | ".join(f"{100 * level:.1f}%" for level in levels) + " |"
    returned, regular = (at_once(told, kind) for kind in ("TT", "PS"))
    yield f"{100 * returned:.1f}% of TT callers reach an agent at once, and {100 * regular:.1f}% of PS"
    own = told.own_pools.summary
    gap = own["simulated"]["tiers"]["all"]["service_level"]["value"]
    gap -= own["recorded"]["tiers"]["all"]["service_level"]["value"]
    yield f"still {100 * gap:+.1f} points"
    ratio = told.validation.talk
    yield f"{100 * ratio.value:.1f}% of the fitted ({100 * ratio.low:.1f} to {100 * ratio.high:.1f}%)"
    yield explanation.headline(told.explanation)
    yield explanation.unexplained(told.explanation)


def at_once(told: Story, kind: str) -> float:
    """Return how many callers of a kind reach an agent at once while three others wait or more, in July."""
    calls = told.records.load_calls()
    first = told.records.first_day
    assert first is not None
    names = {(first + timedelta(days=int(day))).isoformat(): day for day in calls["day"].unique()}
    judged = [names[day] for day in told.validation.days]
    calls = calls[calls["day"].isin(judged) & (calls["joined"] >= calls["day"] * 86_400 + OPENING)]
    is_answered = (calls["outcome"] == "answered").to_numpy()
    ended = np.where(is_answered, calls["answered"], calls["left"])
    joined = calls["joined"].to_numpy()
    waits = ended - joined > AT_ONCE
    begun, over = np.sort(joined[waits]), np.sort(ended[waits])
    others = np.searchsorted(begun, joined, "left") - np.searchsorted(over, joined, "right")
    own = (calls["menu"] == kind).to_numpy() & (others >= 3)
    return float((is_answered & ~waits)[own].mean())


def test_the_page_tells_what_is_computed(told: Story) -> None:
    """Each passage with figures stands on the page as it is computed."""
    page = text()
    assert [] == [passage for passage in figures(told) if passage not in page]


def test_the_verdict_is_honest(told: Story) -> None:
    """The model is not valid for July, and parts and rest of the day explained add up."""
    assert NOT_VALID == told.validation.verdict
    day = told.explanation
    assert day.planned - day.actual == pytest.approx(sum(day.parts.values()) + day.unexplained)
    known, drawn = (told.validation.steps[name].by_day for name in STEPS if name in ("known", DRAWN_TRAITS))
    assert abs(known["service_level"].bias) < 0.02
    assert known["service_level"].rmse < 0.03
    assert 0.03 < drawn["service_level"].rmse < 0.05
    assert DRAWN_TRAITS == told.validation.enters_with


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_everything_known_is_near_in_every_month(first: str, last: str) -> None:
    """With everything known, months that a fit has seen are within 3.5 points, their days within 4."""
    given = bank_records()
    fitted = fit(given, days=DAYS, from_=first, to=last, name="bank").scenario
    for month in range(int(first[5:7]), int(last[5:7]) + 1):
        begin, end = f"1999-{month:02}-01", f"1999-{month:02}-31"
        days = replay(fitted, given, days=DAYS, from_=begin, to=end, replications=1)
        gaps = days.simulated_figures.mean(axis=1)[:, 0] - days.recorded_figures[:, 0]
        assert abs(gaps.mean()) < 0.035, month
        assert np.sqrt((gaps**2).mean()) < 0.04, month


def test_wrap_up_that_is_not_recorded_is_drawn(told: Story) -> None:
    """The bank records no wrap-up: agents are not free at once, as if it took no time."""
    assert told.known.recorded
    wrap_up = told.fitted.model.tiers[0].wrap_up
    assert wrap_up is not None
    assert wrap_up.mean.value > 10
