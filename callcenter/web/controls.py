"""What a session remembers, and the buttons that change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from callcenter.fit import FitError
from callcenter.language import gettext as _
from callcenter.scenario import Scenario, ScenarioError
from callcenter.study.errors import StudyError
from callcenter.study.staffing.errors import StaffingError
from callcenter.web import downloads, finding, whatif
from callcenter.web.dials import Stands
from callcenter.web.jobs import GivenUpError, Job
from callcenter.web.sight import Sight
from callcenter.web.view import plain
from callcenter.web.whatif import WhatIf

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YAML = "application/yaml"

EVERY = 0.4
"""Seconds between two looks at work under way."""


def begin(state: Any) -> None:
    """Give a new session its memory."""
    state.setdefault("turn", 0)
    state.setdefault("job", None)
    state.setdefault("messages", [])
    for name in ("edits", "start", "replications", "kept"):
        state.setdefault(name, {})


def open_desk(desk: WhatIf, source: str) -> None:
    """Work on another scenario, with everything at rest."""
    state = st.session_state
    state.source, state.desk, state.pinned, state.replications, state.kept = source, desk, None, {}, {}
    restart()


def restart(start: Stands | None = None, edits: Mapping[str, object] | None = None) -> None:
    """Set the dials anew; without more, to the scenario as written."""
    state = st.session_state
    state.start, state.edits, state.messages = dict(start or {}), dict(edits or {}), []
    state.turn += 1


def refuse(text: str, error: Exception) -> None:
    """Say what is wrong, letter by letter."""
    st.error(text)
    st.code(str(error), language=None, wrap_lines=True)


def buttons(sight: Sight) -> None:
    """Draw the buttons below the verdicts, and what is under way."""
    find, pin, backwards, refine, excel, text = st.columns([4, 4, 4, 5, 3, 4], gap="small")
    variant = sight.variant
    with find:
        is_of_use = bool(variant.goals) and st.session_state.job is None
        label = _("Find the agents")
        hint = _("The fewest agents, interval by interval, that meet every target for these callers")
        st.button(label, on_click=_find, args=(sight,), disabled=not is_of_use, width="stretch", help=hint)
    with pin:
        _pin_button(variant)
    with backwards:
        back()
    with refine:
        more = whatif.finer(sight.result.replications)
        label = _("Refine: {number} replications").format(number=more) if more else _("Refined")
        choice = (variant.fingerprint, more)
        st.button(label, on_click=_ask_for, args=choice, disabled=more is None, width="stretch", key="refine")
    with excel:
        result = sight.result
        _download(_("Excel workbook"), lambda: downloads.workbook_file(result), variant, ".xlsx", EXCEL)
    with text:
        _download(_("Scenario (YAML)"), lambda: downloads.yaml_file(variant), variant, ".yaml", YAML)
    with st.container():  # one place, however much is said: what lies below must not move
        under_way(sight)


def under_way(sight: Sight | None) -> None:
    """Draw the progress of what is under way, and what the last one had to say."""
    job: Job | None = st.session_state.job
    if job is not None:
        st.fragment(_progress, run_every=EVERY)(job, sight)
    for sentence in st.session_state.messages:
        st.info(plain(sentence))


def _progress(job: Job, sight: Sight | None) -> None:
    if st.session_state.job is not job:
        return
    if job.is_over:
        st.session_state.job = None
        _take(job, sight)
        st.rerun()
    texts = {"staff": _("Looking for the fewest agents …"), "records": _("Reading, fitting, validating …")}
    bar, stop = st.columns([5, 1])
    bar.progress(job.share, text=texts[job.name])
    stop.button(_("Stop"), on_click=_give_up, args=(job,), width="stretch", key="stop")


def _take(job: Job, sight: Sight | None) -> None:
    """Put what a job has found on the page."""
    try:
        outcome = job.result()
    except GivenUpError:
        return
    except (FitError, StaffingError, StudyError, ScenarioError) as error:
        st.session_state.messages = [str(error)]
        return
    if job.name == "records":
        st.session_state.recorded = outcome
    elif sight is not None:
        edits = {**finding.without_agents(sight.edits), **finding.agents_found(outcome)}
        restart(finding.at_rest(sight.stands), edits)
        st.session_state.messages = finding.words(outcome)


def _find(sight: Sight) -> None:
    result = sight.result
    st.session_state.messages = []
    st.session_state.job = finding.search(sight.variant, result.seed, result.replications)


def _give_up(job: Job) -> None:
    job.give_up()
    st.session_state.job = None


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


def back() -> None:
    """Draw the button that leads back to the scenario as written."""
    st.button(_("Back to as written"), on_click=restart, width="stretch", key="back")


def command_line(sight: Sight) -> None:
    """Show the command with the figures of the page."""
    source = sight.desk.scenario.source or "scenario.yaml"
    st.caption(_("The command with the same figures:"))
    st.code(downloads.command(source, sight.changes, sight.result), language=None, wrap_lines=True)
