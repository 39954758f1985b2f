"""What `fit` returns: a scenario that can be run, every figure with its interval, and files of both."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from callcenter.clock import clock_text
from callcenter.fit.asked import Asked
from callcenter.fit.fitted import Fitted
from callcenter.fit.like import laid_over
from callcenter.fit.summary import summary
from callcenter.fit.weekdays import WEEKDAYS_FILE, calls_of_weekdays
from callcenter.fit.written import Written, written
from callcenter.fit.yaml_text import in_files, text
from callcenter.scenario import Scenario, load
from callcenter.staging import staged

SCENARIO, FIGURES, LEVELS, ROSTERS = "scenario.yaml", "fit.json", "levels.csv", "rosters.csv"


@dataclass(frozen=True, eq=False)
class Fit:
    """A model of a hotline, fitted to records."""

    name: str
    model: Fitted
    asked: Asked

    @cached_property
    def _written(self) -> Written:
        scenario = written(self.model, self.name)
        return scenario if self.asked.base is None else laid_over(scenario, self.asked.base)

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario, checked; it runs as it is."""
        return load(self._written.data)

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Every figure as plain data, ready for JSON: what `fit --json` writes."""
        return summary(self.model) | {"asked": self.asked.plain()}

    @cached_property
    def levels(self) -> pd.DataFrame:
        """Agents there: date, start, pool, agents; one row per day, pool and five minutes."""
        return self.model.levels.frame()

    def save(self, folder: str | Path) -> Path:
        """Write the scenario, its series, fit.json, levels and rosters into a directory; return the first."""
        starts = [clock_text(start) for start in self.model.hours.starts]
        scenario, files = in_files(self._written, starts)
        figures = json.dumps(self.summary, indent=2, ensure_ascii=False, allow_nan=False)
        files |= {
            FIGURES: figures + "\n",
            LEVELS: self.levels.to_csv(index=False, lineterminator="\n"),
            SCENARIO: text(scenario, [*self.model.remarks, *map(str, self.model.cannot_tell)]),
        }
        weekdays = calls_of_weekdays(self.model)
        if weekdays is not None:
            files[WEEKDAYS_FILE] = weekdays.to_csv(index=False, lineterminator="\n")
        rosters = self.model.staffed.rosters(self.model.hours.interval)
        if rosters is not None:
            files[ROSTERS] = rosters.to_csv(index=False, lineterminator="\n")
        with staged(Path(folder)) as place:
            for name, content in files.items():
                (place / name).write_text(content, encoding="utf-8", newline="")
        return Path(folder) / SCENARIO

    def __repr__(self) -> str:
        return f"<Fit of {self.name!r}: {self.model.calls:,} calls of {len(self.model.days)} days>"
