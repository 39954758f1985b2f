"""`callcenter records`: logs of many programs, read and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from callcenter.cli import options
from callcenter.cli.failures import WrongInputError
from callcenter.cli.output import STANDARD_OUTPUT, make_room, show, write_json
from callcenter.cli.progress import working
from callcenter.language import gettext as _

if TYPE_CHECKING:
    from callcenter.records import Records

FORMATS = ("parquet", "csv")


def records(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE...",
            help="Call logs and interval reports, or a directory of records; default: the files of the map.",
            show_default=False,
        ),
    ] = None,
    map_file: Annotated[
        Path | None,
        typer.Option("--map", metavar="MAP", help="What the columns mean; default: guessed, and shown."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write the records into this directory.")
    ] = None,
    file_format: Annotated[
        str, typer.Option("--format", metavar="parquet|csv", help="How the records are written.")
    ] = "parquet",
    write_map: Annotated[
        Path | None,
        typer.Option("--write-map", metavar="FILE", help="Write down as a map what was understood."),
    ] = None,
    keep_days: Annotated[
        list[str] | None,
        typer.Option("--keep-days", metavar="DATE", help="Use this day although it is odd; `all` for every."),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PATH=VALUE", help="Change a value of the map, such as time_zone=UTC."),
    ] = None,
    json_file: options.Json = None,
    quiet: options.Quiet = False,
    lang: options.Language = None,
) -> None:
    """Read call logs and interval reports into records; say what was understood and what was dropped."""
    from callcenter.records import records as read

    if file_format not in FORMATS:
        message = _("--format {given}: write {choices}")
        raise WrongInputError(message.format(given=file_format, choices=_(" or ").join(FORMATS)))
    make_room(json_file, write_map)
    with working(quiet, _("Rows read:")) as progress:
        result: Records = read(
            [str(file) for file in files or []],
            map_file,
            out=out,
            format="csv" if file_format == "csv" else "parquet",
            keep_days=keep_days or (),
            changes=options.changes(settings),
            progress=progress,
        )
    if write_map is not None:
        _write_map(result, write_map)
    if json_file is not None:
        write_json(_figures(result), json_file)
    if json_file != STANDARD_OUTPUT and not quiet:
        _print(result, out)
    for remark in result.remarks:
        _warn(remark)


def _warn(remark: str) -> None:
    from callcenter.scenario.errors import visible

    typer.echo(visible(_("warning: {remark}").format(remark=remark)), err=True)


def _write_map(result: Records, file: Path) -> None:
    from callcenter.records import load_map
    from callcenter.records.maps import map_text

    file.write_text(map_text(load_map(result.source["map"])), encoding="utf-8", newline="\n")


def _print(result: Records, out: Path | None) -> None:
    from callcenter.records.account import account, cleaning_table
    from callcenter.scenario.errors import visible

    for line in result.understood:
        typer.echo(visible(line))
    typer.echo()
    if len(result.cleaning):
        show(cleaning_table(result))
    for line in account(result):
        typer.echo(visible(line))
    if out is not None:
        typer.echo(_("Records: {folder}").format(folder=out))


def _figures(result: Records) -> dict[str, Any]:
    """Return what was read, dropped and left out, as JSON has it."""
    return {
        "counts": dict(result.counts),
        "first_day": None if result.first_day is None else str(result.first_day),
        "cleaning": result.cleaning.to_dict("records"),
        "left_out": {row["date"]: row["reason"] for row in result.days.to_dict("records") if not row["used"]},
        "understood": list(result.understood),
        "remarks": list(result.remarks),
    }
