"""What was seen of a mailbox provider's behaviour, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

REFUSED: Final = 400  # any refusal but "not found"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: an HTTP status, and the body of a good answer."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)
