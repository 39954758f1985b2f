"""A day seen at a moment, in words."""

from __future__ import annotations

from callcenter import wording
from callcenter.clock import clock_text
from callcenter.intraday.result import Band, Intraday, Promise, entry_of
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.study.sentences.targets import target_text, whose

WORDS = {"act": noted("act"), "wait": noted("wait"), "too_early": noted("too early to say")}
OPTION_WORDS = {"better": noted("better"), "worse": noted("worse"), "unclear": noted("no difference shown")}


def word(name: str | None) -> str:
    """Return a verdict in words; a dash where there is none."""
    return wording.NOTHING if name is None else _(WORDS[name])


def headline(day: Intraday) -> str:
    """Return the verdict on the day and the chance behind it."""
    chance = wording.percent(day.chance.as_dict()["value"], 0)
    if day.word == "act":
        broken = [promised(each) for each in day.promises if each.word == "act"]
        text = _(
            "Act: as planned the day will not keep {targets}; the chance to keep every promise is {chance}."
        )
        return text.format(targets=_("; ").join(broken), chance=chance)
    if day.word == "wait":
        return _("Wait: as planned the day keeps every promise with a chance of {chance}.").format(
            chance=chance
        )
    if day.word == "too_early":
        text = _("Too early to say: the day may go either way; the chance to keep every promise is {chance}.")
        return text.format(chance=chance)
    return _("No verdict; the chance to keep every promise seems to be {chance}.").format(chance=chance)


def so_far(day: Intraday) -> str:
    """Return what came beside what was expected, and who is inside."""
    came, expected = day.so_far
    text = _("{calls:,.0f} calls by {now}; {expected:,.0f} were expected by then ({more}%).").format(
        calls=came,
        now=clock_text(day.actuals.now),
        expected=expected,
        more=wording.signed(100 * (came / expected - 1)) if expected else wording.NOTHING,
    )
    if day.actuals.in_line is not None:
        text = wording.together(text, _("In line now: {line}.").format(line=day.actuals.in_line))
    if day.actuals.busy is not None:
        text = wording.together(text, _("Agents busy: {busy}.").format(busy=day.actuals.busy))
    return text


def rest(day: Intraday) -> str:
    """Return the calls that are still to come, with the band."""
    band, expected = Band.of(day.rest), float((day.expected * (1 - day.share)).sum())
    text = _(
        "Still to come: {calls:,.0f} calls (80%: {low:,.0f} to {high:,.0f}; 95%: {least:,.0f} to "
        "{most:,.0f}); {expected:,.0f} were expected."
    ).format(
        calls=band.value,
        low=band.low80,
        high=band.high80,
        least=band.low95,
        most=band.high95,
        expected=expected,
    )
    talk = float(day.outlook.talks.mean())
    if abs(talk - 1) >= 0.005:
        slow = _("Handle time runs at {share} of what was expected.")
        text = wording.together(text, slow.format(share=wording.percent(talk, 0)))
    return text


def advice(day: Intraday) -> str:
    """Return the best option, if the difference shows; empty where nothing was tried."""
    if not day.tried:
        return ""
    best = day.tried[0]
    if best.verdict != "better":
        return _("No option makes a difference that shows in {replications} days.").format(
            replications=len(day.tallies[0])
        )
    gain = best.gain.as_dict()
    ends = wording.interval(gain, wording.points, is_signed=True)
    return _("Best: {name}, with a chance of {chance}: {gain} points ({ends}).").format(
        name=best.name,
        chance=wording.percent(best.chance.as_dict()["value"], 0),
        gain=wording.points(gain["value"] or 0.0),
        ends=ends,
    )


def promised(promise: Promise) -> str:
    """Return whose target it is and what it asks."""
    entry = entry_of(promise)
    return _("{tier}: {target}").format(tier=whose(entry), target=target_text(entry))
