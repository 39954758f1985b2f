"""Comparisons: two or more scenarios on the same callers, difference by difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from callcenter.language import gettext as _
from callcenter.measure.economics import is_priced, money_of
from callcenter.measure.estimates import plain
from callcenter.measure.figures import groups, pool_figures, summed
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import stack
from callcenter.study.answers.points import roster
from callcenter.study.comparisons.contrasts import (
    FAMILYWISE,
    Sample,
    combined,
    estimate,
    holm,
    p_value,
    sample_of_mean,
    sample_of_ratio,
    times_the_days,
)
from callcenter.study.comparisons.same_callers import callers_note
from callcenter.study.comparisons.sentences import pair_sentence, pairing_sentence
from callcenter.study.result import Result
from callcenter.totals import ALL, HOTLINE
from callcenter.version import __version__

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str]
"""A part (a tier, `all` or the hotline) and a figure of it."""


class Side(NamedTuple):
    """One of the scenarios compared."""

    name: str
    result: Result


class Difference(NamedTuple):
    """By how much a figure of one scenario is above that of another, on the same callers."""

    first: str
    second: str
    part: str
    figure: str
    first_value: float
    second_value: float
    difference: float
    low: float
    high: float
    """Ends of the 95% interval."""
    p: float
    p_holm: float
    """Corrected for the number of differences of this figure; `p` itself where only two are compared."""
    different: bool | None
    """Whether it is shown at 5%, familywise; None with one replication."""
    times_the_days: float | None
    """How many times the days two independent samples would need for an interval as narrow."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """What scenarios on the same callers differ in."""

    sides: tuple[Side, ...]
    all_pairs: bool = False

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
        found = [
            _difference(first.name, second.name, key, samples[first.name][key], samples[second.name][key])
            for first, second in self.pairs
            for key in samples[first.name]
            if key in samples[second.name]
        ]
        return tuple(_corrected(found) if len(self.pairs) > 1 else found)

    @property
    def definition(self) -> str:
        """Definition of the answer rate: that of the first scenario, for all."""
        return self.sides[0].result.scenario.service_level.definition

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row for each pair, part and figure; shares are shares, not points."""
        import pandas as pd

        return pd.DataFrame(self.differences, columns=list(Difference._fields))

    @property
    def notes(self) -> tuple[str, ...]:
        """What hinders the comparison: other callers, other thresholds, other definitions."""
        first, *others = self.sides
        return tuple(note for other in others for note in _notes(first, other))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What each pair differs in, in words, and what pairing saved."""
        rates = [found for found in self.differences if found.figure == "service_level"]
        by_pair = groupby(rates, key=lambda found: (found.first, found.second))
        return (*(pair_sentence(list(found)) for _, found in by_pair), *pairing_sentence(rates))

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
            "differences": [_plain(found) for found in self.differences],
            "notes": list(self.notes),
            "sentence": self.sentence,
        }

    def __repr__(self) -> str:
        names = ", ".join(side.name for side in self.sides)
        return f"<Comparison of {names}: {self.sides[0].result.replications} replications>"


def _samples(result: Result, definition: str, priced: bool) -> dict[Key, Sample]:
    """Return every figure that is compared, in the order of the table."""
    stacked = stack(result.tallies)
    found: dict[Key, Sample] = {}
    for name, group in groups(result.scenario, stacked).items():
        figures = summed(group.figures)
        found[name, "service_level"] = sample_of_ratio(DEFINITIONS[definition](figures))
        found[name, "abandonment"] = sample_of_ratio((figures["abandoned"], figures["offered"]))
        found[name, "asa_s"] = sample_of_ratio((figures["wait_answered_s"], figures["answered"]))
    pools = [summed(figures) for figures in pool_figures(result.scenario, stacked).values()]
    busy, staffed, overtime = (
        np.sum([pool[key] for pool in pools], axis=0) for key in ("busy_s", "staffed_s", "overtime_s")
    )
    found[HOTLINE, "occupancy"] = sample_of_ratio((busy, staffed + overtime))
    found[HOTLINE, "staffed_h"] = sample_of_mean(staffed / 3600)
    money = money_of(result.scenario, stacked)
    if priced:
        found |= {(HOTLINE, name): sample_of_mean(getattr(money, name)) for name in ("cost", "value", "net")}
    return found


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
    for place, found in enumerate(differences):
        families.setdefault((found.figure, ALL if found.part == ALL else ""), []).append(place)
    for places in families.values():
        for place, p in zip(places, holm([differences[place].p for place in places]), strict=True):
            corrected[place] = differences[place]._replace(p_holm=p, different=_decided(p))
    return corrected


def _decided(p: float) -> bool | None:
    return None if np.isnan(p) else p < FAMILYWISE


def _notes(first: Side, other: Side) -> Iterator[str]:
    one, two = first.result.scenario, other.result.scenario
    note = callers_note(one, two, other.name)
    if note:
        yield note
    if one.service_level != two.service_level:
        yield _("{other} defines the answer rate otherwise; the definition of {first} is used.").format(
            other=other.name, first=first.name
        )
    for tier in one.tiers:
        mine, its = (
            scenario.tiers[tier].target if tier in scenario.tiers else None for scenario in (one, two)
        )
        if mine and its and mine.within != its.within:
            yield _(
                "`{tier}` is answered in time within {mine} s in {first}, {its} s in {other}: "
                "the difference is also one of promises."
            ).format(
                tier=tier, mine=f"{mine.within:g}", first=first.name, its=f"{its.within:g}", other=other.name
            )
    alone = [tier for tier in (*one.tiers, *two.tiers) if not (tier in one.tiers and tier in two.tiers)]
    if alone:
        yield _("Only one of {first} and {other} has {tiers}: not compared.").format(
            first=first.name, other=other.name, tiers=_(", ").join(alone)
        )


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
