"""Whether a mail asks for what no honest firm asks of somebody it has just turned down: money, papers, passwords."""

from __future__ import annotations

import re

# Advance-fee and identity fraud with false jobs: FTC, "Job scams" (consumer.ftc.gov/articles/job-scams); Europol's and
# the UK's JobsAware lists name the same things. By language: what is asked with, and what is asked for.
_GAP = r"(?:(?!\b(?:not|never|no|nicht|nie|niemals|kein\w*|ne|pas|jamais|nunca|não|non|mai|niet|nooit|geen)\b)[^.!?\n])"
_ASK = (
    r"send|submit|provide|confirm|verify|update|share|upload|enter|forward|reply with|give us|fill in|pay|transfer|"
    r"deposit|purchase|buy|we (?:will )?need|require[sd]?|attach|return|"
    r"senden|schicken|übermitteln|bestätigen|angeben|hochladen|zahlen|bezahlen|überweisen|benötigen|brauchen|"
    r"envoy\w+|transmett\w+|fourni\w+|confirm\w+|communiqu\w+|pay\w+|vers\w+|vir\w+|"
    r"env[ií]\w+|mand\w+|facilit\w+|proporcion\w+|pag\w+|transfi\w+|abon\w+|forne\w+|indiq\w+|"
    r"inv\w+|forn\w+|vers\w+|bonific\w+|comunic\w+|"
    r"stuur\w*|sturen|verstrek\w*|bevestig\w*|betaal\w*|betalen|overmaken|maak\b|deel\b"
)
_THING = (
    r"bank(?:ing)? (?:account|details|information|data)|account (?:number|details)|sort code|routing number|iban|bic|"
    r"(?:credit|debit) card|card number|gift cards?|crypto\w*|bitcoin|wire transfer|western union|"
    r"passport|(?:id|identity) (?:card|document|papers)|copy of your id|driv(?:ing|er['’]?s) licen[cs]e|"
    r"social security|national insurance number|ssn|tax (?:id|number)|password|passcode|one[- ]time code|"
    r"(?:processing|registration|admin\w*|training|equipment|check|visa|application) (?:fee|deposit|cost)s?|"
    r"bankverbindung|bankdaten|kontodaten|kontonummer|kreditkarte\w*|personalausweis\w*|reisepass\w*|ausweiskopie|"
    r"steuer(?:nummer|-?id)\w*|sozialversicherungsnummer|passwort|(?:bearbeitungs|anmelde|bewerbungs)gebühr|"
    r"gutschein\w*|"
    r"coordonnées bancaires|rib|compte bancaire|carte bancaire|carte d['’]identité|passeport|mot de passe|"
    r"numéro de sécurité sociale|frais (?:de dossier|d['’]inscription|de formation)|"
    r"datos bancarios|cuenta bancaria|número de cuenta|tarjeta de crédito|dni|pasaporte|contraseña|"
    r"número de (?:la )?seguridad social|(?:gastos|tasa|cuota) de (?:inscripción|tramitación|gestión)|"
    r"dados bancários|conta bancária|cartão de crédito|cartão de cidadão|passaporte|palavra-passe|senha|nif|"
    r"taxa de (?:inscrição|candidatura)|"
    r"coordinate bancarie|conto (?:corrente|bancario)|carta di credito|carta d['’]identità|passaporto|codice fiscale|"
    r"(?:quota|spese) di (?:iscrizione|registrazione)|"
    r"bankgegevens|rekeningnummer|creditcard\w*|paspoort|identiteitskaart|id-kaart|burgerservicenummer|bsn|wachtwoord|"
    r"inschrijfkosten|administratiekosten"
)
_ASKS = re.compile(rf"\b(?:{_ASK})\b{_GAP}{{0,80}}?\b(?:{_THING})\b", re.IGNORECASE)
# German and Dutch put the verb last: "Bitte Ihre Bankverbindung an uns senden".
_ASKS_LAST = re.compile(
    rf"\b(?:bitte|graag|gelieve)\b{_GAP}{{0,60}}?\b(?:{_THING})\b{_GAP}{{0,60}}?\b(?:{_ASK})\b", re.IGNORECASE
)
_DENIES = re.compile(
    r"\b(?:not|never|no|don['’]t|nicht|nie|niemals|kein\w*|pas|jamais|nunca|não|non|mai|niet|nooit|geen|delete\w*|"
    r"lösch\w*|supprim\w*|elimin\w*|apag\w*|cancell\w*|verwijder\w*)\b",
    re.IGNORECASE,
)


def asks_for_data(text: str) -> bool:
    """Whether a sentence asks for bank details, papers, passwords or money, and does not deny doing so."""
    sentences = re.split(r"(?<=[.!?])\s+|\n{2,}", text)
    return any(
        (_ASKS.search(line) or _ASKS_LAST.search(line)) and not _DENIES.search(line)
        for line in (" ".join(sentence.split()) for sentence in sentences)
    )
