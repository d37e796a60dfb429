"""Which files of the data folder are ours, by their names alone; whatever is not named here is left alone.

A backup takes some of them, a restore may write those, and a wipe deletes them all.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Group(StrEnum):
    """What a file is for."""

    LOG = "log"  # the store: verdicts, corrections, letters, journal
    LETTERS = "letters"  # letters that went to a folder, where there is no account
    WORDING = "wording"  # the seeker's own sentences for letters
    MODEL = "model"  # the model that learned from the seeker's corrections
    SIGN_IN = "sign_in"  # tokens and the OAuth client: never in a backup
    INDEX = "index"  # where mails lie in .mbox files; made anew when it is gone
    COPIES = "copies"  # what a restore keeps of the data before it
    RUN = "run"  # lock, server address, log file: of use to the running program only


_PATTERNS: Final[tuple[tuple[Group, str], ...]] = (
    (Group.LOG, r"log\.(json|journal)(\.bak)?(\.tmp)?|log\.new(\.tmp)?"),
    (Group.LETTERS, r"(demo/)?Outbox/(drafts|sent)/[^/]+\.(eml|tmp)"),
    (Group.WORDING, r"wording/[^/]+\.toml"),
    (Group.MODEL, r"model/.+|model\.(last|new)/.+|model\.new\.jsonl"),
    (Group.SIGN_IN, r"(tokens/[^/]+|token-store|client_secret)\.json(\.\d+-\d+\.new)?"),
    (Group.INDEX, r"mbox/[0-9a-f]{24}\.index(-journal|-wal|-shm)?"),
    (Group.COPIES, r"before-restore-\d{8}T\d{6}Z/.+|restoring/.+|(\.restoring\.json\.\d+\.part|restoring\.json)"),
    (Group.RUN, r"lock|server\.json|classact\.log(\.\d+)?|\.doctor-\w+"),
)
_COMPILED: Final = tuple((group, re.compile(pattern)) for group, pattern in _PATTERNS)
# What a backup holds: the log as one snapshot, and whole files as they are.
_IN_BACKUP: Final = re.compile(
    r"log\.json|(demo/)?Outbox/(drafts|sent)/[0-9a-f]{16}\.eml|wording/[A-Za-z-]{2,12}\.toml|model/[\w.-]+(/[\w.-]+){0,4}",
    re.ASCII,
)
# Names that Windows gives to devices; a file of such a name cannot be written there.
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
FOLDERS: Final = re.compile(
    r"tokens|wording|mbox|model(\.last|\.new)?(/.+)?|(demo/)?Outbox(/(drafts|sent))?|demo"
    r"|before-restore-\d{8}T\d{6}Z(/.+)?|restoring(/.+)?"
)
TOP_LEVEL: Final = ("log.json", "log.json.bak", "log.journal", "log.journal.bak", "wording", "model", "model.last",
                    "Outbox", "demo/Outbox")  # what a restore puts aside, in this order  # fmt: skip


def group_of(name: str) -> Group | None:
    """What the file is for, by its path in the data folder with `/` between; None when it is not ours."""
    return next((group for group, pattern in _COMPILED if pattern.fullmatch(name)), None)


def is_folder_of_ours(name: str) -> bool:
    """Whether we make a folder of that name, so that it may go when it is empty."""
    return FOLDERS.fullmatch(name) is not None


def may_be_in_backup(name: str) -> bool:
    """Whether a backup of ours may hold a file of that name: no way out of the folder, no sign-in, no device."""
    parts = name.split("/")
    plain = all(part.strip(". ") == part and not _DEVICES.fullmatch(part) for part in parts)
    return plain and _IN_BACKUP.fullmatch(name) is not None
