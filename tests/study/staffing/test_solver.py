"""The solver says nothing, whatever it writes."""

from __future__ import annotations

import ctypes
import os
import sys

import numpy as np
import pytest

from callcenter.study.staffing.solver import linprog, milp, silence


@pytest.mark.skipif(os.name != "posix", reason="the buffers of C are those of the platform")
def test_what_c_writes_is_dropped_and_nothing_else(capfd: pytest.CaptureFixture[str]) -> None:
    """In the order in which it was written, too."""
    libc = ctypes.CDLL(None)
    sys.stdout.write("before\n")
    libc.printf(b"buffered, ")
    with silence():
        libc.printf(b"dropped\n")
        os.write(1, b"dropped\n")
    libc.printf(b"kept\n")
    libc.fflush(None)
    sys.stdout.write("after\n")

    assert "before\nbuffered, kept\nafter\n" == capfd.readouterr().out


def test_programmes_are_solved() -> None:
    """What weighs 2 and earns 2 fits two and a half times into 5, twice as a whole."""
    weights, room = np.array([[2.0]]), [5.0]

    assert -5.0 == linprog([-2.0], weights, room).fun
    assert -4.0 == milp([-2.0], constraints=(weights, -np.inf, room), integrality=[1]).fun
