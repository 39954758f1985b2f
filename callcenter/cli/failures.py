"""What the user sees when something fails: lines that help and an exit status, never a traceback."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from callcenter.cli.manual import page, usage
from callcenter.cli.tongue import asked_for
from callcenter.cli.typer_texts import spoken_error
from callcenter.language import gettext as _
from callcenter.language import noted, speaking, spoken

INTERNAL_ERROR = 1
WRONG_INPUT = 2
TARGET_MISSED = 3
NOT_PRECISE = 4
INTERRUPTED = 130

DEBUG = "CALLCENTER_DEBUG"

WRONG_PATHS = (FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError, PermissionError)

REASONS = (
    noted("no such file or directory"),
    noted("file exists"),
    noted("is a directory"),
    noted("not a directory"),
    noted("permission denied"),
    noted("no space left on device"),
    noted("disk quota exceeded"),
    noted("file too large"),
)
"""As the system gives them for these paths and for a full disk."""

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class WrongInputError(ValueError):
    """Something the user gave cannot be; the message says what to write."""


class Guarded(TyperGroup):
    """Runs the commands in the language asked for; turns what they raise into lines and exit statuses."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **more: Any) -> Any:
        """Take in the words of a command line, and do what they say."""
        words = sys.argv[1:] if args is None else args
        with speaking(asked_for(words, os.environ)):
            return super().main(args, *others, **more)

    def get_help(self, ctx: Any) -> str:
        """Return the help page of all commands."""
        return super().get_help(ctx) if spoken() == "en" else page(self, ctx)

    def get_usage(self, ctx: Any) -> str:
        """Return how a command is called."""
        return super().get_usage(ctx) if spoken() == "en" else usage(self, ctx)

    def make_context(self, *words: Any, **more: Any) -> Any:
        """Take in the options that stand before the command."""
        try:
            return super().make_context(*words, **more)
        except TyperException as error:
            raise spoken_error(error) from None

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort):
            raise
        except TyperException as error:
            raise spoken_error(error) from None
        except KeyboardInterrupt:
            status, lines = INTERRUPTED, _("Interrupted.")
        except Exception as error:  # whatever it is, users are not shown a traceback
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise
            status, lines = explained(error)
        typer.echo(lines, err=True)
        raise typer.Exit(status)


def explained(error: Exception) -> tuple[int, str]:
    """Return the exit status of a failure and the lines to show."""
    if _is_plain(error):
        return WRONG_INPUT if isinstance(error, ValueError) else INTERNAL_ERROR, str(error)
    if isinstance(error, WRONG_PATHS):
        return WRONG_INPUT, f"{error.filename}: {_(str(error.strerror).lower())}"
    if isinstance(error, OSError) and error.filename and error.errno in FULL:
        full = _("{file}: {reason}; make room there")
        return INTERNAL_ERROR, full.format(file=error.filename, reason=_(str(error.strerror).lower()))
    if os.environ.get(DEBUG):
        return INTERNAL_ERROR, "".join(traceback.format_exception(error))
    remedy = _("Set {variable}=1 to see where it happened.").format(variable=DEBUG)
    return INTERNAL_ERROR, f"{_named(error)}\n{remedy}"


def _is_plain(error: Exception) -> bool:
    """Whether the message says what to do; a ValueError among them is wrong input."""
    from callcenter.scenario import ScenarioError

    if isinstance(error, ScenarioError | WrongInputError):
        return True
    from callcenter.study import StudyError

    return isinstance(error, StudyError)


def _named(error: Exception) -> str:
    message = " ".join(str(error).split())
    text = _("Error: {message} ({kind})")
    return text.format(message=message or _("no message"), kind=type(error).__name__)
