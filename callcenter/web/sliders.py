"""The sidebar: one widget for each knob that the scenario has a use for."""

from __future__ import annotations

import streamlit as st

from callcenter.language import gettext as _
from callcenter.scenario import Never, Scenario
from callcenter.web.knobs import AS_WRITTEN, Knobs, owed, reserves
from callcenter.web.view import plain

LEAST, MOST, STEP = 50, 150, 5
"""Percent."""

MOST_MORE = 20
"""Agents more or fewer in every interval."""

MANY_POOLS = 6
"""Above this, one slider for all pools stands before the others."""


class Sliders:
    """Draws the widgets; a new turn forgets those before and starts from the scenario as written."""

    def __init__(self, scenario: Scenario, turn: int) -> None:
        self.scenario = scenario
        self.turn = turn

    def knobs(self) -> Knobs:
        """Draw all widgets and return where they stand."""
        volume = self._percent("volume", _("Calls"))
        agents, shifts, staffing = self._pools()
        handle_time = self._percent("handle_time", _("Handle time"))
        patient = any(not isinstance(tier.patience, Never) for tier in self.scenario.tiers.values())
        patience = self._percent("patience", _("Patience")) if patient else AS_WRITTEN
        called_back, share, idle = self._callbacks()
        priorities, reserve = self._priorities()
        return Knobs(
            volume=volume,
            handle_time=handle_time,
            patience=patience,
            staffing=staffing,
            agents=agents,
            shifts=shifts,
            called_back=called_back,
            callback_share=share,
            callback_idle=idle,
            priorities=priorities,
            reserve=reserve,
        )

    def _key(self, *names: str) -> str:
        return ".".join((str(self.turn), *names))

    def _percent(self, name: str, label: str, *parts: str) -> int:
        value = st.slider(label, LEAST, MOST, AS_WRITTEN, STEP, format="%d%%", key=self._key(name, *parts))
        return int(value)

    def _pools(self) -> tuple[dict[str, int], dict[str, int], int]:
        pools = self.scenario.pools
        if len(pools) <= MANY_POOLS:
            return (*self._each_pool(), AS_WRITTEN)
        staffing = self._percent("staffing", _("Agents of all pools"))
        with st.expander(_("Agents, pool by pool")):
            return (*self._each_pool(), staffing)

    def _each_pool(self) -> tuple[dict[str, int], dict[str, int]]:
        agents, shifts = {}, {}
        for name, pool in self.scenario.pools.items():
            label = _("Agents: {pool}").format(pool=plain(name))
            if pool.agents is None:
                shifts[name] = self._percent("shifts", label, name)
            else:
                key = self._key("agents", name)
                explanation = _("More or fewer in every interval that has agents")
                more = st.slider(label, -MOST_MORE, MOST_MORE, 0, format="%+d", key=key, help=explanation)
                agents[name] = int(more)
        return agents, shifts

    def _callbacks(self) -> tuple[frozenset[str] | None, int | None, dict[str, int]]:
        written = owed(self.scenario)
        tiers = [
            name
            for name, tier in self.scenario.tiers.items()
            if name in written or tier.channel != "deferred"
        ]
        with st.expander(_("Callbacks")):
            chosen = st.multiselect(
                _("Lost calls that are called back"),
                tiers,
                sorted(written, key=tiers.index),
                key=self._key("called_back"),
                placeholder=_("nobody"),
            )
            share = self._share(written) if chosen else None
            return frozenset(chosen), share, self._idle()

    def _share(self, written: frozenset[str]) -> int | None:
        rules = [rule.share for name in written if (rule := self.scenario.tiers[name].callback) is not None]
        usual = round(100 * max(rules, default=1.0))
        share = st.slider(_("Share of them"), 0, 100, usual, 5, format="%d%%", key=self._key("share"))
        return None if share == usual else int(share)

    def _idle(self) -> dict[str, int]:
        """Draw how many agents stay free for live calls, for each pool that works callbacks."""
        label = _("Idle agents kept while dialling: {pool}")
        return {
            name: self._number(label, "idle", name, pool.callbacks.keep_idle)
            for name, pool in self.scenario.pools.items()
            if pool.callbacks is not None
        }

    def _priorities(self) -> tuple[dict[str, int], bool]:
        with st.expander(_("Priorities")):
            st.caption(_("Smaller goes first; equal ones share one line."))
            priorities = {
                name: self._number("{pool}", "priority", name, tier.priority)
                for name, tier in self.scenario.tiers.items()
            }
            if not reserves(self.scenario):
                return priorities, True
            label = _("Keep agents idle for those who go first")
            return priorities, bool(st.toggle(label, value=True, key=self._key("reserve")))

    def _number(self, label: str, kind: str, name: str, value: int) -> int:
        low, high = min(0, value), max(99, value)
        key = self._key(kind, name)
        return int(st.number_input(label.format(pool=plain(name)), low, high, value, 1, key=key))
