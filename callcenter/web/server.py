"""The page's web server: Streamlit in a process of its own, on this machine only, without telemetry."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import callcenter

ADDRESS = "127.0.0.1"

SCENARIO = "CALLCENTER_WHATIF_SCENARIO"
"""Environment variable with the file that the page opens; empty if none."""
LANGUAGE = "CALLCENTER_WHATIF_LANGUAGE"

PATIENCE = 60.0
"""Seconds that the server may take to start."""

SETTINGS = {
    "server.address": ADDRESS,
    "server.allowedHosts": f"{ADDRESS} localhost",
    "server.headless": "true",
    "server.showEmailPrompt": "false",
    "server.fileWatcherType": "none",
    "server.runOnSave": "false",
    "server.maxUploadSize": "20",
    "server.enableXsrfProtection": "true",
    "server.enableStaticServing": "false",
    "server.enableAgentApi": "false",
    "server.enableCORS": "true",
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.toolbarMode": "minimal",
    "logger.hideWelcomeMessage": "true",
    "logger.level": "warning",
    "runner.magicEnabled": "false",
    "theme.primaryColor": "#0072b2",
    "theme.baseFontSize": "15",
    "theme.light.textColor": "#1c2733",
    "theme.light.secondaryBackgroundColor": "#f4f6f8",
    "theme.dark.primaryColor": "#5db8f0",
    "theme.dark.backgroundColor": "#11171d",
    "theme.dark.secondaryBackgroundColor": "#1a222b",
    "theme.dark.textColor": "#e7ebef",
}
"""Streamlit's settings; they override those of the user's own configuration file."""


def environment(port: int, scenario: str, language: str) -> dict[str, str]:
    """Return the environment of the server: its settings, and what the page is to show."""
    settings = {_variable(name): value for name, value in SETTINGS.items()}
    home = str(Path(callcenter.__file__).parents[1])
    paths = os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), home)))
    page = {"STREAMLIT_SERVER_PORT": str(port), SCENARIO: scenario, LANGUAGE: language, "PYTHONPATH": paths}
    return {**os.environ, **settings, **page}


def _variable(setting: str) -> str:
    """Return the environment variable of a setting: STREAMLIT_SERVER_FILE_WATCHER_TYPE."""
    words = re.sub(r"[A-Z]", r"_\g<0>", setting.replace("CORS", "Cors"))
    return f"STREAMLIT_{words.replace('.', '_').upper()}"


def start(port: int, scenario: str, language: str) -> subprocess.Popen[bytes]:
    """Start the server; it ends with Ctrl-C, or when it is terminated."""
    page = Path(__file__).with_name("app.py")
    command = [sys.executable, "-P", "-m", "streamlit", "run", str(page)]  # -P: not the user's own modules
    return subprocess.Popen(command, env=environment(port, scenario, language))  # noqa: S603 - our own words


def is_free(port: int) -> bool:
    """Whether nobody listens at a port of this machine."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, os.name != "nt")
        try:
            listener.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def wait_until_ready(server: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the server answers; False if it ended or took too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as caller:
            caller.settimeout(1.0)
            if caller.connect_ex((ADDRESS, port)) == 0:
                return True
        time.sleep(0.1)
    return False


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server, by force if it does not end within seconds."""
    if server.poll() is None:
        server.terminate()
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def asked_for(environ: Mapping[str, str]) -> tuple[str, str]:
    """Return the scenario file and the language that the page is to show."""
    return environ.get(SCENARIO, ""), environ.get(LANGUAGE) or "en"
