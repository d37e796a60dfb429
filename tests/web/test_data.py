"""The page Your data: what is kept, where, and the files to take away."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tests.web.gold import KERR

FILES = ["log.csv", "log.csv?excel", "everything.json", "reminders.ics", "backup.zip"]


@pytest.mark.parametrize("path", ["", *(f"/{name}" for name in FILES)])
def test_who_is_not_signed_in_gets_nothing(client, path):
    assert client.get(f"/data{path}").status_code == 401


def test_the_page_says_where_everything_lies_and_how_much_it_is(signed_in, ground):
    page = signed_in.get("/data").get_data(as_text=True)
    assert str(ground.folder) in page
    assert "3 mails that said no" in page
    assert "1 that waits for you" in page
    assert all(f'href="/data/{name}"' in page for name in FILES)


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_saved_and_never_shown(signed_in, path):
    answer = signed_in.get(f"/data/{path}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="classact-')
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_files_hold_what_their_names_say(signed_in):
    table = signed_in.get("/data/log.csv").get_data()
    assert (table.startswith(b"received,"), table.count(b"\r\n"), KERR.encode() in table) == (True, 4, True)
    assert signed_in.get("/data/log.csv?excel").get_data() == b"\xef\xbb\xbf" + table
    records = json.loads(signed_in.get("/data/everything.json").get_data())["records"]
    assert (len(records["rejections"]), "pairings" in records) == (3, False)
    assert signed_in.get("/data/reminders.ics").get_data().startswith(b"BEGIN:VCALENDAR\r\n")
    backup = zipfile.ZipFile(io.BytesIO(signed_in.get("/data/backup.zip").get_data()))
    assert {"manifest.json", "log.json"} <= set(backup.namelist())


def test_every_page_leads_there(signed_in):
    assert 'href="/data"' in signed_in.get("/").get_data(as_text=True)
