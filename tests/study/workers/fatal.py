"""Work that costs a worker its life."""

from __future__ import annotations

import os
import signal


def die_on_three(number: int) -> int:
    """Do some work, unless it is the third."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number
