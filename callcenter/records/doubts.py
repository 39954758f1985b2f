"""What records cannot tell, or should make their reader doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from callcenter.clock import SECONDS_PER_DAY, clock_text
from callcenter.language import gettext as _
from callcenter.language import ngettext

_MINUTE, _FEWEST = 60, 20
_TOLERANCE = 0.005
"""Share by which counts of an interval may not add up."""


@dataclass
class Doubts:
    """What has been seen of the call records of a log."""

    calls: int = 0
    are_whole_minutes: bool = True
    offered: int = 0
    lost: int = 0
    paused: set[str] = field(default_factory=set)
    """Agents who answered while they were marked paused."""

    while_paused: int = 0
    over_counted: int = 0
    most_over: float = 0.0
    first: tuple[str, str] = ("", "")
    """Place and time of the first call."""

    worst: tuple[str, str] = ("", "")
    """Place and counts of the interval that adds up worst."""

    first_paused: tuple[str, str] = ("", "")
    """Place and agent of the first call answered while paused."""

    def see(self, calls: pd.DataFrame, file: str = "") -> None:
        """Take note of some calls of a file."""
        if not self.calls and len(calls):
            clock = clock_text(float(calls["arrived"].iloc[0]) % SECONDS_PER_DAY)
            self.first = f"{file}:{calls['line'].iloc[0]}", clock
        self.calls += len(calls)
        self.offered += int(calls["joined"].notna().sum())
        self.lost += int((calls["outcome"] == "abandoned").sum())
        if self.are_whole_minutes:
            times = calls[["arrived", "joined", "answered", "left"]].to_numpy()
            self.are_whole_minutes = not (times[np.isfinite(times)] % _MINUTE).any()

    def see_intervals(self, rows: pd.DataFrame, file: str = "") -> None:
        """Take note of some intervals of a file."""
        ended = rows["answered"] + rows["abandoned"]
        share = (ended / rows["offered"].where(rows["offered"] > 0)).to_numpy()
        is_over = share > 1 + _TOLERANCE
        self.over_counted += int(is_over.sum())
        if is_over.any() and np.nanmax(share) > self.most_over:
            worst = rows.iloc[int(np.nanargmax(share))]
            self.most_over = float(np.nanmax(share))
            figures = (f"{worst[name]:g}" for name in ("answered", "abandoned", "offered"))
            self.worst = f"{file}:{worst['line']}", "{} + {} / {}".format(*figures)

    def see_paused(self, calls: Sequence[tuple[int, str]], file: str = "") -> None:
        """Take note of calls that agents answered while marked paused, each with its line and agent."""
        if calls and not self.paused:
            self.first_paused = f"{file}:{calls[0][0]}", calls[0][1]
        self.paused |= {agent for _line, agent in calls}
        self.while_paused += len(calls)

    def remarks(self) -> Iterator[str]:
        """Yield what is doubtful, in words."""
        if self.calls >= _FEWEST and self.are_whole_minutes:
            text = _(
                "{place}: times are whole minutes, such as {time}: waits under 60 s cannot be told apart; "
                "the answer rate within 20 s is not defined by this log; export times with seconds"
            )
            yield text.format(place=self.first[0], time=self.first[1])
        if self.calls >= _FEWEST and self.offered and not self.lost:
            yield _(
                "nobody hung up in line: either the log holds answered calls only, or patience is not known; "
                "export lost calls, too"
            )
        if self.over_counted:
            text = ngettext(
                "{place}: answered and abandoned are up to {share} of offered ({counts}), in {number} "
                "interval: calls are counted where they end; ask for a report by arrival",
                "{place}: answered and abandoned are up to {share} of offered ({counts}), in {number} "
                "intervals: calls are counted where they end; ask for a report by arrival",
                self.over_counted,
            )
            counts = {"share": f"{self.most_over:.0%}", "number": f"{self.over_counted:,}"}
            yield text.format(place=self.worst[0], counts=self.worst[1], **counts)
        if self.paused:
            text = ngettext(
                "{place}: {agents} agent answered while marked paused ({first}; {share} of the calls): "
                "their pauses are not to be trusted",
                "{place}: {agents} agents answered while marked paused ({first} and others; {share} of the "
                "calls): their pauses are not to be trusted",
                len(self.paused),
            )
            share = f"{self.while_paused / max(1, self.calls):.1%}"
            place, first = self.first_paused
            yield text.format(place=place, first=first, agents=len(self.paused), share=share)
