"""The instant table for a terminal, and the sentence above it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from callcenter.language import gettext as _
from callcenter.report.tables import quick
from callcenter.report.terminal.layout import Fitted, laid_out
from callcenter.theory.quick import Staffing
from callcenter.theory.situation import Situation
from callcenter.wording import duration


def quick_table(
    staffings: Sequence[Staffing], within: float, need: int, staffed: int | None, share: float
) -> Fitted:
    """Return one row for each number of agents, that of the need in bold."""
    return laid_out(quick.quick_table(staffings, within, need, staffed, share))


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
