"""The families of contract 1.1, all times in seconds; `mean` leaves clipping and interval factors out."""

from __future__ import annotations

import math
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, ValidationInfo, model_validator

from callcenter.scenario.errors import fault, wrong
from callcenter.scenario.part import Part
from callcenter.scenario.parts.families import Shape, read
from callcenter.scenario.parts.series import EmpiricalValues
from callcenter.scenario.values import (
    SHARE_TOLERANCE,
    Duration,
    Mean,
    PositiveRatio,
    Share,
    named,
    positive_ratio,
    ratio,
    whole,
)


def _cv(value: object) -> float:
    figure = ratio(value)
    if figure == 0:
        raise wrong("a cv of 0 means that all times are equal", value, "write the mean alone as a constant")
    return figure


def _cv_above_one(value: object) -> float:
    figure = positive_ratio(value)
    if figure < 1:
        raise wrong("a hyperexponential has a cv of 1 or more", value, "take `gamma` or `lognormal` below 1")
    return figure


Cv = Annotated[float, BeforeValidator(_cv), named("ratio")]
CvAboveOne = Annotated[float, BeforeValidator(_cv_above_one), named("ratio")]


class Constant(Shape):
    """The same time for everyone."""

    family: ClassVar[str] = "constant"
    only_figure: ClassVar[str] = "value"
    value: Duration

    @property
    def mean(self) -> float:
        """The value itself."""
        return self.value


class Never(Shape):
    """No end at all: patience of callers who never hang up."""

    family: ClassVar[str] = "never"

    @property
    def mean(self) -> float:
        """Infinity."""
        return math.inf


class Exponential(Shape):
    """Memoryless times."""

    family: ClassVar[str] = "exponential"
    only_figure: ClassVar[str] = "mean"
    mean: Mean = Field(examples=["3 min"])


class Lognormal(Shape):
    """Times whose logarithm is normal: the usual shape of talk times."""

    family: ClassVar[str] = "lognormal"
    mean: Mean = Field(examples=["3 min"])
    cv: Cv = Field(examples=["0.9"])


class Gamma(Shape):
    """Gamma times of given mean and coefficient of variation."""

    family: ClassVar[str] = "gamma"
    mean: Mean = Field(examples=["3 min"])
    cv: Cv = Field(examples=["0.9"])


class Erlang(Shape):
    """The sum of k equal exponential phases."""

    family: ClassVar[str] = "erlang"
    mean: Mean = Field(examples=["3 min"])
    k: Annotated[int, BeforeValidator(whole(1, 10_000)), named("whole")] = Field(examples=["3"])


class Weibull(Shape):
    """Weibull times: below shape 1 the longer one has waited, the longer one stays."""

    family: ClassVar[str] = "weibull"
    mean: Mean = Field(examples=["3 min"])
    shape: PositiveRatio = Field(examples=["0.7"])


class Uniform(Shape):
    """Any time between low and high, all equally likely."""

    family: ClassVar[str] = "uniform"
    low: Duration = Field(examples=["10 s"])
    high: Mean = Field(examples=["60 s"])

    @model_validator(mode="after")
    def _rising(self) -> Self:
        _refuse_falling(low=self.low, high=self.high)
        return self

    @property
    def mean(self) -> float:
        """The middle."""
        return (self.low + self.high) / 2


class Triangular(Shape):
    """Times between low and high, most likely near the mode."""

    family: ClassVar[str] = "triangular"
    low: Duration = Field(examples=["10 s"])
    mode: Duration = Field(examples=["20 s"])
    high: Mean = Field(examples=["60 s"])

    @model_validator(mode="after")
    def _rising(self) -> Self:
        _refuse_falling(low=self.low, mode=self.mode, high=self.high)
        return self

    @property
    def mean(self) -> float:
        """The mean of the three corners."""
        return (self.low + self.mode + self.high) / 3


def _refuse_falling(**corners: float) -> None:
    if sorted(corners.values()) != list(corners.values()):
        given = ", ".join(f"{value:g} s" for value in corners.values())
        raise fault(f"{', '.join(corners)} must rise, given {given}; put them in rising order")


class Hyperexponential(Shape):
    """A mixture of two exponentials that carry half of the mean each (balanced means)."""

    family: ClassVar[str] = "hyperexponential"
    mean: Mean = Field(examples=["3 min"])
    cv: CvAboveOne = Field(examples=["1.8"])


def _not_all_zero(values: tuple[float, ...]) -> tuple[float, ...]:
    if not any(values):
        raise fault("all values are 0, a mean must be above 0; write the constant 0 instead")
    return values


class Empirical(Shape):
    """Observed times, drawn with replacement."""

    family: ClassVar[str] = "empirical"
    only_figure: ClassVar[str] = "values"
    values: Annotated[EmpiricalValues, AfterValidator(_not_all_zero)]

    @property
    def mean(self) -> float:
        """The mean of the observations."""
        return math.fsum(self.values) / len(self.values)


def _whole_population(parts: tuple[MixturePart, ...]) -> tuple[MixturePart, ...]:
    total = math.fsum(part.share for part in parts)
    if abs(total - 1) > SHARE_TOLERANCE:
        raise fault(f"the shares add up to {100 * total:g}%, expected 100%; change them so that they do")
    return parts


class MixturePart(Part):
    """A share of the draws and the distribution they come from."""

    share: Share = Field(examples=["10%"])
    of: Annotated[Distribution, PlainValidator(read), named("distribution")] = Field(examples=["0 s"])


class Mixture(Shape):
    """Each draw comes from one of several distributions."""

    family: ClassVar[str] = "mixture"
    only_figure: ClassVar[str] = "parts"
    parts: Annotated[tuple[MixturePart, ...], AfterValidator(_whole_population)] = Field(
        examples=["[{share: 10%, of: 0 s}, {share: 90%, of: {exponential: 1000 s}}]"]
    )

    @property
    def mean(self) -> float:
        """The weighted mean of the parts."""
        return math.fsum(part.share * part.of.mean for part in self.parts if part.share > 0)


Distribution = (
    Constant
    | Never
    | Exponential
    | Lognormal
    | Gamma
    | Erlang
    | Weibull
    | Uniform
    | Triangular
    | Hyperexponential
    | Empirical
    | Mixture
)


def _read_ending(value: Any, info: ValidationInfo) -> Shape:
    shape = read(value, info)
    if math.isinf(shape.mean):  # type: ignore[attr-defined]
        raise wrong("only patience may last for ever", value, "write a duration")
    return shape


Patience = Annotated[Distribution, PlainValidator(read), named("distribution")]
ServiceTime = Annotated[Distribution, PlainValidator(_read_ending), named("distribution")]

MixturePart.model_rebuild()
