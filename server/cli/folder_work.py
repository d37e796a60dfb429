"""Restore and wipe: work on the data folder as a whole, which nobody else may have open meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from server.cli.connecting import GRANTS_PAGE
from server.config import Config
from server.console import Console
from server.domain.belongings import Group
from server.domain.connection import KeyringClosed
from server.errors import HomeTaken, Refused
from server.home import Home
from server.services import restore as restoring
from server.services import wiping
from server.services.archive import Archive
from server.services.named_files import unreadable
from server.texts import _, ngettext
from server.wiring import Mailboxes, build_mailboxes, google
from server.wiring_keeping import known_accounts, known_pairings, record_rows

_PATIENCE = 10.0  # seconds to wait for another short command that holds the folder
_PARTLY = 4


def restore(config: Config, source: Path, console: Console) -> int:
    """Put the backup in the place of the data; see services/restore.py.

    Raises Refused while the server runs, UsageError when the file cannot be read, FileWrong when it is no whole backup.
    """
    try:
        with source.open("rb"):
            pass
    except OSError as error:
        raise unreadable(source, error) from error
    mailboxes, clock = build_mailboxes(config)
    with _owned(config, "restore"), Archive.opened(source) as archive:
        kept = restoring.restore(
            archive,
            config.home,
            record_rows(),
            clock.now(),
            keep=lambda: known_pairings(config.home),
        )
    console.err(_("Restored: the data of %(made)s is here again.") % {"made": archive.made[:16].replace("T", " ")})
    if kept:
        console.err(
            _("What was here before is kept in %(folder)s until you restore again or wipe.")
            % {"folder": config.home / kept}
        )
    without = sorted(set(known_accounts(config.home)) - set(mailboxes.accounts()))
    if without:
        console.err(
            _("A backup holds no sign-ins: to look for new mail for %(accounts)s again, run `classact connect`.")
            % {"accounts": ", ".join(without)}
        )
    return 0


def wipe(config: Config, console: Console, is_meant: Callable[[], bool]) -> int:
    """Say what would go, ask, then revoke, then delete; 1 when it was not meant, 4 when something had to stay.

    Raises Refused while the server runs, HomeNotWritable.
    """
    if not wiping.inventory(config.home):
        console.err(_("There is nothing of Class Act in %(home)s.") % {"home": config.home})
        return 0
    with _owned(config, "wipe"):
        mailboxes, _clock = build_mailboxes(config)
        for line in _said(config.home, mailboxes.accounts()):
            console.err(line)
        if not is_meant():
            console.err(_("Nothing was deleted."))
            return 1
        revoked, staying = _revoke(config, mailboxes, console)
        wiping.wipe(config.home, staying)
    wiping.let_go(config.home)
    console.err(_("Deleted. If you installed the extension, remove it in your browser's list of extensions."))
    return 0 if revoked else _PARTLY


def _revoke(config: Config, mailboxes: Mailboxes, console: Console) -> tuple[bool, Callable[[str], bool]]:
    """Take every sign-in back; whether all went well, and which files must stay for a second try."""
    well, stuck = True, set[str]()
    for address in mailboxes.accounts():
        try:
            revoked = google(config).disconnect(address)
        except KeyringClosed as error:
            well = False
            stuck.add(address)
            console.err(_("The sign-in of %(address)s stays: %(why)s") % {"address": address, "why": error})
            console.err(f"  {error.hint}")
            continue
        if not revoked:
            well = False
            console.err(
                _("Google could not be reached, so its side still stands for %(address)s: remove Class Act at %(url)s.")
                % {"address": address, "url": GRANTS_PAGE}
            )
    return well, lambda name: bool(stuck) and name.startswith(("tokens/", "token-store.json"))


def _said(home: Path, accounts: list[str]) -> Iterator[str]:
    """What a wipe deletes and what it leaves, in sentences."""
    words = {
        Group.LOG: _("your log: verdicts, corrections, applications, letters, reminders, the journal"),
        Group.LETTERS: _("the letters in the Outbox folder"),
        Group.WORDING: _("your own wording of letters"),
        Group.MODEL: _("the model that learned from your corrections"),
        Group.SIGN_IN: _("your sign-ins at Google, and the client file"),
        Group.INDEX: _("the index of your .mbox files, not the files themselves"),
        Group.COPIES: _("the data that was here before you restored a backup"),
        Group.RUN: _("the program's own notes: lock and log file"),
    }
    found = wiping.inventory(home)
    yield _("This goes, for good (in %(home)s):") % {"home": home}
    for group, what in words.items():
        if found[group]:
            files = ngettext("%(count)d file", "%(count)d files", found[group]) % {"count": found[group]}
            yield f"  - {what} ({files})"
    for address in accounts:
        yield _("  - at Google: the permission that %(address)s gave Class Act") % {"address": address}
    yield _("This stays:")
    yield _("  - in Gmail: your mail, drafts and labels, as they are")
    yield _("  - backups and exports that you made, and every file that is not Class Act's")
    yield _("Only a backup brings back what goes: `classact backup FILE` makes one.")


@contextmanager
def _owned(config: Config, command: str) -> Iterator[None]:
    """The data folder held by this process alone. Raises Refused while the server runs, HomeTaken."""
    home = Home(config.home)
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            home.take()
            break
        except HomeTaken:
            if home.server() is not None:
                raise Refused(
                    _("Class Act is running, and works with this data."),
                    _("Stop it (Ctrl+C in its window), then run `classact %(command)s` again.") % {"command": command},
                ) from None
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    try:
        yield
    finally:
        home.release()
