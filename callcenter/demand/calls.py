"""Calls of one tier, and calls of several put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Flags, Floats, Indices, Ints
from callcenter.demand.callbacks import Jobs, draw_callbacks, in_order
from callcenter.demand.chance import Chance
from callcenter.demand.ivr import Passage, draw_ivr, straight
from callcenter.demand.tape import Exits
from callcenter.scenario import Scenario

Array = npt.NDArray[Any]


class Columns(NamedTuple):
    """Some calls; one entry per call, as on the tape."""

    tier: Indices
    arrived: Floats
    ivr_s: Floats
    ivr_exit: Exits
    patience: Floats
    talk: Floats
    wrap_up: Floats


class Calls(NamedTuple):
    """Some calls and the callbacks that they may lead to."""

    columns: Columns
    jobs: Jobs


def draw_calls(
    scenario: Scenario, chance: Chance, arrived: Floats, intervals: Ints, transferred: Flags | None = None
) -> Calls:
    """Draw calls of one tier; those that were transferred meet no IVR (rule R15)."""
    tier = scenario.tiers[chance.tier]
    passage = _passage(scenario, chance, intervals, transferred)
    columns = Columns(
        tier=np.full(intervals.size, list(scenario.tiers).index(chance.tier), np.int32),
        arrived=arrived,
        ivr_s=passage.ivr_s,
        ivr_exit=passage.ivr_exit,
        patience=chance.times(tier.patience, "patience", intervals),
        talk=chance.times(tier.talk, "talk", intervals),
        wrap_up=chance.times(tier.wrap_up, "wrap-up", intervals),
    )
    return Calls(columns, draw_callbacks(scenario, chance, intervals))


def _passage(scenario: Scenario, chance: Chance, intervals: Ints, transferred: Flags | None) -> Passage:
    ivr = scenario.ivr_of(chance.tier)
    if transferred is None:
        return draw_ivr(ivr, chance, intervals)
    dialled = np.flatnonzero(~transferred)
    drawn, passage = draw_ivr(ivr, chance, intervals[dialled]), straight(intervals.size)
    passage.ivr_s[dialled], passage.ivr_exit[dialled] = drawn
    return passage


def put_together(calls: list[Calls], rows: list[Ints]) -> Calls:
    """Put calls together that were drawn apart; ``rows`` says where each lot goes."""
    parts = zip(*(lot.columns for lot in calls), strict=True)
    owners = [own[lot.jobs.tape.call] for lot, own in zip(calls, rows, strict=True)]
    columns = Columns(*(interleaved(part, rows) for part in parts))
    return Calls(columns, in_order([lot.jobs for lot in calls], owners))


def interleaved(parts: Sequence[Array], rows: list[Ints]) -> Array:
    """Scatter each part to its rows."""
    merged = np.empty(sum(own.size for own in rows), parts[0].dtype)
    for part, own in zip(parts, rows, strict=True):
        merged[own] = part
    return merged
