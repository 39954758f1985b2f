"""What is worked out beside a study is kept, and nothing relies on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.scenario import Scenario
from callcenter.study import run
from callcenter.study.insights import insights
from callcenter.study.store.notebook import NOTES, Notebook, key_of
from tests.study.insights.hotlines import TWO_TIERS, hotline
from tests.study.insights.test_insights import FEW

KEYS = [key_of("first", 1), key_of("second", 1), key_of("second", 2)]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Values by key; a key that is not there has none."""
    Notebook(tmp_path).write(zip(KEYS, [b"one", b"two"], strict=False))

    assert {KEYS[0]: b"one", KEYS[1]: b"two"} == Notebook(tmp_path).read(KEYS)


def test_without_a_directory_nothing_is_kept() -> None:
    """Nor is anything refused."""
    notebook = Notebook()
    notebook.write([(KEYS[0], b"one")])
    notebook.forget()

    assert {} == notebook.read(KEYS)


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to be taken for one" * 99])
def test_what_is_damaged_is_worked_out_again(tmp_path: Path, content: bytes) -> None:
    """A file that is none is put aside, and written anew."""
    notebook = Notebook(tmp_path)
    (tmp_path / NOTES).write_bytes(content)

    assert {} == notebook.read(KEYS)
    notebook.write([(KEYS[0], b"one")])
    assert {KEYS[0]: b"one"} == notebook.read(KEYS)


def test_a_changed_value_is_not_read(tmp_path: Path) -> None:
    """Its checksum is that of what was written."""
    notebook = Notebook(tmp_path)
    notebook.write([(KEYS[0], b"a long and unmistakable value")])
    file = tmp_path / NOTES
    file.write_bytes(file.read_bytes().replace(b"unmistakable", b"UNmistakable"))

    assert {} == notebook.read(KEYS)


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    """A directory that is not there is no reason to fail."""
    notebook = Notebook(tmp_path / "nowhere")
    notebook.write([(KEYS[0], b"one")])

    assert {} == notebook.read(KEYS)


def test_insights_are_simulated_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time they come from the notebook, the same to the last figure."""
    result, notebook = run(hotline(FEW), 4), Notebook(tmp_path)
    first = insights(result, notebook=notebook)

    with monkeypatch.context() as patch:
        for engine in ("bench.log_and_tally", "crosscheck.simulate"):
            patch.setattr(f"callcenter.study.insights.{engine}", _refuse)
        second = insights(result, notebook=notebook)

    assert first.second_opinion == second.second_opinion is not None
    assert (first.gains, first.left_out) == (second.gains, second.left_out)
    assert first.gains
    assert first.simulated_calls == second.simulated_calls > 0
    effects = [None if each.priorities is None else each.priorities.tiers for each in (first, second)]
    assert effects[0] == effects[1] is not None


def test_another_seed_is_another_note(tmp_path: Path) -> None:
    """What is kept is found by all that it depends on."""
    notebook, subject = Notebook(tmp_path), hotline(TWO_TIERS)
    first, second = (insights(run(subject, 4, seed=seed), notebook=notebook) for seed in (1, 2))

    fresh = insights(run(subject, 4, seed=2))
    effects = [each.priorities.tiers for each in (first, second, fresh) if each.priorities is not None]
    assert effects[0] != effects[1] == effects[2]


def _refuse(*_given: object, **_named: object) -> Scenario:
    pytest.fail("it was simulated")
