"""What is wrong with the syntax of a YAML text, in a planner's words."""

from __future__ import annotations

import re

import yaml
from yaml.reader import ReaderError

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.scenario.errors import Problem

_MESSAGES = (
    (
        r"found '<stream end>'",
        noted("the file ends before a bracket or a quote is closed; check the last lines"),
    ),
    (r"found character '\\t'", noted("a tab stands where YAML allows only spaces; indent with spaces")),
    (r"found character '(.+)' that", noted("a value cannot begin with `{0}`; put it in quotes")),
    (
        r"mapping values are not",
        noted("a `:` is not expected here; check the indentation, or quote the text"),
    ),
    (
        r"expected <block end>",
        noted("does not fit the lines above; check the indentation, brackets and quotes"),
    ),
    (
        r"expected the node content, but found '(.+)'",
        noted("`{0}` is not expected here; check brackets and commas"),
    ),
    (
        r"found unknown escape character '(.+)'",
        noted("unknown escape `\\{0}`; put the text in single quotes"),
    ),
    (
        r"found undefined alias '(.+)'",
        noted("there is no anchor `&{0}`; put text that begins with `*` in quotes"),
    ),
    (r"duplicate anchor '(.+)';", noted("the anchor `&{0}` is defined twice; rename one")),
    (
        r"scanning an (?:alias|anchor)",
        noted("a value cannot begin with `&` or `*` here; put it in quotes"),
    ),
    (
        r"scanning a block scalar",
        noted("after `|` or `>` the text begins in the next line; put a value that begins so in quotes"),
    ),
    (r"scanning a directive", noted("a line cannot begin with `%`; put the text in quotes")),
    (r"mapping keys are not", noted("a `?` is not expected here; put the text in quotes")),
    (r"expected '<document start>'", noted("does not belong to what stands above; check the lines above")),
    (r"single document", noted("a second document begins here; keep one in a file")),
    (r"undefined tag handle '(.+)'", noted("only plain data is read, given the tag `{0}`; remove the tag")),
    (r"nested too deeply", noted("is nested too deeply; check the brackets")),
)
_OPENED = (
    (
        r"flow sequence.*expected ',' or '\]'",
        noted("the list that begins here is not closed; check its commas and `]`"),
    ),
    (
        r"flow mapping.*expected ',' or '}'",
        noted("the mapping that begins here is not closed; check its commas and `}}`"),
    ),
    (
        r"quoted scalar.*unexpected end",
        noted("the quote that begins here is not closed; add the closing quote"),
    ),
    (r"could not find expected ':'", noted("a line without a `:`; write `key: value`")),
)
"""Messages placed where the unfinished thing begins, not where the parser gave up."""


_BEGUN = re.compile(r"(?:^[ ]*(?:- +)?|[:,] +|[\[{] *)([\"'])", re.MULTILINE)
_CLOSED = {'"': re.compile(r'(?<!\\)"'), "'": re.compile(r"(?<!')'(?!')")}
"""How a quoted text begins and ends."""


def syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Return the problem of a text that is no YAML."""
    if isinstance(error, ReaderError):
        return _character_problem(error, text, file)
    opened = _open_quote(text, getattr(error, "problem_mark", None))
    if opened is not None:
        return Problem(
            file,
            *opened,
            "",
            _("the quote that begins here is not closed in its line; add the closing quote"),
        )
    words = (getattr(error, attribute, None) for attribute in ("context", "problem"))
    given = " ".join(filter(None, words))
    for patterns, attribute in ((_OPENED, "context_mark"), (_MESSAGES, "problem_mark")):
        for pattern, message in patterns:
            match = re.search(pattern, given)
            if match:
                return _placed(getattr(error, attribute), file, _(message).format(*match.groups()))
    return _placed(
        getattr(error, "problem_mark", None),
        file,
        _("cannot be read as YAML: {reason}").format(reason=given),
    )


def _placed(mark: yaml.Mark | None, file: str, message: str) -> Problem:
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(file, line, column, "", message)


def _character_problem(error: ReaderError, text: str, file: str) -> Problem:
    before = text[: error.position]
    column = error.position - (before.rfind("\n") + 1) + 1
    message = _("the invisible character U+{code:04X} is not allowed; remove it").format(code=error.character)
    return Problem(file, before.count("\n") + 1, column, "", message)


def _open_quote(text: str, mark: yaml.Mark | None) -> tuple[int, int] | None:
    """Return line and column of a quote that only another one, in the line of the error, seems to close."""
    at = 0
    while mark is not None and (begun := _BEGUN.search(text, at)) is not None:
        closed = _CLOSED[begun[1]].search(text, begun.end())
        if closed is None:
            return None
        at = closed.end()
        if "\n" not in closed.string[begun.end() : closed.start()]:
            continue
        line, last = text.count("\n", 0, begun.start(1)), text.count("\n", 0, closed.start())
        if line < last == mark.line:
            return line + 1, begun.start(1) - text.rfind("\n", 0, begun.start(1))
    return None
