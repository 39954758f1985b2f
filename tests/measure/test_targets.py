"""Every kind of target on logs of a few calls, worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from scipy import stats

from callcenter.calllog import CallLog
from callcenter.measure import summary, tally
from callcenter.measure.joint import DaysKept, chance_of
from callcenter.measure.replicated import Replicated
from callcenter.measure.targets import Judged, busiest_hour, judged
from tests.measure.logs import TICK, Job, Row, alone, answered, inside, log, lost, scenario

VIPS = "tiers.vip.targets"
HOUR = 3600.0
DAY = 86_400.0


def one(target: Mapping[str, Any], rows: Sequence[Row], **more: Any) -> Judged:
    """Return what becomes of a target of the VIPs in one replication."""
    lines = scenario({VIPS: [target], **more.pop("changes", {})})
    return judged(lines, Replicated(lines, [tally(lines, log(rows, **more))]))[0]


def values(*targets: Judged) -> list[float]:
    """Return the figures of some targets."""
    return [float(target.figure.value) for target in targets]


def both(target: Judged) -> tuple[float, float]:
    """Return the figure of a target, and the share of days on which it holds."""
    return float(target.figure.value), float(target.days.value)


def test_an_answer_at_the_threshold_is_in_time() -> None:
    """12 s and 15 s are within 15 s, a tick more is not, and nor is who hangs up after 5 s: 2 of 4."""
    waits = [answered("vip", 0.0, 12.0), answered("vip", 1.0, 15.0), answered("vip", 2.0, 15.0 + TICK)]
    assert 0.5 == one({"answered": "90%", "within": "15 s"}, [*waits, lost("vip", 3.0, 5.0)]).figure.value


def test_several_thresholds_of_one_tier() -> None:
    """Of waits of 5, 15 and 25 s a third is within 10 s, two thirds within 20 s, all within 30 s."""
    lines = scenario({VIPS: [{"answered": "80%", "within": f"{within} s"} for within in (10, 20, 30)]})
    rows = [answered("vip", float(at), wait) for at, wait in enumerate((5.0, 15.0, 25.0))]
    figures = values(*judged(lines, Replicated(lines, [tally(lines, log(rows))])))
    assert pytest.approx([1 / 3, 2 / 3, 1.0]) == figures[:3]


def test_the_definition_counts_at_each_threshold() -> None:
    """1 of 2 is answered within 15 s: who hangs up within 15 s is left out."""
    rows = [answered("vip", 0.0, 12.0), answered("vip", 1.0, 40.0), lost("vip", 2.0, 5.0)]
    changes = {"service_level.definition": "ignoring_quick_abandons"}
    assert 0.5 == one({"answered": "90%", "within": "15 s"}, rows, changes=changes).figure.value


def test_who_still_waits_is_undecided_up_to_each_threshold() -> None:
    """At the end one has waited 25 s: beyond 20 s, so 1 of 2; not beyond 30 s, so 1 of 1."""
    rows = [answered("vip", 0.0, 5.0), inside("vip", 7175.0, 7175.0)]
    lines = scenario({VIPS: [{"answered": "80%", "within": f"{within} s"} for within in (20, 30)]})
    assert [0.5, 1.0] == values(*judged(lines, Replicated(lines, [tally(lines, log(rows))])))[:2]


def test_connected_counts_answers_after_whatever_wait() -> None:
    """3 of 4 who asked for a person; who the menu helped did not ask."""
    rows = [
        *(answered("vip", float(at), 100.0 * at) for at in range(3)),
        lost("vip", 5.0, 1.0),
        alone("vip", 6.0),
    ]
    assert 0.75 == one({"connected": "95%"}, rows).figure.value


def test_abandoned_and_blocked_are_upper_limits() -> None:
    """1 of 4 who asked hung up, which is more than 20%; 1 of 5 calls found no line, which is just 20%."""
    rows = [
        *(answered("vip", float(at)) for at in range(3)),
        lost("vip", 5.0, 1.0),
        alone("vip", 6.0, outcome="blocked"),
    ]
    abandoned, blocked = one({"abandoned": "20%"}, rows), one({"blocked": "20%"}, rows)
    assert (0.25, 0.0) == both(abandoned)
    assert (0.2, 1.0) == both(blocked)


def test_abandoned_may_leave_out_who_hangs_up_soon() -> None:
    """Of four who asked, one hung up at 30 s and one a tick later: 1 of 4 waited more than 30 s.

    At 20 s, the VIPs' own threshold, it is 2 of 4; in one entry each, the time stands beside the bound.
    """
    rows = [*(answered("vip", float(at)) for at in range(2)), lost("vip", 5.0, 30.0)]
    rows.append(lost("vip", 6.0, 30.0 + TICK))
    targets = [{"abandoned": "25%", "after": "30 s"}, {"abandoned": "25%", "after": "20 s"}]
    lines = scenario({VIPS: [{"answered": "80%", "within": "20 s"}, *targets], "tiers.mid.target": "none"})
    entries = summary(lines, [tally(lines, log(rows))])["targets"][1:]
    assert [(30.0, 0.25, 1.0), (20.0, 0.5, 0.0)] == [
        (entry["after_s"], entry["value"], entry["days_met"]["value"]) for entry in entries
    ]
    assert [None, None] == [entry["within_s"] for entry in entries]


def test_who_hangs_up_soon_is_left_out_of_several_tiers_together() -> None:
    """A VIP after 40 s and another after 10 s, one of two others after 31 s: 2 of 4 after 30 s."""
    lines = scenario({"targets": [{"abandoned": "50%", "after": "30 s", "tiers": ["vip", "mid"]}]})
    rows = [lost("vip", 0.0, 40.0), lost("vip", 1.0, 10.0), lost("mid", 2.0, 31.0), answered("mid", 3.0)]
    target = judged(lines, Replicated(lines, [tally(lines, log(rows))]))[-1]
    assert (0.5, 1.0) == both(target)


def test_the_mean_wait_is_that_of_the_answered() -> None:
    """10 s and 20 s make 15 s; who hung up after 60 s does not count."""
    rows = [answered("vip", 0.0, 10.0), answered("vip", 1.0, 20.0), lost("vip", 2.0, 60.0)]
    target = one({"mean_wait": "15 s"}, rows)
    assert (15.0, 1.0) == both(target)


def test_callbacks_count_from_the_lost_call() -> None:
    """Of four lost calls tried after 60 s, after 61 s, cancelled after 30 s, and never, 1 of 3 is in time.

    Who cancels before the time is over was owed nothing.
    """
    rows = [lost("mid", 0.0, 10.0) for _ in range(4)]
    jobs = [
        Job(0, 10.0, DAY, "reached", 100.0, (("office", 70.0, 100.0),)),
        Job(1, 10.0, DAY, "reached", 100.0, (("office", 71.0, 100.0),)),
        Job(2, 10.0, DAY, "cancelled", 40.0),
        Job(3, 10.0, DAY),
    ]
    lines = scenario({"tiers.mid.targets": [{"callbacks": "95%", "within": "60 s"}]})
    target = judged(lines, Replicated(lines, [tally(lines, log(rows, jobs=jobs))]))[1]
    assert 60.0 == target.within
    assert pytest.approx(1 / 3) == target.figure.value


def test_no_callback_owed_is_no_verdict() -> None:
    """Nobody was lost: there was nothing to keep, which is neither met nor unclear."""
    lines = scenario({"tiers.mid.targets": [{"callbacks": "95%"}]})
    target = judged(lines, Replicated(lines, [tally(lines, log([answered("mid", 0.0)]))]))[1]
    assert target.verdict is None


def test_occupancy_is_work_over_time_on_the_phones() -> None:
    """Two agents for an hour, then one: 3 h on the phones, of which 27 min are work."""
    rows = [answered("vip", 0.0, talk=27 * 60.0, pool="desk")]
    lines = scenario({"pools.desk.targets": [{"occupancy": "15%"}]})
    target = judged(lines, Replicated(lines, [tally(lines, log(rows))]))[-1]
    assert "occupancy" == target.goal.measure
    assert pytest.approx(0.15) == target.figure.value


def test_the_worst_interval_counts() -> None:
    """3 of 4 in the first hour and 1 of 2 in the second: 50%, and no day on which both reach 60%."""
    rows = [
        *(answered("vip", float(at)) for at in range(3)),
        lost("vip", 5.0),
        answered("vip", HOUR),
        lost("vip", HOUR + 1),
    ]
    target = one({"connected": "60%", "over": "interval"}, rows)
    assert (0.5, 0.0) == both(target)
    assert 1.0 == one({"connected": "60%"}, rows).days.value


def test_the_busiest_hour_is_the_one_with_most_calls_expected() -> None:
    """VIPs are expected in the second hour most, in which 1 of 2 is connected."""
    rows = [*(answered("vip", float(at)) for at in range(3)), answered("vip", HOUR), lost("vip", HOUR + 1)]
    target = one({"connected": "60%", "over": "busiest_hour"}, rows, changes={"demand.calls": [10, 11]})
    assert 0.5 == target.figure.value


def test_an_hour_is_made_of_intervals() -> None:
    """Of half-hours with 1, 2, 4, 4 calls the last two are the busiest hour; of equal ones the first."""
    day = {"day.interval": "30 min", "pools.desk.agents": 1, "pools.office.agents": 1}
    target = {VIPS: [{"connected": "60%", "over": "busiest_hour"}]}
    for calls, expected in (([1, 2, 4, 4], slice(2, 4)), ([2, 2, 2, 2], slice(0, 2))):
        lines = scenario({**day, **target, "demand.calls": calls})
        assert expected == busiest_hour(lines, lines.goals[0])


def two_days(good: Sequence[int]) -> CallLog:
    """Return two days of ten VIP calls each, so many of which are answered at once, the others lost."""
    rows = [
        answered("vip", DAY * day + call) if call < number else lost("vip", DAY * day + call)
        for day, number in enumerate(good)
        for call in range(10)
    ]
    return log(rows, end=DAY + 7200.0)


def judged_days(target: Mapping[str, Any], *days: Sequence[int]) -> Judged:
    """Return what becomes of a target over replications of two days."""
    lines = scenario({"days": 2, VIPS: [target]})
    return judged(lines, Replicated(lines, [tally(lines, two_days(good)) for good in days]))[0]


def test_days_are_judged_one_by_one() -> None:
    """90% are reached on 3 of 4 days; over all of them 33 of 40."""
    target = judged_days({"connected": "90%", "on": "50% of days"}, (9, 10), (4, 10))
    assert (0.825, 0.75) == both(target)
    assert [[1.0, 1.0], [0.0, 1.0]] == target.holds.tolist()


def test_a_share_of_days_is_met_missed_or_unclear() -> None:
    """All of 60 days hold: at least 94% do. None of 60: at most 6%. Half of 60: 50% may do or not."""
    on = {"connected": "90%", "on": "50% of days"}
    assert "met" == judged_days(on, *[(10, 10)] * 30).verdict
    assert "missed" == judged_days(on, *[(1, 1)] * 30).verdict
    assert "unclear" == judged_days(on, *[(10, 1)] * 30).verdict


def test_every_day_is_never_proven() -> None:
    """Sixty good days leave room for a bad one; one bad day decides."""
    every = {"connected": "90%", "over": "day"}
    assert "unclear" == judged_days(every, *[(10, 10)] * 30).verdict
    assert "missed" == judged_days(every, *[(10, 10)] * 29, (10, 1)).verdict


def test_upper_limits_turn_the_verdict_round() -> None:
    """No one of 600 hangs up: below 10%. All do: above. Half do: above; and of 60% nobody knows."""
    limit = {"abandoned": "10%"}
    assert "met" == judged_days(limit, *[(10, 10)] * 30).verdict
    assert "missed" == judged_days(limit, *[(0, 0)] * 30).verdict
    assert "unclear" == judged_days({"abandoned": "50%"}, *[(5, 5), (4, 6), (6, 4)] * 10).verdict


def test_nothing_to_keep_is_no_day() -> None:
    """A day without a call has no answer rate; it is left out, and a run without any has no figure."""
    target = one({"connected": "90%"}, [answered("mid", 0.0)])
    assert np.isnan(target.figure.value)
    assert np.isnan(target.holds).all()
    assert "unclear" == target.verdict


def test_targets_of_several_tiers_add_up_their_calls() -> None:
    """2 of 2 VIPs and 1 of 4 others: 3 of 6, at thresholds that are the VIPs' own and not the others'."""
    lines = scenario({"targets": [{"answered": "50%", "within": "20 s", "tiers": ["vip", "mid"]}]})
    rows = [answered("vip", float(at), 20.0) for at in range(2)]
    rows += [answered("mid", 10.0 + at, wait) for at, wait in enumerate((20.0, 21.0, 30.0))]
    target = judged(lines, Replicated(lines, [tally(lines, log([*rows, lost("mid", 50.0)]))]))[-1]
    assert ("vip", "mid") == target.goal.tiers
    assert 0.5 == target.figure.value


def test_all_targets_together() -> None:
    """VIPs are connected on 3 of 4 days and nobody hangs up on 2 of them: both hold on 2 of 4."""
    lines = scenario(
        {"days": 2, VIPS: [{"connected": "80%"}, {"abandoned": "0%"}], "tiers.mid.target": "none"}
    )
    figures = summary(lines, [tally(lines, two_days(good)) for good in ((10, 9), (10, 4))])
    assert [0.75, 0.5] == [target["days_met"]["value"] for target in figures["targets"]]
    assert 0.5 == figures["joint"]["days_met"]["value"]


def test_the_chance_to_keep_enough_days() -> None:
    """Four days of which three hold, taken as independent: 2 of 2 hold with chance 9/16, 1 of 2 with 15/16.

    Replications of two days are counted themselves: one of two kept both, both kept one.
    """
    alone_days = np.array([[1.0], [1.0], [0.0], [1.0]])
    assert pytest.approx(9 / 16) == chance_of(alone_days, DaysKept(2, 2)).value
    assert pytest.approx(15 / 16) == chance_of(alone_days, DaysKept(1, 2)).value
    assert 1.0 == chance_of(alone_days, DaysKept(0, 2)).value
    pairs = np.array([[1.0, 1.0], [0.0, 1.0]])
    assert [0.5, 1.0] == [float(chance_of(pairs, DaysKept(kept, 2)).value) for kept in (2, 1)]


def test_the_ends_of_a_chance_are_those_of_the_share_of_days() -> None:
    """24 of 30 days hold: binomial chances of 28 of 30 at the share and at Clopper and Pearson's ends."""
    days = np.repeat([[1.0], [0.0]], [24, 6], axis=0)
    exact = stats.binomtest(24, 30).proportion_ci(method="exact")
    shares = (0.8, exact.low, exact.high)
    expected = [sum(stats.binom.pmf(kept, 30, share) for kept in (28, 29, 30)) for share in shares]
    assert pytest.approx(expected) == list(map(float, chance_of(days, DaysKept(28, 30))))


def test_the_summary_says_of_each_target_what_and_how_well() -> None:
    """The entry of a target in JSON (contract 5.2)."""
    lines = scenario(
        {VIPS: [{"answered": "80%", "within": "15 s", "on": "90% of days"}], "tiers.mid.target": "none"}
    )
    entry = summary(lines, [tally(lines, log([answered("vip", 0.0, 15.0)]))])["targets"][0]
    ends = {"value": 1.0, "low": None, "high": None}
    assert {
        "path": "tiers.vip.targets.0",
        "tiers": ["vip"],
        "pool": None,
        "measure": "answered",
        "within_s": 15.0,
        "after_s": None,
        "bound": 0.8,
        "over": "day",
        "on_days": 0.9,
        "preset": None,
        **ends,
        "days_met": ends,
        "verdict": "unclear",
    } == entry


def test_the_answer_rate_has_the_verdict_of_its_target() -> None:
    """All days together are above 80%, but half of the days are not: missed, since 90% of days must be."""
    lines = scenario({"days": 2, VIPS: [{"answered": "80%", "within": "20 s", "on": "90% of days"}]})
    figures = summary(lines, [tally(lines, two_days((10, 7))) for _ in range(30)])
    level = figures["tiers"]["vip"]["service_level"]
    assert (0.85, 0.8, "missed") == (level["value"], level["target"], level["verdict"])


def test_the_short_form_and_the_list_say_the_same() -> None:
    """Figures, verdicts and everything else are equal, but for the path."""
    short, listed = scenario(), scenario({VIPS: [{"answered": "90%", "within": "20 s"}]})
    rows = [answered("vip", float(at), 5.0 * at) for at in range(8)]
    one_way, other = (summary(lines, [tally(lines, log(rows))]) for lines in (short, listed))
    other["targets"][0]["path"] = one_way["targets"][0]["path"]
    assert one_way == other
