"""The callbacks that some calls may lead to (rules R9b and R11)."""

from __future__ import annotations

from typing import Any

import numpy as np

from callcenter.arrays import Floats, Records
from callcenter.demand.first_calls import interval_at
from callcenter.demand.later_calls import Draws, draw_callback, slowness
from callcenter.demand.restlessness import stretched
from callcenter.demand.tape import CallbackTape
from callcenter.kernels import kernel

JOB = np.dtype([("call", np.int64), ("reached_at", np.int64), ("talk", np.float64), ("wrap_up", np.float64)])


def draw_callbacks(draws: Draws, calls: Any, links: Any, attempts: int) -> CallbackTape:
    """Draw what may become of a callback, only for the calls that are drawn to lead to one."""
    call = np.flatnonzero(calls["owed"] | calls["accepts"])
    jobs: Any = np.empty(call.size, JOB)
    jobs["call"], no_answer = call, np.empty((call.size, attempts))
    _draw(draws, calls, links, jobs, no_answer)
    return CallbackTape(
        call=call,
        reached_at=jobs["reached_at"].astype(np.int32),
        talk=jobs["talk"].copy(),
        wrap_up=jobs["wrap_up"].copy(),
        no_answer=no_answer,
    )


@kernel
def _draw(draws: Draws, calls: Records, links: Records, jobs: Records, no_answer: Floats) -> None:
    for number in range(jobs.size):
        row = jobs[number]["call"]
        customer, path = (links[row]["customer"], links[row]["path"]) if links.size else (row, 0)
        first, tier = calls[customer], calls[row]["tier"]
        interval = interval_at(draws.tables, first["arrived"])
        draw_callback(draws, first["tier"], first["ordinal"], path, tier, interval, jobs, no_answer, number)
        factor, job = slowness(draws, first["arrived"]), jobs[number]
        job["talk"], job["wrap_up"] = stretched(job["talk"], factor), stretched(job["wrap_up"], factor)
