"""Figures by name, tier by tier and in total, for as many replications as there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy.typing as npt

from callcenter.measure.calls import BEFORE_THE_LINE, FROM_THE_LINE
from callcenter.measure.cells import cells_of
from callcenter.measure.customers import CUSTOMER_COUNTS
from callcenter.measure.estimands import Estimand, mean_of, ratio_of
from callcenter.measure.journeys import holds_line
from callcenter.measure.pools import POOL_COUNTS, POOL_SUMS
from callcenter.measure.promises import Promise, promises_of
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import COUNTS, SUMS, Tally
from callcenter.scenario import Scenario
from callcenter.totals import ALL

Figures = dict[str, npt.NDArray[Any]]
"""Counts and sums by name, each of shape (replications, cells) or, summed, (replications,)."""

REPORTED_COUNTS = (
    "called",
    *BEFORE_THE_LINE,
    "offered",
    "answered",
    "answered_within",
    "abandoned",
    "abandoned_within",
    *FROM_THE_LINE,
    "undecided",
    "redials",
    "repeats",
    "transfers",
    "returns",
    "wait_s",
)
"""The counts of the contract (5.2), calls by why they were made, and the summed wait of offered calls."""

_COMMON = {
    "answered_within": "answered_within_common",
    "abandoned_within": "abandoned_within_common",
    "excess_s": "excess_common_s",
}


class Group(NamedTuple):
    """A tier or the total: its promise, its figures, and where its points are in a tally."""

    promise: Promise
    figures: Figures
    customers: Figures
    """Customers of the whole run, each of shape (replications,)."""
    points: int


def groups(scenario: Scenario, stacked: Tally) -> dict[str, Group]:
    """Return every tier by name in file order, then the total, from `stack`ed tallies.

    The thresholds of the total are the common ones, so it has the same names with the common figures.
    """
    promises = promises_of(scenario)
    by_tier = {
        name: Group(promises.tiers[i], *_named(part[:, :, i] for part in _parts(stacked)), i)
        for i, name in enumerate(scenario.tiers)
    }
    members = list(promises.members)
    total, everybody = _named(part[:, :, members].sum(axis=2) for part in _parts(stacked))
    total |= {own: total[common] for own, common in _COMMON.items()}
    return by_tier | {ALL: Group(promises.all, total, everybody, len(by_tier))}


def _parts(stacked: Tally) -> tuple[npt.NDArray[Any], ...]:
    return stacked.counts, stacked.sums, stacked.customers


def _named(parts: Iterable[npt.NDArray[Any]]) -> tuple[Figures, Figures]:
    """Name counts, sums and customers, whose names are along the second axis."""
    counts, sums, customers = (part.swapaxes(0, 1) for part in parts)
    figures = dict(zip(COUNTS, counts, strict=True)) | dict(zip(SUMS, sums, strict=True))
    return figures, dict(zip(CUSTOMER_COUNTS, customers, strict=True))


def pool_figures(scenario: Scenario, stacked: Tally) -> dict[str, Figures]:
    """Return the figures of every pool by name, in file order."""
    named = dict(zip(POOL_COUNTS, stacked.pool_counts.swapaxes(0, 1), strict=True))
    named |= dict(zip(POOL_SUMS, stacked.pool_sums.swapaxes(0, 1), strict=True))
    return {
        pool: {name: figure[:, i] for name, figure in named.items()} for i, pool in enumerate(scenario.pools)
    }


def daily(scenario: Scenario, stacked: Tally) -> Tally:
    """Add up the cells of each day of `stack`ed tallies: days stand along the last axis."""
    of_days = scenario.days, scenario.day.intervals
    return _over_cells(stacked, lambda part: part.reshape(*part.shape[:-1], *of_days).sum(axis=-1))


def whole(stacked: Tally) -> Tally:
    """Add up the last axis of `stack`ed tallies, cells or days: there is none left."""
    return _over_cells(stacked, lambda part: part.sum(axis=-1))


def _over_cells(stacked: Tally, change: Callable[[npt.NDArray[Any]], npt.NDArray[Any]]) -> Tally:
    return stacked._replace(
        counts=change(stacked.counts),
        sums=change(stacked.sums),
        pool_counts=change(stacked.pool_counts),
        pool_sums=change(stacked.pool_sums),
        thresholds=change(stacked.thresholds),
    )


def summed(figures: Figures) -> Figures:
    """Add up the cells."""
    return {name: figure.sum(axis=-1) for name, figure in figures.items()}


def service_level(figures: Figures, definition: str) -> Estimand:
    """Return the service level by a definition."""
    return ratio_of(*DEFINITIONS[definition](figures), most=1.0)


def tier_estimands(figures: Figures) -> dict[str, Estimand]:
    """Return what does not depend on the definition of the service level."""
    offered = figures["offered"]
    return {
        "abandonment": ratio_of(figures["abandoned"], offered, most=1.0),
        "asa_s": ratio_of(figures["wait_answered_s"], figures["answered"]),
        "mean_wait_s": ratio_of(figures["wait_s"], offered),
        "mean_excess_s": ratio_of(figures["excess_s"], offered),
    }


def ivr_estimands(figures: Figures) -> dict[str, Estimand]:
    """Return how many entered the IVR and what became of them, and the time from dialling to a person."""
    entered, solved = figures["entered_ivr"], figures["self_served"]
    solvable = entered - figures["entered_again"]
    return {
        "entered": mean_of(entered),
        "containment": ratio_of(solved, solvable, most=1.0),
        "net_containment": ratio_of(solved - figures["came_back"], solvable, most=1.0),
        "hung_up": ratio_of(figures["left_ivr"], entered, most=1.0),
        "time_s": ratio_of(figures["ivr_s"], entered),
        "reached_person_s": ratio_of(figures["reach_s"], figures["reached"]),
    }


def customer_estimands(customers: Figures) -> dict[str, Estimand]:
    """Return how often customers call, and how many get what they want, and when."""
    number = customers["customers"]
    return {
        "customers": mean_of(number),
        "calls_per_customer": ratio_of(customers["customer_calls"], number),
        "first_contact_resolution": ratio_of(customers["resolved"], customers["with_answer"], most=1.0),
        "never_served": ratio_of(number - customers["served"], number, most=1.0),
        "started_online": mean_of(customers["started_online"]),
        "solved_online": mean_of(customers["solved_online"]),
    }


def line_estimands(scenario: Scenario, stacked: Tally) -> dict[str, Estimand]:
    """Return the lines held on average, the share of calls that found none, and the hours they were held.

    Calls of every tier count.  Where lines are not limited, those held after the close count in the average.
    """
    named = dict(zip(COUNTS, stacked.counts.sum(axis=-1).swapaxes(0, 1), strict=True))
    phone = holds_line(scenario)
    dialled = (named["called"] - named["transfers"])[:, phone].sum(axis=-1)
    hours = stacked.sums[:, SUMS.index("line_s")].sum(axis=(-1, -2)) / 3600
    held = hours * 3600 if scenario.lines is None else stacked.lines_s.sum(axis=-1)
    return {
        "busy": mean_of(held / cells_of(scenario).seconds.sum()),
        "blocked": ratio_of(named["blocked"].sum(axis=-1), dialled, most=1.0),
        "line_hours": mean_of(hours),
    }


def pool_estimands(figures: Figures) -> dict[str, Estimand]:
    """Return occupancy = busy / (staffed + overtime), hours, and the work done per replication."""
    present = figures["staffed_s"] + figures["overtime_s"]
    return {
        "occupancy": ratio_of(figures["busy_s"], present, most=1.0),
        "staffed_h": mean_of(figures["staffed_s"] / 3600),
        "busy_h": mean_of(figures["busy_s"] / 3600),
        "break_h": mean_of(figures["break_s"] / 3600),
        "idle_h": mean_of((present - figures["busy_s"] - figures["break_s"]) / 3600),
        "overtime_h": mean_of(figures["overtime_s"] / 3600),
        "rostered_h": mean_of(figures["rostered_s"] / 3600),
        "unrostered_h": mean_of(figures["unrostered_s"] / 3600),
        "absent_h": mean_of((figures["rostered_s"] - figures["staffed_s"]) / 3600),
        "calls": mean_of(figures["calls"]),
        "callback_attempts": mean_of(figures["attempts"]),
        "silent": mean_of(figures["silent"]),
        "silent_h": mean_of(figures["silent_s"] / 3600),
    }
