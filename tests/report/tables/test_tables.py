"""The tables of the page say what the summary says."""

from __future__ import annotations

from copy import deepcopy

import pytest

import callcenter as cc
from callcenter import wording
from callcenter.report.page.cards import cards
from callcenter.report.page.tables import written
from callcenter.report.tables import points
from callcenter.report.tables.callbacks import callback_table
from callcenter.report.tables.inputs import distribution, pools_table, tiers_table
from callcenter.report.tables.intervals import interval_counts, interval_table
from callcenter.report.tables.measure import EVERYWHERE, Where
from callcenter.report.tables.measures import TIER
from callcenter.report.tables.points import points_table
from callcenter.report.tables.pools import pool_table
from callcenter.report.tables.tiers import definition_table, tier_table, with_undecided
from callcenter.scenario import (
    Constant,
    Distribution,
    Empirical,
    Erlang,
    Exponential,
    Lognormal,
    Never,
    Uniform,
)
from tests.report import studies


def test_the_cards(desk: cc.Result) -> None:
    """A card a tier with a target: rate, interval, target, days met."""
    level = desk.summary["tiers"]["vip"]["service_level"]
    vip, regular = cards(desk)

    assert ("vip", "regular") == (vip.tier, regular.tier)
    assert wording.percent(level["value"]) == vip.rate
    assert f"95% interval {wording.interval(level)}" == vip.interval
    assert (level["verdict"], "90% in 20 s") == (vip.kind, vip.target)
    low, high = (f"{100 * level[f'days_met_{end}']:.0f}" for end in ("low", "high"))
    assert f"target met on {100 * level['days_met']:.0f}% ({low} – {high}%) of days" == vip.days


def test_the_gauges_of_all_cards_have_one_scale(desk: cc.Result) -> None:
    """Targets and rates stand where their share is on the strip."""
    vip, regular = (card.gauge for card in cards(desk))
    assert vip is not None
    assert regular is not None
    floor = float(vip.floor.rstrip("%")) / 100

    assert vip.floor == regular.floor
    assert 100 * (0.9 - floor) / (1 - floor) == pytest.approx(vip.target, abs=0.01)
    assert 0 <= regular.low <= regular.value <= regular.low + regular.width <= 100.01


def test_the_tiers(desk: cc.Result) -> None:
    """Every tier and the total, with the figures of the summary."""
    table = written(tier_table(desk))
    vip = dict(zip((head.text for head in table.heads), table.rows[0].cells, strict=True))
    figures = desk.summary["tiers"]["vip"]

    assert ["vip", "regular", "all"] == [row.cells[0].text for row in table.rows]
    assert wording.count(figures["counts"]["offered"]) == vip["offered"].text
    assert vip["answer rate"].text.endswith(wording.percent(figures["service_level"]["value"]))
    assert wording.interval(figures["abandonment"]) == vip["abandonment"].note
    assert wording.wait(figures["p95_wait_s"]["value"]) == vip["p95 wait"].text


def test_every_definition_is_beside_the_chosen_one(desk: cc.Result) -> None:
    """The chosen one first, marked; the others behind it with their formula."""
    table = written(definition_table(desk))
    others = desk.summary["tiers"]["vip"]["service_level"]["other_definitions"]

    assert ["of_offered", *others] == [row.cells[0].text for row in table.rows]
    assert ["shown", "", "", "", ""] == [row.kind for row in table.rows]
    assert [wording.percent(other["value"]) for other in others.values()] == [
        row.cells[2].text for row in table.rows[1:]
    ]


def test_the_pools(desk: cc.Result) -> None:
    """A roster is no estimate and has no interval; occupancy has one."""
    desk_row = written(pool_table(desk)).rows[0].cells

    assert ["desk", "3", "3", "18.0 h"] == [cell.text for cell in desk_row[:4]]
    assert "" == desk_row[3].note
    assert wording.interval(desk.summary["pools"]["desk"]["occupancy"]) == desk_row[7].note


def test_the_callbacks(desk: cc.Result) -> None:
    """A row a figure, mean and interval."""
    table = callback_table(desk)
    assert table is not None
    rows = {row.cells[0].text: row.cells for row in written(table).rows}
    owed = desk.summary["callbacks"]["created"]

    assert wording.count(owed["value"]) == rows["callbacks owed"][1].text
    assert wording.interval(owed, wording.count) == rows["callbacks owed"][2].text


def test_the_day_sheet(desk: cc.Result) -> None:
    """A row an hour, without an answer rate where nobody called; what is below its target is marked."""
    table = written(interval_table(desk))
    vip = desk.intervals[desk.intervals["tier"] == "vip"]["service_level"].tolist()

    assert ["08:00", "09:00", "10:00", "11:00", "12:00", "13:00"] == [row.cells[0].text for row in table.rows]
    assert ["0.0", "–", "–"] == [table.rows[0].cells[place].text for place in (1, 6, 7)]
    assert [share < 0.9 for share in vip] == [row.cells[6].kind == "missed" for row in table.rows]


def test_the_day_sheet_has_agents_on_breaks_where_there_are_any(desk: cc.Result) -> None:
    """Beside those staffed and busy; they and the busy are no more than are staffed."""
    resting = cc.run(cc.load(studies.DESK, {"pools.desk.breaks": BREAKS}), 2, engine="simpy")
    keys = [column.key for column in interval_table(resting).columns]
    frame = interval_counts(resting)

    assert ["staffed", "busy", "on_break"] == keys[keys.index("staffed") :][:3]
    assert "on_break" not in [column.key for column in interval_table(desk).columns]
    assert frame["on_break"].sum() > 0
    assert pytest.approx(frame["on_break"].sum()) == resting.summary["pools"]["desk"]["break_h"]["value"]


BREAKS = {"after_call": "20%", "length": "5 min"}


def test_the_points(grid: cc.SweepResult, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row a point; beyond the cap they are counted, and the one shown in detail stays."""
    full = written(points_table(grid))
    monkeypatch.setattr(points, "MOST_POINTS", 3)
    short = written(points_table(grid))

    assert [str(number) for number in range(12)] == [row.cells[0].text for row in full.rows]
    assert "" == full.left_out
    assert (
        1 == sum(row.kind == "shown" for row in full.rows) == sum(row.kind == "shown" for row in short.rows)
    )
    assert "9 points more in kpis.csv." == short.left_out


def test_the_inputs(desk: cc.Result) -> None:
    """Tiers and pools as the planner wrote them."""
    regular = [cell.text for cell in written(tiers_table(desk.scenario)).rows[1].cells]
    office = [cell.text for cell in written(pools_table(desk.scenario)).rows[1].cells]

    assert ["regular", "1", "85% in 20 s", "165", "–", "exponential, mean 4 min"] == regular[:6]
    assert ["office", "regular", "1", "1", "6.0", "6.0", "0.0%", "1", "yes"] == office


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (Constant(value=20.0), "20 s"),
        (Never(), "never"),
        (Exponential(mean=120.0, at_most=600.0), "exponential, mean 2 min, at most 10 min"),
        (Lognormal(mean=166.0, cv=1.43), "lognormal, mean 2 min 46 s, cv 1.43"),
        (Erlang(mean=60.0, k=3), "erlang, mean 1 min, k 3"),
        (Uniform(low=10.0, high=40.0), "uniform, low 10 s, high 40 s"),
        (Empirical(values=(10.0, 20.0)), "empirical, mean 15 s"),
    ],
)
def test_distributions(times: Distribution, words: str) -> None:
    """Family and figures in words."""
    assert words == distribution(times)


def test_undecided_calls_are_shown_where_there_are_any(desk: cc.Result) -> None:
    """On the page and on the terminal; a workbook has the column always."""
    place = [column.key for column in tier_table(desk).columns].index("undecided")
    assert tier_table(desk).columns[place].on == Where.BOOK

    summary = deepcopy(desk.summary)
    summary["tiers"]["vip"]["counts"]["undecided"] = 0.25
    (undecided,) = (each for each in with_undecided(TIER, desk.summary, summary) if each.key == "undecided")
    assert undecided.on == EVERYWHERE
