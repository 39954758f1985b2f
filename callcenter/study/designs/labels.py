"""Short names of what a study varies, for tables, axes and sentences, and its size as a number."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from callcenter.scenario.values import is_number, quantity, seconds

LONGEST = 40
SECTIONS = ("demand", "pools", "tiers")


def label(value: object) -> str:
    """Return the short text of a varied value: `x0.9` for a scaled series, `none` for nothing."""
    factor = scale(value)
    if factor is not None:
        return f"x{factor}"
    text = "none" if value is None else _flow(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _flow(value: object) -> str:
    """Return plain data as YAML on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value)


def scale(value: object) -> object:
    """Return the factor of `{scale: factor}`; None for any other value."""
    return value["scale"] if isinstance(value, Mapping) and list(value) == ["scale"] else None


def magnitude(value: object) -> float:
    """Return a varied value as a number: a factor, seconds, a share; nan where it is no quantity."""
    plain = value if scale(value) is None else scale(value)
    if is_number(plain):
        return float(plain)  # type: ignore[arg-type]
    parts = quantity(plain)
    if parts is None:
        return math.nan
    try:
        return float(parts[0]) / 100 if parts[1] == "%" else seconds(plain)
    except ValueError:
        return math.nan


def short_path(path: str) -> str:
    """Leave out the section of a dotted path where the rest tells: `front_office.agents`."""
    section, _, rest = path.partition(".")
    return rest if rest and section in SECTIONS else path


def point_label(settings: Mapping[str, object], paths: Iterable[str]) -> str:
    """Return the name of a point by what it sets at some paths: `volume 1.1, front_office.agents x0.9`."""
    return ", ".join(f"{short_path(path)} {label(settings[path])}" for path in paths)
