"""What a mail says of a talk that has been: it thanks for one, or for several, in seven languages.

A form mail that only names interviews ("will not be invited"), thanks for the interest in one, or looks forward to one,
says nothing of the kind; nor does thanks for a chat with a machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = 12  # between the thanks and the talk: "thank you for taking the time last week to come in and speak with us"
# Words of other things that are thanked for: after one of them only an "and" leads on to the talk.
_NOT_YET = {
    "en": r"interest\w*|appl\w+|candida\w+|submi\w+|consider\w*|agree\w*|offer\w*|ask\w*|request\w*|invit\w+|accept\w*|"
    r"want\w*|wish\w*|hop\w+|role|position|post|job|vacanc\w+|patien\w+|while|before|if|when|not|but|however|unable|"
    r"unfortunately|select\w*|shortlist\w*|future|other|next|any|would|will|could|register\w*|schedul\w+|availability",
    "de": r"interesse|bewerbung\w*|unterlagen|bereitschaft|wunsch|einladung\w*|einzuladen|anfrage|angebot|"
    r"anmeldung|geduld|"
    r"absage|stelle|nicht|kein\w*|aber|leider|jedoch|falls|wenn|bevor|würd\w*|hätt\w*|werden|zusage|künftig\w*",
    "fr": r"intérêt|candidature|proposition|demande|invitation|dossier|poste|patience|pas|mais|malheureusement|"
    r"si|avant|"
    r"prochain\w*|serait|serions|aurions|inscription|souhait\w*",
    "es": r"interés|candidatura|solicitud|invitación|propuesta|puesto|paciencia|no|pero|lamentablemente|si|"
    r"antes|próxim\w+|"
    r"habría\w*|sería|inscripción|disponibilidad",
    "it": r"interesse|candidatura|richiesta|invito|proposta|posizione|ruolo|pazienza|non|ma|purtroppo|se|prima|"
    r"prossim\w+|"
    r"sarebbe|avremmo|iscrizione|disponibilità",
    "nl": r"interesse|belangstelling|sollicitatie|uitnodiging|verzoek|aanvraag|functie|geduld|niet|geen|maar|"
    r"helaas|als|"
    r"voordat|zou\w*|volgend\w*|aanmelding|beschikbaarheid",
    "pt": r"interesse|candidatura|pedido|convite|proposta|vaga|paciência|não|mas|infelizmente|se|antes|próxim\w+|seria|"
    r"teríamos|inscrição|disponibilidade",
}
_THANKS = {
    "en": r"thanks?|grateful|appreciated?|enjoyed|liked|loved",
    "de": r"danken?|dank(?:bar)?|bedank\w+|gefreut|genossen|freude gemacht|gefallen|schön|angenehm",
    "fr": r"merci|remerci\w+|apprécié|ravie?s?|plaisir|heureu(?:x|ses?)|enchantée?s?",
    "es": r"gracias|agrade\w+|gusto|placer|encantó|alegró|disfrut(?:é|amos)",
    "it": r"grazie|ringrazi\w+|piacere|piaciut\w+|apprezzato|liet[oaie]|felic[ei]",
    "nl": r"bedankt?|dank(?:en|baar)?|genoten|leuk|prettig|fijn|plezierig|gewaardeerd",
    "pt": r"obrigad[oa]s?|agrade\w+|prazer|gostei|gostámos|gostamos|apreci\w+|gosto",
}
# Thanks for what was done during a talk are thanks for one that has been.
_DURING = r"during|während|beim|lors de|durante|nel corso del|tijdens"
_NEW_CLAUSE = r"(?:we|i|wir|ich|nous|je|wij|ik)"
_AND = {
    "en": r"and|as well as|along with",
    "de": r"und|sowie",
    "fr": r"et|ainsi que",
    "es": r"y|e|así como",
    "it": r"e|ed|nonché",
    "nl": r"en|alsook",
    "pt": r"e|bem como",
}
# "The Call Centre Agent role", "Conversation Designer": the noun is part of a title.
_NO_TITLE = (
    r"(?![ -](?:cent(?:re|er)s?|design\w*|support|agents?|operat\w+|handl\w+|plann\w+|manag\w+|analy\w+|lead\w*|room|"
    r"speciali\w+|engineer\w*|coordinat\w+|host|role|position|post|job|vacancy|invitation|requests?|slots?|guide|tips|"
    r"show|therap\w+|starters?|bots?|window|log)\b)"
)
_SPOKE = {
    "en": r"(?:our|your|the|an?|this|that|these|those|all|both|two|three|four|five|several|great|good|lovely|nice|"
    r"today['’]s|yesterday['’]s|\w+day['’]s) (?:(?!(?:interest|appl\w+|role|position|job|message)\b)[\w'’-]+ ){0,3}?"
    rf"(?:interviews?|conversations?|talks?|chats?|calls?|discussions?|meetings?|visit|get-together){_NO_TITLE}"
    r"|(?:interview|speak|talk|chat|meet|spoke|talked|met|sit down)(?:ing|ting)? (?:to|with) \w+"
    r"|(?:meet|met)(?:ing)? (?:us|me|you|everyone|everybody|the (?:\w+ )?team)"
    r"|interviewed|interviewing (?:you|us|here|at \w+)|(?:coming|came) (?:in|by|over)\b|the chance to (?:talk|"
    r"speak|meet)"
    r"|(?:see|visit)(?:ing)? us|when we (?:met|spoke|talked)"
    r"|get(?:ting)? to know (?:you|one another|each other)(?! (?:through|from|by))",
    "de": r"\w*gespräche?[ns]?|telefonate?s?|austausch|kennenlernen|kennenzulernen|kennengelernt|gesprochen|"
    r"zu sprechen|"
    r"unterhalten|treffen|besuch|begegnung|kennen lernen",
    "fr": r"entretiens?|échangé|échanges?|échanger|rencontrer?|rencontrée?s?|l['’]heure passée|conversations?|appel|"
    r"discussion|discuté|discuter|venue?s?|parler|parlé",
    "es": r"entrevistas?|conversación|conversaciones|conocerte|conocerle|conocerla|conocerlo|charlas?|charlar|hablar|"
    r"llamada|reunión|encuentro|haber venido|conversar",
    "it": r"colloqui[o]?|conversazion[ei]|conoscerla|conoscerti|averla conosciuta|averti conosciut[oa]|"
    r"chiacchierat[ae]|"
    r"incontrarla|incontrarti|incontro|parlare|parlato|telefonata|chiacchierare|essere venut[oa]",
    "nl": r"\w*gesprek(?:ken)?|kennismaking|ontmoeten|ontmoeting|gesproken|te spreken|spreken|belletje|langskomen|"
    r"kennis te maken",
    "pt": r"entrevistas?|conversas?|conversar|conhecê-l[oa]|conhecer-te|conhecer|telefonema|chamada|reunião|"
    r"falar|encontro",
}
_OTHERS = re.compile(
    r"\b(?:chat-?)?bot\b|\bvirtual\b|\bassistant\b|\bautomat\w+|\bAI\b|\bKI\b|\bhotline\b|\bhelpdesk\b|"
    r"\bwith (?:others?|many|candidates|applicants)\b"
)
# "Good to talk with you", "great speaking with you": without a word of thanks; "it would be good to" is none.
_GOOD_TO = re.compile(
    r"\b(?:great|good|lovely|nice|wonderful|pleasure|enjoyable|delightful|fun|glad|happy|delighted|pleased)\b"
    r"(?: (?:for (?:us|me|all of us)|that|we|i|have|had|having|could|to|finally|the|chance|really|both|all|of|"
    r"opportunity))*"
    r" (?:talk|talked|talking|speak|speaking|spoke|spoken|chat|chatted|chatting|meet|meeting|met|catch up|catching up|"
    r"interview|interviewing|get to know|getting to know|sit down|sitting down)\b"
    r"(?: up)?(?:(?: (?:with|to))? (?:you|everyone|\w+day|last|again|in person|on|yesterday|today|this)\b"
    r"|(?=[,;.!)]|$))",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:would|will|could|should|might|may|if|look(?:s|ing)? forward|hope|hoping|always|next)\b|['’](?:d|ll)\b"
    r"|\b(?:happy|glad|pleased|delighted) to (?!have\b)",
    re.IGNORECASE,
)
# "Das Gespräch mit Ihnen hat uns gefallen": here the talk comes first.
_LIKED = re.compile(
    r"\b(?:\w*gespräch\w*|telefonat|treffen|austausch) (?:[\w'’-]+ ){0,8}?(?:gefallen|gefreut|genossen|"
    r"freude gemacht)\b"
    r"|\b(?:interview|conversation|talk|chat|call|meeting) (?:[\w'’-]+ ){0,6}?was (?:\w+ )?"
    r"(?:great|lovely|a pleasure|enjoyable|a delight)\b",
    re.IGNORECASE,
)
_TO_COME_ELSEWHERE = re.compile(
    r"\b(?:würd\w*|hätt\w+|freuen uns (?:auf|sehr auf|schon auf|darauf)|freue mich (?:auf|darauf)|gerne? einmal)\b"
    r"|\b(?:serions|serait|aurions|aurait|sera|serons|au plaisir|habría|hubiera|sería|será|gustaría|encantaría|"
    r"sarebbe|sarà|avremmo|saremmo|saremo|zou(?:den)?|zullen|seria|será|teríamos|teremos|gostaríamos|gostaria|"
    r"próxim[oa]|prossim[oa]|prochaine?)\b",
    re.IGNORECASE,
)
_MANY = {
    "en": r"(?:two|three|four|five|six|both|several|multiple|all (?:the|your|our|those|these)|rounds of|series of|our)"
    r" (?:[\w'’-]+ ){0,2}?(?:interviews|conversations|talks|chats|calls|discussions|meetings)\b|rounds of interviews",
    "de": r"(?:zwei|drei|vier|fünf|sechs|beiden|mehrere[nr]?|allen?|unsere[nr]?) (?:\w+ ){0,2}?"
    r"(?:\w*gespräche[n]?|telefonate[n]?|treffen)",
    "fr": r"(?:deux|trois|quatre|cinq|plusieurs|différents|nos|vos) (?:\w+ )?(?:entretiens|rencontres|conversations)",
    "es": r"(?:dos|tres|cuatro|cinco|varias|distintas|nuestras|ambas) (?:\w+ )?(?:entrevistas|conversaciones|charlas)",
    "it": r"(?:due|tre|quattro|cinque|vari|diversi|nostri|entrambi i) (?:\w+ )?colloqui|(?:due|tre|"
    r"nostre) conversazioni",
    "nl": r"(?:twee|drie|vier|vijf|meerdere|verschillende|beide|onze|alle) (?:\w+ )?\w*gesprekken",
    "pt": r"(?:duas|três|quatro|cinco|várias|nossas|ambas as) (?:\w+ )?(?:entrevistas|conversas)",
}


@dataclass(frozen=True, slots=True)
class _Thanks:
    """Thanks for a talk in one language: `talk` as the words go on, `many` when it speaks of more than one."""

    talk: re.Pattern[str]
    many: re.Pattern[str]


def _thanks(language: str) -> _Thanks:
    short = rf"(?:(?:,(?! {_NEW_CLAUSE}\b))? (?!(?:{_NOT_YET[language]})\b)[\w'’-]+){{0,{_WORDS}}}?[ ,'’]+"
    led_on = rf"\b(?:{_AND[language]})\b{short}|\b(?:{_DURING})(?: \w+){{0,2}}? "
    start = rf"\b(?:{_THANKS[language]})\b(?:{short}|[^.!?\n]{{0,160}}?(?:{led_on}))"
    whole = (rf"{start}(?:{words})(?!\w)" for words in (_SPOKE[language], _MANY[language]))
    return _Thanks(*(re.compile(pattern, re.IGNORECASE) for pattern in whole))


_ALL = {language: _thanks(language) for language in _THANKS}
_LONGEST = 500  # characters; what is longer is no sentence, and to look through it would take long
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n{2,}")


def thanks_for_talk(text: str) -> bool:
    """Whether the mail thanks for an interview or a talk, or says how good it was."""
    return any(_speaks_of_talk(sentence) for sentence in _sentences(text))


def thanks_for_several(text: str) -> bool:
    """Whether it thanks for more than one: "your three interviews", "our conversations"."""
    return any(
        (found := each.many.search(sentence)) and _has_been(sentence, found)
        for sentence in _sentences(text)
        for each in _ALL.values()
    )


def _sentences(text: str) -> list[str]:
    return [" ".join(sentence.split())[:_LONGEST] for sentence in _SENTENCE.split(text)]


def _speaks_of_talk(sentence: str) -> bool:
    good = _GOOD_TO.search(sentence)
    if good and not _TO_COME.search(sentence[: good.end()]) and _has_been(sentence, good):
        return True
    patterns = (_LIKED, *(each.talk for each in _ALL.values()))
    return any((found := each.search(sentence)) and _has_been(sentence, found) for each in patterns)


def _has_been(sentence: str, found: re.Match[str]) -> bool:
    """Whether it was with people, and lies behind."""
    near = sentence[found.start() : found.end() + 40]
    return not _OTHERS.search(near) and not _TO_COME_ELSEWHERE.search(sentence[: found.end()])
