"""How results look in a terminal: short lines, no colour needed to understand them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from server.console import Console
from server.domain.contacts_parts import part_name, reason
from server.domain.model import Judged, Suggestion, Training
from server.errors import ClassActError
from server.services.learning import Status
from server.services.log import LogLine
from server.texts import _, ngettext

STEPS = {
    "reading": _("Reading the mails that you corrected …"),
    "training": _("Learning from them. This takes some minutes; you can go on meanwhile."),
    "checking": _("Checking what was learned on mails kept for that …"),
}


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
        yield _("Nothing is logged yet. `classact scan` looks through your mail.")
    for line in lines:
        name = line.company or _("company not named")
        role = f" · {line.role}" if line.role else ""
        yield f"{line.received:%Y-%m-%d}  {line.message_id}  {line.state:<9}  {name}{role}"
        if line.evidence:
            yield f"            “{' '.join(line.evidence[0].text.split())}”"


def why_unlogged(message_id: str) -> str:
    """Why there is no letter for a mail that is no rejection, and the command for when it is one."""
    return _(
        "This is not logged as a rejection, so there is no letter to offer. "
        "If it is one, say so first: `classact correct %(id)s --rejection`."
    ) % {"id": message_id}


def suggestion_lines(suggestion: Suggestion) -> Iterator[str]:
    """The letter, or why there is none."""
    if not suggestion.allowed:
        yield suggestion.why
        return
    told = [suggestion.advice, *suggestion.warnings]
    yield from filter(None, told)
    if any(told):
        yield ""
    if suggestion.to:
        yield _("To: %(address)s") % {"address": suggestion.to}
        yield _("Subject: %(subject)s") % {"subject": suggestion.subject}
        yield ""
    yield suggestion.body
    if suggestion.link:
        yield ""
        yield _("Copy this note and look for the profile here: %(link)s") % {"link": suggestion.link}
    others = [one for one in suggestion.people if one.is_answerable and one.address != suggestion.to]
    if others:
        yield ""
        yield _("Others you could write to, with --to:")
    for one in others:
        about = ", ".join(filter(None, (one.title or part_name(one.part), reason(one.how, one.when))))
        yield f"  {one.address}  {one.name}: {about}"


def correction_line(row: Judged, *, taken_back: bool = False) -> str:
    """What a mail counts as after a correction, or without it."""
    said = {
        "auto": _("a rejection"),
        "no": _("not a rejection"),
        "review": _("still to be looked at"),
    }.get(row.band, _("not judged"))
    named = " · ".join(name for name in (row.company, row.role) if name) or _("company not named")
    text = _("Taken back: %(named)s, %(said)s.") if taken_back else _("Noted for good: %(named)s, %(said)s.")
    return text % {"named": named, "said": said}


def training_lines(training: Training) -> Iterator[str]:
    """Whether what was learned is used from now on, and how both models did."""
    if not training.why_not and not training.corrections:
        yield _("You took back every correction: the model that came with the program judges again.")
        return
    if training.why_not:
        yield _("The model in use stays as it is. %(why)s") % {"why": training.why_not}
    else:
        yield ngettext(
            "Class Act has learned from %(count)d mail that you corrected, and uses it from now on.",
            "Class Act has learned from %(count)d mails that you corrected, and uses it from now on.",
            training.corrections,
        ) % {"count": training.corrections}
    for name, figures in ((_("before"), training.before), (_("after"), training.after)):
        if figures:
            yield _(
                "  %(name)s: F1 %(f1)s, logged without asking right %(auto)s, on %(mails)d mails kept for checking"
            ) % {
                "name": name,
                "f1": _figure(figures.f1),
                "auto": _figure(figures.auto_precision),
                "mails": figures.mails,
            }


def model_lines(status: Status) -> Iterator[str]:
    """Which model is in use, what it could learn from, and how the last learning went."""
    kind = _("your own, learned from your corrections") if status.own else _("the one that came with the program")
    yield _("Model %(version)s: %(kind)s.") % {"version": status.version, "kind": kind}
    if status.ignored:
        yield status.ignored
    yield ngettext(
        "You have corrected %(count)d verdict, %(new)d since it last learned.",
        "You have corrected %(count)d verdicts, %(new)d since it last learned.",
        status.corrections,
    ) % {"count": status.corrections, "new": status.new}
    if status.running:
        yield _("It is learning just now.")
    if status.last:
        yield _("Last learned: %(when)s.") % {"when": f"{status.last.made:%Y-%m-%d %H:%M} UTC"}
        yield from training_lines(status.last)
    else:
        yield _("It has not learned from you yet.")


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
