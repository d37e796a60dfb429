"""The wording files on disk: the shipped ones, and the seeker's own tables over them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from server.domain.wording import Wording, WordingError, parse
from server.texts import _

_LINE_OF_TOML = re.compile(r"at line (\d+)")


class Wordings(Mapping[str, Wording]):
    """The letters' sentences by language. A shipped file is read when its language is first asked for."""

    def __init__(self, files: Mapping[str, Path], own: Mapping[str, Wording]) -> None:
        self._files = files
        self._read = dict(own)

    def __getitem__(self, language: str) -> Wording:
        """The language's sentences; raises KeyError for a language that has none."""
        if language not in self._read:
            self._read[language] = parse(language, _tables(self._files[language]))
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        """The languages."""
        return iter(sorted({*self._files, *self._read}))

    def __len__(self) -> int:
        """How many languages there are."""
        return len({*self._files, *self._read})


def read_wordings(home: Path, warn: Callable[[str], None]) -> Wordings:
    """The shipped sentences, and those of HOME/wording/LANGUAGE.toml in place of the tables of the same name.

    An own file that makes no sense is left out, and `warn` hears a sentence that names the file, the line and what is
    wrong in it.
    """
    shipped = Path(str(resources.files("server") / "wording"))
    files = {path.stem: path for path in sorted(shipped.glob("*.toml"))}
    own = {}
    for path in sorted((home / "wording").glob("*.toml")):
        wording = _own(path, _tables(files[path.stem]) if path.stem in files else {}, warn)
        if wording is not None:
            own[path.stem] = wording
    return Wordings(files, own)


def _tables(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _own(path: Path, shipped: dict[str, Any], warn: Callable[[str], None]) -> Wording | None:
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        return parse(path.stem, {**shipped, **tomllib.loads(text)})
    except WordingError as error:
        line, why = _line_of(text, error.words), str(error)
    except tomllib.TOMLDecodeError as error:
        found = _LINE_OF_TOML.search(str(error))
        line, why = int(found[1]) if found else len(text.splitlines()) or 1, str(error)  # else "at end of document"
    except (OSError, UnicodeDecodeError) as error:
        line, why = 1, str(error)
    said = _("Your wording file %(path)s is wrong in line %(line)d: %(why)s. The shipped letters are used instead.")
    warn(said % {"path": path, "line": line, "why": why})
    return None


def _line_of(text: str, words: str) -> int:
    """The first line that holds the words as the file spells them, 1 when none does."""
    spelled = {words, words.replace("\\", "\\\\").replace('"', '\\"')}
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if words and any(each in line for each in spelled)), 1)
