"""Published rules in words: what they ask, where they stand, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.scenario import Scenario
from callcenter.scenario.presets import Preset, preset, spoken

CERTAINTIES = {
    "text": noted("the text itself was read"),
    "publisher": noted("read at its publisher"),
    "second-hand": noted("second-hand: the text itself was not read"),
}


def rule_lines(rule: Preset) -> Iterator[str]:
    """Yield a rule line by line, its name first."""
    yield _("{name}: {title} ({country})").format(
        name=rule.name, title=spoken(rule.title), country=rule.country
    )
    yield f"  {spoken(rule.rule)}"
    yield f"  {_source(rule)}"
    for remark in _remarks(rule):
        yield f"  {remark}"


def rule_notes(scenario: Scenario) -> list[str]:
    """Return what each rule says that a scenario names, and where it stands."""
    names = dict.fromkeys(goal.preset for goal in scenario.goals if goal.preset)
    return [_note(preset(name)) for name in names]


def _note(rule: Preset) -> str:
    parts = [spoken(rule.rule), _source(rule), *(remark.removesuffix(".") for remark in _remarks(rule))]
    return _("{name}: {figure}").format(name=rule.name, figure=_(". ").join(parts))


def _remarks(rule: Preset) -> Iterator[str]:
    """Yield what a rule leaves open, and that its clock is another one."""
    if rule.clock == "dialling":
        yield _("Its clock starts when the caller dials, here it starts on joining the line.")
    if spoken(rule.note):
        yield spoken(rule.note)


def _source(rule: Preset) -> str:
    return _("{article}; {source}, read on {date}; {certainty}").format(
        article=rule.article, source=rule.source, date=rule.read, certainty=_(CERTAINTIES[rule.certainty])
    )
