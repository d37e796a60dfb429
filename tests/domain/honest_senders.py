"""Forty and more ways in which honest firms write, headers and all: each of them keeps its one-click send."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Honest:
    what: str
    author: str  # the From field
    company: str = "Brightwater"
    more: str = ""  # other headers
    auth: str = ""  # what the receiver found
    before: tuple[str, ...] = field(default=("Ada Lee <ada.lee@brightwater.example>",))  # who wrote earlier
    body: str = ""


def _own(domain: str) -> str:
    return f"spf=pass smtp.mailfrom=bounce@{domain}; dkim=pass header.i=@{domain}; dmarc=pass header.from={domain}"


ADA = "Ada Lee <ada.lee@brightwater.example>"
B = "brightwater.example"

HONEST: tuple[Honest, ...] = (
    Honest("the person who wrote before", ADA, auth=_own(B)),
    Honest("no findings of the receiver at all", ADA),
    Honest("a colleague at the firm", "Bo Hart <bo.hart@brightwater.example>", auth=_own(B)),
    Honest("the firm's office", "Brightwater Careers <careers@brightwater.example>", auth=_own(B)),
    Honest("a mail subdomain", "Ada Lee <ada.lee@mail.brightwater.example>", auth=_own("mail.brightwater.example")),
    Honest("DMARC by the parent domain", "Ada Lee <ada@hr.brightwater.example>", auth=_own(B)),
    Honest("no DMARC record, SPF of a subdomain", ADA, auth=f"spf=pass smtp.mailfrom=x@bounce.{B}; dmarc=none"),
    Honest("no DMARC record, DKIM only", ADA, auth=f"spf=softfail smtp.mailfrom=a@x.example; dkim=pass header.d={B}"),
    Honest("two signatures, one of the mail service", ADA,
           auth=f"dkim=pass header.i=@{B}; dkim=pass header.i=@mailer.example; spf=pass smtp.mailfrom=x@mail.example"),
    Honest("as Gmail writes it", ADA, auth=(
        f"dkim=pass header.i=@{B} header.s=k1 header.b=abc; spf=pass (google.com: domain of bounce@{B} designates "
        f"192.0.2.1 as permitted sender) smtp.mailfrom=bounce@{B}; dmarc=pass (p=REJECT sp=REJECT dis=NONE) "
        f"header.from={B}")),
    Honest("as Microsoft writes it", ADA, auth=(
        f"spf=pass (sender IP is 192.0.2.1) smtp.mailfrom={B}; dkim=none (message not signed) header.d=none;"
        f"dmarc=bestguesspass action=none header.from={B};compauth=pass reason=109")),
    Honest("Reply-To at the same domain", ADA, more="Reply-To: careers@brightwater.example", auth=_own(B)),
    Honest("Reply-To at a subdomain", ADA, more="Reply-To: Ada Lee <ada.lee@jobs.brightwater.example>"),
    Honest("Reply-To that nobody reads, elsewhere", ADA, more="Reply-To: no-reply@greenhouse-mail.io"),
    Honest("Reply-To the same, in capitals", ADA, more="Reply-To: ADA.LEE@BRIGHTWATER.EXAMPLE"),
    Honest("an assistant in Sender", ADA, more="Sender: Office <office@brightwater.example>"),
    Honest("sent by a hiring system in Sender", ADA, more="Sender: jobs@greenhouse-mail.io"),
    Honest("sent with a calendar in Sender", ADA, more="Sender: Google Calendar <calendar-notification@google.com>"),
    Honest("a recruiter at a tenant of a hiring system", "Bo Hart <bo.hart@brightwater.teamtailor-mail.com>",
           auth=_own("brightwater.teamtailor-mail.com")),
    Honest("the same, with the firm's domain in the name", '"Bo Hart (Brightwater.example)" <b12@hire.lever.co>'),
    Honest("via a hiring system", '"Bo Hart via Brightwater" <bo-8x@candidates.workablemail.com>'),
    Honest("the same person, first by a hiring system", ADA,
           before=("Ada Lee <ada-lee-12@brightwater.teamtailor-mail.com>",)),
    Honest("the same person, now by a hiring system", "Ada Lee <ada.4f@us.greenhouse-mail.io>"),
    Honest("an agency for a client", "Cleo Park <cleo@parkandco.example>", auth=_own("parkandco.example"),
           before=("Cleo Park <cleo@parkandco.example>",)),
    Honest("an agency, and the client wrote before", "Cleo Park <cleo@parkandco.example>"),
    Honest("a university department", "Prof. Ines Abreu <abreu@cs.tidewater.ac.uk>", "University of Tidewater",
           auth=_own("tidewater.ac.uk"), before=("Hiring <hr@tidewater.ac.uk>",)),
    Honest("another department", "Dr Max Ott <ott@physics.tidewater.ac.uk>", "University of Tidewater",
           before=("Ines Abreu <abreu@cs.tidewater.ac.uk>",)),
    Honest("a hyphenated name", "Anne-Laure Dupont-Roy <anne-laure.dupont-roy@eaucommune.example>", "Eau Commune",
           before=("Jobs <jobs@eaucommune.example>",)),
    Honest("a firm with hyphens", "Ada Lee <ada@kelp-and-sons.example>", "Kelp & Sons",
           before=("Jobs <jobs@kelp-and-sons.example>",)),
    Honest("an apostrophe in name and address", "Nora O'Neill <nora.o'neill@brightwater.example>"),
    Honest("family name first, unquoted", "Lee, Ada <ada.lee@brightwater.example>"),
    Honest("a name with a comment", "Ada Lee (she/her) <ada.lee@brightwater.example>"),
    Honest("a name in quotation marks", '"Ada Lee | Brightwater" <ada.lee@brightwater.example>'),
    Honest("the address as its own name", '"ada.lee@brightwater.example" <ada.lee@brightwater.example>'),
    Honest("a colleague's address of the firm in the name", '"careers@brightwater.example" <bo@brightwater.example>'),
    Honest("an address with no name", "ada.lee@brightwater.example"),
    Honest("an address with a comment as name", "ada.lee@brightwater.example (Ada Lee)"),
    Honest("a Japanese name", "=?utf-8?b?5bGx55Sw6Iqx5a2Q?= <hanako@sakana.example>", "Sakana",
           before=("Jobs <jobs@sakana.example>",)),
    Honest("a Cyrillic name", "Анна Крылова <anna@veter.example>", "Veter", before=("HR <hr@veter.example>",)),
    Honest("a Cyrillic domain", "Анна Крылова <anna@ветер.example>", "Veter", before=("HR <hr@ветер.example>",)),
    Honest("a Greek name", "Ελένη Παππά <eleni@thalassa.example>", "Thalassa", before=("HR <hr@thalassa.example>",)),
    Honest("an Arabic name with a direction mark", "=?utf-8?b?4oCP2YTZitmE2Yk=?= <layla@nahr.example>", "Nahr",
           before=("HR <hr@nahr.example>",)),
    Honest("an umlaut in the domain", "Jonas Ehrlich <jonas@brückenwerk.example>", "Brückenwerk",
           before=("HR <hr@brückenwerk.example>",)),
    Honest("the umlaut written out", "Jonas Ehrlich <jonas@brueckenwerk.example>", "Brückenwerk",
           before=("HR <hr@brückenwerk.example>",)),
    Honest("an accent left out of the domain", "Léa Roux <lea@cafesoleil.example>", "Café Soleil",
           before=("HR <hr@cafesoleil.example>",)),
    Honest("a firm named like its domain", "Jobs.example Team <team@jobs.example>", "Jobs.example",
           before=("Jobs.example Team <team@jobs.example>",)),
    Honest("a person at a free mail host who wrote before", "Ada Lee <ada.lee.kelp@gmail.com>", "Kelp",
           before=("Ada Lee <ada.lee.kelp@gmail.com>",)),
    Honest("list headers of a newsletter system", ADA, more="List-Unsubscribe: <https://x.example>\nPrecedence: bulk"),
    Honest("a field h= that names From on its own line", ADA,
           more=f"DKIM-Signature: v=1; a=rsa-sha256; d={B}; h=Subject:\n\tFrom:To:Date; bh=x; b=y@z"),
    Honest("a signature over the whole text by length", ADA, more=f"DKIM-Signature: v=1; d={B}; l=5000; h=from; b=x"),
    Honest("a firm with a name like another, unknown one", "Ada Lee <ada@brightwatch.example>", "Brightwatch",
           before=("HR <hr@brightwatch.example>",)),
    Honest("somebody known asks for receipts", ADA,
           body="We gladly pay for your train. Please send us your bank details and the ticket.\n"),
    Honest("a stranger who says that nobody will ask", "Bo Hart <bo@parkandco.example>",
           body="We never ask for bank details or passwords by mail.\n"),
    Honest("titles and dots in the name", "Dipl.-Ing. Max Ott M.Sc. <max.ott@brightwater.example>"),
    Honest("a short domain", "Ada Lee <ada@bw.example>", "BW", before=("HR <hr@bwx.example>",)),
)  # fmt: skip
