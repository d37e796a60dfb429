"""What somebody's part in an application was, by title, deeds and words; and how one says it."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from server.domain.particulars import How, Part
from server.texts import _

# Titles of those who look after applications, in seven languages.
_RECRUITS = re.compile(
    r"\b(?:recruit\w*|talent\w*|sourc(?:er|ing)|hr|h\.r\.|human resources|people (?:partner|operations|ops|team|lead)|"
    r"people & \w+|people|hiring coordinator|staffing|personal(?:referent\w*|leit\w+|abteilung|wesen|er)?|rekrut\w*|"
    r"recrut\w*|ressources humaines|rh|drh|rrhh|recursos humanos|selecci[oó]n|reclutador\w*|selezione|risorse umane|"
    r"sele[cç][aã]o|recrutador\w*|werving\w*|personeel\w*|p&o)\b",
    re.IGNORECASE,
)
# Titles of those who lead a team.
_LEADS = re.compile(
    r"\b(?:head|director\w*|lead|leader|manager|chief|c[etfopm]o|founder|co-?founder|owner|partner|president|vp|"
    r"vice president|principal|editor[- ]in[- ]chief|supervisor|dean|professor|chair|"
    r"\w*leit(?:er|erin|ung)|geschäftsführ\w+|vorstand|gründer\w*|inhaber\w*|professorin|"
    r"responsable|chef\w*|directeur|directrice|dirigeant\w*|fondat\w+|gérant\w*|jef[ea]|gerente|diretor\w*|encargad[oa]|"
    r"fundador\w*|responsabile|direttor\w*|direttrice|titolare|capo\w*|hoofd|teamleider|leidinggevende|oprichter|"
    r"eigenaar|coordenador\w*|chefe)\b",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"\b(?:i(?:'d| would| wanted)? (?:like )?to introduce|introducing you|(?:let me|happy to|glad to) introduce|"
    r"i (?:have |'ve )?(?:referred|recommended|put (?:you|your name) forward)|passed (?:on )?your (?:cv|name|details)|"
    r"ich (?:habe|hab) (?:dich|sie) (?:\w+ )?empfohlen|"
    r"möchte (?:euch|sie|dich) (?:einander )?(?:bekannt machen|vorstellen)|"
    r"je (?:vous|te) (?:présente|recommande)|je t['’]ai recommandé\w*|je vous ai recommandé\w*|"
    r"te (?:presento|recomendé|he recomendado)|le (?:presento|he recomendado)|recomendei|apresento(?:-te|-lhe)?|"
    r"ti (?:presento|ho raccomandato|ho segnalato)|le presento|"
    r"ik (?:heb|stel) (?:je|u) (?:\w+ )?(?:aanbevolen|voor))\b",
    re.IGNORECASE,
)


def part_of(title: str, hows: frozenset[How]) -> Part:
    """The part of somebody with that title who took part in these ways. A title says more than a seat at a meeting."""
    if _RECRUITS.search(title):
        return Part.RECRUITER
    if title and _LEADS.search(title) and hows & {How.INTERVIEWED, How.ANSWERED, How.INVITED, How.WROTE}:
        return Part.HIRING_MANAGER
    if How.INTERVIEWED in hows:
        return Part.INTERVIEWER
    return Part.REFERRER if How.REFERRED in hows else Part.UNKNOWN


def refers(text: str) -> bool:
    """Whether the writer brings the seeker and somebody else together."""
    return bool(_REFERS.search(text))


def part_name(part: Part) -> str:
    """The part, as the list names it; "" when it cannot be told."""
    return {
        Part.INTERVIEWER: _("interviewer"),
        Part.HIRING_MANAGER: _("hiring manager"),
        Part.RECRUITER: _("recruiter"),
        Part.REFERRER: _("referrer"),
        Part.UNKNOWN: "",
    }[part]


def reason(how: How, when: datetime, zone: tzinfo | None = None) -> str:
    """Why one might write to them, without their name: "interviewed you on 3 May". `zone`: None for the computer's."""
    sentences = {
        How.INTERVIEWED: _("interviewed you on %(day)s"),
        How.ANSWERED: _("sent you this answer"),
        How.INVITED: _("invited you to an interview on %(day)s"),
        How.REFERRED: _("put you in touch on %(day)s"),
        How.WROTE: _("wrote to you on %(day)s"),
        How.COPIED: _("was copied in on %(day)s"),
        How.WRITTEN_TO: _("had a mail from you on %(day)s"),
    }
    return sentences[how] % {"day": _day(when.astimezone(zone))}


def _day(moment: datetime) -> str:
    months = (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"),
        _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip
    return _("%(day)s %(month)s") % {"day": moment.day, "month": months[moment.month - 1]}
