"""Why a target is missed: which tier, when, who works then, and what one more agent there changes."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.page.blocks import Block, Section, Text
from callcenter.report.page.sections.view import View
from callcenter.report.page.sections.words import needed
from callcenter.report.tables.misses import gain_table, stretch_table, then_table
from callcenter.study.insights import LeftOut, Miss
from callcenter.study.sentences.misses import when

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


def section(view: View) -> Section | None:
    """Return what stands between a tier and its target; None where every target is met."""
    if not view.insights.misses:
        return None
    blocks = [block for miss in view.insights.misses for block in _miss(view, miss)]
    is_missed = any(miss.verdict == "missed" for miss in view.insights.misses)
    title = _("Why a target is missed") if is_missed else _("What is unclear")
    return Section("why", title, _("Why") if is_missed else _("Unclear"), blocks, view.shown)


def _miss(view: View, miss: Miss) -> Iterator[Block]:
    yield Text(_head(miss), "head")
    yield Text(" ".join([_(CAUSES[miss.cause]), *_facts(miss), *_unfinished(view, miss)]))
    if miss.stretches:
        yield stretch_table(miss)
    if miss.pools:
        yield then_table(miss)
    gains = [gain for gain in view.insights.gains if gain.tier == miss.tier]
    if gains:
        yield gain_table(gains, list(view.scenario.tiers))
        yield from (Text(needed(gain)) for gain in gains if gain.needed is not None)
    elif LeftOut("gains", "over_budget", miss.tier) in view.insights.left_out:
        yield Text(_too_large(), "note")


def _too_large() -> str:
    return _(
        "What one more agent changes was not simulated for this report, as a replication has very many "
        "calls; `callcenter run --one-more-agent` does it."
    )


def _head(miss: Miss) -> str:
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


def _unfinished(view: View, miss: Miss) -> Iterator[str]:
    """Yield how many calls the end of the run cut off, where they are part of what is missing."""
    waiting = view.result.summary["tiers"][miss.tier]["counts"]["open"]
    if waiting >= max(1, MUCH * miss.missing):
        yield _(
            "{number} calls of a replication still waited when the run ended; they count as not answered "
            "in time."
        ).format(number=wording.count(waiting))
