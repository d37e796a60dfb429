"""Labels and archiving as a command: what it does at the desk, and what it prints."""

from __future__ import annotations

import json
from collections.abc import Iterator

from server.console import Console
from server.errors import NotConnected
from server.services.desk import Desk
from server.services.labels import Done, Labels, Standing
from server.texts import _, ngettext
from server.web.labelling import answer


def labels(
    desk: Desk,
    console: Console,
    *,
    action: str = "",
    what: str = "both",
    account: str = "",
    as_json: bool = False,
) -> int:
    """How labels stand, or what was changed. Raises NotConnected, PermissionMissing and other MailboxError kinds."""
    accounts = [account.lower()] if account else desk.accounts()
    if desk.labels is None or not accounts or not set(accounts) <= set(desk.accounts()):
        raise NotConnected
    done = [_carried_out(desk.labels, each, action, what) for each in accounts]
    standings = [desk.labels.standing(each) for each in accounts]
    if as_json:
        console.out(json.dumps([answer(one) for one in standings], ensure_ascii=False))
        return 0
    for line in _changed(done):
        console.out(line)
    for standing in standings:
        console.out(_line(standing))
    return 0


def _carried_out(labels: Labels, account: str, action: str, what: str) -> Done:
    label, archive = what in ("label", "both"), what in ("archive", "both")
    if action == "undo":
        return labels.undo(account, labels=label, archive=archive)
    if not action:
        return Done()
    switch = action == "on"
    labels.choose(account, label=switch if label else None, archive=switch if archive else None)
    return labels.work(account) if switch else Done()


def _changed(done: list[Done]) -> Iterator[str]:
    counts = {name: sum(getattr(one, name) for one in done) for name in Done.__slots__}
    said = {
        "labelled": ngettext("%(count)d mail labelled.", "%(count)d mails labelled.", counts["labelled"]),
        "archived": ngettext("%(count)d mail archived.", "%(count)d mails archived.", counts["archived"]),
        "unlabelled": ngettext("Label off %(count)d mail.", "Label off %(count)d mails.", counts["unlabelled"]),
        "restored": ngettext(
            "%(count)d mail back in the inbox.", "%(count)d mails back in the inbox.", counts["restored"]
        ),
    }
    yield from (words % {"count": counts[name]} for name, words in said.items() if counts[name])


def _line(standing: Standing) -> str:
    switches = {
        (True, True): _("labels on, archiving on"),
        (True, False): _("labels on, archiving off"),
        (False, True): _("labels off, archiving on"),
        (False, False): _("labels off, archiving off"),
    }[standing.label, standing.archive]
    words = _("%(account)s: %(switches)s; %(labelled)d labelled, %(archived)d archived.") % {
        "account": standing.mailbox,
        "switches": switches,
        "labelled": standing.labelled,
        "archived": standing.archived,
    }
    if not standing.may:
        words += " " + _("Google has not been asked for it: `classact connect --with labels`.")
    if standing.problem:
        words += f" {standing.problem} {standing.problem.hint}"
    return words
