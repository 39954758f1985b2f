"""Recorded days simulated on every step of the ladder: by one scenario, or by several, each on its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from callcenter.replay.beside import Beside
from callcenter.replay.ladder import DRAWN_TRAITS, KNOWN, Runs, climb
from callcenter.replay.stage import Stage
from callcenter.replay.validation.inputs import Sides, talk_sides
from callcenter.replay.validation.yardsticks import Formula, formulas


class Judged(NamedTuple):
    """What was recorded and simulated on some days."""

    runs: Mapping[str, Runs]
    """By step."""
    erlang: Mapping[str, Formula]
    talk: Sides


def judged(
    ladder: Mapping[str, Stage], replications: int, engine: str, advance: Callable[[], None]
) -> Judged:
    """Simulate the days of a ladder."""
    runs = {name: climb(stage, replications, engine, advance) for name, stage in ladder.items()}
    known = ladder[KNOWN]
    return Judged(
        runs,
        formulas(known, runs[KNOWN].offered),
        talk_sides(known, ladder[DRAWN_TRAITS], replications),
    )


def together(parts: Sequence[Judged]) -> Judged:
    """Return days that were judged apart as if they had been together; steps that all of them have."""
    steps = [name for name in parts[0].runs if all(name in part.runs for part in parts)]
    formula_names = parts[0].erlang
    return Judged(
        {name: _runs([part.runs[name] for part in parts]) for name in steps},
        {name: _formula([part.erlang[name] for part in parts]) for name in formula_names},
        Sides(*(np.concatenate(sides) for sides in zip(*(part.talk for part in parts), strict=True))),
    )


def _runs(parts: Sequence[Runs]) -> Runs:
    return Runs(
        _beside([part.beside for part in parts]),
        np.concatenate([part.offered for part in parts]),
        np.concatenate([part.offered_simulated for part in parts]),
    )


def _beside(parts: Sequence[Beside]) -> Beside:
    return Beside(
        tuple(day for part in parts for day in part.days),
        parts[0].opening,
        parts[0].interval,
        np.concatenate([part.recorded for part in parts]),
        np.concatenate([part.simulated for part in parts]),
        np.sum([part.recorded_waits for part in parts], axis=0),
        np.sum([part.simulated_waits for part in parts], axis=0),
    )


def _formula(parts: Sequence[Formula]) -> Formula:
    return Formula(
        np.concatenate([part.values for part in parts]), np.concatenate([part.offered for part in parts])
    )
