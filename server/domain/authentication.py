"""What the receiving server found out about a mail's sender: Authentication-Results, RFC 8601."""

from __future__ import annotations

import re
from collections.abc import Iterable

from server.domain.particulars import Proof

_COMMENT = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_METHOD = re.compile(r"\s*(dmarc|spf|dkim)\s*=\s*(\w+)(.*)", re.IGNORECASE | re.DOTALL)
_FROM = re.compile(r"\bheader\.from\s*=\s*([^\s;]+)", re.IGNORECASE)
_SPF_DOMAIN = re.compile(r"\bsmtp\.mailfrom\s*=\s*([^\s;]+)", re.IGNORECASE)
_DKIM_DOMAIN = re.compile(r"\bheader\.[di]\s*=\s*([^\s;]+)", re.IGNORECASE)
_ANY_DMARC = re.compile(r"\bdmarc\s*=\s*(\w+)", re.IGNORECASE)
_MOST_FIELDS = 8  # one a method is usual where there are several
_MOST_LAYERS = 20  # comments within comments


def proof_of(fields: Iterable[str]) -> Proof:
    """The findings of the topmost server, from its fields: those above any other server's, with its own id.

    Only the receiver's own field counts (RFC 8601 §5), and what a stranger may put into it does not: comments and
    quoted strings are cut out, and where a field does not come out even, its worst word stands. That is how a sender
    named `legitimate.example(.attack.example` hides the result behind it (Chen, Paxson, Jiang: Composition Kills,
    USENIX Security 2020, A6 and A7).
    """
    found = [field for field in list(fields)[:_MOST_FIELDS] if field.strip()]
    if not found:
        return Proof()
    receiver = _server(found[0])
    own = [field for field in found if _server(field) == receiver]
    texts = [_without_asides(field) for field in own]
    results = [m for text in texts for part in text.split(";") if (m := _METHOD.match(part))]
    dmarc = [m[2].lower() for m in results if m[1].lower() == "dmarc"]
    if any(word.lower() == "fail" for field in own for word in _ANY_DMARC.findall(field)):
        dmarc = ["fail"]
    judged = [m[1] for text in texts for m in _FROM.finditer(text)]
    passed = [domain for m in results if m[2].lower() == "pass" for domain in _domains(m[1].lower(), m[3])]
    return Proof(
        checked=any(m[1].lower() in ("spf", "dkim") for m in results),
        dmarc=next((word for word in dmarc if word != "pass"), next(iter(dmarc), "")),
        judged_from=judged[-1].strip("\"'").lower() if judged else "",
        passed=tuple(dict.fromkeys(passed)),
        broken=any("(" in text or ")" in text or '"' in text for text in texts),
    )


def _server(field: str) -> str:
    """The authserv-id, in front of the first semicolon and of its version (RFC 8601 §2.2)."""
    return next(iter(field.partition(";")[0].split()), "").lower()


def _without_asides(field: str) -> str:
    text = _QUOTED.sub("", field)
    for _layer in range(_MOST_LAYERS):
        shorter = _COMMENT.sub(" ", text)
        if shorter == text:
            break
        text = shorter
    return text


def _domains(method: str, properties: str) -> list[str]:
    pattern = {"spf": _SPF_DOMAIN, "dkim": _DKIM_DOMAIN}.get(method)
    found = pattern.findall(properties) if pattern else []
    return [value.rpartition("@")[2].lower() for value in found]
