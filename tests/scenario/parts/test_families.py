"""Distributions as a scenario writes them (contract 1.1)."""

from __future__ import annotations

import math

import pytest

from callcenter.scenario import (
    Constant,
    Distribution,
    Empirical,
    Erlang,
    Exponential,
    Gamma,
    Hyperexponential,
    Lognormal,
    Mixture,
    MixturePart,
    Never,
    Triangular,
    Uniform,
    Weibull,
    load,
)
from tests.scenario.hotline import hotline, messages, with_talk

EVERY_FAMILY: list[tuple[object, Distribution, float]] = [
    ("30 s", Constant(value=30), 30),
    ("0", Constant(value=0), 0),
    ({"constant": "30 s"}, Constant(value=30), 30),
    ({"exponential": "2 min"}, Exponential(mean=120), 120),
    ({"exponential": {"mean": "2 min"}}, Exponential(mean=120), 120),
    ({"lognormal": {"mean": "4 min", "cv": 1.1}}, Lognormal(mean=240, cv=1.1), 240),
    ({"lognormal": {"mean": "4 min", "cv": "110%"}}, Lognormal(mean=240, cv=1.1), 240),
    ({"gamma": {"mean": "4 min", "cv": 0.8}}, Gamma(mean=240, cv=0.8), 240),
    ({"erlang": {"mean": "4 min", "k": 3}}, Erlang(mean=240, k=3), 240),
    ({"weibull": {"mean": "2 min", "shape": 0.7}}, Weibull(mean=120, shape=0.7), 120),
    ({"uniform": {"low": "10 s", "high": "40 s"}}, Uniform(low=10, high=40), 25),
    (
        {"triangular": {"low": "10 s", "mode": "20 s", "high": "60 s"}},
        Triangular(low=10, mode=20, high=60),
        30,
    ),
    ({"hyperexponential": {"mean": "3 min", "cv": 1.8}}, Hyperexponential(mean=180, cv=1.8), 180),
    ({"empirical": ["12 s", "30 s", "45 s"]}, Empirical(values=(12, 30, 45)), 29),
    (
        {"mixture": [{"share": "10%", "of": "0 s"}, {"share": "90%", "of": {"exponential": "1000 s"}}]},
        Mixture(
            parts=(
                MixturePart(share=0.1, of=Constant(value=0)),
                MixturePart(share=0.9, of=Exponential(mean=1000)),
            )
        ),
        900,
    ),
]


@pytest.mark.parametrize(("written", "distribution", "mean"), EVERY_FAMILY)
def test_every_family(written: object, distribution: Distribution, mean: float) -> None:
    """Every family of contract 1.1 is read, and knows its mean in seconds."""
    talk = with_talk(written).tiers["vip"].talk
    assert distribution == talk
    assert mean == pytest.approx(talk.mean)


def test_families_are_told_apart() -> None:
    """Equal figures of different families are different distributions."""
    lognormal: Distribution = Lognormal(mean=240, cv=1)
    assert lognormal != Gamma(mean=240, cv=1)


def test_patience_may_be_endless() -> None:
    """`never` is the default and may be a part of a mixture."""
    scenario = load(
        hotline(), {"tiers.vip.patience": "{mixture: [{share: 20%, of: never}, {share: 80%, of: 1 min}]}"}
    )
    assert math.isinf(scenario.tiers["vip"].patience.mean)
    assert Never() == scenario.tiers["regular"].patience


def test_beside_the_family() -> None:
    """Clipping and interval factors stand beside the family."""
    talk = (
        with_talk("{exponential: 2 min, at_least: 10 s, at_most: 10 min, per_interval: [1, 0.5, 2, 1]}")
        .tiers["vip"]
        .talk
    )
    assert Exponential(mean=120, at_least=10, at_most=600, per_interval=(1, 0.5, 2, 1)) == talk


def test_interval_factors_may_be_one_number() -> None:
    """A factor for every interval, like any series."""
    assert (1.2, 1.2, 1.2, 1.2) == with_talk("{constant: 2 min, per_interval: 1.2}").tiers[
        "vip"
    ].talk.per_interval


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{exponental: 2 min}", "exponental: unknown family `exponental`; did you mean `exponential`?"),
        ("{exponential: 2}", "exponential: a duration needs a unit, given 2; give a unit: 2 s?"),
        (
            "{exponential: 0 s}",
            "exponential: must be above 0, given '0 s'; write a duration above 0, such as 3 min",
        ),
        (
            "{lognormal: {mean: -1 s, cv: 1}}",
            "lognormal.mean: a duration cannot be negative, given '-1 s'; write 0 or more",
        ),
        ("{lognormal: {mean: 1 s}}", "lognormal.cv: is missing; write for example `cv: 0.9`"),
        (
            "{erlang: {mean: 1 s, k: 0}}",
            "erlang.k: is out of range, given 0; write a whole number from 1 to 10000",
        ),
        (
            "{weibull: {mean: 1 s, shape: 0}}",
            "weibull.shape: must be above 0, given 0; write a number above 0, such as 0.9",
        ),
        (
            "{gamma: {mean: 1 s, cv: 0}}",
            "gamma.cv: a cv of 0 means that all times are equal, given 0; write the mean alone as a constant",
        ),
        (
            "{uniform: {low: 0 s, high: 0 s}}",
            "uniform.high: must be above 0, given '0 s'; write a duration above 0, such as 3 min",
        ),
        (
            "{empirical: [0 s, 0 s]}",
            "empirical: all values are 0, a mean must be above 0; write the constant 0 instead",
        ),
        (
            "{empirical: 3 min}",
            "empirical: needs a list of durations, given '3 min'; write for example [12 s, 30 s, 45 s]",
        ),
        (
            "{mixture: [{share: 50%, of: never}, {share: 50%, of: 1 s}]}",
            "only patience may last for ever, given a mapping of `mixture`; write a duration",
        ),
        (
            "{never: 1}",
            "never: stands alone; write `never` without braces",
        ),
        (
            "exponential",
            "is neither a duration nor a distribution, given 'exponential'; write {exponential: ...}",
        ),
        ("{exponential: 2 min, at_mots: 3 min}", "at_mots: unknown key `at_mots`; did you mean `at_most`?"),
        ("{exponential: 2 min, at_most: 3}", "at_most: a duration needs a unit, given 3; give a unit: 3 s?"),
        ("{}", "names no family of distributions; write for example {exponential: 2 min}"),
    ],
)
def test_refused_distributions(written: str, expected: str) -> None:
    """What is wrong is reported at the figure that is wrong."""
    (message,) = messages(hotline(), {"tiers.vip.talk": written})
    place = "" if expected.startswith(("is ", "only", "names")) else "."
    assert f"--set: tiers.vip.talk{place or ': '}{expected}" == message
