"""What a roster comes to beside its need: hours over and under, a missing shift, people for a week."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.study.staffing.coverage import coverage
from callcenter.study.staffing.missing import Missing
from callcenter.study.staffing.result import Staffing
from callcenter.study.staffing.rosters import Roster
from callcenter.wording import count, percent


def roster_fit(staffing: Staffing) -> Iterator[str]:
    """Yield how well the roster fits the need, what it leaves open, and who works it; nothing without one."""
    roster = staffing.roster
    if roster is None:
        return
    pools = coverage(staffing.need, roster.scenario).values()
    needed = sum(each.needed_h for each in pools)
    yield _(
        "{needed} hours are needed and {paid} paid: {share}. {over} agent-hours are over the need of their "
        "interval and {under} under it."
    ).format(
        needed=count(needed),
        paid=count(roster.hours),
        share=percent(needed / roster.hours, 0) if roster.hours else "-",
        over=count(sum(each.over_h for each in pools)),
        under=count(sum(each.under_h for each in pools)),
    )
    if roster.covered_hours > roster.hours + 0.05:
        yield _("Covering the need in every interval would take {hours} hours with these shifts.").format(
            hours=count(roster.covered_hours)
        )
    if roster.given_up_after is not None:
        yield _(
            "The search for a cheaper roster ended after {number} exchanges of shifts in a row that missed a "
            "target; on days as long as these, more of them would take minutes. A cheaper roster may exist."
        ).format(number=f"{roster.given_up_after:,}")
    yield from _missing(roster)
    yield from _people(roster)


def _missing(roster: Roster) -> Iterator[str]:
    if roster.missing is None:
        return
    text = _(
        "Missing from the catalogue: a shift from {shift}. With it, simulated again, the roster takes "
        "{hours} hours a day fewer."
    )
    if abs(roster.missing.cost - roster.missing.hours) > 0.05:
        text = _(
            "Missing from the catalogue: a shift from {shift}. With it, simulated again, the roster takes "
            "{hours} hours a day fewer and costs {cost} less."
        )
    yield text.format(
        shift=shift_text(roster.missing), hours=count(roster.missing.hours), cost=count(roster.missing.cost)
    )


def shift_text(missing: Missing) -> str:
    """Return when a missing shift is worked, with its breaks."""
    shift = missing.shift
    hours = _("{start} to {end}").format(start=clock_text(shift.start), end=clock_text(shift.end))
    pauses = []
    for pause in shift.breaks:
        at = clock_text(pause.at)
        if pause.between is not None:
            at = "-".join(clock_text(each) for each in pause.between)
        pauses.append(_("{at} {minutes} min").format(at=at, minutes=f"{pause.for_ / 60:g}"))
    return hours if not pauses else f"{hours} ({', '.join(pauses)})"


def _people(roster: Roster) -> Iterator[str]:
    if not roster.weeks:
        return
    people = sum(weeks.people for weeks in roster.weeks.values())
    least = sum(weeks.at_least for weeks in roster.weeks.values())
    if people == least:
        yield _("{people} people work it by the rules of the week; no fewer can.").format(people=people)
    else:
        yield _(
            "{people} people work it by the rules of the week; {least} is the fewest there could be."
        ).format(people=people, least=least)
