"""Targets of every kind in words, and the verdict on all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.measure import Summary

Entry = Mapping[str, Any]
"""One of the `targets` of a summary."""

BOUNDS = {
    "answered": noted("{bound} answered in {within}"),
    "connected": noted("{bound} connected"),
    "abandoned": noted("at most {bound} abandoned"),
    "abandoned_after": noted("at most {bound} abandoned after {after}"),
    "blocked": noted("at most {bound} blocked"),
    "mean_wait": noted("mean wait of at most {bound}"),
    "callbacks": noted("{bound} of callbacks in {within}"),
    "occupancy": noted("occupancy of at most {bound}"),
}

PERIODS = {
    "day": noted("{target}, each day"),
    "interval": noted("{target}, in each interval"),
    "busiest_hour": noted("{target}, in the busiest hour"),
}
"""What a target is judged over, where it is not the run."""


def whose(entry: Entry) -> str:
    """Return the tiers, or the pool, that a target is about."""
    return entry["pool"] or _(", ").join(entry["tiers"])


def target_text(entry: Entry) -> str:
    """Return what a target asks: `95% connected, on 90% of days`."""
    measure = entry["measure"] if entry["after_s"] is None else f"{entry['measure']}_after"
    within, after = (
        "" if entry[key] is None else wording.duration(entry[key]) for key in ("within_s", "after_s")
    )
    text = _(BOUNDS[measure]).format(bound=_bound(entry), within=within, after=after)
    on, over = entry["on_days"], entry["over"]
    if over in PERIODS and not (over == "day" and on not in (None, 1.0)):
        text = _(PERIODS[over]).format(target=text)
    if on not in (None, 1.0):
        text = _("{target}, on {share} of days").format(target=text, share=_plain_percent(on))
    return text


def figure_text(entry: Entry, *, with_ends: bool = False) -> str:
    """Return what came of a target, perhaps with its interval."""
    form = wording.wait if entry["measure"] == "mean_wait" else wording.percent
    ends = wording.interval(entry, form) if with_ends else ""
    value = wording.NOTHING if entry["value"] is None else form(entry["value"])
    return _("{text} ({remark})").format(text=value, remark=ends) if ends else value


def days_text(entry: Entry) -> str:
    """Return on which share of days a target held, with the interval of that."""
    days = entry["days_met"]
    ends, share = wording.interval(days), wording.percent(days["value"])
    return _("{text} ({remark})").format(text=share, remark=ends) if ends else share


def targets_headline(summary: Summary) -> str:
    """Return the verdict on every target, those missed first, and on which days all of them hold."""
    return "\n".join((*_lines(summary["targets"]), *_together(summary)))


def some_targets_headline(entries: Sequence[Entry]) -> str:
    """Return the verdict on some of the targets."""
    return "\n".join(_lines(entries))


def _lines(entries: Sequence[Entry]) -> Iterator[str]:
    if {entry["verdict"] for entry in entries} - {None} == {"met"}:
        yield _("Every target is met.")
    else:
        for entry in entries:
            if entry["verdict"] == "missed":
                yield _("Missed: {target}.").format(target=_judged(entry))
        for entry in entries:
            if entry["verdict"] == "unclear":
                yield _("Unclear: {target}.").format(target=_judged(entry))
        met = [target_name(entry) for entry in entries if entry["verdict"] == "met"]
        if met:
            yield _("Met: {tiers}.").format(tiers=_("; ").join(met))


def _together(summary: Summary) -> Iterator[str]:
    if len(summary["targets"]) > 1:
        joint = days_text({"days_met": summary["joint"]["days_met"]})
        yield _("All targets together hold on {days} of days.").format(days=joint)


def kept_text(kept: Entry) -> str:
    """Return the chance that all targets hold on enough days."""
    text = _("Chance that all targets hold on at least {kept} of {of} days: {chance}.")
    chance = days_text({"days_met": kept})
    return text.format(kept=kept["kept"], of=kept["of"], chance=chance)


def kept_name(kept: Entry) -> str:
    """Return what a chance to keep enough days is of: `all targets on 28 of 30 days, chance`."""
    return _("chance of all targets on {kept} of {of} days").format(kept=kept["kept"], of=kept["of"])


def target_name(entry: Entry) -> str:
    """Return a target with whose it is: `regular: 95% connected`."""
    return _("{tier}: {target}").format(tier=whose(entry), target=target_text(entry))


def _judged(entry: Entry) -> str:
    if entry["on_days"] is None:
        figure = figure_text(entry, with_ends=entry["verdict"] == "unclear")
    else:
        figure = _("on {days} of days").format(days=days_text(entry))
    return _("{name}: {figure}").format(name=target_name(entry), figure=figure)


def _bound(entry: Entry) -> str:
    bound: float = entry["bound"]
    return wording.duration(bound) if entry["measure"] == "mean_wait" else _plain_percent(bound)


def _plain_percent(share: float) -> str:
    return f"{round(100 * share, 2):g}%"
