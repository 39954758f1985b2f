"""What a channel allows: a phone call holds a line, a chat does not, deferred work has nobody who waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from callcenter.scenario.errors import fault, wrong
from callcenter.scenario.part import Fault

Channel = Literal["phone", "chat", "deferred"]

_NOBODY_WAITS = "deferred work has nobody who waits in line and"
_FORBIDDEN: Mapping[str, Mapping[str, str]] = {
    "chat": {"ivr": "a chat passes no IVR"},
    "deferred": {
        "patience": f"{_NOBODY_WAITS} could give up",
        "balk_above": f"{_NOBODY_WAITS} could leave",
        "offer": f"{_NOBODY_WAITS} could take a callback instead",
        "redial": f"{_NOBODY_WAITS} could dial again",
        "callback": f"{_NOBODY_WAITS} could be lost",
        "ivr": "deferred work passes no IVR",
        "online": "deferred work is never on the web or app first",
    },
}
"""Keys that a channel refuses, with the reason."""


def channel_faults(tier: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the keys of a tier, as written, that do not fit its channel."""
    channel = tier.get("channel", "phone")
    for key, reason in _FORBIDDEN.get(str(channel), {}).items():
        if tier.get(key) not in (None, "none", "never"):
            yield (key,), fault(f"{reason}; remove it", "key")
    if channel == "phone" and _above_one(tier.get("concurrency")):
        what = "an agent is on the phone with one caller at a time"
        yield ("concurrency",), wrong(what, tier["concurrency"], "write 1, or another `channel`")


def _above_one(figure: object) -> bool:
    return isinstance(figure, int | float) and not isinstance(figure, bool) and figure > 1
