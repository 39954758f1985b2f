"""What a scenario has that the textbook formula leaves out, in words: why the two may differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from callcenter import wording
from callcenter.clock import SECONDS_PER_DAY
from callcenter.demand import Loads
from callcenter.language import gettext as _
from callcenter.scenario import Constant, Exponential, Never, Scenario, Tier
from callcenter.scenario.parts.by_day import ByDay
from callcenter.scenario.parts.distribution import Distribution
from callcenter.theory.situation import callers_of, is_one_line, situation

SETTLING = 5.0
"""Handle times until a line that starts empty has settled."""

SHORT_START = 0.02
"""Part of the day that this may take without being worth a word."""

MOST_LISTED = 8
"""Names in a sentence; of thirty centres nobody reads each."""


def reasons(scenario: Scenario) -> tuple[str, ...]:
    """Return what the formula leaves out, one sentence each; nothing where it describes the scenario."""
    return tuple(sentence for reason in REASONS for sentence in reason(scenario))


def _sharing(scenario: Scenario) -> Iterator[str]:
    callers = callers_of(scenario)
    if len(callers) < 2 or is_one_line(scenario):
        return
    shared = [name for name, pool in scenario.pools.items() if len(set(pool.serves) & set(callers)) > 1]
    if shared:
        yield _(
            "Tiers share the agents of {pools}. The formula gives every agent who may take a tier "
            "to that tier alone, so it is too optimistic, the more so the later a tier is served."
        ).format(pools=_listed(shared))


def _priorities(scenario: Scenario) -> Iterator[str]:
    ranks: dict[int, list[str]] = {}
    for name, tier in sorted(scenario.tiers.items(), key=lambda item: item[1].priority):
        ranks.setdefault(tier.priority, []).append(name)
    if len(ranks) > 1:
        order = _(", then ").join(_listed(names) for names in ranks.values())
        yield _("Priorities: {order}. The formula knows one line, first come first served.").format(
            order=order
        )
    own = [
        name
        for name, pool in scenario.pools.items()
        if any(serve.priority is not None for serve in pool.serves.values())
    ]
    if own:
        yield _("Pools serve tiers in an order of their own ({pools}).").format(pools=_listed(own))
    moved = _which(scenario, lambda tier: bool(tier.escalate or tier.head_start))
    if moved:
        yield _("`escalate` or `head_start` change the order of the line ({tiers}).").format(
            tiers=_listed(moved)
        )


def _pools(scenario: Scenario) -> Iterator[str]:
    pools = {name: pool for name, pool in scenario.pools.items() if pool.serves}
    if len({frozenset(pool.serves) for pool in pools.values()}) > 1:
        yield _("Pools take different tiers ({pools}): agents may idle while callers wait elsewhere.").format(
            pools=_listed(pools)
        )
    held = [
        _("{pool} takes {tier}").format(pool=name, tier=tier)
        for name, pool in pools.items()
        for tier, serve in pool.serves.items()
        if serve.keep_idle or serve.after
    ]
    if held:
        yield _("`keep_idle` or `after` hold agents back: {ways} only under a condition.").format(
            ways=_listed(held)
        )
    speeds = {serve.speed or pool.speed for pool in pools.values() for serve in pool.serves.values()}
    if len(speeds) > 1:
        yield _("Agents differ in speed; the formula takes their mean.")


def _patience(scenario: Scenario) -> Iterator[str]:
    odd = _which(scenario, lambda tier: not isinstance(tier.patience, Never) and not _is_plain(tier.patience))
    if odd:
        yield _(
            "Patience is not exponential ({tiers}). The formula takes its mean, but what counts "
            "is how many hang up in the first seconds."
        ).format(tiers=_listed(odd))
    loads = Loads(scenario)
    if is_one_line(scenario) and _differ([loads.of(name, 0).patience_s for name in scenario.tiers]):
        yield _("Tiers of one line differ in patience; the formula takes their mean hazard of hanging up.")


def _handle_times(scenario: Scenario) -> Iterator[str]:
    odd = _which(scenario, lambda tier: not _is_exponential(tier))
    if odd:
        yield _(
            "Talk and wrap-up together are not exponential ({tiers}). "
            "The steadier they are, the shorter the wait."
        ).format(tiers=_listed(odd))
    loads = Loads(scenario)
    if is_one_line(scenario) and _differ([loads.of(name, 0).handle_s for name in scenario.tiers]):
        yield _("Tiers of one line differ in handle time; the formula takes their mean.")


def _differ(figures: list[float]) -> bool:
    return len(set(figures)) > 1


def _is_exponential(tier: Tier) -> bool:
    parts = [part for part in (tier.talk, tier.wrap_up) if not _is_nothing(part)]
    return len(parts) == 1 and _is_plain(parts[0])


def _is_nothing(times: Distribution) -> bool:
    return isinstance(times, Constant) and times.value == 0


def _is_plain(times: Distribution) -> bool:
    """Whether times are exponential, neither clipped nor changed by the interval."""
    return isinstance(times, Exponential) and times == Exponential(mean=times.mean)


def _changes(scenario: Scenario) -> Iterator[str]:
    if _is_changing(scenario):
        yield _(
            "Calls or agents change from interval to interval. The formula treats each as if it lasted "
            "forever; in the simulation, a line built up in one is worked off in the next."
        )
        late = [name for name in scenario.tiers if scenario.ivr_of(name)]
        if late:
            yield _("Callers pass the IVR first ({tiers}), so some join the line an interval later.").format(
                tiers=_listed(late)
            )
    halves = [
        name
        for name, pool in scenario.pools.items()
        if not isinstance(pool.agents, ByDay) and any(agents % 1 for agents in scenario.staffed(name))
    ]
    if halves:
        yield _("Agents come and go within an interval ({pools}); the formula takes their mean.").format(
            pools=_listed(halves)
        )


def _rosters(scenario: Scenario) -> Iterator[str]:
    drawn = [
        name
        for name, pool in scenario.pools.items()
        if isinstance(pool.agents, ByDay) and pool.agents.drawn_from
    ]
    if drawn:
        yield _(
            "Each day takes the roster of a day of the past ({pools}); the formula takes their mean, "
            "so it is too optimistic, the more so the more they differ."
        ).format(pools=_listed(drawn))


def _is_changing(scenario: Scenario) -> bool:
    series = [scenario.demand.expected(name) for name in scenario.tiers]
    series += [scenario.staffed(name) for name in scenario.pools]
    return any(one != other for figures in series for one, other in pairwise(figures))


def _start(scenario: Scenario) -> Iterator[str]:
    callers = callers_of(scenario)
    if not callers:
        return
    settled = SETTLING * situation(Loads(scenario), callers, 0).aht
    counted = (scenario.days - 1) * SECONDS_PER_DAY + scenario.day.length
    restarts = 1 if scenario.day.length == SECONDS_PER_DAY else scenario.days
    if restarts * settled - scenario.warm_up > SHORT_START * counted:
        yield _("The day begins with idle agents and nobody in line, as the formula's never does.")


def _overload(scenario: Scenario) -> Iterator[str]:
    callers = callers_of(scenario)
    groups = [callers] if is_one_line(scenario) else [[name] for name in callers]
    loads = Loads(scenario)
    lines = (situation(loads, group, at) for group in groups for at in range(scenario.day.intervals))
    over = sum(line.patience == float("inf") and line.erlangs >= line.agents for line in lines)
    if over:
        yield _(
            "In {n} intervals there is more work than the agents can do, and nobody hangs up: "
            "the formula's line grows forever, that of a day does not."
        ).format(n=over)


def _days(scenario: Scenario) -> Iterator[str]:
    if scenario.demand.day_factor_cv:
        cv = f"{100 * scenario.demand.day_factor_cv:g}%"
        yield _(
            "Days are busy or quiet as a whole (cv {cv}); busy ones lose more than quiet ones gain."
        ).format(cv=cv)
    yield from _restless(scenario)
    yield from _resting(scenario)
    absent = [name for name, pool in scenario.pools.items() if pool.absence]
    if absent:
        yield _("Agents are absent by chance ({pools}); the formula counts all of them.").format(
            pools=_listed(absent)
        )


def _resting(scenario: Scenario) -> Iterator[str]:
    resting = [name for name, pool in scenario.pools.items() if pool.breaks and pool.breaks.after_call]
    if resting:
        yield _("Agents take unscheduled breaks ({pools}); those of the formula never do.").format(
            pools=_listed(resting)
        )


def _restless(scenario: Scenario) -> Iterator[str]:
    intervals, talk = scenario.demand.interval_factor, scenario.demand.talk_factor_cv
    if intervals and any(intervals.cv):
        yield _("Intervals scatter more than Poisson (cv {cv}); the formula's do not.").format(
            cv=wording.percents(intervals.cv, 0)
        )
    if talk:
        yield _("Days are slow or quick as a whole (handle times with a cv of {cv}).").format(
            cv=f"{100 * talk:g}%"
        )


def _other_work(scenario: Scenario) -> Iterator[str]:
    kept = set(_which(scenario, lambda tier: tier.keeps_places))  # dialled by who serves them
    dialling = [
        name
        for name, pool in scenario.pools.items()
        if pool.callbacks is not None or kept & pool.serves.keys()
    ]
    if dialling and any(tier.owes_callbacks for tier in scenario.tiers.values()):
        yield _("Agents of {pools} also make callbacks.").format(pools=_listed(dialling))
    cases = _which(scenario, lambda tier: tier.channel == "deferred")
    if cases:
        yield _("Agents also work deferred contacts ({tiers}).").format(tiers=_listed(cases))
    chats = _which(scenario, lambda tier: tier.concurrency > 1)
    if chats:
        yield _("An agent handles several contacts at a time ({tiers}).").format(tiers=_listed(chats))


def _further_calls(scenario: Scenario) -> Iterator[str]:
    tiers = scenario.tiers.values()
    words = {"redial": _("redials"), "repeat": _("repeats")}
    made = [word for key, word in words.items() if any(getattr(tier, key) for tier in tiers)]
    if made:
        yield _("There are more calls than the formula counts ({kinds}).").format(kinds=_listed(made))


def _silence(scenario: Scenario) -> Iterator[str]:
    silent = _which(scenario, lambda tier: tier.silent)
    if silent:
        yield _(
            "Customers leave without a word ({tiers}), and agents wait for them in vain; "
            "the formula's customers do not."
        ).format(tiers=_listed(silent))
    returning = [
        name for name in scenario.tiers if (ivr := scenario.ivr_of(name)) is not None and ivr.returns
    ]
    if returning and _is_changing(scenario):
        yield _(
            "Callers return from the IVR ({tiers}): the formula has their calls where they are expected, "
            "the simulation where they come."
        ).format(tiers=_listed(returning))


def _limits(scenario: Scenario) -> Iterator[str]:
    if scenario.lines is not None:
        yield _("There are {n} lines; callers who find none free are blocked.").format(
            n=f"{scenario.lines:,}"
        )
    leaving = _which(scenario, lambda tier: tier.can_balk or tier.offer is not None)
    if leaving:
        yield _("Callers leave or take a callback because of the announced wait ({tiers}).").format(
            tiers=_listed(leaving)
        )
    if scenario.day.after_close == "drop":
        yield _("Callers in line at close are cut off.")


REASONS: tuple[Callable[[Scenario], Iterator[str]], ...] = (
    _sharing,
    _priorities,
    _pools,
    _patience,
    _handle_times,
    _changes,
    _rosters,
    _start,
    _overload,
    _days,
    _other_work,
    _further_calls,
    _silence,
    _limits,
)


def _which(scenario: Scenario, test: Callable[[Tier], object]) -> list[str]:
    return [name for name, tier in scenario.tiers.items() if test(tier)]


def _listed(names: Iterable[str]) -> str:
    listed = list(names)
    if len(listed) == 1:
        return listed[0]
    if len(listed) > MOST_LISTED:
        first = _(", ").join(listed[: MOST_LISTED - 1])
        return _("{names} and {number} more").format(names=first, number=len(listed) - MOST_LISTED + 1)
    return _("{names} and {last}").format(names=_(", ").join(listed[:-1]), last=listed[-1])
