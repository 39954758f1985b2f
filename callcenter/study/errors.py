"""What keeps a study from going on, in words for whoever started it."""

from __future__ import annotations


class StudyError(Exception):
    """A study that cannot go on; the message says why and what to do."""


class QuestionError(StudyError, ValueError):
    """What is asked of a study cannot be; the message says what to ask."""


class StoreError(StudyError, ValueError):
    """A directory that holds no results which can be read or continued, and what to do."""
