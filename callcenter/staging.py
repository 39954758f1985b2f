"""Files that appear together: whoever is interrupted leaves the old ones whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def staged(directory: Path) -> Iterator[Path]:
    """Give a folder to write into; what is in it at the end moves to the directory, if all went well."""
    directory.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".writing-", dir=directory))
    try:
        yield folder
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            target = directory / path.relative_to(folder)
            target.parent.mkdir(exist_ok=True)
            path.replace(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
