"""What keeps a staffing from being found, in words for whoever asked."""

from __future__ import annotations

from callcenter.study.errors import StudyError


class StaffingError(StudyError, ValueError):
    """No staffing can be found; the message says why and what to do."""


class UncoveredError(StaffingError):
    """No number of these shifts covers a need; the message says when."""
