"""The page of a fit: every section, figures that draw, in English and Chinese."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from callcenter.fit import Fit, fit
from callcenter.report import write_report
from callcenter.report.figures import fitted as figures
from tests.fit.desk import log
from tests.fit.report import report

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def fitted() -> Fit:
    """The desk of known truth, fitted to ten of its days."""
    return fit(log(10, 31), name="desk")


def test_page(fitted: Fit, tmp_path: Path) -> None:
    """The page has the table, the notes, what cannot be told, and a figure for each part."""
    page = write_report(fitted, tmp_path).read_text(encoding="utf-8")
    for text in (
        "What the records say",
        "What these records cannot tell",
        "Who still waits",
        "number at risk",
    ):
        assert text in page
    for name in ("profile", "dispersion", "patience-figure", "hazard", "talk-quantiles", "staffing-figure"):
        assert f'id="{name}' in page or f"{name}-" in page


def test_chinese_page(fitted: Fit, tmp_path: Path) -> None:
    """The page is Chinese where that is asked for."""
    page = write_report(fitted, tmp_path, "zh-CN").read_text(encoding="utf-8")
    assert "仍在等待" in page
    assert "Who still waits" not in page


def test_page_of_a_report(tmp_path: Path) -> None:
    """A fit of interval records has its page, too, with the limits of its buckets for a curve."""
    found = fit(report(log(6, 32)), name="report")
    assert "calibrat" in write_report(found, tmp_path).read_text(encoding="utf-8")
    assert figures.patience_curves(found.model).get_lines()


def test_curves_are_those_of_the_fit(fitted: Fit) -> None:
    """The line of a tier is the survival of its family; the profile is the mean of days."""
    tier = next(tier for tier in fitted.model.tiers if tier.name == "regular")
    lines = figures.patience_curves(fitted.model, [tier]).get_lines()
    seconds, shares = (np.asarray(values, float) for values in lines[-1].get_data())
    assert tier.patience.chosen is not None
    mean, shape = (tier.patience.chosen.figures[name].value for name in ("mean", "shape"))
    from scipy.special import gamma

    scale = mean / gamma(1 + 1 / shape)
    assert np.exp(-((seconds / scale) ** shape)) == pytest.approx(shares, abs=1e-6)
    drawn = np.asarray(figures.profile(fitted.model).get_lines()[0].get_data()[1], float)
    assert fitted.model.profile.total == pytest.approx(drawn)
