"""Is a scenario true of recorded days: the verdict and its scores."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

import callcenter as cc
from benchmarks.recovery import LONGER
from callcenter.replay import ReplayError
from callcenter.replay.validation.fitted_days import strange_weekdays
from callcenter.replay.validation.scores import places, scores
from callcenter.replay.validation.verdict import NOT_VALID, UNCLEAR, VALID, verdict, worst
from tests.replay.days import days_of, desk


def word(truth: cc.Scenario, days: int, seed: int, margin: float = 0.03) -> str:
    """Return the verdict on the desk from days of a hotline."""
    return cc.validate(desk(), days_of(truth, days, seed), margin=margin, replications=10).verdict


@pytest.mark.slow
def test_its_own_days() -> None:
    """The days of the model itself do not tell against it."""
    assert NOT_VALID not in [word(desk(), 12, seed) for seed in range(4)]


@pytest.mark.slow
def test_longer_talk_is_found() -> None:
    """Days with talk 5% longer tell against the model, and the error enters where talk is drawn."""
    found = cc.validate(desk(), days_of(desk(LONGER), 60), replications=10)
    assert (NOT_VALID, "talk_and_patience_drawn") == (found.verdict, found.enters_with)
    assert found.talk.low <= 1.05 <= found.talk.high
    assert VALID == found.steps["known"].word


def test_verdict_by_hand() -> None:
    """The 90% interval of 1, 2, 3 points is 2 +- 2.92 / sqrt 3: inside of 4, outside of 0.3, unclear at 3."""
    differences = np.array([0.01, 0.02, 0.03])
    words = [verdict(differences, margin).word for margin in (0.04, 0.003, 0.03)]
    assert [VALID, NOT_VALID, UNCLEAR] == words
    assert pytest.approx(0.02 + 0.01 * stats.t.ppf(0.95, 2) / np.sqrt(3)) == verdict(differences, 0.04).high
    assert UNCLEAR == verdict(differences[:2], 0.03).word
    assert [NOT_VALID, UNCLEAR, VALID] == [
        worst(words) for words in ([VALID, UNCLEAR, NOT_VALID], [VALID, UNCLEAR], [VALID])
    ]


def test_a_few_more_days() -> None:
    """The number of further days is that at which the interval would lie on one side."""
    days = np.tile([-0.1, 0.1], 10)
    found = verdict(days, 0.03)
    assert UNCLEAR == found.word
    assert found.more_days is not None
    needed = 20 + found.more_days
    half = stats.t.ppf(0.95, 19) * days.std(ddof=1)
    assert abs(found.difference) + half / np.sqrt(needed) <= 0.03
    assert abs(found.difference) + half / np.sqrt(needed - 1) > 0.03


def test_scores_by_hand() -> None:
    """Two days, three replications: bias, error, places and CRPS as on paper."""
    seen, made = np.array([0.5, 0.8]), np.array([[0.4, 0.5, 0.6], [0.6, 0.6, 0.6]])
    assert [0.5, 0.875] == places(seen, made).tolist()
    found = scores(seen, made)
    assert pytest.approx(-0.1) == found.bias
    assert pytest.approx(np.sqrt(0.02)) == found.rmse
    assert 0.5 == found.coverage[50]
    # three replications leave places from 0.125 to 0.875: nothing can lie outside of a band of 80%
    assert np.isnan([found.coverage[80], found.coverage[95]]).all()
    # mean distance 2/30 less half of the mean distance of pairs 4/30; then 0.2 less nothing
    assert pytest.approx(((2 / 30 - 2 / 30) + 0.2) / 2) == found.crps


def test_places_of_a_true_model_are_uniform() -> None:
    """Where truth and model are one, a 95% band holds 95% of the days."""
    chance = np.random.default_rng(2)
    found = scores(chance.normal(size=2000), chance.normal(size=(2000, 40)))
    assert abs(found.coverage[95] - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 2000)
    assert found.pit_distance < 1.95 / np.sqrt(2000)
    assert found.rmse_without_chance < 0.2


@pytest.mark.slow
def test_erlang_a_is_exact_where_its_world_is() -> None:
    """Exponential times and one line: Erlang A by interval is near the records, far nearer than Erlang C."""
    plain = desk({"tiers.any.talk": {"exponential": "220 s"}, "tiers.any.wrap_up": "0 s"})
    found = cc.validate(plain, days_of(plain, 30), replications=3)
    errors = {name: found.erlang[name]["service_level"]["rmse"] for name in found.erlang}
    assert errors["erlang_a"] < 0.08
    assert errors["erlang_a"] < errors["erlang_c"]


def test_days_of_the_fit_are_refused(tmp_path: Path) -> None:
    """A scenario is not judged by days that it was fitted to, unless one says so; then the result says it."""
    import yaml

    from tests.replay.days import DESK

    (tmp_path / "scenario.yaml").write_text(yaml.safe_dump(DESK), encoding="utf-8")
    (tmp_path / "fit.json").write_text(json.dumps({"days": {"names": ["1.1"]}}), encoding="utf-8")
    seen = days_of(desk(), 3)
    file = tmp_path / "scenario.yaml"
    with pytest.raises(ReplayError, match="1 of 3 days were used to fit this scenario"):
        cc.validate(file, seen)
    found = cc.validate(file, seen, in_sample=True, replications=1)
    assert ["1.1"] == found.summary["days"]["in_sample"]
    assert ("2.1", "3.1") == cc.validate(file, seen, days="2.1,3.1", replications=1).days


def test_summary_has_the_names_of_the_contract() -> None:
    """The JSON has verdict, margin, steps with their measures, and the formulas (contract 8.5)."""
    found = cc.validate(desk(), days_of(desk(), 3), replications=2).summary
    assert {"verdict", "margin", "steps", "erlang_a", "erlang_c"} <= found.keys()
    step = found["steps"]["talk_and_patience_drawn"]
    assert {"service_level", "abandonment", "mean_wait_s", "waits_ks"} <= step.keys()
    assert {"50", "80", "95"} == step["service_level"]["coverage"].keys()
    json.dumps(found, allow_nan=False)


def test_weekdays_that_the_fit_has_not_seen() -> None:
    """A model of Mondays and Tuesdays, judged by a Sunday, is told so; without dates it is not."""
    fitted = frozenset({"2026-11-23", "2026-11-24"})
    said = strange_weekdays(("2026-11-30", "2026-11-29"), fitted)
    assert said is not None
    assert "fitted to no sun" in said
    assert strange_weekdays(("2026-11-30",), fitted) is None
    assert strange_weekdays(("1.1", "2.1"), fitted) is None
    assert strange_weekdays(("2026-11-29",), frozenset()) is None
