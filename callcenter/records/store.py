"""Records in a directory: tables beside `records.json`, which knows their digest (contract 7.5)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from callcenter.language import gettext as _
from callcenter.records.columns import AGENT_EVENTS, CALLS, INTERVALS, Column, typed
from callcenter.records.records import Format, Load, Records
from callcenter.scenario.errors import Problem, ScenarioError, visible
from callcenter.staging import staged
from callcenter.version import __version__

NAME = "records.json"
FORMAT = 1
_BLOCK = 2**20
_LARGEST_DESCRIPTION = 64 * 2**20
_ESCAPE = "'"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", _ESCAPE)
"""How texts begin that a spreadsheet would not show as they are; the escape is taken off again."""

_TABLES: Mapping[str, tuple[Column, ...]] = {
    "calls": CALLS,
    "intervals": INTERVALS,
    "agent_events": AGENT_EVENTS,
}


def save(records: Records, folder: Path, format: Format) -> Path:  # noqa: A002 - as in pandas
    """Write records into a directory; days that are left out are written too, and can be kept later."""
    loads = {
        "calls": records.load_calls,
        "intervals": records.load_intervals,
        "agent_events": records.load_agent_events,
    }
    frames = {name: load() for name, load in loads.items()}
    with replaced(folder) as place:
        files = write_tables(place, format, {name: [frame] for name, frame in frames.items() if len(frame)})
        describe(records, place, files)
    return folder


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Give a place to write records into; at the end they are in the directory in place of those before."""
    with staged(folder) as place:
        yield place
        for stale in [
            folder / NAME,
            *(folder / f"{name}.{ending}" for name in _TABLES for ending in ("parquet", "csv")),
        ]:
            stale.unlink(missing_ok=True)


def write_tables(folder: Path, format: Format, tables: Mapping[str, Iterable[pd.DataFrame]]) -> list[str]:  # noqa: A002
    """Write tables, each given in pieces; return the names of the files."""
    for name, pieces in tables.items():
        (_write_parquet if format == "parquet" else _write_csv)(folder / f"{name}.{format}", pieces)
    return [f"{name}.{format}" for name in tables if (folder / f"{name}.{format}").exists()]


def _write_parquet(file: Path, pieces: Iterable[pd.DataFrame]) -> None:
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    writer = None
    try:
        for piece in pieces:
            table = pyarrow.Table.from_pandas(piece, preserve_index=False)
            writer = writer or ParquetWriter(file, table.schema)
            writer.write_table(table.cast(writer.schema))
    finally:
        if writer is not None:
            writer.close()


def _write_csv(file: Path, pieces: Iterable[pd.DataFrame]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        for number, piece in enumerate(pieces):
            harmless(piece).to_csv(stream, index=False, header=number == 0, lineterminator="\n")


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose texts no spreadsheet takes for formulas."""
    texts = [name for name in frame.columns if pd.api.types.is_string_dtype(frame[name].dtype)]
    return frame.assign(**{name: _escaped(frame[name]) for name in texts})


def _escaped(texts: pd.Series[str]) -> pd.Series[str]:
    return texts.where(~texts.str.startswith(_FORMULA).fillna(value=False).astype(bool), _ESCAPE + texts)


def _unescaped(texts: pd.Series[str]) -> pd.Series[str]:
    return texts.where(~texts.str.startswith(_ESCAPE).fillna(value=False).astype(bool), texts.str[1:])


def describe(records: Records, folder: Path, files: Iterable[str]) -> None:
    """Write `records.json`, last of all: without it a directory holds no records."""
    description = {
        "format": FORMAT,
        "version": __version__,
        "first_day": None if records.first_day is None else str(records.first_day),
        "time_zone": records.time_zone,
        "source": records.source,
        "counts": records.counts,
        "remarks": list(records.remarks),
        "understood": list(records.understood),
        "cleaning": records.cleaning.to_dict("records"),
        "days": records.days.to_dict("records"),
        "digest": {name: digest(folder / name) for name in files},
    }
    text = json.dumps(description, indent=1, ensure_ascii=False, default=int) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    summed = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            summed.update(block)
    return summed.hexdigest()


def is_records(folder: Path) -> bool:
    """Whether a path is a directory of records."""
    return (folder / NAME).is_file()


def open_records(folder: Path) -> Records:
    """Return the records of a directory; raises ScenarioError where it is damaged or was changed."""
    known = _description(folder)
    for name, expected in known["digest"].items():
        if Path(name).name != name or not (folder / name).is_file() or digest(folder / name) != expected:
            raise _refused(folder / name, _("is not what was written here; run `callcenter records` again"))
    loads = dict(_reads(folder, known["digest"]))
    return Records(
        days=_day_frame(known["days"]),
        cleaning=pd.DataFrame(known["cleaning"], columns=["rule", "effect", "rows", "share", "examples"]),
        first_day=None if known["first_day"] is None else date.fromisoformat(known["first_day"]),
        time_zone=known["time_zone"],
        remarks=tuple(known["remarks"]),
        understood=tuple(known["understood"]),
        counts=known["counts"],
        source=known["source"],
        **{f"load_{name}": load for name, load in loads.items()},
    )


def _day_frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    names = ["day", "date", "weekday", "calls", "first", "last", "used", "reason", "detail"]
    types = {
        "day": "int32",
        "date": "str",
        "weekday": "int32",
        "calls": "int64",
        "first": "str",
        "last": "str",
    }
    return pd.DataFrame(rows, columns=names).astype(
        {**types, "used": "bool", "reason": "str", "detail": "str"}
    )


def _description(folder: Path) -> dict[str, Any]:
    file = folder / NAME
    if not file.is_file():
        raise _refused(folder, _("holds no records; make them with `callcenter records FILES --out DIR`"))
    try:
        if file.stat().st_size > _LARGEST_DESCRIPTION:
            raise ValueError(NAME)
        known = json.loads(file.read_text(encoding="utf-8"))
        missing = {
            "first_day",
            "time_zone",
            "source",
            "counts",
            "remarks",
            "understood",
            "cleaning",
            "days",
            "digest",
        } - set(known)
    except (ValueError, TypeError, RecursionError):
        raise _refused(file, _("is damaged; run `callcenter records` again")) from None
    if known.get("format") != FORMAT or missing:
        raise _refused(file, _("is of another version; run `callcenter records` again"))
    return dict(known)


def _refused(file: Path, message: str) -> ScenarioError:
    return ScenarioError([Problem(visible(str(file)), None, None, "", message)])


def _reads(folder: Path, files: Iterable[str]) -> Iterator[tuple[str, Load]]:
    for file in files:
        name, _dot, ending = file.partition(".")
        if name in _TABLES and ending in ("parquet", "csv"):
            yield name, partial(_read, folder / file, _TABLES[name])


def _read(file: Path, columns: tuple[Column, ...]) -> pd.DataFrame:
    if file.suffix == ".parquet":
        frame = pd.read_parquet(file)
    else:
        frame = pd.read_csv(file, dtype=str, keep_default_na=False, na_values=[""])
        texts = {column.name for column in columns if column.dtype == "str"}
        frame = frame.assign(**{name: _unescaped(frame[name].astype("str")) for name in texts & set(frame)})
        frame = frame.astype({name: "float64" for name in frame.columns if name not in texts})
    extra = {name: frame[name] for name in frame.columns if name not in {column.name for column in columns}}
    return typed(columns, {str(name): frame[name] for name in frame.columns}, len(frame)).assign(**extra)
