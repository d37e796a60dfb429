"""The seeker's own wording files over ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.domain.letters.body import Order, write
from server.domain.model import Kind, Tone
from server.domain.wording import Facts, Wording
from server.wording_files import read_wordings
from tests.wordings import WORDINGS, refuse


def write_own(home: Path, text: str, language: str = "en") -> Path:
    path = home / "wording" / f"{language}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def thanks(wording: Wording) -> str:
    return write(wording, Order(Kind.THANK_YOU, Tone.WARM, "one"), Facts())


def test_an_own_table_takes_the_place_of_ours_and_the_rest_stays(tmp_path):
    write_own(tmp_path, 'closing = { warm = "Yours,", brief = "Best,", formal = "Truly yours," }')
    found = read_wordings(tmp_path, refuse)
    assert thanks(found["en"]).endswith("\n\nYours,")
    assert thanks(found["en"]).split("\n\n")[:-1] == thanks(WORDINGS["en"]).split("\n\n")[:-1]
    assert found["de"] == WORDINGS["de"]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ('[[wish]]\nlines = [\n  "Fine.",\n  "At {company}.",\n]\n', 4, "speaks of a fact it does not need"),
        ('# mine\n\n[[wish]]\nlines = [ "Fine."\n', 4, "Unclosed array"),
        ("# mine\n\nwish = Fine.\n", 3, "Invalid value"),
        ('[[wish]]\nlines = ["Fine."]\n\n[revenge]\n', 4, "no slot of a letter"),
        ('[greeting]\nperson = "Dear"\n', 1, "needs an entry"),
        ('[[wish]]\ntones = ["angry"]\nlines = ["Fine."]\n', 2, "no tone"),
    ],
)
def test_a_broken_own_file_is_named_with_its_line_and_ours_is_used(tmp_path, text, line, why):
    path = write_own(tmp_path, text)
    said: list[str] = []
    found = read_wordings(tmp_path, said.append)
    assert len(said) == 1
    assert f"{path} is wrong in line {line}:" in said[0]
    assert why in said[0]
    assert dict(found) == dict(WORDINGS)


def test_a_file_that_is_no_text_is_named_too(tmp_path):
    write_own(tmp_path, "").write_bytes(b"\xff\xfe\x00")
    said: list[str] = []
    assert dict(read_wordings(tmp_path, said.append)) == dict(WORDINGS)
    assert "en.toml" in said[0]


def test_another_language_needs_a_whole_file(tmp_path):
    whole = (Path(__file__).parents[1] / "server" / "wording" / "en.toml").read_text(encoding="utf-8")
    write_own(tmp_path, whole, "fi")
    write_own(tmp_path, 'closing = { warm = "A", brief = "B", formal = "C" }', "sv")
    said: list[str] = []
    assert set(read_wordings(tmp_path, said.append)) == {*WORDINGS, "fi"}
    assert "sv.toml" in said[0]
