"""Oddities of callbacks: promises that nobody can keep."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from callcenter.clock import SECONDS_PER_DAY, clock_text
from callcenter.language import gettext as _
from callcenter.scenario.checks.contacts import Check, Warnings
from callcenter.scenario.model import Scenario
from callcenter.scenario.parts.goals import Goal
from callcenter.scenario.parts.staffing import open_levels, rota

Span = tuple[float, float]

SECONDS_PER_HOUR = 3600.0

MUCH = 0.1
"""Of the counted time: a shorter promise leaves little undecided."""


def _owed(scenario: Scenario) -> list[str]:
    """Return the paths of all that leads to callbacks."""
    rules = [("callback", tier.callback, name) for name, tier in scenario.tiers.items()]
    offers = [("offer", tier.offer, name) for name, tier in scenario.tiers.items()]
    return [f"tiers.{name}.{key}" for key, rule, name in [*rules, *offers] if rule is not None]


def _workers(scenario: Scenario) -> list[str]:
    return [name for name, pool in scenario.pools.items() if pool.callbacks is not None]


def _places(scenario: Scenario) -> list[str]:
    """Return the paths of offers whose callbacks are dialled out of the line; none outside opening hours."""
    if not scenario.callbacks.hours.overlaps(scenario.day.open, scenario.day.close):
        return []
    return [f"tiers.{name}.offer" for name, tier in scenario.tiers.items() if tier.keeps_places]


def _unworked(scenario: Scenario) -> Warnings:
    owed, workers, places = _owed(scenario), _workers(scenario), _places(scenario)
    others = [path for path in owed if path not in places]
    if others and not workers:
        yield others[0], _("no pool works callbacks, so all stay pending; add `callbacks: {}` to one")
    elif places and not workers:
        yield (
            places[0],
            _(
                "no pool works callbacks, so those who are not reached out of the line stay pending, "
                "and those whose turn has not come when calling hours end; add `callbacks: {}` to one"
            ),
        )
    for name in workers if not owed else ():
        yield f"pools.{name}.callbacks", _("no tier leaves callbacks, so there are none to work")


def _window(scenario: Scenario) -> Warnings:
    if not _owed(scenario) or not _workers(scenario):
        return
    spans = list(_joined(sorted(_dialling(scenario))))
    if not spans:
        yield "callbacks.hours", _("no pool that works callbacks has agents within the calling window")
        return
    lost, next_call = max(_gaps(spans), key=lambda gap: gap[1] - gap[0])
    if next_call - lost > scenario.callbacks.within:
        yield "callbacks.within", _too_late(lost, next_call, scenario.callbacks.within)


def _never_reached(scenario: Scenario) -> Warnings:
    if _owed(scenario) and scenario.callbacks.reached == 0:
        yield "callbacks.reached", _("no attempt ever reaches anybody; write for example 75%")


def _dialling(scenario: Scenario) -> Iterator[Span]:
    """Yield the spans of a day in which a pool that works callbacks has agents within the calling window."""
    hours = scenario.callbacks.hours
    end = hours.end + (SECONDS_PER_DAY if hours.end <= hours.start else 0)
    for name in _workers(scenario):
        for level in open_levels(rota(scenario.pools[name], scenario.day, scenario.days)):
            for offset in (0.0, SECONDS_PER_DAY):
                span = max(level.start, hours.start - offset), min(level.end, end - offset)
                if span[0] < span[1]:
                    yield span


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Yield spans in order of time, those that touch as one."""
    start, end = spans[0] if spans else (0.0, 0.0)
    for begin, finish in spans:
        if begin > end:
            yield start, end
            start, end = begin, finish
        end = max(end, finish)
    if end > start:
        yield start, end


def _gaps(spans: list[Span]) -> Iterator[Span]:
    """Yield since when nobody dials, and when somebody dials next."""
    again = (spans[0][0] + SECONDS_PER_DAY, 0.0)
    for (_start, end), (start, _end) in zip(spans, [*spans[1:], again], strict=True):
        yield end, start


def _while_open(scenario: Scenario) -> Warnings:
    """Yield the targets that calls lost in opening hours break: nobody dials for longer than they allow."""
    if not _owed(scenario) or not _workers(scenario):
        return
    spans, day = list(_joined(sorted(_dialling(scenario)))), scenario.day
    nobody = _gaps(spans) if spans else ()
    gaps = [(lost - ago, again - ago) for lost, again in nobody for ago in (0.0, SECONDS_PER_DAY)]
    for goal in scenario.goals:
        if goal.measure != "callbacks" or goal.within is None:
            continue
        late = [
            (max(lost, day.open), again)
            for lost, again in gaps
            if max(lost, day.open) < min(again - goal.within, day.close)
        ]
        if late:
            yield goal.path, _too_late(*max(late, key=lambda gap: gap[1] - gap[0]), goal.within)


def _too_late(lost: float, again: float, within: float) -> str:
    morning = clock_text(again % SECONDS_PER_DAY)
    return _(
        "a call lost at {lost} cannot be called back before {when}, later than the {within} promised"
    ).format(
        lost=clock_text(lost),
        when=morning if again < SECONDS_PER_DAY else _("{morning} on the next day").format(morning=morning),
        within=_("{n} min").format(n=f"{within / 60:g}")
        if within < SECONDS_PER_HOUR
        else _("{n} h").format(n=f"{within / SECONDS_PER_HOUR:g}"),
    )


def _undecided(scenario: Scenario) -> Warnings:
    """Yield the promises of which much is neither kept nor broken when the run ends (contract 4.1a)."""
    promises = [
        (f"{goal.path}.within", goal.within)
        for goal in scenario.goals
        if goal.within is not None and _is_of_later(scenario, goal)
    ]
    if _owed(scenario) and _workers(scenario):
        promises.append(("callbacks.within", scenario.callbacks.within))
    counted = (scenario.days - 1) * SECONDS_PER_DAY + scenario.day.length - scenario.warm_up
    followed = (scenario.run_days - scenario.days + _quiet_days(scenario)) * SECONDS_PER_DAY
    for path, within in promises:
        if within > max(followed, MUCH * counted):
            days = math.ceil(within / SECONDS_PER_DAY)
            message = _(
                "the promise of {within:g} h reaches beyond the end of the run of {counted:g} h: what is "
                "left then is neither kept nor broken; write `cool_down: {hours} h`"
            )
            yield path, message.format(within=within / 3600, counted=counted / 3600, hours=24 * days)


def _is_of_later(scenario: Scenario, goal: Goal) -> bool:
    """Whether a target is about work that may be done long after the call."""
    if goal.measure == "callbacks":
        return any(scenario.tiers[name].owes_callbacks for name in goal.tiers) and bool(_workers(scenario))
    deferred = [scenario.tiers[name].channel == "deferred" for name in goal.tiers]
    return goal.measure == "answered" and bool(deferred) and all(deferred)


def _quiet_days(scenario: Scenario) -> int:
    """Return on how many of the last days nobody calls, so that what came before is followed to its end."""
    rows = [scenario.demand.expected_on(tier) for tier in scenario.tiers]
    planned = scenario.demand.days or (1.0,) * scenario.days

    def is_quiet(day: int) -> bool:
        return planned[day] == 0 or not any(any(each[day if len(each) > 1 else 0]) for each in rows)

    return len(tuple(itertools.takewhile(is_quiet, reversed(range(scenario.days)))))


CHECKS: tuple[Check, ...] = (_unworked, _never_reached, _window, _while_open, _undecided)
