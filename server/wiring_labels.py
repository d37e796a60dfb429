"""The parts that only Gmail has, put together: labels, archiving, and the self-test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.config import Config
from server.errors import NotConnected, UsageError
from server.ports import Clock, Store
from server.services.labels import Labels, Tidier
from server.services.selftest import Probe
from server.texts import _

if TYPE_CHECKING:
    from server.wiring import Mailboxes


def build_labels(config: Config, mailboxes: Mailboxes, store: Store, clock: Clock) -> Labels:
    """Labels and archiving over the connected accounts."""

    def tidier(name: str) -> Tidier:
        from server.mailboxes.gmail import GmailMailbox  # noqa: PLC0415 - Google's packages load slowly

        mailbox = mailboxes.open(name)
        if isinstance(mailbox, GmailMailbox):
            return mailbox.tidier()
        raise UsageError(_("Only mail in Gmail can be labelled."), _("Connect your account first."))

    def may(name: str) -> bool:
        from server.mailboxes.gmail_tokens import LABELS  # noqa: PLC0415
        from server.wiring import token_store  # noqa: PLC0415 - it builds the desk with these labels

        return set(LABELS) <= set(token_store(config).granted(name)[0])

    return Labels(store, clock, tidier, may)


def open_probe(mailboxes: Mailboxes, name: str) -> Probe:
    """What the self-test asks an account through."""
    from server.mailboxes.gmail import GmailMailbox  # noqa: PLC0415 - Google's packages load slowly

    mailbox = mailboxes.open(name)
    if isinstance(mailbox, GmailMailbox):
        return mailbox.probe()
    raise NotConnected
