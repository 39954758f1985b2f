"""How many calls are expected, interval by interval, and who makes them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr

from callcenter.language import gettext as _
from callcenter.recording import Recording
from callcenter.scenario.errors import both, fault
from callcenter.scenario.part import Context, Fault, Part, unknown_tiers
from callcenter.scenario.parts.by_day import ByDay, mean_day, rows_of
from callcenter.scenario.parts.ivr import none_word
from callcenter.scenario.parts.recorded_calls import RecordedCalls, replay_faults
from callcenter.scenario.parts.series import CallSeries, DayFactors, IntervalCvs
from callcenter.scenario.values import OR_NONE, SHARE_TOLERANCE, BusynessCv, ChangeFactor, Share


def _everyone(mix: dict[str, float]) -> dict[str, float]:
    total = math.fsum(mix.values())
    if abs(total - 1) > SHARE_TOLERANCE:
        raise fault(
            _("the shares add up to {total:.10g}%, expected 100%; change them so that they do").format(
                total=100 * total
            )
        )
    return mix


class TierDemand(Part):
    """The calls of one tier."""

    calls: CallSeries = Field(
        description="Expected calls of this tier per interval", examples=["[310, 420, 380, 290]"]
    )


class IntervalFactor(Part):
    """How far intervals are from what the day lets expect."""

    cv: IntervalCvs = Field(
        description="Variation (cv) of one Gamma factor for each interval, shared by all tiers; or a list",
        examples=["17%"],
    )
    correlation: Share = Field(
        0.0, description="Of the factors of neighbouring intervals, as Gaussian scores", examples=["0.3"]
    )


class Demand(Part):
    """Expected calls: of all tiers together with their mix, tier by tier, or those of recorded days."""

    calls: CallSeries | None = Field(
        None, description="Expected calls per interval, all tiers together", examples=["[310, 420, 380, 290]"]
    )
    mix: Annotated[dict[str, Share], AfterValidator(_everyone)] | None = Field(
        None, description="Share of each tier in the calls", examples=["{vip: 6%, regular: 94%}"]
    )
    tiers: dict[str, TierDemand] | None = Field(
        None,
        min_length=1,
        description="Calls of each tier, instead of `calls` and `mix`",
        examples=["{vip: {calls: 20}}"],
    )
    replay: RecordedCalls | None = Field(
        None,
        description="Recorded calls, instead of expected ones",
        examples=["{records: records, days: regular}"],
    )
    volume: ChangeFactor = Field(1.0, description="Multiplies everything: the what-if knob")
    day_factor_cv: BusynessCv = Field(
        0.0,
        description="Busyness: variation (cv) of one Gamma factor a day, shared by all tiers",
        examples=["10%"],
    )
    interval_factor: Annotated[IntervalFactor | None, BeforeValidator(none_word)] = Field(
        None,
        description="Restlessness within the day: intervals scatter more than Poisson; or `none`",
        examples=["{cv: 17%, correlation: 0.3}"],
        json_schema_extra=OR_NONE,
    )
    talk_factor_cv: BusynessCv = Field(
        0.0,
        description="Slow days: variation (cv) of one Gamma factor a day on talk and wrap-up, of all tiers",
        examples=["5%"],
    )
    days: DayFactors | None = Field(
        None, description="A factor for each simulated day", examples=["[1.08, 1.0]"]
    )

    _recording: Recording | None = PrivateAttr(default=None)

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield what does not fit together in the ways to state the calls."""
        yield from replay_faults(data)
        for key in ("mix", "tiers"):
            yield from unknown_tiers((key,), _keys(data.get(key)), context)
        if "replay" in data:
            return
        if "tiers" in data:
            rivals = both(f"`{key}`" for key in ("calls", "mix") if key in data)
            if rivals:
                yield (
                    ("tiers",),
                    fault(
                        _("says what {rivals} say in another way; keep one of the two").format(rivals=rivals),
                        "key",
                    ),
                )
        else:
            yield from _incomplete(data, context)

    @property
    def recording(self) -> Recording | None:
        """The recorded days that are played instead of drawn calls, None if there are none."""
        return self._recording

    def playing(self, recording: Recording) -> None:
        """Take the recorded days that `replay` names; the scenario does so before anybody sees it."""
        self._recording = recording

    def expected(self, tier: str) -> tuple[float, ...]:
        """Return the expected calls of a tier in each interval of an ordinary day, volume included.

        Where the calls differ from day to day, it is the mean of the days that count.
        """
        if self._recording is not None:
            return self._recording.expected(tier)
        calls, share = self._stated(tier)
        return tuple(self.volume * share * figure for figure in mean_day(calls))

    def expected_on(self, tier: str) -> tuple[tuple[float, ...], ...]:
        """Return the same for each day of the run, in one row if every day is alike."""
        if self._recording is not None:
            return (self._recording.expected(tier),)
        calls, share = self._stated(tier)
        return tuple(tuple(self.volume * share * figure for figure in row) for row in rows_of(calls))

    def _stated(self, tier: str) -> tuple[tuple[float, ...] | ByDay, float]:
        if self.tiers is None:
            return self.calls or (), 1.0 if self.mix is None else self.mix.get(tier, 0.0)
        some = next(iter(self.tiers.values()))
        return self.tiers.get(tier, some).calls, float(tier in self.tiers)


def _keys(value: object) -> Iterable[str]:
    return value.keys() if isinstance(value, dict) else ()


def _incomplete(data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
    if "calls" not in data and "mix" not in data:
        yield ("calls",), fault(_("is missing; write `calls` with `mix`, or `tiers`"), "absent")
    elif "calls" not in data:
        yield ("calls",), fault(_("is missing beside `mix`; write for example `calls: 300`"), "absent")
    elif "mix" not in data and context.tiers is not None and len(context.tiers) > 1:
        example = f"mix: {{{', '.join(f'{name}: ...%' for name in context.tiers)}}}"
        message = _("is missing, {count} tiers share the calls; write `{example}`")
        yield ("mix",), fault(message.format(count=len(context.tiers), example=example), "absent")
