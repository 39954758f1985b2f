"""The page as Streamlit runs it, without a browser: widgets in, words out."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from callcenter.language import gettext as _
from callcenter.language import speaking
from callcenter.scenario import load
from callcenter.web import panel, whatif
from callcenter.web.dials import Dial, Group, Stands
from callcenter.web.server import LANGUAGE, SCENARIO
from tests.conftest import SCENARIO as TEXT

AppTest = pytest.importorskip("streamlit.testing.v1", reason="no Streamlit: install .[web]").AppTest

PAGE = Path(whatif.__file__).with_name("page.py")
SECONDS = 30


class Page:
    """A session of the page, whose dials are moved without a browser."""

    def __init__(self) -> None:
        self.app = AppTest.from_file(str(PAGE), default_timeout=SECONDS).run()

    @property
    def dials(self) -> dict[str, Dial]:
        """The dials, by their label."""
        groups: list[Group] = self.app.session_state["drawn"]
        return {dial.label: dial for group in groups for dial in group.dials}

    def tiles(self) -> dict[str, list[str]]:
        """Return the texts of each tile, by its name."""
        (tiles,) = [
            element.proto.body for element in self.app.get("html") if "tiles" in element.proto.body[:80]
        ]
        parts = re.findall(r'<div class="tile[^"]*"[^>]*data-tier="([^"]*)">(.*?)</div>', tiles, re.DOTALL)
        return {html.unescape(name): re.findall(r">([^<>\n]+)<", text) for name, text in parts}

    def sentences(self) -> str:
        """Return what stands below the tiles."""
        return " ".join(re.findall(r'<p class="(?:sentence|more)">(.*?)</p>', self._words()))

    def _words(self) -> str:
        return "".join(element.proto.body for element in self.app.get("html"))

    def slide(self, label: str, value: int) -> None:
        """Move a slider, or tick a box."""
        self.move(self.dials[label].name, value)

    def move(self, name: str, value: float | bool) -> None:
        """Move a dial by its name."""
        self.app.session_state["stand"] = {**self.app.session_state["stand"], name: value}
        self.app.run()

    def press(self, label: str) -> None:
        """Press a button."""
        (button,) = [button for button in self.app.button if button.label == label]
        button.click().run()

    @property
    def command(self) -> str:
        """The command that the page shows."""
        return str(self.app.code[-1].value)


def fake_stands(groups: list[Group], start: Stands, turn: str) -> Stands:
    """Stand in for the dials in the browser; a session remembers where its own stand."""
    import streamlit as st

    state = st.session_state
    if state.get("drawn_turn") != turn:
        state.drawn_turn, state.stand = turn, dict(start)
    state.drawn = groups
    return dict(state.stand)


@pytest.fixture(autouse=True)
def _dials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel, "stands", fake_stands)


@pytest.fixture
def page(scenario_file: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The page of the small hotline."""
    monkeypatch.setenv(SCENARIO, str(scenario_file))
    monkeypatch.setenv(LANGUAGE, "en")
    return Page()


def test_it_opens_with_the_scenario_as_written(page: Page, scenario_file: Path) -> None:
    """Tiles, one sentence, and the command at rest."""
    assert not page.app.exception
    assert not page.app.error
    assert ["vip", "mid", "regular", "agents", "callbacks owed"] == list(page.tiles())
    assert f"callcenter run {scenario_file} --seed 7 --replications 50" == page.command
    assert {"Calls", "Agents: desk", "Handle time", "Patience", "Share of vip", "Share of them"} <= {
        *page.dials
    }


def test_a_moved_slider_changes_the_verdict(page: Page) -> None:
    """More agents: the targets are met, and the page shows the difference."""
    before = page.tiles()["regular"]
    page.slide("Agents: desk", 10)
    after = page.tiles()["regular"]

    assert "✗ missed" in before
    assert "✓ met" in after
    assert after[-1].endswith(")")
    assert page.sentences().startswith("Every target is met. This variant answers ")
    assert "--set 'pools.desk.agents=[20, 20, 20, 20, 20, 20, 20, 20]'" in page.command


@pytest.mark.slow
def test_a_pinned_variant_is_the_reference(page: Page) -> None:
    """After pinning differences are those to the pinned variant, until it is unpinned."""
    page.slide("Calls", 110)
    page.press("Pin this variant")
    assert "pinned" not in page.sentences()
    page.slide("Calls", 90)

    assert "the pinned variant" in page.sentences()
    page.slide("Calls", 110)
    page.press("Unpin")
    assert "the scenario as written" in page.sentences()


@pytest.mark.slow
def test_sessions_do_not_see_each_other(page: Page) -> None:
    """What one person moves and pins, another one does not get to see."""
    other = Page()
    before = other.tiles()
    page.slide("Calls", 120)
    page.press("Pin this variant")
    other.app.run()

    assert before == other.tiles() != page.tiles()
    assert "--set" not in other.command


def test_back_to_the_scenario_as_written(page: Page) -> None:
    """All knobs stand at rest again."""
    words = page.tiles()
    page.slide("Handle time", 130)
    page.slide("Patience", 50)
    page.press("Back to as written")

    assert words == page.tiles()
    assert "--set" not in page.command


def test_refining_adds_replications(page: Page) -> None:
    """The next step has at least four times as many; a moved slider begins again with few."""
    page.press("Refine: 200 replications")
    assert page.command.endswith("--replications 200")
    page.slide("Calls", 105)
    assert page.command.endswith("--replications 50")


@pytest.mark.slow
def test_callbacks_and_priorities(page: Page) -> None:
    """The callback policy and the order of the tiers are knobs as well."""
    page.move("called_back/regular", value=True)
    page.move("priority/regular", 0)

    assert '--set \'tiers.regular.callback={"on": ["abandoned"]}\'' in page.command
    assert "--set tiers.regular.priority=0" in page.command
    assert not page.app.exception


def test_an_upload_takes_its_place(page: Page) -> None:
    """Another scenario starts with knobs at rest, and is taken for the page's own."""
    page.slide("Calls", 110)
    page.app.file_uploader[0].set_value(
        ("other.yaml", TEXT.replace("name: small", "name: <b>").encode(), "")
    ).run()

    assert "&lt;b&gt;" in page._words()
    assert "callcenter run other.yaml --seed 7 --replications 50" == page.command


@pytest.mark.slow
def test_a_wrong_upload_is_reported_in_plain_words(page: Page) -> None:
    """The problems stand at their places, and the scenario shown stays."""
    wrong = TEXT.replace("agents: 10", "agents: {file: x.csv}").encode()
    page.app.file_uploader[0].set_value(("wrong.yaml", wrong, "")).run()

    assert not page.app.exception
    assert page.app.code[0].value.startswith("wrong.yaml:27:14: pools.desk.agents.file: an uploaded scenario")
    assert "vip" in page.tiles()


@pytest.mark.slow
def test_impossible_knobs_are_reported_in_plain_words(
    scenario_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback, and a button that leads back."""
    monkeypatch.setenv(SCENARIO, str(scenario_file))
    monkeypatch.setattr("callcenter.web.uploads.MOST_CALLS", 600)  # written: 480
    page = Page()
    page.slide("Calls", 150)

    assert not page.app.exception
    assert "expects 720 calls a replication, the page follows at most 600" in page.command
    page.press("Back to as written")
    assert not page.app.error


def test_an_error_of_our_own_is_one_line(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever breaks, nobody is shown a traceback."""
    monkeypatch.setattr("callcenter.web.whatif.WhatIf.changed", lambda *_: 1 / 0)
    page.app.run()

    assert not page.app.exception
    assert "ZeroDivisionError: division by zero" == page.app.code[-1].value


def test_the_engine_is_compiled_before_anything_is_shown(
    scenario_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes a minute is done once, behind words that say so."""
    done: list[bool] = []
    monkeypatch.setenv(SCENARIO, str(scenario_file))
    monkeypatch.setattr(whatif, "needs_preparation", lambda: not done)
    monkeypatch.setattr(whatif, "make_ready", lambda: done.append(True))

    assert "vip" in Page().tiles()
    assert [True] == done


def test_it_speaks_chinese(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are those of the catalogue; the names of the file, and the command, stay as they are."""
    monkeypatch.setenv(LANGUAGE, "zh-CN")
    chinese = Page()
    with speaking("zh-CN"):
        expected = {_("Calls"), _("Handle time"), _("Patience"), _("Agents: {pool}").format(pool="desk")}

    assert expected <= {*chinese.dials}
    assert expected.isdisjoint(page.dials)
    assert ["vip", "mid", "regular"] == list(chinese.tiles())[:3]
    assert page.command == chinese.command


def test_without_a_scenario_it_asks_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing given, nothing shown but how to begin."""
    monkeypatch.setenv(SCENARIO, "")

    assert "Choose a scenario file" in Page().app.info[0].value


def test_the_widgets_follow_the_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shifts have a factor, many pools a common one, and what nobody has is not offered."""
    file = tmp_path / "many.yaml"
    data = load(_many_pools()).to_dict()
    file.write_text(str(data), encoding="utf-8")  # flow YAML
    monkeypatch.setenv(SCENARIO, str(file))
    labels = {label: dial.rest for label, dial in Page().dials.items()}

    assert 100 == labels["Agents of all pools"] == labels["Agents: desk 0"]
    assert 0 == labels["Agents: desk 1"]
    assert "Patience" not in labels


def _many_pools() -> dict[str, object]:
    pools = {f"desk {number}": {"serves": ["any"], "agents": 1} for number in range(1, 7)}
    shifts = [{"start": "08:00", "end": "10:00", "agents": 2}]
    return {
        "name": "many",
        "day": {"open": "08:00", "close": "10:00", "interval": "1 h"},
        "demand": {"calls": 60},
        "tiers": {"any": {"priority": 0, "talk": "1 min"}},
        "pools": {"desk 0": {"serves": ["any"], "shifts": shifts}, **pools},
    }
