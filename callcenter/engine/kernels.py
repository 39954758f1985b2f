"""Where the compiled engine keeps its compiled code; reads no compiler."""

from __future__ import annotations

import os
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

SOURCES = Path(__file__).parent / "compiled"


@cache
def kernel_folder() -> Path:
    """Return the folder of the compiled code of this very source.

    Numba notices a change only in the file of the function it looks up, not in the functions compiled into
    it; so every version of these files has a folder of its own, in the package if it can be written to.
    """
    sources = b"".join(path.read_bytes() for path in sorted(SOURCES.glob("*.py")))
    name = f"kernels-{blake2b(sources + version('numba').encode(), digest_size=8).hexdigest()}"
    if os.access(SOURCES, os.W_OK):
        return SOURCES / "__pycache__" / name
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "callcenter" / name


def is_compiled() -> bool:
    """Say whether compiled code lies ready on disk."""
    return any(kernel_folder().rglob("run.run-*.nbi"))
