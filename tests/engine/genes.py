"""Random callers, each decoded from a string of bytes: quick to draw, and all zeros is the simplest one."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st

from callcenter.scenario import Scenario
from tests.engine.taping import Caller

LENGTH = 25
"""Bytes per caller; what is decoded beyond them is zero."""
LOSSES = ("abandoned", "blocked", "balked", "left_ivr", "closed")


class Genes:
    """A string of bytes, read from left to right."""

    def __init__(self, code: bytes) -> None:
        self._bytes = iter(code)

    def below(self, number: int) -> int:
        """Read a whole number from 0 to below ``number``, at most 256."""
        return next(self._bytes, 0) % number

    def tens(self, number: int) -> float:
        """Read a multiple of 10 s below so many."""
        return 10.0 * self.below(number)

    def one_of(self, *choices: Any) -> Any:
        """Read a choice; the first is the simplest."""
        return choices[self.below(len(choices))]


@st.composite
def callers(draw: st.DrawFn, scenario: Scenario, most: int = 50) -> list[Caller]:
    """Draw callers on whole multiples of 10 s, early, late or spread, with the calls that may follow."""
    last_minutes = int(scenario.day.close // 60) - 10
    first, minutes = draw(st.sampled_from([(0, 5), (0, 20), (0, 60), (last_minutes, 10)]))
    few, many = draw(st.sampled_from([(0, 10), (10, 30), (25, most)]))
    callers = draw(st.lists(a_first_call(scenario, first, minutes), min_size=few, max_size=many))
    return sorted(callers, key=lambda caller: caller.arrived)


@st.composite
def a_first_call(draw: st.DrawFn, scenario: Scenario, first: int, minutes: int) -> Caller:
    """Draw a call of some minutes of a day."""
    genes = Genes(draw(st.binary(min_size=4, max_size=4)))
    day, minute, ten = genes.below(scenario.days), first + genes.below(minutes), genes.below(6)
    names = list(scenario.tiers)
    caller = _caller(draw, scenario, names[genes.below(len(names))], 0)
    return caller._replace(arrived=day * 86_400 + 60.0 * minute + 10.0 * ten)


def _caller(draw: st.DrawFn, scenario: Scenario, name: str, depth: int, leg: bool = False) -> Caller:
    """Draw a call and what follows it; ``leg`` for one that is transferred."""
    genes, channel = Genes(draw(st.binary(min_size=LENGTH, max_size=LENGTH))), scenario.tiers[name].channel
    next_call, transfer = None, None
    if depth < 3 and genes.below(3) == 1:
        next_call = _caller(draw, scenario, name, depth + 1)
    others = [other for other in scenario.tiers if other != name]
    if depth < 3 and others and genes.below(6) == 1:
        transfer = _caller(draw, scenario, genes.one_of(*others), depth + 1, leg=True)
    return Caller(
        name,
        next=next_call,
        transfer=transfer,
        **_work(genes),
        **_follow_up(genes, bool(next_call)),
        **(_waits(genes) if channel != "deferred" else {}),
        **(_passage(genes) if channel == "phone" and not leg else {}),
    )


def _work(genes: Genes) -> dict[str, Any]:
    return {
        "talk": genes.tens(31),
        "wrap_up": genes.one_of(0.0, 20.0),
        "break_s": genes.one_of(0.0, 0.0, 60.0, 300.0),
    }


def _waits(genes: Genes) -> dict[str, Any]:
    reached_at = genes.one_of(None, 0, 1, 2)
    return {
        "patience": genes.one_of(math.inf, genes.tens(31), genes.tens(31)),
        "silent_s": genes.one_of(0.0, 60.0, 300.0),
        "reached_at": reached_at,
        "owed": bool(genes.below(4)),
        "accepts": reached_at is not None and bool(genes.below(2)),
        "callback_talk": genes.tens(31),
        "callback_wrap_up": genes.one_of(0.0, 20.0),
    }


def _passage(genes: Genes) -> dict[str, Any]:
    return {"ivr_s": genes.one_of(0.0, 0.0, 30.0), "ivr_exit": genes.one_of(0, 0, 0, 1, 2)}


def _follow_up(genes: Genes, is_followed: bool) -> dict[str, Any]:
    coins = genes.below(32)
    after = genes.one_of(0.0, 60.0, 600.0, 3000.0) + genes.tens(10)
    return {
        "repeats": is_followed and bool(genes.below(2)),
        "repeat_after": after,
        "redials": [name for bit, name in enumerate(LOSSES) if is_followed and coins >> bit & 1],
        "redial_after": after,
    }
