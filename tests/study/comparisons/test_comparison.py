"""Comparisons of scenarios on the same callers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import callcenter as cc
from callcenter.measure import summary
from callcenter.scenario import Scenario
from callcenter.study import ComparisonError, compare, one_more_agent, run, sweep


def test_the_same_scenario_twice_differs_in_nothing(scenario: Scenario) -> None:
    """Exactly zero; the interval of a share has room for a day that would differ."""
    comparison = compare(scenario, scenario, replications=4)

    table = comparison.table
    shares = table["figure"].isin(["service_level", "abandonment"])
    assert (table["difference"] == 0).all()
    assert (table.loc[~shares, ["low", "high"]] == 0).all(axis=None)
    assert (table.loc[shares, "low"] < 0).all()
    assert (table.loc[shares, "high"] > 0).all()
    assert ("small (2) against small: vip, mid, regular: the same.",) == comparison.sentences


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
