"""What records cannot tell of a hotline: what, why, and what would tell it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from callcenter.fit.calls import Calls
from callcenter.fit.fitted import Fitted
from callcenter.fit.reported import Reported
from callcenter.fit.staffing.levels import CALIBRATED, LOG_INS, Levels
from callcenter.language import gettext as _


class Untold(NamedTuple):
    """Something that records of this kind cannot tell."""

    what: str
    why: str
    remedy: str
    """What would tell it, or what to do meanwhile."""

    def __str__(self) -> str:
        return _("{what}: {why}; {remedy}.").format(what=self.what, why=self.why, remedy=self.remedy)


def promise() -> Untold:
    """Return that a log holds no targets."""
    return Untold(
        _("The promise"),
        _("targets are not in a log"),
        _("write `target` for each tier, or take them with --like"),
    )


def untold_by_calls(model: Fitted, calls: Calls) -> Iterator[Untold]:
    """Yield what call records cannot tell."""
    until = max(
        (tier.patience.survival.known_until for tier in model.tiers if tier.patience.survival), default=0.0
    )
    yield Untold(
        _("Patience beyond {seconds:.0f} s of waiting").format(seconds=until),
        _("hardly anybody waited longer"),
        _("believe no answer that hangs on longer waits"),
    )
    if model.levels.source != LOG_INS:
        yield Untold(
            _("Log-ins and breaks"),
            _("levels are inferred ({source}), idle and away look alike").format(
                source=_(model.levels.source)
            ),
            _("records with log-ins and pauses, or a roster, in place of the levels"),
        )
    if not (calls.wrap_up > 0).any():
        yield Untold(
            _("Wrap-up"),
            _("it is not recorded, but taken from gaps between calls while somebody waits"),
            _("a column of wrap-up, or of when agents are free again"),
        )
    if not (calls.customer >= 0).any():
        yield Untold(
            _("Redials and repeats"),
            _("customers are not recorded, so these are in the demand and look like new calls"),
            _("a column with the customer or the number that called"),
        )
    if model.ranks is not None and model.ranks.untold:
        yield Untold(
            _("The place in the line of {tiers}").format(tiers=", ".join(model.ranks.untold)),
            _("they hardly ever waited beside others"),
            _("write their `priority` from what the ACD is set to"),
        )
    yield promise()


def untold_by_intervals(report: Reported, levels: Levels) -> Iterator[Untold]:
    """Yield what an interval report cannot tell."""
    calls = _("call records, one row for each call")
    yield Untold(
        _("The distribution of handle time"),
        _("only its mean is reported; exponential times are taken"),
        calls,
    )
    yield Untold(_("Talk and wrap-up apart"), _("the report has their sum"), calls)
    if not report.limits:
        yield Untold(
            _("The shape of patience"),
            _("without wait buckets only an exponential can be fitted"),
            _("a report with buckets of waits, answered and abandoned"),
        )
    if not report.has("wait_abandoned_s"):
        yield Untold(
            _("How long those waited who hung up"),
            _("it is taken to be as long as the answered waited"),
            _("a column with the waits of abandoned calls"),
        )
    if len(report.tiers) > 1:
        yield Untold(
            _("Who serves whom and who comes first"),
            _("one pool takes all tiers, first come, first served"),
            _("write `pools` and `priority`, or take them with --like"),
        )
    if levels.source == CALIBRATED:
        yield Untold(
            _("How many agents there were"),
            _("the report has no agents; they are as many as explain its waits"),
            _("a column of agents logged in"),
        )
    yield Untold(_("The IVR, redials, repeats and breaks"), _("an interval report does not hold them"), calls)
    yield promise()
