"""Signing in and out: consent over the loopback, scopes compared, tokens kept closed."""

from __future__ import annotations

import json
import os
import stat
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from server.domain.connection import ApiNotEnabled, BlockedByAdmin, Unticked
from server.errors import (
    ConfigError,
    Forbidden,
    HomeNotWritable,
    MailboxError,
    Offline,
    PermissionMissing,
    ReconnectNeeded,
)
from server.mailboxes.gmail import GmailMailbox
from server.mailboxes.gmail_oauth import Client, Consent, begin, revoke
from server.mailboxes.gmail_tokens import DRAFTS, LABELS, READ, Account, Endpoints, TokenStore
from tests.fakes.gmail import Decision, FakeGmail
from tests.fakes.gmail.oauth import CLIENT_ID, CLIENT_SECRET

CLIENT = Client(CLIENT_ID, CLIENT_SECRET)
SECRETS = ("1//0fake", "ya29.fake", CLIENT_SECRET)


@pytest.fixture
def fake() -> Iterator[FakeGmail]:
    with FakeGmail() as fake:
        yield fake


@pytest.fixture
def store(tmp_path: Path) -> TokenStore:
    return TokenStore(tmp_path / "tokens")


def browse(url: str) -> str:
    """What a browser does: follow the consent page's redirect back to us."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=5) as answer:
        return str(answer.read().decode())


def signed_in(fake: FakeGmail, store: TokenStore, scopes: tuple[str, ...] = DRAFTS) -> Account:
    consent = begin(CLIENT, scopes, store, Endpoints.at(fake.base))
    return finished(consent)


def finished(consent: Consent, url: str = "") -> Account:
    browser = threading.Thread(target=browse, args=(url or consent.url,))
    browser.start()
    try:
        return consent.finish(timeout=5)
    finally:
        browser.join()


def test_a_consent_ends_in_a_stored_account_that_can_read(fake: FakeGmail, store: TokenStore) -> None:
    account = signed_in(fake, store)
    assert account.address == fake.address
    assert account.scopes == tuple(sorted(DRAFTS))
    assert store.load(fake.address) == account
    assert store.accounts() == (fake.address,)
    mailbox = GmailMailbox(account, store, Endpoints.at(fake.base))
    assert [page.message_ids for page in mailbox.changes(None)] == [()]
    mailbox.close()


def test_the_url_asks_with_pkce_and_state_for_a_lasting_sign_in_on_the_loopback(
    fake: FakeGmail, store: TokenStore
) -> None:
    consent = begin(CLIENT, READ, store, Endpoints.at(fake.base))
    consent.close()
    query = {name: values[0] for name, values in parse_qs(urlsplit(consent.url).query).items()}
    assert query["code_challenge_method"] == "S256"
    assert len(query["code_challenge"]) == 43
    assert len(query["state"]) >= 32
    assert (query["access_type"], query["prompt"], query["scope"]) == ("offline", "consent", READ[0])
    assert query["redirect_uri"].startswith("http://127.0.0.1:")
    assert query["redirect_uri"].endswith("/")


def test_two_sign_ins_share_neither_state_nor_challenge(fake: FakeGmail, store: TokenStore) -> None:
    first, second = (begin(CLIENT, READ, store, Endpoints.at(fake.base)) for _ in range(2))
    first.close()
    second.close()
    queries = [parse_qs(urlsplit(consent.url).query) for consent in (first, second)]
    assert queries[0]["state"] != queries[1]["state"]
    assert queries[0]["code_challenge"] != queries[1]["code_challenge"]


def test_a_person_who_says_no_is_understood_and_nothing_is_kept(fake: FakeGmail, store: TokenStore) -> None:
    fake.oauth.decision = Decision(deny=True)
    with pytest.raises(PermissionMissing):
        signed_in(fake, store)
    assert store.accounts() == ()


def test_an_unticked_drafts_box_is_told_and_reading_is_kept(fake: FakeGmail, store: TokenStore) -> None:
    fake.oauth.decision = Decision(drop=frozenset({DRAFTS[1]}))
    with pytest.raises(PermissionMissing) as caught:
        signed_in(fake, store)
    assert "--with drafts" in caught.value.hint
    kept = store.load(fake.address)
    assert kept is not None
    assert kept.scopes == READ


def test_an_unticked_reading_box_keeps_nothing(fake: FakeGmail, store: TokenStore) -> None:
    fake.oauth.decision = Decision(drop=frozenset(READ))
    with pytest.raises(PermissionMissing) as caught:
        signed_in(fake, store)
    assert "classact connect" in caught.value.hint
    assert store.accounts() == ()


def test_the_labels_scope_alone_is_enough_to_read(fake: FakeGmail, store: TokenStore) -> None:
    account = signed_in(fake, store, LABELS)
    assert account.may(READ)
    assert account.may(DRAFTS)
    assert not replace(account, scopes=READ).may(DRAFTS)


def test_a_redirect_of_another_sign_in_is_refused(fake: FakeGmail, store: TokenStore) -> None:
    consent = begin(CLIENT, READ, store, Endpoints.at(fake.base))
    target = parse_qs(urlsplit(consent.url).query)["redirect_uri"][0]
    forged = f"{target}?{urlencode({'code': '4/0stolen', 'state': 'guessed'})}"
    with pytest.raises(Forbidden):
        finished(consent, forged)
    assert fake.posts("token") == 0


def test_an_icon_request_does_not_use_up_the_sign_in(fake: FakeGmail, store: TokenStore) -> None:
    consent = begin(CLIENT, READ, store, Endpoints.at(fake.base))
    target = parse_qs(urlsplit(consent.url).query)["redirect_uri"][0]

    def browser() -> None:
        with pytest.raises(urllib.error.HTTPError) as caught:
            browse(f"{target}favicon.ico")
        caught.value.close()
        assert "close this tab" in browse(consent.url)

    thread = threading.Thread(target=browser)
    thread.start()
    assert consent.finish(timeout=5).address == fake.address
    thread.join()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"error": "admin_policy_enforced"}, "administrator of this Google account"),
        ({"error": "org_internal"}, "its own organisation"),
        ({"error": "access_denied", "error_description": "Blocked by your admin"}, "administrator"),
    ],
)
def test_an_administrators_no_is_told_from_the_seekers_own(
    fake: FakeGmail, store: TokenStore, said: dict[str, str], sentence: str
) -> None:
    fake.oauth.decision = Decision(error=tuple(said.items()))
    with pytest.raises(BlockedByAdmin, match=sentence) as caught:
        signed_in(fake, store)
    assert caught.value.hint
    assert store.accounts() == ()


def test_what_an_answer_says_in_place_of_a_code_is_not_repeated(fake: FakeGmail, store: TokenStore) -> None:
    fake.oauth.decision = Decision(error=(("error", "<b>call 555 0100</b>"),))
    with pytest.raises(MailboxError) as caught:
        signed_in(fake, store)
    assert "555" not in str(caught.value)


@pytest.mark.parametrize("scopes", [READ, DRAFTS, LABELS])
def test_an_unticked_box_is_named_as_google_writes_it(
    fake: FakeGmail, store: TokenStore, scopes: tuple[str, ...]
) -> None:
    fake.oauth.decision = Decision(drop=frozenset({scopes[-1]}))
    box = {READ: "View your email", DRAFTS: "Manage drafts", LABELS: "View your email"}[scopes]
    with pytest.raises(Unticked, match=box) as caught:
        signed_in(fake, store, scopes)
    assert box in caught.value.hint


def test_an_api_that_is_off_is_told_with_the_page_that_switches_it_on(fake: FakeGmail, store: TokenStore) -> None:
    text = "Gmail API has not been used in project 1234567890 before or it is disabled."
    fake.faults.add("getProfile", "status", status=403, reason="accessNotConfigured", text=text)
    with pytest.raises(ApiNotEnabled) as caught:
        signed_in(fake, store)
    assert "gmail.googleapis.com?project=1234567890" in caught.value.hint
    assert store.accounts() == ()


def test_a_workspace_that_bars_gmail_apps_blocks(fake: FakeGmail, store: TokenStore) -> None:
    fake.faults.add("getProfile", "status", status=403, reason="domainPolicy")
    with pytest.raises(BlockedByAdmin):
        signed_in(fake, store)


def test_a_project_in_testing_is_known_by_the_end_that_google_names(fake: FakeGmail, store: TokenStore) -> None:
    assert signed_in(fake, store).until is None
    fake.oauth.testing = True
    until = signed_in(fake, store).until
    assert until is not None
    assert timedelta(days=6) < until - datetime.now(UTC) < timedelta(days=8)
    assert store.granted(fake.address) == (tuple(sorted(DRAFTS)), until)


def test_a_sign_in_that_is_called_off_ends_the_wait(fake: FakeGmail, store: TokenStore) -> None:
    consent = begin(CLIENT, READ, store, Endpoints.at(fake.base))
    consent.cancel()
    with pytest.raises(MailboxError):
        consent.finish(timeout=30)


def test_the_address_is_offered_first_when_one_is_known(fake: FakeGmail, store: TokenStore) -> None:
    consent = begin(CLIENT, READ, store, Endpoints.at(fake.base), "robin@example.com")
    assert parse_qs(urlsplit(consent.url).query)["login_hint"] == ["robin@example.com"]
    assert finished(consent).address == fake.address


def test_nobody_at_the_browser_ends_the_wait(fake: FakeGmail, store: TokenStore) -> None:
    consent = begin(CLIENT, READ, store, Endpoints.at(fake.base))
    with pytest.raises(MailboxError) as caught:
        consent.finish(timeout=0.05)
    assert "classact connect" in caught.value.hint


def test_the_port_is_given_back(fake: FakeGmail, store: TokenStore) -> None:
    consent = begin(CLIENT, READ, store, Endpoints.at(fake.base))
    finished(consent)
    target = parse_qs(urlsplit(consent.url).query)["redirect_uri"][0]
    with pytest.raises(urllib.error.URLError):
        browse(target)


def test_a_wrong_client_secret_is_told(fake: FakeGmail, store: TokenStore) -> None:
    consent = begin(Client(CLIENT_ID, "wrong"), READ, store, Endpoints.at(fake.base))
    with pytest.raises(MailboxError, match="invalid_client"):
        finished(consent)


def test_a_silent_token_server_is_offline(fake: FakeGmail, store: TokenStore) -> None:
    fake.faults.add("token", "drop_before_work", times=None)
    with pytest.raises(Offline):
        signed_in(fake, store)
    assert store.accounts() == ()


def test_signing_out_ends_every_token(fake: FakeGmail, store: TokenStore) -> None:
    account = signed_in(fake, store)
    revoke(account, Endpoints.at(fake.base))
    revoke(account, Endpoints.at(fake.base))
    store.delete(account.address)
    assert store.load(account.address) is None
    mailbox = GmailMailbox(account, store, Endpoints.at(fake.base))
    with pytest.raises(ReconnectNeeded):
        list(mailbox.changes(None))
    mailbox.close()


def test_signing_out_without_a_network_is_said(fake: FakeGmail, store: TokenStore) -> None:
    account = signed_in(fake, store)
    fake.faults.add("revoke", "drop_before_work", times=None)
    with pytest.raises(Offline):
        revoke(account, Endpoints.at(fake.base))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "not JSON"),
        ("[]", "not a Desktop client"),
        ('{"web": {"client_id": "x"}}', "web client"),
        ('{"installed": {"client_id": "x"}}', "client_secret is missing"),
    ],
)
def test_a_client_file_that_cannot_be_used_says_why(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "client.json"
    path.write_text(content)
    with pytest.raises(ConfigError, match=why):
        Client.load(path)


def test_a_client_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        Client.load(tmp_path / "client.json")


def test_a_desktop_clients_file_is_read(fake: FakeGmail, tmp_path: Path) -> None:
    path = tmp_path / "client.json"
    path.write_text(json.dumps(fake.client_secret()))
    assert Client.load(path) == CLIENT


def test_tokens_lie_in_a_closed_file_in_a_closed_folder(fake: FakeGmail, store: TokenStore, tmp_path: Path) -> None:
    signed_in(fake, store)
    folder = tmp_path / "tokens"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()] == [0o600]


def test_an_open_folder_is_closed_before_a_token_enters(store: TokenStore, tmp_path: Path) -> None:
    (tmp_path / "tokens").mkdir(mode=0o755)
    store.save(account_of("robin@example.com"))
    assert stat.S_IMODE((tmp_path / "tokens").stat().st_mode) == 0o700


def test_a_damaged_token_file_asks_to_sign_in_again(store: TokenStore, tmp_path: Path) -> None:
    store.save(account_of("robin@example.com"))
    next((tmp_path / "tokens").iterdir()).write_text("{}")
    with pytest.raises(ReconnectNeeded):
        store.load("robin@example.com")


@pytest.mark.parametrize("address", ["../../up@example.com", "a/b@example.com", "..", "Grün@example.com", "a b@x.y"])
def test_no_address_leads_out_of_the_folder(store: TokenStore, tmp_path: Path, address: str) -> None:
    store.save(account_of(address))
    assert [path.parent for path in tmp_path.rglob("*.json")] == [tmp_path / "tokens"]
    assert store.load(address) == account_of(address)
    assert store.accounts() == (address.lower(),)


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text("a file where the folder belongs")
    with pytest.raises(HomeNotWritable):
        TokenStore(tmp_path / "tokens").save(account_of("robin@example.com"))


def test_an_unknown_account_is_none_and_forgetting_it_is_no_error(store: TokenStore) -> None:
    assert store.load("robin@example.com") is None
    store.delete("robin@example.com")
    assert store.accounts() == ()


def test_no_secret_shows_when_an_account_is_printed(fake: FakeGmail, store: TokenStore) -> None:
    shown = repr(signed_in(fake, store)) + repr(CLIENT)
    assert not [secret for secret in SECRETS if secret in shown]


def test_google_is_only_spoken_to_over_https(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OAUTHLIB_INSECURE_TRANSPORT", raising=False)
    google = Endpoints.google()
    addresses = (google.auth, google.token, google.revoke, google.api, google.batch)
    assert {urlsplit(address).scheme for address in addresses} == {"https"}
    assert {(urlsplit(address).hostname or "").split(".", 1)[1] for address in addresses} == {
        "google.com",
        "googleapis.com",
    }
    assert "OAUTHLIB_INSECURE_TRANSPORT" not in os.environ


def account_of(address: str) -> Account:
    return Account(address, READ, "id", "secret", "refresh")
