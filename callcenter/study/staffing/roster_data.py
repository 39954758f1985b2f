"""How a roster fits its need, as plain data: part of what `staff --json` writes."""

from __future__ import annotations

from typing import Any

from callcenter.clock import clock_text
from callcenter.scenario import Scenario
from callcenter.study.staffing.coverage import Coverage, coverage
from callcenter.study.staffing.rosters import Roster
from callcenter.study.staffing.shifts import written
from callcenter.study.staffing.weeks import Weeks


def fit_data(need: Scenario, roster: Roster) -> dict[str, Any]:
    """Return hours over and under the need by pool and interval, the missing shift, and people for a week."""
    missing = roster.missing
    return {
        "hours_covering_every_interval": roster.covered_hours,
        "coverage": {name: _coverage(each) for name, each in coverage(need, roster.scenario).items()},
        "missing_shift": None
        if missing is None
        else {
            "shift": _template(written(missing.shift, 0), missing.shift.breaks),
            "hours_saved": missing.hours,
            "cost_saved": missing.cost,
        },
        "week": {name: _weeks(each) for name, each in roster.weeks.items()},
    }


def _coverage(pool: Coverage) -> dict[str, Any]:
    return {
        "needed": pool.needed.tolist(),
        "rostered": pool.rostered.tolist(),
        "needed_h": pool.needed_h,
        "rostered_h": pool.rostered_h,
        "over_h": pool.over_h,
        "under_h": pool.under_h,
        "efficiency": pool.efficiency if pool.rostered_h else None,
    }


def _template(plain: dict[str, Any], breaks: Any) -> dict[str, Any]:
    """Return a shift as a catalogue has it, breaks in their windows."""
    del plain["agents"]
    for written_break, pause in zip(plain.get("breaks", []), breaks, strict=False):
        if pause.between is not None:
            del written_break["at"]
            written_break["between"] = "-".join(clock_text(each) for each in pause.between)
    return plain


def _weeks(weeks: Weeks) -> dict[str, Any]:
    return {
        "people": weeks.people,
        "at_least": weeks.at_least,
        "shifts": [f"{clock_text(each.start)}-{clock_text(each.end)}" for each in weeks.shifts],
        "lines": [{"people": number, "days": list(days)} for days, number in weeks.lines],
    }
