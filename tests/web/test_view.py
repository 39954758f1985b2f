"""Tiles, sentences and figures of a variant."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor

import pytest

import callcenter as cc
from callcenter.language import gettext, speaking
from callcenter.scenario import Scenario
from callcenter.study import Difference, Result
from callcenter.web import pictures
from callcenter.web.view import (
    Tile,
    View,
    difference_words,
    plain,
    render,
    tiers_by_need,
    verdict_sentence,
    view_of,
)
from callcenter.web.whatif import difference

NAMES = ("the scenario as written", "this variant")


@pytest.fixture
def written(scenario: Scenario) -> Result:
    """Six days of the small hotline."""
    return cc.run(scenario, 6)


@pytest.fixture
def more(scenario: Scenario) -> Result:
    """The same days with four agents more."""
    return cc.run(scenario.with_({"pools.desk.agents": 14}), 6)


def view(result: Result, reference: Result) -> View:
    """Return the view of a variant beside its reference."""
    return view_of(result, reference, difference(reference, result, NAMES))


def of_rate(value: float, low: float, high: float, *, different: bool) -> Difference:
    """Return a difference of an answer rate."""
    return Difference("a", "b", "vip", "service_level", 0.5, 0.5, value, low, high, 0.0, 0.0, different, None)


def test_tiles_say_what_the_summary_says(written: Result) -> None:
    """A tile for each tier with a target, for the agents, and for the callbacks."""
    tiles = {tile.name: tile for tile in view(written, written).tiles}
    level = written.summary["tiers"]["mid"]["service_level"]
    owed = written.summary["callbacks"]["created"]["value"]

    assert ["vip", "mid", "regular", "agents", "callbacks owed"] == list(tiles)
    assert f"{level['value']:.1%}" == tiles["mid"].figure
    assert level["verdict"] == tiles["mid"].kind
    assert "target 85% in 20 s" == tiles["mid"].notes[1]
    assert "40 h a day" == tiles["agents"].figure
    assert f"{owed:.1f}" == tiles["callbacks owed"].figure


def test_the_reference_has_no_differences(written: Result) -> None:
    """As long as nothing is moved there is one sentence, and no difference."""
    shown = view(written, written)

    assert 1 == len(shown.sentences)
    assert [""] * 5 == [tile.difference for tile in shown.tiles]


def test_a_variant_has_differences(written: Result, more: Result) -> None:
    """Sixteen agent-hours more, and the paired difference of each tier."""
    shown = view(more, written)
    tiles = {tile.name: tile for tile in shown.tiles}

    assert "+16.0 h a day" == tiles["agents"].difference
    assert re.fullmatch(r"\+\d+\.\d points \(\+\d+\.\d to \+\d+\.\d\)", tiles["regular"].difference)
    assert shown.sentences[1].startswith("This variant answers ")
    assert shown.sentences[1].endswith(" in time than the scenario as written.")


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (None, ""),
        (of_rate(0.0, 0.0, 0.0, different=False), "no difference"),
        (of_rate(0.0001, -0.0002, 0.0003, different=False), "no difference shown"),
        (of_rate(0.0102, -0.0001, 0.0205, different=False), "no difference shown (0.0 to +2.1)"),
        (of_rate(-0.021, -0.030, -0.012, different=True), "−2.1 points (−3.0 to −1.2)"),
    ],
)
def test_a_difference_is_only_claimed_where_it_is_shown(rate: Difference | None, expected: str) -> None:
    """What the interval does not show is not claimed."""
    assert expected == difference_words(rate)


def test_verdicts_in_words(written: Result, scenario: Scenario) -> None:
    """Which tiers meet their target; how far the others are from it."""
    many = cc.run(scenario.with_({"pools.desk.agents": 60}), 3)
    none = cc.run(scenario.with_({"pools.desk.agents": 0}), 3)
    free = cc.run(scenario.with_({f"tiers.{name}.target": "none" for name in scenario.tiers}), 1)

    assert "Every target is met." == verdict_sentence(many)
    assert "Missed, in points: vip (−90.0), mid (−85.0), regular (−85.0)." == verdict_sentence(none)
    assert "No tier has a target." == verdict_sentence(free)
    assert "regular" in verdict_sentence(written)


def test_names_are_text_and_nothing_else() -> None:
    """A name is shown as it is written, whatever it looks like."""
    name = "<script>alert('&')</script>"
    html = render(View([Tile(name, name, (name,), name, name)], [name, name]))

    assert "<script" not in html
    assert 8 == html.count("&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;")


def svg_of(image: str) -> str:
    """Return the document inside an `<img>` element."""
    match = re.fullmatch(r'<img alt="[^"]+" src="data:image/svg\+xml;base64,([^"]+)">', image)
    assert match
    return base64.b64decode(match[1]).decode()


def test_figures_need_nothing_else(written: Result, more: Result) -> None:
    """Each is a document of its own, with text as text, that names no other place but its language."""
    for image in (
        pictures.rate_picture(more, written, "regular"),
        pictures.agents_picture(more, written),
        pictures.backlog_picture(more, written),
    ):
        svg = svg_of(image)
        root = ET.fromstring(svg)  # noqa: S314 - our own
        texts = {element.text for element in root.iter() if element.tag.endswith("}text")}

        assert "09:00" in texts
        assert {"http://www.w3.org/2000/svg"} == set(re.findall(r"https?://[^\"'\s)]+", svg))


@pytest.mark.slow
def test_sessions_draw_at_the_same_time(written: Result, more: Result) -> None:
    """Figures come out the same, whoever else is drawing."""
    drawn = [(more, written, tier) for tier in ("vip", "mid", "regular")] * 3
    alone = [pictures.rate_picture(*each) for each in drawn]
    with ThreadPoolExecutor(3) as sessions:
        assert alone == list(sessions.map(lambda each: pictures.rate_picture(*each), drawn))


def test_the_reference_stands_behind_in_grey(written: Result, more: Result) -> None:
    """A figure beside its reference has one muted line more."""

    def lines(image: str) -> int:
        return svg_of(image).count("stroke: var(--muted)")

    for drawn in (pictures.agents_picture, pictures.backlog_picture):
        assert 1 == lines(drawn(more, written)) - lines(drawn(more, more))
    rates = [pictures.rate_picture(more, behind, "regular") for behind in (written, more)]
    assert 1 == lines(rates[0]) - lines(rates[1])


def test_the_chart_begins_with_the_tier_in_need(written: Result) -> None:
    """The tier furthest below its target, or least above it."""
    levels = {name: tier["service_level"] for name, tier in written.summary["tiers"].items()}
    margins = {name: levels[name]["value"] - levels[name]["target"] for name in ("vip", "mid", "regular")}

    assert (["vip", "mid", "regular"], min(margins, key=lambda name: margins[name])) == tiers_by_need(written)


def test_other_languages(written: Result) -> None:
    """The texts go through the catalogue, the names of tiers do not."""
    with speaking("zh-CN"):
        chinese, owed = render(view(written, written)), gettext("callbacks owed")

    assert (True, True, False) == ("vip" in chinese, owed in chinese, "callbacks owed" in chinese)


@pytest.mark.parametrize("name", ["front_office", "vip desk", "second-line", "二线"])
def test_ordinary_names_are_labels_as_they_are(name: str) -> None:
    """Names that Markdown leaves alone are not escaped, so that they are read out as written."""
    assert name == plain(name)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("*a*", r"\*a\*"), ("__a__", r"\_\_a\_\_"), ("_a_", r"\_a\_"), ("$x$", r"\$x\$"), ("# a", r"\# a")],
)
def test_odd_names_stay_text(name: str, shown: str) -> None:
    """Names that Markdown would read otherwise are escaped."""
    assert shown == plain(name)
