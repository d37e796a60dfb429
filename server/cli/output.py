"""How results look in a terminal: short lines, no colour needed to understand them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from server.console import Console
from server.domain.model import Suggestion
from server.errors import ClassActError
from server.services.log import LogLine
from server.texts import _, ngettext


def complain(console: Console, error: ClassActError) -> None:
    """What happened, and what to do next, on stderr."""
    console.err(_("classact: %(error)s") % {"error": error})
    if error.hint:
        console.err(f"  {error.hint}")


def scan_lines(totals: Mapping[str, float | int]) -> Iterator[str]:
    """The report of a scan."""
    yield ngettext("%(num)d message seen, %(known)d of them known from before.", "%(num)d messages seen, %(known)d of them known from before.", int(totals["seen"])) % {"num": totals["seen"], "known": totals["known"]}  # noqa: E501  # fmt: skip
    yield (
        ngettext("%(num)d rejection logged", "%(num)d rejections logged", int(totals["rejections"]))
        % {"num": totals["rejections"]}
        + _(", %(review)d to look at, %(failed)d could not be read (%(seconds).1f s).") % totals
    )


def log_lines(lines: Sequence[LogLine]) -> Iterator[str]:
    """The log, a line each and the sentence that says no."""
    if not lines:
        yield _("Nothing is logged yet.")
    for line in lines:
        name = line.company or _("company not named")
        role = f" · {line.role}" if line.role else ""
        yield f"{line.received:%Y-%m-%d}  {line.message_id}  {line.state:<9}  {name}{role}"
        if line.evidence:
            yield f"            “{' '.join(line.evidence[0].text.split())}”"


def suggestion_lines(suggestion: Suggestion) -> Iterator[str]:
    """The letter, or why there is none."""
    if not suggestion.allowed:
        yield suggestion.why
        return
    if suggestion.advice:
        yield suggestion.advice
        yield ""
    if suggestion.to:
        yield _("To: %(address)s") % {"address": suggestion.to}
    yield _("Subject: %(subject)s") % {"subject": suggestion.subject}
    yield ""
    yield suggestion.body
