"""A replay in words: how near recorded and simulated days are, what was taken, and what to keep in mind."""

from __future__ import annotations

import numpy as np

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.replay import Replay
from callcenter.replay.parts import SERVICE_LEVEL
from callcenter.replay.taking import ARRIVALS, LEVELS, PATIENCE, REDIALS, TALK

TAKEN = {
    ARRIVALS: noted("arrivals"),
    TALK: noted("talk"),
    PATIENCE: noted("patience"),
    LEVELS: noted("staffing"),
    REDIALS: noted("redials"),
}


def outcome(result: Replay) -> str:
    """Return the answer rate of all days together, recorded and simulated."""
    recorded, simulated = (
        result.summary[side]["tiers"]["all"][SERVICE_LEVEL]["value"] for side in ("recorded", "simulated")
    )
    days = wording.plural(len(result.days), "day")
    if recorded is None or simulated is None:
        return _("On {days} nobody asked for a person.").format(days=days)
    text = _(
        "On {days} {recorded} were answered in time as recorded, {simulated} as simulated: {gap} points."
    )
    return text.format(
        days=days,
        recorded=wording.percent(recorded),
        simulated=wording.percent(simulated),
        gap=wording.points(simulated - recorded),
    )


def held(result: Replay) -> str:
    """Return on how many days the recorded answer rate lies in the band of the simulated; empty for one."""
    figures = result.beside.by_day()
    ends = figures.low[0], figures.recorded[0], figures.high[0]
    known = np.isfinite(ends).all(axis=0)
    if known.sum() < 2 or result.replications < 2:
        return ""
    inside = int(((ends[0] <= ends[1]) & (ends[1] <= ends[2]))[known].sum())
    text = _("The recorded answer rate lies in the band of 95% of replications on {inside} of {days} days.")
    return text.format(inside=inside, days=int(known.sum()))


def circumstances(result: Replay) -> list[str]:
    """Return what was taken, who was there, and what must be kept in mind."""
    taken = _("Taken from the records: {taken}. The rest is drawn, {n} times for each day.")
    names = _(", ").join(_(TAKEN[name]) for name in TAKEN if name in result.taken) or wording.NOTHING
    lines = [taken.format(taken=names, n=result.replications)]
    if result.levels_source is not None:
        lines.append(_("Staffing of the records, known by {source}.").format(source=_(result.levels_source)))
    if result.changes:
        changes = ", ".join(f"{path}={value}" for path, value in result.changes.items())
        lines.append(_("The same callers with {changes}.").format(changes=changes))
    return [*lines, *result.remarks]
