"""What a forecast leaves behind: the dated series that `run` takes, and a scenario that takes it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from callcenter.forecast.unrest import Factors
from callcenter.language import gettext as _
from callcenter.staging import staged

if TYPE_CHECKING:
    from callcenter.forecast.result import Forecast

SERIES, SCENARIO = "forecast.csv", "scenario.yaml"


def write(forecast: Forecast, folder: Path) -> Path:
    """Write the series and the scenario into a directory, both or none; return where the series is."""
    with staged(folder) as place:
        forecast.frame().to_csv(place / SERIES, index=False, lineterminator="\n")
        if forecast.scenario is not None:
            text = "\n".join(_lines(forecast, folder)) + "\n"
            (place / SCENARIO).write_text(text, encoding="utf-8", newline="\n")
    return folder / SERIES


def _lines(forecast: Forecast, folder: Path) -> Iterator[str]:
    """Yield the lines of a scenario that takes the series for its days and the rest from its base."""
    base, factors = forecast.scenario, forecast.factors
    assert base is not None
    yield _comment(
        _("Forecast of {first} to {last}, from {days} days up to {end}.").format(
            first=forecast.days[0],
            last=forecast.days[-1],
            days=len(forecast.counts.days),
            end=forecast.counts.days[-1],
        )
    )
    yield f"extends: {_quoted(os.path.relpath(Path(base.source).resolve(), folder.resolve()))}"
    yield f"day: {{date: {forecast.days[0]}}}"
    yield f"days: {len(forecast.days)}"
    yield "demand:"
    yield from _calls(forecast)
    if base.demand.volume != 1:
        yield "  volume: 1"
    if base.demand.days:
        yield f"  days: [{', '.join(['1'] * len(forecast.days))}]"
    yield _comment(_("errors of the forecast on past days, chance left out"), "  ")
    yield from factor_lines(factors)


def factor_lines(factors: Factors) -> Iterator[str]:
    """Yield the lines of `demand` that say how days and intervals differ."""
    yield f"  day_factor_cv: {min(factors.day_cv, 1.0):.1%}"
    if factors.is_even:
        yield "  interval_factor: none"  # what it extends may have one
        return
    yield "  interval_factor:"
    own = [f"{min(cv, 1.0):.1%}" for cv in factors.interval_cv.tolist()]
    text = own[0] if len(set(own)) == 1 else f"[{', '.join(own)}]"
    yield from wrap(f"    cv: {text}", 100, subsequent_indent=" " * 9)
    yield f"    correlation: {factors.correlation:.3g}"


def _calls(forecast: Forecast) -> Iterator[str]:
    """Yield the calls: tier by tier where history and scenario have the same tiers, else all together."""
    base, own = forecast.scenario, tiers_of(forecast)
    assert base is not None
    if own:
        yield "  tiers:"
        for tier, column in own.items():
            yield f"    {_quoted(tier)}: {{calls: {series_of(_quoted(column))}}}"
        return
    yield f"  calls: {series_of('calls')}"
    expected = {name: sum(base.demand.expected_on(name)[0]) for name in base.tiers}
    whole = sum(expected.values())
    if len(base.tiers) > 1 and whole and base.demand.mix is None:
        shares = [round(each / whole, 4) for each in expected.values()]
        shares[0] += 1 - sum(shares)
        mix = ", ".join(f"{_quoted(name)}: {share:.2%}" for name, share in zip(expected, shares, strict=True))
        yield f"  mix: {{{mix}}}"


def series_of(column: str) -> str:
    """Return how a scenario names a column; the sign is said, as 6.859 calls might be thousands."""
    return f"{{file: {SERIES}, column: {column}, decimal: '.'}}"


def tiers_of(forecast: Forecast) -> dict[str, str]:
    """Return the column of each tier; empty unless the scenario has all tiers of the history."""
    if forecast.scenario is None or len(forecast.scenario.tiers) == 1:
        return {}
    known = {name.lower(): name for name in forecast.scenario.tiers}
    if not all(name.lower() in known for name in forecast.tiers):
        return {}
    return {known[name.lower()]: forecast.column_of(name) for name in forecast.tiers}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _comment(text: str, indent: str = "") -> str:
    return f"{indent}# {' '.join(text.split())}"
