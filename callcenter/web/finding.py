"""`Find the agents`: the fewest for the variant on the page, and the dials afterwards."""

from __future__ import annotations

from collections.abc import Mapping

from callcenter.scenario import Scenario
from callcenter.study.sentences.staffing import headline
from callcenter.study.staffing import Staffing, staff
from callcenter.web.dials import Stands
from callcenter.web.jobs import Job

OF_AGENTS = ("agents/", "shifts/", "staffing")
"""Dials that stand at rest once agents are written by interval."""


def search(variant: Scenario, seed: int, replications: int) -> Job:
    """Begin to look for the fewest agents, on the very callers that the page has simulated."""
    return Job(
        "staff", lambda report: staff(variant, replications=replications, seed=seed, on_progress=report)
    )


def agents_found(staffing: Staffing) -> dict[str, object]:
    """Return the agents found as changes to the scenario."""
    return {f"pools.{name}.agents": list(pool.agents or ()) for name, pool in staffing.need.pools.items()}


def at_rest(stands: Stands) -> dict[str, float | bool]:
    """Return where the dials stand, those of agents at rest."""
    return {name: value for name, value in stands.items() if not name.startswith(OF_AGENTS)}


def without_agents(edits: Mapping[str, object]) -> dict[str, object]:
    """Return edits less those of agents."""
    return {path: value for path, value in edits.items() if not path.endswith(".agents")}


def words(staffing: Staffing) -> list[str]:
    """Return what was found, and whether other days confirm it."""
    return list(headline(staffing))
