"""Words for outcomes in logs of many programs and languages."""

from __future__ import annotations

from collections.abc import Mapping

from callcenter.outcomes import OUTCOMES
from callcenter.scenario.files.columns import alike

_WORDS: Mapping[str, str] = {
    "answered": (
        "answer ans handled connected completed complete served success ok agent angenommen beantwortet "
        "已接 接通 已接通 接听 已接听 应答 已应答 成功 呼入接通 人工接通"
    ),
    "abandoned": (
        "abandon aband abnd lost missed unanswered noanswer hang hangup hung-up hungup rna abgebrochen "
        "verloren aufgelegt 未接 未接通 放弃 呼损 排队放弃 用户放弃 客户挂断 未应答 丢失"
    ),
    "blocked": "busy rejected congestion besetzt 忙 占线 阻塞 拒绝",
    "self_served": "selfservice self-service self_service contained ivr 自助 自助完成 自助服务",
    "left_ivr": "leftivr ivrabandon ivr_abandon abandonedinivr ivr挂断 ivr放弃",
    "diverted": "callback deferred 回拨 回呼",
    "closed": "afterhours closedhours exitempty 下班 非工作时间",
}

KNOWN: Mapping[str, str] = {
    **{alike(word): outcome for outcome, words in _WORDS.items() for word in words.split()},
    **{outcome: outcome for outcome in OUTCOMES},
}
"""Outcomes by words without case and spaces."""


def outcome_of(word: str) -> str | None:
    """Return the outcome that a word means; None if that is not known."""
    return KNOWN.get(alike(word))
