"""Readers of untrusted text: whatever a file holds, it is read or refused in words."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from callcenter.scenario import ScenarioError
from callcenter.scenario.files.dates import ORDERS, dated
from callcenter.scenario.files.durations import read_durations
from callcenter.scenario.files.numbers import read_numbers
from callcenter.scenario.files.times import read_times
from callcenter.scenario.files.understanding import understandings
from tests.scenario.files.desk import calls_of

SIGNS = "0123456789.,:-/ APMapmzZT+年月日时分秒上下午½٣９%é\u00a0"
TEXTS = st.lists(st.text(st.sampled_from(SIGNS), max_size=20) | st.text(max_size=12), max_size=8)


@given(TEXTS, st.booleans())
def test_readers_answer_for_every_cell(texts: list[str], is_named: bool) -> None:
    """As many values as cells, and no crash; times lie within a day."""
    for order in ORDERS:
        moments = read_times(texts, order, is_named=is_named).values
        assert len(texts) == len(moments)
        assert all(found is None or 0 <= found.start <= 86_400 for found in moments)
        assert all(dated(text, order) is None or dated(text, order) for text in texts)
    assert len(texts) == len(read_numbers(texts).values) == len(read_durations(texts).values)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200)
    | st.lists(TEXTS, max_size=6).map(lambda rows: "\n".join(map(",".join, rows)).encode())
)
def test_any_file_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    """Nothing but the errors of a scenario leaves the readers."""
    file = tmp_path / "x.csv"
    file.write_bytes(b"start,calls\n" + content)
    with suppress(ScenarioError):
        calls_of(file)
    with suppress(PydanticCustomError):
        list(understandings(file))
