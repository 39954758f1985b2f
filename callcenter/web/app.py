"""The what-if page as Streamlit serves it: sockets are for pages of this very server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.middleware import Middleware

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class OriginRequired:
    """Refuses sockets without an Origin: Streamlit checks one that is given, and browsers always give it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close such a socket before it is open, which is answered with 403."""
        if scope["type"] == "websocket" and not any(name == b"origin" for name, _ in scope["headers"]):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        await self._app(scope, receive, send)


app = st.App(Path(__file__).with_name("page.py"), middleware=[Middleware(OriginRequired)])
