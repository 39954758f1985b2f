"""Everything shown in README and docs is executed: scenarios, code with its numbers, commands and output."""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import callcenter as cc
from callcenter.scenario import Scenario
from callcenter.scenario.part import Part
from callcenter.study import load_design
from tests.commands import ROOT, output, parse

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
AS_SHOWN = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
_FILE_NAME = re.compile(r"# ([\w-]+\.yaml)\n")
_PROMPT = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_TABLE_KEY = re.compile(r"^\| `(\w+)`", re.MULTILINE)

DEMO = "sweep scenarios/sweeps/demo.yaml --out"


class Block(NamedTuple):
    """A fenced block: its language, its text, and the line where the text starts."""

    language: str
    text: str
    line: int


class Command(NamedTuple):
    """A command line and what the page shows below it, empty if nothing."""

    words: list[str]
    shown: str


def blocks(page: Path, language: str) -> list[Block]:
    """Return the fenced blocks of a page in a language."""
    text = page.read_text(encoding="utf-8")
    found = (
        Block(match[1], match[2], text.count("\n", 0, match.start()) + 2) for match in _FENCE.finditer(text)
    )
    return [block for block in found if block.language == language]


def commands(page: Path) -> list[Command]:
    """Return the commands of a page, whatever program they call."""
    prompts = [match for block in blocks(page, "console") for match in _PROMPT.finditer(block.text)]
    return [Command(shlex.split(prompt[1]), prompt[2]) for prompt in prompts]


def pages_with(language: str) -> list[Path]:
    """Return the pages that have a block in a language."""
    return [page for page in PAGES if blocks(page, language)]


def name_of(page: Path) -> str:
    """Return the page as a test's name."""
    return str(page.relative_to(ROOT))


def save_files(page: Path, folder: Path) -> list[Path]:
    """Save the YAML blocks of a page, each under the name in its first line, beside `scenarios`."""
    (folder / "scenarios").symlink_to(ROOT / "scenarios")
    for block in blocks(page, "yaml"):
        named = _FILE_NAME.match(block.text)
        assert named, f"line {block.line}: a YAML block starts with its file name, as in `# desk.yaml`"
        (folder / named[1]).write_text(block.text, encoding="utf-8")
    return sorted(folder.glob("*.yaml"))


@pytest.mark.parametrize("page", pages_with("yaml"), ids=name_of)
def test_files_load(page: Path, tmp_path: Path) -> None:
    """Every YAML block is a whole scenario, or a sweep of one on the same page."""
    for file in save_files(page, tmp_path):
        is_sweep = "\nvary:" in file.read_text(encoding="utf-8")
        assert load_design(file).points if is_sweep else cc.load(file).name


@pytest.mark.parametrize("page", pages_with("python"), ids=name_of)
def test_numbers_come_out(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python blocks of a page, one after the other, print what the page says they print."""
    save_files(page, tmp_path)
    monkeypatch.chdir(ROOT if page.name == "README.md" else tmp_path)
    source = "".join(_at_its_line(page))
    example = doctest.DocTestParser().get_doctest(source, {}, name_of(page), str(page), 0)

    result = doctest.DocTestRunner(optionflags=AS_SHOWN).run(example)

    assert 0 == result.failed


def _at_its_line(page: Path) -> Iterator[str]:
    """Yield the Python blocks with blank lines between, so that a failure names the page's line."""
    reached = 1
    for block in blocks(page, "python"):
        yield "\n" * (block.line - reached)
        yield block.text
        reached = block.line + block.text.count("\n")


@pytest.mark.parametrize("page", pages_with("console"), ids=name_of)
def test_commands_parse(page: Path) -> None:
    """Every `callcenter` command that a page shows exists, with these options."""
    for words, _ in commands(page):
        if words[0] == "callcenter":
            parse(words[1:])


@pytest.mark.parametrize("page", pages_with("console"), ids=name_of)
def test_commands_print_what_is_shown(page: Path, tmp_path: Path) -> None:
    """Commands print what stands below them; dots stand for anything."""
    save_files(page, tmp_path)

    for words, shown in commands(page):
        if words[0] == "callcenter" and shown:
            _assert_shown(shown, output(words[1:], tmp_path))


@pytest.mark.slow
def test_demo_prints_what_the_readme_shows(tmp_path: Path) -> None:
    """`make demo` is a sweep, and its figures are those of the README."""
    (shown,) = [shown for words, shown in commands(ROOT / "README.md") if words == ["make", "demo"] and shown]
    assert f"callcenter {DEMO} out/demo" in (ROOT / "Makefile").read_text(encoding="utf-8")

    _assert_shown(shown, output([*DEMO.split(), str(tmp_path)], ROOT))


def _assert_shown(shown: str, printed: str) -> None:
    """Compare without regard to spaces; the message is doctest's."""
    checker, example = doctest.OutputChecker(), doctest.Example("", shown)
    matches = checker.check_output(shown, printed, AS_SHOWN)

    assert matches, checker.output_difference(example, printed, AS_SHOWN)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to another file of the repository leads to one."""
    links = _LINK.findall(page.read_text(encoding="utf-8"))

    assert [] == [link for link in links if not (page.parent / link).exists()]


def test_tutorial_shows_the_real_messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mistakes that the tutorial makes are reported as it says."""
    page = ROOT / "docs/tutorial.md"
    save_files(page, tmp_path)
    monkeypatch.chdir(tmp_path)
    text = Path("desk.yaml").read_text(encoding="utf-8")
    broken = text.replace("patience: {exponential: 5 min}", "patience: 5", 1).replace("talk:", "talks:", 1)
    Path("desk.yaml").write_text(broken, encoding="utf-8")

    with pytest.raises(cc.ScenarioError) as raised:
        cc.load("desk.yaml")

    assert blocks(page, "text")[0].text.strip() == str(raised.value)


def test_reference_lists_every_key() -> None:
    """The page of the language has a section for each part of a scenario, with exactly its keys."""
    text = (ROOT / "docs/reference/scenario.md").read_text(encoding="utf-8")
    sections = dict(section.split("\n", 1) for section in text.split("\n### ")[1:])

    for part in _parts(Scenario):
        keys = [key for key in _TABLE_KEY.findall(sections[part.__name__]) if key != "extends"]
        assert [key for key in part.known_keys() if key != "extends"] == keys, part.__name__


def _parts(model: type[Part]) -> Iterator[type[Part]]:
    """Yield the models of the language's keys, distributions and calling hours left out."""
    known = {each.__name__: each for each in Part.__subclasses__()}
    yield model
    for name in ("Day", "Demand", "TierDemand", "Online", "Ivr", "Menu", "Tier", "Target", "CallbackRule"):
        yield known[name]
    for name in ("Escalation", "Redial", "Repeat", "Transfer", "Offer", "Value"):
        yield known[name]
    for name in ("Pool", "Serve", "PoolCallbacks", "Shift", "Break", "Callbacks", "ServiceLevel"):
        yield known[name]
