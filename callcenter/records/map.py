"""How a file becomes records: a map, written in YAML and checked like a scenario (contract 7.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from callcenter.language import gettext as _
from callcenter.outcomes import OUTCOMES
from callcenter.records.columns import BUCKET
from callcenter.records.roles import CALL_ROLES, INTERVAL_ROLES
from callcenter.records.zones import AS_WRITTEN, zone_of
from callcenter.scenario.errors import fault, nearest, wrong
from callcenter.scenario.files.encodings import NAMES
from callcenter.scenario.part import Context, Fault, Part
from callcenter.scenario.values import choice, is_number

Source = Literal["columns", "queue_log", "aicc", "connect", "ucce", "cms"]
Rows = Literal["calls", "intervals"]

UNKNOWN = "unknown"
"""The rule whose calls are of a tier that the log does not tell."""

_ABOUT = 500


def _words(value: object) -> tuple[str, ...]:
    """Return one or several words; a number is its text."""
    if value == ():
        return ()
    values = value if isinstance(value, list | tuple) else [value]
    if not values or any(isinstance(each, dict | list | bool) or each is None for each in values):
        raise wrong(_("must be a word or a list of words"), value, _("write for example [VIP, Gold]"))
    return tuple(_text(each) for each in values)


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _zone(name: str) -> str:
    if name not in ("", AS_WRITTEN):
        zone_of(name)
    return name


def _separator(text: str) -> str:
    if len(text) != 1:
        raise wrong(_("is no single sign"), text, _("write for example ';'"))
    return text


def _sign(value: object) -> str:
    return choice((".", ","))(value)


def _seconds(value: object) -> float:
    """Return the seconds of a bound such as `20 s`; a bare number is seconds as in the reports."""
    from callcenter.scenario.values import seconds

    return float(value) if is_number(value) else seconds(value)  # type: ignore[arg-type]


def _per_rule(value: object) -> object:
    """Return the conditions of a rule; words alone are those of the column that the rules are about."""
    return {"": value} if isinstance(value, str | int | float | list) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
Conditions = Annotated[dict[str, Words], BeforeValidator(_per_rule)]
Rules = dict[str, Conditions]
"""Rules by name; the first whose conditions all hold decides.  A condition names a column and its words."""


class Map(Part):
    """What the columns of a file mean, and the words in them."""

    about: Annotated[str, AfterValidator(lambda text: text[:_ABOUT])] = Field("", description="Free text")
    source: Source = Field("columns", description="Which program wrote the log", examples=["columns"])
    rows: Rows = Field(
        "calls", description="What a row is: a call, or an interval of a report", examples=["calls"]
    )
    files: Words = Field(
        (), description="Files or patterns, below the folder of the map", examples=["logs/*.csv"]
    )
    sheet: str | None = Field(None, description="Sheet of a workbook", examples=["Calls"])
    encoding: Annotated[str, BeforeValidator(choice((*NAMES, "")))] = Field(
        "", description="Encoding of text files", examples=["gb18030"]
    )
    separator: Annotated[str, AfterValidator(_separator)] | None = Field(
        None, description="What stands between cells", examples=["';'"]
    )
    decimal: Annotated[Literal[".", ","], BeforeValidator(_sign)] | None = Field(
        None, description="Decimal sign", examples=["'.'"]
    )
    dates: Literal["d/m/y", "m/d/y", "yymmdd", "ddmmyy"] | None = Field(
        None, description="Which number of a date is what, where it does not tell", examples=["d/m/y"]
    )
    times: Literal["seconds"] | None = Field(
        None, description="Bare numbers are seconds since 00:00 of the first day", examples=["seconds"]
    )
    time_zone: Annotated[str, AfterValidator(_zone)] = Field(
        "",
        description="Time zone of the centre; `as written` takes stamps as they are",
        examples=["Asia/Shanghai"],
    )
    columns: dict[str, Words] = Field(
        {},
        description="The column of each role; the first that is filled counts",
        examples=["{arrived: Start}"],
    )
    missing: dict[str, Words] = Field(
        {}, description="Words of a column that stand for nothing", examples=["{agent: NO_SERVER}"]
    )
    outcomes: Rules = Field(
        {}, description="Rules for the outcome of a call, the first that fits", examples=["{answered: [OK]}"]
    )
    tiers: Rules = Field(
        {}, description="Rules for the tier of a call, the first that fits", examples=["{vip: {queue: VIP}}"]
    )
    drop: Rules = Field(
        {},
        description="Rows that are no calls, by the name of the reason",
        examples=["{test: {queue: Test}}"],
    )
    within: Annotated[float, BeforeValidator(_seconds)] | None = Field(
        None, description="Seconds of the promise that a report counts by", examples=["20 s"]
    )

    @property
    def tier_words(self) -> tuple[str, ...]:
        """The words by which tiers are told."""
        return tuple(word for rule in self.tiers.values() for words in rule.values() for word in words)

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield unknown roles and outcomes, and files outside the folder."""
        roles = INTERVAL_ROLES if data.get("rows") == "intervals" else CALL_ROLES
        for role in _keys(data.get("columns")):
            if role not in roles and not (roles is INTERVAL_ROLES and re.fullmatch(BUCKET, role)):
                hint = nearest(role, roles, _("known roles"))
                yield (
                    ("columns", role),
                    fault(_("there is no role `{role}`").format(role=role) + f"; {hint}", "key"),
                )
        for outcome in _keys(data.get("outcomes")):
            if outcome not in OUTCOMES:
                hint = nearest(outcome, OUTCOMES, _("outcomes"))
                yield (
                    ("outcomes", outcome),
                    fault(_("there is no outcome `{outcome}`").format(outcome=outcome) + f"; {hint}", "key"),
                )
        yield from _outside(data.get("files"))


def _keys(value: object) -> Iterable[str]:
    return value.keys() if isinstance(value, dict) else ()


def _outside(files: object) -> Iterator[Fault]:
    for name in files if isinstance(files, list) else [files]:
        if isinstance(name, str) and (".." in re.split(r"[/\\]", name) or re.match(r"[/\\~]|\w:", name)):
            remedy = _("name files below the folder of the map, or give them on the command line")
            yield ("files",), wrong(_("leads out of the folder of the map"), name, remedy)
