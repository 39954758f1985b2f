"""Everything a report says, in the order of the page."""

from __future__ import annotations

from typing import NamedTuple

from callcenter.report import wording
from callcenter.report.cards import Card, cards
from callcenter.report.choice import choose, fewest
from callcenter.report.gallery import (
    Exhibition,
    Picture,
    callback_pictures,
    day_pictures,
    rate_pictures,
    sweep_pictures,
)
from callcenter.report.inputs import facts, pools_table, scenario_yaml, tiers_table
from callcenter.report.tables.extras import customer_table, economics_table, ivr_table, line_table
from callcenter.report.tables.intervals import interval_table
from callcenter.report.tables.kpis import callback_table, definition_table, pool_table, tier_table
from callcenter.report.tables.layout import Table
from callcenter.report.tables.sweep import fewest_table, points_table
from callcenter.report.tables.theory import beside_intervals_table, beside_table
from callcenter.study import Result, SweepResult, theory_beside
from callcenter.study.labels import point_label

MOST_CONDITIONS = 6
"""Conditions that one sentence can hold."""


class Page(NamedTuple):
    """The view of a report; a template turns it into HTML and adds nothing but layout."""

    title: str
    about: str
    subtitle: str
    answers: list[str]
    incomplete: bool
    shown: str
    reason: str
    cards: list[Card]
    fewest: Table | None
    points: Table | None
    tiers: Table
    definition: str
    definitions: Table
    pools: Table
    sweep: Exhibition | None
    rates: list[Picture]
    day: list[Picture]
    intervals: Table
    callbacks: Table | None
    callback_pictures: list[Picture]
    customers: Table | None
    access: list[Table]
    economics: Table | None
    theory: list[Table]
    reasons: list[str]
    inputs: list[Table]
    facts: list[tuple[str, str]]
    command: str
    yaml: str


def page_of(study: SweepResult) -> Page:
    """Gather the page of a study; figures by interval are those of the point worth most attention."""
    choice = choose(study)
    result = study.results[choice.number]
    scenario, service = result.scenario, result.scenario.service_level
    pictures = callback_pictures(result)
    fewest_agents = fewest_table(study)
    is_sweep, beside = len(study.settings) > 1, theory_beside(result)
    return Page(
        title=study.name,
        about=scenario.about,
        subtitle=_subtitle(study, result),
        answers=[text for text in _sentences(study, fewest_agents) if text],
        incomplete=study.incomplete,
        shown=_shown(study, choice.number) if is_sweep else "",
        reason=choice.reason,
        cards=cards(result),
        fewest=fewest_agents,
        points=points_table(study) if is_sweep else None,
        tiers=tier_table(result),
        definition=wording.definition(service.definition, service.short_abandon),
        definitions=definition_table(result),
        pools=pool_table(result),
        sweep=sweep_pictures(study) if study.varied else None,
        rates=rate_pictures(result),
        day=day_pictures(result),
        intervals=interval_table(result),
        callbacks=callback_table(result) if pictures else None,
        callback_pictures=pictures,
        customers=customer_table(result),
        access=[table for table in (ivr_table(result), line_table(result)) if table],
        economics=economics_table(result),
        theory=[
            table for table in (beside_table(beside), beside_intervals_table(beside)) if table and table.rows
        ],
        reasons=list(beside.reasons),
        inputs=[tiers_table(scenario), pools_table(scenario)],
        facts=facts(study, result),
        command=study.origin.command,
        yaml=scenario_yaml(scenario),
    )


def _sentences(study: SweepResult, fewest_agents: Table | None) -> tuple[str, ...]:
    return _answer(study, fewest_agents), study.callback_answer, *study.remarks


def _answer(study: SweepResult, fewest_agents: Table | None) -> str:
    """Return the study's own sentence, a shorter one where the table of conditions says it better."""
    if fewest_agents is None or len(fewest_agents.rows) <= MOST_CONDITIONS:
        return study.answer
    found = fewest(study)
    met = sum(entry.best is not None for entry in found)
    return f"Every target was met at {met} of {len(found)} conditions; the fewest agents that did are below."


def _subtitle(study: SweepResult, result: Result) -> str:
    replications = wording.replications(study.replications)
    parts = [
        result.scenario.name if study.name != result.scenario.name else "",
        wording.plural(len(study.settings), "point") if len(study.settings) > 1 else "",
        f"{replications} of {wording.plural(result.scenario.days, 'day')}",
        f"seed {study.design.seed}",
    ]
    return " · ".join(filter(None, parts))


def _shown(study: SweepResult, number: int) -> str:
    settings = {path: study.settings[number][path] for path in study.varied}
    return f"point {number} ({point_label(settings)})"
