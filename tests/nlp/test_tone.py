"""How letters sound: what is heard by writers whom nothing was learned from, and where it stands."""

from __future__ import annotations

import pytest

from nlp.labelled import LabelledTextError
from nlp.network.network import shipped
from nlp.tone.evaluate import figures, heldout, line
from nlp.tone.labelled import FINE, tone_files
from nlp.tone.learn import learned
from nlp.tone.reading import FOLDER, ToneMissing, ToneReader
from nlp.verdict import Overtone

built = pytest.mark.skipif(not (FOLDER / "limits.json").exists(), reason="`make model` has not been run")
ROWS = """\
bitterness	a	You wasted my whole week and laughed about it.
bitterness	b	I hope you are ashamed of yourselves.
argument	a	Your reason is wrong and I can prove it.
argument	b	Look at my test again, it was the best one.
pleading	a	Please, please give me one more chance.
pleading	b	I will do anything, I have no money left.
fine	a	Thank you for the friendly talk.
fine	b	I wish you and the team all the best.
fine	classact	Thank you for letting me know.
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    root = tmp_path_factory.mktemp("tone")
    (root / "en").mkdir()
    (root / "en" / "a.tsv").write_text(f"# a comment\n{ROWS}", "utf-8")
    return tone_files(root)


@pytest.fixture(scope="module")
def reader():
    return ToneReader.load()


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_sentences_give_the_same_bytes(tiny, tmp_path):
    learned(tiny, shipped()).save(tmp_path / "a")
    learned(tiny, shipped()).save(tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_saved_weights_judge_as_before(tiny, tmp_path):
    weights = learned(tiny, shipped())
    weights.save(tmp_path)
    text = "You wasted my chance."
    before, after = ToneReader(weights, shipped()), ToneReader.load(tmp_path)
    assert after.judge(text, "en") == before.judge(text, "en")
    assert sum(after.judge(text, "en").values()) == pytest.approx(1)


@pytest.mark.parametrize(("row", "says"), [("fine\ta", "2 columns"), ("sad\ta\tOh.", "sad"), ("fine\ta\t ", "no text")])
def test_a_broken_row_is_named_with_file_and_line(tmp_path, row, says):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "x.tsv").write_text(f"fine\ta\tYes.\n{row}\n", "utf-8")
    with pytest.raises(LabelledTextError, match=says) as caught:
        tone_files(tmp_path)
    assert "x.tsv:2" in str(caught.value)


@pytest.mark.parametrize("name", ["terms.txt", "words.npy", "states.npy", "limits.json"])
def test_damaged_weights_are_refused(tiny, tmp_path, name):
    learned(tiny, shipped()).save(tmp_path)
    (tmp_path / name).write_bytes(b"x\n")
    with pytest.raises(ToneMissing):
        ToneReader.load(tmp_path)


def test_nothing_is_learned_from_a_sentence_that_is_measured_on():
    known = {row.text.casefold() for row in tone_files()}
    assert not [row.text for row in heldout() if row.text.casefold() in known]


def test_every_language_has_all_four_labels_and_a_measure():
    for rows in (tone_files(), heldout()):
        found = {(row.language, row.label) for row in rows}
        assert len(found) == 7 * (len(Overtone) + 1)


LETTER = """Dear Ada,

thank you for letting me know. You people wasted my time, you don’t care about anybody and you
should be ashamed of yourselves!

I wish you well.

Kind regards,
Robin Avery"""


@built
def test_an_upset_sentence_is_heard_where_it_stands(reader):
    (heard,) = reader.hear(LETTER)
    assert heard.overtone is Overtone.BITTERNESS
    assert LETTER[heard.start : heard.end] == (
        "You people wasted my time, you don’t care about anybody and you\nshould be ashamed of yourselves!"
    )


@built
@pytest.mark.parametrize("text", ["", "Dear Ada,", "Robin Avery", "\n\n \t", "?!?!", "\ud83d", "a" * 5000])
def test_a_text_that_says_nothing_sounds_of_nothing(reader, text):
    assert reader.hear(text) == []


@built
def test_in_a_language_that_nothing_was_learned_of_nothing_is_heard(reader):
    assert reader.hear("Zmarnowaliście mój czas i nie macie nawet odwagi, żeby powiedzieć mi prawdę.", "pl") == []


# Language, the least share of upset sentences that is heard and the greatest of calm ones: a little beside what
# `python -m nlp.tone.evaluate` prints (nlp/README.md). Raise them with the weights, never lower them quietly.
BARS = [
    ("en", 0.36, 0.02),
    ("de", 0.22, 0.02),
    ("es", 0.25, 0.04),
    ("fr", 0.34, 0.07),
    ("it", 0.21, 0.04),
    ("nl", 0.26, 0.04),
    ("pt", 0.23, 0.04),
]


@built
@pytest.mark.parametrize(("language", "least", "most"), BARS)
def test_letters_of_other_writers_are_heard_as_well_as_measured(reader, language, least, most):
    rows = [row for row in heldout() if row.language == language]
    counts, (named, upset) = figures(reader, rows)
    found = sum(counts[kind][0] for kind in Overtone)
    assert found >= least * sum(counts[kind][1] for kind in Overtone), line(language, reader, rows)
    assert counts[FINE][0] <= most * counts[FINE][1], line(language, reader, rows)
    assert named >= 0.75 * upset
