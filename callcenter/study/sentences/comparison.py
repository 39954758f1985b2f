"""What scenarios differ in, what meeting the same callers saved, and what hinders the comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.study.differences.difference import Difference, Side
from callcenter.study.sentences.same_callers import callers_note
from callcenter.totals import ALL

BOTH = {
    "missed": noted("{tiers} missed in both"),
    "unclear": noted("{tiers} unclear in both"),
    "met": noted("{tiers} met in both"),
}
"""What is said of tiers whose verdict is the same, by verdict."""

SAVED = 1.15
"""Times the days below which pairing has saved nothing to speak of."""


def sentences(rates: Sequence[Difference]) -> tuple[str, ...]:
    """Return what each pair differs in, which verdicts that changes, and what the same callers saved.

    `rates` are the differences in the answer rate, pair by pair.
    """
    by_pair = [list(pair) for _, pair in groupby(rates, key=lambda rate: (rate.first, rate.second))]
    of_pairs = [sentence for pair in by_pair for sentence in (pair_sentence(pair), verdicts_sentence(pair))]
    return (*filter(None, of_pairs), *pairing_sentence(rates))


def pair_sentence(rates: Sequence[Difference]) -> str:
    """Return what two scenarios differ in: `B answers 2.1 points more mid calls in time (1.8 to 2.4)`.

    `rates` are the differences of one pair in the answer rate of each tier, and of all.
    """
    first, second = rates[0].first, rates[0].second
    tiers = [rate for rate in rates if rate.part != ALL] or list(rates)
    shown = [_size(rate) for rate in tiers if rate.different]
    same = [_part(rate) for rate in tiers if rate.times_the_days is None and rate.p == 1]
    unclear = [_part(rate) for rate in tiers if not rate.different and _part(rate) not in same]
    claims = []
    if shown:
        answers = _("{second} answers {shown} in time than {first}")
        claims.append(answers.format(second=second, shown=_(", ").join(shown), first=first))
    if unclear:
        claims.append(_("{tiers}: no difference shown").format(tiers=_(", ").join(unclear)))
    if same:
        claims.append(_("{tiers}: the same").format(tiers=_(", ").join(same)))
    opening = "" if shown else _("{second} against {first}: ").format(second=second, first=first)
    return _("{opening}{claims}.").format(opening=opening, claims=_("; ").join(claims))


def verdicts_sentence(rates: Sequence[Difference]) -> str:
    """Return which verdicts two scenarios differ in, and which they share; empty if nothing is judged.

    `rates` are as for `pair_sentence`.
    """
    first, second = rates[0].first, rates[0].second
    tiers = [rate for rate in rates if rate.part != ALL]
    judged = [rate for rate in tiers if rate.first_verdict and rate.second_verdict]
    verdicts = [
        _("{tier} {before} in {first}, {after} in {second}").format(
            tier=_part(rate),
            before=wording.verdict_word(rate.first_verdict),
            first=first,
            after=wording.verdict_word(rate.second_verdict),
            second=second,
        )
        for rate in judged
        if rate.first_verdict != rate.second_verdict
    ]
    for verdict, same in BOTH.items():
        same_tiers = [_part(rate) for rate in judged if rate.first_verdict == rate.second_verdict == verdict]
        verdicts += [_(same).format(tiers=_(", ").join(same_tiers))] if same_tiers else []
    return _("Targets: {verdicts}.").format(verdicts=_("; ").join(verdicts)) if verdicts else ""


def _size(rate: Difference) -> str:
    low, high = sorted(abs(100 * end) for end in (rate.low, rate.high))
    ends = _(" ({low} to {high})").format(low=f"{low:.1f}", high=f"{high:.1f}")
    more, fewer = _("{size} points more {tier} calls{spread}"), _("{size} points fewer {tier} calls{spread}")
    return (more if rate.difference > 0 else fewer).format(
        size=f"{abs(100 * rate.difference):.1f}",
        tier=_part(rate),
        spread="" if rate.low * rate.high < 0 else ends,
    )


def _part(rate: Difference) -> str:
    return wording.part(rate.part)


def pairing_sentence(rates: Sequence[Difference]) -> tuple[str, ...]:
    """Return what meeting the same callers saved, in a sentence; nothing where nothing varies."""
    factors = [rate.times_the_days for rate in rates if rate.times_the_days is not None]
    if not factors:
        return ()
    low, high = min(factors), max(factors)
    if high < SAVED:
        return (_("Two independent samples would have needed about as many days for intervals as narrow."),)
    least, most = wording.times(low), wording.times(high)
    if low < SAVED:
        times = _("up to {last}").format(last=most) if high <= wording.MOST_TIMES else most
    else:
        times = most if least == most else _("{first} to {last}").format(first=least, last=most)
    sentence = _("Two independent samples would have needed {n} times as many days for intervals as narrow.")
    return (sentence.format(n=times),)


def changes_note(changed: Sequence[str]) -> Iterator[str]:
    """Yield what was changed in all scenarios alike, if anything was."""
    if changed:
        yield _("Changed in every scenario: {changes}.").format(changes=_(", ").join(changed))


def notes(first: Side, other: Side) -> Iterator[str]:
    """Yield what hinders comparing two scenarios: other callers, thresholds or definitions, lone tiers."""
    one, two = first.result.scenario, other.result.scenario
    note = callers_note(one, two, other.name)
    if note:
        yield note
    if one.service_level != two.service_level:
        yield _(
            "{other} defines the answer rate differently; the definition of {first} is used for both."
        ).format(other=other.name, first=first.name)
    for tier in one.tiers:
        mine, its = (
            scenario.tiers[tier].target if tier in scenario.tiers else None for scenario in (one, two)
        )
        if mine and its and mine.within != its.within:
            yield _(
                "`{tier}` is in time within {mine} s in {first}, within {its} s in {other}: "
                "part of the difference is due to the targets."
            ).format(
                tier=tier, mine=f"{mine.within:g}", first=first.name, its=f"{its.within:g}", other=other.name
            )
    alone = [tier for tier in (*one.tiers, *two.tiers) if not (tier in one.tiers and tier in two.tiers)]
    if alone:
        yield _("Only one of {first} and {other} has {tiers}: not compared.").format(
            first=first.name, other=other.name, tiers=_(", ").join(alone)
        )
