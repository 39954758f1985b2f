"""What a planner starts from: a commented scenario, and its forecast and staffing as workbooks.

Comments and notes are in the language spoken; keys, sheets and columns are the same in all.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from callcenter.language import spoken
from callcenter.report.starter.books import forecast_book, staffing_book
from callcenter.scenario.schema import schema_text

SCENARIO, FORECAST, STAFFING = "scenario.yaml", "forecast.xlsx", "staffing.xlsx"
SCHEMA = "callcenter.schema.json"
FILES = (SCENARIO, FORECAST, STAFFING, SCHEMA)


def write_starter(folder: Path, minutes: int) -> list[Path]:
    """Write the files, with intervals of so many minutes, into a folder; return them in reading order."""
    contents = (_scenario(minutes), forecast_book(minutes), staffing_book(minutes), schema_text().encode())
    paths = [folder / name for name in FILES]
    for path, content in zip(paths, contents, strict=True):
        with path.open("xb") as file:
            file.write(content)
    return paths


def _scenario(minutes: int) -> bytes:
    name = SCENARIO if spoken() == "en" else f"scenario.{spoken()}.yaml"
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return text.replace("@INTERVAL@", f"{minutes} min").encode()
