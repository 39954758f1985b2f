"""The scenario: everything a planner wrote, frozen and checked."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    PrivateAttr,
    ValidationError,
    model_validator,
)

from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import gettext as _
from callcenter.recording import recording_of
from callcenter.scenario.changes import changed
from callcenter.scenario.errors import Problem, ScenarioError, fault
from callcenter.scenario.marks import Path, Tree, dotted
from callcenter.scenario.part import Context, Fault, Part, failure
from callcenter.scenario.parts.callbacks import Callbacks
from callcenter.scenario.parts.coherence import context_of, days_of, incoherent
from callcenter.scenario.parts.day import Day
from callcenter.scenario.parts.demand import Demand
from callcenter.scenario.parts.follow_ups import generations
from callcenter.scenario.parts.goals import Goal, pool_goals, shared_goals
from callcenter.scenario.parts.ivr import Ivr, Online, SharedIvr, SharedOnline, none_word
from callcenter.scenario.parts.pools import Pool
from callcenter.scenario.parts.staffing import mean_roster, mean_staffing, peak, peak_roster, rota
from callcenter.scenario.parts.targets import MOST_TARGETS, SharedTarget
from callcenter.scenario.parts.tiers import Tier
from callcenter.scenario.values import (
    OR_NONE,
    Duration,
    Factor,
    Headline,
    Text,
    as_written,
    named,
    whole,
)

MOST_CALLS = 20_000_000
"""Expected calls of one replication; more is a typing error that would eat all memory."""

MOST_ROWS = 2 * MOST_CALLS
"""Calls of one replication with all that may follow them."""

MOST_CELLS = 5_000_000
"""Intervals of all days, one per tier and pool: of each, a replication counts some forty figures."""

MOST_LINES = 1_000_000

Definition = Literal[
    "of_offered",
    "ignoring_quick_abandons",
    "counting_quick_abandons",
    "of_answered",
    "excluding_short_abandons",
]


def _lines(value: Any) -> int | None:
    return None if none_word(value) is None else whole(1, MOST_LINES)(value)


Lines = Annotated[int | None, BeforeValidator(_lines), named("lines")]


class ServiceLevel(Part):
    """How the service level is computed (contract 4.1)."""

    definition: Definition = Field("of_offered", description="Which calls count")
    short_abandon: Duration = Field(
        as_written("5 s"), description="Callers who hang up within this time may be left out"
    )


@dataclass(frozen=True)
class _Origin:
    """What a scenario was made from; two scenarios of different origin may still be equal."""

    tree: Tree = field(default_factory=lambda: Tree({}), compare=False)


class Scenario(Part):
    """A call centre and its day; immutable."""

    name: Headline = Field(description="Names the scenario in tables and reports", examples=["ten-agents"])
    about: Text = Field("", description="Free text, printed in the report")
    seed: Annotated[int, BeforeValidator(whole(0, 2**63 - 1)), named("whole")] = Field(
        1, description="The same seed gives the same calls"
    )
    day: Day = Field(
        description="One service day", examples=["{open: 08:00, close: 20:00, interval: 30 min}"]
    )
    days: Annotated[int, BeforeValidator(days_of), named("days")] = Field(
        1, description="Consecutive days in one replication"
    )
    warm_up: Duration = Field(
        0.0, description="Calls that arrive earlier are simulated, not counted", examples=["1 h"]
    )
    cool_down: Duration = Field(
        0.0,
        description="Days after the last one, simulated and not counted",
        examples=["24 h"],
    )
    demand: Demand = Field(
        description="Expected calls", examples=["{calls: 300, mix: {vip: 10%, regular: 90%}}"]
    )
    lines: Lines = Field(
        None,
        description="Trunk lines; a call that finds all taken is blocked; left out or `none`: no limit",
        examples=["400"],
        json_schema_extra=OR_NONE,
    )
    line_cost_per_minute: Factor = Field(0.0, description="Money for a minute on a line", examples=["0.03"])
    online: SharedOnline = Field(
        None,
        description="The web or app in front of every tier that has none of its own, or `none`",
        examples=["{share: 40%, solves: 60%}"],
        json_schema_extra=OR_NONE,
    )
    ivr: SharedIvr = Field(
        None,
        description="Voice self-service of every tier that has none of its own, or `none`",
        examples=["{time: 40 s, self_service: 30%}"],
        json_schema_extra=OR_NONE,
    )
    tiers: dict[str, Tier] = Field(
        min_length=1,
        max_length=100,
        description="Classes of callers",
        examples=["{vip: {priority: 0, talk: 4 min}}"],
    )
    pools: dict[str, Pool] = Field(
        min_length=1,
        max_length=100,
        description="Groups of agents; callers go to the first that can take them",
        examples=["{desk: {serves: [vip], agents: 12}}"],
    )
    targets: tuple[SharedTarget, ...] = Field(
        (),
        max_length=MOST_TARGETS,
        description="What is promised to several tiers together",
        examples=["[{connected: 95%, tiers: [vip, regular]}]"],
    )
    callbacks: Callbacks = Field(as_written({}), description="The back office")
    service_level: ServiceLevel = Field(as_written({}), description="How the service level is computed")

    _origin: _Origin = PrivateAttr(default_factory=_Origin)

    @classmethod
    def known_keys(cls) -> tuple[str, ...]:
        """Return the keys a scenario file may have."""
        return *cls.model_fields, "extends"

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield what does not fit together across sections."""
        return incoherent(data)

    @model_validator(mode="after")
    def _plays_records(self) -> Self:
        if self.demand.replay is not None:
            try:
                self.demand.playing(recording_of(self))
            except (ValueError, OSError) as error:
                raise failure([(("demand", "replay"), fault(str(error), "key"))]) from None
        return self

    @model_validator(mode="after")
    def _fits_into_memory(self) -> Self:
        self._refuse_too_many_cells()
        calls = math.fsum(math.fsum(self.demand.expected(tier)) for tier in self.tiers)
        calls *= math.fsum(self.demand.days) if self.demand.days else self.days
        calls *= self.run_days / self.days
        if calls > MOST_CALLS:
            message = _(
                "expects {calls:,.0f} calls per replication, at most {most:,} are possible; "
                "check `volume` and `calls`, or simulate fewer `days`"
            )
            raise failure([(("demand",), fault(message.format(calls=calls, most=MOST_CALLS)))])
        self._refuse_too_many_follow_ups(calls)
        return self

    def _refuse_too_many_cells(self) -> None:
        cells = self.days * self.day.intervals * (len(self.tiers) + len(self.pools))
        if cells > MOST_CELLS:
            message = _(
                "makes tables of {cells:,} cells (days x intervals x tiers and pools), "
                "at most {most:,} are possible; take fewer `days`, or a longer `day.interval`"
            )
            path = ("days",) if self.days > 1 else ("day", "interval")
            raise failure([(path, fault(message.format(cells=cells, most=MOST_CELLS)))])

    def _refuse_too_many_follow_ups(self, calls: float) -> None:
        shares = {tier: math.fsum(self.demand.expected(tier)) for tier in self.tiers}
        total = math.fsum(shares.values())
        firsts = {tier: calls * share / total for tier, share in shares.items() if share > 0}
        for tier in firsts:  # at most one return (rule R13e)
            ivr = self.ivr_of(tier)
            firsts[tier] *= 1 + (ivr.returns.share if ivr and ivr.returns else 0.0)
        calls = math.fsum(generations(self.tiers, firsts))
        if calls > MOST_ROWS:
            message = _(
                "may lead to {calls:,.0f} calls per replication, at most {most:,} are possible; "
                "lower the shares of `redial`, `repeat`, `transfer` and `returns`, or `volume`"
            )
            raise failure([(("tiers",), fault(message.format(calls=calls, most=MOST_ROWS), "key"))])

    @classmethod
    def from_tree(cls, tree: Tree) -> Self:
        """Return the scenario of a tree; raises ScenarioError with everything that is wrong in it."""
        problems = list(tree.problems)
        try:
            scenario = cls.model_validate(tree.data, context=context_of(tree.data))
        except ValidationError as error:
            problems += _located(error, tree)
        if problems:
            raise ScenarioError(_as_read(problems, tree))
        scenario._origin = _Origin(tree)  # noqa: SLF001 - of this class
        return scenario

    def with_(self, changes: Mapping[str, Any]) -> Self:
        """Return a copy with dotted paths changed; `{"scale": 0.9}` multiplies a number or a series.

        Raises ScenarioError where a path is unknown or the result is no valid scenario.
        """
        return self.from_tree(changed(self._origin.tree, changes))

    def to_dict(self) -> dict[str, Any]:
        """Return the plain data that loads to an equal scenario, `extends` and files resolved."""
        data: dict[str, Any] = deepcopy(self._origin.tree.data)
        return data

    def refusal(self, path: Path, message: str) -> ScenarioError:
        """Return the error that a value is of no use for what is asked, with its place in the file."""
        return ScenarioError([self._origin.tree.problem(path, message)])

    @property
    def source(self) -> str:
        """The file it was loaded from, empty if none."""
        return self._origin.tree.place(()).key.file

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was guessed in reading its files, a sentence each; equal scenarios may differ in it."""
        remarks = dict(self._origin.tree.remarks)
        if self.demand.recording is not None:
            remarks["demand", "replay"] = self.demand.recording.remarks
        return tuple(f"{dotted(path)}: {remark}" for path, texts in remarks.items() for remark in texts)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that influences results; `name`, `about` and `seed` do not."""
        return self._digest("name", "about", "seed")

    @property
    def callers_fingerprint(self) -> str:
        """SHA-256 of all that decides who calls, and when: two variants of one have the same call tapes."""
        return self._digest(*_NOT_OF_THE_CALLERS)

    def _digest(self, *without: str) -> str:
        content = {key: value for key, value in self if key not in without}
        if self.demand.recording is not None:  # what the records hold counts, not where they lie
            content["demand"] = self.demand.recording.digest
        return hashlib.sha256(json.dumps(content, default=_canonical).encode()).hexdigest()

    @property
    def goals(self) -> tuple[Goal, ...]:
        """All that is promised: to each tier, to tiers together, and of each pool."""
        of_tiers = (tier.goals(name) for name, tier in self.tiers.items())
        of_pools = (pool_goals(f"pools.{name}", name, pool.targets) for name, pool in self.pools.items())
        return (*chain(*of_tiers), *shared_goals(self.targets, tuple(self.tiers)), *chain(*of_pools))

    @property
    def has_short_targets_only(self) -> bool:
        """Whether each tier is promised at most one answer rate, over the run, and nothing else is."""
        goals = self.goals
        return (
            all(goal.is_plain for goal in goals)
            and not self.targets
            and len(goals) == len({goal.tiers for goal in goals})
        )

    @property
    def run_days(self) -> int:
        """The days of a run: those that count, and those of the cool-down (rule R19)."""
        return self.days + math.ceil(self.cool_down / SECONDS_PER_DAY)

    def date_of(self, day: int) -> date | None:
        """Return the date of a day, counted from 0; None if the scenario does not say."""
        return None if self.day.date is None else self.day.date + timedelta(days=day)

    def ivr_of(self, tier: str) -> Ivr | None:
        """Return the IVR that callers of a tier pass, None if there is none or they do not phone."""
        own = self.tiers[tier].ivr if self.tiers[tier].channel == "phone" else "none"
        return None if own == "none" else own or self.ivr

    def online_of(self, tier: str) -> Online | None:
        """Return the web or app in front of a tier, None if there is none or it is deferred work."""
        own = self.tiers[tier].online if self.tiers[tier].channel != "deferred" else "none"
        return None if own == "none" else own or self.online

    def asking(self, tier: str) -> float:
        """Return the share of a tier's customers whose first contact asks for a person."""
        online, ivr = self.online_of(tier), self.ivr_of(tier)
        return (online.calling if online else 1.0) * (ivr.asking if ivr else 1.0)

    def returning(self, tier: str) -> float:
        """Return the share of a tier's customers who return from the IVR (rule R13e) and reach a person."""
        online, ivr = self.online_of(tier), self.ivr_of(tier)
        return (online.calling if online else 1.0) * (ivr.returning if ivr else 0.0)

    @property
    def any_return(self) -> bool:
        """Whether customers may call again whom the IVR of some tier seemed to solve."""
        return any(ivr is not None and ivr.returns is not None for ivr in map(self.ivr_of, self.tiers))

    def staffed(self, pool: str) -> tuple[float, ...]:
        """Return the mean agents on the phones in each interval of a day, absence not taken off."""
        return mean_staffing(rota(self.pools[pool], self.day, self.days))

    def rostered(self, pool: str) -> tuple[float, ...]:
        """Return the mean agents rostered in each interval of a day, those off the phones included."""
        return mean_roster(rota(self.pools[pool], self.day, self.days))

    def peak_rostered(self, pool: str) -> float:
        """Return the agents rostered in a pool at its fullest moment."""
        return peak_roster(rota(self.pools[pool], self.day, self.days))

    def peak(self, pool: str) -> int:
        """Return the agents on the phones of a pool at its fullest moment, absence not taken off."""
        return peak(rota(self.pools[pool], self.day, self.days))

    def __hash__(self) -> int:
        """Equal scenarios hash alike."""
        return hash(self.fingerprint)


_NOT_OF_THE_CALLERS = (
    *("name", "about", "seed", "pools", "warm_up", "service_level", "targets"),
    *("lines", "line_cost_per_minute"),
)


def _canonical(part: BaseModel | date) -> Any:
    if isinstance(part, date):
        return part.isoformat()
    return {"kind": type(part).__name__, **dict(part)}


def _located(error: ValidationError, tree: Tree) -> Iterator[Problem]:
    for line in error.errors(include_url=False):
        path = tuple(step for step in line["loc"] if step != "[key]")
        if not tree.is_broken(path):
            yield tree.problem(path, line["msg"], line["type"])


def _as_read(problems: list[Problem], tree: Tree) -> list[Problem]:
    """Sort as a reader meets them: this file first, then the files it names, then what has no line."""
    own = tree.place(()).key.file
    return sorted(
        dict.fromkeys(problems),
        key=lambda problem: (
            problem.line is None,
            problem.file != own,
            problem.file,
            problem.sheet or (),
            problem.line or 0,
            problem.column or 0,
        ),
    )
