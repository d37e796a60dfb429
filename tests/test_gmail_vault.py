"""Sign-ins in the system's keyring: moved there, never lost on the way, and said aloud when it fails."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import PasswordSetError

from server.domain.connection import KeyringClosed
from server.errors import ReconnectNeeded
from server.mailboxes import gmail_vault
from server.mailboxes.gmail_tokens import DRAFTS, READ, Account, TokenStore
from server.mailboxes.gmail_vault import Vault
from tests.fakes.keyrings import ForgetfulKeyring, LockedKeyring, MemoryKeyring, WaitingKeyring

ROBIN = Account("robin@example.com", READ, "id", "secret-of-the-client", "1//refresh", "ya29.access")


@pytest.fixture(autouse=True)
def ring() -> Iterator[MemoryKeyring]:
    """The only keyring of these tests; the machine's is never asked."""
    before = keyring.get_keyring()
    made = MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def use(backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)


def store(home: Path, patience: float = 5.0) -> TokenStore:
    return TokenStore(home / "tokens", Vault(home, patience))


def texts(home: Path) -> str:
    return "".join(path.read_text() for path in home.rglob("*") if path.is_file())


def test_secrets_go_to_the_keyring_and_no_file_holds_them(tmp_path, ring):
    store(tmp_path).save(ROBIN)
    assert store(tmp_path).load("robin@example.com") == replace(ROBIN, token="")
    assert [secret for secret in ("1//refresh", "secret-of-the-client", "ya29") if secret in texts(tmp_path)] == []
    assert len(ring.kept) == 1


def test_the_access_token_of_an_hour_is_not_put_in_the_keyring(tmp_path, ring):
    store(tmp_path).save(ROBIN)
    assert "ya29" not in str(ring.kept)


def test_two_data_folders_do_not_meet_in_the_keyring(tmp_path, ring):
    one, two = store(tmp_path / "one"), store(tmp_path / "two")
    one.save(ROBIN)
    two.save(replace(ROBIN, refresh_token="1//another"))
    assert one.load(ROBIN.address).refresh_token == "1//refresh"
    one.delete(ROBIN.address)
    assert two.load(ROBIN.address).refresh_token == "1//another"
    assert len(ring.kept) == 1


def test_a_sign_in_that_lies_in_a_file_moves_to_the_keyring(tmp_path):
    TokenStore(tmp_path / "tokens").save(ROBIN)
    assert "1//refresh" in texts(tmp_path)
    assert store(tmp_path).load(ROBIN.address) == ROBIN
    assert "1//refresh" not in texts(tmp_path)
    assert store(tmp_path).load(ROBIN.address).refresh_token == "1//refresh"


def test_a_keyring_that_comes_later_is_found_at_the_next_start(tmp_path, ring):
    use(LockedKeyring())
    store(tmp_path).save(ROBIN)
    assert "1//refresh" in texts(tmp_path)
    use(ring)
    store(tmp_path).settle()
    assert "1//refresh" not in texts(tmp_path)


@pytest.mark.parametrize("backend", [LockedKeyring, ForgetfulKeyring])
def test_a_keyring_that_fails_at_the_first_try_is_not_used(tmp_path, backend):
    use(backend())
    tokens = store(tmp_path)
    tokens.save(ROBIN)
    assert tokens.load(ROBIN.address) == ROBIN
    assert "readable by you alone (" in tokens.place(ROBIN.address)
    (file,) = (tmp_path / "tokens").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("backend", [LockedKeyring, ForgetfulKeyring])
def test_a_fresh_sign_in_is_not_lost_when_the_keyring_fails_later(tmp_path, ring, backend):
    tokens = store(tmp_path)
    assert Vault(tmp_path).choice().keyring
    use(backend())
    tokens.save(ROBIN)
    assert store(tmp_path).load(ROBIN.address) == ROBIN
    assert "readable by you alone (" in tokens.place(ROBIN.address)
    use(ring)
    assert store(tmp_path).load(ROBIN.address) == ROBIN


class BreakingKeyring(MemoryKeyring):
    """A backend whose library fails in its own way."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error


@pytest.mark.parametrize("error", [PasswordSetError(), ConnectionResetError(), RuntimeError(), AttributeError()])
def test_an_error_of_keyring_or_the_system_means_that_the_keyring_failed(tmp_path, error):
    use(BreakingKeyring(error))
    assert Vault(tmp_path).probe(patience=5.0).why == type(error).__name__


@pytest.mark.parametrize(("module", "name"), gmail_vault._FOREIGN)
def test_an_error_of_a_backends_own_library_means_so_too(tmp_path, monkeypatch, module, name):
    own = type(name, (Exception,), {})
    monkeypatch.setitem(sys.modules, module, SimpleNamespace(**{name: own}))  # not every library is on every system
    use(BreakingKeyring(own()))
    assert Vault(tmp_path).probe(patience=5.0).why == name


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_keyring_that_fails_as_nobody_foresaw_loses_no_sign_in(tmp_path):
    use(BreakingKeyring(ZeroDivisionError()))
    assert Vault(tmp_path).probe(patience=5.0).why == "it broke"
    store(tmp_path).save(ROBIN)
    assert store(tmp_path).load(ROBIN.address) == ROBIN


def test_a_keyring_that_waits_for_somebody_is_left_behind(tmp_path):
    waiting = WaitingKeyring()
    use(waiting)
    assert "no answer in time" in Vault(tmp_path).probe(patience=0.05).why
    waiting.end.set()


def test_a_sign_in_in_a_locked_keyring_says_so_and_is_kept(tmp_path, ring):
    store(tmp_path).save(ROBIN)
    use(LockedKeyring())
    with pytest.raises(KeyringClosed) as caught:
        store(tmp_path).load(ROBIN.address)
    assert "Unlock it" in caught.value.hint
    use(ring)
    assert store(tmp_path).load(ROBIN.address).refresh_token == "1//refresh"


def test_a_sign_in_that_the_keyring_has_lost_needs_a_new_one(tmp_path, ring):
    store(tmp_path).save(ROBIN)
    ring.kept.clear()
    with pytest.raises(ReconnectNeeded):
        store(tmp_path).load(ROBIN.address)


def test_deleting_leaves_nothing_in_file_or_keyring(tmp_path, ring):
    tokens = store(tmp_path)
    tokens.save(ROBIN)
    tokens.delete(ROBIN.address)
    assert (tokens.accounts(), ring.kept, tokens.load(ROBIN.address)) == ((), {}, None)


def test_the_choice_is_remembered_in_a_closed_file(tmp_path):
    assert Vault(tmp_path).choice().keyring == "tests.fakes.keyrings"
    use(LockedKeyring())
    assert Vault(tmp_path).choice().keyring == "tests.fakes.keyrings"
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert set(json.loads(file.read_text())) == {"keyring", "why"}


def test_a_renewed_token_of_a_disconnected_account_does_not_bring_it_back(tmp_path):
    tokens = store(tmp_path)
    tokens.save(ROBIN)
    tokens.delete(ROBIN.address)
    tokens.renew(replace(ROBIN, token="ya29.later"))
    assert tokens.accounts() == ()


def test_a_renewed_access_token_is_kept_in_a_file_and_leaves_the_keyring_alone(tmp_path, ring):
    tokens = TokenStore(tmp_path / "files")
    tokens.save(ROBIN)
    tokens.renew(replace(ROBIN, token="ya29.later"))
    assert tokens.load(ROBIN.address).token == "ya29.later"
    closed = store(tmp_path)
    closed.save(ROBIN)
    before = dict(ring.kept)
    closed.renew(replace(ROBIN, token="ya29.later"))
    assert (ring.kept, "ya29" in texts(tmp_path / "tokens")) == (before, False)


def test_more_permissions_are_kept_beside_the_keyring(tmp_path):
    tokens = store(tmp_path)
    tokens.save(ROBIN)
    tokens.save(replace(ROBIN, scopes=DRAFTS))
    assert store(tmp_path).granted(ROBIN.address) == (DRAFTS, None)
    assert store(tmp_path).load(ROBIN.address).may(DRAFTS)


def test_only_a_real_keyring_counts(tmp_path):
    for backend in (fail.Keyring(), null.Keyring()):
        use(backend)
        choice = Vault(tmp_path).probe()
        assert (choice.keyring, "no keyring" in choice.why) == ("", True)
