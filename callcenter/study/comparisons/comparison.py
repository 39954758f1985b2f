"""Comparisons: two or more scenarios on the same callers, difference by difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from callcenter.measure.economics import is_priced, money_of
from callcenter.measure.estimates import plain
from callcenter.measure.figures import groups, pool_figures, summed
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import stack
from callcenter.study.answers.points import roster
from callcenter.study.differences.contrasts import (
    FAMILYWISE,
    Sample,
    combined,
    estimate,
    holm,
    p_value,
    sample_of_mean,
    sample_of_ratio,
    sample_of_share,
    times_the_days,
)
from callcenter.study.differences.difference import Difference, Side
from callcenter.study.result import Result
from callcenter.study.sentences.comparison import changes_note, notes, sentences
from callcenter.study.sentences.same_callers import callers_note
from callcenter.totals import ALL, HOTLINE
from callcenter.version import __version__

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str]
"""A part (a tier, `all` or the hotline) and a figure of it."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """What scenarios on the same callers differ in."""

    sides: tuple[Side, ...]
    all_pairs: bool = False
    changed: tuple[str, ...] = ()
    """What was changed in all of them alike, as `path=value`."""

    @property
    def pairs(self) -> list[tuple[Side, Side]]:
        """Which are compared: each with the first, or every two."""
        if self.all_pairs:
            return list(combinations(self.sides, 2))
        return [(self.sides[0], other) for other in self.sides[1:]]

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Every difference, pair by pair, Holm-corrected figure by figure where there are several pairs."""
        priced = any(is_priced(side.result.scenario) for side in self.sides)
        samples = {side.name: _samples(side.result, self.definition, priced) for side in self.sides}
        verdicts = {side.name: _verdicts(side.result, self.definition) for side in self.sides}
        differences = [
            _difference(
                first.name, second.name, key, samples[first.name][key], samples[second.name][key]
            )._replace(
                first_verdict=verdicts[first.name].get(key), second_verdict=verdicts[second.name].get(key)
            )
            for first, second in self.pairs
            for key in samples[first.name]
            if key in samples[second.name]
        ]
        return tuple(_corrected(differences) if len(self.pairs) > 1 else differences)

    @property
    def definition(self) -> str:
        """Definition of the answer rate: that of the first scenario, for all."""
        return self.sides[0].result.scenario.service_level.definition

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per pair, part and figure; shares are shares, not points."""
        import pandas as pd

        return pd.DataFrame(self.differences, columns=list(Difference._fields))

    @property
    def has_same_callers(self) -> bool:
        """Whether every scenario meets the callers of the first, to the last."""
        first, *others = (side.result.scenario for side in self.sides)
        return not any(callers_note(first, other) for other in others)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known: changes of all, and what hinders: other callers, thresholds, definitions."""
        first, *others = self.sides
        return (*changes_note(self.changed), *(note for other in others for note in notes(first, other)))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What each pair differs in, in words, and what pairing saved."""
        return sentences([each for each in self.differences if each.figure == "service_level"])

    @property
    def sentence(self) -> str:
        """What they differ in, in words."""
        return " ".join(self.sentences)

    @property
    def summary(self) -> dict[str, Any]:
        """Everything as plain data, ready for JSON: what `compare --json` writes."""
        result = self.sides[0].result
        return {
            "scenarios": [_described(side) for side in self.sides],
            "replications": result.replications,
            "seed": result.seed,
            "engine": result.engine,
            "version": __version__,
            "definition": self.definition,
            "differences": [_plain(difference) for difference in self.differences],
            "notes": list(self.notes),
            "sentence": self.sentence,
        }

    def __repr__(self) -> str:
        names = ", ".join(side.name for side in self.sides)
        return f"<Comparison of {names}: {self.sides[0].result.replications} replications>"


def _samples(result: Result, definition: str, priced: bool) -> dict[Key, Sample]:
    """Return every figure that is compared, in the order of the table."""
    stacked = stack(result.tallies)
    samples: dict[Key, Sample] = {}
    for name, group in groups(result.scenario, stacked).items():
        figures = summed(group.figures)
        samples[name, "service_level"] = sample_of_share(DEFINITIONS[definition](figures))
        samples[name, "abandonment"] = sample_of_share((figures["abandoned"], figures["offered"]))
        samples[name, "asa_s"] = sample_of_ratio((figures["wait_answered_s"], figures["answered"]))
    pools = [summed(figures) for figures in pool_figures(result.scenario, stacked).values()]
    busy, staffed, overtime = (
        np.sum([pool[key] for pool in pools], axis=0) for key in ("busy_s", "staffed_s", "overtime_s")
    )
    samples[HOTLINE, "occupancy"] = sample_of_ratio((busy, staffed + overtime))
    samples[HOTLINE, "staffed_h"] = sample_of_mean(staffed / 3600)
    money = money_of(result.scenario, stacked)
    if priced:
        samples |= {
            (HOTLINE, name): sample_of_mean(getattr(money, name)) for name in ("cost", "value", "net")
        }
    return samples


def _verdicts(result: Result, definition: str) -> dict[Key, str]:
    """Return whether each tier meets its target; empty where its scenario defines the rate otherwise."""
    if result.scenario.service_level.definition != definition:
        return {}
    tiers = result.summary["tiers"].items()
    return {(name, "service_level"): tier["service_level"]["verdict"] for name, tier in tiers}


def _difference(first: str, second: str, key: Key, before: Sample, after: Sample) -> Difference:
    gain = combined((-1, 1), (before, after))
    value, low, high = map(float, estimate(gain))
    p = p_value(gain)
    times = times_the_days(before, after)
    return Difference(
        first, second, *key, before.value, after.value, value, low, high, p, p, _decided(p), times
    )


def _corrected(differences: Sequence[Difference]) -> list[Difference]:
    """Correct the p-values of each figure for the number of its differences, the total `all` aside."""
    corrected = list(differences)
    families: dict[Key, list[int]] = {}
    for place, difference in enumerate(differences):
        families.setdefault((difference.figure, ALL if difference.part == ALL else ""), []).append(place)
    for places in families.values():
        for place, p in zip(places, holm([differences[place].p for place in places]), strict=True):
            corrected[place] = differences[place]._replace(p_holm=p, different=_decided(p))
    return corrected


def _decided(p: float) -> bool | None:
    return None if np.isnan(p) else p < FAMILYWISE


def _described(side: Side) -> dict[str, Any]:
    scenario = side.result.scenario
    return {
        "name": side.name,
        "scenario": scenario.name,
        "source": scenario.source,
        "fingerprint": scenario.fingerprint,
        **({"routing": side.result.routing} if side.result.routing else {}),
        **roster(scenario)._asdict(),
    }


def _plain(difference: Difference) -> Mapping[str, Any]:
    return {
        name: plain(value) if isinstance(value, float) else value
        for name, value in difference._asdict().items()
    }
