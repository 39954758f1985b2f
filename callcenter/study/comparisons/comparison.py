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
from callcenter.measure.joint import DaysKept
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import stack
from callcenter.study.answers.days_kept import chance_kept
from callcenter.study.answers.points import roster
from callcenter.study.differences.contrasts import (
    FAMILYWISE,
    holm,
    sample_of_mean,
    sample_of_ratio,
    sample_of_share,
    times_the_days,
)
from callcenter.study.differences.difference import Difference, Side
from callcenter.study.differences.figure import Figure, gain, sample_of
from callcenter.study.differences.promised import JOINT, TARGET, Key, Promised, is_target, promised
from callcenter.study.result import Result
from callcenter.study.sentences.comparison import changes_note, kept_sentences, notes, sentences, targets_note
from callcenter.study.sentences.same_callers import callers_note
from callcenter.totals import ALL, HOTLINE
from callcenter.version import __version__

if TYPE_CHECKING:
    import pandas as pd


MONEY = ("cost", "value", "net")

ASKED = ("path", "tiers", "pool", "measure", "within_s", "after_s", "bound", "over", "on_days", "preset")
"""What a target asks, of its entry in a summary."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """What scenarios on the same callers differ in."""

    sides: tuple[Side, ...]
    all_pairs: bool = False
    changed: tuple[str, ...] = ()
    """What was changed in all of them alike, as `path=value`."""
    days_asked: DaysKept | None = None
    """Days to keep, the chance of which is asked for."""

    @property
    def pairs(self) -> list[tuple[Side, Side]]:
        """Which are compared: each with the first, or every two."""
        if self.all_pairs:
            return list(combinations(self.sides, 2))
        return [(self.sides[0], other) for other in self.sides[1:]]

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Every difference, pair by pair, Holm-corrected figure by figure where there are several pairs."""
        samples: dict[str, dict[Key, Figure]] = {
            side.name: {
                **_samples(side.result, self.definition),
                **{key: target.figure for key, target in self._promised[side.name].items()},
            }
            for side in self.sides
        }
        verdicts = {
            side.name: _verdicts(side.result, self.definition, self._promised[side.name])
            for side in self.sides
        }
        differences = [
            _difference(
                first.name, second.name, key, samples[first.name][key], samples[second.name][key]
            )._replace(
                first_verdict=verdicts[first.name].get(key), second_verdict=verdicts[second.name].get(key)
            )
            for first, second in self.pairs
            for key in samples[first.name]
            if key in samples[second.name] and key[1] not in self._pointless
        ]
        return tuple(_corrected(differences) if len(self.pairs) > 1 else differences)

    @cached_property
    def _pointless(self) -> frozenset[str]:
        """Figures that are nothing in all scenarios: money without prices, breaks where none are taken."""
        scenarios = [side.result.scenario for side in self.sides]
        money = () if any(map(is_priced, scenarios)) else MONEY
        pools = [pool for scenario in scenarios for pool in scenario.pools.values()]
        return frozenset((*money, *(() if any(pool.breaks for pool in pools) else ("break_h",))))

    @cached_property
    def _promised(self) -> dict[str, dict[Key, Promised]]:
        """The targets of each side, where any has others than an answer rate for each tier."""
        like = self.sides[0].result.scenario
        if all(side.result.scenario.has_short_targets_only for side in self.sides):
            return {side.name: {} for side in self.sides}
        return {side.name: promised(side.result, like) for side in self.sides}

    @cached_property
    def targets(self) -> dict[Key, Mapping[str, Any]]:
        """What a summary says of each target that is compared, that of the first to have it."""
        return {
            key: target.entry
            for side in reversed(self.sides)
            for key, target in self._promised[side.name].items()
            if target.entry is not None
        }

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
        pairs = [(first.name, other.name) for other in others]
        return (
            *changes_note(self.changed),
            *(note for other in others for note in notes(first, other)),
            *(
                note
                for one, two in pairs
                for note in targets_note(one, two, self._promised[one], self._promised[two])
            ),
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """What each pair differs in, in words, and what pairing saved."""
        chances = ((side.name, chance_kept(side.result, self.days_asked)) for side in self.sides)
        return (*sentences(self.differences, self.targets), *kept_sentences(chances))

    @property
    def sentence(self) -> str:
        """What they differ in, in words."""
        return " ".join(self.sentences)

    @property
    def summary(self) -> dict[str, Any]:
        """Everything as plain data, ready for JSON: what `compare --json` writes."""
        result = self.sides[0].result
        return {
            "scenarios": [_described(side, self.days_asked) for side in self.sides],
            "replications": result.replications,
            "seed": result.seed,
            "engine": result.engine,
            "version": __version__,
            "definition": self.definition,
            "differences": [_plain(difference) for difference in self.differences],
            "targets": [
                {"part": part, "figure": figure, **{key: entry[key] for key in ASKED}}
                for (part, figure), entry in self.targets.items()
            ],
            "notes": list(self.notes),
            "sentence": self.sentence,
        }

    def __repr__(self) -> str:
        names = ", ".join(side.name for side in self.sides)
        return f"<Comparison of {names}: {self.sides[0].result.replications} replications>"


def _samples(result: Result, definition: str) -> dict[Key, Figure]:
    """Return every figure that is compared, in the order of the table."""
    stacked = stack(result.tallies)
    samples: dict[Key, Figure] = {}
    for name, group in groups(result.scenario, stacked).items():
        figures = summed(group.figures)
        samples[name, "service_level"] = sample_of_share(DEFINITIONS[definition](figures))
        samples[name, "abandonment"] = sample_of_share((figures["abandoned"], figures["offered"]))
        samples[name, "asa_s"] = sample_of_ratio((figures["wait_answered_s"], figures["answered"]))
    pools = [summed(figures) for figures in pool_figures(result.scenario, stacked).values()]
    busy, staffed, overtime, away = (
        np.sum([pool[key] for pool in pools], axis=0)
        for key in ("busy_s", "staffed_s", "overtime_s", "break_s")
    )
    samples[HOTLINE, "occupancy"] = sample_of_ratio((busy, staffed + overtime))
    samples[HOTLINE, "staffed_h"] = sample_of_mean(staffed / 3600)
    samples[HOTLINE, "break_h"] = sample_of_mean(away / 3600)
    money = money_of(result.scenario, stacked)
    return samples | {(HOTLINE, name): sample_of_mean(getattr(money, name)) for name in MONEY}


def _verdicts(result: Result, definition: str, targets: Mapping[Key, Promised]) -> dict[Key, str | None]:
    """Return whether each target is met; no answer rate's where its scenario defines the rate otherwise."""
    is_own = result.scenario.service_level.definition == definition
    tiers = result.summary["tiers"].items() if is_own else ()
    rates = {(name, "service_level"): tier["service_level"]["verdict"] for name, tier in tiers}
    entries = {key: target.entry for key, target in targets.items() if target.entry is not None}
    return rates | {
        key: entry["verdict"] for key, entry in entries.items() if is_own or entry["measure"] != "answered"
    }


def _difference(first: str, second: str, key: Key, before: Figure, after: Figure) -> Difference:
    (value, low, high), p = gain(before, after)
    one, two = sample_of(before), sample_of(after)
    rise = (float(value), float(low), float(high))
    times = times_the_days(one, two)
    return Difference(first, second, *key, one.value, two.value, *rise, p, p, _decided(p), times)


def _corrected(differences: Sequence[Difference]) -> list[Difference]:
    """Correct the p-values of each figure for the number of its differences, the total `all` aside.

    The targets are one figure, and all of them together are another.
    """
    corrected = list(differences)
    families: dict[Key, list[int]] = {}
    for place, difference in enumerate(differences):
        families.setdefault(_family(difference), []).append(place)
    for places in families.values():
        for place, p in zip(places, holm([differences[place].p for place in places]), strict=True):
            corrected[place] = differences[place]._replace(p_holm=p, different=_decided(p))
    return corrected


def _family(difference: Difference) -> Key:
    figure = difference.figure
    if is_target(figure) and figure != JOINT:
        return TARGET, ""
    return figure, ALL if difference.part == ALL else ""


def _decided(p: float) -> bool | None:
    return None if np.isnan(p) else p < FAMILYWISE


def _described(side: Side, asked: DaysKept | None) -> dict[str, Any]:
    scenario, kept = side.result.scenario, chance_kept(side.result, asked)
    return {
        "name": side.name,
        "scenario": scenario.name,
        "source": scenario.source,
        "fingerprint": scenario.fingerprint,
        **({"routing": side.result.routing} if side.result.routing else {}),
        **roster(scenario)._asdict(),
        **({"days_kept": kept} if kept else {}),
    }


def _plain(difference: Difference) -> Mapping[str, Any]:
    return {
        name: plain(value) if isinstance(value, float) else value
        for name, value in difference._asdict().items()
    }
