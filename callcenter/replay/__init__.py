"""Recorded days simulated again: what a scenario makes of them, is it true of them, and why (contract 8).

The package is also the function: `cc.replay(scenario, records)` is `callcenter.replay.replaying.replay(...)`.
"""

import sys
from types import ModuleType
from typing import Any

from callcenter.replay.errors import ReplayError
from callcenter.replay.explaining import explain
from callcenter.replay.explanation.result import Explanation
from callcenter.replay.replaying import replay
from callcenter.replay.result import Replay
from callcenter.replay.validating import validate
from callcenter.replay.validation.result import Validation

__all__ = ["Explanation", "Replay", "ReplayError", "Validation", "explain", "replay", "validate"]


class _Called(ModuleType):
    """A package that has the name of its first function, as the command `callcenter replay` has."""

    def __call__(self, *args: Any, **options: Any) -> Replay:
        """Return recorded days beside the same days simulated; see `callcenter.replay.replaying.replay`."""
        return replay(*args, **options)


sys.modules[__name__].__class__ = _Called
