"""Every figure of a report, once."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.outcomes import Outcome, Stage
from callcenter.report.tables.measure import BOOK, EVERYWHERE, LISTED, READ, Measure, Rank, Where
from callcenter.report.tables.units import (
    COUNT,
    FINE_SHARE,
    HEADS,
    HOURS,
    MONEY,
    RATIO,
    SECONDS,
    SHARE,
    TARGET,
    VERDICT,
    WHOLE,
)

COUNTS_OF = {
    Outcome.BLOCKED: (noted("blocked"), noted("found every trunk line taken")),
    Outcome.SELF_SERVED: (noted("solved in the IVR"), ""),
    Outcome.LEFT_IVR: (noted("hung up in the IVR"), ""),
    Outcome.ANSWERED: (noted("answered"), ""),
    Outcome.ABANDONED: (noted("abandoned"), noted("hung up while waiting")),
    Outcome.BALKED: (noted("balked"), noted("left at once because of the wait that was announced")),
    Outcome.DIVERTED: (noted("took a callback instead"), ""),
    Outcome.CLOSED: (noted("waiting at the close"), noted("sent away because the hotline closed")),
    Outcome.OPEN: (noted("open at the end"), noted("still waiting when the run ended")),
}
"""Name and meaning of the calls that ended in each way."""


def outcome_name(outcome: str) -> str:
    """Return how calls that ended in a way of the call log are called, in the language spoken."""
    return _(COUNTS_OF[Outcome[outcome.upper()]][0])


def _count(outcome: Outcome, on: Where = BOOK) -> Measure:
    return Measure(outcome.word, *COUNTS_OF[outcome][:1], COUNT, COUNTS_OF[outcome][1], on)


BEFORE_THE_LINE = tuple(outcome for outcome in Outcome if outcome.stage is not Stage.LINE)
AFTER = tuple(
    outcome for outcome in Outcome if outcome.stage is Stage.LINE and outcome is not Outcome.ANSWERED
)

OFFERED = Measure("offered", noted("offered"), COUNT, noted("calls that asked for a person"), EVERYWHERE)
ANSWER_RATE = Measure(
    "service_level",
    noted("answer rate"),
    SHARE,
    noted("{definition}; in time is a wait of at most the target's"),
    EVERYWHERE,
    is_exact=True,
)

MEAN_WAIT = Measure(
    "mean_wait_s", noted("mean wait"), SECONDS, noted("of all offered calls, also the lost ones"), READ
)

CALLS_MADE = (
    Measure("redials", noted("redials"), COUNT, on=EVERYWHERE),
    Measure("repeats", noted("repeats"), COUNT, on=EVERYWHERE),
    Measure("transfers", noted("transfers"), COUNT, on=EVERYWHERE),
    Measure(
        "returns",
        noted("returns from the IVR"),
        COUNT,
        noted("calls of those whom the IVR only seemed to solve"),
        EVERYWHERE,
    ),
)

DAYS_MET = Measure(
    "days_met",
    noted("days met"),
    SHARE,
    noted("share of days on which the target was met"),
    EVERYWHERE,
    is_exact=True,
    ranked=Rank.FIGURE,
)
UNDECIDED = Measure(
    "undecided",
    noted("undecided"),
    COUNT,
    noted("still open and within the time of the target; not offered"),
)

TIER = (
    OFFERED,
    _count(Outcome.ANSWERED, EVERYWHERE),
    ANSWER_RATE,
    Measure("target", noted("target"), TARGET, on=LISTED),
    Measure("verdict", noted("verdict"), VERDICT, on=LISTED),
    DAYS_MET,
    Measure("called", noted("calls"), COUNT, noted("all calls, also those that never asked for a person")),
    *(_count(outcome) for outcome in BEFORE_THE_LINE),
    Measure("answered_within", noted("answered in time"), COUNT, noted("within the time of the target")),
    *(_count(outcome) for outcome in AFTER),
    UNDECIDED,
    Measure("abandoned_within", noted("abandoned in time"), COUNT, noted("within the time of the target")),
    *(each._replace(on=BOOK) for each in CALLS_MADE),
    Measure("abandonment", noted("abandonment"), SHARE, noted("abandoned ÷ offered"), EVERYWHERE),
    Measure(
        "asa_s",
        noted("ASA"),
        SECONDS,
        noted("average speed of answer: mean wait of the answered calls"),
        EVERYWHERE,
    ),
    MEAN_WAIT,
    Measure(
        "mean_excess_s",
        noted("mean excess over the target"),
        SECONDS,
        noted("mean wait beyond the time that the target allows"),
    ),
    Measure("p50_wait_s", noted("p50 wait"), SECONDS, noted("50% of the offered calls waited no longer")),
    Measure("p90_wait_s", noted("p90 wait"), SECONDS, noted("90% of the offered calls waited no longer")),
    Measure(
        "p95_wait_s",
        noted("p95 wait"),
        SECONDS,
        noted("95% of the offered calls waited no longer"),
        EVERYWHERE,
    ),
    Measure("p99_wait_s", noted("p99 wait"), SECONDS, noted("99% of the offered calls waited no longer")),
    Measure(
        "max_wait_s",
        noted("longest wait"),
        SECONDS,
        noted("of the offered calls of a replication; mean over replications (1:37 min is 1 min 37 s)"),
        EVERYWHERE,
    ),
)
"""Of a tier or of all, in a run or at a point."""

INTERVAL = (
    *(
        each._replace(on=BOOK)
        for each in TIER
        if each.key
        in ("offered", "answered", "service_level", "answered_within", "abandoned", "abandonment", "asa_s")
    ),
    Measure("queue_length", noted("callers in line"), COUNT, noted("waiting, on average over the interval")),
)
"""Of a tier in an interval."""

DAY = (
    OFFERED,
    Measure("lost", noted("not answered"), COUNT, on=READ),
    Measure(
        "queue_length", noted("callers in line"), COUNT, noted("waiting, on average over the interval"), READ
    ),
    Measure("staffed", noted("agents staffed"), COUNT, on=READ),
    Measure("busy", noted("agents busy"), COUNT, on=READ),
    Measure("on_break", noted("agents on breaks"), COUNT, noted("neither busy nor idle"), READ),
    Measure(
        "required",
        noted("agents required"),
        COUNT,
        noted("agents that the targets together need by Erlang A, interval by interval"),
        BOOK,
    ),
)
"""Of all tiers and pools together in an interval."""

PEAKS = (
    Measure(
        "rostered_peak",
        noted("most rostered"),
        HEADS,
        noted("agents rostered in the fullest interval, those off the phones included"),
        EVERYWHERE,
    ),
    Measure(
        "agents_peak",
        noted("most on phones"),
        WHOLE,
        noted("agents on the phones in the fullest interval: shrinkage taken off, absence not"),
        EVERYWHERE,
    ),
)
AGENTS = (
    *PEAKS,
    Measure("rostered_hours", noted("rostered hours a day"), COUNT, noted("the hours that are paid"), READ),
    Measure("agent_hours", noted("hours on phones a day"), COUNT, on=EVERYWHERE),
)
"""Of the roster of a point."""

POOL = (
    *PEAKS,
    Measure("staffed_h", noted("staffed"), HOURS, noted("agents on the phones in opening hours"), EVERYWHERE),
    Measure("busy_h", noted("busy"), HOURS, noted("talk, wrap-up and callbacks"), READ),
    Measure("break_h", noted("on breaks"), HOURS, noted("staffed, but neither busy nor idle")),
    Measure("idle_h", noted("idle"), HOURS),
    Measure(
        "overtime_h",
        noted("overtime"),
        HOURS,
        noted("work beyond the staffing: after it fell, or after the close"),
        EVERYWHERE,
    ),
    Measure("rostered_h", noted("rostered"), HOURS, noted("what is paid: shrinkage and absence too"), READ),
    Measure("unrostered_h", noted("paid overtime"), HOURS, noted("work beyond the roster")),
    Measure("absent_h", noted("absent"), HOURS),
    Measure("occupancy", noted("occupancy"), SHARE, noted("busy ÷ (staffed + overtime)"), EVERYWHERE),
    Measure("calls", noted("calls answered"), COUNT, on=READ),
    Measure("callback_attempts", noted("callbacks dialled"), COUNT, on=READ),
    Measure(
        "silent",
        noted("taken in vain"),
        COUNT,
        noted("contacts taken whose customer had left without a word"),
        EVERYWHERE,
    ),
    Measure("silent_h", noted("places held in vain"), HOURS, noted("by customers who had left"), EVERYWHERE),
)

CALLBACKS = (
    Measure("created", noted("callbacks owed"), COUNT, on=EVERYWHERE),
    Measure(
        "on_time",
        noted("first attempt within the promise"),
        SHARE,
        noted("of those that were begun or are overdue"),
        EVERYWHERE,
    ),
    Measure("late", noted("late"), COUNT, on=EVERYWHERE),
    Measure("not_due", noted("neither begun nor due at the end of the run"), COUNT, on=EVERYWHERE),
    Measure("cancelled_before", noted("cancelled before an attempt"), COUNT, on=EVERYWHERE),
    Measure("reached", noted("customer reached"), COUNT, on=EVERYWHERE),
    Measure("unreached", noted("not reached after the last attempt"), COUNT, on=EVERYWHERE),
    Measure(
        "cancelled", noted("cancelled: the customer called again and was answered"), COUNT, on=EVERYWHERE
    ),
    Measure("pending", noted("still open at the end of the run"), COUNT, on=EVERYWHERE),
    Measure("open_at_day_end", noted("open at the end of a day, on average"), COUNT, on=READ),
    Measure("backlog_max", noted("most open at once"), COUNT, on=READ),
    Measure("delay_p50_s", noted("half of the first attempts came within"), SECONDS, on=READ),
    Measure("delay_p95_s", noted("95% of the first attempts came within"), SECONDS, on=READ),
    Measure("delay_max_s", noted("longest delay to a first attempt"), SECONDS, on=READ),
)

CALLBACK_WORK = (
    Measure("created", noted("callbacks created"), COUNT),
    Measure("attempts", noted("attempts"), COUNT),
    Measure("backlog", noted("open at the end"), COUNT),
)
"""Of callbacks in an interval."""

CUSTOMERS = (
    Measure("customers", noted("customers"), COUNT, on=EVERYWHERE),
    Measure(
        "calls_per_customer",
        noted("calls per customer"),
        RATIO,
        noted("calls of a customer, redials and repeats included, transferred ones not"),
        EVERYWHERE,
    ),
    Measure(
        "first_contact_resolution",
        noted("solved at first contact"),
        SHARE,
        noted("of those an agent answered: share that had no reason to call again"),
        EVERYWHERE,
    ),
    Measure(
        "never_served",
        noted("never served"),
        SHARE,
        noted("neither answered, nor solved in the IVR, nor reached by a callback"),
        EVERYWHERE,
    ),
    Measure("started_online", noted("started online"), COUNT, on=EVERYWHERE),
    Measure("solved_online", noted("solved online"), COUNT, on=EVERYWHERE),
)

IVR = (
    Measure("entered", noted("entered"), COUNT, on=EVERYWHERE),
    Measure("containment", noted("solved there"), SHARE, on=EVERYWHERE),
    Measure(
        "net_containment",
        noted("solved for good"),
        SHARE,
        noted("those who return for a person taken off"),
        EVERYWHERE,
    ),
    Measure("hung_up", noted("hung up there"), SHARE, on=EVERYWHERE),
    Measure("time_s", noted("time there"), SECONDS, on=EVERYWHERE),
    Measure(
        "reached_person_s",
        noted("until a person"),
        SECONDS,
        noted("from dialling to an agent's answer, mean of the answered calls; waits begin after the IVR"),
        EVERYWHERE,
    ),
)

LINES = (
    Measure("busy", noted("held, on average"), COUNT, on=EVERYWHERE),
    Measure(
        "blocked",
        noted("calls that found none"),
        FINE_SHARE,
        noted("share of the dialled calls that were blocked because every line was taken"),
        EVERYWHERE,
    ),
    Measure("line_hours", noted("line-hours"), COUNT, on=EVERYWHERE),
)

MONEY_OF = {
    "pools": Measure("cost_of_pool", noted("cost of the pool"), MONEY, on=EVERYWHERE),
    "tiers": Measure(
        "value_of_tier",
        noted("value of the calls"),
        MONEY,
        noted("answered and abandoned calls at the values the scenario gives them"),
    ),
}
"""Of each pool and of each tier."""

COSTS = (
    Measure("staffing_cost", noted("cost of staffed hours"), MONEY, on=EVERYWHERE),
    Measure("overtime_cost", noted("cost of overtime"), MONEY, on=EVERYWHERE),
    Measure("line_cost", noted("cost of lines"), MONEY, on=EVERYWHERE),
)

TOTALS = (
    Measure("cost", noted("all costs"), MONEY, on=EVERYWHERE),
    Measure("value", noted("value of all calls"), MONEY, on=EVERYWHERE),
    Measure("net", noted("net"), MONEY, noted("value less cost"), EVERYWHERE),
    Measure(
        "cost_per_answered",
        noted("cost per answered call"),
        MONEY,
        noted("all costs ÷ calls answered"),
        EVERYWHERE,
    ),
)

TARGETS = Measure("targets", noted("targets"), SHARE, on=EVERYWHERE)
"""Those that are no answer rate of a tier over the run."""

COMPARED = {
    each.key: each
    for each in (ANSWER_RATE, TARGETS, *TIER, *POOL, *TOTALS)
    if each.key
    in (
        *("service_level", "targets", "abandonment", "asa_s", "occupancy", "staffed_h", "break_h"),
        *("cost", "value", "net"),
    )
}
"""What comparisons are about, in their order."""
