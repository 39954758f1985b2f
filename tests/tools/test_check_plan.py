"""The check of a plan in a pull request: verdict, comparison with the base, exit status, and its action."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from tests.conftest import SCENARIO
from tools.check_plan import MARK, main

ROOT = Path(__file__).parents[2]
ACTION = ROOT / ".github/actions/check-plan"

pytestmark = pytest.mark.slow


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose base holds a plan; the commands of this environment are found in it."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    work = tmp_path / "work"
    (work / "plans").mkdir(parents=True)
    plan = work / "plans" / "desk.yaml"
    plan.write_text(SCENARIO, encoding="utf-8")
    git(work, "init", "--quiet", "--initial-branch", "main")
    git(work, "add", ".")
    git(work, *("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "plan"))
    monkeypatch.chdir(work)
    return plan


def git(folder: Path, *words: str) -> str:
    """Run git in a folder; returns what it prints."""
    command = shutil.which("git") or "git"
    return subprocess.run([command, *words], cwd=folder, stdout=subprocess.PIPE, text=True, check=True).stdout


def checked(plan: Path, *options: str) -> tuple[int, str]:
    """Return exit status and comment of a check."""
    comment = plan.parents[2] / "comment.md"
    status = main([str(plan), "--comment", str(comment), "--replications", "4", *options])
    return status, comment.read_text(encoding="utf-8")


def test_a_plan_that_misses_fails_and_says_what_changed(plans: Path) -> None:
    """Half of the agents: targets are missed; the comment has both figures of each and the difference."""
    plans.write_text(SCENARIO.replace("agents: 10", "agents: 5"), encoding="utf-8")
    status, comment = checked(plans, "--base", "HEAD")
    lines = comment.splitlines()

    assert status == 3
    assert lines[0] == MARK
    assert "### " in comment
    assert "| target | bound | before | now | 95 % interval | verdict |" in lines
    assert sum("✗ missed |" in line for line in lines) >= 2
    assert "desk answers" in comment
    assert "fewer regular calls" in comment
    assert "Agent-hours on the phones: 40.0 before, 20.0 now." in lines
    assert len(git(plans.parent, "worktree", "list").splitlines()) == 1


def test_a_new_plan_is_not_compared(plans: Path) -> None:
    """A file that the base lacks is judged by itself."""
    new = plans.with_name("more.yaml")
    new.write_text(SCENARIO.replace("agents: 10", "agents: 20"), encoding="utf-8")
    status, comment = checked(new, "--base", "HEAD")

    assert status == 0
    assert "This file is new." in comment
    assert "before" not in comment


def test_a_broken_plan_is_quoted_harmlessly(plans: Path) -> None:
    """What the command says of a wrong file stands in the comment, and mentions and HTML in it do nothing."""
    plans.write_text(SCENARIO + "'@everyone<script>': 1\n", encoding="utf-8")
    status, comment = checked(plans)

    assert status == 2
    assert "This file cannot be simulated." in comment
    assert "&#64;everyone&lt;script&gt;" in comment
    assert "<script" not in comment


def test_the_action_runs_it(plans: Path, tmp_path: Path) -> None:
    """The step of the action checks a file against a commit of the remote, fails, and names its comment."""
    git(tmp_path, "clone", "--quiet", "--bare", str(plans.parents[1]), "origin")
    git(plans.parent, "remote", "add", "origin", (tmp_path / "origin").as_uri())
    plans.write_text(SCENARIO.replace("agents: 10", "agents: 5"), encoding="utf-8")
    steps = yaml.safe_load((ACTION / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    script = next(step["run"] for step in steps if step.get("id") == "check")
    base = git(plans.parent, "rev-parse", "HEAD").strip()
    status = bash(
        script,
        GITHUB_ACTION_PATH=str(ACTION),
        RUNNER_TEMP=str(tmp_path),
        GITHUB_OUTPUT=str(tmp_path / "output"),
        GITHUB_STEP_SUMMARY=str(tmp_path / "summary"),
        SCENARIO="plans/desk.yaml",
        BASE=base,
        REPLICATIONS="3",
    )
    comment = tmp_path / "callcenter-plan.md"

    assert status == 3
    assert (tmp_path / "output").read_text(encoding="utf-8") == f"comment={comment}\n"
    assert (tmp_path / "summary").read_bytes() == comment.read_bytes()
    assert "20.0 now" in comment.read_text(encoding="utf-8")


def test_every_step_is_shell_that_can_be_read(plans: Path) -> None:
    """No step takes text of a pull request into its script; each is valid for bash."""
    steps = yaml.safe_load((ACTION / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    scripts: Sequence[str] = [step["run"] for step in steps if "run" in step]

    assert not any("${{" in script for script in scripts)
    assert [bash(script, "-n") for script in scripts] == [0] * len(scripts)


def bash(script: str, *options: str, **settings: str) -> int:
    """Run a script as the action does; returns its exit status."""
    words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", *options, "-c", script]
    return subprocess.run(words, env={**os.environ, **settings}, check=False).returncode
