"""The tab of the day: answer rates, agents, agents too many and too few, and callbacks, by interval."""

from __future__ import annotations

import html
from time import monotonic, sleep

import streamlit as st

from callcenter.language import gettext as _
from callcenter.web import pictures
from callcenter.web.sight import Sight
from callcenter.web.view import plain, tiers_by_need

PILLS = 6
"""Tiers offered side by side; more need a list."""

REST = 0.15
"""Seconds without a key before figures are drawn: who is still moving a dial looks at the verdicts."""


def show(sight: Sight | None) -> None:
    """Draw the day."""
    if sight is None:
        return
    _rest()
    behind = sight.reference if sight.is_other else sight.result
    left, right = st.columns(2, gap="medium")
    with left:
        _figure("", pictures.rate_picture(sight.result, behind, _chosen_tier(sight)))
        grey = _("Grey: the pinned variant.") if sight.is_pinned else _("Grey: the scenario as written.")
        st.caption(_("Band: 95% interval.") + (f" {grey}" if sight.is_other else ""))
    with right:
        _figure(_("Agents, all pools"), pictures.agents_picture(sight.result, behind))
        if pictures.shows_callbacks(sight.result, behind):
            _figure(_("Callbacks open"), pictures.backlog_picture(sight.result, behind))
    title = _("Agents scheduled less required, by formula")
    _figure(title, pictures.over_under_picture(sight.variant))


def _rest() -> None:
    """Wait a moment; a key pressed meanwhile is noticed at session state, and ends this run of the page."""
    end = monotonic() + REST
    while monotonic() < end:
        sleep(0.01)
        st.session_state.get("turn")


def _chosen_tier(sight: Sight) -> str:
    """Return the tier whose answer rate is drawn: at first the one nearest to missing its target."""
    names, first = tiers_by_need(sight.desk.result(sight.desk.scenario, 1))
    key, label = f"{st.session_state.source}.tier", _("Answer rate by interval")
    if len(names) > PILLS:
        return str(st.selectbox(label, names, names.index(first), key=key, format_func=str))
    return str(st.segmented_control(label, names, default=first, key=key, format_func=plain) or first)


def _figure(title: str, image: str) -> None:
    caption = f"<figcaption>{html.escape(title)}</figcaption>" if title else ""
    st.html(f'<figure class="whatif">{caption}{image}</figure>')
