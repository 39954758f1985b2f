"""The notebooks run from top to bottom, and are stored without what a run leaves behind."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.fit.bank import FILE

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

NEEDS = {"06_from_the_log_to_a_verdict": FILE}
"""Data that are not part of the package, by the notebook that reads them."""


def texts(notebook: Any) -> list[str]:
    """Return what each code cell prints and the texts of what it shows, pictures left out."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    return ["".join(filter(None, map(_text, cell.outputs))) for cell in cells]


def _text(output: Any) -> str | None:
    if output.output_type == "stream":
        return str(output.text)
    return None if "image/png" in output.data else output.data.get("text/plain")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_run(path: Path) -> None:
    """Every cell runs, in a fresh kernel in the folder of the notebook, and its outputs are those stored."""
    if path.stem in NEEDS and not NEEDS[path.stem].exists():
        pytest.skip(f"{NEEDS[path.stem]} is not there")
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    stored = texts(notebook)

    client = NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(path.parent)}})
    client.execute(env={**os.environ, "PYTHONPATH": str(ROOT)})

    assert any(stored)
    assert stored == texts(notebook)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_small(path: Path) -> None:
    """Outputs stay small enough to read in a diff."""
    assert path.stat().st_size < 150_000


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_stored_as_run(path: Path) -> None:
    """Every code cell has been run, in order and without an error; nothing of the run itself is kept."""
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]

    assert [*range(1, len(cells) + 1)] == [cell.execution_count for cell in cells]
    assert not any(output.output_type == "error" for cell in cells for output in cell.outputs)
    assert not any(cell.metadata for cell in notebook.cells)
