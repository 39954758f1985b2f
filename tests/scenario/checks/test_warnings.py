"""Warnings: what may be written but is probably not meant."""

from __future__ import annotations

from typing import Any

import pytest

from callcenter.demand import warnings
from callcenter.language import speaking
from callcenter.scenario import load
from tests.chinese import not_chinese
from tests.scenario.hotline import hotline

CALLBACK = {"on": ["abandoned"]}
IMPATIENT = {"tiers.vip.patience": "3 min"}
WORKED = IMPATIENT | {"tiers.vip.callback": CALLBACK, "pools.desk.callbacks": {}, "cool_down": "24 h"}
HOLD = {"when_in_line": 5, "accepted": "40%", "keeps_place": True}
SECOND = {
    "tiers.vip.transfer": {"share": "10%", "to": "second"},
    "tiers.second": {"priority": 5, "talk": "4 min"},
    "pools.desk.serves": ["vip", "regular", "second"],
}
CHAT = {"tiers.vip.channel": "chat", "tiers.vip.concurrency": 3}
BREAKS = {"after_call": "6%", "length": "5 min"}
SILENT = {"tiers.vip.silent": {"share": "100%", "noticed_after": "2 min"}}


def redial(**when: object) -> dict[str, Any]:
    """Return the changes by which VIPs dial again."""
    return {"tiers.vip.redial": {"after": "10 min", "when": when}}


def shift(start: str, end: str, **others: Any) -> dict[str, Any]:
    """Return a shift of three agents."""
    return {"start": start, "end": end, "agents": 3} | others


SOUND = {
    "callbacks": WORKED,
    "virtual hold": {"tiers.vip.offer": HOLD, "pools.desk.callbacks": {}, "cool_down": "24 h"},
    "transfer": SECOND,
    "case": SECOND | {"tiers.second.channel": "deferred", "tiers.second.talk": "10 min"},
    "chat": CHAT | {"tiers.vip.slow_down": "10%"},
    "silence": CHAT | SILENT | IMPATIENT,
    "returns": {"ivr": {"time": "9 s", "self_service": "30%", "returns": {"share": "20%", "after": "1 h"}}},
    "redial": redial(abandoned="40%", blocked="70%", balked="10%", left_ivr="20%", closed="10%")
    | IMPATIENT
    | {"lines": 5, "tiers.vip.balk_above": "1 min", "day.after_close": "drop"}
    | {"ivr": {"menus": {"main": {"time": "20 s", "hangs_up": "1%"}}}},
    "nothing to redial": redial(abandoned="40%", blocked=0, closed="0%") | IMPATIENT,
    "escalate": {
        "tiers.regular.escalate": [{"after": "1 min", "priority": 0}, {"after": "2 min", "priority": -1}]
    },
    "night": {
        "pools.desk.agents": None,
        "pools.desk.shifts": [shift("22:00", "09:00"), shift("09:00", "17:00")],
    },
    "repeat": {"tiers.vip.repeat": {"share": "30%", "after": "1 h"}},
    "promise": WORKED | {"callbacks.within": "22 h"},
    "lines": {"lines": 3},
    "followed on quiet days": WORKED | {"cool_down": "0 h", "days": 3, "demand.days": [1, 0, 0]},
}


@pytest.mark.parametrize("changes", SOUND.values(), ids=SOUND)
def test_a_sound_scenario_has_no_warnings(changes: dict[str, Any]) -> None:
    """Silence means that nothing is odd."""
    assert [] == warnings(load(hotline(), changes))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"demand.mix": {"vip": 0, "regular": 1}}, "tiers.vip: nobody of this tier ever calls"),
        (
            {"tiers.vip.talk": "240 min", "tiers.vip.patience": "1 min"},
            "tiers.vip.talk: the mean of 240 min is unusually long; check the unit",
        ),
        (
            {"pools.desk.serves.regular.keep_idle": 3},
            "pools.desk.serves.regular: keeps 3 agents idle but never has more than 3: it takes no such call",
        ),
        (
            {"tiers.regular.target": "none", "pools.desk.serves.vip.keep_idle": 1},
            "pools.desk.serves.regular: keeps 0 agents idle where `vip`, first in the line, keeps 1:"
            " it is taken while that waits; keep as many",
        ),
        (
            {
                "pools.desk.serves.vip.priority": 1,
                "tiers.vip.escalate": [{"after": "1 min", "priority": -1}],
            },
            "pools.desk.serves.vip.priority: holds however long a call waits: `escalate` of `vip` changes "
            "nothing here",
        ),
        (
            {"demand.volume": 10},
            "pools: callers who never give up bring 36.7 h of work a day for 5 agent hours; add `patience`",
        ),
        (
            IMPATIENT | {"tiers.vip.callback": CALLBACK},
            "tiers.vip.callback: no pool works callbacks, so all stay pending; add `callbacks: {}` to one",
        ),
        (
            {"pools.desk.callbacks": {}},
            "pools.desk.callbacks: no tier leaves callbacks, so there are none to work",
        ),
        (
            WORKED | {"cool_down": "0 h"},
            "callbacks.within: the promise of 24 h reaches beyond the end of the run of 2 h: what is left "
            "then is neither kept nor broken; write `cool_down: 24 h`",
        ),
        (
            SECOND
            | {
                "tiers.second.channel": "deferred",
                "tiers.second.talk": "10 min",
                "tiers.second.target": {"within": "2 d", "share": "90%"},
                "cool_down": "24 h",
            },
            "tiers.second.target.within: the promise of 48 h reaches beyond the end of the run of 2 h: what "
            "is left then is neither kept nor broken; write `cool_down: 48 h`",
        ),
        (
            WORKED | {"callbacks.hours": "10:00-12:00"},
            "callbacks.hours: no pool that works callbacks has agents within the calling window",
        ),
        ({"pools.idle": {"serves": [], "agents": 1}}, "pools.idle: serves no tier and works no callbacks"),
        (
            WORKED | {"callbacks.within": "21 h"},
            "callbacks.within: a call lost at 10:00 cannot be called back before 08:00 on the next day, "
            "later than the 21 h promised",
        ),
        (
            WORKED | {"callbacks.hours": "00:00-08:30", "callbacks.within": "23 h", "pools.desk.agents": 2},
            "callbacks.within: a call lost at 08:30 cannot be called back before 08:00 on the next day, "
            "later than the 23 h promised",
        ),
        (
            {"tiers.vip.offer": {"when_in_line": 5, "accepted": "40%"}},
            "tiers.vip.offer: no pool works callbacks, so all stay pending; add `callbacks: {}` to one",
        ),
        (
            {"tiers.vip.offer": HOLD},
            "tiers.vip.offer: no pool works callbacks, so those who are not reached out of the line stay "
            "pending, and those whose turn has not come when calling hours end; add `callbacks: {}` to one",
        ),
        (
            IMPATIENT | {"tiers.vip.offer": HOLD, "tiers.vip.callback": CALLBACK},
            "tiers.vip.callback: no pool works callbacks, so all stay pending; add `callbacks: {}` to one",
        ),
        (
            {"tiers.vip.offer": HOLD, "callbacks.hours": "10:00-12:00"},
            "tiers.vip.offer: no pool works callbacks, so all stay pending; add `callbacks: {}` to one",
        ),
        (
            WORKED | {"callbacks.reached": 0},
            "callbacks.reached: no attempt ever reaches anybody; write for example 75%",
        ),
        (
            {"tiers.vip.callback": CALLBACK, "pools.desk.callbacks": {}, "cool_down": "24 h"},
            "tiers.vip.callback.on: such calls never happen: `patience` is never",
        ),
        (
            redial(abandoned="40%"),
            "tiers.vip.redial.when.abandoned: such calls never happen: `patience` is never",
        ),
        (
            redial(blocked="40%"),
            "tiers.vip.redial.when.blocked: such calls never happen: there is no limit of `lines`",
        ),
        (
            redial(blocked="40%") | CHAT | {"lines": 9},
            "tiers.vip.redial.when.blocked: such calls never happen: a chat contact holds no line",
        ),
        (
            redial(balked="40%"),
            "tiers.vip.redial.when.balked: such calls never happen: `balk_above` is never",
        ),
        (redial(left_ivr="40%"), "tiers.vip.redial.when.left_ivr: such calls never happen: it has no IVR"),
        (
            redial(left_ivr="40%") | {"ivr": {"time": "40 s"}},
            "tiers.vip.redial.when.left_ivr: such calls never happen: nobody hangs up in its IVR",
        ),
        (
            redial(closed="40%"),
            "tiers.vip.redial.when.closed: such calls never happen: `day.after_close` is drain",
        ),
        (
            redial(abandoned="100%") | IMPATIENT,
            "tiers.vip.redial.when.abandoned: 100% of these callers dial again, whatever happens; "
            "`attempts` ends it after 3 redials",
        ),
        (
            {"tiers.vip.repeat": {"share": "70%", "after": "1 h"}},
            "tiers.vip.repeat.share: 70% of those answered call again; "
            "it ends when 20 calls have followed a customer's first call",
        ),
        (
            {"tiers.regular.escalate": [{"after": "1 min", "priority": 1}]},
            "tiers.regular.escalate.0: priority 1 is the same as 1 before; smaller is served first",
        ),
        (
            {"tiers.vip.escalate": [{"after": "1 min", "priority": -1}, {"after": "2 min", "priority": 0}]},
            "tiers.vip.escalate.1: priority 0 is worse than -1 before; smaller is served first",
        ),
        ({"tiers.vip.slow_down": "10%"}, "tiers.vip.slow_down: slows nobody down, as `concurrency` is 1"),
        (CHAT | SILENT, "tiers.vip.silent: nobody leaves without a word, as `patience` is never"),
        (
            WORKED | CHAT | SILENT,
            "tiers.vip.callback.on: nobody is called back after `abandoned`: "
            "who leaves without a word is owed nothing",
        ),
        (
            {"ivr": {"time": "40 s", "returns": {"share": "20%", "after": "30 min"}}},
            "ivr.returns: nobody returns, as the IVR solves nobody (`self_service`)",
        ),
        (
            {"ivr": {"time": "40 s", "self_service": "30%", "returns": {"share": "20%", "after": "3 h"}}},
            "ivr.returns.after: comes on average 3 h of opening later, after the last close of a run of 2 h; "
            "simulate more `days`",
        ),
        (
            CHAT
            | {
                "pools.desk.serves.vip.keep_idle": 1,
                "tiers.regular.target": {"within": "20 s", "share": "85%"},
            },
            "pools.desk.serves.vip.keep_idle: holds back idle agents only: "
            "a busy one with a free place takes a further contact",
        ),
        (
            {
                "ivr": {"menus": {"main": {"time": "20 s", "self_service": "100%"}}},
                "tiers.regular.ivr": "none",
            },
            "tiers.vip: nobody asks for a person: the IVR or the online channel keeps them all",
        ),
        (
            {
                "pools.night": {
                    "serves": ["vip"],
                    "shifts": [shift("22:00", "06:00"), shift("09:00", "11:00")],
                }
            },
            "pools.night.shifts.0: never on the phones while the hotline is open, 08:00 to 10:00",
        ),
        (
            {"pools.tired": {"serves": ["vip"], "shifts": [shift("09:00", "10:00", breaks="09:00 1 h")]}},
            "pools.tired.shifts.0: never on the phones for breaks while the hotline is open, 08:00 to 10:00",
        ),
        (
            {"pools.ill": {"serves": ["vip"], "agents": 2, "absence": "100%"}},
            "pools.ill.absence: an absence of 100% leaves nobody on the phones",
        ),
        (
            {"pools.busy": {"serves": ["vip"], "agents": [0, 1, 1, 0], "shrinkage": "60%"}},
            "pools.busy.shrinkage: a shrinkage of 60% leaves nobody on the phones: "
            "what is left of 1 makes no whole agent",
        ),
        (
            {"pools.desk.breaks": {"after_call": 0, "length": "5 min"}},
            "pools.desk.breaks: nobody is ever away: `after_call` or `length` is 0; remove it",
        ),
        (
            WORKED | {"pools.office": {"callbacks": {}, "agents": 1, "breaks": BREAKS}},
            "pools.office.breaks: nobody is ever away: breaks follow calls, and this pool takes none, only "
            "callbacks",
        ),
        (
            {"pools.desk.breaks": BREAKS | {"not_while_waiting": 9}, "lines": 8},
            "pools.desk.breaks.not_while_waiting: breaks are never put off: with 8 `lines` fewer than 9 "
            "calls can wait",
        ),
        (
            {"pools.desk.agents": {"by_date": {"2026-11-23": 3}, "draw": "days"}},
            "pools.desk.agents: draws from one day only, so every day has the same roster",
        ),
        (
            {"demand.interval_factor": {"cv": "17%", "correlation": 1}},
            "demand.interval_factor.correlation: all intervals of a day have one factor then; write "
            "`day_factor_cv: 17%` instead",
        ),
        (
            {"demand.interval_factor": {"cv": "0%", "correlation": 0.3}},
            "demand.interval_factor: changes nothing, as its `cv` is 0%",
        ),
        (
            {"ivr": {"time": "40 s"}, "tiers.vip.ivr": "none", "tiers.regular.ivr": "none"},
            "ivr: no tier passes it: each has its own or none, or does not phone",
        ),
        (
            {"ivr": {"time": "40 s", "self_service": "30%", "returns": {"share": 0, "after": "1 min"}}},
            "ivr.returns: nobody returns, as `share` is 0%",
        ),
        (
            IMPATIENT
            | {"tiers.vip.channel": "chat", "tiers.vip.silent": {"share": 0, "noticed_after": "1 min"}},
            "tiers.vip.silent: nobody leaves without a word, as `share` is 0%",
        ),
        (
            WORKED | {"tiers.vip.offer": {"when_in_line": 3, "accepted": 0}},
            "tiers.vip.offer: nobody takes the callback, as `accepted` is 0%",
        ),
        ({"lines": 2}, "lines: 2 lines for 3 agents at the peak: so many can never talk at a time"),
        (
            CHAT | {"tiers.regular.channel": "chat", "lines": 2},
            "lines: no tier phones, so no line is ever taken",
        ),
        (
            SECOND | {"tiers.vip.channel": "deferred"},
            "tiers.vip.transfer: `second` is phone, but nobody waits when `vip` is worked on; "
            "transfer to deferred work",
        ),
        (
            SECOND | {"tiers.second": {"priority": 5, "talk": "3 h", "channel": "deferred"}},
            "pools: deferred work and callers who never give up bring 6.67 h of work a day "
            "for 5 agent hours; add agents",
        ),
    ],
)
def test_each_warning(changes: dict[str, Any], expected: str) -> None:
    """One oddity, one sentence with its path, in Chinese too."""
    far_above = "Erlang for "  # a load that is far too high is tests/demand/test_checks.py

    assert [expected] == [line for line in warnings(load(hotline(), changes)) if far_above not in line]
    with speaking("zh-CN"):
        assert [] == not_chinese(warnings(load(hotline(), changes)))


def test_a_tier_reached_by_transfer_is_not_silent() -> None:
    """Nobody calls it, and still it has contacts; without agents they wait."""
    changes = SECOND | {
        "pools.desk.serves": ["vip", "regular"],
        "pools.empty": {"serves": ["second"], "agents": 0},
    }
    expected = "tiers.second: no pool that serves it has agents at any time, so everybody waits for ever"
    assert [expected] == warnings(load(hotline(), changes))


@pytest.mark.parametrize(("patience", "end"), [("never", "waits for ever"), ("1 min", "gives up")])
def test_nobody_is_there_all_day(patience: str, end: str) -> None:
    """A tier whose pools are empty."""
    changes = {"pools.desk.serves": ["regular"], "pools.vip_desk": {"serves": ["vip"], "agents": 0}}
    expected = f"tiers.vip: no pool that serves it has agents at any time, so everybody {end}"
    assert [expected] == warnings(load(hotline(), changes | {"tiers.vip.patience": patience}))
