"""Series: one value for each interval or day, written as one number, as a list, or read from a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    PlainValidator,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.scenario.errors import fault, wrong
from callcenter.scenario.part import Context, Fault, failure, one_above
from callcenter.scenario.parts.by_day import ByDay, Row, by_day, is_by_day
from callcenter.scenario.values import BusynessCv, Duration, Factor, named, number, whole

MOST_AGENTS = 100_000

_FILES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")

Agents = Annotated[int, BeforeValidator(whole(0, MOST_AGENTS))]


def level(value: Any) -> float:
    """Return a number of agents, of which the last may count in part (rule R8e); whole numbers stay whole."""
    figure = number(value)
    if not 0 <= figure <= MOST_AGENTS:
        raise wrong(
            _("is out of range"),
            value,
            _("write a number from 0 to {most}").format(most=MOST_AGENTS),
        )
    return int(figure) if figure.is_integer() else figure


Level = Annotated[int | float, BeforeValidator(level)]


def series(each: str, expected: Callable[[Context], int | None]) -> WrapValidator:
    """Return the check that spreads one number over all intervals and counts the values of a list."""

    def check(value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        length = expected(info.context) if info.context is not None else None
        if not isinstance(value, list | tuple):
            return _one(value, handler) * (length or 1)
        return _listed(value, handler, each, length)

    return WrapValidator(check)


def days_series(item: Any, can_draw: bool = False) -> PlainValidator:
    """Return the check of a series by intervals that may differ from day to day."""
    check: Callable[[Any], Any] = TypeAdapter(tuple[item, ...]).validate_python

    def series_of(value: Any, info: ValidationInfo) -> Any:
        context = info.context if info.context is not None else Context()
        if value is None or isinstance(value, ByDay):
            return value
        if is_by_day(value):
            return by_day(value, lambda row: _row(row, check, context), context, can_draw)
        return _row(value, check, context)

    return PlainValidator(series_of)


def _row(value: Any, check: Callable[[Any], Any], context: Context) -> Any:
    """Return one value for each interval of a day."""
    if not isinstance(value, list | tuple):
        return _one(value, check) * (context.intervals or 1)
    return _listed(value, check, noted("interval of the day"), context.intervals)


def _one(value: Any, handler: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        raise wrong(_("is not a series"), value, _("write a number, a list, or {file: x.csv, column: name}"))
    if isinstance(value, str) and value.lower().endswith(_FILES):
        raise wrong(
            _("is no number"),
            value,
            _("write {{file: {value}, column: name}} to read it from the file").format(value=value),
        )
    try:
        return handler([value])
    except ValidationError as error:
        raise failure(one_above(error)) from None


def _listed(value: Any, handler: Callable[[Any], Any], each: str, length: int | None) -> Any:
    faults = _miscounted(len(value), each, length)
    try:
        values = handler(value)
    except ValidationError as error:
        lines = error.errors(include_url=False)
        raise failure(
            [*faults, *((line["loc"], fault(line["msg"], line["type"])) for line in lines)]
        ) from None
    if faults:
        raise failure(faults)
    return values


def _miscounted(given: int, each: str, length: int | None) -> list[Fault]:
    if length is None or given == length:
        return []
    remedy = _("write {length} values, or one number for all").format(length=length)

    message = _("has the wrong length, expected {length} (one per {each}), given {given}; {remedy}")
    return [((), fault(message.format(length=length, each=_(each), given=given, remedy=remedy)))]


def _durations(value: Any) -> Any:
    if isinstance(value, list | tuple) and value:
        return value
    raise wrong(_("needs a list of durations"), value, _("write for example [12 s, 30 s, 45 s]"))


def _no_file(value: Any) -> Any:
    if isinstance(value, dict):
        raise wrong(
            _("is not a series"), value, _("write a ratio such as 17%, or a list of one per interval")
        )
    return value


_PER_INTERVAL = series(noted("interval of the day"), lambda context: context.intervals)
_PER_DAY = series(noted("day"), lambda context: context.days)

CallSeries = Annotated[Row | ByDay, days_series(Factor), named("calls")]
AgentSeries = Annotated[Row | ByDay, days_series(Level, can_draw=True), named("agents")]
IntervalFactors = Annotated[tuple[Factor, ...], _PER_INTERVAL, named("series")]
IntervalCvs = Annotated[tuple[BusynessCv, ...], _PER_INTERVAL, BeforeValidator(_no_file), named("ratios")]
DayFactors = Annotated[tuple[Factor, ...], _PER_DAY, named("series")]
EmpiricalValues = Annotated[tuple[Duration, ...], BeforeValidator(_durations), named("empirical")]
