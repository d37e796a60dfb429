"""The one place where real parts meet."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.verdict import MailText, Verdict
from nlp.versions import SHIPPED, version_of
from server.candidate_senders import candidate_senders
from server.config import Config
from server.domain.wording import Wording
from server.errors import ModelError, ReconnectNeeded, UsageError
from server.home import Home
from server.local_zone import local_zone
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.outbox_folder import OutboxFolder
from server.ports import Classifier, Mailbox
from server.services.desk import SAMPLE, Desk
from server.services.learning import Learning
from server.services.restore import mend
from server.stores.models import OwnModel
from server.stores.tiny import TinyStore
from server.texts import _
from server.training import ChildTrainer
from server.wiring_labels import build_labels
from server.wiring_tone import LazyToneReader
from server.wording_files import read_wordings

if TYPE_CHECKING:
    from server.mailboxes.gmail_connect import Google
    from server.mailboxes.gmail_tokens import Endpoints, TokenStore

logger = logging.getLogger(__name__)


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """See Clock.now."""
        return datetime.now(UTC)


class LazyClassifier:
    """The classifier, loaded when it is first needed: spaCy takes half a second that most commands can spare.

    It is `server.ports.Learner`: the seeker's own model where there is one that fits, else the shipped one.
    """

    def __init__(self, models: OwnModel | None = None) -> None:
        self._lock = threading.Lock()
        self._models = models
        self._loaded: Loaded | None = None

    @property
    def version(self) -> str:
        """See Classifier.version."""
        return self.load().version

    def judge(self, mails: Iterable[MailText]) -> Iterator[Verdict]:
        """See Classifier.judge."""
        return self.load().judge(mails)

    @property
    def own(self) -> Path | None:
        """See Learner.own."""
        return self._use().own

    @property
    def base(self) -> str:
        """See Learner.base."""
        return version_of()

    @property
    def ignored(self) -> str:
        """See Learner.ignored."""
        return self._use().ignored

    def load(self) -> Classifier:
        """The loaded classifier; raises ModelError."""
        return self._use().classifier

    def reload(self) -> None:
        """See Learner.reload. Whoever judges just now ends with the model that they began with."""
        with self._lock:
            self._loaded = None

    def _use(self) -> Loaded:
        with self._lock:
            if self._loaded is None:
                self._loaded = load(self._models)
            return self._loaded


@dataclass(frozen=True, slots=True)
class Loaded:
    """A classifier, the folder of its own model if it is one, and why a model that is there was passed over."""

    classifier: Classifier
    own: Path | None = None
    ignored: str = ""


def load(models: OwnModel | None) -> Loaded:
    """The own model that grew from the shipped one as it is now, else the shipped one; raises ModelError."""
    ignored, shipped = "", version_of()
    for folder, base in models.candidates() if models else ():
        if base != shipped:
            ignored = ignored or _("Your own model grew from an earlier version of the program, so it is not used.")
            continue
        try:
            return Loaded(load_classifier(folder), folder, ignored)
        except ModelError:
            ignored = ignored or _("Your own model is damaged, so it is not used.")
    if ignored:
        logger.warning("an own model is not used")
    return Loaded(load_classifier(), None, ignored)


def classifier_of(home: Path) -> Classifier:
    """The classifier that a data folder's mail is judged by; the folder need not be there. Raises ModelError."""
    return load(OwnModel(home)).classifier


def load_classifier(folder: Path | None = None) -> Classifier:
    """The model in a folder, or the shipped one.

    Raises ModelError when it was not built or belongs to another version.
    """
    try:
        from nlp.classifier import Classifier as Model  # noqa: PLC0415 - half a second of imports
        from nlp.model import ModelMissing  # noqa: PLC0415
    except ImportError as error:
        raise ModelError(str(error)) from error
    try:
        return Model.load(folder) if folder else Model.load()
    except (ModelMissing, OSError, ValueError, KeyError) as error:
        logger.info("the classifier in %s: %s", folder or SHIPPED, error)  # technical, and of no mail
        raise ModelError("" if not (folder or version_of()) else _wrong(error)) from error


def _wrong(error: Exception) -> str:
    """What is wrong with a model that is there."""
    cause = error.__cause__
    if isinstance(cause, FileNotFoundError):
        return _("a part of it is missing")
    return str(cause) if type(cause).__name__ == "NetworkMissing" else _("it is damaged, or of another version")


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

    def interrupt(self) -> None:
        """The program stops: end what waits for any mailbox, all at the same time."""
        with self._lock:
            ending = [threading.Thread(target=one.interrupt, daemon=True) for one in self._open.values()]
        for thread in ending:
            thread.start()
        for thread in ending:
            thread.join()

    def _build(self, name: str) -> Mailbox:
        kind, colon, rest = name.partition(":")
        if name == SAMPLE:
            outbox = OutboxFolder(self._config.home / "demo" / "Outbox", self._clock)
            return MboxMailbox(sample_mbox(), outbox, SAMPLE, senders=candidate_senders(), whole=True)
        if kind == "mbox" and colon and rest:
            outbox = OutboxFolder(self._config.home / "Outbox", self._clock)
            return MboxMailbox(Path(rest), outbox, name, kept=self._config.home / "mbox", senders=candidate_senders())
        if "@" in name and name in self.accounts():
            return self._gmail(name)
        raise UsageError(
            _("“%(name)s” names no mailbox.") % {"name": name},
            _("Use `gmail`, `sample`, or `mbox:` and the path of a file."),
        )

    def _gmail(self, address: str) -> Mailbox:
        from server.mailboxes.gmail import GmailMailbox  # noqa: PLC0415 - Google's packages load slowly

        tokens = token_store(self._config)
        account = tokens.load(address)
        if account is None:
            raise ReconnectNeeded(address)
        return GmailMailbox(account, tokens, endpoints(self._config), senders=candidate_senders())


def endpoints(config: Config) -> Endpoints:
    """Where Google is: the real addresses, or the stand-in of the tests."""
    from server.mailboxes.gmail_tokens import Endpoints  # noqa: PLC0415 - Google's packages load slowly

    return Endpoints.at(config.google_url) if config.google_url else Endpoints.google()


def token_store(config: Config) -> TokenStore:
    """Where sign-ins are kept: this computer's keyring, else closed files."""
    from server.mailboxes.gmail_tokens import TokenStore  # noqa: PLC0415 - Google's packages load slowly
    from server.mailboxes.gmail_vault import Vault  # noqa: PLC0415

    return TokenStore(config.home / "tokens", Vault(config.home))


def google(config: Config) -> Google:
    """The seeker's accounts at Google, for connecting and disconnecting."""
    from server.mailboxes.gmail_connect import Google  # noqa: PLC0415 - Google's packages load slowly

    return Google(config.home, token_store(config), endpoints(config), config.client_secret)


def sample_mbox() -> Path:
    """The sample mailbox that ships with the program."""
    return Path(str(resources.files("server") / "sample" / "mailbox.mbox"))


def wordings(home: Path) -> Mapping[str, Wording]:
    """The letters' sentences by language, the seeker's own over ours; a broken own file is named on stderr."""
    return read_wordings(home, _warn)


def _warn(sentence: str) -> None:
    logger.warning("%s", sentence)
    sys.stderr.write(sentence + "\n")


def build_desk(config: Config, home: Home, *, demo: bool = False) -> tuple[Desk, Mailboxes, LazyClassifier]:
    """All parts over a data folder that `home` has taken."""
    mend(home.folder)  # a restore that was cut off
    models = OwnModel(home.folder)
    models.mend()
    clock, classifier = SystemClock(), LazyClassifier(models)
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
        zone=local_zone,
        tone=LazyToneReader(),
    )
    desk.labels = build_labels(config, mailboxes, desk.store, clock)
    desk.tidy = desk.labels.changed
    return desk, mailboxes, classifier


def build_mailboxes(config: Config) -> tuple[Mailboxes, SystemClock]:
    """What is needed where no log is open: the mailboxes, and the time."""
    clock = SystemClock()
    return Mailboxes(config, clock), clock


def build_learning(config: Config, desk: Desk, classifier: LazyClassifier) -> Learning:
    """How the desk's corrections teach its classifier."""
    return Learning(
        desk.store,
        desk.clock,
        classifier,
        open_mailbox=desk.open_mailbox,
        visible=lambda: desk.visible,
        trainer=ChildTrainer(),
        models=OwnModel(config.home),
    )
