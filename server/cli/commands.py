"""The commands that need the data folder, written once: the running server carries them out, or this process does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from server.cli import after_work, application_work, data_work, labels_work, outbox_work, output, scan_work, selftest
from server.config import Config
from server.console import Console
from server.domain.compose import address_field
from server.domain.model import Contact, Kind, Tone, Training
from server.errors import ClassActError, NotConnected, Refused, ServerNotRunning, UsageError
from server.services.desk import Desk
from server.services.learning import Learning
from server.services.named_log import named
from server.services.taking_back import Said, corrected
from server.texts import _
from server.web import shapes_letters, shapes_messages, shapes_training
from server.web.pairing import Pairings
from server.wiring import Mailboxes
from server.wiring_keeping import build_keeping
from server.wiring_labels import open_probe


@dataclass(frozen=True, slots=True)
class Carrier:
    """Carries out commands on a desk. `pairings` is None outside a running server, where nobody could answer."""

    config: Config
    desk: Desk
    mailboxes: Mailboxes
    learning: Learning
    pairings: Pairings | None = None
    look_now: Callable[[], None] | None = None  # have new mail looked for at once, where somebody looks

    def __call__(self, name: str, arguments: dict[str, Any], console: Console) -> int:
        """Run one command; its exit code. Errors are written to the console, with what to do next."""
        work: Callable[..., int] | None = getattr(self, f"_{name}", None)
        try:
            if work is None:  # asked by a newer program than the one that runs
                raise UsageError(_("The running Class Act does not know this command."), _("Start it again."))
            return work(console, **arguments)
        except ClassActError as error:
            output.complain(console, error)
            return error.exit_code

    def _scan(self, console: Console, *, mailbox: str, as_json: bool, since: str = "", all_mail: bool = False) -> int:
        names = [mailbox] if mailbox not in ("", "gmail") else self.desk.accounts()
        if not names:
            raise NotConnected(
                _("Run `classact connect`, or name a mailbox: `--mailbox sample` or `--mailbox mbox:FILE`.")
            )
        scan_work.set_reach(self.desk, names, since, all_mail=all_mail)
        reports = [scan_work.scan_one(self.desk, console, name) for name in names]
        totals = shapes_messages.scan_totals(reports)
        if as_json:
            console.out(json.dumps(totals))
        else:
            for line in (*output.scan_lines(totals), *scan_work.reach_lines(self.desk, names)):
                console.out(line)
        for sentence in dict.fromkeys(error for report in reports for error in report.errors):
            console.err(_("Could not be read: %(why)s") % {"why": sentence})
        return 4 if totals["failed"] else 0

    def _log(self, console: Console, *, everything: bool, as_json: bool) -> int:
        found = self.desk.log_all() if everything else self.desk.log()
        lines = named(found, self.desk.applications.board().applications)
        if as_json:
            rows = [shapes_messages.LogLineAnswer.of(line).model_dump(mode="json") for line in lines]
            console.out(json.dumps(rows, ensure_ascii=False))
        else:
            for text in output.log_lines(lines):
                console.out(text)
        return 0

    def _add(self, console: Console, **told: Any) -> int:
        return application_work.add(self.desk, console, **told)

    def _applications(self, console: Console, **asked: Any) -> int:
        return application_work.applications(self.desk, console, **asked)

    def _reminders(self, console: Console, **asked: Any) -> int:
        return after_work.reminders(self.desk, console, **asked)

    def _journal(self, console: Console, **asked: Any) -> int:
        return after_work.journal(self.desk, console, **asked)

    def _outbox(self, console: Console, **asked: Any) -> int:
        return outbox_work.outbox(self.desk, console, **asked)

    def _suggest(
        self,
        console: Console,
        *,
        message_id: str,
        kind: str,
        to: str,
        tone: str,
        language: str,
        as_json: bool,
        specific: str | None = None,
    ) -> int:
        if to:
            _check_address(to)
        suggestion = self.desk.suggest(
            message_id, Kind(kind), tone=Tone(tone), language=language, to=to, specific=specific
        )
        if suggestion.unlogged:
            suggestion = replace(suggestion, why=output.why_unlogged(message_id))
        if as_json:
            console.out(
                json.dumps(shapes_letters.SuggestionAnswer.of(suggestion).model_dump(mode="json"), ensure_ascii=False)
            )
        else:
            for text in output.suggestion_lines(suggestion):
                console.out(text)
        return 0

    def _correct(self, console: Console, *, message_id: str, as_json: bool, **said: Any) -> int:
        row = corrected(self.desk, message_id, Said(**said))
        answer = shapes_messages.correction_answer(row, self.desk.view(message_id).state)
        line = output.correction_line(row, taken_back=bool(said.get("take_back")))
        console.out(json.dumps(answer, ensure_ascii=False) if as_json else line)
        return 0

    def _model(self, console: Console, *, action: str, as_json: bool) -> int:
        work: dict[str, Callable[[Console], Training | None]] = {
            "status": lambda _console: None,
            "retrain": self._retrain,
            "reset": lambda _console: self.learning.reset(),
        }
        training = work[action](console)
        status = self.learning.status()
        if as_json:
            console.out(json.dumps(shapes_training.ModelAnswer.of(status).model_dump(mode="json"), ensure_ascii=False))
        else:
            for line in output.training_lines(training) if training else output.model_lines(status):
                console.out(line)
        return 1 if training and training.why_not else 0

    def _retrain(self, console: Console) -> Training:
        training = self.learning.retrain(lambda step: console.err(output.STEPS[step]))
        if training is None:
            raise Refused(
                _("Class Act was stopped before it had learned."), _("Nothing changed. Start it and try again.")
            )
        return training

    def _pair(self, console: Console) -> int:
        if self.pairings is None:
            raise ServerNotRunning
        code = self.pairings.new_code()
        console.err(_("Type this code into the extension's options within five minutes:"))
        console.out(code)
        return 0

    def _connect(self, console: Console, *, more: str, browse: bool, client: str = "") -> int:
        from server.cli.connecting import connect  # noqa: PLC0415 - Google's packages load slowly

        code = connect(self.config, self.mailboxes, console, more=more, browse=browse, client=client)
        if self.look_now is not None:
            self.look_now()
        return code

    def _disconnect(self, console: Console, *, address: str) -> int:
        from server.cli.connecting import disconnect  # noqa: PLC0415 - Google's packages load slowly

        return disconnect(self.config, self.mailboxes, console, address=address)

    def _labels(self, console: Console, **asked: Any) -> int:
        return labels_work.labels(self.desk, console, **asked)

    def _selftest(self, console: Console, *, account: str, as_json: bool, is_asked: bool = True) -> int:
        probe = open_probe(self.mailboxes, selftest.account_of(self.desk, account))
        return selftest.work(self.desk, probe, console, as_json=as_json) if is_asked else 0

    def _export(self, console: Console, **asked: Any) -> int:
        return data_work.export(build_keeping(self.config, self.desk), console, **asked)

    def _import(self, console: Console, **asked: Any) -> int:
        return data_work.bring_in(build_keeping(self.config, self.desk), console, **asked)

    def _backup(self, console: Console, **asked: Any) -> int:
        return data_work.back_up(build_keeping(self.config, self.desk), console, **asked)


def _check_address(to: str) -> None:
    """Raises UsageError: what is no address is refused everywhere, and as an argument it is a wrong call."""
    try:
        address_field("To", Contact("", to))
    except Refused as error:
        raise UsageError(str(error), error.hint) from error
