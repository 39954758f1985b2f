"""Main effects: means over a grid, a regression over a space-filling design."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from callcenter.study import SweepResult, main_effects, sweep
from callcenter.study.comparisons.main_effects import has_effects

GRID = "vary: {demand.volume: [0.8, 1.0, 1.2], pools.desk.agents: [8, 10], tiers.vip.talk: [2 min, 4 min]}"
SPREAD = """\
design: sobol
points: 16
vary:
  demand.volume: {from: 0.8, to: 1.2}
  pools.desk.agents: {from: 8, to: 12}
  tiers.mid.callback: [none, {on: [abandoned]}]
"""


def study_of(sweep_file: Path, text: str, replications: int = 3) -> SweepResult:
    """Simulate a sweep of the small scenario."""
    sweep_file.write_text(f"scenario: small.yaml\nreplications: {replications}\n{text}\n", encoding="utf-8")
    return sweep(sweep_file)


def test_a_grid_gives_the_mean_over_the_other_paths(sweep_file: Path) -> None:
    """At each level the mean over all points of that level; the effect leads from the first to the last."""
    study = study_of(sweep_file, GRID)
    effects = main_effects(study).query("tier == 'regular'")
    points = study.points.query("tier == 'regular'")

    for path in study.varied:
        expected = points.groupby(path, sort=False)["service_level"].mean()
        rows = effects[effects["factor"] == path]
        assert pytest.approx(expected.to_numpy()) == rows["mean"].to_numpy()
        assert pytest.approx(expected.iloc[-1] - expected.iloc[0]) == rows["effect"].iloc[0]
        assert (rows["effect_low"] <= rows["effect"]).all()
        assert (rows["effect"] <= rows["effect_high"]).all()


def test_intervals_of_a_grid_are_over_days(sweep_file: Path) -> None:
    """The interval of an effect is that of the days' own effects: all points of a day are one observation."""
    study = study_of(sweep_file, "vary: {demand.volume: [0.8, 1.2], pools.desk.agents: [8, 10]}", 8)
    row = main_effects(study).query("tier == 'all' and factor == 'pools.desk.agents'").iloc[0]

    assert row["effect_high"] - row["effect_low"] < row["mean_high"] - row["mean_low"]
    assert row["effect_low"] < row["effect"] < row["effect_high"]


def test_a_spread_gives_a_regression(sweep_file: Path) -> None:
    """Least squares of the points' answer rates, by NumPy; more agents help, more calls do not."""
    study = study_of(sweep_file, SPREAD)
    effects = main_effects(study).query("tier == 'regular'").groupby("factor", sort=False).first()
    points = study.points.query("tier == 'regular'")
    volume, agents = (points[path].to_numpy(float) for path in study.varied[:2])
    owed = (points[study.varied[2]] != "none").to_numpy(float)
    design = np.column_stack([np.ones(16), volume, agents, owed])
    rates = points["service_level"].to_numpy()
    coefficients, residuals, *_ = np.linalg.lstsq(design, rates)

    assert pytest.approx(coefficients[1] * np.ptp(volume)) == effects.loc["demand.volume", "effect"]
    assert pytest.approx(coefficients[2] * np.ptp(agents)) == effects.loc["pools.desk.agents", "effect"]
    assert (
        pytest.approx(coefficients[1] * volume.std() / rates.std())
        == effects.loc["demand.volume", "standardized"]
    )
    assert (
        pytest.approx(1 - residuals[0] / ((rates - rates.mean()) ** 2).sum()) == effects["r_squared"].iloc[0]
    )
    assert effects["effect"]["demand.volume"] < 0 < effects["effect"]["pools.desk.agents"]
    assert effects["rank_correlation"]["demand.volume"] < 0


def test_paths_that_move_together_cannot_be_told_apart(sweep_file: Path) -> None:
    """A zip that raises two paths at once."""
    study = study_of(
        sweep_file, "design: zip\nvary: {demand.volume: [0.8, 1.0, 1.2], pools.desk.agents: [8, 10, 12]}", 1
    )

    assert not has_effects(study)
    with pytest.raises(ValueError, match="vary them independently"):
        main_effects(study)


def test_effects_are_shown_where_they_tell_more_than_the_points(sweep_file: Path) -> None:
    """From three paths on, or where points are spread over ranges."""
    assert has_effects(study_of(sweep_file, GRID, 1))
    assert has_effects(study_of(sweep_file, SPREAD, 1))
    assert not has_effects(
        study_of(sweep_file, "vary: {demand.volume: [0.8, 1], pools.desk.agents: [8, 9]}", 1)
    )
