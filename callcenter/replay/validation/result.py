"""What `validate` returns: scores on each step of the ladder, yardsticks and the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.replay.ladder import (
    DRAWN_ARRIVALS,
    DRAWN_TRAITS,
    KNOWN,
    Runs,
    distance,
)
from callcenter.replay.parts import MEASURES, by_interval, divided, figures
from callcenter.replay.rolling import Rolled
from callcenter.replay.validation.inputs import Ratio
from callcenter.replay.validation.scores import Scores, number, scores
from callcenter.replay.validation.verdict import NOT_VALID, UNCLEAR, VALID, Verdict, verdict, worst
from callcenter.scenario import Scenario

JUDGED = MEASURES[:2]
"""Service level and abandonment: what a margin in percentage points can be held against."""

GIVEN_DEMAND = (KNOWN, DRAWN_TRAITS, DRAWN_ARRIVALS)
"""Steps whose calls are those of the records: they judge the model of the centre."""


class Step(NamedTuple):
    """One step of the ladder."""

    runs: Runs
    verdicts: Mapping[str, Verdict]
    """By measure."""
    by_day: Mapping[str, Scores]
    by_interval: Mapping[str, Scores]
    period_bias: Floats
    """Of all days together, by measure."""
    waits_ks: float
    gaps: Floats
    """Simulated less recorded, of each day, by measure."""

    @property
    def word(self) -> str:
        """The verdict of the step."""
        return worst(verdict.word for verdict in self.verdicts.values())

    @property
    def worst_measure(self) -> str:
        """The measure with the largest difference among those that have the verdict of the step."""
        failing = {name: test for name, test in self.verdicts.items() if test.word == self.word}
        return max(failing, key=lambda name: abs(failing[name].difference))

    def plain(self) -> dict[str, Any]:
        """Return the step ready for JSON."""
        figures: dict[str, Any] = {
            name: {
                **self.by_day[name].plain(),
                "period_bias": number(float(self.period_bias[place])),
                "by_interval": self.by_interval[name].plain(),
                **({"test": self.verdicts[name].plain()} if name in self.verdicts else {}),
            }
            for place, name in enumerate(MEASURES)
        }
        return figures | {"waits_ks": number(self.waits_ks), "verdict": self.word}


def step_of(runs: Runs, margin: float) -> Step:
    """Return the scores of a step."""
    seen, made = figures(runs.recorded), figures(runs.simulated)
    cells, made_cells = by_interval(runs.recorded), by_interval(runs.simulated)
    gap = np.nanmean(made, axis=1) - seen
    replications = made.shape[1]
    return Step(
        runs,
        {name: verdict(gap[:, MEASURES.index(name)], margin) for name in JUDGED},
        {name: scores(seen[:, place], made[:, :, place]) for place, name in enumerate(MEASURES)},
        {
            name: scores(
                cells[:, place].ravel(), made_cells[:, :, place].swapaxes(1, 2).reshape(-1, replications)
            )
            for place, name in enumerate(MEASURES)
        },
        _whole(runs.simulated.sum(axis=(0, 1))) - _whole(runs.recorded.sum(axis=0)),
        distance(runs),
        gap,
    )


def _whole(parts: Floats) -> Floats:
    summed = parts.sum(axis=-1)
    return divided(summed[:, 0], summed[:, 1])


@dataclass(frozen=True, eq=False)
class Validation:
    """Is a scenario true of recorded days."""

    scenario: Scenario
    days: tuple[str, ...]
    in_sample: tuple[str, ...]
    """Days that the scenario was fitted to."""
    margin: float
    replications: int
    seed: int
    steps: Mapping[str, Step]
    erlang: Mapping[str, Mapping[str, Any]]
    spread: Mapping[str, Any]
    talk: Ratio
    calls: Ratio
    remarks: tuple[str, ...]
    levels_source: str | None
    rolling: Rolled | None = None
    """The fits by which days were judged, where each was known only by the days before."""

    @property
    def verdict(self) -> str:
        """`valid`, `not_valid` or `unclear`.

        Where the demand alone is unclear, the model of the centre is what is judged: a day's number of calls
        tells little, and telling a forecast from another takes many days.
        """
        words = {name: step.word for name, step in self.steps.items()}
        if NOT_VALID in words.values():
            return NOT_VALID
        given_demand = [word for name, word in words.items() if name in GIVEN_DEMAND]
        return UNCLEAR if UNCLEAR in given_demand else VALID

    @property
    def more_days(self) -> int | None:
        """About so many more days would settle an unclear verdict."""
        tests = [
            test
            for name, step in self.steps.items()
            if name in GIVEN_DEMAND
            for test in step.verdicts.values()
            if test.word == UNCLEAR and test.more_days is not None
        ]
        return max((test.more_days or 0 for test in tests), default=0) or None

    @property
    def fails_at(self) -> str | None:
        """The first step that is not valid, or unclear where none is not valid; None where all are valid."""
        for word in (NOT_VALID, UNCLEAR):
            steps = [name for name, step in self.steps.items() if step.word == word]
            if steps:
                return steps[0]
        return None

    @property
    def enters_with(self) -> str | None:
        """The step, up to the one that fails, which adds most to the bias that fails there."""
        if self.fails_at is None:
            return None
        names = list(self.steps)
        names = names[: names.index(self.fails_at) + 1]
        measure = self.steps[self.fails_at].worst_measure
        biases = np.array([self.steps[name].verdicts[measure].difference for name in names])
        if not np.isfinite(biases).all():
            return self.fails_at
        grown = np.diff(biases, prepend=0.0) * np.sign(biases[-1])
        return names[int(grown.argmax())]

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Every figure as plain data, ready for JSON: what `validate --json` writes (contract 8.5)."""
        return {
            "scenario": self.scenario.name,
            "verdict": self.verdict,
            "margin": self.margin,
            "more_days": self.more_days if self.verdict == UNCLEAR else None,
            "error_enters_with": self.enters_with,
            "days": {"judged": len(self.days), "names": list(self.days), "in_sample": list(self.in_sample)},
            "rolling": None if self.rolling is None else self.rolling.plain(),
            "replications": self.replications,
            "seed": self.seed,
            "staffing": self.levels_source,
            "steps": {name: step.plain() for name, step in self.steps.items()},
            **{name: dict(figures) for name, figures in self.erlang.items()},
            "spread_of_days": dict(self.spread),
            "inputs": {"talk": self.talk.plain(), "calls": self.calls.plain()},
            "remarks": list(self.remarks),
        }

    def __repr__(self) -> str:
        return f"<Validation of {self.scenario.name!r}: {self.verdict}, {len(self.days)} days>"
