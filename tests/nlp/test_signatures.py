"""What nobody wrote for this reader is kept in the mail and not judged; a decisive sentence always is."""

import pytest

from nlp.doubts import is_doubtful
from nlp.labelled import mail_files
from nlp.sentences import sentences
from nlp.text import mail_text
from nlp.text.signatures import is_small_print, signed
from nlp.verdict import MailText

NO = "We gave the post to somebody else."


def judged(body):
    mail = mail_text("", "", body, None)
    assert mail.body == body  # who reads contacts still has all of it
    return [one.text for one in sentences(mail)]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Sent from my iPhone",
            "Sent from Outlook for Android",
            "Get Outlook for iOS",
            "Sent from Yahoo Mail on Android",
        ),
        *("Sent with Proton Mail secure email.", "Von meinem iPhone gesendet", "Gesendet mit der GMX Mail App"),
        *(
            "Envoyé de mon iPhone",
            "Envoyé depuis mon mobile Samsung",
            "Enviado desde mi iPhone",
            "Enviado do meu iPhone",
        ),
        *(
            "Enviado a partir do Outlook para Android",
            "Inviato da iPhone",
            "Inviato dal mio telefono",
            "Scarica Outlook per iOS",
        ),
        *(
            "Verzonden vanaf mijn iPhone",
            "Verstuurd vanaf mijn mobiel",
            "Télécharger Outlook pour iOS",
            "Obtener Outlook para iOS",
        ),
    ],
)
def test_the_line_a_phone_adds_is_not_judged(line):
    assert judged(f"{NO}\n\n{line}") == [NO]


@pytest.mark.parametrize(
    "signature",
    [
        "--\nJo Bell\nHead of Hiring",
        "--\nJo Bell | Talent Partner\nTel. +44 20 7946 0000\njo@acme.example\nwww.acme.example",
        "Kind regards,\nJo Bell\nHR Manager, Acme\nT: +44 20 7946 0000",
        "Mit freundlichen Grüßen\nJo Bell\nPersonalabteilung\nTelefon: 030 1234567",
        "Cordialement,\nJo Bell\nResponsable RH\n01 23 45 67 89",
        "Saludos\nJo Bell\njo@acme.example",
        "Cordiali saluti\nJo Bell\nTel: 02 1234567",
        "Met vriendelijke groet,\nJo Bell\nwww.acme.example",
        "Com os melhores cumprimentos\nJo Bell\nTel: 21 123 4567",
    ],
)
def test_a_signature_is_not_judged(signature):
    assert judged(f"{NO}\n\n{signature}") == [NO]


@pytest.mark.parametrize(
    "body",
    [
        f"Dear Ana,\n--\n{NO}\n--\nThe hiring team",
        f"Dear Ana,\n\nBest wishes,\nJo Bell\n+44 20 7946 0000\n\n{NO}",
        f"Kind regards,\nJo Bell\n\nPS: {NO}",
        "--\nIt's a no from us",
        "Dear Ana\n--\nThe lab chose Tomas, 030 1234567",
        "Sent from my heart: we took another.",
    ],
)
def test_a_no_near_a_signature_is_judged(body):
    said = " ".join(judged(body))
    assert "somebody else" in said or "no from us" in said or "Tomas" in said or "another" in said


@pytest.mark.parametrize(
    "line",
    [
        "This e-mail and any attachments are confidential.",
        "If you have received this message in error, please notify the sender and delete it.",
        "Please consider the environment before printing this e-mail.",
        "Diese E-Mail enthält vertrauliche Informationen.",
        "Sitz der Gesellschaft: Köln, Amtsgericht Köln, Geschäftsführer: J. Bell",
        "Ce message est confidentiel et réservé à ses destinataires.",
        "Este mensaje es confidencial y se dirige a su destinatario.",
        "Esta mensagem é confidencial.",
        "Questo messaggio è riservato ai destinatari.",
        "Dit bericht is vertrouwelijk en alleen bestemd voor de geadresseerde.",
    ],
)
def test_small_print_is_not_judged(line):
    assert judged(f"{NO}\n\n{line}") == [NO]
    assert judged(f"{NO} {line}") == [NO]


@pytest.mark.parametrize(
    "line",
    [
        "This message is confidential: your application was not successful.",
        "Please delete this role from your list, it is gone.",
        "The email you got yesterday was sent in error.",
        "Our registered office is where you would have worked.",
        "They chose a candidate from the intended team.",
    ],
)
def test_a_line_about_the_matter_is_not_small_print(line):
    assert not is_small_print(line)


def test_a_mail_of_nothing_but_furniture_is_judged_all_the_same():
    assert judged("Sent from my iPhone") == ["Sent from my iPhone"]


def test_small_print_is_no_reason_to_doubt():
    small = "If you have received this e-mail in error, please ignore that message and delete it."
    assert not is_doubtful(MailText(body=f"{NO}\n\n{small}"))
    assert is_doubtful(MailText(body="Please ignore the earlier letter, it was sent in error."))


def test_no_decisive_sentence_of_the_corpus_is_furniture():
    lost = [
        stretch
        for mail in mail_files()
        for stretch in mail.decisive
        if not any(one.text in stretch or stretch in one.text for one in sentences(mail.mail))
        and any(stretch in line for line in mail.mail.body.split("\n"))
        and len(sentences(mail.mail)) < 300
    ]
    assert [stretch for stretch in lost if is_small_print(stretch)] == []


@pytest.mark.parametrize("line", ["--\n", "Kind regards\n", "Sent from my iPhone\n", "+44 20 \n", "confidential "])
def test_a_mail_of_signatures_has_places_in_order(line):
    body = (line * 5000)[: 64 * 1024]
    places = signed(body)
    assert all(start <= end <= len(body) for start, end in places)
    assert list(places) == sorted(places)
