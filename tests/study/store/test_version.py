"""Results of another model are not mixed with new ones."""

from __future__ import annotations

from callcenter.kernels import PACKAGE, SOURCES
from callcenter.study.store.version import PARTS

COMPILERS = {PACKAGE / "kernels.py", PACKAGE / "parts.py"}
"""They decide how fast a tally is made, not which."""


def test_all_that_is_compiled_is_of_the_model() -> None:
    """A change of the batch path, of the heap or of counting makes other results."""
    model = [PACKAGE / part for part in PARTS]
    compiled = {path for source in SOURCES for path in PACKAGE.glob(source)} - COMPILERS

    assert all(path.exists() for path in model)
    assert [] == [path for path in compiled if not any(path.is_relative_to(part) for part in model)]
