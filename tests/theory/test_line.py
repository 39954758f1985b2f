"""What awaits a caller in the line, against SciPy's special functions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from callcenter.theory.line import Prospect
from tests.test_package import modules_after

SECONDS = st.floats(0.1, 1e5)


@st.composite
def prospects(draw: st.DrawFn) -> Prospect:
    """Lines short and long, with callers who hang up soon, late, or never."""
    ahead = draw(st.integers(0, 5_000)) + np.arange(draw(st.integers(1, 2_000)), dtype=np.float64)
    return Prospect(ahead, draw(st.floats(1e-4, 100.0)), draw(st.just(math.inf) | SECONDS))


@settings(deadline=None)
@given(prospects(), SECONDS)
def test_waits_are_those_of_the_beta_law(prospect: Prospect, limit: float) -> None:
    """Sums of chances agree with the incomplete Beta and Gamma functions, and reciprocals with digamma."""
    ahead, drain, patience = prospect
    if math.isinf(patience):
        in_time = special.gammainc(ahead + 1, drain * limit)
        waiting = special.gammaincc(ahead + 1, drain * limit)
    else:
        gone, servers = -math.expm1(-limit / patience), drain * patience
        in_time = prospect.answered() * special.betainc(ahead + 1, servers + 1, gone)
        waiting = (1 - gone) * special.betaincc(ahead + 1, servers, gone)
        waits = special.digamma(servers + ahead + 2) - special.digamma(servers + 1)
        assert pytest.approx(waits * patience, rel=1e-7) == prospect.wait_if_answered()

    assert pytest.approx(in_time, abs=1e-11) == prospect.answered_within(limit)
    assert pytest.approx(waiting, abs=1e-11) == prospect.waiting_after(limit)


def test_an_ordinary_line_needs_no_special_functions() -> None:
    """SciPy takes longer to load than the rest of `callcenter quick`."""
    code = "from callcenter.theory import erlang_a; erlang_a(3000, 180, 160, 400); erlang_a(90, 180, 9, 60)"

    assert "scipy.special" not in modules_after(code)
