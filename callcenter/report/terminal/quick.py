"""The instant table for a terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.table import Table

from callcenter.language import gettext as _
from callcenter.report.terminal.layout import blank_table
from callcenter.theory.quick import Staffing
from callcenter.theory.situation import Situation
from callcenter.wording import NOTHING, duration, percent, wait


def quick_table(
    rows: Sequence[Staffing], within: float, need: int, staffed: int | None, share: float
) -> Table:
    """Return a row for each number of agents, that of the need and that of the scenario marked."""
    in_time = _("answered in {duration}").format(duration=duration(within))
    patient_in_time = _("if nobody hung up: {figure}").format(figure=in_time)
    heads = [_("occupancy"), in_time, _("abandoned"), _("ASA"), patient_in_time, _("ASA"), ""]
    table = blank_table([_("agents")], heads)
    table.columns[-1].justify = "left"
    for agents, impatient, patient in rows:
        marks = [_("fewest for {share}%").format(share=f"{100 * share:.10g}")] * (agents == need)
        marks += [_("as staffed")] * (agents == staffed)
        texts = [
            percent(impatient.occupancy),
            percent(impatient.answered_within),
            percent(impatient.abandonment),
            _wait(impatient.asa),
            percent(patient.answered_within),
            _wait(patient.asa),
            _(", ").join(marks),
        ]
        table.add_row(f"{agents:,}", *texts, style="bold" if agents == need else "")
    return table


def quick_title(line: Situation, within: float, share: float) -> str:
    """Return what the table is computed from, in a sentence."""
    patience = _("patience {duration}").format(duration=duration(line.patience))
    return _(
        "{calls} calls an hour of {aht} = {load} Erlang; {patience}; target {share}% in {within}"
    ).format(
        calls=f"{line.calls_per_hour:,.0f}",
        aht=duration(line.aht),
        load=f"{line.erlangs:,.1f}",
        patience=_("nobody hangs up") if math.isinf(line.patience) else patience,
        share=f"{100 * share:.10g}",
        within=duration(within),
    )


def _wait(seconds: float) -> str:
    return _("grows for ever") if math.isinf(seconds) else NOTHING if math.isnan(seconds) else wait(seconds)
