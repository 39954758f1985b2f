"""What `staff` finds: the need, the proof, the verdicts, the roster and the prices."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from callcenter.clock import clock_text
from callcenter.measure import Summary
from callcenter.scenario import Scenario
from callcenter.study.answers.points import roster as agents_of
from callcenter.study.staffing.bounds import Bound
from callcenter.study.staffing.goals import Goals
from callcenter.study.staffing.prices import Price
from callcenter.study.staffing.proof import Proof
from callcenter.study.staffing.roster_data import fit_data
from callcenter.study.staffing.rosters import Roster
from callcenter.study.staffing.shifts import written
from callcenter.study.staffing.terms import Flexible
from callcenter.study.staffing.unstaffed import unstaffed
from callcenter.study.staffing.validation import Verdicts
from callcenter.version import __version__

if TYPE_CHECKING:
    import pandas as pd


class Basis(NamedTuple):
    """The days that a staffing rests on."""

    asked: int
    """Days that were asked for."""
    searched: int
    """Days of the search; more than asked for where these were too few."""
    made_on: tuple[int, ...]
    """Numbers of the replications it was mended on, none of them of the search."""
    fresh: int
    """Days it was judged on, which it has not seen."""
    looks: int
    """How often it was judged on fresh days, each time on others, until it was met."""


class Certainty(NamedTuple):
    """What it costs that every target is met for certain, not only on average."""

    is_met: bool
    """Whether fresh days show that every target is met, at 95%; of what allows no exception, had none."""
    just_hours: float
    """Agent-hours a day that keep the targets on the days the staffing was made on, with nothing to spare."""
    hours: float
    """Agent-hours a day of the staffing."""
    cost: float
    """The difference, weighted by cost per hour, 1 where not priced."""


@dataclass(frozen=True, eq=False)
class Staffing:
    """The fewest agents that meet every target, and what shows it."""

    given: Scenario
    """The scenario as it was given."""
    need: Scenario
    """The same with the agents found, by interval."""
    meet: str
    """How targets were judged: `mean`, or a share of days."""
    every_interval: bool
    """Whether they also had to be met in each interval."""
    seed: int
    replications: int
    """Days that it was made on: those of `verdicts.made_for` and of `proof`."""
    basis: Basis
    goals: Goals
    """What it keeps on these, with the reserve for other days."""
    certainty: Certainty
    bound: Bound | None
    """What no staffing can do with; None where that cannot be said."""
    proof: Proof
    verdicts: Verdicts
    roster: Roster | None
    """Shifts that cover the need; None without a catalogue."""
    roster_verdicts: Verdicts | None
    prices: tuple[Price, ...]
    answered: tuple[tuple[float, ...], ...]
    """Answer rate by tier and interval on the replications of the search; nan where nobody called."""
    days: int
    """Days simulated in the search."""
    only: tuple[str, ...] = ()
    """Pools that were staffed, the others as they are; empty: all."""
    at_least: Mapping[str, int] = field(default_factory=dict)
    """Agents of a pool who are there in every interval in any case; pools without such a minimum left out."""
    may_close: bool = False
    """Whether hours left to nobody were looked for."""
    flexible: Flexible | None = None
    """Fewer agents, and others who are called in on busy days; None if nobody asked."""

    @property
    def scenario(self) -> Scenario:
        """The scenario to run: with the roster's shifts if there is one, else with the need by interval."""
        return self.need if self.roster is None else self.roster.scenario

    @cached_property
    def intervals(self) -> pd.DataFrame:
        """One row per interval: agents needed, rostered and on the phones, of the shifts, answer rates."""
        import pandas as pd

        day = self.given.day
        starts = day.open + day.interval * np.arange(day.intervals)
        columns: dict[str, Any] = {"start": [clock_text(start) for start in starts]}
        columns |= {name: list(self.need.rostered(name)) for name in self.need.pools}
        columns |= {f"{name}_on_the_phones": self.need.staffed(name) for name in self.need.pools}
        if self.roster is not None:
            columns |= {
                f"{name}_on_shift": self.roster.scenario.staffed(name) for name in self.roster.scenario.pools
            }
        columns |= {
            f"answered_{name}": rates for name, rates in zip(self.given.tiers, self.answered, strict=True)
        }
        return pd.DataFrame(columns)

    @property
    def summary(self) -> dict[str, Any]:
        """Everything as plain data, ready for JSON: what `staff --json` writes."""
        return {
            "scenario": self.given.name,
            "meet": self.meet,
            "every_interval": self.every_interval,
            "replications": self.replications,
            "searched_replications": self.basis.searched,
            "fresh_replications": self.basis.fresh,
            "looks": self.basis.looks,
            "seed": self.seed,
            "version": __version__,
            "given": agents_of(self.given)._asdict(),
            "need": {
                **agents_of(self.need)._asdict(),
                "pools": {name: list(self.need.rostered(name)) for name in self.need.pools},
                "unstaffed": [each.as_dict() for each in unstaffed(self.need, self.only)],
            },
            "only": list(self.only),
            "at_least": dict(self.at_least),
            "may_close": self.may_close,
            "certainty": self.certainty._asdict(),
            "bound": None if self.bound is None else self.bound._asdict(),
            "minimal": self.proof._asdict(),
            "verdicts": _plain(self.verdicts),
            "targets": _targets(self.verdicts),
            "callbacks": self._callbacks(self.verdicts),
            "roster": None if self.roster is None else self._roster(self.roster),
            "prices": [price._asdict() for price in self.prices],
            "call_in": None if self.flexible is None else self.flexible.as_dict(),
        }

    def _roster(self, roster: Roster) -> dict[str, Any]:
        return {
            "holds": roster.holds,
            "hours": roster.hours,
            "cost": roster.cost,
            "rosters_simulated": roster.rounds,
            "unstaffed": [each.as_dict() for each in unstaffed(roster.scenario, self.only)],
            "given_up_after_exchanges": roster.given_up_after,
            **fit_data(self.need, roster),
            "shifts": {
                name: [written(shift, number) for shift, number in shifts]
                for name, shifts in roster.worked.items()
            },
            "verdicts": None if self.roster_verdicts is None else _plain(self.roster_verdicts),
            "callbacks": None if self.roster_verdicts is None else self._callbacks(self.roster_verdicts),
        }

    def _callbacks(self, verdicts: Verdicts) -> dict[str, Summary] | None:
        """Return the share begun in time and the longest delay; None where no tier owes any."""
        if not any(tier.owes_callbacks for tier in self.given.tiers.values()):
            return None
        return {
            block: {
                "on_time": summary["callbacks"]["on_time"],
                "longest_delay_s": _or_none(summary["callbacks"]["longest_delay_s"]),
            }
            for block, summary in verdicts._asdict().items()
        }

    def write(self, directory: str | os.PathLike[str]) -> list[str]:
        """Write the staffing as a scenario that `run` takes, and as CSV; return the names of the files."""
        from callcenter.study.staffing.files import write

        return write(self, directory)

    def __repr__(self) -> str:
        hours = agents_of(self.need).hours
        return f"<Staffing of {self.given.name!r}: {hours:,.1f} agent-hours a day>"


def _targets(verdicts: Verdicts) -> dict[str, list[Summary]]:
    return {block: summary["targets"] for block, summary in verdicts._asdict().items()}


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else value


def _plain(verdicts: Verdicts) -> dict[str, Summary]:
    return {
        block: {name: tier["service_level"] for name, tier in summary["tiers"].items()}
        for block, summary in verdicts._asdict().items()
    }
