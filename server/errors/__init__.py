"""Every error the program raises on purpose, in one tree.

ClassActError                  what happened, and what to do next
├── UsageError                 the call itself is wrong                      (exit 2, HTTP 400)
│   └── ConfigError            a setting or environment variable is wrong
├── NotConnected               no account, and no mailbox named              (exit 3, HTTP 409)
├── NotFound                   no such message, draft or letter              (exit 1, HTTP 404)
├── Refused                    a rule of ours says no: changed draft, no addressee (exit 1, HTTP 409)
│   └── Forbidden              who asks may not: token, origin, code         (HTTP 403)
├── HomeError                  the data folder is taken, unwritable, damaged (exit 1, HTTP 503)
├── ServerError                port taken, server not answering              (exit 1)
├── ModelError                 the classifier cannot be loaded               (exit 1, HTTP 503)
├── LearningFailed             learning from corrections came to no result   (exit 1)
└── MailboxError               the mailbox failed; `retryable` says whether a later try may work (exit 1, HTTP 502)
    ├── MailboxUnreadable      the file that was named cannot be read at all (exit 2)
    ├── ReconnectNeeded        Google no longer accepts the sign-in          (exit 3)
    ├── PermissionMissing      the seeker has not granted the scope this needs
    ├── RateLimited            Google asks us to slow down (retryable)
    ├── Offline                no answer from Google (retryable)
    ├── CursorExpired          the mailbox no longer knows that cursor: list again
    └── SendInDoubt            a send whose outcome is unknown: look, never resend

Each class builds its own sentence; `hint` says what to do next. Both are for people to read.
"""

from __future__ import annotations

from server.errors.mailbox import (
    CursorExpired,
    MailboxError,
    MailboxUnreadable,
    Offline,
    PermissionMissing,
    RateLimited,
    ReconnectNeeded,
    SendInDoubt,
)
from server.errors.program import (
    ClassActError,
    ConfigError,
    Forbidden,
    HomeError,
    HomeNotWritable,
    HomeTaken,
    LearningFailed,
    ModelError,
    NotConnected,
    NotFound,
    PortTaken,
    Refused,
    ServerError,
    ServerNotRunning,
    StoreDamaged,
    UnknownMessage,
    UsageError,
)

__all__ = [
    "ClassActError",
    "ConfigError",
    "CursorExpired",
    "Forbidden",
    "HomeError",
    "HomeNotWritable",
    "HomeTaken",
    "LearningFailed",
    "MailboxError",
    "MailboxUnreadable",
    "ModelError",
    "NotConnected",
    "NotFound",
    "Offline",
    "PermissionMissing",
    "PortTaken",
    "RateLimited",
    "ReconnectNeeded",
    "Refused",
    "SendInDoubt",
    "ServerError",
    "ServerNotRunning",
    "StoreDamaged",
    "UnknownMessage",
    "UsageError",
]
