"""Connecting and disconnecting a Google account, as the command line does it."""

from __future__ import annotations

from pathlib import Path

from server.config import Config
from server.console import Console
from server.domain.connection import Link
from server.errors import NotConnected
from server.texts import _
from server.wiring import Mailboxes, google

GRANTS_PAGE = "https://myaccount.google.com/connections"
_PARTLY = 4


def connect(config: Config, mailboxes: Mailboxes, console: Console, *, more: str, browse: bool, client: str) -> int:
    """Ask for consent in the browser and keep the account; 0 when it is connected.

    With `browse` off the consent URL stands alone on one line of stdout, and the command waits for the answer.
    `client`: a client file to take into the data folder first, "" for none.
    Raises UsageError without a client file, PermissionMissing kinds, and what the sign-in raises.
    """
    accounts = google(config)
    if client:
        accounts.keep_client_file(Path(client))
        console.err(_("The client file is in the data folder now; you can delete the one you downloaded."))
        if accounts.is_named:
            console.err(_("CLASSACT_CLIENT_SECRET names another one, which is used instead. Unset it to use this one."))
    accounts.settle()
    console.err(_("Your sign-in will be kept in %(place)s.") % {"place": accounts.place()})
    sign_in = accounts.begin(more)
    if browse:
        console.err(_("Your browser opens Google's page. Come back here when you have agreed."))
        console.browse(sign_in.url)
        console.err(_("If no page opens, copy this address: %(url)s") % {"url": sign_in.url})
    else:
        console.out(sign_in.url)
    try:
        address = sign_in.finish()
    finally:
        mailboxes.forget_all()  # also when less was granted than asked: what was granted is kept
    console.err(_("Connected: %(address)s.") % {"address": address})
    console.err(_("The sign-in is kept in %(place)s.") % {"place": accounts.place(address)})
    _warn_of_the_end(accounts.links(), address, console)
    return 0


def disconnect(config: Config, mailboxes: Mailboxes, console: Console, *, address: str) -> int:
    """Revoke the consent at Google and delete the tokens; the log is kept.

    4 when Google could not be reached: then they are deleted here all the same. Raises NotConnected, KeyringClosed.
    """
    accounts, code = google(config), 0
    known = [link.address for link in accounts.links()]
    addresses = [address.lower()] if address else known
    if not addresses or not set(addresses) <= set(known):
        raise NotConnected
    for each in addresses:
        try:
            revoked = accounts.disconnect(each)
        finally:
            mailboxes.forget_all()
        console.err(_("Disconnected: %(address)s. Your log is kept.") % {"address": each})
        if not revoked:
            code = _PARTLY
            console.err(
                _("Google could not be reached, so its side still stands: remove Class Act at %(url)s.")
                % {"url": GRANTS_PAGE}
            )
    return code


def _warn_of_the_end(links: list[Link], address: str, console: Console) -> None:
    for link in links:
        if link.address == address.lower() and link.until is not None:
            console.err(
                _("Google will end this sign-in on %(day)s: your project is still in “Testing”. Publish it "
                  "(Google Auth platform, Audience, Publish app), then run `classact connect` once more.")
                % {"day": f"{link.until:%Y-%m-%d}"}
            )  # fmt: skip
