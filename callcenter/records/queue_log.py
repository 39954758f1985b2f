"""The queue_log of Asterisk, FreePBX and Issabel: calls put together from events, and what agents did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from callcenter.language import gettext as _
from callcenter.records.rows import CHUNK, FIRST_CHUNK, Chunk, RawTable, encoding_of, lines_of
from callcenter.scenario.errors import wrong

_LINE = re.compile(r"(\d{9,11}(?:\.\d+)?)\|([^|]*)\|([^|]*)\|([^|]*)\|([A-Z]+)(?:\|(.*))?")
_LOOKED_AT = 50
_MOST_OPEN = 100_000
"""Calls that may be in progress at once; more are those whose end the log has lost."""

_NONE = "NONE"
_ENDS = {
    "COMPLETEAGENT": "answered",
    "COMPLETECALLER": "answered",
    "TRANSFER": "answered",
    "BLINDTRANSFER": "answered",
    "ATTENDEDTRANSFER": "answered",
    "ABANDON": "abandoned",
    "EXITEMPTY": "closed",
    "EXITWITHTIMEOUT": "closed",
    "EXITWITHKEY": "diverted",
}
"""Events that end a call in the queue, and how it ended."""

_AGENTS = {
    "ADDMEMBER": "login",
    "AGENTLOGIN": "login",
    "AGENTCALLBACKLOGIN": "login",
    "REMOVEMEMBER": "logout",
    "AGENTLOGOFF": "logout",
    "AGENTCALLBACKLOGOFF": "logout",
    "PAUSE": "pause",
    "PAUSEALL": "pause",
    "UNPAUSE": "unpause",
    "UNPAUSEALL": "unpause",
}
"""Events of agents."""

HEADER = ("call", "parent", "arrived", "answered", "left", "outcome", "queue", "pool", "agent", "customer")


class Event(NamedTuple):
    """A line of the log."""

    line: int
    at: float
    call: str
    queue: str
    agent: str
    name: str
    rest: list[str]


class AgentEvent(NamedTuple):
    """What an agent did, at a time in seconds since 1970, UTC."""

    at: float
    agent: str
    pool: str
    event: str
    reason: str


@dataclass
class _Leg:
    """A call in one queue."""

    line: int
    call: str
    parent: str
    arrived: float
    queue: str
    customer: str
    answered: float = np.nan
    agent: str = ""

    def row(self, left: float, outcome: str) -> tuple[object, ...]:
        pool = self.queue if self.agent else ""
        times = (self.arrived, self.answered, left)
        return (self.call, self.parent, *times, outcome, self.queue, pool, self.agent, self.customer)


@dataclass
class QueueLog:
    """The events of a file, gone through from its start whenever its chunks are asked for."""

    file: Path
    encoding: str
    agents: list[AgentEvent] = field(default_factory=list)
    unfinished: list[int] = field(default_factory=list)
    """Lines of calls whose beginning or end the log does not hold."""

    paused: list[tuple[int, str]] = field(default_factory=list)
    """Line and agent of each call that was answered by somebody marked paused."""

    def table(self) -> RawTable:
        """Return the calls as a table."""
        return RawTable(str(self.file), HEADER, self.chunks)

    def chunks(self) -> Iterator[Chunk]:
        """Yield the calls as they end."""
        for kept in (self.agents, self.unfinished, self.paused):
            kept.clear()
        rows, size = self._rows(), FIRST_CHUNK
        while some := list(islice(rows, size)):
            size = CHUNK
            cells = {at: [row[at] for _line, row in some] for at in range(len(HEADER))}
            yield Chunk(np.array([line for line, _row in some], dtype=np.int64), pd.DataFrame(cells))

    def _rows(self) -> Iterator[tuple[int, tuple[object, ...]]]:
        legs: dict[str, _Leg] = {}
        seen: dict[str, int] = {}
        away: dict[str, set[str]] = {}
        for event in self._events():
            if event.name in _AGENTS:
                self._note(event, away)
            elif event.name == "QUEUESTART":
                self._give_up(legs)
            elif event.name == "ENTERQUEUE":
                self._enter(event, legs, seen)
            elif event.name == "CONNECT" and event.call in legs:
                leg = legs[event.call]
                leg.answered, leg.agent = event.at, event.agent
                if away.get(event.agent, set()) & {event.queue, ""}:
                    self.paused.append((leg.line, event.agent))
            elif event.name in _ENDS:
                leg_ended = legs.pop(event.call, None)
                if leg_ended is None or (_ENDS[event.name] == "answered") == np.isnan(leg_ended.answered):
                    self.unfinished.append(event.line)
                else:
                    yield leg_ended.line, leg_ended.row(event.at, _ENDS[event.name])
        self._give_up(legs)

    def _enter(self, event: Event, legs: dict[str, _Leg], seen: dict[str, int]) -> None:
        """Begin a call; one that comes to a further queue follows from the call before."""
        if event.call in legs:
            self.unfinished.append(legs.pop(event.call).line)
        number = seen[event.call] = seen.pop(event.call, 0) + 1
        if len(seen) > _MOST_OPEN:
            del seen[next(iter(seen))]
        if len(legs) > _MOST_OPEN:
            self.unfinished.append(legs.pop(next(iter(legs))).line)
        name = event.call if number == 1 else f"{event.call}#{number}"
        before = "" if number == 1 else event.call if number == 2 else f"{event.call}#{number - 1}"
        customer = event.rest[1] if len(event.rest) > 1 else ""
        legs[event.call] = _Leg(event.line, name, before, event.at, event.queue, customer)

    def _give_up(self, legs: dict[str, _Leg]) -> None:
        self.unfinished += [leg.line for leg in legs.values()]
        legs.clear()

    def _note(self, event: Event, away: dict[str, set[str]]) -> None:
        """Keep what an agent did, and who is paused where."""
        pool = "" if event.queue in (_NONE, "all") or event.name.endswith("ALL") else event.queue
        what = _AGENTS[event.name]
        reason = event.rest[0] if what in ("pause", "unpause") and event.rest else ""
        self.agents.append(AgentEvent(event.at, event.agent, pool, what, reason))
        queues = away.setdefault(event.agent, set())
        if what == "pause":
            queues.add(pool)
        elif pool:
            queues.discard(pool)
        else:
            queues.clear()

    def _events(self) -> Iterator[Event]:
        with lines_of(self.file, self.encoding) as lines:
            for number, line in enumerate(lines, 1):
                event = event_of(line, number)
                if event is not None:
                    yield event


def event_of(line: str, number: int = 0) -> Event | None:
    """Return the event of a line; None if it is none."""
    match = _LINE.fullmatch(line.rstrip("\r\n"))
    if match is None:
        return None
    at, call, queue, agent, name, rest = match.groups()
    return Event(number, float(at), call, queue, agent, name, rest.split("|") if rest else [])


def is_queue_log(file: Path) -> bool:
    """Whether most of the first lines of a file are events of a queue_log."""
    encoding, _is_guessed = encoding_of(file)
    with lines_of(file, encoding) as lines:
        first = [line for line in islice(lines, _LOOKED_AT) if line.strip()]
    return bool(first) and 2 * sum(event_of(line) is not None for line in first) > len(first)


def open_queue_log(file: Path, encoding: str = "") -> QueueLog:
    """Return the queue_log of a file; raises the error of a value where it is another kind of file."""
    if not is_queue_log(file):
        example = "1700000000|1699999990.12|sales|Agent/7|CONNECT|10|..."
        raise wrong(
            _("is no queue_log of Asterisk"),
            str(file),
            _("its lines look like {example}").format(example=example),
        )
    return QueueLog(file, encoding_of(file, encoding)[0])
