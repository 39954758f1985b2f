"""Sweep files: what they mean, and what is said of wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.language import speaking
from callcenter.scenario import ScenarioError
from callcenter.study import load_design
from tests.chinese import not_chinese


def design_of(sweep_file: Path, text: str) -> list[dict[str, object]]:
    """Return the settings of the points of a sweep."""
    sweep_file.write_text(f"scenario: small.yaml\n{text}", encoding="utf-8")
    return [dict(point.settings) for point in load_design(sweep_file).points]


def problems_of(sweep_file: Path, text: str) -> list[str]:
    """Return what is said of a wrong sweep, without the directory."""
    sweep_file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_design(sweep_file)
    return [line.replace(f"{sweep_file.parent}/", "") for line in str(caught.value).splitlines()]


def test_a_grid_combines_everything(sweep_file: Path) -> None:
    """The last path varies fastest."""
    points = design_of(sweep_file, "vary: {demand.volume: [1, 2], pools.desk.agents: [8, 9]}")

    assert [tuple(point.values()) for point in points] == [(1, 8), (1, 9), (2, 8), (2, 9)]


def test_a_zip_puts_values_side_by_side(sweep_file: Path) -> None:
    """The first values make the first point."""
    points = design_of(
        sweep_file, "design: zip\nvary: {demand.volume: [1, 2], pools.desk.agents: {scale: [0.5, 1]}}"
    )

    assert points == [
        {"demand.volume": 1, "pools.desk.agents": {"scale": 0.5}},
        {"demand.volume": 2, "pools.desk.agents": {"scale": 1}},
    ]


def test_values_may_be_anything(sweep_file: Path) -> None:
    """Mappings, lists, texts and nothing at all."""
    values = "[null, {on: [abandoned, closed]}]"
    points = design_of(sweep_file, f"vary: {{tiers.mid.callback: {values}, tiers.mid.talk: [2 min]}}")

    assert points == [
        {"tiers.mid.callback": None, "tiers.mid.talk": "2 min"},
        {"tiers.mid.callback": {"on": ["abandoned", "closed"]}, "tiers.mid.talk": "2 min"},
    ]


def test_points_have_their_scenarios(sweep_file: Path) -> None:
    """Scaled agents are rounded to whole agents."""
    design = load_design(sweep_file)

    assert [point.scenario.demand.volume for point in design.points] == [0.5, 0.5, 1.0, 1.0]
    assert [point.scenario.staffed("desk")[0] for point in design.points] == [8, 20, 8, 20]
    assert (design.name, design.replications, design.seed) == ("staffing", 3, 7)
    assert design.varied == ("demand.volume", "pools.desk.agents")


def test_what_stays_the_same_is_not_varied(sweep_file: Path) -> None:
    """A path with one value distinguishes no points."""
    design_of(sweep_file, "vary: {demand.volume: [1], pools.desk.agents: [8, 9]}")

    assert load_design(sweep_file).varied == ("pools.desk.agents",)


def test_changes_apply_first(sweep_file: Path) -> None:
    """A sweep varies the changed scenario, and its own values win."""
    design = load_design(sweep_file, {"pools.desk.agents": 20, "demand.volume": 9}, replications=5, seed=1)

    assert [point.scenario.staffed("desk")[0] for point in design.points] == [16, 40, 16, 40]
    assert [point.scenario.demand.volume for point in design.points] == [0.5, 0.5, 1.0, 1.0]
    assert (design.replications, design.seed) == (5, 1)


def test_files_are_looked_up_beside_the_sweep(sweep_file: Path) -> None:
    """A series named in a sweep is read from the sweep's own directory."""
    (sweep_file.parent / "busy.csv").write_text("calls\n" + "90\n" * 8)
    design_of(sweep_file, "vary: {demand.calls: [{file: busy.csv, column: calls}]}")

    assert load_design(sweep_file).points[0].scenario.demand.calls == (90.0,) * 8


SPREAD = """\
design: {design}
points: 8
vary:
  demand.volume: {{from: 0.9, to: 1.2}}
  demand.day_factor_cv: {{from: 0%, to: 20%}}
  tiers.mid.talk: {{from: 90 s, to: 3 min, step: 30 s}}
  pools.desk.agents: {{from: 8, to: 11}}
  pools.desk.callbacks.keep_idle: [1, 3]
"""


@pytest.mark.parametrize("design", ["sobol", "latin_hypercube"])
def test_points_spread_over_the_ranges(sweep_file: Path, design: str) -> None:
    """Values between the ends as a scenario writes them: numbers, shares, steps, whole agents, list items."""
    points = design_of(sweep_file, SPREAD.format(design=design))
    volume, cv, talk, agents, idle = zip(*(point.values() for point in points), strict=True)

    assert 8 == len(points) == len(set(volume))
    assert all(0.9 <= figure <= 1.2 and figure == round(figure, 4) for figure in volume)
    assert all(str(figure).endswith("%") for figure in cv)
    assert {"90 s", "120 s", "150 s", "180 s"} == set(talk)
    assert {8, 9, 10, 11} == set(agents)
    assert {1, 3} == set(idle)


def test_each_part_of_a_latin_hypercube_is_met_once(sweep_file: Path) -> None:
    """Of 8 points one lies in each eighth of every range."""
    points = design_of(
        sweep_file, "design: latin_hypercube\npoints: 8\nvary: {demand.volume: {from: 1, to: 9}}"
    )

    assert [*range(1, 9)] == sorted(int(point["demand.volume"]) for point in points)  # type: ignore[call-overload]


def test_a_series_is_scaled_by_a_range(sweep_file: Path) -> None:
    """Factors from a range, agents rounded to whole ones."""
    points = design_of(
        sweep_file, "design: sobol\npoints: 4\nvary: {pools.desk.agents: {scale: {from: 0.5, to: 2}}}"
    )

    assert all(0.5 <= point["pools.desk.agents"]["scale"] <= 2 for point in points)  # type: ignore[index]
    assert all(point.scenario.staffed("desk")[0] % 1 == 0 for point in load_design(sweep_file).points)


def test_points_depend_on_the_seed_alone(sweep_file: Path) -> None:
    """More replications leave them as they are, another seed moves them, more of them begin alike."""
    first = design_of(sweep_file, SPREAD.format(design="sobol"))
    again, other = (
        [dict(point.settings) for point in load_design(sweep_file, replications=r, seed=s).points]
        for r, s in ((50, None), (3, 8))
    )
    more = design_of(sweep_file, SPREAD.format(design="sobol").replace("points: 8", "points: 16"))

    assert first == again == more[:8]
    assert first != other


def test_sobol_likes_powers_of_two(sweep_file: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Another number is simulated all the same, with a remark."""
    points = design_of(sweep_file, SPREAD.format(design="sobol").replace("points: 8", "points: 10"))

    assert 10 == len(points)
    (remark,) = [record.getMessage() for record in caplog.records]
    assert "staffing.yaml:3:9: points:" in remark
    assert remark.endswith("given 10; 8 or 16 would be better")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "scenario: small.yaml\ndesign: sobol\nvary: {demand.volume: {from: 1, to: 2}}\n",
            [
                "staffing.yaml:1:1: points: is missing; `design: sobol` needs it, such as points: 64",
            ],
        ),
        (
            "scenario: small.yaml\npoints: 4\nvary: {demand.volume: {from: 1, to: 2}}\n",
            [
                "staffing.yaml:2:1: points: `design: grid` has as many points as its lists make; "
                "remove it, or take sobol",
                "staffing.yaml:3:23: vary.demand.volume: `design: grid` takes no range; "
                "list the values, or write `design: sobol` and `points: 64`",
            ],
        ),
        (
            "scenario: small.yaml\ndesign: sobol\npoints: 0\nvary:\n  demand.volume: {from: 2, to: 1}\n"
            "  tiers.mid.talk: {from: 2 min, to: 30%}\n  demand.day_factor_cv: {from: 0%}\n"
            "  pools.desk.agents: {scale: {from: low, to: 2}}\n",
            [
                "staffing.yaml:3:9: points: is out of range, given 0; write a whole number from 1 to 100000",
                "staffing.yaml:5:18: vary.demand.volume: a range rises from its first end to its second, "
                "given '2 to 1'; write for example {from: 0.9, to: 1.2}",
                "staffing.yaml:6:19: vary.tiers.mid.talk: the ends of a range have different units, "
                "given '2 min and 30%'; write for example {from: 0.9, to: 1.2}",
                "staffing.yaml:7:25: vary.demand.day_factor_cv: a range has `from` and `to`, and may have "
                "`step` or `whole: true`, given a mapping of `from`; write for example {from: 0.9, to: 1.2}",
                "staffing.yaml:8:22: vary.pools.desk.agents: the end of a range is no number, duration or "
                "share, given 'low'; write for example {from: 0.9, to: 1.2}",
            ],
        ),
        (
            "scenario: small.yaml\ndesign: sobol\npoints: 4\nvary:\n  demand.volume: {from: -1, to: 1}\n"
            "  pools.desk.agents: {scale: {from: -0.5, to: 1}}\n"
            "  tiers.mid.talks: {from: 1 min, to: 2 min}\n",
            [
                "staffing.yaml:5:25: demand.volume: cannot be negative, given -1; write 0 or more",
                "staffing.yaml:6:37: pools.desk.agents: cannot be negative, given -0.5; write 0 or more",
                "staffing.yaml:7:27: tiers.mid.talks: unknown key `talks`; did you mean `talk`?",
                "staffing.yaml:7:38: tiers.mid.talks: unknown key `talks`; did you mean `talk`?",
            ],
        ),
        (
            "scenario: small.yaml\nvary: {demand.volume: 1.1}\n",
            [
                "staffing.yaml:2:23: vary.demand.volume: must be a list of values, given 1.1; "
                "write for example [0.9, 1.0, 1.1] or {scale: [0.9, 1.0, 1.1]}"
            ],
        ),
        (
            "scenario: small.yaml\nreplicatons: 3\ndesign: gird\nvary: {demand.volume: [1]}\n",
            [
                "staffing.yaml:2:1: replicatons: unknown key `replicatons`; did you mean `replications`?",
                "staffing.yaml:3:9: design: is not one of the choices, given 'gird'; did you mean `grid`?",
            ],
        ),
        (
            "scenario: other.yaml\nvary: {demand.volume: [1]}\n",
            [
                "staffing.yaml:1:11: scenario: there is no file `other.yaml` beside this one; "
                "give the path from here to the scenario"
            ],
        ),
        (
            "scenario: small.yaml\nvary:\n  demand.volum: [1]\n  pools.desk.agents: {scale: [1, -1]}\n",
            [
                "staffing.yaml:3:18: demand.volum: unknown key `volum`; did you mean `volume`?",
                "staffing.yaml:4:34: pools.desk.agents: cannot be negative, given -1; write 0 or more",
            ],
        ),
        (
            "scenario: small.yaml\ndesign: zip\nvary: {demand.volume: [1, 2], pools.desk.agents: [9]}\n",
            [
                "staffing.yaml:3:7: vary: `design: zip` needs as many values for every path, "
                "given 2 of demand.volume, 1 of pools.desk.agents"
            ],
        ),
    ],
)
def test_problems_name_their_place(sweep_file: Path, text: str, problems: list[str]) -> None:
    """Everything wrong is said at once, where it stands in the sweep file."""
    assert problems == problems_of(sweep_file, text)
    with speaking("zh-CN"):
        assert [] == not_chinese(problems_of(sweep_file, text))


def test_a_wrong_scenario_is_said_in_its_own_file(sweep_file: Path) -> None:
    """What is wrong in the scenario is not blamed on the sweep."""
    scenario_file = sweep_file.with_name("small.yaml")
    scenario_file.write_text(scenario_file.read_text().replace("priority: 0", "priority: first"))
    (problem,) = problems_of(sweep_file, sweep_file.read_text())

    assert problem.startswith("small.yaml:9:15: tiers.vip.priority:")


def test_a_grid_of_too_many_points_is_refused_at_once(sweep_file: Path) -> None:
    """Ten values of each of eight paths: counted, not built."""
    ten = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"
    paths = ", ".join(f"tiers.mid.{key}: {ten}" for key in "abcdefgh")

    assert [
        "staffing.yaml:2:1: vary: the lists make 100,000,000 points, at most 100,000 are possible; "
        "shorten them, or write `design: sobol` and `points: 64`"
    ] == problems_of(sweep_file, f"scenario: small.yaml\nvary: {{{paths}}}")
