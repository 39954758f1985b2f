"""The types of arrays: what their entries are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Indices = npt.NDArray[np.int32]
Codes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Record = Any
"""Of several fields, as compiled code reads and writes it."""
Records = npt.NDArray[np.void]


def columns_of(records: Any, names: Mapping[str, npt.DTypeLike]) -> dict[str, npt.NDArray[Any]]:
    """Return fields of records by name, each an array of its own, of the type that goes with its name."""
    return {name: records[name].astype(dtype) for name, dtype in names.items()}
