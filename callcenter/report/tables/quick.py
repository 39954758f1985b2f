"""The instant table: occupancy, answer rate and waits by the number of agents."""

from __future__ import annotations

from collections.abc import Sequence

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.report.tables.layout import Column, Row, Table, cells
from callcenter.report.tables.measures import COMPARED
from callcenter.report.tables.units import COUNT, SECONDS, SHARE, SIGNED_WHOLE, WHOLE
from callcenter.scenario import Scenario
from callcenter.theory.quick import Planned, Staffing
from callcenter.wording import duration


def quick_table(
    staffings: Sequence[Staffing], within: float, need: int, staffed: int | None, share: float
) -> Table:
    """Return one row for each number of agents, that of the need and that of the scenario marked."""
    in_time = _("answered in {duration}").format(duration=duration(within))
    by_erlang_c = _("{figure}: Erlang C")
    columns = [
        Column(_("agents"), WHOLE, "agents"),
        Column(COMPARED["occupancy"].head, SHARE, "occupancy"),
        Column(in_time, SHARE, "answered_within"),
        Column(COMPARED["abandonment"].head, SHARE, "abandonment"),
        Column(COMPARED["asa_s"].head, SECONDS, "asa_s"),
        Column(by_erlang_c.format(figure=in_time), SHARE, "answered_within_without_abandonment"),
        Column(
            by_erlang_c.format(figure=COMPARED["asa_s"].head),
            SECONDS,
            "asa_without_abandonment_s",
        ),
        Column("", key="remark"),
    ]
    rows = []
    for agents, impatient, patient in staffings:
        marks = [_("fewest for {share}%").format(share=f"{100 * share:.10g}")] * (agents == need)
        marks += [_("as staffed")] * (agents == staffed)
        figures = (impatient.occupancy, impatient.answered_within, impatient.abandonment, impatient.asa)
        without = (patient.answered_within, patient.asa)
        row = cells(agents, *figures, *without, _(", ").join(marks))
        rows.append(Row(row, "shown" if agents == need else ""))
    return Table(_("Agents and what they keep, by Erlang A and Erlang C"), columns, rows)


def day_table(scenario: Scenario, plans: Sequence[Planned]) -> Table:
    """Return one row for each interval: its calls and load, agents needed and staffed, what these achieve."""
    day = scenario.day
    columns = [
        Column(_("from"), key="start"),
        Column(_("calls"), WHOLE, "calls"),
        Column(_("AHT"), SECONDS, "aht"),
        Column(_("Erlang"), COUNT, "erlangs"),
        Column(_("needed"), WHOLE, "need"),
        Column(_("agents"), WHOLE, "agents"),
        Column("+/−", SIGNED_WHOLE, "over"),
        Column(_("in time"), SHARE, "answered_within"),
        Column(COMPARED["occupancy"].head, SHARE, "occupancy"),
    ]
    rows = []
    for number, (line, need, figures) in enumerate(plans):
        start = clock_text(day.open + number * day.interval)
        calls = round(line.calls_per_hour * day.interval / 3600)
        agents = (need, line.agents, line.agents - need)
        row = cells(start, calls, line.aht, line.erlangs, *agents, figures.answered_within, figures.occupancy)
        rows.append(Row(row, "missed" if line.agents < need else ""))
    return Table(_("The day by Erlang A, interval by interval"), columns, rows)


def day_title(name: str, within: float, share: float) -> str:
    """Return what `needed` and `in time` mean, in a sentence."""
    text = _("{scenario}: needed for {share}% in {within}; +/−: agents more or fewer than needed.")
    return text.format(scenario=name, share=f"{100 * share:.10g}", within=duration(within))
