"""`callcenter serve`: on this machine only, ended by Ctrl-C, plain words where it cannot start."""

from __future__ import annotations

import os
import signal
import socket
import urllib.request
from pathlib import Path

import psutil
import pytest
from typer.testing import CliRunner

from callcenter.cli import app, serve
from callcenter.web.server import SETTINGS, environment
from tests.web.serving import SECONDS, free_port, served

template = pytest.importorskip("streamlit.config", reason="no Streamlit: install .[web]")

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


def refused(*words: str) -> str:
    """Return what `serve` says when it ends with the status of wrong input."""
    result = CliRunner().invoke(app, ["serve", *words])
    assert 2 == result.exit_code, result.output
    return result.output


@pytest.mark.slow
def test_it_listens_on_this_machine_only_and_ends_with_ctrl_c(scenario_file: Path) -> None:
    """Its port is one of 127.0.0.1; Ctrl-C ends page and server, with status 0.

    Pages from elsewhere cannot talk to it, not even under a name of their own that resolves to 127.0.0.1, nor
    can a program that does not say where it comes from.
    """
    with served(scenario_file) as page:
        family = page.family()
        heard = [line for line in page.lines() if line.status == psutil.CONN_LISTEN]
        with urllib.request.urlopen(f"{page.address}/_stcore/health") as answer:  # noqa: S310 - our own
            assert b"ok" == answer.read()
        port = int(page.address.rpartition(":")[2])
        ours, theirs = f"http://127.0.0.1:{port}", "http://evil.example"
        answers = [
            _handshake(port, *asked)
            for asked in (
                *(("127.0.0.1", ours), ("127.0.0.1", theirs), ("evil.example", f"{theirs}:{port}")),
                *(("127.0.0.1", None), ("127.0.0.1", "null"), ("127.0.0.1", "")),
            )
        ]
        os.killpg(page.process.pid, signal.SIGINT)
        output, _ = page.process.communicate(timeout=SECONDS)

    assert {"127.0.0.1"} == {line.laddr.ip for line in heard}
    assert [port] == [line.laddr.port for line in heard]
    assert ["101", *["403"] * 5] == answers
    assert 0 == page.process.returncode
    assert "The what-if page has ended." in output
    assert [] == [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def _handshake(port: int, host: str, origin: str | None) -> str:
    """Ask for the page's WebSocket; return the status of the answer."""
    lines = [
        *("GET /_stcore/stream HTTP/1.1", f"Host: {host}:{port}"),
        *([] if origin is None else [f"Origin: {origin}"]),
        *("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"),
        *("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", ""),
    ]
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as caller:
        caller.sendall("\r\n".join(lines).encode())
        return caller.recv(1000).split()[1].decode()


def test_a_port_that_is_taken_is_told(scenario_file: Path) -> None:
    """The message says which, and what to do."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        assert f"--port {port}: something else listens there; give another" in refused(
            str(scenario_file), "--port", str(port)
        )


def test_without_streamlit_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    monkeypatch.setattr("callcenter.cli.serve.find_spec", lambda _: None)

    assert 'pip install ".[web]"' in refused()


def test_a_wrong_scenario_is_told_before_anything_starts(
    scenario_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Problems are those of `check`."""
    monkeypatch.setattr("callcenter.web.server.start", lambda *_: pytest.fail("a server was started"))
    scenario_file.write_text(scenario_file.read_text().replace("agents: 10", "agents: many"))

    assert f"{scenario_file}:27:13: pools.desk.agents" in refused(str(scenario_file))
    assert "no file" in refused(str(scenario_file.with_name("none.yaml")))


def test_an_unknown_language_is_told() -> None:
    """Both languages are named."""
    assert "write en or zh-CN" in refused("--lang", "tlh")


def test_every_setting_is_one_of_streamlits() -> None:
    """Settings go by the environment, where a wrong name would be passed over in silence."""
    known = {option.env_var for option in template._config_options_template.values()}
    ours = {name for name in environment(free_port(), "", "en") if name.startswith("STREAMLIT_")}

    assert ours <= known
    assert len(SETTINGS) + 1 <= len(ours)


def test_the_command_is_there() -> None:
    """`serve` is a command with a help page, which names its port."""
    shown = CliRunner().invoke(app, ["serve", "--help"]).output

    assert "Show the what-if page" in shown
    assert f"[default: {serve.PORT};" in shown
