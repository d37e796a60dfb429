"""The network: what it is shown, how far it reads, that its files are those trained, that neighbours do not matter."""

import os
import shutil
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.network.network import CHECKSUMS, FOLDER, HEADS, LOWER, UPPER, Network, NetworkMissing
from nlp.network.pieces import MOST, joined, plain
from nlp.reading import read
from nlp.verdict import Label, MailText

NO = MailText("Your application", body="Dear Jo,\n\nThe post went to someone who has run a bakery before. Good luck.")
CHOIR = MailText(body="The choir meets at eight. Bring the black folders.")
PARCEL = MailText(body="Your parcel was left at number 12. Thank you for shopping with us.")
LONG = MailText(body=" ".join(f"Item {number} is on the list of the market day." for number in range(200)))


@pytest.fixture(scope="module")
def network():
    return Network.load()


def half_read(network, mail):
    reading = read(mail)
    return network.start(reading, [0.0] * len(reading.sentences))


def opinions(network, *mails):
    """Of each mail what is said half way and at the end."""
    halves = [half_read(network, mail) for mail in mails]
    return [opinion for half in halves for opinion in (half.opinion, network.finish(half))]


def test_links_addresses_and_numbers_look_alike():
    assert plain("Call 020 7946 or see https://x.example/a?b=1 or me@x.example") == "Call 000 0000 or see link or email"


def test_each_sentence_keeps_its_own_pieces():
    found = joined([[5, 6], [7], [8, 9, 10]], [True, False, False])
    assert found.ids == (101, 5, 6, 102, 7, 8, 9, 10, 102)
    assert [found.ids[first:end] for _, first, end in found.spans] == [(5, 6), (7,), (8, 9, 10)]


def test_a_long_mail_keeps_its_weightiest_sentences_in_order():
    found = joined([[1] * 6, [2] * 6, [3] * 6, [4] * 6], [False] * 4, [0.0, 0.9, 0.1, 0.8], most=16)
    assert [place for place, _, _ in found.spans] == [1, 3]


@given(st.lists(st.lists(st.integers(1000, 2000), max_size=300), max_size=30), st.randoms(use_true_random=False))
def test_whatever_the_mail_it_fits_and_every_span_is_its_own_sentence(pieces, draw):
    found = joined(pieces, [draw.random() < 0.2 for _ in pieces], [draw.random() for _ in pieces])
    assert len(found.ids) <= MOST
    assert [place for place, _, _ in found.spans] == sorted({place for place, _, _ in found.spans})
    for place, first, end in found.spans:
        assert list(found.ids[first:end]) == pieces[place][: end - first] != []


def test_every_opinion_is_a_set_of_probabilities(network):
    for opinion in opinions(network, NO, CHOIR, LONG, MailText()):
        assert sum(opinion.labels.values()) == pytest.approx(1, abs=1e-4)
        assert sum(opinion.reasons.values()) == pytest.approx(1, abs=1e-4)
        assert 0 <= opinion.hold <= 1


def test_a_no_without_a_usual_word_is_told_from_a_choir_evening(network):
    *_, no, _, choir = opinions(network, NO, CHOIR)
    assert max(no.labels, key=no.labels.get) == Label.REJECTION
    assert max(choir.labels, key=choir.labels.get) == Label.NOT_JOB


def test_half_way_it_knows_a_parcel_already(network):
    early = half_read(network, PARCEL).opinion.labels
    assert max(early, key=early.get) == Label.NOT_JOB


def test_the_sentence_that_says_no_stands_out(network):
    scores = [one["rejection"] for one in opinions(network, NO)[1].sentences]
    assert scores.index(max(scores)) == 2


def test_sentences_that_do_not_fit_have_no_scores(network):
    for opinion in opinions(network, LONG):
        assert len(opinion.sentences) == 200
        assert None in opinion.sentences


@settings(max_examples=5, deadline=None)
@given(st.permutations([NO, CHOIR, LONG, MailText(body="Hello")]))
def test_neighbours_change_nothing(network, mails):
    together = opinions(network, *mails)
    assert together == [opinion for mail in mails for opinion in opinions(network, mail)]


@pytest.mark.parametrize("name", [LOWER, UPPER, HEADS, "tokenizer.json", CHECKSUMS])
def test_a_missing_file_is_named(tmp_path, name):
    copy = shutil.copytree(FOLDER, tmp_path / "weights")
    (copy / name).unlink()
    with pytest.raises(NetworkMissing, match=name):
        Network.load(copy)


def test_a_file_that_was_changed_is_refused(tmp_path):
    copy = shutil.copytree(FOLDER, tmp_path / "weights")
    (copy / HEADS).write_bytes((copy / HEADS).read_bytes() + b"x")
    with pytest.raises(NetworkMissing, match="is not the file that was trained"):
        Network.load(copy)


def test_nothing_is_written_into_the_home_folder_and_nothing_told_to_anybody(tmp_path):
    code = "import time; from nlp.network.network import Network; Network.load(); time.sleep(1)"
    kept = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": "", "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", code], check=True, env=kept | home)
    assert list(tmp_path.rglob("*")) == []
