"""House English: names say what they hold, docstrings state, and callers are they."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import ROOT

PACKAGE = ROOT / "callcenter"
MOODS = frozenset(
    "found told said there wanted tell dice toss heads_down hire crew suspects opinion extras".split()
)
"""Names that say how something came about, or in what mood, but not what it is."""

_HE = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)
_SUFFIXES = (".py", ".j2", ".js", ".yaml")


def sources() -> list[Path]:
    """Return the files of the package that hold code or texts."""
    return sorted(file for file in PACKAGE.rglob("*") if file.suffix in _SUFFIXES)


def pages() -> list[Path]:
    """Return everything that users read outside the package."""
    folders = [ROOT / "docs", ROOT / "scenarios", ROOT / "notebooks"]
    files = [file for folder in folders for file in folder.rglob("*")]
    return [ROOT / "README.md", *sorted(f for f in files if f.suffix in (".md", ".yaml", ".ipynb"))]


def names(tree: ast.AST) -> Iterator[str]:
    """Yield every name that a module gives: functions, classes, arguments, variables, fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def docstrings(tree: ast.AST) -> Iterator[str]:
    """Yield the docstrings of a module, its classes and functions."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    yield from (ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, documented))


def prose(file: Path) -> str:
    """Return what people read of a file; of a notebook its cells, without pictures."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".ipynb":
        return text
    return "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])


@pytest.mark.parametrize(
    "file", [f for f in sources() if f.suffix == ".py"], ids=lambda f: str(f.relative_to(PACKAGE))
)
def test_names_say_what_they_hold(file: Path) -> None:
    """No name is a mood, and no docstring begins with `Say whether`."""
    tree = ast.parse(file.read_text(encoding="utf-8"))

    assert set() == MOODS & {name.strip("_").lower() for name in names(tree)}
    assert [] == [text for text in docstrings(tree) if text.startswith("Say whether")]


@pytest.mark.parametrize("file", [*sources(), *pages()], ids=lambda file: str(file.relative_to(ROOT)))
def test_callers_are_they(file: Path) -> None:
    """A caller, an agent and a customer are they."""
    lines = prose(file).splitlines()

    assert [] == [line for line in lines if _HE.search(line)]
