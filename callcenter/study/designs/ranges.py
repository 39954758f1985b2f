"""What a path takes in a space-filling design: a range, or one of some values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.scenario.errors import both, shown, wrong
from callcenter.scenario.values import is_number, quantity, round_half_up, seconds

EXAMPLE = noted("write for example {from: 0.9, to: 1.2}")

KEYS = ("from", "to", "step", "whole")

COUNTED = frozenset(
    ("agents", "attempts", "concurrency", "days", "keep_idle", "lines", "priority", "seed", "when_in_line")
)
"""Keys of the language whose values are whole numbers."""

DIGITS = 3
"""A value is rounded to this many digits less than its range is wide: 0.9 to 1.2 gives 0.9841."""


class Range(NamedTuple):
    """From one end to the other, in the unit in which the planner wrote it."""

    low: float
    high: float
    step: float
    """0: any value between, rounded sensibly."""
    unit: str
    """Empty for a plain number; `%`, `s` and so on."""
    is_scale: bool

    def at(self, place: float) -> object:
        """Return the value at a place from 0 up to 1, as a scenario writes it."""
        value = self._written(self._figure(place))
        return {"scale": value} if self.is_scale else value

    @property
    def ends(self) -> tuple[object, object]:
        """The least and the largest value, as a scenario writes them."""
        return self.at(0.0), self.at(math.nextafter(1.0, 0.0))

    def _figure(self, place: float) -> float:
        if self.step:
            steps = math.floor((self.high - self.low) / self.step + 1e-9)
            return self.low + self.step * min(steps, math.floor(place * (steps + 1)))
        decimals = DIGITS - math.floor(math.log10(self.high - self.low))
        return min(self.high, max(self.low, round(self.low + place * (self.high - self.low), decimals)))

    def _written(self, figure: float) -> object:
        tidy = float(f"{figure:.12g}")
        plain = round_half_up(tidy) if tidy == round_half_up(tidy) else tidy
        return f"{plain} {self.unit}".replace(" %", "%") if self.unit else plain


Levels = Range | tuple[Any, ...]
"""What a path takes: a range, or the values listed."""


def is_range(written: object) -> bool:
    """Whether a value of `vary` is meant as a range, not as a list of values."""
    return isinstance(written, Mapping) and ("from" in written or "to" in written)


def range_of(written: Mapping[str, Any], path: str, *, is_scale: bool = False) -> Range:
    """Return the range that a planner wrote for a path; raises the error of its value."""
    strange = [key for key in written if key not in KEYS]
    if strange or "from" not in written or "to" not in written:
        what = _("a range has `from` and `to`, and may have `step` or `whole: true`")
        raise wrong(what, written, _(EXAMPLE))
    (low, unit), (high, other) = _end(written["from"]), _end(written["to"])
    if unit != other:
        low, high, unit = _common(written)
    if not low < high:
        ends = _("{low} to {high}").format(low=shown(written["from"]), high=shown(written["to"]))
        raise wrong(_("a range rises from its first end to its second"), ends, _(EXAMPLE))
    return Range(low, high, _step(written, path, unit, is_scale), unit, is_scale)


def _end(value: object) -> tuple[float, str]:
    if is_number(value):
        return float(value), ""  # type: ignore[arg-type]
    parts = quantity(value)
    if parts is None:
        raise wrong(_("the end of a range is no number, duration or share"), value, _(EXAMPLE))
    return float(parts[0]), parts[1]


def _common(written: Mapping[str, Any]) -> tuple[float, float, str]:
    """Return ends of different units in seconds, or in percent."""
    ends = [written["from"], written["to"]]
    units = {_end(end)[1] for end in ends}
    if units == {"", "%"}:
        low, high = (figure if unit else 100 * figure for figure, unit in map(_end, ends))
        return low, high, "%"
    if "%" in units:
        raise wrong(_("the ends of a range have different units"), both(ends), _(EXAMPLE))
    low, high = (seconds(end) for end in ends)
    return low, high, "s"


def _step(written: Mapping[str, Any], path: str, unit: str, is_scale: bool) -> float:
    whole = written.get("whole", not is_scale and not unit and is_counted(path))
    if not isinstance(whole, bool):
        raise wrong(_("`whole` says whether values are whole numbers"), whole, _("write true or false"))
    if "step" not in written:
        return float(whole)
    step, step_unit = _end(written["step"])
    if step_unit != unit:
        if unit == "%" or step_unit == "%" or not unit:
            raise wrong(
                _("`step` has another unit than the range"), written["step"], _("write both in one unit")
            )
        step = seconds(written["step"]) / seconds(f"1 {unit}")
    if not step > 0:
        raise wrong(
            _("`step` must be above 0"), written["step"], _("write for example {from: 10, to: 20, step: 2}")
        )
    return step


def is_counted(path: str) -> bool:
    """Whether the value of a dotted path is a whole number: agents, lines, days."""
    section, *rest = path.split(".")
    return section != "demand" and not COUNTED.isdisjoint((section, *rest))
