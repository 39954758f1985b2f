"""Verdicts: what was promised, how far it was kept, and how a card of it is read."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.study.answers.fewest import Fewest
from callcenter.study.sentences.definitions import definition_of


def promise(level: Mapping[Any, Any]) -> str:
    """Return `target 90% in 20 s`, or that there is none and what `in time` means then."""
    if math.isnan(wording.number(level["target"])):
        return _("no target ({within})").format(within=wording.duration(level["within_s"]))
    return _("target {target}").format(target=wording.target(level))


def days_met(level: Mapping[str, Any]) -> str:
    """Return on how many days a target was met, with the interval of that."""
    if level["days_met"] is None:
        return _("nobody called")
    ends = {end: level[f"days_met_{end}"] for end in ("low", "high")}
    spread = wording.interval(ends, lambda share: wording.percent(share, 0))
    share = wording.percent(level["days_met"], 0)
    return _("target met on {share} of days").format(
        share=_("{text} ({remark})").format(text=share, remark=spread) if spread else share
    )


def interval(level: Mapping[str, Any]) -> str:
    """Return the interval of an answer rate, or that there is none."""
    ends = wording.interval(level)
    return _("95% interval {ends}").format(ends=ends) if ends else _("no interval: one replication")


def legend(scenario: Scenario) -> str:
    """Return how the cards of verdicts are read."""
    return _(
        "The dot is the simulated answer rate ({definition}), the grey bar its 95% interval, the upright "
        "line the target. Met: the whole interval reaches the target; missed: all of it stays below; "
        "unclear: the target lies inside, so many days cannot tell."
    ).format(definition=definition_of(scenario))


def not_finished() -> str:
    """Return that the figures are those of some replications only."""
    return _(
        "Not finished: some replications are still to be simulated; the figures are those of the others."
    )


def conditions_met(answers: Sequence[Fewest]) -> str:
    """Return at how many of very many conditions every target was met."""
    met = sum(answer.best is not None for answer in answers)
    return _(
        "Every target was met at {met} of {number} conditions; the fewest agents that did are below."
    ).format(met=met, number=len(answers))
