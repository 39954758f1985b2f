"""From a scenario and a seed to the call tape: all randomness happens here and nowhere else."""

from callcenter.demand.sampling import TICKS_PER_SECOND
from callcenter.demand.tape import HANGS_UP, SELF_SERVED, TO_AGENT, CallbackTape, CallTape, draw

__all__ = ["HANGS_UP", "SELF_SERVED", "TICKS_PER_SECOND", "TO_AGENT", "CallTape", "CallbackTape", "draw"]
