"""Missed targets: which, why and when, and how many more agents would do."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import ngettext, noted
from callcenter.scenario.parts.calendar import date_text
from callcenter.study.insights import Gain, Miss, Stretch
from callcenter.study.insights.gaps import Span
from callcenter.study.insights.tightest import Tightest
from callcenter.study.result import Result

CAUSES = {
    "too_few_replications": noted(
        "Too few days were simulated to tell: the interval of the answer rate holds the target. "
        "More replications (or --precision) decide it."
    ),
    "cut_off": noted(
        "Most of these calls were still waiting when the run ended and count as not answered in time; their "
        "promise may yet be kept. Simulate more days (`days`), or look at the days before the last."
    ),
    "nobody_staffed": noted("Nobody is on the phones for this tier then."),
    "held_back": noted(
        "Agents are idle while callers wait: the conditions `keep_idle` or `after` hold them back for "
        "others. Without these conditions the answer rate rises clearly."
    ),
    "outranked": noted(
        "Other tiers go first: with everybody served first come, first served this tier would be answered in "
        "time. It pays for the priority of the others."
    ),
    "after_peak": noted(
        "The agents of these hours would do for their own calls; what hurts is the line left over from the "
        "hours before. Agents are missing earlier, not then."
    ),
    "skill_split": noted(
        "Agents of other pools are idle meanwhile, but may not take these calls. Try sharing them before "
        "you hire."
    ),
    "busy_days": noted(
        "On ordinary days there are enough agents; it is the busy days that miss the target. A reserve for "
        "such days helps more than a higher roster every day."
    ),
    "too_few_agents": noted(
        "There are too few agents then: those there are busy, and the formula asks for more of them."
    ),
    "beyond_formula": noted(
        "The formula finds enough agents then; what makes callers wait is what it leaves out, such as "
        "priorities, patience, and days that differ (see the section on the formula)."
    ),
}
"""By the code of a cause."""

MUCH = 0.1
"""Part of the calls that are missing from which on a reason for them is worth a sentence."""


def explanation(result: Result, miss: Miss) -> str:
    """Return why a promise is missed, when most, and how many calls the end of the run cut off."""
    return wording.in_a_row([_(CAUSES[miss.cause]), *_facts(miss), *_unfinished(result, miss)])


def gains_left_out() -> str:
    """Return why what one more agent changes is not said."""
    return _(
        "What one more agent changes was not simulated for this report, as a replication has very many "
        "calls; `callcenter run --one-more-agent` does it."
    )


def heading(miss: Miss) -> str:
    """Return which promise is missed, and by how many calls, or that it is unclear."""
    target = wording.target({"target": miss.target, "within_s": miss.within_s})
    rate = wording.percent(miss.rate.value)
    if miss.verdict == "unclear":
        return _("{tier}: {rate} answered in time, target {target}: unclear").format(
            tier=miss.tier, rate=rate, target=target
        )
    return _(
        "{tier}: {rate} answered in time, target {target}: {missing} calls of a replication short"
    ).format(tier=miss.tier, rate=rate, target=target, missing=wording.count(miss.missing))


def _facts(miss: Miss) -> Iterator[str]:
    if miss.stretches:
        worst = miss.stretches[0]
        yield _("Worst from {when}: {share} of all calls not answered in time.").format(
            when=when(worst), share=wording.percent(worst.share, 0)
        )
    if miss.busy_days is not None:
        yield _(
            "On the busier half of the days the answer rate is {busier}, on the quieter half {quieter}."
        ).format(
            busier=wording.percent(miss.busy_days.busier), quieter=wording.percent(miss.busy_days.quieter)
        )


def _unfinished(result: Result, miss: Miss) -> Iterator[str]:
    """Yield how many calls the end of the run cut off, where they are part of what is missing."""
    waiting = result.summary["tiers"][miss.tier]["counts"]["open"]
    if waiting >= max(1, MUCH * miss.missing):
        yield _(
            "{number} calls of a replication still waited when the run ended; they count as not answered "
            "in time."
        ).format(number=wording.count(waiting))


def needed(gain: Gain) -> str:
    """Return how many more agents, and when, bring a tier to its target."""
    rate = wording.percent(gain.needed_rate)
    return ngettext(
        "With {number} more agent in {pool} from {when}, {tier} comes to {rate}.",
        "With {number} more agents in {pool} from {when}, {tier} comes to {rate}.",
        gain.needed or 0,
    ).format(number=gain.needed, pool=gain.pool, when=when_gained(gain), tier=gain.tier, rate=rate)


def when(stretch: Stretch | Span | Tightest) -> str:
    """Return `10:00 to 11:30`, with its day where there are several."""
    hours = _("{start} to {end}").format(start=stretch.start, end=stretch.end)
    if stretch.day is None:
        return hours
    if stretch.date is not None:
        return _("{date}, {hours}").format(date=date_text(stretch.date), hours=hours)
    return _("day {day}, {hours}").format(day=stretch.day + 1, hours=hours)


def when_gained(gain: Gain) -> str:
    """Return when one more agent comes: in the stretch, or in these hours of every day."""
    if not gain.every_day:
        return when(gain.stretch)
    hours = _("{start} to {end}").format(start=gain.stretch.start, end=gain.stretch.end)
    return _("{hours} every day").format(hours=hours)
