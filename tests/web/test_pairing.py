"""The extension and the server come to know each other by a code once, and prove themselves ever after."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from server.domain.model import Pairing
from tests.web.app_ground import AppGround


@pytest.fixture
def app() -> AppGround:
    return AppGround()


def test_the_code_is_exchanged_for_a_token_that_works(app):
    token, _pairing, _key = app.pair()
    assert app.post("/api/v1/status", {}, token).status_code == 200


def test_a_code_works_once(app):
    code = app.guard.pairings.new_code()
    assert app.post("/api/v1/pair", {"code": code}).status_code == 200
    assert app.post("/api/v1/pair", {"code": code}).status_code == 403


def test_a_code_is_void_after_five_minutes(app):
    code = app.guard.pairings.new_code()
    app.ground.clock.advance(301)
    assert app.post("/api/v1/pair", {"code": code}).status_code == 403


def test_five_wrong_tries_void_the_code(app):
    code = app.guard.pairings.new_code()
    wrong = str((int(code) + 1) % 10**8).zfill(8)
    for _ in range(5):
        assert app.post("/api/v1/pair", {"code": wrong}).status_code == 403
    assert app.post("/api/v1/pair", {"code": code}).status_code == 403


def test_a_new_code_voids_the_old_one(app):
    old = app.guard.pairings.new_code()
    app.guard.pairings.new_code()
    assert app.post("/api/v1/pair", {"code": old}).status_code == 403


def test_without_a_code_nobody_pairs(app):
    assert app.post("/api/v1/pair", {"code": "00000000"}).status_code == 403


def test_a_code_may_be_typed_with_a_space(app):
    code = app.guard.pairings.new_code()
    assert app.post("/api/v1/pair", {"code": f"{code[:4]} {code[4:]}"}).status_code == 200


def test_a_code_in_other_digits_is_a_wrong_code(app):
    app.guard.pairings.new_code()
    assert app.post("/api/v1/pair", {"code": "１２３４５６７８"}).status_code == 403


def test_the_server_proves_itself_with_the_key_it_gave_at_pairing(app):
    _token, pairing, server_key = app.pair()
    challenge = "abcdefghijklmnopqrstuvwxyz012345"
    answer = app.post("/api/v1/hello", {"pairing": pairing, "challenge": challenge}).json["proof"]
    key = base64.urlsafe_b64decode(server_key + "=" * (-len(server_key) % 4))
    expected = hmac.new(key, b"classact-server:" + challenge.encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(answer + "=" * (-len(answer) % 4)) == expected


def test_the_server_proves_nothing_to_a_stranger(app):
    answer = app.post("/api/v1/hello", {"pairing": "unknown", "challenge": "x" * 32})
    assert answer.status_code == 403


def test_only_the_hash_of_the_token_is_kept(app):
    token, _pairing, _key = app.pair()
    (kept,) = app.ground.store.all(Pairing)
    assert token not in repr(kept)
    assert kept.token_hash == hashlib.sha256(token.encode()).hexdigest()
