"""What a sweep answers, in a sentence: the fewest agents that met every target, and late callbacks."""

from __future__ import annotations

from collections.abc import Sequence

from callcenter.language import gettext as _
from callcenter.measure import Summary
from callcenter.study.answers.callbacks import lateness
from callcenter.study.answers.fewest import Candidate, Fewest, candidates, fewest
from callcenter.study.answers.points import Judged
from callcenter.study.sentences.agents import on_the_phones
from callcenter.study.sentences.headline import headline


def answer(study: Judged) -> str:
    """Return the verdict on a single scenario; of several, which met every target, with how many agents."""
    points = candidates(study)
    verdicts = [point.verdict for point in points]
    if None in verdicts:
        return _("No tier has a target, so there is nothing to meet.")
    if len(points) == 1:
        return headline(study.design.points[0].scenario, study.summaries[0])
    if not any(point.staffing for point in points):
        return _which(points)
    groups = fewest(study)
    if not groups:
        return _how_many(points)
    parts = [_where(group.conditions) + _best(group) for group in groups]
    return _("The fewest agents that met every target: {parts}.").format(parts=_("; ").join(parts))


def _how_many(points: Sequence[Candidate]) -> str:
    met, unclear = (sum(point.verdict == verdict for point in points) for verdict in ("met", "unclear"))
    doubt = _("; {n} unclear").format(n=unclear) if unclear else ""
    return _("Every target was met at {n} of {points} points{doubt}.").format(
        n=met, points=len(points), doubt=doubt
    )


def _where(conditions: str) -> str:
    return _("at {conditions}, ").format(conditions=conditions) if conditions else ""


def _best(group: Fewest) -> str:
    doubt = _doubt(group.doubtful)
    if group.best is None:
        none = _("none of the staffings tried")
        return _("{text} ({remark})").format(text=none, remark=doubt) if doubt else none
    remark = _("; ").join(filter(None, (group.best.staffing, doubt)))
    return _("{text} ({remark})").format(text=on_the_phones(group.best.roster), remark=remark)


def _doubt(points: Sequence[Candidate]) -> str:
    staffings = _(", ").join(point.brief for point in points)
    return _("unclear with {staffings}").format(staffings=staffings) if points else ""


def _which(points: Sequence[Candidate]) -> str:
    met, unclear = (_conditions(points, verdict) for verdict in ("met", "unclear"))
    doubt = _("; unclear with {points}").format(points=unclear) if unclear else ""
    if not met:
        return _("No point met every target{doubt}.").format(doubt=doubt)
    return _("Every target was met with {points}{doubt}.").format(points=met, doubt=doubt)


def _conditions(points: Sequence[Candidate], verdict: str) -> str:
    return _("; ").join(point.conditions for point in points if point.verdict == verdict)


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
