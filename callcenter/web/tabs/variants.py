"""The tab of variants that were given a name, side by side."""

from __future__ import annotations

import streamlit as st

from callcenter.language import gettext as _
from callcenter.study import Result
from callcenter.web import controls
from callcenter.web.kept import LONGEST, MOST, Kept, name_for, side_by_side
from callcenter.web.sight import Sight
from callcenter.web.view import plain, render_variants


def show(sight: Sight | None) -> None:
    """Draw the table, the form that keeps what is on the page, and what becomes of those kept."""
    if sight is None:
        return
    kept: dict[str, Kept] = st.session_state.kept
    st.html(render_variants(side_by_side(_results(sight, kept))))
    left, right = st.columns([3, 2], gap="small", vertical_alignment="bottom")
    label, hint = _("Name of this variant"), _("for example: two more at noon")
    given = left.text_input(label, max_chars=LONGEST, placeholder=hint, key="given")
    full = len(kept) >= MOST and name_for(given, kept) not in kept
    right.button(
        _("Keep it"), on_click=_keep, args=(sight, given), disabled=full, width="stretch", key="keep"
    )
    if kept:
        which, again, away = st.columns([3, 1, 1], gap="small", vertical_alignment="bottom")
        name = which.selectbox(_("A variant that was kept"), list(kept), format_func=plain, key="which")
        again.button(_("Show"), on_click=_show, args=(name,), width="stretch", key="again")
        away.button(_("Remove"), on_click=_remove, args=(name,), width="stretch", key="away")


def _results(sight: Sight, kept: dict[str, Kept]) -> dict[str, Result]:
    """Return the results of all, each with as many replications as the one on the page."""
    number = sight.result.replications
    variants = {_("as written"): sight.desk.scenario}
    variants |= {name: sight.desk.changed(one.changes) for name, one in kept.items()}
    variants[_("on the page")] = sight.variant
    return {
        name: sight.desk.result(variant, number, lambda *_: st.session_state.get("turn"))
        for name, variant in variants.items()
    }


def _keep(sight: Sight, given: str) -> None:
    kept: dict[str, Kept] = st.session_state.kept
    kept[name_for(given, kept)] = Kept(sight.stands, sight.edits, sight.changes)
    st.session_state.given = ""


def _remove(name: str) -> None:
    st.session_state.kept.pop(name, None)


def _show(name: str) -> None:
    kept: dict[str, Kept] = st.session_state.kept
    controls.restart(kept[name].stands, kept[name].edits)
