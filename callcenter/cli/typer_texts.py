"""What Typer says of the words of a command line, in the language spoken.

Typer speaks English only, so its sentences are recognised by their own text; one that is not known, as of a
later version, stays as it is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import typer

from callcenter.language import gettext as _
from callcenter.language import noted, spoken

SENTENCES = (
    noted("No such option: {option} (Possible options: {options})"),
    noted("No such option: {option}"),
    noted("No such command {command}. Did you mean {commands}?"),
    noted("No such command {command}."),
    noted("Missing command."),
    noted("Missing argument {name}."),
    noted("Missing option {name}."),
    noted("Got unexpected extra argument(s) ({words})"),
    noted("Option {option} requires an argument."),
    noted("Option {option} does not take a value."),
    noted("Invalid value for {name}: {reason}"),
    noted("Input should be a valid integer, unable to parse string as an integer"),
    noted("Input should be a valid number, unable to parse string as a number"),
    noted("Input should be greater than or equal to {least}"),
    noted("Input should be less than or equal to {most}"),
    noted("[OPTIONS]"),
    noted("COMMAND [ARGS]..."),
    noted("default: {default}"),
    noted("Show this message and exit."),
    noted("Install completion for the current shell."),
    noted("Show completion for the current shell, to copy it or customize the installation."),
)
"""The first that fits is taken; {placeholders} stand for any text."""

NESTED = "reason"
"""What is a sentence in itself."""


class UsageError(typer.BadParameter):
    """A wrong command line, in the language spoken."""

    def __init__(self, error: Any) -> None:
        super().__init__(in_words(error.format_message()), error.ctx)

    def show(self, file: Any = None) -> None:
        """Print how the command is called, where help is, and what is wrong."""
        typer.echo(self._lines(), file=file, err=True)

    def _lines(self) -> str:
        context: Any = self.ctx
        wrong = _("Error: {message}").format(message=self.message)
        if context is None:
            return wrong
        command = f"{context.command_path} {context.help_option_names[0]}"
        hint = _("Try '{command}' for help.").format(command=command)
        return f"{context.get_usage()}\n{hint}\n\n{wrong}"


def spoken_error(error: Any) -> Exception:
    """Return what Typer raised, in the language spoken; a help page is in it already."""
    is_page = getattr(error, "ctx", None) is not None and error.message == error.ctx.get_help()
    is_typers_own: bool = spoken() == "en" or is_page or not hasattr(error, "ctx")
    return error if is_typers_own else UsageError(error)


def in_words(text: str) -> str:
    """Return a text of Typer's or of our help pages in the language spoken."""
    for sentence in SENTENCES:
        match = _pattern(sentence).fullmatch(text)
        if match is not None:
            values = match.groupdict()
            if NESTED in values:
                values[NESTED] = in_words(values[NESTED])
            return _(sentence).format(**values)
    return _(text)


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    """Return what recognises a sentence and gives the values in it."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(sentence)), re.DOTALL)
