"""No message for people is written where it is raised and nowhere translated: the sources are read for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

import callcenter
from tests.chinese import not_chinese

PACKAGE = Path(callcenter.__file__).parent
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
PARTS = {part: list(files) for part, files in groupby(FILES, lambda file: file.partition("/")[0])}

MAKERS = ("wrong", "fault", "problem", "refusal", "Problem", "__init__")
"""What puts a message into an error, besides the classes of errors."""

SPOKEN = ("_", "gettext", "ngettext", "noted", "noted_plural")

EXCEPTIONS = {
    "__init__.py": "the AttributeError of a module, as Python words it",
    "homes.py": "the AttributeError of a module, as Python words it",
    "measure/tally.py": "bytes that only we write; the store names its damage",
    "scenario/files/yaml12.py": "a mark of our parser, put into words by `yaml_syntax`",
}
"""Files with errors for programmers, and why they are not translated."""

_WORDS = re.compile(r"[A-Za-z]{2,}\W* \W*[A-Za-z]{2,}")


def _source(file: str) -> str:
    return (PACKAGE / file).read_text(encoding="utf-8")


def _is_text(node: ast.AST) -> bool:
    """Whether it is a text of two words or more, values left aside."""
    if isinstance(node, ast.JoinedStr):
        parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
        return _WORDS.search(" ".join(map(str, parts))) is not None
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(_WORDS.search(node.value))


def _makes_a_message(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in MAKERS or name.endswith("Error")


def _unspoken(node: ast.AST, given: dict[str, list[ast.expr]]) -> Iterator[ast.expr]:
    """Yield the texts that an expression may be, directly or by a name, and that no catalogue has."""
    if isinstance(node, ast.Name):
        for value in given.get(node.id, []):
            yield from _unspoken(value, {})
    elif isinstance(node, ast.IfExp | ast.BinOp | ast.Starred | ast.Tuple):
        for inner in ast.iter_child_nodes(node):
            yield from _unspoken(inner, given)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        yield from _unspoken(node.func.value, given)
    elif isinstance(node, ast.expr) and _is_text(node):
        yield node


def _messages(function: ast.AST) -> Iterator[ast.expr]:
    """Yield what becomes a message in a function: arguments of errors, and the warnings it yields."""
    yields_warnings = isinstance(function, ast.FunctionDef) and (
        isinstance(function.returns, ast.Name) and function.returns.id == "Warnings"
    )
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and _makes_a_message(node):
            yield from [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and yields_warnings:
            yield node.value.elts[-1]


def english(source: str) -> list[str]:
    """Return the texts of a source that reach people in English whatever language is spoken."""
    found: dict[int, str] = {}
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    for function in functions:
        given: dict[str, list[ast.expr]] = {}
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                given.setdefault(node.targets[0].id, []).append(node.value)
        for message in _messages(function):
            found |= {text.lineno: ast.unparse(text) for text in _unspoken(message, given)}
    return [f"line {line}: {text}" for line, text in sorted(found.items())]


@pytest.mark.parametrize("part", PARTS)
def test_messages_pass_through_the_catalogue(part: str) -> None:
    """Errors and warnings are given no English sentence that is not marked for translation."""
    files = [file for file in PARTS[part] if file not in EXCEPTIONS]
    assert {} == {file: texts for file in files if (texts := english(_source(file)))}


@pytest.mark.parametrize("part", PARTS)
def test_the_catalogue_is_asked_for_whole_texts(part: str) -> None:
    """No f-string is looked up: its values are filled in before, and no catalogue has them."""
    trees = [ast.parse(_source(file)) for file in PARTS[part]]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    asked = [argument for call in calls if getattr(call.func, "id", "") in SPOKEN for argument in call.args]
    assert [] == [ast.unparse(text) for text in asked if isinstance(text, ast.JoinedStr)]


@pytest.mark.parametrize("file", EXCEPTIONS)
def test_each_exception_is_needed(file: str) -> None:
    """A file without such an error leaves the list."""
    assert english(_source(file))


@pytest.mark.parametrize(
    ("body", "is_found"),
    [
        ("raise fault('is not a number')", True),
        ("raise fault(_('is not a number'))", False),
        ("raise wrong(_('is not'), value, f'write {value} instead')", True),
        ("message = f'there is no {name}'\n    raise ValueError(message)", True),
        ("message = _('there is no {name}')\n    raise ValueError(message.format(name=name))", False),
        ("raise ValueError('there is no {name}'.format(name=name))", True),
        ("raise fault(_('is one') if value else 'is two')", True),
        ("raise fault(f'{name}: {error}')", False),
        ("return other('is not a number')", False),
    ],
)
def test_how_sources_are_read(body: str, is_found: bool) -> None:
    """Directly, through a name, through `format` and through a choice."""
    assert is_found == bool(english(f"def say():\n    {body}\n"))


def test_warnings_are_read_too() -> None:
    """What a check yields is a path and a sentence."""
    assert ["line 2: 'nobody calls'"] == english(
        "def check() -> Warnings:\n    yield 'a.b', 'nobody calls'\n"
    )


@pytest.mark.parametrize(
    ("text", "is_chinese"),
    [
        ("须为键值映射，实为 'a call centre'；请写 {share: 8%, to: second_line}", True),
        ("没有列 `a b c d`；请另存为 UTF-8 编码的 CSV", True),
        ("must be a mapping", False),
        ("须为键值映射; write its keys below it", False),
        ("42", False),
    ],
)
def test_what_is_chinese(text: str, is_chinese: bool) -> None:
    """Keys, names and values may be English, sentences may not."""
    assert is_chinese == (not_chinese([text]) == [])
