"""How a call leaves the IVR."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Exits = npt.NDArray[np.int8]

TO_AGENT, SELF_SERVED, HANGS_UP = 0, 1, 2
