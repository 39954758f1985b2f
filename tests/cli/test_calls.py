"""The call log as a file: written replication by replication, in pieces."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import ref

import pytest

from callcenter.cli.calls import write_calls
from callcenter.engine import simulate
from callcenter.measure.tables import logs
from callcenter.scenario import load
from callcenter.study import run

REPLICATIONS = 3
ROWS = 100
"""Of a piece; a replication has some hundred calls."""


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "ROWS", ROWS)


def test_what_is_written_is_the_log_of_the_run(scenario_file: Path) -> None:
    """Calls and callbacks, as if the run had kept them."""
    kept, path = run(load(scenario_file), REPLICATIONS, keep="calls"), scenario_file.with_name("log.csv")
    write_calls(run(load(scenario_file), REPLICATIONS), path)

    assert path.read_text() == kept.calls.to_csv(index=False)
    assert path.with_name("log.callbacks.csv").read_text() == kept.callbacks.to_csv(index=False)


def test_parquet_has_a_row_group_for_each_piece(scenario_file: Path) -> None:
    """It reads as the same table."""
    parquet = pytest.importorskip("pyarrow.parquet")
    import pandas as pd

    kept, path = run(load(scenario_file), REPLICATIONS, keep="calls"), scenario_file.with_name("log.parquet")
    write_calls(run(load(scenario_file), REPLICATIONS), path)

    file = parquet.ParquetFile(path)
    pieces = sum(-(-len(of_one) // ROWS) for _, of_one in kept.calls.groupby("replication"))
    assert file.num_row_groups == pieces > REPLICATIONS
    assert max(file.metadata.row_group(group).num_rows for group in range(pieces)) <= ROWS
    pd.testing.assert_frame_equal(pd.read_parquet(path), kept.calls)
    pd.testing.assert_frame_equal(pd.read_parquet(path.with_name("log.callbacks.parquet")), kept.callbacks)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_one_replication_lies_in_memory_at_a_time(
    scenario_file: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the next one is simulated, nothing of the log before is left."""
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    seen: list[Any] = []

    def watched(*what: Any) -> Any:
        assert [None] * len(seen) == [column() for column in seen]
        log = simulate(*what)
        seen.append(ref(log.arrived))
        return log

    monkeypatch.setattr("callcenter.engine.simulate", watched)
    write_calls(run(load(scenario_file), REPLICATIONS), scenario_file.with_name(f"log{suffix}"))

    assert len(seen) == REPLICATIONS
