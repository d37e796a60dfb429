"""No person and no place is taken for the company: mails written to mislead, generated ones, the sample mailbox."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.extract import extract
from nlp.extraction.names import key_of, without_legal_form
from nlp.labelled import mails_in
from nlp.verdict import MailText
from server.domain.people import own_name
from server.domain.reading import read, text_of
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.outbox_folder import OutboxFolder
from server.wiring import SystemClock, sample_mbox

NAMES = Path(__file__).parent / "names"
# Nothing in them shows that it is a person's name, or that somebody is paid by another firm.
KNOWN_MISSES = {"oficina-en-bilbao", "bureau-a-lyon", "cabinet-pour-un-client"}
MAILS = [mail for path in sorted(NAMES.glob("*/mails.txt")) for mail in mails_in(path)]

FIRST = "Wiltrud Gideon Jacoba Philomène Baltasar Ermelinda Machteld Zeferino Tom Hannah Jörg Inês".split()
LAST = [
    "Sandvoss",
    "Lockyer",
    "Lockhart",
    "Baker",
    "Noiret",
    "Quiroga",
    "Casagrande",
    "de Roodenburg",
    "O'Hara",
    "Page",
]
DOMAINS = "heimatkammer quarryfold maisondessels casadelfaro zoutkamer kerrmuseum".split()
LETTERS = [
    ("Dear Robin,\n\nThe post goes to a man from the maritime museum in Bergen.", "Yours sincerely"),
    ("Hi Robin, thank you for coming in. We chose somebody who has done this before.", "Best,"),
    ("Sehr geehrte Frau Avery,\n\ndie Stelle geht an einen Kollegen aus dem Museum in Kiel.", "Viele Grüße"),
    ("Bonjour Robin,\n\nNous avons choisi quelqu'un du théâtre de Nantes.", "Cordialement,"),
    ("Hola, Robin:\n\nHemos elegido a otra persona, del museo naval de Cádiz.", "Un saludo"),
    ("Gentile Robin,\n\nabbiamo scelto un'altra persona.", "Cordiali saluti"),
    ("Beste Robin,\n\nwe hebben voor iemand anders gekozen.", "Hartelijke groet"),
    ("Cara Robin,\n\nescolhemos outra pessoa.", "Com os melhores cumprimentos"),
]
ACCOUNTS = ["{first}", "{first}.{last}", "{initial}.{last}", "{initial}{last}", "{last}", "info"]


def is_called(company, name):
    return bool(company) and set(company.lower().split()) <= set(name.lower().split())


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: f"{mail.language}-{mail.name}")
def test_a_name_that_misleads_is_no_company(mail):
    company = extract(mail.mail, mail.language).company
    wanted = {None, mail.company and key_of(without_legal_form(mail.company))}
    if mail.name in KNOWN_MISSES:
        pytest.xfail("nothing in the mail shows it")
    assert (company and key_of(company)) in wanted


def test_where_a_firm_is_called_like_its_founder_the_firm_is_still_named():
    named = {mail.name for mail in MAILS if mail.company and extract(mail.mail, mail.language).company}
    assert {
        "eponymous-founder-with-a-domain-of-the-name",
        "eponymous-founder-with-a-suffix",
        "family-firm-and-a-son-who-writes",
        "gmbh-mit-eigenem-namen",
        "maison-eponyme",
        "empresa-de-familia",
        "ditta-di-famiglia",
        "familiebedrijf",
        "casa-de-familia",
    } <= named


@st.composite
def signed_mails(draw):
    """A name, and a mail that somebody of that name writes and signs."""
    first, last = draw(st.sampled_from(FIRST)), draw(st.sampled_from(LAST))
    plain = last.lower().replace(" ", "").replace("'", "")
    account = draw(st.sampled_from(ACCOUNTS)).format(first=first.lower(), last=plain, initial=first[0].lower())
    domain = draw(st.sampled_from([*(f"{name}.example" for name in DOMAINS), "gmail.com"]))
    text, closing = draw(st.sampled_from(LETTERS))
    signature = draw(st.sampled_from([first, f"{first} {last}"])) + draw(st.sampled_from(["", "\nBergen", "\nLeeds"]))
    name = f"{first} {last}"
    return name, MailText("Your visit", name, f"{account}@{domain}", f"{text}\n\n{closing}\n{signature}")


@settings(max_examples=400, deadline=None)
@given(signed_mails())
def test_who_writes_and_signs_is_no_company(signed):
    name, mail = signed
    assert not is_called(extract(mail).company, name)


@pytest.mark.parametrize("place", ["Bergen", "Leeds", "Kassel", "Lyon", "Porto"])
@pytest.mark.parametrize(
    "thing", ["museum in {}", "the Museum in {}", "Theater in {}", "office in {}", "team in {}", "bureau à {}"]
)
def test_a_thing_with_a_place_is_no_company(thing, place):
    mail = MailText(
        sender_name="Jo Bell",
        sender_address="jo@kerrmuseum.example",
        body=f"Dear Robin,\n\nThe post went to somebody from {thing.format(place)}.\n\nJo Bell",
    )
    assert extract(mail).company is None


@pytest.mark.parametrize("name", ["Museum of Modern Glass", "Theater am Ring", "Museum in Progress"])
def test_a_proper_name_with_small_words_stays_a_company(name):
    address = "jobs@museuminprogress.example" if " in " in name else "jobs@us.greenhouse-mail.io"
    mail = MailText(subject=f"Your application to {name}", sender_name=name, sender_address=address, body="Thank you.")
    assert extract(mail).company == name


def test_nobody_in_the_sample_mailbox_is_taken_for_a_company():
    mailbox = MboxMailbox(sample_mbox(), OutboxFolder(Path("/nonexistent"), SystemClock()), "sample")
    ids = [message_id for page in mailbox.changes(None) for message_id in page.message_ids]
    messages = [read(raw, "sample") for raw in mailbox.fetch(ids)]
    people = {name for one in messages for who in (one.sender, *one.to, *one.cc) if (name := own_name(who))}
    assert len(people) > 30
    found = {(one.id, company) for one in messages if (company := extract(text_of(one)).company)}
    assert len(found) > 60
    assert not [(message_id, company) for message_id, company in found if any(is_called(company, p) for p in people)]
