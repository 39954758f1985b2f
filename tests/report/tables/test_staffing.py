"""What a staffing comes to, of targets that could be taken for one another."""

from __future__ import annotations

from typing import Any

import callcenter as cc
from callcenter.report.tables.staffing import prices_table, verdict_tables
from callcenter.scenario import Scenario
from callcenter.study.staffing.prices import Price
from tests.study.sentences.test_staffing import DESK, found

PRICE = Price("regular", 0.8, 0.85, 2.0, 2.0, 0.5, within_s=20.0)


def asking(targets: dict[str, Any]) -> Scenario:
    """Return the desk with such targets of some tiers in place of those it has."""
    tiers = {name: dict(tier) for name, tier in DESK["tiers"].items()}
    for name, asked in targets.items():
        del tiers[name]["target"]
        tiers[name]["targets"] = asked
    return cc.load({**DESK, "tiers": tiers})


def test_prices_of_two_targets_of_a_tier_can_be_told_apart() -> None:
    """By what each asks; where a tier has only one, its name says it."""
    busiest = PRICE._replace(over="busiest_hour", on_days=0.9)

    one, two = prices_table([PRICE]), prices_table([PRICE, busiest])

    assert "asked" not in [column.key for column in one.columns]
    assert [column.key for column in two.columns][:2] == ["tier", "asked"]
    assert [str(row.cells[1].value) for row in two.rows] == [
        "80% answered in 20 s",
        "80% answered in 20 s, in the busiest hour, on 90% of days",
    ]


def test_a_price_says_which_target_it_is_of() -> None:
    """As the targets of the summary do."""
    targets = [
        {"answered": "80%", "within": "20 s"},
        {"answered": "60%", "within": "20 s", "over": "busiest_hour"},
    ]

    staffing = cc.staff(asking({"regular": targets}), replications=2, price={"regular": [0.9]})

    written = [entry for entry in staffing.summary["targets"]["fresh"] if entry["tiers"] == ["regular"]]
    keys = ("within_s", "over", "on_days")
    prices = staffing.summary["prices"]
    assert [[each[key] for key in keys] for each in prices] == [
        [each[key] for key in keys] for each in written
    ]


def test_nobody_promised_an_answer_rate_has_no_table_of_them() -> None:
    """Only the targets there are."""
    waits = {
        tier: [{"mean_wait": "2 min"}, {"mean_wait": "3 min", "over": over}]
        for tier, over in (("vip", "busiest_hour"), ("regular", "interval"))
    }
    staffing = cc.staff(asking(waits), replications=2)

    (table,) = verdict_tables(staffing, staffing.verdicts)
    names = [(str(row.cells[0].value), str(row.cells[1].value)) for row in table.rows]
    assert len(set(names)) == len(names) == 5
    assert {'#,##0.0" s"'} == {row.cells[2].unit.number_format for row in table.rows if row.cells[2].unit}
    assert len(list(verdict_tables(found(), found().verdicts))) == 1
