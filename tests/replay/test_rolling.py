"""`validate --rolling`: a fit is made anew as days go by, and judges only days that come after its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import callcenter as cc
from callcenter.cli import app
from callcenter.replay import ReplayError, Validation
from callcenter.replay.rolling import asked_of
from callcenter.replay.validation.verdict import NOT_VALID
from callcenter.report import write_report
from callcenter.study.sentences import validation as sentences
from tests.fit.desk import stamped
from tests.replay.days import days_of, desk

FIRST = pd.Timestamp("2026-01-05")
"""A Monday."""
BEFORE, AFTER = 28, 42
QUICKER = {"tiers.any.talk": {"lognormal": {"mean": "160 s", "cv": 0.9}}}
"""Talk a fifth shorter than that of the desk, 200 s."""


def _dated(log: pd.DataFrame, first: pd.Timestamp) -> pd.DataFrame:
    days = (first + pd.to_timedelta(log["replication"], unit="D")).dt.strftime("%Y-%m-%d")
    return log.drop(columns=["replication", "parent", "attempt"], errors="ignore").assign(day=days)


@pytest.fixture(scope="module")
def shifted() -> pd.DataFrame:
    """Four weeks of the desk, and six in which talk is a fifth shorter."""
    after = _dated(days_of(desk(QUICKER), AFTER, 4), FIRST + pd.Timedelta(days=BEFORE))
    return pd.concat([_dated(days_of(desk(), BEFORE, 3), FIRST), after], ignore_index=True)


@pytest.fixture(scope="module")
def scenario(shifted: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario fitted to the days before the shift, its promise and who is there from a base."""
    folder = tmp_path_factory.mktemp("fit")
    base = folder / "base.yaml"
    base.write_text(
        "tiers: {any: {target: {within: 20 s, share: 80%}}}\n"
        "day: {open: 08:00, close: 12:00, interval: 30 min}\n"
        "pools: {desk: {serves: [any], agents: 8}}\n",
        encoding="utf-8",
    )
    own = shifted[shifted["day"] < "2026-02-02"]
    return cc.fit(own, like=base, days="all", name="desk").save(folder)


@pytest.fixture(scope="module")
def rolled(scenario: Path, shifted: pd.DataFrame) -> Validation:
    """The fit made anew each week."""
    return cc.validate(scenario, shifted, rolling="week", replications=2)


def _talk_error(validation: Validation, days: slice) -> float:
    """Return the mean error of the answer rate of days where talk and patience are drawn."""
    step = validation.steps["talk_and_patience_drawn"].runs.beside.by_day()
    return float((step.simulated[0] - step.recorded[0])[days].mean())


@pytest.mark.slow
def test_rolling_follows_what_a_single_fit_does_not(
    rolled: Validation, scenario: Path, shifted: pd.DataFrame
) -> None:
    """After talk has become shorter the fits follow: 200 s, and ever less; one fit stays where it was.

    A fit of all days before knows `n` days of 200 s and `m` of 160 s: its mean lies between them as they do.
    """
    single = cc.validate(scenario, shifted, from_="2026-02-02", replications=2)
    assert rolled.rolling is not None
    fits = rolled.rolling.refits
    assert ["2026-01-26", "2026-02-02"] == [fits[0].judged[0], fits[1].judged[0]]
    answered = shifted[shifted["outcome"] == "answered"]
    talk = answered["left"] - answered["answered"]
    calls = talk.groupby(answered["day"]).agg(["sum", "count"])
    for fit in fits:
        before = calls[calls.index < fit.judged[0]].sum()
        assert len(fit.fitted) == (pd.Timestamp(fit.judged[0]) - FIRST).days
        assert fit.talk_s == pytest.approx(before["sum"] / before["count"], rel=0.005)
    assert fits[-1].talk_s < 185 < 195 < fits[1].talk_s
    error, stale = (_talk_error(each, slice(-14, None)) for each in (rolled, single))
    assert stale < error - 0.04 < 0
    assert NOT_VALID == single.verdict


@pytest.mark.slow
def test_what_comes_later_changes_nothing(rolled: Validation, scenario: Path, shifted: pd.DataFrame) -> None:
    """With other calls in the last three weeks, all days before are judged to the last bit as they were."""
    later = shifted["day"] >= "2026-02-23"
    strange = shifted.assign(
        left=np.where(later, shifted["left"] + 300, shifted["left"]),
        released=np.where(later, shifted["released"] + 300, shifted["released"]),
    )
    other = cc.validate(scenario, strange, rolling="week", to="2026-03-01", replications=2)
    assert rolled.rolling is not None
    assert other.rolling is not None
    early = [day for day in rolled.days if day < "2026-02-23"]
    assert len(early) == 28
    for name, step in rolled.steps.items():
        np.testing.assert_array_equal(
            step.runs.simulated[: len(early)], other.steps[name].runs.simulated[: len(early)]
        )
    assert rolled.rolling.refits[:4] == other.rolling.refits[:4]


@pytest.mark.slow
def test_report_of_rolling_fits(rolled: Validation, tmp_path: Path) -> None:
    """Sentences, page, CSV and workbook name the fits, in both languages."""
    assert "Fitted anew for each week, 7 fits in all" in " ".join(sentences.reasons(rolled))
    page = write_report(rolled, tmp_path).read_text(encoding="utf-8")
    assert "Fit after fit" in page
    fits = pd.read_csv(tmp_path / "fits.csv")
    assert rolled.rolling is not None
    assert [len(fit.fitted) for fit in rolled.rolling.refits] == fits["fitted_days"].tolist()
    whole = (fits["bias_talk_and_patience_drawn"] * fits["judged_days"]).sum() / len(rolled.days)
    assert whole == pytest.approx(_talk_error(rolled, slice(None)), abs=1e-3)
    assert "一次接一次的拟合" in write_report(rolled, tmp_path, "zh-CN").read_text(encoding="utf-8")


@pytest.mark.slow
def test_rolling_from_the_command_line(scenario: Path, shifted: pd.DataFrame, tmp_path: Path) -> None:
    """The JSON says how many fits, of which days; mistakes are named."""
    stamped(shifted).to_csv(tmp_path / "log.csv", index=False)
    words = ["validate", str(scenario), str(tmp_path / "log.csv"), "-n", "1"]

    def said(*more: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, [*words, *more], prog_name="callcenter")
        return done.exit_code, done.output

    status, text = said("--rolling", "month", "--json", "-", "--quiet")
    assert 0 == status, text
    found = json.loads(text)
    assert {"month", 2} == {found["rolling"]["every"], found["rolling"]["number"]}
    assert ["2026-02-01", "2026-03-01"] == [fit["judged"][0] for fit in found["rolling"]["fits"]]
    assert {"days": 27, "first": "2026-01-05", "last": "2026-01-31"} == found["rolling"]["fits"][0]["fitted"]
    for more, expected in (
        (("--rolling", "year"), "write how often to fit anew"),
        (("--rolling", "week", "--in-sample"), "leave --in-sample out"),
        (("--rolling", "week", "--to", "2026-01-20"), "a fit takes 20 days"),
        (("--rolling", "week", "--set", "seed=2"), "belongs into the base of the fit"),
    ):
        status, text = said(*more)
        assert (2, True) == (status, expected in " ".join(text.split())), text


def test_a_scenario_that_was_not_fitted(shifted: pd.DataFrame) -> None:
    """Without the file in which `fit` says how it was asked, nothing can be fitted anew."""
    with pytest.raises(ReplayError, match="make both with `callcenter fit"):
        cc.validate(desk(), shifted, rolling="week")


@pytest.mark.slow
@pytest.mark.parametrize(
    "asked",
    [
        [],
        {"days": 5},
        {"days": None, "from": None, "to": None, "patience": 1, "interval": "30 min"},
        {"calendar": {"holidays": ["2026-01-01"], "workdays": []}, "like": None},
        {"calendar": None, "like": {"name": "base", "says": 3}},
    ],
)
def test_a_file_that_fit_did_not_write(asked: object, scenario: Path, tmp_path: Path) -> None:
    """What stands in it is plain data of known kinds, or it is as if there was no file."""
    copied = shutil.copytree(scenario.parent, tmp_path / "copied")
    (copied / "fit.json").write_text(json.dumps({"asked": asked}), encoding="utf-8")

    with pytest.raises(ReplayError, match="make both with `callcenter fit"):
        asked_of(cc.load(copied / "scenario.yaml"))
