"""A sweep as tables for a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from callcenter.language import gettext as _
from callcenter.report.tables.effects import NOTE, effects_table
from callcenter.report.tables.points import tier_points_table
from callcenter.report.tables.targets import target_points_table
from callcenter.report.terminal.layout import laid_out
from callcenter.report.terminal.prose import Prose
from callcenter.study import SweepResult
from callcenter.study.sentences.definitions import footnote


def sweep_table(study: SweepResult) -> RenderableType:
    """Return the answer, the answer rate of each tier at each point beside its target, and what moves it."""
    design, effects = study.design, effects_table(study)
    answers = filter(None, (study.answer, study.callback_answer))
    parts: list[RenderableType] = [
        Prose("\n".join(answers) + "\n", style="bold"),
        laid_out(tier_points_table(study)),
        Prose(f"{footnote(design.points[0].scenario, study.replications, design.seed)}\n"),
    ]
    if effects is not None:
        parts += [laid_out(effects), Prose(f"{_(NOTE)}\n")]
    targets = target_points_table(study)
    if targets is not None:
        parts[2:2] = [laid_out(targets), Text()]
    return Group(*parts)
