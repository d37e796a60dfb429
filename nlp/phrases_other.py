"""German, French, Spanish, Portuguese, Italian and Dutch ways of saying no, the plain ones; the model does the rest."""

# ruff: noqa: E501 - patterns stay on one line: cut up, they cannot be read or searched

from __future__ import annotations

import re

from nlp.phrases import phrase
from nlp.verdict import Reason

_OVER = r"(?:stelle|platz|position|rolle|vakanz|ausbildungsplatz)"
_DATE = r"\b(?:termin\w*|treffen|gespr[äa]ch\w*|montag|dienstag|mittwoch|donnerstag|freitag|morgen|\d+ ?uhr|veranstaltung|feier|kurs)\b"

GERMAN = (
    phrase("de_absage", r"\b(?:eine |leider eine )absage\b(?: (?:erteilen|geben|mitteilen|schicken))?|\babsagen m[üu]ssen\b|\b(?:ihnen|dir|euch) (?:heute |leider |hiermit )*(?:abzusagen|absagen)\b|\bsagen? (?:ich|wir) (?:ihnen|dir|euch) [^.;!?]{0,30}\bab\b", unless=rf"{_DATE}|\b(?:(?:habe|bekam|erhielt) ich|meine\w*|zusage oder|keine absage|auch eine absage|da ich|weil ich|angenommen habe|sagen wir (?:ihnen|dir|euch) ab (?:\d|n[äa]chst))\b"),
    phrase("de_nicht_beruecksichtigt", r"\b(?:ihre|deine|ihrer|deiner|sie|dich|bewerbung)\b[^.;!?]{0,80}\bnicht (?:mehr |l[äa]nger |weiter |in die engere (?:aus)?wahl )?(?:zu )?(?:ber[üu]cksichtig\w*|in betracht|in die engere|weiterverfolg\w*|verfolg\w*|weiterzuverfolgen|einladen|einzuladen|ausgew[äa]hlt|zur[üu]ckgreifen|entsprechen|anbieten)\b", unless=r"\b(?:sonst|andernfalls|ohne|noch nicht|erst (?:nach|ab))\b"),
    phrase("de_andere", r"\bf[üu]r (?:eine[nr]? |einige |die )?(?:ander\w+|mitbewerb\w+|intern\w+) (?:kandidat\w*|bewerb\w*|person\w*)?[^.;!?]{0,60}\b(?:entschieden|entscheiden|gefallen|vergeben)|\bentscheidung (?:ist )?(?:leider )?(?:nicht (?:auf sie|auf dich|zu ihren|zu deinen)|f[üu]r (?:eine[nr]? )?ander)|\banderweitig (?:besetzt|vergeben|entschieden)", unless=r"\bander\w+ (?:stelle|position|angebot|weg|job|haushalt|mieter|interessent\w*)\b|\bich mich\b[^.;!?]{0,40}\bander\w+ (?:stelle|angebot)|\b(?:vermieter\w*|kurs|termin\w*|auftrag|software|nicht f[üu]r eine andere)\b"),
    phrase("de_besetzt", rf"\b{_OVER}\b[^.;!?]{{0,50}}\b(?:(?:bereits|inzwischen|zwischenzeitlich|mittlerweile|schon|nun|intern|anderweitig|mit einer internen \w+) )+(?:\w+ )?(?:besetzt|vergeben|weg)\b", reason=Reason.FILLED, unless=r"\baber\b[^.;!?]{0,60}\b(?:sie|dich)\b"),
    phrase("de_nicht_besetzt", r"\b(?:stelle|position|ausschreibung|verfahren)\b[^.;!?]{0,50}\b(?:nicht (?:mehr )?besetzt|gestrichen|aufgehoben|zur[üu]ckgezogen)\b|\bverfahren\b[^.;!?]{0,20}\beingestellt\b", reason=Reason.CANCELLED),
    phrase("de_keine_zusage", r"\bkeine (?:zusage|positive (?:r[üu]ckmeldung|antwort|nachricht)|g[üu]nstigere nachricht)\b[^.;!?]{0,30}\b(?:geben|machen|senden|erteilen|[üu]bermitteln|haben)\b|\bkeinen positiven bescheid\b", unless=r"\bnoch keine"),
    phrase("de_kein_platz", rf"\b(?:ihnen|dir|euch)\b[^.;!?]{{0,60}}\bkeine?n? (?:\w+ )?(?:{_OVER}|angebot|praktikum\w*|vertrag|anstellung)\b[^.;!?]{{0,30}}\b(?:anbieten|anzubieten|machen|unterbreiten|geben)\b"),
    phrase("de_erfolglos", r"\bbewerbung\b[^.;!?]{0,60}\b(?:nicht erfolgreich|erfolglos|abgelehnt|abzulehnen|ablehnen)\b", unless=r"\b(?:stipendium|mitgliedschaft|verein)\w*"),
    phrase("de_gegen", r"\b(?:gegen|nicht f[üu]r) (?:ihre|deine|eine weitere|eine zusammenarbeit|sie|dich)\b[^.;!?]{0,40}\bentsch(?:ieden|eiden)\b"),
    phrase("de_mit_anderen", r"\bmit (?:einigen |einer |einem )?(?:anderen|mitbewerb\w+)\b(?: \w+)?(?: (?:kandidat\w*|bewerb\w*|person\w*|profil\w*))?[^.;!?]{0,30}\b(?:fort|fortsetzen|fortzusetzen|fortf[üu]hren|fortgesetzt|weiter|weiterf[üu]hren|weitergehen|weiterzumachen|weitergeht)\b"),
    phrase("de_profil", r"\b(?:ihr|dein) (?:profil|lebenslauf|werdegang|erfahrung\w*)\b[^.;!?]{0,40}\bnicht\b[^.;!?]{0,50}\b(?:anforderung\w*|erwartung\w*|stelle|position|rolle|profil|suchen|[üu]berein\w*)\b", unless=r"\bnicht (?:nur|zu hundert|ge[öo]ffnet|vollst)|\bnoch nicht\b|\bauch wenn\b"),
    phrase("de_wahl", r"\b(?:wahl|entscheidung)\b[^.;!?]{0,30}\b(?:nicht auf (?:sie|dich|ihre|deine)\b|(?:auf|zugunsten) (?:eine[nrs]? |einige )?ander\w+)", unless=r"\bauf sie gefallen, nicht"),
    phrase("de_vorzug", r"\bander\w+ (?:\w+ )?(?:bewerb\w+|kandidat\w+|person\w*)\b[^.;!?]{0,30}\b(?:den vorzug|den zuschlag)\b|\buns (?:leider )?anders entschieden\b"),
    phrase("de_auswahl", r"\bf[üu]r jemand(?:en)? (?:ander\w+|mit)\b[^.;!?]{0,40}\bentschieden\b|\bnicht in (?:die n[äa]chste runde|der engeren (?:aus)?wahl)\b|\bnicht zum kreis der\b|\bkeine passende (?:position|stelle)\b|\bprozess\b[^.;!?]{0,40}\bnicht (?:fort\w+|weiterf[üu]hr\w+)\b|\bmit anderen (?:kandidat|bewerb)\w+[^.;!?]{0,20}\b(?:n[äa]chste runde|fortzuf[üu]hren)\b|\bkeinen gebrauch machen\b"),
)  # fmt: skip

FRENCH = (
    phrase("fr_pas_retenu", r"\b(?:n'(?:a|est|avons|ont|ai|es)\w*|ne (?:sera|seront|pourra|pouvons|pourrons|puissions|peut)\w*|pas)\b[^.;!?]{0,50}\b(?:[ée]t[ée] )?(?:retenue?s?|retenir|s[ée]lectionn[ée]e?s?|donner (?:une )?suite (?:favorable|positive)|donner suite|favorable [àa] votre candidature)\b", unless=r"\bj(?:e|\'ai)\b[^.;!?]{0,30}\b(?:d[ée]cid|pr[ée]f|vais)|\b(?:il arrive|m[\'\u2019]ont|mon profil)\b|\b(?:pas encore|pas seulement|n'h[ée]sitez|retenu que|sans (?:ces|retour|r[ée]ponse)|laquelle|tant que|en l'absence|pass[ée] ce d[ée]lai|m(?:a|on) (?:amie?|fille|fils|fr[èe]re|soeur|candidature)|je (?:ne|n')|devis|remboursement)\b"),
    phrase("fr_autre", r"\b(?:retenu|choisi|port[ée]|recrut[ée]|pris|opt[ée] pour|privil[ée]gi[ée]|pr[ée]f[ée]r[ée]|arr[êe]t[ée])\b[^.;!?]{0,40}\b(?:un autre|une autre|d'autres|autre) (?:candidat\w*|profil\w*|personne\w*)", unless=r"\b(?:propri[ée]taire|association|ainsi que|dans l'[ée]quipe|pour vous faire)\b"),
    phrase("fr_pourvu", r"\bposte\b[^.;!?]{0,50}\b(?:pourvu|attribu[ée])\b", reason=Reason.FILLED, unless=r"\b(?:d[èe]s|lorsque|quand|sera|[àa] pourvoir)\b|\bpas encore\b|\bn'est pas\b|\bposte de travail\b|\bmais nous\b"),
    phrase("fr_annule", r"\b(?:poste|recrutement)\b[^.;!?]{0,50}\b(?:annul[ée]|supprim[ée]|abandonn[ée])\b", reason=Reason.CANCELLED, unless=r"\bpas (?:annul|supprim|abandonn)|\b(?:rendez-vous|entretien)\b"),
    phrase("fr_sans_suite", r"\bne donner\w+ (?:donc |malheureusement )?pas (?:donc |malheureusement )?(?:de )?suite\b|\b(?:n'irons|n'irai|n'ira) pas plus loin\b|\bne (?:pas|plus) (?:poursuivre|donner suite|aller plus loin)\b", unless=r"\bj(?:e|'ai)\b[^.;!?]{0,25}\b(?:d[ée]cid|pr[ée]f[èe]r|souhait)|\bje ne donnerai\b"),
    phrase("fr_ne_correspond_pas", r"\b(?:votre|ton) (?:profil|candidature|exp[ée]rience|parcours|cv)\b[^.;!?]{0,40}\bne (?:correspond|r[ée]pond)\w* (?:\w+ )?pas\b", unless=r"\bpas (?:seulement|au format)\b|\bmais nous\b"),
    phrase("fr_regret", r"\bne (?:pouvoir|pouvons|pourrons)\b[^.;!?]{0,30}\b(?:r[ée]pondre (?:favorablement|positivement)|vous (?:proposer (?:ce|cette|le|la|un|de) (?:poste|mission|place|stage|alternance|entretien)|recevoir en|rencontrer|embaucher|recruter))\b", unless=r"\b(?:t[ée]l[ée]travail|report|stationnement|cette semaine|avant le|lundi|mardi|mercredi|jeudi|vendredi)\b"),
    phrase("fr_ecartee", r"\b(?:votre|ta) (?:candidature|dossier)\b[^.;!?]{0,30}\b(?:[ée]cart[ée]e?|rejet[ée]e?|refus[ée]e?|d[ée]clin[ée]e?)\b", unless=r"\b(?:pas|syst[èe]me|virus)\b"),
    phrase("fr_negative", r"\b(?:r[ée]ponse|d[ée]cision|suite) (?:\w+ )?(?:est |sera |reste )?(?:n[ée]gative|d[ée]favorable)\b", unless=r"\b(?:parking|ou positive)\b"),
    phrase("fr_suite_ailleurs", r"\b(?:poursuiv\w+|continuer|partir)\b[^.;!?]{0,25}\b(?:avec|sur) (?:un autre|une autre|d'autres) (?:candidat\w*|profil\w*)|\bcandidature\b[^.;!?]{0,20}\bn'a pas (?:pu )?about\w+|\bpas en ad[ée]quation\b|\bne (?:retiendrons|poursuivrons|poursuivons) pas\b|\b(?:d[ée]cliner|refuser|rejeter) votre candidature\b|\bn'y donnerons pas suite\b|\baucun poste [àa] vous proposer\b|\bne pouvoir vous compter parmi\b|\bprivil[ée]gi[ée] des (?:profils|candidat\w+)\b|\bne pouvo\w+ (?:y )?donner une (?:suite|r[ée]ponse) (?:favorable|positive)\b", unless=r"\bje\b"),
)  # fmt: skip

SPANISH = (
    phrase("es_no_seleccionado", r"\bno (?:(?:te |le |se )?(?:has|ha|hemos|han|fue|fuiste|ha sido|has sido|resultaste)(?: \w+)? ?(?:seleccionad\w+|elegid\w+|pasad\w+ a)|(?:vamos a|podemos|podremos) (?:continuar|seguir(?: adelante)?|avanzar) con(?:tigo| usted| tu| su)|(?:continuar|seguir|avanzar)\w*(?: adelante)? (?:con (?:tu|su)|en el proceso)|contin[úu]as? en el proceso|(?:eres|es) la persona seleccionada)\b", unless=r"\b(?:a[úu]n|todav[íi]a|sin|hasta|[úu]nica|mi (?:herman\w|amig\w|hij\w)|en ausencia)\b"),
    phrase("es_otro", r"\b(?:otr[oa]s? (?:candidat\w+|perfil\w*|persona\w*|aspirante\w*))\b", unless=r"\b(?:no|ni) hay\b|\b(?:entrevist\w+|conocer\w*|conoces|quedan|participar\w+|tambi[ée]n|destac\w+|frente a|antes que|renunci\w+|han? visto)\b"),
    phrase("es_cubierto", r"\b(?:puesto|vacante|plaza|posici[óo]n)\b[^.;!?]{0,50}\b(?:cubiert[oa]|ocupad[oa]|adjudicad[oa])\b", reason=Reason.FILLED, unless=r"\b(?:no (?:est[áa]|ha sido)|a[úu]n no|ser[áa] cubiert|debe|aparcamiento)"),
    phrase("es_cancelado", r"\b(?:puesto|vacante|plaza|proceso|posici[óo]n|b[úu]squeda)\b[^.;!?]{0,50}\b(?:cancelad[oa]|anulad[oa]|desiert[oa])\b", reason=Reason.CANCELLED, unless=r"\bno (?:anulad|cancelad)|\bsigue\b|\b(?:entrevista|fecha|no est[áa])\b"),
    phrase("es_descartado", r"\b(?:tu|su) (?:candidatura|postulaci[óo]n|perfil|solicitud)\b[^.;!?]{0,30}\b(?:descartad[oa]|rechazad[oa]|desestimad[oa])\b|\b(?:has|ha) (?:sido descartad[oa]|quedad[oa] (?:\w+ )?(?:fuera|descartad[oa]))\b|\bquedaste fuera\b", unless=r"\bno (?:ha sido|est[áa]|queda) (?:descartad|rechazad|desestimad)|\b(?:vacaciones|beca|en caso de no)\b"),
    phrase("es_no_encaja", r"\b(?:tu|su) (?:perfil|experiencia|candidatura|cv)\b[^.;!?]{0,30}\bno (?:se |termina de )?(?:ajust\w+|encaj\w+|adec[úu]\w+|correspond\w+|cumpl\w+|coincid\w+)\b", unless=r"\bpero nos gustar|\bformato\b"),
    phrase("es_no_ofrecer", r"\bno (?:podemos|podremos|puedo|nos es posible)\b[^.;!?]{0,20}\b(?:ofrecer(?:te|le)|contratar(?:te|le|lo|la)|incorporar(?:te|le|lo|la))\b", unless=r"\b(?:sueldo|salario|condiciones|m[áa]s que|fecha|hora|hasta)\b|\b(?:alojamiento|teletrabajo|pero s[íi])\b"),
    phrase("es_desfavorable", r"\b(?:respuesta|decisi[óo]n|resultado|resoluci[óo]n)\b[^.;!?]{0,30}\b(?:negativ[oa]|desfavorable|no (?:ha sido|es|fue) (?:favorable|positiv[oa]))\b", unless=r"\b(?:prueba de|test|teste|exame|positiv[oa] (?:como|o|ou))\b"),
    phrase("es_no_pasas", r"\bno (?:vas a |va a |has |ha )?(?:pasas?|pasar\w*|pasado|pasaste|avanz\w+|continu[óo]|sigui[óo])\b[^.;!?]{0,20}\b(?:fase|etapa|ronda|proceso|selecci[óo]n)\b", unless=r"\b(?:a[úu]n|todav[íi]a|he)\b|\bsin \b"),
    phrase("es_optado", r"\b(?:optado|optamos|decantado|decantamos|inclinado|elegido|elegimos|escogido|seleccionado|contratado)\b (?:finalmente |al final )?(?:por |a )?(?:una?|otr[oa]s?) (?:candidat\w+|persona\w*|perfil\w*|profesional\w*)\b"),
    phrase("es_no_contamos", r"\bno (?:contamos|contaremos|vamos a contar|podemos contar|podremos contar) con(?:tigo| usted)\b|\bno (?:hemos podido|podemos|podremos)\b[^.;!?]{0,20}\b(?:tener|tomar) en cuenta\b"),
    phrase("es_decidido_no", r"\b(?:decidido|resuelto|optado por|decidimos|optamos por) no (?:continuar|seguir|avanzar|proseguir|contratar\w*|seleccionar\w*)\b", unless=r"\bhe (?:decidido|optado|resuelto)\b|\b(?:han decidido|me dijo)\b"),
    phrase("es_descartar", r"\bdescarta(?:do|r) (?:tu|su) (?:candidatura|postulaci[óo]n|perfil)\b|\b(?:tu|su) (?:candidatura|postulaci[óo]n|perfil)\b[^.;!?]{0,15}\bno (?:contin[úu]a\w*|ha sido considerad\w|es el que buscamos)\b|\bno (?:has|ha) superado\b[^.;!?]{0,20}\b(?:fase|prueba|proceso|entrevista|selecci[óo]n)\w*|\bno te hemos seleccionado\b|\bno (?:hemos podido|podremos|podemos) considerar (?:tu|su)\b|\bquedad[oa] excluid[oa]\b|\bno (?:ha podido ser|ha sido posible contar)\b|\bno seguimos adelante\b"),
)  # fmt: skip

PORTUGUESE = (
    phrase("pt_nao", r"\bn[ãa]o (?:(?:foi|ser[áa]|foste|fostes)(?: \w+)? ?(?:selecionad\w+|escolhid\w+|aprovad\w+)|foi poss[íi]vel considerar|(?:vamos|iremos|poderemos) (?:avan[çc]ar|prosseguir|seguir)|(?:avan[çc]aremos|seguiremos|prosseguiremos) com)\b", unless=r"\b(?:ainda|sem|at[ée] receber|minha|meu|apartamento|na aus[êe]ncia)\b"),
    phrase("pt_outro", r"\boutr[oa]s? (?:candidat\w+|perfil|perfis|pessoa\w*)\b", unless=r"\bn[ãa]o (?:contrat\w+|escolh\w+|h[áa])\b|\b(?:entrevist\w+|conhec\w+|ainda|tamb[ée]m|destac\w+|desisti\w+|entre todos|senhorio|em andamento)\b"),
    phrase("pt_preenchida", r"\b(?:vaga|posi[çc][ãa]o|lugar|cargo)\b[^.;!?]{0,50}\b(?:preenchid[oa]|ocupad[oa])\b", reason=Reason.FILLED, unless=r"\b(?:ainda|n[ãa]o foi|deve|dever[áa]|formul[áa]rio|ficha|estacionamento|cargo ocupado)\b"),
    phrase("pt_seguimento", r"\bn[ãa]o (?:daremos|vamos dar|iremos dar|poderemos dar|podemos dar|dar|foi dad[oa])\b[^.;!?]{0,15}\b(?:seguimento|continuidade|prosseguimento|sequ[êe]ncia)\b", unless=r"\b(?:decidi|preferi|optei)\b|\bsem \b"),
    phrase("pt_nao_corresponde", r"\b(?:seu|teu) (?:perfil|curr[íi]culo|cv)\b[^.;!?]{0,30}\bn[ãa]o (?:se )?(?:correspond\w+|enquadr\w+|adequ\w+|encaix\w+|atend\w+|ajust\w+)\b", unless=r"\bformato\b|\bmas gostar"),
    phrase("pt_contar", r"\bn[ãa]o (?:vamos|podemos|poderemos|iremos|pudemos)\b[^.;!?]{0,15}\b(?:contar (?:consigo|contigo|com voc[êe])|oferecer-?(?:lhe|te)|contrat[áa]-l[oa])\b|\bn[ãa]o (?:nos |me )?(?:[ée]|foi|ser[áa]) poss[íi]vel\b[^.;!?]{0,20}\b(?:oferecer|contratar|avan[çc]ar com|selecionar)\b", unless=r"\b(?:alojamento|teletrabalho|data|na (?:segunda|ter[çc]a|quarta|quinta|sexta))\b"),
    phrase("pt_negativa", r"\b(?:resposta|decis[ãa]o|resultado|retorno)\b[^.;!?]{0,20}\b(?:negativ[oa]|desfavor[áa]vel)\b", unless=r"\b(?:exame|teste|positiv[oa] ou)\b"),
    phrase("pt_nao_passou", r"\bn[ãa]o (?:passou|passaste|avan[çc]ou|avan[çc]aste|segue|seguir[áa]|seguiu|ficou|ficaste|foi)\b[^.;!?]{0,30}\b(?:pr[óo]xima (?:fase|etapa)|fase seguinte|no processo|com a vaga|com o lugar)\b", unless=r"\bainda\b"),
    phrase("pt_escolhemos", r"\b(?:escolhemos|optamos por|opt[áa]mos por|selecion[áa]mos|selecionamos|contrat[áa]mos|contratamos|recaiu (?:sobre|em))\b (?:uma?|outr[oa]s?) (?:candidat\w+|pessoa|profissional|perfil)\b", unless=r"\bn[ãa]o (?:escolh|contrat|opt|selecion)"),
    phrase("pt_recusada", r"\b(?:sua|tua) (?:candidatura|inscri[çc][ãa]o)\b[^.;!?]{0,30}\b(?:recusada|rejeitada|descartada|exclu[íi]da|n[ãa]o (?:foi )?(?:aceite|aceita))\b", unless=r"\b(?:gin[áa]sio|curso)\b"),
    phrase("pt_decidimos_nao", r"\b(?:decidimos|decidiu-se|decidido|optamos por|opt[áa]mos por|optou por) n[ãa]o (?:avan[çc]ar|seguir|prosseguir|dar|continuar|contratar)\b", unless=r"\b(?:reuni[ãa]o|calend[áa]rio)\b"),
    phrase("pt_nao_desta_vez", r"\bcandidatura\b[^.;!?]{0,15}\bn[ãa]o (?:avan[çc]ou|seguir[áa]|foi considerada)\b|\bn[ãa]o ficou entre (?:os|as) (?:candidat|selecion)|\b(?:vaga|processo seletivo) (?:foi|est[áa]) (?:cancelad|encerrad)[oa]\b|\bn[ãa]o (?:ser[áa]|foi) desta vez\b|\bn[ãa]o [ée] o que procuramos\b|\brecaiu noutr[oa]\b|\bn[ãa]o obteve aprova[çc][ãa]o\b|\bn[ãa]o o podemos contratar\b|\bdecidimos por outr|\b(?:opt[áa]mos|optamos) por candidat\w+ (?:com|mais)\b", unless=r"\bainda\b"),
)  # fmt: skip

ITALIAN = (
    phrase("it_non", r"\bnon (?:(?:[èe] |sei |verr[àa] |sar[àa] )?(?:stat\w |risultat\w )?(?:selezionat\w|scelt\w|idone\w)|(?:possiamo|potremo|intendiamo) (?:dare seguito|procedere con la (?:sua|tua)|proseguire)|abbiamo ritenuto di dare seguito|abbiamo (?:\w+ )?(?:selezionato|scelto) (?:il|la)|(?:daremo seguito|procederemo|proseguiremo|andremo avanti)|(?:prosegue|proseguir[àa]) (?:nel|con|la))\b", unless=r"\b(?:ancora|senza|finch[ée]|mia|mio|trascors\w|in assenza)\b"),
    phrase("it_altro", r"\b(?:altr[oiea]|un altro|un'altra|altri) ?(?:candidat\w+|profil\w+|person\w+)\b", unless=r"\b(?:incontr\w+|vedremo|ancora|hanno visto|rinunciat\w|distinto|scelto (?:lei|te)|conosce|resteranno)\b"),
    phrase("it_coperta", r"\b(?:posizione|posto|ruolo)\b[^.;!?]{0,50}\b(?:copert[oa]|occupat[oa]|assegnat[oa])\b", reason=Reason.FILLED, unless=r"\b(?:non [èe] stat\w|sar[àa] copert|posto auto|ma ne abbiamo)"),
    phrase("it_esito", r"\besito\b[^.;!?]{0,40}\b(?:negativo|sfavorevole)\b|\bnon (?:ha|hanno) avuto (?:un )?esito (?:positivo|favorevole)\b|\besito[^.;!?]{0,20} non [èe] (?:stato )?(?:positivo|favorevole)\b", unless=r"\b(?:test|positivo (?:che|o) negativo|in caso di)\b"),
    phrase("it_non_in_linea", r"\b(?:suo|tuo) (?:profilo|curriculum|cv)\b[^.;!?]{0,30}\bnon (?:\w+ ){0,2}(?:in linea|corrispond\w*|rispond\w*|idone\w*|compatibil\w*)\b", unless=r"\bformato\b"),
    phrase("it_offrire", r"\bnon (?:possiamo|potremo|siamo in grado di|ci [èe] possibile)\b[^.;!?]{0,15}\b(?:offrir(?:le|ti)|assumer(?:la|lo|ti)|inserir(?:la|lo|ti)|accoglier\w*)\b", unless=r"\b(?:smart working|alloggio|prima del|richiesta di)\b"),
    phrase("it_deciso_di_non", r"\bdeciso di non (?:\w+ )?(?:andare avanti|proseguire|procedere|dare seguito|continuare)\b", unless=r"\bho deciso\b|\briunione\b"),
    phrase("it_respinta", r"\b(?:tua|sua|vostra) candidatura\b[^.;!?]{0,30}\b(?:non (?:[èe] stata )?(?:accolta|accettata|presa in considerazione)|respinta|scartata|rifiutata|esclusa)\b", unless=r"\b(?:condominio|bando)\b"),
    phrase("it_non_tra", r"\bnon (?:[èe]|sei|rientra\w*|[èe] rientrat\w|figura\w*)\b[^.;!?]{0,15}\b(?:tra|fra) (?:i|le|gli|coloro|quell\w) ?[^.;!?]{0,20}\b(?:candidat\w+|person\w+|selezionat\w+|finalist\w+)\b|\bnon hai? superato\b[^.;!?]{0,15}\b(?:selezion\w+|prov\w+|fase)\b", unless=r"\bobbligati\b"),
    phrase("it_preferito", r"\b(?:preferito|scelto|optato per|selezionato|assunto|deciso per|ricaduta su)\b (?:una?|altr[oiea]|un altro|un'altra) ?(?:candidat\w+|person\w+|profil\w+|figur\w+)\b", unless=r"\b(?:ho scelto|propriet\w+|simili|sarete)\b"),
    phrase("it_non_prosegue", r"\bcandidatura\b[^.;!?]{0,10}\bnon (?:proseguir[àa]|[èe] andata avanti|pu[òo] essere presa in considerazione)\b|\bnon (?:ha|hai) superato il colloquio\b|\bnon sei passat\w\b|\bscelto qualcun altro\b|\b(?:ricerca|selezione|posizione) [èe] stata (?:annullata|chiusa|ricoperta)\b|\brifiutare la (?:sua|tua) candidatura\b|\bnon riteniamo il (?:suo|tuo)\b|\bnon abbiamo una posizione adatta\b"),
)  # fmt: skip

DUTCH = (
    phrase("nl_afwijzing", r"\b(?:niet (?:met (?:je|jou|jullie|u) )?(?:verder|uitgenodigd|geselecteerd|uit te nodigen|in aanmerking|doorgaan|door te gaan|aangenomen|gekozen))\b(?! dan)", unless=r"\b(?:nog niet|alleen|heb ik besloten)\b|\b(?:(?:kan|kunnen|zal) (?:\w+ )?niet doorgaan|zonder (?:je|jouw|uw|vog)|voordat|tot we|hoor je|niets gehoord|(?:wil|heb|ben) ik|ik (?:wil|heb|ben)|mijn|tijdslot|bestand|foto)\b|\w(?:toeslag|subsidie|vergoeding)\b"),
    phrase("nl_ander", r"\b(?:een )?andere? (?:kandida\w+|sollicitant\w*|persoon)\b", unless=r"\b(?:voorkeur voor u|wens u)\b|\b(?:nog|ook|spreken|teruggetrokken|boven|ken je|vereniging)\b"),
    phrase("nl_vervuld", r"\b(?:vacature|functie|positie|plek)\b[^.;!?]{0,50}\b(?:vervuld|ingevuld|vergeven)\b", reason=Reason.FILLED, unless=r"\b(?:nog niet|moet|kan|hybride|fulltime)\b"),
    phrase("nl_afgewezen", r"\b(?:je|jou|u|sollicitatie|kandidatuur)\b[^.;!?]{0,25}\b(?:afwijzen|afgewezen|af te wijzen)\b", unless=r"\b(?:verlof|declaratie)\b"),
    phrase("nl_niet_aanbieden", r"\b(?:je|jou|u)\b[^.;!?]{0,40}\b(?:niet (?:kunnen )?aanbieden|geen (?:baan|functie|plek|contract) (?:kunnen )?(?:aanbieden|geven|bieden))\b", unless=r"\b(?:korting|salaris|meer dan)\b"),
    phrase("nl_profiel", r"\b(?:je|jij|u|jouw|uw|ervaring)\b[^.;!?]{0,30}\b(?:past|voldoet|sluit) (?:\w+ ){0,2}niet\b[^.;!?]{0,30}\b(?:profiel|functie|eisen|zoeken|vacature|aan)\b", unless=r"\b(?:misschien|maar we|toch|pdf)\b"),
    phrase("nl_gekozen", r"\b(?:gekozen|kiezen|besloten)\b[^.;!?]{0,15}\b(?:voor|met) (?:iemand|een (?:andere?|kandidaat|interne))\b|\bmet anderen?\b[^.;!?]{0,15}\b(?:voort|verder)\b", unless=r"\bandere (?:datum|locatie|recruiter)\b|\bverhuurder\b"),
    phrase("nl_niet_uit", r"\bnodig(?:en)? (?:wij |we |ik )?(?:je|jou|u)\b[^.;!?]{0,40}\bniet uit\b|\b(?:je|jij|u)\b[^.;!?]{0,10}\bhet (?:helaas |deze keer )*niet geworden\b"),
    phrase("nl_keuze", r"\b(?:keuze|keus|voorkeur)\b[^.;!?]{0,25}\b(?:niet op (?:u|jou|je)\b|op (?:een ander\w*|iemand anders)|naar (?:een ander\w*|iemand anders))"),
    phrase("nl_niet_door", r"\bniet (?:bent|bent u|is|wordt|zult worden) (?:uitgenodigd|geselecteerd|aangenomen|gekozen)\b|\b(?:je|jou|u) (?:helaas )?teleurstellen\b|\bniet (?:met (?:je|jou|u) )?verdergaan\b|\b(?:ga|gaat|bent) (?:je |u )?(?:helaas )?niet door naar\b|\bvoor iemand anders gekozen\b|\b(?:vacature|functie) (?:is|komt) (?:ingetrokken|te vervallen|komen te vervallen)\b|\bprocedure\b[^.;!?]{0,20}\b(?:niet [^.;!?]{0,10}voort|stopgezet)\b|\bwijzen (?:je|uw) sollicitatie af\b|\bu niet uitnodigen\b", unless=r"\b(?:verhuurder|mijn|hoor je)\b"),
)  # fmt: skip

OTHERS = (*GERMAN, *FRENCH, *SPANISH, *PORTUGUESE, *ITALIAN, *DUTCH)

OTHER_HOLDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:einstellungsstopp|auf eis gelegt|(?:vorerst|vorl[äa]ufig|derzeit) (?:ausgesetzt|gestoppt|pausiert))\b",
        r"\b(?:gel des embauches|recrutement (?:est |a [ée]t[ée] )?(?:suspendu|gel[ée]|mis en pause)|mis en (?:pause|attente|suspens))\b",
        r"\b(?:en pausa|congelad[oa]|paralizad[oa]|suspendid[oa] temporalmente|en suspenso|em pausa|suspens[oa] temporariamente)\b",
        r"\b(?:in sospeso|congelat[oa]|messa? in pausa|in de wacht|on hold gezet|vacaturestop|opgeschort)\b",
    )
)
