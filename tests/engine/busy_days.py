"""Three overloaded days of a hotline that has everything a scenario can say."""

from __future__ import annotations

from typing import Any

CALLS = [60, 90, 120, 150, 150, 120, 90, 90, 90, 60, 60, 30]
LOSSES = {"abandoned": "40%", "blocked": "70%", "balked": "40%", "left_ivr": "20%", "closed": "30%"}
MENUS = {
    "entry": {"time": {"exponential": "20 s"}, "hangs_up": "3%", "choices": {"bills": "40%", "agent": "60%"}},
    "bills": {"time": {"exponential": "40 s"}, "self_service": "50%"},
}


def busy_days(after_close: str) -> dict[str, Any]:
    """Return the scenario."""
    return {
        "name": "busy-days",
        "day": {"open": "08:00", "close": "20:00", "interval": "1 h", "after_close": after_close},
        "days": 3,
        "demand": {
            "calls": CALLS,
            "mix": {"vip": "10%", "mid": "25%", "regular": "45%", "chat": "15%", "blacklist": "5%"},
            "day_factor_cv": "20%",
            "interval_factor": {"cv": "17%", "correlation": 0.3},
            "talk_factor_cv": "10%",
        },
        "lines": 45,
        "online": {"share": "10%", "solves": "40%", "time": {"exponential": "3 min"}},
        "ivr": {"menus": MENUS, "authentication": {"exponential": "10 s"}},
        "tiers": tiers(),
        "pools": pools(),
        "callbacks": {"hours": "09:00-21:00", "retry_after": "1 h", "reached": "60%", "order": "tier"},
    }


def tiers() -> dict[str, Any]:
    """Return callers of every kind; cases come of transfers only."""
    redial = {"after": {"exponential": "10 min"}, "when": LOSSES}
    repeat = {"share": "12%", "after": {"exponential": "4 h"}}
    return {
        "vip": _tier(0, ivr="none", callback={"on": ["abandoned"]}, redial=redial | {"attempts": 1}),
        "mid": _tier(
            1,
            head_start="30 s",
            callback={"on": ["abandoned", "closed", "blocked"], "share": "80%"},
            redial=redial,
            repeat=repeat,
            transfer=[{"share": "5%", "to": "case"}, {"share": "5%", "to": "vip"}],
        ),
        "regular": _tier(
            1,
            escalate=[{"after": "2 min", "priority": 0}],
            balk_above="5 min",
            offer={"when_announced_wait_exceeds": "2 min", "accepted": "30%", "keeps_place": True},
            redial=redial | {"attempts": 5},
            repeat=repeat,
        ),
        "chat": _tier(
            2, channel="chat", concurrency=3, slow_down="20%", offer={"when_in_line": 4, "accepted": "30%"}
        ),
        "blacklist": _tier(9, patience="never", redial={"after": "5 min", "when": {"blocked": "100%"}}),
        "case": {
            "priority": 5,
            "channel": "deferred",
            "talk": {"exponential": "10 min"},
            "escalate": [{"after": "12 h", "priority": 0}],
            "repeat": repeat,
        },
    }


def _tier(priority: int, **keys: Any) -> dict[str, Any]:
    times = {"talk": {"lognormal": {"mean": "3 min", "cv": 1.2}}, "wrap_up": {"exponential": "30 s"}}
    return {"priority": priority, "patience": {"exponential": "2 min"}} | times | keys


def pools() -> dict[str, Any]:
    """Return reserved, shared, overflowing and chatting agents, by series and by shifts."""
    return {
        "vip_desk": {"serves": ["vip"], "agents": 1, "absence": "10%"},
        "front": {
            "serves": {
                "vip": {},
                "mid": {},
                "regular": {"keep_idle": 1, "speed": 1.1, "priority": 0},
                "blacklist": {"keep_idle": 2},
            },
            "agents": [4, 5, 6, 9, 9, 7, 6, 5, 6, 4, 3, 2],
            "callbacks": {"keep_idle": 2},
            "speed": 0.95,
            "breaks": {
                "after_call": "10%",
                "length": {"exponential": "5 min", "per_interval": [1, 2] * 6},
                "not_while_waiting": 4,
            },
            "shrinkage": "5%",
        },
        "back": {
            "serves": {"regular": {"after": "45 s"}, "vip": {"after": "20 s"}, "chat": {}, "case": {}},
            "shifts": [
                {"start": "07:00", "end": "15:30", "agents": 2, "breaks": [{"at": "11:45", "for": "30 min"}]},
                {"start": "14:00", "end": "22:00", "agents": 2, "breaks": [{"at": "18:00", "for": "1 h"}]},
                {"start": "19:30", "end": "09:00", "agents": 1},
            ],
            "absence": "20%",
            "callbacks": {},
            "breaks": {"after_call": "5%", "length": {"exponential": "5 min"}},
        },
    }
