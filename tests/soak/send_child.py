"""A child process that sends one letter and waits, at the edge it is told, for its parent's kill -9.

`python -m tests.soak.send_child TOKENS URL` reads lines `FOLDER EDGE MESSAGE_ID TO NOW`; for each it forks a process
that writes `PID`, then `at EDGE` when it gets there (`done` when it does not), and after it is dead it says `dead`.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from server.domain.model import Kind
from server.mailboxes.gmail import GmailMailbox
from server.mailboxes.gmail_tokens import Endpoints, TokenStore
from tests.contracts.agreed import SEEKER
from tests.services.desk_ground import StandingClock
from tests.soak.send_world import BODY, SUBJECT, WINDOW, a_life


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def send(tokens: str, url: str, line: str) -> None:
    """One letter from the first click to its end, if the process gets that far."""
    folder, edge, message_id, to, now = line.split()

    def reach(name: str) -> None:
        if name.replace(" ", "-") == edge:
            say(f"at {edge}")
            signal.pause()

    store = TokenStore(Path(tokens))
    account = store.load(SEEKER)
    assert account is not None
    clock = StandingClock(datetime.fromisoformat(now))
    desk = a_life(Path(folder), GmailMailbox(account, store, Endpoints.at(url)), clock, reach)
    item = desk.draft(message_id, Kind.THANK_YOU, to, SUBJECT, BODY)
    desk.send(item.draft_id, item.revision)
    clock.advance(WINDOW)
    for outbox_id in desk.outbox.due():
        desk.outbox.step(outbox_id)
    say("done")


def main() -> None:
    """Fork for each line; nothing but imports happens in the process that forks."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                say(str(os.getpid()))
                send(*sys.argv[1:], line)
            finally:
                os._exit(1)
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
