"""Small logs by hand in the shape of each program, with the right records beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from callcenter.records import records
from callcenter.scenario import ScenarioError

MAPS = Path(__file__).parents[2] / "scenarios/records"

QUEUE_LOG = """\
1795392000|NONE|NONE|NONE|QUEUESTART|
1795392001|NONE|vip|Agent/7|ADDMEMBER|
1795392010|c1|vip|NONE|ENTERQUEUE||13800138000|1
1795392025|c1|vip|Agent/7|CONNECT|15|c1.2|3
1795392060|c2|sales|NONE|ENTERQUEUE||unknown|1
1795392100|c2|sales|NONE|ABANDON|1|1|40
1795392205|c1|vip|Agent/7|COMPLETECALLER|15|180|1
1795392300|NONE|NONE|Agent/7|PAUSEALL|lunch
1795392310|c3|sales|NONE|ENTERQUEUE||13900139000|1
1795392320|c3|sales|NONE|EXITEMPTY|1|1|10
1795392320|c3|vip|NONE|ENTERQUEUE||13900139000|1
1795392330|c3|vip|Agent/7|CONNECT|10|c3.2|2
1795392390|c3|vip|Agent/7|BLINDTRANSFER|900|internal|10|60|1
1795392400|c4|vip|NONE|ENTERQUEUE|||1
1795392500|NONE|vip|Agent/7|REMOVEMEMBER|
"""
"""23 November 2026, 08:00 in Shanghai is 1795392000."""


def written(folder: Path, name: str, text: str) -> Path:
    """Write a file and return it."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def times(rows: pd.DataFrame, name: str) -> list[float | None]:
    """Return seconds since 08:00 of the first day; None for what never happened."""
    return [None if pd.isna(value) else value - 28_800 for value in rows[name]]


def test_events_of_a_queue_log_become_calls(tmp_path: Path) -> None:
    """A call in two queues is two, the second led to by the first; who never ended is left out by name."""
    log = written(tmp_path, "queue_log", QUEUE_LOG)
    found = records(log, MAPS / "asterisk.yaml")
    calls = found.calls

    assert ["c1", "c2", "c3", "c3#2"] == calls["call"].tolist()
    assert "c3" == calls["parent"].iloc[-1]
    assert ["answered", "abandoned", "closed", "answered"] == calls["outcome"].tolist()
    assert ["vip", "regular", "regular", "vip"] == calls["tier"].tolist()
    assert [10, 60, 310, 320] == times(calls, "joined")
    assert [25, None, None, 330] == times(calls, "answered")
    assert [205, 100, 320, 390] == times(calls, "left")
    assert ["13800138000", "13900139000", "13900139000"] == calls["customer"].dropna().tolist()
    assert {"unfinished": 1, "paused": 1} == {
        row.rule: row.rows for row in found.cleaning.itertuples() if row.rule in ("unfinished", "paused")
    }
    assert (
        f"{log}:11: 1 agent answered while marked paused (Agent/7; 25.0% of the calls): their pauses are not "
        "to be trusted"
    ) == found.remarks[-1]


def test_what_agents_did_is_a_table_of_its_own(tmp_path: Path) -> None:
    """Log-ins, pauses with their reason, log-outs: staffing as it was."""
    found = records(
        written(tmp_path, "queue_log", QUEUE_LOG), {"source": "queue_log", "time_zone": "Asia/Shanghai"}
    )

    events = found.agent_events

    assert ["login", "pause", "logout"] == events["event"].tolist()
    assert [1, 300, 500] == times(events, "at")
    assert "lunch" == events["reason"].iloc[1]


def test_a_queue_log_is_known_without_a_map_but_its_zone_is_asked(tmp_path: Path) -> None:
    """Its lines tell the program; seconds since 1970 do not tell the time zone of the centre."""
    log = written(tmp_path, "queue_log", QUEUE_LOG)

    with pytest.raises(
        ScenarioError, match=r"in UTC; the time zone of the centre is needed.*time_zone: Asia/Shanghai"
    ):
        records(log)
    assert "2026-11-23" == str(records(log, changes={"time_zone": "Asia/Shanghai"}).first_day)


CONTACT = {
    "ContactId": "a",
    "InitiationMethod": "INBOUND",
    "InitiationTimestamp": "2026-11-23T00:00:00Z",
    "Queue": {"Name": "VIP", "EnqueueTimestamp": "2026-11-23T00:00:12.5Z"},
    "Agent": {
        "Username": "li",
        "ConnectedToAgentTimestamp": "2026-11-23T00:00:20Z",
        "AfterContactWorkEndTimestamp": "2026-11-23T00:04:00Z",
        "AfterContactWorkDuration": 30,
    },
    "DisconnectTimestamp": "2026-11-23T00:03:30Z",
    "DisconnectReason": "CUSTOMER_DISCONNECT",
    "LastUpdateTimestamp": "2026-11-23T00:05:00Z",
}


def test_the_newest_version_of_a_contact_is_kept(tmp_path: Path) -> None:
    """Contacts are delivered at least once; one that never queued left the IVR, one called out is none."""
    older = {**CONTACT, "Agent": None, "LastUpdateTimestamp": "2026-11-23T00:02:00Z"}
    lost = {**CONTACT, "ContactId": "b", "Agent": None, "Queue": None}
    out = {**CONTACT, "ContactId": "c", "InitiationMethod": "OUTBOUND"}
    lines = "".join(json.dumps(each) + "\n" for each in (CONTACT, older, lost, out))
    found = records(written(tmp_path, "contacts.jsonl", lines), MAPS / "amazon_connect.yaml")
    calls = found.calls

    assert [("a", "answered", "vip"), ("b", "left_ivr", "regular")] == list(
        zip(calls["call"], calls["outcome"], calls["tier"], strict=True)
    )
    assert ([0, 0], [12.5, None], [20, None], [210, 210]) == tuple(
        times(calls, name) for name in ("arrived", "joined", "answered", "left")
    )
    assert (240, 30, "li") == (
        times(calls, "released")[0],
        calls["wrap_up_s"].iloc[0],
        calls["agent"].iloc[0],
    )
    assert {"drop.outbound": 1, "duplicate": 1} == {
        row.rule: row.rows for row in found.cleaning.itertuples() if row.effect == "dropped"
    }


TCD = """\
RouterCallKeyDay,RouterCallKey,DateTime,Duration,DelayTime,LocalQTime,RingTime,TalkTime,HoldTime,WorkTime,TimeToAband,CallDisposition,CallTypeID,AgentSkillTargetID,ANI
150001,1,2026-11-23 08:05:00,300,10,25,5,200,20,40,0,13,5001,77,138
150001,2,2026-11-23 08:06:00,60,8,52,0,0,0,0,52,2,5002,,139
150001,3,2026-11-23 08:06:30,12,12,0,0,0,0,0,12,1,5002,,137
150001,4,2026-11-23 08:07:00,5,5,0,0,0,0,0,0,15,5002,,137
"""


def test_calls_of_cisco_are_counted_back_from_their_ends(tmp_path: Path) -> None:
    """DateTime is the end with wrap-up; the queue and the ringing are the wait; holding is talk."""
    calls = records(written(tmp_path, "tcd.csv", TCD), MAPS / "cisco_ucce.yaml").calls

    assert ["150001-1", "150001-2", "150001-3"] == calls["call"].tolist()
    assert ["answered", "abandoned", "left_ivr"] == calls["outcome"].tolist()
    assert [0, 300, 378] == times(calls, "arrived")
    assert [10, 308, None] == times(calls, "joined")
    assert [40, None, None] == times(calls, "answered")
    assert [260, 360, 390] == times(calls, "left")
    assert (300, 220, 40) == (
        times(calls, "released")[0],
        calls["talk_s"].iloc[0],
        calls["wrap_up_s"].iloc[0],
    )
    assert ["vip", "regular", "regular"] == calls["tier"].tolist()


ECH = """\
CALLID,SEGMENT,SEGSTART,DURATION,DISPTIME,TALKTIME,ANSHOLDTIME,ACWTIME,DISPOSITION,DISPVDN,DISPSPLIT,ANSLOGIN,CALLING_PTY
9,1,2026-11-23 08:00:00,150,20,120,10,30,2,VIP,4,77,138
9,2,2026-11-23 08:02:30,70,60,0,0,0,3,Desk,5,,138
"""


def test_segments_of_avaya_follow_from_each_other(tmp_path: Path) -> None:
    """The second segment of a call has the first for its parent."""
    calls = records(written(tmp_path, "ech.csv", ECH), MAPS / "avaya_cms.yaml").calls

    assert ["9-1", "9-2"] == calls["call"].tolist()
    assert "9-1" == calls["parent"].iloc[1]
    assert ([0, 150], [20, None], [150, 210]) == tuple(
        times(calls, name) for name in ("joined", "answered", "left")
    )
    assert (130, 180) == (calls["talk_s"].iloc[0], times(calls, "released")[0])


AICC = """\
skillId,statStartTime,inCallNum,connectedNum,callLostNum,in15sCallNum,wait15sLostNum,in20sCallNum,wait20sLostNum
1,1795392000000,10,8,2,5,1,6,1
2,1795392000000,20,15,5,9,2,11,3
1,1795392300000,12,12,0,12,0,12,0
"""


def test_rows_of_huawei_are_interval_records(tmp_path: Path) -> None:
    """Five minutes by skill, in the centre's time zone, with the buckets of wait that are there."""
    found = records(written(tmp_path, "skills.csv", AICC), MAPS / "huawei_aicc.yaml")
    rows = found.intervals

    assert [(28_800, "regular"), (28_800, "vip"), (29_100, "vip")] == list(
        zip(rows["start"], rows["tier"], strict=True)
    )
    assert ([20, 10, 12], [15, 8, 12], [5, 2, 0]) == tuple(
        rows[name].tolist() for name in ("offered", "answered", "abandoned")
    )
    assert ([11, 6, 12], [9, 5, 12], [20, 20, 20]) == tuple(
        rows[name].tolist() for name in ("answered_within", "answered_le_15", "within_s")
    )
    assert found.calls.empty
    assert [42] == found.days["calls"].tolist()


@pytest.mark.parametrize(("name", "text"), [("tcd.csv", TCD), ("ech.csv", ECH)])
def test_tables_of_known_programs_need_no_map(name: str, text: str, tmp_path: Path) -> None:
    """The names of their columns tell which program wrote them."""
    assert len(records(written(tmp_path, name, text)).calls) >= 2
