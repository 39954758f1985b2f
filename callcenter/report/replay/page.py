"""The moving hour as one HTML file that needs nothing else: no network, no library."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from callcenter.calllog import Outcome
from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.language import spoken
from callcenter.report.html import templates
from callcenter.wording import duration

SPEEDS = (1, 5, 10, 30, 60, 120, 300)
"""Seconds of the hotline in a second of the page."""
USUAL_SPEED = 3
"""Place of the speed to begin with."""


def render(hour: Mapping[str, Any]) -> str:
    """Return the page of an `hour_of` data; every name in it is escaped."""
    data = {**hour, "speeds": SPEEDS, "speed": USUAL_SPEED, "texts": _texts()}
    return (
        templates("callcenter.report.replay")
        .get_template("hour.html.j2")
        .render(
            language=spoken(),
            name=hour["name"],
            begin=clock_text(hour["start"]),
            end=clock_text(hour["start"] + hour["length"]),
            tiers=[_tier(tier) for tier in hour["tiers"]],
            length=int(hour["length"]),
            speeds=len(SPEEDS),
            speed=USUAL_SPEED,
            data=as_script(data),
        )
    )


def as_script(data: Mapping[str, Any]) -> Markup:
    """Return data as JSON that no text in it can end: `<`, `>` and `&` are written as escapes."""
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - nothing in it can be taken for markup


def _tier(tier: Mapping[str, Any]) -> dict[str, str]:
    share = tier["target"]
    within = duration(tier["within"])
    if share is None:
        return {"name": tier["name"], "promise": _("no target")}
    promise = _("{share}% in {within}").format(share=f"{100 * share:g}", within=within)
    return {"name": tier["name"], "promise": promise}


def _texts() -> dict[str, Any]:
    """Return the words that the script writes."""
    return {
        "play": _("Play"),
        "pause": _("Pause"),
        "ivr": _("In the IVR"),
        "line": _("In line"),
        "callbacks": _("Callbacks owed"),
        "busy": _("{busy} of {staffed} busy"),
        "away": _("{away} on a break"),
        "answered": _("Served"),
        "lost": _("Lost"),
        "times": _("{speed} times as fast"),
        "outcomes": [_outcome(outcome) for outcome in Outcome],
    }


def _outcome(outcome: Outcome) -> str:
    texts = {
        Outcome.BLOCKED: _("no line free"),
        Outcome.SELF_SERVED: _("solved in the IVR"),
        Outcome.LEFT_IVR: _("hung up in the IVR"),
        Outcome.BALKED: _("would not wait"),
        Outcome.ABANDONED: _("gave up waiting"),
        Outcome.DIVERTED: _("took a callback"),
        Outcome.CLOSED: _("sent away at the close"),
        Outcome.ANSWERED: _("served by an agent"),
        Outcome.OPEN: _("still inside"),
    }
    return texts[outcome]
