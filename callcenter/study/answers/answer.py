"""The sentence a sweep ends with: the fewest agents that met every target, at each volume."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.measure import Summary
from callcenter.study.answers.points import Roster, overall_verdict, roster
from callcenter.study.designs.design import Design
from callcenter.study.designs.labels import label, point_label

STAFFING = ("agents", "shrinkage")
"""Last names of the paths below `pools` that decide how many agents there are."""

MOST_ALONE = 6
"""Conditions with a single staffing each that one sentence can hold."""

ALONE = {
    "met": noted("Every target is met."),
    "missed": noted("Not every target is met."),
    "unclear": noted("It is unclear whether every target is met; more replications would tell."),
}


class Finding(NamedTuple):
    """One point, judged."""

    conditions: str
    """Label of what is varied beside the staffing; empty if nothing is."""
    staffing: str
    """Label of what is varied of the staffing; empty if nothing is."""
    brief: str
    """The same without its path, where there is only one."""
    roster: Roster
    verdict: str


def answer(design: Design, summaries: Sequence[Summary]) -> str:
    """Return the sentence that says which points kept every promise, with how many agents."""
    if any(overall_verdict(found) is None for found in summaries):
        return _("No tier has a target, so there is nothing to meet.")
    findings = _findings(design, summaries)
    if len(findings) == 1:
        return _(ALONE[findings[0].verdict])
    return _fewest(findings) if any(finding.staffing for finding in findings) else _which(findings)


def _findings(design: Design, summaries: Sequence[Summary]) -> list[Finding]:
    staffing = [path for path in design.varied if is_staffing(path)]
    others = [path for path in design.varied if path not in staffing]
    return [
        Finding(
            point_label(point.settings, others),
            point_label(point.settings, staffing),
            _brief(point.settings, staffing),
            roster(point.scenario),
            str(overall_verdict(found)),
        )
        for point, found in zip(design.points, summaries, strict=True)
    ]


def is_staffing(path: str) -> bool:
    """Whether a varied path decides how many agents there are."""
    section, *rest = path.split(".")
    return section == "pools" and (len(rest) < 2 or rest[-1] in STAFFING)


def _brief(settings: Mapping[str, object], paths: Sequence[str]) -> str:
    return label(settings[paths[0]]) if len(paths) == 1 else point_label(settings, paths)


def _fewest(findings: Sequence[Finding]) -> str:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.conditions, []).append(finding)
    if is_scattered([len(group) for group in groups.values()]):
        return _how_many(findings)
    parts = [_where(conditions) + _best(group) for conditions, group in groups.items()]
    return _("The fewest agents that met every target: {parts}.").format(parts=_("; ").join(parts))


def is_scattered(tried: Sequence[int]) -> bool:
    """Whether a design tries one staffing at each of many conditions, so that no fewest can be told."""
    return len(tried) > MOST_ALONE and max(tried) == 1


def _how_many(findings: Sequence[Finding]) -> str:
    met, unclear = (sum(f.verdict == verdict for f in findings) for verdict in ("met", "unclear"))
    doubt = _("; {n} unclear").format(n=unclear) if unclear else ""
    return _("Every target was met at {n} of {points} points{doubt}.").format(
        n=met, points=len(findings), doubt=doubt
    )


def _where(conditions: str) -> str:
    return _("at {conditions}, ").format(conditions=conditions) if conditions else ""


def _best(group: Sequence[Finding]) -> str:
    met = [finding for finding in group if finding.verdict == "met"]
    if not met:
        doubt, none = _doubt(group), _("none of the staffings tried")
        return _("{text} ({remark})").format(text=none, remark=doubt) if doubt else none
    best = min(met, key=lambda finding: finding.roster.hours)
    doubt = _doubt([finding for finding in group if finding.roster.hours < best.roster.hours])
    agents = _("{hours} agent-hours a day, {peak} at the peak").format(
        hours=f"{best.roster.hours:,.0f}", peak=f"{best.roster.peak:,}"
    )
    remark = _("; ").join(filter(None, (best.staffing, doubt)))
    return _("{text} ({remark})").format(text=agents, remark=remark)


def _doubt(group: Sequence[Finding]) -> str:
    unclear = [finding.brief for finding in group if finding.verdict == "unclear"]
    return _("unclear with {staffings}").format(staffings=_(", ").join(unclear)) if unclear else ""


def _which(findings: Sequence[Finding]) -> str:
    met, unclear = (_conditions(findings, verdict) for verdict in ("met", "unclear"))
    doubt = _("; unclear with {points}").format(points=unclear) if unclear else ""
    if not met:
        return _("No point met every target{doubt}.").format(doubt=doubt)
    return _("Every target was met with {points}{doubt}.").format(points=met, doubt=doubt)


def _conditions(findings: Sequence[Finding], verdict: str) -> str:
    return _("; ").join(finding.conditions for finding in findings if finding.verdict == verdict)


def callback_answer(summaries: Sequence[Summary]) -> str:
    """Return the sentence that says whether callbacks were begun in time; empty if none was owed."""
    owed = [found["callbacks"] for found in summaries if found["callbacks"]["created"]["value"]]
    if not owed:
        return ""
    late = [share for share in (_share(found, "late") for found in owed) if share]
    waiting = max(_share(found, "not_due") for found in owed)
    open_ = _("; up to {share} were neither begun nor due when the run ended")
    remark = open_.format(share=_at_least_some(waiting)) if waiting else ""
    if not late:
        return _("No callback was late{remark}.").format(remark=remark)
    return _lateness(late, len(owed), remark)


def _lateness(shares: Sequence[float], points: int, remark: str) -> str:
    text = _("Callbacks were late at {n} of {points} points, up to {share} of those owed{remark}.")
    return text.format(n=len(shares), points=points, share=_at_least_some(max(shares)), remark=remark)


def _share(callbacks: Summary, count: str) -> float:
    return float(callbacks[count]["value"] / callbacks["created"]["value"])


def _at_least_some(part: float) -> str:
    return f"{part:.1%}" if part >= 0.0005 else "0.1%"
