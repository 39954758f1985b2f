"""A second opinion: the other engine on the same callers, compared call by call."""

from __future__ import annotations

import json
from collections.abc import Iterator
from time import perf_counter
from typing import Any

import numpy as np

from callcenter.calllog import CallLog
from callcenter.demand import draw
from callcenter.engine import ENGINES, prepare, simulate
from callcenter.study.insights.bench import calls_of
from callcenter.study.insights.findings import LeftOut, SecondOpinion
from callcenter.study.result import Result
from callcenter.study.store.notebook import Notebook, key_of

MOST_CALLS = 60_000
"""Calls that the SimPy engine is given, about half a second of its time."""

MOST_REPLICATIONS = 3
"""A slip of an engine shows in the first days if it shows at all."""


def second_opinion(
    result: Result,
    most_calls: int = MOST_CALLS,
    notebook: Notebook = Notebook(),  # noqa: B008 (keeps nothing)
) -> SecondOpinion | LeftOut:
    """Simulate the first replications with both engines and compare every column of both logs.

    As many replications as stay within ``most_calls`` calls, at most three.  Says why it is left out: one
    replication has more calls (``over_budget``), or a routing rule of the user's own made the result, which
    only one engine can run (``own_rule``).
    """
    if result.routing:
        return LeftOut("second_opinion", "own_rule")
    calls = calls_of(result)
    number = min(MOST_REPLICATIONS, result.replications, int(most_calls // calls))
    if not number:
        return LeftOut("second_opinion", "over_budget", numbers={"calls": calls, "allowed": most_calls})
    engines = (result.engine, next(name for name in ENGINES if name != result.engine))
    numbers = result.numbers[:number]
    on = (result.scenario.fingerprint, result.seed, engines, numbers)
    key = key_of("second opinion", SecondOpinion._fields, *on)
    kept = notebook.read([key])
    if kept:
        return _read(kept[key])
    second = _compared_by(result, engines, numbers)
    notebook.write([(key, json.dumps(second).encode())])
    return second


def _read(kept: bytes) -> SecondOpinion:
    """Return what was written as JSON, its lists as the tuples they were."""
    parts = [tuple(part) if isinstance(part, list) else part for part in json.loads(kept)]
    return SecondOpinion._make(parts)


def _compared_by(result: Result, engines: tuple[str, str], numbers: tuple[int, ...]) -> SecondOpinion:
    """Simulate replications with both engines."""
    prepare("compiled")
    seconds, rows, names = dict.fromkeys(engines, 0.0), 0, dict[str, bool]()
    for replication in numbers:
        first, second = (_timed(result, replication, engine, seconds) for engine in engines)
        rows += first.arrived.size
        for name, is_same in _compared(first, second):
            names[name] = names.get(name, True) and is_same
    differing = tuple(name for name, is_same in names.items() if not is_same)
    took = (seconds[engines[0]], seconds[engines[1]])
    return SecondOpinion(engines, numbers, rows, len(names), not differing, differing, took)


def _timed(result: Result, replication: int, engine: str, seconds: dict[str, float]) -> CallLog:
    tape = draw(result.scenario, result.seed, replication)
    start = perf_counter()
    log = simulate(result.scenario, tape, engine)
    seconds[engine] += perf_counter() - start
    return log


def _compared(first: Any, second: Any, prefix: str = "") -> Iterator[tuple[str, bool]]:
    """Yield every column of two logs; those of a log within come with its name before."""
    for name, one, other in zip(first._fields, first, second, strict=True):
        if hasattr(one, "_fields"):
            yield from _compared(one, other, f"{prefix}{name}.")
        else:
            yield prefix + name, bool(np.array_equal(one, other, equal_nan=_has_nan(one)))


def _has_nan(column: Any) -> bool:
    return np.asarray(column).dtype.kind == "f"
