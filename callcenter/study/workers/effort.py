"""Who does the work of a study: the one value that every command and function of studies takes."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, fields

from callcenter.language import gettext as _
from callcenter.scenario.errors import both
from callcenter.study.errors import StudyError


class EffortError(StudyError, ValueError):
    """Two answers to the question who works, or none that will do."""


@dataclass(frozen=True, kw_only=True)
class Effort:
    """Who does the work of a study, and with which engine; the results are the same whoever does it."""

    workers: int | None = 1
    """Threads for the compiled engine, processes for SimPy; None: one per core, if the work is worth it."""
    executor: Executor | None = None
    """An executor of the user's own, in place of our workers."""
    cluster: str | None = None
    """Address of a cluster, such as a Dask scheduler's, in place of our workers."""
    engine: str = "auto"
    """`auto`, `compiled` or `simpy`."""

    def __post_init__(self) -> None:
        """Refuse two answers, and fewer workers than one."""
        if self.executor is not None and self.cluster is not None:
            raise EffortError(_("either an executor does the work or a cluster; give one of them"))
        if self.workers is not None and self.workers < 1:
            raise EffortError(
                _("workers must be 1 or more, or None to leave it open, given {workers}").format(
                    workers=self.workers
                )
            )


def effort_of(effort: Effort | None, keywords: Effort) -> Effort:
    """Return who works: the effort given, or what single keywords say; EffortError if both speak."""
    if effort is None:
        return keywords
    unsaid = Effort()
    names = [each.name for each in fields(Effort)]
    given = [f"{name}=" for name in names if getattr(keywords, name) != getattr(unsaid, name)]
    if given:
        raise EffortError(
            _("effort= says who works; leave out {names}, or say it in the Effort").format(names=both(given))
        )
    return effort
