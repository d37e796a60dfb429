"""The newest part of a mail, in the words of mail programs in seven languages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.text import mail_text, newest_part, normalise, split_address

OLD = "> We gave the post to another applicant.\n> Regards"


@pytest.mark.parametrize(
    "header",
    [
        "On Mon, 2 Mar 2026 at 10:14, Jo Bell <jo@acme.example> wrote:",
        "On Mon, 2 Mar 2026 at 10:14, Jo Bell with a long name\n<jo@acme.example> wrote:",
        "Am Mo., 2. März 2026 um 10:14 Uhr schrieb Jo Bell <jo@acme.example>:",
        "Le lun. 2 mars 2026 à 10:14, Jo Bell <jo@acme.example> a écrit :",
        "El lun, 2 mar 2026 a las 10:14, Jo Bell (<jo@acme.example>) escribió:",
        "Em seg., 2 de mar. de 2026 às 10:14, Jo Bell <jo@acme.example> escreveu:",
        "Il giorno lun 2 mar 2026 alle ore 10:14 Jo Bell <jo@acme.example> ha scritto:",
        "Op ma 2 mrt 2026 om 10:14 schreef Jo Bell <jo@acme.example>:",
    ],
)
def test_a_reply_loses_what_it_quotes(header):
    assert newest_part(f"See you then.\n\n{header}\n{OLD}") == "See you then."


@pytest.mark.parametrize(
    ("keys", "separator"),
    [
        ("From Sent To Subject", "-----Original Message-----"),
        ("Von Gesendet An Betreff", "-----Ursprüngliche Nachricht-----"),
        ("De Envoyé À Objet", "-----Message d'origine-----"),
        ("De Enviado Para Asunto", "-----Mensaje original-----"),
        ("De Enviada Para Assunto", "-----Mensagem original-----"),
        ("Da Inviato A Oggetto", "-----Messaggio originale-----"),
        ("Van Verzonden Aan Onderwerp", "-----Oorspronkelijk bericht-----"),
    ],
)
def test_an_outlook_reply_loses_what_it_quotes(keys, separator):
    block = "\n".join(f"{key}: something" for key in keys.split())
    assert newest_part(f"Agreed.\n\n{separator}\n{block}\n\nOld words") == "Agreed."
    assert newest_part(f"Agreed.\n\n{block}\n\nOld words") == "Agreed."


@pytest.mark.parametrize("top", ["", "FYI", "fwd", "See below.", "Sent from my phone"])
@pytest.mark.parametrize(
    "separator",
    [
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "-------- Weitergeleitete Nachricht --------",
        "---------- Message transféré ---------",
        "---------- Mensaje reenviado ---------",
        "---------- Mensagem encaminhada ---------",
        "---------- Messaggio inoltrato ---------",
        "---------- Doorgestuurd bericht ---------",
    ],
)
def test_a_bare_forward_is_the_message(top, separator):
    text = f"{top}\n\n{separator}\nFrom: Jo <jo@acme.example>\nDate: today\nSubject: x\nTo: me\n\nInner words."
    assert newest_part(text) == "Inner words."


def test_four_words_above_a_forward_stand_alone():
    text = "Works for me, thanks\n\n---------- Forwarded message ---------\nFrom: Jo\nDate: x\nSubject: y\n\nOld no."
    assert newest_part(text) == "Works for me, thanks"


def test_an_answer_below_the_quote_is_found():
    assert (
        newest_part("On 2 Mar 2026, Jo <jo@acme.example> wrote:\n> Can you come?\n\nYes, at nine.") == "Yes, at nine."
    )


def test_answers_between_quoted_lines_are_kept():
    text = "On 2 Mar 2026, Jo <jo@acme.example> wrote:\n> Tea?\nYes.\n> Cake?\nNo."
    assert newest_part(text) == "Yes.\nNo."


@pytest.mark.parametrize(
    "text",
    [
        "From: 9 am\nuntil six we are open.",
        "On Monday we wrote:\n\nnothing at all",
        "The rota, from Monday:\nTo: be decided",
        "Best\nJo\n-- \nJo Bell\nRecruiter",
    ],
)
def test_ordinary_text_is_left_alone(text):
    assert newest_part(text) == text


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("On wrote:Fromse >-_\n<a@b.c>Am schrieb Le a écrit 12"), max_size=600))
def test_no_text_makes_it_raise_or_grow(text):
    assert len(newest_part(text)) <= len(text)


@pytest.mark.parametrize("line", ["On " * 90 + ":\n", "From: a\n", "> " * 200 + "\n", "Le x :\n", "On a\n"])
def test_hostile_headers_end(line):
    assert isinstance(newest_part((line * 3000)[: 64 * 1024]), str)


def test_typographic_marks_become_plain_ones():
    assert normalise("we won\u2019t\u00a0\u2013 \u201cno\u201d\u200b") == 'we won\'t - "no"'


@pytest.mark.parametrize(
    ("header", "name", "address"),
    [
        ("Jo Bell <jo@acme.example>", "Jo Bell", "jo@acme.example"),
        ('"Bell, Jo" <jo@acme.example>', "Bell, Jo", "jo@acme.example"),
        ("Bell, Jo <jo@acme.example>", "Bell, Jo", "jo@acme.example"),
        ("jo@acme.example", "", "jo@acme.example"),
        ("Acme Hiring", "Acme Hiring", ""),
        ("x@y.example <jo@acme.example>", "x@y.example", "jo@acme.example"),
        ("", "", ""),
    ],
)
def test_a_from_header_splits_into_name_and_address(header, name, address):
    assert split_address(header) == (name, address)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_header_splits(header):
    name, address = split_address(header)
    assert isinstance(name, str)
    assert isinstance(address, str)


def test_html_is_read_when_the_body_is_blank():
    assert mail_text(None, None, "  \n", "<p>Hello</p>").body == "Hello"
    assert mail_text("S", "a <a@b.example>", "Plain", "<p>Hello</p>").body == "Plain"


def test_missing_fields_make_an_empty_mail():
    assert mail_text(None, None, None, None).cleaned == "\n\n"
