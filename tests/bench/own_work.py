"""What a scan costs beside waiting for Gmail, step by step: processor time of one core, over a log that is well filled.

The real scanner reads, judges and logs the whole mails of nlp/corpus into a store on disk that holds 1,500 mails
already; after every chunk the applications are put together, as they are for whoever looks on.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nlp.classifier
from nlp.labelled import mail_files
from nlp.verdict import MailText
from server.domain import reading
from server.mailboxes.memory import MemoryMailbox
from server.services import quarantine
from server.services.applications import Applications
from server.services.log import everywhere
from server.services.scan import Scanner
from server.stores.tiny import TinyStore
from server.wiring import SystemClock, load_classifier
from tests.bench.full_log import fill
from tests.test_recall import as_mail

LEAST = 100  # mails a second, so that Gmail's 300 a minute are always the limit
ADDRESS = "bench@example.com"
_TOKENS = dict.fromkeys(("client_id", "client_secret", "refresh_token", "token"), "none")
_REST = "the scan itself"


class Steps:
    """Processor time by step; what a step spends inside another one counts for the inner one alone."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._since, self._at = time.process_time(), _REST

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """From here to the end is that step."""
        before, self._at = self._at, self._turn(name)
        try:
            yield
        finally:
            self._at = self._turn(before)

    def _turn(self, name: str) -> str:
        now = time.process_time()
        self.spent[self._at] += now - self._since
        self._since = now
        return name

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, counted for that step; what it yields is all made at once."""

        def measured(*given: Any, **named: Any) -> Any:
            with self.step(name):
                done = work(*given, **named)
                return list(done) if isinstance(done, Iterator) else done

        return measured


def own_work(count: int) -> dict[str, str]:
    """So many mails: how many a second, and each step's share."""
    mails = mail_files()
    mailbox, classifier = MemoryMailbox(ADDRESS), load_classifier()
    for mail in mails[:: max(1, len(mails) // count)][:count]:
        mailbox.deliver(as_mail(mail))
    list(classifier.judge([MailText("", "", "", "Thank you.")]))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as patches:
        home = Path(folder) / "home"
        fill(home, ADDRESS, _TOKENS, "-1")
        store = TinyStore(home)
        board = Applications(store, SystemClock(), lambda: everywhere, lambda: [ADDRESS]).board
        board()
        steps, began = Steps(), time.perf_counter()
        for name, place, work in (
            ("parse", quarantine, "read"),
            ("text", reading, "mail_text"),
            ("classify", classifier, "judge"),
            ("names", nlp.classifier, "company_and_role"),
            ("write", store, "put"),
        ):
            patches.enter_context(patch.object(place, work, steps.timed(_SAID[name], getattr(place, work))))
        matched = steps.timed("matching", board)
        report = Scanner(mailbox, store, classifier, SystemClock()).scan(lambda _report, _total: matched())
        with steps.step(""):
            wall = time.perf_counter() - began
        store.close()
    whole = sum(steps.spent.values())
    shares = sorted(((name, spent) for name, spent in steps.spent.items() if name), key=lambda one: -one[1])
    return {
        "mails, rejections among them": f"{report.judged:,}, {report.rejections:,}",
        **{name: f"{spent / report.judged * 1000:.2f} ms a mail ({spent / whole:.1%})" for name, spent in shares},
        "all of it": f"{report.judged / whole:,.0f} mails/s of one core (at least {LEAST}); by the clock "
        f"{report.judged / wall:,.0f}",
    }


_SAID = {
    "parse": "MIME and headers",
    "text": "mail to text",
    "classify": "classify",
    "names": "company and role",
    "write": "store write",
}
