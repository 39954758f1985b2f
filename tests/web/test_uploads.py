"""Scenario files that come from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.scenario import ScenarioError
from callcenter.scenario.loading import LARGEST_FILE
from callcenter.web.uploads import uploaded
from tests.conftest import SCENARIO


def refused(text: str | bytes) -> list[str]:
    """Return the problems of an upload that is refused."""
    with pytest.raises(ScenarioError) as raised:
        uploaded(text if isinstance(text, bytes) else text.encode(), "mine.yaml")
    return str(raised.value).splitlines()


def test_a_whole_scenario_is_taken() -> None:
    """An upload is the scenario that the file would be."""
    scenario = uploaded(SCENARIO.encode(), "mine.yaml")

    assert ("small", 7, "mine.yaml") == (scenario.name, scenario.seed, scenario.source)
    assert (60.0,) * 8 == scenario.demand.calls


def test_a_byte_order_mark_is_no_hindrance() -> None:
    """Windows writes one."""
    assert "small" == uploaded(SCENARIO.encode("utf-8-sig"), "mine.yaml").name


@pytest.mark.parametrize(
    ("written", "instead", "place"),
    [
        ("calls: 60", "calls: {file: /etc/passwd, column: calls}", "mine.yaml:5:11: demand.calls.file"),
        ("agents: 10", "agents: {column: a, file: ../x.csv}", "mine.yaml:27:25: pools.desk.agents.file"),
        ("agents: 10", "shifts: {file: roster.csv}", "mine.yaml:27:14: pools.desk.shifts.file"),
        ("name: small", "name: small\nextends: base.yaml", "mine.yaml:2:1: extends"),
        ("  calls: 60\n  mix:", "  replay: {records: /etc/passwd}\n  mix:", "mine.yaml:5:3: demand.replay"),
        (
            "{exponential: 4 min}",
            "{empirical: {file: a.csv, column: s}}",
            "mine.yaml:12:24: tiers.vip.talk.emp",
        ),
    ],
)
def test_other_files_are_refused(
    written: str, instead: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that names another is refused, at that place, and nothing is opened."""
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("a file was opened"))
    monkeypatch.setattr(Path, "is_file", lambda *_: pytest.fail("a file was looked for"))
    monkeypatch.setattr("callcenter.scenario.model.recording_of", lambda *_: pytest.fail("records were read"))
    (problem,) = refused(SCENARIO.replace(written, instead, 1))

    assert problem.startswith(place)
    assert "cannot name other files" in problem


def test_a_pool_may_be_called_file() -> None:
    """A name is not a reference."""
    scenario = uploaded(SCENARIO.replace("  desk:", "  file:").encode(), "mine.yaml")

    assert ["file"] == list(scenario.pools)


def test_everything_that_is_wrong_is_told_at_its_place() -> None:
    """The problems are those of the file, line and column, all at once."""
    text = SCENARIO.replace("agents: 10", "agents: many").replace("priority: 0", "priorty: 0")
    places = [": ".join(problem.split(": ")[:2]) for problem in refused(text)]

    assert [
        "mine.yaml:9:5: tiers.vip.priorty",
        "mine.yaml:27:13: pools.desk.agents",
    ] == sorted(places, key=lambda place: int(place.split(":")[1]))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a: 1\n" * LARGEST_FILE, "larger than 1 MB"),
        (b"name: \xff\xfe", "not UTF-8"),
        (b"", "nothing"),
        (b"- 1\n- 2", "a list of 2"),
        (b"scenario: a.yaml\nvary: {}", "this is a sweep"),
        (b"a: &a [*a]", "contains itself"),
        (b"a: !!python/object:os.system x", "only plain data"),
        (b"a: [", "mine.yaml:1"),
    ],
)
def test_what_is_no_scenario_is_refused(content: bytes, message: str) -> None:
    """Whatever is uploaded, the answer is a message."""
    assert any(message in problem for problem in refused(content))


@pytest.mark.parametrize("base", ["{file: base.yaml, a: b}", "{}", "[base.yaml]", "base.yaml"])
def test_a_base_is_refused_however_it_is_written(base: str) -> None:
    """A scenario without its base would be another one."""
    (problem,) = refused(SCENARIO + f"extends: {base}\n")

    assert "extends: an uploaded scenario cannot name other files" in problem


@pytest.mark.parametrize("name", ["extends", "file"])
def test_tiers_have_any_name(name: str) -> None:
    """A name is neither a base nor a file."""
    assert name in uploaded(SCENARIO.replace("vip", name).encode(), "mine.yaml").tiers


REDIAL = "\n    redial: {after: 1 s, attempts: 20, when: {abandoned: 100%}}"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"calls: 60": "calls: 200000"}, "demand: expects 1,600,000 calls a replication"),
        (
            {"calls: 60": "calls: 100000", "priority: 2": f"priority: 2{REDIAL}"},
            "tiers: may lead to 10,400,000 calls a replication",
        ),
        (
            {"seed: 7": "days: 366", "interval: 30 min": "interval: 1 min", "calls: 60": "calls: 0.1"},
            "day: has 351,360 intervals of days, tiers and pools",
        ),
    ],
)
def test_what_no_slider_could_follow_is_refused(changed: dict[str, str], message: str) -> None:
    """A small file that would fill the memory is refused before anything is simulated."""
    text = SCENARIO
    for written, instead in changed.items():
        text = text.replace(written, instead, 1)
    (problem,) = refused(text)

    assert message in problem
    assert "use `callcenter run`" in problem
