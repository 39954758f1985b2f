"""Options that several commands share (contract 5)."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callcenter.cli.failures import WrongInputError
from callcenter.cli.tongue import OPTION
from callcenter.language import LANGUAGES, UnknownLanguageError, known_language
from callcenter.language import gettext as _

if TYPE_CHECKING:
    from callcenter.study import Effort

STANDARD_OUTPUT = "-"


def _known(tag: str | None) -> str | None:
    """Refuse a language without a catalogue; one that is known is spoken already (`tongue`)."""
    try:
        return None if tag is None else known_language(tag)
    except UnknownLanguageError as error:
        raise typer.BadParameter(str(error)) from None


Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Change a value of the scenario, such as demand.volume=1.1."
    ),
]
Replications = Annotated[
    int | None, typer.Option("--replications", "-n", min=1, help="Replications of each scenario.")
]
Seed = Annotated[
    int | None, typer.Option("--seed", min=0, max=2**63 - 1, help="Seed in place of the file's own.")
]
Engine = Annotated[str, typer.Option("--engine", metavar="auto|simpy|compiled", help="What simulates.")]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="Workers; default: one per core, where that is worth it."),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Work on a Dask cluster such as tcp://host:8786, not here.",
    ),
]
Precision = Annotated[
    str | None,
    typer.Option(
        "--precision",
        metavar="WIDTH",
        help="Add replications until no answer rate has a margin of error above this, such as 0.5pp.",
    ),
]
DaysKept = Annotated[
    str | None,
    typer.Option("--days-kept", metavar="K/N", help="Chance that all targets hold on at least K of N days."),
]
MostReplications = Annotated[
    int, typer.Option("--max-replications", min=2, help="With --precision: the most replications.")
]
MOST_REPLICATIONS = 1000
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Start over: delete the results of these scenarios in --out.")
]
Json = Annotated[
    str | None,
    typer.Option("--json", metavar="FILE", help="Write every figure as JSON; - is the standard output."),
]
Holidays = Annotated[
    str | None,
    typer.Option(metavar="COUNTRY", help="Public holidays of CN, US, US-CA, ...; extra [forecast]."),
]
Calendar = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Special days as a table: date, kind (holiday or workday), name."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print no tables and no progress.")]
Language = Annotated[
    str | None,
    typer.Option(
        OPTION,
        metavar="|".join(LANGUAGES),
        callback=_known,
        help="Language of all texts, report and workbook included; default: that of the environment (LANG).",
    ),
]
Open = Annotated[
    bool,
    typer.Option("--open", help="Open the report in the browser; it is in out/NAME unless --out is given."),
]
Full = Annotated[bool, typer.Option("--full", help="Print every table, not only the verdict and five lines.")]
FailOnTarget = Annotated[
    bool,
    typer.Option(
        "--fail-on-target", help="Exit with status 3 if a target is missed, at any point of a sweep."
    ),
]
ScenarioFile = Annotated[
    Path, typer.Argument(metavar="SCENARIO", help="A scenario file.", show_default=False)
]
SweepFile = Annotated[Path, typer.Argument(metavar="SWEEP", help="A sweep file.", show_default=False)]


def changes(settings: Sequence[str] | None) -> dict[str, object]:
    """Return what `--set PATH=VALUE` asks for, by path; the value is YAML."""
    return dict(map(_change, settings or ()))


def _change(setting: str) -> tuple[str, str]:
    path, equals, value = setting.partition("=")
    if not equals or not path.strip():
        raise WrongInputError(
            _("--set {setting}: write PATH=VALUE, such as --set demand.volume=1.1").format(setting=setting)
        )
    if not value.strip():
        text = _("--set {setting}: write a value after the =, such as {path}=1.1")
        raise WrongInputError(text.format(setting=setting, path=path.strip()))
    return path.strip(), value.strip()


def precision(text: str | None) -> float | None:
    """Return what `--precision` asks for, as a share: 0.005 for `0.5pp`."""
    return None if text is None else points(text, "--precision", "0.5pp")


_POINTS = re.compile(r"\s*(\d+\.?\d*|\.\d+)\s*(pp|points?|)\s*")
LARGEST_SHARE = 0.1
"""A bare number from which on nobody can tell whether points or a share are meant."""


def points(text: str, option: str, example: str) -> float:
    """Return percentage points as a share: 0.03 for `3pp`, for `3 points` and for a bare 0.03.

    WrongInputError where it is none, and where a bare number may be points or a share, such as 3.
    """
    read = _POINTS.fullmatch(text)
    number, unit = (float(read[1]), read[2]) if read else (0.0, "")
    share = number / 100 if unit else number
    if not 0 < share < (1 if unit else LARGEST_SHARE):
        message = _(
            "{option} {text}: write percentage points, such as {example}, or a share, such as {share:g}"
        )
        plain = float(example.removesuffix("pp")) / 100
        raise WrongInputError(message.format(option=option, text=text, example=example, share=plain))
    return share


def effort(workers: int | None, cluster: str | None, engine: str = "auto") -> Effort:
    """Return who does the work; WrongInputError if this version has no engine of that name."""
    from callcenter.engine import resolve_engine
    from callcenter.study import Effort

    try:
        return Effort(workers=workers, cluster=cluster, engine=resolve_engine(engine))
    except ValueError as error:
        raise WrongInputError(f"--engine: {error}") from None


def command_line() -> str:
    """Return the line that was typed, to note it down and to resume by it."""
    program = Path(sys.argv[0]).name
    spoken = {"simulate.py": ["python", sys.argv[0]], "__main__.py": ["python", "-m", "callcenter"]}
    words = [word for word in sys.argv[1:] if word != "--fresh"]  # resuming is not starting over
    return shlex.join([*spoken.get(program, ["callcenter"]), *words])
