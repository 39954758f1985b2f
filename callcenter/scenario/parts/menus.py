"""The tree of IVR menus, judged as written: choices lead somewhere, never in a circle, and to every menu."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from callcenter.language import gettext as _
from callcenter.scenario.errors import fault, nearest
from callcenter.scenario.part import Fault, failure
from callcenter.scenario.parts.cycles import cycle
from callcenter.scenario.values import SHARE_TOLERANCE

AGENT = "agent"
"""The choice that leads to a person."""


def shares_in_all(choices: Mapping[str, float]) -> None:
    """Raise the error of shares that do not add up to 100 %."""
    total = math.fsum(choices.values())
    if abs(total - 1) > SHARE_TOLERANCE:
        message = _("the shares add up to {total:.10g}%, expected 100%; change them so that they do")
        raise failure([(("choices",), fault(message.format(total=100 * total)))])


def menu_faults(menus: object) -> Iterator[Fault]:
    """Yield what is wrong between menus; `menus` is as written."""
    if not isinstance(menus, dict) or not menus:
        return
    leads = {name: _choices(menu) for name, menu in menus.items()}
    if AGENT in menus:
        yield ("menus", AGENT), fault(_("`agent` is a person and no menu; choose another name"), "key")
    for name, choices in leads.items():
        for choice in choices:
            if choice != AGENT and choice not in menus:
                known = nearest(choice, (*menus, AGENT), _("choices"))
                yield (
                    ("menus", name, "choices", choice),
                    fault(
                        _("there is no menu `{choice}`; {known}").format(choice=choice, known=known), "key"
                    ),
                )
    yield from _lost(leads)


def _choices(menu: object) -> list[str]:
    choices = menu.get("choices") if isinstance(menu, dict) else None
    return list(choices) if isinstance(choices, dict) else []


def _lost(leads: Mapping[str, list[str]]) -> Iterator[Fault]:
    """Yield the cycles and the menus that no choice leads to."""
    round_trip = cycle(leads)
    if round_trip:
        last, first = round_trip[-2:]
        way = " -> ".join(round_trip)
        message = _("leads in a circle: {way}; remove one of these choices").format(way=way)
        yield ("menus", last, "choices", first), fault(message, "key")
    entry = next(iter(leads))
    reached = _reached(leads, entry)
    for name in leads:
        if name not in reached and name != AGENT:
            message = _(
                "no choice leads to this menu; add it to the `choices` of another, "
                "or put it first in place of `{entry}`"
            )
            yield ("menus", name), fault(message.format(entry=entry), "key")


def _reached(leads: Mapping[str, list[str]], entry: str) -> set[str]:
    reached, ahead = {entry}, [entry]
    while ahead:
        new = [choice for choice in leads.get(ahead.pop(), ()) if choice not in reached]
        reached.update(new)
        ahead += new
    return reached
