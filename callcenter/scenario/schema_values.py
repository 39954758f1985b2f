"""JSON Schema of the values that models share: what editors accept for a duration, a share, a series."""

from __future__ import annotations

from typing import Any

_NUMBER = r"[+]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"
_CLOCK = r"(([01]?\d|2[0-3]):[0-5]\d|24:00)"
_UNIT = "(s|sec|seconds?|min|minutes?|h|hours?|d|days?)"


def _text(pattern: str, *examples: str) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{pattern}$", "examples": list(examples)}


def _series(item: dict[str, Any], each: str) -> dict[str, Any]:
    listed = {"type": "array", "items": item, "minItems": 1}
    choices = [item, listed, {"$ref": "#/$defs/series_file"}]
    return {
        "description": f"One number for all, one for each {each}, or a column of a file",
        "anyOf": choices,
    }


def _by_day(series: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Return a series that may differ from day to day."""
    values = {"type": "object", "additionalProperties": {"anyOf": series["anyOf"][:2]}, "minProperties": 1}
    examples = {
        "by_date": [{"2026-11-23": 120, "2026-11-24": 110}],
        "by_weekday": [{"Mon-Fri": 120, "Sat": 60, "Sun": 0}],
    }
    days = {
        "type": "object",
        "description": "Values by date or by weekday; `day.date` says which day is the first",
        "properties": {key: values | {"examples": shown} for key, shown in examples.items()} | more,
        "anyOf": [{"required": ["by_date"]}, {"required": ["by_weekday"]}],
        "additionalProperties": False,
    }
    return series | {"anyOf": [*series["anyOf"], days]}


_DRAW = {"const": "days", "description": "Each simulated day takes the roster of one of the dates, by chance"}
_FILE = {
    "type": "string",
    "description": "An Excel workbook or a CSV file; its path is relative to this file",
    "examples": ["forecast.xlsx", "forecast.csv"],
}
_SHEET = {"type": "string", "description": "A sheet of the workbook; left out: the first that is not hidden"}
_ENCODING = {
    "enum": ["utf-8", "utf-16", "gb18030", "gbk", "gb2312", "latin-1", "windows-1252", "cp1252"],
    "description": "How a text file is written; left out: as it looks",
}
_PERCENT = _text(rf"{_NUMBER}\s*%", "85%")

VALUES: dict[str, dict[str, Any]] = {
    "duration": {
        "description": "A number and a unit: s, min, h or d",
        "anyOf": [_text(rf"({_NUMBER}\s*{_UNIT}|0)", "20 s", "3 min", "1.5 h", "2 d"), {"const": 0}],
    },
    "share": {
        "description": "A share such as 85% or 0.85",
        "anyOf": [_PERCENT, {"type": "number", "minimum": 0, "maximum": 1}],
    },
    "ratio": {
        "description": "A number such as 0.9, or 90%",
        "anyOf": [_PERCENT, {"type": "number", "minimum": 0, "maximum": 100}],
    },
    "ratios": {
        "description": "A ratio for all intervals, or one for each",
        "anyOf": [
            {"$ref": "#/$defs/ratio"},
            {"type": "array", "items": {"$ref": "#/$defs/ratio"}, "minItems": 1},
        ],
    },
    "clock": _text(_CLOCK, "08:30") | {"description": "A clock time from 00:00 to 24:00"},
    "hours": _text(rf"{_CLOCK}\s*[-–]\s*{_CLOCK}", "09:00-21:00") | {"description": "From - to"},
    "duration_or_never": {"anyOf": [{"$ref": "#/$defs/duration"}, {"const": "never"}]},
    "factor": {"type": "number", "minimum": 0},
    "change_factor": {
        "description": "A factor such as 1.1, 110% or +10%",
        "anyOf": [_text(r"[+-]?(\d+(\.\d*)?|\.\d+)\s*%", "110%", "+10%"), {"type": "number", "minimum": 0}],
    },
    "money": {"type": "number"},
    "whole": {"type": "integer", "minimum": 0},
    "lines": {"type": "integer", "minimum": 1},
    "one_to_twenty": {"type": "integer", "minimum": 1, "maximum": 20},
    "priority": {"type": "integer"},
    "days": {"type": "integer", "minimum": 1, "maximum": 366},
    "attempts": {"type": "integer", "minimum": 1, "maximum": 100},
    "series": _series({"type": "number", "minimum": 0}, "interval or day"),
    "calls": _by_day(_series({"type": "number", "minimum": 0}, "interval"), {}),
    "agents": _by_day(_series({"type": "number", "minimum": 0}, "interval"), {"draw": _DRAW}),
    "date": _text(r"\d{4}-\d{1,2}-\d{1,2}", "2026-11-23") | {"description": "A date: year-month-day"},
    "series_file": {
        "type": "object",
        "description": "A column of a workbook or a CSV file; `file` may be left out where the base names it",
        "properties": {
            "file": _FILE,
            "sheet": _SHEET,
            "column": {"type": "string", "description": "Its name in the head of the table"},
            "where": {
                "type": "object",
                "description": "Only rows in which these columns say this; left out: all rows",
                "examples": [{"queue": "vip", "date": "2026-11-23"}],
                "additionalProperties": {"type": ["string", "number", "boolean"]},
                "minProperties": 1,
            },
            "decimal": {
                "enum": [".", ","],
                "description": "The decimal sign, where the column leaves it open",
            },
            "dates": {"enum": ["d/m/y", "m/d/y"], "description": "Whether day or month is first in dates"},
            "encoding": _ENCODING,
            "draw": _DRAW,
        },
        "anyOf": [{"required": ["column"]}, {"required": ["where"]}, {"required": ["file"]}],
        "additionalProperties": False,
    },
    "empirical": {
        "description": "Observed times, or a column of a file, in seconds",
        "anyOf": [
            {"type": "array", "items": {"$ref": "#/$defs/duration"}, "minItems": 1},
            {"$ref": "#/$defs/series_file"},
        ],
    },
    "shifts": {
        "description": "A list of shifts, or a file with the columns start, end, agents, breaks, days",
        "anyOf": [
            {"type": "array", "items": {"$ref": "#/$defs/Shift"}, "minItems": 1},
            {
                "type": "object",
                "properties": {"file": _FILE, "sheet": _SHEET, "encoding": _ENCODING},
                "required": ["file"],
                "additionalProperties": False,
            },
        ],
    },
    "breaks": {
        "description": "A list of breaks, or text such as 12:00 1 h; 15:30 15 min",
        "anyOf": [{"type": "array", "items": {"$ref": "#/$defs/Break"}}, {"type": "string"}],
    },
    "shift_days": {
        "description": "Days such as 1-5, 1 is the first simulated one, or weekdays such as Mon-Fri",
        "anyOf": [
            {"type": "integer", "minimum": 1},
            {"type": "array", "items": {"type": ["integer", "string"], "minimum": 1}, "minItems": 1},
            _text(r"\s*\d+(\s*[-–,;\s]\s*\d+)*\s*", "1-5", "1-5, 7"),
            _text(r"\s*[^\W\d]+(\s*[-–,;、\s]\s*[^\W\d]+)*\s*", "Mon-Fri", "Sat, Sun"),
        ],
    },
    "transfers": {
        "description": "One transfer, or a list of them",
        "anyOf": [
            {"$ref": "#/$defs/Transfer"},
            {"type": "array", "items": {"$ref": "#/$defs/Transfer"}},
        ],
    },
    "target": {
        "description": "A share answered within a time in the line, or a published rule",
        "anyOf": [{"$ref": "#/$defs/Target"}, {"$ref": "#/$defs/PresetTarget"}],
    },
    "day_share": {
        "description": "A share of days, such as 90% of days",
        "anyOf": [_text(rf"{_NUMBER}\s*%(\s*of days)?", "90% of days"), {"type": "number", "maximum": 1}],
    },
    "preset": {"type": "string", "description": "A published rule; `callcenter presets` lists them"},
    "serves": {
        "anyOf": [
            {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
            {
                "type": "object",
                "additionalProperties": {"anyOf": [{"$ref": "#/$defs/Serve"}, {"type": "null"}]},
            },
        ],
    },
}
"""Definitions by the name under which `values.named` refers to them."""
