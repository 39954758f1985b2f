"""What a scenario may say but probably does not mean, but for its load; `check` prints it."""

from __future__ import annotations

from callcenter.scenario.checks import callbacks, callers, staffing, targets
from callcenter.scenario.model import Scenario

_CHECKS = (*callers.CHECKS, *staffing.CHECKS, *callbacks.CHECKS, *targets.CHECKS)


def warnings(scenario: Scenario) -> list[str]:
    """Return one sentence for each oddity that needs no figures, such as a rule that never applies."""
    sentences = (f"{path}: {sentence}" for check in _CHECKS for path, sentence in check(scenario))
    return list(dict.fromkeys(sentences))
