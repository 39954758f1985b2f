"""What a call log says was going on: lines held, agents at work, contacts in hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.calllog import CallLog, Kind, Outcome
from callcenter.scenario import Scenario


class Spell(NamedTuple):
    """From when to when, in seconds; at ``end`` it is over."""

    start: float
    end: float


def most_at_once(spells: Sequence[Spell]) -> int:
    """Count the spells that overlap, at worst."""
    return max(
        (sum(other.start <= spell.start < other.end for other in spells) for spell in spells), default=0
    )


def held_lines(scenario: Scenario, log: CallLog) -> list[Spell]:
    """R14: a phone call holds its line until the caller hangs up, transferred legs on the phone included."""
    on_phone = np.array([tier.channel == "phone" for tier in scenario.tiers.values()])[log.tier]
    held = on_phone & (log.outcome != Outcome.BLOCKED)
    until = np.where(np.isnan(log.left), np.inf, log.left)
    legs = {int(log.parent[row]): row for row in np.flatnonzero((log.kind == Kind.TRANSFER) & on_phone)}
    spells = []
    for row in np.flatnonzero(held & (log.kind != Kind.TRANSFER)):
        last = int(row)
        while last in legs:
            last = int(legs[last])
        spells.append(Spell(float(log.arrived[row]), float(until[last])))
    return spells


def in_hand(log: CallLog, pool: int, tier: int) -> list[Spell]:
    """Return when agents of a pool had contacts of a tier in hand."""
    own = (log.pool == pool) & (log.tier == tier)
    return [
        Spell(*times) for times in zip(log.answered[own].tolist(), log.released[own].tolist(), strict=True)
    ]


def work(scenario: Scenario, log: CallLog, pool: int) -> list[Spell]:
    """Return when agents of a pool were busy, one spell for each agent at a time."""
    alone = np.array([not tier.at_desk for tier in scenario.tiers.values()])[log.tier]
    own, jobs, sessions = (log.pool == pool) & alone, log.callbacks, log.sessions
    dialled, shared = jobs.attempt_pool == pool, sessions.pool == pool
    starts = np.concatenate([log.answered[own], jobs.attempt_start[dialled], sessions.start[shared]])
    ends = np.concatenate([log.released[own], jobs.attempt_end[dialled], sessions.end[shared]])
    return [Spell(*times) for times in zip(starts.tolist(), ends.tolist(), strict=True)]


def in_vain(log: CallLog, pool: int) -> list[Spell]:
    """R10a: return when places of a pool's agents were held by customers who had left without a word."""
    own = log.silences.pool == pool
    return [Spell(*times) for times in zip(log.silences.start[own], log.silences.end[own], strict=True)]


def away(log: CallLog, pool: int) -> list[Spell]:
    """R20: return when agents of a pool were on unscheduled breaks."""
    own = log.breaks.pool == pool
    return [Spell(*times) for times in zip(log.breaks.start[own], log.breaks.end[own], strict=True)]


def level_at(log: CallLog, pool: int, time: float, after_changes: bool = False) -> int:
    """Return the agents staffed at an instant, at most: work may begin just before the level falls (R4)."""
    at, levels = log.staffing.at, log.staffing.staffed[:, pool]
    last = int(np.searchsorted(at, time, side="right")) - 1
    before = last if after_changes else int(np.searchsorted(at, time, side="left")) - 1
    return max((int(levels[row]) for row in (last, before) if row >= 0), default=0)
