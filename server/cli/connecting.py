"""Connecting and disconnecting a Google account, as the command line does it."""

from __future__ import annotations

from pathlib import Path

from server.config import Config
from server.console import Console
from server.errors import NotConnected, ReconnectNeeded, UsageError
from server.mailboxes import gmail_oauth
from server.mailboxes.gmail_tokens import DRAFTS, LABELS, READ, TokenStore
from server.texts import _
from server.wiring import Mailboxes, endpoints

SCOPES = {"": READ, "drafts": DRAFTS, "labels": LABELS}


def connect(config: Config, mailboxes: Mailboxes, console: Console, *, more: str, browse: bool) -> int:
    """Ask for consent in the browser and keep the account; 0 when it is connected.

    With `browse` off the consent URL stands alone on one line of stdout, and the command waits for the answer.
    Raises UsageError without a client file, PermissionMissing when a box was unticked, and what the sign-in raises.
    """
    client = gmail_oauth.Client.load(_client_file(config))
    consent = gmail_oauth.begin(client, SCOPES[more], TokenStore(config.home / "tokens"), endpoints(config))
    if browse:
        console.err(_("Your browser opens Google's page. Come back here when you have agreed."))
        console.browse(consent.url)
        console.err(_("If no page opens, copy this address: %(url)s") % {"url": consent.url})
    else:
        console.out(consent.url)
    try:
        account = consent.finish()
    finally:
        mailboxes.forget_all()  # also when less was granted than asked: what was granted is kept
    console.err(_("Connected: %(address)s.") % {"address": account.address})
    console.err(_("The sign-in is kept in %(folder)s, readable by you alone.") % {"folder": config.home / "tokens"})
    return 0


def disconnect(config: Config, mailboxes: Mailboxes, console: Console, *, address: str) -> int:
    """Revoke the consent at Google and delete the tokens; the log is kept. Raises NotConnected, Offline."""
    tokens = TokenStore(config.home / "tokens")
    known = list(tokens.accounts())
    addresses = [address] if address else known
    if not addresses or not set(addresses) <= set(known):
        raise NotConnected
    for each in addresses:
        try:
            account = tokens.load(each)
        except ReconnectNeeded:  # a damaged file holds nothing that could be revoked
            account = None
        if account is not None:
            gmail_oauth.revoke(account, endpoints(config))
        tokens.delete(each)
        mailboxes.forget_all()
        console.err(_("Disconnected: %(address)s. Your log is kept.") % {"address": each})
    return 0


def _client_file(config: Config) -> Path:
    if config.client_secret is not None:
        return config.client_secret
    kept = config.home / "client_secret.json"
    if kept.is_file():
        return kept
    raise UsageError(
        _("Google needs to know the program: there is no OAuth client file yet."),
        _("Make a Desktop client in the Google Cloud console and set CLASSACT_CLIENT_SECRET to its JSON file; "
          "docs/connect.md shows each step."),
    )  # fmt: skip
