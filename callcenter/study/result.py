"""What the replications of one scenario gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from callcenter.calllog import CallLog
from callcenter.language import gettext as _
from callcenter.measure import Tally, summary
from callcenter.measure.joint import DaysKept, chance_of, days_of
from callcenter.scenario import Scenario
from callcenter.study.designs.precision import Precision, asked, half_widths, is_reached
from callcenter.version import __version__

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Result:
    """The replications of one scenario, numbered from 0, reduced to tallies."""

    scenario: Scenario
    seed: int
    engine: str
    tallies: tuple[Tally, ...]
    logs: tuple[CallLog, ...] | None = None
    """The call log of every replication; only with `keep="calls"`."""
    missing: frozenset[int] = frozenset()
    """Numbers left out between 0 and the last: replications that were given up, or are still to come."""
    precision: Precision | None = None
    """What was asked for, if the number of replications was to follow from it."""
    routing: str = ""
    """The routing rule written in Python that routed these calls; empty: the rules."""

    @property
    def simulated_by(self) -> str:
        """Engine, and the routing rule written in Python if there is one."""
        return f"{self.engine}, routed by {self.routing}" if self.routing else self.engine

    @property
    def replications(self) -> int:
        """How many replications there are."""
        return len(self.tallies)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The number of each replication."""
        last = len(self.tallies) + len(self.missing)
        return tuple(number for number in range(last) if number not in self.missing)

    @cached_property
    def half_widths(self) -> dict[str, float]:
        """Half the width of the 95% interval of the answer rate, for each tier that has a target."""
        return half_widths(self.scenario, self.tallies)

    @property
    def is_precise(self) -> bool:
        """Whether the precision that was asked for, if any, was reached."""
        return self.precision is None or is_reached(self.half_widths, self.precision)

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Every figure as plain data, ready for JSON: what `run --json` writes."""
        return {
            "scenario": self.scenario.name,
            "replications": self.replications,
            **asked(self.precision, self.is_precise),
            "seed": self.seed,
            "engine": self.engine,
            **({"routing": self.routing} if self.routing else {}),
            "version": __version__,
            **summary(self.scenario, self.tallies),
        }

    @cached_property
    def kpis(self) -> pd.DataFrame:
        """The figures, one per row, with 95% intervals."""
        from callcenter.measure.tables import kpi_table

        return kpi_table(self.scenario, self.tallies)

    @cached_property
    def intervals(self) -> pd.DataFrame:
        """The figures by interval of the day and tier."""
        from callcenter.measure.tables import interval_table

        return interval_table(self.scenario, self.tallies)

    @cached_property
    def customers(self) -> pd.DataFrame:
        """How often the customers of each tier call, and how many get what they want, one row per tier."""
        from callcenter.measure.tables import customer_table

        return customer_table(self.scenario, self.tallies)

    @cached_property
    def economics(self) -> pd.DataFrame:
        """Costs, values and their balance, one per row, with 95% intervals."""
        from callcenter.measure.tables import economics_table

        return economics_table(self.scenario, self.tallies)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Every target, one row each: what was reached, on which share of days it held, the verdict."""
        from callcenter.measure.tables import target_table

        return target_table(self.scenario, self.tallies)

    def days_kept(self, kept: int, of: int) -> dict[str, float | None]:
        """Return the chance, with its interval, that all targets hold on at least so many of so many days.

        ValueError where that cannot be asked.
        """
        if not 0 <= kept <= of or not self.scenario.goals:
            raise ValueError(_("days to keep need a target, and no more days than there are: 28 of 30"))
        return chance_of(days_of(self.scenario, self.tallies), DaysKept(kept, of)).as_dict()

    @property
    def calls(self) -> pd.DataFrame:
        """The call log, one row per call; ValueError unless the run has kept it."""
        from callcenter.measure.tables import call_table

        return call_table(self.scenario, self.numbered_logs())

    @property
    def callbacks(self) -> pd.DataFrame:
        """The callback log, one row per job; ValueError unless the run has kept it."""
        from callcenter.measure.tables import callback_table

        return callback_table(self.scenario, self.numbered_logs())

    def numbered_logs(self) -> Sequence[tuple[int, CallLog]]:
        """Return the number and the call log of each replication."""
        if self.logs is None:
            raise ValueError(
                _('the call logs were dropped once tallied; say run(..., keep="calls") to keep them')
            )
        return tuple(zip(self.numbers, self.logs, strict=True))

    def only(self, numbers: Sequence[int]) -> Result:
        """Return the result of some of its replications, given by their numbers in order."""
        if tuple(numbers) == self.numbers:
            return self
        places = [self.numbers.index(number) for number in numbers]
        return replace(
            self,
            tallies=tuple(self.tallies[place] for place in places),
            logs=None if self.logs is None else tuple(self.logs[place] for place in places),
            missing=frozenset(range(numbers[-1] + 1)) - frozenset(numbers),
            precision=None,
        )

    def __repr__(self) -> str:
        routed = f" routed by {self.routing}" if self.routing else ""
        return (
            f"<Result of {self.scenario.name!r}{routed}: {self.replications} replications, seed {self.seed}>"
        )


def common_numbers(results: Iterable[Result]) -> tuple[int, ...]:
    """Return the numbers of the replications that all results have, in order: they met the same callers."""
    shared = set.intersection(*(set(result.numbers) for result in results))
    return tuple(sorted(shared))
