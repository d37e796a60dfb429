"""Company and role of an application, as the mail names them; nothing is better than something wrong."""

# ruff: noqa: E501 - patterns stay on one line: cut up, they cannot be read or searched

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.senders import company_of_sender, is_relay_name
from nlp.verdict import MailText

_READ = 6000  # characters of the body; signatures of longer mails are legal text
_MAX_COMPANY = 60
_MAX_ROLE = 90
_MAX_ROLE_WORDS = 9
_REPEATS = 4  # a name that is repeated on every line is a list, not a vote
_LEAST_KEY = 3  # letters; shorter names back nobody
_CONFIDENT = 1.0  # votes; one clear pattern or two weak ones

# A name: capitalised words, with the small words that names hold between them.
_WORD = r"(?:[A-Z\u00c0-\u00de0-9][\w&'+-]*(?:\.[\w&'+-]+)*|&|[a-z]+[A-Z]\w*)"
_NAME = rf"(?P<company>{_WORD}(?: (?:of|the|and|for|de|du|des|la|le|van|von|der|di|&) {_WORD}| {_WORD}){{0,5}})"
_TITLE = r"(?P<role>[A-Z\u00c0-\u00de0-9(][\w&'.,/+#() -]{2,88}?)"
_POST = r"(?:role|position|post|job|vacancy|opening|opportunity|internship|apprenticeship|placement|requisition|req)"
_END = r"(?=[,.!?;:)\n]| -| \(|$| (?:and|but|has|have|is|was|will|we|to|who|so|as|on|in|with|this|that|for|after|because|which|where|today|team|role|position)\b)"
_FIRM_END = r"(?=[,.!?;:)\n]| -| \(|$| (?:and|but|has|have|is|was|will|we|to|who|so|as|on|in|with|this|that|for|after|because|which|where|today|team)\b)"

_COMPANY = tuple(
    (weight, re.compile(pattern))
    for weight, pattern in (
        (
            1.4,
            rf"\b(?:[Tt]hank you|[Tt]hanks)[^.\n]{{0,60}}(?:interest in|applying (?:to|with|at)|application (?:to|with)|considering|applying to join|interviewing (?:with|at)) (?:joining |working (?:at|for|with) |a career (?:at|with) |employment with |opportunities (?:at|with) )?(?:the )?{_NAME}{_FIRM_END}",
        ),
        (
            1.2,
            rf"\b(?:{_POST}|team|opportunities|careers?|life|working|work|interview|application|candidacy|join us|openings?|colleagues) (?:here )?at (?:the )?{_NAME}{_FIRM_END}",
        ),
        (1.2, rf"^[^\n]{{0,120}}\b(?:at|with|from|to|@) {_NAME}\s*$(?=\n\n)"),
        (1.4, rf"(?m)^(?:Employer|Company|Organisation|Organization|Arbeitgeber|Entreprise|Empresa): ?{_NAME}\s*$"),
        (1.2, rf"\bon behalf of (?:the |everyone at |all of us at |all at )?{_NAME}{_FIRM_END}"),
        (
            1.2,
            rf"(?m)^(?:The )?{_NAME},? (?:Talent Acquisition|Talent|Recruiting|Recruitment|Hiring|People|HR|Human Resources|Careers)(?: (?:Acquisition|Operations|and Culture|& Culture|Resources))?(?: Team| Department)?\s*$",
        ),
        (0.9, rf"\b(?:we|us|everyone|everybody|all of us|here|team) at {_NAME}{_FIRM_END}"),
        (0.8, rf"\b(?:joining|join) (?:the )?{_NAME}{_FIRM_END}"),
        (1.1, rf"\b[Yy]our (?:recent )?(?:application|candidacy) (?:to|with) (?:the )?{_NAME}{_FIRM_END}"),
        (0.8, rf"(?m)^[^\n]{{2,60}}(?:,| \||, the| -| at) (?:the )?{_NAME}\s*$"),
        (0.6, rf"\b{_NAME} (?:has|have) (?:decided|chosen|selected|received|reviewed|filled)"),
    )
)
_NOUN = (
    r"(?:Engineer|Developer|Designer|Manager|Analyst|Assistant|Nurse|Teacher|Officer|Coordinator|Consultant|Architect|Accountant|Technician|Specialist|Administrator|"
    r"Barista|Chef|Driver|Cleaner|Carer|Scientist|Researcher|Lecturer|Professor|Editor|Producer|Electrician|Plumber|Receptionist|Cashier|Supervisor|Intern|Apprentice|"
    r"Trainee|Associate|Director|Lead|Leader|Operator|Operative|Planner|Buyer|Executive|Representative|Advisor|Adviser|Clerk|Secretary|Writer|Copywriter|Programmer|"
    r"Artist|Animator|Marketer|Recruiter|Counsellor|Counselor|Therapist|Physiotherapist|Pharmacist|Radiographer|Dentist|Doctor|Surveyor|Solicitor|Paralegal|Lawyer|"
    r"Librarian|Curator|Conductor|Mechanic|Welder|Joiner|Carpenter|Painter|Picker|Packer|Runner|Keeper|Steward|Waiter|Waitress|Bartender|Porter|Guard|Warden|"
    r"Inspector|Controller|Auditor|Economist|Statistician|Strategist|Tester|Translator|Interpreter|Tutor|Instructor|Trainer|Coach|Caseworker|Worker|Organiser|"
    r"Organizer|Crew|Pilot|Dispatcher|Scheduler|Underwriter|Broker|Trader|Fellow|Postdoc|Internship|Apprenticeship|Traineeship|Fellowship|Studentship|Residency)"
)
_ROLE = tuple(
    (weight, re.compile(pattern))
    for weight, pattern in (
        (1.4, rf"\b(?:the|our|your|this|a|an) {_TITLE} (?:{_POST})\b"),
        (1.4, rf"\b{_POST} (?:of|as|for|titled|:) (?:the |an? |our )?{_TITLE}{_END}"),
        (
            1.2,
            rf"\b(?:application|applying|applied|interview(?:ing|ed)?|interest|candidacy|consideration|considered|consider you)(?: (?:to us|with us))? (?:for|as|in) (?:the |our |an? |the position of |the role of )?{_TITLE}(?: {_POST})?(?= (?:at|with|here|\(|role|position)|[,.!?;:\n]| -|$)",
        ),
        (
            1.2,
            rf"^(?:[Rr][Ee]: ?)?[^\n]{{0,60}}(?:application|interview|update|status|applying|candidacy)[^\n]{{0,20}}?(?: for| to|:| -| as) (?:the |our )?{_TITLE}(?: (?:at|with|@|\(|-|\|) [^\n]*| {_POST}[^\n]*)?$(?=\n\n)",
        ),
        (
            1.3,
            rf"(?m)^(?:[Rr][Ee]: )?(?:Job [Tt]itle|Role|Position|Post|Vacancy|Stelle|Poste|Puesto|Vacante): ?{_TITLE}\s*$",
        ),
        (
            0.9,
            rf"\b(?:the|our|your|for|as|an?|of|re:?|regarding|-|:) (?P<role>(?:[A-Z0-9][\w/&+-]*,? |of |and |in |& ){{0,5}}{_NOUN}(?: (?:I{{1,3}}|IV|[1-3])\b)?(?:,? (?:of|in|for) [A-Z]\w+(?: [A-Z]\w+)?)?(?: \([A-Z]\w+\))?)(?!\w)",
        ),
        (
            1.1,
            rf"^(?:[Rr][Ee]: )?(?P<role>(?:[A-Z0-9][\w/&+-]* |of |and |in |& ){{0,5}}{_NOUN}(?: I{{1,3}}\b)?(?:, [A-Z]\w+(?: [A-Z]\w+)?)?)(?=[\s,:(-])",
        ),
        (
            1.0,
            rf"\b(?:hire|hired|appoint|appointed|looking for|need|someone as) (?:as )?(?:an? |our )(?:new )?{_TITLE}{_END}",
        ),
    )
)
_NOT_COMPANY = re.compile(
    r"^(?:the|this|that|our|your|we|i|it|you|us|dear|hi|hello|thank|thanks|best|kind|warm|regards|sincerely|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|corporate|team|careers?|talent|recruit\w*|hr|human resources|people"
    r"|hiring|manager|director|head|senior|application|interview|linkedin|indeed|glassdoor|zoom|teams|google meet|slack|github|no|all|here|present|this time|least|first|last|uk|us|usa|eu|london|cv)\b",
    re.IGNORECASE,
)
_TITLE_WORD = re.compile(
    r"\b(?:manager|director|head|officer|lead|coordinator|recruiter|partner|assistant|engineer|developer|specialist|analyst|founder|ceo|cto|coo|president|chair|"
    r"administrator|advisor|adviser|team|department|resources|acquisition|operations|culture)\b",
    re.IGNORECASE,
)
_NOT_ROLE = re.compile(
    r"^(?:the|this|that|our|your|we|i|it|you|open|available|current|future|other|new|same|right|first|second|final|next|last|above|advertised|following|thank|hi|dear|re|fwd?|"
    r"update|application|interview|status|job|role|position|team|company|talent|best|in|on|at|for|to|a|an)$|^(?:re|fwd?):|@|https?:",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"^(?:[A-Z]{1,4}[-_ ]?)?\d{4,}(?:[-_]\d+)? (?:- )?|\((?:ref|req|id|job)[^)]*\)", re.IGNORECASE)
_LEGAL = re.compile(r",? (?:inc|ltd|llc|gmbh|plc|corp|s\.a|b\.v|ag|limited)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """What the mail names; None when it does not, or not clearly."""

    company: str | None
    role: str | None


def extract(mail: MailText) -> Named:
    """Company and role of the application the mail speaks of.

    Patterns around hiring words vote, the sender's name and domain too; a relay or job board is never the company.
    """
    text = f"{mail.subject}\n\n{mail.body[:_READ]}"
    company = _company(text, mail)
    return Named(company, _role(text, company))


def _company(text: str, mail: MailText) -> str | None:
    votes: dict[str, float] = defaultdict(float)
    spelling: dict[str, str] = {}
    for weight, name in (*_found(text, _COMPANY, "company"), *company_of_sender(mail)):
        tidy = _tidy_company(name)
        if not tidy:
            continue
        key = _key(tidy)
        votes[key] += weight
        spelling.setdefault(key, tidy)
    for key in votes:
        # A short form ("Acme") and a longer one ("Acme Labs") back each other; the domain backs a spelled-out name.
        votes[key] += sum(
            0.5 * votes[o]
            for o in votes
            if o != key and len(o) >= _LEAST_KEY and (key.startswith(o) or o.startswith(key))
        )
    best = max(votes, key=lambda key: (round(votes[key], 3), len(key)), default=None)
    return spelling[best] if best is not None and votes[best] >= _CONFIDENT else None


def _role(text: str, company: str | None) -> str | None:
    votes: dict[str, float] = defaultdict(float)
    for weight, name in _found(text, _ROLE, "role"):
        tidy = _tidy_role(name, company)
        if tidy:
            votes[tidy] += weight
    return max(votes, key=lambda name: (round(votes[name], 3), -len(name)), default=None)


def _found(text: str, patterns: tuple[tuple[float, re.Pattern[str]], ...], group: str) -> Iterator[tuple[float, str]]:
    for weight, pattern in patterns:
        for number, match in enumerate(pattern.finditer(text)):
            if number < _REPEATS:
                yield weight, match.group(group)


def _tidy_company(name: str) -> str:
    """The name without legal form, possessive and stray ends; "" if it cannot be one."""
    name = _LEGAL.sub("", name.strip(" .,'-&")).strip(" .,'-&").removesuffix("'s")
    if not 1 < len(name) <= _MAX_COMPANY or _NOT_COMPANY.match(name) or is_relay_name(name) or _TITLE_WORD.search(name):
        return ""
    return name


def _tidy_role(name: str, company: str | None) -> str:
    """The role without the company and stray ends; "" if it cannot be one."""
    name = re.split(r" (?:at|with|here at|within) (?=[A-Z])", _REFERENCE.sub("", name.strip(" .,-:/")))[0]
    name = re.split(r"(?<=\w) (?:has|have|had|made|is|was|were|will) |[.!?] ", name)[0]
    name = re.sub(r"^.* for the (?=[A-Z0-9])", "", name)
    if company:
        name = name.removeprefix(f"{company} ").removesuffix(f" {company}")
    name = re.sub(r"^(?:the|our|a|an) ", "", name.strip(" .,-:/"), flags=re.IGNORECASE)
    if name.count("(") != name.count(")"):
        name = name.split("(")[0].strip()
    if not _LEAST_KEY <= len(name) <= _MAX_ROLE or _NOT_ROLE.search(name) or len(name.split()) > _MAX_ROLE_WORDS:
        return ""
    return "" if company and _key(name) == _key(company) else name


def _key(name: str) -> str:
    return re.sub(r"[^\w]", "", name.lower())
