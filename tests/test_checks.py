"""What the doctor looks at: for each thing that can be wrong, the finding that says so and its mend."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from filelock import FileLock

from server.checks import google, house, machine, model, program
from server.config import Config
from server.domain.model import Cursor, Kind, OutboxItem, OutboxState, Pairing
from server.errors import ConfigError
from server.home import Home, ServerAddress
from server.mailboxes.gmail_tokens import DRAFTS, READ
from server.stores.inspect import inspect
from server.stores.tiny import TinyStore
from tests.gmail_ground import opened

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LETTER = OutboxItem("1", "a@example.com", "m", "t", Kind.THANK_YOU, "b@example.com", "s", "b", OutboxState.UNKNOWN, NOW)


def said(found, id_):
    """Status, and sentence with mend, of one finding."""
    (one,) = [one for one in found if one[0] == id_]
    return str(one[1]), f"{one[2]} {one[3]}"


def google_config(home, fake) -> Config:
    return Config(home=home, google_url=fake.base)


class TestTheMachine:
    def test_a_variable_nobody_reads_is_named(self):
        assert said(machine.settings({"CLASSACT_PROT": "1"}, None), "environment")[0] == "warn"

    def test_a_wrong_variable_fails_with_its_own_words(self):
        status, words = said(machine.settings({}, ConfigError(["CLASSACT_PORT is odd."])), "environment")
        assert (status, "CLASSACT_PORT is odd" in words) == ("fail", True)

    @pytest.mark.parametrize(("name", "status"), [("CLASSACT_GOOGLE_URL", "warn"), ("CLASSACT_PORT", "ok")])
    def test_a_stand_in_for_google_is_pointed_out(self, name, status):
        assert said(machine.settings({name: "1"}, None), "environment")[0] == status

    def test_a_folder_that_others_may_read_is_told_with_the_command_that_closes_it(self, tmp_path):
        tmp_path.chmod(0o755)
        status, words = said(machine.folder(tmp_path), "folder")
        assert (status, f"chmod 700 {tmp_path}" in words) == ("warn", True)
        tmp_path.chmod(0o700)
        assert {status for _id, status, *_ in machine.folder(tmp_path)} == {"ok"}

    def test_a_folder_that_is_a_file_fails(self, tmp_path):
        (tmp_path / "home").write_text("")
        found = list(machine.folder(tmp_path / "home"))
        assert (said(found, "folder")[0], said(found, "sync")[0]) == ("fail", "fail")

    def test_a_folder_that_is_not_there_yet_is_no_fault_and_is_not_made(self, tmp_path):
        assert said(machine.folder(tmp_path / "a" / "b"), "folder")[0] == "ok"
        assert list(tmp_path.iterdir()) == []

    def test_a_package_of_another_version_is_named(self, tmp_path):
        (tmp_path / "lock").write_text("# comment\nclick==0.0.1\nnot-here-at-all==1\n")
        status, words = said(machine.packages(tmp_path / "lock"), "packages")
        assert (status, "click" in words, "not-here" in words) == ("warn", True, False)


class TestTheHouse:
    def test_a_server_that_hangs_is_told_by_its_process(self, tmp_path):
        lock = FileLock(tmp_path / "lock")
        with lock:
            found = list(house.owner(Config(home=tmp_path), ServerAddress(1, "t", 4711), None))
        status, words = said(found, "server")
        assert (status, "4711" in words) == ("fail", True)

    def test_a_server_that_was_killed_is_none(self, tmp_path):
        Home(tmp_path).announce(1)
        assert said(house.owner(Config(home=tmp_path), Home(tmp_path).server(), None), "server")[0] == "ok"

    def test_a_port_that_another_program_has_fails(self, tmp_path):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            config = Config(home=tmp_path, port=other.getsockname()[1])
            assert said(house.owner(config, None, None), "port")[0] == "fail"
        assert said(house.owner(config, None, None), "port")[0] == "ok"

    def test_a_broken_log_fails_and_what_depends_on_it_is_not_guessed(self, tmp_path):
        (tmp_path / "log.json").write_text("nonsense")
        (tmp_path / "log.journal").write_text('00000000 {"base":1}\n')
        found = list(house.store(tmp_path, None, NOW))
        assert (said(found, "store")[0], said(found, "outbox")[0]) == ("fail", "warn")

    def test_looking_changes_no_byte(self, tmp_path):
        store = TinyStore(tmp_path)
        store.put(LETTER)
        store.close()
        with (tmp_path / "log.journal").open("ab") as file:
            file.write(b"torn")
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        assert inspect(tmp_path).torn
        assert inspect(tmp_path).all(OutboxItem) == [LETTER]
        assert said(house.store(tmp_path, None, NOW), "store")[0] == "ok"
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before

    @pytest.mark.parametrize(("state", "status"), [("unknown", "warn"), ("failed", "warn"), ("sent", "ok")])
    def test_letters_in_doubt_are_counted(self, tmp_path, state, status):
        store = TinyStore(tmp_path)
        store.put(replace(LETTER, state=OutboxState(state)))
        store.close()
        found, words = said(house.store(tmp_path, None, NOW), "outbox")
        assert (found, "b@example.com" in words) == (status, False)

    def test_a_server_that_has_not_looked_for_long_is_told(self, tmp_path):
        store = TinyStore(tmp_path)
        store.put(Cursor("a@example.com", "1", NOW - timedelta(hours=3)), Pairing("1", "o", "h", "k", NOW))
        store.close()
        found = list(house.store(tmp_path, {"scanning": False, "accounts": [], "scans": []}, NOW))
        assert (said(found, "last_scan")[0], said(found, "extension")[0]) == ("warn", "ok")
        assert said(house.store(tmp_path, None, NOW), "last_scan")[0] == "ok"

    @pytest.mark.parametrize(("state", "status"), [("offline", "warn"), ("blocked_by_admin", "fail")])
    def test_what_the_running_server_says_of_an_account_is_passed_on(self, tmp_path, state, status):
        account = {"state": state, "address": "a@example.com", "name": "Name", "sentence": "Said.", "mend": "Mend."}
        found = house.store(tmp_path, {"accounts": [account], "scans": []}, NOW)
        assert said(found, "scan_failures") == (status, "Name: Said. Mend.")


class TestTheProgram:
    def test_the_sample_and_the_shipped_wording_are_whole(self, tmp_path):
        assert said(program.sample(), "sample")[0] == "ok"
        assert said(program.wording(tmp_path), "wording")[0] == "ok"

    def test_a_wording_file_of_ones_own_that_is_wrong_is_named(self, tmp_path):
        (tmp_path / "wording").mkdir()
        (tmp_path / "wording" / "en.toml").write_text("= nonsense")
        status, words = said(program.wording(tmp_path), "wording")
        assert (status, "en.toml" in words) == ("warn", True)

    def test_a_model_that_a_running_server_has_loaded_is_not_loaded_again(self, tmp_path):
        found = list(model.model(tmp_path, {"model": "ready", "model_version": "older"}, 0.0))
        assert [one[0] for one in found] == ["model", "weights", "model_loads"]
        assert said(found, "model_loads")[0] == "warn"

    def test_a_model_that_takes_too_long_is_not_waited_for(self, tmp_path):
        assert said(model.model(tmp_path, None, 0.0), "model_loads")[0] == "warn"


class TestTheWayToGoogle:
    @pytest.fixture
    def ground(self, tmp_path):
        with opened(tmp_path) as made:
            yield made

    def account(self, ground, tmp_path, scopes=DRAFTS):
        ground.account(scopes)
        return list(google.account(google_config(tmp_path, ground.fake), ground.fake.address, NOW))

    def test_an_account_that_is_well_has_five_good_findings(self, ground, tmp_path):
        found = self.account(ground, tmp_path)
        assert [(one[0], str(one[1])) for one in found] == [
            *(("scopes", "ok"), ("sign_in_end", "ok"), ("sign_in", "ok"), ("gmail", "ok"), ("clock", "ok")),
        ]

    def test_nothing_is_written_while_it_is_looked_at(self, ground, tmp_path):
        ground.account()
        (file,) = (tmp_path / "tokens").iterdir()
        before = file.read_bytes()
        list(google.account(google_config(tmp_path, ground.fake), ground.fake.address, NOW))
        assert file.read_bytes() == before

    def test_a_revoked_sign_in_fails_with_the_way_back(self, ground, tmp_path):
        ground.account()
        ground.fake.oauth.revoke_grants()
        found = list(google.account(google_config(tmp_path, ground.fake), ground.fake.address, NOW))
        status, words = said(found, "sign_in")
        assert (status, "classact connect" in words) == ("fail", True)

    def test_no_network_is_a_warning_only(self, ground, tmp_path):
        ground.fake.faults.add("token", "drop_before_work", times=None)
        found = self.account(ground, tmp_path)
        assert (said(found, "sign_in")[0], said(found, "gmail")[0]) == ("warn", "warn")

    @pytest.mark.parametrize(
        ("reason", "status", "word"),
        [
            ("accessNotConfigured", "fail", "Enable"),
            ("domainPolicy", "fail", "administrator"),
            ("rateLimitExceeded", "warn", "pause"),
        ],
    )
    def test_what_gmail_itself_says_is_told_apart(self, ground, tmp_path, reason, status, word):
        ground.fake.faults.add("getProfile", "status", status=403, reason=reason, times=None)
        found = said(self.account(ground, tmp_path), "gmail")
        assert (found[0], word in found[1]) == (status, True)

    def test_a_sign_in_page_of_some_network_is_not_taken_for_gmail(self, ground, tmp_path):
        ground.fake.faults.add("getProfile", "garbage_after_work")
        assert said(self.account(ground, tmp_path), "gmail")[0] == "warn"

    def test_reading_alone_is_enough(self, ground, tmp_path):
        status, words = said(self.account(ground, tmp_path, READ), "scopes")
        assert (status, "first letter" in words) == ("ok", True)

    @pytest.mark.parametrize(("days", "status"), [(1, "fail"), (6, "warn")])
    def test_a_sign_in_that_will_end_is_told_before(self, ground, tmp_path, days, status):
        ground.tokens.save(replace(ground.account(), until=NOW + timedelta(days=days)))
        found = list(google.account(google_config(tmp_path, ground.fake), ground.fake.address, NOW))
        assert said(found, "sign_in_end")[0] == status

    def test_open_token_files_fail(self, ground, tmp_path):
        ground.account()
        (file,) = (tmp_path / "tokens").iterdir()
        assert said(google.token_store(google_config(tmp_path, ground.fake)), "token_store")[0] == "ok"
        file.chmod(0o644)
        assert said(google.token_store(google_config(tmp_path, ground.fake)), "token_store")[0] == "fail"

    def test_a_wrong_client_file_fails_and_none_is_a_hint(self, tmp_path):
        config = Config(home=tmp_path)
        assert said(google.client_file(config), "client_file")[0] == "warn"
        (tmp_path / "client_secret.json").write_text('{"web": {}}')
        status, words = said(google.client_file(config), "client_file")
        assert (status, "web client" in words) == ("fail", True)
