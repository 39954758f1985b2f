"""A staffing found: the need by interval, the answer rates, the shifts and the prices of the targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Row, Table, heads
from callcenter.study.staffing.prices import Price
from callcenter.study.staffing.result import Staffing
from callcenter.study.staffing.validation import Verdicts
from callcenter.wording import NOTHING, interval, percent, target, verdict


def need_table(found: Staffing) -> Table:
    """Return agents by interval and pool, all together, and the answer rate of each promised tier."""
    names = [
        *found.need.pools,
        _("all"),
        *(_("{tier} answered").format(tier=tier) for tier in promised(found)),
    ]
    caption = _("Agents needed on the phones, and the answer rates they gave")
    rows = [_need_row(start, agents, rates) for start, agents, rates in need_rows(found)]
    return Table(caption, heads([_("from"), *names]), rows, kind="wide compact long")


def need_rows(found: Staffing) -> Iterator[tuple[str, Sequence[int], Sequence[float]]]:
    """Yield start, agents by pool and answer rates of the promised tiers of each interval."""
    wanted = promised(found)
    rates = [each for tier, each in zip(found.given.tiers, found.answered, strict=True) if tier in wanted]
    day, pools = found.given.day, [pool.agents or () for pool in found.need.pools.values()]
    for place, agents in enumerate(zip(*pools, strict=True)):
        yield clock_text(day.open + place * day.interval), agents, [tier[place] for tier in rates]


def _need_row(start: str, agents: Sequence[int], rates: Sequence[float]) -> Row:
    numbers = [f"{number:,}" for number in (*agents, sum(agents))]
    return Row([Cell(text) for text in (start, *numbers, *(percent(rate, 0) for rate in rates))])


def promised(found: Staffing) -> list[str]:
    """Return the tiers with a target."""
    return [name for name, tier in found.given.tiers.items() if tier.target is not None]


def rates_table(found: Staffing, verdicts: Verdicts, caption: str = "") -> Table:
    """Return the answer rate of each promised tier on the replications searched and on fresh ones."""
    names = [
        _("answer rate"),
        _("target"),
        _("made for"),
        _("fresh"),
        _("95% interval"),
        _("verdict"),
        _("days met"),
    ]
    rows = [_rates_row(tier, verdicts) for tier in promised(found)]
    return Table(caption, heads(names), rows, kind="compact")


def _rates_row(tier: str, verdicts: Verdicts) -> Row:
    made_for, fresh = (each["tiers"][tier]["service_level"] for each in verdicts)
    texts = [tier, target(fresh), percent(made_for["value"]), percent(fresh["value"])]
    judged = Cell(verdict(fresh["verdict"]), kind=fresh["verdict"] or "")
    ends, days = Cell(interval(fresh) or NOTHING), Cell(percent(fresh["days_met"]))
    return Row([*map(Cell, texts), ends, judged, days])


def shifts_table(found: Staffing) -> Table:
    """Return how many agents work each shift of the roster."""
    names = [_("pool"), _("shift"), _("breaks"), _("agents")]
    rows = [Row([Cell(text, kind="text") for text in row[:3]] + [Cell(row[3])]) for row in _shifts(found)]
    return Table(_("Shifts of the roster"), heads(names, 3), rows, kind="compact")


def _shifts(found: Staffing) -> Iterator[list[str]]:
    worked = {} if found.roster is None else found.roster.worked
    for name, shifts in worked.items():
        for shift, number in shifts:
            hours = _("{start} to {end}").format(start=clock_text(shift.start), end=clock_text(shift.end))
            breaks = ", ".join(
                _("{at} {minutes} min").format(at=clock_text(each.at), minutes=f"{each.for_ / 60:g}")
                for each in shift.breaks
            )
            yield [name, hours, breaks or NOTHING, f"{number:,}"]


def prices_table(prices: Sequence[Price]) -> Table:
    """Return what raising each target costs."""
    names = [_("price of a target"), _("from"), _("to"), _("agent-hours a day"), _("agents"), _("cost a day")]
    rows = [
        Row(
            [
                Cell(price.tier),
                Cell(percent(price.target)),
                Cell(percent(price.moved_to)),
                *(Cell(f"{figure:+.1f}") for figure in (price.hours, price.agents, price.cost)),
            ]
        )
        for price in prices
    ]
    return Table(_("What a target costs"), heads(names), rows, kind="compact")
