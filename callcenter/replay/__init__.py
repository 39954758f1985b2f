"""Recorded days simulated again: what a scenario makes of them, is it true of them, and why (contract 8).

The package is also the function: `cc.replay(scenario, records)` is `callcenter.replay.replaying.replay(...)`.
"""

from callcenter.homes import call_as
from callcenter.replay.errors import ReplayError
from callcenter.replay.explaining import explain
from callcenter.replay.explanation.result import Explanation
from callcenter.replay.replaying import replay
from callcenter.replay.result import Replay
from callcenter.replay.validating import validate
from callcenter.replay.validation.result import Validation

__all__ = ["Explanation", "Replay", "ReplayError", "Validation", "explain", "replay", "validate"]

call_as(__name__, replay)
