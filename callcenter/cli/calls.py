"""The call log and the callback log as files (contract 5.3)."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from callcenter.cli.failures import WrongInputError
from callcenter.language import gettext as _

if TYPE_CHECKING:
    import pandas as pd

    from callcenter.study import Result

CSV, PARQUET = ".csv", ".parquet"


def check_format(path: Path) -> None:
    """Refuse a file that the call log cannot be written to."""
    if path.suffix not in (CSV, PARQUET):
        text = _("--calls {path}: give a file that ends in {csv} or {parquet}")
        raise WrongInputError(text.format(path=path, csv=CSV, parquet=PARQUET))
    if path.suffix == PARQUET and find_spec("pyarrow") is None:
        text = _("--calls {path}: Parquet needs the package pyarrow; install it, or write {csv}")
        raise WrongInputError(text.format(path=path, csv=CSV))


def write_calls(result: Result, path: Path) -> None:
    """Write the call log, and beside it the callback log if callbacks may be owed: `calls.callbacks.csv`."""
    from callcenter.measure.tables import call_table, callback_table

    logs = result.numbered_logs()
    _write(path, (call_table(result.scenario, [log]) for log in logs))
    if any(tier.callback for tier in result.scenario.tiers.values()):
        beside = path.with_suffix(f".callbacks{path.suffix}")
        _write(beside, (callback_table(result.scenario, [log]) for log in logs))


def write_frame(table: pd.DataFrame, path: Path) -> None:
    """Write one table in the format of a call log."""
    _write(path, iter([table]))


def _write(path: Path, tables: Iterator[pd.DataFrame]) -> None:
    """Write tables below each other; CSV one by one, so that memory does not hold them all."""
    if path.suffix == PARQUET:
        import pandas as pd

        pd.concat(tables, ignore_index=True).to_parquet(path, index=False)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        for number, table in enumerate(tables):
            table.to_csv(file, index=False, header=number == 0, lineterminator="\n")
