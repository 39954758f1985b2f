"""Sphinx: these pages and the docstrings as a site that needs no network, neither to build nor to read."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

import callcenter

ROOT = Path(__file__).parents[1]

project = "callcenter"
author = "The callcenter developers"
version = release = callcenter.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["pictures"]

html_theme = "furo"
html_title = f"callcenter {version}"
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_copyright = False
pygments_style = "friendly"
pygments_dark_style = "monokai"

myst_heading_anchors = 3  # the anchors that GitHub gives to headings
default_role = "code"  # docstrings write `name` as these pages do
autodoc_member_order = "bysource"
toc_object_entries = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 76
nitpicky = True
nitpick_ignore_regex = [("py:class", ".*")]  # types in signatures: a link where a page has them, no inventory

MIRRORED = {"changelog": "CHANGELOG.md", "data": "scenarios/data/README.md"}
"""Pages kept elsewhere in the repository; the one in this folder only points readers to them."""

_LINK = re.compile(rf"\]\((?:\.\./)+({'|'.join(map(re.escape, MIRRORED.values()))})(?=[)#])")
_SECTION = re.compile(r"^## (.*)$", re.MULTILINE)
_ENTRY = re.compile(r"^- \[[^]]*\]\(([^)#:]+)\.md\)", re.MULTILINE)
_PAGE_OF = {file: page for page, file in MIRRORED.items()}


def setup(app: Sphinx) -> None:
    """Read the pages as they stand, made ready for the site."""
    app.connect("source-read", _read)
    app.connect("autodoc-process-docstring", _drop_field_numbers)


def _read(_: Sphinx, page: str, source: list[str]) -> None:
    if page in MIRRORED:
        source[0] = (ROOT / MIRRORED[page]).read_text(encoding="utf-8")
    source[0] = _LINK.sub(lambda link: f"](/{_PAGE_OF[link[1]]}.md", source[0])
    if page == "index":
        source[0] += _navigation(source[0])


def _drop_field_numbers(*event: object) -> None:
    """Leave out what Python says of a field of a named tuple that has no docstring."""
    lines = event[-1]
    if isinstance(lines, list) and lines and lines[0].startswith("Alias for field number"):
        lines.clear()


def _navigation(index: str) -> str:
    """Return the lists of the index as the site's navigation, so that it has every page once."""
    _, *parts = _SECTION.split(index)
    listed = [(title, _ENTRY.findall(text)) for title, text in zip(parts[::2], parts[1::2], strict=True)]
    return "".join(
        "\n".join(("\n```{toctree}", ":hidden:", f":caption: {title}", "", *pages, "```", ""))
        for title, pages in listed
        if pages
    )
