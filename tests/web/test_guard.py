"""Every route of the application refuses whoever may not ask, whether its author thought of it or not."""

from __future__ import annotations

import pytest

from server.web.guard import EXTENSION_ORIGIN, MAX_BODY
from tests.web.app_ground import BASE, COMMAND_TOKEN, PORT, AppGround

GROUND = AppGround()
GETS, POSTS = GROUND.paths("GET"), GROUND.paths("POST")
OPEN = ("/static/", "/extension/", "/in/")
API = [path for path in POSTS if path.startswith("/api/v1/")]
PAGES = [path for path in GETS if not path.startswith(OPEN)]
TOKENED = [path for path in API if path not in ("/api/v1/pair", "/api/v1/hello")]

FOREIGN_HOSTS = [
    "evil.example",
    f"127.0.0.1.evil.example:{PORT}",
    f"localhost.evil.example:{PORT}",
    f"127.0.0.1.:{PORT}",
    "127.0.0.1",
    "127.0.0.1:1",
    f"0.0.0.0:{PORT}",
    f"127.0.0.2:{PORT}",
    f"2130706433:{PORT}",
    f"user@127.0.0.1:{PORT}",
    f"127.0.0.1:{PORT}, evil.example",
    "mail.google.com",
    f"[::ffff:127.0.0.1]:{PORT}",
]
FOREIGN_ORIGINS = [
    "null",
    "https://mail.google.com",
    "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    f"http://localhost:{PORT + 1}",
    f"{EXTENSION_ORIGIN}.evil.example",
    EXTENSION_ORIGIN.upper(),
    f"http://127.0.0.1:{PORT}",
    "",
]


@pytest.fixture(scope="module")
def shared() -> AppGround:
    """One application for all refusals: a refused request changes nothing."""
    ground = AppGround()
    ground.token = ground.pair()[0]
    return ground


@pytest.fixture(scope="module")
def signed_in() -> AppGround:
    """One application with a browser signed in, for what is refused and what is only looked at."""
    ground = AppGround()
    ground.sign_in()
    return ground


@pytest.fixture
def app() -> AppGround:
    return AppGround()


def test_the_lists_of_routes_are_not_empty():
    assert len(API) >= 11
    assert len(PAGES) >= 3


@pytest.mark.parametrize("path", sorted(set(GETS + POSTS)))
@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_foreign_host_is_misdirected(shared, path, host):
    method = "GET" if path in GETS else "POST"
    response = shared.client.open(path, method=method, headers={"Host": host}, json={} if method == "POST" else None)
    assert response.status_code == 421


def test_a_forwarded_host_is_not_believed(shared):
    response = shared.client.get("/", base_url="http://evil.example", headers={"X-Forwarded-Host": f"127.0.0.1:{PORT}"})
    assert response.status_code == 421


@pytest.mark.parametrize("path", sorted(set(GETS + POSTS)))
@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_are_refused(shared, path, method):
    assert shared.client.open(path, method=method, base_url=BASE).status_code == 405


@pytest.mark.parametrize("path", TOKENED)
@pytest.mark.parametrize("token", ["", "wrong", "x" * 500, COMMAND_TOKEN])
def test_the_api_needs_the_token_of_a_paired_extension(shared, path, token):
    assert shared.post(path, {}, token).status_code == 401


@pytest.mark.parametrize("path", API)
@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_the_api_refuses_foreign_origins_even_with_the_token(shared, path, origin):
    token = shared.token
    assert shared.post(path, {}, token, Origin=origin).status_code == 403


@pytest.mark.parametrize("path", API)
def test_the_api_refuses_a_request_without_origin(shared, path):
    token = shared.token
    headers = {"Authorization": f"Bearer {token}"}
    assert shared.client.post(path, json={}, headers=headers, base_url=BASE).status_code == 403


@pytest.mark.parametrize("path", API)
def test_a_token_in_the_address_counts_for_nothing(shared, path):
    token = shared.token
    status = shared.post(f"{path}?token={token}&access_token={token}", {}).status_code
    assert status == (401 if path in TOKENED else 400)


# /applications takes forms of its own page; tests/web/test_applications.py tries its door.
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (path, kind)
        for path in POSTS
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "")
        if path != "/applications" or "urlencoded" not in kind
    ],
)
def test_a_post_that_is_no_json_is_refused(shared, path, kind):
    token = shared.token
    headers = {"Origin": EXTENSION_ORIGIN, "Authorization": f"Bearer {token}"}
    response = shared.client.post(path, data=b"{}", content_type=kind, headers=headers, base_url=BASE)
    assert response.status_code == 415


@pytest.mark.parametrize("path", POSTS)
def test_an_oversized_body_is_refused(shared, path):
    token = shared.token
    assert shared.post(path, {"x": "y" * MAX_BODY}, token).status_code == 413


@pytest.mark.parametrize("path", PAGES)
def test_a_page_needs_the_cookie(shared, path):
    assert shared.client.get(path, base_url=BASE).status_code == 401


@pytest.mark.parametrize("path", [path for path in POSTS if not path.startswith("/api/")])
def test_what_pages_send_needs_the_cookie_or_the_commands_token(shared, path):
    assert shared.client.post(path, json={}, base_url=BASE).status_code in (401, 403)


@pytest.mark.parametrize("path", [path for path in POSTS if not path.startswith(("/api/", "/cli", "/in/"))])
@pytest.mark.parametrize("origin", [*FOREIGN_ORIGINS[:4], None])
def test_a_signed_in_page_of_another_origin_can_change_nothing(signed_in, path, origin):
    headers = {"X-CSRF-Token": _csrf(signed_in)} | ({"Origin": origin} if origin is not None else {})
    assert signed_in.client.post(path, json={}, headers=headers, base_url=BASE).status_code == 403


@pytest.mark.parametrize("path", [path for path in POSTS if not path.startswith(("/api/", "/cli", "/in/"))])
@pytest.mark.parametrize("csrf", ["", "wrong"])
def test_a_page_without_its_own_token_can_change_nothing(signed_in, path, csrf):
    headers = {"X-CSRF-Token": csrf, "Origin": BASE}
    assert signed_in.client.post(path, json={}, headers=headers, base_url=BASE).status_code == 403


def test_the_sign_in_link_works_once(app):
    link = f"/in/{app.guard.sessions.new_link()}"
    assert app.client.get(link, base_url=BASE).status_code == 303
    assert app.app.test_client().get(link, base_url=BASE).status_code == 403


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app):
    response = app.client.get(f"/in/{app.guard.sessions.new_link()}", base_url=BASE)
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_another_instances_cookie_is_not_taken(app):
    other = AppGround()
    session = other.guard.sessions.sign_in(other.guard.sessions.new_link())
    app.client.set_cookie(app.guard.sessions.cookie, session or "", domain="127.0.0.1")
    assert app.client.get("/", base_url=BASE).status_code == 401


@pytest.mark.parametrize("path", sorted(set(GETS)))
def test_every_answer_carries_the_protecting_headers_and_no_leave_for_others(signed_in, path):
    headers = signed_in.client.get(path, base_url=BASE).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not [name for name in headers.keys() if name.startswith("Access-Control")]  # noqa: SIM118


@pytest.mark.parametrize("path", ["/cli"])
def test_the_commands_door_needs_its_token_and_no_origin(app, path):
    body = {"command": "log", "arguments": {}}
    allowed = {"Authorization": f"Bearer {COMMAND_TOKEN}"}
    assert app.client.post(path, json=body, headers=allowed, base_url=BASE).status_code == 200
    assert app.client.post(path, json=body, headers=allowed | {"Origin": BASE}, base_url=BASE).status_code == 403
    assert app.client.post(path, json=body, headers={"Authorization": "Bearer x"}, base_url=BASE).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/extension/../pyproject.toml",
        "/extension/%2e%2e%2fpyproject.toml",
        "/static//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_served_folders(signed_in, path):
    assert signed_in.client.get(path, base_url=BASE).status_code in (308, 401, 404)


def _csrf(app: AppGround) -> str:
    cookie = app.client.get_cookie(app.guard.sessions.cookie, domain="127.0.0.1")
    assert cookie is not None
    return app.guard.sessions.csrf(cookie.value)
