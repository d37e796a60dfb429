"""What a mail says between the verdict and the signature that bears on a letter: a talk, a task, an open door."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FLAGS = re.IGNORECASE


def _any(*patterns: str) -> re.Pattern[str]:
    """Any of the patterns, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", _FLAGS)


_CALL = _any(
    r"phone|telephone|(?:the|our|your|a|short|quick|intro(?:ductory)?|screening) (?:phone |video )?call",
    r"telefonat\w*|telefongespräch\w*|telefonisch\w*|anruf",
    r"appel|téléphon\w+|llamada|telefónic\w+|telefonata|telefonic\w+|telefonema|chamada",
    r"telefoongesprek|telefonisch\w*|belafspraak",
)
_INTERVIEW = _any(
    r"interview\w*|(?:vorstellungs|bewerbungs|kennenlern)gespräch\w*|entretiens?|entrevistas?|colloqui\w*",
    r"sollicitatiegesprek\w*|kennismaking\w*|panel|on-?site|rounds?|runde|meeting|met|besuch\w*",
)

_STILL = r"(?:(?!\b(?:but|happy|glad|pleased|hesitate|though|aber|gern|gerne)\b)[^.!?\n]){0,60}?"
_REFUSES_FEEDBACK = re.compile(
    rf"\b(?:unable|not able|cannot|can['’]t|can not|do(?:es)? not|do(?:es)?n['’]t|won['’]t|will not|not possible|"
    rf"not in a position|regret)\b{_STILL}\b(?:feedback|correspondence about|comment on individual)\b"
    r"|\bno (?:individual |personal |further )?feedback\b|\bno comment on individual\b"
    rf"|\b(?:kein(?:e|erlei)?|leider)\b{_STILL}\b(?:feedback|rückmeldung (?:zu|geben))\b"
    r"|\b(?:pas|aucun)\b[^.!?\n]{0,60}\b(?:retour (?:détaillé|individuel|personnalisé)|feedback)\b"
    r"|\bno (?:podemos|nos es posible)\b[^.!?\n]{0,60}\b(?:feedback|comentarios|valoración)\b"
    r"|\bnão (?:podemos|nos é possível|é possível)\b[^.!?\n]{0,60}\b(?:feedback|comentários)\b"
    r"|\bnon (?:possiamo|ci è possibile|è possibile)\b[^.!?\n]{0,60}\b(?:feedback|riscontri|valutazioni)\b"
    r"|\b(?:geen|niet)\b[^.!?\n]{0,60}\b(?:feedback|terugkoppeling)\b",
    _FLAGS,
)
_FINAL_ROUND = _any(
    r"final(?:[- ](?:round|stage|interview|panel|two|three))|finalists?|last (?:round|two|three)",
    r"letzten? (?:runde|zwei|drei)|endrunde",
    r"dernier (?:tour|entretien)|dernière étape|phase finale|finalistes?",
    r"última (?:fase|ronda|entrevista|etapa)|fase final|etapa final|finalistas?",
    r"ultima fase|fase finale|finalist[ei]",
    r"laatste (?:ronde|twee|drie)|eindronde",
)
_TASK = _any(
    r"task|exercise|assignment|case study|take-home|test|assessment",
    r"aufgabe|fallstudie|einstufungstest|exercice|étude de cas|prueba|ejercicio",
    r"esercizio|prova|exercício|opdracht|casus",
)
_TASK_IDLE = _any(r"(?:did not|didn['’]t|not) (?:complete|receive|submit|hand)")
_ENCOURAGES = _any(
    r"re-?apply|(?:apply|try) (?:to us |with us )?(?:again|once more|in (?:the )?future)",
    r"apply (?:for|to) (?:any |some |our )?(?:other|another|future|more)",
    r"(?:erneut|wieder|nochmals?|noch einmal)\b[^.!?\n]{0,30}\bbewerben",
    r"bewerben (?:sie|du)\b[^.!?\n]{0,30}\b(?:wieder|erneut)",
    r"postuler (?:à nouveau|de nouveau)|(?:à|de) nouveau (?:postuler|candidater)|à repostuler",
    r"vuelv[ae]s? a (?:presentar|postular|inscribir|solicitar)\w*",
    r"(?:presentarse|presentarte|postular) (?:de nuevo|otra vez)",
    r"candidar(?:si|ti|la)?\b[^.!?\n]{0,20}\b(?:di nuovo|nuovamente|ancora|in futuro)|ricandidar\w*",
    r"(?:candidatar|concorrer)(?:-se|-te)?\b[^.!?\n]{0,20}\b(?:novamente|de novo|outra vez|no futuro)",
    r"(?:opnieuw|nog eens|nogmaals) (?:te |wilt |wil )?sollicite\w+",
)
_NOT = _any(r"not|never|no|don['’]t|cannot|unable|nicht|kein\w*|pas|non|não|niet|geen|unfortunately|leider")
# "Do not hesitate" denies nothing.
_HESITATE = _any(
    r"(?:do not|don['’]t) hesitate|zögern sie nicht|n['’]hésitez pas|no dud[ea]s?",
    r"non esit[aei]\w*|não hesite|aarzel niet",
)
_KEEPS = _any(
    r"(?:keep|keeping|hold|retain|store)\b[^.!?\n]{0,60}\b(?:on file|in mind|on record|details|cv|résumé|resume)",
    r"keep your papers|bear you in mind",
    r"talent (?:pool|community|database)",
    r"talentpool|bewerberpool|im hinterkopf|in evidenz|im blick behalten",
    r"unterlagen (?:\w+ ){0,4}(?:behalten|aufheben)",
    r"(?:conserv|gard)(?:er|ons|e|erai|erons)\b[^.!?\n]{0,50}\b(?:cv|candidature|dossier|profil|coordonnées)|vivier",
    r"(?:conserv|guard|mantend|tendr)\w*\b[^.!?\n]{0,40}\b(?:en cuenta|cv|currículum|base de datos|datos|perfil)",
    r"(?:conserv|terr|manterr)\w*\b[^.!?\n]{0,40}\b(?:in considerazione|cv|curriculum|banca dati|profilo)",
    r"(?:guard|mant|conserv)\w*\b[^.!?\n]{0,40}\b(?:cv|currículo|base de dados|banco de (?:dados|talentos)|perfil)",
    r"in (?:portefeuille|ons bestand|het achterhoofd)|(?:bewaren|houden)\b[^.!?\n]{0,40}\b(?:cv|gegevens)",
)
_FEEDBACK = _any(
    r"feedback|(?:could|would) have (?:liked|wanted|helped|shown|said)",
    r"stronger|strengthen|work on|my advice|one tip|improve",
    r"rückmeldung|mein rat|verbessern|stärker|conseil|améliorer|points? faibles?|manqu\w+",
    r"consejo|mejorar|comentarios|faltó|consiglio|migliorare|riscontro|mancat\w+",
    r"conselho|melhorar|comentários|faltou|terugkoppeling|advies|verbeteren|verbeterpunt\w*",
)
_ASKING = _any(
    r"could|would|might|may|can you|please|grateful|glad|appreciate|hope|wonder\w*",
    r"könnten|würde|würden|darf|bitte|dankbar|pourriez|pourrais|serais|podrías?|podría|agradecería|quisiera",
    r"poderia|gostaria|agradeceria|potrebbe|potresti|vorrei|sarei|kunt|kun je|zou|graag",
)
_PAST_TALK = {
    "en": r"(?:(?:our|your|the) (?:conversation|talk|discussion|chat|interview)"
    r"|(?:enjoyed|thank you for|thanks for|liked|good) (?:talking|speaking|hearing)(?: (?:with|to|from) you)?)"
    r" (about the ",
    "de": r"(?:unser(?:em|en|es)?|das|dem) (?:\w+ )?gespräch(?:es|s)? (über (?:die|das|den) ",
    "fr": r"(?:notre|nos|cet|l['’]) ?(?:échanges?|entretien|conversation|discussion) (sur (?:le |la |les |l['’])",
    "es": r"(?:nuestra|la|tu|su) (?:conversación|charla|entrevista) (sobre (?:el|la|los|las) ",
    "it": r"(?:nostr[ao]|la|il|quest[ao]) (?:conversazione|chiacchierata|colloquio) (su(?:l|lla|llo|i|gli|lle) ",
    "nl": r"(?:ons|het|dit) gesprek (over (?:de|het) ",
    "pt": r"(?:nossa|a|esta) (?:conversa|entrevista) (sobre (?:o|a|os|as) ",
}
# When the talk was is no part of what it was about: "over de kaart van dinsdag".
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|gestern|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|lunes|martes|miércoles|jueves|viernes|sábado|domingo|ayer|"
    r"(?:lune|marte|mercole|giove|vener)dì|sabato|domenica|ieri|(?:maan|dins|woens|donder|vrij|zater|zon)dag|gisteren|"
    r"(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|ontem)\b"
)
_TOPIC_END = (
    rf"[\w'’-]+(?: [\w'’-]+){{0,3}}?)"
    rf"(?= ?(?:[.,;:!?)\n–—]|$)|(?: (?:del?|di|d[ao]|n[ao]|van|vom|von|op|of|from|on))? {_DAY}"
    r"| (?:and|with|on|last|this|that|which|but|when|und|mit|am|et|avec|y|con|e|en|met|com|op)\b)"
)
_TOPICS = {language: re.compile(start + _TOPIC_END, _FLAGS) for language, start in _PAST_TALK.items()}
# A topic that every talk has is none.
_DULL = _any(
    r"role|job|position|post|opportunity|application|company|team|salary|offer|next steps?|process|future",
    r"rolle|stelle|bewerbung|gehalt|poste|candidature|salaire|puesto|candidatura|salario|posizione|ruolo|stipendio",
    r"functie|sollicitatie|salaris|vaga|salário",
)
# Words that only somebody writes who is on first-name terms, and words that only somebody writes who is not.
_FAMILIAR = {
    "de": (r"(?i)\b(?:du|dir|dich|deine?[rmns]?)\b", r"\bIhnen\b|(?<![.!?:\n] )(?<!\n)\b(?:Sie|Ihre?[rmns]?)\b"),
    "fr": (r"(?i)\b(?:tu|te|toi|tes|ta)\b|\bt['’]", r"(?i)\b(?:vous|votre|vos)\b"),
    "es": (r"(?i)\b(?:tú|tu|tus|te|ti|contigo|tuyo|tuya)\b", r"(?i)\busted(?:es)?\b"),
    "it": (r"(?i)\b(?:tu|ti|te|tuo|tua|tuoi|tue)\b", r"\bLei\b|(?<=[a-zà-ù,] )(?:La|Le|Suo|Sua|Suoi|Sue)\b"),
    "nl": (r"(?i)\b(?:je|jij|jou|jouw)\b", r"(?i)\b(?:u|uw)\b"),
    "pt": (r"(?i)\b(?:tu|te|ti|teu|tua|teus|tuas|contigo)\b", r"(?i)\b(?:você|vocês|senhora?)\b"),
}


def only_call(texts: Sequence[str]) -> bool:
    """Whether a call is spoken of, and nothing that goes beyond one."""
    return any(_CALL.search(text) for text in texts) and not any(_INTERVIEW.search(text) for text in texts)


def refuses_feedback(text: str) -> bool:
    """Whether the mail says that they give none."""
    return bool(_REFUSES_FEEDBACK.search(text))


def gives_feedback(text: str) -> bool:
    """Whether the mail seems to hold some."""
    return bool(_FEEDBACK.search(text)) and not refuses_feedback(text)


def asks_for_feedback(text: str) -> bool:
    """Whether a letter of the seeker's asks for some: it names feedback or advice, in a question or a wish."""
    return any(
        _FEEDBACK.search(sentence) and _ASKING.search(sentence) for sentence in re.split(r"(?<=[.!])\s+|\n{2,}", text)
    )


def final_round(text: str) -> bool:
    """Whether the mail speaks of a last round."""
    return bool(_FINAL_ROUND.search(text))


def task_done(text: str) -> bool:
    """Whether the mail speaks of a task as of one that was handed in."""
    return bool(_TASK.search(text)) and not _TASK_IDLE.search(text)


def encourages(text: str) -> bool:
    """Whether the mail invites to apply again."""
    return _affirmed(_ENCOURAGES, text)


def keeps_in_mind(text: str) -> bool:
    """Whether the mail promises to keep the seeker in mind, or the papers."""
    return _affirmed(_KEEPS, text)


def topic(text: str, language: str) -> str:
    """What a talk that has been was about, with its preposition, in the mail's words: "about the ferry map"; or ""."""
    for found in _TOPICS[language].finditer(text) if language in _TOPICS else ():
        words = " ".join(found[1].split())
        if not _DULL.search(words) and not re.search(r"[{}<>\d]", words):
            return words[0].lower() + words[1:]
    return ""


def familiar(text: str, language: str) -> bool:
    """Whether the mail says du, tu, tú or je to the seeker; one polite word decides against it."""
    if language not in _FAMILIAR:
        return False
    close, polite = _FAMILIAR[language]
    return bool(re.search(close, text)) and not re.search(polite, text)


def _affirmed(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a sentence says so, and does not deny it."""
    sentences = re.split(r"(?<=[.!?])\s+|\n{2,}", _HESITATE.sub("", text))
    return any(pattern.search(sentence) and not _NOT.search(sentence) for sentence in sentences)
