"""Values with units - durations, shares, clock times - and numbers; what is refused says what to write."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StrictStr, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from callcenter.clock import SECONDS_PER_DAY, TICKS_PER_SECOND
from callcenter.language import gettext as _
from callcenter.scenario.errors import INVISIBLE, closest, fault, nearest, wrong

LONGEST = 2.0**33
"""Seconds; a float holds no ticks beyond it."""

MOST_BUSYNESS = 1.0
"""The largest cv of a factor on days or intervals that is not taken for a percentage without its sign."""

MOST_VARIATION = 5.0
"""The same for the cv of times, of which 1.1 and 1.8 are ordinary."""

LONGEST_NAME = 200
"""Characters of the name of a scenario."""

SLOWEST = 100.0
"""The largest factor on handle times."""

SHARE_TOLERANCE = 1e-9
"""Shares that add up to 1 may miss it by this much."""

_UNITS = {"s": 1, "sec": 1, "second": 1, "seconds": 1, "min": 60, "minute": 60, "minutes": 60}
_UNITS |= {"h": 3600, "hour": 3600, "hours": 3600, "d": 86_400, "day": 86_400, "days": 86_400}

_QUANTITY = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*([^\W\d_]*|%)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def quantity(text: object) -> tuple[str, str] | None:
    """Split `20 s` into number and unit (empty if there is none); None if this is no quantity."""
    match = _QUANTITY.fullmatch(text.strip()) if isinstance(text, str) else None
    return (match[1], match[2]) if match else None


def as_number(text: str) -> int | float:
    """Return a figure; one with more digits than any float is infinite, as Python refuses to convert it."""
    return int(text) if len(text) < 300 and text.lstrip("+-").isdecimal() else float(text)


def is_number(value: object) -> bool:
    """Whether a value is a number; true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def ticks(seconds: float) -> float:
    """Round seconds to the nearest tick."""
    return round(seconds * TICKS_PER_SECOND) / TICKS_PER_SECOND


def round_half_up(figure: float) -> int:
    """Round to the nearest whole number, a half upwards in spite of float noise."""
    return math.floor(figure + 0.5 + 1e-9)


def number(value: Any) -> float:
    """Return a finite number; text and truth values are refused."""
    if not is_number(value):
        raise wrong(_("is not a number"), value, _without_quotes(value))
    if not abs(value) < 1e300:
        raise wrong(_("is not a finite number"), value, _("write an ordinary number"))
    return float(value)


def _without_quotes(value: object) -> str:
    parts = quantity(value)
    if parts is None:
        return _("write a number")
    text = _("write {figure} without a unit") if parts[1] else _("write {figure} without quotes")
    return text.format(figure=parts[0])


def duration(value: object, info: ValidationInfo) -> float:
    """Return a duration in seconds; a bare number is refused in a scenario and means seconds from Python."""
    if info.context is None and is_number(value):
        return math.inf if value == math.inf else ticks(_bounded(number(value), value))
    return ticks(_bounded(seconds(value), value))


def seconds(value: object) -> float:
    """Return the seconds of a duration as written in a scenario, such as `1.5 h`."""
    if is_number(value):
        return _unitless(number(value), str(value), value)
    parts = quantity(value)
    if parts is None or parts[1] == "%":
        remedy = _("write a number and a unit, such as 20 s, 3 min, 1.5 h or 2 d")
        raise wrong(_("is not a duration"), value, remedy)
    if not parts[1]:
        return _unitless(float(parts[0]), parts[0], value)
    if parts[1].lower() not in _UNITS:
        raise wrong(_("has the unknown unit `{unit}`").format(unit=parts[1]), value, _instead_of(parts[1]))
    return float(parts[0]) * _UNITS[parts[1].lower()]


def _instead_of(unit: str) -> str:
    near = "min" if unit == "m" else closest(unit, [name for name in _UNITS if len(name) > 2])
    return _("did you mean `{near}`?").format(near=near) if near else _("known units: s, min, h, d")


def _unitless(figure: float, text: str, value: object) -> float:
    if figure == 0:
        return 0.0
    remedy = (
        _("give a unit: {text} s?").format(text=text) if figure > 0 else _("write 0 or more, such as 20 s")
    )
    raise wrong(_("a duration needs a unit"), value, remedy)


def _bounded(figure: float, value: object) -> float:
    if figure < 0:
        raise wrong(_("a duration cannot be negative"), value, _("write 0 or more"))
    if not figure < LONGEST:
        raise wrong(_("is longer than a simulation can run"), value, _("write less than 200 years"))
    return figure


def share(value: object) -> float:
    """Return a share of 0 to 1, written as `85%` or `0.85`."""
    parts = quantity(value)
    if parts is None or parts[1] not in ("", "%"):
        return _within(_share_number(value), value)
    figure = float(parts[0])
    return _within(figure / 100 if parts[1] else figure, value)


def _share_number(value: object) -> float:
    if is_number(value):
        return number(value)
    raise wrong(_("is not a share"), value, _("write a share such as 85% or 0.85"))


def _within(figure: float, value: object) -> float:
    if figure < 0:
        raise wrong(_("a share cannot be below 0"), value, _("write a share from 0% to 100%"))
    if figure <= 1:
        return figure
    if figure <= 100 and "%" not in str(value):
        raise wrong(_("a share is at most 1"), value, _("did you mean {value}%?").format(value=value))
    raise wrong(_("a share cannot be above 100%"), value, _("write a share from 0% to 100%"))


def ratio(value: object) -> float:
    """Return a number of at least 0, which may be written in percent, such as a coefficient of variation."""
    parts = quantity(value)
    figure = float(parts[0]) / 100 if parts and parts[1] == "%" else number(value)
    if not 0 <= figure <= 100:
        raise wrong(_("is out of range"), value, _("write a number of 0 or more, such as 0.9 or 90%"))
    return figure


def factor(value: object) -> float:
    """Return a factor of 0 or more, written as 1.1, `110%` or `+10%`."""
    parts = quantity(value)
    if parts is None or parts[1] != "%":
        return at_least_zero(value)
    figure = float(parts[0]) / 100
    figure += parts[0][0] in "+-"
    if figure < 0:
        raise wrong(_("cannot be negative"), value, _("write 0 or more"))
    return figure


def handle_time_factor(value: object) -> float:
    """Return a factor on handle times, above 0; more than a hundredfold is a slip."""
    figure = _above_zero(factor(value), value, _("write a number above 0, such as 1.2"))
    if figure > SLOWEST:
        remedy = _("write for example 1.2 for a fifth slower")
        if "%" not in str(value):
            remedy = _("did you mean {value}%?").format(value=value)
        raise wrong(_("is no factor of handle times"), value, remedy)
    return figure


def variation(most: float) -> Callable[[object], float]:
    """Return the check of a cv; one above `most` is meant in percent, unless it says so."""

    def check(value: object) -> float:
        figure = ratio(value)
        if figure > most and "%" not in str(value):
            raise wrong(
                _("is far too restless for a cv"), value, _("did you mean {value}%?").format(value=value)
            )
        return figure

    return check


def clock_time(value: object, info: ValidationInfo) -> float:
    """Return a clock time in seconds of the day; from Python it may be a number of seconds."""
    if info.context is None and is_number(value):
        return number(value)
    return clock(value)


def clock(value: object) -> float:
    """Return the seconds of the day of a clock time as written in a scenario, 00:00 to 24:00."""
    match = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise wrong(_("is not a clock time"), value, _("write hours and minutes, such as 08:30"))
    total = int(match[1]) * 3600 + int(match[2]) * 60
    if total > SECONDS_PER_DAY or int(match[2]) > 59:
        raise wrong(_("there is no such clock time"), value, _("write a time from 00:00 to 24:00"))
    return float(total)


def mean(value: object, info: ValidationInfo) -> float:
    """Return a duration above 0 in seconds."""
    return _above_zero(duration(value, info), value, _("write a duration above 0, such as 3 min"))


def positive_ratio(value: object) -> float:
    """Return a ratio above 0."""
    return _above_zero(ratio(value), value, _("write a number above 0, such as 0.9"))


def readable(text: str) -> str:
    """Return a text for people; invisible characters are refused, but for line ends and tabs."""
    match = INVISIBLE.search(text.replace("\n", " ").replace("\t", " "))
    if match:
        raise fault(
            _("the invisible character U+{code:04X} is not allowed; remove it").format(code=ord(match[0]))
        )
    return text


def headline(text: str) -> str:
    """Return a text short enough for a title."""
    if len(text) > LONGEST_NAME:
        raise wrong(
            _("is longer than {most} characters").format(most=LONGEST_NAME),
            text,
            _("shorten it, and say the rest in `about`"),
        )
    return readable(text)


def _above_zero(figure: float, value: object, remedy: str) -> float:
    if figure > 0:
        return figure
    raise wrong(_("must be above 0"), value, remedy)


def at_least_zero(value: object) -> float:
    """Return a number of 0 or more."""
    figure = number(value)
    if figure < 0:
        raise wrong(_("cannot be negative"), value, _("write 0 or more"))
    return figure


def whole(low: int, high: int) -> Callable[[object], int]:
    """Return the check of whole numbers from low to high."""

    def check(value: object) -> int:
        figure = number(value)
        if figure != math.floor(figure):
            raise wrong(
                _("must be a whole number"),
                value,
                _("write {below} or {above}").format(below=math.floor(figure), above=math.ceil(figure)),
            )
        if not low <= figure <= high:
            raise wrong(
                _("is out of range"),
                value,
                _("write a whole number from {low} to {high}").format(low=low, high=high),
            )
        return int(value)  # type: ignore[call-overload, no-any-return]

    return check


def choice(names: Sequence[str]) -> Callable[[object], str]:
    """Return the check of a word that must be one of some names."""

    def check(value: object) -> str:
        if value not in names:
            raise no_choice(value, names)
        return str(value)

    return check


def no_choice(value: object, names: Sequence[str]) -> PydanticCustomError:
    """Return the error of a word that is none of the names."""
    return wrong(_("is not one of the choices"), value, nearest(value, names, _("write one of")))


def one_of(names: Sequence[str]) -> WithJsonSchema:
    """Return the mark that lists the names in the JSON Schema."""
    return WithJsonSchema({"enum": list(names), "type": "string"})


OR_NONE: dict[str, Any] = {"x-none": True}
"""Marks, in the JSON Schema, a key that may say `none`."""


def as_written(default: Any) -> Any:
    """Return a default in the words of a scenario, so that help and schema show it as a planner writes it."""
    return default


def named(definition: str) -> WithJsonSchema:
    """Return the mark that refers the JSON Schema of a value to one of the shared definitions."""
    return WithJsonSchema({"format": definition})


Text = Annotated[StrictStr, AfterValidator(readable)]
Headline = Annotated[StrictStr, AfterValidator(headline)]
Duration = Annotated[float, BeforeValidator(duration), named("duration")]
Mean = Annotated[float, BeforeValidator(mean), named("duration")]
Share = Annotated[float, BeforeValidator(share), named("share")]
Ratio = Annotated[float, BeforeValidator(ratio), named("ratio")]
PositiveRatio = Annotated[float, BeforeValidator(positive_ratio), named("ratio")]
ClockTime = Annotated[float, BeforeValidator(clock_time), named("clock")]
Factor = Annotated[float, BeforeValidator(at_least_zero), named("factor")]
ChangeFactor = Annotated[float, BeforeValidator(factor), named("change_factor")]
HandleTimeFactor = Annotated[float, BeforeValidator(handle_time_factor), named("change_factor")]
BusynessCv = Annotated[float, BeforeValidator(variation(MOST_BUSYNESS)), named("ratio")]
SlowDown = Annotated[float, BeforeValidator(variation(MOST_VARIATION)), named("ratio")]
Money = Annotated[float, BeforeValidator(number), named("money")]
