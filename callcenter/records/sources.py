"""What a file is: the log of a known program, a table that a map describes, or one that must be guessed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from callcenter.records.guess import guessed
from callcenter.records.layout import TOGETHER
from callcenter.records.map import Map
from callcenter.records.maps import load_map, shapes
from callcenter.records.queue_log import QueueLog, is_queue_log, open_queue_log
from callcenter.records.rows import READABLE, RawTable, kind_of, of_frame, open_table
from callcenter.scenario.errors import fault
from callcenter.scenario.files.reading import missing_file
from callcenter.scenario.files.tables import CSV_FILES

Given = str | os.PathLike[str] | pd.DataFrame

QUEUE_LOG = "queue_log"


class Opened(NamedTuple):
    """A table, the map of its columns, and the events behind it if it is a queue_log."""

    table: RawTable
    map: Map
    events: QueueLog | None = None


def opened(source: Given, given: Map | Mapping[str, Any]) -> Opened:
    """Return what a file holds, by the map if there is one, else by what it looks like.

    Raises the error of a value where it is no log.
    """
    if isinstance(source, pd.DataFrame):
        return _of_table(of_frame(source), source, given)
    file = Path(source)
    missing = missing_file(file)
    if missing:
        raise fault(missing)
    named = given.source if isinstance(given, Map) else given.get("source", "")
    if named == QUEUE_LOG or (not named and _may_be_events(file) and is_queue_log(file)):
        log = open_queue_log(file, given.encoding if isinstance(given, Map) else "")
        known = given if isinstance(given, Map) else load_map({**given, "source": QUEUE_LOG})
        return Opened(log.table(), known, log)
    if not isinstance(given, Map):
        return _of_table(open_table(file, (), *_settings(given)), source, given)
    return Opened(open_table(file, _named(given), given.sheet, given.encoding, given.separator or ""), given)


def _named(given: Map) -> list[str]:
    """Return the columns that a map speaks of."""
    columns = [name for names in given.columns.values() for name in names[:1] if TOGETHER not in name]
    rules = (*given.outcomes.values(), *given.drop.values(), *given.tiers.values())
    roles = {*given.columns, ""}
    return list(dict.fromkeys([*columns, *(name for rule in rules for name in rule if name not in roles)]))


def _settings(given: Mapping[str, Any]) -> tuple[object, str, str]:
    return given.get("sheet"), str(given.get("encoding", "")), str(given.get("separator", ""))


def _may_be_events(file: Path) -> bool:
    return kind_of(file) in CSV_FILES or kind_of(file) not in READABLE


def _of_table(table: RawTable, source: Given, given: Map | Mapping[str, Any]) -> Opened:
    if isinstance(given, Map):
        return Opened(table, given)
    program = next(
        (name for name, known_by in shapes().items() if known_by and set(known_by) <= set(table.header)), ""
    )
    if program or given.get("source"):
        return opened(source, load_map({"source": program, **given}))
    return Opened(table, guessed(table, given))
