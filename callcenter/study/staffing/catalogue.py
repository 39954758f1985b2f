"""The shift catalogue: which shifts there are to cover a need with."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictStr

from callcenter.language import gettext as _
from callcenter.scenario.errors import fault
from callcenter.scenario.loading import part_of, read_yaml
from callcenter.scenario.part import Context, Fault, Part
from callcenter.scenario.parts.series import MOST_AGENTS, Agents
from callcenter.scenario.parts.shifts import Shift
from callcenter.scenario.values import Factor, whole


class Template(Shift):
    """A shift that may be worked, by as many agents as it takes."""

    agents: Agents = Field(0, description="Left out: the search says how many")
    cost: Factor | None = Field(
        None,
        description="Of one agent who works it; left out: rostered hours x cost per hour",
    )
    at_least: Annotated[int, BeforeValidator(whole(0, MOST_AGENTS))] = Field(
        0, description="Agents who work it in any case"
    )
    at_most: Annotated[int, BeforeValidator(whole(0, MOST_AGENTS))] = Field(
        MOST_AGENTS, description="Most agents who can work it"
    )
    pools: tuple[StrictStr, ...] | None = Field(None, description="Pools it is for; left out: all")

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield the keys of a roster that a catalogue has no use for."""
        for key in ("agents", "days"):
            if key in data:
                yield (
                    (key,),
                    fault(_("`{key}` is what the search decides; leave it out").format(key=key), "key"),
                )


class Catalogue(Part):
    """The shifts to choose from."""

    shifts: tuple[Template, ...] = Field(min_length=1, description="Shifts to choose from")


def load_catalogue(source: str | os.PathLike[str]) -> Catalogue:
    """Read a shift catalogue; raises ScenarioError with every problem found."""
    return part_of(Catalogue, read_yaml(Path(source)))
