"""What is compared: a figure of all days, a share of days, or the worst of several intervals."""

from __future__ import annotations

from callcenter.measure.estimates import Estimate
from callcenter.study.differences.contrasts import Sample, combined, estimate, p_value
from callcenter.study.differences.kept_days import KeptDays, gain_of_days
from callcenter.study.differences.worst import Worst, gain_of_worst

Figure = Sample | KeptDays | Worst


def sample_of(figure: Figure) -> Sample:
    """Return a figure as it is shown, with what each replication does to it."""
    return figure if isinstance(figure, Sample) else figure.sample


def gain(before: Figure, after: Figure) -> tuple[Estimate, float]:
    """Return by how much a figure rose, with its 95% interval, and the p-value of that."""
    if isinstance(before, Worst) and isinstance(after, Worst):
        return gain_of_worst(before, after)
    if isinstance(before, KeptDays) and isinstance(after, KeptDays):
        return gain_of_days(before, after)
    rise = combined((-1, 1), (sample_of(before), sample_of(after)))
    return estimate(rise), p_value(rise)
