"""A study in rounds: what is planned is simulated, and what it shows decides whether more is needed."""

from __future__ import annotations

from collections.abc import Collection

from callcenter.language import gettext as _
from callcenter.study.designs.design import Design, Point
from callcenter.study.designs.precision import PrecisionError, half_widths, next_number
from callcenter.study.store.description import Plan
from callcenter.study.store.outcome import Logs
from callcenter.study.store.results_store import Store
from callcenter.study.store.version import model_version
from callcenter.study.workers.tasks import Quota
from callcenter.study.workers.work import Job, simulate_missing


def complete(design: Design, job: Job) -> Logs:
    """Simulate until every point has the replications that it needs; return the call logs to be kept.

    Only what is simulated has a log, so where logs are kept every cell is simulated.
    """
    if design.precision and not any(map(_has_target, design.points)):
        raise PrecisionError(
            _("precision: no tier has a target, so there is no answer rate to be precise about")
        )
    rounds, logs = Rounds(design, job.store), Logs()
    while rounds.is_open:
        done = _logged(logs) if job.simulation.keep_logs else job.store.done(job.seed, model_version())
        quotas = [
            Quota(point, rounds.plans[name].planned, done.get(name, ()))
            for name, point in rounds.points.items()
        ]
        logs |= simulate_missing(quotas, job)
        rounds.advance()
    return logs


def _has_target(point: Point) -> bool:
    return any(tier.target for tier in point.scenario.tiers.values())


def _logged(logs: Logs) -> dict[str, Collection[int]]:
    numbers: dict[str, set[int]] = {}
    for key in logs:
        numbers.setdefault(key.fingerprint, set()).add(key.replication)
    return dict(numbers)


class Rounds:
    """The number of replications of each point, as far as the results so far show.

    Points that are the same scenario are one here.
    """

    def __init__(self, design: Design, store: Store) -> None:
        self.points: dict[str, Point] = {point.fingerprint: point for point in design.points}
        first = design.replications if design.precision is None else max(design.replications, 2)
        self.plans = dict.fromkeys(self.points, Plan(first, settled=False))
        self._design = design
        self._store = store
        self._note()

    @property
    def is_open(self) -> bool:
        """Whether a point may need more."""
        return not all(plan.settled for plan in self.plans.values())

    def advance(self) -> None:
        """Decide on the next round, from exactly the replications that were planned."""
        for name, plan in self.plans.items():
            if not plan.settled:
                self.plans[name] = self._next(self.points[name], plan.planned)
        self._note()

    def _note(self) -> None:
        if self._design.precision is not None:
            self._store.plan([self.plans[point.fingerprint] for point in self._design.points])

    def _next(self, point: Point, number: int) -> Plan:
        precision = self._design.precision
        if precision is None:
            return Plan(number, settled=True)
        tallies = self._store.tallies(point, self._design.seed, number, model_version())
        if not tallies:
            return Plan(number, settled=True)
        more = next_number(number, half_widths(point.scenario, tuple(tallies.values())), precision)
        return Plan(more, settled=more == number)
