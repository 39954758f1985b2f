"""What the head of a column says: a time, the end of one, a length of time, a total."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+|\d+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TIMES = _set(
    "start starts starting starttime from begin begins time times interval intervals intervalstart "
    "hour hours hr hrs timestamp datetime slot slots timeslot period half halfhour halfhourly clock "
    "uhrzeit zeit zeitraum zeitpunkt zeitstempel stunde stunden intervall von beginn startzeit heure "
    "heures hora horas"
)
_TIMES_CHINESE = ("时间", "时段", "时刻", "小时", "钟点", "开始", "起始", "起止", "時間", "時段")

_ENDS = _set("end ends ending endtime finish until till to bis ende endzeit stop intervalend")
_ENDS_CHINESE = ("结束", "终止", "截止")

_LENGTHS = _set(
    "handle handling handled talk talking wait waiting hold wrap wrapup answer answered answering "
    "duration length aht asa acw att ring ringing idle busy response speed dauer gesprächszeit "
    "wartezeit bearbeitungszeit staff staffed available login logged aux occupied occupancy queue "
    "queued service"
)
_FIGURES = _set(
    "calls call offered abandoned abandon agents agent avg average mean median per total sum count "
    "number volume level target zone timezone rate share percent anrufe"
)
_LENGTHS_CHINESE = ("时长", "通话", "等待", "应答", "处理", "振铃", "话后", "占用", "空闲", "耗时")
_FIGURES_CHINESE = ("平均", "时区", "量", "数", "率", "呼", "坐席", "人")

_DATES = _set("date dates day days datum tag weekday wochentag fecha")
_DATES_CHINESE = ("日期", "日", "天")

_TOTALS = re.compile(
    r"((?:the |day |daily |week |weekly |calls? )*)"
    r"(?:(?:grand |sub|sub-)?totals?|sum(?:me|mary)?|gesamt(?:summe)?|zwischensumme|averages?|avg|mean|"
    r"mittelwert|durchschnitt|max(?:imum)?|min(?:imum)?|peak|[∑σ∅ø])"
    r"((?:[^\w]|\d|\b(?:of|per|all|the|day|week|calls?|offered|contacts?|agents?|hours?|tag|anrufe)\b)*)"
)
_TOTALS_CHINESE = re.compile(
    r".{0,4}(?:合计|总计|小计|总和|汇总|共计|总数|平均|均值|最大|最小|峰值|合計|總計|小計).{0,4}"
)
_LONGEST_TOTAL = 40
_UNITS = {"ms": 0.001, "msec": 0.001, "milliseconds": 0.001, "毫秒": 0.001}
_UNITS |= dict.fromkeys(("s", "sec", "secs", "second", "seconds", "sekunden", "秒"), 1.0)
_UNITS |= dict.fromkeys(("min", "mins", "minute", "minutes", "minuten", "分", "分钟"), 60.0)
_UNITS |= dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "stunden", "小时"), 3600.0)


def folded(text: str) -> str:
    """Return a text in plain forms of its characters: full-width digits and colons become ordinary ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def alike(name: object) -> str:
    """Return a name without regard to case and spaces."""
    return "".join(folded(str(name)).lower().split())


def _words(head: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(_CAMEL.sub(" ", folded(head)))}


def _names(head: str, words: frozenset[str], parts: tuple[str, ...]) -> bool:
    return bool(_words(head) & words) or any(part in head for part in parts)


def names_a_length(head: str) -> bool:
    """Whether a head names how long something takes, such as `Avg Handle Time`."""
    return _names(head, _LENGTHS, _LENGTHS_CHINESE)


def names_an_end(head: str) -> bool:
    """Whether a head names the end of an interval and not its start as well."""
    starts = _words(head) & {"start", "from", "von", "begin", "beginn"} or "开始" in head or "起" in head
    return _names(head, _ENDS, _ENDS_CHINESE) and not starts


def names_a_time(head: str) -> bool:
    """Whether a head names the time at which a row begins to hold."""
    if names_a_length(head) or names_an_end(head) or _names(head, _FIGURES, _FIGURES_CHINESE):
        return False
    return _names(head, _TIMES, _TIMES_CHINESE) or alike(head) in ("h", "t", "时", "点")


def names_a_date(head: str) -> bool:
    """Whether a head names a date or a weekday."""
    return _names(head, _DATES, ()) or alike(head) in _DATES_CHINESE or "日期" in head


def is_total(text: str) -> bool:
    """Whether a cell says that its row or column adds up others."""
    spoken = folded(text).strip().lower()
    if len(spoken) > _LONGEST_TOTAL or not spoken:
        return False
    return (_TOTALS_CHINESE.fullmatch(spoken) or _TOTALS.fullmatch(spoken)) is not None


def unit_of(head: str) -> float | None:
    """Return the seconds of the unit that a head names, such as `talk (min)`; None if it names none."""
    units = [_UNITS[word] for word in _WORD.findall(folded(head).lower()) if word in _UNITS]
    return units[-1] if units else None
