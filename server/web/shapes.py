"""What all requests and answers are made of; checked on the way in, and the source of the OpenAPI document."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

MessageId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{10,20}$")]
OpaqueId = Annotated[str, StringConstraints(min_length=1, max_length=200)]
ShortText = Annotated[str, StringConstraints(max_length=2000)]


class Request(BaseModel):
    """A request body; unknown fields are refused, so that a typing error is never silently ignored."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Request):
    """An empty object."""


class ErrorAnswer(BaseModel):
    """What went wrong, and what to do next."""

    error: str
    hint: str
    code: str
