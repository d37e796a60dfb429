"""A program that keeps up with a mailbox until it is killed: `python -m tests.soak.sync_child FOLDER URL`.

Says `looked` on a line of its own after each scan that went through.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from server.errors import MailboxError
from server.home import Home
from server.mailboxes.gmail import GmailMailbox
from server.mailboxes.gmail_tokens import Endpoints, TokenStore
from server.services.scan import Scanner
from server.stores.tiny import TinyStore
from tests.builders import StubClassifier


class RealClock:
    """The computer's."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def keep_up(folder: Path, base: str) -> None:
    """Scan again and again. Raises HomeTaken while another one works with that folder."""
    home = Home(folder)  # the folder is held as long as this name is
    home.take()
    tokens, store, clock = TokenStore(folder / "tokens"), TinyStore(folder), RealClock()
    (address,) = tokens.accounts()
    account = tokens.load(address)
    if account is None:
        raise SystemExit("no account")
    mailbox = GmailMailbox(account, tokens, Endpoints.at(base))
    while True:
        try:
            Scanner(mailbox, store, StubClassifier(), clock).scan()
            sys.stdout.write("looked\n")
        except MailboxError as error:
            sys.stdout.write(f"{error.code}\n")
        sys.stdout.flush()
        time.sleep(0.05)


if __name__ == "__main__":
    keep_up(Path(sys.argv[1]), sys.argv[2])
