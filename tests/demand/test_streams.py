"""What is drawn from which stream, read again here from NumPy alone (rule R2)."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.testing as npt
import pytest

from callcenter.demand import HANGS_UP, SELF_SERVED, TO_AGENT, CallTape, draw
from callcenter.scenario import Scenario
from tests.demand.hotlines import TIERS, columns_of, scenario, with_tier

SEED, REPLICATION = 5, 3
TICK = 2.0**-20


def stream(tier: str, purpose: str) -> np.random.Generator:
    """Return the stream that NumPy gives for the key of a tier and purpose."""
    digest = blake2b(f"{tier}\0{purpose}".encode(), digest_size=8).digest()
    names = np.frombuffer(digest, "<u4").tolist()
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(SEED, spawn_key=(REPLICATION, *names))))


def rounded(seconds: np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float64]:
    """Round to whole ticks."""
    return np.asarray(np.rint(seconds / TICK) * TICK)


def test_first_calls() -> None:
    """Every column of the VIPs, stream by stream."""
    tape = draw(scenario(), SEED, REPLICATION)
    counts = stream("vip", "counts").poisson([100.0, 300.0])
    n = int(counts.sum())
    starts = np.repeat([8 * 3600.0, 9 * 3600.0], counts)
    arrived = np.sort(starts + np.floor(stream("vip", "arrivals").random(n) * 3600 / TICK) * TICK)
    coin = stream("vip", "ivr exit").random(n)
    expected = [
        arrived,
        rounded(stream("vip", "ivr time").standard_exponential(n) * 40),
        np.where(coin < 0.3, SELF_SERVED, np.where(coin < 0.4, HANGS_UP, TO_AGENT)),
        rounded(stream("vip", "patience").standard_exponential(n) * 60),
        rounded(stream("vip", "talk").standard_exponential(n) * 180),
        np.zeros(n),
        np.zeros(n, bool),
    ]

    for column, values in zip(columns_of(tape, 0), expected, strict=True):
        npt.assert_array_equal(values, column)


def test_callbacks() -> None:
    """The callbacks of mid-tier callers: one coin a call, then two attempts for each that is owed."""
    tape = draw(scenario(), SEED, REPLICATION)
    mid = np.flatnonzero(tape.tier == 1)
    owed = stream("mid", "callback owed").random(mid.size) < 0.5
    reached = stream("mid", "callback reached").random((owed.sum(), 2)) < 0.6
    attempt = np.where(reached[:, 0], 1, np.where(reached[:, 1], 2, 0))

    npt.assert_array_equal(mid[owed], tape.callbacks.call)
    npt.assert_array_equal(attempt, tape.callbacks.reached_at)
    npt.assert_array_equal(np.isin(np.arange(tape.firsts), mid[owed]), tape.owed)


def test_second_calls() -> None:
    """Generation 1 has streams of its own, ending in ` +1`; its calls come in order of their parents."""
    tape = draw(with_tier(repeat={"share": "20%", "after": {"exponential": "1 h"}}), SEED, REPLICATION)
    assert tape.follow_ups is not None
    vips = np.flatnonzero(tape.tier[: tape.firsts] == 0)
    repeats = (stream("vip", "repeat").random(vips.size) < 0.2) & (tape.ivr_exit[vips] == TO_AGENT)
    after = rounded(stream("vip", "repeat after").standard_exponential(repeats.sum()) * 3600)
    seconds = tape.firsts + np.arange(repeats.sum())

    npt.assert_array_equal(seconds, tape.follow_ups.next_call[vips[repeats]])
    npt.assert_array_equal(after, tape.follow_ups.repeat_after[vips[repeats]])
    npt.assert_array_equal(
        rounded(stream("vip", "talk +1").standard_exponential(seconds.size) * 180), tape.talk[seconds]
    )


NEW_RULES = {
    "redial": with_tier(redial={"after": "5 min", "when": {"abandoned": "50%"}}),
    "repeat": with_tier(repeat={"share": "30%", "after": "1 h"}),
    "transfer": with_tier(transfer={"share": "30%", "to": "mid"}),
    "offer": with_tier(offer={"when_in_line": 2, "accepted": "40%"}, callback={"on": ["abandoned"]}),
    "lines": scenario(lines=10),
    "absence": scenario(pools={"desk": {"serves": ["vip", "mid"], "agents": 5, "absence": "10%"}}),
    "another tier": scenario(
        tiers={"new": {"priority": 2, "talk": "1 min"}} | TIERS,
        demand={"tiers": {"new": {"calls": 50}, "vip": {"calls": [100, 300]}, "mid": {"calls": [200, 0]}}},
        pools={"desk": {"serves": ["vip", "mid", "new"], "agents": 5, "callbacks": {}}},
    ),
}


@pytest.mark.parametrize("changed", NEW_RULES.values(), ids=NEW_RULES)
def test_a_new_rule_moves_no_first_call(changed: Scenario) -> None:
    """R2: streams are keyed by name, so the first calls stay when a rule, a pool or a tier is added."""
    plain, tape = draw(scenario(), SEED, REPLICATION), draw(changed, SEED, REPLICATION)
    names = list(changed.tiers)

    for tier in ("vip", "mid"):
        before, after = columns_of(plain, list(TIERS).index(tier)), columns_of(tape, names.index(tier))
        for a, b in zip(before[:6], after[:6], strict=True):
            npt.assert_array_equal(a, b)


def test_a_transfer_moves_no_follow_up_of_its_destination() -> None:
    """Mid-tier callers repeat as before when VIPs are transferred to their tier."""
    mid: dict[str, Any] = TIERS["mid"] | {"repeat": {"share": "40%", "after": {"exponential": "1 h"}}}
    alone = draw(scenario(tiers=TIERS | {"mid": mid}), SEED, REPLICATION)
    vip = TIERS["vip"] | {"transfer": {"share": "30%", "to": "mid"}}
    joined = draw(scenario(tiers={"vip": vip, "mid": mid}), SEED, REPLICATION)

    for a, b in zip(mid_follow_ups(alone), mid_follow_ups(joined), strict=True):
        npt.assert_array_equal(a, b)


def test_transferred_calls_have_their_own_streams() -> None:
    """Named after the tier of the customer's first call, so that they are not twins of the tier's own."""
    mid = {"priority": 1, "talk": {"exponential": "10 min"}}
    vip = TIERS["vip"] | {"transfer": {"share": "30%", "to": "mid"}}
    tape = draw(scenario(tiers={"vip": vip, "mid": mid}), SEED, REPLICATION)
    talk = tape.talk[tape.firsts :]

    npt.assert_array_equal(
        rounded(stream("mid", "talk +1 from vip").standard_exponential(talk.size) * 600), talk
    )


def mid_follow_ups(tape: CallTape) -> list[Any]:
    """Return the calls that may follow those of mid-tier callers."""
    links = tape.follow_ups
    assert links is not None
    own = (tape.tier[links.customer] == 1) & (np.arange(tape.tier.size) >= tape.firsts)
    return [tape.ivr_s[own], links.repeat_after[own], links.customer[own]]


def test_an_offer_moves_no_callback() -> None:
    """Callbacks that are owed anyway are as before when callbacks are also offered."""
    mid: dict[str, Any] = TIERS["mid"] | {"offer": {"when_in_line": 3, "accepted": "40%"}}
    plain = draw(scenario(), SEED, REPLICATION)
    offered = draw(scenario(tiers=TIERS | {"mid": mid}), SEED, REPLICATION)
    rows = offered.owed[offered.callbacks.call]

    for field in plain.callbacks._fields:
        npt.assert_array_equal(getattr(plain.callbacks, field), getattr(offered.callbacks, field)[rows])
