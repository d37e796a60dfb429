"""What the program brings along: the classifier, the network's weights, the sample mailbox, the letters' wording."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from server.domain.wording import WordingError
from server.services.doctor import Found, fail, ok, warn
from server.texts import _
from server.wiring import sample_mbox
from server.wording_files import read_wordings

_AGAIN: Final = _("Install Class Act anew.")


def sample() -> Iterator[Found]:
    """Whether the sample mailbox can be read."""
    try:
        with sample_mbox().open("rb") as file:
            mails = sum(line.startswith(b"From ") for line in file)
    except OSError as error:
        yield fail("sample", _("It cannot be read (%(why)s).") % {"why": error.strerror}, _AGAIN)
        return
    if mails:
        yield ok("sample", _("%(count)d mails.") % {"count": mails})
    else:
        yield fail("sample", _("It is empty."), _AGAIN)


def wording(home: Path) -> Iterator[Found]:
    """Whether every file of letters' sentences can be used, the seeker's own ones too."""
    wrong: list[str] = []
    try:
        found = read_wordings(home, wrong.append)
        languages = sorted(language for language in found if found[language])
    except (WordingError, OSError, ValueError) as error:
        yield fail("wording", _("A file that came with the program is damaged: %(why)s.") % {"why": error}, _AGAIN)
        return
    if wrong:
        mend = _("Correct that file, or move it out of the folder `wording`; until then ours is used.")
        yield warn("wording", " ".join(wrong), mend)
        return
    own = sorted((home / "wording").glob("*.toml"))
    said = _("Letters in %(languages)s.") % {"languages": ", ".join(languages)}
    if own:
        said += " " + _("Your own files: %(names)s.") % {"names": ", ".join(path.name for path in own)}
    yield ok("wording", said)
