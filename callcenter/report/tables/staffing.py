"""A staffing: the need by interval, the answer rates, the shifts and the prices of the targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Column, Row, Table, cells, column_of, days_met_of
from callcenter.report.tables.measure import Rank
from callcenter.report.tables.measures import DAYS_MET
from callcenter.report.tables.targets import staffed_targets_table
from callcenter.report.tables.units import SHARE, SIGNED_COUNT, SIGNED_MONEY, TARGET, VERDICT, WHOLE
from callcenter.study.answers.confirmed import confirmed
from callcenter.study.sentences.targets import target_text
from callcenter.study.staffing.goals import meet_of
from callcenter.study.staffing.prices import Price
from callcenter.study.staffing.result import Staffing
from callcenter.study.staffing.terms import Flexible
from callcenter.study.staffing.validation import Verdicts


def need_table(staffing: Staffing) -> Table:
    """Return agents by interval and pool, all together, and the answer rate of each promised tier."""
    columns = [
        Column(_("from"), key="start"),
        *(Column(pool, WHOLE, pool) for pool in staffing.need.pools),
        Column(_("all rostered"), WHOLE, "rostered", ranked=Rank.JUDGED),
        Column(_("on the phones"), WHOLE, "on_the_phones", ranked=Rank.JUDGED),
        *(
            Column(_("{tier} answered").format(tier=tier), SHARE, f"answered_{tier}")
            for tier in promised(staffing)
        ),
    ]
    staffed = zip(*map(staffing.need.staffed, staffing.need.pools), strict=True)
    rows = [
        Row(cells(start, *agents, sum(agents), sum(phones), *rates))
        for (start, agents, rates), phones in zip(need_rows(staffing), staffed, strict=True)
    ]
    caption = _("Agents needed: rostered by pool, on the phones together; answer rates they gave")
    return Table(caption, columns, rows, "wide compact long")


def need_rows(staffing: Staffing) -> Iterator[tuple[str, Sequence[float], Sequence[float]]]:
    """Yield start, agents rostered by pool and answer rates of the promised tiers of each interval."""
    tiers = promised(staffing)
    rates = [
        each for tier, each in zip(staffing.given.tiers, staffing.answered, strict=True) if tier in tiers
    ]
    day, pools = staffing.given.day, [staffing.need.rostered(pool) for pool in staffing.need.pools]
    for place, agents in enumerate(zip(*pools, strict=True)):
        yield clock_text(day.open + place * day.interval), agents, [tier[place] for tier in rates]


def promised(staffing: Staffing) -> list[str]:
    """Return the tiers with a target."""
    return [name for name, tier in staffing.given.tiers.items() if tier.target is not None]


def verdict_tables(staffing: Staffing, verdicts: Verdicts) -> Iterator[Table]:
    """Yield the answer rates of the tiers that are promised one, and every target where there are others."""
    if promised(staffing):
        yield rates_table(staffing, verdicts)
    targets = staffed_targets_table(staffing, verdicts)
    if targets is not None:
        yield targets


def rates_table(staffing: Staffing, verdicts: Verdicts) -> Table:
    """Return the answer rate of each promised tier on search and validation days, judged as was asked for."""
    columns = [
        Column(_("tier"), key="tier"),
        Column(_("target"), TARGET, "target"),
        Column(_("search days"), SHARE, "search_days"),
        Column(_("validation days"), SHARE, "validation_days", is_exact=True, is_beside=True),
        Column(_("verdict"), VERDICT, "verdict"),
        column_of(DAYS_MET),
    ]
    meet = meet_of(staffing.meet)
    days = None if meet.kept else meet.days
    judged = {each.tier: each.verdict for each in confirmed(verdicts.fresh, days)}
    rows = [_rates_row(tier, verdicts, judged.get(tier)) for tier in promised(staffing)]
    needed, rostered = _("Answer rates with the agents needed"), _("Answer rates with the shifts")
    return Table(needed if verdicts is staffing.verdicts else rostered, columns, rows, "compact")


def _rates_row(tier: str, verdicts: Verdicts, verdict: str | None) -> Row:
    search, validation = (each["tiers"][tier]["service_level"] for each in verdicts)
    return Row(
        [
            Cell(tier),
            Cell({key: validation[key] for key in ("target", "within_s")}),
            Cell(search["value"]),
            Cell(validation),
            Cell(verdict, verdict or ""),
            Cell(days_met_of(validation)),
        ]
    )


def shifts_table(staffing: Staffing) -> Table:
    """Return how many agents work each shift of the roster."""
    columns = [
        Column(_("pool"), key="pool"),
        Column(_("shift"), key="shift"),
        Column(_("breaks"), key="breaks"),
        Column(_("agents"), WHOLE, "agents"),
    ]
    rows = [Row(cells(*row)) for row in _shifts(staffing)]
    return Table(_("Shifts of the roster"), columns, rows, "compact")


def _shifts(staffing: Staffing) -> Iterator[tuple[str, str, str | None, int]]:
    worked = {} if staffing.roster is None else staffing.roster.worked
    for name, shifts in worked.items():
        for shift, number in shifts:
            hours = _("{start} to {end}").format(start=clock_text(shift.start), end=clock_text(shift.end))
            breaks = ", ".join(
                _("{at} {minutes} min").format(at=clock_text(each.at), minutes=f"{each.for_ / 60:g}")
                for each in shift.breaks
            )
            yield name, hours, breaks or None, number


def call_in_table(staffing: Staffing, flexible: Flexible) -> Table:
    """Return the agents of all pools by interval: planned, on days with more, and without calling in."""
    columns = [
        Column(_("from"), key="start"),
        Column(_("planned"), WHOLE, "planned"),
        Column(_("on busy days"), WHOLE, "called_in"),
        Column(_("without calling in"), WHOLE, "fixed"),
    ]
    day = staffing.given.day
    starts = (clock_text(day.open + place * day.interval) for place in range(day.intervals))
    sums = (
        [sum(agents) for agents in zip(*map(scenario.rostered, scenario.pools), strict=True)]
        for scenario in (flexible.need, flexible.called_in, staffing.need)
    )
    rows = [Row(cells(start, *agents)) for start, *agents in zip(starts, *sums, strict=True)]
    return Table(_("Agents planned and called in, all pools"), columns, rows, "compact long")


def prices_table(prices: Sequence[Price]) -> Table:
    """Return what raising each target costs, with what it asks where a tier has several."""
    asked = {price.tier: {_asked(each) for each in prices if each.tier == price.tier} for price in prices}
    has_several = any(len(texts) > 1 for texts in asked.values())
    columns = [
        Column(_("tier"), key="tier"),
        *([Column(_("target"), key="asked")] if has_several else []),
        Column(_("target now"), SHARE, "target"),
        Column(_("moved to"), SHARE, "moved_to"),
        Column(_("agent-hours a day"), SIGNED_COUNT, "hours"),
        Column(_("agents"), SIGNED_COUNT, "agents"),
        Column(_("cost a day"), SIGNED_MONEY, "cost"),
    ]
    rows = [
        Row(
            cells(
                price.tier,
                *([_asked(price)] if has_several else []),
                *(price.target, price.moved_to, price.hours, price.agents, price.cost),
            )
        )
        for price in prices
    ]
    return Table(_("What a target costs"), columns, rows, "compact")


def _asked(price: Price) -> str:
    """Return the target whose price it is: `80% answered in 20 s, in the busiest hour`."""
    entry = {"measure": "answered", "bound": price.target, "after_s": None}
    return target_text({**entry, **price._asdict()})
