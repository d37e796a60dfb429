"""Connecting accounts from a page: one sign-in under way at a time, and how each account stands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Protocol

from server.domain.connection import ClientInfo, Link, Standing, not_connected, standing
from server.errors import ClassActError, MailboxError
from server.services.desk import Desk
from server.texts import _


class SignIn(Protocol):
    """A sign-in under way: the seeker opens `url`."""

    url: str

    def finish(self) -> str:
        """Wait for the browser; the address of the account that is connected now.

        Raises PermissionMissing kinds, MailboxError kinds, Forbidden.
        """

    def cancel(self) -> None:
        """Have whoever waits in `finish` wait no longer."""


class Accounts(Protocol):
    """The seeker's accounts at a mail provider."""

    def client(self) -> ClientInfo:
        """The OAuth client in use; raises UsageError when there is none, ConfigError when its file is wrong."""

    def keep_client(self, content: bytes, name: str) -> ClientInfo:
        """Check a client file's content and keep it; raises ConfigError, HomeNotWritable."""

    def begin(self, more: str, hint: str = "") -> SignIn:
        """Start a sign-in for reading, or with `more` "drafts" or "labels"; raises what `client` raises."""

    def settle(self) -> None:
        """Choose where sign-ins are kept, as far as it is not chosen."""

    def links(self) -> list[Link]:
        """The connected accounts."""

    def place(self, address: str = "") -> str:
        """Where an account's sign-in is kept, or where the next will be: part of a sentence."""

    def disconnect(self, address: str) -> bool:
        """Revoke and delete; False when the provider could not be reached, so that it was only deleted here.

        Raises NotConnected when there is no such account, KeyringClosed.
        """


class Step(StrEnum):
    """How the sign-in stands that a page began."""

    NONE = "none"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Attempt:
    """The last sign-in: `url` while it waits, `address` when it is done, `error` when it failed."""

    step: Step = Step.NONE
    url: str = ""
    address: str = ""
    error: ClassActError | None = None


class Connecting:
    """Begins sign-ins and lets them end by themselves. Safe for threads."""

    def __init__(self, accounts: Callable[[], Accounts], changed: Callable[[], None]) -> None:
        """`accounts` is called when they are first needed: what is behind them may load slowly.

        `changed` is called whenever there may be another account than before, or one fewer.
        """
        self._accounts, self._changed = cache(accounts), changed
        self._lock = threading.Lock()
        self._sign_in: SignIn | None = None
        self._attempt = Attempt()

    @property
    def accounts(self) -> Accounts:
        """The accounts at the mail provider."""
        return self._accounts()

    def settle(self) -> None:
        """See Accounts.settle."""
        self.accounts.settle()

    @property
    def attempt(self) -> Attempt:
        """How the last sign-in stands."""
        return self._attempt

    def begin(self, more: str = "", hint: str = "") -> str:
        """The address of the consent page; an earlier sign-in that still waits is called off."""
        self.accounts.settle()
        fresh = self.accounts.begin(more, hint)
        with self._lock:
            if self._sign_in is not None:
                self._sign_in.cancel()
            self._sign_in, self._attempt = fresh, Attempt(Step.WAITING, url=fresh.url)
        threading.Thread(target=self._finish, args=(fresh,), name="sign-in", daemon=True).start()
        return fresh.url

    def cancel(self) -> None:
        """Call off the sign-in that waits, if one does."""
        with self._lock:
            if self._sign_in is not None:
                self._sign_in.cancel()
            self._sign_in, self._attempt = None, Attempt()

    def disconnect(self, address: str) -> bool:
        """See Accounts.disconnect."""
        try:
            return self.accounts.disconnect(address)
        finally:
            with self._lock:
                if self._sign_in is None:
                    self._attempt = Attempt()
            self._changed()

    def _finish(self, sign_in: SignIn) -> None:
        ended = Attempt(Step.FAILED, error=MailboxError(_("The sign-in broke off."), _("Please try once more.")))
        try:
            ended = Attempt(Step.DONE, address=sign_in.finish())
        except ClassActError as error:
            ended = Attempt(Step.FAILED, error=error)
        finally:  # whatever ended it, nobody waits for it any longer
            with self._lock:
                if self._sign_in is sign_in:
                    self._sign_in, self._attempt = None, ended
            self._changed()  # also after a failure: what was granted is kept


def standings(desk: Desk) -> tuple[Standing, ...]:
    """How every connected account stands by its last scan; before the first account, that there is none."""
    addresses: Iterable[str] = desk.accounts()
    errors = {scan.mailbox: scan.error for scan in desk.scans()}
    return tuple(standing(errors.get(address), address) for address in addresses) or (not_connected(),)
