"""Recorded calls as the demand (contract 2.3): which records, which days, and what of their calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictStr

from callcenter.language import gettext as _
from callcenter.scenario.errors import fault, nearest, wrong
from callcenter.scenario.part import Fault, Part

TALK, PATIENCE = "talk", "patience"
TAKES = (TALK, PATIENCE)

RIVALS = ("calls", "mix", "tiers", "volume", "day_factor_cv", "interval_factor", "talk_factor_cv", "days")
"""Keys of `demand` that say of drawn calls what recorded ones cannot obey."""


def _taken(value: Any) -> Any:
    names = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise wrong(_("names nothing to take"), value, _("write for example [talk, patience]"))
    for name in names:
        if name not in TAKES and name != "arrivals":
            message = _("there is nothing `{name}` to take; {remedy}")
            raise fault(message.format(name=name, remedy=nearest(name, TAKES, _("known names"))))
    return tuple(name for name in TAKES if name in names)


class RecordedCalls(Part):
    """Recorded calls, each at its time; what is not taken from them is drawn by the scenario."""

    records: StrictStr = Field(
        min_length=1,
        description="Directory of records, or a call log of our own",
        examples=["records"],
    )
    days: StrictStr | None = Field(
        None,
        description="Which days, as `fit --days`: names, or a rule; left out: all",
        examples=["regular"],
    )
    from_: StrictStr | None = Field(
        None, validation_alias="from", description="First day", examples=["2026-11-02"]
    )
    to: StrictStr | None = Field(None, description="Last day", examples=["2026-11-27"])
    take: Annotated[tuple[str, ...], BeforeValidator(_taken)] = Field(
        TAKES, description="What is taken beside the time of each call", examples=["[talk, patience]"]
    )


def replay_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each key beside `replay` that says something else of the calls."""
    if "replay" not in data:
        return
    for key in RIVALS:
        if key in data:
            message = _("recorded calls come as they came; leave `{key}` out beside `replay`")
            yield (key,), fault(message.format(key=key), "key")
