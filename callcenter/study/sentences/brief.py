"""A run in short: the verdict in one sentence, and five lines that matter."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from callcenter import wording
from callcenter.demand import Loads
from callcenter.language import gettext as _
from callcenter.language import ngettext, noted
from callcenter.measure import Summary
from callcenter.measure.economics import is_priced
from callcenter.scenario.parts.measures import AT_LEAST
from callcenter.study.answers.callbacks import owes_callbacks
from callcenter.study.answers.points import roster
from callcenter.study.insights.gaps import gaps
from callcenter.study.insights.tightest import tightest_interval
from callcenter.study.result import Result
from callcenter.study.sentences.agents import occupancy, on_the_phones
from callcenter.study.sentences.definitions import definition_of
from callcenter.study.sentences.headline import more_days, nothing_asked, remedy_of
from callcenter.study.sentences.misses import when
from callcenter.study.sentences.targets import days_text, figure_text, target_text, whose
from callcenter.totals import without_total

MOST_NAMED = {"missed": 3, "unclear": 2, "met": 2}
"""Targets of each verdict that a sentence can hold; more that are met are only counted."""

COUNTED = ("offered", "answered", "abandoned", "wait_s", "undecided")
"""Of a tier's counts."""

LABELS = {
    "callers": noted("callers"),
    "agents": noted("agents"),
    "days": noted("days"),
    "callbacks": noted("callbacks"),
    "counted": noted("counted"),
}

ALONE = {
    "missed": noted("The target is missed: {target}."),
    "unclear": noted("It is unclear whether the target is met: {target}."),
    "met": noted("The target is met: {target}."),
}
"""Of a single target, in the order in which verdicts are named."""

Entry = Mapping[str, Any]
"""One of the `targets` of a summary."""


class Line(NamedTuple):
    """What it is about, in a word, and what there is to say."""

    label: str
    text: str


def verdict_sentence(summary: Summary) -> str:
    """Return the verdict on all targets in one sentence: those missed first, with what came of them."""
    nothing = nothing_asked(summary)
    if nothing:
        return nothing
    entries = [entry for entry in summary["targets"] if entry["verdict"]]
    if not entries:
        return _("Nothing is promised, so there is nothing to keep.")
    if len(entries) == 1:
        return _(ALONE[entries[0]["verdict"]]).format(target=_judged(entries[0]))
    by_verdict = {verdict: [entry for entry in entries if entry["verdict"] == verdict] for verdict in ALONE}
    if len(by_verdict["met"]) == len(entries):
        return _("Every target is met: {targets}.").format(
            targets=_named(entries, MOST_NAMED["missed"], _judged)
        )
    parts = [_of_verdict(verdict, alike) for verdict, alike in by_verdict.items() if alike]
    return _("Of {n} targets {parts}.").format(n=f"{len(entries):,}", parts=_("; ").join(parts))


def brief_lines(result: Result) -> list[Line]:
    """Return at most five lines: the callers, the agents, the days, the callbacks, and what was counted."""
    texts = {
        "callers": _callers(result),
        "agents": _agents(result),
        "days": _days(result),
        "callbacks": _callbacks(result),
        "counted": _counted(result),
    }
    return [Line(_(LABELS[key]), text) for key, text in texts.items() if text]


def _of_verdict(verdict: str, entries: Sequence[Entry]) -> str:
    number = len(entries)
    text = {
        "missed": ngettext("{n} is missed: {targets}", "{n} are missed: {targets}", number),
        "unclear": ngettext("{n} is unclear: {targets}", "{n} are unclear: {targets}", number),
        "met": ngettext("{n} is met: {targets}", "{n} are met: {targets}", number),
    }[verdict]
    most = MOST_NAMED[verdict]
    if verdict == "met" and number > most:
        return _("{n} are met").format(n=f"{number:,}")
    form = _asked if verdict == "met" else _judged
    return text.format(n=f"{number:,}", targets=_named(entries, most, form))


def _named(entries: Sequence[Entry], most: int, form: Callable[[Entry], str]) -> str:
    names = _(", ").join(map(form, entries[:most]))
    others = len(entries) - most
    return _("{text} and {n} more").format(text=names, n=f"{others:,}") if others > 0 else names


def _asked(entry: Entry) -> str:
    return _("{text} ({remark})").format(text=whose(entry), remark=target_text(entry))


def _judged(entry: Entry) -> str:
    """Return what came of a target, and what it asks: `regular 76.9% (target: 85% answered in 20 s)`."""
    days = entry["days_met"]["value"]
    figure = figure_text(entry) if entry["on_days"] is None else wording.of_days(days)
    return _("{whose} {figure} (target: {target})").format(
        whose=whose(entry), figure=figure, target=target_text(entry)
    )


def _callers(result: Result) -> str:
    """Return how many ask for a person and what becomes of them; deferred contacts are left out."""
    tiers, summary = result.scenario.tiers, result.summary["tiers"]
    calling = [
        summary[name]["counts"] for name in without_total(summary) if tiers[name].channel != "deferred"
    ]
    counts = {key: math.fsum(each[key] for each in calling) for key in COUNTED}
    offered = counts["offered"]
    if not offered:
        return ""
    text = _(
        "{offered} a day ask for a person: {connected} are connected, {abandoned} hang up; mean wait {wait}"
    )
    line = text.format(
        offered=wording.count(offered / result.scenario.days),
        connected=wording.percent(counts["answered"] / offered),
        abandoned=wording.percent(counts["abandoned"] / offered),
        wait=wording.wait(counts["wait_s"] / offered),
    )
    if not counts["undecided"]:
        return line
    open_ = _("{n} undecided when the run ended").format(n=wording.count(counts["undecided"]))
    return _("{text}; {remark}").format(text=line, remark=open_)


def _agents(result: Result) -> str:
    """Return the agents beside their load, how busy they are, what they cost, and when they are too few."""
    scenario = result.scenario
    parts = [
        on_the_phones(roster(scenario)),
        _("load of {erlangs} Erlang at the peak").format(erlangs=f"{Loads(scenario).peak_erlangs:,.0f}"),
        _("busy for {occupancy} of the time").format(occupancy=wording.percent(occupancy(result.summary))),
    ]
    if is_priced(scenario):
        cost = result.summary["economics"]["cost"]["value"] / scenario.days
        parts.append(_("costs {cost} a day").format(cost=wording.money(cost)))
    return _("; ").join(filter(None, (*parts, _short(result))))


def _short(result: Result) -> str:
    """Return when the first tier whose answer rate is missed or unclear has too few agents."""
    for entry in _in_order(result.summary):
        name = entry["tiers"][0] if entry["tiers"] else ""
        is_rate = entry["measure"] == "answered" and len(entry["tiers"]) == 1
        if is_rate and entry["verdict"] != "met" and result.scenario.tiers[name].channel != "deferred":
            lack = gaps(result.scenario, name)
            return _("{tier}: {text}").format(tier=name, text=remedy_of(lack)) if lack.short else ""
    return ""


def _days(result: Result) -> str:
    """Return on how many days all targets hold, and the tightest interval of the one that matters most."""
    parts = []
    joint = result.summary["joint"]["days_met"]
    if joint["value"] is not None:
        parts.append(_("all targets hold on {days} of days").format(days=days_text({"days_met": joint})))
    entry = next(_in_order(result.summary), None)
    if entry is not None:
        goal = result.scenario.goals[result.summary["targets"].index(entry)]
        tight = tightest_interval(result, goal)
        if tight is not None:
            text = _("tightest interval {when}: {whose} {figure}")
            figure = figure_text({**entry, "value": tight.value})
            parts.append(text.format(when=when(tight), whose=whose(entry), figure=figure))
    return _("; ").join(parts)


def _in_order(summary: Summary) -> Iterator[Entry]:
    """Yield the targets by verdict, missed ones first; those met by what they leave, the closest first."""
    entries = [entry for entry in summary["targets"] if entry["verdict"]]
    yield from (
        entry for verdict in ("missed", "unclear") for entry in entries if entry["verdict"] == verdict
    )
    yield from sorted((entry for entry in entries if entry["verdict"] == "met"), key=_left)


def _left(entry: Entry) -> float:
    """Return what a target leaves of its bound; infinity where that is no figure of the run."""
    if entry["value"] is None or entry["on_days"] is not None:
        return math.inf
    left = float(entry["value"] - entry["bound"])
    if entry["measure"] == "mean_wait":
        return -left / float(entry["bound"]) if entry["bound"] else math.inf
    return left if entry["measure"] in AT_LEAST else -left


def _callbacks(result: Result) -> str:
    """Return what became of the callbacks; empty where none was owed."""
    if not owes_callbacks(result.summary):
        return ""
    figures = {key: figure["value"] for key, figure in result.summary["callbacks"].items()}
    days = result.scenario.days
    parts = [_("{n} a day owed").format(n=wording.count(figures["created"] / days))]
    if figures["on_time"] is not None:
        text = _("{share} first tried within {within}")
        within = wording.duration(result.scenario.callbacks.within)
        parts.append(text.format(share=wording.percent(figures["on_time"]), within=within))
    parts.append(_("{share} reached").format(share=wording.percent(figures["reached"] / figures["created"])))
    if figures["not_due"]:
        open_ = _("{n} neither begun nor due when the run ended")
        parts.append(open_.format(n=wording.count(figures["not_due"])))
    return _("; ").join(parts)


def _counted(result: Result) -> str:
    """Return what an answer rate is, how many days were simulated, and how many would tell."""
    scenario, summary = result.scenario, result.summary
    text = _("answer rate = {formula}; {replications}, seed {seed}")
    parts = [
        text.format(
            formula=definition_of(scenario),
            replications=wording.replications([result.replications]),
            seed=result.seed,
        )
    ]
    unclear = [
        {**entry, "target": entry["bound"]}
        for entry in summary["targets"]
        if entry["verdict"] == "unclear" and entry["on_days"] is None
    ]
    if unclear:
        more = more_days(unclear[0], result.replications)
        parts.append(_("{tier}: {text}").format(tier=whose(unclear[0]), text=more))
    rules = dict.fromkeys(goal.preset for goal in scenario.goals if goal.preset)
    if rules:
        parts.append(_("`callcenter presets` has the source of {rules}").format(rules=_(", ").join(rules)))
    parts.append(_("all tables: `--full`"))
    return _("; ").join(parts)
