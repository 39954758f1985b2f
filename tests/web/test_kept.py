"""Variants side by side."""

from __future__ import annotations

from callcenter.scenario import Scenario
from callcenter.web.kept import name_for, side_by_side
from callcenter.web.knobs import Knobs
from callcenter.web.view import render_variants
from callcenter.web.whatif import WhatIf


def test_names_are_given_or_found() -> None:
    """A name is kept to one line; without one the next free number is taken."""
    assert "two more" == name_for("  two\n more ", ["Variant 1"])
    assert "Variant 2" == name_for(" ", ["Variant 1"])
    assert 40 == len(name_for("x" * 100, []))


def test_a_row_has_the_figures_of_its_variant(scenario: Scenario) -> None:
    """Rate and verdict of each tier with a target, agent-hours, and cost where there is a price."""
    desk = WhatIf(scenario.with_({"pools.desk.cost_per_hour": 30}))
    more = desk.variant(Knobs(agents={"desk": 5}))
    table = side_by_side({"as written": desk.result(desk.scenario, 5), "<b>": desk.result(more, 5)})

    assert ("vip", "mid", "regular", "agent-hours a day", "cost a day") == table.heads
    assert ["40", "60"] == [row.cells[3].text for row in table.rows]
    level = desk.result(more, 5).summary["tiers"]["vip"]["service_level"]
    assert (f"{level['value']:.1%}", level["verdict"]) == (
        table.rows[1].cells[0].text,
        table.rows[1].cells[0].kind,
    )
    assert float(table.rows[1].cells[4].text.replace(",", "")) >= 60 * 30
    assert "&lt;b&gt;" in render_variants(table)


def test_without_prices_there_is_no_cost(scenario: Scenario) -> None:
    """Cost is only shown where something costs."""
    assert "cost a day" not in side_by_side({"": WhatIf(scenario).result(scenario, 2)}).heads
