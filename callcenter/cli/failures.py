"""What the user sees when something fails: lines that help and an exit status, never a traceback."""

from __future__ import annotations

import errno
import os
import traceback
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

INTERNAL_ERROR = 1
WRONG_INPUT = 2
TARGET_MISSED = 3
NOT_PRECISE = 4
INTERRUPTED = 130

DEBUG = "CALLCENTER_DEBUG"

WRONG_PATHS = (FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError, PermissionError)

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class WrongInputError(ValueError):
    """Something the user gave cannot be; the message says what to write."""


class Guarded(TyperGroup):
    """Runs the commands and turns what they raise into lines and exit statuses."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, TyperException):
            raise
        except KeyboardInterrupt:
            status, lines = INTERRUPTED, "Interrupted."
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
        return WRONG_INPUT, f"{error.filename}: {str(error.strerror).lower()}"
    if isinstance(error, OSError) and error.filename and error.errno in FULL:
        return INTERNAL_ERROR, f"{error.filename}: {str(error.strerror).lower()}; make room there"
    if os.environ.get(DEBUG):
        return INTERNAL_ERROR, "".join(traceback.format_exception(error))
    return INTERNAL_ERROR, f"{_named(error)}\nSet {DEBUG}=1 to see where it happened."


def _is_plain(error: Exception) -> bool:
    """Whether the message says what to do; a ValueError among them is wrong input."""
    from callcenter.scenario import ScenarioError

    if isinstance(error, ScenarioError | WrongInputError):
        return True
    from callcenter.study import StudyError

    return isinstance(error, StudyError)


def _named(error: Exception) -> str:
    message = " ".join(str(error).split())
    return f"Error: {message or 'no message'} ({type(error).__name__})"
