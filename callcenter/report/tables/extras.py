"""Tables of what only some scenarios have: customers, the IVR and its lines, money."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.features import follows_customers, has_ivr, has_lines, is_priced, is_valued
from callcenter.report.tables.layout import Cell, Figures, Row, Table, estimate_cell, heads
from callcenter.study import Result
from callcenter.totals import ALL

CUSTOMER_FIGURES = (
    noted("customers"),
    noted("calls of each"),
    noted("solved at first contact"),
    noted("never served"),
)
ONLINE_FIGURES = (noted("started online"), noted("solved online"))
CALLS_MADE = {"redials": noted("redials"), "repeats": noted("repeats"), "transfers": noted("transfers")}

IVR_FIGURES: Mapping[str, Callable[[float | None], str]] = {
    "entered": wording.count,
    "containment": wording.percent,
    "hung_up": wording.percent,
    "time_s": wording.wait,
    "reached_person_s": wording.wait,
}

COSTS = {
    noted("agents, staffed hours"): "staffing_cost",
    noted("agents, overtime"): "overtime_cost",
    noted("lines"): "line_cost",
}
TOTALS = {
    noted("all costs"): "cost",
    noted("value of all calls"): "value",
    noted("net"): "net",
    noted("an answered call"): "cost_per_answered",
}


def customer_table(result: Result) -> Table | None:
    """Return a row for each tier and the total; None where every call is a customer."""
    if not follows_customers(result.scenario):
        return None
    tiers = result.summary["tiers"]
    has_online = any(tier["customers"]["started_online"]["value"] for tier in tiers.values())
    figures = [*CUSTOMER_FIGURES, *(ONLINE_FIGURES if has_online else ()), *CALLS_MADE.values()]
    rows = [_customer_row(name, tier, has_online) for name, tier in tiers.items()]
    caption = _("Customers, by the tier of their first call")
    return Table(caption, heads([_("tier"), *map(_, figures)]), rows, kind="wide compact")


def _customer_row(name: str, tier: Figures, has_online: bool) -> Row:
    customers, counts = tier["customers"], tier["counts"]
    shares = ("first_contact_resolution", "never_served")
    online = ("started_online", "solved_online") if has_online else ()
    cells = [
        Cell(wording.tier(name)),
        estimate_cell(customers["customers"], wording.count),
        estimate_cell(customers["calls_per_customer"], _ratio),
        *(estimate_cell(customers[key], wording.percent) for key in shares),
        *(estimate_cell(customers[key], wording.count) for key in online),
        *(Cell(wording.count(counts[kind])) for kind in CALLS_MADE),
    ]
    return Row(cells, "first" if name == ALL else "")


def _ratio(figure: float | None) -> str:
    return wording.NOTHING if figure is None else f"{figure:.2f}"


def ivr_table(result: Result) -> Table | None:
    """Return a row for each tier that passes an IVR; None if none does."""
    scenario = result.scenario
    if not has_ivr(scenario):
        return None
    names = [
        *(_("tier"), _("entered"), _("solved there")),
        *(_("hung up there"), _("time there"), _("until a person")),
    ]
    tiers = {name: result.summary["tiers"][name]["ivr"] for name in scenario.tiers if scenario.ivr_of(name)}
    rows = [
        Row([Cell(name), *(estimate_cell(ivr[key], form) for key, form in IVR_FIGURES.items())])
        for name, ivr in tiers.items()
    ]
    return Table(_("Voice self-service"), heads(names), rows, kind="wide compact")


def line_table(result: Result) -> Table | None:
    """Return what the trunk lines did; None where there is no limit."""
    if not has_lines(result.scenario):
        return None
    lines = result.summary["lines"]
    cells = [
        Cell(f"{result.scenario.lines:,}"),
        estimate_cell(lines["busy"], wording.count),
        estimate_cell(lines["blocked"], _fine_percent),
        estimate_cell(lines["line_hours"], wording.count),
    ]
    names = [_("lines"), _("held, on average"), _("calls that found none"), _("line-hours")]
    return Table(_("Trunk lines"), heads(names), [Row(cells)], kind="compact")


def _fine_percent(share: float | None) -> str:
    return wording.percent(share, 2)


def economics_table(result: Result) -> Table | None:
    """Return costs by pool, values by tier and their balance; None where nothing has a price."""
    if not is_priced(result.scenario):
        return None
    money = result.summary["economics"]
    rows = [
        *(_money_row(_("pool {name}").format(name=name), cost) for name, cost in money["pools"].items()),
        *_money_rows({_(name): money[key] for name, key in COSTS.items()}),
        *(_worth_rows(money["tiers"]) if is_valued(result.scenario) else []),
        *_money_rows({_(name): money[key] for name, key in _totals(result).items()}),
    ]
    names = [_("figure"), _("mean"), _("95% interval")]
    return Table(_("Money of a replication"), heads(names), rows, kind="compact")


def _worth_rows(tiers: Mapping[str, Figures]) -> list[Row]:
    return _money_rows({_("calls of {tier}").format(tier=name): value for name, value in tiers.items()})


def _totals(result: Result) -> Mapping[str, str]:
    """Return the totals that say something: without values the net is the cost once more."""
    if is_valued(result.scenario):
        return TOTALS
    return {name: key for name, key in TOTALS.items() if key not in ("value", "net")}


def _money_rows(amounts: Mapping[str, Figures]) -> list[Row]:
    """Return the rows of a group, set off from those before."""
    rows = [_money_row(name, amount) for name, amount in amounts.items()]
    return [rows[0]._replace(kind="first"), *rows[1:]]


def _money_row(name: str, amount: Figures) -> Row:
    is_certain = amount["low"] == amount["high"]
    ends = "" if is_certain else wording.interval(amount, wording.money)
    return Row([Cell(name), Cell(wording.money(amount["value"])), Cell(ends)])
