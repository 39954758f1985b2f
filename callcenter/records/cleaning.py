"""Cleaning call records: each rule, the rows that it dropped, changed or noted, and three of their lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from callcenter.arrays import Flags, Floats, Ints
from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import gettext as _
from callcenter.language import noted

Effect = Literal["dropped", "changed", "noted"]

EXAMPLES = 3
WARN_ABOVE, REFUSE_ABOVE = 0.02, 0.20
"""Shares of rows dropped."""

ROUNDING = 5.0
"""Seconds by which clocks of two parts of a system may differ."""

EARLIEST = 600.0
"""Seconds by which a call may seem to ask for a person before it arrives: clocks of IVR and queue differ."""

SHORT_TALK, LONG_TALK = 10.0, 3600.0
LONGEST = 2 * SECONDS_PER_DAY
"""Seconds from arrival to the end that no call lasts."""


class Rule(NamedTuple):
    """What a rule of cleaning does, in words."""

    effect: Effect
    text: str


RULES: Mapping[str, Rule] = {
    "no_arrival": Rule("dropped", noted("no time of arrival that can be read")),
    "no_outcome": Rule("dropped", noted("no outcome")),
    "total": Rule("dropped", noted("adds up other rows")),
    "negative_time": Rule("dropped", noted("ends before it begins, or lasts more than two days")),
    "duplicate": Rule("dropped", noted("the same call once more; the newest is kept")),
    "negative_ivr": Rule(
        "changed", noted("time in the IVR below 0; taken as 0, the call arrived when it joined")
    ),
    "early": Rule(
        "changed", noted("asks for a person up to 10 min before it arrives; the call arrived then")
    ),
    "past_midnight": Rule("noted", noted("goes on past midnight; belongs to the day of arrival")),
    "wait_differs": Rule("noted", noted("its wait and its times differ by more than 5 s; the times count")),
    "served_but_lost": Rule("noted", noted("lost, but with a time of service; kept as lost")),
    "no_answer_time": Rule("noted", noted("answered without a time of answer; talk is not known")),
    "no_agent": Rule("noted", noted("answered by nobody named; not in staffing")),
    "left_ivr": Rule("noted", noted("left in the IVR; not offered to agents")),
    "no_tier": Rule("noted", noted("the log does not tell the tier")),
    "long_talk": Rule("noted", noted("talks longer than an hour")),
    "short_talk": Rule("noted", noted("talks under 10 s; perhaps agents who hang up")),
    "overlap": Rule("noted", noted("an agent with two calls at once")),
    "paused": Rule("noted", noted("answered by an agent who was marked paused")),
    "unfinished": Rule("dropped", noted("the log ends or begins in the middle of the call")),
}
"""Rules of cleaning by their names in the table; a map adds its own, named `drop.NAME`."""


@dataclass
class Count:
    """How many rows a rule met, and the lines of the first."""

    rows: int = 0
    lines: list[str] = field(default_factory=list)


@dataclass
class Tally:
    """What cleaning has met so far."""

    read: int = 0
    counts: dict[str, Count] = field(default_factory=dict)

    def add(self, rule: str, lines: Ints, file: str = "") -> None:
        """Count rows that a rule met, with their lines."""
        count = self.counts.setdefault(rule, Count())
        count.rows += len(lines)
        room = EXAMPLES - len(count.lines)
        count.lines += [f"{file}:{line}" if file else str(line) for line in lines[: max(0, room)]]

    def table(self) -> pd.DataFrame:
        """Return a row for each rule that met any row: rule, effect, rows, share, examples."""
        names = sorted(self.counts, key=lambda name: (_place(name), name))
        met = [(name, self.counts[name]) for name in names if self.counts[name].rows]
        return pd.DataFrame(
            {
                "rule": pd.Series([name for name, _count in met], dtype="str"),
                "effect": pd.Series([effect_of(name) for name, _count in met], dtype="str"),
                "rows": pd.Series([count.rows for _name, count in met], dtype="int64"),
                "share": pd.Series([count.rows / max(1, self.read) for _name, count in met], dtype="float64"),
                "examples": pd.Series([", ".join(count.lines) for _name, count in met], dtype="str"),
            }
        )

    @property
    def dropped(self) -> int:
        """How many rows were dropped that no rule of the map names."""
        return sum(count.rows for name, count in self.counts.items() if is_loss(name))


def _place(name: str) -> int:
    return -1 if name not in RULES else list(RULES).index(name)


def is_loss(rule: str) -> bool:
    """Whether a rule drops calls: totals and duplicates are none, and what the map drops is meant."""
    return rule in RULES and rule not in ("total", "duplicate") and RULES[rule].effect == "dropped"


def effect_of(rule: str) -> str:
    """Return what a rule does to the rows it meets."""
    return RULES[rule].effect if rule in RULES else "dropped"


def meaning_of(rule: str) -> str:
    """Return a rule in words."""
    if rule in RULES:
        return _(RULES[rule].text)
    return _("the map says to drop `{name}`").format(name=rule.removeprefix("drop."))


def cleaned(calls: pd.DataFrame, tally: Tally, file: str = "") -> pd.DataFrame:
    """Return the rows of a chunk that can be calls, mended, and count what was met."""
    for name, meets in _DROPS.items():
        met = meets(calls)
        tally.add(name, calls["line"].to_numpy()[met], file)
        calls = calls[~met]
    calls = calls.reset_index(drop=True)
    _mend(calls, tally, file)
    for name, meets in _NOTES.items():
        tally.add(name, calls["line"].to_numpy()[meets(calls)], file)
    return calls


def _numbers(calls: pd.DataFrame, name: str) -> Floats:
    return calls[name].to_numpy(np.float64)


def _no_arrival(calls: pd.DataFrame) -> Flags:
    return np.isnan(_numbers(calls, "arrived"))


def _no_outcome(calls: pd.DataFrame) -> Flags:
    return calls["outcome"].isna().to_numpy()


def _negative_time(calls: pd.DataFrame) -> Flags:
    """Whether a call ends before it begins; a little is a matter of clocks, and the IVR is mended."""
    arrived, joined, answered, left = (
        _numbers(calls, name) for name in ("arrived", "joined", "answered", "left")
    )
    is_mended = calls["ivr_s"].to_numpy() < 0
    begins_early = (joined < arrived - EARLIEST) & ~is_mended
    ends_early = (answered < joined) | (left < answered) | (left < np.fmin(joined, arrived))
    lasts_long = np.fmax(left, answered) > arrived + LONGEST
    return begins_early | ends_early | lasts_long


def _mend(calls: pd.DataFrame, tally: Tally, file: str) -> None:
    """Put right what can be, in place."""
    lines = calls["line"].to_numpy()
    is_negative = calls["ivr_s"].to_numpy() < 0
    is_early = (_numbers(calls, "joined") < _numbers(calls, "arrived")) & ~is_negative
    tally.add("negative_ivr", lines[is_negative], file)
    tally.add("early", lines[is_early], file)
    calls.loc[is_negative, "ivr_s"] = 0.0
    calls["arrived"] = np.fmin(_numbers(calls, "arrived"), _numbers(calls, "joined"))


def _past_midnight(calls: pd.DataFrame) -> Flags:
    days = [np.floor(_numbers(calls, name) / SECONDS_PER_DAY) for name in ("arrived", "left")]
    return days[1] > days[0]


def _is(calls: pd.DataFrame, outcome: str) -> Flags:
    return (calls["outcome"] == outcome).to_numpy(dtype=np.bool_)


def _no_agent(calls: pd.DataFrame) -> Flags:
    """Whether a call has no agent, in a log that names any."""
    unnamed = calls["agent"].isna().to_numpy()
    return _is(calls, "answered") & unnamed & bool((~unnamed).any())


_DROPS: Mapping[str, Callable[[pd.DataFrame], Flags]] = {
    "no_arrival": _no_arrival,
    "no_outcome": _no_outcome,
    "negative_time": _negative_time,
}
_NOTES: Mapping[str, Callable[[pd.DataFrame], Flags]] = {
    "past_midnight": _past_midnight,
    "wait_differs": lambda calls: calls["wait_differs"].to_numpy(),
    "served_but_lost": lambda calls: calls["served"].to_numpy(),
    "no_answer_time": lambda calls: calls["unstamped"].to_numpy(),
    "no_agent": _no_agent,
    "left_ivr": lambda calls: _is(calls, "left_ivr"),
    "no_tier": lambda calls: calls["tier"].isna().to_numpy(),
    "long_talk": lambda calls: calls["talk_s"].to_numpy() > LONG_TALK,
    "short_talk": lambda calls: calls["talk_s"].to_numpy() < SHORT_TALK,
}


def without_duplicates(calls: pd.DataFrame, tally: Tally, file: str = "") -> pd.DataFrame:
    """Return one row for each call of one name and arrival: the newest, else the last in the file."""
    named = calls["call"].notna()
    if not named.any():
        return calls
    order = calls.sort_values("updated", kind="stable") if "updated" in calls else calls
    again = order.duplicated(["call", "arrived"], keep="last") & order["call"].notna()
    if not again.any():
        return calls
    tally.add("duplicate", np.sort(order["line"].to_numpy()[again]), file)
    return calls[~again.reindex(calls.index)]


def overlapping(calls: pd.DataFrame) -> Flags:
    """Return which calls an agent answered while another call of theirs had not ended."""
    served = calls[calls["agent"].notna() & calls["answered"].notna()]
    rows = served.sort_values(["agent", "answered"], kind="stable")
    ends = rows["left"].fillna(rows["answered"])
    busy_until = ends.groupby(rows["agent"], sort=False).cummax().groupby(rows["agent"], sort=False).shift()
    met = rows.index[(rows["answered"] < busy_until).to_numpy()]
    return calls.index.isin(met)
