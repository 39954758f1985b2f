"""YAML by the rules of version 1.2, from files nobody trusts."""

from __future__ import annotations

import math
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.scenario import ScenarioError
from callcenter.scenario.files.yaml12 import parse
from callcenter.scenario.loading import read_yaml
from callcenter.scenario.marks import Mark


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20:00", "20:00"),
        ("08:30", "08:30"),
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("true", True),
        ("False", False),
        ("1e3", 1000.0),
        ("-1.5", -1.5),
        (".5", 0.5),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("2026-11-22", "2026-11-22"),
        ("~", None),
        ("null", None),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("6%", "6%"),
        ("=", "="),
        (".inf", math.inf),
        ("-.INF", -math.inf),
    ],
)
def test_scalars_of_yaml_1_2(text: str, value: object) -> None:
    """The core schema of YAML 1.2, not the surprises of 1.1."""
    read = parse(f"key: {text}", "x.yaml").data["key"]
    assert value == read
    assert type(value) is type(read)


def test_places_of_keys_and_values() -> None:
    """Every key and value knows its line and column, counted from 1."""
    tree = parse("a:\n  b: [1,\n      2]\n", "x.yaml")
    assert Mark("x.yaml", 2, 3) == tree.place(("a", "b")).key
    assert Mark("x.yaml", 2, 6) == tree.place(("a", "b")).value
    assert Mark("x.yaml", 3, 7) == tree.place(("a", "b", 1)).value


def test_a_missing_path_has_the_place_of_its_parent() -> None:
    """A problem of a key that is not there is shown where it belongs."""
    assert Mark("x.yaml", 1, 1) == parse("a:\n  b: 1\n", "x.yaml").place(("a", "c", "d")).key


def test_keys_are_always_text() -> None:
    """A tier may be called 1, or NO."""
    assert {"1": 1, "NO": 2, "true": 3} == parse("{1: 1, NO: 2, true: 3}", "x.yaml").data


def test_a_duplicate_key_names_both_lines() -> None:
    """The first value stays, and the problem names both lines."""
    tree = parse("a: 1\nb: 2\na: 3\n", "x.yaml")
    assert {"a": 1, "b": 2} == tree.data
    assert ["x.yaml:3:1: a: the key `a` is written twice, first in line 1; keep one of them"] == list(
        map(str, tree.problems)
    )


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!!binary", "!thing"]
)
def test_no_object_is_ever_made(tag: str) -> None:
    """Tags are refused, and what they stand before stays plain data."""
    tree = parse(f"a: {tag} [echo]", "x.yaml")
    assert {"a": ["echo"]} == tree.data
    assert "only plain data is read" in str(tree.problems[0])


def test_aliases_are_plain_data() -> None:
    """An alias repeats the value of its anchor."""
    assert {"a": [1, 2], "b": [1, 2]} == parse("a: &x [1, 2]\nb: *x\n", "x.yaml").data


def test_aliases_cannot_fill_the_memory() -> None:
    """Ten levels of ten aliases are ten thousand million values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    with pytest.raises(ScenarioError, match="aliases make more than 200,000 values"):
        parse("\n".join(lines), "x.yaml")


@pytest.mark.parametrize("text", ["[" * 5000, "{a: " * 5000, "- " * 5000, "a: " + "[" * 60 + "]" * 60])
def test_deep_nesting_is_refused(text: str) -> None:
    """Brackets without end are a problem and no crash."""
    with pytest.raises(ScenarioError, match="nested too deeply"):
        parse(text, "x.yaml")


@settings(deadline=None)
@given(st.text(alphabet="ab:{}[]&*!|>-?'\"%@`#,~ \n\t0", max_size=40))
def test_any_text_is_data_or_a_problem(text: str) -> None:
    """No text whatsoever leads to another exception than ScenarioError."""
    with suppress(ScenarioError):
        assert "x.yaml" == parse(text, "x.yaml").place(()).key.file


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a: |x\n",
            "1:5: after `|` or `>` the text begins in the next line; put a value that begins so in quotes",
        ),
        ("a: &* b\n", "1:5: a value cannot begin with `&` or `*` here; put it in quotes"),
        ("%'b'\n", "1:2: a line cannot begin with `%`; put the text in quotes"),
        ("? a: ? b\n", "1:6: a `?` is not expected here; put the text in quotes"),
        ("'a'b\n", "1:4: does not belong to what stands above; check the lines above"),
    ],
)
def test_signs_that_mean_something_in_yaml(text: str, expected: str) -> None:
    """Said with what to do, not in the parser's words."""
    with pytest.raises(ScenarioError) as raised:
        parse(text, "x.yaml")
    assert f"x.yaml:{expected}" == str(raised.value)


def test_a_file_must_be_utf8(tmp_path: Path) -> None:
    """Text of another encoding is refused with this reason."""
    path = tmp_path / "x.yaml"
    path.write_bytes("name: überall".encode("latin-1"))
    with pytest.raises(ScenarioError, match="is not UTF-8 text; save it as UTF-8"):
        read_yaml(path)


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    """Windows editors put one before the first key."""
    path = tmp_path / "x.yaml"
    path.write_text("name: x", encoding="utf-8-sig")
    assert {"name": "x"} == read_yaml(path).data


def test_a_file_has_a_largest_size(tmp_path: Path) -> None:
    """A data dump is no scenario."""
    path = tmp_path / "x.yaml"
    path.write_text("#" * (2**20 + 1))
    with pytest.raises(ScenarioError, match="is larger than 1 MB"):
        read_yaml(path)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("y.yaml", "there is no file"), (".", "is a folder"), ("x" * 5000, "is no file name")],
)
def test_what_is_no_file(tmp_path: Path, name: str, expected: str) -> None:
    """A missing file, a folder and an impossible name are problems like any other."""
    with pytest.raises(ScenarioError, match=expected):
        read_yaml(tmp_path / name)


def test_a_missing_file_suggests_its_neighbour(tmp_path: Path) -> None:
    """A slip in a file name is answered with the name that is there."""
    (tmp_path / "weekday.yaml").touch()
    with pytest.raises(ScenarioError, match=r"did you mean `weekday.yaml`\?"):
        read_yaml(tmp_path / "wekday.yaml")


def test_a_long_chain_of_aliases_is_refused() -> None:
    """Each of a thousand anchors holds the one before."""
    lines = ["a0: &a0 x", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 1000))]
    with pytest.raises(ScenarioError, match=r"x\.yaml:41:6: aliases nest this too deeply"):
        parse("\n".join(lines), "x.yaml")
