"""What is drawn from which stream, read again here from whole numbers of Python (rule R2)."""

from __future__ import annotations

from hashlib import blake2b
from itertools import islice
from typing import Any

import numpy as np
import numpy.testing as npt
import pytest

from callcenter.demand import AGAIN, HANGS_UP, MOVED, SELF_SERVED, TO_AGENT, CallTape, draw
from callcenter.demand import streams as module
from callcenter.scenario import Scenario
from tests.demand import plain_streams
from tests.demand.hotlines import (
    TIERS,
    Followed,
    callbacks,
    columns_of,
    firsts,
    following,
    scenario,
    with_tier,
)

SEED, REPLICATION = 5, 3
TICK = 2.0**-20
UNIFORM = {"uniform": {"low": "0 s", "high": "1 min"}}


def stream(tier: str, purpose: str, size: Any, *more: Any) -> Any:
    """Return the first uniform numbers of a tier and purpose."""
    return np.array(
        list(islice(plain_streams.uniforms(SEED, REPLICATION, tier, purpose, *map(int, more)), size))
    )


def of_customer(tier: str, purpose: str, ordinal: Any, path: int, root: str) -> float:
    """Return the first uniform number of what follows a customer's first call."""
    word = int.from_bytes(blake2b(f"{root}\0customer".encode(), digest_size=16).digest()[:8], "little")
    return float(stream(tier, purpose, 1, ordinal, path, word)[0])


def rounded(seconds: Any) -> Any:
    """Round to whole ticks."""
    return np.asarray(np.rint(seconds / TICK) * TICK)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (0, "09218ebde6c85537 55941f5266d86105 4bd25e16282434dc ee29ec846bd2e40b"),
        (2**64 - 1, "29c24097942bba1b 0371bbfb0f6f4e11 3c231ffa33f83a1c cd29113fde32d168"),
    ],
)
def test_threefry(word: int, expected: str) -> None:
    """The known answers of Random123 for keys and counters all zeros and all ones."""
    state: Any = np.empty(1, module.STATE)
    key = np.full(3, word, np.uint64)
    with np.errstate(over="ignore"):
        module.threefry(key, key[:2], key[0], key[1], key[2], state[0])

    assert expected == " ".join(f"{half:016x}" for half in state[0].tolist())
    assert expected == " ".join(f"{half:016x}" for half in plain_streams.threefry([word] * 4, [word] * 4))


def test_xoshiro() -> None:
    """The reference values of xoshiro256++ from the state 1, 2, 3, 4."""
    expected = [
        41943041,
        58720359,
        3588806011781223,
        3591011842654386,
        9228616714210784205,
        9973669472204895162,
        14011001112246962877,
        12406186145184390807,
        15849039046786891736,
        10450023813501588000,
    ]

    assert expected == list(islice(plain_streams.words([1, 2, 3, 4]), 10))


@pytest.mark.parametrize("seed", [0, 1, 2**64 + 3, 2**127])
def test_uniform_numbers(seed: int) -> None:
    """53 bits of each word; a seed may have 128 bits."""
    expected = list(islice(plain_streams.uniforms(seed, 7, "vip", "talk"), 100))

    assert expected == module.uniforms(seed, 7, "vip", "talk", 100).tolist()


def test_seeds_of_any_size() -> None:
    """No two give the same stream."""
    seeds = [0, 2**63, 2**64, 2**128, 2**128 + 1, 2**200]

    assert len(seeds) == len({module.uniforms(seed, 0, "", "", 3).tobytes() for seed in seeds})


def test_first_calls() -> None:
    """Every column of the VIPs, stream by stream, each call in order of arrival."""
    tape = draw(
        scenario(
            ivr={"time": UNIFORM, "self_service": "30%", "hangs_up": "10%"},
            tiers=TIERS | {"vip": {"priority": 0, "talk": UNIFORM, "patience": UNIFORM, "wrap_up": "20 s"}},
        ),
        SEED,
        REPLICATION,
    )
    arrived, *columns = columns_of(tape, 0)
    coin = stream("vip", "ivr exit", arrived.size)
    expected = [
        rounded(stream("vip", "ivr time", arrived.size) * 60),
        np.where(coin < 0.3, SELF_SERVED, np.where(coin < 0.4, HANGS_UP, TO_AGENT)),
        rounded(stream("vip", "patience", arrived.size) * 60),
        rounded(stream("vip", "talk", arrived.size) * 60),
        np.full(arrived.size, 20.0),
        np.zeros(arrived.size, bool),
    ]

    for column, values in zip(columns, expected, strict=True):
        npt.assert_array_equal(values, column)


def test_callbacks() -> None:
    """One coin a call; what comes of the callback is a function of the customer's number in the tier."""
    tape = draw(scenario(), SEED, REPLICATION)
    mid = np.flatnonzero(tape.tier == 1)
    owed = stream("mid", "callback owed", mid.size) < 0.5
    word = int.from_bytes(blake2b(b"mid\0customer", digest_size=16).digest()[:8], "little")
    reached = [stream("mid", "callback reached", 2, n, 0, word) < 0.6 for n in np.flatnonzero(owed)]
    drawn = callbacks(tape, 2)

    assert mid[owed].tolist() == list(drawn)
    assert [1 if a else 2 * b for a, b in reached] == [each.reached_at for each in drawn.values()]
    npt.assert_array_equal(np.isin(np.arange(tape.tier.size), mid[owed]), tape.owed)


def test_second_calls() -> None:
    """A repeat is a function of the customer's number in the tier and of the way from the first call."""
    repeat = {"share": "20%", "after": UNIFORM}
    tape = draw(with_tier(repeat=repeat, talk=UNIFORM), SEED, REPLICATION)
    assert tape.coins is not None
    vips = np.flatnonzero(tape.tier == 0)
    repeats = (stream("vip", "repeat", vips.size) < 0.2) & (tape.ivr_exit[vips] == TO_AGENT)
    after = rounded(stream("vip", "repeat after", repeats.sum()) * 60)
    talks = [of_customer("vip", "talk", n, AGAIN, "vip") for n in np.flatnonzero(repeats)]

    npt.assert_array_equal(repeats, tape.coins.repeats[vips])
    npt.assert_array_equal(after, tape.coins.repeat_after[vips[repeats]])
    assert rounded(np.array(talks) * 60).tolist() == talks_of(following(tape, firsts(tape)))


def talks_of(calls: list[Followed]) -> list[float]:
    """Return how long calls talk."""
    return [each.call.talk for each in calls]


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

    assert 30 < len(mid_follow_ups(alone))
    assert mid_follow_ups(alone) == mid_follow_ups(joined)


def test_transferred_calls_have_their_own_streams() -> None:
    """Those of the destination, for customers of the tier in which they called first."""
    vip = TIERS["vip"] | {"transfer": {"share": "30%", "to": "mid"}}
    tape = draw(scenario(tiers={"vip": vip, "mid": {"priority": 1, "talk": UNIFORM}}), SEED, REPLICATION)
    assert tape.coins is not None
    vips = np.flatnonzero(tape.tier == 0)
    moved = np.flatnonzero(tape.coins.transfer_to[vips] == 1)
    talks = [of_customer("mid", "talk", n, MOVED, "vip") for n in moved]

    assert rounded(np.array(talks) * 60).tolist() == talks_of(following(tape, firsts(tape)))


def mid_follow_ups(tape: CallTape) -> list[Followed]:
    """Return the calls that may follow those of mid-tier callers."""
    own = [first for first in firsts(tape) if first.call.tier == 1]
    return following(tape, own)


def test_an_offer_moves_no_callback() -> None:
    """Callbacks that are owed anyway are as before when callbacks are also offered."""
    mid: dict[str, Any] = TIERS["mid"] | {"offer": {"when_in_line": 3, "accepted": "40%"}}
    plain = draw(scenario(), SEED, REPLICATION)
    offered = draw(scenario(tiers=TIERS | {"mid": mid}), SEED, REPLICATION)
    drawn = callbacks(offered, 2)

    npt.assert_array_equal(plain.owed, offered.owed)
    assert callbacks(plain, 2) == {row: drawn[row] for row in np.flatnonzero(plain.owed).tolist()}
