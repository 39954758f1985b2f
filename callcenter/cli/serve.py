"""`callcenter serve`: the what-if page in a browser on this machine."""

from __future__ import annotations

import signal
import webbrowser
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from callcenter.cli import options
from callcenter.cli.failures import WrongInputError
from callcenter.language import gettext as _
from callcenter.language import noted, spoken

PORT = 8501

NO_STREAMLIT = noted(
    'the what-if page needs Streamlit; in the folder of the project run: python -m pip install ".[web]"'
)


def serve(
    scenario: Annotated[
        Path | None, typer.Argument(metavar="[SCENARIO]", help="A scenario file.", show_default=False)
    ] = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port on this machine.")] = PORT,
    lang: options.Language = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
) -> None:
    """Show the what-if page: move volume, agents, handle time; the answer rates follow."""
    if find_spec("streamlit") is None:
        raise WrongInputError(_(NO_STREAMLIT))
    if scenario is not None:
        _check(scenario)
    _show(port, "" if scenario is None else str(scenario), spoken(), not no_browser)


def _check(scenario: Path) -> None:
    """Refuse a file that the page could not show, before a server starts."""
    from callcenter.scenario import load
    from callcenter.web.uploads import light_enough

    light_enough(load(scenario))


def _show(port: int, scenario: str, language: str, in_browser: bool) -> None:
    from callcenter.web.server import ADDRESS, is_free, start, stop, wait_until_ready

    if not is_free(port):
        text = _("--port {port}: something else listens there; give another, such as {other}")
        raise WrongInputError(text.format(port=port, other=port + 1))
    signal.signal(signal.SIGTERM, _interrupted)
    server = start(port, scenario, language)
    try:
        if not wait_until_ready(server, port):
            raise WrongInputError(_("the page's server did not start; its own message is above"))
        address = f"http://{ADDRESS}:{port}"
        typer.echo(_("The what-if page is at {address}; Ctrl-C ends it.").format(address=address))
        if in_browser:
            webbrowser.open(address)
        server.wait()
    except KeyboardInterrupt:
        typer.echo("\n" + _("The what-if page has ended."))
    finally:
        stop(server)


def _interrupted(*_signal: Any) -> None:
    """Let the server end with us."""
    raise KeyboardInterrupt
