"""Every kind of target is seen by whoever reads a run, a sweep, a comparison or a staffing."""

from __future__ import annotations

import html
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook
from rich.console import Console, RenderableType

import callcenter as cc
from callcenter.language import speaking
from callcenter.measure.joint import DaysKept
from callcenter.report import write_report
from callcenter.report.terminal.comparison import comparison_table
from callcenter.report.terminal.run import run_table
from callcenter.report.terminal.staffing import staffing_table
from callcenter.report.terminal.sweep import sweep_table
from callcenter.study import reopen
from callcenter.study.answers.days_kept import asked_in
from callcenter.study.sentences.targets import kept_name, target_text
from callcenter.study.staffing import Staffing, staff

TARGETS: dict[str, Any] = {
    "name": "promises",
    "seed": 7,
    "day": {"open": "08:00", "close": "10:00", "interval": "30 min"},
    "days": 2,
    "demand": {"calls": [20, 40, 40, 30], "mix": {"vip": "20%", "regular": "80%"}},
    "callbacks": {"within": "24 h"},
    "lines": 20,
    "tiers": {
        "vip": {
            "priority": 0,
            "target": {"within": "20 s", "share": "80%"},
            "patience": {"exponential": "3 min"},
            "talk": {"exponential": "3 min"},
        },
        "regular": {
            "priority": 1,
            "targets": [
                {"answered": "70%", "within": "20 s"},
                {"answered": "80%", "within": "1 min"},
                {"answered": "40%", "within": "20 s", "over": "interval"},
                {"abandoned": "15%", "on": "50% of days"},
                {"abandoned": "30%", "over": "day"},
                {"abandoned": "10%", "after": "30 s"},
                {"mean_wait": "40 s", "over": "busiest_hour"},
                {"callbacks": "50%", "within": "2 h"},
                {"blocked": "5%"},
            ],
            "patience": {"exponential": "2 min"},
            "talk": {"exponential": "3 min"},
            "callback": {"on": ["abandoned"]},
        },
    },
    "targets": [{"connected": "80%", "tiers": ["vip", "regular"]}],
    "pools": {
        "desk": {
            "serves": ["vip", "regular"],
            "agents": 6,
            "callbacks": {},
            "targets": [{"occupancy": "95%"}, {"occupancy": "99%", "over": "interval"}],
        }
    },
}
LANGUAGES = ("en", "zh")


@pytest.fixture(scope="module")
def run() -> cc.Result:
    """Four days twice."""
    return cc.run(cc.load(TARGETS), replications=4, engine="simpy")


def printed(table: RenderableType) -> str:
    """Return what the terminal shows."""
    text = StringIO()
    Console(width=400, file=text).print(table)
    return text.getvalue()


def seen(study: Any, folder: Path, language: str) -> dict[str, str]:
    """Return the texts of the page and of the workbook."""
    page = write_report(study, folder, language)
    book = load_workbook(folder / "results.xlsx")
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    page_text = html.unescape(page.read_text(encoding="utf-8"))
    return {"page": page_text, "workbook": "\n".join(map(str, filter(None, cells)))}


def missing(texts: dict[str, str], names: list[str]) -> list[tuple[str, str]]:
    """Return who does not show which of the names."""
    return [(who, name) for who, text in texts.items() for name in names if name not in text]


def asked(study: cc.Result, *, all_of_them: bool = True) -> list[str]:
    """Return each target in words, without those that an answer rate of a tier says unless all are wanted."""
    return [target_text(entry) for entry in study.summary["targets"] if all_of_them or not _is_rate(entry)]


def _is_rate(entry: dict[str, Any]) -> bool:
    return (entry["measure"], entry["over"], entry["within_s"]) == ("answered", "run", 20)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_run(run: cc.Result, tmp_path: Path, language: str) -> None:
    """On the terminal, on the page, in the workbook and in CSV, with the days to keep where asked for."""
    chance = DaysKept(9, 10)
    with speaking(language):
        names = [*asked(run), kept_name(chance._asdict())]
        texts = {"terminal": printed(run_table(run, asked=chance))}
    study = cc.run(
        cc.load(TARGETS), 4, engine="simpy", out=tmp_path, command="callcenter run --days-kept 9/10"
    )
    assert asked_in("callcenter run x.yaml --days-kept=9/10 --out o") == chance
    assert study.summary["targets"] == run.summary["targets"]
    texts |= seen(reopen(tmp_path), tmp_path, language)
    assert [] == missing(texts, names)
    csv = (tmp_path / "targets.csv").read_text(encoding="utf-8-sig")
    assert len(run.summary["targets"]) == len(csv.splitlines()) - 1


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_at_each_point_of_a_sweep(run: cc.Result, tmp_path: Path, language: str) -> None:
    """And in the main effects, but for the worst intervals; the frame has the days of all."""
    (tmp_path / "promises.yaml").write_text(yaml.safe_dump(TARGETS), encoding="utf-8")
    vary = {"demand.volume": [0.9, 1.1], "pools.desk.agents": [6, 8], "tiers.regular.priority": [0, 1]}
    file = tmp_path / "sweep.yaml"
    file.write_text(
        yaml.safe_dump({"scenario": "promises.yaml", "replications": 3, "vary": vary}), encoding="utf-8"
    )
    study = cc.sweep(file, engine="simpy", out=tmp_path / "out", command="callcenter sweep x --days-kept 3/5")
    with speaking(language):
        names = [*asked(run), kept_name({"kept": 3, "of": 5})]
        texts = {"terminal": printed(sweep_table(study))}
    texts |= seen(reopen(tmp_path / "out"), tmp_path / "out", language)
    assert [] == missing(texts, names)
    assert {"all_targets", "all_targets_days", "days_kept_low"} <= set(study.points.columns)
    point = study.summary["points"][0]["joint"]
    assert {"kept": 3, "of": 5, **study.results[0].days_kept(3, 5)} == point["days_kept"]
    effects = cc.main_effects(study)
    of_all = effects[effects["figure"] == "target:all:day"].drop_duplicates("factor").set_index("factor")
    frame = study.points.drop_duplicates("point").groupby("pools.desk.agents")["all_targets_days"].mean()
    assert pytest.approx(frame[8] - frame[6]) == of_all.loc["pools.desk.agents", "effect"]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_comparison(run: cc.Result, tmp_path: Path, language: str) -> None:
    """With a paired difference, an interval and both verdicts each; all of them together, too."""
    more = cc.run(cc.load(TARGETS, {"pools.desk.agents": 8, "name": "more"}), 4, engine="simpy")
    comparison = cc.compare(run, more)
    with speaking(language):
        names = asked(run, all_of_them=False)
        texts = {"terminal": printed(comparison_table(comparison))}
    texts |= seen(comparison, tmp_path, language)
    assert [] == missing(texts, names)
    targets = [each for each in comparison.differences if each.figure.startswith("target:")]
    *each, joint = targets
    verdicts = {entry["path"]: entry["verdict"] for entry in run.summary["targets"]}
    plain = json.loads(json.dumps(comparison.summary, allow_nan=False))
    assert len(names) == len(each) == len(plain["targets"])
    for difference, entry in zip(each, plain["targets"], strict=True):
        assert (entry["part"], entry["figure"]) == (difference.part, difference.figure)
        assert difference.low <= difference.difference <= difference.high
        assert verdicts[entry["path"]] == difference.first_verdict
        at = next(place for place, path in enumerate(verdicts) if path == entry["path"])
        value = run.summary["targets"][at]
        shown = value["days_met"]["value"] if entry["on_days"] is not None else value["value"]
        assert pytest.approx(shown) == difference.first_value
    assert ("all", "target:all:day") == (joint.part, joint.figure)
    assert pytest.approx(run.summary["joint"]["days_met"]["value"]) == joint.first_value
    assert set(comparison.table["figure"]) >= {each.figure for each in targets}


def test_targets_are_one_family(run: cc.Result) -> None:
    """With several pairs, all targets of all pairs are corrected together; the days of all on their own."""
    others = [cc.load(TARGETS, {"pools.desk.agents": agents, "name": f"{agents}"}) for agents in (7, 8)]
    table = cc.compare(run, *(cc.run(other, 4, engine="simpy") for other in others)).table
    targets = table[table["figure"].str.startswith("target:") & (table["part"] != "all")]
    least = targets["p"].min()
    assert pytest.approx(min(1.0, least * targets["p"].notna().sum())) == targets["p_holm"].min()


def test_other_targets_are_not_compared(run: cc.Result) -> None:
    """A measure with another bound is the same figure; a share of days is not, and that is said."""
    changed = dict(TARGETS["tiers"]["regular"])
    changed["targets"] = [
        {"answered": "70%", "within": "20 s"},
        {"mean_wait": "10 s", "over": "busiest_hour"},
        {"abandoned": "20%", "on": "50% of days"},
    ]
    other = cc.run(cc.load({**TARGETS, "name": "other"}, {"tiers.regular": changed}), 4, engine="simpy")
    comparison = cc.compare(run, other)
    figures = {each.figure for each in comparison.differences}
    assert "target:mean_wait:busiest_hour" in figures
    assert not any(figure.startswith("target:abandoned") for figure in figures)
    note = comparison.notes[-1]
    assert "regular: at most 15% abandoned, on 50% of days" in note
    assert "regular: at most 20% abandoned, on 50% of days" in note


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_validation_days_of_a_staffing(staffing: Staffing, tmp_path: Path, language: str) -> None:
    """Each with its figure and verdict."""
    with speaking(language):
        names = [target_text(entry) for entry in staffing.verdicts.fresh["targets"]]
        texts = {"terminal": printed(staffing_table(staffing))}
    texts |= seen(staffing, tmp_path, language)
    assert [] == missing(texts, names)


@pytest.fixture(scope="module")
def staffing() -> Staffing:
    """The fewest agents that keep all of them."""
    return staff(cc.load(TARGETS), replications=3)
