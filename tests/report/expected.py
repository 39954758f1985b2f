"""What must stand in the tables of a report, taken from summaries and frames by key, not from the report.

Every head of a figure is written out here once more: exchange two heads, two columns or two units of the
report, and a cell is another one than here.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import callcenter as cc
from callcenter import wording
from callcenter.scenario.parts.staffing import peak, peak_roster, rota
from callcenter.study import Comparison, SweepResult
from callcenter.study.answers.points import Roster, overall_verdict, roster
from callcenter.study.insights import Insights
from callcenter.study.staffing import Staffing


class Form(NamedTuple):
    """How a value is written: in words, with which number format, and what is added to its head for that."""

    words: Callable[[Any], str]
    number_format: str = "General"
    suffix: str = ""


def _plus(form: Callable[[float], str]) -> Callable[[float], str]:
    """Return a form with the sign of the figure, none if it is nothing."""

    def signed(figure: float) -> str:
        sign = "" if form(abs(figure)) == form(0.0) else "−" if figure < 0 else "+"
        return sign + form(abs(figure))

    return signed


FORMS = {
    "text": Form(str),
    "verdict": Form({"met": "✓ met", "missed": "✗ missed", "unclear": "? unclear"}.__getitem__),
    "target": Form(wording.target),
    "share": Form("{:.1%}".format, "0.0%"),
    "fine": Form("{:.2%}".format, "0.00%"),
    "points": Form(wording.points, "+0.0%;-0.0%;0.0%"),
    "margin": Form(lambda share: f"± {100 * share:.2f}", "0.00%"),
    "seconds": Form(wording.wait, "#,##0.0", " (s)"),
    "+seconds": Form(_plus(wording.wait), "+#,##0.0;-#,##0.0;0.0", " (s)"),
    "hours": Form("{:,.1f} h".format, "#,##0.0", " (h)"),
    "+hours": Form(_plus("{:,.1f} h".format), "+#,##0.0;-#,##0.0;0.0", " (h)"),
    "count": Form(wording.count, "#,##0.0"),
    "+count": Form(_plus(wording.count), "+#,##0.0;-#,##0.0;0.0"),
    "whole": Form("{:,.0f}".format, "#,##0"),
    "heads": Form("{:,.0f}".format, "General"),
    "money": Form(wording.money, "#,##0.00"),
    "+money": Form(_plus(wording.money), "+#,##0.00;-#,##0.00;0.00"),
    "ratio": Form("{:.2f}".format, "0.00"),
    "correlation": Form(_plus("{:.2f}".format), "+0.00;-0.00;0.00"),
    "factor": Form("{:g}".format),
    "scaled": Form("x{:g}".format),
    "chance": Form(lambda p: "<0.001" if p < 0.001 else f"{p:.3f}", "0.0000"),
    "times": Form(lambda n: f"{n:,.0f}x the days" if n >= 10 else f"{n:.1f}x the days", "#,##0.0"),
}


class Head(NamedTuple):
    """A column: its head, how its values are written, who shows it (p: page, t: terminal, b: workbook)."""

    text: str
    form: str = "text"
    on: str = "ptb"
    ends: str = "p"
    """Where the ends of intervals stand: below the value on the page (p), or in a column of their own (c);
    beside it on the terminal (t)."""


class Value(NamedTuple):
    """A figure with the ends of its interval, in the form of its column unless it has its own."""

    figure: Any
    low: float | None = None
    high: float | None = None
    form: str = ""


class Expected(NamedTuple):
    """A table by its heads and rows."""

    heads: Sequence[Head]
    rows: Sequence[Sequence[Value]]


def value(figure: Any, form: str = "") -> Value:
    """Return a figure of a summary, alone or with its interval."""
    if isinstance(figure, Mapping) and "value" in figure:
        return Value(figure["value"], figure["low"], figure["high"], form)
    if hasattr(figure, "low"):
        return Value(figure.value, figure.low, figure.high, form)
    return Value(figure, form=form)


def row(*figures: Any) -> list[Value]:
    """Return a row of figures, each alone or with its interval."""
    return [each if isinstance(each, Value) else value(each) for each in figures]


def numbered(figures: Any, counter: Iterable[int] | None = None) -> Any:
    """Return a summary whose every figure is another number: 0.1, 0.2, 0.3, ..."""
    counter = iter(itertools.count(1) if counter is None else counter)
    if isinstance(figures, Mapping):
        return {key: numbered(each, counter) for key, each in figures.items()}
    return next(counter) / 10 if isinstance(figures, float) else figures


TIER: dict[str, Head] = {
    "offered": Head("offered", "count"),
    "answered": Head("answered", "count"),
    "service_level": Head("answer rate", "share", ends="pt"),
    "target": Head("target", "target", "tb"),
    "verdict": Head("verdict", "verdict", "tb"),
    "days_met": Head("days met", "share", ends="pt"),
    "called": Head("calls", "count", "b"),
    "blocked": Head("blocked", "count", "b"),
    "self_served": Head("solved in the IVR", "count", "b"),
    "left_ivr": Head("hung up in the IVR", "count", "b"),
    "answered_within": Head("answered in time", "count", "b"),
    "balked": Head("balked", "count", "b"),
    "abandoned": Head("abandoned", "count", "b"),
    "diverted": Head("took a callback instead", "count", "b"),
    "closed": Head("waiting at the close", "count", "b"),
    "open": Head("open at the end", "count", "b"),
    "undecided": Head("undecided", "count"),
    "abandoned_within": Head("abandoned in time", "count", "b"),
    "redials": Head("redials", "count", "b"),
    "repeats": Head("repeats", "count", "b"),
    "transfers": Head("transfers", "count", "b"),
    "returns": Head("returns from the IVR", "count", "b"),
    "abandonment": Head("abandonment", "share"),
    "asa_s": Head("ASA", "seconds"),
    "mean_wait_s": Head("mean wait", "seconds", "pb"),
    "mean_excess_s": Head("mean excess over the target", "seconds", "b"),
    "p50_wait_s": Head("p50 wait", "seconds", "b"),
    "p90_wait_s": Head("p90 wait", "seconds", "b"),
    "p95_wait_s": Head("p95 wait", "seconds"),
    "p99_wait_s": Head("p99 wait", "seconds", "b"),
    "max_wait_s": Head("longest wait", "seconds"),
}

AGENTS = (
    Head("most rostered", "heads"),
    Head("most on phones", "whole"),
    Head("rostered hours a day", "count", "pb"),
    Head("hours on phones a day", "count"),
)

POOL = {
    "rostered_peak": Head("most rostered", "heads"),
    "agents_peak": Head("most on phones", "whole"),
    "staffed_h": Head("staffed", "hours"),
    "busy_h": Head("busy", "hours", "pb"),
    "break_h": Head("on breaks", "hours", "b"),
    "idle_h": Head("idle", "hours", "b"),
    "overtime_h": Head("overtime", "hours"),
    "rostered_h": Head("rostered", "hours", "pb"),
    "unrostered_h": Head("paid overtime", "hours", "b"),
    "absent_h": Head("absent", "hours", "b"),
    "occupancy": Head("occupancy", "share"),
    "calls": Head("calls answered", "count", "pb"),
    "callback_attempts": Head("callbacks dialled", "count", "pb"),
}

SILENCE = {
    "silent": Head("taken in vain", "count"),
    "silent_h": Head("places held in vain", "hours"),
}

CALLBACKS = {
    "created": ("callbacks owed", "count", "ptb"),
    "on_time": ("first attempt within the promise", "share", "ptb"),
    "late": ("late", "count", "ptb"),
    "not_due": ("neither begun nor due at the end of the run", "count", "ptb"),
    "cancelled_before": ("cancelled before an attempt", "count", "ptb"),
    "reached": ("customer reached", "count", "ptb"),
    "unreached": ("not reached after the last attempt", "count", "ptb"),
    "cancelled": ("cancelled: the customer called again and was answered", "count", "ptb"),
    "pending": ("still open at the end of the run", "count", "ptb"),
    "open_at_day_end": ("open at the end of a day, on average", "count", "pb"),
    "backlog_max": ("most open at once", "count", "pb"),
    "delay_p50_s": ("half of the first attempts came within", "seconds", "pb"),
    "delay_p95_s": ("95% of the first attempts came within", "seconds", "pb"),
    "delay_max_s": ("longest delay to a first attempt", "seconds", "pb"),
}

CUSTOMERS = {
    "customers": Head("customers", "count"),
    "calls_per_customer": Head("calls per customer", "ratio"),
    "first_contact_resolution": Head("solved at first contact", "share"),
    "never_served": Head("never served", "share"),
    "started_online": Head("started online", "count"),
    "solved_online": Head("solved online", "count"),
    "redials": Head("redials", "count"),
    "repeats": Head("repeats", "count"),
    "transfers": Head("transfers", "count"),
    "returns": Head("returns from the IVR", "count"),
}

IVR = {
    "entered": Head("entered", "count"),
    "containment": Head("solved there", "share"),
    "net_containment": Head("solved for good", "share"),
    "hung_up": Head("hung up there", "share"),
    "time_s": Head("time there", "seconds"),
    "reached_person_s": Head("until a person", "seconds"),
}

LINES = {
    "busy": Head("held, on average", "count"),
    "blocked": Head("calls that found none", "fine"),
    "line_hours": Head("line-hours", "count"),
}

MONEY = {
    "staffing_cost": "cost of staffed hours",
    "overtime_cost": "cost of overtime",
    "line_cost": "cost of lines",
}

TOTALS = {
    "cost": "all costs",
    "value": "value of all calls",
    "net": "net",
    "cost_per_answered": "cost per answered call",
}

COMPARED = {
    "service_level": ("answer rate", "share", "points"),
    "abandonment": ("abandonment", "share", "points"),
    "asa_s": ("ASA", "seconds", "+seconds"),
    "staffed_h": ("staffed", "hours", "+hours"),
    "occupancy": ("occupancy", "share", "points"),
    "cost": ("all costs", "money", "+money"),
    "value": ("value of all calls", "money", "+money"),
    "net": ("net", "money", "+money"),
}

TEXT = Head("tier")


def tier_figures(tier: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures of a tier by the keys of TIER."""
    level = tier["service_level"]
    target = {"target": level["target"], "within_s": level["within_s"]}
    return {
        **tier,
        **tier["counts"],
        "target": target,
        "verdict": level["verdict"],
        "days_met": days_met(level),
    }


def days_met(level: Mapping[str, Any]) -> Value:
    """Return the share of days that met a target, with its interval."""
    return Value(level["days_met"], level["days_met_low"], level["days_met_high"])


def tiers(result: cc.Result) -> Expected:
    """Every figure of the tiers."""
    rows = [
        row(name, *(tier_figures(tier)[key] for key in TIER))
        for name, tier in result.summary["tiers"].items()
    ]
    return Expected([Head("tier"), *TIER.values()], rows)


def definitions(result: cc.Result) -> Expected:
    """The answer rate by every definition."""
    levels = {name: tier["service_level"] for name, tier in result.summary["tiers"].items()}
    chosen = result.scenario.service_level
    names = [chosen.definition, *levels["all"]["other_definitions"]]
    rates = {
        name: [
            {level["definition"]: level, **level["other_definitions"]}[name]["value"]
            for level in levels.values()
        ]
        for name in names
    }
    rows = [row(name, wording.definition(name, chosen.short_abandon), *rates[name]) for name in names]
    return Expected([Head("definition"), Head("formula"), *(Head(tier, "share") for tier in levels)], rows)


def pools(result: cc.Result) -> Expected:
    """Every figure of the pools."""
    scenario, rows = result.scenario, []
    is_silent = any(tier.silent for tier in scenario.tiers.values())
    shown = POOL | (SILENCE if is_silent else {})
    for name, pool in result.summary["pools"].items():
        worked = rota(scenario.pools[name], scenario.day, scenario.days)
        figures = {"rostered_peak": peak_roster(worked), "agents_peak": peak(worked), **pool}
        rows.append(row(name, *(figures[key] for key in shown)))
    return Expected([Head("pool"), *shown.values()], rows)


def callbacks(result: cc.Result, on: str) -> Expected:
    """What became of the callbacks, one row for each figure that is shown there."""
    figures = result.summary["callbacks"]
    rows = [
        row(name, value(figures[key], form)) for key, (name, form, where) in CALLBACKS.items() if on in where
    ]
    return Expected([Head("callbacks"), Head("mean", "count", ends="tc")], rows)


def customers(result: cc.Result) -> Expected:
    """Every figure of the customers."""
    rows = [
        row(name, *({**tier["counts"], **tier["customers"]}[key] for key in CUSTOMERS))
        for name, tier in result.summary["tiers"].items()
    ]
    return Expected([Head("tier"), *CUSTOMERS.values()], rows)


def ivr(result: cc.Result) -> Expected:
    """What the IVR did."""
    tiers = {name: tier["ivr"] for name, tier in result.summary["tiers"].items() if name != "all"}
    rows = [row(name, *(figures[key] for key in IVR)) for name, figures in tiers.items()]
    return Expected([Head("tier"), *IVR.values()], rows)


def lines(result: cc.Result) -> Expected:
    """What the trunk lines did."""
    figures = result.summary["lines"]
    return Expected(
        [Head("lines", "whole"), *LINES.values()],
        [row(result.scenario.lines, *(figures[key] for key in LINES))],
    )


def money(result: cc.Result) -> Expected:
    """Costs, values and totals."""
    figures = result.summary["economics"]
    rows = [
        *(row("cost of the pool", name, amount) for name, amount in figures["pools"].items()),
        *(row(name, "", figures[key]) for key, name in MONEY.items()),
        *(row("value of the calls", name, amount) for name, amount in figures["tiers"].items()),
        *(row(name, "", figures[key]) for key, name in TOTALS.items()),
    ]
    return Expected([Head("money"), Head("of"), Head("mean", "money", ends="tc")], rows)


def precision(result: cc.Result) -> Expected:
    """How exactly the answer rates are known."""
    heads = [
        Head("tier"),
        Head("answer rate", "share"),
        Head("margin of error", "margin"),
        Head("calls a replication", "count"),
        Head("replications", "whole"),
    ]
    rows = []
    for name, tier in result.summary["tiers"].items():
        level = tier["service_level"]
        half = (level["high"] - level["low"]) / 2
        rows.append(row(name, level["value"], half, tier["counts"]["offered"], result.replications))
    return Expected(heads, rows)


def intervals(result: cc.Result) -> Expected:
    """The day, interval by interval."""
    heads = [
        Head("from"),
        Head("offered", "count", "pb"),
        Head("not answered", "count", "pb"),
        Head("callers in line", "count", "pb"),
        Head("agents staffed", "count", "pb"),
        Head("agents busy", "count", "pb"),
        *(Head(tier, "share") for tier in result.scenario.tiers),
    ]
    frame, agents = result.intervals, pool_intervals(result)
    rows = []
    places = frame[["day", "interval", "start"]].drop_duplicates().to_dict("records")
    for place in places:
        day, interval, start = place.values()
        calls, there = (
            each[(each["day"] == day) & (each["interval"] == interval)]
            for each in (frame[frame["tier"] != "all"], agents)
        )
        start = start if result.scenario.days == 1 else f"day {day + 1}, {start}"
        offered = calls["offered"].sum()
        numbers = (offered, offered - calls["answered"].sum(), calls["queue_length"].sum())
        busy = (there["staffed"].sum(), there["busy"].sum())
        rows.append(row(start, *numbers, *busy, *calls["service_level"]))
    return Expected(heads, rows)


def pool_intervals(result: cc.Result) -> Any:
    """Return the frame of the pools by interval."""
    from callcenter.measure.tables import pool_interval_table

    return pool_interval_table(result.scenario, result.tallies)


def points(study: SweepResult) -> Expected:
    """Each point of a sweep, its tiers beside each other."""
    tiers = list(study.results[0].scenario.tiers)
    heads = [
        Head("point", "whole"),
        *(Head(path.removeprefix("demand.").removeprefix("pools.")) for path in study.varied),
        *AGENTS,
        Head("all targets", "verdict"),
        Head("callbacks late", "count"),
        *(Head(tier, "share") for tier in tiers),
    ]
    rows = []
    for number, summary in enumerate(study.summaries):
        rates = [summary["tiers"][tier]["service_level"] for tier in tiers]
        rows.append(row(*_point(study, number), *rates))
    return Expected(heads, rows)


def _point(study: SweepResult, number: int) -> Sequence[Any]:
    agents, summary = roster(study.design.points[number].scenario), study.summaries[number]
    settings = [_setting(each) for each in study.settings[number].values()]
    late = summary["callbacks"]["late"]["value"]
    return (number, *settings, *of_roster(agents), overall_verdict(summary), late)


def of_roster(agents: Roster) -> tuple[float, ...]:
    """Return the agents of a roster, as AGENTS have them."""
    return agents.rostered_peak, agents.peak, agents.rostered_hours, agents.hours


def _setting(setting: Any) -> Value:
    return Value(setting["scale"], form="scaled") if isinstance(setting, Mapping) else Value(setting)


def tier_points(study: SweepResult) -> Expected:
    """Each point of a sweep, one row for each tier; the terminal has fewer columns, and not the total."""
    shown = {"service_level", "target", "verdict", "undecided"}
    heads = [
        Head("point", "whole", "b"),
        *(Head(path.removeprefix("demand.").removeprefix("pools."), on="tb") for path in study.varied),
        Head("tier", on="tb"),
        *(head._replace(on="tb" if head.text == "hours on phones a day" else "b") for head in AGENTS),
        Head("all targets", "verdict", "b"),
        Head("replications", "whole", "b"),
        *(head if key in shown else head._replace(on="b") for key, head in TIER.items()),
        Head("callbacks late", "count", "tb"),
    ]
    rows = [
        row(
            *_point(study, number)[:-6],
            name,
            *_point(study, number)[-6:-1],
            study.replications[number],
            *(tier_figures(tier)[key] for key in TIER),
            _point(study, number)[-1],
        )
        for number, summary in enumerate(study.summaries)
        for name, tier in summary["tiers"].items()
    ]
    return Expected(heads, rows)


def differences(comparison: Comparison) -> Expected:
    """Both figures of a pair, their difference and what pairing saved."""
    first, second = (side.name for side in comparison.sides)
    heads = [
        Head("figure"),
        Head("of"),
        Head(first, "share"),
        Head(second, "share"),
        Head("difference", "points", ends="tc"),
        Head("p", "chance"),
        Head("unpaired needs", "times"),
    ]
    frame = comparison.table
    rows = [
        row(
            *(name, each["part"]),
            *(Value(each[f"{side}_value"], form=form) for side in ("first", "second")),
            Value(each["difference"], each["low"], each["high"], signed),
            *(each["p"], each["times_the_days"]),
        )
        for key, (name, form, signed) in COMPARED.items()
        for each in frame[frame["figure"] == key].to_dict("records")
    ]
    return Expected(heads, rows)


def margins(frame: Any) -> Expected:
    """What one more agent changes."""
    heads = [
        Head("one more in"),
        Head("tier"),
        Head("answer rate", "points", ends="pt"),
        Head("abandonment", "points", ends="pt"),
        Head("all costs", "+money"),
        Head("value of all calls", "+money"),
        Head("net", "+money", ends="pt"),
    ]
    keys = ("service_level", "abandonment", "cost", "value", "net")
    rows = [
        row(
            each["pool"],
            each["tier"],
            *(Value(each[key], each[f"{key}_low"], each[f"{key}_high"]) for key in keys),
        )
        for each in frame.to_dict("records")
    ]
    return Expected(heads, rows)


def effects(frame: Any, tiers: Sequence[str]) -> Expected:
    """What each varied path does, the largest effect on a tier first."""
    heads = [
        *(Head("effects on"), Head("path"), Head("from"), Head("to")),
        *(Head("at first", "share"), Head("at last", "share")),
        Head("effect", "points", ends="tc"),
        *(Head("rank correlation", "correlation"), Head("R²", "share")),
    ]
    rows = []
    for tier in tiers:
        paths = [path for _, path in frame[frame["tier"] == tier].groupby("factor", sort=False)]
        for path in sorted(paths, key=lambda path: -abs(path["effect"].iloc[0])):
            first, last = path.iloc[0], path.iloc[-1]
            name = first["factor"].removeprefix("demand.").removeprefix("pools.").removeprefix("tiers.")
            effect = Value(first["effect"], first["effect_low"], first["effect_high"])
            means = (first["level"], last["level"], first["mean"], last["mean"])
            rows.append(row(tier, name, *means, effect, first["rank_correlation"], first["r_squared"]))
    return Expected(heads, rows)


def need(staffing: Staffing) -> Expected:
    """Agents needed by interval."""
    frame, pools = staffing.intervals, list(staffing.need.pools)
    heads = [
        Head("from"),
        *(Head(pool, "whole") for pool in pools),
        Head("all rostered", "whole"),
        Head("on the phones", "whole"),
        *(Head(f"{tier} answered", "share") for tier in staffing.given.tiers),
    ]
    rows = [
        row(
            each["start"],
            *(each[pool] for pool in pools),
            sum(each[pool] for pool in pools),
            sum(each[f"{pool}_on_the_phones"] for pool in pools),
            *(each[f"answered_{tier}"] for tier in staffing.given.tiers),
        )
        for each in frame.to_dict("records")
    ]
    return Expected(heads, rows)


def rates(staffing: Staffing) -> Expected:
    """The answer rates of the search and of the validation."""
    heads = [
        *(Head("tier"), Head("target", "target")),
        Head("search days", "share"),
        Head("validation days", "share", ends="tc"),
        *(Head("verdict", "verdict"), Head("days met", "share", ends="pt")),
    ]
    search, validation = (
        {name: tier["service_level"] for name, tier in block["tiers"].items() if name != "all"}
        for block in staffing.verdicts
    )
    rows = [
        row(
            name,
            {key: level[key] for key in ("target", "within_s")},
            search[name]["value"],
            level,
            level["verdict"],
            days_met(level),
        )
        for name, level in validation.items()
    ]
    return Expected(heads, rows)


def shifts(staffing: Staffing) -> Expected:
    """The shifts of the roster."""
    assert staffing.roster is not None
    heads = [Head("pool"), Head("shift"), Head("breaks"), Head("agents", "whole")]
    rows = [
        row(
            pool,
            f"{_clock(shift.start)} to {_clock(shift.end)}",
            ", ".join(f"{_clock(each.at)} {each.for_ / 60:g} min" for each in shift.breaks) or None,
            number,
        )
        for pool, worked in staffing.roster.worked.items()
        for shift, number in worked
    ]
    return Expected(heads, rows)


def fit(staffing: Staffing) -> Expected:
    """Hours of the roster beside those needed, of the one pool that there is."""
    heads = [
        *(Head("pool"), Head("needed (h)", "count"), Head("paid (h)", "count")),
        *(Head("over (h)", "count"), Head("under (h)", "count"), Head("needed of paid", "share")),
    ]
    rows = []
    for pool, each in staffing.summary["roster"]["coverage"].items():
        hours = staffing.given.day.interval / 3600
        net = [have - need for have, need in zip(each["rostered"], each["needed"], strict=True)]
        needed, paid = sum(each["needed"]) * hours, sum(each["rostered"]) * hours
        over, under = (hours * sum(max(0.0, sign * agents) for agents in net) for sign in (1, -1))
        rows.append(row(pool, needed, paid, over, under, needed / paid))
    return Expected(heads, rows)


def coverage(staffing: Staffing) -> Expected:
    """The same by interval."""
    heads = [
        *(Head("from"), Head("needed", "count"), Head("rostered", "count")),
        *(Head("over", "count"), Head("under", "count")),
    ]
    (each,) = staffing.summary["roster"]["coverage"].values()
    pairs = zip(staffing.intervals["start"], each["needed"], each["rostered"], strict=True)
    rows = [
        row(start, need, have, max(0.0, have - need), max(0.0, need - have)) for start, need, have in pairs
    ]
    return Expected(heads, rows)


def weeks(staffing: Staffing) -> Expected:
    """What each person works on each day."""
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    rows = [
        row(pool, line["people"], *(None if at is None else each["shifts"][at] for at in line["days"]))
        for pool, each in staffing.summary["roster"]["week"].items()
        for line in each["lines"]
    ]
    return Expected([Head("pool"), Head("people", "whole"), *map(Head, days)], rows)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 3600:02d}:{int(seconds) // 60 % 60:02d}"


def prices(staffing: Staffing) -> Expected:
    """What raising each target costs."""
    heads = [
        *(Head("tier"), Head("target now", "share"), Head("moved to", "share")),
        *(Head("agent-hours a day", "+count"), Head("agents", "+count"), Head("cost a day", "+money")),
    ]
    rows = [
        row(each.tier, each.target, each.moved_to, each.hours, each.agents, each.cost)
        for each in staffing.prices
    ]
    return Expected(heads, rows)


def stretches(found: Insights) -> Expected:
    """Where most calls are late, of the first miss."""
    heads = [
        *(Head("when"), Head("offered", "count"), Head("late", "count")),
        *(Head("share of all late", "share"), Head("answer rate", "share")),
    ]
    rows = [
        row(_when(each), each.offered, each.late, each.share, each.rate) for each in found.misses[0].stretches
    ]
    return Expected(heads, rows)


def _when(stretch: Any) -> str:
    day = "" if stretch.day is None else f"day {stretch.day + 1}, "
    return f"{day}{stretch.start} to {stretch.end}"


def then(found: Insights) -> Expected:
    """Who works in these stretches."""
    heads = [
        *(Head("pool"), Head("occupancy", "share"), Head("idle agents", "count")),
        *(Head("scheduled", "count"), Head("required", "count"), Head("over or under", "+count")),
    ]
    rows = [
        row(
            *(each.pool, each.occupancy, each.idle, each.scheduled, each.required),
            each.scheduled - each.required,
        )
        for each in found.misses[0].pools
    ]
    return Expected(heads, rows)


def gains(found: Insights, names: Sequence[str]) -> Expected:
    """What one more agent there changes."""
    heads = [
        *(Head("one more agent in"), Head("when"), Head("agent-hours", "+hours")),
        *(Head(name, "points") for name in names),
    ]
    rows = []
    for each in found.gains:
        hours = f"{each.stretch.start} to {each.stretch.end}"
        when = f"{hours} every day" if each.every_day else _when(each.stretch)
        rows.append(row(each.pool, when, each.hours, *(each.rises[name] for name in names)))
    return Expected(heads, rows)


def priorities(found: Insights) -> Expected:
    """What priorities do to each tier."""
    heads = [
        *(Head("tier"), Head("answer rate", "share"), Head("answer rate without priorities", "share")),
        *(Head("priorities give, points", "points"), Head("mean wait", "seconds")),
        *(Head("mean wait without priorities", "seconds"), Head("priorities add", "+seconds")),
    ]
    assert found.priorities is not None
    rows = []
    for each in found.priorities.tiers:
        rate, wait = (
            Value(-change.value, -change.high, -change.low)
            for change in (each.rate_change, each.wait_change_s)
        )
        rows.append(
            row(each.tier, each.rate, each.rate_without, rate, each.wait_s, each.wait_without_s, wait)
        )
    return Expected(heads, rows)


def beside(found: Any) -> Expected:
    """Erlang A and the simulation."""
    figures = {"answer rate": "share", "abandonment": "share", "ASA": "seconds"}
    heads = [
        *(Head("tier"), Head("calls an hour", "count"), Head("agents", "count")),
        *(
            Head(f"{name}: {side}", form)
            for name, form in figures.items()
            for side in ("Erlang A", "simulated")
        ),
        Head("gap, points", "points"),
    ]
    rows = [
        row(
            *(each.name, each.calls_per_hour, each.agents),
            *(
                figure
                for pair in (each.service_level, each.abandonment, each.asa_s)
                for figure in (pair.theory, Value(pair.value, pair.low, pair.high))
            ),
            each.service_level.value - each.service_level.theory,
        )
        for each in found.tiers
    ]
    return Expected(heads, rows)


def tier_inputs(scenario: cc.Scenario) -> Expected:
    """What was simulated of the tiers, in numbers."""
    heads = [
        *(Head("tier"), Head("priority", "whole"), Head("target", "target"), Head("calls a day", "whole")),
        *(Head(f"mean {name}", "seconds", "b") for name in ("patience", "talk", "wrap-up")),
    ]
    rows = []
    for name, tier in scenario.tiers.items():
        share, within = (tier.target.share, tier.target.within) if tier.target else (None, None)
        promise = {"target": share, "within_s": within}
        means = (tier.patience.mean, tier.talk.mean, tier.wrap_up.mean)
        rows.append(row(name, tier.priority, promise, math.fsum(scenario.demand.expected(name)), *means))
    return Expected(heads, rows)


def pool_inputs(scenario: cc.Scenario) -> Expected:
    """What was simulated of the pools, in numbers."""
    heads = [
        *(Head("pool"), Head("fewest on phones", "count", "b"), Head("most on phones", "count", "b")),
        *(Head("rostered hours a day", "count"), Head("hours on phones a day", "count")),
        *(Head("shrinkage", "share"), Head("absence", "share", "b")),
        *(Head("speed", "factor"), Head("cost per hour", "money", "b")),
    ]
    rows = []
    for name, pool in scenario.pools.items():
        staffed = scenario.staffed(name)
        paid, hours = (
            sum(levels) * scenario.day.interval / 3600 for levels in (scenario.rostered(name), staffed)
        )
        agents = (min(staffed), max(staffed), paid, hours)
        rows.append(row(name, *agents, pool.shrinkage, pool.absence, pool.speed, pool.cost_per_hour))
    return Expected(heads, rows)


def interval_inputs(scenario: cc.Scenario) -> Expected:
    """Expected calls and agents by interval."""
    heads = [
        Head("from"),
        *(Head(f"calls: {tier}", "count") for tier in scenario.tiers),
        *(Head(f"agents: {pool}", "count") for pool in scenario.pools),
    ]
    day = scenario.day
    rows = [
        row(
            _clock(day.open + place * day.interval),
            *(scenario.demand.expected(tier)[place] for tier in scenario.tiers),
            *(scenario.staffed(pool)[place] for pool in scenario.pools),
        )
        for place in range(day.intervals)
    ]
    return Expected(heads, rows)


def sums(found: Insights) -> Expected:
    """The sums that must balance; their parts are words."""
    heads = [Head("sum"), Head("of"), Head("total", "whole"), Head("balances")]
    kinds = {
        "calls": "calls: one outcome each",
        "answers": "answered calls: in some pool",
        "agents": "agent-hours: busy or idle",
        "callbacks": "callbacks: one end each",
    }
    rows = [
        row(kinds[each.kind], each.name, each.total, "✓ yes" if each.balanced else "✗ no")
        for each in found.conservation
    ]
    return Expected(heads, rows)
