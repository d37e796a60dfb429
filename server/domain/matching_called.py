"""What an application is called: as the seeker last said, else as most in its mails speaks for; better none than wrong.

A role read from the running text of one mail is often no role ("ring the bell marked DENTIST"); one in a subject or in
the receipt of an application nearly always is. So where two mails disagree and nothing bears either out, none is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace

from server.domain.application import BY_HAND, Application, Description
from server.domain.matching_clues import Clue
from server.domain.matching_names import Likeness, is_of_domain, role_words, roles, weighty
from server.domain.model import Contact, Correction, Judged
from server.domain.people import is_name_of


def as_called(row: Judged, application: Application | None) -> Judged:
    """The row with the names of its application; a company that the application lacks stays the row's own."""
    if application is None:
        return row
    company, role = application.company or row.company, application.role
    if company and not application.company:
        people = {Contact(one.name, one.address) for each in application.messages for one in each.people}
        company = None if is_name_of(company, people) else company
    return row if (row.company, row.role) == (company, role) else replace(row, company=company, role=role)


def company_of(clues: Sequence[Clue], said: Description | None, corrections: Mapping[str, Correction]) -> str | None:
    """The company: the seeker's word, else the name that most mails have."""
    people = {Contact(one.name, one.address) for clue in clues for one in clue.row.people}
    named = [(row.company, clue) for clue in clues if clue.company and (row := clue.row).company]
    # One mail shows as a person, by Cc, signature or invitation, whom another was read as naming for a company.
    named = [(name, clue) for name, clue in named if _is_own(clue) or not is_name_of(name or "", people)]
    # An agency's mails name the agency until they name the client: what is not the sender's own name says more.
    others = [(name, clue) for name, clue in named if not _is_own(clue)]
    told = _told(clues, said, corrections, lambda word: word.company)
    return told or _commonest(others or named, lambda clue: "".join(clue.company))


def role_of(clues: Sequence[Clue], said: Description | None, corrections: Mapping[str, Correction]) -> str | None:
    """The role: the seeker's word, else the name that subjects, receipts and the most mails bear out, the fullest."""
    if told := _told(clues, said, corrections, lambda word: word.role):
        return told
    named = sorted((clue for clue in clues if clue.role and not _is_company(clue.role, clues)), key=_order)
    if not named:
        return None
    exact = Counter(clue.role for clue in named)
    fitting = {role: sum(roles(role, other.role) >= Likeness.NEAR for other in named) for role in exact}
    sure = {clue.role for clue in named if _is_borne_out(clue, clues)}
    best = max(named, key=lambda clue: (clue.role in sure, fitting[clue.role], exact[clue.role], len(clue.role)))
    is_alone = best.role not in sure and fitting[best.role] == 1
    return None if is_alone and len(named) > 1 else best.row.role


def _told(
    clues: Sequence[Clue],
    said: Description | None,
    corrections: Mapping[str, Correction],
    name: Callable[[Description | Correction], str | None],
) -> str | None:
    """The seeker's latest word, of the application or of one of its mails."""
    words: list[Description | Correction] = [said] if said else []
    words += [corrections[clue.row.key] for clue in clues if clue.row.key in corrections]
    words = [word for word in words if name(word)]
    return name(max(words, key=lambda word: word.made)) if words else None


def _is_own(clue: Clue) -> bool:
    """Whether the company it names is the sender's own, by its domain."""
    return is_of_domain(clue.company, clue.row.sender.address)


def _is_company(role: frozenset[str], clues: Sequence[Clue]) -> bool:
    """Whether what was read as a role is the company's name: "the post at the Kerr"."""
    return any(role <= weighty(clue.company) for clue in clues)


def _is_borne_out(clue: Clue, clues: Sequence[Clue]) -> bool:
    """Whether the seeker wrote the role down, a receipt names it, or a subject does."""
    by_name = clue.is_receipt or clue.row.model == BY_HAND
    return by_name or any(clue.role <= role_words(other.row.subject) for other in clues)


def _commonest(named: Sequence[tuple[str | None, Clue]], key: Callable[[Clue], Hashable]) -> str | None:
    """The name that most mails have, in the spelling of its first; of several the one that came first."""
    in_order = sorted(named, key=lambda one: _order(one[1]))
    counts = Counter(key(clue) for _name, clue in in_order)
    return max(in_order, key=lambda one: counts[key(one[1])])[0] if in_order else None


def _order(clue: Clue) -> tuple[object, ...]:
    return clue.row.received, clue.row.message_id
