"""Counting customers: by the tier of their first call, with all their calls."""

from __future__ import annotations

from callcenter.arrays import Ints
from callcenter.calllog import Kind, Outcome
from callcenter.kernels import hot, inner
from callcenter.measure.counting import rows
from callcenter.measure.counting.calendar import Records

ANSWERED, SELF_SERVED = int(Outcome.ANSWERED), int(Outcome.SELF_SERVED)
TRANSFER = int(Kind.TRANSFER)
NO_CONTACT, NOT_COUNTED = -1, -2
"""In place of the row of a contact: none yet; and none to come, for the first call is not counted."""


@inner
def enter_customer(
    customers: Records,
    counts: Ints,
    customer: int,
    call: int,
    parent: int,
    tier: int,
    kind: int,
    outcome: int,
    solved: bool,
    counted: bool,
) -> bool:
    """Enter a call of a customer, given by the row of their first call, in counts (CUSTOMER_COUNTS, tiers).

    The calls of a customer come in their order; ``counted`` says whether this one is between warm-up and
    cool-down.  Returns whether the customer passes the IVR once more, having returned (R13e).
    """
    who = customers[customer]
    if customer == call:
        who["contact"] = NO_CONTACT if counted else NOT_COUNTED
        who["tier"] = tier
        who["is_served"] = who["is_resolved"] = who["came_back"] = False
        counts[rows.CUSTOMERS, tier] += counted
    insists = who["came_back"] and kind != TRANSFER
    if outcome == SELF_SERVED and not solved:
        who["came_back"] = True
    if who["contact"] == NOT_COUNTED:
        return insists
    if kind == TRANSFER:
        if who["contact"] == parent:
            resolve(who, counts, call, solved)
        return insists
    counts[rows.CUSTOMER_CALLS, who["tier"]] += 1
    if outcome == ANSWERED or (outcome == SELF_SERVED and solved):
        serve(customers, counts, customer)
    if outcome == ANSWERED and who["contact"] == NO_CONTACT:
        counts[rows.WITH_ANSWER, who["tier"]] += 1
        resolve(who, counts, call, solved)
    return insists


@hot
def resolve(who: Records, counts: Ints, call: int, solved: bool) -> None:
    """Take a call for the latest of the first contact, which is solved or not."""
    resolved = solved and not who["came_back"]
    counts[rows.RESOLVED, who["tier"]] += int(resolved) - int(who["is_resolved"])
    who["contact"] = call
    who["is_resolved"] = resolved


@inner
def serve(customers: Records, counts: Ints, customer: int) -> None:
    """Count a customer as served, once."""
    who = customers[customer]
    if who["contact"] != NOT_COUNTED and not who["is_served"]:
        who["is_served"] = True
        counts[rows.SERVED, who["tier"]] += 1


@inner
def add_callers(calls_of: Ints, counts: Ints) -> None:
    """Enter the callers where no call follows another, from counts (cells, tiers, COUNTS)."""
    cells, tiers, _ = calls_of.shape
    for cell in range(cells):
        for tier in range(tiers):
            calls = calls_of[cell, tier]
            answered = calls[rows.ANSWERED_CALLS]
            counts[rows.CUSTOMERS, tier] += calls[rows.CALLED]
            counts[rows.CUSTOMER_CALLS, tier] += calls[rows.CALLED]
            counts[rows.SERVED, tier] += answered + calls[rows.SELF_SERVED_CALLS] - calls[rows.CAME_BACK]
            counts[rows.WITH_ANSWER, tier] += answered
            counts[rows.RESOLVED, tier] += calls[rows.SOLVED]
