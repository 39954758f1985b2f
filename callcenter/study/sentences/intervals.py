"""The day interval by interval: where it is worst, and where agents are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.study.answers.bands import NARROW, wide_bands
from callcenter.study.result import Result

if TYPE_CHECKING:
    import pandas as pd


def required_note() -> str:
    """Return what the agents required are."""
    return _(
        "Required: agents by the formula Erlang A, interval by interval. Pools that share tiers are one line "
        "for it, and each is required to do its part of the work; priorities, reserves and redials are not "
        "in it. What the hotline needs in all is found by simulation: `callcenter staff`."
    )


def worst_interval(rows: pd.DataFrame, target: float | None) -> str:
    """Return the lowest answer rate, when it was, and how many intervals are below the target."""
    known = rows.dropna(subset=["service_level"])
    if known.empty:
        return _("Nothing was offered.")
    worst = known.iloc[int(known["service_level"].argmin())]
    lowest = _("Lowest answer rate {rate} in the interval from {start}").format(
        rate=wording.percent(worst["service_level"]), start=worst["start"]
    )
    if target is None:
        return f"{lowest}."
    below, number = int((known["service_level"] < target).sum()), len(known)
    counted = ngettext(
        "{below} of {number} interval below the target",
        "{below} of {number} intervals below the target",
        number,
    )
    return f"{lowest}; {counted.format(below=below, number=f'{number:,}')}."


def more_days(result: Result) -> str:
    """Return how wide the bands by interval are, and how many days would narrow them; empty if they are."""
    bands = wide_bands(result)
    if bands is None:
        return ""
    return _(
        "With {replications}, three of four answer rates by interval are known to ± {points} points or "
        "better; about {enough} would make that ± {narrow}."
    ).format(
        replications=wording.plural(result.replications, "replication"),
        points=f"{100 * bands.half_width:.0f}",
        enough=wording.plural(_rounded(bands.enough), "replication"),
        narrow=f"{100 * NARROW:g}",
    )


def _rounded(number: int) -> int:
    """Return a number rounded up to two digits."""
    unit: int = 10 ** max(len(str(number)) - 2, 0)
    return -(-number // unit) * unit


def short_of_required(rows: pd.DataFrame) -> str:
    """Return in how many intervals there are too few agents."""
    net = rows["scheduled"] - rows["required"]
    return _("{under} of {number} intervals have fewer agents than required.").format(
        under=int((net < 0).sum()), number=len(net)
    )
