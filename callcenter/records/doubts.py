"""What records cannot tell, or should make their reader doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from callcenter.language import gettext as _

_MINUTE, _FEWEST = 60, 20


@dataclass
class Doubts:
    """What has been seen of the call records of a log."""

    calls: int = 0
    are_whole_minutes: bool = True
    have_priority: bool = False
    offered: int = 0
    lost: int = 0
    named: int = 0

    def see(self, calls: pd.DataFrame) -> None:
        """Take note of some calls."""
        self.calls += len(calls)
        self.offered += int(calls["joined"].notna().sum())
        self.lost += int((calls["outcome"] == "abandoned").sum())
        self.named += int(calls["customer"].notna().sum())
        if self.are_whole_minutes:
            times = calls[["arrived", "joined", "answered", "left"]].to_numpy()
            self.are_whole_minutes = not (times[np.isfinite(times)] % _MINUTE).any()

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
