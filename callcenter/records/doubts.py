"""What records cannot tell, or should make their reader doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

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

    def see(self, calls: pd.DataFrame) -> None:
        """Take note of some calls."""
        self.calls += len(calls)
        self.offered += int(calls["joined"].notna().sum())
        self.lost += int((calls["outcome"] == "abandoned").sum())
        if self.are_whole_minutes:
            times = calls[["arrived", "joined", "answered", "left"]].to_numpy()
            self.are_whole_minutes = not (times[np.isfinite(times)] % _MINUTE).any()

    def see_intervals(self, rows: pd.DataFrame) -> None:
        """Take note of some intervals."""
        ended = rows["answered"] + rows["abandoned"]
        share = (ended / rows["offered"].where(rows["offered"] > 0)).to_numpy()
        is_over = share > 1 + _TOLERANCE
        self.over_counted += int(is_over.sum())
        self.most_over = max(self.most_over, float(np.nanmax(share, initial=0.0)))

    def remarks(self) -> Iterator[str]:
        """Yield what is doubtful, in words."""
        if self.calls >= _FEWEST and self.are_whole_minutes:
            yield _(
                "times are whole minutes: waits under 60 s cannot be told apart; "
                "the answer rate within 20 s is not defined by this log"
            )
        if self.calls >= _FEWEST and self.offered and not self.lost:
            yield _(
                "nobody hung up in line: either the log holds answered calls only, or patience is not known"
            )
        if self.over_counted:
            text = _(
                "answered and abandoned are up to {share} of offered in {number} intervals: calls are "
                "counted where they end; ask for a report by arrival"
            )
            yield text.format(share=f"{self.most_over:.0%}", number=f"{self.over_counted:,}")
        if self.paused:
            text = ngettext(
                "{agents} agent answered while marked paused ({share} of the calls)",
                "{agents} agents answered while marked paused ({share} of the calls)",
                len(self.paused),
            )
            yield text.format(agents=len(self.paused), share=f"{self.while_paused / max(1, self.calls):.1%}")
