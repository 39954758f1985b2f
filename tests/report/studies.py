"""Small studies for the tests of the report, and a reader of its HTML."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

import callcenter as cc

DESK: dict[str, Any] = {
    "name": "desk",
    "about": "A small desk.",
    "seed": 7,
    "day": {"open": "08:00", "close": "14:00", "interval": "1 h"},
    "demand": {"calls": [0, 40, 60, 60, 40, 20], "mix": {"vip": "25%", "regular": "75%"}},
    "tiers": {
        "vip": {
            "priority": 0,
            "target": {"within": "20 s", "share": "90%"},
            "patience": {"exponential": "4 min"},
            "talk": {"exponential": "3 min"},
        },
        "regular": {
            "priority": 1,
            "target": {"within": "20 s", "share": "85%"},
            "patience": {"exponential": "4 min"},
            "talk": {"exponential": "3 min"},
            "callback": {"on": ["abandoned"]},
        },
    },
    "pools": {
        "desk": {"serves": ["vip", "regular"], "agents": 3},
        "office": {"serves": ["regular"], "agents": 1, "callbacks": {}},
    },
}

RICH: dict[str, Any] = {
    "name": "rich",
    "seed": 5,
    "day": {"open": "08:00", "close": "12:00", "interval": "1 h"},
    "days": 2,
    "demand": {"calls": [60, 90, 90, 60], "mix": {"vip": "30%", "regular": "70%"}},
    "lines": 9,
    "line_cost_per_minute": 0.5,
    "ivr": {
        "time": {"exponential": "30 s"},
        "self_service": "20%",
        "hangs_up": "4%",
        "returns": {"share": "30%", "after": "20 min"},
        "talk_after_ivr": 1.1,
    },
    "online": {"share": "30%", "solves": "50%"},
    "tiers": {
        "vip": {
            "priority": 0,
            "target": {"within": "20 s", "share": "92%"},
            "patience": {"exponential": "4 min"},
            "talk": {"lognormal": {"mean": "3 min", "cv": 1.2}},
            "wrap_up": "15 s",
            "balk_above": "2 min",
            "redial": {"after": "5 min", "when": {"abandoned": "60%", "blocked": "30%", "balked": "50%"}},
            "value": {"answered": 3, "abandoned": -20},
        },
        "regular": {
            "priority": 1,
            "target": {"within": "30 s", "share": "85%"},
            "patience": {"exponential": "2 min"},
            "talk": {"exponential": "3 min"},
            "callback": {"on": ["abandoned"], "share": "60%"},
            "repeat": {"share": "10%", "after": "20 min"},
            "value": {"answered": 1},
        },
    },
    "pools": {
        "desk": {
            "serves": ["vip", "regular"],
            "agents": [3, 4, 4, 3],
            "cost_per_hour": 60,
            "overtime_per_hour": 90,
            "callbacks": {"keep_idle": 1},
        },
        "office": {
            "serves": {"regular": {"speed": 0.9}},
            "agents": 1,
            "shrinkage": "2%",
            "absence": "3%",
            "callbacks": {},
            "cost_per_hour": 40,
        },
    },
}
"""A hotline that has everything that only some have, with too few agents."""


def result(changes: Mapping[str, Any] | None = None, replications: int = 4) -> cc.Result:
    """Simulate the desk with some paths changed."""
    return cc.run(cc.load(DESK, changes or {}), replications, engine="simpy")


def run_rich(replications: int = 4) -> cc.Result:
    """Simulate the hotline that has everything."""
    return cc.run(cc.load(RICH), replications, engine="simpy")


def sweep(
    folder: Path, vary: Mapping[str, Any], design: str = "grid", replications: int = 3, **more: Any
) -> cc.SweepResult:
    """Simulate the desk with some paths varied."""
    (folder / "desk.yaml").write_text(yaml.safe_dump(DESK), encoding="utf-8")
    file = {
        "scenario": "desk.yaml",
        "replications": replications,
        "design": design,
        "vary": dict(vary),
        **more,
    }
    (folder / "plan.yaml").write_text(yaml.safe_dump(file), encoding="utf-8")
    return cc.sweep(folder / "plan.yaml", engine="simpy", command="callcenter sweep plan.yaml")


class Reader(HTMLParser):
    """Collects the elements, the texts and the rows of the tables of a page."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.rows: list[list[str]] = []
        self._path: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element; a row starts a new list, a cell a new text in it."""
        self.elements.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        self._path.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those in it that have no end."""
        while self._path and self._path.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note a text, in its cell if it stands in one."""
        self.texts.append(data)
        if {"td", "th"} & set(self._path) and "small" not in self._path:
            self.rows[-1][-1] += data.strip()

    def tags(self, name: str) -> list[dict[str, str | None]]:
        """Return the attributes of every element of a name."""
        return [attributes for tag, attributes in self.elements if tag == name]
