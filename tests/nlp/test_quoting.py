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
        "Jo Bell <jo@acme.example> wrote on Mon, 2 Mar 2026:",
        "2026-03-02 10:14 GMT+01:00 Jo Bell <jo@acme.example>:",
        "Mar 2, 2026, 10:14 by jo@acme.example:",
        "Quoting Jo Bell <jo@acme.example>:",
        "---- On Mon, 02 Mar 2026 10:14:00 +0000 Jo Bell <jo@acme.example> wrote ----",
        "Am Montag, 2. März 2026 um 10:14:05 MEZ hat Jo Bell <jo@acme.example> Folgendes geschrieben:",
        "Am Montag, dem 2. März 2026 um 10:14\nschrieb Jo Bell <jo@acme.example>:",
        "Le lun. 2 mars 2026 à 10:14, Jo Bell\n<jo@acme.example> a écrit\u00a0:",
        "Jo Bell <jo@acme.example> escribió el lun, 2 mar 2026:",
        "In data lunedì 2 marzo 2026 10:14:05 CET, Jo Bell ha scritto:",
        "Op 2 mrt 2026 om 10:14 heeft Jo Bell <jo@acme.example> het volgende geschreven:",
        "Jo Bell <jo@acme.example> schreef op ma 2 mrt 2026 10:14:",
        "Jo Bell <jo@acme.example> escreveu (segunda, 2/03/2026 à(s) 10:14):",
        "Às 10:14 de 02/03/2026, Jo Bell escreveu:",
        "A segunda, 2/03/2026, 10:14, Jo Bell <jo@acme.example> escreveu:",
    ],
)
def test_a_reply_loses_what_it_quotes(header):
    assert newest_part(normalise(f"See you then.\n\n{header}\n{OLD}")) == "See you then."
    assert newest_part(normalise(f"See you then.\n\n{header}\n\n{OLD.replace('> ', '')}")) == "See you then."


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
        ("Gesendet Von An Betreff", "-------- Original-Nachricht --------"),
        ("De À Envoyé Objet", "----- Mail original -----"),
        ("Van Datum Aan Onderwerp", "-------- Origineel bericht --------"),
    ],
)
def test_an_outlook_reply_loses_what_it_quotes(keys, separator):
    block = "\n".join(f"{key}: something" for key in keys.split())
    assert newest_part(f"Agreed.\n\n{separator}\n{block}\n\nOld words") == "Agreed."
    assert newest_part(f"Agreed.\n\n{block}\n\nOld words") == "Agreed."


@pytest.mark.parametrize(
    "top",
    [
        *(
            "",
            "FYI",
            "fwd",
            "See below.",
            "Sent from my phone",
            "Hi Jo, FYI, please see below.",
            "Zur Kenntnis",
            "z. K.",
        ),
        *("Pour information", "Para tu información", "Vedi sotto", "Ter informatie", "Segue abaixo", "Danke!"),
        "Viele Grüße\nJo Bell",
    ],
)
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
        "============ Forwarded message ============",
        "-------- Weitergeleitete Mail --------",
        "----- Mail transféré -----",
        "----- Mensagem reencaminhada -----",
        "----- Doorgestuurde bericht -----",
        "Inizio messaggio inoltrato:",
    ],
)
def test_a_bare_forward_is_the_message(top, separator):
    text = f"{top}\n\n{separator}\nFrom: Jo <jo@acme.example>\nDate: today\nSubject: x\nTo: me\n\nInner words."
    assert newest_part(text) == "Inner words."


@pytest.mark.parametrize(
    "block",
    [
        "Sujet : x\nDate : today\nDe : Jo Bell\nPour : me",
        "Betreff: x\nDatum: heute\nVon: Jo Bell\nAn: me",
        "Oggetto: x\nData: oggi\nMittente: Jo Bell\nA: me",
        "From: Jo Bell\nSent: today\nTo: me\nCc: you\nSubject: x\nImportance: High",
    ],
)
def test_a_forward_whose_header_has_its_own_order_is_the_message(block):
    assert newest_part(f"{block}\n\nInner words.") == "Inner words."
    assert newest_part(f"My own words.\n\n{block}\n\nInner words.") == "My own words."


def test_thanks_above_an_outlook_block_is_an_answer():
    assert newest_part("Thanks!\n\nFrom: Jo\nSent: today\nSubject: x\n\nOld no.") == "Thanks!"


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
        "Dear Ana,\n\nOn 2 March the panel wrote:\n\nnot this time.",
        "Dear Ana,\n--\nThe post went to another.\n--\nRegards",
        "Sent from my heart: we cannot take you.",
        "De: todo corazón, no podemos.",
        "Subject: your application\nDate: 2 March\n\nDear Ana, no.",
    ],
)
def test_ordinary_text_is_left_alone(text):
    assert newest_part(text) == text


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("On wrote:Fromse >-_\n<a@b.c>Am schrieb Le a écrit 12"), max_size=600))
def test_no_text_makes_it_raise_or_grow(text):
    assert len(newest_part(text)) <= len(text)


@pytest.mark.parametrize(
    "line",
    [
        "On " * 90 + ":\n",
        "From: a\n",
        "> " * 200 + "\n",
        "On 2 Mar 2026 x wrote:\n> a\n",
        "a <a@b ",
        "FYI\nFrom: a\n",
        ">" * 100_000,
        "Le x :\n",
        "On a\n",
    ],
)
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
