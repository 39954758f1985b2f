"""Comparisons of scenarios on the same callers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import callcenter as cc
from callcenter.measure import summary
from callcenter.report.tables.comparison import footnotes
from callcenter.scenario import Scenario
from callcenter.study import ComparisonError, Difference, compare, one_more_agent, run, sweep
from callcenter.study.sentences.comparison import pairing_sentence, verdicts_sentence


def test_the_same_scenario_twice_differs_in_nothing(scenario: Scenario) -> None:
    """Exactly zero; the interval of a share has room for a day that would differ."""
    comparison = compare(scenario, scenario, replications=4)

    table = comparison.table
    shares = table["figure"].isin(["service_level", "abandonment"])
    assert (table["difference"] == 0).all()
    assert (table.loc[~shares, ["low", "high"]] == 0).all(axis=None)
    assert (table.loc[shares, "low"] < 0).all()
    assert (table.loc[shares, "high"] > 0).all()
    same, verdicts = comparison.sentences
    assert same == "small (2) against small: vip, mid, regular: the same."
    assert all(clause.strip(".").endswith(" in both") for clause in verdicts.split("; "))


def test_differences_are_those_of_the_two_runs(scenario: Scenario) -> None:
    """Each value is what a run gives, and the difference that of `one_more_agent`."""
    more = scenario.with_({"pools.desk.agents": 11})
    comparison = compare(scenario, more, replications=6, names=["ten", "eleven"])
    rates = {row.part: row for row in comparison.differences if row.figure == "service_level"}
    margins = one_more_agent(scenario, 6).set_index("tier")

    for tier in ("vip", "mid", "regular", "all"):
        row = rates[tier]
        alone = [run(each, 6).summary["tiers"][tier]["service_level"]["value"] for each in (scenario, more)]
        gain = margins.loc[tier, ["service_level", "service_level_low", "service_level_high"]]
        assert pytest.approx(alone) == [row.first_value, row.second_value]
        assert pytest.approx(list(gain)) == [row.difference, row.low, row.high]


def test_pairing_saves_days_for_staffing_variants(scenario: Scenario) -> None:
    """The same callers met by one agent more: independent samples would need several times the days."""
    comparison = compare(scenario, scenario.with_({"pools.desk.agents": 11}), replications=20)
    rates = comparison.table[
        (comparison.table["figure"] == "service_level") & (comparison.table["part"] != "vip")
    ]

    assert (rates["times_the_days"] > 2).all()
    assert "times as many days" in comparison.sentences[-1]


def test_a_sentence_says_what_is_shown(scenario: Scenario) -> None:
    """Points with their interval, and which tiers show nothing."""
    comparison = compare(
        scenario, scenario.with_({"pools.desk.agents": 14}), replications=12, names=["a", "b"]
    )
    regular = next(
        row for row in comparison.differences if (row.part, row.figure) == ("regular", "service_level")
    )

    expected = f"{100 * regular.difference:.1f} points more regular calls"
    expected += f" ({100 * regular.low:.1f} to {100 * regular.high:.1f})"
    assert expected in comparison.sentence
    assert comparison.sentence.startswith("b answers ")


def test_which_verdicts_change(scenario: Scenario) -> None:
    """Tiers whose verdict differs by name, with both, and the others together."""
    comparison = compare(
        scenario, scenario.with_({"pools.desk.agents": 20}), replications=12, names=["a", "b"]
    )
    rates = [
        row
        for row in comparison.differences
        if row.figure == "service_level" and row.part != "all" and row.first_verdict
    ]
    changed = [row for row in rates if row.first_verdict != row.second_verdict]

    assert changed
    told = verdicts_sentence(rates)
    for row in changed:
        assert f"{row.part} {row.first_verdict} in a, {row.second_verdict} in b" in told
    assert told in comparison.sentences
    alike = [rate._replace(first_verdict="missed", second_verdict="missed") for rate in rates]
    assert verdicts_sentence(alike) == f"Targets: {', '.join(row.part for row in rates)} missed in both."
    unjudged = [rate._replace(first_verdict=None) for rate in rates]
    assert verdicts_sentence(unjudged) == ""


def test_money_where_anything_is_priced(scenario: Scenario) -> None:
    """Cost and net appear once an agent costs something in any of them."""
    priced = scenario.with_({"pools.desk.cost_per_hour": 10})
    money = {row.figure: row.difference for row in compare(scenario, priced, replications=2).differences}

    assert "cost" not in compare(scenario, scenario, replications=2).table["figure"].to_list()
    assert 10 * 10 * 4 <= money["cost"]
    assert pytest.approx(-money["cost"]) == money["net"]
    assert 0 == money["staffed_h"]


def test_several_are_corrected_together(scenario: Scenario) -> None:
    """Each against the first, or every two; p-values of a figure are one family over tiers and pairs."""
    variants = [scenario, *(scenario.with_({"pools.desk.agents": agents}) for agents in (11, 12))]
    first, pairs = (compare(*variants, replications=6, all_pairs=every) for every in (False, True))

    assert [("small", "small (2)"), ("small", "small (3)")] == [
        tuple(pair) for pair in first.table[["first", "second"]].drop_duplicates().to_numpy()
    ]
    assert 3 == len(pairs.pairs)
    assert (first.table["p_holm"] >= first.table["p"]).all()
    assert (pairs.table["p_holm"] > pairs.table["p"]).any()
    alone = compare(*variants[:2], replications=6).table
    assert list(alone["p"]) == list(alone["p_holm"])


def test_other_callers_are_noted(scenario: Scenario) -> None:
    """Which tiers differ and which have the same calls; priorities decide nothing about the callers."""
    talk = compare(scenario, scenario.with_({"tiers.mid.talk": "3 min"}), replications=1)
    volume = compare(scenario, scenario.with_({"demand.volume": 1.1}), replications=1)
    order = compare(scenario, scenario.with_({"tiers.vip.priority": 5}), replications=1)

    assert "other callers (mid); the calls of vip, regular are the same." in talk.notes[0]
    assert "other callers (vip, mid, regular)." in volume.notes[0]
    assert () == order.notes


def test_a_scenario_against_its_changes(scenario: Scenario) -> None:
    """A single scenario with changes is two: as it is written, and changed."""
    comparison = compare(scenario, changes={"pools.desk.agents": 12}, replications=2)
    by_hand = compare(scenario, scenario.with_({"pools.desk.agents": 12}), replications=2)

    assert ["small", "small desk.agents 12"] == [side.name for side in comparison.sides]
    assert by_hand.table.iloc[:, 2:].equals(comparison.table.iloc[:, 2:])
    assert () == comparison.changed == comparison.notes


def test_what_changes_every_scenario_is_said(scenario: Scenario, tmp_path: Path) -> None:
    """In the notes, when it is made and when it is read again."""
    more = scenario.with_({"pools.desk.agents": 12})
    comparison = compare(scenario, more, changes={"demand.volume": 1.1}, replications=2, out=tmp_path)
    again = compare(tmp_path)

    assert ("Changed in every scenario: demand.volume=1.1.",) == comparison.notes == again.notes
    assert comparison.table.equals(again.table)
    assert [1.1, 1.1] == [side.result.scenario.demand.volume for side in comparison.sides]


def test_the_callers_are_the_same_or_others(scenario: Scenario) -> None:
    """Never both in one comparison."""
    order, volume = (
        compare(scenario, scenario.with_(change), replications=1)
        for change in ({"tiers.vip.priority": 5}, {"demand.volume": 1.1})
    )

    assert (True, False) == (order.has_same_callers, volume.has_same_callers)
    assert "The same callers for all: 1 replication, seed 7." == footnotes(order)[-1]
    assert "1 replication, seed 7; not the same callers for all, see the notes." == footnotes(volume)[-1]


def test_verdicts_stand_beside_the_rates(scenario: Scenario) -> None:
    """Those that a run gives, where the rate is that of the scenario's own definition."""
    more = scenario.with_({"pools.desk.agents": 14})
    other = scenario.with_({"service_level.definition": "of_answered"})
    comparison = compare(scenario, more, other, replications=6)
    verdicts = {
        (each.second, each.part): (each.first_verdict, each.second_verdict)
        for each in comparison.differences
        if each.figure == "service_level"
    }
    alone = [run(each, 6).summary["tiers"] for each in (scenario, more)]

    for tier in ("vip", "mid", "regular", "all"):
        expected = tuple(figures[tier]["service_level"]["verdict"] for figures in alone)
        assert expected == verdicts["small (2)", tier]
        assert (expected[0], None) == verdicts["small (3)", tier]
    assert {None} == {each.first_verdict for each in comparison.differences if each.figure == "asa_s"}


def rates(*factors: float) -> list[Difference]:
    """Return differences in answer rates that unpaired samples would need so many times the days for."""
    return [
        Difference("a", "b", "vip", "service_level", 0.8, 0.9, 0.1, 0.0, 0.2, 0.1, 0.1, False, factor)
        for factor in factors
    ]


@pytest.mark.parametrize(
    ("factors", "needed"),
    [
        ((1.0, 1.1), "about as many days"),
        ((0.9, 3.1), "up to 3.1 times as many days"),
        ((2.2, 12.0), "2.2 to 12 times as many days"),
        ((4.0, 480_062.0), "4.0 to over 1,000 times as many days"),
        ((2_000.0, 480_062.0), "over 1,000 times as many days"),
    ],
)
def test_what_pairing_saved(factors: tuple[float, ...], needed: str) -> None:
    """In numbers that say something."""
    (sentence,) = pairing_sentence(rates(*factors))

    assert f"Two independent samples would have needed {needed} for intervals as narrow." == sentence


def test_the_same_calls_are_the_same(scenario: Scenario) -> None:
    """What the note says of the others is true: their rows of the call log are equal."""
    first, second = (
        run(each, 1, keep="calls").calls.query("tier != 'mid'")[["tier", "arrived"]].reset_index(drop=True)
        for each in (scenario, scenario.with_({"tiers.mid.talk": "3 min"}))
    )

    assert first.equals(second)


def test_other_promises_are_noted(scenario: Scenario) -> None:
    """A threshold, or a definition, that is not the same in both."""
    slow = scenario.with_({"tiers.vip.target.within": "1 min", "service_level.definition": "of_answered"})
    defined, promised = compare(scenario, slow, replications=1).notes

    assert (
        "small (2) defines the answer rate differently; the definition of small is used for both." == defined
    )
    assert "`vip` is in time within 20 s in small, within 60 s in small (2)" in promised


def test_tiers_that_only_one_has_are_noted(scenario: Scenario) -> None:
    """They cannot be compared."""
    plain = scenario.to_dict()
    del plain["tiers"]["vip"]
    plain["demand"]["mix"] = {"mid": 0.4, "regular": 0.6}
    plain["pools"]["desk"]["serves"] = ["mid", "regular"]
    comparison = compare(scenario, cc.load(plain), replications=1)

    assert "Only one of small and small (2) has vip: not compared." == comparison.notes[-1]
    assert "vip" not in set(comparison.table["part"])


def test_files_and_directories(scenario_file: Path, sweep_file: Path, tmp_path: Path) -> None:
    """Files are simulated; directories of a run or a sweep give every point they hold."""
    run(cc.load(scenario_file), 3, out=tmp_path / "one")
    sweep(sweep_file, out=tmp_path / "four")
    comparison = compare(tmp_path / "one", tmp_path / "four", scenario_file)

    names = [side.name for side in comparison.sides]
    assert ["small", "volume 0.5, desk.agents x0.8"] == names[:2]
    assert 6 == len(names)
    same = comparison.table[comparison.table["second"] == names[-1]]
    assert (same["difference"] == 0).all()
    assert 3 == comparison.summary["replications"]


def test_kept_results_are_compared_again(scenario_file: Path, tmp_path: Path) -> None:
    """The directory of a comparison is one of results like any other."""
    more = cc.load(scenario_file, {"pools.desk.agents": 11})
    comparison = compare(scenario_file, more, replications=3, names=["ten", "eleven"], out=tmp_path / "out")
    again = compare(tmp_path / "out")

    assert json.dumps(comparison.summary["differences"]) == json.dumps(again.summary["differences"])
    assert ["ten", "eleven"] == [side.name for side in again.sides]


def test_what_does_not_fit(scenario: Scenario, scenario_file: Path, tmp_path: Path) -> None:
    """One scenario alone, other seeds, more replications than there are, changes of results."""
    two, other = run(scenario, 2), run(scenario, 2, seed=8)

    with pytest.raises(ComparisonError, match="two scenarios or more"):
        compare(scenario)
    with pytest.raises(ComparisonError, match=r"different seeds .* 7 of small, 8 of small \(2\)"):
        compare(two, other)
    with pytest.raises(ComparisonError, match="have 2 replications, asked for 3"):
        compare(two, scenario, replications=3)
    with pytest.raises(ComparisonError, match="give scenario files"):
        compare(two, scenario, changes={"demand.volume": 2})


def test_summary_is_plain(scenario: Scenario) -> None:
    """Ready for JSON; what cannot be known of one replication is null."""
    summary = compare(scenario, scenario.with_({"pools.desk.agents": 11}), replications=1).summary

    assert summary == json.loads(json.dumps(summary, allow_nan=False))
    assert {None} == {row["p"] for row in summary["differences"]}
    assert (40.0, 10) == (summary["scenarios"][0]["hours"], summary["scenarios"][0]["peak"])


def test_results_pair_by_the_number_of_the_replication(scenario: Scenario) -> None:
    """Where one lacks a replication, the others do without it, so that every day meets its own day."""
    more = scenario.with_({"pools.desk.agents": 11})
    few, many = run(scenario, 5), run(more, 5)
    holed = replace(many, tallies=many.tallies[:2] + many.tallies[3:], missing=frozenset({2}))
    table = compare(few, holed).table.set_index(["part", "figure"])
    tallies = [tuple(result.tallies[n] for n in (0, 1, 3, 4)) for result in (few, many)]
    alone = [summary(scenario, each)["tiers"]["mid"]["service_level"]["value"] for each in tallies]

    assert pytest.approx(alone[1] - alone[0]) == table.loc[("mid", "service_level"), "difference"]
