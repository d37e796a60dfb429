"""How quick the dashboard and the card stay while Gmail hangs, refuses or breaks off: `classact run`, by HTTP.

`python -m tests.bench.while_gmail_hangs` starts the real server over a log of 1,500 mails in 300 applications, and a
fake Gmail in a process of its own. In each state a scan is going on, and clicks that need Gmail wait for it, while a
third process asks what the store alone can answer. The limit is for what the card and the open pages ask for; whole
pages, in brackets, stand beside it. The last line of each table is a small file: it shows how late this machine is by
itself. "of well" compares with the same question while Gmail is well and idle.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from nlp.labelled import HELDOUT, mail_files
from server.home import Home
from tests.bench.full_log import fill
from tests.cli.command import cold_start, until
from tests.fakes.gmail import FakeGmail
from tests.fakes.gmail.storm import READS
from tests.test_recall import as_mail

LIMIT = 50.0  # ms, p95: one slow or broken Gmail never freezes the dashboard
ADDRESS = "kim@seeker.example"
CLICKS = 8  # that wait for Gmail at the same time; the server lets five wait and tells the others
_BREATH = 0.004  # seconds between two questions: a person with two tabs asks less
_ANSWER = {"hang": "hang_after_work", "503": "status", "drop": "drop_before_work"}
_STATES = {
    "well, idle": (None, False),
    "well, scanning at full speed": (None, True),
    "hangs": ("hang", True),
    "answers 503": ("503", True),
    "drops the line": ("drop", True),
}
_TOLD = {"well, scanning at full speed"}  # no limit: Gmail itself gives 300 mails a minute, the fake some thousands


def gmail(orders: Any) -> None:
    """The fake Gmail: hands out its address and tokens, then does as it is told until it is told to stop."""
    mails = list(mail_files(HELDOUT))
    with FakeGmail(ADDRESS) as fake:
        given = fake.credentials("gmail.readonly", "gmail.compose")
        orders.send((fake.base, given, str(fake.mailbox.history_id)))
        number = 0
        while (order := orders.recv()) != "stop":
            fake.faults.clear()
            if isinstance(order, int):
                for mail in islice(cycle(mails), number, number + order):
                    fake.deliver(as_mail(mail))
                number += order
            elif order:
                for name in READS:
                    fake.faults.add(name, _ANSWER[order], times=None)
            orders.send(len(fake.requests))
        fake.stopping.set()


@dataclass
class Line:
    """One connection to the server, kept open as browsers do."""

    port: int
    head: dict[str, str]
    patience: float = 60.0
    _line: http.client.HTTPConnection | None = None

    def ask(self, verb: str, path: str, body: object = None) -> int:
        """The status of the answer, which is read to its end."""
        return self.whole(verb, path, body)[0]

    def whole(self, verb: str, path: str, body: object = None) -> tuple[int, bytes, str]:
        """Status, content and cookie."""
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        head = self.head | ({} if body is None else {"Content-Type": "application/json"})
        try:
            self._line.request(verb, path, None if body is None else json.dumps(body), head)
            answer = self._line.getresponse()
            return answer.status, answer.read(), answer.getheader("Set-Cookie") or ""
        except (OSError, http.client.HTTPException):
            self._line.close()
            self._line = None
            raise


@dataclass
class Server:
    """The running server, and the two doors to it: the card's, by token, and the pages', by cookie."""

    port: int
    pid: int
    card: dict[str, str]
    pages: dict[str, str] = field(default_factory=dict)

    def cpu(self) -> float:
        """Processor time of the server so far, in seconds; 0 where the system does not say (Linux does)."""
        with suppress(OSError):
            parts = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
            return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
        return 0.0

    def status(self) -> dict[str, Any]:
        """What the server says of itself."""
        found: dict[str, Any] = json.loads(Line(self.port, self.card).whole("POST", "/api/v1/status", {})[1])
        return found


@contextmanager
def running(home: Path, base: str) -> Iterator[Server]:
    """`classact run` with that folder, once its model is loaded."""
    process = cold_start(home, "run", "--no-browser", "--port", "0", CLASSACT_GOOGLE_URL=base)
    try:
        link = (process.stdout.readline() if process.stdout else "").strip()
        address = Home(home).server()
        if address is None:
            raise SystemExit("the server did not start")
        server = Server(address.port, address.pid, {"Authorization": f"Bearer {address.token}"})
        _status, _body, cookie = Line(address.port, {}).whole("GET", link.partition(str(address.port))[2])
        server.pages = {"Cookie": cookie.partition(";")[0], "Origin": f"http://127.0.0.1:{address.port}"}
        found = re.search(
            rb'name="csrf-token" content="([^"]+)"', Line(address.port, server.pages).whole("GET", "/")[1]
        )
        server.pages["X-CSRF-Token"] = found[1].decode() if found else ""
        until(lambda: server.status()["model"] == "ready")
        yield server
    finally:
        process.terminate()
        process.communicate(timeout=30)


def questions(ids: Sequence[str]) -> dict[str, Callable[[Line, Line, int], int]]:
    """What is asked, by its name in the table: each answers a status."""
    return {
        "card of a message": lambda card, _p, n: card.ask(
            "POST", "/api/v1/message", {"message_id": ids[n * 37 % len(ids)]}
        ),
        "log": lambda card, _p, _n: card.ask("POST", "/api/v1/log", {}),
        "status": lambda card, _p, _n: card.ask("POST", "/api/v1/status", {}),
        "what pages ask for": lambda _c, pages, _n: pages.ask("POST", "/ui/status", {}),
        "(page) log": lambda _c, pages, _n: pages.ask("GET", "/"),
        "(page) review": lambda _c, pages, _n: pages.ask("GET", "/review"),
        "(page) applications": lambda _c, pages, _n: pages.ask("GET", "/applications"),
        "(a small file)": lambda _c, pages, _n: pages.ask("GET", "/static/mark.svg"),
    }


@dataclass
class Measured:
    """What one question took in one state."""

    times: list[float] = field(default_factory=list)  # ms
    refused: int = 0

    def is_late(self, name: str) -> bool:
        """Whether it took longer than the card and the open pages may wait; whole pages may."""
        return not name.startswith("(") and self.at(0.95) > LIMIT

    def at(self, share: float) -> float:
        """The time that so many of them took at most."""
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * share))]


def measured(server: Server, ids: Sequence[str], count: int) -> tuple[dict[str, Measured], float]:
    """Each question so many times, in turns; and the server's share of one core meanwhile."""
    asked = questions(ids)
    found = {name: Measured() for name in asked}
    card, pages = Line(server.port, server.card), Line(server.port, server.pages)
    began, cpu = time.perf_counter(), server.cpu()
    for number in range(count):
        for name, ask in asked.items():
            start = time.perf_counter()
            status = ask(card, pages, number)
            found[name].times.append((time.perf_counter() - start) * 1000)
            found[name].refused += status != 200
            time.sleep(_BREATH)
    return found, (server.cpu() - cpu) / (time.perf_counter() - began)


@contextmanager
def busy(server: Server, ids: Sequence[str]) -> Iterator[None]:
    """A scan goes on, again and again, and clicks that need Gmail wait for it."""
    over = threading.Event()

    def click(number: int) -> None:
        line = Line(server.port, server.card, patience=600.0)
        while not over.is_set():
            with suppress(OSError, http.client.HTTPException):
                if number == 0:
                    line.ask("POST", "/api/v1/scan", {})
                elif number % 2:
                    line.ask("POST", "/api/v1/message", {"message_id": f"19ff0000000000{number:02x}"})
                else:
                    line.ask("POST", "/api/v1/suggest", {"message_id": ids[number], "kind": "thank_you"})
            over.wait(0.25)

    for number in range(CLICKS):
        threading.Thread(target=click, args=(number,), daemon=True).start()
    time.sleep(1.0)
    try:
        yield
    finally:
        over.set()


def in_state(state: str, calls: int, mails: int) -> tuple[dict[str, Measured], float]:
    """The measures of one state, by a log, a Gmail and a server of its own: nothing is left of the state before."""
    order, is_busy = _STATES[state]
    with tempfile.TemporaryDirectory(prefix="classact-bench-") as name, fake_gmail() as (tell, base, given, cursor):
        home = Path(name) / "home"
        ids = fill(home, ADDRESS, given, cursor)
        with running(home, base) as server:
            measured(server, ids, 5)  # the first answers build what later ones use again
            until(lambda: not server.status()["scanning"])
            if not is_busy:
                return measured(server, ids, calls)
            tell(mails)
            if order:
                tell(order)
            with busy(server, ids):
                return measured(server, ids, calls)


@contextmanager
def fake_gmail() -> Iterator[tuple[Callable[[object], None], str, dict[str, Any], str]]:
    """The fake in its process: how to tell it what to do, its address, tokens, and the cursor that it stands at."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    fake = multiprocessing.get_context("spawn").Process(target=gmail, args=(theirs,), daemon=True)
    fake.start()

    def tell(order: object) -> None:
        ours.send(order)
        ours.recv()

    try:
        yield tell, *ours.recv()
    finally:
        ours.send("stop")
        fake.join(10)
        fake.kill()


def table(state: str, found: dict[str, Measured], share: float, well: dict[str, Measured]) -> str:
    """The lines of one state."""
    rows = [f"Gmail {state}; the server took {share:.0%} of one core\n"]
    for name, one in found.items():
        ratio = one.at(0.95) / well[name].at(0.95)
        verdict = f"  over {LIMIT:.0f} ms" if one.is_late(name) else ""
        refused = f"  {one.refused} not answered" if one.refused else ""
        rows.append(
            f"  {name:<20} p50 {statistics.median(one.times):6.1f}  p95 {one.at(0.95):6.1f}  p99 {one.at(0.99):6.1f} ms"
            f"  {ratio:5.2f} x of well{verdict}{refused}\n"
        )
    return "".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print all tables; 1 when a question took too long, or was not answered."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.while_gmail_hangs", description=__doc__)
    parser.add_argument("--calls", type=int, default=200, help="of each question in each state")
    parser.add_argument("--mails", type=int, default=400, help="that come in each state")
    parser.add_argument("--state", action="append", choices=list(_STATES), help="default: all of them")
    options = parser.parse_args(arguments)
    sys.stdout.write(f"1,500 mails in the log; limit: p95 {LIMIT:.0f} ms; load {os.getloadavg()[0]:.1f}\n")
    well: dict[str, Measured] = {}
    bad = 0
    for state in options.state or _STATES:
        found, share = in_state(state, options.calls, options.mails)
        well = well or found
        sys.stdout.write(table(state, found, share, well))
        sys.stdout.flush()
        if state not in _TOLD:
            bad += sum(one.is_late(name) or one.refused > 0 for name, one in found.items())
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
