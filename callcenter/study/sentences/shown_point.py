"""Why a point of a study is the one shown in detail, in words."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.study.answers.shown_point import Choice

MERITS = {
    "alone": "",
    "first": noted("the first point that met every target"),
    "fewest": noted("the fewest agents that met every target"),
    "as_written": noted("the point nearest to the scenario as written"),
    "closest": noted("the point that came nearest to its targets"),
}


def reason(choice: Choice) -> str:
    """Return what a point is shown for; empty where there is no other."""
    merit = _(MERITS[choice.merit]) if MERITS[choice.merit] else ""
    if choice.merit in ("first", "fewest"):
        return _at(merit, choice.conditions)
    return f"{merit}; {_at(_('none met every target'), choice.conditions)}" if choice.none_met else merit


def _at(reason: str, conditions: str) -> str:
    if not conditions:
        return reason
    return _("{reason} at {conditions}").format(reason=reason, conditions=conditions)
