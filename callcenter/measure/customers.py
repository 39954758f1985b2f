"""Customers: how often each had to call, and how many got what they wanted."""

from __future__ import annotations

CALLER_COUNTS = ("customers", "customer_calls", "served", "with_answer", "resolved")
ONLINE_COUNTS = ("started_online", "solved_online")

CUSTOMER_COUNTS = CALLER_COUNTS + ONLINE_COUNTS
"""By tier of the customer's first call, which came between warm-up and cool-down: those who called, all their
calls but transferred ones, those served (answered, solved in the IVR or reached by a callback), those with
an answered contact, and those whose first one was solved, unless they had returned (rule R13e).  A contact is
an answered call with the calls that it was transferred to, and solved if the last of them is.  Online: who
started there, and was solved there."""
