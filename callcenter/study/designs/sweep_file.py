"""The sweep file (contract 5.1): a scenario, what to vary, and how often to simulate each point."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, StrictStr
from pydantic_core import PydanticCustomError

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.scenario.errors import fault, wrong
from callcenter.scenario.part import Context, Fault, Part, failure
from callcenter.scenario.values import named, whole
from callcenter.study.designs.design import LARGEST_SEED
from callcenter.study.designs.ranges import Levels, is_range, range_of

MOST_REPLICATIONS = 1_000_000
MOST_POINTS = 100_000
"""More would take hours to read, and years to simulate."""
SPACE_FILLING = ("latin_hypercube", "sobol")
EXAMPLE = noted("write for example [0.9, 1.0, 1.1] or {scale: [0.9, 1.0, 1.1]}")


def _levels(written: Any, path: str) -> Levels:
    """Spell out what a path takes: a list of any values, a range, or either under `scale`."""
    if isinstance(written, dict) and list(written) == ["scale"]:
        inner = written["scale"]
        if is_range(inner):
            return range_of(inner, path, is_scale=True)
        return tuple({"scale": factor} for factor in _listed(inner))
    return range_of(written, path) if is_range(written) else _listed(written)


def _listed(values: Any) -> tuple[Any, ...]:
    if not isinstance(values, list) or not values:
        raise wrong(_("must be a list of values"), values, _(EXAMPLE))
    return tuple(values)


def _varied(vary: Any) -> Any:
    """Spell out what every path takes; all that is wrong is reported at once."""
    if not isinstance(vary, dict):
        return vary
    levels, faults = {}, list[Fault]()
    for path, written in vary.items():
        try:
            levels[path] = _levels(written, path)
        except PydanticCustomError as error:
            faults.append(((path,), error))
    if faults:
        raise failure(faults)
    return levels


def _as_is(value: Any) -> Any:
    return value


LevelsOfPath = Annotated[Any, PlainValidator(_as_is), named("levels")]
Replications = Annotated[int, BeforeValidator(whole(1, MOST_REPLICATIONS)), named("count")]
Points = Annotated[int, BeforeValidator(whole(1, MOST_POINTS)), named("count")]
Seed = Annotated[int, BeforeValidator(whole(0, LARGEST_SEED)), named("whole")]


class SweepFile(Part):
    """A sweep as the planner wrote it."""

    scenario: StrictStr = Field(description="File of the scenario to vary", examples=["../unicom_10010.yaml"])
    replications: Replications = Field(30, description="Replications of each point", examples=["50"])
    seed: Seed | None = Field(
        None, description="Gives every point the same calls; left out: the scenario's own"
    )
    design: Literal["grid", "zip", "latin_hypercube", "sobol"] = Field(
        "grid",
        description="Every combination, the values side by side, or `points` spread evenly over the ranges",
    )
    points: Points | None = Field(
        None,
        description="How many points a latin_hypercube or sobol design has; best a power of two for sobol",
        examples=["64"],
    )
    vary: Annotated[dict[str, LevelsOfPath], BeforeValidator(_varied)] = Field(
        min_length=1,
        description="What differs between points: dotted paths of the scenario and the values they take",
        examples=["{demand.volume: [0.9, 1.0, 1.1]}", "{demand.volume: {from: 0.9, to: 1.2}}"],
    )

    @property
    def levels(self) -> dict[str, Levels]:
        """What each path takes: a range, or the values listed."""
        return self.vary

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield what does not fit the design: unpaired lists, ranges in a grid, points missing."""
        design, vary = data.get("design", "grid"), data.get("vary")
        if design in SPACE_FILLING:
            if data.get("points") is None:
                yield (
                    ("points",),
                    fault(
                        _("is missing; `design: {design}` needs it, such as points: 64").format(
                            design=design
                        ),
                        "absent",
                    ),
                )
        elif "points" in data and design in ("grid", "zip"):
            message = _(
                "`design: {design}` has as many points as its lists make; remove it, or take sobol"
            ).format(design=design)
            yield ("points",), fault(message, "key")
        if isinstance(vary, dict) and design in ("grid", "zip"):
            yield from _ranges(vary, design)
            yield from _unpaired(vary, design)
            yield from _too_many(vary, design)


def _ranges(vary: Mapping[str, Any], design: str) -> Iterator[Fault]:
    for path, written in vary.items():
        inner = written.get("scale") if isinstance(written, dict) and list(written) == ["scale"] else written
        if is_range(inner):
            message = _(
                "`design: {design}` takes no range; "
                "list the values, or write `design: sobol` and `points: 64`"
            )
            yield ("vary", path), fault(message.format(design=design))


def _unpaired(vary: Mapping[str, Any], design: str) -> Iterator[Fault]:
    lengths = {path: _length(values) for path, values in vary.items()}
    if design == "zip" and len(set(lengths.values())) > 1:
        given = _(", ").join(_("{n} of {path}").format(n=n, path=path) for path, n in lengths.items())
        yield (
            ("vary",),
            fault(_("`design: zip` needs as many values for every path, given {given}").format(given=given)),
        )


def _too_many(vary: Mapping[str, Any], design: str) -> Iterator[Fault]:
    points = math.prod(map(_length, vary.values()))
    if design == "grid" and points > MOST_POINTS:
        message = _(
            "the lists make {points:,} points, at most {most:,} are possible; "
            "shorten them, or write `design: sobol` and `points: 64`"
        )
        yield (
            ("vary",),
            fault(message.format(points=points, most=MOST_POINTS), "key"),
        )


def _length(written: Any) -> int:
    values = written.get("scale") if isinstance(written, dict) else written
    return len(values) if isinstance(values, list) else 1
