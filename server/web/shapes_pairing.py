"""The shapes of pairing: who proves what to whom."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from server.web.shapes import Request


class PairRequest(Request):
    """The code that `classact pair` shows."""

    code: Annotated[str, StringConstraints(max_length=20)]


class HelloRequest(Request):
    """A challenge: the server proves itself before the extension shows its token."""

    pairing: Annotated[str, StringConstraints(max_length=64)]
    challenge: Annotated[str, StringConstraints(min_length=16, max_length=200)]


class PairAnswer(BaseModel):
    """Shown once: the token, and the key under which the server will prove itself."""

    token: str
    pairing: str
    server_key: str
