"""The words with which mail programs introduce quoted and forwarded mails, and sign, in seven languages.

Seen in Gmail, Outlook (desktop, web, phone), Apple Mail, Thunderbird, Yahoo, Proton Mail, Samsung Mail, GMX, Zoho and
Tuta. Each pattern is meant for one line cut at 300 characters.
"""

# ruff: noqa: E501 - patterns stay on one line: cut up, they cannot be read or searched

from __future__ import annotations

import re

_FORWARDED = (
    r"forwarded message|weitergeleitete (?:nachricht|e-?mail|mail)|(?:message|mail) (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée]|transmis)"
    r"|mensaje reenviado|mensagem (?:re)?encaminhada|messaggio inoltrato|doorgestuurde? (?:bericht|e-?mail)"
)
_BEGINS = (
    r"begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-?mail)|d[ée]but du (?:message|courriel) (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée])"
    r"|inicio del mensaje reenviado|in[íi]cio da mensagem (?:re)?encaminhada|inizio (?:del )?messaggio inoltrato|begin doorgestuurd(?:e)? (?:bericht|e-?mail)"
)
_OLD = (
    r"original (?:message|appointment|e-?mail)|reply message|urspr[üu]ngliche (?:nachricht|e-?mail)|original-?nachricht|(?:message|mail|courriel) (?:d'origine|original)"
    r"|mensaje original|mensagem original|messaggio originale|(?:oorspronkelijk|origineel|originele) bericht"
)
_VERB = r"(?:wrote|writes|schrieb|a\s+[ée]crit|escribi[óo]|escreveu|ha\s+scritto|schreef)"

FORWARD_WORDS = re.compile(rf"{_FORWARDED}|{_BEGINS}", re.IGNORECASE)
FORWARD = re.compile(rf"^\s*(?:[-_=*]{{3,}}\s*(?:{_FORWARDED})\s*[-_=*:]*|(?:{_BEGINS})\s*:?)\s*$", re.IGNORECASE)
ORIGINAL = re.compile(rf"^\s*[-_=*]{{2,}}\s*(?:{_OLD})\s*[-_=*:]*\s*$", re.IGNORECASE)

WROTE_START = re.compile(r"^[>\s]*(?:on|am|le|el|em|a|[àa]s|no dia|il|in data|op|den|a las)\b", re.IGNORECASE)
WROTE = re.compile(
    r"^\s*(?:(?:on\s.{6,200}\swrote|am\s.{4,200}\s(?:schrieb(?:\s.{1,120})?|hat\s.{1,120}\sgeschrieben)|le\s.{4,200}\sa\s+[ée]crit"
    r"|(?:el|a las)\s.{4,200}\sescribi[óo]|(?:em|a|[àa]s|no dia)\s.{4,200}\sescreveu|(?:il|in data)\s.{4,200}\sha\s+scritto"
    r"|op\s.{4,200}\s(?:schreef|heeft)(?:\s.{1,120})?"
    rf"|.{{2,80}}<[^<>\s]+@[^<>\s]+>\s{_VERB}(?:\s.{{1,60}})?"
    r"|\d.{4,80}<[^<>\s]+@[^<>\s]+>|.{6,60}\sby\s[^<>\s]+@[^<>\s]+"
    r"|(?:quoting|zitat von|citation de|citando(?: a)?|citeren van)\s.{2,80}<[^<>\s]+@[^<>\s]+>)\s?:"
    rf"|-{{3,}}\s.{{2,200}}\s{_VERB}\s-{{3,}})\s*$",
    re.IGNORECASE,
)
# A day, an hour or an address: "On Monday we wrote:" and "On 2 March the panel wrote:" are ordinary sentences.
DATED = re.compile(r"\b(?:19|20)\d\d\b|\d[:h]\d\d|\d{1,2}[./-]\d{1,2}[./-]\d\d|@")

_SENDER = r"from|von|de|da|van|absender|exp[ée]diteur|remitente|remetente|mittente|afzender"
_TELLING = (
    r"sent|date|gesendet|datum|envoy[ée](?: le)?|enviad[oa](?: el| em)?|fecha|data|inviato(?: il)?|verzonden|subject|betreff|objet|sujet"
    r"|asunto|assunto|oggetto|onderwerp"
)
_OTHER = r"to|an|[àa]|pour|para|aan|cc|kopie|reply[- ]to|antwort an|r[ée]pondre [àa]|responder a|rispondi a|antwoord aan|importance|wichtigkeit|destinataire|destinatario"
FROM_LINE = re.compile(rf"^\s*\*?(?:{_SENDER})\s?\*?:\s*\*?\s*\S", re.IGNORECASE)
TELLING_KEY = re.compile(rf"^\s*\*?(?:{_TELLING})\s?\*?:", re.IGNORECASE)
OTHER_KEY = re.compile(rf"^\s*\*?(?:{_TELLING}|{_OTHER})\s?\*?:", re.IGNORECASE)

_DEVICE = r"(?:iphone|ios|ipad|phone|mobile|smartphone|galaxy|android|samsung|handy|mobiltelefon|blackberry|outlook|yahoo|proton|gmx|web\.de|aol|huawei|xiaomi|tablet|apple|watch|t[ée]l[ée]phone|portable|m[óo]vil|tel[ée]fono|telem[óo]vel|celular|cellulare|mobiel|telefoon|mail)"
SENT_FROM = re.compile(
    rf"^[\s_*-]{{0,4}}(?:sent (?:from|with|via|using)|get outlook for|von meinem|von mein|gesendet (?:von|mit|[üu]ber)|envoy[ée] (?:de|depuis|[àa] partir|avec)"
    rf"|enviado (?:desde|do|de|a partir|com|con)|inviato (?:da|dal|con)|verzonden (?:vanaf|met|via|vanuit)|verstuurd (?:vanaf|met)|t[ée]l[ée]charger outlook|obtener outlook|obter o outlook|scarica outlook|holen sie sich outlook|download outlook)"
    rf"\b(?=.{{0,60}}{_DEVICE}).{{0,90}}$",
    re.IGNORECASE,
)

GREETING = re.compile(
    r"(?:hi|hello|hey|dear|hallo|liebe[r]?|guten tag|bonjour|salut|hola|ciao|buongiorno|ol[áa]|bom dia|beste|dag)(?: [\w.'-]{1,30}){0,3}",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"(?:(?:kind|best|warm|many|with kind|with best|warmest|sincere)?\s?(?:regards|wishes)|best|cheers|sincerely|yours (?:sincerely|faithfully|truly)|sincerely yours|all the best"
    r"|(?:(?:mit )?(?:freundlichen?|besten?|herzlichen?|liebe|viele|sch[öo]ne) gr[üu](?:[ßs]|ss)(?:e|en)?(?: aus .{2,30})?)|mfg|lg|vg|cordialement|bien (?:[àa] vous|cordialement)|cordiales salutations|sinc[èe]res salutations"
    r"|(?:un )?(?:cordial )?saludos?(?: cordiales?)?|atentamente|(?:cordiali |distinti )?saluti|cordialmente|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en|jes)?|mvg|(?:com os )?(?:melhores )?cumprimentos|atenciosamente|abra[çc]os?)",
    re.IGNORECASE,
)
POINTER = re.compile(
    r"fyi|f y i|fwd?|wg|tr|rv|enc|(?:please |pls )?(?:see|read|find)(?: the)?(?: (?:mail|e-?mail|message|note|forward))? (?:below|beneath|attached)|below|as below|forwarded|for your information|forwarding(?: this)?(?: to you)?"
    r"|zur (?:info(?:rmation)?|kenntnis(?:nahme)?)|z\.? ?k|z k|siehe unten|s u|unten|weitergeleitet|pour (?:ton |votre )?info(?:rmation)?|pvi|voir (?:ci-dessous|plus bas)|ci-dessous|transf[ée]r[ée]"
    r"|para (?:tu|su|sua|tua)? ?(?:informaci[óo]n|informa[çc][ãa]o|conocimiento|conhecimento)|ptvi|ver (?:abajo|abaixo)|(?:segue )?abaixo|m[áa]s abajo|reenv[íi]o|reenviado|encaminho|encaminhado|reencaminho"
    r"|per (?:tua |vostra )?(?:conoscenza|informazione)|vedi sotto|sotto|inoltro|inoltrato|ter (?:info(?:rmatie)?|kennisgeving)|zie (?:onder|hieronder|beneden)|hieronder|doorgestuurd",
    re.IGNORECASE,
)
THANKS = re.compile(r"thanks|thank you|danke|vielen dank|merci|gracias|grazie|bedankt|dank je|obrigad[oa]|as discussed|wie besprochen|comme convenu", re.IGNORECASE)  # fmt: skip
