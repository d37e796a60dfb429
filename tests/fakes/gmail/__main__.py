"""Start the fake Gmail by hand: `python -m tests.fakes.gmail --mbox FILE --port N`."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import threading
from pathlib import Path

from tests.fakes.gmail.oauth import Decision
from tests.fakes.gmail.server import FakeGmail


def main() -> int:
    """Serve until interrupted; prints the base URL and the path of a client-secret JSON, one on a line."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.gmail", description=__doc__)
    parser.add_argument("--mbox", type=Path, help="a Takeout .mbox to fill the mailbox with")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument("--address", default="robin@example.com", help="the seeker's address")
    parser.add_argument("--ask", action="store_true", help="show a consent page instead of consenting at once")
    options = parser.parse_args()
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopped.set())
    fake = FakeGmail(options.address, port=options.port)
    fake.oauth.decision = Decision(ask=options.ask)
    if options.mbox:
        fake.load_mbox(options.mbox)
    fake.start()
    _serve(fake, stopped)
    fake.stop()
    for violation in fake.violations:
        sys.stderr.write(f"violation: {violation}\n")
    return 1 if fake.violations else 0


def _serve(fake: FakeGmail, stopped: threading.Event) -> None:
    with tempfile.TemporaryDirectory(prefix="fake-gmail-") as folder:
        secret = Path(folder) / "client_secret.json"
        secret.write_text(json.dumps(fake.client_secret()), encoding="utf-8")
        sys.stdout.write(f"{fake.base}\n{secret}\n")
        sys.stdout.flush()
        while not stopped.wait(0.2):  # without a time limit a signal just before the wait would be slept through
            continue


if __name__ == "__main__":
    sys.exit(main())
