"""The call log and the callback log as files (contract 5.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callcenter.cli.failures import WrongInputError
from callcenter.language import gettext as _

if TYPE_CHECKING:
    import pandas as pd

    from callcenter.calllog import CallLog
    from callcenter.scenario import Scenario
    from callcenter.study import Result
    from callcenter.study.workers.work import Progress

    Pieces = Callable[[Scenario, int, CallLog], Iterator[pd.DataFrame]]
    """The rows of a replication, some at a time."""

CSV, PARQUET = ".csv", ".parquet"


def check_format(path: Path) -> None:
    """Refuse a file that the call log cannot be written to."""
    if path.suffix not in (CSV, PARQUET):
        text = _("--calls {path}: give a file that ends in {csv} or {parquet}")
        raise WrongInputError(text.format(path=path, csv=CSV, parquet=PARQUET))
    if path.suffix == PARQUET and find_spec("pyarrow") is None:
        text = _("--calls {path}: Parquet needs the package pyarrow; install it, or write {csv}")
        raise WrongInputError(text.format(path=path, csv=CSV))


def write_calls(result: Result, path: Path, report: Progress | None = None) -> None:
    """Write the call log, and beside it the callback log if callbacks may be owed: `calls.callbacks.csv`.

    Each replication is simulated once more for its log, and written before the next: memory does not grow
    with them.
    """
    from callcenter.measure.tables import call_pieces, callback_pieces

    files: list[tuple[Path, Pieces]] = [(path, call_pieces)]
    if any(tier.callback for tier in result.scenario.tiers.values()):
        files.append((path.with_suffix(f".callbacks{path.suffix}"), callback_pieces))
    with ExitStack() as closed_at_end:
        opened = [(closed_at_end.enter_context(closing(table_file(file))), pieces) for file, pieces in files]
        for done, number in enumerate(result.numbers, start=1):
            _write_replication(result, number, opened)
            if report is not None:
                report(done, result.replications)


def _write_replication(
    result: Result, number: int, files: Sequence[tuple[CsvFile | ParquetFile, Pieces]]
) -> None:
    from callcenter.demand import draw
    from callcenter.engine import simulate

    log = simulate(result.scenario, draw(result.scenario, result.seed, number), result.engine)
    for file, pieces in files:
        for table in pieces(result.scenario, number, log):
            file.write(table)


def write_frame(table: pd.DataFrame, path: Path) -> None:
    """Write one table in the format of a call log."""
    with closing(table_file(path)) as file:
        file.write(table)


def table_file(path: Path) -> CsvFile | ParquetFile:
    """Return the file that tables are to be written to."""
    return ParquetFile(path) if path.suffix == PARQUET else CsvFile(path)


class CsvFile:
    """Tables of the same columns below each other."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")

    def write(self, table: pd.DataFrame) -> None:
        """Add a table."""
        table.to_csv(self._file, index=False, header=self._file.tell() == 0, lineterminator="\n")

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class ParquetFile:
    """Tables of the same columns, each a row group."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: Any = None

    def write(self, table: pd.DataFrame) -> None:
        """Add a table."""
        from pyarrow import Table
        from pyarrow.parquet import ParquetWriter

        group = Table.from_pandas(table, preserve_index=False)
        self._writer = self._writer or ParquetWriter(self._path, group.schema)
        self._writer.write_table(group)

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()
