"""An uploaded scenario: bounded, checked like any file, and without access to other files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from callcenter.language import gettext as _
from callcenter.scenario import Problem, Scenario, ScenarioError
from callcenter.scenario.errors import shown
from callcenter.scenario.files.references import is_reference
from callcenter.scenario.files.yaml12 import parse
from callcenter.scenario.loading import LARGEST_FILE
from callcenter.scenario.marks import Path, Tree
from callcenter.scenario.parts.follow_ups import generations

READS_FILES = ("extends", "file")
"""Keys by which a scenario reads other files."""

REPLAY = ("demand", "replay")
"""The path of recorded calls."""

MOST_CALLS = 1_000_000
"""Calls of one replication; with more, no slider answers in time."""

MOST_FOLLOWED = 4 * MOST_CALLS
"""Calls of one replication with all that may follow them."""

MOST_FIGURES = 50_000
"""Intervals of all days, tiers and pools; each of them takes 150 bytes in every replication."""


def uploaded(content: bytes, name: str) -> Scenario:
    """Return the scenario of an uploaded YAML file; ScenarioError with everything that is wrong in it.

    No other file is read: a scenario that names one is refused.
    """
    tree = parse(_text(content, name), name)
    if not isinstance(tree.data, dict):
        message = _("a scenario is a mapping of keys, given {value}").format(value=shown(tree.data))
        raise ScenarioError([tree.problem((), message)])
    if "vary" in tree.data and "tiers" not in tree.data:
        raise ScenarioError([tree.problem((), _("this is a sweep; upload the scenario that it varies"))])
    return light_enough(Scenario.from_tree(_closed(tree)))


def _text(content: bytes, name: str) -> str:
    if len(content) > LARGEST_FILE:
        message = _("the file is larger than {size} MB").format(size=LARGEST_FILE // 2**20)
        raise ScenarioError([Problem(name, None, None, "", message)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = _("is not UTF-8 text; save it as UTF-8")
        raise ScenarioError([Problem(name, None, None, "", message)]) from None


def _closed(tree: Tree) -> Tree:
    """Return the tree with a problem at every key that would read a file; its value is not used."""
    doors = [*_doors(tree.data, ()), *_recordings(tree.data)]
    message = _(
        "an uploaded scenario cannot name other files; write their values here, "
        "or open it with `callcenter serve FILE`"
    )
    problems = (*tree.problems, *(tree.problem(path, message, "key") for path in doors))
    data = {key: value for key, value in tree.data.items() if key != "extends"}
    if REPLAY in doors:
        data["demand"] = {key: value for key, value in data["demand"].items() if key != REPLAY[-1]}
    broken = tree.broken | {path[:-1] or path for path in doors}
    return replace(tree, data=data, problems=problems, broken=broken)


def _recordings(data: Any) -> list[Path]:
    """Return where records are named: their calls would be read, from anywhere on this machine."""
    demand = data.get(REPLAY[0])
    return [REPLAY] if isinstance(demand, dict) and REPLAY[-1] in demand else []


def _doors(node: Any, path: Path) -> Iterator[Path]:
    if isinstance(node, dict):
        yield from ((*path, key) for key in READS_FILES if key in node and _is_door(node, path, key))
        for key, value in node.items():
            yield from _doors(value, (*path, key))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _doors(item, (*path, index))


def _is_door(node: dict[str, Any], path: Path, key: str) -> bool:
    """Whether a key reads a file; a tier or a pool may have its name."""
    return not path if key == "extends" else is_reference(path, node)


def light_enough(scenario: Scenario) -> Scenario:
    """Return the scenario; ScenarioError if it is too large for the page."""
    for place, figure, most, text in _sizes(scenario):
        if figure > most:
            message = text.format(calls=figure, most=most)
            raise ScenarioError([Problem(scenario.source, None, None, place, message)])
    return scenario


def _sizes(scenario: Scenario) -> Iterator[tuple[str, float, int, str]]:
    """Yield where a scenario can be too large, how large it is there, the most, and the message."""
    message = _(
        "expects {calls:,.0f} calls a replication, the page follows at most {most:,}; use `callcenter run`"
    )
    yield "demand", calls_of(scenario), MOST_CALLS, message
    message = _(
        "may lead to {calls:,.0f} calls a replication, the page follows at most {most:,}; "
        "use `callcenter run`"
    )
    yield "tiers", _followed(scenario), MOST_FOLLOWED, message
    message = _(
        "has {calls:,.0f} intervals of days, tiers and pools, the page shows at most {most:,}; "
        "use `callcenter run`"
    )
    yield "day", figures_of(scenario), MOST_FIGURES, message


def _followed(scenario: Scenario) -> float:
    firsts = {tier: scenario.days * sum(scenario.demand.expected(tier)) for tier in scenario.tiers}
    return sum(generations(scenario.tiers, firsts))


def figures_of(scenario: Scenario) -> int:
    """Return how many intervals there are, of all days, tiers and pools."""
    return scenario.days * scenario.day.intervals * (len(scenario.tiers) + len(scenario.pools))


def calls_of(scenario: Scenario) -> float:
    """Return the expected first calls of one replication."""
    return scenario.days * sum(sum(scenario.demand.expected(tier)) for tier in scenario.tiers)
