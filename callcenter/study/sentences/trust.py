"""What speaks for the figures, and what limits them."""

from __future__ import annotations

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.study.insights import Insights, SecondOpinion


def meaning_of_intervals() -> str:
    """Return what an interval says, and what it does not."""
    return _(
        "The interval says how far chance may have moved the mean; four times the replications halve it. It "
        "says nothing about inputs that are wrong: calls, handle times and patience are taken as given."
    )


def balance(insights: Insights) -> str:
    """Return that nothing was lost, or which sums do not balance."""
    wrong = [each for each in insights.conservation if not each.balanced]
    if wrong:
        return _("Sums that do not balance: {names}. Please report this as a fault.").format(
            names=_(", ").join(each.name for each in wrong)
        )
    calls = sum(each.total for each in insights.conservation if each.kind == "calls")
    return _(
        "Nothing was lost: each of {calls} calls ended in exactly one outcome, and agents were busy or idle "
        "at every moment they were on the phones ({number} sums checked)."
    ).format(calls=f"{calls:,.0f}", number=len(insights.conservation))


def other_engine(check: SecondOpinion) -> str:
    """Return whether the other engine simulated the same, call by call."""
    first, second = check.engines
    if not check.identical:
        return _(
            "The engines {first} and {second} differ in {columns}. Please report this as a fault."
        ).format(first=first, second=second, columns=", ".join(check.differing))
    return _(
        "A second opinion: the other engine ({second}, written apart from {first}) simulated {calls} calls "
        "of the same replications again; all {columns} columns of the logs are equal to the last bit."
    ).format(first=first, second=second, calls=f"{check.calls:,}", columns=check.columns)


def no_other_engine() -> str:
    """Return why the other engine was not asked."""
    return _("The other engine was not asked: the scenario is too large for it, or its routing is your own.")


def start(scenario: Scenario) -> str:
    """Return whether the beginning of each replication is left out."""
    if scenario.warm_up:
        return _("Calls of the first {time} are simulated but not counted (warm-up).").format(
            time=wording.duration(scenario.warm_up)
        )
    return _("Each replication starts with an empty hotline; nothing is cut off at its beginning.")
