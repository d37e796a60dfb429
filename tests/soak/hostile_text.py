"""Mails made to take time or memory: each is judged in a process of its own, and must come back with a verdict.

python -m tests.soak.hostile_text [--folder FOLDER_OF_MAIL_FILES]
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from nlp.classifier import Classifier
from nlp.text import mail_text
from nlp.verdict import MailText
from server.domain.model import RawMessage
from server.domain.reading import read, text_of

MEGA = 1024 * 1024
SECONDS, MEGABYTES = 1.0, 200.0  # of processor time and of growth: what a seeker may be made to wait and give
KILLED = 99.0

HTML: dict[str, Callable[[], str]] = {
    "nested blocks": lambda: "<div>" * 20_000 + "deep" + "</div>" * 20_000,
    "nested tables": lambda: "<table><tr><td>" * 170 + "x" * 100 + "<p>y" * 100_000,
    "half a million spans": lambda: "<span>" * 500_000 + "x",
    "badly nested marks": lambda: "<b><p>" * 300_000,
    "badly nested fonts": lambda: "<font color=red>x<p>" * 500 + "<p>y" * 100_000,
    "ten million less-thans": lambda: "<" * 10 * MEGA,
    "open comments": lambda: "<!--" * MEGA,
    "endless attributes": lambda: "<a x=1 " * MEGA,
    "one tag with 200,000 attributes": lambda: "<p " + " ".join(f'a{i}="1"' for i in range(200_000)) + ">x",
    "a style of half a million parts": lambda: '<p style="' + "a:b;" * 500_000 + '">x</p>',
    "60,000 different styles": lambda: "".join(
        f'<p style="color:#{i:06x};font-size:{i}px">x</p>' for i in range(60_000)
    ),
    "bad entities": lambda: "&" * 10 * MEGA,
    "spaces": lambda: "<p>" + " " * 10 * MEGA + "x",
    "zero-width joiners": lambda: "<p>" + "\u200b" * 3 * MEGA,
    "line breaks": lambda: "<br> \n" * MEGA,
    "a style sheet of braces": lambda: "<style>" + "{" * 2 * MEGA + "</style><p>x",
    "a style sheet of commas": lambda: "<style>" + "a," * MEGA + "{display:none}</style><p>x",
    "200,000 hiding rules": lambda: "<style>" + ".a{display:none}" * 200_000 + "</style><p class=a>x",
    "quotes in quotes": lambda: ('<div class="gmail_quote">Forwarded message ' + "x" * 3000) * 400,
    "nested citations": lambda: "<blockquote type=cite>" * 20_000 + "x",
    "list items": lambda: "<li>" * 500_000,
    "options": lambda: "<option>" * 400_000,
    "null characters": lambda: "\0<p>" * MEGA,
    "a hidden mass": lambda: '<p style="display:none">secret</p>' * 100_000 + "Seen",
    "a newsletter of ten million characters": lambda: "<table><tr><td>Some words of news.</td></tr></table>" * 200_000,
}
PLAIN: dict[str, Callable[[], str]] = {
    "one line of ten million letters": lambda: "a" * 10 * MEGA,
    "two million words": lambda: "word " * 2 * MEGA,
    "100,000 quote marks": lambda: ">" * 100_000 + " x",
    "100,000 quoted lines": lambda: "> x\n" * 100_000,
    "lines that begin a quotation": lambda: "On 2 Mar,\n" * 20_000,
    "attributions": lambda: "On 2 Mar 2026 x wrote:\n> a\n" * 5_000,
    "forward marks": lambda: "---------- Forwarded message ---------\n" * 5_000,
    "header blocks": lambda: "From: a\nSent: b\nSubject: c\n" * 5_000,
    "signature marks": lambda: "--\n" * 20_000,
    "closings": lambda: "Best,\nJo\n" * 6_000,
    "small print": lambda: ("This message is confidential " * 8 + "\n") * 500,
    "spaces": lambda: " " * 10 * MEGA + "x",
    "empty lines": lambda: "\n" * 10 * MEGA,
    "stops": lambda: "." * MEGA,
    "question marks": lambda: "?" * 64 * 1024,
    "abbreviations": lambda: "e.g. " * MEGA,
    "quotation marks": lambda: '."' * MEGA,
    "at signs": lambda: "a@" * 30_000,
    "links": lambda: "http://a " * 8_000,
    "a no that never comes": lambda: "we have decided not to " * 3_000,
    "conditions": lambda: "if " * 20_000,
    "dotted capitals": lambda: "\u0130" * 60_000,
}


def measured(work: Callable[[], object]) -> tuple[float, float, str]:
    """Seconds of processor time, megabytes of growth, and what went wrong, of work done in a forked process."""
    gc.collect()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        resource.setrlimit(resource.RLIMIT_CPU, (int(started) + 20, int(started) + 25))
        try:
            work()
            wrong = ""
        except BaseException as error:  # noqa: BLE001 - every failure is a finding
            wrong = repr(error)[:200]
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        os.write(writer, f"{time.process_time() - started:.3f} {grown:.0f} {wrong}".encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    if not told:
        return KILLED, 0.0, "killed"
    taken, more, wrong = told.split(" ", 2)
    return float(taken), float(more), wrong


def main() -> int:
    """Print the worst; exit code 1 when a mail took too long, grew too large, or was not judged."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.hostile_text", description=__doc__)
    parser.add_argument("--folder", type=Path, help="also judge every file below it as a mail")
    options = parser.parse_args()
    classifier = Classifier.load()
    list(classifier.judge([MailText(body="A first mail, so that everything is loaded.")]))
    found = []
    for name, make in [*((f"html: {n}", _html(f)) for n, f in HTML.items()), *_plain()]:
        found.append((name, *measured(lambda make=make: list(classifier.judge([make()])))))  # type: ignore[misc]
    for path in sorted(options.folder.rglob("*")) if options.folder else ():
        if path.is_file():
            raw = RawMessage("1", "1", path.read_bytes())
            found.append((path.name, *measured(lambda raw=raw: list(classifier.judge([text_of(read(raw, "x"))])))))  # type: ignore[misc]
    bad = [row for row in found if row[1] > SECONDS or row[2] > MEGABYTES or row[3]]
    for name, seconds, grown, wrong in sorted(found, key=lambda row: -row[1])[:5] + bad:
        sys.stdout.write(f"{seconds:7.3f} s {grown:5.0f} MB  {name} {wrong}\n")
    most = max(found, key=lambda row: row[2])
    sys.stdout.write(f"{len(found)} mails, {len(bad)} over {SECONDS:.0f} s or {MEGABYTES:.0f} MB; ")
    sys.stdout.write(f"most memory {most[2]:.0f} MB ({most[0]})\n")
    return int(bool(bad))


def _html(text: Callable[[], str]) -> Callable[[], MailText]:
    return lambda: mail_text("x", "y <a@b.example>", None, text())


def _plain() -> Iterator[tuple[str, Callable[[], MailText]]]:
    for name, text in PLAIN.items():
        yield f"text: {name}", lambda text=text: mail_text("x", "y", text(), None)  # type: ignore[misc]
        yield f"subject: {name}", lambda text=text: mail_text(text(), text(), "body", None)  # type: ignore[misc]


if __name__ == "__main__":
    sys.exit(main())
