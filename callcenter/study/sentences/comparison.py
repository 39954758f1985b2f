"""What scenarios differ in, what meeting the same callers saved, and what hinders the comparison."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.study.differences.difference import Difference, Side
from callcenter.study.differences.promised import JOINT, Key, Promised, is_target
from callcenter.study.sentences.same_callers import callers_note
from callcenter.study.sentences.targets import Entry, kept_text, target_name, target_text, whose
from callcenter.totals import ALL

Targets = Mapping[Key, Entry]
"""What a summary says of each target that is compared."""

Keys = Mapping[Key, Promised]
"""The targets of one scenario."""

BOTH = {
    "missed": noted("{tiers} missed in both"),
    "unclear": noted("{tiers} unclear in both"),
    "met": noted("{tiers} met in both"),
}
"""What is said of tiers whose verdict is the same, by verdict."""

SAVED = 1.15
"""Times the days below which pairing has saved nothing to speak of."""


def sentences(differences: Sequence[Difference], targets: Targets) -> tuple[str, ...]:
    """Return what each pair differs in, which verdicts that changes, and what the same callers saved.

    `differences` are all of them, pair by pair; `targets` what the summary says of those that are compared.
    """
    rates = [each for each in differences if each.figure == "service_level"]
    texts: list[str] = []
    for _pair, group in groupby(differences, key=lambda each: (each.first, each.second)):
        pair = list(group)
        of_pair = [each for each in pair if each.figure == "service_level"]
        judged = [*of_pair, *(each for each in pair if is_target(each.figure))]
        texts += [pair_sentence(of_pair), *map(joint_sentence, pair), verdicts_sentence(judged, targets)]
    return (*filter(None, texts), *pairing_sentence(rates))


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


def joint_sentence(each: Difference) -> str:
    """Return on how many days more all targets hold; empty of any other figure."""
    if each.figure != JOINT or math.isnan(each.difference):
        return ""
    if not each.different:
        return _("Days on which all targets hold: no difference shown.")
    low, high = sorted(abs(100 * end) for end in (each.low, each.high))
    more = _("All targets together hold on {size} points more days ({low} to {high}).")
    fewer = _("All targets together hold on {size} points fewer days ({low} to {high}).")
    return (more if each.difference > 0 else fewer).format(
        size=f"{abs(100 * each.difference):.1f}", low=f"{low:.1f}", high=f"{high:.1f}"
    )


def kept_sentences(chances: Iterable[tuple[str, Entry | None]]) -> Iterator[str]:
    """Yield the chance of each scenario to keep enough days, where it is asked for."""
    for name, kept in chances:
        if kept is not None:
            yield _("{name}: {text}").format(name=name, text=kept_text(kept))


def verdicts_sentence(rates: Sequence[Difference], targets: Targets = MappingProxyType({})) -> str:
    """Return which verdicts two scenarios differ in, and which they share; empty if nothing is judged.

    `rates` are as for `pair_sentence`, then the differences of `targets`.
    """
    first, second = rates[0].first, rates[0].second
    parts = [rate for rate in rates if rate.part != ALL or is_target(rate.figure)]
    judged = [rate for rate in parts if rate.first_verdict and rate.second_verdict]
    verdicts = [
        _("{tier} {before} in {first}, {after} in {second}").format(
            tier=_judged(rate, targets),
            before=wording.verdict_word(rate.first_verdict),
            first=first,
            after=wording.verdict_word(rate.second_verdict),
            second=second,
        )
        for rate in judged
        if rate.first_verdict != rate.second_verdict
    ]
    for verdict, same in BOTH.items():
        shared = [
            _judged(rate, targets) for rate in judged if rate.first_verdict == rate.second_verdict == verdict
        ]
        names = (_("; ") if targets else _(", ")).join(shared)
        verdicts += [_(same).format(tiers=names)] if shared else []
    return _("Targets: {verdicts}.").format(verdicts=_("; ").join(verdicts)) if verdicts else ""


def _judged(rate: Difference, targets: Targets) -> str:
    """Return the name of what is judged: a tier, or a target in brackets."""
    entry = targets.get((rate.part, rate.figure))
    if entry is None:
        return _part(rate)
    return _("{text} ({remark})").format(text=whose(entry), remark=target_text(entry))


def targets_note(first: str, other: str, mine: Keys, its: Keys) -> Iterator[str]:
    """Yield the targets that only one of two scenarios has: they are not compared."""
    alone = [
        *(target.entry for key, target in mine.items() if key not in its),
        *(target.entry for key, target in its.items() if key not in mine),
    ]
    names = [target_name(entry) for entry in alone if entry is not None]
    if names:
        text = _("Only one of {first} and {other} has these targets, which are not compared: {targets}.")
        yield text.format(first=first, other=other, targets=_("; ").join(names))


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
