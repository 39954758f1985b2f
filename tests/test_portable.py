"""What keeps the package alike on Linux, macOS and Windows, as far as the sources can show it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import callcenter

PACKAGE = Path(callcenter.__file__).parent

POSIX_ONLY = {
    *("fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"),
    *("os.fork", "os.forkpty", "os.getuid", "os.geteuid", "os.getpgid", "os.killpg", "os.setsid", "os.nice"),
    *("os.uname", "os.sched_getaffinity", "os.sysconf", "os.mkfifo", "os.chown", "os.wait", "os.O_DIRECTORY"),
    *(
        "signal.SIGKILL",
        "signal.SIGHUP",
        "signal.SIGALRM",
        "signal.SIGUSR1",
        "signal.SIGUSR2",
        "signal.alarm",
    ),
    *("signal.pthread_sigmask", "signal.setitimer", "time.tzset"),
}
"""Modules and names that Windows lacks."""

SPELT_OUT = {
    "read_text": {"encoding"},
    "write_text": {"encoding", "newline"},
    "to_csv": {"lineterminator"},
    "TextIOWrapper": {"encoding", "newline"},
}
"""Calls whose outcome depends on the machine unless they say these."""


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Yield every piece of syntax of the package, with its place."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield f"{path.relative_to(PACKAGE)}:{getattr(node, 'lineno', 0)}", node


def names_of(node: ast.AST) -> Iterator[str]:
    """Yield the modules and names of modules that a piece of syntax uses."""
    if isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module.partition(".")[0]
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        yield f"{node.value.id}.{node.attr}"


def unsaid(node: ast.AST) -> set[str]:
    """Return what a call of a file leaves to the machine: encoding, ends of lines."""
    if not isinstance(node, ast.Call):
        return set()
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    needed = SPELT_OUT.get(name, set())
    if name == "open" and is_text_file(node):
        needed = {"encoding", "newline"} if "w" in mode_of(node) or "a" in mode_of(node) else {"encoding"}
    return needed - {keyword.arg for keyword in node.keywords if keyword.arg}


def mode_of(call: ast.Call) -> str:
    """Return the mode of an opened file, `r` unless the call says another."""
    words = [word.value for word in call.args if isinstance(word, ast.Constant)]
    return next(
        (str(word) for word in words), "w" if any(isinstance(word, ast.Name) for word in call.args) else "r"
    )


def is_text_file(call: ast.Call) -> bool:
    """Return whether a call of something named `open` opens a file as text."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    is_other = isinstance(owner, ast.Name) and owner.id in {"webbrowser", "gzip", "book", "zipfile"}
    return not is_other and "b" not in mode_of(call)


def test_nothing_that_windows_lacks() -> None:
    """No module or name is used that only POSIX systems have."""
    used = [f"{place}: {name}" for place, node in nodes() for name in names_of(node) if name in POSIX_ONLY]

    assert used == []


def test_files_are_the_same_bytes_everywhere() -> None:
    """Every text file is read and written in a named encoding, and written with named ends of lines."""
    left = [f"{place}: say {', '.join(sorted(unsaid(node)))}" for place, node in nodes() if unsaid(node)]

    assert left == []


def test_the_checks_see_what_they_look_for() -> None:
    """A lock by `fcntl`, a file in the machine's encoding and a table with its ends of lines are seen."""
    code = "import fcntl\nopen('a', 'w')\nframe.to_csv('b')\nPath('c').read_text()\nos.fork()\n"
    tree = list(ast.walk(ast.parse(code)))

    assert {name for node in tree for name in names_of(node)} & POSIX_ONLY == {"fcntl", "os.fork"}
    assert [len(unsaid(node)) for node in tree if unsaid(node)] == [2, 1, 1]
