"""The sections that say why a target is missed, who pays for priorities, and what speaks for the figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

import callcenter as cc
from callcenter import wording
from callcenter.language import gettext, speaking
from callcenter.report import write_report
from callcenter.report.page.blocks import Gallery, Section, Text
from callcenter.report.page.sections import comparison, intervals, misses, priorities, trust
from callcenter.report.page.sections.view import View, view_of
from callcenter.report.page.tables import written
from callcenter.report.tables.layout import Table
from callcenter.study.insights import Cause, LeftOut
from callcenter.study.sentences.misses import CAUSES, when_gained
from callcenter.study.sweeps import as_study
from tests.report import studies


@pytest.fixture(scope="module")
def short() -> View:
    """A desk with too few agents: regular callers are short of their promise by far."""
    changes = {"pools.desk.agents": [3, 3, 4, 4, 3, 3], "pools.office.agents": 0}
    return view_of(as_study(studies.result(changes, 12)))


@pytest.fixture(scope="module")
def ample() -> View:
    """A desk where everybody is answered at once."""
    return view_of(as_study(studies.result({"pools.desk.agents": 30, "tiers.regular.priority": 0}, 4)))


def texts(section: Section) -> list[str]:
    """Return the paragraphs of a section."""
    return [block.text for block in section.blocks if isinstance(block, Text)]


def tables(section: Section) -> dict[str, list[list[str]]]:
    """Return the rows of the tables of a section by their captions."""
    blocks = [block for block in section.blocks if isinstance(block, Table)]
    return {
        table.caption: [[cell.text for cell in row.cells] for row in written(table).rows] for table in blocks
    }


def test_why_names_tier_time_pool_and_agents(short: View) -> None:
    """The tier and by how many calls, the worst hours, who works then, and what one more agent changes."""
    section = misses.section(short)
    assert section is not None
    level = short.result.summary["tiers"]["regular"]
    missing = 0.85 * level["counts"]["offered"] - level["counts"]["answered_within"]
    heads = [text for text in texts(section) if text.startswith("regular:")]

    assert "Why a target is missed" == section.title
    assert f"{missing:,.0f} calls" in heads[0] or f"{missing:.1f} calls" in heads[0]
    by_caption = tables(section)
    worst = by_caption["regular: where most calls are not answered in time, mean of a replication"]
    assert all(" to " in row[0] for row in worst)
    assert any(
        "desk" == row[0] for caption, rows in by_caption.items() for row in rows if "Who works" in caption
    )
    assert any("What one more agent" in caption for caption in by_caption)


def test_one_reason_at_a_time_for_what_an_agent_changes(short: View) -> None:
    """What was tried is not said to be left out, though a search for more was; each tier has its own note."""
    too_large = "was not simulated for this report"
    left = LeftOut("gains", "over_budget", "regular")
    cut = short._replace(insights=replace(short.insights, left_out=(left,)))
    none = short._replace(insights=replace(short.insights, left_out=(left,), gains=()))

    tried, untried = misses.section(cut), misses.section(none)
    assert tried is not None
    assert untried is not None
    assert not any(too_large in text for text in texts(tried))
    assert any("What one more agent" in caption for caption in tables(tried))
    assert 1 == sum(too_large in text for text in texts(untried))


def test_an_agent_of_every_day_is_not_said_to_come_on_one(short: View) -> None:
    """The hours beside it are those of all days."""
    gain = short.insights.gains[0]
    hours = f"{gain.stretch.start} to {gain.stretch.end}"

    assert f"{hours} every day" == when_gained(gain._replace(every_day=True))
    assert hours == when_gained(gain._replace(every_day=False, stretch=gain.stretch._replace(day=None)))


def test_nothing_is_explained_where_all_is_met(ample: View) -> None:
    """No section, and no priorities where all tiers are alike."""
    assert misses.section(ample) is None
    section = priorities.section(ample)
    assert section is not None
    assert [] == [block for block in section.blocks if isinstance(block, Table)]


def test_every_cause_has_its_words() -> None:
    """Each code that the study may give is explained, in both languages."""
    assert set(get_args(Cause)) == set(CAUSES)
    with speaking("zh-CN"):
        assert all(gettext(text) != text for text in CAUSES.values())


def test_priorities_say_who_pays(short: View) -> None:
    """VIPs gain, regular callers hardly lose; the table turns the difference as the sentence does."""
    section = priorities.section(short)
    assert section is not None
    effect = short.insights.priorities
    assert effect is not None
    gain = {tier.tier: -tier.rate_change.value for tier in effect.tiers}
    ((caption, rows),) = tables(section).items()

    assert "with priorities and without" in caption
    assert gain["vip"] > 0.005 > abs(gain["regular"])
    assert [wording.points(gain[row[0]]) for row in rows] == [row[3] for row in rows]
    assert any(text.startswith("Priorities give vip +") for text in texts(section))


def test_trust_counts_calls_and_asks_the_other_engine(short: View) -> None:
    """All calls of all replications ended once; the second engine's logs are equal."""
    section = trust.section(short)
    result = short.result
    calls = sum(int(tally.counts[0].sum()) for tally in result.tallies)
    offered = [float(tier["counts"]["called"]) for tier in result.summary["tiers"].values()]
    rows = tables(section)["How exactly the answer rates are known (95%)"]
    level = result.summary["tiers"]["regular"]["service_level"]

    assert calls == round(offered[-1] * result.replications)
    assert any(f"each of {calls:,} calls" in text for text in texts(section))
    assert any("equal to the last bit" in text for text in texts(section))
    assert [f"± {50 * (level['high'] - level['low']):.2f}"] == [row[2] for row in rows if row[0] == "regular"]


def test_scheduled_against_required_is_drawn_for_each_pool(short: View) -> None:
    """A figure a pool that the formula asks something of, and one of all."""
    section = intervals.section(short)
    names = [
        picture.name for block in section.blocks if isinstance(block, Gallery) for picture in block.pictures
    ]

    asked = short.insights.required.dropna(subset=["required"])["pool"].nunique()
    assert asked == sum(name.startswith("required-") for name in names)
    assert {"over-under", "occupancy", "queue", "rate-0", "rate-1"} <= set(names)


def test_one_replication_has_no_convergence() -> None:
    """There is nothing to narrow, and nothing is made up."""
    section = trust.section(view_of(as_study(studies.result(replications=1))))

    assert [] == [block for block in section.blocks if isinstance(block, Gallery)]
    assert "–" == tables(section)["How exactly the answer rates are known (95%)"][0][2]


def test_a_comparison_has_a_page_of_its_own(tmp_path: Path) -> None:
    """Its sentences first, the differences, and each side with its verdicts."""
    more = cc.load(studies.DESK, {"name": "more", "pools.desk.agents": 4})
    compared = cc.compare(cc.load(studies.DESK), more, replications=6)
    page = studies.Reader(
        write_report(compared, tmp_path, command="callcenter compare a b").read_text("utf-8")
    )
    rate = next(
        each for each in compared.differences if each.figure == "service_level" and each.part == "vip"
    )

    sections = ["answer", "differences", "side-0", "side-1", "reproduce"]
    assert sections == [section["id"] for section in page.tags("section")]
    assert any(compared.sentences[0] in text for text in page.texts)
    assert f"{100 * rate.difference:+.1f}".replace("-", "−") in [cell for row in page.rows for cell in row]
    assert {"comparison.csv", "report.html", "results.xlsx"} == {path.name for path in tmp_path.iterdir()}
    assert "callcenter compare a b" in page.texts


def test_a_sweep_is_compared_with_the_point_shown(tmp_path: Path) -> None:
    """Points of the same callers only, each difference as `compare` finds it."""
    study = studies.sweep(
        tmp_path, {"demand.volume": [0.9, 1.0], "pools.desk.agents": [3, 4, 5]}, replications=6
    )
    view = view_of(study)
    section = comparison.section(view)
    assert section is not None
    ((_, rows),) = tables(section).items()
    same = [
        number
        for number, settings in enumerate(study.settings)
        if number != view.number and settings["demand.volume"] == study.settings[view.number]["demand.volume"]
    ]
    compared = cc.compare(view.result, study.results[same[0]], names=["shown", "other"])
    rate = next(each for each in compared.differences if (each.part, each.figure) == ("vip", "service_level"))

    assert [str(number) for number in same] == [row[0].partition(" ")[0] for row in rows]
    assert wording.points(rate.difference) == rows[0][2 + list(view.scenario.tiers).index("vip")]


def test_no_comparison_where_nobody_meets_the_same_callers(tmp_path: Path) -> None:
    """Other volumes have other callers; a single run has nothing beside it."""
    study = studies.sweep(tmp_path, {"demand.volume": [0.9, 1.0]})

    assert comparison.section(view_of(study)) is None
    assert comparison.section(view_of(as_study(studies.result(replications=2)))) is None
