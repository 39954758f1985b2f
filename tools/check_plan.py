"""Check a staffing plan in a pull request: are the promises kept, and what changes against the base branch.

`python check_plan.py plans/desk.yaml --base origin/main --comment comment.md` simulates the scenario as it is
in the working copy and as it was at the base, and writes what a reviewer needs as Markdown. Exit status:
0 kept or unclear, 2 a file cannot be used, 3 a target is missed, as `callcenter run --fail-on-target`.

It needs the command `callcenter`, git, and nothing else.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MARK = "<!-- callcenter: check of a plan -->"
"""Begins every comment, so that the next check of the same request replaces it."""

KEPT, UNUSABLE, MISSED = 0, 2, 3

SIGNS = {"met": "✓ met", "missed": "✗ missed", "unclear": "? unclear"}

IN_SECONDS = ("mean_wait",)


def main(words: Sequence[str] | None = None) -> int:
    """Check the plans that the command line names, write the comment, return the exit status."""
    given = _arguments().parse_args(words)
    options = ["--replications", str(given.replications)] if given.replications else []
    with _as_it_was(given.base) as base:
        checks = [_check(plan, base, options) for plan in given.plans]
    text = "\n\n".join([MARK, *(text for text, _ in checks)]) + "\n"
    given.comment.write_text(text, encoding="utf-8", newline="\n")
    return max(status for _, status in checks)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("plans", nargs="+", type=Path, metavar="SCENARIO", help="Scenario files.")
    parser.add_argument("--base", metavar="REF", help="Commit or branch to compare with.")
    parser.add_argument("--comment", type=Path, required=True, metavar="FILE", help="Where Markdown goes.")
    parser.add_argument("--replications", type=int, help="In place of what the scenario says.")
    return parser


@contextmanager
def _as_it_was(base: str | None) -> Iterator[Path | None]:
    """Give the working copy of the base in a folder of its own, or None without a base."""
    if base is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "base"
        _run(["git", "worktree", "add", "--quiet", "--detach", str(place), base], check=True)
        try:
            yield place
        finally:
            _run(["git", "worktree", "remove", "--force", str(place)], check=True)


def _check(plan: Path, base: Path | None, options: Sequence[str]) -> tuple[str, int]:
    """Return the section of a plan and its exit status."""
    title = f"### {_plain(plan.as_posix())}"
    status, now, problem = _figures(["run", str(plan), "--fail-on-target", *options])
    if now is None:
        return f"{title}\n\n**This file cannot be simulated.**\n\n{_quoted(problem)}", status
    before = None if base is None else base / _from_root(plan)
    lines = [title, f"**{_verdict(now)}**"]
    if before is not None and before.is_file():
        lines += _beside(before, plan, now, options)
    else:
        lines += [_table(now["targets"], {}), *([] if base is None else ["This file is new."])]
    lines.append(f"{now['replications']} replications, seed {now['seed']}, callcenter {now['version']}.")
    return "\n\n".join(lines), status


def _beside(before: Path, plan: Path, now: Mapping[str, Any], options: Sequence[str]) -> list[str]:
    """Return the table with the base's figures in it, and what changes on the same callers."""
    before = before.rename(before.with_stem(f"{before.stem}-before"))  # what sentences call it
    _, then, problem = _figures(["run", str(before), *options])
    if then is None:
        return [_table(now["targets"], {}), "The file at the base cannot be simulated.", _quoted(problem)]
    seed = ["--seed", str(now["seed"])]
    _, difference, _ = _figures(["compare", str(before), str(plan), *options, *seed])
    known = {target["path"]: target for target in then["targets"]}
    changes = [] if difference is None else [_plain(difference["sentence"]), _hours(difference)]
    return [_table(now["targets"], known), *changes]


def _figures(words: Sequence[str]) -> tuple[int, dict[str, Any] | None, str]:
    """Return exit status and figures of a command, or None and what it says."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        done = _run(["callcenter", *words, "--quiet", "--json", str(file)])
        if done.returncode not in (KEPT, MISSED):
            return max(done.returncode, UNUSABLE), None, done.stderr
        return done.returncode, json.loads(file.read_text(encoding="utf-8")), ""


def _run(words: Sequence[str], check: bool = False) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=check)  # noqa: S603


def _from_root(plan: Path) -> Path:
    root = _run(["git", "rev-parse", "--show-toplevel"], check=True).stdout.strip()
    return plan.resolve().relative_to(Path(root).resolve())


def _verdict(figures: Mapping[str, Any]) -> str:
    verdicts = [target["verdict"] for target in figures["targets"]]
    count = {verdict: verdicts.count(verdict) for verdict in SIGNS}
    if not any(count.values()):
        return "No targets."
    parts = [f"{number} {verdict}" for verdict, number in count.items() if number]
    return f"Targets: {', '.join(parts)}."


def _table(targets: Sequence[Mapping[str, Any]], known: Mapping[str, Mapping[str, Any]]) -> str:
    """Return targets as a table, beside those of the base where there are any."""
    head = ["target", "bound", *(["before"] if known else []), "now", "95 % interval", "verdict"]
    rows = [head, ["---"] * len(head), *(_row(target, known) for target in targets)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(target: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> list[str]:
    before = known.get(target["path"])
    was = "–" if before is None else f"{_value(target, before['value'])} {SIGNS.get(before['verdict'], '')}"
    within = "" if target["within_s"] is None else f" in {target['within_s']:g} s"
    return [
        _plain(target["path"]),
        _value(target, target["bound"]) + within,
        *([was] if known else []),
        _value(target, target["value"]),
        f"{_value(target, target['low'])} – {_value(target, target['high'])}",
        SIGNS.get(target["verdict"], "–"),
    ]


def _value(target: Mapping[str, Any], value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.1f} s" if target["measure"] in IN_SECONDS else f"{100 * value:.1f} %"


def _hours(difference: Mapping[str, Any]) -> str:
    before, now = difference["scenarios"]
    return f"Agent-hours on the phones: {before['hours']:,.1f} before, {now['hours']:,.1f} now."


def _plain(text: str) -> str:
    """Return text of a user's file that Markdown takes for nothing but text, and that notifies nobody."""
    return re.sub(
        r"([\\`*_{}\[\]()#+!|@~$])", lambda sign: f"&#{ord(sign[1])};", html.escape(" ".join(text.split()))
    )


def _quoted(text: str) -> str:
    return f"<pre>{html.escape(text.strip())}</pre>".replace("@", "&#64;")


if __name__ == "__main__":
    sys.exit(main())
