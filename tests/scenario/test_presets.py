"""Published rules say where they stand and how sure that is, and their targets are targets."""

from __future__ import annotations

import re
from datetime import date

import pytest

from callcenter.language import speaking
from callcenter.scenario import load
from callcenter.scenario.model import ServiceLevel
from callcenter.scenario.presets import Preset, presets, spoken
from tests.scenario.hotline import hotline

RULES = presets()


@pytest.fixture(params=RULES)
def rule(request: pytest.FixtureRequest) -> Preset:
    """Return each rule."""
    return RULES[request.param]


def test_each_has_an_origin(rule: Preset) -> None:
    """An article, an address, the day it was read, and a word on how sure that is."""
    assert re.fullmatch(r"[a-z0-9-]+", rule.name)
    assert re.fullmatch(r"[A-Z]{2}", rule.country)
    assert rule.article
    assert rule.source.startswith(("https://", "http://"))
    assert date.fromisoformat(rule.read) <= date(2026, 11, 29)
    assert rule.certainty in ("text", "publisher", "second-hand")
    assert rule.clock in ("line", "dialling")
    assert rule.definition == ServiceLevel.model_validate({"definition": rule.definition}).definition


def test_each_is_told_in_both_languages(rule: Preset) -> None:
    """Title, rule and what it leaves open."""
    for texts in (rule.title, rule.rule, rule.note):
        assert {"en", "zh"} == set(texts)
        with speaking("zh-CN"):
            assert texts["zh"] == spoken(texts)
        assert texts["en"] == spoken(texts)


def test_each_is_what_a_target_may_be(rule: Preset) -> None:
    """A scenario that names it has just its targets."""
    scenario = load(hotline(), {"tiers.vip.target": {"preset": rule.name}})
    assert [rule.name] * len(rule.targets) == [goal.preset for goal in scenario.goals]
