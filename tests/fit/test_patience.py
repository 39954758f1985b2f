"""Patience from censored waits: closed forms, published fits, families told apart, too little known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import gamma

from callcenter.fit.laws import EXPONENTIAL, LOGNORMAL, MIXTURE, WEIBULL
from callcenter.fit.likelihood import Sample
from callcenter.fit.patience import candidate, patience, sample_of, too_few
from tests.fit.test_survival import IS_END, LEUKAEMIA


def _sample(times: np.ndarray, is_end: np.ndarray, days: int = 1) -> Sample:
    return Sample(
        times, is_end.astype(float), np.ones(len(times)), (np.arange(len(times)) % days).astype(np.int32)
    )


def _waits(patience_s: np.ndarray, chance: np.random.Generator, days: int = 20) -> Sample:
    offered = chance.exponential(250, len(patience_s))
    return _sample(np.minimum(patience_s, offered), patience_s <= offered, days)


def test_exponential_is_total_wait_by_lost() -> None:
    """The mean of an exponential is the time waited by all over the number who hung up: 359 / 9."""
    found = candidate(EXPONENTIAL, _sample(LEUKAEMIA, IS_END))
    assert found is not None
    assert LEUKAEMIA.sum() / 9 == pytest.approx(found.mean.value, rel=1e-6)
    assert 39.89 == pytest.approx(found.mean.value, abs=0.005)
    assert np.exp(1.96 / 3) == pytest.approx(found.mean.high / found.mean.value, rel=1e-3)


def test_published_weibull() -> None:
    """Weibull fitted to the 6-MP group: shape 1.354, log scale 3.519 (R survreg, Collett)."""
    found = candidate(WEIBULL, _sample(LEUKAEMIA, IS_END))
    assert found is not None
    assert 1.354 == pytest.approx(found.figures["shape"].value, abs=0.002)
    shape = found.figures["shape"].value
    assert np.exp(3.519) * gamma(1 + 1 / shape) == pytest.approx(found.mean.value, rel=0.002)


def test_families_are_told_apart() -> None:
    """The family that waits were drawn from has the smallest BIC."""
    chance = np.random.default_rng(3)
    number = 8000
    drawn = {
        "exponential": chance.exponential(200, number),
        "weibull": 200 * chance.weibull(0.6, number),
        "lognormal": chance.lognormal(5, 1.2, number),
        "mixture": np.where(
            chance.random(number) < 0.3, chance.exponential(20, number), chance.exponential(600, number)
        ),
    }
    for family, values in drawn.items():
        found = patience(_waits(values, chance))
        assert found.chosen is not None
        assert family == found.chosen.family


def test_whole_seconds_do_not_matter() -> None:
    """Waits of whole seconds give the same mixture as exact ones, within 2%."""
    chance = np.random.default_rng(4)
    values = np.where(chance.random(9000) < 0.3, chance.exponential(60, 9000), chance.exponential(800, 9000))
    exact = _waits(values, chance)
    whole = exact._replace(times=np.round(exact.times))
    first, second = candidate(MIXTURE, exact), candidate(MIXTURE, whole, resolution=1.0)
    assert first is not None
    assert second is not None
    for name, figure in first.figures.items():
        assert figure.value == pytest.approx(second.figures[name].value, rel=0.02)


def test_those_who_hung_up_alone_are_no_patience() -> None:
    """The mean wait of those who hung up is far below patience; the fit is not."""
    chance = np.random.default_rng(5)
    sample = _waits(chance.exponential(400, 6000), chance)
    waits = sample.times[sample.is_end > 0]
    found = candidate(EXPONENTIAL, sample)
    assert found is not None
    assert waits.mean() < 200
    assert found.mean.low < 400 < found.mean.high


def test_a_run_away_family_is_not_taken() -> None:
    """Where hardly anybody hangs up a lognormal has no sensible mean, and is left out."""
    times = np.concatenate((np.full(5, 2.0), np.full(5000, 30.0)))
    assert candidate(LOGNORMAL, _sample(times, np.arange(5005) < 5)) is None


def test_nobody_hung_up() -> None:
    """Without anybody who hung up there is no patience to fit."""
    found = patience(_sample(np.array([1.0, 2, 3]), np.zeros(3, bool)))
    assert found.chosen is None
    assert found.lost == 0


def test_too_few_are_said() -> None:
    """With 41 who hung up the interval of the mean is that of 41 exponential times: +36%."""
    chance = np.random.default_rng(6)
    sample = _sample(chance.exponential(100, 200), np.arange(200) < 41)
    found = patience(sample, [EXPONENTIAL])
    text = too_few("vip", found, 5)
    assert text is not None
    assert text.startswith("Only 41 callers of tier vip hung up: patience is known to +-36 %.")


def test_answered_at_once_says_nothing() -> None:
    """Calls answered without a wait are left out of the sample; those who hang up at once stay."""
    found = sample_of(np.array([0.0, 0.0, 5.0]), np.array([0.0, 1.0, 0.0]), np.array([0, 1, 2]))
    assert [0.0, 5.0] == found.times.tolist()
    assert [1, 2] == found.days.tolist()
