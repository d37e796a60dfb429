"""Gmail as a Mailbox: reads by raw bytes, drafts in their thread, and a send that is never repeated."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from server.domain.candidates import searches
from server.domain.compose import LETTER_ID_HEADER, letter_bytes
from server.domain.model import Draft, Letter, RawMessage
from server.errors import (
    CursorExpired,
    NotFound,
    Offline,
    SendInDoubt,
)
from server.mailboxes import gmail_history
from server.mailboxes.gmail_answers import (
    bytes_of,
    id_of,
    letter_id_of,
    raise_for_whole,
    raw_message,
    revision,
)
from server.mailboxes.gmail_history import search_since
from server.mailboxes.gmail_http import TIMEOUT, Line
from server.mailboxes.gmail_labels import GmailLabels
from server.mailboxes.gmail_patience import Patience
from server.mailboxes.gmail_probe import GmailProbe
from server.mailboxes.gmail_quota import SCANS, UNITS, WINDOW, Quota
from server.mailboxes.gmail_search import search
from server.mailboxes.gmail_tokens import Account, AccountCredentials, Endpoints, TokenStore
from server.ports import Page, Unfetched
from server.texts import _

BATCH: Final = 20  # messages a batch: at 300 gets a minute larger ones gain nothing (quota of 2026-05-01)
PAGE: Final = 500  # ids a page, Gmail's most
_MESSAGE_FIELDS: Final = "id,threadId,labelIds,internalDate,historyId,raw"


class GmailMailbox:
    """One connected account. Safe for threads; `close` when done."""

    def __init__(
        self,
        account: Account,
        tokens: TokenStore,
        endpoints: Endpoints,
        *,
        timeout: float = TIMEOUT,
        patience: Patience | None = None,
        quota: Quota | None = None,
        senders: Sequence[str] = (),
    ) -> None:
        """`tokens` is where renewed tokens are saved; `timeout` in seconds for one answer.

        `quota` None: one of its own for Google, and no limit for a stand-in on this machine. `senders`: domains of
        applicant-tracking systems, for the search of the first scan.
        """
        patience = patience or Patience(account.address)
        quota = quota or (None if endpoints.loopback else Quota(sleep=patience.wait))
        self._address, self._senders = account.address, senders
        credentials = AccountCredentials(account, endpoints, tokens.renew, timeout)
        self._line = Line(credentials, endpoints, account.address, timeout=timeout, patience=patience, quota=quota)

    @property
    def name(self) -> str:
        """The account's address."""
        return self._address

    @property
    def address(self) -> str:
        """The account's address."""
        return self._address

    def close(self) -> None:
        """Close all connections."""
        self._line.close()

    def tidier(self) -> GmailLabels:
        """Labels and the inbox of this account."""
        return GmailLabels(self._line)

    def probe(self) -> GmailProbe:
        """What the self-test asks this account through."""
        return GmailProbe(self._line)

    def interrupt(self) -> None:
        """As ports.Mailbox."""
        self._line.interrupt()

    def changes(self, cursor: str | None) -> Iterator[Page]:
        """As ports.Mailbox: without a cursor all messages but drafts, chats, spam and trash, newest first."""
        return self._listed() if cursor is None else self._since(cursor)

    def relist(self, since: datetime) -> Iterator[Page]:
        """As ports.Mailbox: by when Gmail received a message, whatever its Date field says.

        Older mail may have come out of spam or trash meanwhile: that of some weeks before is searched for, as at first.
        """
        cursor: str | None = None
        for page in self._listed(search_since(since)):
            cursor = page.cursor
            yield replace(page, cursor=None)
        for page in self.search(since - gmail_history.KEPT_ASIDE, everything=False):
            yield replace(page, cursor=None)
        yield Page((), cursor)

    @property
    def per_minute(self) -> float:
        """As ports.Searching: what the quota allows."""
        return SCANS / UNITS["gmail.users.messages.get"] * 60 / WINDOW

    def search(self, since: datetime | None, *, everything: bool) -> Iterator[Page]:
        """As ports.Searching."""
        return search(self._line, searches(self._senders, since), PAGE, everything=everything)

    def fetch(self, message_ids: Sequence[str]) -> Iterator[RawMessage | Unfetched]:
        """As ports.Mailbox, up to 20 messages a request. One message alone is a click: it does not wait for scans."""
        return self._fetched(message_ids, scan=len(message_ids) > 1)

    def _fetched(self, message_ids: Sequence[str], *, scan: bool) -> Iterator[RawMessage | Unfetched]:
        for start in range(0, len(message_ids), BATCH):
            chunk = message_ids[start : start + BATCH]
            answers = self._line.batch({id_: _getter(id_) for id_ in dict.fromkeys(chunk)}, scan=scan)
            raise_for_whole(answers)
            for id_ in chunk:
                yield raw_message(id_, answers[id_])

    def fetch_thread(self, thread_id: str) -> tuple[RawMessage, ...]:
        """As ports.Mailbox. threads.get knows no raw form, so the ids come first and then each message."""
        found = self._thread(thread_id, format="minimal", fields="messages(id,internalDate)")
        found.sort(key=lambda message: int(message.get("internalDate", 0)))
        fetched = list(self._fetched([message["id"] for message in found], scan=False))  # only clicks ask for it
        for one in fetched:
            if isinstance(one, Unfetched) and not one.gone:
                raise Offline(one.why)
        return tuple(one for one in fetched if isinstance(one, RawMessage))

    def put_draft(self, letter: Letter, draft_id: str = "") -> Draft:
        """As ports.Mailbox; Refused when the letter holds what no header may hold."""
        message = {"raw": base64.urlsafe_b64encode(letter_bytes(letter)).decode()}
        if letter.thread_id:
            message["threadId"] = letter.thread_id
        body = {"message": message}

        def request(users: Any) -> Any:
            if draft_id:
                return users.drafts().update(userId="me", id=draft_id, body=body, fields="id")
            return users.drafts().create(userId="me", body=body, fields="id")

        try:
            saved = self.draft(id_of(self._line.write(request)))
        except SendInDoubt as error:  # nothing was sent here: at worst a spare draft lies in the mailbox
            raise Offline(_("the answer was lost; the draft may have been saved")) from error
        if saved is None:
            raise NotFound(_("The draft was deleted in Gmail at the same moment."), _("Try again."))
        return saved

    def draft(self, draft_id: str) -> Draft | None:
        """As ports.Mailbox. A draft id that still answers after the send counts as gone."""
        fields = "id,message(id,threadId,labelIds,raw)"
        try:
            found = self._line.read(
                lambda users: users.drafts().get(userId="me", id=draft_id, format="raw", fields=fields)
            )
        except NotFound:
            return None
        message = found.get("message", {})
        # Seen by others in 2026: drafts.get answered with the sent message (inbox-zero PR 1480).
        if "DRAFT" not in message.get("labelIds", []):
            return None
        content = bytes_of(message.get("raw", ""))
        return Draft(found["id"], revision(message["id"], content), message["threadId"], message["id"])

    def find_draft(self, letter_id: str, thread_id: str) -> Draft | None:
        """As ports.Mailbox: in the thread first, then among all drafts, for a changed subject changes the thread."""
        drafts = {entry["message"]["id"]: entry["id"] for entry in self._drafts()}
        in_thread = self._thread(
            thread_id,
            format="metadata",
            metadataHeaders=[LETTER_ID_HEADER],
            fields="messages(id,labelIds,payload/headers)",
        )
        for message in in_thread:
            if message["id"] in drafts and letter_id_of(message) == letter_id:
                return self.draft(drafts[message["id"]])
        seen = {message["id"] for message in in_thread}
        return self._find_among({id_: draft for id_, draft in drafts.items() if id_ not in seen}, letter_id)

    def send_draft(self, draft_id: str) -> str:
        """As ports.Mailbox: one drafts.send. 404 is in doubt: somebody has sent or deleted it already."""
        try:
            answer = self._line.write(
                lambda users: users.drafts().send(userId="me", body={"id": draft_id}, fields="id,threadId,labelIds")
            )
        except NotFound as error:
            raise SendInDoubt(_("the draft is gone")) from error
        return id_of(answer)

    def _listed(self, only: str = "") -> Iterator[Page]:
        # The cursor is taken before the list: what arrives meanwhile is seen again, and nothing is missed.
        profile = self._line.read(lambda users: users.getProfile(userId="me", fields="historyId,messagesTotal"))

        def request(page: str | None, users: Any) -> Any:
            fields = "nextPageToken,messages/id"
            return users.messages().list(
                userId="me", q=f"-in:drafts -in:chats {only}".rstrip(), maxResults=PAGE, pageToken=page, fields=fields
            )

        for answer in self._pages(request):
            ids = tuple(message["id"] for message in answer.get("messages", ()))
            cursor = None if answer.get("nextPageToken") else str(profile["historyId"])
            yield Page(ids, cursor, profile.get("messagesTotal"))

    def _since(self, cursor: str) -> Iterator[Page]:
        def request(page: str | None, users: Any) -> Any:
            return users.history().list(
                userId="me",
                startHistoryId=cursor,
                historyTypes=list(gmail_history.KINDS),
                maxResults=PAGE,
                pageToken=page,
                fields=gmail_history.FIELDS,
            )

        try:
            yield gmail_history.page_after(self._pages(request))
        except NotFound as error:  # an id is good for about a week, sometimes for hours
            raise CursorExpired from error

    def _pages(self, request: Callable[[str | None, Any], Any]) -> Iterator[dict[str, Any]]:
        """Every page of a list; `request` takes the page's token and the users() resource."""
        return gmail_history.walk(lambda token: self._line.read(partial(request, token), scan=True))

    def _thread(self, thread_id: str, **how: Any) -> list[dict[str, Any]]:
        """The messages of a thread in the form asked for; none when there is no such thread."""
        if not thread_id:
            return []
        try:
            answer = self._line.read(lambda users: users.threads().get(userId="me", id=thread_id, **how))
        except NotFound:
            return []
        return list(answer.get("messages", ()))

    def _drafts(self) -> Iterator[dict[str, Any]]:
        """All drafts, newest first, with the ids of their messages."""

        def request(page: str | None, users: Any) -> Any:
            fields = "nextPageToken,drafts(id,message/id)"
            return users.drafts().list(userId="me", maxResults=PAGE, pageToken=page, fields=fields)

        for answer in self._pages(request):
            yield from answer.get("drafts", ())

    def _find_among(self, drafts: dict[str, str], letter_id: str) -> Draft | None:
        ids = list(drafts)
        for start in range(0, len(ids), BATCH):
            chunk = ids[start : start + BATCH]
            answers = self._line.batch({id_: _getter(id_, metadata=True) for id_ in chunk}, scan=False)
            raise_for_whole(answers)
            for id_ in chunk:
                if isinstance(answers[id_], dict) and letter_id_of(answers[id_]) == letter_id:
                    return self.draft(drafts[id_])
        return None


def _getter(message_id: str, *, metadata: bool = False) -> Callable[[Any], Any]:
    """The request for one message: its raw bytes, or our own header alone."""
    if metadata:
        how = {"format": "metadata", "metadataHeaders": [LETTER_ID_HEADER], "fields": "id,payload/headers"}
    else:
        how = {"format": "raw", "fields": _MESSAGE_FIELDS}
    return lambda users: users.messages().get(userId="me", id=message_id, **how)
