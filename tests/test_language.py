"""Texts in two languages: what the sources say is in the catalogue, translated, and can be drawn."""

from __future__ import annotations

import re
import threading
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from matplotlib.font_manager import findfont
from matplotlib.ft2font import FT2Font

import callcenter
from callcenter.language import UnknownLanguageError, gettext, known_language, ngettext, speaking, spoken
from callcenter.report.figures.fonts import CHINESE
from tools import catalogue

REMEDY = "say `make catalogue`, translate what it lists in callcenter.po, and say it again"
_PLACE = re.compile(r"\{[^{}]*\}")


def _texts(message: Message) -> list[str]:
    """The texts of a message; of a plural the form for many, which is the only one in Chinese."""
    return [catalogue.forms(text)[-1] for text in (message.id, message.string)]


def _messages() -> list[Message]:
    with catalogue.PO.open("rb") as file:
        return [message for message in read_po(file, locale="zh_CN") if message.id]


@pytest.mark.slow
def test_the_catalogue_holds_what_the_sources_say_and_nothing_else() -> None:
    """New texts are in the file, texts that are gone are not, and it is written as the tool writes it."""
    marked = {message.id for message in catalogue.extracted() if message.id}
    assert (marked, REMEDY) == ({message.id for message in _messages()}, REMEDY)
    assert catalogue.po_text(catalogue.refreshed()) == catalogue.PO.read_text(encoding="utf-8"), REMEDY


def test_texts_in_braces_of_other_texts_are_in_the_catalogue() -> None:
    """Those that the extraction does not see inside of f-strings would never be translated."""
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in _messages()}
    inside = re.compile(r"""\{_\((['"])(?P<text>.+?)\1\)""")
    places = [
        f"{path.name}: {match['text']}"
        for path in Path(callcenter.__file__).parent.rglob("*.py")
        for match in inside.finditer(path.read_text(encoding="utf-8"))
        if match["text"] not in known
    ]

    assert [] == places


def test_everything_is_translated() -> None:
    """No text is left in English, or as a guess."""
    assert [] == [message.id for message in catalogue.untranslated(catalogue.kept())]
    assert [] == [message.id for message in _messages() if message.fuzzy]


def test_values_have_the_same_places() -> None:
    """A translation has room for exactly the values of its text, and as many lines."""
    for message in _messages():
        english, chinese = _texts(message)
        assert Counter(_PLACE.findall(english)) == Counter(_PLACE.findall(chinese)), english
        assert english.count("\n") == chinese.count("\n"), english


def test_signs_of_verdicts_come_first() -> None:
    """Figures in tables take their sign from the first character, in every language."""
    with speaking("zh-CN"):
        assert "✓✗?" == "".join(gettext(text)[0] for text in ("✓ met", "✗ missed", "? unclear"))


def test_the_compiled_catalogue_is_that_of_the_texts() -> None:
    """Nobody edits one file without the other."""
    assert catalogue.mo_bytes(catalogue.kept()) == catalogue.MO.read_bytes(), REMEDY


def test_every_character_can_be_drawn() -> None:
    """The fonts of the figures have all characters of the translations."""
    drawable = {
        chr(code) for font in (CHINESE, findfont("DejaVu Sans")) for code in FT2Font(font).get_charmap()
    }
    needed = {sign for message in _messages() for sign in _texts(message)[1]} - {"\n"}
    assert set() == needed - drawable, "run `python -m tools.chinese_font`"


def test_frequent_characters_can_be_drawn() -> None:
    """Names of tiers and pools are drawn by our own font: the first level of GB 2312 is in it."""
    drawable = {chr(code) for code in FT2Font(CHINESE).get_charmap()}
    assert set("钻石金银铜普通贵宾客户黑名单技能组前台后台晚班") <= drawable
    frequent = bytes(code for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for code in (row, cell))
    assert set(frequent.decode("gb2312", "ignore")) <= drawable


def test_texts_are_english_until_another_language_is_spoken() -> None:
    """The language holds inside the block, also of a block inside it, and in its thread alone."""
    heard: list[str] = []
    with speaking("zh-CN"):
        assert ("合计", "zh-CN") == (gettext("all"), spoken())
        with speaking("en"):
            assert "all" == gettext("all")
        other = threading.Thread(target=lambda: heard.append(gettext("all")))
        other.start()
        other.join()
        assert "合计" == gettext("all")
    assert (["all"], "all", "en") == (heard, gettext("all"), spoken())


def test_numbers_of_things() -> None:
    """English has a form for one, Chinese has one for all."""
    forms = ("{n} day", "{n} days")
    assert ["{n} day", "{n} days"] == [ngettext(*forms, number) for number in (1, 0)]
    with speaking("zh-CN"):
        assert {"{n} 天"} == {ngettext(*forms, number) for number in (0, 1, 2)}


def test_nothing_is_nothing_in_every_language() -> None:
    """Gettext keeps notes on the catalogue at the empty text; they are nobody's translation."""
    with speaking("zh-CN"):
        assert "" == gettext("")


def test_a_text_without_translation_is_itself() -> None:
    """A user's own name passes as it is."""
    with speaking("zh-CN"):
        assert "front_office" == gettext("front_office")


@pytest.mark.parametrize("tag", ["zh", "zh-CN", "zh_CN", "ZH-cn", "zh_CN.UTF-8"])
def test_tags_of_chinese(tag: str) -> None:
    """As people and systems write it."""
    assert "zh-CN" == known_language(tag)


@pytest.mark.parametrize("tag", ["", "de", "zh-TW", "english"])
def test_unknown_languages_are_named(tag: str) -> None:
    """The message says what was given and what there is."""
    with pytest.raises(UnknownLanguageError, match=rf"{tag!r}; write en or zh-CN"):
        known_language(tag)
