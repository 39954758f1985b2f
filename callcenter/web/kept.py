"""Variants with a name, side by side: answer rates with their verdicts, agents and cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.measure.economics import is_priced
from callcenter.report.page.cards import cards
from callcenter.study import Result
from callcenter.study.answers.points import roster
from callcenter.web.dials import Stands

MOST = 8
"""Variants that a session keeps."""

LONGEST = 40
"""Letters of a name."""


class Kept(NamedTuple):
    """A variant that has a name."""

    stands: Stands
    edits: Mapping[str, object]
    changes: Mapping[str, object]


class Cell(NamedTuple):
    """One figure of a variant."""

    text: str
    verdict: str = ""
    kind: str = ""


class Row(NamedTuple):
    """One variant."""

    name: str
    cells: tuple[Cell, ...]


class Comparison(NamedTuple):
    """Variants side by side."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def name_for(given: str, known: Iterable[str]) -> str:
    """Return a name that a person gave, or the first free one: `Variant 2`."""
    name = " ".join(given.split())[:LONGEST]
    taken, number = set(known), 1
    while not name or (not given.strip() and name in taken):
        name = _("Variant {number}").format(number=number)
        number += 1
    return name


def side_by_side(results: Mapping[str, Result]) -> Comparison:
    """Return a row for each variant; the cost where anything has a price."""
    first = next(iter(results.values()))
    priced = any(is_priced(result.scenario) for result in results.values())
    heads = [card.tier for card in cards(first)] + [_("agent-hours a day")] + [_("cost a day")] * priced
    return Comparison(tuple(heads), tuple(_row(name, result, priced) for name, result in results.items()))


def _row(name: str, result: Result, priced: bool) -> Row:
    cells = [Cell(card.rate, card.verdict, card.kind) for card in cards(result)]
    cells.append(Cell(f"{roster(result.scenario).hours:,.0f}"))
    if priced:
        cost = result.summary["economics"]["cost"]["value"] / result.scenario.days
        cells.append(Cell(wording.money(cost)))
    return Row(name, tuple(cells))
