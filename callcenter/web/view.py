"""The outcome of a variant in tiles and sentences, before it is put on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.measure.economics import is_priced, is_valued
from callcenter.report.page.cards import Card, cards
from callcenter.study import Comparison, Difference, Result
from callcenter.study.answers.points import roster
from callcenter.study.sentences.targets import targets_headline
from callcenter.totals import without_total
from callcenter.web.kept import Comparison as Comparisons


class Tile(NamedTuple):
    """One box at the top of the page."""

    name: str
    figure: str
    notes: tuple[str, ...]
    difference: str = ""
    """From the reference, empty where there is none."""
    verdict: str = ""
    kind: str = ""


class View(NamedTuple):
    """Everything that the page says about a variant in words and figures."""

    tiles: list[Tile]
    sentences: list[str]


def view_of(result: Result, reference: Result, comparison: Comparison | None) -> View:
    """Return the tiles of tiers with a target, of agents and of callbacks, and the sentences below them."""
    tiles = [_tier_tile(card, comparison) for card in cards(result)]
    tiles += [_agents_tile(result, reference), *_cost_tile(result, reference), *_callback_tile(result)]
    return View(tiles, [verdict_sentence(result), *_comparison_sentence(comparison)])


def preview_of(rates: Mapping[str, float], result: Result) -> View:
    """Return the tiles as the formula expects them to be, until the simulation is there."""
    names = {card.tier: card.target for card in cards(result)}
    tiles = [
        Tile(
            name,
            f"≈ {wording.percent(rates[name])}",
            (_("by formula"), _("target {target}").format(target=target)),
            verdict=_("simulating …"),
            kind="preview",
        )
        for name, target in names.items()
        if name in rates
    ]
    return View(tiles, [_("Expected by formula; the simulation is under way.")])


def render(view: View) -> str:
    """Return the HTML of tiles and sentences; every text in it is escaped."""
    html: str = _environment().get_template("tiles.html.j2").render(view=view)
    return html


def render_variants(table: Comparisons) -> str:
    """Return the HTML of variants side by side; every text in it is escaped."""
    html: str = _environment().get_template("variants.html.j2").render(table=table)
    return html


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("callcenter.web"), autoescape=True, undefined=StrictUndefined)


def style() -> str:
    """Return the style sheet of the page."""
    return (Path(__file__).parent / "templates" / "page.css").read_text(encoding="utf-8")


def _tier_tile(card: Card, comparison: Comparison | None) -> Tile:
    target = _("target {target}").format(target=card.target)
    return Tile(
        card.tier,
        card.rate,
        (card.interval, target),
        difference_words(_of_tier(comparison, card.tier)),
        card.verdict,
        card.kind,
    )


def _of_tier(comparison: Comparison | None, tier: str) -> Difference | None:
    if comparison is None:
        return None
    rates = [row for row in comparison.differences if row.figure == "service_level"]
    return next((row for row in rates if row.part == tier), None)


def difference_words(rate: Difference | None) -> str:
    """Return the paired difference of an answer rate, `+2.1 points (1.8 to 2.4)`, or that none is shown."""
    if rate is None:
        return ""
    if rate.difference == rate.low == rate.high == 0:
        return _("no difference")
    ends = {"low": wording.points(rate.low), "high": wording.points(rate.high)}
    if not rate.different and ends["low"] == ends["high"]:
        return _("no difference shown")
    if not rate.different:
        return _("no difference shown ({low} to {high})").format(**ends)
    value = wording.points(rate.difference)
    return _("{value} points ({low} to {high})").format(value=value, **ends)


def _agents_tile(result: Result, reference: Result) -> Tile:
    now, before = roster(result.scenario), roster(reference.scenario)
    busy, present = _hours(result, "busy_h"), _hours(result, "staffed_h", "overtime_h")
    occupancy = wording.percent(busy / present if present else None)
    notes = (
        _("{peak:,} at the peak").format(peak=now.peak),
        _("busy {share} of the time").format(share=occupancy),
    )
    more = now.hours - before.hours
    difference = _("{hours:+,.1f} h a day").format(hours=more).replace("-", "−") if abs(more) >= 0.05 else ""
    return Tile(_("agents"), _("{hours:,.0f} h a day").format(hours=now.hours), notes, difference)


def _cost_tile(result: Result, reference: Result) -> list[Tile]:
    if not is_priced(result.scenario):
        return []
    money, before = (each.summary["economics"] for each in (result, reference))
    days = result.scenario.days
    cost, more = money["cost"]["value"] / days, (money["cost"]["value"] - before["cost"]["value"]) / days
    each = _("{cost} an answered call").format(cost=wording.money(money["cost_per_answered"]["value"]))
    balance = _("balance {net} a day").format(net=wording.money(money["net"]["value"] / days))
    notes = (each, balance) if is_valued(result.scenario) else (each,)
    difference = _("{cost} a day").format(cost=("+" if more > 0 else "") + wording.money(more))
    return [Tile(_("cost a day"), wording.money(cost), notes, difference if abs(more) >= 0.005 else "")]


def _hours(result: Result, *keys: str) -> float:
    return float(sum(pool[key]["value"] for pool in result.summary["pools"].values() for key in keys))


def _callback_tile(result: Result) -> list[Tile]:
    jobs = {name: figure["value"] for name, figure in result.summary["callbacks"].items()}
    if not jobs["created"]:
        return []
    late = _("{number} late").format(number=wording.count(jobs["late"])) if jobs["late"] else _("none late")
    notes = (
        late,
        _("{number} open at the end").format(number=wording.count(jobs["pending"])),
    )
    return [Tile(_("callbacks owed"), wording.count(jobs["created"]), notes)]


def verdict_sentence(result: Result) -> str:
    """Return which tiers meet their target, which miss it by how much, and which are still unclear."""
    if not result.scenario.has_short_targets_only:
        return targets_headline(result.summary)
    tiers = result.summary["tiers"]
    levels = {name: tiers[name]["service_level"] for name in without_total(tiers)}
    promised = {name: level for name, level in levels.items() if level["target"] is not None}
    if not promised:
        return _("No tier has a target.")
    groups = {verdict: [*_names(promised, verdict)] for verdict in ("missed", "unclear", "met")}
    if len(groups["met"]) == len(promised):
        return _("Every target is met.")
    return wording.in_a_row(_clauses(groups, promised, result.replications))


def _names(levels: Mapping[str, Any], verdict: str) -> Iterable[str]:
    return (name for name, level in levels.items() if level["verdict"] == verdict)


def _clauses(groups: Mapping[str, list[str]], levels: Mapping[str, Any], replications: int) -> Iterable[str]:
    if groups["missed"]:
        short = [f"{name} ({wording.points(_margin(levels[name]))})" for name in groups["missed"]]
        yield _("Missed, in points: {tiers}.").format(tiers=_(", ").join(short))
    if groups["unclear"]:
        unclear = ngettext(
            "Unclear with {number} replication: {tiers}.",
            "Unclear with {number} replications: {tiers}.",
            replications,
        )
        yield unclear.format(number=replications, tiers=_(", ").join(groups["unclear"]))
    if groups["met"]:
        yield _("Met: {tiers}.").format(tiers=_(", ").join(groups["met"]))


def _margin(level: Mapping[str, Any]) -> float:
    return float(level["value"] - level["target"])


def _comparison_sentence(comparison: Comparison | None) -> list[str]:
    if comparison is None:
        return []
    sentence = comparison.sentences[0]
    return [sentence[:1].upper() + sentence[1:]]


def tiers_by_need(result: Result) -> tuple[list[str], str]:
    """Return the tiers with a target (or all), and the one nearest to missing it."""
    tiers = result.summary["tiers"]
    levels = {name: tiers[name]["service_level"] for name in without_total(tiers)}
    margins = {
        name: level["value"] - level["target"]
        for name, level in levels.items()
        if level["target"] is not None and level["value"] is not None
    }
    names = [name for name, level in levels.items() if level["target"] is not None] or list(levels)
    return names, min(margins, key=lambda name: margins[name], default=names[0])


def plain(name: str) -> str:
    """Return a user's name as Markdown that shows it letter by letter, escaped no more than it must be.

    Labels are read out to the blind as they stand, backslashes included.
    """
    return _SIGNS.sub(r"\\\g<0>", name)


_SIGNS = re.compile(r"[\\`*\[\]<>|$~&:]|(?<![^\W_])_|_(?![^\W_])|^[#+-]|(?<=\d)[.)](?=\s|$)")
"""What Markdown would read as more than a letter."""
