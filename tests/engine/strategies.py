"""Random hotlines on a grid of whole seconds, where ties are everywhere; their callers are in `genes`."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from callcenter.scenario import Scenario, load
from tests.engine.genes import callers
from tests.engine.taping import Caller
from tests.engine.timeline import hotline, tier

PHONE = ("vip", "mid", "regular")
LOSSES = dict.fromkeys(["abandoned", "blocked", "balked", "left_ivr", "closed"], "50%")


def one_of(*choices: Any) -> st.SearchStrategy[Any]:
    """Choose one of some plain values; the first is the simplest."""
    return st.sampled_from(choices)


LEVELS = st.lists(one_of(0, 1, 2, 3, 0.5, 1.4), min_size=6, max_size=6)
IN_LINE = {
    "priority": st.integers(0, 2),
    "head_start": one_of("0 s", "20 s", "60 s"),
    "escalate": one_of(
        [],
        [{"after": "30 s", "priority": 0}],
        [{"after": "60 s", "priority": 2}],
        [{"after": "20 s", "priority": 2}, {"after": "60 s", "priority": 0}],
    ),
}
WAITS = IN_LINE | {
    "callback": one_of(
        "none",
        {"on": ["abandoned", "closed"]},
        {"on": ["abandoned", "blocked", "balked"]},
        {"on": ["closed"]},
    ),
    "redial": st.integers(1, 3).map(lambda n: {"after": "1 min", "when": LOSSES, "attempts": n}),
    "balk_above": one_of("never", "45 s", "3 min"),
    "offer": one_of(
        "none",
        {"when_announced_wait_exceeds": "1 min", "accepted": "50%"},
        {"when_in_line": 0, "accepted": "50%"},
        {"when_in_line": 2, "accepted": "50%"},
    ),
}
HOLDS = WAITS | {
    "offer": st.one_of(
        WAITS["offer"],
        one_of(
            {"when_announced_wait_exceeds": "1 min", "accepted": "50%", "keeps_place": True},
            {"when_in_line": 0, "accepted": "50%", "keeps_place": True},
            {"when_in_line": 1, "accepted": "50%", "keeps_place": True},
        ),
    ),
}
SHARES = {"concurrency": st.integers(1, 3), "slow_down": one_of(0, "50%")}
SILENT = {"silent": one_of("none", {"share": "50%", "noticed_after": "1 min"})}
TIERS = {
    "vip": st.fixed_dictionaries(HOLDS),
    "mid": st.fixed_dictionaries(HOLDS),
    "regular": st.fixed_dictionaries(HOLDS),
    "chat": st.fixed_dictionaries({"channel": st.just("chat")} | SHARES | WAITS | SILENT),
    "mail": st.fixed_dictionaries({"channel": st.just("deferred")} | SHARES | IN_LINE),
}
SERVE = st.fixed_dictionaries(
    {"keep_idle": st.integers(0, 2), "after": one_of("0 s", "30 s", "60 s")},
    optional={"priority": st.integers(-1, 2)},
)
SHIFT = one_of(
    {"start": "00:00", "end": "01:00"},
    {"start": "00:05", "end": "00:35", "breaks": [{"at": "00:20", "for": "5 min"}]},
    {"start": "00:20", "end": "02:00", "breaks": [{"at": "00:55", "for": "10 min"}]},
    {"start": "23:40", "end": "00:15"},
    {"start": "00:00", "end": "00:40", "days": [1]},
    {"start": "23:30", "end": "00:40", "days": "Wed, Tue"},
)
WEEKDAYS = st.builds(
    lambda some, others: {"agents": {"by_weekday": {"Mon-Wed": some, "Thu-Sun": others}}}, LEVELS, LEVELS
)
"""The first day is a Wednesday."""
PAST = st.lists(LEVELS, min_size=1, max_size=3).map(
    lambda rows: {
        "agents": {"by_date": {f"2026-01-0{n}": row for n, row in enumerate(rows, 5)}, "draw": "days"}
    }
)
STAFFING = st.one_of(
    st.builds(lambda agents: {"agents": agents}, LEVELS),
    WEEKDAYS,
    PAST,
    st.lists(st.builds(lambda shift, n: shift | {"agents": n}, SHIFT, st.integers(1, 2)), min_size=1).map(
        lambda shifts: {"shifts": shifts[:3]}
    ),
)
BREAKS = {"after_call": "50%", "length": "1 min"}
DAYS = one_of(
    {"close": "01:00", "interval": "10 min"},
    {"close": "24:00", "interval": "4 h"},
)
SECTIONS = {
    "lines": one_of("none", 1, 2, 3, 5),
    "days": st.integers(1, 2),
    "cool_down": one_of("0 h", "24 h"),
    "callbacks": st.fixed_dictionaries(
        {
            "attempts": st.just(2),
            "retry_after": st.just("5 min"),
            "reached": one_of("100%", "50%"),
            "hours": one_of("00:00-24:00", "00:10-00:30", "00:50-00:05"),
            "order": one_of("due", "oldest", "tier"),
            "cancel_if_answered": st.booleans(),
        }
    ),
}


DRAWN = {
    "talk": st.just({"exponential": "4 min"}),
    "wrap_up": st.just({"lognormal": {"mean": "20 s", "cv": 1}}),
    "patience": one_of("never", {"exponential": "2 min"}),
    "repeat": one_of("none", {"share": "30%", "after": {"exponential": "5 min"}}),
}
"""Keys of a tier whose callers are drawn."""
CALLS = one_of(
    *(0, 2, 10),
    {"by_weekday": {"Mon-Wed": 8, "Thu-Sun": [0, 2, 20, 0, 5, 1]}},
    {"by_date": {"2026-11-25": 0, "2026-11-26": 12, "2026-11-27": [1, 2, 3, 4, 5, 6]}},
)
IVR = {"time": {"exponential": "40 s"}, "self_service": "20%", "hangs_up": "10%"}
MENUS = {
    "menus": {
        "main": {"time": "20 s", "hangs_up": "5%", "choices": {"more": "50%", "agent": "50%"}},
        "more": {"time": {"exponential": "40 s"}, "self_service": "60%", "hangs_up": "5%"},
    }
}
RETURNING = {"returns": {"share": "50%", "after": {"exponential": "5 min"}}, "talk_after_ivr": 1.3}
ON_THE_WAY = {
    "ivr": one_of("none", IVR, IVR | RETURNING, MENUS | RETURNING),
    "online": one_of("none", {"share": "20%", "solves": "50%", "time": {"exponential": "3 min"}}),
}


@st.composite
def drawn_scenarios(draw: st.DrawFn) -> Scenario:
    """Draw a hotline whose callers are drawn from it, too, with all that may become of them."""
    scenario = draw(scenarios()).to_dict()
    names = list(scenario["tiers"])
    for name, keys in scenario["tiers"].items():
        keys |= draw(st.fixed_dictionaries(DRAWN))
        others = names[names.index(name) + 1 :]  # a transfer must not lead in a circle
        if keys.get("channel") == "deferred":
            keys.pop("patience")
        to = draw(one_of(None, *others))
        if to is not None:
            keys["transfer"] = [{"share": "20%", "to": to}]
    calls = {name: {"calls": draw(CALLS)} for name in scenario["tiers"]}
    pools = {name: pool | {"absence": draw(one_of(0, "30%"))} for name, pool in scenario["pools"].items()}
    return load(
        scenario
        | {"demand": {"tiers": calls, "day_factor_cv": draw(one_of(0, "50%"))}, "pools": pools}
        | draw(st.fixed_dictionaries(ON_THE_WAY))
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw a hotline: up to three tiers on the phone, chat, e-mail, up to four pools, and all the rest."""
    names = [
        *PHONE[: draw(st.integers(1, 3))],
        *draw(st.sampled_from([[], ["chat"], ["mail"], ["chat", "mail"]])),
    ]
    tiers = {name: tier(0) | draw(TIERS[name]) for name in names}
    pools = {f"pool{p}": draw(a_pool(names)) for p in range(draw(st.integers(0, 3)))}
    pools["last"] = {
        "serves": names,
        "agents": draw(LEVELS),
        "callbacks": {"keep_idle": draw(st.integers(0, 1))},
    }
    day = {"open": "00:00", "date": "2026-11-25", "after_close": draw(one_of("drain", "drop"))} | draw(DAYS)
    return load(hotline(tiers=tiers, pools=pools, day=day, **draw(st.fixed_dictionaries(SECTIONS))))


@st.composite
def a_pool(draw: st.DrawFn, names: list[str]) -> dict[str, Any]:
    """Draw a pool with conditions on some tiers."""
    pool: dict[str, Any] = {
        "serves": draw(st.dictionaries(st.sampled_from(names), SERVE, min_size=1)),
        "speed": draw(one_of(1, 1.5, 0.7)),
    }
    pool |= draw(STAFFING)
    pool |= draw(one_of({}, {"callbacks": {"keep_idle": 1}}))
    pool |= draw(one_of({}, {"shrinkage": "30%"}))
    pool |= draw(one_of({}, {"breaks": BREAKS}, {"breaks": BREAKS | {"not_while_waiting": 1}}))
    return pool


@st.composite
def runs(draw: st.DrawFn) -> tuple[Scenario, list[Caller]]:
    """Draw a scenario and its callers."""
    scenario = draw(scenarios())
    return scenario, draw(callers(scenario))
