"""Whether a mail says of itself that nobody reads what is sent back to it."""

from __future__ import annotations

import re

# "Replies to this address are not read", "please do not answer it", "this mailbox cannot receive mail", by language.
# A pattern names the mail or its address: "your file was not read" says nothing about replies.
_THING = r"(?:address|mailbox|inbox|account|e-?mails?|messages?|repl(?:y|ies)|answers?)"
_SAYS_SO = re.compile(
    rf"\b(?:do not|don['’]t|cannot|can['’]t) (?:reply|respond|answer)(?: directly)?(?: to)? (?:it|this|the above)\b"
    rf"|\b(?:do not|don['’]t) (?:reply|respond)[.!]"
    rf"|\b(?:not|n['’]t)(?: a| an| being| actively)? (?:monitored|attended)\b|\bun(?:monitored|attended)\b"
    rf"|\b{_THING}\b[^.!?\n]{{0,60}}"
    rf"(?:\bnot|n['’]t|\bnever)(?: be| being)? (?:read|checked|answered|seen|delivered)\b"
    rf"|\b(?:cannot|can['’]t|does not|doesn['’]t|unable to|not able to) (?:receive|accept) "
    rf"(?:any )?(?:e-?)?(?:mail|{_THING})"
    rf"|\boutgoing (?:notices|mail|e-?mail|messages) only\b"
    r"|\bonly sends\b|\bsend-only\b|\brepl(?:y|ies) goe?s? nowhere\b"
    rf"|\b(?:nobody|no one|no-one) (?:reads|sits behind|looks after|checks) (?:this|that|the) "
    rf"|\b(?:sent|written) (?:back )?to (?:it|this {_THING}) "
    rf"(?:will|can|does)(?: not|n['’]t)? (?:reach no|not reach|never reach|be lost)"
    r"|\bkann nicht geantwortet werden|\bnicht auf diese (?:e-?mail|mail|nachricht)\b|\bliest niemand\b"
    r"|\bantworten? (?:sie )?(?:bitte )?nicht\b|\bnicht (?:überwacht|gelesen) (?:wird|werden)\b"
    r"|\b(?:ne pas|ne) répond(?:re|ez)(?: pas)? (?:directement )?à (?:ce|cet|cette)\b|\bde ne pas (?:y )?répondre\b"
    r"|\bno (?:responda|respondas|responder|conteste|contestes|contestar)(?: directamente)? a (?:este|esta)\b"
    r"|\bnão (?:responda|respondas|responder)(?: directamente| diretamente)? a (?:este|esta)\b"
    r"|\bnon (?:rispondere|risponda|rispondete)(?: direttamente)? a (?:questo|questa|tale)\b"
    r"|\bniet op (?:deze|dit) (?:e-?mail|mail|bericht)\b"
    r"|\b(?:kan|kunt u|kun je) niet (?:worden )?(?:beantwoord|antwoorden)",
    re.IGNORECASE,
)


def says_unread(body: str) -> bool:
    """Whether the mail's own words say that answers to it reach nobody."""
    return bool(_SAYS_SO.search(" ".join(body.split())))
