"""How wide the bands by interval are, and how many replications would narrow them."""

from __future__ import annotations

import callcenter as cc
from callcenter.language import speaking
from callcenter.study.answers.bands import MOST_BANDS, NARROW, wide_bands
from callcenter.study.sentences.intervals import more_days
from tests.report import studies


def widest(result: cc.Result) -> float:
    """Return the half-width that most bands of a result have at most."""
    rows = result.intervals[result.intervals["tier"] != "all"]
    widths = rows["service_level_high"] - rows["service_level_low"]
    return float((widths.dropna() / 2).quantile(MOST_BANDS))


def test_as_many_as_are_said_are_enough() -> None:
    """Simulated with that number, the bands are about as narrow as promised, and with fewer they are not."""
    few = studies.result(replications=4)
    bands = wide_bands(few)
    assert bands is not None
    assert bands.half_width == widest(few) > NARROW

    enough = widest(studies.result(replications=bands.enough))
    assert 0.7 * NARROW < enough < 1.3 * NARROW
    assert widest(studies.result(replications=bands.enough // 2)) > 1.1 * enough


def test_nothing_is_said_of_narrow_bands() -> None:
    """Or of one replication, which has none."""
    assert more_days(studies.result(replications=1)) == ""
    calm = studies.result({"pools.desk.agents": 60}, 60)
    assert widest(calm) < NARROW
    assert more_days(calm) == ""


def test_the_sentence() -> None:
    """In both languages: how wide with how many, and how many would do."""
    few = studies.result(replications=4)
    bands = wide_bands(few)
    assert bands is not None

    assert more_days(few) == (
        f"With 4 replications, three of four answer rates by interval are known to "
        f"± {100 * bands.half_width:.0f} points or better; about {bands.enough} replications would make "
        "that ± 5."
    )
    with speaking("zh-CN"):
        assert f"约需 {bands.enough} 次仿真" in more_days(few)
