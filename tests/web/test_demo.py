"""The demo inbox: Gmail's attributes, mail as text, the card's files and its way to ask."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from nlp.text import html_to_text
from server.domain.model import Kind
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.memory import MemoryMailbox
from server.mailboxes.outbox_folder import OutboxFolder
from server.services.desk import SAMPLE
from server.web import demo, inbox
from server.wiring import SystemClock, sample_mbox
from tests.web.gold import KERR, KERR_SUBJECT
from tests.web.sample_ground import SampleGround

EXTENSION = Path(__file__).parents[2] / "extension"
ATTACK = "1a0009b57548f186"  # a mail with a script and an onerror payload


def mailbox_at(folder: Path, mbox: Path | None = None) -> MboxMailbox:
    return MboxMailbox(mbox or sample_mbox(), OutboxFolder(folder / "Outbox", SystemClock()), SAMPLE)


def thread_of(page: str, message_id: str) -> str:
    """The template that holds the thread of a message."""
    start = page.index('<template class="thread"', page.index(f"{message_id} ") - 200)
    return page[start : page.index("</article>", start)]


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> str:
    """The page over the whole sample, without the card."""
    return demo.render_demo(mailbox_at(tmp_path_factory.mktemp("sample")), card=False)


class TestThePage:
    def test_an_open_mail_carries_gmails_own_attributes(self, page):
        thread = thread_of(page, KERR)
        assert f'data-message-id="#msg-f:{int(KERR, 16)}" data-legacy-message-id="{KERR}"' in thread
        assert re.search(r'<h2 class="hP" data-legacy-thread-id="[0-9a-f]{16}"', thread)
        assert 'class="gD" email="j.lockhart@kerrmuseum.example"' in thread
        assert '<div class="a3s aiL"' in thread

    def test_older_mails_of_a_thread_are_folded(self, page):
        thread = thread_of(page, KERR)
        assert thread.count('class="adf ads"') == 4
        assert len(re.sub(r"(?s)<template>.*?</template>", "", thread).split('class="a3s')) == 2

    def test_every_thread_but_spam_has_a_row(self, page, tmp_path):
        threads = inbox.threads(mailbox_at(tmp_path))
        assert page.count('<tr class="zA') == len(threads)
        assert "You are HIRED" not in page

    def test_the_title_tells_whose_mailbox_it_is_as_gmails_does(self, page):
        title = re.search(r"<title>([^<]+)</title>", page).group(1)
        assert re.search(r"(\S+@\S+)\s+-[^-@]*$", title).group(1) == "robin.avery@example.com"

    def test_mail_is_shown_as_text_and_never_as_markup(self, page):
        thread = thread_of(page, ATTACK)
        assert not re.search(r"<(?:script|img|iframe|a href=\"https?)", thread)
        assert "onerror=" not in re.sub(r">[^<]*<", "><", thread)

    def test_without_the_card_no_script_of_the_card_is_loaded(self, page):
        assert re.findall(r'<script[^>]*src="([^"]+)"', page) == ["/static/demo/inbox.js"]
        assert "csrf" not in page

    def test_the_hints_name_three_mails_that_are_there(self, page):
        hints = re.findall(r'<li><a href="#([0-9a-f]{16})">', page)
        assert len(hints) == 3
        assert all(re.search(rf'data-mails="[^"]*\b{hint}\b', page) for hint in hints)

    def test_another_mailbox_gets_no_hints(self, tmp_path):
        ground = SampleGround(tmp_path, (ATTACK,))
        assert 'id="hints"' not in demo.render_demo(ground.mailbox, card=False)
        ground.store.close()


class TestTheWayBack:
    def test_the_demo_inbox_has_every_link_of_the_other_pages(self, signed_in):
        links = {path: re.findall(r'<a href="(/\w*)"', nav_of(signed_in.get(path).text)) for path in ("/", "/demo")}
        assert links["/demo"] == links["/"] != []


def nav_of(page: str) -> str:
    return page[page.index("<nav") : page.index("</nav>")]


class TestTheInbox:
    def test_threads_come_newest_first(self, tmp_path):
        days = [thread.received for thread in inbox.threads(mailbox_at(tmp_path))]
        assert days == sorted(days, reverse=True)

    def test_quoted_history_is_set_apart_and_nothing_is_lost(self, tmp_path):
        mail = next(m for t in inbox.threads(mailbox_at(tmp_path)) for m in t.mails if m.quoted)
        assert mail.text
        assert mail.quoted not in mail.text

    def test_a_mail_with_html_only_reads_as_text(self, tmp_path):
        thread = next(t for t in inbox.threads(mailbox_at(tmp_path)) if t.open_id == "19e799a9a717cdb9")
        assert "Ahoy Robin," in thread.mails[0].text
        assert thread.mails[0].text == html_to_text(thread.mails[0].text).strip()

    def test_bytes_that_are_no_mail_are_a_thread_that_says_so(self, tmp_path):
        mbox = tmp_path / "odd.mbox"
        mbox.write_bytes(b"From 1866527187595194009@xxx Mon Jun 01 06:12:08 +0000 2026\n\n\n")
        [thread] = inbox.threads(mailbox_at(tmp_path, mbox))
        assert thread.mails[0].text == "it is empty"

    def test_an_empty_mailbox_has_no_threads(self):
        assert inbox.threads(MemoryMailbox()) == []


class TestLettersInTheInbox:
    @pytest.fixture
    def draft(self, ground):
        return ground.desk.draft(KERR, Kind.THANK_YOU, "j.lockhart@kerrmuseum.example", KERR_SUBJECT, "Dear Jacoba,")

    def test_a_draft_stands_in_its_thread_where_no_card_looks_for_mail(self, signed_in, draft):
        thread = thread_of(signed_in.get("/demo").text, KERR)
        assert "<strong>Draft</strong> to Jacoba Lockhart" in thread or "<strong>Draft</strong> to j.lockhart" in thread
        assert thread.count('class="a3s') == 1
        assert f'data-legacy-message-id="{draft.draft_id}"' not in thread

    def test_a_letter_that_was_sent_stands_in_its_thread_as_my_own(self, signed_in, ground, draft):
        ground.mailbox.send_draft(draft.draft_id)
        thread = thread_of(signed_in.get("/demo").text, KERR)
        assert "Dear Jacoba," in thread
        assert "<strong>Draft</strong>" not in thread
        assert re.search(r'email="robin.avery@example.com"[^>]*>me<', thread)

    def test_the_rejection_stays_the_open_mail_after_an_answer(self, ground, draft):
        ground.mailbox.send_draft(draft.draft_id)
        [thread] = [t for t in inbox.threads(ground.mailbox) if draft.draft_id in [m.id for m in t.mails]]
        assert thread.open_id == KERR


class TestTheCardsFiles:
    def test_the_page_loads_texts_and_transport_before_the_extensions_own_in_its_order(self, signed_in):
        manifest = json.loads((EXTENSION / "manifest.json").read_text())
        names = [f"/extension/{name}" for group in manifest["content_scripts"] for name in group["js"]]
        found = re.findall(r'<script defer src="([^"]+)"', signed_in.get("/demo").text)
        assert found == ["/static/demo/texts.js", "/static/demo/transport.js", *names]

    def test_every_script_and_sheet_of_the_page_is_there(self, signed_in):
        page = signed_in.get("/demo").text
        paths = re.findall(r'(?:src|<link[^>]*href)="(/[^"]+)"', page)
        assert len(paths) > 10
        assert {signed_in.get(path).status_code for path in paths} == {200}

    def test_the_files_are_the_extensions_own(self, client):
        assert client.get("/extension/content/card.js").data == (EXTENSION / "content" / "card.js").read_bytes()
        assert client.get("/extension/_locales/en/messages.json").json["thank_them"]

    @pytest.mark.parametrize(
        "path",
        [
            "manifest.json",
            "worker/router.js",
            "options/options.html",
            "content/../manifest.json",
            "content/%2e%2e/manifest.json",
            "content/..%2fmanifest.json",
            "../app.py",
            "content/",
            "content/nothing.js",
            "_locales/../../pyproject.toml",
        ],
    )
    def test_nothing_else_of_the_disk_is_served(self, client, path):
        assert client.get(f"/extension/{path}").status_code in (404, 308)

    def test_a_wheel_carries_its_own_copy(self, tmp_path, monkeypatch):
        shutil.copytree(EXTENSION / "content", tmp_path / "web" / "extension" / "content")
        monkeypatch.setattr(demo, "__file__", str(tmp_path / "web" / "demo.py"))
        assert demo.extension_folder() == tmp_path / "web" / "extension"


class TestAsking:
    @pytest.mark.parametrize(
        ("op", "body"),
        [
            ("message", {"message_id": KERR}),
            ("suggest", {"message_id": KERR, "kind": "thank_you"}),
            ("status", {}),
            ("log", {}),
        ],
    )
    def test_it_answers_as_the_extensions_api_does(self, signed_in, ground, op, body):
        headers = {"Authorization": f"Bearer {ground.guard.command_token}"}
        theirs = ground.app.test_client().post(f"/api/v1/{op}", json=body, headers=headers, base_url=signed_in.base)
        ours = signed_in.post(f"/demo/api/{op}", body)
        assert ours.status_code == theirs.status_code == 200
        assert ours.json == theirs.json

    def test_a_letter_goes_from_suggestion_to_sent_and_can_be_taken_back(self, signed_in):
        offer = signed_in.post("/demo/api/suggest", {"message_id": KERR, "kind": "thank_you"}).json
        values = {name: offer[name] for name in ("kind", "to", "subject", "body")}
        draft = signed_in.post("/demo/api/draft", {"message_id": KERR, **values}).json
        held = signed_in.post("/demo/api/send", {name: draft[name] for name in ("draft_id", "revision")}).json
        assert held["state"] == "held"
        asked = {"outbox_id": held["outbox_id"]}
        assert signed_in.post("/demo/api/outbox", asked).json["undo_until"]
        assert signed_in.post("/demo/api/undo", asked).json == {"state": "undone"}

    def test_correct_answers_with_the_state_afterwards(self, signed_in):
        answer = signed_in.post("/demo/api/correct", {"message_id": KERR, "is_rejection": False}).json
        assert answer.items() >= {"message_id": KERR, "label": "other_job", "band": "no", "state": "dismissed"}.items()

    @pytest.mark.parametrize("op", ["scan", "pair", "hello", "nothing"])
    def test_what_the_card_does_not_ask_is_not_found(self, signed_in, op):
        assert signed_in.post(f"/demo/api/{op}", {}).status_code == 404

    def test_a_page_of_another_origin_or_without_the_token_is_refused(self, signed_in):
        body = {"message_id": KERR}
        assert signed_in.post("/demo/api/message", body, Origin="https://evil.example").status_code == 403
        assert signed_in.post("/demo/api/message", body, X_CSRF_Token="").status_code == 403

    def test_a_browser_that_is_not_signed_in_learns_nothing(self, client):
        answer = client.post("/demo/api/message", {"message_id": KERR})
        assert answer.status_code == 401
        assert "Kerr" not in answer.text
