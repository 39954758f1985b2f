"""An explanation in words: the day, its largest part, and what the model cannot explain."""

from __future__ import annotations

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.replay import Explanation
from callcenter.replay.explanation.result import POINTS

FACTOR_NAMES = {
    "volume": noted("volume"),
    "pattern": noted("pattern within the day"),
    "handle_time": noted("handle time"),
    "patience": noted("patience"),
    "staffing": noted("staffing"),
}


def headline(explanation: Explanation) -> str:
    """Return the day in a sentence, its largest part with the direction in which it works."""
    name, part = max(explanation.parts.items(), key=lambda each: abs(each[1]))
    lost = _("The largest part is {factor}, which cost {part} points.")
    gained = _("The largest part is {factor}, which gained {part} points.")
    return wording.in_a_row(
        [
            _("{day}: planned {planned}, recorded {actual}.").format(
                day=explanation.day,
                planned=_share(explanation.planned),
                actual=_share(explanation.actual),
            ),
            (lost if part >= 0 else gained).format(factor=_(FACTOR_NAMES[name]), part=_size(part)),
        ]
    )


def unexplained(explanation: Explanation) -> str:
    """Return what the model makes of the day with all that is recorded, and what is left over."""
    rest = explanation.unexplained
    return _(
        "With all that is recorded the model gives {model}; the other {rest} points up to the recorded "
        "{actual} it cannot explain."
    ).format(model=_share(explanation.model), rest=_size(rest), actual=_share(explanation.actual))


def caution(explanation: Explanation) -> str:
    """Return that the parts are doubtful, where more is left over than the largest of them; else nothing."""
    largest = max(map(abs, explanation.parts.values()))
    if abs(explanation.unexplained) <= largest:
        return ""
    return _("More is left over than any factor explains: the parts are no better than the model is.")


def sentences(explanation: Explanation) -> list[str]:
    """Return all that is to be said of a day."""
    return [
        *filter(None, (headline(explanation), unexplained(explanation), caution(explanation))),
        *explanation.remarks,
    ]


def _share(points: float) -> str:
    return wording.percent(points / POINTS)


def _size(points: float) -> str:
    return f"{abs(points):.1f}"
