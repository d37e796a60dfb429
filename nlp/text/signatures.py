"""What nobody wrote for this reader: signatures, "sent from my phone", legal small print; it is not judged.

It stays in the text, since it names the contact. What could be part of the message is never counted: below a "-- " or
a closing, only lines that look like a signature are, and only if all of them do.
"""

# ruff: noqa: E501 - patterns stay on one line: cut up, they cannot be read or searched

from __future__ import annotations

import re

from nlp.alternatives import any_of
from nlp.text.programs import CLOSING, GREETING, SENT_FROM

_LINE = 300  # characters of a line that are looked at
_SENTENCE_LENGTH = 1000  # characters of a sentence that are looked at
_LONGEST = 20  # lines of a signature
_WORDS = 8  # most words of a line in a signature
_PROMISED = 2  # words of the small print that a sentence needs when it does not speak of the mail itself

_DELIMITER = re.compile(r"\s*(?:--|__)\s*")  # RFC 3676 section 4.3; the space behind is lost in normalising
_CONTACT = re.compile(
    r"\+?\(?\d[\d ()/.-]{6,20}\d|\S@\S{1,60}\.\w|www\.|https?://|\b\w{2,30}\.(?:com|org|net|example|de|fr|es|it|nl|pt|co\.uk)\b"
    r"|\b(?:tel|phone|mobile|mob|fax|cell|direct|t|m|e|w|f|telefon|mobil|t[ée]l|m[óo]vil|tel[ée]fono|cellulare|telefoon)\s?[:.]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"[.!?][\"')]*\s*$|\b(?:we|you|your|i|us|wir|sie|ihr(?:e|er|en)?|du|dir|dich|nous|vous|votre|je|tu|usted|nosotros|su|te|le|lei|noi|ti|ci|u|uw|wij|je|jij|voc[êe]|n[óo]s|seu|sua"
    r"|not?|nicht|kein\w*|ne|pas|n'\w+|non|niet|geen|n[ãa]o|has|have|had|is|are|was|were|will|been|ist|sind|wurde|wird|est|sont|es|son|ha|hemos|[éè]|foi)\b",
    re.IGNORECASE,
)
_SMALL_PRINT = any_of(
    r"confidential(?:ity)?|privileged|intended (?:recipient|solely|only|for)|unauthori[sz]ed|disclos(?:e|ure)|virus(?:es)?|liability|registered (?:office|in)|company (?:number|no)|vat (?:reg|no|number)"
    r"|if you (?:have |'ve )?received (?:this |it )?(?:e-?mail |message |communication )?(?:in error|by mistake)|not the intended|delete (?:this|it)|notify the sender|consider the environment|before printing|privacy (?:policy|notice|statement)|unsubscribe|email preferences|all rights reserved"
    r"|vertraulich\w*|bestimmungsgem[äa][ßs]+e\w*|irrt[üu]mlich|unbefugt\w*|vernichten|handelsregister|amtsgericht|gesch[äa]ftsf[üu]hr\w+|ust-?id\w*|sitz der gesellschaft|umwelt"
    r"|confidentiel\w*|destinataires?|erreur|d[ée]trui\w+|usage exclusif|imprimer|si[èe]ge social|rcs"
    r"|confidenciales?|destinatari[oa]s?|por error|elimin\w+|imprimir|medio ambiente|registro mercantil|protecci[óo]n de datos"
    r"|confidenciais|confidencial|por engano|eliminar|apague|meio ambiente|prote[çc][ãa]o de dados"
    r"|riservat\w+|confidenzial\w*|per errore|distrugg\w+|cancellarl\w+|stampare|ambiente|privacy|gdpr|sede legale|p\.? ?iva"
    r"|vertrouwelijk\w*|geadresseerde|bestemd voor|onbevoegd\w*|ten onrechte|vernietigen|kvk|printen|milieu"
)
_THIS_MAIL = re.compile(
    r"\b(?:this|any) (?:e-?mail|message|communication|transmission|mail)\b|\b(?:diese[rs]?|die) (?:e-?mail|nachricht|mail)\b|\bce (?:message|courriel|mail|mel)\b|\b(?:este|esta) (?:mensaje|correo|e-?mail|mensagem)\b"
    r"|\b(?:questo|questa|il presente|la presente) (?:messaggio|e-?mail|mail|comunicazione)\b|\bdit (?:bericht|e-?mail)\b|\bdeze (?:e-?mail|mail)\b"
)
_ABOUT_A_JOB = any_of(
    r"application|applied|applying|candida\w*|applicant\w*|interview\w*|position|role|vacancy|vacature|selected|successful|unsuccessful|hire|hiring|job|bewerb\w+|stelle|absage|poste|recrutement|puesto|proceso"
    r"|selecci\w+|vaga|posizione|selezione|colloquio|sollicit\w+|functie"
)


def signed(body: str) -> tuple[tuple[int, int], ...]:
    """Where in a body the signature and the greetings of phones stand: (start, end) of whole lines, in order."""
    lines = body.split("\n")
    below = _signature(lines)
    found: list[tuple[int, int]] = []
    start = 0
    for line in lines[:below]:
        if SENT_FROM.match(line[:_LINE]):
            found.append((start, start + len(line)))
        start += len(line) + 1
    return (*found, (start, len(body))) if below < len(lines) else tuple(found)


def is_small_print(line: str) -> bool:
    """Whether a sentence is of the legal kind: it speaks of this very mail, or in its terms, and of no job."""
    line = line[:_SENTENCE_LENGTH].lower()  # four times as fast as patterns that ignore case
    words = {found.group() for found in _SMALL_PRINT.finditer(line)}
    if not words or (len(words) < _PROMISED and not _THIS_MAIL.search(line)):
        return False
    return not _ABOUT_A_JOB.search(line)


def _signature(lines: list[str]) -> int:
    """The line at which the last signature starts; the number of lines when there is none.

    A "--", or a closing word with a way to reach the sender below; nothing below may be a sentence.
    """
    first = max(0, len(lines) - 2 * _LONGEST)
    for number in range(len(lines) - 1, first - 1, -1):
        line = lines[number].strip()
        is_delimiter = bool(_DELIMITER.fullmatch(line))
        if not is_delimiter and not CLOSING.fullmatch(line[:_LINE].rstrip(" ,.!")):
            continue
        below = [one for one in lines[number + 1 :] if one.strip()]
        fits = len(below) <= _LONGEST and all(map(_is_signature_line, below))
        if below and fits and (is_delimiter or any(_CONTACT.search(one[:_LINE]) for one in below)):
            return number if any(map(_says_something, lines[:number])) else len(lines)
    return len(lines)


def _says_something(line: str) -> bool:
    """Whether a line above a signature may be what the mail is about, so that the signature need not be."""
    words = line[:_LINE].rstrip(" ,.!:")
    return bool(words.strip()) and not GREETING.fullmatch(words) and not _DELIMITER.fullmatch(words)


def _is_signature_line(line: str) -> bool:
    """Whether a line is a name, title, address or number, a phone's greeting, or small print; not a sentence."""
    if SENT_FROM.match(line[:_LINE]) or is_small_print(line) or _DELIMITER.fullmatch(line):
        return True
    bare = _CONTACT.sub(" ", line[:_LINE])
    return len(bare.split()) <= _WORDS and not _SENTENCE.search(bare) and len(line) <= _LINE
