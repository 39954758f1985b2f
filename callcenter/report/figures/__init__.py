"""The figures: each a function of a result that returns matplotlib Axes (nothing else draws)."""

from callcenter.report.figures.callbacks import callback_backlog, callback_work
from callcenter.report.figures.day import agents_by_interval, calls_by_interval, queue_by_interval
from callcenter.report.figures.heatmap import answer_rate_heatmap, heatmap, margin_heatmap
from callcenter.report.figures.rates import answer_rate_by_interval, answer_rate_curve, answer_rate_dots
from callcenter.report.figures.svg import svg_element
from callcenter.report.figures.tornado import tornado

__all__ = [
    "agents_by_interval",
    "answer_rate_by_interval",
    "answer_rate_curve",
    "answer_rate_dots",
    "answer_rate_heatmap",
    "callback_backlog",
    "callback_work",
    "calls_by_interval",
    "heatmap",
    "margin_heatmap",
    "queue_by_interval",
    "svg_element",
    "tornado",
]
