"""Customers, IVR and lines, and money stand on the page and the terminal where the scenario has them."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

import callcenter as cc
from callcenter.calllog import Kind
from callcenter.measure import tally
from callcenter.report import write_report
from callcenter.report.page.tables import written
from callcenter.report.tables.access import ivr_table, line_table
from callcenter.report.tables.comparison import pair_tables
from callcenter.report.tables.customers import customer_table
from callcenter.report.tables.margins import margins_table
from callcenter.report.tables.measure import Measure
from callcenter.report.tables.money import economics_table
from callcenter.report.tables.units import SIGNED_MONEY
from callcenter.report.terminal.run import run_table
from callcenter.study import Result
from callcenter.wording import money
from tests.measure.logs import Online, alone, answered, log, lost, scenario
from tests.report import studies
from tests.report.studies import Reader

ALL_OF_IT: dict[str, object] = {
    "lines": 4,
    "line_cost_per_minute": 0.5,
    "ivr": {"time": "30 s", "self_service": "20%"},
    "online": {"share": "20%", "solves": "50%"},
    "tiers.vip.redial": {"after": "5 min", "when": {"abandoned": "40%"}},
    "tiers.vip.value": {"answered": 3, "abandoned": -20},
    "pools.desk.cost_per_hour": 60,
}

CALLS = log(
    [
        lost("vip", 0.0, 30.0, ivr=10.0),
        alone("mid", 10.0, 40.0),
        alone("vip", 20.0, outcome="blocked"),
        answered("vip", 600.0, talk=120.0, ivr=20.0).after(0, Kind.REDIAL),
    ],
    online=[Online("mid", 0.0, solved=True)],
)


def result(changes: Mapping[str, object]) -> Result:
    """Return two replications of the same few calls."""
    lines = scenario(changes)
    return Result(lines, 1, "compiled", (tally(lines, CALLS),) * 2)


def printed(result: Result) -> str:
    """Return what the terminal shows."""
    text = StringIO()
    Console(width=160, file=text).print(run_table(result))
    return text.getvalue()


def test_the_customers() -> None:
    """Of two VIP customers one made two calls, and the other was blocked and never served."""
    table = customer_table(result(ALL_OF_IT))
    assert table is not None

    vip = dict(
        zip(
            (head.text for head in written(table).heads),
            (cell.text for cell in written(table).rows[0].cells),
            strict=True,
        )
    )
    assert ("2.0", "1.50", "50.0%", "1.0") == tuple(
        vip[name] for name in ("customers", "calls per customer", "never served", "redials")
    )
    assert "started online" in vip
    assert "solved at first contact" not in vip


def test_where_nothing_repeats_no_contact_is_said_to_have_solved_all() -> None:
    """A share of 100 % would be an assumption, not a result."""
    often = ALL_OF_IT | {"tiers.vip.repeat": {"share": "10%", "after": "20 min"}}
    table = customer_table(result(often))

    assert table is not None
    assert "solved at first contact" in [column.head for column in table.columns]


def test_the_ivr_and_the_lines() -> None:
    """Two VIP calls spent 10 s and 20 s there; one call of four found no line."""
    ivr, lines = ivr_table(result(ALL_OF_IT)), line_table(result(ALL_OF_IT))
    assert ivr is not None
    assert lines is not None

    assert ["vip", "2.0", "0.0%", "0.0%", "15.0 s", "20.0 s"] == [
        cell.text for cell in written(ivr).rows[0].cells
    ]
    assert ["4", "25.00%"] == [written(lines).rows[0].cells[place].text for place in (0, 2)]


def test_the_money() -> None:
    """Three hours of the desk, 230 s of lines, an answered and an abandoned call."""
    table = economics_table(result(ALL_OF_IT))
    assert table is not None

    amounts = {
        f"{row.cells[0].text} {row.cells[1].text}".strip(): row.cells[2].text for row in written(table).rows
    }
    assert ("180", "180", "1.83") == tuple(
        amounts[name] for name in ("cost of the pool desk", "cost of staffed hours", "cost of lines")
    )
    assert ("−17.00", "182", "−199") == tuple(
        amounts[name] for name in ("value of the calls vip", "all costs", "net")
    )


def test_the_page_has_them(tmp_path: Path) -> None:
    """A section each, and a link to it."""
    page = Reader(write_report(result(ALL_OF_IT), tmp_path).read_text(encoding="utf-8"))

    sections = {attributes.get("id") for attributes in page.tags("section")}
    links = {attributes.get("href") for attributes in page.tags("a")}
    for name in ("customers", "access", "economics"):
        assert name in sections
        assert f"#{name}" in links


@pytest.mark.slow
def test_a_plain_scenario_has_none_of_it(tmp_path: Path) -> None:
    """No empty sections, neither on the page nor in the terminal."""
    plain = result({})

    page = write_report(plain, tmp_path).read_text(encoding="utf-8")

    assert [None] * 4 == [table(plain) for table in (customer_table, ivr_table, line_table, economics_table)]
    assert not any(f'id="{name}"' in page for name in ("customers", "access", "economics"))
    assert not any(word in printed(plain) for word in ("customers", "IVR", "line-hours", "money"))


def test_the_terminal_has_them() -> None:
    """The longest wait beside the answer rate, and a table each."""
    text = printed(result(ALL_OF_IT))

    for words in ("longest wait", "never served", "hung up there", "line-hours", "cost per answered call"):
        assert words in text


def test_no_value_is_said_where_no_call_has_one() -> None:
    """Neither value nor net, which is the costs once more: in money, differences, one more agent."""
    priced = cc.load(studies.DESK, {"pools.desk.cost_per_hour": 60})
    dearer = cc.load(studies.DESK, {"name": "dearer", "pools.desk.cost_per_hour": 70})
    compared = cc.compare(priced, dearer, replications=2, engine="simpy")
    (pair,) = pair_tables(compared)
    money = economics_table(compared.sides[0].result)
    margins = margins_table(cc.one_more_agent(priced, 2, engine="simpy"))
    assert money is not None

    names = [row.cells[0].value for table in (pair, money) for row in table.rows]
    named = {measure.key for measure in names if isinstance(measure, Measure)}
    assert {"cost", "cost_per_answered", "service_level"} <= named
    assert set() == {"value", "net", "value_of_tier"} & named
    assert ["service_level", "abandonment", "cost"] == [column.key for column in margins.columns[2:]]


@pytest.mark.parametrize(
    ("amount", "text"), [(None, "–"), (0.844, "0.84"), (-20.0, "−20.00"), (12345.6, "12,346")]
)
def test_amounts(amount: float | None, text: str) -> None:
    """Two decimals where they matter."""
    assert text == money(amount)


def test_differences_have_a_sign() -> None:
    """Of either kind; nothing has none."""
    assert ["+3.00", "−3.00", "0.00"] == [SIGNED_MONEY.text(amount) for amount in (3.0, -3.0, 0.001)]
