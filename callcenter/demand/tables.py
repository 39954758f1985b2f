"""What chance does with the callers of a scenario, laid out once in arrays that compiled code reads."""

from __future__ import annotations

import math
from threading import local
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Records
from callcenter.demand.hours import opening_hours
from callcenter.demand.purposes import (
    ACCEPTS,
    AUTHENTICATION,
    CALLBACK_TALK,
    CALLBACK_WRAP_UP,
    CALLED_BACK,
    IVR_EXIT,
    IVR_TIME,
    MENUS,
    NO_ANSWER,
    NOBODY,
    ONLINE_SOLVED,
    ONLINE_START,
    ONLINE_TIME,
    OWED,
    PATIENCE,
    PURPOSES,
    REDIAL,
    REDIAL_AFTER,
    REPEAT,
    REPEAT_AFTER,
    RETURN,
    RETURN_AFTER,
    TALK,
    TRANSFER,
    WRAP_UP,
)
from callcenter.demand.sampling import LawBook, Laws
from callcenter.demand.streams import Words, name_of
from callcenter.outcomes import Outcome
from callcenter.scenario import Distribution, Ivr, Menu, Scenario, Tier
from callcenter.scenario.parts.menus import AGENT

TIER = np.dtype(
    [
        ("first_stream", np.int64),  # that of the first purpose
        ("word", np.uint64),  # stands for its name
        ("online_share", np.float64),  # start on the web or app
        ("online_solves", np.float64),
        ("online_time", np.int64),  # a row of the laws, as all times
        ("patience", np.int64),
        ("talk", np.int64),
        ("wrap_up", np.int64),
        ("ivr_time", np.int64),  # NOBODY = no IVR, or one of menus
        ("self_service", np.float64),
        ("leaves", np.float64),  # solved or gone in the IVR
        ("authentication", np.int64),  # NOBODY = none
        ("after_ivr", np.float64),  # factor of talk and wrap-up of those who come out of it
        ("returns", np.float64),  # share of those solved who call again
        ("return_after", np.int64),
        ("menu", np.int64),  # the entry, NOBODY = none
        ("first_menu", np.int64),
        ("menus", np.int64),
        ("owed", np.float64),  # share of the losses that leave a record
        ("accepts", np.float64),  # share that takes a callback
        ("redials", np.bool_),
        ("attempts", np.int64),  # at most so many redials
        ("redial_after", np.int64),
        ("repeats", np.float64),
        ("repeat_after", np.int64),
        ("way", np.int64),  # the first transfer
        ("ways", np.int64),
        ("callback_talk", np.int64),
        ("callback_wrap_up", np.int64),
    ],
    align=True,
)
MENU = np.dtype(
    [
        ("time", np.int64),
        ("self_service", np.float64),
        ("leaves", np.float64),
        ("way", np.int64),
        ("ways", np.int64),
    ]
)
WAY = np.dtype([("up_to", np.float64), ("to", np.int64)])
"""Where callers go who draw less than this and no less than the way before: a tier, or a menu."""
DAY = np.dtype(
    [
        ("open", np.float64),
        ("interval", np.float64),
        ("intervals", np.int64),
        ("cv", np.float64),  # of the day factor
        ("correlation", np.float64),  # of the scores of neighbouring intervals
        ("talk_cv", np.float64),  # of the day factor of talk and wrap-up
        ("slowness", np.float64),  # that factor where it is known, on days without chance in it
        ("reached", np.float64),
        ("no_answer", np.int64),
    ]
)


SHARED = ("day factor", "interval factor", "talk factor")
"""The streams of what all tiers share; the latter two begin anew each day, with its number in their key."""
DAY_FACTOR, INTERVAL_FACTOR, TALK_FACTOR = range(3)

REACH, STEPS = 8.5, 64
"""Gaussian scores from -REACH to REACH, so many to one: all that ever come, 1 in 10^16 lies beyond."""


class DemandTables(NamedTuple):
    """The callers of a scenario; rows of tiers in file order."""

    tiers: Records
    menus: Records
    ways: Records
    redials: Floats
    """Shape (tiers, outcomes): share that dials again."""
    laws: Laws
    names: Words
    """Shape (streams, 2): what all tiers share, then tier by tier its purposes, then those of its menus."""
    drawn: Flags
    """Of the streams: whether anything is left to chance."""
    expected: Floats
    """Shape (days or 1, tiers, intervals): calls of each day before its factor, or of every day."""
    planned: Floats
    """Shape (days,): factor of each simulated day; after the last planned one the plan begins anew (R19)."""
    quantiles: Floats
    """Logarithms of the interval factor at Gaussian scores; without entries if intervals are as expected."""
    hours: Floats
    """Shape (spans, 2): opening and closing times."""
    day: Records
    """Shape (1,)."""


def demand_tables(scenario: Scenario) -> DemandTables:
    """Return the tables of a scenario, those of the latest one without working them out again."""
    latest = _LATEST.__dict__
    if latest.get("scenario") is not scenario:
        latest["scenario"], latest["tables"] = scenario, _Writer(scenario).tables()
    tables: DemandTables = latest["tables"]
    return tables


_LATEST = local()
"""The scenario asked for last by each thread."""


class _Writer:
    """Tables on their way."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario, self._book = scenario, LawBook()
        self._names, self._drawn = [name_of("", purpose) for purpose in SHARED], [True, False, False]
        self._menus: list[tuple[Any, ...]] = []
        self._ways: list[tuple[float, int]] = []

    def tables(self) -> DemandTables:
        scenario, demand = self._scenario, self._scenario.demand
        tiers = np.zeros(len(scenario.tiers), TIER)
        for row, name in enumerate(scenario.tiers):
            self._write(tiers[row], name)
        day: Any = np.zeros(1, DAY)
        day["open"], day["interval"] = scenario.day.open, scenario.day.interval
        day["intervals"], day["cv"] = scenario.day.intervals, demand.day_factor_cv
        restless = demand.interval_factor
        day["correlation"], day["talk_cv"] = restless.correlation if restless else 0.0, demand.talk_factor_cv
        day["slowness"], day["reached"] = 1.0, scenario.callbacks.reached
        day["no_answer"] = self._book.enter(scenario.callbacks.no_answer)
        return DemandTables(
            tiers=tiers,
            menus=np.array(self._menus, MENU),
            ways=np.array(self._ways, WAY),
            redials=np.array([_redials(tier) for tier in scenario.tiers.values()]),
            laws=self._book.laws(),
            names=np.array(self._names),
            drawn=np.array(self._drawn),
            expected=_expected(scenario),
            planned=np.resize(np.array(demand.days or (1.0,) * scenario.days), scenario.run_days),
            quantiles=log_quantiles(restless.cv if restless else 0.0),
            hours=np.array(opening_hours(scenario)),
            day=day,
        )

    def _write(self, row: Any, name: str) -> None:
        scenario, tier = self._scenario, self._scenario.tiers[name]
        row["first_stream"], row["word"] = len(self._names), name_of(name, "customer")[0]
        self._names += [name_of(name, purpose) for purpose in PURPOSES]
        self._drawn += [True] * len(PURPOSES)
        online = scenario.online_of(name)
        self._coin(row, "online_share", ONLINE_START, online.share if online else 0.0)
        self._coin(row, "online_solves", ONLINE_SOLVED, online.solves if online else 0.0)
        self._time(row, "online_time", ONLINE_TIME, online.time if online else None)
        self._time(row, "patience", PATIENCE, tier.patience)
        self._time(row, "talk", TALK, tier.talk)
        self._time(row, "wrap_up", WRAP_UP, tier.wrap_up)
        self._ivr(row, name, scenario.ivr_of(name))
        self._follow_ups(row, tier)
        self._callbacks(row, tier)

    def _time(self, row: Any, field: str, purpose: int, distribution: Distribution | None) -> None:
        row[field] = NOBODY if distribution is None else self._book.enter(distribution)
        is_certain = distribution is None or distribution.is_certain
        self._drawn[row["first_stream"] + purpose] = not is_certain

    def _coin(self, row: Any, field: str, purpose: int, share: float) -> None:
        row[field] = share
        self._drawn[row["first_stream"] + purpose] = 0 < share < 1

    def _ivr(self, row: Any, name: str, ivr: Ivr | None) -> None:
        row["menu"], row["first_menu"] = NOBODY, len(self._menus)
        self._time(row, "ivr_time", IVR_TIME, ivr.time if ivr else None)
        self._time(row, "authentication", AUTHENTICATION, ivr.authentication if ivr else None)
        row["self_service"] = ivr.self_service if ivr else 0.0
        row["leaves"] = ivr.self_service + ivr.hangs_up if ivr else 0.0
        self._drawn[row["first_stream"] + IVR_EXIT] = bool(row["leaves"] > 0)
        row["after_ivr"] = ivr.talk_after_ivr if ivr else 1.0
        returns = ivr.returns if ivr else None
        self._coin(row, "returns", RETURN, returns.share if returns else 0.0)
        self._time(row, "return_after", RETURN_AFTER, returns.after if returns else None)
        if ivr is not None and ivr.menus is not None:
            row["menu"], row["menus"] = len(self._menus), len(ivr.menus)
            self._write_menus(name, ivr.menus, len(self._menus))

    def _write_menus(self, name: str, menus: dict[str, Menu], first: int) -> None:
        places = {menu: first + number for number, menu in enumerate(menus)} | {AGENT: NOBODY}
        for label, menu in menus.items():
            leaves = menu.self_service + menu.hangs_up
            choices = menu.choices or {AGENT: 1.0}
            own = self._enter_ways(list(choices.values()), [places[way] for way in choices], leaves)
            self._menus.append((self._book.enter(menu.time), menu.self_service, leaves, *own))
            self._names += [name_of(name, f"ivr menu {label} {what}") for what in ("time", "exit")]
            self._drawn += [not menu.time.is_certain, True]

    def _enter_ways(self, shares: list[float], to: list[int], before: float) -> tuple[int, int]:
        """Enter ways, given what is taken before them; return the first and how many there are."""
        first, up_to = len(self._ways), before
        for share, place in zip(shares, to, strict=True):
            up_to += share * (1 - before)
            self._ways.append((up_to, place))
        return first, len(shares)

    def _follow_ups(self, row: Any, tier: Tier) -> None:
        redial, repeat = tier.redial, tier.repeat
        row["redials"], row["attempts"] = redial is not None, redial.attempts if redial else 0
        self._drawn[row["first_stream"] + REDIAL] = redial is not None
        self._time(row, "redial_after", REDIAL_AFTER, redial.after if redial else None)
        self._coin(row, "repeats", REPEAT, repeat.share if repeat else 0.0)
        self._time(row, "repeat_after", REPEAT_AFTER, repeat.after if repeat else None)
        names = list(self._scenario.tiers)
        shares, to = [way.share for way in tier.transfer], [names.index(way.to) for way in tier.transfer]
        row["way"], row["ways"] = self._enter_ways(shares, to, 0.0)
        self._drawn[row["first_stream"] + TRANSFER] = math.fsum(shares) > 0

    def _callbacks(self, row: Any, tier: Tier) -> None:
        rules = self._scenario.callbacks
        self._coin(row, "owed", OWED, tier.callback.share if tier.callback else 0.0)
        self._coin(row, "accepts", ACCEPTS, tier.offer.accepted if tier.offer else 0.0)
        self._drawn[row["first_stream"] + CALLED_BACK] = 0 < rules.reached < 1
        self._time(row, "callback_talk", CALLBACK_TALK, rules.talk or tier.talk)
        self._time(row, "callback_wrap_up", CALLBACK_WRAP_UP, rules.wrap_up or tier.wrap_up)
        self._drawn[row["first_stream"] + NO_ANSWER] = not rules.no_answer.is_certain


def _expected(scenario: Scenario) -> Floats:
    """Return the expected calls by day, in one row if every day is alike."""
    rows = [scenario.demand.expected_on(name) for name in scenario.tiers]
    days = max(map(len, rows))
    calls: Floats = np.array([row * days if len(row) == 1 else row for row in rows], np.float64)
    return np.ascontiguousarray(calls.swapaxes(0, 1))


def log_quantiles(cv: float) -> Floats:
    """Return logarithms of the Gamma factor of mean 1 that lies as far up its law as each Gaussian score."""
    if cv == 0:
        return np.empty(0)
    # Imported here because it takes longer than to simulate a day, and few hotlines are restless.
    from scipy.special import gammainccinv, gammaincinv, ndtr

    scores = np.arange(-REACH * STEPS, REACH * STEPS + 1) / STEPS
    shape, tails = cv**-2, ndtr(-np.abs(scores))
    times = np.where(scores > 0, gammainccinv(shape, tails), gammaincinv(shape, tails))
    logs: Floats = np.log(times / shape)
    return logs


def _redials(tier: Tier) -> list[float]:
    when = tier.redial.when if tier.redial else {}
    return [when.get(outcome.word, 0.0) for outcome in Outcome]


assert len(PURPOSES) == MENUS, "menus come behind the purposes that every tier has"
