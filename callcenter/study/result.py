"""What the replications of one scenario gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from callcenter import __version__
from callcenter.calllog import CallLog
from callcenter.measure import Tally, summary
from callcenter.scenario import Scenario

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

    @property
    def replications(self) -> int:
        """How many replications there are."""
        return len(self.tallies)

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Every figure as plain data, ready for JSON: what `run --json` writes."""
        return {
            "scenario": self.scenario.name,
            "replications": self.replications,
            "seed": self.seed,
            "engine": self.engine,
            "version": __version__,
            **summary(self.scenario, self.tallies),
        }

    @cached_property
    def kpis(self) -> pd.DataFrame:
        """The figures, a row each, with 95% intervals."""
        from callcenter.measure.tables import kpi_table

        return kpi_table(self.scenario, self.tallies)

    @cached_property
    def intervals(self) -> pd.DataFrame:
        """The figures by interval of the day and tier."""
        from callcenter.measure.tables import interval_table

        return interval_table(self.scenario, self.tallies)

    @cached_property
    def customers(self) -> pd.DataFrame:
        """How often the customers of each tier call, and how many get what they want, a row a tier."""
        from callcenter.measure.tables import customer_table

        return customer_table(self.scenario, self.tallies)

    @cached_property
    def economics(self) -> pd.DataFrame:
        """Costs, values and their balance, a row each, with 95% intervals."""
        from callcenter.measure.tables import economics_table

        return economics_table(self.scenario, self.tallies)

    @property
    def calls(self) -> pd.DataFrame:
        """The call log, a row a call; ValueError unless the run was told to keep it."""
        from callcenter.measure.tables import call_table

        return call_table(self.scenario, self.numbered_logs())

    @property
    def callbacks(self) -> pd.DataFrame:
        """The callback log, a row a job; ValueError unless the run was told to keep it."""
        from callcenter.measure.tables import callback_table

        return callback_table(self.scenario, self.numbered_logs())

    def numbered_logs(self) -> Sequence[tuple[int, CallLog]]:
        """Return the number and the call log of each replication."""
        if self.logs is None:
            raise ValueError(
                'the call logs were dropped once tallied; say run(..., keep="calls") to keep them'
            )
        return tuple(enumerate(self.logs))

    def __repr__(self) -> str:
        return f"<Result of {self.scenario.name!r}: {self.replications} replications, seed {self.seed}>"
