"""Money as a pandas table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from callcenter.measure.summary import Summary, summary
from callcenter.measure.tables.figures import flat
from callcenter.measure.tally import Tally
from callcenter.scenario import Scenario

TOTALS = ("staffing_cost", "overtime_cost", "line_cost", "cost", "value", "net", "cost_per_answered")


def economics_table(scenario: Scenario, tallies: Sequence[Tally]) -> pd.DataFrame:
    """Return a row for the cost of each pool, the value of each tier's calls, and each total.

    ``of`` names the pool or the tier, and is empty for a total; ``amount`` is the mean of a replication.
    """
    found: Summary = summary(scenario, tallies)["economics"]
    rows = [
        *(("cost", pool, amount) for pool, amount in found["pools"].items()),
        *(("value", tier, amount) for tier, amount in found["tiers"].items()),
        *((total, "", found[total]) for total in TOTALS),
    ]
    return pd.DataFrame([{"figure": name, "of": of, **flat({"amount": found})} for name, of, found in rows])
