"""Batches give the tallies that come of tape and log, byte by byte."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from callcenter.batch import Batch, Held
from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.measure import Tally, tally
from callcenter.scenario import Scenario, load
from tests.engine.busy_days import busy_days
from tests.measure.test_reference import TARGETS


def by_log(scenario: Scenario, seed: int, replications: range) -> list[bytes]:
    """Return the tallies by way of tape and log."""
    tapes = (draw(scenario, seed, number) for number in replications)
    return [tally(scenario, simulate(scenario, tape)).to_bytes() for tape in tapes]


def as_bytes(tallies: list[Tally]) -> list[bytes]:
    """Return the tallies of a batch in the same form."""
    return [tally.to_bytes() for tally in tallies]


@pytest.mark.parametrize("after_close", ["drain", "drop"])
@pytest.mark.parametrize("more", [{}, {"cool_down": "24 h", "warm_up": "45 min", "days": 2}])
def test_everything_a_scenario_can_say(after_close: str, more: dict[str, object]) -> None:
    """Overloaded days with lines, callbacks, redials, transfers, chat, e-mail, shifts and absence."""
    scenario = load(busy_days(after_close) | more).model_copy(update={"targets": TARGETS})

    assert by_log(scenario, 5, range(2, 5)) == as_bytes(Batch(scenario, 5).tallies(2, 3))


def test_replications_do_not_depend_on_those_before(scenario: Scenario) -> None:
    """Many at once are the same as one by one, in any order."""
    batch = Batch(scenario, 1)

    together = as_bytes(batch.tallies(0, 40))

    assert together == [as_bytes(batch.tallies(number, 1))[0] for number in reversed(range(40))][::-1]


def test_room_is_made_where_there_is_too_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """For calls, for those that follow them, for jobs, and for what is counted."""
    scenario = load(busy_days("drain"))
    expected = as_bytes(Batch(scenario, 5).tallies(0, 3))

    monkeypatch.setattr("callcenter.batch.batch.expected_calls", lambda _: 10)
    monkeypatch.setattr("callcenter.batch.batch.LEAST_LATER", 1)
    monkeypatch.setattr("callcenter.measure.counting.book.LEAST", 1)
    with ThreadPoolExecutor(1) as fresh:  # another thread has memory of its own
        actual = fresh.submit(lambda: as_bytes(Batch(scenario, 5).tallies(0, 3))).result()

    assert expected == actual


def test_points_of_the_same_callers_need_them_drawn_once() -> None:
    """Another staffing and other lines meet the first calls that are there, as often as asked for."""
    scenario = load(busy_days("drop"))
    other = scenario.with_({"pools.vip_desk.agents": 3, "lines": "none"})

    Batch(scenario, 5).tallies(7, 1)
    batch = Batch(other, 5)
    shared = [as_bytes(batch.tallies(7, 1, redraw=False)) for _ in range(2)]

    assert [by_log(other, 5, range(7, 8))] * 2 == shared


def test_threads_do_not_share_memory() -> None:
    """Each has its own."""
    scenario = load(busy_days("drain"))
    expected = as_bytes(Batch(scenario, 5).tallies(0, 8))

    with ThreadPoolExecutor(2) as threads:
        parts = threads.map(lambda first: as_bytes(Batch(scenario, 5).tallies(first, 2)), range(0, 8, 2))

    assert expected == [tally for part in parts for tally in part]


@pytest.mark.parametrize("after_close", ["drain", "drop"])
def test_callers_that_are_held_are_the_same(after_close: str) -> None:
    """Other agents, then other callers, then the first again: byte by byte as if drawn anew."""
    written = load(busy_days(after_close))
    pool = next(name for name, pool in written.pools.items() if pool.agents is not None)
    others: tuple[dict[str, object], ...] = (
        {f"pools.{pool}.agents": {"scale": 1.3}},
        {"demand.volume": 1.6},
        {},
    )
    held = [Held(), Held()]

    for variant in (written, *(written.with_(change) for change in others)):
        batch = Batch(variant, 5)
        actual = [batch.tally(number, held[number]) for number in (0, 1)]
        assert by_log(variant, 5, range(2)) == as_bytes(actual)


def test_held_callers_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch with little room takes over what another has drawn, and makes room for it."""
    scenario = load(busy_days("drain"))
    held, expected = Held(), by_log(scenario, 5, range(1))

    first = Batch(scenario, 5).tally(0, held)
    monkeypatch.setattr("callcenter.batch.batch.expected_calls", lambda _: 10)
    monkeypatch.setattr("callcenter.batch.batch.LEAST_LATER", 1)
    small = [Batch(scenario, 5).tally(0, fresh) for fresh in (held, Held())]

    assert expected * 3 == as_bytes([first, *small])
