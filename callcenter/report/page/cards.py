"""The verdict of a tier on one card: answer rate, interval, target, and on how many days it was met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from callcenter import wording
from callcenter.study import Result
from callcenter.study.sentences import verdicts
from callcenter.totals import without_total


class Gauge(NamedTuple):
    """A strip from `floor` to 100%; interval, answer rate and target are percent of its length."""

    floor: str
    low: float
    width: float
    value: float
    target: float


class Card(NamedTuple):
    """What a planner wants to know of a tier first."""

    tier: str
    kind: str
    verdict: str
    rate: str
    interval: str
    target: str
    days: str
    gauge: Gauge | None


def cards(result: Result) -> list[Card]:
    """Return a card for each tier that is promised something."""
    tiers = result.summary["tiers"]
    levels = {name: tiers[name]["service_level"] for name in without_total(tiers)}
    promised = {name: level for name, level in levels.items() if level["target"] is not None}
    floor = _floor(promised.values())
    return [_card(name, level, floor) for name, level in promised.items()]


def _card(name: str, level: Mapping[str, Any], floor: float) -> Card:
    return Card(
        tier=name,
        kind=level["verdict"],
        verdict=wording.verdict(level["verdict"]),
        rate=wording.percent(level["value"]),
        interval=verdicts.interval(level),
        target=wording.target(level),
        days=verdicts.days_met(level),
        gauge=None if level["value"] is None else _gauge(level, floor),
    )


def _gauge(level: Mapping[str, Any], floor: float) -> Gauge:
    value, target = level["value"], level["target"]
    low = value if level["low"] is None else level["low"]
    high = value if level["high"] is None else level["high"]
    places = [round(100 * (share - floor) / (1 - floor), 2) for share in (low, high, value, target)]
    return Gauge(wording.percent(floor, 0), places[0], places[1] - places[0], places[2], places[3])


def _floor(levels: Any) -> float:
    """Return the lower end of the strips, the same on all cards, a multiple of 10%."""
    shares = [level[key] for level in levels for key in ("low", "value", "target")]
    lowest = min((share for share in shares if share is not None), default=0.0)
    return max(0.0, int(10 * lowest - 0.5) / 10)
