"""What a replay takes from records; the rest is drawn by the scenario (contract 8.2)."""

from __future__ import annotations

from collections.abc import Iterable

from callcenter.language import gettext as _
from callcenter.replay.errors import ReplayError
from callcenter.scenario.errors import nearest

ARRIVALS, TALK, PATIENCE, LEVELS, REDIALS = "arrivals", "talk", "patience", "levels", "redials"
TAKES = (ARRIVALS, TALK, PATIENCE, LEVELS, REDIALS)
USUAL = (ARRIVALS, TALK, PATIENCE, LEVELS)

Take = frozenset[str]


def taking(take: str | Iterable[str] | None) -> Take:
    """Return what to take, given as a text with commas or as names; ReplayError where a name is unknown."""
    names = take.split(",") if isinstance(take, str) else USUAL if take is None else take
    chosen = frozenset(filter(None, (name.strip() for name in names)))
    for name in sorted(chosen - set(TAKES)):
        text = _("--take {name}: there is nothing of that name to take; {remedy}")
        raise ReplayError(text.format(name=name, remedy=nearest(name, TAKES, _("known names"))))
    alone = sorted(chosen & {TALK, PATIENCE, REDIALS})
    if alone and ARRIVALS not in chosen:
        text = _(
            "--take {name}: it belongs to recorded calls; take their arrivals, too: --take arrivals,{name}"
        )
        raise ReplayError(text.format(name=",".join(alone)))
    return chosen
