"""Special days: holidays, days off that are worked, and tables of days that users write."""

from callcenter.special_days.calendar import Calendar, Kind, calendar_file, library_calendar
from callcenter.special_days.cells import table_rows
from callcenter.special_days.errors import SpecialDaysError

__all__ = ["Calendar", "Kind", "SpecialDaysError", "calendar_file", "library_calendar", "table_rows"]
