"""German, French, Spanish, Portuguese, Italian and Dutch ways of saying no, the plain ones; the model does the rest."""

# ruff: noqa: E501 - patterns stay on one line: cut up, they cannot be read or searched

from __future__ import annotations

import re

from nlp.phrases import phrase
from nlp.verdict import Reason

OTHERS = (
    phrase("de_absage", r"\b(?:eine |leider eine )absage\b(?: (?:erteilen|geben|mitteilen|schicken))?|\babsagen m[üu]ssen\b|\b(?:ihnen|dir|euch) (?:heute |leider |hiermit )*abzusagen\b"),
    phrase("de_nicht_beruecksichtigt", r"\b(?:ihre|deine|ihrer|deiner|sie|dich|bewerbung)\b[^.;!?]{0,80}\bnicht (?:mehr |weiter |in die engere (?:aus)?wahl )?(?:ber[üu]cksichtig\w*|in betracht|in die engere|weiterverfolg\w*|einladen|einzuladen|ausgew[äa]hlt|zur[üu]ckgreifen|entsprechen|anbieten)\b"),
    phrase("de_andere", r"\bf[üu]r (?:eine[nr]? |einige |die )?(?:ander\w+|mitbewerb\w+|intern\w+) (?:kandidat\w*|bewerb\w*|person\w*)?[^.;!?]{0,60}\b(?:entschieden|entscheiden|gefallen|vergeben)|\bentscheidung (?:ist )?(?:leider )?(?:nicht (?:auf sie|auf dich|zu ihren|zu deinen)|f[üu]r (?:eine[nr]? )?ander)|\banderweitig (?:besetzt|vergeben|entschieden)"),
    phrase("de_besetzt", r"\b(?:stelle|position|rolle|platz|vakanz|ausbildungsplatz)\b[^.;!?]{0,50}\b(?:(?:bereits|inzwischen|mittlerweile|schon|nun|intern|anderweitig) )+(?:\w+ )?(?:besetzt|vergeben|weg)\b", reason=Reason.FILLED),
    phrase("de_nicht_besetzt", r"\b(?:stelle|position|ausschreibung|verfahren)\b[^.;!?]{0,50}\b(?:nicht (?:mehr )?besetzt wird|gestrichen|eingestellt|aufgehoben|zur[üu]ckgezogen)\b", reason=Reason.CANCELLED),
    phrase("fr_pas_retenu", r"\b(?:n'(?:a|est|avons|ont|ai|es)\w*|ne (?:sera|seront|pourra|pouvons|pourrons|puissions|peut)\w*|pas)\b[^.;!?]{0,50}\b(?:[ée]t[ée] )?(?:retenue?s?|retenir|s[ée]lectionn[ée]e?s?|donner (?:une )?suite (?:favorable|positive)|donner suite|favorable [àa] votre candidature)\b"),
    phrase("fr_autre", r"\b(?:retenu|choisi|port[ée]|recrut[ée]|pris|opt[ée] pour|privil[ée]gi[ée]|arr[êe]t[ée])\b[^.;!?]{0,40}\b(?:un autre|une autre|d'autres|autre) (?:candidat\w*|profil\w*|personne\w*)"),
    phrase("fr_pourvu", r"\bposte\b[^.;!?]{0,50}\b(?:pourvu|attribu[ée])\b", reason=Reason.FILLED, unless=r"\b(?:d[èe]s|lorsque|quand|sera|[àa] pourvoir)\b"),
    phrase("fr_annule", r"\b(?:poste|recrutement)\b[^.;!?]{0,50}\b(?:annul[ée]|supprim[ée]|abandonn[ée])\b", reason=Reason.CANCELLED),
    phrase("es_no_seleccionado", r"\bno (?:has|ha|hemos|fue|fuiste|ha sido|has sido|vamos|podemos|podremos|continuar\w*|seguir\w*|avanzar\w*)\b[^.;!?]{0,50}\b(?:seleccionad\w+|elegid\w+|continuar|seguir adelante|avanzar|proceso|candidatura|pasad\w+ a)\b", unless=r"\b(?:a[úu]n|todav[íi]a)\b"),
    phrase("es_otro", r"\b(?:otr[oa]s? (?:candidat\w+|perfil\w*|persona\w*|aspirante\w*))\b"),
    phrase("es_cubierto", r"\b(?:puesto|vacante|plaza|posici[óo]n)\b[^.;!?]{0,50}\b(?:cubiert[oa]|ocupad[oa]|adjudicad[oa])\b", reason=Reason.FILLED),
    phrase("es_cancelado", r"\b(?:puesto|vacante|plaza|proceso|posici[óo]n|b[úu]squeda)\b[^.;!?]{0,50}\b(?:cancelad[oa]|anulad[oa]|desiert[oa])\b", reason=Reason.CANCELLED),
    phrase("pt_nao", r"\bn[ãa]o (?:foi|ser[áa]|fostes?|foste|vamos|iremos|poderemos|podemos|avan[çc]\w*|seguir\w*|prossegu\w*)\b[^.;!?]{0,50}\b(?:selecionad\w+|escolhid\w+|avan[çc]ar|prosseguir|seguir|candidatura|processo|aprovad\w+)\b"),
    phrase("pt_outro", r"\boutr[oa]s? (?:candidat\w+|perfil|perfis|pessoa\w*)\b"),
    phrase("pt_preenchida", r"\b(?:vaga|posi[çc][ãa]o|lugar|cargo)\b[^.;!?]{0,50}\b(?:preenchid[oa]|ocupad[oa])\b", reason=Reason.FILLED),
    phrase("it_non", r"\bnon (?:[èe] stat\w*|sei stat\w*|abbiamo|possiamo|potremo|procederemo|proseguir\w*|proceder\w*|verr[àa]|sar[àa]|intendiamo|siamo)\b[^.;!?]{0,50}\b(?:selezionat\w+|scelt\w+|prosegui\w*|procede\w*|candidatura|profilo|idone\w+|dare seguito|andare avanti)\b", unless=r"\bancora\b"),
    phrase("it_altro", r"\b(?:altr[oiea]|un altro|un'altra|altri) ?(?:candidat\w+|profil\w+|person\w+)\b"),
    phrase("it_coperta", r"\b(?:posizione|posto|ruolo)\b[^.;!?]{0,50}\b(?:copert[oa]|occupat[oa]|assegnat[oa])\b", reason=Reason.FILLED),
    phrase("nl_afwijzing", r"\b(?:niet (?:verder|uitgenodigd|geselecteerd|uit te nodigen|in aanmerking|doorgaan|door te gaan|aangenomen|gekozen))\b(?! dan)", unless=r"\b(?:nog niet|alleen)\b"),
    phrase("nl_ander", r"\b(?:een )?andere? (?:kandida\w+|sollicitant\w*|persoon)\b"),
    phrase("nl_vervuld", r"\b(?:vacature|functie|positie|plek)\b[^.;!?]{0,50}\b(?:vervuld|ingevuld|vergeven)\b", reason=Reason.FILLED),
)  # fmt: skip

OTHER_HOLDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:einstellungsstopp|auf eis gelegt|(?:vorerst|vorl[äa]ufig|derzeit) (?:ausgesetzt|gestoppt|pausiert))\b",
        r"\b(?:gel des embauches|recrutement (?:est |a [ée]t[ée] )?(?:suspendu|gel[ée]|mis en pause)|mis en (?:pause|attente|suspens))\b",
        r"\b(?:en pausa|congelad[oa]|paralizad[oa]|suspendid[oa] temporalmente|en suspenso|em pausa|suspens[oa] temporariamente)\b",
        r"\b(?:in sospeso|congelat[oa]|messa? in pausa|in de wacht|on hold gezet|vacaturestop|opgeschort)\b",
    )
)
