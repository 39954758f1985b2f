"""How near simulated days are to recorded ones: bias, error, coverage of bands, PIT and CRPS."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats

BANDS = (50, 80, 95)
"""Per cent of the bands whose coverage is told."""
FIFTHS = 5


class Scores(NamedTuple):
    """Scores of one measure over days, or over intervals of days."""

    n: int
    bias: float
    rmse: float
    r: float
    coverage: dict[int, float]
    pit: tuple[float, ...]
    """Share of days in each fifth of their simulated band; a fifth each where the bands are right."""
    pit_distance: float
    """From the places of a model whose bands are right."""
    crps: float
    crps_naive: float
    """Of bands made of the other recorded days."""
    rmse_without_chance: float
    """What is left of the error when the chance of single days is taken off."""

    def plain(self) -> dict[str, Any]:
        """Return the scores ready for JSON."""
        return {
            "n": self.n,
            "bias": number(self.bias),
            "rmse": number(self.rmse),
            "rmse_without_chance": number(self.rmse_without_chance),
            "r": number(self.r),
            "coverage": {str(band): number(share) for band, share in self.coverage.items()},
            "pit": [number(share) for share in self.pit],
            "pit_distance": number(self.pit_distance),
            "crps": number(self.crps),
            "crps_naive": number(self.crps_naive),
        }


def number(value: float) -> float | None:
    """Return a figure for JSON, None where it is undefined."""
    return float(value) if np.isfinite(value) else None


def scores(recorded: Floats, simulated: Floats) -> Scores:
    """Return the scores of recorded values (n,) against simulated ones (n, replications)."""
    kept = np.isfinite(recorded) & np.isfinite(simulated).all(axis=1)
    seen, made = recorded[kept], simulated[kept]
    if not len(seen):
        nothing = float("nan")
        shares = dict.fromkeys(BANDS, nothing)
        return Scores(0, nothing, nothing, nothing, shares, (nothing,) * FIFTHS, *[nothing] * 4)
    gap = made.mean(axis=1) - seen
    place = places(seen, made)
    rmse = float(np.sqrt((gap**2).mean()))
    return Scores(
        len(seen),
        float(gap.mean()),
        rmse,
        _correlation(made.mean(axis=1), seen),
        {band: _coverage(place, band, made.shape[1]) for band in BANDS},
        tuple(np.histogram(place, FIFTHS, (0, 1))[0] / len(seen)),
        _from_uniform(place),
        float(np.mean([_crps(value, band) for value, band in zip(seen, made, strict=True)])),
        _naive_crps(seen),
        _without_chance(rmse, made),
    )


def _coverage(place: Floats, band: int, replications: int) -> float:
    """Return the share of days within a band; nan where so few replications leave no place outside of it."""
    outermost = 0.5 - 0.5 / (replications + 1)
    return float((np.abs(place - 0.5) <= band / 200).mean()) if outermost > band / 200 else float("nan")


def places(recorded: Floats, simulated: Floats) -> Floats:
    """Return the place of each recorded value among the simulated ones, from 0 to 1; ties count half."""
    below = (simulated < recorded[:, None]).sum(axis=1)
    equal = (simulated == recorded[:, None]).sum(axis=1)
    spots: Floats = (below + 0.5 * equal + 0.5) / (simulated.shape[1] + 1)
    return spots


def _correlation(a: Floats, b: Floats) -> float:
    if len(a) < 2 or not a.std() or not b.std():
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def _from_uniform(place: Floats) -> float:
    """Return the Kolmogorov-Smirnov distance of places from a uniform law."""
    ordered, size = np.sort(place), len(place)
    steps = np.arange(size + 1) / size
    return float(max((steps[1:] - ordered).max(), (ordered - steps[:-1]).max()))


def _crps(value: float, band: Floats) -> float:
    """Return the continuous ranked probability score of an ensemble, in its fair form (Ferro 2014)."""
    size = len(band)
    if size < 2:
        return float(np.abs(band - value).mean())
    ordered = np.sort(band)
    weights = 2 * np.arange(1, size + 1) - size - 1
    spread = 2 * float((weights * ordered).sum()) / (size * (size - 1))
    return float(np.abs(band - value).mean()) - spread / 2


def _naive_crps(recorded: Floats) -> float:
    """Return the score of bands that are the other days."""
    if len(recorded) < 3:
        return float("nan")
    is_other: Flags = ~np.eye(len(recorded), dtype=np.bool_)
    return float(np.mean([_crps(value, recorded[is_other[day]]) for day, value in enumerate(recorded)]))


def _without_chance(rmse: float, simulated: Floats) -> float:
    """Return the error less what a true model would have: the recorded day is one draw, too."""
    size = simulated.shape[1]
    if size < 2:
        return float("nan")
    chance = float(simulated.var(axis=1, ddof=1).mean()) * (1 + 1 / size)
    return float(np.sqrt(max(rmse**2 - chance, 0.0)))
