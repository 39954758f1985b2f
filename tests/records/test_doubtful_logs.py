"""Logs that are wrong, half, or of another kind: each is answered in words, never by other figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pandas import DataFrame, ExcelWriter

from callcenter.records import records
from callcenter.scenario import ScenarioError

HEAD = "id,arrived,wait,talk,outcome,queue\n"


def log(folder: Path, rows: list[str], head: str = HEAD) -> Path:
    """Write a log and return it."""
    file = folder / "calls.csv"
    file.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return file


def row(at: int, stamp: str, outcome: str = "answered", queue: str = "Sales") -> str:
    """Return a row of a log."""
    return f"{at},{stamp},12,{180 if outcome == 'answered' else 0},{outcome},{queue}"


def calls_of(days: int, first: date, hours: range = range(8, 20)) -> list[str]:
    """Return the rows of days with ten calls an hour."""
    return [
        row(at, f"{first + timedelta(days=day)} {hour:02}:{6 * tenth:02}:07")
        for at, (day, hour, tenth) in enumerate(
            (day, hour, tenth) for day in range(days) for hour in hours for tenth in range(10)
        )
    ]


def refused(file: Path, given: Mapping[str, Any] | None = None) -> str:
    """Return the message with which a log is refused."""
    with pytest.raises(ScenarioError) as error:
        records(file, given)
    return str(error.value)


def test_what_was_understood_is_said(tmp_path: Path) -> None:
    """Chinese heads are guessed, and each guess is shown with an example."""
    head = "呼入时间,等待时长,通话时长,呼叫结果,技能队列,工号\n"
    found = records(
        log(
            tmp_path,
            ["2026-11-23 08:00:03,12,0:02:14,已接通,金卡,1001", "2026-11-23 08:01:00,65,,放弃,普通,"],
            head,
        )
    )

    assert "arrived <- 呼入时间, 2026-11-23 08:00:03" in found.understood
    assert ["answered", "abandoned"] == found.calls["outcome"].tolist()
    assert [28_815, 149] == [found.calls["answered"][0], found.calls["left"][0] - 28_800]
    assert ["金卡", "普通"] == found.calls["tier"].tolist()


@pytest.mark.parametrize(
    ("stamp", "dates"),
    [
        ("23/11/2026 8:00:03", None),
        ("11/23/2026 8:00:03 AM", None),
        ("2026-11-23T08:00:03.000+08:00", None),
        ("20261123080003", None),
        ("2026年11月23日 上午8:00:03", None),
        ("05/06/2026 08:00:03", "d/m/y"),
    ],
)
def test_stamps_of_many_forms(stamp: str, dates: str | None, tmp_path: Path) -> None:
    """Whatever the form, the call arrived at three seconds past eight."""
    given = {"dates": dates} if dates else None
    found = records(log(tmp_path, [row(1, stamp)]), changes=given)

    assert 28_803 == found.calls["arrived"][0]
    assert str(found.first_day) == ("2026-06-05" if dates else "2026-11-23")


def test_months_and_days_are_asked_for(tmp_path: Path) -> None:
    """5 June or 6 May: nobody guesses."""
    message = refused(log(tmp_path, [row(1, "05/06/2026 08:00:03")]))

    assert (
        "calls.csv:2: `arrived` may have days or months first, given '05/06/2026 08:00:03'; write" in message
    )
    assert "with --set dates=d/m/y" in message


def test_a_stamp_of_another_zone_is_brought_to_the_centre(tmp_path: Path) -> None:
    """Midnight in UTC is eight in Shanghai."""
    file = log(tmp_path, [row(1, "2026-11-23T00:00:03Z")])

    assert "the time zone of the centre is needed" in refused(file)
    assert 28_803 == records(file, changes={"time_zone": "Asia/Shanghai"}).calls["arrived"][0]


def test_a_log_of_another_kind_is_refused(tmp_path: Path) -> None:
    """A price list, and a queue_log that is none."""
    message = refused(log(tmp_path, ["apple,3"], "sep=,\nfruit,price\n"))
    assert (
        "calls.csv:2: no column says when a call arrived, given 'fruit, price'; name it in a map" in message
    )
    assert "unless it is no log of calls" in message
    assert "is no queue_log of Asterisk" in refused(log(tmp_path, [row(1, "x")]), {"source": "queue_log"})
    message = refused(
        log(tmp_path, [row(1, "2026-11-23 08:00:03")]), {"columns": {"arrived": "Arival", "wait": "wait"}}
    )
    assert "calls.csv:1: there is no column `Arival` for `arrived`; did you mean `arrived`?" in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "there are no rows; export it again"),
        (HEAD.encode(), "there are no rows; export it again"),
        (bytes(range(256)) * 20, "is not a text file; save it as CSV in UTF-8"),
    ],
)
def test_a_file_without_calls_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    """Nothing, a head alone, a picture: the file is named once, with what to do."""
    file = tmp_path / "calls.csv"
    file.write_bytes(content)
    message = refused(file)

    assert words in message
    assert 1 == message.count("calls.csv")


def test_a_log_that_hardly_fits_is_refused(tmp_path: Path) -> None:
    """Above 20 % of unreadable rows the map is for another log; above 2 % it is said."""
    good = calls_of(1, date(2026, 11, 23))

    message = refused(log(tmp_path, [*good, *[row(1, "never")] * 60]))
    assert "calls.csv: 33.3% of the rows are dropped" in message
    assert "that can be read, given 'never' (line 122, 123, 124); check the map" in message
    few = records(log(tmp_path, [*good, *[row(1, "never")] * 6]))
    assert "calls.csv: 4.8% of the rows are dropped" in few.remarks[0]


def test_unknown_words_are_asked_for(tmp_path: Path) -> None:
    """An outcome that nobody knows, and a queue that no rule has."""
    known = calls_of(1, date(2026, 11, 23))
    rules = {"tiers": {"sales": {"queue": "Sales"}}}

    assert "calls.csv:122: outcomes: 'XFER' is no known outcome (rows: 1); name it in" in refused(
        log(tmp_path, [*known, row(1, "2026-11-23 09:00:00", "XFER")])
    )
    message = refused(
        log(tmp_path, [*known, row(1, "2026-11-23 09:00:00", queue="Sales_2")]), {**MAP, **rules}
    )
    assert "calls.csv:122: tiers: queue 'Sales_2' is in no rule of `tiers` (rows: 1)" in message
    assert "nearest known: `Sales`; name it in the rule of a tier" in message


MAP = {
    "columns": {
        "call": "id",
        "arrived": "arrived",
        "wait": "wait",
        "talk_s": "talk",
        "outcome": "outcome",
        "queue": "queue",
    }
}


def test_repeated_calls_are_said(tmp_path: Path) -> None:
    """A call that comes twice is kept once, and the lines of the others are named."""
    day = calls_of(1, date(2026, 11, 23))

    assert (
        "2 rows repeat another (line 2, 3): the newest is kept"
        in records(log(tmp_path, [*day, *day[:2]])).remarks
    )


def test_a_log_of_answered_calls_alone_is_said(tmp_path: Path) -> None:
    """Nobody hung up on a whole day: most likely nobody exported them."""
    remark = records(log(tmp_path, calls_of(1, date(2026, 11, 23)))).remarks[0]

    assert "nobody hung up in line" in remark
    assert "export lost calls, too" in remark


def test_whole_minutes_do_not_tell_the_answer_rate(tmp_path: Path) -> None:
    """Twenty seconds cannot be seen in times of whole minutes."""
    rows = [f"{at},2026-11-23 08:{at:02},{60 * (at % 3)},180,answered,Sales" for at in range(30)]

    remark = records(log(tmp_path, rows)).remarks[0]
    assert (
        "calls.csv:2: times are whole minutes, such as 08:00: waits under 60 s cannot be told apart" in remark
    )
    assert "the answer rate within 20 s is not defined by this log; export times with seconds" in remark


def test_half_a_day_is_left_out_by_name(tmp_path: Path) -> None:
    """A day whose afternoon is missing is named, and kept when it is asked for."""
    whole = calls_of(42, date(2026, 10, 12))
    half = [each for each in whole if "2026-11-09" not in each or each.split(",")[1] < "2026-11-09 13"]
    file = log(tmp_path, half)
    found = records(file)

    assert [("2026-11-09", "no call 13:00-20:00 while 70 are usual, perhaps a system was down")] == list(
        found.left_out()
    )
    assert 41 * 120 == len(found.calls)
    assert 41 * 120 + 50 == len(records(file, keep_days=["2026-11-09"]).calls)


def test_a_day_of_23_hours_is_left_out_by_name(tmp_path: Path) -> None:
    """The clocks of Berlin went forward on 29 March 2026."""
    file = log(tmp_path, calls_of(3, date(2026, 3, 28)))
    found = records(file, changes={"time_zone": "Europe/Berlin"})

    assert [("2026-03-29", "has 23 hours (clock change)")] == list(found.left_out())


def test_answered_beyond_offered_is_said(tmp_path: Path) -> None:
    """103 % answered: the report counts calls where they end."""
    rows = ["2026-11-23 08:00,100,98,5", "2026-11-23 08:30,100,90,5", "Total,200,188,10"]
    found = records(log(tmp_path, rows, "Interval,Offered,Answered,Abandoned\n"))

    remark = (
        "calls.csv:2: answered and abandoned are up to 103% of offered (98 + 5 / 100), in 1 interval: calls"
    )
    assert remark in found.remarks[0]
    assert "ask for a report by arrival" in found.remarks[0]
    assert [(28_800, 100), (30_600, 100)] == list(
        zip(found.intervals["start"], found.intervals["offered"], strict=True)
    )
    assert ["total"] == found.cleaning["rule"].tolist()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_days_down_and_intervals_across(kind: str, tmp_path: Path) -> None:
    """A planner's sheet: a row for each day, a total below, a column for each half-hour."""
    rows: list[list[Any]] = [
        ["日期", "星期", "08:00-08:30", "08:30-09:00", "09:00-09:30", "合计"],
        ["2026-11-23", "周一", 118, 120, 99, 337],
        ["2026-11-24", "周二", 108, 110, 0, 218],
        ["合计", "", 226, 230, 99, 555],
    ]
    file = tmp_path / f"plan.{kind}"
    if kind == "csv":
        file.write_text(
            "\n".join(",".join(str(cell) for cell in row) for row in rows) + "\n", encoding="utf-8"
        )
    else:
        with ExcelWriter(file) as book:
            DataFrame(rows).to_excel(book, header=False, index=False)
    wide = records(file)
    intervals = wide.intervals

    assert "2026-11-23" == str(wide.first_day)
    assert [0, 0, 0, 1, 1, 1] == intervals["day"].tolist()
    assert [28_800, 30_600, 32_400] * 2 == intervals["start"].tolist()
    assert [118, 120, 99, 108, 110, 0] == intervals["offered"].tolist()


def test_a_map_stays_in_its_folder(tmp_path: Path) -> None:
    """Patterns that lead out of the folder of the map, and links that do, find nothing."""
    (tmp_path / "maps").mkdir()
    (tmp_path / "secret.csv").write_text("a,b\n")
    (tmp_path / "maps/link.csv").symlink_to(tmp_path / "secret.csv")
    outside, link = tmp_path / "maps/out.yaml", tmp_path / "maps/link.yaml"
    outside.write_text("files: ../secret.csv\n")
    link.write_text("files: '*.csv'\n")

    with pytest.raises(ScenarioError, match=r"out.yaml:1:8: files: leads out of the folder of the map"):
        records((), outside)
    with pytest.raises(ScenarioError, match="no file fits"):
        records((), link)


def test_slips_in_a_map_are_named_with_their_place(tmp_path: Path) -> None:
    """An unknown role, an unknown outcome, an unknown key: by line, with what to write."""
    file = tmp_path / "map.yaml"
    lines = ["source: colums", "columns:", "  arived: Start", "outcomes:", "  lost: [X]", "zone: UTC"]
    file.write_text("\n".join([*lines, "time_zone: Asia/Shanghay"]))
    with pytest.raises(ScenarioError) as error:
        records("calls.csv", file)
    lines = str(error.value).splitlines()

    assert 5 == len(lines)
    assert (
        "map.yaml:1:9: source: is not one of the choices, given 'colums'; did you mean `columns`?" in lines[0]
    )
    assert "there is no role `arived`; did you mean `arrived`?" in lines[1]
    assert "there is no outcome `lost`" in lines[2]
    assert "did you mean `Asia/Shanghai`?" in lines[4]
