"""`callcenter presets`, and the options of `run` about targets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from callcenter.cli import app
from callcenter.scenario.presets import presets
from tests.scenario.hotline import hotline
from tests.scenario.parts.test_targets import promised

RUNNER = CliRunner()


def test_every_rule_is_listed() -> None:
    """In English and in Chinese, and as JSON for programs."""
    english, chinese = (RUNNER.invoke(app, ["presets", "--lang", lang]).output for lang in ("en", "zh"))
    assert all(f"{name}: " in english and f"{name}：" in chinese for name in presets())
    listed = json.loads(RUNNER.invoke(app, ["presets", "hk-1823", "--json", "-"]).output)
    assert {"hk-1823"} == set(listed)
    assert [{"answered": "80%", "within": "12 s"}, {"abandoned": "10%"}] == listed["hk-1823"]["targets"]


def test_an_unknown_rule_is_refused() -> None:
    """With the nearest name."""
    result = RUNNER.invoke(app, ["presets", "hk-1832"])
    assert 2 == result.exit_code
    assert "did you mean `hk-1823`?" in result.output


def _file(tmp_path: Path, data: object) -> str:
    path = tmp_path / "hotline.yaml"
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path)


def test_a_missed_target_of_any_kind_fails(tmp_path: Path) -> None:
    """An hour of waiting is not missed, a mean wait of nothing is."""
    for wait, expected in (("1 h", 0), ("0 s", 3)):
        file = _file(tmp_path, promised({"mean_wait": wait}))
        words = ["run", file, "--replications", "20", "--fail-on-target", "--quiet"]
        assert expected == RUNNER.invoke(app, words).exit_code


def test_days_kept_is_printed_and_written(tmp_path: Path) -> None:
    """As a sentence, and in JSON beside the share of days."""
    file, out = _file(tmp_path, hotline()), tmp_path / "figures.json"
    words = ["run", file, "--replications", "5", "--days-kept", "28/30", "--json", str(out)]
    assert "Chance that all targets hold on at least 28 of 30 days: " in RUNNER.invoke(app, words).output
    joint = json.loads(out.read_text(encoding="utf-8"))["joint"]
    assert (28, 30) == (joint["days_kept"]["kept"], joint["days_kept"]["of"])
    assert {"value", "low", "high"} <= set(joint["days_met"])


@pytest.mark.parametrize("text", ["28", "31/30", "a/b", "0/30"])
def test_days_that_cannot_be_kept(tmp_path: Path, text: str) -> None:
    """They are refused before anything is simulated."""
    result = RUNNER.invoke(app, ["run", _file(tmp_path, hotline()), "--days-kept", text])
    assert 2 == result.exit_code
    assert "write days to keep and all days, such as 28/30" in result.output
