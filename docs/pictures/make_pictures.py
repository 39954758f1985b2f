"""Draws the picture of the README from what `make demo` left in `out/demo`, and those of the guides."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from callcenter import plot
from callcenter.measure.tables import callback_interval_table
from callcenter.report import figures
from callcenter.scenario import Scenario, load
from callcenter.study import SweepResult, compare, reopen, run, sweep
from callcenter.study.staffing import staff

HERE = Path(__file__).parent
SCENARIOS = HERE.parents[1] / "scenarios"
CALLBACKS = SCENARIOS / "callbacks.yaml"
GREEN = SCENARIOS / "green_channel.yaml"
LONGEST_LINE = """
const moments = [...Array(360).keys()].map((number) => 10 * number);
const line = (moment) => replay.state(moment).line.length;
replay.seek(moments.reduce((best, moment) => (line(moment) > line(best) ? moment : best)));
"""
AS_PLANNED = {"demand.volume": 1.0, "pools.front_office.agents": {"scale": 1.0}}


def demo_picture(study: SweepResult) -> Figure:
    """Return answer rates over staffing and volume, beside the planned day half-hour by half-hour."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
    figures.answer_rate_heatmap(study, "regular", ax=left)
    left.set_title("Regular calls answered within 20 s, %", fontsize=10)
    figures.answer_rate_by_interval(study.results[study.settings.index(AS_PLANNED)], "regular", ax=right)
    right.set_title("The same at volume 1.0 and agents x1.0, by half-hour", fontsize=10)
    return figure


def callbacks_picture(desk: Scenario) -> Figure:
    """Return the callbacks still open along three days, for four ways to work them with the same agents."""
    front, back = (desk.pools[pool].agents or () for pool in ("front_office", "back_office"))
    together = {
        "pools.front_office.agents": [ours + theirs for ours, theirs in zip(front, back, strict=True)],
        "pools.back_office.agents": 0,
    }
    ways: dict[str, dict[str, Any]] = {
        "back office, 09:00-20:00": {},
        "back office, 09:00-12:00": {"callbacks.hours": "09:00-12:00"},
        "blended, 2 kept idle": together | {"pools.front_office.callbacks.keep_idle": 2},
        "blended, 8 kept idle": together | {"pools.front_office.callbacks.keep_idle": 8},
    }
    figure, ax = plt.subplots(figsize=(10, 3.2), layout="constrained")
    for (way, changes), look in zip(ways.items(), ("-", "--", "-.", ":"), strict=True):
        result = run(desk.with_(changes), replications=10)
        backlog = callback_interval_table(result.scenario, result.tallies)["backlog"]
        ax.plot([interval / 2 for interval in range(1, len(backlog) + 1)], backlog, look, label=way)
    ax.set_xticks(range(0, 37, 3), ["08:00", "11:00", "14:00", "17:00"] * 3 + ["20:00"])
    for day, name in enumerate(("Monday", "Tuesday", "Wednesday")):
        ax.axvline(12 * day, color="0.85", zorder=0)
        ax.text(12 * day + 0.2, 305, name)
    ax.set(xlim=(0, 36), ylim=(0, 325), ylabel="callbacks open")
    ax.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, 1.18), ncols=4)
    return figure


def day_pictures(desk: Scenario) -> list[Axes]:
    """Return six figures of one run."""
    result = run(desk, replications=30, keep="calls")
    return [
        plot.waits(result),
        plot.day_spread(result),
        plot.occupancy(result),
        plot.convergence(result, "regular"),
        plot.staffed_and_required(desk),
        plot.queue_replay(result),
    ]


def study_pictures(desk: Scenario) -> list[Axes]:
    """Return six figures of sweeps, a comparison and a staffing."""
    demo, drivers = reopen("out/demo"), sweep(SCENARIOS / "sweeps" / "drivers.yaml", replications=4)
    other = desk.with_({"pools.front_office.agents": {"scale": 1.1}})
    return [
        plot.margin_heatmap(demo),
        plot.frontier(demo),
        plot.tornado(drivers, "regular"),
        plot.differences(compare(desk, other, names=["as planned", "10% more"])),
        plot.need(staff(desk, replications=10)),
        plot.over_under(desk),
    ]


def keep(axes: list[Axes], name: str) -> None:
    """Put figures on one sheet, narrow ones beside each other, and save it."""
    pictures = [_picture(ax) for ax in axes]
    width = max(picture.width for picture in pictures)
    rows: list[list[Image.Image]] = [[]]
    for picture in pictures:
        if sum(each.width for each in (*rows[-1], picture)) > width + 10:
            rows.append([])
        rows[-1].append(picture)
    sheet = Image.new("RGB", (width, sum(max(p.height for p in row) + 12 for row in rows)), "white")
    top = 0
    for row in rows:
        for place, picture in enumerate(row):
            sheet.paste(picture, (place * width // 2, top))
        top += max(picture.height for picture in row) + 12
    sheet.quantize(256, Image.Quantize.FASTOCTREE).save(HERE / name, optimize=True)


def _picture(ax: Axes) -> Image.Image:
    stream = io.BytesIO()
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.savefig(stream, dpi=88, facecolor="white")
    return Image.open(stream).convert("RGB")


def hour_picture(desk: Scenario) -> None:
    """Take a picture of the moving hour in Chromium."""
    from playwright.sync_api import sync_playwright

    page = plot.animated_hour(
        run(desk, replications=1, keep="calls"), "11:00", path="out/hour.html"
    ).resolve()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1000, "height": 690}, reduced_motion="reduce")
        tab.goto(page.as_uri())
        tab.evaluate(LONGEST_LINE)
        tab.screenshot(path=HERE / "hour.png")
        browser.close()


if __name__ == "__main__":
    callbacks_picture(load(CALLBACKS)).savefig(HERE / "callbacks.png", dpi=120)
    demo_picture(reopen("out/demo")).savefig(HERE / "demo.png", dpi=120)
    keep(day_pictures(load(GREEN)), "figures-day.png")
    keep(study_pictures(load(GREEN)), "figures-studies.png")
    hour_picture(load(GREEN))
