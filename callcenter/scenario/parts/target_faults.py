"""What does not fit together in a target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from callcenter.language import gettext as _
from callcenter.scenario.errors import both, fault, listed, wrong
from callcenter.scenario.part import Fault, Part
from callcenter.scenario.parts.measures import LONGER, SHARES, TIMED, Measure

SAID_BY_PRESET = frozenset((*SHARES, "mean_wait", "within", "after", "share"))

FURTHER = frozenset((*SHARES, "mean_wait", "over", "on", "after"))
"""Keys of a list of targets that the short form lacks."""


def no_longer_period(value: object) -> object:
    """Refuse what is longer than a day and no run, with what to write instead."""
    days = LONGER.get(value) if isinstance(value, str) else None
    if days is None:
        return value
    remedy = _("a {period} is a run of so many days: write `days: {days}` and leave `over` out")
    raise wrong(_("is not one of the choices"), value, remedy.format(period=value, days=days))


def short_form_faults(data: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[Fault]:
    """Yield the first key that only a list of targets has."""
    further = [key for key in data if key in FURTHER and key not in known]
    if further:
        message = _("the short form says `within` and `share`; write `targets: [{{{key}: ...}}]` instead")
        yield (further[0],), fault(message.format(key=further[0]), "key")


def measure_faults(model: type[Part], data: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield no measure or several, one that belongs elsewhere, a time that is missing or too much."""
    if "preset" in data and "preset" in model.model_fields:
        yield from preset_faults(data)
    else:
        yield from _one_measure(model, data)


def preset_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what stands beside a preset, which says it all."""
    for key in data:
        if key in SAID_BY_PRESET:
            message = _("a preset says this itself; remove it, or write the target without `preset`")
            yield (key,), fault(message, "key")


def measures_of(model: type[Part]) -> list[Measure]:
    """Return the measures that a kind of target may name."""
    return [key for key in (*SHARES, "mean_wait") if key in model.model_fields]


def _one_measure(model: type[Part], data: Mapping[str, Any]) -> Iterator[Fault]:
    known = measures_of(model)
    given = [key for key in known if key in data]
    if not given and all(key in model.known_keys() for key in data):
        first = known[0]
        example = model.model_fields[first].examples or ["90%"]
        written = f"{first}: {example[0]}" + (", within: 20 s" if first in TIMED else "")
        message = _("says nothing that can be kept; write for example `{example}` (measures: {names})")
        yield (), fault(message.format(example=f"{{{written}}}", names=listed(known)))
    for key in given[1:]:
        message = _("one target has one measure, beside it stands `{first}`; write two targets")
        yield (key,), fault(message.format(first=given[0]), "key")
    yield from _elsewhere(known, data)
    yield from _its_time(given[:1], data)


def _elsewhere(known: list[Measure], data: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield measures that belong to another target, and the short form."""
    if "occupancy" in data and "occupancy" not in known:
        message = _("is a matter of a pool; write it as `targets: [{occupancy: 88%}]` of the pool")
        yield ("occupancy",), fault(message, "key")
    elif "occupancy" in known:
        for key in (key for key in (*SHARES, "mean_wait") if key in data and key not in known):
            yield (key,), fault(_("is a matter of callers; write it in `targets` of the tier"), "key")
    if "share" in data and "answered" in known:
        yield (
            ("share",),
            fault(_("is `answered` in a list of targets; write for example `answered: 90%`"), "key"),
        )


def _its_time(given: list[Measure], data: Mapping[str, Any]) -> Iterator[Fault]:
    if given == ["answered"] and "within" not in data:
        example = _("`within: 20 s`, or `connected` for answered after whatever wait")
        yield ("within",), fault(_("is missing; write {example}").format(example=example), "absent")
    if given and given[0] not in TIMED and "within" in data:
        message = (
            _("counts those who hang up soon, and they are left out; write `after`")
            if given == ["abandoned"]
            else _("only {measures} are judged by a time; remove it").format(
                measures=both(f"`{key}`" for key in TIMED)
            )
        )
        yield ("within",), fault(message, "key")
    if given and given != ["abandoned"] and "after" in data:
        yield ("after",), fault(_("only `abandoned` leaves out who hangs up soon; remove it"), "key")
