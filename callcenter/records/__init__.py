"""Records: what was recorded of real calls, read from the logs of many programs and checked (contract 7).

The package is also the function: `cc.records("calls.csv")` is `callcenter.records.records("calls.csv")`.
"""

import sys
from types import ModuleType
from typing import Any

from callcenter.records.map import Map
from callcenter.records.maps import load_map
from callcenter.records.reading import records
from callcenter.records.records import Records
from callcenter.records.store import open_records

__all__ = ["Map", "Records", "load_map", "open_records", "records"]


class _Called(ModuleType):
    """A package that has the name of its one function, as the command `callcenter records` has."""

    def __call__(self, *args: Any, **options: Any) -> Records:
        """Return the records of log files; see `callcenter.records.records`."""
        return records(*args, **options)


sys.modules[__name__].__class__ = _Called
