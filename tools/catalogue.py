"""Refresh the Chinese catalogue: texts of the sources into the .po file, the .po file into the .mo file.

`python -m tools.catalogue` adds texts that are new, drops those that are gone and keeps every translation;
what is still to be translated is listed, and the exit code is 1 until nothing is.  The files hold no dates
and no line numbers, so that the same sources give the same bytes.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from typer.main import get_command

from callcenter.cli import app
from callcenter.cli.manual import help_texts

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "callcenter"
PO = PACKAGE / "locales/zh_CN/LC_MESSAGES/callcenter.po"
MO = PO.with_suffix(".mo")

METHODS = [("**.py", "python"), ("**/templates/**.j2", "jinja2")]
OPTIONS = {"**/templates/**.j2": {"silent": "false"}}
"""How texts are extracted; a template that cannot be read is an error."""

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "noted": None,
    "noted_plural": (1, 2),
}
"""The functions that mark texts, and which of their arguments are texts."""

HEADERS = [
    ("Project-Id-Version", "callcenter"),
    ("Language", "zh_CN"),
    ("Plural-Forms", "nplurals=1; plural=0;"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
]


COMMENT = "# Chinese texts; `make catalogue` adds what is new.  Terms: docs/glossary.md"


class Texts(Catalog):
    """A catalogue whose head says nothing that changes from day to day."""

    def _get_mime_headers(self) -> list[tuple[str, str]]:
        return HEADERS

    def _set_mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        """Leave them as they are."""

    mime_headers = property(_get_mime_headers, _set_mime_headers)


def extracted() -> Texts:
    """Return the texts that sources and templates mark, and those of the help pages, untranslated."""
    texts = Texts(locale="zh_CN", header_comment=COMMENT, fuzzy=False)
    messages = extract_from_dir(PACKAGE, METHODS, OPTIONS, keywords=KEYWORDS)
    for file, _line, text, comments, context in sorted(messages, key=lambda each: each[:2]):
        texts.add(text, None, [(f"callcenter/{file}", 0)], auto_comments=comments, context=context)
    for command, text in help_texts(get_command(app)):
        texts.add(text, None, [(f"callcenter/cli/{command}.py", 0)])
    return texts


def kept() -> Texts:
    """Return the catalogue as it is in the .po file."""
    texts = Texts(locale="zh_CN")
    if PO.exists():
        with PO.open("rb") as file:
            for message in read_po(file, locale="zh_CN"):
                if message.id:
                    texts[message.id] = message
    return texts


def refreshed() -> Texts:
    """Return the texts of the sources with the translations known so far."""
    texts, known = extracted(), kept()
    for message in texts:
        message.flags.discard("python-format")  # a percent sign is no placeholder
        before = known.get(message.id) if message.id else None
        if before is not None:
            message.string = before.string
    return texts


def po_text(texts: Catalog) -> str:
    """Return the text of the .po file."""
    stream = io.BytesIO()
    write_po(stream, texts, width=100, omit_header=False, include_lineno=False, ignore_obsolete=True)
    return stream.getvalue().decode()


def mo_bytes(texts: Catalog) -> bytes:
    """Return the bytes of the .mo file."""
    stream = io.BytesIO()
    write_mo(stream, texts)
    return stream.getvalue()


def untranslated(texts: Catalog) -> list[Message]:
    """Return the messages that have no translation."""
    return [message for message in texts if message.id and not all(forms(message.string) or [""])]


def forms(text: str | Sequence[str] | None) -> list[str]:
    """Return the forms of a text or translation: one, or those of a plural."""
    return [text] if isinstance(text, str) else [*(text or ())]


def main() -> int:
    """Write both files; return 1 if something is still to be translated."""
    texts = refreshed()
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text(po_text(texts), encoding="utf-8")
    MO.write_bytes(mo_bytes(texts))
    missing = untranslated(texts)
    for message in missing:
        sys.stdout.write(f"to be translated in {PO.relative_to(ROOT)}: {message.id!r}\n")
    sys.stdout.write(f"{len(texts)} texts, {len(missing)} to be translated\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
