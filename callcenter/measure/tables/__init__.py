"""The figures and the logs as pandas tables."""

from callcenter.measure.tables.figures import (
    callback_interval_table,
    interval_table,
    kpi_table,
    pool_interval_table,
    pool_table,
    tier_points_table,
)
from callcenter.measure.tables.logs import call_table, callback_table

__all__ = [
    "call_table",
    "callback_interval_table",
    "callback_table",
    "interval_table",
    "kpi_table",
    "pool_interval_table",
    "pool_table",
    "tier_points_table",
]
