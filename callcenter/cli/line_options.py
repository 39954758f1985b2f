"""What `quick` is given of a line in options: calls an hour, durations, a share."""

from __future__ import annotations

import re

from callcenter.cli.failures import WrongInputError
from callcenter.language import gettext as _

_RATE = re.compile(r"\s*([0-9.,]+)\s*(?:/\s*(\d*\s*[a-z]+))?\s*")


def per_hour(calls: str) -> float:
    """Return calls an hour of `300/h` or `150/30min`."""
    match = _RATE.fullmatch(calls)
    try:
        number = float(match[1].replace(",", "")) if match else -1.0
        unit = (match[2] or "h").strip() if match else ""
        hours = seconds_of("--calls", unit if unit[0].isdigit() else f"1 {unit}") / 3600
    except (ValueError, IndexError):
        raise _wrong_rate(calls) from None
    if not number > 0 or not hours > 0:
        raise _wrong_rate(calls)
    return number / hours


def _wrong_rate(calls: str) -> WrongInputError:
    text = _("--calls {calls}: write calls by the hour, such as 300/h, or 150/30min")
    return WrongInputError(text.format(calls=calls))


def seconds_of(option: str, text: str) -> float:
    """Return the seconds of a duration, 0 or more."""
    from callcenter.scenario.values import seconds

    try:
        figure = seconds(text)
    except ValueError as error:
        raise WrongInputError(f"{option}: {error}") from None
    if figure < 0:
        message = _("{option} {text}: a duration cannot be negative; write 0 or more")
        raise WrongInputError(message.format(option=option, text=text))
    return figure


def positive(option: str, text: str) -> float:
    """Return the seconds of a duration above 0."""
    figure = seconds_of(option, text)
    if not figure > 0:
        message = _("{option} {text}: must be above 0; write for example 3min")
        raise WrongInputError(message.format(option=option, text=text))
    return figure


def share_of(text: str) -> float:
    """Return the share of `85%`, `0.85` or 85."""
    from callcenter.scenario.values import share

    try:
        figure = share(float(text) if text.replace(".", "", 1).isdigit() else text)
    except ValueError as error:
        raise WrongInputError(f"--share: {error}") from None
    return figure
