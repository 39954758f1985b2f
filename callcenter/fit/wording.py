"""How estimates are put into words, in comments of a scenario and on the terminal."""

from __future__ import annotations

from collections.abc import Callable

from callcenter.fit.estimates import Estimate
from callcenter.language import gettext as _


def figure(number: float) -> str:
    """Return a number with as many digits as it is worth: `1,478`, `90.3`, `0.114`."""
    size = abs(number)
    if size >= 1000:
        return f"{number:,.0f}"
    return f"{number:.3g}" if size < 100 else f"{number:.0f}"


def percent(number: float) -> str:
    """Return a share: `5.6%`."""
    return f"{100 * number:.3g}%"


def in_seconds(number: float) -> str:
    """Return a duration in seconds: `219 s`."""
    return f"{figure(number)} s"


def spoken(name: str, estimate: Estimate, form: Callable[[float], str] = figure) -> str:
    """Return `mean 219 s (212 s to 226 s), n = 24,189, method`."""
    return (
        _("{name} {value} ({low} to {high}), n = {n:,}, {method}")
        .format(
            name=name,
            value=form(estimate.value),
            low=form(estimate.low),
            high=form(estimate.high),
            n=estimate.n,
            method=_(estimate.method) if estimate.method else "",
        )
        .strip(", ")
    )
