"""Verdicts over a staffing: on the days it was made for, and on others."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from callcenter.measure import Summary, Tally, stack, summary
from callcenter.measure.estimates import Estimate, verdict
from callcenter.measure.joint import chance_of, days_of
from callcenter.scenario import Scenario
from callcenter.study.designs.design import point
from callcenter.study.staffing.days import Block
from callcenter.study.staffing.goals import SURE, Meet, asked_of, is_kept_by
from callcenter.study.staffing.trials import Levels
from callcenter.study.workers.cells import Cell, Simulation, cells_of, packed, simulate_cells
from callcenter.study.workers.dispatch import Workers, completed

CELLS_A_TASK = 20
"""Replications that a worker simulates before it reports."""

OF_DAYS = ("days_met", "days_met_low", "days_met_high")
"""Figures of an answer rate that count days."""


class Verdicts(NamedTuple):
    """The same staffing judged twice."""

    made_for: Summary
    """On the replications of the search: what was searched for is met there by construction."""
    fresh: Summary
    """On others, which the search has not seen."""


class Called(NamedTuple):
    """Agents who are called in on some days."""

    more: Levels
    """How many, shape (pools, intervals)."""
    comes_on: Callable[[int], bool]
    """Whether they are, by the number of the replication."""
    scenario: Scenario | None = None
    """What is simulated on these days."""

    def beside(self, scenario: Scenario) -> Called:
        """Return the same with what is simulated on these days."""
        return self._replace(scenario=scenario)


def judged(
    workers: Workers,
    scenario: Scenario,
    seed: int,
    block: Block,
    meet: Meet,
    called: Called | None = None,
) -> Summary:
    """Simulate the days of a block and summarise them, with the chance to keep so many days if that is asked.

    Days that balance are one observation as a group: their mean varies less than that of as many others, and
    groups are independent.  What counts days takes each day for itself, as if none balanced another.
    """
    tallies, asked = _tallies(workers, scenario, seed, block.numbers, called), asked_of(scenario, meet)
    whole = summary(asked, tallies)
    whole["callbacks"]["longest_delay_s"] = _longest_delay(tallies)
    if block.group > 1:
        whole = _merged(whole, summary(asked, _grouped(tallies, block.group)))
    if meet.kept is not None:
        chance = chance_of(days_of(asked, tallies), meet.kept)
        whole["kept"] = {**meet.kept._asdict(), **chance.as_dict(), "verdict": verdict(chance, SURE)}
    return whole


def _longest_delay(tallies: Sequence[Tally]) -> float:
    """Return the longest delay of a callback in all replications, seconds; nan where none was owed."""
    longest = [float(tally.delay_points[-1]) for tally in tallies]
    return max((delay for delay in longest if not math.isnan(delay)), default=math.nan)


def unmet(scenario: Scenario, fresh: Summary, meet: Meet, only: Sequence[str] = ()) -> list[Summary]:
    """Return the targets that are not met for certain, of those that the pools staffed have a part in."""
    if meet.kept is not None:
        return [] if fresh["kept"]["verdict"] == "met" else [fresh["kept"]]
    goals = asked_of(scenario, meet).goals
    own = [
        entry for goal, entry in zip(goals, fresh["targets"], strict=True) if is_kept_by(scenario, goal, only)
    ]
    return [entry for entry in own if verdict_of(entry, meet) not in ("met", None)]


def is_without_exception(target: Summary) -> bool:
    """Whether everything is asked for and all that was seen was kept: no days could show it better."""
    return bool(target.get("bound") == 1.0 and target["value"] == 1.0)


def verdict_of(target: Summary, meet: Meet) -> str | None:
    """Return the verdict of a target as it is asked for; None where there was nothing to keep."""
    if meet.days is None or meet.kept is not None:
        return None if target["verdict"] is None else str(target["verdict"])
    return _of_days(target, meet.days)


def _of_days(target: Summary, share: float) -> str | None:
    """Return the verdict of a target: on this share of days, unless it says itself how it is judged."""
    days = target["days_met"]
    if target["over"] != "run" or days["value"] is None:
        return None if target["verdict"] is None else str(target["verdict"])
    return verdict(Estimate(*(np.asarray(days[end]) for end in Estimate._fields)), share)


def _grouped(tallies: Sequence[Tally], size: int) -> list[Tally]:
    """Add up the tallies of each group; the points of waits, which cannot be added, are means."""
    groups = [stack(tallies[first : first + size]) for first in range(0, len(tallies), size)]
    return [
        Tally(
            *(
                part.mean(axis=0) if name.endswith("_points") else part.sum(axis=0)
                for name, part in group._asdict().items()
            )
        )
        for group in groups
    ]


def _merged(by_day: Summary, by_group: Summary) -> Summary:
    """Return the figures of days with the answer rates and targets of groups, but for those of days."""
    tiers = {
        name: {
            **tier,
            "service_level": {
                **by_group["tiers"][name]["service_level"],
                **{key: tier["service_level"][key] for key in OF_DAYS if key in tier["service_level"]},
            },
        }
        for name, tier in by_day["tiers"].items()
    }
    targets = [
        day if day["on_days"] is not None else {**group, "days_met": day["days_met"]}
        for day, group in zip(by_day["targets"], by_group["targets"], strict=True)
    ]
    return {**by_day, "tiers": tiers, "targets": targets}


def _tallies(
    workers: Workers, scenario: Scenario, seed: int, numbers: Sequence[int], called: Called | None = None
) -> list[Tally]:
    if called is not None and called.scenario is not None:
        parts = {True: called.scenario, False: scenario}
        by_number: dict[int, Tally] = {}
        for comes, variant in parts.items():
            some = [number for number in numbers if called.comes_on(number) == comes]
            by_number |= zip(some, _tallies(workers, variant, seed, some), strict=True)
        return [by_number[number] for number in numbers]
    cells = cells_of(point(scenario, {}), seed, numbers)
    runs = [cells[first : first + CELLS_A_TASK] for first in range(0, len(cells), CELLS_A_TASK)]
    if workers.is_here:
        done = dict(completed(workers, _tallied, runs))
        return [tally for number in range(len(runs)) for tally in done[number]]
    sent = dict(completed(workers, _packed_tallies, runs))
    return [Tally.from_bytes(tally, scenario) for number in range(len(runs)) for tally in sent[number]]


def _tallied(cells: Sequence[Cell]) -> list[Tally]:
    return [
        tally for _, tally, _ in simulate_cells(cells, Simulation("compiled")) if isinstance(tally, Tally)
    ]


def _packed_tallies(cells: Sequence[Cell]) -> list[bytes]:
    return [tally for tally, _ in packed(simulate_cells(cells, Simulation("compiled")))]
