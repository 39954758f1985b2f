"""The search: from a first guess, by cheaper and cheaper steps, to a staffing with nobody to spare."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.language import gettext as _
from callcenter.study.staffing.errors import StaffingError
from callcenter.study.staffing.gains import Reach, cheapest_step, gains, perturbed
from callcenter.study.staffing.goals import Goals
from callcenter.study.staffing.trials import Counts, Levels, Trials

ROUNDS = 5
"""Most steps of the search; each re-estimates what every agent earns."""
CORRECTIONS = 5
"""Most times a step is corrected by what it turned out to do."""
WIDEST = 0.06
"""Share of the agents of an interval that one step may add or take away."""
WORTH_A_ROUND = 0.002
"""Relative saving below which no further step is made."""
DEEPEST = 0.2
"""An interval this far below a tier's target is not thinned out further, as long as others can be."""
FEW, VERY_FEW = 16, 8
"""Replications on which gains are estimated at most; of a hotline whose day takes `LONG` seconds."""
LONG = 0.005
MOST_KNOWN = 64
"""Staffings whose counts are kept."""


class Stand(NamedTuple):
    """A staffing and what it came to."""

    levels: Levels
    counts: Counts
    margins: Floats
    cost: float

    @property
    def holds(self) -> bool:
        """Whether every requirement is kept."""
        return bool((self.margins >= -1e-6).all())


class Search:
    """Looks for the cheapest staffing of one set of goals, always on the same replications."""

    def __init__(
        self,
        trials: Trials,
        goals: Goals,
        cost: Floats,
        interval: float,
        replications: Sequence[int],
        seconds: float = 0.0,
        least: Levels | None = None,
    ) -> None:
        self.trials = trials
        self.goals = goals
        self.cost = cost
        """Of an agent for one interval, by pool."""
        self.interval = interval
        subject = trials.subject.scenario
        nobody: Levels = np.zeros((len(subject.pools), subject.day.intervals), np.int64)
        self.least = nobody if least is None else least
        """Agents who are there in any case, shape (pools, intervals): they are never taken away."""
        self.replications, self._seconds = tuple(replications), seconds
        self.few = min(VERY_FEW if seconds > LONG else FEW, len(self.replications))
        """Replications that are looked at first; ``seconds`` is what one of them costs."""
        self.days_are_long = seconds > LONG and len(self.replications) > VERY_FEW
        """Whether the days are dear, so that what an agent earns is seen while others are away, too."""
        self._known: OrderedDict[bytes, Stand] = OrderedDict()
        self._gains: dict[bytes, Floats] = {}

    def with_(
        self,
        *,
        trials: Trials | None = None,
        goals: Goals | None = None,
        replications: Sequence[int] | None = None,
    ) -> Search:
        """Return the same search with other trials, goals or replications."""
        return Search(
            self.trials if trials is None else trials,
            self.goals if goals is None else goals,
            self.cost,
            self.interval,
            self.replications if replications is None else replications,
            self._seconds,
            self.least,
        )

    def stand(self, levels: Levels) -> Stand:
        """Try one staffing on all replications."""
        key = levels.tobytes()
        if key not in self._known:
            counts = self.trials.counts([levels], self.replications).of(0)
            cost = float((self.cost @ levels).sum())
            self._known[key] = Stand(levels, counts, self.goals.margins(counts), cost)
            if len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]

    def open_places(self) -> list[tuple[int, int]]:
        """Return pool and interval of every place whose agents are to be found."""
        subject = self.trials.subject
        pools = [place for place, name in enumerate(subject.scenario.pools) if name not in subject.fixed]
        return [(pool, interval) for pool in pools for interval in range(subject.scenario.day.intervals)]

    def spare(self, levels: Levels) -> Levels:
        """Return who may be taken away: the agents above the least, shape (pools, intervals)."""
        above: Levels = levels - self.least
        return above

    def scaled(self, guess: Levels) -> Stand:
        """Return the guess times the smallest factor that holds, to about 2%; to 5% where days are long."""
        low, high, close = 0.0, 1.0, 0.05 if self.days_are_long else 0.02
        while not (enough := self.stand(self._times(guess, high))).holds:
            if high > 8:
                raise StaffingError(self._out_of_reach(enough))
            low, high = high, high * (1.15 if high < 2 else 1.6)
        low = low or 0.6 * high
        while high - low > close * high:
            middle = (low + high) / 2
            if (tried := self.stand(self._times(guess, middle))).holds:
                high, enough = middle, tried
            else:
                low = middle
        return enough

    def cheaper(self, start: Stand, rounds: int = ROUNDS) -> Stand:
        """Move agents to where they earn more, and take away those who are not needed."""
        best, wide = start, WIDEST
        for _round in range(rounds):
            better = self._step(best, wide)
            if better is None or better.cost >= best.cost:
                if best.holds:
                    wide /= 3
                    if wide < WIDEST / 4:
                        break
                    continue
                raise StaffingError(self._out_of_reach(best))
            saved, best = best.cost - better.cost, better
            if saved < WORTH_A_ROUND * best.cost:
                break
        return best

    def repaired(self, start: Stand) -> Stand:
        """Return a staffing that holds, from one that does not, by adding agents where they earn most.

        Where that does not come to an end, all agents of the last one are increased alike.
        """
        stand, wide = start, WIDEST
        for _round in range(8):
            if stand.holds:
                return stand
            better = self._step(stand, wide, must_hold=False)
            stand = self.stand(self._times(stand.levels, 1.05)) if better is None else better
            wide *= 1.3
        return self.scaled(stand.levels)

    def gains(self, at: Stand) -> Floats:
        """Estimate what each agent earns each requirement, in calls per replication."""
        key = at.levels.tobytes()
        if key not in self._gains:
            design, few = perturbed(at.levels, self.interval), self.replications[: self.few]
            tried = self.trials.counts(design.staffings, few)
            self._gains[key] = gains(self.goals, at.levels, at.counts.first(len(few)), tried, design)
        return self._gains[key]

    def _step(self, at: Stand, wide: float, must_hold: bool = True) -> Stand | None:
        """Solve for the best step, see what it does, and correct the estimate by that; None: none holds."""
        gain, reach = self.gains(at), self._reach(at, wide)
        error, best = np.zeros_like(at.margins), None
        nearest: Stand | None = None
        for _round in range(CORRECTIONS):
            change = cheapest_step(gain, at.margins + error, self.cost, reach)
            if change is None or not change.any():
                error, reach = error / 2, reach.half()
                continue
            tried = self.stand(at.levels + change)
            if tried.holds and (best is None or tried.cost < best.cost):
                best = tried
            if nearest is None or tried.margins.min() > nearest.margins.min():
                nearest = tried
            if tried.holds and self._is_tight(tried, gain):
                break
            error = tried.margins - (at.margins + _effect(gain, change))
            if not tried.holds:
                reach = reach.half()
        return best if must_hold or best is not None else nearest

    def _is_tight(self, stand: Stand, gain: Floats) -> bool:
        """Whether some margin is smaller than what a typical agent earns of it."""
        usual = [np.median(each[each > 0]) if (each > 0).any() else np.inf for each in gain]
        return bool((stand.margins < usual).any())

    def _reach(self, at: Stand, wide: float) -> Reach:
        most = np.maximum(1, np.rint(wide * at.levels)).astype(np.int64)
        take = np.minimum(most, self.spare(at.levels))
        take[:, self.thin(at.counts)] = 0
        return Reach(np.where(at.levels > 0, most, 0), take)

    def thin(self, counts: Counts) -> Any:
        """Return the intervals in which an answer rate is far below its target."""
        thin = np.zeros(counts.within.shape[-1] // self.goals.days, bool)
        for target in self.goals.targets:
            if not target.is_answer_rate:
                continue
            within, asked = (
                column[:, target.row].sum(axis=0).reshape(self.goals.days, -1).sum(axis=0)
                for column in (counts.within, counts.asked)
            )
            thin |= within < (target.bound - DEEPEST) * asked
        return thin

    def _times(self, levels: Levels, factor: float) -> Levels:
        """Return the levels times a factor, the least in any case."""
        scaled: Levels = np.maximum(np.floor(levels * factor + 0.5).astype(np.int64), self.least)
        return scaled

    def _out_of_reach(self, stand: Stand) -> str:
        names = [target.name for target in self.goals.targets]
        short = [name for name, margin in zip(names, stand.margins, strict=False) if margin < 0]
        short = list(dict.fromkeys(short))
        what = (
            _("the target of {names}").format(names=_(", ").join(short)) if short else _("what is required")
        )
        return _(
            "no number of agents was found that meets {what}; see whether the pools serve the tier "
            "without `after` or `keep_idle` in the way, and whether `lines` are enough"
        ).format(what=what)


def _effect(gain: Floats, change: Levels) -> Floats:
    worth = np.where(change > 0, 0.9, 1.0) * change
    effect: Floats = np.tensordot(gain, worth, axes=([1, 2], [0, 1]))
    return effect
