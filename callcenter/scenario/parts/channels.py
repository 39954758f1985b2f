"""What a channel allows: a phone call holds a line, a chat does not, deferred work has nobody who waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.scenario.errors import fault, wrong
from callcenter.scenario.part import Fault

Channel = Literal["phone", "chat", "deferred"]

_FORBIDDEN: Mapping[str, Mapping[str, str]] = {
    "phone": {"silent": noted("only in a chat can a customer leave without being noticed; remove it")},
    "chat": {"ivr": noted("a chat passes no IVR; remove it")},
    "deferred": {
        "patience": noted("deferred work has nobody who waits in line and could give up; remove it"),
        "silent": noted("only in a chat can a customer leave without being noticed; remove it"),
        "balk_above": noted("deferred work has nobody who waits in line and could leave; remove it"),
        "offer": noted(
            "deferred work has nobody who waits in line and could take a callback instead; remove it"
        ),
        "redial": noted("deferred work has nobody who waits in line and could dial again; remove it"),
        "callback": noted("deferred work has nobody who waits in line and could be lost; remove it"),
        "ivr": noted("deferred work passes no IVR; remove it"),
        "online": noted("deferred work is never on the web or app first; remove it"),
    },
}
"""Keys that a channel refuses, with the reason."""


def channel_faults(tier: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the keys of a tier, as written, that do not fit its channel."""
    channel = tier.get("channel", "phone")
    for key, reason in _FORBIDDEN.get(str(channel), {}).items():
        if tier.get(key) not in (None, "none", "never"):
            yield (key,), fault(_(reason), "key")
    if channel == "chat" and _keeps_place(tier.get("offer")):
        what = _("a chat keeps no place: an agent with chats in hand cannot dial; remove it")
        yield ("offer", "keeps_place"), fault(what, "key")
    if channel == "phone" and _above_one(tier.get("concurrency")):
        what = _("an agent is on the phone with one caller at a time")
        yield ("concurrency",), wrong(what, tier["concurrency"], _("write 1, or another `channel`"))


def _keeps_place(offer: object) -> bool:
    return isinstance(offer, Mapping) and offer.get("keeps_place") is True


def _above_one(figure: object) -> bool:
    return isinstance(figure, int | float) and not isinstance(figure, bool) and figure > 1
