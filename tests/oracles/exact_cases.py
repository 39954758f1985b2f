"""The exact values of ``../shared/data/exact_cases.csv``, each computed in two ways by its authors."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

FILE = Path(__file__).parents[3] / "shared" / "data" / "exact_cases.csv"
ABSENT = "the exact values are absent: ../shared/data/exact_cases.csv"


class Case(NamedTuple):
    """One queue: its parameters and what is known of it."""

    params: dict[str, Any]
    values: dict[str, float]


@cache
def _by_model() -> dict[str, dict[str, Case]]:
    """Cases by model and case id, as far as the file is there; a case given a second time is left out."""
    models: dict[str, dict[str, Case]] = defaultdict(dict)
    for row in _rows():
        params = json.loads(row["params"])
        case = models[row["model"]].setdefault(row["case_id"], Case(params, {}))
        if case.params == params:
            case.values[row["metric"]] = float(row["value"])
    return models


def _rows() -> list[dict[str, str]]:
    if not FILE.exists():
        return []
    with FILE.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def cases_of(model: str) -> list[Any]:
    """Parameters for a test over the cases of a model, named by how the model's name starts."""
    if not FILE.exists():
        return [pytest.param(None, id="absent", marks=pytest.mark.skip(reason=ABSENT))]
    (name,) = [name for name in _by_model() if name.startswith(model)]
    return [pytest.param(case, id=case_id) for case_id, case in _by_model()[name].items()]
