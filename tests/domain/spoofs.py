"""Sixty and more mails that claim another sender than they have, by how: what stands in their headers, and the reason.

A and B: what makes the receiver's check and the reader see two senders; C: what makes the reader see another name than
the address. The kinds follow Chen, Paxson, Jiang: Composition Kills (USENIX Security 2020) and its tool espoofer; the
mails are invented. Ada Lee of Brightwater (ada.lee@brightwater.example) has written before.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

ADA = "Ada Lee <ada.lee@brightwater.example>"
EVIL = "x@attack.example"
PASS = "spf=pass smtp.mailfrom=brightwater.example; dkim=pass header.d=brightwater.example"


@dataclass(frozen=True)
class Spoof:
    kind: str
    head: bytes
    code: str  # the reason that must be given
    body: bytes = b""
    spam: bool = False


def _mail(kind: str, code: str, author: str | bytes, auth: str = "", more: str | bytes = "", **fields: object) -> Spoof:
    author = author if isinstance(author, bytes) else f"From: {author}".encode()
    more = more if isinstance(more, bytes) else more.encode()
    lines = [f"Authentication-Results: mx.receiver.example; {auth}".encode()] if auth else []
    lines += [author, *([more] if more else [])]
    return Spoof(kind, b"\n".join(lines), code, **fields)  # type: ignore[arg-type]


def _b64(text: str) -> str:
    return f"=?utf-8?b?{base64.b64encode(text.encode()).decode()}?="


def _dmarc(judged: str = "attack.example") -> str:
    return f"spf=pass smtp.mailfrom=attack.example; dkim=pass header.d=attack.example; dmarc=pass header.from={judged}"


_FAIL = "spf=fail smtp.mailfrom=x@attack.example; dmarc=fail (p=none) header.from=brightwater.example"
_NONE = "spf=pass smtp.mailfrom=x@attack.example; dkim=none; dmarc=none header.from=brightwater.example"
CYRILLIC = "brightwаter".encode("idna").decode()

SPOOFS: tuple[Spoof, ...] = (
    # A: the check of the sender
    _mail("A1 a subdomain that does not exist", "dmarc", "Ada <ada@hr.brightwater.example>", _FAIL),
    _mail("A2 an empty MAIL FROM", "unproved", ADA, "spf=none smtp.mailfrom=<>; dmarc=none", "Return-Path: <>"),
    _mail("A3 NUL in the signer", "unproved", ADA, "dkim=pass header.d=brightwater.example\0.attack.example"),
    _mail("A4 a quote in the signer", "unproved", ADA, "dkim=pass header.d=brightwater.example'a.attack.example"),
    _mail("A5 a bracket in MAIL FROM", "tampered", ADA, "spf=none (brightwater.example(.attack.example) ; dmarc=none"),
    _mail("A6 the fail inside an open comment", "dmarc", ADA, "spf=pass (a( b) smtp.mailfrom=x; dmarc=fail"),
    _mail("A7 pass as a comment, fail outside", "dmarc", ADA, "spf=none (dmarc=pass); dmarc=fail"),
    _mail("A8 pass in quotes", "dmarc", ADA, 'spf=fail smtp.mailfrom="; dmarc=pass "@x.example; dmarc=fail'),
    _mail("A9 a route in MAIL FROM", "unproved", ADA, "spf=pass smtp.mailfrom=<@brightwater.example:x@attack.example>"),
    _mail("A10 SPF of another domain", "unproved", ADA, _NONE),
    _mail("A11 DKIM of another domain", "unproved", ADA, "spf=none; dkim=pass header.i=@attack.example; dmarc=none"),
    _mail("A12 everything fails", "dmarc", ADA, _FAIL),
    _mail("A13 DMARC cannot be looked up", "dmarc", ADA, "spf=pass smtp.mailfrom=attack.example; dmarc=temperror"),
    _mail("A14 a broken DMARC record", "dmarc", ADA, "spf=none; dmarc=permerror header.from=brightwater.example"),
    _mail("A15 the receiver judged another From", "other-judged", ADA, _dmarc()),
    _mail("A16 it judged a look-alike", "other-judged", ADA, _dmarc("brightwater.example.attack.example")),
    _mail("A17 a forged second result", "dmarc", ADA, _FAIL, "Authentication-Results: mx.receiver.example; dmarc=pass"),
    # B: two senders in one mail
    _mail("B1 two From, the true one first", "two-from", f"From: {EVIL}\nFrom: {ADA}".encode(), _dmarc()),
    _mail("B2 two From, the true one last", "two-from", f"From: {ADA}\nFrom: {EVIL}".encode(), _dmarc()),
    _mail("B3 a space before the colon", "disguised", f"From : {ADA}\nFrom: {EVIL}".encode(), _dmarc()),
    _mail("B4 a space before From", "disguised", f"X-A: b\n From: {ADA}\nFrom: {EVIL}".encode()),
    _mail("B5 NUL in the name of the field", "disguised", f"From\0: {ADA}\nFrom: {EVIL}".encode()),
    _mail("B6 a vertical tab in the name of the field", "disguised", f"From\x0b: {ADA}".encode()),
    _mail("B7 an 8-bit byte in the name of the field", "disguised", b"From\xa0: Ada <ada.lee@brightwater.example>"),
    _mail("B8 two addresses in From", "two-authors", f"{ADA}, {EVIL}", _dmarc()),
    _mail("B9 two addresses, the true one first", "two-authors", f"{EVIL}, {ADA}", _dmarc()),
    _mail("B10 two addresses with a semicolon", "two-authors", f"{ADA}; {EVIL}"),
    _mail("B11 two in brackets with no comma", "two-authors", f"<{EVIL}><ada.lee@brightwater.example>"),
    _mail("B12 bare address before brackets", "two-authors", f"ada.lee@brightwater.example <{EVIL}>"),
    _mail("B13 something behind the brackets", "broken", "<ada.lee@brightwater.example>@attack.example"),
    _mail("B14 an open bracket", "broken", "Ada Lee <ada.lee@brightwater.example"),
    _mail("B15 brackets within brackets", "broken", f"Ada Lee <<{EVIL}>ada.lee@brightwater.example>"),
    _mail("B16 two @ in one address", "broken", "Ada Lee <ada.lee@brightwater.example@attack.example>"),
    _mail("B17 a comment inside the brackets", "broken", "<ada.lee@brightwater.example(x)@attack.example>"),
    _mail("B18 a quoted local part that is an address", "route", '<"ada.lee@brightwater.example "@attack.example>'),
    _mail("B19 a backslash in the address", "broken", "Ada Lee <ada.lee@brightwater.example\\,@attack.example>"),
    _mail("B20 a route", "route", f"<@brightwater.example,@any.example:{EVIL}>"),
    _mail("B21 a route with one host", "route", f"Ada Lee <@brightwater.example:{EVIL}>"),
    _mail("B22 the address is an encoded word", "encoded", _b64("ada.lee@brightwater.example")),
    _mail("B23 name and address in one encoded word", "encoded", _b64(ADA)),
    _mail("B24 an encoded word in the brackets", "encoded",
          f"Ada Lee <{_b64('ada.lee@brightwater.example')}@attack.example>"),
    _mail("B25 NUL in From", "control", b"From: Ada Lee\0 <ada.lee@brightwater.example\0@attack.example>"),
    _mail("B26 a control character in the name", "control", "Ada Lee\x08\x08 <ada.lee@brightwater.example>"),
    _mail("B27 writing turned around", "control", f"Ada Lee {_b64(chr(0x202E) + 'elpmaxe.retawthgirb')} <{EVIL}>"),
    _mail("B28 a zero-width space in the address", "control", "Ada Lee <ada.lee@bright\u200bwater.example>"),
    _mail("B29 a line break in an encoded name", "control",
          f"{_b64('Ada Lee' + chr(10) + 'From: a@b.example')} <{EVIL}>"),
    _mail("B30 a second subject on a replayed mail", "twice", ADA, PASS, "Subject: Read this instead"),
    _mail("B31 a second Reply-To", "twice", ADA, PASS, f"Reply-To: {ADA}\nReply-To: {EVIL}"),
    _mail("B32 text added after signing", "added", ADA, PASS,
          "DKIM-Signature: v=1; d=brightwater.example; l=10; h=from",
          body=b"Go to our new page. " * 20),
    # C: what the reader takes for the sender
    _mail("C1 another Sender", "sent-by", ADA, more=f"Sender: {EVIL}"),
    _mail("C2 Reply-To elsewhere", "reply-to", ADA, PASS, f"Reply-To: Ada Lee <{EVIL}>"),
    _mail("C3 Reply-To at a look-alike", "reply-to", ADA, PASS, "Reply-To: ada.lee@brightwater-example.com"),
    _mail("C4 Reply-To at a free mail host", "reply-to", ADA, PASS, "Reply-To: ada.lee.brightwater@gmail.com"),
    _mail("C5 the address as the name", "name-address", f'"ada.lee@brightwater.example" <{EVIL}>'),
    _mail("C6 name and address as the name", "name-address", f'"Ada Lee <ada.lee@brightwater.example>" <{EVIL}>'),
    _mail("C7 the address as an encoded name", "name-address", f"{_b64('Ada (ada.lee@brightwater.example)')} <{EVIL}>"),
    _mail("C8 a full-width @ in the name", "name-address", f"{_b64('ada.lee＠brightwater.example')} <{EVIL}>"),
    _mail("C9 the domain in the name", "name-domain", f'"Ada Lee (brightwater.example)" <{EVIL}>'),
    _mail("C10 a known name at a new place", "new-address", f"Ada Lee <{EVIL}>"),
    _mail("C11 a known name, turned around", "new-address", f'"Lee, Ada" <{EVIL}>'),
    _mail("C12 a known name with Cyrillic letters", "disguised-name", f"{_b64('Аda Lее')} <{EVIL}>"),
    _mail("C13 a known name at a free mail host", "new-address", "Ada Lee <ada.lee.brightwater@gmail.com>"),
    _mail("C14 rn for m", "look-alike", "Bo Marsh <bo@brighttirnber.example>"),
    _mail("C15 l for i", "look-alike", "Bo Hart <bo@brlghtwater.example>"),
    _mail("C16 a digit for a letter", "look-alike", "Bo Hart <bo@br1ghtwater.example>"),
    _mail("C17 vv for w", "look-alike", "Bo Hart <bo@brightvvater.example>"),
    _mail("C18 a letter left out", "look-alike", "Bo Hart <bo@brightwatr.example>"),
    _mail("C19 a letter doubled", "look-alike", "Bo Hart <bo@brighttwater.example>"),
    _mail("C20 two letters changed about", "look-alike", "Bo Hart <bo@brightwaetr.example>"),
    _mail("C21 a hyphen", "look-alike", "Bo Hart <bo@bright-water.example>"),
    _mail("C22 a word behind", "look-alike", "Bo Hart <bo@brightwater-careers.example>"),
    _mail("C23 a word in front", "look-alike", "Bo Hart <bo@hrbrightwater.example>"),
    _mail("C24 words on both sides", "look-alike", "Bo Hart <bo@my-brightwater-jobs.example>"),
    _mail("C25 another ending", "look-alike", "Bo Hart <bo@brightwater.test>"),
    _mail("C26 the ending as a word", "look-alike", "Bo Hart <bo@brightwater-example.com>"),
    _mail("C27 the name as a subdomain", "look-alike", "Bo Hart <bo@brightwater.example.attack.example>"),
    _mail("C28 a Cyrillic letter", "disguised-domain", "Bo Hart <bo@brightwаter.example>"),
    _mail("C29 the same in punycode", "disguised-domain", f"Bo Hart <bo@{CYRILLIC}.example>"),
    _mail("C30 all letters Cyrillic", "disguised-domain", "Bo Hart <bo@аррӏе.example>"),
    _mail("C31 an accent", "look-alike", "Bo Hart <bo@brightwäter.example>"),
    _mail("C32 the accent in punycode", "look-alike", "Bo Hart <bo@xn--brightwter-y4a.example>"),
    _mail("C33 a free mail address for the firm", "free-mail", "Brightwater Careers <brightwater.hr@outlook.com>"),
    _mail("C34 a stranger asks for bank details", "asks-for-data", "Bo Hart <bo@payroll.example>", PASS.replace(
        "brightwater", "payroll"), body=b"Please send us your bank details and a copy of your passport.\n"),
    _mail("C35 a stranger asks for a fee", "asks-for-data", "Bo Hart <bo@payroll.example>",
          body=b"We keep a place for you. To hold it, pay the registration fee of 90 EUR.\n"),
    _mail("C36 held for spam", "spam", ADA, PASS, spam=True),
)  # fmt: skip
