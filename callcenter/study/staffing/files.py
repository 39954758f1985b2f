"""Writing a staffing: as a scenario that `run` takes, and as a table."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from callcenter.language import gettext as _
from callcenter.scenario import Scenario, load

if TYPE_CHECKING:
    from callcenter.study.staffing.result import Staffing

WIDTH = 110


def write(staffing: Staffing, directory: str | os.PathLike[str]) -> list[str]:
    """Write `need.yaml`, `need.csv` and, with shifts, `roster.yaml`; return the paths written.

    Where agents may be called in, also `planned.yaml`, and `called_in.yaml` for the days on which they are.
    """
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"need.yaml": _scenario(staffing, staffing.need, folder)}
    if staffing.roster is not None:
        texts["roster.yaml"] = _scenario(staffing, staffing.roster.scenario, folder)
    if (flexible := staffing.flexible) is not None:
        other = _(
            "# Agents for most days (planned.yaml) and for busy ones (called_in.yaml), which together meet\n"
            "# every target of {name} ({meet}); seed {seed} (callcenter staff --call-in).\n\n"
        )
        texts["planned.yaml"] = _scenario(staffing, flexible.need, folder, other)
        texts["called_in.yaml"] = _scenario(staffing, flexible.called_in, folder, other)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    staffing.intervals.to_csv(folder / "need.csv", index=False, float_format="%.4f", lineterminator="\n")
    return [str(folder / name) for name in (*texts, "need.csv")]


def _scenario(staffing: Staffing, staffed: Scenario, folder: Path, about: str = "") -> str:
    """Return a scenario that extends the one given, or, if that is no file or was changed, a whole one."""
    fewest = _(
        "# The fewest agents that meet every target of {name} ({meet}),\n"
        "# found on {replications} replications of seed {seed} (callcenter staff).\n\n"
    )
    head = (about or fewest).format(
        name=staffing.given.name,
        meet=staffing.meet,
        replications=staffing.replications,
        seed=staffing.seed,
    )
    data = staffed.to_dict()
    if _is_as_in_its_file(staffing.given):
        data = {
            "extends": os.path.relpath(staffing.given.source, folder),
            "pools": {name: _staffed(pool) for name, pool in data["pools"].items()},
        }
    data = {"name": f"{staffing.given.name}-staffed", **{k: v for k, v in data.items() if k != "name"}}
    data["seed"] = staffing.seed
    return head + yaml.safe_dump(
        data, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=None
    )


def _is_as_in_its_file(scenario: Scenario) -> bool:
    """Whether the file that a scenario came from says the same, so that it can be extended."""
    return Path(scenario.source).is_file() and load(scenario.source).fingerprint == scenario.fingerprint


def _staffed(pool: dict[str, Any]) -> dict[str, Any]:
    return {key: pool[key] for key in ("agents", "shifts") if key in pool}
