"""What a sweep answers, in a sentence: the fewest agents that met every target, and late callbacks."""

from __future__ import annotations

from collections.abc import Sequence

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.measure import Summary
from callcenter.study.answers.callbacks import lateness
from callcenter.study.answers.fewest import Candidate, Fewest, candidates, fewest
from callcenter.study.answers.points import Judged, furthest_behind
from callcenter.study.sentences.agents import on_the_phones
from callcenter.study.sentences.headline import headline

MOST_LISTED = 6
"""Points that met every target and can be named in a sentence."""


def answer(study: Judged) -> str:
    """Return the verdict on a single scenario; of several, how many meet every target, and which to take.

    That is the one with the fewest agents or, where none does, the nearest and what it misses.
    """
    points = candidates(study)
    verdicts = [point.verdict for point in points]
    if None in verdicts:
        return _("No tier has a target, so there is nothing to meet.")
    if len(points) == 1:
        return headline(study.design.points[0].scenario, study.summaries[0])
    if "met" not in verdicts:
        return "\n".join((_how_many(points), _nearest(study, points)))
    return "\n".join(filter(None, (_how_many(points), _which(study, points))))


def _how_many(points: Sequence[Candidate]) -> str:
    met, unclear = (sum(point.verdict == verdict for point in points) for verdict in ("met", "unclear"))
    doubt = _("; {n} unclear").format(n=f"{unclear:,}") if unclear else ""
    if met == 0:
        none = _("None of the {points} points meets every target{doubt}.")
        return none.format(points=f"{len(points):,}", doubt=doubt)
    return _("Every target is met at {n} of {points} points{doubt}.").format(
        n=f"{met:,}", points=f"{len(points):,}", doubt=doubt
    )


def _nearest(study: Judged, points: Sequence[Candidate]) -> str:
    """Return the point that comes nearest to its targets, and the verdict on it."""
    best = _closest(points)
    verdict = headline(study.design.points[best.number].scenario, study.summaries[best.number])
    return "\n".join((_("The nearest is {point}:").format(point=_name(best)), verdict))


def _closest(points: Sequence[Candidate]) -> Candidate:
    return max(points, key=lambda point: (point.margin, -point.number))


def _name(point: Candidate) -> str:
    settings = _("; ").join(filter(None, (point.conditions, point.staffing)))
    return _("point {number} ({settings})").format(number=point.number, settings=settings)


def _which(study: Judged, points: Sequence[Candidate]) -> str:
    """Return where every target is met, with how many agents if these differ."""
    if not any(point.staffing for point in points):
        return _conditions(points)
    groups = fewest(study)
    if groups:
        parts = [_where(group.conditions) + _best(study, points, group) for group in groups]
        return _("The fewest agents that met every target: {parts}.").format(parts=_("; ").join(parts))
    best = min((each for each in points if each.verdict == "met"), key=lambda each: each.roster.hours)
    return _("With the fewest agents: {point}, {agents}.").format(
        point=_name(best), agents=on_the_phones(best.roster)
    )


def _where(conditions: str) -> str:
    return _("at {conditions}, ").format(conditions=conditions) if conditions else ""


def _best(study: Judged, points: Sequence[Candidate], group: Fewest) -> str:
    doubt = _doubt(group.doubtful)
    if group.best is None:
        none = _("none of the staffings tried")
        closest = _closest([each for each in points if each.conditions == group.conditions])
        remark = _("; ").join(filter(None, (_behind(study, closest), doubt)))
        return _("{text} ({remark})").format(text=none, remark=remark) if remark else none
    remark = _("; ").join(filter(None, (group.best.staffing, doubt)))
    return _("{text} ({remark})").format(text=on_the_phones(group.best.roster), remark=remark)


def _behind(study: Judged, point: Candidate) -> str:
    """Return which target the nearest staffing misses, and by how much."""
    tier, level = furthest_behind(study.summaries[point.number])
    if level["value"] is None or level["verdict"] != "missed":
        return ""
    return _("nearest {staffing}: {tier} {rate}, target {target}, {points} points short").format(
        staffing=point.brief,
        tier=tier,
        rate=wording.percent(level["value"]),
        target=wording.target(level),
        points=f"{100 * (level['target'] - level['value']):.1f}",
    )


def _doubt(points: Sequence[Candidate]) -> str:
    staffings = _(", ").join(point.brief for point in points)
    return _("unclear with {staffings}").format(staffings=staffings) if points else ""


def _conditions(points: Sequence[Candidate]) -> str:
    """Return where every target is met and where that is unclear; empty where these are many or all."""
    met, unclear = (
        [point.conditions for point in points if point.verdict == verdict] for verdict in ("met", "unclear")
    )
    if len(met) == len(points) or len(met) + len(unclear) > MOST_LISTED:
        return ""
    doubt = _("; unclear with {points}").format(points=_("; ").join(unclear)) if unclear else ""
    return _("Met with {points}{doubt}.").format(points=_("; ").join(met), doubt=doubt)


def callback_answer(summaries: Sequence[Summary]) -> str:
    """Return whether callbacks were begun in time; empty if none was owed."""
    callbacks = lateness(summaries)
    if callbacks is None:
        return ""
    late = [share for share in callbacks.late if share]
    open_ = _("; up to {share} were neither begun nor due when the run ended")
    remark = open_.format(share=_at_least_some(callbacks.not_due)) if callbacks.not_due else ""
    if not late and not remark:
        return _("Every callback was begun within the promise.")
    if not late:
        return _("No callback was late{remark}.").format(remark=remark)
    text = _("Callbacks were late at {n} of {points} points, up to {share} of those begun or due{remark}.")
    share, points = _at_least_some(max(late)), len(callbacks.late)
    return text.format(n=len(late), points=points, share=share, remark=remark)


def _at_least_some(part: float) -> str:
    return f"{part:.1%}" if part >= 0.0005 else "0.1%"
