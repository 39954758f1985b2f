"""Reading files up to a size, and saying what is wrong with a name."""

from __future__ import annotations

import os
from pathlib import Path

from callcenter.language import gettext as _
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
        raise fault(
            _("cannot read {path} ({strerror}); check its name and rights").format(
                path=path, strerror=error.strerror
            )
        ) from None
    if len(content) > largest:
        raise fault(
            _("{path} is larger than {largest} MB; write a smaller file").format(
                path=path, largest=largest // 2**20
            )
        )
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
        return _("{path} is no file name; check it").format(path=path)
    if path.is_dir():
        return _("{path} is a folder; name a file in it").format(path=path)
    if path.exists():
        return _("{path} is no ordinary file; name one that can be read twice").format(path=path)
    others = [name for name in _listed(path.parent) if name.endswith(path.suffix) and name != path.name]
    near = closest(path.name, others)
    remedy = _("did you mean `{near}`?").format(near=near) if near else _("check the name and the folder")
    return _("there is no file {path}; {remedy}").format(path=path, remedy=remedy)


def _listed(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir()]
    except OSError:
        return []
