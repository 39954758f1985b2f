"""YAML by the rules of version 1.2: plain data only, no duplicate keys, every value with its place."""

from __future__ import annotations

import math
import re
from typing import Any, NoReturn

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from callcenter.language import gettext as _
from callcenter.scenario.errors import Problem, ScenarioError
from callcenter.scenario.files.yaml_syntax import syntax_problem
from callcenter.scenario.marks import Mark, Path, Place, Tree, dotted
from callcenter.scenario.values import as_number

DEEPEST = 40
"""Levels of nesting; a scenario needs about ten."""

MOST_WRITTEN = 30_000
"""Keys and values written in one file; longer series belong into a CSV file."""

MOST_VALUES = 200_000
"""Values of one file with its aliases written out."""

_PLAIN = "tag:yaml.org,2002:"
_NULL = re.compile(r"~|null|Null|NULL|")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)


_EVENTS: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Tells in a moment how much is written in a file."""


class _Core(yaml.SafeLoader):
    """Composes nodes by the core schema of YAML 1.2: `20:00` and `NO` are text, `1e3` is a number."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way to hold them
    depth = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        """Compose a node, refusing a depth that would exhaust Python's stack."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=self.get_mark())
        node: Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


for _name, _pattern in (("null", _NULL), ("bool", _BOOL), ("int", _INT), ("float", _FLOAT)):
    _Core.add_implicit_resolver(_PLAIN + _name, re.compile(rf"(?:{_pattern.pattern})\Z"), None)


def parse(text: str, file: str) -> Tree:
    """Return the data of a YAML text with places in `file`; raises ScenarioError where it is no YAML."""
    if len(text) > MOST_WRITTEN:
        _refuse_too_many(text, file)
    try:
        node = _Core(text).get_single_node()
    except yaml.YAMLError as error:
        raise ScenarioError([syntax_problem(error, text, file)]) from None
    if node is not None:
        _Extents(file).of(node)
    reader = _Reader(file)
    data = reader.value(node, ()) if node is not None else None
    reader.places[()] = Place(Mark(file, 1, 1), Mark(file, 1, 1))
    return Tree(data, reader.places, tuple(reader.problems), frozenset(reader.broken))


def _refuse_too_many(text: str, file: str) -> None:
    """Refuse a text of more keys and values than are read in a moment, at the list that has them."""
    begun: list[yaml.Event] = []
    written = 0
    try:
        for event in yaml.parse(text, Loader=_EVENTS):
            written += isinstance(event, yaml.ScalarEvent | yaml.AliasEvent)
            if isinstance(event, yaml.CollectionStartEvent):
                begun.append(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                begun.pop()
            if written > MOST_WRITTEN:
                mark = begun[-1].start_mark
                assert mark is not None
                message = _(
                    "more than {most:,} keys and values are written here; "
                    "put long series into a CSV file and write {{file: x.csv, column: name}}"
                ).format(most=MOST_WRITTEN)
                raise ScenarioError([Problem(file, mark.line + 1, mark.column + 1, "", message)])
    except yaml.YAMLError:
        return  # said in a planner's words when the text is read


class _Extents:
    """Sizes and depths of nodes with their aliases written out, found without writing them out."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.known: dict[Node, tuple[int, int] | None] = {}

    def of(self, node: Node) -> tuple[int, int]:
        """Return how many values a node has and how many levels; refuses too many of either."""
        if node not in self.known:
            self.known[node] = None
            extents = [self.of(child) for child in _children(node)]
            self.known[node] = (
                1 + sum(size for size, _levels in extents),
                1 + max((levels for _size, levels in extents), default=0),
            )
        extent = self.known[node]
        if extent is None:
            self._refuse(node, _("an alias contains itself; write the values out"))
        if extent[0] > MOST_VALUES:
            self._refuse(
                node,
                _("aliases make more than {most:,} values of this; write less").format(most=MOST_VALUES),
            )
        if extent[1] > DEEPEST:
            self._refuse(node, _("aliases nest this too deeply; write the values out"))
        return extent

    def _refuse(self, node: Node, message: str) -> NoReturn:
        raise ScenarioError([_mark(node, self.file).problem("", message)])


def _children(node: Node) -> list[Node]:
    if isinstance(node, MappingNode):
        return [child for pair in node.value for child in pair]
    return list(node.value) if isinstance(node, SequenceNode) else []


def _mark(node: Node, file: str) -> Mark:
    return Mark(file, node.start_mark.line + 1, node.start_mark.column + 1)


class _Reader:
    """Turns composed nodes into plain data, keeping their places."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Path, Place] = {}
        self.problems: list[Problem] = []
        self.broken: set[Path] = set()

    def value(self, node: Node, path: Path) -> Any:
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return self._sequence(node, path)
        self._refuse_object(node, path, ("str", "null", "bool", "int", "float"))
        return _scalar(node)

    def _sequence(self, node: SequenceNode, path: Path) -> list[Any]:
        self._refuse_object(node, path, ("seq",))
        items = []
        for index, item in enumerate(node.value):
            self.places[*path, index] = Place(_mark(item, self.file), _mark(item, self.file))
            items.append(self.value(item, (*path, index)))
        return items

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        self._refuse_object(node, path, ("map",))
        mapping: dict[str, Any] = {}
        for key, value in node.value:
            here = (*path, self._key(key, path))
            if here[-1] in mapping:
                self._duplicate(key, here)
                continue
            self.places[here] = Place(_mark(key, self.file), _mark(value, self.file))
            mapping[str(here[-1])] = self.value(value, here)
        return mapping

    def _key(self, node: Node, path: Path) -> str:
        if not isinstance(node, ScalarNode):
            message = _("a key must be a plain word; check the brackets and colons")
            raise ScenarioError([_mark(node, self.file).problem(dotted(path), message)])
        return str(node.value)

    def _duplicate(self, node: Node, path: Path) -> None:
        first = self.places[path].key.line
        message = _("the key `{path}` is written twice, first in line {first}; keep one of them").format(
            path=path[-1], first=first
        )
        self.problems.append(_mark(node, self.file).problem(dotted(path), message))

    def _refuse_object(self, node: Node, path: Path, plain: tuple[str, ...]) -> None:
        if node.tag not in [_PLAIN + name for name in plain]:
            tag = node.tag.replace(_PLAIN, "!!")
            message = _("only plain data is read, given the tag `{tag}`; remove the tag").format(tag=tag)
            self.problems.append(_mark(node, self.file).problem(dotted(path), message))
            self.broken.add(path)


def _scalar(node: Node) -> Any:
    text = str(node.value)
    kind = node.tag.removeprefix(_PLAIN)
    if kind == "null" and _NULL.fullmatch(text):
        return None
    if kind == "bool" and _BOOL.fullmatch(text):
        return text.lower() == "true"
    if kind in ("int", "float") and _INT.fullmatch(text):
        return _integer(text)
    if kind in ("int", "float") and _FLOAT.fullmatch(text):
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


def _integer(text: str) -> int | float:
    """Return a number; one with more digits than any float is infinite, as Python refuses to convert it."""
    if text[:2] in ("0o", "0x"):
        return int(text, 0) if len(text) < 60 else math.inf
    return as_number(text)
