"""From a call log of our own to a scenario: what was put in comes out, in files that load and run."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import callcenter as cc
from callcenter.fit import Fit, FitError, fit
from callcenter.fit.estimates import Estimate
from tests.fit.desk import log

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def fitted() -> Fit:
    """The desk of known truth, fitted to 25 of its days."""
    return fit(log(25, 5), name="desk")


def test_figures(fitted: Fit) -> None:
    """Hours, levels, order and families are those of the truth; means lie near enough to them."""
    model = fitted.model
    assert (8 * 3600, 18 * 3600, 1800) == model.hours
    assert {"desk": ("vip", "regular")} == {
        pool: tuple(reversed(tiers)) for pool, tiers in model.serves.items()
    }
    assert [5.0] * 20 == pytest.approx(list(fitted.scenario.pools["desk"].agents or ()), abs=0.2)
    vip = next(tier for tier in model.tiers if tier.name == "vip")
    assert vip.talk is not None
    assert vip.ivr is not None
    assert vip.wrap_up is not None
    assert "lognormal" == vip.talk.family
    truths = (200.0, 0.9, 20.0, 0.05, 30.0, 160.0)
    figures = (
        vip.talk.mean,
        vip.talk.cv,
        vip.ivr.time,
        vip.ivr.hangs_up,
        vip.wrap_up.mean,
        vip.calls_per_day,
    )
    for truth, figure in zip(truths, figures, strict=True):
        assert _near(figure, truth), (truth, figure)


def _near(figure: Estimate, truth: float) -> bool:
    """Whether the truth lies within twice the interval: once in ten thousand it would not."""
    return 2 * figure.low - figure.value <= truth <= 2 * figure.high - figure.value


def test_files(fitted: Fit, tmp_path: Path) -> None:
    """What is saved loads to the scenario that was fitted, and every figure has its comment."""
    path = fitted.save(tmp_path)
    assert fitted.scenario.fingerprint == cc.load(path).fingerprint
    assert fitted.summary == json.loads((tmp_path / "fit.json").read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    assert text.count("censored maximum likelihood") == 2
    assert "interval_factor: {cv:" in text
    header = (tmp_path / "levels.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert "date,start,pool,agents" == header


def test_rosters_of_recorded_days(tmp_path: Path) -> None:
    """Where days have dates, each simulated day may have the agents of a recorded one."""
    calls = log(4, 5)
    days = calls["replication"].map(lambda number: f"2026-03-{number + 1:02}")
    known = fit(calls.assign(day=days).drop(columns="replication"), days="all")
    path = known.save(tmp_path)
    rosters = pd.read_csv(tmp_path / "rosters.csv")
    assert ["date", "start", "desk"] == rosters.columns.tolist()
    assert 4 * 20 == len(rosters)
    mean = rosters["desk"].mean()
    assert known.model.levels.hours().value / 10 == pytest.approx(mean, abs=0.01)
    agents = {"file": str(tmp_path / "rosters.csv"), "column": "desk", "draw": "days"}
    drawn = cc.run(cc.load(path, {"pools.desk.agents": agents}), replications=3)
    assert drawn.summary["pools"]["desk"]["staffed_h"]["value"] > 0
    assert "draw: days" in path.read_text(encoding="utf-8")


def test_it_runs_as_the_truth_does(fitted: Fit) -> None:
    """The answer rate of the fitted scenario is that of the truth to within 3 points."""
    from tests.fit.desk import TRUTH

    base = {"tiers.vip.target": {"within": "20 s", "share": "80%"}}
    rates = [
        cc.run(scenario, replications=40, seed=9).summary["tiers"]["vip"]["service_level"]["value"]
        for scenario in (fitted.scenario.with_(base), cc.load(TRUTH))
    ]
    assert rates[1] == pytest.approx(rates[0], abs=0.03)


def test_like_keeps_what_it_says(tmp_path: Path) -> None:
    """What the base names stays: a target, a patience, the agents of a pool; the rest is fitted."""
    base = tmp_path / "base.yaml"
    base.write_text(
        "tiers:\n  vip: {target: {within: 20 s, share: 90%}, patience: never}\npools: {desk: {agents: 7}}\n",
        encoding="utf-8",
    )
    found = fit(log(10, 6), like=base)
    vip = found.scenario.tiers["vip"]
    assert vip.target is not None
    assert 0.9 == vip.target.share
    assert "never" == vip.patience.family
    assert {7} == set(found.scenario.pools["desk"].agents or ())
    assert {"vip", "regular"} == set(found.scenario.pools["desk"].serves)
    assert "as in base.yaml" in found.save(tmp_path / "out").read_text(encoding="utf-8")


def test_one_family_of_patience() -> None:
    """A family that is asked for is taken, whatever the likelihood says; an unknown one is refused."""
    calls = log(8, 7)
    found = fit(calls, patience="exponential")
    assert {"exponential"} == {t.patience.chosen.family for t in found.model.tiers if t.patience.chosen}
    with pytest.raises(FitError, match=r"--patience gauss: no such family; write exponential, weibull"):
        fit(calls, patience="gauss")


def test_whole_minutes_are_said() -> None:
    """Times in whole minutes cannot tell a wait of 20 s."""
    calls = log(8, 8)
    times = ["arrived", "joined", "answered", "left", "released"]
    calls[times] = (calls[times] / 60).round() * 60
    remarks = fit(calls.drop(columns="wait")).model.remarks
    assert any(text.startswith("Times are whole minutes: waits under 60 s") for text in remarks)


@pytest.mark.parametrize(
    ("changes", "tier", "family"),
    [
        ({"tiers.vip.talk": "3 min"}, "vip", "constant"),
        ({"pools.desk.agents": 30}, "vip", "lognormal"),
        ({"day.open": "00:00", "day.close": "24:00", "demand.calls": 20}, "regular", "gamma"),
    ],
)
def test_odd_desks(changes: dict[str, object], tier: str, family: str, tmp_path: Path) -> None:
    """A desk with equal talks, one where nobody waits and one round the clock are fitted and load."""
    found = fit(log(6, 9, changes))
    talk = next(each.talk for each in found.model.tiers if each.name == tier)
    assert talk is not None
    assert family == talk.family
    assert found.scenario.fingerprint == cc.load(found.save(tmp_path)).fingerprint


def test_too_little_is_said() -> None:
    """Records without talk, without answers or with unknown outcomes are refused in words."""
    calls = log(3, 10)
    with pytest.raises(FitError, match="hardly any talk"):
        fit(calls[["arrived", "outcome", "wait", "replication"]], days="all")
    with pytest.raises(FitError, match="in no interval is somebody answered"):
        fit(calls[calls["outcome"] == "abandoned"], days="all")
    with pytest.raises(FitError, match="outcomes that nobody knows: lost"):
        fit(calls.assign(outcome="lost"))
    with pytest.raises(FitError, match="no column outcome"):
        fit(calls.drop(columns="outcome"))
    with pytest.raises(FitError, match="no calls"):
        fit(calls.iloc[:0])


def test_nobody_waited_is_said() -> None:
    """Where nobody ever waits, levels are lower bounds and patience is endless, and both are said."""
    model = fit(log(6, 9, {"pools.desk.agents": 30})).model
    assert any(text.startswith("Nobody waited 08:00-18:00: staffing of desk") for text in model.remarks)
    assert any(text.startswith("Nobody of tier vip hung up") for text in model.remarks)
