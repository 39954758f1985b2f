"""`callcenter presets`: the published service-level rules that a target may name."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from callcenter.cli import options
from callcenter.cli.failures import WrongInputError
from callcenter.cli.output import STANDARD_OUTPUT, make_room, write_json
from callcenter.language import gettext as _


def presets(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Only this rule.")] = None,
    json: options.Json = None,
    lang: options.Language = None,
) -> None:
    """List published service-level rules: what they ask, where they stand, how sure that is."""
    from callcenter.scenario.errors import nearest
    from callcenter.scenario.presets import presets as published
    from callcenter.study.sentences.rules import rule_lines

    rules = published()
    if name is not None and name not in rules:
        remedy = nearest(name, rules, _("rules"))
        raise WrongInputError(_("there is no rule `{name}`; {remedy}").format(name=name, remedy=remedy))
    chosen = [rule for key, rule in rules.items() if name in (None, key)]
    make_room(json)
    if json is not None:
        write_json({rule.name: _plain(rule._asdict()) for rule in chosen}, json)
    if json != STANDARD_OUTPUT:
        typer.echo("\n\n".join("\n".join(rule_lines(rule)) for rule in chosen))


def _plain(rule: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in rule.items() if key != "name"}
