"""What a kernel reads and writes: arrays of records of fixed dtype."""

from __future__ import annotations

from typing import NamedTuple, get_type_hints

import numpy as np

from callcenter.arrays import Flags, Floats, Indices, Ints, Records
from callcenter.demand.breaks import Breaks
from callcenter.demand.silence import Silence
from callcenter.engine.floorplan import WIDE, TierPlan
from callcenter.heap import Heap

NOBODY = -1
NO_CALL = (1 << 62, -1)
"""An empty range of calls: the lowest and the highest number."""

KINDS = {Floats: np.float64, Indices: np.int64, Flags: np.bool_}
"""What an entry of an array of a plan is in a record."""

PER_TIER = {name: KINDS[kind] for name, kind in get_type_hints(TierPlan).items() if name not in WIDE}
"""What a record takes from the plan as it is."""

TIER = np.dtype(
    [
        *PER_TIER.items(),
        ("first_lane", np.int64),
        ("lanes", np.int64),
        ("owes", np.int64),  # bit 1 << outcome: a call lost this way owes the caller a callback
        ("job_class", np.int64),  # callback jobs of a smaller class go first
    ],
    align=True,
)
LANE = np.dtype(
    [
        ("tier", np.int64),
        ("head", np.int64),  # first call of the lane, NOBODY if none
        ("tail", np.int64),
        ("waiting", np.int64),  # calls in it, as far as anybody has looked
    ]
)
POOL = np.dtype(
    [
        ("level", np.int64),  # agents that should be on the phones
        ("busy", np.int64),
        ("idle", np.int64),
        ("resting", np.int64),  # on unscheduled breaks
        ("callback_keep_idle", np.int64),
        ("callback_speed", np.float64),
        ("has_desks", np.bool_),  # its agents may have several contacts in hand
        ("desks", np.int64),  # used so far
    ],
    align=True,
)
SERVING = np.dtype([("keep_idle", np.int64), ("after", np.float64), ("speed", np.float64)])
DESK = np.dtype([("tier", np.int64), ("contacts", np.int64), ("since", np.float64)])
SESSION = np.dtype([("pool", np.int64), ("start", np.float64), ("end", np.float64)])
JOB = np.dtype(
    [
        ("call", np.int64),
        ("reached_at", np.int64),  # number of the attempt that reaches the customer
        ("talk", np.float64),
        ("wrap_up", np.float64),
        ("created", np.float64),
        ("due", np.float64),
        ("first_attempt", np.float64),
        ("ended", np.float64),
        ("attempt_end", np.float64),  # when the latest attempt is over for its agent
        ("next", np.int64),  # another job of the same customer
        ("attempts", np.int32),
        ("pool", np.int32),
        ("outcome", np.int8),
    ],
    align=True,
)
ATTEMPT = np.dtype([("job", np.int64), ("pool", np.int64), ("start", np.float64), ("end", np.float64)])
OFFICE = np.dtype(
    [
        ("within", np.float64),
        ("retry_after", np.float64),
        ("attempts", np.int64),  # allowed for a job
        ("by_creation", np.bool_),  # jobs of a class go by creation instead of by due time
        ("cancels", np.bool_),  # who has been served is owed nothing more
        ("dial_until", np.float64),  # end of the calling hours that have begun
        ("created", np.int64),  # jobs so far
        ("made", np.int64),  # attempts so far
    ],
    align=True,
)
CALL = np.dtype(  # whole numbers are all of one type, so that no kernel is compiled twice
    [
        # what chance decides
        ("tier", np.int64),
        ("arrived", np.float64),  # nan = not made yet
        ("ivr_s", np.float64),
        ("patience", np.float64),
        ("talk", np.float64),
        ("wrap_up", np.float64),
        ("ordinal", np.int64),  # of a first call: number of the customer among those of the tier
        ("ivr_exit", np.int8),
        ("accepts", np.bool_),
        ("owed", np.bool_),
        # its place in the line
        ("waits", np.bool_),  # still in line, as far as anybody has looked
        ("lane", np.int64),
        ("order", np.int64),  # of joining
        ("behind", np.int64),  # who waits behind this call in its lane
        # what the log will say
        ("joined", np.float64),
        ("answered", np.float64),
        ("left", np.float64),
        ("released", np.float64),
        ("pool", np.int64),
        ("outcome", np.int64),
        ("job", np.int64),  # row of the callback that is owed, NOBODY if none is
    ],
    align=True,
)
TRIP = np.dtype(
    [
        ("parent", np.int64),
        ("attempt", np.int64),
        ("kind", np.int64),
        ("desk", np.int64),  # of the agent, where several contacts may be in hand
        ("holds_line", np.bool_),
        ("silent_s", np.float64),  # of a customer who has left without a word: how long a place is held
        ("held_in", np.int64),  # and the pool
    ],
    align=True,
)
FOLLOW_UP = np.dtype(
    [
        ("redials", np.int64),
        ("redial_after", np.float64),
        ("repeats", np.bool_),
        ("repeat_after", np.float64),
        ("transfer_to", np.int64),
        ("customer", np.int64),  # row of the first call
        ("path", np.int64),  # the way from there
        ("row", np.int64),  # where calls are written down
    ],
    align=True,
)
CUSTOMER = np.dtype(
    [
        ("first_job", np.int64),  # the latest callback job, NOBODY if none
        ("reached_at", np.float64),  # when a callback reached the customer, -inf if never
    ]
)
CHANGE = np.dtype([("at", np.float64), ("opens", np.bool_), ("closes", np.bool_)], align=True)
COMING = np.dtype([("at", np.float64), ("call", np.int64)])
STATE = np.dtype(
    [
        ("limited", np.bool_),  # trunk lines are
        ("free_lines", np.int64),
        ("announces", np.bool_),  # some tier listens to the announced wait
        ("follows", np.bool_),  # some call may be followed by another
        ("closed", np.bool_),
        ("open_until", np.float64),  # end of the opening hours that have begun
        ("joined", np.int64),  # calls that have joined the line so far
        ("lowest", np.int64),  # numbers of the calls that have joined the line since the last close
        ("highest", np.int64),
        ("sessions", np.int64),  # so far
        ("rests", np.int64),  # unscheduled breaks so far
        ("silences", np.int64),  # places held in vain so far
        ("coming", np.int64),  # entries of what is to come
        ("firsts", np.int64),  # first calls
        ("calls", np.int64),  # with those that will follow, as far as is known
        ("is_full", np.bool_),  # there is no room for another call
        ("came", np.int64),  # how much of what was to come has come, if a run is under way: first calls
        ("change", np.int64),
        ("window", np.int64),
    ],
    align=True,
)


class Floor(NamedTuple):
    """The hotline of one run in arrays: agents, calls, the line, the back office and what is to come."""

    tiers: Records
    lanes: Records
    """One for each tier and stage of escalation, tier by tier."""
    pools: Records
    serving: Records
    """Shape (pools, tiers)."""
    ranks: Ints
    """Shape (pools, lanes): the priority at which the pool takes the calls of a lane."""
    shared: Ints
    """Shape (tiers, tiers): the first pool that serves both, NOBODY if none does."""
    further: Floats
    """Shape (tiers, most): waits after which a further pool may take the tier's calls, padded with inf."""
    stage_after: Floats
    """Shape (tiers, most): waits after which the tier's calls move on to the next lane, padded with inf."""
    calls: Records
    """First calls, behind them those that follow, in the order in which they were awakened."""
    trips: Records
    """The rest of each call, which only some scenarios need: without entries in the others."""
    follows: Records
    """Which calls may follow each; without entries if none ever does."""
    customers: Records
    """By row of the first call; without entries if no call ever follows another."""
    coming: Records
    """First calls that are events of their own: when they join the line, or with limited lines arrive."""
    spare: Records
    """To put them in order."""
    places: Ints
    changes: Records
    """Of staffing levels."""
    levels: Ints
    """Shape (changes, pools)."""
    hours: Floats
    """Shape (spans, 2): opening and closing times."""
    windows: Floats
    """Shape (windows, 2): start and end of the calling hours."""
    jobs: Records
    no_answer: Floats
    """Shape (jobs, attempts)."""
    attempts: Records
    office: Records
    """Shape (1,): the back office."""
    state: Records
    """Shape (1,)."""
    desks: Records
    """Shape (pools, most): agents who have several contacts in hand."""
    sessions: Records
    breaks: Breaks
    """What pools have of unscheduled breaks."""
    rests: Records
    """Of `SESSION`: those that were taken."""
    silence: Silence
    """Who leaves without a word."""
    silences: Records
    """Of `SESSION`: places held in vain."""
    ends: Heap
    """When busy agents will be free."""
    timers: Heap
    """What else is to happen at a time of its own."""
    listed: Heap
    """Shape (classes, jobs + 3): calls whose callbacks may be worked, a heap for each class of order."""
