"""Published service-level rules that a target may name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator

from callcenter import language
from callcenter.language import gettext as _
from callcenter.scenario.errors import nearest, wrong
from callcenter.scenario.values import named


class Preset(NamedTuple):
    """A rule as published: what it asks, where it stands, and how sure that is."""

    name: str
    country: str
    """Two letters."""
    title: Mapping[str, str]
    """By language: `en`, `zh`; so are `rule` and `note`."""
    rule: Mapping[str, str]
    note: Mapping[str, str]
    """What the rule leaves open, or asks beside the targets; may be empty."""
    article: str
    source: str
    read: str
    certainty: str
    """`text`: the rule itself was read; `second-hand`: what others write about it."""
    definition: str
    """The definition of the service level that the rule means."""
    clock: str
    """From when it counts a wait: `line`, joining the line, as here, or `dialling`."""
    targets: tuple[Mapping[str, Any], ...]
    """As in a scenario."""


@cache
def presets() -> Mapping[str, Preset]:
    """Return the published rules by name."""
    text = files("callcenter.scenario").joinpath("presets.json").read_text(encoding="utf-8")
    return {name: _preset(name, entry) for name, entry in json.loads(text).items()}


def preset(name: str) -> Preset:
    """Return the published rule of this name."""
    return presets()[name]


def spoken(texts: Mapping[str, str]) -> str:
    """Return a text of a preset in the language that is spoken."""
    return texts[language.spoken().partition("-")[0]]


def _preset(name: str, entry: Mapping[str, Any]) -> Preset:
    return Preset(name=name, **{**entry, "targets": tuple(entry["targets"])})


def _known(value: object) -> str:
    if isinstance(value, str) and value in presets():
        return value
    raise wrong(_("is no published rule"), value, nearest(value, presets(), _("rules")))


PresetName = Annotated[str, BeforeValidator(_known), named("preset")]
