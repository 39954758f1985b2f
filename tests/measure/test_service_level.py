"""The five definitions on published examples."""

from __future__ import annotations

import numpy as np
import pytest

from callcenter.measure.estimates import divide
from callcenter.measure.service_level import DEFINITIONS

ICMI = {
    "answered": 1000,
    "abandoned": 60,
    "answered_within": 860,
    "abandoned_within": 20,
    "abandoned_short": 10,
}
"""ICMI QueueTips, Service Level Calculations (2002): 1,060 calls, threshold 20 s, short abandons to 5 s."""

CISCO = {"answered": 70, "abandoned": 30, "answered_within": 70, "abandoned_within": 10, "abandoned_short": 0}
"""Cisco's example of treating abandoned calls: 70 answered in time, 10 abandoned in time, 20 past it."""


def percent(counts: dict[str, int], definition: str) -> float:
    """Return the service level in per cent, to one decimal as published."""
    arrays = {name: np.array(count) for name, count in counts.items()}
    arrays["offered"] = arrays["answered"] + arrays["abandoned"]
    return round(100 * float(divide(*DEFINITIONS[definition](arrays))), 1)


@pytest.mark.parametrize(
    ("definition", "published"),
    [
        ("counting_quick_abandons", 83.0),
        ("of_answered", 86.0),
        ("of_offered", 81.1),
        ("ignoring_quick_abandons", 82.7),
    ],
)
def test_icmi(definition: str, published: float) -> None:
    """Formulas 1 to 4 of the example."""
    assert published == percent(ICMI, definition)


def test_icmi_short_abandons() -> None:
    """The example's fifth formula counts the 10 short abandons as good, (860 + 10) / 1060 = 82.1 %.

    Ours leaves them out instead: 860 / 1050.
    """
    assert 81.9 == percent(ICMI, "excluding_short_abandons")
    assert 82.1 == percent({**ICMI, "abandoned_within": 10}, "counting_quick_abandons")


@pytest.mark.parametrize(
    ("definition", "published"),
    [("ignoring_quick_abandons", 77.8), ("of_offered", 70.0), ("counting_quick_abandons", 80.0)],
)
def test_cisco(definition: str, published: float) -> None:
    """Abandoned calls ignored, counted against, counted for."""
    assert published == percent(CISCO, definition)


def test_a_scenario_may_ask_for_each_definition() -> None:
    """The table has the contract's five names."""
    expected = {"of_offered", "ignoring_quick_abandons", "counting_quick_abandons", "of_answered"}

    assert expected | {"excluding_short_abandons"} == set(DEFINITIONS)


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_nothing_offered_is_undefined(definition: str) -> None:
    """Neither 0 nor 100 %."""
    nothing = {name: np.array([0]) for name in (*ICMI, "offered")}

    assert np.isnan(divide(*DEFINITIONS[definition](nothing))).all()
