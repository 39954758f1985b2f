"""Customers as a pandas table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from callcenter.measure.summary import summary
from callcenter.measure.tables.figures import flat
from callcenter.measure.tally import Tally
from callcenter.scenario import Scenario


def customer_table(scenario: Scenario, tallies: Sequence[Tally]) -> pd.DataFrame:
    """Return a row for each tier and the total: how often its customers call, and who gets what he wants."""
    tiers = summary(scenario, tallies)["tiers"]
    return pd.DataFrame([{"tier": name, **flat(found["customers"])} for name, found in tiers.items()])
