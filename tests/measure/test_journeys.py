"""Time in the IVR, time until a person, trunk lines, and why calls were made."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.calllog import Kind
from callcenter.measure import Summary, Tally, summary, tally
from callcenter.measure.tables import line_interval_table
from callcenter.measure.tally import COUNTS, SUMS
from tests.measure.logs import NEVER, TIERS, Row, alone, answered, inside, log, lost, scenario

IVR: dict[str, object] = {"ivr": {"time": "30 s"}}
LINES: dict[str, object] = {"lines": 4}

CASE: dict[str, object] = {"tiers.spam.channel": "deferred", "tiers.spam.talk": "10 min"}
"""The tier `spam` as complaint cases, which hold no line and pass no IVR."""


def count(tallied: Tally, name: str, tier: str = "vip") -> list[int]:
    """Return a count of a tier by cell."""
    counts: list[int] = tallied.counts[COUNTS.index(name), TIERS.index(tier)].tolist()
    return counts


def seconds(tallied: Tally, name: str, tier: str = "vip") -> list[float]:
    """Return a sum of a tier by cell."""
    sums: list[float] = tallied.sums[SUMS.index(name), TIERS.index(tier)].tolist()
    return sums


ROWS = [
    alone("vip", 0.0, outcome="blocked"),
    alone("vip", 10.0, 30.0),
    alone("vip", 20.0, 8.0, outcome="left_ivr"),
    answered("vip", 30.0, wait=12.0, talk=100.0, ivr=25.0),
    lost("vip", 40.0, wait=50.0, ivr=20.0),
    inside("vip", 7100.0),
]
"""Blocked; solved after 30 s; gave up after 8 s; a person after 37 s; abandoned after 20 s of IVR; and one
who entered the IVR 100 s before the run ended."""


def test_time_in_the_ivr() -> None:
    """Who was blocked never entered; who is inside when the run ends was there until then."""
    tallied = tally(scenario(IVR), log(ROWS))

    assert [4, 1] == count(tallied, "entered_ivr")
    assert [30.0 + 8.0 + 25.0 + 20.0, 100.0] == seconds(tallied, "ivr_s")


def test_a_tier_without_an_ivr_enters_none() -> None:
    """`ivr: none` is a way past it."""
    tallied = tally(scenario({**IVR, "tiers.vip.ivr": "none"}), log(ROWS))

    assert [0, 0] == count(tallied, "entered_ivr")
    assert [0.0, 0.0] == seconds(tallied, "ivr_s")


def test_a_person_is_reached_when_an_agent_answers() -> None:
    """25 s of IVR and 12 s in line."""
    tallied = tally(scenario(IVR), log(ROWS))

    assert [1, 0] == count(tallied, "reached")
    assert [37.0, 0.0] == seconds(tallied, "reach_s")


def test_a_line_is_held_until_the_caller_hangs_up() -> None:
    """Through IVR, line and talk, not through wrap-up; a blocked call holds none."""
    rows = [*ROWS[:-1], answered("vip", 3600.0, talk=60.0, wrap_up=20.0)]

    tallied = tally(scenario(), log(rows))

    assert [30.0 + 8.0 + 137.0 + 70.0, 60.0] == seconds(tallied, "line_s")


def test_lines_busy_over_the_interval() -> None:
    """From 3500 s to 3700 s and from 3550 s to 3600 s: 150 s of the first hour, 100 s of the second."""
    rows = [
        answered("vip", 3500.0, talk=200.0),
        lost("mid", 3550.0, wait=50.0),
        alone("vip", 3560.0, outcome="blocked"),
    ]

    tallied = tally(scenario(LINES), log(rows))

    assert [150.0, 100.0] == tallied.lines_s.tolist()
    assert [0.0, 0.0] == tally(scenario(), log(rows)).lines_s.tolist()


def test_calls_by_why_they_were_made() -> None:
    """Each counts in its own tier and where it arrived."""
    rows = [
        lost("vip", 0.0, 10.0),
        answered("vip", 3600.0, talk=100.0).unsolved().after(0, Kind.REDIAL),
        answered("mid", 3700.0).after(1, Kind.TRANSFER),
        answered("mid", 5000.0).after(2, Kind.REPEAT),
    ]

    tallied = tally(scenario(), log(rows))

    assert ([0, 1], [0, 0]) == (count(tallied, "redials"), count(tallied, "redials", "mid"))
    assert ([0, 0], [0, 1]) == (count(tallied, "transfers"), count(tallied, "transfers", "mid"))
    assert [0, 1] == count(tallied, "repeats", "mid")
    assert [0, 2] == count(tallied, "called", "mid")


def test_a_transferred_caller_passes_no_ivr_and_reached_a_person_before() -> None:
    """The caller keeps the line: 60 s, 20 s and 40 s."""
    rows = [
        answered("vip", 0.0, talk=60.0).unsolved(),
        answered("mid", 60.0, wait=20.0, talk=40.0).after(0, Kind.TRANSFER),
    ]

    tallied = tally(scenario(IVR), log(rows))

    assert ([0, 0], [0, 0]) == (count(tallied, "entered_ivr", "mid"), count(tallied, "reached", "mid"))
    assert [60.0, 0.0] == seconds(tallied, "line_s", "mid")


def test_deferred_work_holds_no_line() -> None:
    """A case that takes an hour from its arrival to its end."""
    tallied = tally(scenario(CASE | IVR | LINES), log([answered("spam", 0.0, wait=3000.0, talk=600.0)]))

    assert [0.0, 0.0] == seconds(tallied, "line_s", "spam")
    assert [0, 0] == count(tallied, "entered_ivr", "spam")
    assert [0.0, 0.0] == tallied.lines_s.tolist()


def test_deferred_work_over_night_is_no_queue() -> None:
    """From 01:58:20 to 00:05 of the next day: 100 s and 300 s of open hotline, and a wait of 22 hours."""
    days = scenario({**CASE, "days": 2})
    wait = 86_700.0 - 7100.0

    tallied = tally(days, log([answered("spam", 7100.0, wait=wait)], end=93_600.0))

    assert [0.0, 100.0, 300.0, 0.0] == seconds(tallied, "waiting_s", "spam")
    assert wait == sum(seconds(tallied, "wait_s", "spam"))


def tier(rows: list[Row], changes: Mapping[str, object]) -> Summary:
    """Return the summary of two replications of some calls."""
    lines = scenario(changes)
    return summary(lines, [tally(lines, log(rows)), tally(lines, log(rows))])


def test_the_ivr_of_the_summary() -> None:
    """5 entered, one each was solved and gave up; 183 s in all; a person after 37 s."""
    figures = tier(ROWS, IVR)["tiers"]["vip"]["ivr"]

    names = ("entered", "containment", "hung_up", "time_s", "reached_person_s")
    assert (5.0, 0.2, 0.2, 183 / 5, 37.0) == tuple(figures[name]["value"] for name in names)


def test_the_lines_of_the_summary() -> None:
    """One of four dialled calls is blocked, a transferred one dials nothing; 90 s held of two hours."""
    rows = [
        alone("vip", 0.0, outcome="blocked"),
        lost("mid", 0.0, 30.0),
        lost("spam", 0.0, 20.0),
        answered("vip", 10.0, talk=30.0).unsolved(),
        answered("mid", 40.0, talk=10.0).after(3, Kind.TRANSFER),
    ]

    figures = tier(rows, LINES)["lines"]

    assert pytest.approx(90 / 7200) == figures["busy"]["value"]
    assert 1 / 4 == figures["blocked"]["value"]
    assert 90 / 3600 == figures["line_hours"]["value"]


def test_unlimited_lines_have_a_mean() -> None:
    """One call held a line for 30 s of the two opening hours."""
    figures = tier([lost("mid", 0.0, 30.0)], {})["lines"]

    assert (30 / 7200, 0.0, 30 / 3600) == tuple(
        figures[name]["value"] for name in ("busy", "blocked", "line_hours")
    )


def test_the_line_interval_table() -> None:
    """One line of an hour is a mean of one; without a limit there is no figure."""
    rows = [answered("vip", 0.0, talk=3600.0)]
    limited, unlimited = (
        line_interval_table(lines, [tally(lines, log(rows))]) for lines in (scenario(LINES), scenario())
    )

    assert ["day", "interval", "start", "busy", "busy_low", "busy_high"] == list(limited.columns)
    assert [1.0, 0.0] == limited["busy"].tolist()
    assert unlimited["busy"].isna().all()


CALLS = st.lists(
    st.tuples(
        st.integers(0, 7199),
        st.integers(0, 600),
        st.sampled_from(["answered", "abandoned", "blocked", "self_served", "left_ivr", "open"]),
    ),
    max_size=30,
)


def row(at: float, length: float, outcome: str) -> Row:
    """Return a call that is inside for so long."""
    if outcome == "answered":
        return answered("vip", at, wait=length, talk=10.0)
    if outcome == "abandoned":
        return lost("vip", at, length)
    if outcome == "open":
        return inside("vip", at)
    return alone("vip", at, length, outcome)


@given(CALLS)
def test_lines_held_are_what_counting_second_by_second_gives(calls: list[tuple[int, int, str]]) -> None:
    """In all they are the summed line time, and second by second the calls inside."""
    rows = [row(float(at), float(length), outcome) for at, length, outcome in sorted(calls)]

    tallied = tally(scenario(LINES), log(rows, end=9000.0))

    held = [0] * 9000
    for call in rows:
        if call.outcome != "blocked":
            left = 9000.0 if call.left is NEVER else call.left
            for second in range(int(call.arrived), int(left)):
                held[second] += 1
    assert [sum(held[:3600]), sum(held[3600:])] == tallied.lines_s.tolist()
    assert sum(seconds(tallied, "line_s")) == tallied.lines_s.sum()
