"""From a need to a roster that is proven: shifts chosen by what agents earn, simulated and thinned.

Covering the need interval by interval buys too much: shifts are longer than peaks, and more agents at one
time make up for fewer at another.  So the need is covered only to begin with; then the shifts themselves are
chosen by an integer programme over measured gains, and at last taken away or exchanged a few at a time, each
roster simulated with its breaks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.scenario import Scenario
from callcenter.study.staffing.catalogue import Catalogue
from callcenter.study.staffing.choices import Plan
from callcenter.study.staffing.gains import DIGITS
from callcenter.study.staffing.missing import WORTH_IT, Missing, proposals
from callcenter.study.staffing.programme import WORTH_OF_MORE, Slopes
from callcenter.study.staffing.roster_trials import NOISE, PART, RosterTrials, Tried, key_of
from callcenter.study.staffing.search import Search, Stand
from callcenter.study.staffing.shift_exchanges import Effects, Exchange, Seat, changed, exchanges
from callcenter.study.staffing.shifts import (
    Offer,
    Worked,
    cheapest,
    cover_all,
    offer_of,
    price,
    rostered_hours,
)
from callcenter.study.staffing.trials import Counts, Levels
from callcenter.study.staffing.weeks import Weeks, weeks_of

ROUNDS = 8
"""Most times a need is raised where its roster misses a target."""
LEAST, TOLERANCE = 0.8, 0.01
"""Smallest share of the need that is tried to be covered, and how exactly it is found."""
STEPS, CORRECTIONS = 3, 6
"""Most steps by measured gains, and most times that each is corrected by what it turned out to do."""
REACH = 0.1
"""Share of the agents of an interval that one step may add; it may take as many, or down to the need."""
THINNEST = 0.6
"""Share of the need that is always covered: a few hours without agents could be made up for by others."""
TRIES = 60
"""Exchanges tried from one roster, those first that look best."""
SIDEWAYS = 3
"""Exchanges that save nothing, one after the other, from which others may be in reach."""
FEW_TRIES, FEW_EXCHANGES = 8, 8
"""Exchanges that may fail from one roster, and how many are made before what agents earn is measured no more,
where days are long."""
BULKS = 6
"""Times that many are taken away at once there."""


class Roster(NamedTuple):
    """Shifts that keep every requirement, as simulated on the replications of the search."""

    worked: dict[str, Worked]
    scenario: Scenario
    cost: float
    hours: float
    """Agent-hours of the shifts, in opening hours and without breaks: those that are paid (rule R18).

    Pools that keep their agents count as they are."""
    holds: bool
    rounds: int
    """How many rosters were simulated."""
    covered_hours: float
    """The same if the need had to be covered in every interval: what choosing shifts directly has saved."""
    missing: Missing | None = None
    """A shift that the catalogue has not and that would save most; None if none was found."""
    weeks: Mapping[str, Weeks] = MappingProxyType({})
    """People by pool; none if the catalogue has no rules for a week."""
    given_up_after: int | None = None
    """Exchanges in a row that missed a target, at which the search of long days ended; None: it went on."""


class Rostering(NamedTuple):
    """What rosters are looked for with."""

    search: Search
    scenario: Scenario
    catalogue: Catalogue

    def roster(self, need: Stand) -> Roster:
        """Return the cheapest roster of a need that was found and holds, or the last one tried."""
        return RosterSearch(self.search, self.scenario, self.catalogue, need).roster()


class Tries(NamedTuple):
    """What was tried, and how many exchanges may fail."""

    seen: set[object]
    most: int
    needed: set[Seat]
    """Seats of whom one agent could not be spared."""


class RosterSearch:
    """Looks for the cheapest proven roster of one need."""

    def __init__(self, search: Search, scenario: Scenario, catalogue: Catalogue, need: Stand) -> None:
        self.search, self.scenario, self.catalogue, self.need = search, scenario, catalogue, need
        fixed = search.trials.subject.fixed
        self._offered = partial(offer_of, scenario, least=search.least, fixed=fixed)
        self.offer: Offer = self._offered(catalogue)
        hours = scenario.day.interval / 3600
        self._kept = {name: sum(scenario.rostered(name)) * hours for name in scenario.pools if name in fixed}
        """Hours of the pools that keep their agents."""
        self.trials = RosterTrials(search, scenario, self.offer, need.counts)
        self.part = search.with_(replications=search.replications[:PART])
        self.given_up_after: int | None = None
        """Exchanges in a row that failed, where so many of them ended the search."""

    def roster(self) -> Roster:
        """Return the cheapest roster found that holds, or the last one tried if none does."""
        covered = self.covered()
        if not covered.holds:
            return self._result(covered, covered)
        tried = self.thinned(self.stepped(covered))
        return self._result(tried, covered)._replace(missing=self._missing(tried))

    def covered(self) -> Tried:
        """Return the cheapest roster that covers the need times a factor and holds, or the last one tried."""
        levels, tried = self.need.levels, self._covering(self.need.levels)
        for _round in range(ROUNDS):
            if tried.holds:
                whole = self.trials.anchored(self._lowered(levels, tried))
                if whole.holds:
                    return whole
                tried = self._covering(levels)
            if not tried.holds:
                levels = self._raised(levels, self.trials.part(self.need.counts), tried.counts)
                tried = self._covering(levels)
        return self.trials.anchored(tried)

    def stepped(self, start: Tried) -> Tried:
        """Choose shifts by what agents earn: around the need, then around the best roster so far."""
        best = start
        need = self.need
        slopes = self._near(need.levels.astype(np.float64), need.margins, self.part.gains(need))
        for _step in range(STEPS):
            better = self._step(slopes)
            if better is None or better.weight >= best.weight - NOISE:
                break
            whole = self.trials.anchored(better)
            if whole.holds:
                best = whole
                slopes = self._slopes(best)
        return best

    def thinned(self, start: Tried, most_sideways: int = SIDEWAYS) -> Tried:
        """Take away agents of shifts, or exchange them, until no such change saves anything that is kept."""
        best = at = self.trials.anchored(start)
        if self.search.days_are_long:
            return self._thinned_frugally(best, FEW_EXCHANGES if most_sideways else 0)
        sideways, seen = 0, {key_of(start.plans)}
        while sideways <= most_sideways:
            slopes = self._slopes(at)
            better = self._exchanged(at, slopes, Tries(seen, TRIES, set()), cheaper=True)
            if better is not None:
                best = better if better.weight < best.weight - NOISE else best
                sideways = 0
            else:
                better = self._exchanged(at, slopes, Tries(seen, TRIES, set()), cheaper=False)
                sideways += 1
                if better is None:
                    break
            at = better
        return best

    def _thinned_frugally(self, best: Tried, most_exchanges: int) -> Tried:
        """Do the same where days are long: many taken away at once, then exchanges with as few tries as tell.

        What agents earn is measured again only where nothing more is won by what was measured; then all who
        could not be spared are tried again, too.
        """
        slopes = self._slopes(best)
        best = measured = self._thinned_in_bulk(best, slopes)
        tries, made = Tries({key_of(best.plans)}, FEW_TRIES, set()), 0
        while most_exchanges:
            slopes = self._near(self.offer.levels(best.plans), best.margins, slopes.gains)
            better = self._exchanged(best, slopes, tries, cheaper=True)
            if better is not None:
                best, made = better, made + 1
            elif measured is best or made >= most_exchanges:
                break
            else:
                slopes, measured, tries = self._slopes(best), best, tries._replace(needed=set())
        return best

    def _thinned_in_bulk(self, best: Tried, slopes: Slopes) -> Tried:
        """Take away many agents at once, as many as seem to be spared, then half as many until all holds."""
        part = 1.0
        for _try in range(BULKS):
            effects = self._effects(best, slopes)
            plans = self._without_spare(best, effects.fewer, part * best.margins)
            if plans is None:
                break
            tried = self.trials.tried(plans)
            if tried.holds:
                best = self.trials.anchored(tried)
            else:
                part /= 2
        return best

    def _without_spare(self, at: Tried, fewer: dict[Seat, Floats], left: Floats) -> tuple[Plan, ...] | None:
        """Return the plans without those who seem to be spared, in turn; None if nobody does."""
        order = sorted(fewer, key=lambda seat: self._use(seat, fewer[seat], left))
        plans, taken = at.plans, True
        while taken:
            taken = False
            for seat in order:
                after = changed(plans, Exchange((seat,), (), 0.0, 0.0))
                if after is None or (left + fewer[seat] < -NOISE).any() or not self._allows(after):
                    continue
                plans, left, taken = after, left + fewer[seat], True
        return None if plans is at.plans else plans

    def _use(self, seat: Seat, effect: Floats, left: Floats) -> float:
        """Return the largest part of what is left that an agent's going uses up, for what it saves."""
        used = float((-effect / np.maximum(left, NOISE)).max())
        return round(used / self.offer.weight_of(*seat), DIGITS)

    def _exchanged(self, at: Tried, slopes: Slopes, tries: Tries, cheaper: bool) -> Tried | None:
        """Return the roster after the first exchange that holds; None if none of the best does."""
        failed, is_long = 0, self.search.days_are_long
        for each in exchanges(self.offer, self._effects(at, slopes), slopes.margins, cheaper):
            if each.is_removal and each.taken[0] in tries.needed:
                continue
            plans = changed(at.plans, each)
            if plans is None or key_of(plans) in tries.seen or not self._allows(plans):
                continue
            tries.seen.add(key_of(plans))
            is_screened = is_long or not each.is_removal
            tried = self.trials.screened(plans, at) if is_screened else self.trials.tried(plans)
            if tried is not None and self.trials.may_hold(tried, at):
                whole = self.trials.whole(tried)
                if whole.holds:
                    self.given_up_after = None
                    return self.trials.anchored(whole)
            if is_long and each.is_removal:
                tries.needed.add(each.taken[0])
            failed += not each.is_removal
            if failed == tries.most:
                self.given_up_after = failed + (self.given_up_after or 0)
                return None
        self.given_up_after = None
        return None

    def _effects(self, at: Tried, slopes: Slopes) -> Effects:
        """Return what an agent of each shift earns, with breaks as they are, or where they cost least."""
        worth = slopes.gains.sum(axis=0)
        more: dict[Seat, Floats] = {}
        fewer: dict[Seat, Floats] = {}
        for pool, (each, plan) in enumerate(zip(self.offer.choices, at.plans, strict=True)):
            best = (each.best_pattern(shift, worth[pool]) for shift in range(len(each.shifts)))
            for pattern in sorted({*plan, *best}):
                earns = slopes.gains[:, pool] @ each.pattern_presence(pattern)
                more[pool, pattern] = WORTH_OF_MORE * earns
                if plan[pattern]:
                    fewer[pool, pattern] = -earns
        return Effects(more, fewer)

    def _allows(self, plans: Sequence[Plan]) -> bool:
        return all(each.allows(plan) for each, plan in zip(self.offer.choices, plans, strict=True))

    def _missing(self, best: Tried) -> Missing | None:
        """Return the shift that saves most if the catalogue had it, as simulated; None if none does."""
        slopes = self._slopes(best)
        day = self.scenario.day
        for more in proposals(self._offered, day, self.catalogue, slopes, best.weight)[:1]:
            other = RosterSearch(self.search, self.scenario, more, self.need)
            other.part = self.part
            tried = other.thinned(other.stepped(best), most_sideways=0)
            self.trials.rounds += other.trials.rounds
            if tried.weight < (1 - WORTH_IT) * best.weight:
                cost = self._cost(best) - other._cost(tried)
                return Missing(more.shifts[-1], self._hours(best) - other._hours(tried), cost)
        return None

    def _covering(self, levels: Levels) -> Tried:
        return self.trials.tried(tuple(cover_all(self.scenario, levels, self.offer)))

    def _raised(self, levels: Levels, needed: Counts, covered: Counts) -> Levels:
        """Return the need with more agents where the roster answers fewer calls than the need did."""
        goals = self.search.goals
        lost = np.zeros(levels.shape[1])
        fall = (goals.above(needed) - goals.above(covered)).mean(axis=0).sum(axis=1)
        lost = np.maximum(lost, fall.max(axis=0))
        worst = lost >= np.quantile(lost, 0.75)
        more = np.maximum(1, np.rint(0.02 * levels)).astype(np.int64)
        raised: Levels = np.where(worst & (levels > 0), levels + more, levels)
        return raised

    def _lowered(self, levels: Levels, holding: Tried) -> Tried:
        """Cover less than the need as long as that holds: the surplus of one hour makes up for another."""
        low, high, best = LEAST, 1.0, holding
        while high - low > TOLERANCE:
            middle = (low + high) / 2
            tried = self._covering(np.ceil(levels * middle - 1e-9).astype(np.int64))
            if tried.holds and tried.weight <= best.weight:
                high, best = middle, tried
            else:
                low = middle
        return best

    def _slopes(self, at: Tried) -> Slopes:
        """Measure what the agents of a roster earn, as if they came by interval."""
        levels = self.offer.levels(at.plans)
        stand = self.part.stand(np.rint(levels).astype(np.int64))
        return self._near(levels, at.margins, self.part.gains(stand))

    def _near(self, levels: Floats, margins: Floats, gains: Floats) -> Slopes:
        near = np.maximum(1.0, REACH * levels)
        fewer = np.maximum(0.0, levels - THINNEST * self.need.levels)
        return Slopes(levels, margins[: len(gains)], gains, near, fewer)

    def _step(self, slopes: Slopes) -> Tried | None:
        """Solve for the best shifts and simulate them; None: none holds.

        What a roster turns out to lack is demanded in addition, and then as little of that as will do.
        """
        best, lacks, low, high = None, np.zeros(len(slopes.gains)), 0.0, 1.0
        part = 0.0
        for _round in range(CORRECTIONS):
            plans = cheapest(self.offer, slopes._replace(margins=slopes.margins - part * lacks))
            if plans is None:
                return best
            tried = self.trials.tried(tuple(plans))
            slopes.fewer[:, self.search.thin(tried.counts)] = 0.0
            if tried.holds:
                best = tried if best is None or tried.weight < best.weight else best
                high = part
            elif not lacks.any() or part == high:
                lacks = part * lacks + np.maximum(0.0, -tried.margins[: len(lacks)])
                low, high, part = 0.0, 1.0, 1.0
                continue
            else:
                low = part
            part = (low + high) / 2
        return best

    def _result(self, tried: Tried, covered: Tried) -> Roster:
        worked, rules = self.offer.worked(self.scenario, tried.plans), self.catalogue.week
        return Roster(
            worked,
            tried.scenario,
            self._cost(tried),
            self._hours(tried),
            tried.holds,
            self.trials.rounds,
            self._hours(covered),
            weeks={} if rules is None else weeks_of(self.scenario, worked, rules),
            given_up_after=self.given_up_after if self.search.days_are_long else None,
        )

    def _cost(self, tried: Tried) -> float:
        day, pools = self.scenario.day, self.scenario.pools
        worked = self.offer.worked(self.scenario, tried.plans)
        kept = sum(hours * (pools[name].cost_per_hour or 1.0) for name, hours in self._kept.items())
        return kept + sum(
            number * price(shift, day, pools[name].cost_per_hour)
            for name, shifts in worked.items()
            for shift, number in shifts
        )

    def _hours(self, tried: Tried) -> float:
        worked = self.offer.worked(self.scenario, tried.plans)
        return sum(self._kept.values()) + sum(
            number * rostered_hours(shift, self.scenario.day)
            for shifts in worked.values()
            for shift, number in shifts
        )
