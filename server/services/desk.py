"""What the web and the command line both ask for, by message id, over all mailboxes of the seeker."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo

from server.domain.guarding import Finding, check
from server.domain.letters import Case, Wish
from server.domain.model import Cursor, Judged, Kind, OutboxItem, ScanReport, Suggestion, Tone, record_key
from server.domain.wording import Wording
from server.errors import MailboxError, UnknownMessage, UsageError
from server.ports import Classifier, Clock, Mailbox, Store, ToneReader
from server.services import again, catching_up, drafts, joining, replies, sending
from server.services import correct as corrections
from server.services import log as logs
from server.services import suggest as suggestions
from server.services.applications import Applications
from server.services.chosen import Chosen
from server.services.correspondence import Correspondence
from server.services.labels import Labels
from server.services.outbox import OpenMailbox, Outbox
from server.services.own_lines import own_line
from server.services.reminders import Reminders
from server.services.scan import Progress, Scanner
from server.services.scanning import Scanning, ScanState
from server.texts import _

logger = logging.getLogger(__name__)

SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class View:
    """A message as the card shows it."""

    row: Judged
    state: str
    letters: list[OutboxItem]


class Desk:
    """All services over one store. Safe for threads: every part is, and one scan runs at a time per mailbox."""

    def __init__(
        self,
        store: Store,
        classifier: Classifier,
        clock: Clock,
        *,
        open_mailbox: OpenMailbox,
        accounts: Callable[[], list[str]],
        wordings: Mapping[str, Wording],
        undo_seconds: float,
        demo: bool = False,
        zone: Callable[[], tzinfo] = lambda: UTC,
        tone: ToneReader | None = None,
    ) -> None:
        self.store, self.classifier, self.clock = store, classifier, clock
        self.open_mailbox, self.accounts, self.wordings = open_mailbox, accounts, wordings
        self.outbox = Outbox(store, clock, open_mailbox, undo_seconds)
        self.applications = Applications(store, clock, lambda: self.visible, self._own_mailboxes)
        self.mails = Correspondence(store)
        self.joining = joining.Joining(store, clock)
        self._failed = Chosen(store, Judged, catching_up.is_failed)
        self.reminders = Reminders(store, clock, zone, lambda: self.visible, self.mails)
        self.tidy: Callable[[str], object] = lambda _mailbox: None  # called when a mailbox's log may have changed
        self.labels: Labels | None = None
        self.forced_demo = demo
        self.scanning = Scanning(self._scanner, self._follow_up)
        self.tone = tone
        self._writing = threading.Lock()  # two tabs that save one letter would leave two drafts
        self.clicking = threading.Lock()  # a second click waits for the first one's letter, and answers it

    @property
    def is_demo(self) -> bool:
        """Whether the sample mailbox stands in for an account."""
        return self.forced_demo or not self.accounts()

    @property
    def visible(self) -> logs.Visible:
        """The sample's records and those of connected accounts are never shown together."""
        if self.is_demo:
            return lambda mailbox: "@" not in mailbox.partition(":")[0]
        return lambda mailbox: mailbox != SAMPLE

    def mailboxes(self) -> list[str]:
        """The mailboxes that are looked at without being named."""
        return [SAMPLE] if self.is_demo else self.accounts()

    # -- scanning

    def scan(
        self, mailbox: str, progress: Progress | None = None, stopped: Callable[[], bool] | None = None
    ) -> ScanReport:
        """One pass over a mailbox. A second caller waits for the first and then finds little left to do."""

        def told(report: ScanReport, total: int | None) -> None:
            self.applications.keep_up()
            if progress:
                progress(report, total)

        return self.scanning.scan(mailbox, told, stopped or _never)

    def scans(self) -> list[ScanState]:
        """How the scans stand: those under way, and the last one of each mailbox that is looked at anyway."""
        lasting = set(self.mailboxes())
        return [scan for scan in list(self.scanning.states.values()) if scan.running or scan.mailbox in lasting]

    def _follow_up(self, mailbox: str, has_news: bool) -> None:
        """Read what came back to letters of the seeker's; reminders follow. What fails is read after the next scan."""
        if has_news:
            again.settle(self.store, mailbox)
        try:
            replies.recognise(self.open_mailbox(mailbox), self.store, self.clock, self.mails)
        except MailboxError as error:
            logger.info("replies were not read: %s", error.code)
        self.joining.join(self.accounts())
        self.reminders.refresh()
        self.tidy(mailbox)

    # -- one message

    def view(self, message_id: str, sender: str = "") -> View:
        """The message as the card shows it, judged now if need be.

        Raises UnknownMessage when no mailbox holds the id, or the sender seen on the page is not the message's.
        """
        row = self._row(message_id)
        if sender and row.sender.address and sender.strip().lower() != row.sender.address:
            raise UnknownMessage(message_id)
        state = logs.state_of(self.store, row)
        return View(row, state, self.outbox.of_message(row.mailbox, row.message_id))

    def suggest(
        self,
        message_id: str,
        kind: Kind,
        *,
        tone: Tone = Tone.WARM,
        language: str = "",
        to: str = "",
        specific: str | None = None,
    ) -> Suggestion:
        """The letter of that kind for that message, with the seeker's own line: the one said now, else the one kept.

        Raises UsageError for a language that no letter is written in.
        """
        if language and language not in self.wordings:
            raise UsageError(
                _("No letters are written in “%(language)s”.") % {"language": language},
                _("Choose one of: %(known)s.") % {"known": ", ".join(sorted(self.wordings))},
            )
        row = replies.to_thank_for(self.store, self._row(message_id), kind)
        mailbox = self.open_mailbox(row.mailbox)
        line = own_line(self.store, self.clock, self.applications, row, specific)
        wish = Wish(tone, language, to, line)
        now, board = self.clock.now(), self.applications.board()
        return suggestions.suggest(row, mailbox, self.store, self.wordings, kind=kind, wish=wish, now=now, board=board)

    def draft(self, message_id: str, kind: Kind, to: str, subject: str, body: str) -> OutboxItem:
        """Save the edited letter as a draft in its thread. One letter is saved or sent at a time."""
        return self.checked_draft(message_id, kind, to, subject, body)[0]

    def checked_draft(
        self, message_id: str, kind: Kind, to: str, subject: str, body: str
    ) -> tuple[OutboxItem, list[Finding]]:
        """The draft as `draft` saves it, and what the seeker may want to look at again before it goes."""
        case, mailbox = self._case(message_id, kind)
        with self._writing:
            item = drafts.save_draft(
                case, mailbox, self.store, self.clock, kind=kind, to=to, subject=subject, body=body
            )
        facts = suggestions.guarded(case, kind, to, suggestions.profile_of(case, mailbox), self.store)
        return item, check(body, facts, self.wordings.values(), self.tone.hear(body) if self.tone else ())

    def send(self, draft_id: str, revision: str, *, confirmed: bool = False) -> OutboxItem:
        """The seeker pressed Send; see sending.send. A draft that is just being saved is waited for."""
        with self._writing:
            return sending.send(self.outbox, self._case, draft_id, revision, confirmed=confirmed)

    def correct(
        self,
        message_id: str,
        *,
        is_rejection: bool | None = None,
        company: str | None = None,
        role: str | None = None,
    ) -> Judged:
        """Overrule verdict or names in every mailbox that holds the message: a Takeout file may hold what Gmail holds.

        Raises UnknownMessage, and UsageError when nothing is corrected.
        """
        row = corrections.correct(
            self.store,
            self.clock,
            self._row(message_id).mailbox,
            message_id,
            is_rejection=is_rejection,
            company=company,
            role=role,
            elsewhere=self._names(),
        )
        for name in self.accounts() if is_rejection is not None else ():
            self.tidy(name)
        return row

    # -- lists

    def log(self) -> list[logs.LogLine]:
        """The logged rejections."""
        return logs.log(self.store, self.visible)

    def log_all(self) -> list[logs.LogLine]:
        """The log with roles on hold and mails under review."""
        return logs.log_all(self.store, self.visible)

    def review(self) -> list[Judged]:
        """What waits for a yes or no."""
        return logs.review(self.store, self.visible)

    def unread(self) -> list[Judged]:
        """What could not be read, with the reason."""
        return logs.unread(self.store, self.visible)

    def _scanner(self, mailbox: str) -> Scanner:
        return Scanner(self.open_mailbox(mailbox), self.store, self.classifier, self.clock, self._failed)

    def _case(self, message_id: str, kind: Kind) -> tuple[Case, Mailbox]:
        row = replies.to_thank_for(self.store, self._row(message_id), kind)
        mailbox = self.open_mailbox(row.mailbox)
        return suggestions.case_of(row, mailbox, self.store, self.applications.board()), mailbox

    def _row(self, message_id: str) -> Judged:
        """What is kept of a message: from the store, else judged now in the mailboxes that are open to us."""
        for name in self._names():
            row = self.store.get(Judged, record_key(name, message_id))
            if row is not None:
                homes = [] if self.is_demo else self.accounts()
                return joining.at_home(row, self.store, self.joining, homes, self._scanner)
        failure: MailboxError | None = None
        for name in self.mailboxes():
            try:
                row = self._scanner(name).judge(message_id)
            except MailboxError as error:  # another account may still hold it
                logger.info("message looked for in a mailbox that failed: %s", error.code)
                failure = failure or error
                continue
            if row is not None:
                return row
        raise failure or UnknownMessage(message_id)

    def _own_mailboxes(self) -> list[str]:
        """Where what the seeker writes into the log belongs: an account, else a file, else the sample."""
        files = [cursor.mailbox for cursor in self.store.all(Cursor) if cursor.mailbox.startswith("mbox:")]
        return self.accounts() if not self.is_demo else [*([] if self.forced_demo else files), SAMPLE]

    def _names(self) -> Iterable[str]:
        """Every mailbox that may be shown: the open ones, and those that were scanned once."""
        visible = self.visible
        scanned = [cursor.mailbox for cursor in self.store.all(Cursor) if visible(cursor.mailbox)]
        return dict.fromkeys([*self.mailboxes(), *scanned, *self.scanning.states])


def _never() -> bool:
    return False
