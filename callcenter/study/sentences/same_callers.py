"""How the callers of two scenarios differ, in a sentence."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.study.differences.same_callers import same_calls


def callers_note(first: Scenario, second: Scenario, name: str | None = None) -> str:
    """Return in a sentence how the callers of two scenarios differ; empty if every call is the same.

    Random streams have names (seed, replication, tier, purpose), so tiers that differ in nothing which
    decides their calls have the same calls, and the others still share their chance.
    """
    if first.callers_fingerprint == second.callers_fingerprint:
        return ""
    shared = [tier for tier in first.tiers if tier in second.tiers]
    same = [tier for tier in shared if same_calls(first, second, tier)]
    others = [tier for tier in dict.fromkeys((*first.tiers, *second.tiers)) if tier not in same]
    if not others:
        return ""
    still = _("; the calls of {tiers} are the same").format(tiers=_(", ").join(same)) if same else ""
    return _(
        "{name} has other callers ({tiers}){still}. "
        "Random streams of the same name (seed, replication, tier, purpose) are shared nevertheless, "
        "so part of the chance still cancels out."
    ).format(name=_("The other scenario") if name is None else name, tiers=_(", ").join(others), still=still)
