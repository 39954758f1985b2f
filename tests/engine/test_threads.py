"""Several threads at once: each keeps the plan and the tables of its own scenario."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import callcenter as cc
from callcenter.demand.tables import demand_tables
from callcenter.engine import floor_plan
from tests.engine.timeline import hotline


def test_threads_keep_what_is_theirs() -> None:
    """What another thread asks for meanwhile neither comes in between nor has to be laid out anew."""
    mine, other = (cc.load(hotline(lines=lines)) for lines in (3, 5))
    before = floor_plan(mine).tiers, demand_tables(mine).expected

    with ThreadPoolExecutor(1) as pool:
        assert 5 == pool.submit(lambda: (demand_tables(other), floor_plan(other))[1].lines).result()

    assert before[0] is floor_plan(mine).tiers
    assert before[1] is demand_tables(mine).expected
