"""Files as systems export them and planners keep them: placed by time, or asked; never in silence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcenter.scenario import load
from tests.scenario.files.desk import CALLS, calls_of, question_of, scenario_of, written
from tests.scenario.files.sheets import save_book, staffed
from tests.scenario.hotline import hotline, messages

STARTS = ("08:00", "08:30", "09:00", "09:30")


def table(head: str, starts: Any, calls: Any = CALLS, separator: str = ",") -> str:
    """Return a file whose rows stand newest first."""
    rows = [f"{start}{separator}{figure}" for start, figure in zip(starts, calls, strict=True)]
    return "\n".join([f"{head}{separator}calls", *reversed(rows), ""])


@pytest.mark.parametrize(
    "head",
    [
        *(
            "start",
            "interval_start",
            "Time_Interval",
            "Hour",
            "Half Hour",
            "Uhrzeit",
            "timestamp",
            "时段",
            "时间",
        ),
        *(
            "Time",
            "Interval",
            "StartTime",
            "datetime",
            "Zeit",
            "von",
            "Period",
            "开始时间",
            "半小时",
            "时间段",
            "x",
            "Block",
            "",
        ),
    ],
)
def test_a_column_of_times_under_any_name(tmp_path: Path, head: str) -> None:
    """Rows in newest-first order are put in the order of time, and that is said."""
    file = written(tmp_path, table(head, STARTS))
    assert CALLS == calls_of(file)
    assert "the rows are put in the order of" in "".join(scenario_of(file).remarks)


@pytest.mark.parametrize(
    "starts",
    [
        [f"2026-11-23T{start}:00Z" for start in STARTS],
        [f"2026-11-23T{start}:00+08:00" for start in STARTS],
        [f"11/23/2026 {start[1:]} AM" for start in STARTS],
        [f"11/23/2026 {start}" for start in STARTS],
        [f"23.11.2026 {start}" for start in STARTS],
        [f"23/11/2026 {start}" for start in STARTS],
        [f"03/04/2026 {start}" for start in STARTS],
        [f"{start} AM" for start in STARTS],
        [f"上午{start}" for start in STARTS],
        ["0800", "0830", "0900", "0930"],
        ["800", "830", "900", "930"],
        ["8", "8.5", "9", "9.5"],
        ["08:00-08:30", "08:30-09:00", "09:00-09:30", "09:30-10:00"],
        ["08:00-08:29", "08:30-08:59", "09:00-09:29", "09:30-09:59"],
        ["46349.3333", "46349.354167", "46349.375", "46349.39583"],
        ["1795420800", "1795422600", "1795424400", "1795426200"],
    ],
)
def test_stamps_of_every_form(tmp_path: Path, starts: list[str]) -> None:
    """The clock counts, as it is written."""
    assert CALLS == calls_of(written(tmp_path, table("interval_start", starts)))


def test_plain_hours(tmp_path: Path) -> None:
    """8 and 9 under a head that names a time are hours of the day; elsewhere they are figures."""
    assert (5, 5, 20, 20) == calls_of(written(tmp_path, "hour,calls\n9,40\n8,10\n"))
    assert "has the wrong length, expected 4" in question_of(written(tmp_path, "agents,calls\n9,40\n8,10\n"))


@pytest.mark.parametrize(
    ("starts", "held"),
    [
        ([dt.datetime(2026, 11, 23, 8 + half // 2, half % 2 * 30) for half in range(4)], "date-times"),
        ([dt.time(8 + half // 2, half % 2 * 30) for half in range(4)], "times"),
        ([dt.timedelta(minutes=480 + 30 * half) for half in range(4)], "lengths"),
        ([46349 + (16 + half) / 48 for half in range(4)], "serial numbers"),
        ([(16 + half) / 48 for half in range(4)], "parts of a day"),
        (list(STARTS), "text"),
        ([800, 830, 900, 930], "hours and minutes"),
    ],
)
@pytest.mark.parametrize("head", ["interval_start", "Uhrzeit", "Half Hour"])
def test_times_of_a_workbook(tmp_path: Path, starts: list[Any], held: str, head: str) -> None:
    """Excel's own times under any head."""
    rows = list(zip(starts, CALLS, strict=True))
    assert CALLS == calls_of(save_book(tmp_path / "x.xlsx", Plan=[[head, "calls"], *reversed(rows)]))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "start,calls\nearly,10\nlate,20\nx,30\ny,40\n",
            "`start` of x.csv is named like a time, but cannot be read",
        ),
        (
            "interval,calls\n1,10\n2,20\n48,30\n47,40\n",
            "`interval` of x.csv is named like a time, but cannot be read",
        ),
        (
            "Block,calls\nearly,10\nnoon,20\nlate,30\nnight,40\n",
            "`Block` of x.csv may say when each row holds",
        ),
        ("date,calls\n2026-11-26,40\n2026-11-25,30\n2026-11-24,20\n2026-11-23,10\n", "are days (`date`)"),
        ("day,calls\nMon,40\nTue,30\nWed,20\nThu,10\n", "are days (`day`)"),
        ("end,calls\n08:30,10\n09:00,20\n09:30,30\n10:00,40\n", "`end` of x.csv says when rows end"),
        (
            "start,calls\n10:00,10\n10:30,20\n11:00,30\n11:30,40\n",
            "rows from 10:00 to 11:30, none in the day from 08:00",
        ),
        (
            "start,calls\n08:00,10\n08:30,20\n09:00,30\n10:00,40\n",
            "10:00 is outside the day from 08:00 to 10:00",
        ),
        (
            "start,calls\n08:00,12,5\n08:30,20\n09:00,30\n09:30,40\n",
            "x.csv:2:3: demand.calls: stands below no column",
        ),
        ("start,calls\n08:30,10\n09:00,20\n09:30,30\n", "has no row for 08:00"),
        ("start,calls\n08:00,10\n,20\n09:00,30\n09:30,40\n", "is no time of day, given nothing"),
        ("start,calls\n08:00,10\n08:30,\n09:00,30\n09:30,40\n", "is not a number, given nothing"),
        (
            "start,calls\n08:00,1.012\n08:30,1.100\n09:00,1.250\n09:30,1.300\n",
            "`calls` may have thousands or decimals",
        ),
        (
            "start,calls\n" + "".join(f"2026-11-{day} {start},1\n" for day in (23, 24) for start in STARTS),
            "holds 2 days in `start`, 2026-11-23 and others; choose one with `where: {start: 2026-11-23}`",
        ),
        (
            "date,start,calls\n"
            + "".join(
                f"{day}/11/2026,{start},1\n" for day, start in zip((23, 23, 24, 24), STARTS, strict=True)
            ),
            "x.csv holds 2 days in `date`, 2026-11-23 and others",
        ),
    ],
)
def test_what_cannot_be_placed_is_asked(tmp_path: Path, text: str, question: str) -> None:
    """With what to write; rows are never counted in file order where something else may be meant."""
    assert question in question_of(written(tmp_path, text))


def test_one_column_alone_counts_in_file_order_and_that_is_said(tmp_path: Path) -> None:
    """A series is one value for each interval; the file says nothing else."""
    file = written(tmp_path, "calls\n10\n20\n30\n40\n")
    assert CALLS == calls_of(file)
    assert "they count in the order of the file" in "".join(scenario_of(file).remarks)


def test_quiet_intervals_are_filled_and_named(tmp_path: Path) -> None:
    """A system that writes no row for nothing; only between rows that times place, and only calls."""
    text = "start,calls,agents\n08:00,10,1\n08:30,20,1\n09:30,40,1\n"
    scenario = scenario_of(written(tmp_path, text))
    assert (10, 20, 0, 40) == scenario.demand.calls
    assert "no calls are taken for 09:00, an interval that the file leaves out" in "".join(scenario.remarks)
    (message,) = messages(staffed(tmp_path / "x.csv", "agents"))
    assert "has no row for 09:00" in message


@pytest.mark.parametrize(
    "total", ["Total", "Summe", "合计", "总计", "Grand total", "Total:", "Sum", "Summary", "平均"]
)
def test_totals_below_are_left_out_and_named(tmp_path: Path, total: str) -> None:
    """With times beside the rows or not."""
    rows = "".join(f"{start},{figure}\n" for start, figure in zip(STARTS, CALLS, strict=True))
    for head in ("start", "calls of"):
        scenario = scenario_of(written(tmp_path, f"{head},calls\n{rows}{total},100\n"))
        assert CALLS == scenario.demand.calls
        assert "row 6 is left out, it is a total" in "".join(scenario.remarks)


def test_a_queue_may_be_called_total(tmp_path: Path) -> None:
    """Where rows are chosen by it, it is what is wanted; and a customer may be called Total Care."""
    rows = "".join(
        f"{start},{queue},{n}\n" for start, n in zip(STARTS, CALLS, strict=True) for queue in ("Total", "a")
    )
    assert CALLS == calls_of(written(tmp_path, f"start,queue,calls\n{rows}"), where={"queue": "total"})


def test_titles_above_the_head(tmp_path: Path) -> None:
    """Names of reports, dates of printing, empty lines."""
    title = "Interval report,,\nPrinted 23.11.2026,,\n,,\n"
    assert CALLS == calls_of(written(tmp_path, title + table("Time_Interval", STARTS)))
    book = save_book(
        tmp_path / "x.xlsx", Plan=[["呼入量预测"], [], ["时段", "calls"], *zip(STARTS, CALLS, strict=True)]
    )
    assert CALLS == calls_of(book)


def test_two_rows_of_names(tmp_path: Path) -> None:
    """Merged groups above: a column is named by its own name if that is enough, else with its group."""
    rows = [[start, n, 2 * n, 1, 2] for start, n in zip(STARTS, CALLS, strict=True)]
    head: list[list[Any]] = [
        ["start", "Mon", None, "Tue", None],
        [None, "calls", "agents", "calls", "agents"],
    ]
    book = save_book(tmp_path / "x.xlsx", Plan=[["November"], *head, *rows])
    assert CALLS == calls_of(book, "Mon calls")
    assert "has the column `calls` twice (B and D)" in question_of(book, "calls")


@pytest.mark.parametrize(
    "days", [["2026-11-23", "2026-11-24"], ["23.11.2026", "24.11.2026"], ["Mon", "Tue"], ["周一", "周二"]]
)
def test_days_down_and_half_hours_across(tmp_path: Path, days: list[str]) -> None:
    """The row is chosen by `where`, or by its name as the column; several rows are asked."""
    text = "\n".join(
        [
            f"day,{','.join(STARTS)},Total",
            f"{days[0]},10,20,30,40,100",
            f"{days[1]},1,2,3,4,10",
            "Total,11,22,33,44,110",
        ]
    )
    file = written(tmp_path, text)
    assert CALLS == calls_of(file, None, where={"day": days[0]})
    assert (1, 2, 3, 4) == calls_of(file, days[1])
    assert "holds 2 days in `day`, " in question_of(file, None)
    assert "has intervals across and 0 rows `calls`" in question_of(file, "calls")


def test_hours_across_as_numbers(tmp_path: Path) -> None:
    """8 to 19 beside each other are hours; numbers of the whole sheet decide about thousands."""
    day = {"open": "08:00", "close": "20:00", "interval": "1 h"}
    heads = ",".join(map(str, range(8, 20)))
    file = written(tmp_path, f"day;{heads}\nMon;1.012{';987' * 11}\n".replace(",", ";"))
    assert (1012, *[987] * 11) == calls_of(file, None, day=day)


@pytest.mark.parametrize("date", ["2026-11-03", "3.11.2026", "03/11/2026", "11/03/2026"])
def test_a_day_is_chosen_however_it_is_written(tmp_path: Path, date: str) -> None:
    """The file has days and months that only its later rows tell apart."""
    days = ("03/11/2026", "23/11/2026") if date != "11/03/2026" else ("11/03/2026", "11/23/2026")
    rows = "".join(
        f"{day},{start},{n if day == days[0] else 1}\n"
        for day in days
        for start, n in zip(STARTS, CALLS, strict=True)
    )
    assert CALLS == calls_of(written(tmp_path, f"date,start,calls\n{rows}"), where={"date": date})


def test_days_and_months_that_may_be_exchanged(tmp_path: Path) -> None:
    """Asked where both readings find rows; settled by `dates`, or by a day that only one of them has."""
    rows = "".join(
        f"{day},{start},{n}\n"
        for day, k in (("03/04/2026", 1), ("04/03/2026", 2))
        for start, n in zip(STARTS, (k, k, k, k), strict=True)
    )
    file = written(tmp_path, f"date,start,calls\n{rows}")
    assert "`date` may have days or months first, given '" in question_of(file, where={"date": "2026-04-03"})
    assert (1, 1, 1, 1) == calls_of(file, where={"date": "2026-04-03"}, dates="d/m/y")
    assert (2, 2, 2, 2) == calls_of(file, where={"date": "2026-04-03"}, dates="m/d/y")
    assert "has no row in which `date` is 2026-04-05" in question_of(file, where={"date": "2026-04-05"})


def test_factors_of_days_follow_their_dates(tmp_path: Path) -> None:
    """Newest first in the file, oldest first in the run; a day that stands twice is asked."""
    data = hotline(days=3)
    data["demand"]["days"] = {"file": str(tmp_path / "x.csv"), "column": "factor"}
    written(tmp_path, "date,factor\n25/11/2026,1.5\n24/11/2026,1.0\n23/11/2026,0.5\n")
    assert (0.5, 1.0, 1.5) == load(data).demand.days
    written(tmp_path, "date,factor\n23/11/2026,1.5\n23/11/2026,1.0\n24/11/2026,0.5\n")
    assert "names a day twice" in messages(data)[0]


def test_the_words_that_settle_a_doubt(tmp_path: Path) -> None:
    """`decimal` says which sign it is."""
    file = written(tmp_path, "start;calls\n08:00;1.012\n08:30;1.100\n09:00;1.250\n09:30;1.300\n")
    assert (1012, 1100, 1250, 1300) == calls_of(file, decimal=",")
    assert (1.012, 1.1, 1.25, 1.3) == calls_of(file, decimal=".")
    assert "`decimal` is none of the choices, given ';'; write" in question_of(file, decimal=";")


def test_rows_of_dashes_are_no_heads(tmp_path: Path) -> None:
    """A quiet night at the beginning of a file."""
    assert (0, 0, 30, 40) == calls_of(
        written(tmp_path, "start,calls\n08:00,-\n08:30,-\n09:00,30\n09:30,40\n")
    )
    assert "has no row for 08:00" in question_of(
        written(tmp_path, "start,calls\n08:00,\n08:30,20\n09:00,30\n09:30,40\n")
    )


def test_dashes_and_units_in_cells(tmp_path: Path) -> None:
    """As people type them: nothing, quoted thousands, counted words."""
    text = 'start,calls\n08:00,-\n08:30,"1,212"\n09:00,105通\n09:30,98 calls\n'
    assert (0, 1212, 105, 98) == calls_of(written(tmp_path, text))


def test_observed_talk_times(tmp_path: Path) -> None:
    """Clocks, ISO durations and seconds are one observation each."""
    file = written(tmp_path, "talk\n0:02:14\n02:14\nPT2M14S\n2分14秒\n134\n")
    talk = (
        load(hotline(), {"tiers.vip.talk": {"empirical": {"file": str(file), "column": "talk"}}})
        .tiers["vip"]
        .talk
    )
    assert (134.0,) * 5 == talk.values  # type: ignore[attr-defined]
    written(tmp_path, "talk\n0.0015\n0.0012\n")
    assert (
        "are these parts of a day?"
        in messages(hotline(), {"tiers.vip.talk": {"empirical": {"file": str(file), "column": "talk"}}})[0]
    )


@pytest.mark.parametrize(
    "text",
    [
        "start,end,agents,breaks\n08:00,17:00,12,12:00 1 h; 15:00 15 min\n",
        "start,end,agents,breaks\n8:00 AM,5:00 PM,12,12:00 PM 1 h; 3:00 PM 15 min\n",
        "Start;End;Agents;Breaks\n08:00:00;17:00:00;12;12:00-13:00, 15:00-15:15\n",
        "start,end,agents,breaks\n0800,1700,12,12:00 1 h; 15:00 15 min\nTotal,,12,\n",
        "Roster of November,,,\nstart,end,agents,breaks\n"
        "2026-11-23 08:00,2026-11-23 17:00,12 agents,12:00 1 h; 15:00 15 min\n",
        "上班,下班,人数,小休\n上午8:00,下午5:00,12人,12:00 1 h; 15:00 15 min\n",
    ],
)
def test_rosters_accept_what_forecasts_accept(tmp_path: Path, text: str) -> None:
    """AM and PM, seconds, four digits, stamps, titles and totals."""
    file = written(tmp_path, text)
    scenario = load(hotline(pools={"desk": {"serves": ["vip", "regular"], "shifts": {"file": str(file)}}}))
    (shift,) = scenario.pools["desk"].shifts or ()
    breaks = [(pause.at, pause.for_) for pause in shift.breaks]
    assert (28_800, 61_200, 12) == (shift.start, shift.end, shift.agents)
    assert [(43_200, 3600), (54_000, 900)] == breaks


def test_a_roster_of_several_dates_is_asked(tmp_path: Path) -> None:
    """Which simulated day each shift is for, the file does not say."""
    file = written(
        tmp_path,
        "start,end,agents\n2026-11-23 08:00,2026-11-23 17:00,2\n2026-11-24 08:00,2026-11-24 17:00,3\n",
    )
    data = hotline(pools={"desk": {"serves": ["vip", "regular"], "shifts": {"file": str(file)}}})
    assert "holds shifts of 2 days; keep those of one day" in messages(data)[0]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("start,calls\n28800,10\n30600,20\n32400,30\n34200,40\n", {}),
        ("start,calls\n480,10\n510,20\n540,30\n570,40\n", {}),
        (
            "slot,calls\n[08:00 - 08:30),10\n[08:30 - 09:00),20\n[09:00 - 09:30),30\n[09:30 - 10:00),40\n",
            {},
        ),
        ("start,calls\n08:00,10\n08:30,20\n09:00,30\n09:30,40\n\nGenerated 2026-11-23 by a system,\n", {}),
        ("AHT,slot,calls\n0:03:20,09:30,40\n0:03:10,09:00,30\n0:03:10,08:30,20\n0:03:00,08:00,10\n", {}),
        ("date,start,calls\n23.11.,08:00,10\n", None),
        (
            "date,start,calls\n2026-11-23,08:00,10\n,08:30,20\n,09:00,30\n,09:30,40\n2026-11-24,08:00,1\n,08:30,1\n",
            {"where": {"date": "23.11.2026"}},
        ),
        (
            "start,23.11.2026,24.11.2026\n08:00,10,1\n08:30,20,1\n09:00,30,1\n09:30,40,1\n",
            {"column": "2026-11-23"},
        ),
        ("start,Mon,Tue\n08:00,10,1\n08:30,20,1\n09:00,30,1\n09:30,40,1\n", {"column": "Monday"}),
        ("param,value\ngrowth,1.1\n\nstart,calls\n08:00,10\n08:30,20\n09:00,30\n09:30,40\n", {}),
    ],
)
def test_further_layouts(tmp_path: Path, text: str, keys: dict[str, Any] | None) -> None:
    """Seconds and minutes of the day, half-open spans, footers, merged days, dates and weekdays as heads."""
    file = written(tmp_path, text)
    if keys is None:
        assert "has no row for" in question_of(file)
    else:
        assert CALLS == calls_of(file, **{"column": "calls", **keys})


@pytest.mark.parametrize("running", [(4, 3, 2, 1), (1004, 1003, 1002, 1001)])
def test_running_numbers_that_fall_are_asked(tmp_path: Path, running: tuple[int, ...]) -> None:
    """They say that the newest row is first; rising ones agree with the order of the file."""
    rows = [f"{number},{figure}" for number, figure in zip(running, CALLS[::-1], strict=True)]
    file = written(tmp_path, "\n".join(["no,calls", *rows]))
    assert "`no` of x.csv falls from row to row: is the newest first?" in question_of(file)
    written(tmp_path, "\n".join(["no,calls", *reversed(rows)]))
    assert CALLS == calls_of(file)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.integers(0, 99_999), min_size=4, max_size=4),
    st.permutations(range(4)),
    st.sampled_from(
        ("%H:%M", "%I:%M %p", "%Y-%m-%dT%H:%M:%SZ", "%d.%m.%Y %H:%M", "%m/%d/%Y %I:%M %p", "%H%M")
    ),
    st.sampled_from(",;\t"),
)
def test_any_order_and_form_is_read_back(
    tmp_path: Path, calls: list[int], order: list[int], form: str, separator: str
) -> None:
    """Whatever the order of rows, the form of times and the separator: the day as it was, never another."""
    starts = [dt.datetime(2026, 11, 23, 8 + half // 2, half % 2 * 30).strftime(form) for half in range(4)]
    rows = [f"{starts[half]}{separator}{calls[half]}" for half in order]
    file = written(tmp_path, "\n".join([f"slot{separator}calls", *rows]))
    if any(calls):
        assert tuple(calls) == calls_of(file)


def test_a_file_named_alone_is_told_how_to_be_read() -> None:
    """Its name stands where a number would."""
    data = hotline()
    data["demand"]["calls"] = "forecast.xlsx"
    assert "write {file: forecast.xlsx, column: name} to read it from the file" in messages(data)[0]
