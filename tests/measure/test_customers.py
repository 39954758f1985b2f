"""Figures per customer, with histories written by hand."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.calllog import CallLog, Kind
from callcenter.measure import logs as measured_logs
from callcenter.measure import summary, tally
from callcenter.measure.customers import CUSTOMER_COUNTS
from callcenter.measure.tables import customer_table
from callcenter.scenario import Scenario
from tests.measure.logs import TIERS, Job, Online, Row, alone, answered, log, lost, scenario


def counted(calls: CallLog, tier: str = "vip", lines: Scenario | None = None) -> dict[str, int]:
    """Return the customers of a tier by name of the count."""
    counts = tally(lines or scenario(), calls).customers[:, TIERS.index(tier)].tolist()
    return dict(zip(CUSTOMER_COUNTS, counts, strict=True))


NOBODY = dict.fromkeys(CUSTOMER_COUNTS, 0)


def callers(customers: int, calls: int, served: int, with_answer: int, resolved: int) -> dict[str, int]:
    """Return the counts of customers none of whom started online."""
    names = ("customers", "customer_calls", "served", "with_answer", "resolved")
    return NOBODY | dict(zip(names, (customers, calls, served, with_answer, resolved), strict=True))


def test_every_call_is_a_customer_where_none_follows_another() -> None:
    """Answered and solved, answered and not solved, solved in the IVR, and lost."""
    rows = [
        answered("vip", 0.0),
        answered("vip", 1.0).unsolved(),
        alone("vip", 2.0, 30.0),
        lost("vip", 3.0, 10.0),
    ]

    assert callers(4, 4, 3, 2, 1) == counted(log(rows))


def test_a_customer_who_redials_until_he_is_answered() -> None:
    """Three calls, one customer; the first contact is the third call."""
    rows = [
        lost("vip", 0.0, 10.0),
        lost("vip", 600.0, 10.0).after(0, Kind.REDIAL),
        answered("vip", 1200.0).after(1, Kind.REDIAL),
    ]

    assert callers(1, 3, 1, 1, 1) == counted(log(rows))


def test_a_repeat_tells_that_the_first_contact_did_not_solve_it() -> None:
    """What the second contact does about it does not matter."""
    rows = [answered("vip", 0.0).unsolved(), answered("vip", 1200.0).after(0, Kind.REPEAT)]

    assert callers(1, 2, 1, 1, 0) == counted(log(rows))


def test_a_transferred_call_is_one_contact() -> None:
    """It is no further call of the customer, it counts in the first call's tier, and its end decides."""
    to_mid = [answered("vip", 0.0).unsolved(), answered("mid", 60.0).after(0, Kind.TRANSFER)]
    twice = [
        *to_mid[:1],
        answered("mid", 60.0).unsolved().after(0, Kind.TRANSFER),
        answered("spam", 120.0).after(1, Kind.TRANSFER),
    ]

    assert callers(1, 1, 1, 1, 1) == counted(log(to_mid)) == counted(log(twice))
    assert NOBODY == counted(log(to_mid), "mid")


def test_a_contact_lost_on_its_way_is_not_solved() -> None:
    """Transferred, hung up in the second line, and solved only when calling again."""
    rows = [
        answered("vip", 0.0).unsolved(),
        lost("mid", 60.0, 100.0).after(0, Kind.TRANSFER),
        answered("mid", 900.0).after(1, Kind.REDIAL),
    ]

    assert callers(1, 2, 1, 1, 0) == counted(log(rows))


def test_only_the_first_contact_counts() -> None:
    """The transfer of a repeat does not solve the contact before it."""
    rows = [
        answered("vip", 0.0).unsolved(),
        answered("vip", 900.0).unsolved().after(0, Kind.REPEAT),
        answered("mid", 960.0).after(1, Kind.TRANSFER),
    ]

    assert callers(1, 2, 1, 1, 0) == counted(log(rows))


def test_whoever_a_callback_reaches_is_served() -> None:
    """Of two who redialled in vain, one is called back; a third's callback reaches nobody."""
    rows = [
        lost("mid", 0.0, 10.0),
        lost("mid", 100.0, 10.0),
        lost("mid", 200.0, 10.0),
        lost("mid", 600.0, 10.0).after(0, Kind.REDIAL),
        lost("mid", 700.0, 10.0).after(1, Kind.REDIAL),
    ]
    jobs = [
        Job(3, 610.0, 90_000.0, "reached", 800.0, (("office", 700.0, 800.0),)),
        Job(2, 210.0, 90_000.0, "unreached", 800.0, (("office", 700.0, 800.0),)),
    ]

    assert callers(3, 5, 1, 0, 0) == counted(log(rows, jobs=jobs), "mid")
    assert callers(3, 3, 1, 0, 0) == counted(log(rows[:3], jobs=[jobs[0]._replace(call=1)]), "mid")


def test_customers_of_the_warm_up_are_not_counted() -> None:
    """Not even if they call again after it; nor those who started online before its end."""
    rows = [
        lost("vip", 100.0, 10.0),
        answered("vip", 900.0).after(0, Kind.REDIAL),
        answered("vip", 1000.0),
    ]
    online = [Online("vip", 599.0, solved=True), Online("vip", 600.0), Online("vip", 700.0, solved=True)]

    counts = counted(log(rows, online=online), lines=scenario({"warm_up": "10 min"}))

    assert callers(1, 1, 1, 1, 1) | {"started_online": 2, "solved_online": 1} == counts


def test_customers_of_the_summary() -> None:
    """Two customers make three calls; both are answered, one is solved at once; a third never is served."""
    rows = [
        answered("vip", 0.0),
        answered("vip", 100.0).unsolved(),
        lost("vip", 200.0, 10.0),
        answered("vip", 900.0).after(1, Kind.REPEAT),
    ]
    calls = log(rows, online=[Online("vip", 0.0), Online("vip", 1.0, solved=True)])

    vip = summary(scenario(), [tally(scenario(), calls)] * 2)["tiers"]["vip"]["customers"]

    values = {name: estimate["value"] for name, estimate in vip.items()}
    assert {
        "customers": 3.0,
        "calls_per_customer": 4 / 3,
        "first_contact_resolution": 1 / 2,
        "never_served": 1 / 3,
        "started_online": 2.0,
        "solved_online": 1.0,
    } == pytest.approx(values)


def test_the_customer_table() -> None:
    """One row per tier, and the total without the tier that has no target; empty where nobody called."""
    rows = [answered("vip", 0.0), lost("mid", 1.0, 10.0), answered("spam", 2.0)]

    table = customer_table(scenario(), [tally(scenario(), log(rows))] * 2).set_index("tier")

    assert [1.0, 1.0, 1.0, 2.0] == table["customers"].tolist()
    assert 0.5 == table.loc["all", "never_served"]
    assert table["first_contact_resolution"].isna()["mid"]


MAKERS: list[Any] = [answered, lost, alone]


@st.composite
def histories(draw: st.DrawFn, kinds: list[Kind]) -> CallLog:
    """Draw calls, some of which follow an earlier one of a sort that can be followed so."""
    rows: list[Row] = []
    for number in range(draw(st.integers(0, 25))):
        made = draw(st.sampled_from(MAKERS))
        row: Row = made(draw(st.sampled_from(TIERS)), 60.0 * number, 30.0)
        if row.is_solved and draw(st.booleans()):
            row = row.unsolved()
        followed = {earlier.parent for earlier in rows}
        free = [
            place for place, earlier in enumerate(rows) if place not in followed and not earlier.is_solved
        ]
        kind = draw(st.sampled_from(kinds))
        if kind != Kind.FIRST and free:
            row = row.after(draw(st.sampled_from(free)), kind)
        rows.append(row)
    return log(rows)


@given(histories(list(Kind)))
def test_customers_and_their_calls_are_conserved(calls: CallLog) -> None:
    """Every row but transferred ones is a call of one customer; no part is larger than the whole."""
    total = dict(zip(CUSTOMER_COUNTS, tally(scenario(), calls).customers.sum(axis=1).tolist(), strict=True))

    assert (calls.kind == Kind.FIRST).sum() == total["customers"]
    assert (calls.kind != Kind.TRANSFER).sum() == total["customer_calls"]
    assert total["resolved"] <= total["with_answer"] <= total["served"] <= total["customers"]


@given(histories([Kind.FIRST]))
def test_the_short_way_gives_what_following_gives(calls: CallLog) -> None:
    """Where no call follows another, the tiers' counts tell all of it."""
    expected = tally(scenario(), calls).customers

    with patch.object(measured_logs, "_follows", return_value=True):
        actual = tally(scenario(), calls).customers

    assert expected.tolist() == actual.tolist()
