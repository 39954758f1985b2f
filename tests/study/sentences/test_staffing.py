"""What a staffing comes to, and whether other days confirm it."""

from __future__ import annotations

from functools import cache
from typing import Any

import callcenter as cc
from callcenter.report.tables.staffing import rates_table
from callcenter.study.sentences.staffing import headline
from callcenter.study.staffing import Staffing
from callcenter.study.staffing.bounds import Bound
from callcenter.study.staffing.validation import Verdicts
from tests.report import studies

DESK = {
    **studies.DESK,
    "tiers": {
        name: {key: each for key, each in tier.items() if key != "callback"}
        for name, tier in studies.DESK["tiers"].items()
    },
    "pools": {"desk": studies.DESK["pools"]["desk"]},
}


@cache
def found(meet: str = "mean") -> Staffing:
    """Return a staffing that was searched for on very few days."""
    return cc.staff(cc.load(DESK), meet, replications=4)


def judged(staffing: Staffing, **levels: Any) -> list[str]:
    """Return the sentences on a staffing whose validation days have these answer rates by tier."""
    return written(staffing, verdicts=verdicts(staffing, **levels))


def verdicts(staffing: Staffing, **levels: Any) -> Verdicts:
    """Return the verdicts of a staffing whose validation days have these answer rates by tier."""
    fresh = staffing.verdicts.fresh
    tiers = {
        name: {**tier, "service_level": {**tier["service_level"], **levels.get(name, {})}}
        for name, tier in fresh["tiers"].items()
    }
    return staffing.verdicts._replace(fresh={**fresh, "tiers": tiers})


def written(staffing: Staffing, **changes: Any) -> list[str]:
    """Return the sentences on a staffing in which something is otherwise."""
    own = {field: getattr(staffing, field) for field in staffing.__dataclass_fields__}
    return list(headline(Staffing(**{**own, **changes})))


def rate(verdict: str, value: float, half: float = 0.01) -> dict[str, Any]:
    """Return an answer rate with its interval and verdict."""
    return {"verdict": verdict, "value": value, "low": value - half, "high": value + half}


def test_confirmed() -> None:
    """The agents first, then that the targets hold on other days, and which is the closest."""
    sentences = judged(found(), vip=rate("met", 0.935), regular=rate("met", 0.87))

    assert (
        "Validation days confirm every target; the closest is regular 87.0%, target 85% in 20 s."
        == (sentences[1])
    )


def test_not_confirmed() -> None:
    """Which, with its interval, and what to do: more days, or a higher aim by what is missing."""
    sentences = judged(found(), vip=rate("missed", 0.87), regular=rate("unclear", 0.853))
    more = 4 * found().basis.searched

    assert sentences[1:3] == [
        "Not confirmed by validation days: vip 87.0% (86.0 – 88.0%), target 90% in 20 s, missed: search on "
        f"more days ({more} instead of {more // 4}), or aim 3.0 points higher.",
        "Not confirmed by validation days: regular 85.3% (84.3 – 86.3%), target 85% in 20 s, unclear: search "
        f"on more days ({more} instead of {more // 4}) to be surer.",
    ]


def test_certainty_has_a_price() -> None:
    """What just keeps the targets, and what it takes to be sure: 57 of 60 hours, 5%."""
    costly = found().certainty._replace(just_hours=57.0, hours=60.0)
    sentence = next(each for each in written(found(), certainty=costly) if "certainty costs" in each)

    assert sentence.startswith("57 agent-hours a day just keep the targets on ")
    assert sentence.endswith("certainty costs 3 more (5.0%).")


def test_a_bound_and_its_gap() -> None:
    """Proven where the bound is what was found, 10% where nothing below 54 of 60 hours will do, or none."""
    certain = found().certainty._replace(just_hours=60.0, hours=60.0)
    proven, gap, none = (
        " ".join(written(found(), certainty=certain, bound=bound))
        for bound in (Bound(60.0, 9), Bound(54.0, 9), None)
    )

    assert "Proven: no staffing with fewer agent-hours" in proven
    assert "No staffing with fewer than 54 agent-hours is certain to meet every target: gap 10.0%." in gap
    assert "No bound" in none


def test_a_share_of_days_is_judged_as_such() -> None:
    """By the days that met the target, not by the mean rate."""
    days = {"days_met": 0.7, "days_met_low": 0.6, "days_met_high": 0.79}
    kept = {"days_met": 0.97, "days_met_low": 0.92, "days_met_high": 0.99}
    staffing = found("90%-of-days")
    levels = {"vip": {**rate("met", 0.95), **days}, "regular": {**rate("met", 0.95), **kept}}
    sentences = judged(staffing, **levels)
    table = rates_table(staffing, verdicts(staffing, **levels))

    now = staffing.basis.searched
    assert sentences[1] == (
        "Not confirmed by validation days: vip: target met on 70% (60 – 79%) of days, asked 90%, missed: "
        f"search on more days ({4 * now} instead of {now})."
    )
    place = [column.key for column in table.columns].index("verdict")
    assert {"vip": "missed", "regular": "met"} == {
        str(row.cells[0].value): row.cells[place].value for row in table.rows
    }


def test_the_headline_says_what_its_table_says() -> None:
    """Every target is confirmed if, and only if, the table below has no other verdict than met."""
    for staffing in (found(),):
        table = rates_table(staffing, staffing.verdicts)
        place = [column.key for column in table.columns].index("verdict")
        shown = {str(row.cells[0].value): row.cells[place].value for row in table.rows}
        text = "\n".join(headline(staffing))

        assert ("confirm every target" in text) == (set(shown.values()) == {"met"})
        assert ("of whom" not in text) == (set(shown.values()) == {"met"})
        for tier, verdict in shown.items():
            assert (f"validation days: {tier} " in text) == (verdict != "met")
