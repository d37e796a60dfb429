"""Gmail's search language, as far as the project uses it; an operator that is not known is a loud error."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from tests.fakes.gmail.mailbox import Mailbox, Stored
from tests.fakes.gmail.mime import words_of
from tests.fakes.gmail.shapes import ViolationError

Test = Callable[[Stored], bool]
_TOKEN: Final = re.compile(
    r"""\s+ | (?P<open>[({]) | (?P<close>[)}]) | (?P<minus>-)(?=\S) | (?P<op>[A-Za-z_]\w*): | "(?P<quoted>[^"]*)"
    | (?P<word>[^\s(){}":]+(?::[^\s(){}"]+)?)""",
    re.VERBOSE,
)
_AGE: Final = re.compile(r"(\d+)([dmy])")
_DAYS: Final = {"d": 1, "m": 30, "y": 365}
_PLACES: Final = {
    "inbox": "INBOX",
    "sent": "SENT",
    "draft": "DRAFT",
    "drafts": "DRAFT",
    "spam": "SPAM",
    "trash": "TRASH",
    "chats": "CHAT",
    "chat": "CHAT",
    "starred": "STARRED",
    "important": "IMPORTANT",
    "unread": "UNREAD",
}


@dataclass
class Query:
    """A search that was understood."""

    matches: Test
    reaches_spam_and_trash: bool


def parse(text: str, mailbox: Mailbox) -> Query:
    """The search as a test on messages; raises ViolationError for what Gmail would silently match nothing with."""
    rest, _after, moment = text.rpartition(" after:")
    if not (rest and moment.isdecimal() and len(moment) > len("2026")):
        return _parsed(text, mailbox)
    edge, query = _moment(moment) * 1000, _parsed(rest, mailbox)
    return Query(lambda stored: stored.internal_date >= edge and query.matches(stored), query.reaches_spam_and_trash)


def _parsed(text: str, mailbox: Mailbox) -> Query:
    reader = _Reader(list(_tokens(text)), mailbox)
    test = reader.sequence(until="")
    if "er_than:" in text or "label:" in text:  # time and new labels change what they find
        return Query(test, reader.reaches)
    known = mailbox.matched.setdefault(text, {})

    def matches(stored: Stored) -> bool:
        if known.get(stored.id, (0, False))[0] != stored.history_id:  # it grows whenever the message changes
            known[stored.id] = (stored.history_id, test(stored))
        return known[stored.id][1]

    return Query(matches, reader.reaches)


@lru_cache(maxsize=256)
def _tokens(text: str) -> tuple[tuple[str, str], ...]:
    found, place = [], 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise ViolationError(f"q: cannot read {text[place:]!r}")
        place = match.end()
        if match.lastgroup:
            found.append((match.lastgroup, match[match.lastgroup]))
    return tuple(found)


class _Reader:
    """Recursive descent: sequence = either (OR either)*, side by side means AND, { } means OR."""

    def __init__(self, tokens: list[tuple[str, str]], mailbox: Mailbox) -> None:
        self.tokens, self.mailbox, self.reaches = tokens, mailbox, False

    def sequence(self, until: str) -> Test:
        """Everything up to the closing sign: AND of OR-chains, or OR of all inside braces."""
        terms: list[list[Test]] = []
        joined = False
        while self.tokens and self.tokens[0] != ("close", until):
            if self.tokens[0] == ("word", "OR"):
                self.tokens.pop(0)
                if not terms:
                    raise ViolationError("q: OR with nothing before it")
                joined = True
                continue
            test = self.term()
            if joined:
                terms[-1].append(test)
            else:
                terms.append([test])
            joined = False
        if until:
            if not self.tokens:
                raise ViolationError(f"q: {until!r} is missing")
            self.tokens.pop(0)
        chains = [_any(chain) for chain in terms]
        return _any(chains) if until == "}" else _all(chains)

    def term(self) -> Test:
        """One word, phrase, group or operator, negated or not."""
        kind, value = self.tokens.pop(0)
        if kind == "minus":
            inner = self.term()
            return lambda stored: not inner(stored)
        if kind == "open":
            return self.sequence(until=")" if value == "(" else "}")
        if kind == "op":
            return self.operator(value.lower())
        if kind == "close":
            raise ViolationError(f"q: {value!r} without its beginning")
        if kind == "word" and ":" in value:
            raise ViolationError(f"q: cannot read {value!r}")
        return Words(value)

    def operator(self, name: str) -> Test:
        """The test of `name:`; its value may be a group, as in from:(a OR b)."""
        if name not in _OPERATORS:
            raise ViolationError(f"q: unknown operator {name}:")
        if not self.tokens:
            raise ViolationError(f"q: {name}: without a value")
        kind, value = self.tokens.pop(0)
        if kind == "open":
            return self.spread(name, ")" if value == "(" else "}")
        if kind not in {"word", "quoted"}:
            raise ViolationError(f"q: {name}: without a value")
        return self.single(name, value)

    def spread(self, name: str, until: str) -> Test:
        """name:(a OR b) is (name:a OR name:b)."""
        end = self.tokens.index(("close", until)) if ("close", until) in self.tokens else -1
        if end < 0:
            raise ViolationError(f"q: {until!r} is missing")
        inner, self.tokens = self.tokens[:end], self.tokens[end:]
        spread: list[tuple[str, str]] = []
        for kind, value in inner:
            if kind in {"word", "quoted"} and value != "OR":
                spread.append(("op", name))
            spread.append((kind, value))
        self.tokens = spread + self.tokens
        return self.sequence(until)

    def single(self, name: str, value: str) -> Test:
        """The test of one operator with one value."""
        if name == "in" and value.lower() in {"spam", "trash", "anywhere"}:
            self.reaches = True
        return _OPERATORS[name](value, self.mailbox)


class Words:
    """Whole words in a row, case ignored, in one header or, without one, in all text."""

    def __init__(self, value: str, header: str = "") -> None:
        self.text, self.header = words_of(value), header

    def __call__(self, stored: Stored) -> bool:
        return self.text in stored.mail.words(self.header)

    @property
    def word(self) -> str:
        """The word, if it is a single one."""
        found = self.text.split()
        return found[0] if len(found) == 1 else ""


class AnyWords:
    """One of many words or phrases. A mail's words never change, so each mail remembers what was found in it."""

    def __init__(self, tests: frozenset[tuple[str, str]]) -> None:
        self.asked = tests
        self.singles: dict[str, set[str]] = {}  # header -> words, looked up at once: long lists are slow one by one
        self.phrases = [(text, header) for text, header in tests if len(text.split()) != 1]
        for text, header in tests:
            if len(text.split()) == 1:
                self.singles.setdefault(header, set()).add(text.strip())

    def __call__(self, stored: Stored) -> bool:
        answers = stored.mail.answers_by_words
        if self.asked not in answers:
            mail = stored.mail
            answers[self.asked] = any(
                not words.isdisjoint(mail.word_set(header)) for header, words in self.singles.items()
            ) or any(text in mail.words(header) for text, header in self.phrases)
        return answers[self.asked]


_any_words = lru_cache(maxsize=256)(AnyWords)  # one object for one list: then its hash is worked out once


def _any(tests: list[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]
    words = frozenset((test.text, test.header) for test in tests if isinstance(test, Words))
    rest = [test for test in tests if not isinstance(test, Words)]
    every = [*([_any_words(words)] if words else []), *rest]
    return every[0] if len(every) == 1 else lambda stored: any(test(stored) for test in every)


def _all(tests: list[Test]) -> Test:
    dear = [test for test in tests if isinstance(test, Words | AnyWords)]
    every = [*(test for test in tests if test not in dear), *dear]  # dates and labels first: they cost least
    return lambda stored: all(test(stored) for test in every)


def _in_header(*names: str) -> Callable[[str, Mailbox], Test]:
    return lambda value, _box: _any([Words(value, name) for name in names])


def _place(value: str, _box: Mailbox) -> Test:
    if value.lower() == "anywhere":
        return lambda _stored: True
    if value.lower() not in _PLACES:
        raise ViolationError(f"q: unknown value in:{value}")
    label = _PLACES[value.lower()]
    return lambda stored: label in stored.labels


def _state(value: str, _box: Mailbox) -> Test:
    if value.lower() == "read":
        return lambda stored: "UNREAD" not in stored.labels
    if value.lower() not in {"unread", "starred", "important"}:
        raise ViolationError(f"q: unknown value is:{value}")
    label = value.upper()
    return lambda stored: label in stored.labels


def _label(value: str, box: Mailbox) -> Test:
    wanted = re.sub(r"[\s/]+", "-", value).casefold()
    ids = {id_ for id_, name in box.labels.items() if re.sub(r"[\s/]+", "-", name).casefold() == wanted}
    return lambda stored: bool(ids & set(stored.labels))


def _category(value: str, _box: Mailbox) -> Test:
    if value.lower() not in {"primary", "social", "promotions", "updates", "forums"}:
        raise ViolationError(f"q: unknown value category:{value}")
    label = f"CATEGORY_{'PERSONAL' if value.lower() == 'primary' else value.upper()}"
    return lambda stored: label in stored.labels


def _has(value: str, _box: Mailbox) -> Test:
    if value != "attachment":
        raise ViolationError(f"q: unknown value has:{value}")
    return lambda stored: stored.mail.has_attachment


def _moment(value: str) -> float:
    if value.isdecimal() and len(value) > 4:
        return float(value)
    try:
        return datetime.strptime(value.replace("-", "/"), "%Y/%m/%d").replace(tzinfo=UTC).timestamp()
    except ValueError as error:
        raise ViolationError(f"q: {value!r} is no date") from error


def _after(value: str, _box: Mailbox) -> Test:
    moment = _moment(value) * 1000
    return lambda stored: stored.internal_date >= moment


def _before(value: str, _box: Mailbox) -> Test:
    moment = _moment(value) * 1000
    return lambda stored: stored.internal_date < moment


def _aged(*, newer: bool) -> Callable[[str, Mailbox], Test]:
    def make(value: str, box: Mailbox) -> Test:
        match = _AGE.fullmatch(value)
        if match is None:
            raise ViolationError(f"q: {value!r} is no age")
        edge = (box.now() - timedelta(days=int(match[1]) * _DAYS[match[2]]).total_seconds()) * 1000
        return lambda stored: (stored.internal_date >= edge) is newer

    return make


def _message_id(value: str, _box: Mailbox) -> Test:
    return lambda stored: stored.mail.message_id.strip("<>") == value.strip("<>")


_OPERATORS: Final[dict[str, Callable[[str, Mailbox], Test]]] = {
    "from": _in_header("From"),
    "to": _in_header("To", "Cc", "Bcc"),
    "cc": _in_header("Cc"),
    "subject": _in_header("Subject"),
    "label": _label,
    "category": _category,
    "in": _place,
    "is": _state,
    "has": _has,
    "after": _after,
    "before": _before,
    "newer_than": _aged(newer=True),
    "older_than": _aged(newer=False),
    "rfc822msgid": _message_id,
}
