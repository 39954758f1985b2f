"""One simulated day event by event, and the hour that moves: beside a timeline written by hand."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import callcenter as cc
from callcenter import plot
from callcenter.calllog import CallLog
from callcenter.language import speaking
from callcenter.measure import tally
from callcenter.report.replay.hour import MOST_CALLS, hour_of, lowest_free
from callcenter.report.replay.levels import Levels, at_work, in_line, levels, span_of, staffed, thinned
from callcenter.report.replay.page import as_script, render
from callcenter.scenario import Scenario
from tests.measure import logs
from tests.report import studies
from tests.report.figures.test_figures import numbers, tick_names

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

ROWS = [
    logs.answered("vip", 600, pool="desk"),
    logs.answered("mid", 610, wait=30, talk=100, wrap_up=20),
    logs.lost("mid", 620, wait=50),
    logs.answered("spam", 630, ivr=10, wait=40),
    logs.inside("vip", 7190, joined=7195),
]
JOBS = [
    logs.Job(call=2, created=670, due=87_070, outcome="reached", ended=900, attempts=(("office", 800, 900),))
]

LINE = {
    0: (0, 0, 0),
    610: (0, 1, 0),
    620: (0, 2, 0),
    640: (0, 1, 1),
    670: (0, 0, 1),
    680: (0, 0, 0),
    7195: (1, 0, 0),
}
"""Callers in line, (vip, mid, spam), from each moment on."""
WORK = {
    0: (0, 0),
    600: (1, 0),
    640: (1, 1),
    660: (0, 1),
    680: (0, 2),
    740: (0, 1),
    760: (0, 0),
    800: (0, 1),
    900: (0, 0),
}
"""Agents busy, (desk, office): the office calls back from 800 to 900."""


def result_of(scenario: Scenario, log: CallLog) -> cc.Result:
    """Return a result of one replication from its log."""
    return cc.Result(scenario, 1, "simpy", (tally(scenario, log),), (log,))


@pytest.fixture
def by_hand() -> cc.Result:
    """Five calls and a callback."""
    return result_of(logs.scenario(), logs.log(ROWS, jobs=JOBS))


def as_table(levels: Levels) -> dict[int, tuple[int, ...]]:
    """Return how many there were from each moment on."""
    return {
        round(at): tuple(int(number) for number in inside)
        for at, inside in zip(levels.at, levels.inside.T, strict=True)
    }


def test_the_line_and_the_work_by_hand() -> None:
    """Every event of the timeline, and no other."""
    scenario, log = logs.scenario(), logs.log(ROWS, jobs=JOBS)

    assert LINE == as_table(levels(in_line(log), 3, 0, 7200))
    assert WORK == as_table(levels(at_work(scenario, log), 2, 0, 7200))
    assert {0: (2, 3), 3600: (1, 3)} == as_table(staffed(log, 0, 7200))
    assert {3500: (2, 3), 3600: (1, 3)} == as_table(staffed(log, 3500, 7200))


def test_who_was_there_before_counts_from_the_beginning() -> None:
    """A window that opens in between starts with those inside, and closes with those still there."""
    log = logs.log(ROWS, jobs=JOBS)

    assert {630: (0, 2, 0), 640: (0, 1, 1)} == as_table(levels(in_line(log), 3, 630, 660))


def test_chats_side_by_side_keep_one_agent_busy() -> None:
    """Two chats in one session are one busy agent."""
    scenario = logs.scenario({"tiers.spam.channel": "chat", "tiers.spam.concurrency": 2})
    rows = [logs.answered("spam", 100), logs.answered("spam", 120)]
    log = logs.log(rows, sessions=[("office", 100, 180)])

    assert {0: (0, 0), 100: (0, 1), 180: (0, 0)} == as_table(levels(at_work(scenario, log), 2, 0, 7200))


def test_a_day_ends_when_the_last_has_gone() -> None:
    """Who is inside at the close is seen out, also who still waits then; mail is left for another day."""
    scenario = logs.scenario({"tiers.spam.channel": "deferred", "tiers.spam.patience": "never"})
    inside = [logs.answered("mid", 7100, talk=300), logs.answered("mid", 7150, wait=250, talk=100)]
    mail = logs.inside("spam", 7160, joined=7160)

    assert (0, 7500) == span_of(scenario, logs.log([*inside, mail], end=9000), 0)
    assert (0, 7200) == span_of(scenario, logs.log([mail], end=9000), 0)
    assert (0, 86_400) == span_of(
        scenario, logs.log([logs.answered("mid", 7100, talk=90_000)], end=97_100), 0
    )


def test_a_crowded_day_keeps_its_peaks_and_its_rests() -> None:
    """Of each stretch the fullest moment is kept and the last, so that no line stands longer than it did."""
    at = np.append(np.arange(10_000.0), [20_000.0, 30_000.0])
    inside = np.random.default_rng(1).poisson(5, (2, at.size)).astype(np.int64)
    inside[:, 9_990:] = 0
    levels = thinned(Levels(at, inside), 200)
    rows = dict(zip(at, inside.T.tolist(), strict=True))

    assert 60 <= levels.at.size <= 200
    assert inside.sum(axis=0).max() == levels.inside.sum(axis=0).max()
    assert [rows[moment] for moment in levels.at] == levels.inside.T.tolist()
    assert [0, 0] == levels.inside[:, np.searchsorted(levels.at, 15_000.0) - 1].tolist()


def test_the_figure_draws_the_timeline(by_hand: cc.Result) -> None:
    """Above, the areas of the tiers on each other; below, the busy agents under the staffed ones."""
    ax = plot.queue_replay(by_hand)
    above, below = ax.figure.axes
    tops = [np.asarray(area.get_paths()[0].vertices)[:, 1].max() for area in above.collections]
    steps = below.patches[0]

    assert ["vip", "mid", "spam"] == [area.get_label() for area in above.collections]
    assert [1, 2, 2] == tops
    assert 2 == np.asarray(below.collections[0].get_paths()[0].vertices)[:, 1].max()
    assert [5, 4] == numbers(steps.get_data()[0])  # type: ignore[attr-defined]
    assert ["00:00", "01:00", "02:00"] == tick_names(below, "x")


def test_the_figure_fits_into_given_axes(by_hand: cc.Result) -> None:
    """One of two subplots is divided; axes without a grid as well."""
    from matplotlib.figure import Figure

    figure = Figure()
    upper, _other = figure.subplots(2, 1)
    free = Figure().add_axes((0.1, 0.1, 0.8, 0.8))

    assert upper is plot.queue_replay(by_hand, ax=upper)
    assert 3 == len(figure.axes)
    assert free is plot.queue_replay(by_hand, ax=free)
    assert free.get_position().y0 > free.figure.axes[1].get_position().y1


def test_a_replay_says_what_it_needs(by_hand: cc.Result) -> None:
    """Logs that were dropped, a replication and a day that there is not, a closed hour."""
    with pytest.raises(ValueError, match='run again with keep="calls"'):
        plot.queue_replay(studies.result(replications=1))
    with pytest.raises(ValueError, match="there is no replication 3; there are 0"):
        plot.queue_replay(by_hand, replication=3)
    with pytest.raises(ValueError, match="there is no day 1 in a replication; there are 0"):
        plot.queue_replay(by_hand, day=1)
    with pytest.raises(
        ValueError, match="03:00 lies outside the opening hours; write a time from 00:00 to before 02:00"
    ):
        plot.animated_hour(by_hand, "03:00")
    with pytest.raises(ValueError, match="start: is not a clock time"):
        plot.animated_hour(by_hand, "ten")


def test_the_hour_by_hand(by_hand: cc.Result) -> None:
    """Times after the start, seats from the lowest free one, when each fate was known."""
    hour = hour_of(by_hand, 600.0)

    assert [
        [0, 0, 0, 0, 60, 60, 7, 0, 0, 0, 1],
        [1, 10, 10, 40, 140, 160, 7, 1, 0, 40, 1],
        [1, 20, 20, None, 70, None, 4, -1, -1, 50, 0],
        [2, 30, 40, 80, 140, 140, 7, 1, 1, 60, 0],
    ] == hour["calls"]
    assert [[1, 200, 300, 1, 0]] == hour["attempts"]
    assert [[0, 0], [70, 1], [300, 0]] == hour["backlog"]
    assert [[0, 2], [3000, 1]] == hour["pools"][0]["staffed"]
    assert [[0, 1], [60, 0]] == hour["pools"][0]["busy"]
    assert ["mid", 30.0, 0.85] == [hour["tiers"][1][key] for key in ("name", "within", "target")]


def test_an_agent_on_a_break_keeps_the_seat() -> None:
    """By hand: the second of two agents is away from 660 to 900; the third call takes the other seat."""
    rows = [
        logs.answered("mid", 600, talk=80, wrap_up=20),
        logs.answered("mid", 610, talk=40, wrap_up=10),
        logs.answered("mid", 720, talk=60, wrap_up=0),
        logs.answered("mid", 910, talk=60, wrap_up=0),
    ]
    log = logs.log(rows, breaks=[("office", 660, 900), ("office", 540, 590)])
    hour = hour_of(result_of(logs.scenario(), log), 580.0)

    assert [0, 1, 0, 0] == [call[8] for call in hour["calls"]]
    assert [[80, 320, 1, 1], [-40, 10, 1, 0]] == hour["breaks"]
    assert [[0, 1], [10, 0], [80, 1], [320, 0]] == hour["pools"][1]["away"]
    assert [[0, 0]] == hour["pools"][0]["away"]


def test_the_lowest_free_seat() -> None:
    """By hand: three at once, the first to free is taken first, a seat freed now is free."""
    assert [0, 1, 2, 1, 0] == lowest_free([0, 1, 2, 5, 9], [9, 4, 20, 30, 30])


def test_an_hour_with_too_many_calls_is_refused() -> None:
    """The message says how many there are and what to do."""
    rows = [logs.lost("mid", 100.0) for _ in range(MOST_CALLS + 1)]
    crowd = result_of(logs.scenario(), logs.log(rows))

    with pytest.raises(ValueError, match=r"8,001 calls in the hour from 00:00 .* smaller demand.volume"):
        hour_of(crowd, 0.0)


def test_names_cannot_leave_the_data(tmp_path: Path) -> None:
    """A name that looks like markup is text in the page and in its data."""
    nasty = '</script><img src=x onerror="alert(1)">&'
    scenario = logs.scenario({"name": nasty})
    page = plot.animated_hour(result_of(scenario, logs.log(ROWS)), "00:00", path=tmp_path / "hour.html")
    text = page.read_text(encoding="utf-8")
    elements = Elements(text)

    assert nasty == elements.data["name"]
    assert 2 == text.count("</script>")
    assert "img" not in elements.tags
    assert json.loads(as_script({"text": nasty})) == {"text": nasty}


class Elements(HTMLParser):
    """Tags, addresses and the data of a page."""

    def __init__(self, text: str) -> None:
        """Read the page."""
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.data: dict[str, Any] = {}
        self._is_data = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element and what it asks for."""
        levels = dict(attrs)
        self.tags.append(tag)
        self.addresses += [str(levels[name]) for name in ("src", "href") if name in levels]
        self._is_data = levels.get("id") == "data"

    def handle_data(self, data: str) -> None:
        """Read the data."""
        if self._is_data:
            self.data = json.loads(data)
            self._is_data = False


def test_the_page_needs_nothing_else(by_hand: cc.Result) -> None:
    """No address but an empty icon, and a policy that forbids every other."""
    text = render(hour_of(by_hand, 600.0))

    assert ["data:,"] == Elements(text).addresses
    assert "default-src 'none'" in text
    assert not re.search(r"https?://|@import|url\(", text)
    assert '<html lang="en">' in text


def test_the_page_names_its_language(by_hand: cc.Result) -> None:
    """A screen reader is told; the names of the scenario stay as they are."""
    with speaking("zh-CN"):
        text = render(hour_of(by_hand, 600.0))

    assert '<html lang="zh-CN">' in text
    assert ["vip", "mid", "spam"] == [tier["name"] for tier in Elements(text).data["tiers"]]


@pytest.fixture(scope="module")
def desk_hour(tmp_path_factory: pytest.TempPathFactory) -> tuple[cc.Result, Path]:
    """A busy hour of the small desk, and its page."""
    result = cc.run(cc.load(studies.DESK), 1, engine="simpy", keep="calls")
    return result, plot.animated_hour(result, "10:00", path=tmp_path_factory.mktemp("hour") / "hour.html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, driven from here."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: install Debian's `chromium` to play the hour")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def opened(browser: Any, page: Path, asked: list[str], faults: list[str], **how: Any) -> Any:
    """Open a page and note what it asks for and complains about."""
    tab = browser.new_context(**how).new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: faults.append(message.text))
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.goto(page.as_uri())
    return tab


@pytest.mark.slow
def test_the_hour_plays(browser: Any, desk_hour: tuple[cc.Result, Path]) -> None:
    """It runs by itself, stops and goes on by keyboard, and asks for nothing but itself."""
    asked: list[str] = []
    faults: list[str] = []
    tab = opened(browser, desk_hour[1], asked, faults)
    for _ in range(100):  # no wait_for_function: the page forbids eval
        if tab.text_content("#clock") > "10:00:05":
            break
        tab.wait_for_timeout(100)
    tab.keyboard.press("Space")

    assert "10:00:05" < tab.text_content("#clock") < "11:00:00"
    assert "Play" == tab.text_content("#play")
    tab.keyboard.press("End")
    assert "11:00:00" == tab.text_content("#clock")
    tab.keyboard.press("ArrowLeft")
    assert "10:59:50" == tab.text_content("#clock")
    assert [desk_hour[1].as_uri()] == asked
    assert [] == faults


@pytest.mark.slow
def test_the_hour_stands_still_for_those_who_ask(browser: Any, desk_hour: tuple[cc.Result, Path]) -> None:
    """With reduced motion it waits for the button."""
    faults: list[str] = []
    tab = opened(browser, desk_hour[1], [], faults, reduced_motion="reduce", color_scheme="dark")
    tab.wait_for_timeout(400)

    assert ("10:00:00", "Play") == (tab.text_content("#clock"), tab.text_content("#play"))
    assert [] == faults


@pytest.mark.slow
@pytest.mark.parametrize("moment", [0.0, 777.0, 1800.0, 3600.0])
def test_the_hour_counts_as_the_log_does(
    browser: Any, desk_hour: tuple[cc.Result, Path], moment: float
) -> None:
    """In line, asked, answered, lost and in time at a moment, from the table of calls; agents as well."""
    result, page = desk_hour
    tab = opened(browser, page, [], [], reduced_motion="reduce")
    tab.evaluate(f"replay.seek({moment})")
    levels = tab.evaluate(f"replay.counts({moment})")
    seats = tab.evaluate(f"replay.state({moment}).seats.length")
    calls, now = result.calls, 36_000.0 + moment
    gone = calls["left"].fillna(np.inf)

    for tier, counted in zip(("vip", "regular"), levels, strict=True):
        mine = calls[(calls["tier"] == tier) & (calls["joined"] <= now)]
        asked = mine[mine["joined"] >= 36_000.0]
        is_answered = asked["answered"] <= now
        waiting = (mine["answered"].isna() | (mine["answered"] > now)) & (gone[mine.index] > now)
        good = is_answered & (asked["wait"] <= 20)
        assert waiting.sum() == counted["line"]
        assert len(asked) == counted["asked"]
        assert is_answered.sum() == counted["answered"]
        assert ((gone[asked.index] <= now) & ~is_answered).sum() == counted["lost"]
        assert good.sum() == counted["good"]
        assert counted["good"] + counted["bad"] <= counted["asked"]
    talking = (calls["answered"] <= now) & (calls["released"] > now)
    jobs = result.logs[0].callbacks  # type: ignore[index]
    calling = (jobs.attempt_start <= now) & (jobs.attempt_end > now)
    assert talking.sum() + calling.sum() == seats
