"""Compare scenarios, or results that are there already, on the same callers."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from callcenter.language import gettext as _
from callcenter.scenario import Scenario, Source, load
from callcenter.study.comparisons.comparison import Comparison
from callcenter.study.designs.design import LARGEST_SEED, design_of, point
from callcenter.study.designs.labels import label, point_label
from callcenter.study.differences.difference import Side
from callcenter.study.errors import StudyError
from callcenter.study.result import Result, common_numbers
from callcenter.study.sweeps import Kept, SweepResult, conduct, reopen
from callcenter.study.workers.effort import Effort, effort_of
from callcenter.study.workers.work import Progress

REPLICATIONS = 30

SCENARIO = "scenario"
"""What the points of a comparison differ in; the rest of their settings is what changes all of them."""

Subject = Source | Result | SweepResult
"""A scenario or its file; a result, a sweep, or the directory of one, each point of which is a scenario."""


class ComparisonError(StudyError, ValueError):
    """What cannot be compared, and what to do."""


class _Entry(NamedTuple):
    """A scenario to simulate, or a result that is there already."""

    name: str
    scenario: Scenario
    result: Result | None = None
    changes: Mapping[str, object] = MappingProxyType({})
    """What was changed in it as in the others, by dotted path."""


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
    effort: Effort | None = None,
) -> Comparison:
    """Compare scenarios on the same callers, each with the first, or every two with ``all_pairs``.

    Differences are taken replication by replication (30 unless given), with the first scenario's seed unless
    given.  ``names`` call them otherwise than their scenarios do.  ``changes`` make a second scenario of a
    single one, as it is written against changed; of several, they apply to each, and the notes say so.  With
    ``out`` the replications are kept as by `sweep`.  Results that are there already must have one seed, and
    as many replications are used as all of them have.  ``engine``, ``workers`` and ``executor`` say who
    works, or ``effort`` says it at once.  Raises ComparisonError where they do not fit.
    """
    who = effort_of(effort, Effort(workers=workers, executor=executor, engine=engine))
    entries = _named(list(_all_entries(subjects, changes)))
    if len(entries) < 2:
        raise ComparisonError(_("a comparison needs two scenarios or more; name another file or directory"))
    if names:
        entries = _renamed(entries, names)
    seed, replications = _seed(entries, seed), _replications(entries, replications)
    missing = [entry for entry in entries if entry.result is None]
    if missing:
        points = [point(each.scenario, {SCENARIO: each.name, **each.changes}) for each in missing]
        design = design_of(f"comparison of {len(entries)} scenarios", points, seed, replications)
        study = conduct(design, who, Kept(out, command), on_progress=on_progress)
        simulated = dict(zip((entry.name for entry in missing), study.results, strict=True))
    results = [entry.result or simulated[entry.name] for entry in entries]
    numbers = common_numbers(results)[:replications]
    if not numbers:
        raise ComparisonError(_("the results have no replication in common; complete them first"))
    sides = (Side(entry.name, result.only(numbers)) for entry, result in zip(entries, results, strict=True))
    return Comparison(tuple(sides), all_pairs, _changed_alike(entries))


def compared(study: SweepResult) -> Comparison | None:
    """Return the comparison that a study was made for; None if it was made for something else."""
    if len(study.settings) < 2 or study.varied != (SCENARIO,):
        return None
    comparison = compare(study, all_pairs="--all-pairs" in study.origin.command.split())
    return replace(comparison, days_asked=study.days_asked)


def _all_entries(subjects: Sequence[Subject], changes: Mapping[str, object] | None) -> Iterator[_Entry]:
    """Yield every scenario and result; a single scenario and its changes are two."""
    alone = len(subjects) == 1 and changes
    if alone:
        yield from _entries(subjects[0], None)
    for subject in subjects:
        for entry in _entries(subject, changes):
            name = f"{entry.name} {point_label(changes, changes)}" if alone and changes else entry.name
            yield entry._replace(name=name, changes={} if alone else entry.changes)


def _changed_alike(entries: Sequence[_Entry]) -> tuple[str, ...]:
    """Return what was changed in all of them, as `path=value`."""
    first = entries[0].changes
    if any(entry.changes != first for entry in entries):
        return ()
    return tuple(f"{path}={label(value)}" for path, value in first.items())


def _entries(subject: Subject, changes: Mapping[str, object] | None) -> list[_Entry]:
    if isinstance(subject, str | os.PathLike) and Path(subject).is_dir():
        subject = reopen(subject)
    if not isinstance(subject, Result | SweepResult):
        scenario = load(subject, changes)
        return [_Entry(scenario.name, scenario, changes=changes or {})]
    if changes:
        raise ComparisonError(
            _("changes cannot apply to results that are there already; give scenario files")
        )
    if isinstance(subject, Result):
        return [_Entry(subject.routing or subject.scenario.name, subject.scenario, subject)]
    return _of_study(subject)


def _of_study(study: SweepResult) -> list[_Entry]:
    return [
        _Entry(_name(study, settings), result.scenario, result, _changes(settings))
        for settings, result in zip(study.settings, study.results, strict=True)
    ]


def _name(study: SweepResult, settings: Mapping[str, object]) -> str:
    if SCENARIO in settings:
        return str(settings[SCENARIO])
    return point_label(settings, study.varied) or study.name


def _changes(settings: Mapping[str, object]) -> Mapping[str, object]:
    """Return what a comparison changed in each of its scenarios, from the settings of a point of it."""
    return {path: value for path, value in settings.items() if SCENARIO in settings and path != SCENARIO}


def _named(entries: Sequence[_Entry]) -> list[_Entry]:
    """Give scenarios of one name the names of their files, or numbers."""
    counts = Counter(entry.name for entry in entries)
    by_file = [
        entry._replace(name=Path(entry.scenario.source).stem)
        if counts[entry.name] > 1 and entry.scenario.source
        else entry
        for entry in entries
    ]
    seen: Counter[str] = Counter()
    unique = []
    for entry in by_file:
        seen[entry.name] += 1
        number = seen[entry.name]
        unique.append(entry if number == 1 else entry._replace(name=f"{entry.name} ({number})"))
    return unique


def _renamed(entries: Sequence[_Entry], names: Sequence[str]) -> list[_Entry]:
    if len(names) != len(entries) or len(set(names)) < len(names):
        raise ComparisonError(
            _("{count} scenarios need as many different names, given {names}").format(
                count=len(entries), names=", ".join(names)
            )
        )
    return [entry._replace(name=name) for entry, name in zip(entries, names, strict=True)]


def _seed(entries: Sequence[_Entry], seed: int | None) -> int:
    seeds = {entry.name: entry.result.seed for entry in entries if entry.result is not None}
    if seed is not None and not 0 <= seed <= LARGEST_SEED:
        raise ComparisonError(
            _("seed must be from 0 to {most}, given {seed}").format(most=LARGEST_SEED, seed=seed)
        )
    if not seeds:
        return entries[0].scenario.seed if seed is None else seed
    if len({*seeds.values(), *([] if seed is None else [seed])}) > 1:
        given = _(", ").join(_("{seed} of {name}").format(seed=own, name=name) for name, own in seeds.items())
        message = _(
            "results of different seeds have different callers, given seeds {given}; "
            "run them again with the same --seed"
        )
        if seed is not None:
            message = _(
                "results of different seeds have different callers, given seeds {given}, asked for {seed}; "
                "run them again with the same --seed"
            )
        raise ComparisonError(message.format(given=given, seed=seed))
    return next(iter(seeds.values()))


def _replications(entries: Sequence[_Entry], replications: int | None) -> int:
    numbers = [entry.result.replications for entry in entries if entry.result is not None]
    if not numbers:
        return REPLICATIONS if replications is None else replications
    if replications is not None and replications > min(numbers):
        raise ComparisonError(
            _(
                "results have {fewest} replications, asked for {replications}; run them again with "
                "more, or ask for fewer"
            ).format(fewest=min(numbers), replications=replications)
        )
    return min(numbers) if replications is None else replications
