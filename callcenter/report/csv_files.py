"""The figures as CSV files that open in a spreadsheet as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from callcenter.measure.tables import (
    callback_interval_table,
    line_interval_table,
    pool_interval_table,
)
from callcenter.report.tables.effects import effects_table
from callcenter.report.tables.features import (
    follows_customers,
    has_further_targets,
    has_lines,
    is_priced,
)
from callcenter.report.tables.layout import Cell, Column, Table
from callcenter.report.tables.margins import margins_table
from callcenter.report.tables.measure import Measure
from callcenter.report.tables.staffing import prices_table
from callcenter.scenario import Scenario
from callcenter.study import Comparison, Result, SweepResult
from callcenter.study.designs.labels import label
from callcenter.study.staffing import Staffing

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the start of a formula, perhaps behind spaces; in East Asia wide signs too."""

TABLES: Mapping[str, Callable[[Result], pd.DataFrame]] = {
    "intervals.csv": lambda result: result.intervals,
    "pool_intervals.csv": lambda result: pool_interval_table(result.scenario, result.tallies),
    "callback_intervals.csv": lambda result: callback_interval_table(result.scenario, result.tallies),
    "line_intervals.csv": lambda result: line_interval_table(result.scenario, result.tallies),
    "customers.csv": lambda result: result.customers,
    "economics.csv": lambda result: result.economics,
    "targets.csv": lambda result: result.targets,
}

ONLY_WHERE: Mapping[str, Callable[[Scenario], bool]] = {
    "line_intervals.csv": has_lines,
    "customers.csv": follows_customers,
    "economics.csv": is_priced,
    "targets.csv": has_further_targets,
}
"""Files that are written only if some point of the study has such figures."""


def write_csv_files(study: SweepResult, directory: Path, margins: pd.DataFrame | None = None) -> None:
    """Write `kpis.csv` (one row per point and tier) and a file for each other kind of figures."""
    kpis = study.points if study.varied else study.results[0].kpis
    write_frame(kpis, directory / "kpis.csv")
    scenarios = [point.scenario for point in study.design.points]
    names = [name for name in TABLES if name not in ONLY_WHERE or any(map(ONLY_WHERE[name], scenarios))]
    for number, result in enumerate(study.results):
        for name in names:
            table = _named(study, number, TABLES[name](result))
            write_frame(table, directory / name, mode="a" if number else "w")
    effects = effects_table(study)
    if effects is not None:
        write_table(effects, directory / "effects.csv")
    if margins is not None:
        write_table(margins_table(margins), directory / "one_more_agent.csv")


def write_table(table: Table, path: Path) -> None:
    """Write a table of the report as it is, but for machines."""
    write_frame(table_frame(table), path)


def table_frame(table: Table) -> pd.DataFrame:
    """Return every column of a table by its key, the ends of intervals as ``_low`` and ``_high``."""
    cells = zip(*(row.cells for row in table.rows), strict=True)
    columns: dict[str, list[object]] = {}
    for column, values in zip(table.columns, cells, strict=True):
        columns |= _columns(column, values)
    return pd.DataFrame(columns)


def _columns(column: Column, cells: Sequence[Cell]) -> dict[str, list[object]]:
    if column.unit.parts:
        return {key: [_part(cell.value, key) for cell in cells] for key in column.unit.parts}
    columns = {column.key: [_plain(cell.number) for cell in cells]}
    if any(isinstance(cell.value, Mapping) for cell in cells):
        for end in ("low", "high"):
            columns[f"{column.key}_{end}"] = [_part(cell.value, end) for cell in cells]
    return columns


def _part(value: object, key: str) -> object:
    return value[key] if isinstance(value, Mapping) else None


def _plain(value: object) -> object:
    return value.key if isinstance(value, Measure) else value


def _named(study: SweepResult, number: int, table: pd.DataFrame) -> pd.DataFrame:
    """Put the number of the point and what it sets before the figures."""
    if not study.varied:
        return table
    settings = {path: label(study.settings[number][path]) for path in study.varied}
    names = pd.DataFrame({"point": number, **settings}, index=table.index)
    return pd.concat([names, table], axis=1)


def write_frame(table: pd.DataFrame, path: Path, mode: str = "w") -> None:
    """Write a table so that spreadsheets open it as it is, and take no text for a formula."""
    safe = table.rename(columns=as_text)
    for name in safe.select_dtypes(exclude="number"):
        safe[name] = safe[name].map(as_text)
    with path.open(mode, encoding="utf-8-sig" if mode == "w" else "utf-8", newline="") as file:
        safe.to_csv(file, index=False, header=mode == "w", float_format="%.10g", lineterminator="\n")


def as_text(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{value}" if isinstance(value, str) and _is_formula(value) else value


def _is_formula(text: str) -> bool:
    return text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS)


def write_prices_csv(staffing: Staffing, directory: Path) -> None:
    """Write `prices.csv`, one row for each target that was moved, if any was."""
    if staffing.prices:
        write_table(prices_table(staffing.prices), directory / "prices.csv")


def write_comparison_csv(comparison: Comparison, directory: Path) -> None:
    """Write `comparison.csv`, one row for each pair, part and figure."""
    write_frame(comparison.table, directory / "comparison.csv")
