"""What sentences of a reply look like: thanks, machines, open doors, news; in seven languages."""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE


def any_of(*patterns: str) -> re.Pattern[str]:
    """Any of the patterns, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})(?!\w)", _FLAGS)


_GREETINGS = (
    r"all the (?:very )?best|best (?:of luck|wishes)|good luck|every success|wish(?:ing)? you|fingers crossed|"
    r"take care|"
    r"alles gute|viel (?:erfolg|glück)|wünsche (?:ich )?(?:ihnen|dir)|bonne (?:continuation|chance|journée)|"
    r"bon courage|"
    r"(?:vous|te) souhaite|(?:te|le|os) dese(?:o|amos)|mucha suerte|suerte|que (?:le|te) vaya|mucho éxito|ánimo|"
    r"in bocca al lupo|(?:le|ti) augur(?:o|iamo)|tanti auguri|buona fortuna|succes|wens(?:en)? (?:je|u)|sterkte|"
    r"allerbeste|boa sorte|desejo-?(?:lhe|te)|tudo de bom|felicidades|sucesso"
)
THANKS = any_of(
    r"thank(?:s| you)?|much appreciated|grateful|(?:very |so |most )?(?:kind|gracious|thoughtful|nice) of you|"
    r"made (?:our|my) day|kind words|pleasure|(?:lovely|good|great|nice) (?:meeting|to (?:meet|hear))|welcome",
    r"danke?|vielen (?:lieben )?dank|herzlichen dank|gefreut|nette[nr]? (?:worte|zeilen)|freundlich von|(?:sehr|"
    r"so) (?:nett|lieb|freundlich)|alles (?:\w+ )?gute",
    r"touch(?:ant|é|ée)|merci(?! (?:de|d['’])(?: (?:bien )?(?:vouloir|nous|me|m['’]))?(?: bien)? ?\w+(?:er|ir|"
    r"re)\b)|remerci\w+|aimable|très plaisir|gentil(?:le)?|délicat",
    r"me ha alegrado|gracias|agradezco|amables? palabras|qué detalle|qué amable",
    r"sorridere|grazie|ringrazi\w+|molto (?:gentile|piacere)|gentili parole",
    r"fijn|dankjewel|bedankt|dank (?:je|u|jullie)|hartelijk dank|wat (?:aardig|attent|lief)|vriendelijke woorden|"
    r"doet (?:ons|"
    r"me) goed",
    r"(?:tão )?bonita|contente|obrigad[oa]s?|agradeço|palavras|gesto simpático|muito gentil",
    _GREETINGS,
)
AUTOMATIC = any_of(
    r"out of (?:the )?office|on (?:annual |parental |sick )?leave|automat(?:ic|ed) (?:reply|response|message)|"
    r"(?:mailbox|inbox|address) is (?:not|no longer) monitored|(?:limited|no) access to (?:my )?e-?mails?|"
    r"this is an automated|no longer (?:work|working) (?:at|for|with)|i have left (?:the company|[A-Z]\w+\.)|"
    r"^i have left",
    r"nicht im (?:büro|haus|dienst)|außer haus|abwesend|abwesenheit(?:snotiz)?|automatische (?:antwort|nachricht)|"
    r"nicht (?:automatisch )?weitergeleitet|wieder (?:im büro|erreichbar)",
    r"absente? (?:du bureau|jusqu)|hors du bureau|réponse automatique|message automatique|à mon retour|en congés?",
    r"fuera de la oficina|respuesta automática|no se atiende|ausente hasta|de vacaciones hasta",
    r"fuori (?:ufficio|sede)|risposta automatica|al mio rientro|in ferie|assente fino",
    r"afwezig|automatisch antwoord|niet op kantoor|met (?:vakantie|verlof)|buiten kantoor|niet gemonitord",
    r"ausente até|fora do escritório|resposta automática|não é monitori[sz]ad[oa]|quando regressar|de férias até",
)
AUTOMATIC_SUBJECT = any_of(
    r"automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of office|undeliver(?:ed|able)|delivery status",
    r"automatische antwort|abwesenheits\w+|unzustellbar|réponse automatique|absence du bureau|respuesta automática|"
    r"fuera de la oficina|risposta automatica|fuori sede|automatisch antwoord|afwezig\w*|resposta automática",
)
INVITATION = any_of(
    r"(?:stay|keep|keeping|remain|be) in touch|hear from you again|re-?apply|apply (?:\w+ ){0,4}(?:again|when|next|"
    r"in)|"
    r"(?:keep|have|kept) (?:you|your \w+|an eye)\b[^.!?\n]{0,30}\b(?:mind|file|out)|linkedin|cross(?:es)? again|"
    r"door (?:is|stays|remains) (?:always )?open|(?:if|when|should) (?:\w+ ){1,4}(?:opens|comes|arises|come) up",
    r"(?:erneut|wieder|nochmals?) (?:\w+ ){0,4}bewerben|bewirb dich|bewerben sie sich|in kontakt|"
    r"in verbindung bleiben|"
    r"im (?:blick|hinterkopf|auge)|freuen uns (?:über|auf) (?:eine|ihre|deine) (?:neue|weitere)|"
    r"sobald\b[^.!?\n]{0,40}\bfrei|türe? (?:\w+ )?offen",
    r"(?:à|de) nouveau|repostuler|rest(?:er|ons|ez) en contact|gard(?:ons|er|e)\b[^.!?\n]{0,30}\b(?:contact|profil|"
    r"cv)|"
    r"porte (?:\w+ )?ouverte|vivier",
    r"vuelv[ae]s? a (?:presentar|postular|inscribir|solicitar)\w*|de nuevo|en contacto|(?:guard|conserv)(?:amos|"
    r"aremos)|"
    r"avisaremos|puerta (?:\w+ )?abierta|tendremos en cuenta",
    r"(?:di nuovo|nuovamente|ancora) (?:\w+ )?(?:in futuro|candidar\w*)|candidar(?:si|ti|la)?\b[^.!?\n]{0,20}\bnuovo|"
    r"(?:rest|ten|rimani)(?:iamo|iamoci|amo)?\w* in contatto|porta (?:\w+ )?aperta|terremo",
    r"opnieuw|nog eens solliciter\w+|contact (?:houden|blijven)|(?:houden|bewaren)\b[^.!?\n]{0,30}\b(?:gegevens|"
    r"bestand|"
    r"cv|profiel|portefeuille)|contact op\b|deur (?:\w+ )?open",
    r"(?:candidat\w+|concorr\w+)(?:-se)? (?:novamente|de novo|outra vez)|manter (?:o )?conta(?:c)?to|"
    r"(?:guard|conserv)(?:amos|aremos)|porta (?:\w+ )?aberta|avisaremos",
    r"(?:drop|send) (?:me|us) a (?:line|note)|(?:write|get back|come back|reach out) to (?:me|us)|try (?:us )?again|"
    r"paths? cross",
    r"schauen sie\b[^.!?\n]{0,40}\bwieder|melden sie sich (?:gern|wieder|im)|meld dich (?:gern|wieder|im)|"
    r"versuch\w* es wieder",
    r"reven(?:ez|ir) vers nous|recontactez|réécrivez|n['’]hésitez pas à (?:revenir|passer|nous|m['’])|"
    r"nous recruterons",
    r"(?:escríb|escrib)\w+ (?:otra vez|de nuevo|cuando|después)|vuelve a escribir\w*|inténtalo",
    r"(?:riscriv|ricontatt|ritent)\w+|ci riprovi|si faccia (?:ri)?sentire",
    r"(?:mail|schrijf|bel|benader)\b[^.!?\n]{0,20}\b(?:gerust|nog eens)|probeer het",
    r"(?:volte|volta|escreva|escreve|contacte|contacta)\b[^.!?\n]{0,30}\b(?:contacta\w*|escrever|novamente|de novo|"
    r"nos)|tente (?:de novo|outra)",
)
NEWS = any_of(
    r"(?:still|would you be) (?:interested|available|open)|(?:are|would) you (?:\w+ )?(?:free|available|able)|"
    r"(?:withdrawn|withdrew|dropped out|declined our offer|pulled out|changed (?:his|her|their|our) minds?)",
    r"(?:another|a new|a different|a similar|a second) (?:\w+ )?(?:role|position|post|job|opening|vacancy|opportunity)"
    r"\b[^.!?\n]{0,20}\b(?:has|have|just|is|we|came|that)|(?:come in|invite you|like you to come)\b|"
    r"second (?:interview|conversation|round|chat)|suit you|"
    r"(?:could|can|shall) we (?:speak|talk|meet|have a call)|would you like to (?:have|come|meet|talk|chat|speak)|"
    r"(?:budget|funding) (?:came|has come) through|offer you (?:the|a) (?:job|role|position|post|place)",
    r"(?:inzwischen|mittlerweile|jetzt|nun|bei uns)\b[^.!?\n]{0,40}\bfrei geworden|(?:kurzfristig )?abgesagt|"
    r"zurückgezogen|noch (?:interessiert|interesse)|(?:hätten|haben) sie\b[^.!?\n]{0,30}\b(?:zeit|lust|interesse)|"
    r"hättest du\b[^.!?\n]{0,30}\b(?:zeit|lust)|(?:sie|dich) gern\w* (?:noch )?(?:\w+ ){0,3}(?:einladen|kennenlernen)",
    r"s['’]est désisté|(?:autre|nouveau) poste (?:vient|s['’]est|s['’]ouvre|est)|toujours intéressée?|"
    r"(?:seri(?:ez|ons)-vous|êtes-vous|serais-tu|es-tu) (?:\w+ )?(?:disponible|libre|intéressée?)",
    r"(?:se ha abierto|ha salido|tenemos) otra? (?:vacante|puesto|posición)|ha renunciado|se ha retirado|"
    r"(?:sigue|sigues) (?:usted )?(?:\w+ )?interesad[ao]|(?:podrías|podría|puedes|puede) (?:hablar|venir|pasarte)",
    r"si è liberata?|ha rinunciato|si è ritirat[ao]|(?:sarebbe|saresti|sei|è) (?:ancora )?(?:interessat[ao]|"
    r"disponibile)|"
    r"(?:aperta|nuova) (?:una )?(?:altra )?posizione",
    r"(?:vrijgekomen|teruggetrokken|afgezegd)|(?:nog|nog steeds) (?:interesse|geïnteresseerd)|"
    r"heb(?:t)? (?:je|u)\b[^.!?\n]{0,30}\b(?:tijd|zin)|kun(?:t)? (?:je|u) langskomen",
    r"(?:abriu|surgiu|temos) (?:\w+ )?(?:outra|nova) (?:vaga|posição)|desistiu|ainda (?:tem|está) interess\w+|"
    r"(?:tem|tens|teria) disponibilidade|está disponível",
    r"(?:give (?:me|us) a (?:ring|call)|ring me|call me|a (?:quick|short) (?:call|chat))|"
    r"something (?:has )?(?:changed|come up|new)",
    r"(?:kurz |bald |morgen )?telefonieren|rufen sie mich|ruf mich|etwas (?:ergeben|geändert|neues)|neuigkeiten",
    r"m['’]appeler|vous appeler|nous appeler|(?:quelque chose|du nouveau|une nouvelle) pour (?:vous|toi)|"
    r"il y a du nouveau",
    r"(?:un momento|un rato|tiempo) para hablar|(?:llámame|llámeme|podemos hablar|le llamo|te llamo)|"
    r"ha surgido algo|tenemos novedades",
    r"sentirci|sentiamoci|(?:mi chiami|chiamami)|c['’]è una novità|ci sono novità",
    r"(?:even|kort|snel) bellen|bel me|iets (?:veranderd|nieuws)",
    r"(?:podemos|poderíamos|pode) (?:falar|conversar)|ligue-me|liga-me|há (?:uma )?novidades?",
)
# "If another role comes up" is no news.
CONDITION = any_of(
    r"if|whenever|when|should (?:another|a|any)|once|falls|wenn|sobald|sollte|si|lorsque|dès que|quand|cuando|"
    r"en cuanto",
    r"se|quando|qualora|non appena|als|zodra|mocht|assim que|caso",
)
GREETING = re.compile(
    r"(?:(?:hi|hello|hey|dear|good (?:morning|afternoon)|hallo|liebe[rs]?|guten (?:tag|morgen)|sehr geehrte[rs]?|moin|"
    r"bonjour|bonsoir|salut|chère?|hola|buen[oa]s (?:días|tardes)|estimad[oa]|querid[oa]|ciao|salve|buongiorno|"
    r"gentile|car[oa]|egregi[oa]|beste|hoi|dag|geachte|goede(?:morgen|middag)|olá|oi|bom dia|boa tarde|prezad[oa])"
    r"(?: [^\s,:!.]+){0,4}[,:!]|(?!and|but)[^\W\d_]+,)\s+(?=\S)",
    _FLAGS,
)
