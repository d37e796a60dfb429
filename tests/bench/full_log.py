"""The data folder of a seeker who has been at it for long: 300 applications, five mails each, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nlp.verdict import Band, Label, Reason
from server.domain.candidates import DAYS, Coverage
from server.domain.judging import rejection
from server.domain.model import Contact, Correction, Cursor, Judged, OutboxState
from server.mailboxes.gmail_tokens import DRAFTS, Account, TokenStore
from server.stores.tiny import TinyStore
from tests.builders import a_judged, an_outbox_item

APPLICATIONS, MAILS = 300, 5
_FIRST = "Alder Birch Cedar Dune Ember Fjord Grove Heath Inlet Jasper Kestrel Linden Marsh Nettle Orchard".split()
_SECOND = "Works Mill Row Labs Foods Press Rail Health Robotics Energy Paper Tools Marine Homes Glass Seeds".split()
_ROLES = ("Gardener", "Data Analyst", "Nurse", "Product Designer", "Office Manager", "Backend Engineer", "Cook")
_WALK = (Label.APPLICATION_RECEIVED, Label.ASSESSMENT, Label.INTERVIEW, Label.OTHER_JOB)
_NEWEST = timedelta(hours=1)


def fill(
    home: Path, address: str, given: Mapping[str, Any], cursor: str, applications: int = APPLICATIONS
) -> list[str]:
    """Write that folder, with a connected account of these tokens that is followed from `cursor`; the mails' ids."""
    names = ("client_id", "client_secret", "refresh_token", "token")
    home.mkdir(mode=0o700)
    TokenStore(home / "tokens").save(Account(address=address, scopes=DRAFTS, **{name: given[name] for name in names}))
    now, store = datetime.now(UTC), TinyStore(home)
    rows = [row for number in range(applications) for row in _walk(number, address, now)]
    logged = [rejection(row, row.judged) for row in rows if row.band == Band.AUTO]
    said = [Correction(address, row.message_id, now, is_rejection=True, company=None, role=None) for row in logged[:20]]
    sent = [
        an_outbox_item(
            id=f"item-{n}",
            mailbox=address,
            message_id=row.message_id,
            thread_id=row.thread_id,
            state=OutboxState.SENT,
            changed=row.received + timedelta(days=1),
            draft_id=f"r-{n}",
        )
        for n, row in enumerate(logged[20:60])
    ]
    since = now - timedelta(days=DAYS)
    followed = (Cursor(address, cursor, now), Coverage(address, since, False, now, len(rows), 0))
    store.put(*rows, *logged, *said, *sent, *followed)
    store.close()
    return [row.message_id for row in rows]


def _walk(number: int, address: str, now: datetime) -> list[Judged]:
    """The mails of one application, from the receipt to a no or to silence; one in eight waits for a yes or no."""
    company = f"{_FIRST[number % len(_FIRST)]} {_SECOND[number // len(_FIRST) % len(_SECOND)]}"
    domain = f"{company.lower().replace(' ', '-')}-{number}.example"
    began, role = now - _NEWEST - timedelta(hours=24 * (1 + number) + 60), _ROLES[number % len(_ROLES)]
    rows = []
    for step in range(MAILS):
        last = step == MAILS - 1
        is_no, asks = last and number % 3 != 0, last and number % 8 == 0
        when = began + timedelta(hours=12 * step)
        quiet: dict[str, Any] = {"label": _WALK[step % len(_WALK)], "score": 0.01, "band": Band.NO}
        quiet |= {"evidence": (), "reason": None}
        kind: dict[str, Any] = {"reason": Reason.PASSED} if is_no else quiet
        if asks:
            kind |= {"band": Band.REVIEW, "score": 0.5}
        rows.append(
            a_judged(
                mailbox=address,
                message_id=f"18{number:06x}{step:08x}",
                thread_id=f"18{number:06x}{0:08x}",
                received=when,
                judged=when + timedelta(minutes=1),
                company=company,
                role=role,
                sender=Contact(f"Ada Lee of {company}", f"ada.lee@{domain}"),
                subject=f"Your application as {role}",
                **kind,
            )
        )
    return rows
