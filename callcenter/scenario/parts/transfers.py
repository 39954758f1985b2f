"""Who is passed on to whom, judged as written: to a tier that exists, and never back in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from callcenter.language import gettext as _
from callcenter.scenario.errors import fault, nearest
from callcenter.scenario.marks import Path
from callcenter.scenario.part import Fault
from callcenter.scenario.parts.cycles import cycle
from callcenter.scenario.values import share


class Route(NamedTuple):
    """A transfer as written: where to, where it says so, and whether anybody takes it."""

    to: str
    path: Path
    taken: bool


def routes(tiers: object) -> dict[str, list[Route]]:
    """Return the transfers of each tier, as far as they can be read."""
    if not isinstance(tiers, dict):
        return {}
    return {name: list(_routes(tier, ("tiers", name, "transfer"))) for name, tier in tiers.items()}


def _routes(tier: object, path: Path) -> Iterator[Route]:
    transfer: Any = tier.get("transfer") if isinstance(tier, dict) else None
    written: list[tuple[Path, Any]] = [(path, transfer)]
    if isinstance(transfer, list):
        written = [((*path, index), item) for index, item in enumerate(transfer)]
    for place, item in written:
        if isinstance(item, dict) and isinstance(item.get("to"), str):
            yield Route(item["to"], (*place, "to"), not is_nothing(item.get("share")))


def is_nothing(figure: object) -> bool:
    """Whether a share as written is 0."""
    try:
        return share(figure) == 0
    except PydanticCustomError:
        return False


def transfer_faults(tiers: object) -> Iterator[Fault]:
    """Yield the transfers to nowhere, to the same tier and in a circle."""
    known = routes(tiers)
    for name, ways in known.items():
        others = [tier for tier in known if tier != name]
        for way in ways:
            if way.to == name:
                remedy = nearest(None, others, _("other tiers")) if others else _("remove it")
                yield (
                    way.path,
                    fault(
                        _("`{name}` cannot be transferred to itself; {remedy}").format(
                            name=name, remedy=remedy
                        )
                    ),
                )
            elif way.to not in known:
                yield (
                    way.path,
                    fault(
                        _("there is no tier `{to}`; {remedy}").format(
                            to=way.to, remedy=nearest(way.to, others, _("tiers"))
                        )
                    ),
                )
    yield from _round_trip(known)


def _round_trip(known: Mapping[str, list[Route]]) -> Iterator[Fault]:
    loop = cycle({name: [to for to in _onward(known, name) if to != name] for name in known})
    if loop:
        last, first = loop[-2:]
        path = next(way.path for way in known[last] if way.to == first)
        yield (
            path,
            fault(
                _("leads in a circle: {names}; remove one of these transfers").format(names=" -> ".join(loop))
            ),
        )


def _onward(known: Mapping[str, list[Route]], name: str) -> list[str]:
    return [way.to for way in known[name] if way.to in known]


def reached(tiers: object, first: Iterable[str]) -> dict[str, str | None]:
    """Return the tiers that calls reach, and for those reached by transfer only, from which one."""
    known = routes(tiers)
    senders: dict[str, str | None] = dict.fromkeys(first)
    ahead = list(senders)
    for name in ahead:
        onward = [way.to for way in known.get(name, ()) if way.taken and way.to in known]
        new = [to for to in dict.fromkeys(onward) if to not in senders]
        senders |= dict.fromkeys(new, name)
        ahead += new
    return senders
