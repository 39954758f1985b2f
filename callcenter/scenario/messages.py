"""What pydantic finds, in a planner's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from callcenter.language import gettext as _
from callcenter.scenario.errors import both, fault, nearest, shown, wrong
from callcenter.scenario.values import OR_NONE, no_choice

MOST_LISTED = 10
"""Keys of a model that a message lists; of more it names those that are needed."""

OTHER_NAMES: Mapping[str, str] = {
    "acw": "wrap_up",
    "after_call_work": "wrap_up",
    "aht": "talk",
    "handle_time": "talk",
    "service_time": "talk",
    "skills": "serves",
    "staff": "agents",
    "queues": "tiers",
    "groups": "pools",
    "trunks": "lines",
    "sla": "target",
    "service_level": "target",
}
"""Keys that planners know from elsewhere, and those of the language."""

Model = type[BaseModel]


def plain(
    model: Model, known: Sequence[str], error: ErrorDetails, *, is_shown: bool = True
) -> PydanticCustomError:
    """Return the error of one of the model's own keys in plain words; plain messages pass unchanged.

    What is not shown but only counted needs no hint, which takes time to find.
    """
    if error["type"] == "extra_forbidden":
        return _unknown_key(known, error) if is_shown else fault(_("unknown key"), "key")
    say = _WORDS.get(error["type"])
    return say(model, error) if say else fault(error["msg"], error["type"])


def written_fields(model: Model) -> Mapping[str, FieldInfo]:
    """Return the fields of a model by the key that a planner writes."""
    return {str(field.validation_alias or name): field for name, field in model.model_fields.items()}


def for_example(model: Model, key: str | int) -> str:
    """Return what to write for a key."""
    field = written_fields(model).get(str(key))
    example = field.examples[0] if field and field.examples else "..."
    return _("write for example `{key}: {example}`").format(key=key, example=example)


def empty(model: Model, key: str) -> PydanticCustomError:
    """Return the error of a key without a value."""
    field = written_fields(model).get(key)
    if field is None or field.is_required():
        return fault(_("is empty; {example}").format(example=for_example(model, key)), "key")
    if field.json_schema_extra == OR_NONE:
        return fault(_("is empty; give it a value, write `none`, or leave the key out"), "key")
    return fault(_("is empty; give it a value, or leave the key out"), "key")


def _unknown_key(known: Sequence[str], error: ErrorDetails) -> PydanticCustomError:
    key = error["loc"][-1]
    if OTHER_NAMES.get(str(key)) in known:
        return fault(
            _("unknown key `{key}`; here it is `{here}`").format(key=key, here=OTHER_NAMES[str(key)]),
            "key",
        )
    return fault(
        _("unknown key `{key}`; {remedy}").format(key=key, remedy=nearest(key, known, _("known keys"))), "key"
    )


def _missing(model: Model, error: ErrorDetails) -> PydanticCustomError:
    return fault(_("is missing; {example}").format(example=for_example(model, error["loc"][-1])), "absent")


def _no_mapping(model: Model, error: ErrorDetails) -> PydanticCustomError:
    if error["loc"]:
        return wrong(_("must be a mapping"), error["input"], for_example(model, error["loc"][0]))
    remedy = _keys_below(model)
    if error["input"] is None:
        return fault(_("is empty; {remedy}").format(remedy=remedy), "key")
    return wrong(_("must be a mapping"), error["input"], remedy)


def _keys_below(model: Model) -> str:
    fields = written_fields(model)
    needed = {key: field for key, field in fields.items() if field.is_required()}
    if len(fields) <= MOST_LISTED:
        known = _("write its keys below it: {names}").format(names=_(", ").join(fields))
        if not needed:
            return _("{known}; or {{}} for the usual").format(known=known)
        if all(field.examples for field in needed.values()):
            example = ", ".join(f"{key}: {(field.examples or [''])[0]}" for key, field in needed.items())
            return _("{known}; for example {{{example}}}").format(known=known, example=example)
        return known
    return _("write its keys below it, at least {names}").format(names=both(needed))


def _no_list(model: Model, error: ErrorDetails) -> PydanticCustomError:
    return wrong(_("must be a list"), error["input"], for_example(model, error["loc"][0]))


def _too_few(model: Model, error: ErrorDetails) -> PydanticCustomError:
    return wrong(_("needs at least one entry"), error["input"], for_example(model, error["loc"][0]))


def _too_many(_model: Model, error: ErrorDetails) -> PydanticCustomError:
    most = error.get("ctx", {}).get("max_length")
    return fault(
        _("has too many entries, at most {most} are possible; check for a repeated block").format(most=most)
    )


def _no_text(_model: Model, error: ErrorDetails) -> PydanticCustomError:
    given = error["input"]
    is_nested = isinstance(given, dict | list)
    remedy = _("write words") if is_nested else _("put it in quotes, such as '{given}'")
    return wrong(_("must be text"), given, remedy.format(given=shown(given)))


def _no_truth(_model: Model, error: ErrorDetails) -> PydanticCustomError:
    return wrong(_("is neither true nor false"), error["input"], _("write true or false"))


def _no_choice(_model: Model, error: ErrorDetails) -> PydanticCustomError:
    choices = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
    return no_choice(error["input"], choices)


_WORDS: Mapping[str, Callable[[Model, ErrorDetails], PydanticCustomError]] = {
    "missing": _missing,
    "model_type": _no_mapping,
    "dict_type": _no_mapping,
    "tuple_type": _no_list,
    "too_short": _too_few,
    "too_long": _too_many,
    "string_type": _no_text,
    "bool_type": _no_truth,
    "literal_error": _no_choice,
}
