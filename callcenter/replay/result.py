"""What `replay` returns: recorded days beside the same days simulated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from callcenter.arrays import Floats
from callcenter.calllog import CallLog
from callcenter.measure import Tally, summary
from callcenter.measure.tally import COUNTS
from callcenter.replay.beside import Beside
from callcenter.replay.parts import figures, parts_of, total_of
from callcenter.replay.table import rows
from callcenter.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Replay:
    """Recorded days, and the same days simulated some times over."""

    scenario: Scenario
    """As it was simulated, one day."""
    days: tuple[str, ...]
    taken: tuple[str, ...]
    changes: Mapping[str, Any]
    remarks: tuple[str, ...]
    seed: int
    engine: str
    recorded: tuple[Tally, ...]
    """One for each day."""
    simulated: tuple[tuple[Tally, ...], ...]
    """By day and replication."""
    logs: tuple[tuple[CallLog, ...], ...] = field(default=(), repr=False)
    levels_source: str | None = None
    """How recorded staffing is known; None = the scenario's own."""

    @property
    def replications(self) -> int:
        """How often each day was simulated."""
        return len(self.simulated[0])

    @cached_property
    def recorded_figures(self) -> Floats:
        """Service level, abandonment and mean wait, shape (days, 3)."""
        return figures(self.beside.recorded)

    @cached_property
    def simulated_figures(self) -> Floats:
        """The same of each replication, shape (days, replications, 3)."""
        return figures(self.beside.simulated)

    @cached_property
    def beside(self) -> Beside:
        """Recorded and simulated, by day and interval."""
        day, members = self.scenario.day, list(total_of(self.scenario).members)
        every = [each for day in self.simulated for each in day]
        return Beside(
            self.days,
            day.open,
            day.interval,
            np.array([parts_of(self.scenario, each) for each in self.recorded]),
            np.array([[parts_of(self.scenario, each) for each in day] for day in self.simulated]),
            np.sum([each.wait_bins[members].sum(axis=0) for each in self.recorded], axis=0),
            np.sum([each.wait_bins[members].sum(axis=0) for each in every], axis=0),
        )

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Every figure as plain data, ready for JSON: what `replay --json` writes (contract 8.5)."""
        every = [each for day in self.simulated for each in day]
        return {
            "scenario": self.scenario.name,
            "replications": self.replications,
            "seed": self.seed,
            "engine": self.engine,
            "taken": list(self.taken),
            "changes": {path: str(value) for path, value in self.changes.items()},
            "staffing": self.levels_source,
            "remarks": list(self.remarks),
            "recorded": summary(self.scenario, self.recorded),
            "simulated": summary(self.scenario, every),
            "days": {
                name: {
                    "recorded": self._of(self.recorded[day : day + 1]),
                    "simulated": self._of(self.simulated[day]),
                }
                for day, name in enumerate(self.days)
            },
        }

    def _of(self, tallies: Sequence[Tally]) -> dict[str, Any]:
        return summary(self.scenario, tallies)

    @cached_property
    def kpis(self) -> pd.DataFrame:
        """One row for each day: recorded, simulated, and the band that holds 95% of its replications."""
        import pandas as pd

        return pd.DataFrame(rows(self.days, self.offered, self.recorded_figures, self.simulated_figures))

    @property
    def offered(self) -> list[int]:
        """Recorded calls of each day that asked for a person, all tiers."""
        return [int(each.counts[COUNTS.index("offered")].sum()) for each in self.recorded]

    @cached_property
    def calls(self) -> pd.DataFrame:
        """The call log of every day and replication, with the day's name as `date`."""
        import pandas as pd

        from callcenter.measure.tables import call_table

        frames = [
            call_table(self.scenario, enumerate(logs, start=1)).assign(date=name)
            for name, logs in zip(self.days, self.logs, strict=False)
        ]
        return pd.concat(frames, ignore_index=True)

    def __repr__(self) -> str:
        return f"<Replay of {self.scenario.name!r}: {len(self.days)} days, {self.replications} replications>"
