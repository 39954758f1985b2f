"""What streams are for: a number of each purpose, and the word in its key (rule R2)."""

from __future__ import annotations

NOBODY = -1
"""In place of a law, a menu or a tier: there is none."""

PURPOSES = (
    "arrivals",
    "online start",
    "online solved",
    "online time",
    "patience",
    "talk",
    "wrap-up",
    "ivr time",
    "ivr exit",
    "ivr authentication",
    "callback owed",
    "offer accepted",
    "redial",
    "redial after",
    "repeat",
    "repeat after",
    "transfer",
    "return",
    "return after",
    "callback reached",
    "callback talk",
    "callback wrap-up",
    "callback no answer",
)
"""The streams of every tier, in this order; behind them those of its menus, two for each."""

(
    ARRIVALS,
    ONLINE_START,
    ONLINE_SOLVED,
    ONLINE_TIME,
    PATIENCE,
    TALK,
    WRAP_UP,
    IVR_TIME,
    IVR_EXIT,
    AUTHENTICATION,
    OWED,
    ACCEPTS,
    REDIAL,
    REDIAL_AFTER,
    REPEAT,
    REPEAT_AFTER,
    TRANSFER,
    RETURN,
    RETURN_AFTER,
    CALLED_BACK,
    CALLBACK_TALK,
    CALLBACK_WRAP_UP,
    NO_ANSWER,
    MENUS,
) = range(24)
"""From PATIENCE on what a call draws, from CALLED_BACK on what a callback draws."""
