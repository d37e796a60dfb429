"""`classact classify`: the contract that scripts rely on."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from tests.cli.command import classact, document

FIELDS = ["id", "label", "score", "band", "hold", "language", "reason", "evidence", "company", "role", "ms", "model"]
MAIL = """\
From: Harbour Talent <talent@harbour.example>
To: Kim Doyle <kim.doyle@seeker.example>
Subject: Your application to Harbour
Message-ID: <1@harbour.example>
Date: Mon, 31 Aug 2026 09:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Dear Kim,

Thank you for your interest in the deckhand role at Harbour. After careful thought we have decided not to move forward
with your application, as we chose another candidate whose experience fits the role better.

Harbour Talent
"""
ROW = {
    "id": "a",
    "subject": "Your application",
    "from": "Harbour Talent <talent@harbour.example>",
    "body": "We regret to tell you that we will not be moving forward with your application for the deckhand role.",
}


HTML = f"<html><body><p>Hello</p><p>{ROW['body']}</p></body></html>"
FINNISH = (
    "Kiitos hakemuksestasi. Valitettavasti emme voi tarjota sinulle paikkaa tällä kertaa, sillä valitsimme "
    "tehtävään toisen hakijan. Toivotamme sinulle menestystä työnhakuun ja kaikkea hyvää jatkossa."
)
RAW = {
    f"raw {name} {'padded' if padded else 'bare'}": code.decode() if padded else code.decode().rstrip("=")
    for name, code in {"plain": base64.b64encode(MAIL.encode()), "url": base64.urlsafe_b64encode(MAIL.encode())}.items()
    for padded in (True, False)
}
WITHOUT = {
    f"{field} {empty}": {k: v for k, v in ROW.items() if k != field} | ({} if empty == "absent" else {field: empty})
    for field in ("subject", "from", "body", "html")
    for empty in (None, "", "absent")
}
ROWS: dict[str, dict] = {
    "a": ROW,
    **WITHOUT,
    "only": {},
    "html": {"body": "", "html": HTML},
    **{name: {"raw": raw} for name, raw in RAW.items()},
    "choir": {"body": "The choir meets on Thursday at seven, bring the blue folder."},
    "fi": {"body": FINNISH},
    **{f"line {i}": {"body": f"Line {i}"} for i in range(150)},
}


def judge(home: Path, *rows: object) -> tuple[list[dict], int]:
    """Ask one process to judge these rows."""
    lines = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    done = classact(home, "classify", "--jsonl", "-", stdin=lines)
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """All rows above, judged by one process, by id."""
    home = tmp_path_factory.mktemp("judged") / "home"
    rows, code = judge(home, *(row | {"id": name} for name, row in ROWS.items()))
    assert (code, home.exists()) == (0, False)  # nothing is stored
    return {row["id"]: row for row in rows}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_row_in_gives_a_row_out_with_the_agreed_fields_in_order(judged):
    assert (list(judged["a"]), judged["a"]["label"]) == (FIELDS, "rejection")


def test_evidence_stands_where_it_says_in_the_cleaned_text(judged):
    cleaned = f"{ROW['subject']}\n\n{ROW['body']}"
    assert judged["a"]["evidence"]
    assert all(cleaned[e["start"] : e["end"]] == e["text"] for e in judged["a"]["evidence"])


@pytest.mark.parametrize("name", [*WITHOUT, "only"])
def test_any_field_but_the_id_may_be_missing(judged, name):
    assert list(judged[name]) == FIELDS


def test_an_id_alone_is_nothing_to_act_on(judged):
    assert judged["only"]["band"] == "no"


def test_html_is_used_when_the_body_is_empty(judged):
    assert judged["html"]["label"] == "rejection"


@pytest.mark.parametrize("name", RAW)
def test_raw_mail_is_taken_in_both_base64_alphabets_with_and_without_padding(judged, name):
    assert (judged[name]["label"], judged[name]["company"]) == ("rejection", "Harbour")


def test_rows_come_back_in_the_order_they_went_in(judged):
    assert list(judged) == list(ROWS)


def test_outside_review_a_mail_is_a_rejection_exactly_when_it_would_be_logged(judged):
    sure = [row for row in judged.values() if row["band"] in ("auto", "no")]
    assert all((row["label"] == "rejection") == (row["band"] == "auto") for row in sure)


def test_an_unsupported_language_is_not_judged(judged):
    row = judged["fi"]
    assert (row["label"], row["score"], row["band"], row["language"]) == (None, None, "not_judged", "fi")


def test_rows_that_are_no_mail_give_error_rows_in_their_place_and_exit_code_4(home):
    bad = ["{not json", "[]", '"text"', '{"subject": "no id"}', '{"id": 3}', '{"id": ""}']
    rows, code = judge(home, ROW, *bad, ROW | {"id": "b"})
    assert [rows[0]["id"], rows[-1]["id"], code] == ["a", "b", 4]
    assert all(list(row) == ["id", "error"] and row["id"] is None for row in rows[1:-1])


def test_undecodable_base64_gives_an_error_row_with_its_id(home):
    rows, code = judge(home, {"id": "x", "raw": "%%%not base64%%%"}, ROW)
    assert (rows[0]["id"], list(rows[0]), rows[1]["label"], code) == ("x", ["id", "error"], "rejection", 4)


def test_a_mail_file_gives_one_document(home, tmp_path):
    (tmp_path / "mail.eml").write_text(MAIL, encoding="utf-8")
    row = document(classact(home, "classify", str(tmp_path / "mail.eml"), "--json"))
    assert (list(row), row["label"]) == (FIELDS, "rejection")


def test_a_missing_file_is_a_usage_error_that_names_it(home):
    done = classact(home, "classify", "nowhere.eml")
    assert (done.returncode, "nowhere.eml" in done.stderr, done.stdout) == (2, True, "")


def test_neither_file_nor_rows_is_a_usage_error(home):
    assert classact(home, "classify").returncode == 2


def test_a_byte_order_mark_before_the_first_row_is_no_harm(home, tmp_path):
    (tmp_path / "rows.jsonl").write_bytes(b"\xef\xbb\xbf" + json.dumps(ROW).encode() + b"\n")
    done = classact(home, "classify", "--jsonl", str(tmp_path / "rows.jsonl"))
    assert (json.loads(done.stdout)["id"], done.returncode) == ("a", 0)
