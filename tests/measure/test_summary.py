"""The summary as the contract prints it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from callcenter.calllog import CallLog
from callcenter.measure import DEFINITIONS, summary, tally
from tests.measure.logs import Job, answered, log, lost, scenario

ESTIMATE = {"value", "low", "high"}
DROP_MID = {"tiers.mid.target": "none"}


def summarised(logs: Sequence[CallLog], changes: Mapping[str, object] | None = None) -> dict[str, Any]:
    """Return the summary of a few hand-made replications."""
    lines = scenario(changes)
    return summary(lines, [tally(lines, one) for one in logs])


def vips(good: int, bad: int) -> CallLog:
    """Return a replication with so many VIP calls answered at once, and so many after 60 s."""
    waits = [0.0] * good + [60.0] * bad
    return log([answered("vip", float(at), wait, talk=30.0) for at, wait in enumerate(waits)])


def test_it_has_the_keys_of_the_contract() -> None:
    """Section 5.2, key by key; more keys are allowed."""
    figures = summarised([vips(1, 1)])

    tier = figures["tiers"]["vip"]
    outcomes = {
        "blocked",
        "self_served",
        "left_ivr",
        "answered",
        "abandoned",
        "balked",
        "diverted",
        "closed",
        "open",
    }
    counts = outcomes | {"called", "offered", "answered_within", "abandoned_within", "wait_s"}
    assert counts | {"redials", "repeats", "transfers", "returns", "undecided"} == set(tier["counts"])
    assert ESTIMATE | {"within_s", "target", "definition", "verdict", "days_met"} <= set(
        tier["service_level"]
    )
    assert {"abandonment", "asa_s", "mean_wait_s", "p95_wait_s", "max_wait_s"} <= set(tier)
    assert ["vip", "mid", "spam", "all"] == list(figures["tiers"])
    assert ["desk", "office"] == list(figures["pools"])
    assert {"occupancy", "staffed_h", "busy_h", "overtime_h"} <= set(figures["pools"]["desk"])
    jobs = {"created", "on_time", "reached", "unreached", "cancelled", "pending", "delay_p95_s"}
    assert jobs <= set(figures["callbacks"])


def test_it_is_plain_json() -> None:
    """No nan, no numpy: empty replications give null."""
    text = json.dumps(summarised([log([]), log([])]), allow_nan=False)

    level = json.loads(text)["tiers"]["vip"]["service_level"]
    assert {"value": None, "low": None, "high": None} == {key: level[key] for key in ESTIMATE}
    assert ("unclear", None) == (level["verdict"], level["days_met"])


def test_counts_are_means_and_shares_ratios_of_sums() -> None:
    """3 of 4 and 1 of 2 within 20 s: 4 of 6, not the mean of 75 % and 50 %; one of two days met 60 %."""
    changes = {"tiers.vip.target": {"within": "20 s", "share": "60%"}}
    figures = summarised([vips(3, 1), vips(1, 1)], changes)["tiers"]["vip"]

    assert (3.0, 2.0, 60.0) == tuple(
        figures["counts"][name] for name in ("offered", "answered_within", "wait_s")
    )
    level = figures["service_level"]
    assert pytest.approx(4 / 6) == level["value"]
    assert (20.0, 0.6, "of_offered", "unclear", 0.5) == tuple(
        level[key] for key in ("within_s", "target", "definition", "verdict", "days_met")
    )
    assert 20.0 == figures["mean_wait_s"]["value"]
    assert pytest.approx(2 * 40 / 6) == figures["mean_excess_s"]["value"]


def test_a_target_that_every_replication_keeps_is_met() -> None:
    """And one that none keeps is missed."""
    met = summarised([vips(20, 0)] * 10)["tiers"]["vip"]["service_level"]
    missed = summarised([vips(1, 19)] * 10)["tiers"]["vip"]["service_level"]

    assert ("met", 1.0) == (met["verdict"], met["days_met"])
    assert ("missed", 0.0) == (missed["verdict"], missed["days_met"])


def test_few_days_that_just_keep_the_target_leave_it_open() -> None:
    """9 of 10 on each of two days is 90 %, but says little about 90 % of all calls."""
    level = summarised([vips(9, 1), vips(9, 1)])["tiers"]["vip"]["service_level"]

    assert ("unclear", 1.0) == (level["verdict"], level["days_met"])
    assert level["low"] < level["value"] < level["high"]


def test_the_share_of_days_that_met_the_target_has_an_interval() -> None:
    """All of ten days: 0.025^(1/10) = 69.2 % to 100 % (Clopper and Pearson); of one replication none."""
    days = ("days_met", "days_met_low", "days_met_high")
    ten, one = (summarised([vips(20, 0)] * number)["tiers"]["vip"]["service_level"] for number in (10, 1))

    assert pytest.approx([1.0, 0.025**0.1, 1.0]) == [ten[name] for name in days]
    assert [1.0, None, None] == [one[name] for name in days]


def test_one_replication_has_no_verdict() -> None:
    """There is no interval to judge by."""
    level = summarised([vips(10, 0)])["tiers"]["vip"]["service_level"]

    assert (1.0, None, "unclear") == (level["value"], level["low"], level["verdict"])


def test_days_are_judged_one_by_one() -> None:
    """Two days in one replication: the first keeps the target, the second does not, a third has no calls."""
    rows = [answered("vip", 0.0), answered("vip", 86_400.0, 60.0)]

    figures = summarised([log(rows, end=180_000.0)], {"days": 3})

    assert 0.5 == figures["tiers"]["vip"]["service_level"]["days_met"]


def test_the_total_is_made_of_the_tiers_with_targets() -> None:
    """Two VIP calls at once, one mid-tier call after 25 s: 2 of 3 within the VIPs' 20 s; spam is left out."""
    rows = [answered("vip", 0.0), answered("vip", 1.0), answered("mid", 2.0, 25.0), answered("spam", 3.0)]

    total = summarised([log(rows)])["tiers"]["all"]

    level = total["service_level"]
    assert 3.0 == total["counts"]["offered"]
    assert pytest.approx(2 / 3) == level["value"]
    assert (20.0, None, None, None) == tuple(level[k] for k in ("within_s", "target", "verdict", "days_met"))
    assert pytest.approx(5 / 3) == total["mean_excess_s"]["value"]


def test_with_one_target_the_total_is_that_tier() -> None:
    """Target, verdict and days are its own."""
    figures = summarised([vips(9, 1), vips(9, 1)], DROP_MID)["tiers"]

    assert figures["vip"] == figures["all"]


def test_without_targets_the_total_is_everyone_within_20_s() -> None:
    """A service level is still given, but no verdict."""
    figures = summarised([vips(1, 1)], {**DROP_MID, "tiers.vip.target": "none"})["tiers"]

    for name in ("vip", "all"):
        level = figures[name]["service_level"]
        assert (20.0, 0.5, None, None) == tuple(level[k] for k in ("within_s", "value", "target", "verdict"))


def test_the_other_definitions_stand_beside_the_chosen_one() -> None:
    """Of 4 VIP calls 2 within 20 s, one abandoned after 4 s, one after 10 s."""
    rows = [answered("vip", 0.0), answered("vip", 1.0), lost("vip", 2.0, 4.0), lost("vip", 3.0, 10.0)]
    expected = {
        "of_offered": 2 / 4,
        "ignoring_quick_abandons": 2 / 2,
        "counting_quick_abandons": 4 / 4,
        "of_answered": 2 / 2,
        "excluding_short_abandons": 2 / 3,
    }
    for chosen in DEFINITIONS:
        level = summarised([log(rows)], {"service_level.definition": chosen})["tiers"]["vip"]["service_level"]
        others = {name: other["value"] for name, other in level["other_definitions"].items()}

        assert pytest.approx(expected) == {chosen: level["value"], **others}


def test_pool_figures_by_hand() -> None:
    """The desk is staffed 3 h in all; one call of half an hour: occupancy 1/6, idle 2.5 h."""
    desk = summarised([log([answered("vip", 0.0, talk=1800.0, pool="desk")])])["pools"]["desk"]

    assert (3.0, 0.5, 2.5, 0.0, 1.0) == tuple(
        desk[name]["value"] for name in ("staffed_h", "busy_h", "idle_h", "overtime_h", "calls")
    )
    assert pytest.approx(0.5 / 3) == desk["occupancy"]["value"]


def test_overtime_is_part_of_the_occupancys_denominator() -> None:
    """Three agent hours staffed, and the last half of a call of an hour after the close: 1 h of 3.5 h."""
    desk = summarised([log([answered("vip", 5400.0, talk=3600.0, pool="desk")])])["pools"]["desk"]

    assert pytest.approx(1 / 3.5) == desk["occupancy"]["value"]
    assert 0.5 == desk["overtime_h"]["value"]


def test_callbacks_by_hand() -> None:
    """Two jobs created, one attempted in time after 500 s: 50 % on time, one late."""
    rows = [lost("mid", 0.0, 10.0), lost("mid", 1.0, 10.0)]
    jobs = [Job(0, 10.0, 1000.0, "reached", 600.0, (("office", 510.0, 600.0),)), Job(1, 11.0, 1001.0)]

    figures = summarised([log(rows, jobs=jobs)])["callbacks"]

    names = ("created", "on_time", "late", "reached", "pending", "not_due", "backlog_max", "delay_p95_s")
    assert (2.0, 0.5, 1.0, 1.0, 1.0, 0.0, 2.0, 500.0) == tuple(figures[name]["value"] for name in names)


def test_callbacks_without_jobs_are_undefined_not_perfect() -> None:
    """No share of nothing."""
    figures = summarised([vips(1, 0)])["callbacks"]

    assert (0.0, None, None) == (
        figures["created"]["value"],
        figures["on_time"]["value"],
        figures["delay_p95_s"]["value"],
    )
