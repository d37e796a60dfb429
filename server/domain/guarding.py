"""A last look at an edited letter: what one may regret tomorrow, with the very words; it warns and never blocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from nlp.verdict import Heard
from server.domain.letters.body import MOST, NOTE, NOTE_PREMIUM, words
from server.domain.model import Kind
from server.domain.wording import Wording
from server.texts import _


class Flaw(StrEnum):
    """What may be wrong with a letter."""

    BITTERNESS = "bitterness"
    ARGUMENT = "argument"
    PLEADING = "pleading"
    PLACEHOLDER = "placeholder"
    WRONG_NAME = "wrong_name"
    OTHER_COMPANY = "other_company"
    LINK = "link"
    TOO_LONG = "too_long"
    CAPITALS = "capitals"
    EXCLAMATION = "exclamation"


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw: the words it lies in, where they stand in the text (characters), and a sentence for the seeker."""

    kind: Flaw
    words: str
    start: int
    end: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Guarded:
    """What the check may know. `recipient` is the full name, "" if unknown; `source` what the company wrote."""

    kind: Kind = Kind.THANK_YOU
    recipient: str = ""
    seeker: str = ""
    company: str = ""
    other_companies: frozenset[str] = frozenset()
    source: str = ""
    premium: bool = False


_PLACEHOLDER = re.compile(
    r"\[[^\]\n]{0,60}\]|\{[^}\n]{0,60}\}|<(?!https?:)[^\W\d][^<>\n@]{0,40}>|%\([a-z_]+\)s"
    r"|_{3,}|\.{5,}|(?-i:\b(?:X{3,}|TBD|TODO)\b)|\b(?:your|my) name here\b|\blorem ipsum\b",  # "todo" is Spanish
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\b(?:https?://|www\.)[^\s<>)]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|me|app|dev|eu)/[^\s<>)]+", re.IGNORECASE
)
_EXCLAMATION = re.compile(r"[!?]*!(?:\s?[!?])+|\?\s?!")
_CAPITALS = re.compile(r"\b[^\W\d_]{2,}(?:[ '’-]+[^\W\d_]{2,})*\b")
_LONE_CAPITALS = 5  # letters: shorter ones are mostly abbreviations
_CAPITALS_TOGETHER = 6
_GREETINGS = re.sub(
    r"\s*[|\n]\s*",
    "|",
    """
    good morning|good afternoon|good evening|dear|hi|hello|hey|guten tag|guten morgen|guten abend|hallo|liebe|lieber
    moin|sehr geehrte|sehr geehrter|bonjour|bonsoir|salut|chère|cher|hola|buenos días|buenas tardes|estimado|estimada
    querido|querida|a la atención de|buongiorno|buonasera|gentile|egregio|egregia|salve|ciao|caro|cara|beste|geachte
    goedendag|goedemorgen|dag|lieve|olá|bom dia|boa tarde|prezado|prezada|à atenção de
    """.strip(),
)
_GREETING = re.compile(rf"\s*(?:{_GREETINGS})\b[ ,]*(?P<name>[^\n,:!]{{2,60}})\s*[,:!–-]", re.IGNORECASE)
# Phones set curly apostrophes, and mail programs wrap lines; each is put back as one character, so that places stay.
_AS_TYPED = str.maketrans({"’": "'", "‘": "'", "\n": " ", "\xa0": " "})
# Not a name: titles, and whom one greets when there is none.
_NO_NAME = frozenset(
    """
    mr mrs ms mx miss dr prof professor professeur herr frau madame monsieur mme m señor señora sr sra don doña signor
    signora sig dott dottoressa heer mevrouw mijnheer senhor senhora dona doutor doutora team all everyone everybody
    together alle zusammen équipe equipo squadra equipe recruiting talent hiring manager hr people there sir madam damen
    herren und and et y e en toutes tous tutti todos allemaal recruiter committee von van de der den da di du del la le
    """.split()
)


def check(text: str, facts: Guarded, wordings: Iterable[Wording], heard: Iterable[Heard] = ()) -> list[Finding]:
    """What the seeker may want to look at again before the letter goes, in the order of the text.

    `wordings` bring the words of bitterness, argument and pleading, each in its language; `heard` are the sentences
    that sound so as a whole. Where words of a sentence are known, they are shown and not the sentence.
    """
    spoken = [finding for wording in wordings for finding in _spoken(text, wording)]
    spoken += [_heard(text, one) for one in heard if not any(_within(finding, one) for finding in spoken)]
    looks: tuple[Callable[[str, Guarded], Iterator[Finding]], ...] = (
        _placeholders, _wrong_name, _other_companies, _links, _length, _capitals, _exclamations,
    )  # fmt: skip
    found = {*spoken, *(each for look in looks for each in look(text, facts))}
    return sorted((each for each in found if not _covered(each, found)), key=lambda each: (each.start, each.end))


def _covered(one: Finding, found: Iterable[Finding]) -> bool:
    """Whether a longer finding of its kind says the same: two languages may share half a phrase."""
    of_kind = (each for each in found if each.kind is one.kind and each != one)
    return any(each.start <= one.start and one.end <= each.end for each in of_kind)


def _finding(kind: Flaw, found: re.Match[str], sentence: str) -> Finding:
    return Finding(kind, found[0], found.start(), found.end(), sentence)


def _said() -> dict[Flaw, str]:
    return {
        Flaw.BITTERNESS: _("“%(words)s” may sound bitter. They will remember the tone longer than the words."),
        Flaw.ARGUMENT: _("“%(words)s” reads as an argument with the decision. It is made; grace works better."),
        Flaw.PLEADING: _("“%(words)s” sounds like pleading. You need not ask for more than you are owed: respect."),
    }


def _spoken(text: str, wording: Wording) -> Iterator[Finding]:
    plain = text.translate(_AS_TYPED)
    for kind, sentence in _said().items():
        for found in wording.guard[kind].finditer(plain):
            words = text[found.start() : found.end()]
            yield Finding(kind, words, found.start(), found.end(), sentence % {"words": words})


def _heard(text: str, one: Heard) -> Finding:
    kind, words = Flaw(one.overtone), text[one.start : one.end]
    return Finding(kind, words, one.start, one.end, _said()[kind] % {"words": words})


def _within(finding: Finding, one: Heard) -> bool:
    return finding.start < one.end and one.start < finding.end


def _placeholders(text: str, facts: Guarded) -> Iterator[Finding]:  # noqa: ARG001 - all looks are called alike
    for found in _PLACEHOLDER.finditer(text):
        yield _finding(Flaw.PLACEHOLDER, found, _("“%(words)s” still waits to be filled in.") % {"words": found[0]})


def _wrong_name(text: str, facts: Guarded) -> Iterator[Finding]:
    """A greeting by a name that shares no word with the recipient's."""
    found = _GREETING.match(text)
    if not found or not facts.recipient:
        return
    name = found["name"].strip()
    said = [word for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper() and word.lower() not in _NO_NAME]
    known = _plain_words(f"{facts.recipient} {facts.company}")
    if said and not _plain_words(" ".join(said)) & known:
        sentence = _("The letter greets “%(name)s”, but it goes to %(recipient)s.")
        start = found.start("name")
        yield Finding(
            Flaw.WRONG_NAME, name, start, start + len(name), sentence % {"name": name, "recipient": facts.recipient}
        )


def _other_companies(text: str, facts: Guarded) -> Iterator[Finding]:
    """Another company of the log, spelled as it is there; a single word that begins a sentence may be just a word."""
    own = f"{facts.company} {facts.source}".casefold()
    for company in sorted(facts.other_companies):
        if len(company) < 3 or company.casefold() in own:  # noqa: PLR2004 - two letters are too easily a word
            continue
        for found in re.finditer(rf"(?<!\w){re.escape(company)}(?!\w)", text):
            begins = re.search(r"(?:^|[.!?:\n]\s*)$", text[: found.start()])
            if " " in company or not begins:
                sentence = _("“%(words)s” is another company in your log. Is this letter the right one?")
                yield _finding(Flaw.OTHER_COMPANY, found, sentence % {"words": found[0]})


def _links(text: str, facts: Guarded) -> Iterator[Finding]:  # noqa: ARG001
    for found in _LINK.finditer(text):
        sentence = _("There is a link, “%(words)s”. A note of thanks is stronger without one.")
        yield _finding(Flaw.LINK, found, sentence % {"words": found[0]})


def _length(text: str, facts: Guarded) -> Iterator[Finding]:
    """From the first word, or character, that is too much to the end."""
    if facts.kind is Kind.CONNECT_NOTE:
        limit = NOTE_PREMIUM if facts.premium else NOTE
        if len(text) > limit:
            sentence = _("LinkedIn cuts a note at %(limit)d characters; this one has %(count)d.")
            said = sentence % {"limit": limit, "count": len(text)}
            yield Finding(Flaw.TOO_LONG, text[limit:], limit, len(text), said)
        return
    count = words(text)
    if count > MOST:
        counted = [each for each in re.finditer(r"\S+", text) if any(c.isalnum() for c in each[0])]
        start = counted[MOST].start()
        sentence = _("The letter has %(count)d words. Short ones are read: 125 is plenty.")
        yield Finding(Flaw.TOO_LONG, text[start:].strip(), start, len(text.rstrip()), sentence % {"count": count})


def _capitals(text: str, facts: Guarded) -> Iterator[Finding]:
    """Shouting: words in capitals that neither the company nor its mail writes so."""
    known = set(re.findall(r"[^\W\d_]+", f"{facts.company} {facts.source} {facts.seeker} {facts.recipient}"))
    for run in _CAPITALS.finditer(text):
        for found in _upper_runs(run, known):
            sentence = _("“%(words)s” in capitals reads as shouting.")
            start, end = found
            yield Finding(Flaw.CAPITALS, text[start:end], start, end, sentence % {"words": text[start:end]})


def _upper_runs(run: re.Match[str], known: set[str]) -> Iterator[tuple[int, int]]:
    """Where words in capitals stand beside each other in a run of words."""
    spans: list[list[re.Match[str]]] = [[]]
    for word in re.finditer(r"[^\W\d_]+", run[0]):
        if word[0].isupper() and len(word[0]) > 1 and word[0] not in known:
            spans[-1].append(word)
        elif spans[-1]:
            spans.append([])
    for span in filter(None, spans):
        longest, together = max(len(word[0]) for word in span), sum(len(word[0]) for word in span)
        if longest >= _LONE_CAPITALS or (len(span) > 1 and together >= _CAPITALS_TOGETHER):
            yield run.start() + span[0].start(), run.start() + span[-1].end()


def _exclamations(text: str, facts: Guarded) -> Iterator[Finding]:  # noqa: ARG001
    for found in _EXCLAMATION.finditer(text):
        sentence = _("“%(words)s”: one mark says as much as three.")
        yield _finding(Flaw.EXCLAMATION, found, sentence % {"words": found[0]})


def _plain_words(text: str) -> set[str]:
    """Words without case and accents, initials left out."""
    return {word for word in re.findall(r"[^\W\d_]+", _unaccented(text.casefold())) if len(word) > 1}


def _unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
