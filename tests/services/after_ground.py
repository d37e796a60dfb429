"""A desk with a rejection that was answered, and short ways to have replies come in and time go by."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from server.domain.model import Kind, OutboxItem
from server.domain.reminders import Reminder
from server.domain.replies import Reply
from server.mailboxes.memory import MemoryMailbox
from server.services.desk import Desk
from server.services.replies import by_rejection
from tests.services.desk_ground import SEEKER, Ground

ADA = "ada.lovell@harbour.example"
BERLIN = ZoneInfo("Europe/Berlin")
FEEDBACK = "Dear Kim,\n\nGladly. Your chart work was fine, but you lacked time at sea.\n\nAda Lovell\n"


class AfterGround(Ground):
    """Ada of Harbour has said no, and Kim has thanked her, unless told otherwise."""

    def __init__(self, *, thanked: bool = True) -> None:
        super().__init__()
        self.no = self.rejection()
        self.count = 1
        if thanked:
            self.letter = self.sent(self.draft(self.no))

    def restart(self) -> Desk:
        desk = super().restart()
        object.__setattr__(desk.reminders, "zone", lambda: BERLIN)
        return desk

    def sent(self, item: OutboxItem) -> OutboxItem:
        self.send(item)
        (gone,) = self.wait(11)
        self.scan()
        return gone

    def write(self, kind: Kind, days: float = 0) -> OutboxItem:
        """Another letter of ours, so many days on."""
        self.clock.advance(days * 86400)
        return self.sent(self.draft(self.no, kind=kind))

    def arrives(
        self, body: str, *, headers: str = "", days: float = 1.0, sender: str = ADA, thread: bool = True
    ) -> str:
        """A mail comes in days later, is scanned, and read; its id."""
        self.clock.advance(days * 86400)
        self.count += 1
        answers = "In-Reply-To: <no-1@harbour.example>\n" if thread else ""
        subject = "Re: Your application" if thread else "Something else"
        date = self.clock.now().strftime("%a, %d %b %Y %H:%M:%S +0000")
        mail = (
            f"From: Ada Lovell <{sender}>\nTo: Kim Doyle <{SEEKER}>\nSubject: {subject}\n"
            f"Message-ID: <{self.count}@harbour.example>\nDate: {date}\n{answers}{headers}\n{body}"
        )
        assert isinstance(self.mailbox, MemoryMailbox)
        message_id = self.mailbox.deliver(mail.encode())
        self.scan()
        return message_id

    def scan(self) -> None:
        self.desk.scan(SEEKER)

    def pass_days(self, days: float) -> None:
        self.clock.time += timedelta(days=days)
        self.desk.reminders.refresh()

    def replies(self) -> list[Reply]:
        return [reply for found in by_rejection(self.store).values() for reply in found]

    def waiting(self) -> list[Reminder]:
        return self.desk.reminders.waiting()
