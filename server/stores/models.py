"""The seeker's own model in the data folder: put in place by renaming, so that a whole one is always there or none.

model        the one in use; its file `base` names the shipped model that it grew from
model.last   the one before, kept until the next is put in place
model.new    being made; never read by anybody else
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from server.errors import HomeNotWritable

_BASE = "base"


class OwnModel:
    """`server.ports.Models` in a folder that this process holds."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.folder, self.fresh, self._last = home / "model", home / "model.new", home / "model.last"

    def mend(self) -> None:
        """After a stop in the middle of a change: the last model takes its place again, half-made ones go."""
        try:
            if not self.folder.exists() and self._last.is_dir():
                self._last.rename(self.folder)
            self.discard()
        except OSError as error:
            raise self._refused(error) from error

    def candidates(self) -> Iterator[tuple[Path, str]]:
        """Folders of own models, the one to use first, each with the version of the shipped one it grew from."""
        for folder in (self.folder, self._last):
            try:
                yield folder, (folder / _BASE).read_text("utf-8").strip()
            except (OSError, ValueError):  # not there, or not finished
                continue

    def adopt(self, base: str) -> None:
        """Put what stands in `fresh` in the place of the model; raises HomeNotWritable, and then nothing changed."""
        try:
            (self.fresh / _BASE).write_text(f"{base}\n", "utf-8")
            _sync(self.fresh)
            shutil.rmtree(self._last, ignore_errors=True)
            if self.folder.exists():
                self.folder.rename(self._last)
            try:
                self.fresh.rename(self.folder)
            except OSError:
                if self._last.exists():
                    self._last.rename(self.folder)
                raise
        except OSError as error:
            raise self._refused(error) from error

    def discard(self) -> None:
        """Remove what was being made, and the mails that it was learning from; what will not go goes the next time."""
        shutil.rmtree(self.fresh, ignore_errors=True)
        with suppress(OSError):
            self.fresh.with_name(f"{self.fresh.name}.jsonl").unlink(missing_ok=True)

    def reset(self) -> None:
        """Remove every own model; raises HomeNotWritable."""
        try:
            self.discard()
            if self._last.exists():
                shutil.rmtree(self._last)  # first, or a stop in between would bring it back
            if self.folder.exists():
                self.folder.rename(self.fresh)
                shutil.rmtree(self.fresh)
        except OSError as error:
            raise self._refused(error) from error

    def _refused(self, error: OSError) -> HomeNotWritable:
        return HomeNotWritable(str(self._home), error.strerror or str(error))


def _sync(folder: Path) -> None:
    """Have every file on disk before the folder gets the name that makes it count."""
    for path in folder.rglob("*"):
        if path.is_file():
            fd = os.open(path, os.O_RDWR)  # Windows syncs only what is open for writing
            try:
                os.fsync(fd)
            finally:
                os.close(fd)
