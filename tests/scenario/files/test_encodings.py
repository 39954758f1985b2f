"""Text files in the encodings of the world, and what is said where two would do."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.scenario.files.encodings import decoded
from tests.scenario.files.desk import CALLS, calls_of, question_of, scenario_of, written

ENGLISH = "start,calls\n08:00,10\n08:30,20\n09:00,30\n09:30,40\n"
CHINESE = "开始时间,呼入量,备注\n08:00,10,正常\n08:30,20,忙\n09:00,30,忙\n09:30,40,正常\n"
GERMAN = "Uhrzeit;Anrufe für Störungen;Größe\n08:00;10;früh\n08:30;20;müde\n09:00;30;schön\n09:30;40;Übung\n"
FRENCH = "heure;appels reçus\n08:00;10\n08:30;20\n09:00;30\n09:30;40\n"


@pytest.mark.parametrize(
    ("text", "column", "encoding"),
    [
        *(
            (ENGLISH, "calls", encoding)
            for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
        ),
        *((CHINESE, "呼入量", encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk")),
        *(
            (GERMAN, "Anrufe für Störungen", encoding)
            for encoding in ("utf-8", "utf-16", "latin-1", "cp1252")
        ),
        *((FRENCH, "appels reçus", encoding) for encoding in ("utf-8", "latin-1", "cp1252")),
    ],
)
def test_files_of_any_encoding(tmp_path: Path, text: str, column: str, encoding: str) -> None:
    """Names of columns are those that people see."""
    assert calls_of(written(tmp_path, text, encoding), column) == CALLS


def test_clear_texts_need_no_remark(tmp_path: Path) -> None:
    """Whole Chinese sentences in GB 18030 and German words in Latin-1 cannot be taken for each other."""
    for text, encoding in ((CHINESE, "gb18030"), (GERMAN, "latin-1")):
        found = decoded(text.encode(encoding))
        assert found is not None
        assert (text, False) == (found.text, found.is_guessed)


@pytest.mark.parametrize(
    ("content", "read"),
    [("Größe;忙".encode("gb18030"), None), (b"\xb0\xa1\xb0\xa2 f\xfcr g\xfcn", "latin-1")],
)
def test_what_could_be_either_is_said(content: bytes, read: str | None) -> None:
    """Two signs that are common in China, and two letters inside words."""
    found = decoded(content)
    assert found is not None
    assert found.is_guessed == (read is not None)


def test_a_guess_is_remarked_and_may_be_settled(tmp_path: Path) -> None:
    """`encoding` in the scenario ends the guessing."""
    text = "start;calls;note\n08:00;10;für\n08:30;20;für\n09:00;30;°¡°¢\n09:30;40;±±\n"
    file = written(tmp_path, text, "latin-1")
    assert "its letters could be Latin-1 or GB 18030" in "".join(scenario_of(file).remarks)
    assert "Latin-1" not in "".join(scenario_of(file, encoding="latin-1").remarks)
    assert CALLS == calls_of(file, encoding="gb18030")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """A picture in disguise, and text that is not what the scenario says."""
    file = tmp_path / "x.csv"
    file.write_bytes(bytes(range(256)) * 4)
    assert "is not a text file" in question_of(file)
    message = question_of(written(tmp_path, GERMAN, "latin-1"), "Anrufe", encoding="utf-8")
    assert "is not a text file in utf-8" in message
    assert "`encoding` is none of the choices, given 'klingon'" in question_of(file, encoding="klingon")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(tmp_path: Path, separator: str) -> None:
    """Whatever stands between the cells of most lines, or what the first line says of itself."""
    assert CALLS == calls_of(written(tmp_path, ENGLISH.replace(",", separator)))
    said = f"sep={separator}\r\n" + ENGLISH.replace(",", separator)
    assert CALLS == calls_of(written(tmp_path, said))


def test_places_count_the_line_that_names_the_separator(tmp_path: Path) -> None:
    """People look for the cell in the file as it is."""
    file = written(tmp_path, "sep=;\nstart;calls\n08:00;x\n08:30;20\n09:00;30\n09:30;40\n")
    assert question_of(file).startswith("x.csv:3:2: demand.calls.0: is not a number, given 'x'")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'start,calls\n08:00,10\n"08:30,20\n09:00,30\n',
            "from line 3 on: the quote that begins there is not closed",
        ),
        ('start,calls\n"08:00"x,10\n', "from line 2 on: text follows a closing quote"),
    ],
)
def test_quotes_that_swallow_the_file(tmp_path: Path, text: str, message: str) -> None:
    """The line at which it begins is named."""
    assert message in question_of(written(tmp_path, text))
