"""What `explain` returns: planned, recorded, and the parts of the difference, in percentage points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.stats import t as student

from callcenter.arrays import Floats
from callcenter.replay.explanation.shapley import shapley
from callcenter.replay.sides import EVERYTHING, FACTORS

POINTS = 100.0


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why one day's service level was another than planned."""

    scenario: str
    day: str
    recorded: float
    """Service level of the records, as a share."""
    values: Floats
    """Service level by set of factors as recorded, shape (replications, 32)."""
    facts: Mapping[str, tuple[float, float]]
    """Planned and recorded: calls, seconds of talk, agent hours; what is known."""
    remarks: tuple[str, ...]
    seed: int

    @cached_property
    def parts(self) -> dict[str, float]:
        """Points lost by each factor; negative = gained."""
        return dict(zip(FACTORS, (-POINTS * shapley(self.values.mean(axis=0))).tolist(), strict=True))

    @cached_property
    def bands(self) -> dict[str, tuple[float, float]]:
        """95% interval of each part over replications."""
        each = -POINTS * np.array([shapley(values) for values in self.values])
        if len(each) < 2:
            return dict.fromkeys(FACTORS, (np.nan, np.nan))
        half = student.ppf(0.975, len(each) - 1) * each.std(axis=0, ddof=1) / np.sqrt(len(each))
        mean = each.mean(axis=0)
        return {
            name: (float(mean[place] - half[place]), float(mean[place] + half[place]))
            for place, name in enumerate(FACTORS)
        }

    @property
    def planned(self) -> float:
        """Service level of the plan, in points."""
        return POINTS * float(self.values[:, 0].mean())

    @property
    def actual(self) -> float:
        """Service level of the records, in points."""
        return POINTS * self.recorded

    @property
    def model(self) -> float:
        """Service level of the model with all that was recorded, in points."""
        return POINTS * float(self.values[:, EVERYTHING].mean())

    @property
    def unexplained(self) -> float:
        """Points lost that the model cannot explain: its own error with everything known."""
        return self.model - self.actual

    @property
    def summary(self) -> dict[str, Any]:
        """Every figure as plain data, ready for JSON (contract 8.5); parts are points lost."""
        return {
            "scenario": self.scenario,
            "day": self.day,
            "planned": self.planned,
            "actual": self.actual,
            "model": self.model,
            "parts": self.parts,
            "unexplained": self.unexplained,
            "intervals": {
                name: None if np.isnan(band[0]) else list(band) for name, band in self.bands.items()
            },
            "facts": {name: {"planned": fact[0], "actual": fact[1]} for name, fact in self.facts.items()},
            "replications": len(self.values),
            "seed": self.seed,
            "remarks": list(self.remarks),
        }

    def __repr__(self) -> str:
        return f"<Explanation of {self.day}: planned {self.planned:.1f}, actual {self.actual:.1f} points>"
