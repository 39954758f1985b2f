"""Compare scenarios, or results that are there already, on the same callers."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import NamedTuple

from callcenter.scenario import Scenario, load
from callcenter.study.comparisons.comparison import Comparison
from callcenter.study.designs.design import LARGEST_SEED, Point, design_of, point
from callcenter.study.designs.labels import point_label
from callcenter.study.differences.difference import Side
from callcenter.study.errors import StudyError
from callcenter.study.result import Result, common_numbers
from callcenter.study.sweeps import SweepResult, conduct, reopen
from callcenter.study.workers.work import Effort, Progress

REPLICATIONS = 30

Subject = Scenario | Result | SweepResult | str | os.PathLike[str]
"""A scenario or its file; a result, a sweep, or the directory of one, each point of which is a scenario."""


class ComparisonError(StudyError, ValueError):
    """What cannot be compared, and what to do."""


class _Wanted(NamedTuple):
    """A scenario to simulate, or a result that is there."""

    name: str
    scenario: Scenario
    result: Result | None = None


def compare(
    *subjects: Subject,
    replications: int | None = None,
    seed: int | None = None,
    names: Sequence[str] = (),
    all_pairs: bool = False,
    changes: Mapping[str, object] | None = None,
    engine: str = "auto",
    workers: int | None = 1,
    out: str | os.PathLike[str] | None = None,
    executor: Executor | None = None,
    on_progress: Progress | None = None,
    command: str = "",
) -> Comparison:
    """Compare scenarios on the same callers, each with the first, or every two with ``all_pairs``.

    Differences are taken replication by replication (30 unless given), with the first scenario's seed unless
    given.  ``names`` call them otherwise than their scenarios do; ``changes`` apply to every scenario; with
    ``out`` the replications are kept as by `sweep`.  Results that are there already must have one seed, and
    as many replications are used as all of them have.  Raises ComparisonError where they do not fit.
    """
    wanted = _named([found for subject in subjects for found in _wanted(subject, changes)])
    if len(wanted) < 2:
        raise ComparisonError("a comparison needs two scenarios or more; name another file or directory")
    if names:
        wanted = _renamed(wanted, names)
    seed, replications = _seed(wanted, seed), _replications(wanted, replications)
    missing = [found for found in wanted if found.result is None]
    if missing:
        points = [_point(found) for found in missing]
        design = design_of(f"comparison of {len(wanted)} scenarios", points, seed, replications)
        study = conduct(design, Effort(engine, workers, executor, on_progress), out, command)
        simulated = dict(zip((found.name for found in missing), study.results, strict=True))
    results = [found.result or simulated[found.name] for found in wanted]
    numbers = common_numbers(results)[:replications]
    if not numbers:
        raise ComparisonError("the results have no replication in common; complete them first")
    return Comparison(
        tuple(Side(found.name, result.only(numbers)) for found, result in zip(wanted, results, strict=True)),
        all_pairs,
    )


def compared(study: SweepResult) -> Comparison | None:
    """Return the comparison that a study was made for; None if it was made for something else."""
    if len(study.settings) < 2 or study.varied != ("scenario",):
        return None
    return compare(study, all_pairs="--all-pairs" in study.origin.command.split())


def _point(found: _Wanted) -> Point:
    return point(found.scenario, {"scenario": found.name})


def _wanted(subject: Subject, changes: Mapping[str, object] | None) -> list[_Wanted]:
    if isinstance(subject, str | os.PathLike) and not Path(subject).is_dir():
        scenario = load(subject, changes)
        return [_Wanted(scenario.name, scenario)]
    if isinstance(subject, Scenario):
        scenario = subject.with_(changes) if changes else subject
        return [_Wanted(scenario.name, scenario)]
    if changes:
        raise ComparisonError("changes cannot apply to results that are there already; give scenario files")
    if isinstance(subject, Result):
        return [_Wanted(subject.routing or subject.scenario.name, subject.scenario, subject)]
    if isinstance(subject, SweepResult):
        return _of_study(subject)
    return _of_study(reopen(subject))


def _of_study(study: SweepResult) -> list[_Wanted]:
    return [
        _Wanted(_name(study, settings), result.scenario, result)
        for settings, result in zip(study.settings, study.results, strict=True)
    ]


def _name(study: SweepResult, settings: Mapping[str, object]) -> str:
    if list(settings) == ["scenario"]:
        return str(settings["scenario"])
    return point_label(settings, study.varied) or study.name


def _named(wanted: Sequence[_Wanted]) -> list[_Wanted]:
    """Give scenarios of one name the names of their files, or numbers."""
    counts = Counter(found.name for found in wanted)
    told = [
        found._replace(name=Path(found.scenario.source).stem)
        if counts[found.name] > 1 and found.scenario.source
        else found
        for found in wanted
    ]
    seen: Counter[str] = Counter()
    unique = []
    for found in told:
        seen[found.name] += 1
        number = seen[found.name]
        unique.append(found if number == 1 else found._replace(name=f"{found.name} ({number})"))
    return unique


def _renamed(wanted: Sequence[_Wanted], names: Sequence[str]) -> list[_Wanted]:
    if len(names) != len(wanted) or len(set(names)) < len(names):
        raise ComparisonError(
            f"{len(wanted)} scenarios need as many different names, given {', '.join(names)}"
        )
    return [found._replace(name=name) for found, name in zip(wanted, names, strict=True)]


def _seed(wanted: Sequence[_Wanted], seed: int | None) -> int:
    there = {found.name: found.result.seed for found in wanted if found.result is not None}
    if seed is not None and not 0 <= seed <= LARGEST_SEED:
        raise ComparisonError(f"seed must be from 0 to {LARGEST_SEED}, given {seed}")
    if not there:
        return wanted[0].scenario.seed if seed is None else seed
    if len({*there.values(), *([] if seed is None else [seed])}) > 1:
        given = ", ".join(f"{number} of {name}" for name, number in there.items())
        asked = "" if seed is None else f", asked for {seed}"
        raise ComparisonError(
            f"results of different seeds have different callers, given seeds {given}{asked}; "
            "run them again with the same --seed"
        )
    return next(iter(there.values()))


def _replications(wanted: Sequence[_Wanted], replications: int | None) -> int:
    there = [found.result.replications for found in wanted if found.result is not None]
    if not there:
        return REPLICATIONS if replications is None else replications
    if replications is not None and replications > min(there):
        raise ComparisonError(
            f"results have {min(there)} replications, asked for {replications}; "
            "run them again with more, or ask for fewer"
        )
    return min(there) if replications is None else replications
