"""How letters sound, from the edited text to the finding; in what we write ourselves nothing is ever pointed out."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from nlp.tone.reading import FOLDER, ToneReader
from server.domain.guarding import Flaw
from server.domain.model import Kind
from server.wiring_tone import LazyToneReader
from tests.domain.test_thousand_letters import ALL, asked
from tests.services.desk_ground import Ground
from tests.wordings import LANGUAGES

built = pytest.mark.skipif(not (FOLDER / "limits.json").exists(), reason="`make model` has not been run")
UPSET = "You people wasted my time, you don't care about anybody and you should be ashamed of yourselves!"


@pytest.fixture
def ground():
    return Ground()


def kinds(ground, body):
    ada = "ada.lovell@harbour.example"
    ground.desk.wordings = {}  # the lists of words would know it too
    findings = ground.desk.checked_draft(ground.rejection(), Kind.THANK_YOU, ada, "Re: Your application", body)[1]
    return {finding.kind for finding in findings}


@built
def test_a_letter_that_sounds_bitter_is_pointed_out_when_it_is_saved(ground):
    ground.desk.tone = LazyToneReader()
    assert kinds(ground, UPSET) == {Flaw.BITTERNESS}


def test_without_what_was_learned_a_letter_is_saved_all_the_same(ground, tmp_path, caplog):
    ground.desk.tone = LazyToneReader(tmp_path)
    with caplog.at_level(logging.WARNING):
        assert kinds(ground, UPSET) == set()
        ground.desk.tone.hear(UPSET)
    assert len(caplog.records) == 1
    assert "ashamed" not in caplog.text


def test_building_the_parts_does_not_load_what_hears_letters():
    code = "import sys, server.wiring; server.wiring.LazyToneReader(); sys.exit('nlp.tone.reading' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@built
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_pointed_out_in_the_letters_that_we_suggest(language):
    reader = ToneReader.load()
    some = [row for row in ALL if row[0].language == language][
        ::5
    ]  # each line is in several: learning knows all of them
    parts = {part for row in some for part in asked(*row).body.split("\n\n")[1:-1]}
    assert len(parts) > 50
    assert [part for part in sorted(parts) if reader.hear(part, language)] == []
