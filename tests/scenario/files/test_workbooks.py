"""Forecasts and staffing in workbooks and CSV files: wide, long, by the clock; wrong cells; hostile files."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from callcenter.scenario import load
from callcenter.scenario.parts.by_day import mean_day
from tests.scenario.files.sheets import calling, save_book, save_csv, staffed, with_part
from tests.scenario.hotline import hotline, messages
from tests.test_package import imported_by

HALF_HOURS = [time(8), time(8, 30), time(9), time(9, 30)]
Table = list[list[Any]]

WIDE: Table = [
    ["start", "Mon", "Tue"],
    *map(list, zip(HALF_HOURS, (20, 30.5, 30, 20), (1, 2, 3, 4), strict=True)),
]
LONG: Table = [
    ["date", "queue", "start", "offered"],
    *([date(2026, 11, 23), "vip", start, 4 - index] for index, start in enumerate(reversed(HALF_HOURS))),
    *([date(2026, 11, 23), "regular", start, 50] for start in HALF_HOURS),
    *([date(2026, 11, 24), "vip", start, 70] for start in HALF_HOURS),
]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def forecast(tmp_path: Path) -> Path:
    """Calls by weekday, one column each, and a sheet of notes behind it."""
    return save_book(tmp_path / "forecast.xlsx", Forecast=WIDE, Notes=[["To do"]])


def calls(data: dict[str, Any]) -> tuple[float, ...]:
    """Return the calls by interval of a scenario."""
    calls = load(data).demand.calls
    assert calls is not None
    return mean_day(calls)


def only(message: list[str], file: Path) -> str:
    """Return the one message, without the folder of the file."""
    (line,) = message
    return line.replace(f"{file.parent}/", "")


def test_a_column_of_the_first_sheet(forecast: Path) -> None:
    """One column is one weekday; the first sheet is meant if none is named."""
    assert (20, 30.5, 30, 20) == calls(calling(forecast, "Mon"))
    with_macros = forecast.rename(forecast.with_name("FORECAST.XLSM"))
    assert (1, 2, 3, 4) == calls(calling(with_macros, "Tue", sheet="Forecast"))


@pytest.mark.parametrize("column", ["mon", " MON", "M on"])
def test_columns_and_sheets_but_for_case_and_spaces(forecast: Path, column: str) -> None:
    """Nobody sees a space at the end of a header."""
    assert (20, 30.5, 30, 20) == calls(calling(forecast, column, sheet=" forecast"))


def test_the_exact_name_goes_first(tmp_path: Path) -> None:
    """Two columns that differ by case alone can both be named."""
    book = save_book(tmp_path / "x.xlsx", Plan=[["Desk", "desk"], *[[9, 1]] * 4])
    assert ((9,) * 4, (1,) * 4) == (calls(calling(book, "Desk")), calls(calling(book, "desk")))
    assert "has the column `DESK` twice (A and B); rename one" in only(messages(calling(book, "DESK")), book)


def test_workbook_and_csv_give_the_same_fingerprint(forecast: Path) -> None:
    """What counts is the figures, not the file that they come from."""
    text = [[str(cell)[:5] for cell in row] for row in WIDE]
    table = save_csv(forecast.with_name("forecast.csv"), text)
    listed = hotline(pools=calling(table)["pools"])
    listed["demand"]["calls"] = [20, 30.5, 30, 20]

    prints = {load(data).fingerprint for data in (calling(forecast, "Mon"), calling(table, "Mon"), listed)}

    assert 1 == len(prints)


def test_files_are_relative_to_the_yaml(forecast: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook lies beside the scenario, wherever the command runs."""
    data = calling(Path(forecast.name), "Mon")
    scenario = forecast.with_name("scenario.yaml")
    scenario.write_text(str(data).replace("'", '"'), encoding="utf-8")
    monkeypatch.chdir("/")
    assert (20, 30.5, 30, 20) == load(scenario).demand.calls


@pytest.mark.parametrize(
    "starts",
    [
        HALF_HOURS,
        [1 / 3, 8.5 / 24, 0.375, 9.5 / 24],
        [timedelta(hours=8), timedelta(minutes=510), timedelta(hours=9), timedelta(minutes=570)],
        [datetime(2026, 11, 23, start.hour, start.minute) for start in HALF_HOURS],
        ["8:00", "08:30:00", "09:00 - 09:30", "9:30 AM"],
        ["2026-11-23 08:00", "2026-11-23T08:30", "2026/11/23 9:00", "2026-11-23 09:30:00"],
    ],
    ids=["times", "fractions of a day", "durations", "time stamps", "text", "stamps as text"],
)
def test_every_way_to_write_a_time(tmp_path: Path, starts: list[Any]) -> None:
    """Rows may stand in any order, their times put them right."""
    rows = list(zip(starts, (20, 30, 40, 50), strict=True))
    book = save_book(tmp_path / "x.xlsx", Plan=[["Start", "calls"], *rows[2:], *rows[:2]])
    assert (20, 30, 40, 50) == calls(calling(book))


@pytest.mark.parametrize("header", [None, "half-hour", "开始时间"])
def test_times_in_the_first_column_count_under_any_name(tmp_path: Path, header: str | None) -> None:
    """Rows in another order are not taken for those of the day; a lone time is a figure like any other."""
    rows: Table = [[at, calls] for at, calls in zip(HALF_HOURS, (20, 30, 40, 50), strict=True)]
    book = save_book(tmp_path / "x.xlsx", Plan=[[header, "calls"], *rows[2:], *rows[:2]])
    assert (20, 30, 40, 50) == calls(calling(book))


def test_midnight_of_a_round_the_clock_day(tmp_path: Path) -> None:
    """00:00 is the first interval, as a time, as a time stamp or as 0."""
    day = {"open": "00:00", "close": "24:00", "interval": "12 h"}
    for midnight in (time(0), datetime(2026, 11, 23), 0):
        book = save_book(tmp_path / "x.xlsx", Plan=[["start", "calls"], [time(12), 7], [midnight, 5]])
        assert (5, 7) == calls(calling(book, day=day))


def test_long_rows_are_chosen_and_ordered(tmp_path: Path) -> None:
    """Only the rows of the queue and the day count, in order of their interval."""
    book = save_book(tmp_path / "x.xlsx", Export=LONG)
    table = save_csv(tmp_path / "x.csv", [[str(cell) for cell in row] for row in LONG])
    for file in (book, table):
        for day in ("2026-11-23", "2026/11/23"):
            where = {"queue": "VIP", "date": day}
            assert (1, 2, 3, 4) == calls(calling(file, "offered", where=where))


def test_a_day_is_chosen_from_time_stamps(tmp_path: Path) -> None:
    """Exports often have one column for date and time."""
    rows: Table = [
        [datetime(2026, 11, 20 + day, hour), 100 * day + hour] for day in range(3) for hour in (8, 9)
    ]
    book = save_book(tmp_path / "x.xlsx", Export=[["interval start", "calls"], *rows])
    data = calling(book, day={"interval": "1 h"}, where={"interval start": "2026-11-21"})
    assert (108, 109) == calls(data)


def test_long_rows_without_a_time_count_in_the_order_of_the_file(tmp_path: Path) -> None:
    """Nothing says when they hold, so their number must fit."""
    rows: Table = [["queue", "calls"], *([queue, number] for number in range(4) for queue in ("a", "b"))]
    table = save_csv(tmp_path / "x.csv", rows)
    assert (0, 1, 2, 3) == calls(calling(table, where={"queue": "b"}))
    assert "has the wrong length, expected 4" in messages(calling(table))[0]


def test_calls_of_a_finer_file_are_added_up(tmp_path: Path) -> None:
    """A forecast by quarters of an hour for a day of half-hours: 1 + 2, 3 + 4, 5 + 6, 7 + 8.5."""
    quarters = [f"{8 + index // 4:02}:{index % 4 * 15:02}" for index in range(8)]
    rows = zip(quarters, (1, 2, 3, 4, 5, 6, 7, 8.5), strict=True)
    assert (3, 7, 11, 15.5) == calls(calling(save_csv(tmp_path / "x.csv", [["time", "calls"], *rows])))


def test_calls_of_a_coarser_file_are_shared_out_evenly(tmp_path: Path) -> None:
    """An hour of 15 calls is two half-hours of 7.5; agents of an hour work in both."""
    rows: Table = [["from", "calls", "desk"], [time(9), 40, 5], [time(8), 15, 3]]
    book = save_book(tmp_path / "x.xlsx", Plan=rows)
    assert (7.5, 7.5, 20, 20) == calls(calling(book))
    assert (3, 3, 5, 5) == load(staffed(book)).pools["desk"].agents


def test_agents_of_a_finer_file_hold_for_the_interval(tmp_path: Path) -> None:
    """Where they change within it, they are shifts that are as long as the rows: nobody rounds them."""
    quarters = [time(8 + index // 4, index % 4 * 15) for index in range(8)]
    rows: Table = [["start", "desk"], *map(list, zip(quarters, (2, 2, 3, 3, 4, 4, 5, 5), strict=True))]
    assert (2, 3, 4, 5) == load(staffed(save_book(tmp_path / "x.xlsx", Plan=rows))).pools["desk"].agents

    rows[4][1] = 9
    book = save_book(tmp_path / "x.xlsx", Plan=rows)
    scenario = load(staffed(book))
    assert [(8, 8.5, 2), (8.5, 8.75, 3), (8.75, 9, 9), (9, 9.5, 4), (9.5, 10, 5)] == [
        (shift.start / 3600, shift.end / 3600, shift.agents) for shift in scenario.pools["desk"].shifts or ()
    ]
    assert (2, 6, 4, 5) == scenario.staffed("desk")
    assert "they are read as shifts" in "".join(scenario.remarks)


def test_handle_time_factors_are_held_too(tmp_path: Path) -> None:
    """`per_interval` by the hour is the same in both half-hours."""
    book = save_book(tmp_path / "x.xlsx", Plan=[["start", "factor"], [time(8), 1], [time(9), 0.8]])
    talk = {"exponential": "2 min", "per_interval": {"file": str(book), "column": "factor"}}
    assert (1, 1, 0.8, 0.8) == load(hotline(), {"tiers.vip.talk": talk}).tiers["vip"].talk.per_interval


def test_the_day_of_the_file_that_extends_counts(tmp_path: Path) -> None:
    """A variant opens in whole hours: the forecast of its base is added up; another column is another day."""
    save_csv(tmp_path / "x.csv", [[str(cell) for cell in row] for row in WIDE])
    data = calling(Path("x.csv"), "Mon")
    (tmp_path / "base.yaml").write_text(str(data).replace("'", '"'), encoding="utf-8")
    variant = tmp_path / "variant.yaml"
    variant.write_text("extends: base.yaml\nday: {interval: 1 h}\ndemand: {calls: {column: Tue}}\n")

    assert (3, 7) == load(variant).demand.calls


def test_a_reference_replaces_the_one_of_the_base_whole(tmp_path: Path) -> None:
    """Rows chosen from the base's file are not chosen from the variant's."""
    save_csv(tmp_path / "x.csv", [[str(cell) for cell in row] for row in LONG])
    save_csv(tmp_path / "y.csv", [["offered"], [1], [2], [3], [4]])
    data = calling(Path("x.csv"), "offered", where={"queue": "regular"})
    (tmp_path / "base.yaml").write_text(str(data).replace("'", '"'), encoding="utf-8")
    variant = tmp_path / "variant.yaml"
    variant.write_text("extends: base.yaml\ndemand: {calls: {file: y.csv, column: offered}}\n")

    assert (1, 2, 3, 4) == load(variant).demand.calls


def test_rows_outside_the_opening_hours_may_be_empty_or_0(tmp_path: Path) -> None:
    """Forecasts of the whole day have zeros at night; a call there would be lost in silence."""
    night: Table = [[time(7, 30), 0], [time(10), None]]
    rows: Table = [["start", "calls"], *night, *map(list, zip(HALF_HOURS, (1, 2, 3, 4), strict=True))]
    assert (1, 2, 3, 4) == calls(calling(save_book(tmp_path / "x.xlsx", Plan=rows)))

    book = save_book(tmp_path / "x.xlsx", Plan=[*rows, [time(10, 30), 12]])
    assert only(messages(calling(book)), book) == (
        "x.xlsx: sheet 'Plan', row 8, column B (calls): demand.calls: 10:30 is outside the day from 08:00 "
        "to 10:00, given '12'; write 0, or change `day`"
    )


def test_shifts_and_observations_from_a_workbook(tmp_path: Path) -> None:
    """Excel's times are clock times; 24:00 is one, too."""
    roster: Table = [
        ["start", "end", "agents", "breaks"],
        [time(8), timedelta(days=1), 2, "09:00 15 min"],
        [time(8, 30), "10:00", 1, None],
    ]
    book = save_book(tmp_path / "x.xlsx", Talk=[["seconds"], [12.5], ["1 min"]], Roster=roster)
    shifts = {"file": str(book), "sheet": "Roster"}
    talk = {"empirical": {"file": str(book), "column": "seconds"}}

    scenario = load(hotline(pools={"desk": {"serves": ["vip", "regular"], "shifts": shifts}}))

    assert [(28800, 86400, 2), (30600, 36000, 1)] == [
        (shift.start, shift.end, shift.agents) for shift in scenario.pools["desk"].shifts or ()
    ]
    observed = scenario.with_({"tiers.vip.talk": talk}).tiers["vip"].talk
    assert (12.5, 60) == observed.values  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("thirty", "is not a number, given 'thirty'; write a number in this cell"),
        (None, "is not a number, given nothing; write a number in this cell"),
        (-4, "cannot be negative, given -4; write 0 or more"),
        (True, "is not a number, given 'True'; write a number in this cell"),
        ("12 min", "is not a number, given '12 min'; write a number in this cell"),
        (date(2026, 1, 12), "is not a number, given '2026-01-12'; write a number in this cell"),
        (
            "=B2*1.1",
            "is a formula without its result, given '=B2*1.1'; open the workbook in Excel and save it",
        ),
    ],
)
def test_a_wrong_cell_is_named_as_excel_shows_it(forecast: Path, cell: Any, message: str) -> None:
    """Sheet, row, column letter and header, whatever is wrong."""
    book = load_workbook(forecast)
    book["Forecast"]["C4"] = cell
    book.save(forecast)
    place = "forecast.xlsx: sheet 'Forecast', row 4, column C (Tue): demand.calls.2: "
    assert place + message == only(messages(calling(forecast, "Tue")), forecast)


def test_a_formula_with_its_result_is_a_number(forecast: Path) -> None:
    """As Excel saves it: the value beside the formula; nothing is calculated here."""
    book = load_workbook(forecast)
    book["Forecast"]["B3"] = "=1+1"
    book.save(forecast)
    with_part(forecast, SHEET, b"<f>1+1</f><v />", b"<f>1+1</f><v>99</v>")
    assert (20, 99, 30, 20) == calls(calling(forecast, "Mon"))


def test_all_wrong_cells_at_once(forecast: Path) -> None:
    """In the order of the sheet, a problem of the scenario before them; a note beside a figure is one."""
    book = load_workbook(forecast)
    book["Forecast"]["B2"], book["Forecast"]["B5"], book["Forecast"]["A6"] = "x", "#N/A", "evening"
    book["Forecast"]["B6"] = 100
    book.save(forecast)

    lines = messages(calling(forecast, "Mon"), {"demand.volume": "x"})

    assert [
        "sheet 'Forecast', row 2, column B (Mon): demand.calls.0: is not a number, given 'x'",
        "sheet 'Forecast', row 5, column B (Mon): demand.calls.3: is not a number, given '#N/A'",
        "sheet 'Forecast', row 6, column A (start): demand.calls: is no time of day, given 'evening'",
        "demand.volume: is not a number, given 'x'",
    ] == [line.partition(": ")[2].partition(";")[0] for line in lines]


@pytest.mark.parametrize(
    ("starts", "message"),
    [
        (
            ["08:00", "08:30", "08:30", "09:30"],
            "row 4, column A (start): demand.calls: is the same interval as in row 3, given '08:30'; "
            "keep one row for each interval, or choose rows with `where`",
        ),
        (
            ["08:00", "08:40", "09:00", "09:30"],
            "row 3, column A (start): demand.calls: starts no interval of 30 min counted from 08:00, given "
            "'08:40'; correct the time",
        ),
        (
            ["08:00", "=A2+1/48", "09:00", "09:30"],
            "row 3, column A (start): demand.calls: is a formula without its result, given '=A2+1/48'; "
            "open the workbook in Excel and save it",
        ),
        (
            ["08:00", None, "09:00", "09:30"],
            "row 3, column A (start): demand.calls: is no time of day, given nothing; write for example "
            "08:30, or keep totals and notes in another sheet",
        ),
    ],
    ids=["doubled", "off the grid", "formula", "missing"],
)
def test_times_that_do_not_cover_the_day(tmp_path: Path, starts: list[Any], message: str) -> None:
    """The row is named, in a workbook by its letter, in a CSV file by line and column."""
    rows: Table = [["start", "calls"], *([start, 5] for start in starts)]
    book = save_book(tmp_path / "x.xlsx", Plan=rows)
    table = save_csv(tmp_path / "x.csv", rows)

    assert f"x.xlsx: sheet 'Plan', {message}" == only(messages(calling(book)), book)
    line = message.partition(",")[0].removeprefix("row ")
    what = message.partition(": ")[2]
    assert f"x.csv:{line}:1: {what}" == only(messages(calling(table)), table)


@pytest.mark.parametrize(
    ("minutes", "message"),
    [
        ([0, 30, 60], "sheet 'Plan' of x.xlsx has no row for 09:30; add what is missing, or change `day`"),
        ([0], "has no row for 08:30, 09:00, 09:30; add what is missing"),
        ([0, 15], "has no row for 08:30, 08:45, 09:00 and 3 more; add what is missing"),
        (
            range(0, 120, 20),
            "has rows of 20 min, which do not fit a day of 2 h in intervals of 30 min; change `interval`",
        ),
    ],
)
def test_rows_that_are_missing(tmp_path: Path, minutes: list[int], message: str) -> None:
    """What is missing is reported at the reference, with the times that are missing."""
    rows: Table = [["start", "calls"], *([time(8 + minute // 60, minute % 60), 5] for minute in minutes)]
    book = save_book(tmp_path / "x.xlsx", Plan=rows)
    assert message in only(messages(calling(book)), book)


@pytest.mark.parametrize(
    ("column", "keys", "message"),
    [
        ("Mn", {}, "sheet 'Forecast' of forecast.xlsx has no column `Mn`; did you mean `Mon`?"),
        ("offered", {}, "has no column `offered`; its columns: start, Mon, Tue"),
        ("Mon", {"sheet": "Fc"}, "forecast.xlsx has no sheet `Fc`; its sheets: Forecast, Notes"),
        (
            "Mon",
            {"sheet": "Forcast"},
            "has no sheet `Forcast`; did you mean `Forecast`? its sheets: Forecast, Notes",
        ),
        ("Mon", {"sheet": ["Fc"]}, "`sheet` must be the name of a sheet, given a list of 1; write for"),
        ("Mon", {"where": "vip"}, "`where` must name columns and what they say, given 'vip'; write for"),
        ("Mon", {"where": {}}, "`where` must name columns and what they say, given an empty mapping; write"),
        ("Mon", {"where": {"Tue": [1]}}, "`where` needs one value for `Tue`, given a list of 1; write for"),
        ("Mon", {"where": {"Teu": 1}}, "has no column `Teu`; did you mean `Tue`?"),
        ("Mon", {"where": {"Tue": 9}}, "has no row in which `Tue` is 9; it says: 1, 2, 3, 4"),
        ("Mon", {"sheets": "Forecast"}, "unknown key `sheets`; did you mean `sheet`?"),
    ],
)
def test_references_that_lead_nowhere(
    forecast: Path, column: str, keys: dict[str, Any], message: str
) -> None:
    """With the nearest name, or all there are."""
    assert message in only(messages(calling(forecast, column, **keys)), forecast)


def test_a_title_above_the_table(tmp_path: Path) -> None:
    """The head is found below it, and its cells are named as Excel shows them."""
    book = save_book(tmp_path / "x.xlsx", Plan=[["Forecast for Monday"], [], *WIDE])
    assert (20, 30.5, 30, 20) == calls(calling(book, "Mon"))
    assert "its columns: start, Mon, Tue" in only(messages(calling(book, "offered")), book)


def test_an_unknown_queue_is_answered_with_the_queues_of_that_day(tmp_path: Path) -> None:
    """A condition is tested among the rows that the ones before it left."""
    book = save_book(tmp_path / "x.xlsx", Export=LONG)
    where = {"date": "2026-11-24", "queue": "regular"}
    message = only(messages(calling(book, "offered", where=where)), book)
    assert message.endswith("has no row in which `queue` is regular; it says: vip")


def test_a_csv_file_has_no_sheets(tmp_path: Path) -> None:
    """The key is refused rather than ignored."""
    table = save_csv(tmp_path / "x.csv", WIDE)
    message = only(messages(calling(table, "Mon", sheet="Forecast")), table)
    assert "only a workbook has sheets, given 'Forecast in x.csv'; remove `sheet`" in message


def test_an_empty_sheet(tmp_path: Path) -> None:
    """A workbook whose table is on another sheet."""
    book = save_book(tmp_path / "x.xlsx", Cover=[], Forecast=WIDE)
    assert "sheet 'Cover' of x.xlsx is empty; name the sheet" in only(messages(calling(book)), book)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not an Excel workbook; save it as .xlsx"),
        (b"start,Mon\n08:00,20\n", "is not an Excel workbook; save it as .xlsx"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "has a password or the old format of Excel 97"),
    ],
    ids=["empty", "a CSV file in disguise", "encrypted"],
)
def test_files_that_are_no_workbooks(forecast: Path, content: bytes, message: str) -> None:
    """The name alone makes no workbook."""
    forecast.write_bytes(content)
    assert message in only(messages(calling(forecast, "Mon")), forecast)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(forecast: Path) -> None:
    """300 MB of spaces in 300 kB."""
    with zipfile.ZipFile(forecast, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(SHEET, bytes(300 * 2**20))
    assert "unpacks to 300 MB in 1 parts, too large" in only(messages(calling(forecast, "Mon")), forecast)


@pytest.mark.parametrize(
    ("part", "old", "new", "message"),
    [
        (SHEET, b"</row>", b"<", "is damaged ("),
        ("[Content_Types].xml", None, b"<Types/>", "is damaged ("),
        ("xl/workbook.xml", b"Forecast", b"\xff\xff", "is damaged ("),
        (
            "xl/workbook.xml",
            None,
            b"<!DOCTYPE x [<!ENTITY a '"
            + b"a" * 1000
            + b"'>"
            + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(6))
            + b"]><workbook>&g;</workbook>",
            "is damaged (",
        ),
    ],
    ids=["no XML", "no parts", "no text", "laughs"],
)
def test_damaged_workbooks(forecast: Path, part: str, old: bytes | None, new: bytes, message: str) -> None:
    """Whatever a reader of XML stumbles over is reported in one line."""
    with_part(forecast, part, old, new)
    shown = only(messages(calling(forecast, "Mon")), forecast)
    assert message in shown
    assert shown.endswith("; open it in Excel and save it anew")


def test_a_sheet_does_not_say_how_large_it_is(forecast: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it claims about its size is not believed, and its last row may lie far below."""
    monkeypatch.setattr("callcenter.scenario.files.workbooks.MOST_ROWS", 1_000)
    with_part(forecast, SHEET, b'<dimension ref="A1:C5"', b'<dimension ref="A1:XFD1048576"')
    with_part(forecast, SHEET, b'<row r="5"', b'<row r="900000000"')
    message = only(messages(calling(forecast, "Mon")), forecast)
    assert "has no row for 09:30; add what is missing" in message


def test_a_sheet_has_a_largest_size(forecast: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call log is no forecast."""
    monkeypatch.setattr("callcenter.scenario.files.workbooks.MOST_CELLS", 10)
    message = only(messages(calling(forecast, "Mon")), forecast)
    assert "sheet 'Forecast' of forecast.xlsx has more than 10 cells" in message


def test_a_sheet_has_a_largest_text(forecast: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One text of which very many cells are made is small in the file and large in memory."""
    monkeypatch.setattr("callcenter.scenario.files.workbooks.MOST_CHARACTERS", 2**20)
    book = save_book(forecast, Plan=[["calls" * 6_000] * 40, [1]])

    assert book.stat().st_size < 20_000
    assert "sheet 'Plan' of forecast.xlsx has more than 1 MB of text" in only(messages(calling(book)), book)


def test_other_workbooks_are_not_followed(forecast: Path) -> None:
    """A formula that points to another file has the value that was saved with it, or none."""
    book = load_workbook(forecast)
    book["Forecast"]["B2"] = "='file:///etc/[passwd]Sheet1'!A1"
    book.save(forecast)
    assert "is a formula without its result" in only(messages(calling(forecast, "Mon")), forecast)


def test_excel_is_imported_only_where_a_workbook_is_read(forecast: Path) -> None:
    """A scenario without a workbook does not wait for openpyxl."""
    plain = f"import callcenter; callcenter.load({hotline()!r})"
    assert "openpyxl" not in imported_by(plain)
    assert "openpyxl" in imported_by(f"import callcenter; callcenter.load({calling(forecast, 'Mon')!r})")
