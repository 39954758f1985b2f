"""The calls that may follow a call: redials and repeats (rule R13), and transfers (rule R15)."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.arrays import Records
from callcenter.demand.first_calls import interval_at
from callcenter.demand.later_calls import AGAIN, MOVED, PATH_BASE, Draws, draw_later_call, slowness
from callcenter.demand.purposes import NOBODY
from callcenter.demand.restlessness import stretched
from callcenter.kernels import kernel
from callcenter.language import gettext as _
from callcenter.scenario import Problem, Scenario, ScenarioError
from callcenter.scenario.parts.callers import MOST_FOLLOW_UPS

MOST_ROWS = 40_000_000
"""Calls of one replication, those that may follow included; more would eat all memory."""


def any_follow(scenario: Scenario) -> bool:
    """Whether the scenario lets any call be followed by another."""
    tiers = scenario.tiers.values()
    return any(tier.redial is not None or tier.repeat is not None or tier.transfer for tier in tiers)


def follow(scenario: Scenario, draws: Draws, calls: Any, links: Any) -> tuple[Any, Any]:
    """Return first calls and what may follow them with all that may follow behind them.

    Raises ScenarioError if that would be more than MOST_ROWS calls.
    """
    links["customer"], links["path"], links["attempt"] = np.arange(calls.size), 0, 1
    parent, made = 0, calls.size
    for generation in range(MOST_FOLLOW_UPS + 1):
        end = made
        while parent < end:
            parent, made = _followed(draws, calls, links, parent, end, made, generation == MOST_FOLLOW_UPS)
            if made > MOST_ROWS:
                raise _too_many(scenario)
            if parent < end:
                calls, links = (np.concatenate([rows, np.empty(made, rows.dtype)]) for rows in (calls, links))
    return calls[:made], links[:made]


@kernel
def _followed(
    draws: Draws, calls: Records, links: Records, parent: int, end: int, made: int, are_last: bool
) -> tuple[int, int]:
    """Draw what may follow the calls of a generation from ``parent`` on, as far as there is room."""
    while parent < end and made + 2 <= calls.size:
        link, tier = links[parent], calls[parent]["tier"]
        link["next_call"] = link["transfer"] = NOBODY
        if link["attempt"] > draws.tables.tiers[tier]["attempts"]:
            link["redials"], link["redial_after"] = 0, 0.0
        if are_last:
            link["redials"], link["repeats"], link["transfer_to"] = 0, False, NOBODY
            link["redial_after"] = link["repeat_after"] = 0.0
        if link["redials"] != 0 or link["repeats"]:
            links[made]["attempt"] = 1 if link["repeats"] else link["attempt"] + 1
            link["next_call"] = made
            _add(draws, calls, links, parent, made, tier, AGAIN)
            made += 1
        if link["transfer_to"] != NOBODY:
            links[made]["attempt"] = 1
            link["transfer"] = made
            _add(draws, calls, links, parent, made, link["transfer_to"], MOVED)
            made += 1
        parent += 1
    return parent, made


@kernel
def _add(
    draws: Draws, calls: Records, links: Records, parent: int, number: int, tier: int, step: int
) -> None:
    customer, path = links[parent]["customer"], links[parent]["path"] * PATH_BASE + step
    first = calls[customer]
    calls[number]["arrived"], links[number]["customer"], links[number]["path"] = np.nan, customer, path
    interval = interval_at(draws.tables, first["arrived"])
    draw_later_call(draws, first["tier"], first["ordinal"], path, tier, interval, calls, links, number)
    factor, call = slowness(draws, first["arrived"]), calls[number]
    call["talk"], call["wrap_up"] = stretched(call["talk"], factor), stretched(call["wrap_up"], factor)


def _too_many(scenario: Scenario) -> ScenarioError:
    message = _(
        "`redial`, `repeat` and `transfer` lead to more than {most:,} calls per replication; "
        "lower `redial.attempts`, the shares of `redial` and `repeat`, or `demand.volume`"
    )
    return ScenarioError([Problem(scenario.source, None, None, "tiers", message.format(most=MOST_ROWS))])
