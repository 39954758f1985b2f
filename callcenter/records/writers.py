"""Call records in the shape of other programs' logs: demo data, and the proof that the readers read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from callcenter.arrays import Floats
from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import gettext as _
from callcenter.records.columns import AGENT_EVENTS, CALLS, TIMES, empty, typed
from callcenter.records.intervals import by_interval
from callcenter.records.store import harmless
from callcenter.records.zones import AS_WRITTEN, instants
from callcenter.scenario.errors import nearest, wrong

_EPOCH = date(1970, 1, 1)
_FIRST_DAY = date(2026, 11, 23)
"""A Monday, for records without dates."""

_AICC_BUCKETS = (3, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60)


class Clocks(NamedTuple):
    """The date of the first day and the time zone in which a log is written."""

    first_day: date
    zone: str

    def local(self, times: pd.Series[float]) -> Floats:
        """Return times as seconds since 1970-01-01 00:00 on the clocks of the centre."""
        seconds = np.asarray(times, dtype=np.float64)
        return seconds + (self.first_day - _EPOCH).days * SECONDS_PER_DAY

    def utc(self, times: pd.Series[float]) -> Floats:
        """Return times as seconds since 1970 in UTC."""
        return self.local(times) if self.zone == AS_WRITTEN else instants(self.local(times), self.zone)


def write_log(
    calls: pd.DataFrame,
    file: str | Path,
    source: str = "columns",
    first_day: date | None = None,
    time_zone: str = AS_WRITTEN,
    agent_events: pd.DataFrame | None = None,
) -> Path:
    """Write call records as the log of a program, in its columns and words, and return the file.

    `source` is one of those of a map.  What the shape cannot hold is lost; queue_log knows whole seconds.
    Raises ValueError where no program is called so.
    """
    if source not in _WRITERS:
        what = _("no log of this kind can be written")
        raise ValueError(wrong(what, source, nearest(source, _WRITERS)).message())
    records = typed(CALLS, {str(name): calls[name] for name in calls.columns}, len(calls))
    clocks = Clocks(first_day or _FIRST_DAY, time_zone)
    with Path(file).open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(_WRITERS[source](records, clocks, empty_if_none(agent_events)))
    return Path(file)


def empty_if_none(agent_events: pd.DataFrame | None) -> pd.DataFrame:
    """Return what agents did, without rows if nothing is known of it."""
    return empty(AGENT_EVENTS) if agent_events is None else agent_events


def _csv(frame: pd.DataFrame) -> Iterator[str]:
    yield harmless(frame).to_csv(index=False, lineterminator="\n")


def _iso(seconds: Floats, end: str = "") -> pd.Series[str]:
    """Return stamps to the microsecond, empty where there is no time."""
    stamps = pd.Series(pd.to_datetime(np.round(seconds * 1e6), unit="us"))
    return (stamps.dt.strftime("%Y-%m-%d %H:%M:%S.%f") + end).fillna("")


def _columns(calls: pd.DataFrame, clocks: Clocks, _events: pd.DataFrame) -> Iterator[str]:
    """Yield call records with stamps in place of seconds."""
    stamped = calls.assign(**{name: _iso(clocks.local(calls[name])) for name in TIMES})
    yield from _csv(stamped.drop(columns="day"))


def _connect(calls: pd.DataFrame, clocks: Clocks, _events: pd.DataFrame) -> Iterator[str]:
    """Yield contact records of Amazon Connect, a line of JSON each."""
    times = {name: _iso(clocks.utc(calls[name]), "Z").str.replace(" ", "T") for name in TIMES}
    is_answered = calls["outcome"] == "answered"
    for at, call in enumerate(calls.itertuples()):
        agent = {
            "Username": _text(call.agent),
            "ConnectedToAgentTimestamp": times["answered"][at],
            "AfterContactWorkEndTimestamp": times["released"][at],
            "AfterContactWorkDuration": None if np.isnan(float(str(call.wrap_up_s))) else call.wrap_up_s,
            "RoutingProfile": {"Name": _text(call.pool)},
        }
        record = {
            "ContactId": _text(call.call),
            "PreviousContactId": _text(call.parent),
            "InitiationMethod": "INBOUND",
            "InitiationTimestamp": times["arrived"][at],
            "Queue": {"Name": _text(call.tier), "EnqueueTimestamp": times["joined"][at]},
            "Agent": agent if is_answered[at] else None,
            "CustomerEndpoint": {"Address": _text(call.customer)},
            "DisconnectTimestamp": times["left"][at],
            "DisconnectReason": _REASONS.get(str(call.outcome), "CUSTOMER_DISCONNECT"),
            "LastUpdateTimestamp": times["left"][at],
        }
        yield json.dumps(record, ensure_ascii=False) + "\n"


_REASONS = {"answered": "AGENT_DISCONNECT", "self_served": "CONTACT_FLOW_DISCONNECT"}


def _text(value: object) -> str | None:
    return None if pd.isna(value) else str(value)  # type: ignore[call-overload]


_UCCE_KEYS = ("RouterCallKeyDay", "RouterCallKey", "RouterCallKeySequenceNumber")


def _ucce(calls: pd.DataFrame, clocks: Clocks, _events: pd.DataFrame) -> Iterator[str]:
    """Yield rows of Cisco's Termination_Call_Detail; its calls end with wrap-up."""
    ended = calls["released"].fillna(calls["left"])
    wait = calls["answered"].fillna(calls["left"]) - calls["joined"]
    names = calls["call"].str.split("-", expand=True).reindex(columns=range(3))
    frame = {
        **{key: names[at] for at, key in enumerate(_UCCE_KEYS)},
        "DateTime": _iso(clocks.local(ended)),
        "Duration": ended - calls["arrived"],
        "DelayTime": (calls["joined"] - calls["arrived"]).fillna(calls["ivr_s"]).fillna(0),
        "LocalQTime": wait.fillna(0),
        "RingTime": 0,
        "TalkTime": calls["talk_s"].fillna(0),
        "HoldTime": 0,
        "WorkTime": calls["wrap_up_s"].fillna(0),
        "TimeToAband": wait.where(calls["outcome"] == "abandoned").fillna(0),
        "CallDisposition": calls["outcome"].map(
            {"answered": 13, "abandoned": 2, "left_ivr": 1, "blocked": 8}
        ),
        "CallTypeID": calls["tier"],
        "SkillGroupSkillTargetID": calls["pool"],
        "AgentSkillTargetID": calls["agent"],
        "ANI": calls["customer"],
    }
    yield from _csv(pd.DataFrame(frame))


def _cms(calls: pd.DataFrame, clocks: Clocks, _events: pd.DataFrame) -> Iterator[str]:
    """Yield rows of Avaya's external call history, a segment each."""
    names = calls["call"].str.rpartition("-")
    wait = calls["answered"].fillna(calls["left"]) - calls["joined"]
    frame = {
        "CALLID": names[0],
        "SEGMENT": names[2],
        "SEGSTART": _iso(clocks.local(calls["arrived"])),
        "DURATION": calls["left"] - calls["arrived"],
        "DISPTIME": wait.fillna(0),
        "TALKTIME": calls["talk_s"].fillna(0),
        "ANSHOLDTIME": 0,
        "ACWTIME": calls["wrap_up_s"].fillna(0),
        "DISPOSITION": calls["outcome"].map({"answered": 2, "abandoned": 3, "blocked": 5, "closed": 6}),
        "DISPVDN": calls["tier"],
        "DISPSPLIT": calls["pool"],
        "ANSLOGIN": calls["agent"],
        "CALLING_PTY": calls["customer"],
    }
    yield from _csv(pd.DataFrame(frame))


def _aicc(calls: pd.DataFrame, clocks: Clocks, _events: pd.DataFrame) -> Iterator[str]:
    """Yield rows of Huawei's skill report: 5 minutes each, with wait buckets."""
    rows = by_interval(calls, 300, 20, _AICC_BUCKETS)
    begun = clocks.utc(rows["start"] + rows["day"] * SECONDS_PER_DAY)
    counts = {
        "inCallNum": rows["offered"],
        "connectedNum": rows["answered"],
        "callLostNum": rows["abandoned"],
        "in20sCallNum": rows["answered_within"],
        "wait20sLostNum": rows["abandoned_within"],
        **{f"CONNECTED_IN_{n}": rows[f"answered_le_{n}"] for n in _AICC_BUCKETS},
        **{f"ABANDON_IN_{n}": rows[f"abandoned_le_{n}"] for n in _AICC_BUCKETS},
    }
    frame = {"skillId": rows["tier"], "statStartTime": (begun * 1000).astype(np.int64)}
    yield from _csv(pd.DataFrame({**frame, **{name: each.astype(np.int64) for name, each in counts.items()}}))


_ENDS = {"abandoned": "ABANDON|1|1|{wait}", "closed": "EXITEMPTY|1|1|{wait}", "diverted": "EXITWITHKEY|1|1"}
_AGENT_WORDS = {"login": "ADDMEMBER", "logout": "REMOVEMEMBER", "pause": "PAUSE", "unpause": "UNPAUSE"}


def _queue_log(calls: pd.DataFrame, clocks: Clocks, events: pd.DataFrame) -> Iterator[str]:
    """Yield the events of Asterisk's queue_log in order of time; calls that never queued are not in it."""
    queued = calls[calls["joined"].notna()]
    times = {
        name: pd.Series(clocks.utc(queued[name]), index=queued.index)
        for name in ("joined", "answered", "left")
    }
    lines = [*_call_events(queued, times), *_agent_events(events, clocks)]
    for at, _rank, text in sorted(lines, key=lambda line: line[:2]):
        yield f"{int(at)}|{text}\n"


def _call_events(queued: pd.DataFrame, times: Mapping[str, Any]) -> Iterator[tuple[float, int, str]]:
    for call in queued.itertuples():
        joined, answered, left = (times[name][call.Index] for name in ("joined", "answered", "left"))
        name, queue = str(call.call).partition("#")[0], _text(call.tier) or ""
        wait = int((left if np.isnan(answered) else answered) - joined)
        yield joined, 1, f"{name}|{queue}|NONE|ENTERQUEUE||{_text(call.customer) or ''}|1"
        if call.outcome in _ENDS:
            yield left, 3, f"{name}|{queue}|NONE|" + _ENDS[str(call.outcome)].format(wait=wait)
        elif call.outcome == "answered":
            agent = _text(call.agent) or "NONE"
            yield answered, 2, f"{name}|{queue}|{agent}|CONNECT|{wait}|{name}|1"
            yield left, 3, f"{name}|{queue}|{agent}|COMPLETECALLER|{wait}|{int(left - answered)}|1"


def _agent_events(events: pd.DataFrame, clocks: Clocks) -> Iterator[tuple[float, int, str]]:
    at = clocks.utc(events["at"])
    for moment, event in zip(at, events.itertuples(), strict=True):
        queue, reason = _text(event.pool) or "NONE", _text(event.reason) or ""
        yield float(moment), 0, f"NONE|{queue}|{event.agent}|{_AGENT_WORDS[str(event.event)]}|{reason}"


_WRITERS: Mapping[str, Callable[[pd.DataFrame, Clocks, pd.DataFrame], Iterator[str]]] = {
    "columns": _columns,
    "queue_log": _queue_log,
    "aicc": _aicc,
    "connect": _connect,
    "ucce": _ucce,
    "cms": _cms,
}
