"""The sweep file (contract 5.1): a scenario, what to vary, and how often to simulate each point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictStr

from callcenter.scenario.errors import fault, wrong
from callcenter.scenario.part import Context, Fault, Part
from callcenter.scenario.values import whole
from callcenter.study.design import LARGEST_SEED

MOST_REPLICATIONS = 1_000_000
EXAMPLE = "write for example [0.9, 1.0, 1.1] or {scale: [0.9, 1.0, 1.1]}"


def _values(wanted: Any) -> Any:
    """Spell out what a path takes: a list of any values, or `{scale: [0.9, 1.0]}`."""
    if isinstance(wanted, dict) and list(wanted) == ["scale"]:
        return [{"scale": factor} for factor in _listed(wanted["scale"])]
    return _listed(wanted)


def _listed(values: Any) -> list[Any]:
    if not isinstance(values, list) or not values:
        raise wrong("must be a list of values", values, EXAMPLE)
    return values


Values = Annotated[tuple[Any, ...], BeforeValidator(_values)]
Replications = Annotated[int, BeforeValidator(whole(1, MOST_REPLICATIONS))]
Seed = Annotated[int, BeforeValidator(whole(0, LARGEST_SEED))]


class SweepFile(Part):
    """A sweep as the planner wrote it."""

    scenario: StrictStr = Field(description="File of the scenario to vary", examples=["../unicom_10010.yaml"])
    replications: Replications = Field(30, description="Replications of each point", examples=["50"])
    seed: Seed | None = Field(
        None, description="Gives every point the same calls; left out: the scenario's own"
    )
    design: Literal["grid", "zip"] = Field(
        "grid", description="Every combination, or the values side by side"
    )
    vary: dict[str, Values] = Field(
        min_length=1,
        description="What differs between points: dotted paths of the scenario and the values they take",
        examples=["{demand.volume: [0.9, 1.0, 1.1]}"],
    )

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield the paths that do not pair up in a zip."""
        vary = data.get("vary")
        if data.get("design") == "zip" and isinstance(vary, dict):
            lengths = {path: _length(values) for path, values in vary.items()}
            if len(set(lengths.values())) > 1:
                given = ", ".join(f"{length} of {path}" for path, length in lengths.items())
                yield ("vary",), fault(f"`design: zip` needs as many values for every path, given {given}")


def _length(wanted: Any) -> int:
    values = wanted.get("scale") if isinstance(wanted, dict) else wanted
    return len(values) if isinstance(values, list) else 1
