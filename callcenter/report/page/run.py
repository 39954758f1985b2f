"""Everything a report of a run or a sweep says, in the order of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.page.blocks import Page
from callcenter.report.page.sections import (
    access,
    answer,
    callbacks,
    comparison,
    customers,
    inputs,
    intervals,
    key_figures,
    misses,
    money,
    points,
    priorities,
    theory,
    trust,
)
from callcenter.report.page.sections import (
    margins as one_more_agent,
)
from callcenter.report.page.sections.view import View, view_of
from callcenter.study import SweepResult

if TYPE_CHECKING:
    import pandas as pd

SECTIONS = (
    answer.section,
    misses.section,
    points.section,
    comparison.section,
    key_figures.section,
    intervals.section,
    priorities.section,
    callbacks.section,
    customers.section,
    access.section,
    money.section,
    one_more_agent.section,
    trust.section,
    theory.section,
    inputs.inputs,
    inputs.reproduce,
)


def page_of(study: SweepResult, margins: pd.DataFrame | None = None) -> Page:
    """Gather the page of a study; figures by interval are those of the point worth most attention."""
    view = view_of(study, margins)
    sections = [section for section in (make(view) for make in SECTIONS) if section is not None]
    return Page(study.name, _subtitle(view), sections, _footer())


def _subtitle(view: View) -> str:
    study, scenario, points = view.study, view.scenario, len(view.study.settings)
    parts = [
        scenario.name if study.name != scenario.name else "",
        wording.plural(points, "point") if points > 1 else "",
        _("{replications} of {days}").format(
            replications=wording.replications(study.replications), days=wording.plural(scenario.days, "day")
        ),
        _("seed {seed}").format(seed=study.design.seed),
    ]
    return " · ".join(filter(None, parts))


def _footer() -> str:
    return _(
        "The same figures for a spreadsheet: results.xlsx, kpis.csv, intervals.csv, pool_intervals.csv and "
        "callback_intervals.csv beside this file."
    )
