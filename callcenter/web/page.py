"""Layout of the what-if page: Streamlit runs it from the top at every move; nothing is computed here."""

from __future__ import annotations

import html
import os
from collections.abc import Callable
from time import monotonic

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from callcenter.language import gettext as _
from callcenter.language import ngettext, speaking
from callcenter.scenario import Scenario, ScenarioError, load
from callcenter.study import Result
from callcenter.web import controls, panel, whatif
from callcenter.web.controls import back, refuse
from callcenter.web.dials import groups_of, knobs_of
from callcenter.web.preview import preview
from callcenter.web.server import asked_for
from callcenter.web.sight import Sight
from callcenter.web.tabs import TABS
from callcenter.web.uploads import calls_of, uploaded
from callcenter.web.view import View, plain, preview_of, render, style, view_of
from callcenter.web.whatif import WhatIf

DEBUG = "CALLCENTER_DEBUG"
"""Environment variable with which errors of the page itself show their traceback."""

PATIENCE = 0.15
"""Seconds until the formula stands in for a simulation that is not there yet."""


def main() -> None:
    """Show the page in the language asked for."""
    given, language = asked_for(os.environ)
    with speaking(language):
        st.set_page_config(page_title=_("What if?"), layout="wide", initial_sidebar_state="auto")
        st.html(f"<style>{style()}</style>")
        try:
            _page(given)
        except Exception as error:
            if os.environ.get(DEBUG):
                raise
            _apologise(error)


def _page(given: str) -> None:
    _prepare()
    knobs = st.sidebar.container()
    desk = _desk(given)
    if desk is None:
        st.info(_("Choose a scenario file on the left, or start with `callcenter serve SCENARIO`."))
        TABS["records"].show(None)
    else:
        _show(desk, knobs)


def _apologise(error: Exception) -> None:
    """Say that something is wrong with the page itself, in one line, without a traceback."""
    st.error(_("The page itself has failed; move the slider back, or reload the page."))
    st.code(f"{type(error).__name__}: {' '.join(str(error).split())}", language=None, wrap_lines=True)


def _prepare() -> None:
    """Have the engine compiled before anything is shown, once for all sessions."""
    if whatif.needs_preparation():
        with st.spinner(_("Compiling the engine, once on this machine; this takes about a minute …")):
            whatif.make_ready()


def _desk(given: str) -> WhatIf | None:
    """Return what this session works on: the file uploaded last, else the one given."""
    state = st.session_state
    controls.begin(state)
    with st.sidebar.expander(_("Another scenario"), expanded=not given):
        file = st.file_uploader(_("A scenario file, at most 1 MB"), type=["yaml", "yml"], max_upload_size=1)
    source = given if file is None else file.file_id
    if state.get("asked") != source:
        made = _opened(lambda: load(given) if file is None else uploaded(file.getvalue(), file.name), source)
        if made:
            state.asked = source
            controls.open_desk(made, source)
    desk: WhatIf | None = state.get("desk")
    return desk


def _opened(scenario: Callable[[], Scenario], source: str) -> WhatIf | None:
    if not source:
        return None
    try:
        return WhatIf(scenario())
    except ScenarioError as error:
        refuse(_("The page cannot show this scenario:"), error)
        return None


def _show(desk: WhatIf, sidebar: DeltaGenerator) -> None:
    state = st.session_state
    edits = state.edits
    try:
        base = desk.base(edits)
        with sidebar:
            stands = panel.stands(groups_of(base), state.start, f"{state.source}.{state.turn}")
        changes = desk.changes(knobs_of(base, stands), edits)
        variant = desk.changed(changes)
    except ScenarioError as error:
        refuse(_("With these settings the scenario is not valid:"), error)
        back()
        return
    replications = state.replications.get(variant.fingerprint, whatif.first_look(desk.scenario))
    heading, verdicts = st.container(), Verdicts()
    result = _simulated(desk, variant, replications, verdicts)
    compared = _simulated(desk, state.pinned or desk.scenario, result.replications)
    sight = Sight(desk, result, compared, changes, stands, edits, state.pinned is not None)
    verdicts.show(_view(sight))
    with heading:
        _heading(desk, result)
    with st.container():
        for warning in desk.warnings(variant):
            st.warning(plain(warning))
    controls.buttons(sight)
    _tabs(sight)


class Verdicts:
    """The tiles, in one place of the page: by formula first, if the simulation takes longer."""

    def __init__(self) -> None:
        self._place: DeltaGenerator | None = None
        self._box = st.container()

    def show(self, view: View) -> None:
        """Show tiles in place of those before."""
        words = render(view)
        self._place = self._box.html(words) if self._place is None else self._place.html(words)


def _simulated(
    desk: WhatIf, variant: Scenario, replications: int, verdicts: Verdicts | None = None
) -> Result:
    """Return the result of a variant; meanwhile the formula says what to expect, and a bar what is done.

    Session state is where Streamlit notices that a dial has been moved again: it then ends this run of the
    page, and with it the simulation.
    """
    bar, begin, shown = None, monotonic(), False
    is_long = whatif.takes_long(variant, replications) and not desk.has(variant, replications)
    if is_long:
        bar = st.empty()

    def wait(done: int, total: int) -> None:
        nonlocal shown
        st.session_state.get("turn")
        if verdicts is not None and not shown and done < total and monotonic() - begin > PATIENCE:
            shown = True
            _expect(desk, variant, verdicts)
        if bar is not None:
            bar.progress(done / total, text=_("Simulating …"))

    result = desk.result(variant, replications, wait)
    if bar is not None:
        bar.empty()
    return result


def _expect(desk: WhatIf, variant: Scenario, verdicts: Verdicts) -> None:
    """Show what the formula expects of a variant, by what has been simulated of the scenario as written."""
    least = whatif.first_look(desk.scenario)
    if desk.has(desk.scenario, least):
        known = desk.result(desk.scenario, least)
        verdicts.show(preview_of(preview(known, variant), known))


def _heading(desk: WhatIf, result: Result) -> None:
    counted = ngettext("{number} replication", "{number} replications", result.replications)
    parts = [
        counted.format(number=result.replications),
        _("seed {seed}").format(seed=result.seed),
        _("{calls:,.0f} calls").format(calls=calls_of(result.scenario)),
        _("the same callers for every variant"),
    ]
    name, subtitle = html.escape(desk.scenario.name), html.escape(" · ".join(parts))
    st.html(f'<h1 class="whatif">{name}</h1><p class="subtitle">{subtitle}</p>')


def _view(sight: Sight) -> View:
    named = _("the pinned variant") if sight.is_pinned else _("the scenario as written")
    comparison = whatif.difference(sight.reference, sight.result, (named, _("this variant")))
    return view_of(sight.result, sight.reference, comparison)


def _tabs(sight: Sight) -> None:
    """Draw the command, then above it the tab that is open; the others are drawn when they are opened."""
    tabs = st.tabs([_(tab.title) for tab in TABS.values()], on_change="rerun", key="tab")
    controls.command_line(sight)
    for place, tab in zip(tabs, TABS.values(), strict=True):
        if place.open:
            with place:
                tab.show(sight)


main()
