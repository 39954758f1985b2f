"""Reports appear whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from callcenter.report import document, write_report
from callcenter.staging import staged
from tests.report import studies


def test_files_and_folders_move_over_old_ones(tmp_path: Path) -> None:
    """What was there under other names stays."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "old.png").write_text("old")
    (tmp_path / "page").write_text("old")
    with staged(tmp_path) as folder:
        (folder / "figures").mkdir()
        (folder / "figures" / "new.png").write_text("new")
        (folder / "page").write_text("new")

    files = {path.relative_to(tmp_path).as_posix(): path for path in tmp_path.rglob("*") if path.is_file()}
    assert {"figures/old.png": "old", "figures/new.png": "new", "page": "new"} == {
        name: path.read_text() for name, path in files.items()
    }


@pytest.mark.slow
def test_an_interrupted_report_leaves_the_old_one(
    desk_page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page, workbook and tables are those of before, and nothing half written lies about."""

    def interrupted(*_: object) -> str:
        raise KeyboardInterrupt

    shutil.copytree(desk_page.parent, tmp_path, dirs_exist_ok=True)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.setattr(document, "render", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_report(studies.result(replications=2), tmp_path)

    assert before == {path.name: path.read_bytes() for path in tmp_path.iterdir()}
