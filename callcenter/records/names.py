"""Names that columns of logs have in many programs and languages, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from callcenter.records.columns import BUCKET
from callcenter.scenario.files.columns import alike

CALL_NAMES: Mapping[str, str] = {
    "call": (
        "call callid call_id contactid contact_id uniqueid interactionid conversationid id ucid sessionid "
        "callsid 呼叫id 通话id 流水号 话单号 呼叫流水号 会话id 录音流水号"
    ),
    "parent": "parent parentid previouscontactid masterid 父呼叫 上一呼叫",
    "attempt": "attempt",
    "replication": "replication",
    "day": "day",
    "date": "date calldate day datum tag 日期 呼叫日期 通话日期",
    "arrived": (
        "arrived arrival arrivaltime arrivedat calltime callstart callstarttime starttime startdatetime "
        "start starttimestamp calldatetime datetime timestamp initiationtimestamp created createdat begin "
        "offeredtime time anrufzeit beginn anrufbeginn eingang 呼入时间 来电时间 进线时间 呼叫时间 "
        "呼叫开始时间 开始时间 到达时间 拨入时间 时间"
    ),
    "joined": (
        "joined queued queuestart enqueued enqueuetime queuetime queueentry enqueuetimestamp queuedat "
        "warteschlangenbeginn 入队时间 排队开始时间 进入队列时间 转人工时间 请求人工时间"
    ),
    "answered": (
        "answered answertime answeredat connecttime connected connectedat pickuptime pickup talkstart "
        "connecttimestamp annahme angenommen 应答时间 接听时间 接通时间 坐席应答时间 通话开始时间"
    ),
    "left": (
        "left endtime end ended endedat callend callendtime hangup hanguptime disconnecttime "
        "disconnecttimestamp finish ende anrufende 挂机时间 结束时间 挂断时间 通话结束时间 离开时间"
    ),
    "released": "released wrapupend acwend releasetime 话后结束时间 整理结束时间 释放时间",
    "wait": (
        "wait waits waittime waitingtime waitseconds queueseconds secondsinqueue queuewait timeinqueue "
        "holdtime queueduration speedofanswer wartezeit 等待时长 排队时长 等待时间 等待秒数 排队时间 "
        "应答时长"
    ),
    "ivr_s": "ivr_s ivr ivrtime ivrduration ivrseconds vrutime ivr时长 ivr停留时长 自助时长",
    "talk_s": (
        "talk_s talk talktime talkduration talkseconds conversationtime billsec servicetime gesprächszeit "
        "gesprächsdauer 通话时长 通话秒数 服务时长 人工通话时长"
    ),
    "wrap_up_s": (
        "wrap_up_s wrapup wrapuptime acw acwtime aftercallwork aftercallworktime aftercallworkduration "
        "nachbearbeitung nachbearbeitungszeit 话后时长 话后处理时长 整理时长 后处理时长 事后处理时长"
    ),
    "hold_s": "hold_s hold holdduration onhold haltezeit 保持时长",
    "handle_s": "handle_s handle handletime handlingtime aht bearbeitungszeit 处理时长",
    "duration_s": "duration_s duration callduration totaltime dauer 呼叫时长 总时长",
    "outcome": (
        "outcome disposition result status callstatus callresult state answeredornot ergebnis anrufstatus "
        "呼叫结果 通话结果 接通状态 状态 结果 通话状态 呼叫状态 是否接通"
    ),
    "queue": (
        "queue queuename skill skillname split vdn service callqueue acdqueue hotline 技能 技能队列 队列 "
        "技能组 业务类型 排队队列 warteschlange"
    ),
    "tier": (
        "tier customertier level class segment priority vip 客户等级 客户级别 用户级别 星级 等级 优先级"
    ),
    "pool": "pool agentgroup team group 坐席组 班组",
    "agent": (
        "agent agentname agentid agentlogin answeredby operator user username csr mitarbeiter 坐席 工号 "
        "坐席工号 客服 客服工号 座席 座席工号 话务员 接听坐席"
    ),
    "customer": (
        "customer customerid callerid caller ani phone phonenumber callernumber src msisdn from kunde "
        "rufnummer 主叫 主叫号码 客户号码 来电号码 用户号码 客户id"
    ),
    "menu": "menu ivrmenu calltype reason contactreason 菜单 呼叫类型 来电原因 按键",
    "updated": "updated lastupdate lastupdatetimestamp lastmodified 更新时间",
}
"""Names of the roles of call records, without case, spaces and underscores."""

INTERVAL_NAMES: Mapping[str, str] = {
    "date": "date day datum tag 日期",
    "start": (
        "start intervalstart starttime interval time timestamp datetime halfhour hour period begintime "
        "from zeit uhrzeit intervall beginn 时段 开始时间 时间 时间段 统计时间"
    ),
    "queue": ("queue queuename skill split service vdn hotline warteschlange 技能 队列 技能队列 技能组"),
    "tier": "tier class segment 客户等级 等级 客户级别",
    "offered": (
        "offered callsoffered acdcallsoffered incallnum inbound incoming calls contacts received "
        "presented angeboten anrufe 呼入量 呼入 来电量 人工呼入量 呼叫量 进线量 请求量 人工请求量 话务量 "
        "总呼入"
    ),
    "answered": (
        "answered callsanswered acdcalls handled callshandled connectednum connected angenommen 接听量 "
        "接通量 应答量 人工接通量 接听数 接通数 人工接听量"
    ),
    "abandoned": (
        "abandoned callsabandoned abncalls aband lost calllostnum verloren 放弃量 呼损量 未接量 放弃数 "
        "呼损 排队放弃量"
    ),
    "answered_within": (
        "answeredwithin acceptable acceptablecalls answeredinsl withinsl inservicelevel 20s接通量 "
        "20秒接通量 20秒内接通量 20s接听量 20秒接听量"
    ),
    "abandoned_within": "abandonedwithin 20秒内放弃量",
    "within_s": "withins servicelevelseconds threshold",
    "wait_answered_s": "waitansweredsum waitanswereds waittimesum anstime 应答总时长 等待总时长",
    "wait_abandoned_s": "waitabandoneds abntime",
    "handle_s": "handles handletimesum acdtime totalhandletime 处理总时长 通话总时长",
    "mean_wait_answered_s": (
        "asa avgspeedofanswer averagespeedofanswer meanwait avgwait 平均应答时长 平均等待时长 平均排队时长"
    ),
    "mean_wait_abandoned_s": "avgabandontime averageabandontime 平均放弃时长",
    "mean_handle_s": "aht avghandletime averagehandletime 平均处理时长 平均通话时长",
    "staffed": ("staffed agents agentsstaffed loggedin positions 签入坐席 在线坐席 坐席数 在线人数 签入人数"),
}
"""Names of the roles of interval records."""


def spelt(name: str) -> str:
    """Return a name without case, spaces and the signs between words; a unit in brackets does not count."""
    return re.sub(r"[\s_.\-:/]+|[(\[（].*?[)\]）]", "", alike(name))


def ranks(names: Mapping[str, str]) -> dict[str, list[tuple[str, int]]]:
    """Return the roles that a name may have, each with its rank among the names of the role."""
    known: dict[str, list[tuple[str, int]]] = {}
    for role, spellings in names.items():
        for rank, name in enumerate(dict.fromkeys(map(spelt, [role, *spellings.split()]))):
            known.setdefault(name, []).append((role, rank))
    return known


def buckets_of(header: Sequence[str]) -> dict[str, str]:
    """Return the wait buckets among the names of columns, such as `answered_le_20`."""
    return {match[0]: head for head in header if (match := re.fullmatch(BUCKET, alike(head)))}
