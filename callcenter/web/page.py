"""Layout of the what-if page: Streamlit runs it from the top at every move; nothing is computed here."""

from __future__ import annotations

import html
import os
from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from callcenter.language import gettext as _
from callcenter.language import ngettext, speaking
from callcenter.scenario import Scenario, ScenarioError, load
from callcenter.study import Result
from callcenter.web import downloads, pictures, whatif
from callcenter.web.server import asked_for
from callcenter.web.sliders import Sliders
from callcenter.web.uploads import calls_of, uploaded
from callcenter.web.view import plain, render, style, tiers_by_need, view_of
from callcenter.web.whatif import WhatIf

DEBUG = "CALLCENTER_DEBUG"
"""Environment variable with which errors of the page itself show their traceback."""

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YAML = "application/yaml"

PILLS = 6
"""Tiers offered side by side; more need a list."""


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
    state.setdefault("turn", 0)
    with st.sidebar.expander(_("Another scenario"), expanded=not given):
        file = st.file_uploader(_("A scenario file, at most 1 MB"), type=["yaml", "yml"])
    source = given if file is None else file.file_id
    if state.get("source") != source:
        made = _opened(lambda: load(given) if file is None else uploaded(file.getvalue(), file.name), source)
        if made:
            state.source, state.desk, state.pinned, state.replications = source, made, None, {}
            state.turn += 1
    desk: WhatIf | None = state.get("desk")
    return desk


def _opened(scenario: Callable[[], Scenario], source: str) -> WhatIf | None:
    if not source:
        return None
    try:
        return WhatIf(scenario())
    except ScenarioError as error:
        _refuse(_("The page cannot show this scenario:"), error)
        return None


def _refuse(text: str, error: ScenarioError) -> None:
    st.error(text)
    st.code(str(error), language=None, wrap_lines=True)


def _show(desk: WhatIf, sidebar: DeltaGenerator) -> None:
    state = st.session_state
    with sidebar:
        knobs = Sliders(desk.scenario, state.turn).knobs()
    try:
        variant = desk.variant(knobs)
    except ScenarioError as error:
        _refuse(_("With these settings the scenario is not valid:"), error)
        _back()
        return
    replications = state.replications.get(variant.fingerprint, whatif.first_look(desk.scenario))
    reference = state.pinned or desk.scenario
    result = _simulated(desk, variant, replications)
    compared = _simulated(desk, reference, result.replications)
    _heading(desk, result)
    _summary(result, compared, is_pinned=state.pinned is not None)
    for warning in desk.warnings(variant):
        st.warning(plain(warning))
    _buttons(result)
    _figures(desk, result, compared)
    _command(desk, desk.changes(knobs), result)


def _simulated(desk: WhatIf, variant: Scenario, replications: int) -> Result:
    """Return the result of a variant, with a progress bar where it takes longer."""
    if not whatif.takes_long(variant, replications):
        return desk.result(variant, replications)
    bar, text = st.empty(), _("Simulating …")
    result = desk.result(variant, replications, lambda done, all_: _grow(bar, done / all_, text))
    bar.empty()
    return result


def _grow(bar: DeltaGenerator, share: float, text: str) -> None:
    bar.progress(share, text=text)


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


def _summary(result: Result, reference: Result, *, is_pinned: bool) -> None:
    named = _("the pinned variant") if is_pinned else _("the scenario as written")
    comparison = whatif.difference(reference, result, (named, _("this variant")))
    st.html(render(view_of(result, reference, comparison)))


def _buttons(result: Result) -> None:
    pin, back, refine, excel, text = st.columns([3, 3, 4, 3, 3], gap="small")
    variant = result.scenario
    with pin:
        _pin_button(variant)
    with back:
        _back()
    with refine:
        more = whatif.finer(result.replications)
        label = _("Refine: {number} replications").format(number=more) if more else _("Refined")
        choice = (variant.fingerprint, more)
        st.button(label, on_click=_ask_for, args=choice, disabled=more is None, width="stretch", key="refine")
    with excel:
        _download(_("Excel workbook"), lambda: downloads.workbook_file(result), variant, ".xlsx", EXCEL)
    with text:
        _download(_("Scenario (YAML)"), lambda: downloads.yaml_file(variant), variant, ".yaml", YAML)


def _pin_button(variant: Scenario) -> None:
    pinned = st.session_state.pinned
    is_pinned = pinned is not None and pinned.fingerprint == variant.fingerprint
    label, what = (_("Unpin"), None) if is_pinned else (_("Pin this variant"), variant)
    st.button(label, on_click=_pin, args=(what,), width="stretch", key="pin")


def _download(label: str, made: Callable[[], bytes], variant: Scenario, suffix: str, kind: str) -> None:
    """Offer a file that is only made when somebody asks for it."""
    name = downloads.file_name(variant, suffix)
    st.download_button(
        label, downloads.later(made), name, kind, on_click="ignore", width="stretch", key=suffix
    )


def _ask_for(fingerprint: str, replications: int) -> None:
    st.session_state.replications[fingerprint] = replications


def _pin(variant: Scenario | None) -> None:
    st.session_state.pinned = variant


def _back() -> None:
    st.button(_("Back to as written"), on_click=_turn, width="stretch", key="back")


def _turn() -> None:
    st.session_state.turn += 1


def _figures(desk: WhatIf, result: Result, reference: Result) -> None:
    is_other = reference.scenario.fingerprint != result.scenario.fingerprint
    behind = reference if is_other else result
    left, right = st.columns(2, gap="medium")
    with left:
        _figure("", pictures.rate_picture(result, behind, _chosen_tier(desk)))
    with right:
        _figure(_("Agents, all pools"), pictures.agents_picture(result, behind))
        if pictures.shows_callbacks(result, behind):
            _figure(_("Callbacks open"), pictures.backlog_picture(result, behind))
    with left:
        pinned = st.session_state.pinned is not None
        grey = _("Grey: the pinned variant.") if pinned else _("Grey: the scenario as written.")
        st.caption(_("Band: 95% interval.") + (f" {grey}" if is_other else ""))


def _chosen_tier(desk: WhatIf) -> str:
    """Return the tier whose answer rate is drawn: at first the one nearest to missing its target."""
    names, first = tiers_by_need(_simulated(desk, desk.scenario, 1))
    key, label = f"{st.session_state.turn}.tier", _("Answer rate by interval")
    if len(names) > PILLS:
        return str(st.selectbox(label, names, names.index(first), key=key, format_func=str))
    return str(st.segmented_control(label, names, default=first, key=key, format_func=plain) or first)


def _figure(title: str, image: str) -> None:
    caption = f"<figcaption>{html.escape(title)}</figcaption>" if title else ""
    st.html(f'<figure class="whatif">{caption}{image}</figure>')


def _command(desk: WhatIf, changes: dict[str, object], result: Result) -> None:
    source = desk.scenario.source or "scenario.yaml"
    st.caption(_("The command with the same figures:"))
    st.code(downloads.command(source, changes, result), language=None, wrap_lines=True)


main()
