"""Help pages in another language than English, whose pages are Typer's own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from typing import Any

import typer

from callcenter.cli.columns import wide, wrapped
from callcenter.cli.typer_texts import in_words
from callcenter.language import gettext as _
from callcenter.language import spoken

WIDEST = 80
"""Columns of a help page, as Typer has them."""

FIRST_COLUMN = 30

NOTES = re.compile(r"(?s)(.*?)\s*\[([^\[\]]*)\]")
"""A help text and what Typer appends to it: default, range, whether it is required."""

LIKE_TYPER = ("help", "install_completion", "show_completion")
"""Options that Typer adds to ours."""


class Command(typer.core.TyperCommand):
    """A command with help in the language spoken."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return super().get_help(ctx) if spoken() == "en" else page(self, ctx)

    def get_usage(self, ctx: Any) -> str:
        """Return how it is called."""
        return super().get_usage(ctx) if spoken() == "en" else usage(self, ctx)


def page(command: Any, context: Any) -> str:
    """Return the help page of a command, or of the group of them, in the language spoken."""
    width = max(min(shutil.get_terminal_size().columns, WIDEST) - 2, 50)
    records = [(each.param_type_name, each.get_help_record(context)) for each in command.get_params(context)]
    blocks = [
        [usage(command, context)],
        _text(_paragraphs(command.help), width),
        _list(_("Arguments"), _rows(records, "argument"), width),
        _list(_("Options"), _rows(records, "option"), width),
        _list(_("Commands"), _commands(command), width),
        _text(_paragraphs(command.epilog), width),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def usage(command: Any, context: Any) -> str:
    """Return how a command is called."""
    pieces = " ".join(map(in_words, command.collect_usage_pieces(context)))
    return _("Usage: {command}").format(command=f"{context.command_path} {pieces}")


def help_texts(group: Any) -> Iterator[tuple[str, str]]:
    """Yield the texts of the help pages, each with the command that it is of; Typer's are left out."""
    context = typer.Context(group)
    for command in (group, *group.commands.values()):
        texts = [*_paragraphs(command.help), *_paragraphs(command.epilog)]
        texts += [
            _plain(each.help)
            for each in command.get_params(context)
            if each.name not in LIKE_TYPER and each.help
        ]
        yield from ((command.name, text) for text in texts)


def _paragraphs(text: str | None) -> list[str]:
    """Return the paragraphs of a text, each on one line as in the catalogue."""
    return [_plain(each) for each in cleandoc(text or "").split("\n\n") if each]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _text(paragraphs: Iterable[str], width: int) -> list[str]:
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += ["", *(f"  {line}" for line in wrapped(_(paragraph), width - 2))]
    return lines[1:]


def _rows(records: Iterable[tuple[str, tuple[str, str] | None]], kind: str) -> list[tuple[str, str]]:
    return [(row[0], _explanation(row[1])) for name, row in records if name == kind and row is not None]


def _explanation(text: str) -> str:
    noted = NOTES.fullmatch(text)
    if noted is None:
        return in_words(_plain(text))
    notes = "; ".join(map(_note, re.split(r";\s+", _plain(noted[2]))))
    return f"{in_words(_plain(noted[1]))}  [{notes}]".lstrip()


def _note(text: str) -> str:
    return _("must be given") if text == "required" else in_words(text)


def _commands(group: Any) -> list[tuple[str, str]]:
    commands = getattr(group, "commands", {})
    return [(name, _(_paragraphs(command.help)[0])) for name, command in commands.items()]


def _list(heading: str, rows: list[tuple[str, str]], width: int) -> list[str]:
    if not rows:
        return []
    first = min(max(wide(name) for name, _text in rows), FIRST_COLUMN) + 2
    lines = [_("{heading}:").format(heading=heading)]
    for name, text in rows:
        explained = wrapped(text, width - first - 2)
        head = f"  {name}"
        if wide(name) <= first - 2:
            head += " " * (first - wide(name)) + explained.pop(0)
        lines += [head, *(" " * (first + 2) + line for line in explained)]
    return lines
