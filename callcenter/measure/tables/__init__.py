"""The figures and the logs as pandas tables."""

from callcenter.measure.tables.figures import (
    callback_interval_table,
    customer_table,
    economics_table,
    interval_table,
    kpi_table,
    line_interval_table,
    pool_interval_table,
    pool_table,
    target_table,
    tier_points_table,
)
from callcenter.measure.tables.logs import call_pieces, call_table, callback_pieces, callback_table

__all__ = [
    "call_pieces",
    "call_table",
    "callback_interval_table",
    "callback_pieces",
    "callback_table",
    "customer_table",
    "economics_table",
    "interval_table",
    "kpi_table",
    "line_interval_table",
    "pool_interval_table",
    "pool_table",
    "target_table",
    "tier_points_table",
]
