"""What was simulated, and how to do it again."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.language import gettext as _
from callcenter.report.page.blocks import Block, Code, Details, Facts, Section, Text
from callcenter.report.page.sections.view import View
from callcenter.report.tables.inputs import facts, pools_table, scenario_yaml, tiers_table


def inputs(view: View) -> Section:
    """Return the scenario in words and tables, and the origin of the results."""
    return Section("inputs", _("What was simulated"), _("Inputs"), list(_inputs(view)), view.shown)


def _inputs(view: View) -> Iterator[Block]:
    scenario = view.scenario
    if scenario.about:
        yield Text(scenario.about, "about")
    yield tiers_table(scenario)
    yield pools_table(scenario)
    yield Facts(facts(view.study, view.result))


def reproduce(view: View) -> Section:
    """Return the command and the scenario, nothing left to look up."""
    return Section("reproduce", _("How to reproduce it"), _("Reproduce"), list(_reproduce(view)))


def _reproduce(view: View) -> Iterator[Block]:
    if view.study.origin.command:
        yield Code(view.study.origin.command)
    yield Text(
        _(
            "The same scenario, seed and number of replications give the same figures, on any number of "
            "workers."
        )
    )
    whole = _("The scenario as YAML, nothing left to look up")
    point = _("The scenario of the point shown as YAML, nothing left to look up")
    yield Details(point if view.is_sweep else whole, [Code(scenario_yaml(view.scenario))], "screen")
