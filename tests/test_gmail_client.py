"""The OAuth client's file: each wrong one is told apart, with what to do about it."""

from __future__ import annotations

import json
import stat
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.errors import ConfigError, HomeNotWritable
from server.mailboxes.gmail_client import MOST, Client, ClientFileWrong, keep

GOOD = {
    "client_id": "1234567890-abc.apps.googleusercontent.com",
    "client_secret": "GOCSPX-x",
    "project_id": "class-act-7",
    "redirect_uris": ["http://localhost"],
}
KEY = "AIza" + "x" * 35


def content(**changes: object) -> bytes:
    return json.dumps({"installed": {**GOOD, **changes}}).encode()


WRONG = {
    "empty": (b"", "empty", "afresh"),
    "no JSON": (b"{'installed': 1}", "not JSON", "afresh"),
    "a picture": (b"\x89PNG\r\n\x1a\n\xff", "no text", "Desktop app"),
    "a list": (b"[]", "not a Desktop client", "Desktop app"),
    "something else": (b'{"name": "x"}', "not a Desktop client", "Desktop app"),
    "web": (b'{"web": {"client_id": "x"}}', "web client", "cannot answer to your computer"),
    "service account": (b'{"type": "service_account", "private_key": "x"}', "service account", "delete that key"),
    "sign-in": (b'{"type": "authorized_user", "refresh_token": "x"}', "sign-in", "Desktop app"),
    "API key": (json.dumps({"keyString": KEY}).encode(), "API key", "Desktop app"),
    "bare API key": (KEY.encode(), "API key", "Desktop app"),
    "edited": (json.dumps(GOOD).encode(), "“installed” is missing", "afresh"),
    "no id": (content(client_id=None), "client_id is missing", "afresh"),
    "no secret": (content(client_secret=""), "client_secret is missing", "afresh"),
    "neither": (b'{"installed": {}}', "client_id, client_secret", "afresh"),
    "foreign id": (content(client_id="x"), "not one of Google's", "afresh"),
    "other redirect": (content(redirect_uris=["https://app.example/done"]), "redirect_uris", "Desktop app"),
    "own scheme": (content(redirect_uris=["com.example.app:/done", 7]), "redirect_uris", "Desktop app"),
    "too long": (b" " * (MOST + 1), "too long", "Desktop app"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_each_wrong_file_has_its_own_sentence_and_mend(kind):
    file, why, mend = WRONG[kind]
    with pytest.raises(ClientFileWrong) as caught:
        Client.parse(file, "client.json")
    assert why in str(caught.value)
    assert "client.json" in str(caught.value)
    assert mend in caught.value.hint


def test_no_two_kinds_of_wrong_file_share_all_their_words():
    said = set()
    for file, *_rest in WRONG.values():
        with pytest.raises(ClientFileWrong) as caught:
            Client.parse(file, "x")
        said.add(str(caught.value) + caught.value.hint)
    assert len(said) >= len(WRONG) - 3  # a list and something else, a key and a bare key, and so on are alike


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"redirect_uris": ["urn:ietf:wg:oauth:2.0:oob", "http://localhost"]},
        {"redirect_uris": []},
        {"redirect_uris": ["http://127.0.0.1:8080/"]},
        {"project_id": None},
    ],
)
def test_a_desktop_clients_file_is_taken(changes):
    client = Client.parse(content(**changes), "x")
    assert (client.id, client.number) == (GOOD["client_id"], "1234567890")


def test_a_byte_order_mark_does_no_harm(tmp_path):
    assert keep(b"\xef\xbb\xbf" + content(), "x", tmp_path / "c.json").project == "class-act-7"
    assert Client.load(tmp_path / "c.json").project == "class-act-7"


def test_a_kept_file_is_closed_to_others_and_a_wrong_one_changes_nothing(tmp_path):
    path = tmp_path / "home" / "client_secret.json"
    keep(content(), "x", path)
    before = path.read_bytes()
    with pytest.raises(ConfigError):
        keep(b"{}", "x", path)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (before, 0o600)


def test_a_folder_that_takes_nothing_says_so(tmp_path):
    (tmp_path / "home").write_text("a file")
    with pytest.raises(HomeNotWritable):
        keep(content(), "x", tmp_path / "home" / "client_secret.json")


def test_the_secret_does_not_show_when_a_client_is_printed():
    assert "GOCSPX" not in repr(Client.parse(content(), "x"))


@given(st.binary(max_size=200) | st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9),
    lambda inner: st.dictionaries(st.sampled_from(["installed", "web", "type", *GOOD]), inner) | st.lists(inner),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_whatever_is_given_is_taken_or_refused_in_words(file):
    with suppress(ClientFileWrong):
        assert Client.parse(file, "x").id
