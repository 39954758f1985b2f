"""Files that extend others, and series from CSV files."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.scenario import Constant, Gamma, Serve, load
from tests.scenario.hotline import messages

BASE = """\
name: base
day: {open: 08:00, close: 10:00, interval: 30 min}
demand:
  calls: {file: data/calls.csv, column: calls}
  mix: {vip: 10%, regular: 90%}
ivr: {time: {exponential: 40 s}, self_service: 30%}
tiers:
  vip: {priority: 0, talk: {lognormal: {mean: 4 min, cv: 1}}, patience: {exponential: 3 min, at_most: 9 min}}
  regular: {priority: 1, talk: 3 min, callback: {on: [abandoned]}}
pools:
  desk: {serves: {vip: {}, regular: {keep_idle: 1}}, agents: [2, 3, 3, 2], callbacks: {}}
"""
CSV = "start,calls,agents,seconds\n08:00,20,2,12.5\n08:30,30.5,3,1 min\n\n09:00,30,3,0\n09:30,20,2,7\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a base scenario and its data, which is not the working directory."""
    (tmp_path / "data").mkdir()
    (tmp_path / "variants").mkdir()
    (tmp_path / "data" / "calls.csv").write_text(CSV)
    (tmp_path / "base.yaml").write_text(BASE)
    monkeypatch.chdir(tmp_path.parent)
    return tmp_path


def variant(folder: Path, text: str) -> Path:
    """Write a scenario that extends the base from another folder."""
    path = folder / "variants" / "variant.yaml"
    path.write_text("extends: ../base.yaml\n" + text)
    return path


def test_series_files_are_relative_to_the_yaml(folder: Path) -> None:
    """The CSV lies beside the scenario, wherever the command runs."""
    assert (20, 30.5, 30, 20) == load(folder / "base.yaml").demand.calls


def test_a_column_of_seconds_is_an_empirical_distribution(folder: Path) -> None:
    """Bare numbers in a file of observations are seconds; cells with units are read too."""
    path = variant(folder, "tiers: {vip: {talk: {empirical: {file: ../data/calls.csv, column: seconds}}}}")
    assert (12.5, 60, 0, 7) == load(path).tiers["vip"].talk.values  # type: ignore[attr-defined]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv_of_other_delimiters(folder: Path, delimiter: str) -> None:
    """Spreadsheets of many countries write semicolons."""
    (folder / "data" / "calls.csv").write_text(CSV.replace(",", delimiter))
    assert (20, 30.5, 30, 20) == load(folder / "base.yaml").demand.calls


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv_of_other_encodings(folder: Path, encoding: str) -> None:
    """As spreadsheets write them, in Europe and in China."""
    (folder / "data" / "calls.csv").write_text(CSV.replace("start", "时间"), encoding=encoding)
    assert (20, 30.5, 30, 20) == load(folder / "base.yaml").demand.calls


def test_a_figure_of_a_series_file_is_wrong_there(folder: Path) -> None:
    """The problem names the row and column of the CSV, not the YAML."""
    (folder / "data" / "calls.csv").write_text(CSV.replace("30.5", "-1"))
    (message,) = messages(folder / "base.yaml")
    place = folder / "data" / "calls.csv"
    assert f"{place}:3:2: demand.calls.1: cannot be negative, given -1; write 0 or more" == message


def test_a_missing_series_file_is_reported_once(folder: Path) -> None:
    """Also where changes are made on top, and beside the problems of those."""
    (folder / "data" / "calls.csv").unlink()
    lines = messages(folder / "base.yaml", {"demand.volume": "x"})
    assert [f"{folder}/base.yaml:4:10: demand.calls", "--set: demand.volume"] == [
        line.partition(": ")[0] + ": " + line.split(": ")[1] for line in lines
    ]


def test_a_series_file_has_a_largest_size(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recording of all calls is no series."""
    monkeypatch.setattr("callcenter.scenario.files.tables.LARGEST_FILE", 2**20)
    (folder / "data" / "calls.csv").write_text("calls\n" + "1\n" * 2**20)
    assert "is larger than 1 MB" in messages(folder / "base.yaml")[0]


def test_extends_overrides_deeply(folder: Path) -> None:
    """What is not named stays as it is in the base."""
    scenario = load(
        variant(folder, "name: variant\ntiers: {regular: {priority: 5}}\npools: {desk: {agents: 9}}")
    )
    assert ("variant", 5) == (scenario.name, scenario.tiers["regular"].priority)
    assert Constant(value=180) == scenario.tiers["regular"].talk
    assert ({"vip": Serve(), "regular": Serve(keep_idle=1)}, (9,) * 4) == (
        scenario.pools["desk"].serves,
        scenario.pools["desk"].agents,
    )


def test_extends_keeps_the_order_of_the_base(folder: Path) -> None:
    """The order of pools and tiers is the base's; new ones come last."""
    text = "tiers: {other: {priority: 9, talk: 1 min}, regular: {priority: 1}}"
    assert ["vip", "regular", "other"] == list(load(variant(folder, text)).tiers)


def test_extends_replaces_lists_and_distributions(folder: Path) -> None:
    """Another family is not mixed with the one below, nor are its clippings."""
    text = (
        "tiers: {vip: {talk: {gamma: {mean: 1 min, cv: 1}}, patience: {exponential: 1 min}}}\n"
        "pools: {desk: {serves: [vip, regular]}}"
    )
    scenario = load(variant(folder, text))
    assert Gamma(mean=60, cv=1) == scenario.tiers["vip"].talk
    assert scenario.tiers["vip"].patience.at_most == float("inf")
    assert {"vip": Serve(), "regular": Serve()} == scenario.pools["desk"].serves


def test_extends_switches_the_way_calls_are_stated(folder: Path) -> None:
    """Calls by tier take the place of calls and mix, and the other way round."""
    by_tier = variant(folder, "demand: {tiers: {vip: {calls: 3}, regular: {calls: 4}}}")
    assert ((3,) * 4, None) == (load(by_tier).demand.expected("vip"), load(by_tier).demand.mix)
    again = folder / "again.yaml"
    again.write_text("extends: variants/variant.yaml\ndemand: {calls: 10, mix: {vip: 50%, regular: 50%}}")
    assert (5,) * 4 == load(again).demand.expected("vip")


def test_none_takes_things_away(folder: Path) -> None:
    """`none` for the IVR and callbacks of the base."""
    scenario = load(variant(folder, "ivr: none\ntiers: {regular: {callback: none, target: none}}"))
    assert (None, None, None) == (
        scenario.ivr,
        scenario.tiers["regular"].callback,
        scenario.tiers["regular"].target,
    )


def test_an_empty_value_removes_what_the_base_has(folder: Path) -> None:
    """A whole tier can be left out of the base."""
    scenario = load(
        variant(
            folder,
            "demand: {mix: {vip: , regular: 100%}}\ntiers: {vip: }\npools: {desk: {serves: [regular]}}",
        )
    )
    assert ["regular"] == list(scenario.tiers)


def test_a_chain_of_files(folder: Path) -> None:
    """A variant of a variant; every file's paths are its own."""
    variant(folder, "name: variant\nseed: 2")
    top = folder / "top.yaml"
    top.write_text("extends: variants/variant.yaml\nseed: 3")
    scenario = load(top)
    assert ("variant", 3, (20, 30.5, 30, 20)) == (scenario.name, scenario.seed, scenario.demand.calls)
    assert str(top) == scenario.source


def test_problems_stand_where_the_key_really_stands(folder: Path) -> None:
    """What the variant overrides is the variant's problem, the rest the base's."""
    (folder / "base.yaml").write_text(BASE.replace("3 min, callback", "3, callback"))
    path = variant(folder, "pools: {desk: {agents: -1}}")
    assert [
        f"{path}:2:24: pools.desk.agents: is out of range, given -1; write a number from 0 to 100000",
        f"{folder}/base.yaml:9:32: tiers.regular.talk: a duration needs a unit, given 3; give a unit: 3 s?",
    ] == messages(path)


def test_a_file_cannot_extend_itself(folder: Path) -> None:
    """A circle of one."""
    path = folder / "self.yaml"
    path.write_text("extends: self.yaml")
    assert "extends this file in turn" in messages(path)[0]


def test_a_chain_has_an_end(folder: Path) -> None:
    """Nobody understands a variant of the twentieth degree."""
    for number in range(20):
        (folder / f"{number}.yaml").write_text(f"extends: {number + 1}.yaml")
    assert "more than 10 scenarios extend each other" in messages(folder / "0.yaml")[0]


@pytest.mark.parametrize("name", ["'\"a\\0b\"'", "/dev/zero", "."])
def test_what_cannot_be_extended(folder: Path, name: str) -> None:
    """Devices, folders and impossible names are problems like any other."""
    path = folder / "strange.yaml"
    path.write_text(f"extends: {name}")
    assert messages(path)[0].startswith(f"{path}:1:10: extends: ")


def test_plain_data_may_extend_a_file(folder: Path) -> None:
    """From Python the path is relative to the working directory."""
    data = {"extends": f"{folder.name}/base.yaml", "name": "from python"}
    assert "from python" == load(data).name


def test_plain_data_has_no_places() -> None:
    """Without a file a line is the path and what is wrong."""
    assert "name: is missing; write for example `name: ten-agents`" in messages({})
