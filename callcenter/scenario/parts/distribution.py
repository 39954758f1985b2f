"""What every distribution of times has, and how a scenario writes it: a duration, `never`, or one family."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple, Self

from pydantic import Field, PlainValidator, ValidationError, ValidationInfo, model_validator
from pydantic.fields import FieldInfo

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.scenario.errors import both, closest, fault, nearest, wrong
from callcenter.scenario.part import Fault, Part, failure, own_faults
from callcenter.scenario.parts.series import IntervalFactors
from callcenter.scenario.values import Duration, duration, is_number, named

BESIDE = ("at_least", "at_most", "per_interval")
"""Keys that may stand beside any family."""


class Parameter(NamedTuple):
    """One of the figures that make a distribution."""

    name: str
    """In words; its catalogue key."""
    value: float
    is_time: bool
    """Whether it is in seconds."""


class Distribution(Part):
    """What every distribution has: a factor by interval, then clipping of the draw."""

    family: ClassVar[str]
    """The word a scenario writes; a catalogue key."""
    only_figure: ClassVar[str] = ""
    """The field that `{family: value}` sets; empty where the family needs several."""
    is_certain: ClassVar[bool] = False
    """Whether nothing is left to chance, so that no stream is needed."""

    at_least: Duration = Field(0.0, description="A draw below this counts as this long")
    at_most: Duration = Field(
        math.inf, description="A draw above this counts as this long", validate_default=False
    )
    per_interval: IntervalFactors | None = Field(
        None, description="Multiplies a draw by the factor of the interval in which the call arrives"
    )

    if TYPE_CHECKING:

        @property
        def mean(self) -> float:
            """A field or a property of every family, in seconds; clipping and interval factors left out."""

    @property
    def longest(self) -> float:
        """The time that no draw exceeds, in seconds; infinity where there is none, or factors move it."""
        return self.at_most if self.per_interval else min(self.at_most, max(self.at_least, self._most))

    @property
    def _most(self) -> float:
        """What no draw of the family exceeds, before clipping."""
        return math.inf

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.at_least > self.at_most:
            raise fault(
                _("`at_least` ({at_least:g} s) is above `at_most` ({at_most:g} s); swap them").format(
                    at_least=self.at_least, at_most=self.at_most
                )
            )
        return self

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The figures with a title, in the order of the fields; the mean where the family has none."""
        own = tuple(
            Parameter(field.title, getattr(self, name), _is_time(field))
            for name, field in type(self).model_fields.items()
            if field.title
        )
        return own or (Parameter(noted("mean"), self.mean, is_time=True),)


def _is_time(field: FieldInfo) -> bool:
    return named("duration") in field.metadata


def families() -> Mapping[str, type[Distribution]]:
    """Return the known families by name."""
    return {family.family: family for family in Distribution.__subclasses__()}


def read(value: Any, info: ValidationInfo) -> Distribution:
    """Return the distribution that a scenario writes as `value`."""
    if isinstance(value, Distribution):
        return value
    if isinstance(value, dict):
        return _from_mapping(value, info)
    if value == "never":
        return families()["never"]()
    if not is_number(value) and not (isinstance(value, str) and any(map(str.isdigit, value))):
        raise wrong(_("is neither a duration nor a distribution"), value, _instead_of(value))
    return families()["constant"].model_validate({"value": duration(value, info)})


def _instead_of(value: object) -> str:
    close = closest(value, families()) if isinstance(value, str) else None
    if close == "never":
        return _("did you mean `never`?")
    if close is not None:
        return _("write {{{family}: ...}}").format(family=close)
    return _("write for example 4 min or {exponential: 4 min}")


def _from_mapping(value: dict[str, Any], info: ValidationInfo) -> Distribution:
    names = [key for key in value if key in families() and key != "never"]
    strange = [key for key in value if key not in names and key not in BESIDE]
    if len(names) != 1 or strange:
        raise failure([*_unknown(strange, names), *_miscounted(names, strange)])
    return _built(names[0], value, info)


def _unknown(strange: list[str], names: list[str]) -> list[Fault]:
    if "never" in strange:
        return [(("never",), fault(_("stands alone; write `never` without braces"), "key"))]
    known = BESIDE if names else [name for name in families() if name != "never"]
    message = _("unknown key `{key}`; {remedy}") if names else _("unknown family `{key}`; {remedy}")
    return [
        (
            (key,),
            fault(message.format(key=key, remedy=nearest(key, known)), "key"),
        )
        for key in strange
    ]


def _miscounted(names: list[str], strange: list[str]) -> list[Fault]:
    if len(names) > 1:
        listed = both(f"`{name}`" for name in names)
        return [
            (
                (),
                fault(
                    _("a distribution has one family, given {listed}; keep one of them").format(listed=listed)
                ),
            )
        ]
    if not names and not strange:
        return [((), fault(_("names no family of distributions; write for example {exponential: 2 min}")))]
    return []


def _built(family: str, value: dict[str, Any], info: ValidationInfo) -> Distribution:
    model = families()[family]
    beside = {key: value[key] for key in BESIDE if key in value}
    figures = _figures(model, value[family])
    try:
        return model.model_validate({**figures, **beside}, context=info.context)
    except ValidationError as error:
        raise failure([_inside(model, fault) for fault in own_faults(model, error)]) from None


def _figures(model: type[Distribution], figures: Any) -> dict[str, Any]:
    if isinstance(figures, dict):
        misplaced = [key for key in figures if key in BESIDE]
        if misplaced:
            remedy = _("stands beside `{family}`, not in it; move it out of the braces").format(
                family=model.family
            )
            raise failure([((model.family, key), fault(remedy, "key")) for key in misplaced])
        return figures
    if model.only_figure:
        return {model.only_figure: figures}
    needed = ", ".join(f"{name}: ..." for name in model.model_fields if name not in BESIDE)
    remedy = _("write {{{family}: {{{needed}}}}}").format(family=model.family, needed=needed)
    raise failure([((model.family,), wrong(_("needs its figures"), figures, remedy))])


def _inside(model: type[Distribution], own: Fault) -> Fault:
    path, error = own
    if not path or path[0] in BESIDE:
        return own
    if path[0] == model.only_figure:
        path = path[1:]
    return (model.family, *path), error


def _read_ending(value: Any, info: ValidationInfo) -> Distribution:
    times = read(value, info)
    if math.isinf(times.mean):
        raise wrong(_("only patience may last for ever"), value, _("write a duration"))
    return times


Patience = Annotated[Distribution, PlainValidator(read), named("distribution")]
ServiceTime = Annotated[Distribution, PlainValidator(_read_ending), named("distribution")]
