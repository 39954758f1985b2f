"""Callback jobs: on time, late, not yet due, and how many are open."""

from __future__ import annotations

import numpy as np
import pytest

from callcenter.measure import Tally, summary, tally
from callcenter.measure.jobs import JOB_CELLS, JOB_COUNTS
from callcenter.measure.pools import POOL_SUMS
from callcenter.measure.tally import COUNTS
from tests.measure.logs import TICK, Job, log, lost, scenario


def counted(tallied: Tally) -> dict[str, int]:
    """Return the counts by name."""
    return dict(zip(JOB_COUNTS, tallied.job_counts.tolist(), strict=True))


def by_cell(tallied: Tally, name: str) -> list[int]:
    """Return a count by cell."""
    cells: list[int] = tallied.job_cells[JOB_CELLS.index(name)].tolist()
    return cells


ROWS = [lost("mid", 100.0 * n, 10.0) for n in range(6)]

JOBS = [
    Job(0, 110.0, 1000.0, "reached", 1100.0, (("office", 1000.0, 1100.0),)),
    Job(
        1, 210.0, 1000.0, "unreached", 1140.0, (("office", 1000.0 + TICK, 1040.0), ("office", 1100.0, 1140.0))
    ),
    Job(2, 310.0, 7200.0 - TICK),
    Job(3, 410.0, 7200.0),
    Job(4, 510.0, 90_000.0, "cancelled", 4000.0),
    Job(5, 610.0, 2000.0, "cancelled", 3600.0),
]
"""On time at the last moment; a tick late; overdue at the end; not yet due; cancelled in time, too late."""


def test_what_became_of_each_job() -> None:
    """The first attempt may start at the due time; jobs overdue without an attempt are late."""
    counts = counted(tally(scenario(), log(ROWS, jobs=JOBS)))

    expected = {"created": 6, "attempted_within": 1, "late": 3, "not_due": 1, "cancelled_before": 1}
    outcomes = {"reached": 1, "unreached": 1, "cancelled": 2, "pending": 2}
    assert {**expected, **outcomes, "backlog_max": 6} == counts


def test_jobs_by_interval() -> None:
    """All are created in the first hour; two end there, one at the very start of the second, one later."""
    tallied = tally(scenario(), log(ROWS, jobs=JOBS))

    assert [6, 0] == by_cell(tallied, "created")
    assert [3, 0] == by_cell(tallied, "attempts")
    assert [4, 2] == by_cell(tallied, "backlog")


def test_the_delay_is_from_the_lost_call_to_the_first_attempt() -> None:
    """Delays of 890 s and of 790 s and a tick; jobs without an attempt have none."""
    tallied = tally(scenario(), log(ROWS, jobs=JOBS))

    assert 890.0 == tallied.delay_points[-1]
    assert (890.0 + 790.0 + TICK) / 2 == tallied.delay_points[0]


def test_at_one_instant_jobs_end_before_others_are_created() -> None:
    """A job that ends as the next is created never makes a backlog of two."""
    jobs = [
        Job(0, 110.0, 1000.0, "reached", 310.0, (("office", 200.0, 310.0),)),
        Job(2, 310.0, 1000.0, "reached", 500.0, (("office", 310.0, 500.0),)),
    ]

    assert 1 == counted(tally(scenario(), log(ROWS, jobs=jobs)))["backlog_max"]


def test_jobs_of_calls_in_the_warm_up_are_not_counted() -> None:
    """With 3 minutes of warm-up the first two calls' jobs are left out, their attempts too."""
    tallied = tally(scenario({"warm_up": "3 min"}), log(ROWS, jobs=JOBS))

    assert 4 == counted(tallied)["created"]
    assert [4, 0] == by_cell(tallied, "created")
    assert [0, 0] == by_cell(tallied, "attempts")


def test_jobs_are_followed_through_the_cool_down() -> None:
    """R19: what is done the next day counts for the jobs, and in no interval; its own jobs do not."""
    rows = [lost("mid", 100.0, 10.0), lost("mid", 86_500.0, 10.0)]
    jobs = [
        Job(0, 110.0, 90_000.0, "reached", 87_100.0, (("office", 87_000.0, 87_100.0),)),
        Job(1, 86_510.0, 90_000.0, "reached", 87_200.0, (("office", 87_100.0, 87_200.0),)),
    ]
    followed = scenario({"cool_down": "24 h"})
    tallied = tally(followed, log(rows, jobs=jobs, end=93_600.0))

    assert {"created": 1, "attempted_within": 1, "reached": 1, "late": 0, "not_due": 0}.items() <= counted(
        tallied
    ).items()
    assert ([1, 0], [0, 0], [1, 1]) == tuple(by_cell(tallied, name) for name in JOB_CELLS)
    assert 86_890.0 == tallied.delay_points[-1]
    assert 1 == tallied.counts[COUNTS.index("called")].sum()
    assert 0 == tallied.pool_sums[POOL_SUMS.index("busy_s")].sum()
    assert 1 == summary(followed, [tallied])["callbacks"]["on_time"]["value"]


@pytest.mark.parametrize("days", [2, 10, 50, 400])
def test_callbacks_that_are_all_on_time_have_an_interval(days: int) -> None:
    """As the answer rate of calls that are all answered in time: other days may be otherwise."""
    rows = [lost("mid", 100.0, 10.0)]
    jobs = [Job(0, 110.0, 90_000.0, "reached", 300.0, (("office", 200.0, 300.0),))]
    tallied = tally(scenario(), log(rows, jobs=jobs, end=93_600.0))
    on_time = summary(scenario(), [tallied] * days)["callbacks"]["on_time"]

    assert (on_time["value"], on_time["high"]) == (1, 1)
    assert 0 < on_time["low"] < 1


def test_no_jobs() -> None:
    """Nothing owed: counts of zero, no delay."""
    tallied = tally(scenario(), log(ROWS))

    assert 0 == tallied.job_counts.sum()
    assert np.isnan(tallied.delay_points).all()
