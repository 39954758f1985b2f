"""The live cells: formulas have the values they come to, and follow what the planner changes."""

from __future__ import annotations

import pytest

import callcenter as cc
from callcenter.report.workbook import write_workbook
from callcenter.study.insights import required_agents
from tests.report import studies
from tests.report.workbooks import Reader

PRICED = {
    "pools.desk.cost_per_hour": 40,
    "pools.desk.shrinkage": "25%",
    "pools.desk.agents": 8,
    "pools.office.cost_per_hour": 25,
}


def opened(found: cc.Result) -> Reader:
    """Return the workbook of a result."""
    return Reader(lambda file: write_workbook(found, file))


@pytest.fixture(scope="module")
def priced() -> cc.Result:
    """The desk with a quarter of its agents off the phones, and prices."""
    return studies.result(PRICED, replications=2)


@pytest.fixture(scope="module")
def book(priced: cc.Result) -> Reader:
    """Its workbook."""
    return opened(priced)


def assert_calculated(book: Reader) -> None:
    """Assert that every formula comes to the value that is stored with it."""
    assert book.formulas()
    for place in book.formulas():
        sheet, cell = place
        stored, found = book.values[sheet][cell].value, book.calculated(place)
        expected = "" if stored is None else pytest.approx(stored, rel=1e-9, abs=1e-9)
        assert expected == found, place


def test_every_formula_has_its_value(book: Reader, desk_book: Reader) -> None:
    """Readers that do not calculate show the same figures as those that do."""
    assert_calculated(book)
    assert_calculated(desk_book)


def test_a_pool_that_needs_nobody() -> None:
    """Nothing is required of a pool that only calls back: its cells stay empty, the totals do not."""
    found = studies.result({"pools.office.serves": []}, replications=2)
    book = opened(found)
    by_pool = {row["pool"]: row for row in book.rows("Staffing", "pool")}

    assert_calculated(book)
    assert (None, None) == (by_pool["office"]["required (h)"], by_pool["office"]["net (h)"])
    assert by_pool["desk"]["required (h)"] == by_pool["all"]["required (h)"]


def test_scheduled_against_required(priced: cc.Result, book: Reader) -> None:
    """A row for each pool and interval, as the formula has it; six of eight agents are on the phones."""
    table = required_agents(priced.scenario).set_index(["pool", "start"])
    rows = book.rows("Staffing by interval", "from")

    assert ["desk"] * 6 + ["office"] * 6 == [row["pool"] for row in rows]
    for row in rows:
        found = table.loc[(row["pool"], row["from"])]
        heads = ("rostered", "scheduled", "required", "net")
        assert [found[head] for head in heads] == pytest.approx([row[head] for head in heads])
    assert [6.0] * 6 == [row["scheduled"] for row in rows[:6]]
    assert [8.0] * 6 == pytest.approx([row["paid agents"] for row in rows[:6]])


def test_sums_by_hand(book: Reader) -> None:
    """Six intervals of an hour: 8 rostered agents at 40 an hour, one at 25."""
    rows = {row["pool"]: row for row in book.rows("Staffing", "pool")}
    heads = ("scheduled (h)", "paid (h)", "full-time agents", "cost")

    assert [36, 48, 6, 1920] == pytest.approx([rows["desk"][head] for head in heads])
    assert [6, 6, 0.75, 150] == pytest.approx([rows["office"][head] for head in heads])
    assert [42, 54, 6.75, 2070] == pytest.approx([rows["all"][head] for head in heads])
    assert [0.25, 40] == pytest.approx([rows["desk"][head] for head in ("shrinkage", "cost of a paid hour")])


def test_costs_agree_with_the_economics(priced: cc.Result, book: Reader) -> None:
    """Before anything is changed, paid hours cost what the simulated roster costs."""
    costs = [row["cost"] for row in book.rows("Staffing", "pool")]

    assert priced.summary["economics"]["staffing_cost"]["value"] == pytest.approx(costs[-1])


def test_cells_follow_the_planner(book: Reader) -> None:
    """With 40 % shrinkage at 50 an hour, and days of 7.5 hours."""
    changes = {
        book.place("Staffing", "shrinkage"): 0.4,
        book.place("Staffing", "cost of a paid hour"): 50.0,
        _beside(book, "paid hours of a full-time day"): 7.5,
    }
    found = {
        head: [book.calculated(book.place("Staffing", head, row), changes) for row in range(3)]
        for head in ("scheduled (h)", "paid (h)", "full-time agents", "cost")
    }

    assert [36, 6, 42] == pytest.approx(found["scheduled (h)"])
    assert [36 / 0.6, 6, 66] == pytest.approx(found["paid (h)"])
    assert [8, 0.8, 8.8] == pytest.approx(found["full-time agents"])
    assert [3000, 150, 3150] == pytest.approx(found["cost"])


def test_a_requirement_of_the_planners_own(book: Reader) -> None:
    """Whoever knows better writes over what is required."""
    need, net = (book.place("Staffing by interval", head, 2) for head in ("required", "net"))

    assert 2.5 == pytest.approx(book.calculated(net, {need: 3.5}))


def test_days_that_differ() -> None:
    """Where rosters differ by day, each day has its rows, and full-time agents are those of one day."""
    shifts = [
        {"start": "08:00", "end": "14:00", "agents": 3, "days": [1]},
        {"start": "08:00", "end": "14:00", "agents": 5, "days": [2]},
    ]
    pool = {"serves": ["vip", "regular"], "shifts": shifts}
    book = opened(studies.result({"days": 2, "pools.desk": pool}, replications=2))
    rows, pools = book.rows("Staffing by interval", "day"), book.rows("Staffing", "pool")

    assert_calculated(book)
    assert [1, 2] * 2 == [row["day"] for row in rows[::6]]
    assert [3.0, 5.0] == [rows[0]["scheduled"], rows[6]["scheduled"]]
    assert [48, 48 / 8 / 2] == pytest.approx([pools[0]["paid (h)"], pools[0]["full-time agents"]])


def test_names_that_differ_in_case_alone() -> None:
    """Spreadsheets compare without case; the sums of two pools are kept apart all the same."""
    pools = {
        name: {"serves": ["vip", "regular"], "agents": agents} for name, agents in (("Desk", 3), ("desk", 5))
    }
    tiers = {**studies.DESK["tiers"], "regular": {**studies.DESK["tiers"]["regular"]}}
    del tiers["regular"]["callback"]
    scenario = cc.load({**studies.DESK, "tiers": tiers, "pools": pools})
    book = opened(cc.run(scenario, 2, engine="simpy"))
    rows = book.rows("Staffing", "pool")

    assert_calculated(book)
    assert [("Desk", 18.0), ("desk", 30.0)] == [(row["pool"], row["scheduled (h)"]) for row in rows[:2]]


def _beside(book: Reader, text: str) -> tuple[str, str]:
    for row in book.sheet("Staffing").iter_rows():
        if row[0].value == text:
            return "Staffing", row[1].coordinate
    raise KeyError(text)


def test_inputs_are_checked(book: Reader) -> None:
    """Excel refuses a shrinkage of everything."""
    rules = book.texts["Staffing"].data_validations.dataValidation

    assert book.place("Staffing", "shrinkage")[1] in rules[1].sqref
    assert ("0.0", "0.95") == (rules[1].formula1, rules[1].formula2)
