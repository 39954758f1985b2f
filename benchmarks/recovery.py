"""How often intervals of a fit hold the truth and verdicts are right: ``make recovery``.

Hotlines whose truth is known are simulated, again and again, and their logs are read: as call records, as
interval reports with wait buckets, and as reports with waits alone.  Writes the tables of docs/guides/fit.md
and docs/guides/validate.md.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

import callcenter as cc
from benchmarks.findings import Table
from callcenter.fit import fit
from callcenter.fit.estimates import Estimate
from callcenter.fit.fitted import Fitted, TierFit
from callcenter.replay.validation.verdict import NOT_VALID
from tests.fit.desk import log
from tests.fit.report import report
from tests.replay.days import days_of, desk

GUIDES = Path(__file__).parents[1] / "docs/guides"
MARK = "<!-- make recovery -->"

DAYS, MANY, ENOUGH = 16, 200, 1000
"""Days of a log, logs, and how many logs decide where those leave a figure in doubt."""
HELD = 0.92, 0.98
"""Share of logs in which an interval of 95% must hold the truth.

Of 200 logs an exact interval does so in fewer or more 3 times of 100, and there are forty figures.
"""
VALIDATED_DAYS, VALIDATIONS, RUNS = 60, 100, 5
"""Days of a validation, validations, and how often each day is simulated."""

EXPONENTIAL = {"tiers.regular.patience": {"exponential": "3 min"}}
"""Waits alone can tell nothing but the mean of an exponential."""
LONGER = {"tiers.any.talk": {"lognormal": {"mean": "210 s", "cv": 0.9}}, "tiers.any.wrap_up": "21 s"}
"""A handle time that is 5% longer."""

Held = Iterator[tuple[str, Estimate, float]]


def of_calls(calls: pd.DataFrame) -> Held:
    """Yield what is estimated from calls, with the truth."""
    model = fit(calls).model
    vip, regular = _tiers(model)
    yield "day factor", model.unrest.day, 0.10
    yield "calls", vip.calls_per_day, 160
    yield "calls of regular", regular.calls_per_day, 640
    yield from _patience(vip, regular)
    assert vip.talk is not None
    assert regular.talk is not None
    yield "lognormal mean", vip.talk.mean, 200
    yield "lognormal cv", vip.talk.cv, 0.9
    yield "gamma mean", regular.talk.mean, 180
    yield "gamma cv", regular.talk.cv, 0.8
    assert vip.wrap_up is not None
    assert regular.ivr is not None
    yield "wrap-up", vip.wrap_up.mean, 30
    yield "ivr", regular.ivr.time, 20
    yield "hangs up", regular.ivr.hangs_up, 0.05


def of_buckets(calls: pd.DataFrame) -> Held:
    """Yield what is estimated from an interval report with wait buckets, with the truth."""
    vip, regular = _tiers(fit(report(calls)).model)
    yield from _patience(vip, regular)
    yield from _handle_time(vip, regular)


def of_waits(calls: pd.DataFrame) -> Held:
    """Yield what is estimated from an interval report with waits alone, with the truth."""
    vip, regular = _tiers(fit(report(calls, limits=())).model)
    for tier, truth in ((vip, 240), (regular, 180)):
        assert tier.patience.chosen is not None
        yield f"exponential of {tier.name}", tier.patience.chosen.mean, truth
    yield from _handle_time(vip, regular)


def of_unrest(calls: pd.DataFrame) -> Held:
    """Yield what makes days and intervals differ, with the truth."""
    model = fit(calls).model
    yield "day factor", model.unrest.day, 0.10
    yield "interval factor", model.unrest.interval, 0.15
    yield "correlation", model.unrest.correlation, 0.3
    assert model.talk_by_time.day is not None
    yield "day factor of talk", model.talk_by_time.day, 0.08
    for tier, mean in zip(_tiers(model), (200, 180), strict=True):
        assert tier.talk is not None
        yield f"mean talk of {tier.name}", tier.talk.mean, mean


def of_families(calls: pd.DataFrame) -> Held:
    """Yield the figures of other families, from calls, with the truth."""
    vip, regular = _tiers(fit(calls).model)
    yield from _other_patience(vip, regular)
    assert vip.talk is not None
    yield "weibull talk mean", vip.talk.mean, 200
    if "shape" in vip.talk.figures:
        yield "weibull talk shape", vip.talk.figures["shape"], 0.8


def of_families_in_buckets(calls: pd.DataFrame) -> Held:
    """Yield the same of patience, from an interval report with wait buckets."""
    yield from _other_patience(*_tiers(fit(report(calls)).model))


def _other_patience(vip: TierFit, regular: TierFit) -> Held:
    lognormal = {each.family: each for each in vip.patience.candidates}["lognormal"]
    mixture = {each.family: each for each in regular.patience.candidates}["mixture"]
    yield "lognormal mean", lognormal.mean, 120
    yield "lognormal cv", lognormal.figures["cv"], 1.2
    yield "mixture mean", mixture.mean, 0.3 * 30 + 0.7 * 300
    yield "mixture share", mixture.figures["share"], 0.3


def _tiers(model: Fitted) -> tuple[TierFit, TierFit]:
    tiers = {tier.name: tier for tier in model.tiers}
    return tiers["vip"], tiers["regular"]


def _patience(vip: TierFit, regular: TierFit) -> Held:
    exponential = {each.family: each for each in vip.patience.candidates}["exponential"]
    weibull = {each.family: each for each in regular.patience.candidates}["weibull"]
    yield "exponential mean", exponential.mean, 240
    yield "weibull mean", weibull.mean, 180
    yield "weibull shape", weibull.figures["shape"], 0.7


def _handle_time(vip: TierFit, regular: TierFit) -> Held:
    for tier, truth in ((vip, 230), (regular, 210)):
        assert tier.handle_s is not None
        yield f"handle time of {tier.name}", tier.handle_s, truth


RESTLESS = {"demand.interval_factor": {"cv": "15%", "correlation": 0.3}, "demand.talk_factor_cv": "8%"}

OTHER_FAMILIES = {
    "tiers.vip.patience": {"lognormal": {"mean": "2 min", "cv": 1.2}},
    "tiers.regular.patience": {
        "mixture": [
            {"share": "30%", "of": {"exponential": "30 s"}},
            {"share": "70%", "of": {"exponential": "5 min"}},
        ]
    },
    "tiers.vip.talk": {"weibull": {"mean": "200 s", "shape": 0.8}},
}

LEVELS: dict[str, tuple[Callable[[pd.DataFrame], Held], dict[str, Any]]] = {
    "calls": (of_calls, {}),
    "unrest": (of_unrest, RESTLESS),
    "buckets": (of_buckets, {}),
    "waits": (of_waits, EXPONENTIAL),
    "families": (of_families, OTHER_FAMILIES),
    "families in buckets": (of_families_in_buckets, OTHER_FAMILIES),
}
"""How each kind of records is read, and of which variant of the desk they are."""


def held(level: str, seed: int) -> dict[str, bool]:
    """Return for each figure of a log whether its interval holds the truth."""
    figures, changes = LEVELS[level]
    calls = log(DAYS, 1000 + seed, changes)
    return {name: figure.low <= truth <= figure.high for name, figure, truth in figures(calls)}


def coverage(level: str, seeds: Sequence[int], workers: int = 1) -> dict[str, float]:
    """Return the share of logs whose interval holds the truth, for each figure."""
    return {name: share for name, _logs, share in _shares(_logs_held(level, seeds, workers))}


def covered(level: str, workers: int = 1) -> list[Covered]:
    """Return how often intervals hold the truth; of 200 logs, and of 1,000 where those leave a doubt."""
    held = _logs_held(level, range(MANY), workers)
    if all(map(is_held, _shares(held))):
        return _shares(held)
    return _shares(pd.concat([held, _logs_held(level, range(MANY, ENOUGH), workers)], ignore_index=True))


class Covered(NamedTuple):
    """A figure, the logs it was estimated from, and the share of them whose interval holds the truth."""

    figure: str
    logs: int
    share: float


def is_held(covered: Covered) -> bool:
    """Whether intervals hold the truth as often as they say."""
    return HELD[0] <= covered.share <= HELD[1]


def _logs_held(level: str, seeds: Sequence[int], workers: int) -> pd.DataFrame:
    return pd.DataFrame(each(partial(held, level), seeds, workers))


def _shares(logs: pd.DataFrame) -> list[Covered]:
    known = {str(name): logs[name].dropna().astype(bool) for name in logs}
    return [Covered(name, len(own), float(own.mean())) for name, own in known.items()]


def is_refuted(changes: dict[str, Any], days: int, runs: int, seed: int) -> bool:
    """Whether days of a variant of the desk are found not to be those of the desk."""
    return cc.validate(desk(), days_of(desk(changes), days, seed), replications=runs).verdict == NOT_VALID


def refuted(changes: dict[str, Any], workers: int = 1) -> float:
    """Return the share of validations that say `not_valid`."""
    one = partial(is_refuted, changes, VALIDATED_DAYS, RUNS)
    return float(sum(each(one, range(VALIDATIONS), workers)) / VALIDATIONS)


def each(function: Callable[[int], Any], seeds: Sequence[int], workers: int) -> list[Any]:
    """Return what a function makes of each seed."""
    if workers == 1:
        return [function(seed) for seed in seeds]
    with Pool(workers) as pool:
        return pool.map(function, seeds, chunksize=1)


def recovery_table(workers: int) -> Table:
    """Return how often the interval of each figure holds the truth."""
    rows = []
    for level in LEVELS:
        own = [(level, name, str(logs), f"{share:.1%}") for name, logs, share in covered(level, workers)]
        _say(*own)
        rows += own
    about = f"{MANY} logs or more, of {DAYS} days and some 13,000 calls each."
    columns = ("records", "figure", "logs", "interval holds the truth")
    return Table("Intervals that hold the truth", about, columns, rows)


def verdict_table(workers: int) -> Table:
    """Return how often a true and a false model are refuted."""
    about = f"{VALIDATIONS} validations of {VALIDATED_DAYS} days."
    rows = []
    for name, changes in (("its own days", {}), ("days with handle time 5% longer", LONGER)):
        rows.append((name, f"{VALIDATIONS * refuted(changes, workers):.0f} of {VALIDATIONS}"))
        _say(rows[-1])
    return Table("How often a model is refuted", about, ("days", "`not_valid`"), rows)


def _say(*rows: tuple[str, ...]) -> None:
    """Print what is known so far: the whole takes half an hour."""
    for row in rows:
        print(*row, sep="; ", flush=True)


def main() -> None:
    """Simulate, fit, validate, print, and put each table into its page as soon as it is there."""
    workers = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    for page, made in (("fit.md", recovery_table), ("validate.md", verdict_table)):
        text = "\n".join(made(workers).markdown().splitlines()[4:])
        print(text, flush=True)
        _put(GUIDES / page, text)


def _put(page: Path, text: str) -> None:
    before, _old, after = page.read_text(encoding="utf-8").split(MARK)
    page.write_text(f"{before}{MARK}\n\n{text}\n\n{MARK}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
