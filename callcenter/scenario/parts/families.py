"""The families of distributions, all times in seconds; `mean` leaves clipping and interval factors out."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.scenario.errors import fault, wrong
from callcenter.scenario.part import Part
from callcenter.scenario.parts.distribution import Distribution, Patience
from callcenter.scenario.parts.series import EmpiricalValues
from callcenter.scenario.values import (
    MOST_VARIATION,
    SHARE_TOLERANCE,
    Duration,
    Mean,
    PositiveRatio,
    Share,
    named,
    variation,
    whole,
)


def _cv(value: object) -> float:
    figure = variation(MOST_VARIATION)(value)
    if figure == 0:
        raise wrong(
            _("a cv of 0 means that all times are equal"), value, _("write the mean alone as a constant")
        )
    return figure


def _cv_above_one(value: object) -> float:
    figure = variation(MOST_VARIATION)(value)
    if figure < 1:
        raise wrong(
            _("a hyperexponential has a cv of 1 or more"), value, _("take `gamma` or `lognormal` below 1")
        )
    return figure


Cv = Annotated[float, BeforeValidator(_cv), named("ratio")]
CvAboveOne = Annotated[float, BeforeValidator(_cv_above_one), named("ratio")]
Phases = Annotated[int, BeforeValidator(whole(1, 10_000)), named("whole")]


class Constant(Distribution):
    """The same time for everyone."""

    family: ClassVar[str] = "constant"
    is_certain: ClassVar[bool] = True
    only_figure: ClassVar[str] = "value"
    value: Duration

    @property
    def mean(self) -> float:
        """The value itself."""
        return self.value

    @property
    def _most(self) -> float:
        return self.value


class Never(Distribution):
    """No end at all: patience of callers who never hang up."""

    family: ClassVar[str] = "never"
    is_certain: ClassVar[bool] = True

    @property
    def mean(self) -> float:
        """Infinity."""
        return math.inf


class Exponential(Distribution):
    """Memoryless times."""

    family: ClassVar[str] = noted("exponential")
    only_figure: ClassVar[str] = "mean"
    mean: Mean = Field(title=noted("mean"), examples=["3 min"])


class Lognormal(Distribution):
    """Times whose logarithm is normal: the usual shape of talk times."""

    family: ClassVar[str] = noted("lognormal")
    mean: Mean = Field(title=noted("mean"), examples=["3 min"])
    cv: Cv = Field(title=noted("cv"), examples=["0.9"])


class Gamma(Distribution):
    """Gamma times of given mean and coefficient of variation."""

    family: ClassVar[str] = noted("gamma")
    mean: Mean = Field(title=noted("mean"), examples=["3 min"])
    cv: Cv = Field(title=noted("cv"), examples=["0.9"])


class Erlang(Distribution):
    """The sum of k equal exponential phases."""

    family: ClassVar[str] = noted("erlang")
    mean: Mean = Field(title=noted("mean"), examples=["3 min"])
    k: Phases = Field(title=noted("k"), examples=["3"])


class Weibull(Distribution):
    """Weibull times: below shape 1 the longer one has waited, the longer one stays."""

    family: ClassVar[str] = noted("weibull")
    mean: Mean = Field(title=noted("mean"), examples=["3 min"])
    shape: PositiveRatio = Field(title=noted("shape"), examples=["0.7"])


class Uniform(Distribution):
    """Any time between low and high, all equally likely."""

    family: ClassVar[str] = noted("uniform")
    low: Duration = Field(title=noted("low"), examples=["10 s"])
    high: Mean = Field(title=noted("high"), examples=["60 s"])

    @model_validator(mode="after")
    def _rising(self) -> Self:
        _refuse_falling(low=self.low, high=self.high)
        return self

    @property
    def mean(self) -> float:
        """The middle."""
        return (self.low + self.high) / 2

    @property
    def _most(self) -> float:
        return self.high


class Triangular(Distribution):
    """Times between low and high, most likely near the mode."""

    family: ClassVar[str] = noted("triangular")
    low: Duration = Field(title=noted("low"), examples=["10 s"])
    mode: Duration = Field(title=noted("mode"), examples=["20 s"])
    high: Mean = Field(title=noted("high"), examples=["60 s"])

    @model_validator(mode="after")
    def _rising(self) -> Self:
        _refuse_falling(low=self.low, mode=self.mode, high=self.high)
        return self

    @property
    def mean(self) -> float:
        """The mean of the three corners."""
        return (self.low + self.mode + self.high) / 3

    @property
    def _most(self) -> float:
        return self.high


def _refuse_falling(**corners: float) -> None:
    if sorted(corners.values()) != list(corners.values()):
        given = _(", ").join(f"{value:g} s" for value in corners.values())
        raise fault(
            _("{names} must rise, given {given}; put them in rising order").format(
                names=_(", ").join(corners), given=given
            )
        )


class Hyperexponential(Distribution):
    """A mixture of two exponentials that carry half of the mean each (balanced means)."""

    family: ClassVar[str] = noted("hyperexponential")
    mean: Mean = Field(title=noted("mean"), examples=["3 min"])
    cv: CvAboveOne = Field(title=noted("cv"), examples=["1.8"])


def _not_all_zero(values: tuple[float, ...]) -> tuple[float, ...]:
    if not any(values):
        raise fault(_("all values are 0, a mean must be above 0; write the constant 0 instead"))
    return values


class Empirical(Distribution):
    """Observed times, drawn with replacement."""

    family: ClassVar[str] = noted("empirical")
    only_figure: ClassVar[str] = "values"
    values: Annotated[EmpiricalValues, AfterValidator(_not_all_zero)]

    @property
    def mean(self) -> float:
        """The mean of the observations."""
        return math.fsum(self.values) / len(self.values)

    @property
    def _most(self) -> float:
        return max(self.values)


def _whole_population(parts: tuple[MixturePart, ...]) -> tuple[MixturePart, ...]:
    total = math.fsum(part.share for part in parts)
    if abs(total - 1) > SHARE_TOLERANCE:
        raise fault(
            _("the shares add up to {total:g}%, expected 100%; change them so that they do").format(
                total=100 * total
            )
        )
    return parts


class MixturePart(Part):
    """A share of the draws and the distribution they come from."""

    share: Share = Field(examples=["10%"])
    of: Patience = Field(examples=["0 s"])


class Mixture(Distribution):
    """Each draw comes from one of several distributions."""

    family: ClassVar[str] = noted("mixture")
    only_figure: ClassVar[str] = "parts"
    parts: Annotated[tuple[MixturePart, ...], AfterValidator(_whole_population)] = Field(
        examples=["[{share: 10%, of: 0 s}, {share: 90%, of: {exponential: 1000 s}}]"]
    )

    @property
    def mean(self) -> float:
        """The weighted mean of the parts."""
        return math.fsum(part.share * part.of.mean for part in self.parts if part.share > 0)

    @property
    def _most(self) -> float:
        return max(part.of.longest for part in self.parts if part.share > 0)
