"""What a scenario may say but probably does not mean; `check` prints it."""

from __future__ import annotations

from callcenter.scenario.checks import callbacks, callers, staffing, work
from callcenter.scenario.model import Scenario

_CHECKS = (*callers.CHECKS, *staffing.CHECKS, *work.CHECKS, *callbacks.CHECKS)


def warnings(scenario: Scenario) -> list[str]:
    """Return one sentence for each thing in a valid scenario that its planner probably did not mean."""
    return [f"{path}: {sentence}" for check in _CHECKS for path, sentence in check(scenario)]
