"""What the sections of a report look at: a study, the point shown in detail, and what was added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.study import Result, SweepResult
from callcenter.study.answers.shown_point import choose
from callcenter.study.designs.labels import point_label
from callcenter.study.insights import Insights, insights
from callcenter.study.sentences.shown_point import reason
from callcenter.study.store.notebook import Notebook

if TYPE_CHECKING:
    import pandas as pd


class View(NamedTuple):
    """A study as it is looked at."""

    study: SweepResult
    number: int
    """Of the point shown in detail."""
    result: Result
    """Of that point."""
    reason: str
    """Why that point."""
    insights: Insights
    margins: pd.DataFrame | None = None
    """What one more agent in each pool changes, where it was asked."""

    @property
    def scenario(self) -> Scenario:
        """The scenario of the point shown in detail."""
        return self.result.scenario

    @property
    def is_sweep(self) -> bool:
        """Whether there are several points."""
        return len(self.study.settings) > 1

    @property
    def shown(self) -> str:
        """The point shown in detail by number and settings; empty if there is only one."""
        if not self.is_sweep:
            return ""
        settings = point_label(self.study.settings[self.number], self.study.varied)
        return _("point {number} ({settings})").format(number=self.number, settings=settings)


def view_of(study: SweepResult, margins: pd.DataFrame | None = None) -> View:
    """Return the view of a study; what it adds is about the point worth most attention."""
    choice, notebook = choose(study), Notebook(study.directory)
    result = study.results[choice.number]
    return View(study, choice.number, result, reason(choice), insights(result, notebook=notebook), margins)
