"""Tables for a terminal of what only some scenarios have: customers, IVR and lines, money, margins."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.features import follows_customers, has_ivr, has_lines, is_priced, is_valued
from callcenter.report.terminal.layout import blank_table
from callcenter.study import Result
from callcenter.totals import ALL
from callcenter.wording import NOTHING, count, duration, interval, money, percent, points, tier

if TYPE_CHECKING:
    import pandas as pd

Figures = Mapping[str, Any]

TOTALS = {
    noted("staffing"): "staffing_cost",
    noted("overtime"): "overtime_cost",
    noted("lines"): "line_cost",
    noted("all costs"): "cost",
    noted("value of calls"): "value",
    noted("net"): "net",
    noted("cost per answered call"): "cost_per_answered",
}


def sections(result: Result) -> Iterator[RenderableType]:
    """Yield the tables and sentences that the scenario gives reason for, each after an empty line."""
    for section in _sections(result):
        yield Text()
        yield section


def _sections(result: Result) -> Iterator[RenderableType]:
    scenario, found = result.scenario, result.summary
    if follows_customers(scenario):
        yield _customers(found["tiers"])
    if has_ivr(scenario):
        yield _ivr({name: found["tiers"][name] for name in scenario.tiers if scenario.ivr_of(name)})
    if has_lines(scenario):
        yield Text(_lines(found["lines"], scenario.lines or 0))
    if is_priced(scenario):
        yield _economics(found["economics"], is_valued(scenario))


def _customers(tiers: Mapping[str, Figures]) -> Table:
    rows = {name: tier["customers"] for name, tier in tiers.items()}
    has_online = any(row["started_online"]["value"] for row in rows.values())
    online = [_("started online"), _("solved online")] if has_online else []
    figures = [_("customers"), _("calls each"), _("solved at first contact"), _("never served"), *online]
    table = blank_table([_("tier")], [*figures, _("redials"), _("repeats"), _("transfers")])
    for name, row in rows.items():
        shares = [percent(row[key]["value"]) for key in ("first_contact_resolution", "never_served")]
        each = row["calls_per_customer"]["value"]
        web = [count(row[key]["value"]) for key in ("started_online", "solved_online")] if has_online else []
        made = [count(tiers[name]["counts"][kind]) for kind in ("redials", "repeats", "transfers")]
        per_customer = NOTHING if each is None else f"{each:.2f}"
        table.add_row(tier(name), count(row["customers"]["value"]), per_customer, *shares, *web, *made)
    return table


def _ivr(tiers: Mapping[str, Figures]) -> Table:
    heads = [_("entered"), _("solved there"), _("hung up there"), _("time there"), _("to a person")]
    table = blank_table([_("IVR")], heads)
    for name, figures in tiers.items():
        ivr = figures["ivr"]
        shares = [percent(ivr[key]["value"]) for key in ("containment", "hung_up")]
        times = [duration(ivr[key]["value"]) for key in ("time_s", "reached_person_s")]
        table.add_row(name, count(ivr["entered"]["value"]), *shares, *times)
    return table


def _lines(lines: Figures, limit: int) -> str:
    busy, hours = count(lines["busy"]["value"]), count(lines["line_hours"]["value"])
    blocked = percent(lines["blocked"]["value"], 2)
    return _(
        "Lines: {busy} of {limit} held on average ({hours} line-hours), {blocked} of the calls blocked."
    ).format(busy=busy, limit=f"{limit:,}", hours=hours, blocked=blocked)


def _economics(found: Figures, is_worth: bool) -> Table:
    table = blank_table([_("money")], [_("mean"), _("95% interval")])
    parts = [(_("  pool {name}").format(name=name), amount) for name, amount in found["pools"].items()]
    worth = [(_("  tier {name}").format(name=name), amount) for name, amount in found["tiers"].items()]
    for label, key in TOTALS.items():
        if key in ("value", "net") and not is_worth:
            continue
        table.add_row(_(label), *_amount(found[key]))
        for name, amount in {"cost": parts, "value": worth}.get(key, []):
            table.add_row(name, *_amount(amount))
    return table


def _amount(estimate: Figures) -> list[str]:
    ends = NOTHING if estimate["low"] == estimate["high"] else interval(estimate, money) or NOTHING
    return [money(estimate["value"]), ends]


def margins_table(margins: pd.DataFrame) -> Table:
    """Return what one more agent in each pool changes, from the frame of `one_more_agent`."""
    rates = [_("answer rate"), _("95% interval"), _("abandoned"), _("95% interval")]
    is_money = bool(margins[["cost", "value"]].fillna(0).any(axis=None))
    amounts = [_("cost"), _("value"), _("net"), _("95% interval")] if is_money else []
    table = blank_table([_("one more in"), _("tier")], [*rates, *amounts])
    for pool, rows in margins.groupby("pool", sort=False):
        for row in rows.to_dict("records"):
            shares = [text for key in ("service_level", "abandonment") for text in _gain(row, key, points)]
            cost, value = (money(row[key], signed=True) for key in ("cost", "value"))
            worth = [cost, value, *_gain(row, "net", partial(money, signed=True))] if is_money else []
            table.add_row(str(pool), tier(row["tier"]), *shares, *worth, style=_style(row["tier"]))
        table.add_section()
    return table


def _gain(row: Mapping[Any, Any], key: str, form: Callable[[float], str]) -> list[str]:
    value, low, high = (row[key + end] for end in ("", "_low", "_high"))
    if math.isnan(value):
        return [NOTHING, NOTHING]
    return [form(value), NOTHING if math.isnan(low) else f"{form(low)} … {form(high)}"]


def _style(tier: str) -> str:
    return "bold" if tier == ALL else ""
