"""The figures: each a function of a result that returns matplotlib Axes (nothing else draws)."""

from callcenter.report.figures.callbacks import callback_backlog, callback_work
from callcenter.report.figures.day import agents_by_interval, calls_by_interval, queue_by_interval
from callcenter.report.figures.forecast import days_ahead, week_ahead
from callcenter.report.figures.forest import differences
from callcenter.report.figures.frontier import frontier
from callcenter.report.figures.heatmap import answer_rate_heatmap, heatmap, margin_heatmap
from callcenter.report.figures.intraday import day_so_far
from callcenter.report.figures.need import need
from callcenter.report.figures.pools import occupancy
from callcenter.report.figures.queue import queue_replay
from callcenter.report.figures.rates import answer_rate_by_interval, answer_rate_curve, answer_rate_dots
from callcenter.report.figures.requirement import over_under, staffed_and_required
from callcenter.report.figures.svg import svg_element
from callcenter.report.figures.tornado import tornado
from callcenter.report.figures.trust import convergence, day_spread
from callcenter.report.figures.waiting import waits

__all__ = [
    "agents_by_interval",
    "answer_rate_by_interval",
    "answer_rate_curve",
    "answer_rate_dots",
    "answer_rate_heatmap",
    "callback_backlog",
    "callback_work",
    "calls_by_interval",
    "convergence",
    "day_so_far",
    "day_spread",
    "days_ahead",
    "differences",
    "frontier",
    "heatmap",
    "margin_heatmap",
    "need",
    "occupancy",
    "over_under",
    "queue_by_interval",
    "queue_replay",
    "staffed_and_required",
    "svg_element",
    "tornado",
    "waits",
    "week_ahead",
]
