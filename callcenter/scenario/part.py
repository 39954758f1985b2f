"""The base of every model: frozen, strict about keys, and reporting all its problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, NamedTuple, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from callcenter.language import gettext as _
from callcenter.scenario.errors import MOST_SHOWN, closest, fault, nearest
from callcenter.scenario.marks import Path
from callcenter.scenario.messages import empty as empty_key
from callcenter.scenario.messages import plain, written_fields

Fault = tuple[Path, PydanticCustomError]
P = TypeVar("P", bound="Part")


class Context(NamedTuple):
    """What values must fit, known before any model is built; None where the scenario does not say."""

    intervals: int | None = None
    days: int | None = None
    tiers: tuple[str, ...] | None = None
    first: date | None = None
    """The date of the first day."""
    run_days: int | None = None
    """Days of the run, those of the cool-down too."""


class Part(BaseModel):
    """A frozen piece of a scenario; built from Python, times may be plain numbers of seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    @classmethod
    def known_keys(cls) -> tuple[str, ...]:
        """Return the keys a planner may write."""
        return tuple(written_fields(cls))

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield what is wrong between several keys; `data` is as written, its values not checked yet."""
        yield from ()

    @model_validator(mode="wrap")
    @classmethod
    def _all_at_once(cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        if not isinstance(data, dict) or info.context is None:
            return _checked(cls, data, handler, [])
        empty = [key for key, value in data.items() if value is None]
        faults = [*(((key,), empty_key(cls, key)) for key in empty), *cls.faults(data, info.context)]
        filled = {key: value for key, value in data.items() if key not in empty}
        return _checked(cls, filled, handler, [each for each in faults if not _is_misspelt(cls, each, data)])


def _checked(model: type[P], data: Any, handler: ModelWrapValidatorHandler[P], faults: list[Fault]) -> P:
    """Return the validated part; raises the given faults and its own, each path once."""
    known = {path for path, _ in faults}
    try:
        part = handler(data)
    except ValidationError as error:
        own = own_faults(model, error)
        kept = [fault for fault in own if fault[0] not in known and not _is_misspelt(model, fault, data)]
        raise failure([*faults, *kept]) from None
    if faults:
        raise failure(faults)
    return part


def _is_misspelt(model: type[Part], candidate: Fault, data: object) -> bool:
    """Whether a key is only absent because it was written with a slip, which is reported anyway."""
    path, error = candidate
    if error.type != "absent" or len(path) != 1 or not isinstance(data, dict):
        return False
    known = model.known_keys()
    unknown = islice((key for key in data if key not in known), MOST_SHOWN)
    return path[0] in [closest(key, known) for key in unknown]


def failure(faults: Iterable[Fault]) -> ValidationError:
    """Return the pydantic error that carries these faults to whoever asked for the value."""
    details = [InitErrorDetails(type=error, loc=path, input=None) for path, error in faults]
    return ValidationError.from_exception_data("scenario", details)


def own_faults(model: type[Part], error: ValidationError) -> list[Fault]:
    """Return the faults of a pydantic error in plain words; a list is not too short for its wrong items."""
    lines = [
        line for line in error.errors(include_url=False) if line["type"] != "too_short" or not line["input"]
    ]
    known = model.known_keys()
    return [
        (line["loc"], plain(model, known, line, is_shown=index < MOST_SHOWN))
        for index, line in enumerate(lines)
    ]


def one_above(error: ValidationError) -> list[Fault]:
    """Return the faults of a list of one as those of the value itself."""
    return [(line["loc"][1:], fault(line["msg"], line["type"])) for line in error.errors(include_url=False)]


def unknown_tiers(path: Path, names: Iterable[object], context: Context) -> Iterator[Fault]:
    """Yield a fault for each name below the path that is no tier of the scenario."""
    for name in names:
        if context.tiers is not None and name not in context.tiers:
            yield (
                (*path, str(name)),
                fault(
                    _("there is no tier `{name}`; {remedy}").format(
                        name=name, remedy=nearest(name, context.tiers, _("tiers"))
                    ),
                    "key",
                ),
            )
