"""Training: deterministic, from labelled text that is checked when it is read."""

from dataclasses import replace

import pytest

from nlp.blend import Blend
from nlp.classifier import Classifier
from nlp.corpus_check import habits, near_copies
from nlp.half_way import half_way
from nlp.halting import Halt
from nlp.labelled import LabelledTextError, gold_file, mail_files, sentence_files
from nlp.material import prepare
from nlp.model import Model
from nlp.network.kept_back import FRESH
from nlp.settling import Settler
from nlp.training import train
from nlp.verdict import Label, MailText, Reason


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_corpus_gives_the_same_bytes(tiny_corpus, tiny_model, tmp_path):
    tiny_model.save(tmp_path / "a")
    train(sentence_files(tiny_corpus), mail_files(tiny_corpus), "tiny").save(tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_a_saved_model_judges_as_before(tiny_model, tmp_path):
    tiny_model.save(tmp_path)
    mails = [
        MailText(body="We have decided to go ahead with another candidate."),
        MailText(body="The choir meets at eight."),
    ]
    assert list(Classifier(Model.load(tmp_path)).judge(mails)) == list(Classifier(tiny_model).judge(mails))


def test_fresh_mails_teach_nothing_to_what_reads_every_mail(tiny_corpus, tiny_model, tmp_path):
    tiny_model.save(tmp_path / "a")
    mails = mail_files(tiny_corpus)
    fresh = [replace(mail, writer="new", tags=mail.tags | {FRESH}) for mail in mails[:3]]
    train(sentence_files(tiny_corpus), [*mails, *fresh], "tiny").save(tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_without_mails_that_were_asked_about_twice_the_network_never_stops_half_way():
    late = Blend((1.0,), ((1.0,),))
    assert half_way(Settler((), limit=1e9), late, []) == (late, Halt(0.0))


def test_marked_sentences_are_decisive_and_the_others_neutral(tiny_corpus):
    rows = prepare([], mail_files(tiny_corpus)).sentence_rows
    labels = {row.text: row.label for row in rows}
    assert labels["The vacancy has been filled."] == "rejection:filled"
    assert labels["Good luck."] == "neutral"
    assert labels["Hiring for this position is paused."] == "hold"


def test_a_mail_block_is_read_with_its_fields(tiny_corpus):
    first = mail_files(tiny_corpus)[0]
    assert (first.label, first.reason, first.company, first.writer) == (Label.REJECTION, Reason.PASSED, "Moorhen", "a")
    assert first.mail.sender_address == "jobs@moorhen.example"
    assert first.decisive[0] in first.mail.cleaned


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("sentences-x.tsv", "a\trejection\ttext", "3 columns"),
        ("sentences-x.tsv", "a\tnope\t-\ttext", "nope"),
        ("sentences-x.tsv", "a\toffer\t-\t ", "no text"),
        ("mails-x.txt", "=== label: nope\n\nHi", "nope"),
        ("mails-x.txt", "=== label: rejection\n\nNo mark", "without a decisive mark"),
        ("mails-x.txt", "=== label: offer\n\n\u27e6open", "not closed"),
        ("mails-x.txt", "=== nonsense\n\nHi", "nonsense"),
    ],
)
def test_a_broken_row_is_named_with_file_and_line(tmp_path, name, text, says):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / name).write_text(text, "utf-8")
    with pytest.raises(LabelledTextError, match=says) as caught:
        (sentence_files if name.endswith("tsv") else mail_files)(tmp_path)
    assert f"{name}:1" in str(caught.value)


def test_ambiguous_gold_rows_are_left_out(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(
        '{"id":"1","label":"offer","tags":["ambiguous"]}\n\n{"id":"2","label":"not_job","body":"Hi"}\n', "utf-8"
    )
    assert [row.id for row in gold_file(path)] == ["2"]


@pytest.mark.parametrize("line", ["nope", "[]", '{"id":"1","label":"nope"}', '{"label":"offer"}'])
def test_a_broken_gold_row_is_named(tmp_path, line):
    (tmp_path / "gold.jsonl").write_text(line, "utf-8")
    with pytest.raises(LabelledTextError, match=r"gold\.jsonl:1"):
        gold_file(tmp_path / "gold.jsonl")


def test_near_copies_and_habits_are_found():
    frame = "the quick brown fox jumps over the lazy dog"
    assert [(a, b) for a, b, _ in near_copies([frame, f"{frame} today", "nothing of the kind is written here"])] == [
        (0, 1)
    ]
    assert habits([f"{frame} {number}" for number in range(4)])
    assert not habits([frame])
