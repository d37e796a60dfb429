"""Who is behind an address: a person with a name, a team, or a machine that reads nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from server.domain.domains import RELAYS, domain_of
from server.domain.model import Contact, Message

# Local parts of addresses that nobody reads. RFC 2142 and RFC 3834 name some; the others are what senders use.
_NO_REPLY = re.compile(
    r"(?:^|[._+=-])(?:no|non|not|nao|ne[._-]?pas|do[._-]?not?|don['’]?t|never|cannot|can[._-]?not)[._-]?"
    r"(?:reply|replies|respon[ds]|answer|repondre|rispondere|contestar|contest[ae])"
    r"|(?:^|[._+=-])(?:nicht[._-]?(?:be)?antworten|keine?[._-]?(?:antwort|reply)|(?:geen|niet)[._-]?(?:be)?antwoord(?:en)?"
    r"|pas[._-]?de[._-]?reponse|sans[._-]?reponse|sem[._-]?resposta|sin[._-]?respuesta|senza[._-]?risposta"
    r"|svara?[._-]?(?:ej|inte|ikke)|ikke[._-]?(?:svar|besvar)\w*|inget[._-]?svar|ala[._-]?vastaa|ei[._-]?vastau\w+"
    r"|nie[._-]?odpowiada\w*|brak[._-]?odpowiedzi|ne[._-]?odpovid\w+|yanitlamayin\w*|ne[._-]?valaszol\w*)"
    r"|(?:^|[._+-])auto[._-]?(?:reply|replies|mailer|responder|response|confirm|mail|mated|notify|notification)\w*(?:[._+-]|$)"
    r"|^(?:mailer-?daemon|mail-daemon|postmaster|bounces?|bounce[+=_-].*|return|returns|notifications?|notifier|notify"
    r"|alerts?|jobalerts?|job-alerts?|automated|unsubscribe|unmonitored|nobody|system|robot|mailbot|devnull|dev-null"
    r"|blackhole|undeliverable|outgoing|outbound|send-?only)(?:[._+-].*)?$|^(?:bot|null|void)$"
    r"|[._+-](?:notifications?|unmonitored|unattended|donotreply|mailer-daemon|bounces?)$"
    r"|(?:^|[._+-])(?:unmonitored|unattended|send-?only)(?:[._+-]|$)"
    r"|^(?:jobs?|careers?|recruit(?:ing|ment|er)?|talent|hr|hiring|people|team|candidates?|appl(?:y|ications?)|workday|"
    r"e?mail|info|system|support|hello|alerts?|notifications?|updates?|news|accounts?|services?|staffing|messages?|"
    r"portal|web|my|the|admin|security|billing|help|contact|ats|bewerbung(?:en)?|karriere|personal|emplois?|empleo|"
    r"recrutement|lavoro|vacatures?)[._-]?(?:no[._-]?reply|do[._-]?not[._-]?reply)",
    re.IGNORECASE,
)

_NO_REPLY_HOST = re.compile(
    r"(?:^|\.)(?:no-?reply|do-?not-?reply|bounces?|unsubscribe|unmonitored|mailer-daemon)\.|(?:^|\.)(?:invalid|localhost)$",
    re.IGNORECASE,
)

# Applicant tracking systems whose every address only sends.
_SEND_ONLY = frozenset({"myworkday.com", "myworkdaysite.com"})

_ADDRESS = re.compile(r"[^\x00-\x20\x7f<>@,;:\"()\[\]\\]+@[^\x00-\x20\x7f<>@,;:\"()\[\]\\]+")

# Words of teams and offices: a display name that holds one is no person's.
_TEAM_WORDS = frozenset(
    """
    team teams recruiting recruitment recruiter recruiters talent acquisition hr people careers career jobs job hiring
    human resources office notification notifications support info admin committee group noreply no-reply reply
    department dept university college council service services application applications candidate candidates
    newsletter alerts system mailer the and at via from für bewerbung personal personalabteilung equipo équipe
    recrutement ressources humaines selección rrhh candidaturas ufficio personale selezione werving
    resourcing registry shop store newsroom desk ltd limited plc inc llc gmbh ag kg se bv nv sa sas sarl srl spa
    foundation museum bank labs studio studios trust systems solutions software technologies consulting partners
    """.split()
)
_PERSON = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:[ -][^\W\d_][\w'’.-]*){1,3}")
_TITLES = re.compile(r"^(?:dr|prof|professor|mr|mrs|ms|mx|herr|frau|dipl\.?-ing|sir|dame)\.?\s+", re.IGNORECASE)
_PARTICLES = frozenset("von van der den de di da dos das del della la le du el al bin ter ten zu af y e".split())
_CLOSING_LINES = 12  # a signature stands within so many lines of the end
_CLOSING_WORDS = 6  # a closing formula is no longer than that
_CLOSING = re.compile(
    r"(?:with |my |many |very |all )?(?:kind|best|warm|warmest|kindest|regards|sincerely|yours|thanks|thank you|cheers|"
    r"good wishes|the best|take care)\b"
    r"|(?:mit |viele |beste |herzliche |freundliche |liebe |schöne )+.*grü(?:ß|ss)|hochachtungsvoll"
    r"|(?:bien )?cordialement|bien à vous|sincères|salutations|(?:un )?(?:cordial )?saludos?|atentamente|cordialmente"
    r"|un abrazo|atenciosamente|(?:com os |melhores )*cumprimentos|(?:um )?abraço"
    r"|(?:cordiali |distinti |un )?salut[io]\b"
    r"|(?:met )?(?:vriendelijke |hartelijke )?groet|hoogachtend",
    re.IGNORECASE,
)


def is_no_reply(address: str) -> bool:
    """Whether letters to the address reach nobody, by its words. An empty or broken address reaches nobody too."""
    local, _at, domain = address.rpartition("@")
    if not _ADDRESS.fullmatch(address) or domain.lower() in _SEND_ONLY:
        return True
    local = _squeeze_accents(local)
    return bool(_NO_REPLY.search(local) or _NO_REPLY_HOST.search(domain))


def person_name(contact: Contact, company: str = "") -> str:
    """The full name when the display name is a person's, else "". `Lee, Ada` and `Ada Lee (she/her)` are understood.

    A name made of the company's words, or of its domain's, is the company's.
    """
    name = re.sub(r"\s*(?:[(\[|–—/]|\s-\s).*$", "", contact.name).strip().strip("\"'")
    name = re.split(r"\s+(?:at|from|via|de chez|@|bei)\s+", name)[0]
    name = _TITLES.sub("", name)
    name = re.sub(r"^(\S+\s.*\S)\s+von\s.*$", r"\1", name)  # "Ada Lee von Brightwater", but "Anna von Berg"
    family, comma, given = name.partition(",")
    if comma and given.strip() and len(given.split()) <= 2 and len(family.split()) <= 2:  # noqa: PLR2004 - "Lee, Ada M."
        name = f"{given.strip()} {family.strip()}"
    name = _TITLES.sub("", name)
    words = name.replace("-", " ").lower().split()
    if not _PERSON.fullmatch(name) or _TEAM_WORDS & set(words) or not name[0].isupper():
        return ""
    return "" if _is_company(name, contact.address, company) else name


def own_name(contact: Contact) -> str:
    """The full name of a person whose account is made of it, as ada@, ada.lee@ and a.lee@ are; "" of all else."""
    name = person_name(contact)
    if not name or domain_of(contact.address) in RELAYS:
        return ""
    first, last = (_squeezed(part) for part in (name.split()[0], last_name(name)))
    account = _squeezed(contact.address.partition("@")[0].partition("+")[0])
    made = {first, first + last, last + first, first[0] + last, last + first[0], first + last[0]}
    return name if account in made else ""


def is_name_of(company: str, people: Iterable[Contact]) -> bool:
    """Whether what was read as a company is the name of one of these people, or a part of it."""
    said = _words(company)
    return bool(said) and any(said <= _words(own_name(one)) for one in people)


def signed_name(message: Message, company: str = "") -> str:
    """The sender's name: the display name if a person's, else the one that signs the letter, else "".

    A line signs the letter when a closing formula stands above it, or when the address holds the same name.
    """
    name = person_name(message.sender, company)
    if name:
        return name
    lines = [line.strip(" ,*-–—") for line in message.body.splitlines() if line.strip()][-_CLOSING_LINES:]
    after = [i for i, line in enumerate(lines) if len(line.split()) <= _CLOSING_WORDS and _CLOSING.match(line)]
    close = {i + step for i in after for step in (1, 2)}
    readers = set().union(*(_words(contact.name) for contact in message.to))
    address = message.sender.address
    for i, line in enumerate(lines):
        signs = i in close and i not in after and len(line.split()) > 1
        if (signs or (i and _in_local_part(line, address))) and _is_signature(line) and not _words(line) <= readers:
            contact = Contact(line, address)
            if not _is_company(line, address, company) and (person_name(contact, company) or len(line.split()) == 1):
                return line
    return ""


def first_name(name: str) -> str:
    """How one would greet them; an initial alone is no name."""
    first = name.split(maxsplit=1)[0] if name else ""
    return first if len(first.rstrip(".")) > 1 else ""


def last_name(name: str) -> str:
    """The family name, particles included: "Anna von Berg" is "von Berg"."""
    words = name.split()
    particles = [i for i, word in enumerate(words[1:-1], 1) if word.islower()]
    return " ".join(words[particles[0] :] if particles else words[-1:])


def same_person(one: str, other: str) -> bool:
    """Whether two addresses are the same mailbox, by case and plus-tag."""
    return _plain(one) == _plain(other) != ""


def _is_signature(line: str) -> bool:
    """One to four words, all with capitals but for particles: "Ada M. von Berg"."""
    words = line.split()
    capital = all(word[0].isupper() or word in _PARTICLES for word in words)
    return 1 <= len(words) <= 4 and capital and not _TEAM_WORDS & _words(line) and not any(c.isdigit() for c in line)  # noqa: PLR2004


def _is_company(name: str, address: str, company: str) -> bool:
    """Whether a name that looks like a person's belongs to the firm: "Rookery Chess" at rookery-chess.example."""
    words, firm = _words(name), _words(company)
    if _in_local_part(" ".join(words - firm), address):
        return False
    labels = [_squeezed(label) for label in address.rpartition("@")[2].split(".")[:-1]]
    whole = _squeezed(name)
    of_domain = any(len(label) >= 4 and (whole.startswith(label) or label.startswith(whole)) for label in labels)  # noqa: PLR2004
    return of_domain or (bool(firm) and (words <= firm or firm <= words))


def _in_local_part(name: str, address: str) -> bool:
    local = _squeezed(address.rpartition("@")[0])
    return any(len(word) > 1 and word in local for word in map(_squeezed, name.split()))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))


def _squeezed(text: str) -> str:
    """Letters and digits alone, without accents: "Inês O'Hara" is "inesohara"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalnum())


def _squeeze_accents(text: str) -> str:
    """Letters without accents, the rest as it is: não-responder is nao-responder."""
    plain = unicodedata.normalize("NFKD", text) if not text.isascii() else text
    return "".join(c for c in plain if not unicodedata.combining(c))


def _plain(address: str) -> str:
    local, _at, domain = unicodedata.normalize("NFKC", address).lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" if local else ""
