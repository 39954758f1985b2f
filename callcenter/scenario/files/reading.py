"""Reading files up to a size, and saying what is wrong with a name."""

from __future__ import annotations

import os
from pathlib import Path

from callcenter.scenario.errors import closest, fault


def read_bytes(path: Path, largest: int) -> bytes:
    """Return the content of a file; raises the error of a value where it is missing, no file or too large."""
    missing = missing_file(path)
    if missing:
        raise fault(missing)
    try:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise fault(f"cannot read {path} ({error.strerror}); check its name and rights") from None
    if len(content) > largest:
        raise fault(f"{path} is larger than {largest // 2**20} MB; write a smaller file")
    return content


def normal(path: Path) -> Path:
    """Return a path without detours such as `a/../b`, for people to read."""
    return Path(os.path.normpath(path))


def missing_file(path: Path) -> str | None:
    """Return why there is no such file, with the nearest name in its folder; None if there is one."""
    try:
        if path.is_file():
            return None
    except (OSError, ValueError):
        return f"{path} is no file name; check it"
    if path.is_dir():
        return f"{path} is a folder; name a file in it"
    if path.exists():
        return f"{path} is no ordinary file; name one that can be read twice"
    others = [name for name in _listed(path.parent) if name.endswith(path.suffix) and name != path.name]
    near = closest(path.name, others)
    return f"there is no file {path}; " + (
        f"did you mean `{near}`?" if near else "check the name and the folder"
    )


def _listed(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir()]
    except OSError:
        return []
