"""The one place where real parts meet."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.verdict import MailText, Verdict
from server.config import Config
from server.domain.wording import Wording, parse
from server.errors import ConfigError, ModelError, ReconnectNeeded, UsageError
from server.home import Home
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.outbox_folder import OutboxFolder
from server.ports import Classifier, Mailbox
from server.services.desk import SAMPLE, Desk
from server.stores.tiny import TinyStore
from server.texts import _

if TYPE_CHECKING:
    from server.mailboxes.gmail_tokens import Endpoints


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """See Clock.now."""
        return datetime.now(UTC)


class LazyClassifier:
    """The classifier, loaded when it is first needed: spaCy takes half a second that most commands can spare."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._classifier: Classifier | None = None

    @property
    def version(self) -> str:
        """See Classifier.version."""
        return self.load().version

    def judge(self, mails: Iterable[MailText]) -> Iterator[Verdict]:
        """See Classifier.judge."""
        return self.load().judge(mails)

    def load(self) -> Classifier:
        """The loaded classifier; raises ModelError."""
        with self._lock:
            if self._classifier is None:
                self._classifier = load_classifier()
            return self._classifier


def load_classifier() -> Classifier:
    """The shipped model; raises ModelError when it was not built or belongs to another version."""
    try:
        from nlp.classifier import Classifier as Model  # noqa: PLC0415 - half a second of imports
        from nlp.model import ModelMissing  # noqa: PLC0415
    except ImportError as error:
        raise ModelError(str(error)) from error
    try:
        return Model.load()
    except (ModelMissing, OSError, ValueError, KeyError) as error:
        raise ModelError(str(error) or type(error).__name__) from error


class Mailboxes:
    """Opens mailboxes by name, each once: an address, `sample`, or `mbox:PATH`."""

    def __init__(self, config: Config, clock: SystemClock) -> None:
        self._config, self._clock = config, clock
        self._lock = threading.Lock()
        self._open: dict[str, Mailbox] = {}

    def open(self, name: str) -> Mailbox:
        """The mailbox; raises UsageError for a name that is none, MailboxError when it cannot be opened."""
        with self._lock:
            if name not in self._open:
                self._open[name] = self._build(name)
            return self._open[name]

    def accounts(self) -> list[str]:
        """Addresses of the connected Google accounts."""
        folder = self._config.home / "tokens"
        if not folder.is_dir():
            return []
        from server.mailboxes.gmail_tokens import TokenStore  # noqa: PLC0415 - Google's packages load slowly

        return list(TokenStore(folder).accounts())

    def forget_all(self) -> None:
        """Open every mailbox anew next time: an account was connected or disconnected."""
        with self._lock:
            self._open.clear()

    def _build(self, name: str) -> Mailbox:
        kind, colon, rest = name.partition(":")
        if name == SAMPLE:
            outbox = OutboxFolder(self._config.home / "demo" / "Outbox", self._clock)
            return MboxMailbox(sample_mbox(), outbox, SAMPLE)
        if kind == "mbox" and colon and rest:
            return MboxMailbox(Path(rest), OutboxFolder(self._config.home / "Outbox", self._clock), name)
        if "@" in name and name in self.accounts():
            return self._gmail(name)
        raise UsageError(
            _("“%(name)s” names no mailbox.") % {"name": name},
            _("Use `gmail`, `sample`, or `mbox:` and the path of a file."),
        )

    def _gmail(self, address: str) -> Mailbox:
        from server.mailboxes.gmail import GmailMailbox  # noqa: PLC0415 - Google's packages load slowly
        from server.mailboxes.gmail_tokens import TokenStore  # noqa: PLC0415

        tokens = TokenStore(self._config.home / "tokens")
        account = tokens.load(address)
        if account is None:
            raise ReconnectNeeded(address)
        return GmailMailbox(account, tokens, endpoints(self._config))


def endpoints(config: Config) -> Endpoints:
    """Where Google is: the real addresses, or the stand-in of the tests."""
    from server.mailboxes.gmail_tokens import Endpoints  # noqa: PLC0415 - Google's packages load slowly

    return Endpoints.at(config.google_url) if config.google_url else Endpoints.google()


def sample_mbox() -> Path:
    """The sample mailbox that ships with the program."""
    return Path(str(resources.files("server") / "sample" / "mailbox.mbox"))


def wordings(home: Path) -> dict[str, Wording]:
    """The letters' sentences by language; a file of the same name in the data folder overrides ours.

    Raises ConfigError naming the file and what is wrong in it.
    """
    shipped = Path(str(resources.files("server") / "wording"))
    paths = {path.stem: path for folder in (shipped, home / "wording") for path in sorted(folder.glob("*.toml"))}
    found = {}
    for language, path in paths.items():
        try:
            found[language] = parse(language, tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigError(
                [_("The wording file %(path)s is wrong: %(why)s.") % {"path": path, "why": error}]
            ) from error
    return found


def build_desk(config: Config, home: Home, *, demo: bool = False) -> tuple[Desk, Mailboxes, LazyClassifier]:
    """All parts over a data folder that `home` has taken."""
    clock, classifier = SystemClock(), LazyClassifier()
    mailboxes = Mailboxes(config, clock)
    desk = Desk(
        TinyStore(home.folder),
        classifier,
        clock,
        open_mailbox=mailboxes.open,
        accounts=mailboxes.accounts,
        wordings=wordings(home.folder),
        undo_seconds=config.undo_seconds,
        demo=demo,
    )
    return desk, mailboxes, classifier
