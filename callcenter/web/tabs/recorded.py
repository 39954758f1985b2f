"""The tab of records: a call log becomes a scenario, and is told whether the scenario is true of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from callcenter.language import gettext as _
from callcenter.scenario import ScenarioError
from callcenter.web import controls, logs
from callcenter.web.sight import Sight
from callcenter.web.view import plain
from callcenter.web.whatif import WhatIf


def show(sight: Sight | None) -> None:
    """Draw the upload, and what came of the last one."""
    st.caption(
        _(
            "A call log or interval report of your own: it is read, a scenario is fitted to the first two "
            "thirds of its days, and the others judge it. The file stays on this machine."
        )
    )
    text = _("A log, at most {size} MB").format(size=logs.LARGEST)
    file = st.file_uploader(text, type=list(logs.KINDS), max_upload_size=logs.LARGEST, key="log")
    busy = st.session_state.job is not None
    label = _("Read, fit and validate")
    pressed = st.button(label, disabled=file is None or busy, type="primary", key="read")
    if pressed and file is not None:
        st.session_state.messages, st.session_state.recorded = [], None
        st.session_state.job = logs.begin(file.getvalue(), file.name)
        st.rerun()
    if sight is None:
        controls.under_way(sight)
    outcome: logs.Recorded | None = st.session_state.get("recorded")
    if outcome is not None:
        _outcome(outcome)


def _outcome(outcome: logs.Recorded) -> None:
    kept, own = _("Is it true of the days kept back?"), _("Is it true of the days that it was fitted to?")
    _lines(own if outcome.is_in_sample else kept, outcome.judged, outcome.verdict)
    st.button(_("Open this scenario on the page"), on_click=_open, args=(outcome,), key="open")
    _lines(_("What was fitted"), outcome.fitted)
    _lines(_("What was read"), (*outcome.account, *outcome.understood))


def _lines(title: str, lines: Sequence[str], verdict: str = "") -> None:
    mark = {"valid": "✓ ", "not_valid": "✗ ", "unclear": "? "}.get(verdict, "")
    st.markdown(f"**{mark}{title}**")
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _open(outcome: logs.Recorded) -> None:
    try:
        controls.open_desk(WhatIf(outcome.scenario), f"records.{outcome.scenario.fingerprint[:12]}")
    except ScenarioError as error:
        st.session_state.messages = [str(error)]
