"""What else comes into the thread of a letter, as tests of letters need it."""

from __future__ import annotations

from tests.services.desk_ground import SEEKER, Ground

ADA = "ada.lovell@harbour.example"


def by_hand(ground: Ground, sender: str = SEEKER, labels: tuple[str, ...] = ("SENT",), body: str = "Thanks!") -> str:
    """A mail in the rejection's thread that was not written here."""
    return ground.mailbox.deliver(
        f"From: {sender}\nTo: {ADA}\nSubject: Re: Your application\nIn-Reply-To: <no-1@harbour.example>\n"
        f"References: <no-1@harbour.example>\nMessage-ID: <{len(ground.mailbox._messages)}@x.example>\n"
        f"Date: {ground.clock.now():%a, %d %b %Y %H:%M:%S} +0000\n\n{body}\n".encode(),
        labels=labels,
    )
