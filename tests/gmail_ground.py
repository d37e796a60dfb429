"""A connected GmailMailbox over the fake Gmail, for the tests that need one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from server.mailboxes.gmail import GmailMailbox
from server.mailboxes.gmail_patience import Patience
from server.mailboxes.gmail_tokens import DRAFTS, Account, Endpoints, TokenStore
from tests.contracts.agreed import AGREED, SEEKER
from tests.fakes.gmail import FakeGmail


class Ground:
    """The fake, a token store and mailboxes opened on them; `waits` notes every pause instead of making it."""

    def __init__(self, fake: FakeGmail, folder: Path) -> None:
        self.fake, self.tokens = fake, TokenStore(folder / "tokens")
        self.waits: list[float] = []
        self.chance: Callable[[], float] = lambda: 0.5
        self._open: list[GmailMailbox] = []

    def account(self, scopes: tuple[str, ...] = DRAFTS) -> Account:
        """An account as after a consent to these scopes, stored."""
        given = self.fake.credentials(*scopes)
        account = Account(
            address=self.fake.address,
            scopes=scopes,
            client_id=given["client_id"],
            client_secret=given["client_secret"],
            refresh_token=given["refresh_token"],
            token=given["token"],
        )
        self.tokens.save(account)
        return account

    def mailbox(self, scopes: tuple[str, ...] = DRAFTS, *, timeout: float = 5.0, expired: bool = False) -> GmailMailbox:
        """A mailbox on a fresh account; `expired`: its access token is known to have run out."""
        account = self.account(scopes)
        if expired:
            account = replace(account, expires=datetime(2026, 1, 1, tzinfo=UTC))
        mailbox = GmailMailbox(
            account,
            self.tokens,
            Endpoints.at(self.fake.base),
            timeout=timeout,
            patience=Patience(account.address, sleep=self.waits.append, chance=self.chance),
        )
        self._open.append(mailbox)
        return mailbox

    def adopt(self, mailbox: GmailMailbox) -> None:
        """Close this one, too, in the end."""
        self._open.append(mailbox)

    def close(self) -> None:
        """Close every mailbox opened here."""
        for mailbox in self._open:
            mailbox.close()


@contextmanager
def opened(folder: Path) -> Iterator[Ground]:
    """The ground with the agreed messages on it; on leaving, a broken rule of the API fails the test."""
    with FakeGmail(SEEKER) as fake:
        ground = Ground(fake, folder)
        for agreed in AGREED:
            fake.deliver(agreed.content, agreed.labels)
        try:
            yield ground
        finally:
            ground.close()
