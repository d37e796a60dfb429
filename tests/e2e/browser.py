"""Debian's Chromium with the real extension in it, and a stand-in for https://mail.google.com that it believes in."""

from __future__ import annotations

import datetime as dt
import http.server
import ipaddress
import re
import shutil
import ssl
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import BrowserContext, Playwright

from server.ports import Mailbox
from server.web.demo import render_demo

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "extension"
STATIC = ROOT / "server" / "web" / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".html": "text/html; charset=utf-8"}
# Without these, Chromium looks for Google's hosts at every start.
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """The browser's path; a missing browser fails the test, it never skips it."""
    path = shutil.which("chromium")
    assert path, "Chromium is missing: apt install chromium"
    return path


@contextmanager
def gmail_page(mailbox: Mailbox) -> Iterator[int]:
    """The page of the demo inbox, without our scripts, over TLS; the port it listens on."""
    html = render_demo(mailbox, card=False).encode()
    of_another_account = _with_other_ids(html)

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            file = STATIC / path.removeprefix("/static/")
            is_static = path.startswith("/static/") and ".." not in path and file.is_file()
            page = of_another_account if path.startswith("/mail/u/1/") else html
            data = file.read_bytes() if is_static else page
            self.send_response(200)
            self.send_header("Content-Type", TYPES.get(file.suffix, "text/plain") if is_static else TYPES[".html"])
            # Gmail enforces Trusted Types, so a card that wrote HTML would fail here as it does there.
            self.send_header("Content-Security-Policy", "require-trusted-types-for 'script'")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    server.socket = _context().wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def with_extension(playwright: Playwright, page_port: int) -> Iterator[BrowserContext]:
    """A fresh profile with the extension loaded; mail.google.com leads to our page, which counts as a public site.

    So Local Network Access is real: a page or content script that asked 127.0.0.1 would be refused.
    """
    with tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile,
            headless=True,
            executable_path=chromium(),
            viewport={"width": 1200, "height": 900},
            args=[
                *QUIET,
                f"--disable-extensions-except={EXTENSION}",
                f"--load-extension={EXTENSION}",
                f"--host-resolver-rules=MAP mail.google.com 127.0.0.1:{page_port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--ignore-certificate-errors",
                f"--ip-address-space-overrides=127.0.0.1:{page_port}=public",
            ],
        )
        try:
            yield context
        finally:
            context.close()


def extension_id(context: BrowserContext) -> str:
    """The id under which the browser loaded the extension."""
    worker = context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
    return worker.url.split("/")[2]


def _with_other_ids(html: bytes) -> bytes:
    """The same mails as another mailbox would name them: every id, hex and decimal, is another number."""
    html = re.sub(rb"\b1([0-9a-f]{15})\b", rb"2\1", html)
    return re.sub(rb"#msg-f:(\d+)", lambda found: b"#msg-f:%d" % (int(found.group(1)) + (1 << 60)), html)


def _context() -> ssl.SSLContext:
    """TLS with a certificate made on the spot."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.google.com")])
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName("mail.google.com"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(certificate.public_bytes(serialization.Encoding.PEM))
        form = serialization.PrivateFormat.PKCS8
        file.write(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
        file.flush()
        context.load_cert_chain(file.name)
    return context
