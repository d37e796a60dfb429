"""How well the mails of one thread fit an application: surely, likely, possibly, or not at all."""

from __future__ import annotations

from datetime import timedelta
from enum import IntEnum

from server.domain.matching_clues import ECHO, Strand
from server.domain.matching_names import Likeness, companies, is_name_of

# How long after things a mail of the same name is about something new. Chosen, not measured: processes take weeks, and
# a second try for the same role comes months later.
AFTER_THE_END = timedelta(days=45)
BETWEEN_RECEIPTS = timedelta(days=60)
SILENCE = timedelta(days=400)
_TWO_RECEIPTS = timedelta(days=3)  # a system and a person may both say that it has come in, within so long
_BY_ROLE = timedelta(days=200)  # how far a role alone reaches, when no company is named


class Fit(IntEnum):
    """How well it fits. `LIKELY` is enough where nothing else fits, `POSSIBLE` is only worth a question."""

    NO = 0
    POSSIBLE = 1
    LIKELY = 2
    SURE = 3


def fit(strand: Strand, other: Strand) -> Fit:
    """How well the strand fits what is known of an application."""
    if apart(*sorted((strand, other), key=lambda one: one.order)):
        return Fit.NO
    firm, role, met = company_likeness(strand, other), role_likeness(strand, other), _met(strand, other)
    if strand.numbers and other.numbers:
        return _by_number(firm, role, met=met) if strand.numbers & other.numbers else Fit.NO
    if role is Likeness.DIFFERENT:
        return Fit.NO
    if firm is Likeness.SAME:
        return _at_company(strand, other, role)
    if firm is Likeness.UNKNOWN:
        return _without_company(strand, other, role, met=met)
    return _at_another(strand, other, role, firm, met=met)


def apart(earlier: Strand, later: Strand) -> bool:
    """Whether the later one is a new try: it begins well after the other's end, or with a receipt of its own."""
    ends = [end for end in earlier.closings if end <= later.last]
    if ends:
        since = max(ends)
        if later.first - since > AFTER_THE_END:
            return True
        if any(receipt - since > ECHO for receipt in later.receipts):
            return True
    if earlier.receipts and later.receipts and min(later.receipts) - max(earlier.receipts) > BETWEEN_RECEIPTS:
        return True
    return later.first - earlier.last > SILENCE


def company_likeness(strand: Strand, other: Strand) -> Likeness:
    """How the companies stand to each other, by name; by the senders' own domain where one side has no name."""
    if strand.companies and other.companies:
        pairs = (companies(one, two) for one in strand.companies for two in other.companies)
        best = max(pairs, default=Likeness.UNKNOWN)
        full = best is Likeness.NEAR and (_bears_name_of(strand, other) or _bears_name_of(other, strand))
        return Likeness.SAME if full else best
    return Likeness.SAME if strand.domains & other.domains else Likeness.UNKNOWN


def _bears_name_of(strand: Strand, other: Strand) -> bool:
    """Whether mail that calls the company Rookery comes from the domain of the other's fuller name, Rookery Chess."""
    return any(
        companies(short, full) is Likeness.NEAR
        and len(short) < len(full)
        and any(is_name_of(d, full) for d in strand.domains)
        for short in strand.companies
        for full in other.companies
    )


def role_likeness(strand: Strand, other: Strand) -> Likeness:
    """How the roles stand to each other: the most alike count."""
    return max((other.knows(role) for role in strand.roles), default=Likeness.UNKNOWN)


def _by_number(firm: Likeness, role: Likeness, *, met: bool) -> Fit:
    """The same vacancy's number; numbers like R-1001 are many companies'."""
    if firm in (Likeness.SAME, Likeness.NEAR):
        return Fit.SURE
    if firm is Likeness.UNKNOWN:
        return Fit.SURE if met or role is Likeness.SAME else Fit.LIKELY
    return Fit.POSSIBLE if met else Fit.NO


def _at_company(strand: Strand, other: Strand, role: Likeness) -> Fit:
    if role is Likeness.SAME:
        return Fit.SURE
    both_receipts = bool(strand.receipts and other.receipts)
    if role is Likeness.NEAR:
        # "Designer" and "Designer, Payments" may be two: they are, when each has its own receipt or its own end.
        return Fit.NO if both_receipts or (strand.closings and other.closings) else Fit.LIKELY
    if both_receipts:
        gap = min(abs(one - two) for one in strand.receipts for two in other.receipts)
        return Fit.LIKELY if gap <= _TWO_RECEIPTS else Fit.POSSIBLE
    return Fit.LIKELY


def _without_company(strand: Strand, other: Strand, role: Likeness, *, met: bool) -> Fit:
    if met:
        return Fit.SURE if role is Likeness.SAME else Fit.LIKELY
    return Fit.POSSIBLE if _same_name(strand, other) or _by_role(strand, other, role) else Fit.NO


def _at_another(strand: Strand, other: Strand, role: Likeness, firm: Likeness, *, met: bool) -> Fit:
    """Two names: one firm and a part of it, an agency and its client, or simply two firms."""
    if firm is Likeness.NEAR:
        if not met and not strand.domains & other.domains:
            return Fit.POSSIBLE
        return Fit.SURE if role is Likeness.SAME else Fit.LIKELY
    if not met or role is not Likeness.SAME:
        return Fit.NO
    # One person, one role: an agency writes in its own name first, then in its client's. Two clients are two.
    own = any(one.is_agency_of(company) for one in (strand, other) for company in one.companies)
    return Fit.SURE if own else Fit.NO


def _met(strand: Strand, other: Strand) -> bool:
    """Whether one person wrote both, from one address."""
    return bool(strand.people.keys() & other.people.keys())


def _same_name(strand: Strand, other: Strand) -> bool:
    """Whether people of one full name wrote both: it may be their private address, or somebody who poses as them."""
    return bool({name for name in strand.people.values() if " " in name} & set(other.people.values()))


def _by_role(strand: Strand, other: Strand, role: Likeness) -> bool:
    return role is Likeness.SAME and strand.first - other.last <= _BY_ROLE and other.first - strand.last <= _BY_ROLE
