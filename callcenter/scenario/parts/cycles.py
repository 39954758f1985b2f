"""Cycles in what leads to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def cycle(leads: Mapping[str, Iterable[str]]) -> list[str] | None:
    """Return the first cycle, beginning and ending with the same name; None if there is none."""
    safe: set[str] = set()
    for name in leads:
        way: list[str] = []
        ahead = [iter([name])]
        while ahead:
            here = next(ahead[-1], None)
            if here is None:
                ahead.pop()
                safe.update([way.pop()] if way else ())
            elif here in way:
                return [*way[way.index(here) :], here]
            elif here not in safe:
                way.append(here)
                ahead.append(iter(leads.get(here, ())))
    return None
