"""Everything shown in README and docs is executed: scenarios, code with its numbers, commands and output."""

from __future__ import annotations

import doctest
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.main import get_command

import callcenter as cc
from callcenter.cli import app
from callcenter.records import load_map
from callcenter.scenario import Scenario
from callcenter.scenario.checks import warnings
from callcenter.scenario.files.yaml12 import parse as parse_yaml
from callcenter.scenario.part import Part
from callcenter.study import load_design
from callcenter.study.staffing import load_catalogue
from callcenter.study.staffing.catalogue import Catalogue, PartTime, Pause, Template, Week
from tests.commands import ROOT, output, parse

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
AS_SHOWN = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

_FENCE = re.compile(r"^( *)```(\S*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#:]*)(?:#([^)]*))?\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_FILE_NAME = re.compile(r"# ([\w-]+\.yaml)\n")
_PROMPT = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_TABLE_KEY = re.compile(r"^\| `(\w+)`", re.MULTILINE)

PROMPTS = {"python": ">>> ", "console": "$ "}
EXECUTED = ("yaml", *PROMPTS)
UNEXECUTED = {("{eval-rst}", "python.md")}
PROGRAMS = ("callcenter", "make", "git", "cd", "pip")

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


def blocks(page: Path, language: str = "") -> list[Block]:
    """Return the fenced blocks of a page, in a language if one is given."""
    text = page.read_text(encoding="utf-8")
    fences = (
        Block(match[2], match[3], text.count("\n", 0, match.start()) + 2) for match in _FENCE.finditer(text)
    )
    return [block for block in fences if language in (block.language, "")]


def commands(page: Path) -> list[Command]:
    """Return the commands of a page, whatever program they call."""
    prompts = [match for block in blocks(page, "console") for match in _PROMPT.finditer(block.text)]
    return [Command(shlex.split(prompt[1]), prompt[2]) for prompt in prompts]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(text))
    return {heading.strip().replace(" ", "-") for heading in plain}


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


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_block_goes_unexecuted(page: Path) -> None:
    """Blocks are files that are loaded, code that is run, commands, or text; Sphinx reads what is listed."""
    for block in blocks(page):
        assert (
            block.language in EXECUTED
            or (block.language, page.name) in UNEXECUTED
            or (block.language == "text")
        ), f"line {block.line}: nothing executes a block of {block.language or 'no language'}"
        if block.language in PROMPTS:
            assert block.text.startswith(PROMPTS[block.language]), f"line {block.line}: no prompt, so not run"


def test_the_readme_lists_every_command() -> None:
    """A stranger sees in the README what there is to type."""
    listed = re.findall(
        r"^\| `(\w+)[^`]*` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert set(listed) >= set(get_command(app).commands)  # type: ignore[attr-defined]


def test_blocks_are_all_found() -> None:
    """Opening and closing fences are distinguished, so that no block hides between two others."""
    for page in PAGES:
        fences = re.findall(r"^ *```", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(fences) == 2 * len(blocks(page)), name_of(page)


@pytest.mark.parametrize("page", pages_with("yaml"), ids=name_of)
def test_files_load(page: Path, tmp_path: Path) -> None:
    """Every YAML block is a whole scenario, a sweep of one on the same page, or a catalogue of shifts."""
    for file in save_files(page, tmp_path):
        text = file.read_text(encoding="utf-8")
        if "\nvary:" in text:
            assert load_design(file).points
        elif "\nsource:" in text:
            assert load_map(file).columns
        elif "\nshifts:" in text:
            assert load_catalogue(file).shifts
        else:
            assert cc.load(file).name


@pytest.mark.slow
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


def extras() -> set[str]:
    """Return what `pip install` may be given: the extras of this project, from its folder."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {f".[{name}]" for name in project["optional-dependencies"]}


@pytest.mark.parametrize("page", pages_with("console"), ids=name_of)
def test_commands_parse(page: Path) -> None:
    """Every `callcenter` command that a page shows exists, with these options."""
    for words, _ in commands(page):
        assert words[0] in PROGRAMS, words
        if words[0] == "callcenter" and words[-1] != "--help":
            parse(words[1:])
        if words[0] == "pip":
            assert words[2] in extras(), "name the folder that was cloned, as in `pip install '.[web]'`"
        if words[0] == "make":
            assert f"\n{words[1]}: " in (ROOT / "Makefile").read_text(encoding="utf-8"), words


@pytest.mark.slow
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
    links = {path for path, _ in _LINK.findall(page.read_text(encoding="utf-8"))}

    assert [] == [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_anchors_lead_somewhere(page: Path) -> None:
    """Every link to a heading leads to one, by the names that GitHub and the site give them."""
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    targets = {(page.parent / path if path else page, anchor) for path, anchor in links if anchor}

    assert [] == [(name_of(target), anchor) for target, anchor in targets if anchor not in anchors(target)]


@pytest.mark.slow
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


def test_reference_lists_every_key_of_the_catalogue() -> None:
    """Likewise the page of the shift catalogue; what is refused there is not listed."""
    text = (ROOT / "docs/reference/catalogue.md").read_text(encoding="utf-8")
    sections = dict(section.split("\n", 1) for section in text.split("\n### ")[1:])

    for part in (Catalogue, Template, Pause, PartTime, Week):
        keys = _TABLE_KEY.findall(sections[part.__name__])
        refused = {"agents", "days"} if part is Template else set()
        assert sorted({*part.known_keys()} - refused) == sorted(keys)


def test_every_notebook_is_listed() -> None:
    """The page of the notebooks leads to each of them."""
    page = ROOT / "docs/notebooks.md"
    links = {path for path, _ in _LINK.findall(page.read_text(encoding="utf-8"))}
    listed = {path for path in links if path.endswith(".ipynb")}

    assert {f"../notebooks/{file.name}" for file in (ROOT / "notebooks").glob("*.ipynb")} == listed


def test_reference_has_every_command() -> None:
    """The page of the commands shows the help of each; `docs/reference/make_commands.py` writes it."""
    page = ROOT / "docs/reference/commands.md"
    shown = [words[1] for words, _ in commands(page) if words[-1] == "--help"]

    assert list(get_command(app).commands) == shown  # type: ignore[attr-defined]


def test_reference_has_every_public_name() -> None:
    """The page of the Python interface documents all that the package offers."""
    text = (ROOT / "docs/reference/python.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\.\. auto\w+:: callcenter\.(?:\w+\.)*(\w+)(?:\(\))?$", text, re.MULTILINE))

    assert set() == {*cc.__all__} - documented


def test_every_wish_is_granted(tmp_path: Path) -> None:
    """Each line of the table is a scenario that extends the page's own, and no key of it is idle."""
    page = ROOT / "docs/guides/said-already.md"
    save_files(page, tmp_path)
    table = page.read_text(encoding="utf-8").partition("| wish | written as |")[2].partition("\n\n")[0]
    wishes = re.findall(r"^\| (.+?) \| `(\{.*?\})`", table, re.MULTILINE)
    plain = cc.load(tmp_path / "desk.yaml")

    assert len(table.splitlines()) - 2 == len(wishes)
    for wish, written in wishes:
        file = tmp_path / "wish.yaml"
        keys = parse_yaml(written, "wish").data
        file.write_text(json.dumps({"extends": "desk.yaml", **keys}), encoding="utf-8")
        scenario = cc.load(file)
        assert plain.fingerprint != scenario.fingerprint, wish
        assert [] == warnings(scenario), wish


def _parts(model: type[Part]) -> Iterator[type[Part]]:
    """Yield the models of the language's keys, distributions and calling hours left out."""
    known = {each.__name__: each for each in _below(Part)}
    yield model
    for name in ("Day", "Demand", "TierDemand", "IntervalFactor", "RecordedCalls"):
        yield known[name]
    for name in ("Online", "Ivr", "Returns", "Menu", "Silent"):
        yield known[name]
    for name in ("Tier", "Target", "CallbackRule"):
        yield known[name]
    for name in ("PresetTarget", "TierTarget", "SharedTarget", "PoolTarget"):
        yield known[name]
    for name in ("Escalation", "Redial", "Repeat", "Transfer", "Offer", "Value"):
        yield known[name]
    for name in (
        "Pool",
        "Serve",
        "PoolBreaks",
        "PoolCallbacks",
        "Shift",
        "Break",
        "Callbacks",
        "ServiceLevel",
    ):
        yield known[name]


def _below(model: type[Part]) -> Iterator[type[Part]]:
    """Yield all models that are made from one."""
    for each in model.__subclasses__():
        yield each
        yield from _below(each)
