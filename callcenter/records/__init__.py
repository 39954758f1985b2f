"""Records: what was recorded of real calls, read from the logs of many programs and checked (contract 7).

The package is also the function: `cc.records("calls.csv")` is `callcenter.records.records("calls.csv")`.
"""

from callcenter.homes import call_as
from callcenter.records.map import Map
from callcenter.records.maps import load_map
from callcenter.records.reading import records
from callcenter.records.records import Records
from callcenter.records.store import open_records

__all__ = ["Map", "Records", "load_map", "open_records", "records"]

call_as(__name__, records)
