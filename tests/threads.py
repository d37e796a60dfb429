"""Invented rejections in seven languages, at every stage: what letters are tried on."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from nlp.verdict import Label, Reason
from server.domain.letters import Case
from server.domain.model import Contact, Judged, Kind, Message

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
SEEKER = "robin@example.com"

# By language: company, its domain, the role, a person. SAID below holds what a mail may say, a sentence each.
WORLD: dict[str, list[tuple[str, str, str, str]]] = {
    "en": [
        ("Kelp & Sons", "kelp-and-sons", "Route Planner", "Ada Lee"),
        ("Ferrydown Maps", "ferrydown", "Product Manager", "Imogen Hart"),
        ("Tallow Press", "tallowpress", "Senior Editor", "Bo Whitfield"),
        ("Northquay Trust", "northquay", "Service Designer", "Ottilie Grange"),
    ],
    "de": [
        ("Wattwende GmbH", "wattwende", "Netzplanerin", "Jonas Ehrlich"),
        ("Brückenwerk", "brueckenwerk", "Produktmanager:in (m/w/d)", "Sabine Keller"),
        ("Moorlicht Verlag", "moorlicht", "Lektorat Sachbuch", "Anna von Berg"),
        ("Seilbahnen Nord", "seilbahnen-nord", "Leitung Fahrgastinformation", "Timo Raschke"),
    ],
    "fr": [
        ("Eau Commune", "eaucommune", "Responsable produit", "Clémence Rochat"),
        ("Atelier Lanterne", "atelierlanterne", "Conception de services", "Baptiste Morel"),
        ("Les Passeurs", "lespasseurs", "Chargé d'études", "Inès Vautrin"),
        ("Papeterie du Quai", "papeterieduquai", "Cheffe de projet web", "Hugo Delmas"),
    ],
    "es": [
        ("Ramblar Viajes", "ramblar", "Gestora de producto", "Montse Farré"),
        ("Faro Norte", "faronorte", "Analista de datos", "Iker Salazar"),
        ("Editorial Hormiga", "hormiga", "Editora de mesa", "Lucía Prado"),
        ("Tranvías del Sur", "tranviasdelsur", "Diseño de servicios", "Nuria Beltrán"),
    ],
    "it": [
        ("Bottega Alta", "bottegaalta", "Progettista di servizi", "Chiara Fontanelli"),
        ("Treni Lenti", "trenilenti", "Analista", "Davide Rusconi"),
        ("Carta Nuova", "cartanuova", "Responsabile editoriale", "Elena Marchetti"),
        ("Isola Verde", "isolaverde", "Product Manager", "Paolo De Santis"),
    ],
    "nl": [
        ("Veerhuis", "veerhuis", "productmanager", "Anneke Storm"),
        ("Molenkade", "molenkade", "dienstontwerper", "Joost van der Laan"),
        ("De Stille Post", "destillepost", "redacteur", "Femke Dijkstra"),
        ("Getij Energie", "getij", "data-analist", "Sander Blok"),
    ],
    "pt": [
        ("Barca Livre", "barcalivre", "Gestão de Produto", "Inês Carvalho"),
        ("Farol do Sul", "faroldosul", "Analista de Dados", "Tiago Moura"),
        ("Papel e Tinta", "papeletinta", "Edição", "Beatriz Nunes"),
        ("Linha de Água", "linhadeagua", "Design de Serviços", "Rui Tavares"),
    ],
}
SAID: dict[str, dict[str, str]] = {
    "en": {
        "no": "We have decided to go on with somebody else.",
        "familiar": "We have decided to go on with somebody else.",
        "talk": "Thank you for our conversation about the ferry map on Tuesday.",
        "rounds": "Thank you for the two interviews.",
        "final": "You were one of two in the final round.",
        "task": "We read your exercise with care.",
        "again": "We would be glad if you applied; please do apply again next year.",
        "kept": "We will keep your details on file.",
        "refused": "We are unable to give individual feedback.",
        "feedback": "You asked for feedback: a sharper example in the first ten minutes would have helped.",
        "specific": "The chart with the lost ferry is still on my wall.",
        "close": "Kind regards,",
    },
    "de": {
        "no": "Wir haben uns für eine andere Person entschieden und wünschen Ihnen alles Gute.",
        "familiar": "Wir haben uns für eine andere Person entschieden und wünschen dir alles Gute.",
        "talk": "Vielen Dank für das Gespräch über die Fahrplankarte am Dienstag.",
        "rounds": "Vielen Dank für die beiden Gespräche.",
        "final": "In der letzten Runde waren nur noch zwei Personen.",
        "task": "Die Aufgabe haben wir gern gelesen.",
        "again": "Gern dürfen Bewerber sich erneut bei uns bewerben.",
        "kept": "Wir nehmen die Unterlagen in unseren Talentpool auf.",
        "refused": "Leider können wir kein individuelles Feedback geben.",
        "feedback": "Zum Feedback: Ein schärferes Beispiel am Anfang hätte geholfen.",
        "specific": "Die Karte mit der verlorenen Fähre hängt noch an meiner Wand.",
        "close": "Mit freundlichen Grüßen",
    },
    "fr": {
        "no": "Nous avons choisi une autre personne et vous souhaitons une bonne suite.",
        "familiar": "Nous avons choisi une autre personne et te souhaitons une bonne suite.",
        "talk": "Merci encore pour notre échange sur la carte des bacs, mardi.",
        "rounds": "Merci encore pour nos deux entretiens.",
        "final": "Il ne restait que deux personnes au dernier tour.",
        "task": "L'exercice a été lu avec soin.",
        "again": "La porte reste ouverte : postuler à nouveau est bienvenu.",
        "kept": "Nous allons conserver le dossier dans notre vivier.",
        "refused": "Nous ne donnons pas de retour détaillé.",
        "feedback": "Un retour, comme demandé : un exemple plus net au début, voilà ce qui a manqué.",
        "specific": "La carte du bac perdu est toujours sur mon mur.",
        "close": "Cordialement,",
    },
    "es": {
        "no": "Hemos elegido a otra persona y le deseamos a usted mucha suerte.",
        "familiar": "Hemos elegido a otra persona y te deseamos mucha suerte.",
        "talk": "Gracias por la conversación sobre el mapa de las barcas del martes.",
        "rounds": "Gracias por las dos entrevistas.",
        "final": "En la última fase quedaban dos personas.",
        "task": "Leímos el ejercicio con calma.",
        "again": "La puerta queda abierta para presentarse de nuevo.",
        "kept": "Vamos a conservar el currículum en nuestra base de datos.",
        "refused": "No podemos ofrecer comentarios individuales.",
        "feedback": "Unos comentarios, como pedido: al principio faltó un ejemplo más claro.",
        "specific": "El mapa de la barca perdida sigue en mi pared.",
        "close": "Un saludo,",
    },
    "it": {
        "no": "Abbiamo scelto un'altra persona e auguriamo a Lei ogni bene.",
        "familiar": "Abbiamo scelto un'altra persona e ti auguriamo ogni bene.",
        "talk": "Grazie per la conversazione sulla mappa dei traghetti di martedì.",
        "rounds": "Grazie per i due colloqui.",
        "final": "All'ultima fase erano rimaste due persone.",
        "task": "L'esercizio è stato letto con cura.",
        "again": "Saremmo felici di una nuova prova: può candidarsi di nuovo.",
        "kept": "Conserveremo il curriculum nella nostra banca dati.",
        "refused": "Non ci è possibile dare riscontri individuali.",
        "feedback": "Un riscontro, come chiesto: all'inizio è mancato un esempio più chiaro.",
        "specific": "La mappa del traghetto perduto è ancora sulla mia parete.",
        "close": "Cordiali saluti,",
    },
    "nl": {
        "no": "Wij hebben voor iemand anders gekozen en wensen u alle goeds.",
        "familiar": "Wij hebben voor iemand anders gekozen en wensen je alle goeds.",
        "talk": "Bedankt voor het gesprek over de veerkaart van dinsdag.",
        "rounds": "Bedankt voor de twee gesprekken.",
        "final": "In de laatste ronde waren er nog twee over.",
        "task": "Wij hebben de opdracht met zorg gelezen.",
        "again": "Volgend jaar opnieuw solliciteren mag zeker.",
        "kept": "Wij houden de gegevens in portefeuille.",
        "refused": "Wij kunnen geen persoonlijke feedback geven.",
        "feedback": "Feedback, zoals gevraagd: een scherper voorbeeld aan het begin is een verbeterpunt.",
        "specific": "De kaart met de verdwaalde pont hangt nog aan mijn muur.",
        "close": "Met vriendelijke groet,",
    },
    "pt": {
        "no": "Escolhemos outra pessoa e desejamos tudo de bom para o futuro.",
        "familiar": "Escolhemos outra pessoa e desejamos-te tudo de bom.",
        "talk": "Obrigado pela conversa sobre o mapa das barcas na terça-feira.",
        "rounds": "Obrigado pelas duas entrevistas.",
        "final": "Na última fase restavam duas pessoas.",
        "task": "Lemos o exercício com cuidado.",
        "again": "A porta fica aberta para se candidatar novamente.",
        "kept": "Vamos guardar o currículo na nossa base de dados.",
        "refused": "Não é possível dar feedback individual.",
        "feedback": "Alguns comentários, como pedido: no início faltou um exemplo mais claro.",
        "specific": "O mapa da barca perdida continua na minha parede.",
        "close": "Com os melhores cumprimentos,",
    },
}


@dataclass(frozen=True, slots=True)
class Story:
    """One rejection and what led to it. `parts`: which sentences of SAID the mail holds, in order."""

    language: str
    company: str
    domain: str
    role: str
    person: str
    parts: tuple[str, ...]
    told: str
    reason: Reason = Reason.PASSED
    invited: bool = False
    tasked: bool = False
    from_machine: bool = False
    number: int = 0

    @property
    def specific(self) -> str:
        return SAID[self.language]["specific"]

    def fits(self, kind: Kind) -> bool:
        """Whether the kind is the letter for that story."""
        wanted = {
            Kind.THANK_YOU: "feedback" not in self.parts,
            Kind.FEEDBACK: self.invited and not {"feedback", "refused"} & set(self.parts),
            Kind.STAY_IN_TOUCH: self.invited and "feedback" not in self.parts,
            Kind.CONNECT_NOTE: self.invited and "feedback" not in self.parts,
            Kind.THANKS_FOR_FEEDBACK: "feedback" in self.parts,
            Kind.KEEP_IN_MIND: "kept" in self.parts,
        }
        return wanted[kind]


PLOTS = (
    (("no",), "A person answers the CV.", {}),
    (("talk", "no"), "After an interview, with thanks for the talk.", {"invited": True}),
    (("familiar",), "After an interview, on first-name terms.", {"invited": True}),
    (("final", "no"), "After the last round.", {"invited": True}),
    (("task", "no"), "After a task.", {"tasked": True}),
    (("no",), "The role has been filled; there had been an interview.", {"invited": True, "reason": Reason.FILLED}),
    (
        ("no",),
        "The role has been withdrawn; there had been an interview.",
        {"invited": True, "reason": Reason.CANCELLED},
    ),
    (("no",), "The role has been withdrawn before any talk.", {"reason": Reason.CANCELLED}),
    (("no", "again"), "The mail invites to apply again, after an interview.", {"invited": True}),
    (("no", "kept"), "They keep the papers; there had been an interview.", {"invited": True}),
    (("no", "kept"), "They keep the papers; nobody has talked yet.", {}),
    (("no", "refused"), "The mail says that they give no feedback.", {"invited": True}),
    (("no",), "A machine sent it; the letter goes to the person met earlier.", {"invited": True, "from_machine": True}),
    (("feedback",), "They have answered the request for feedback, after an interview.", {"invited": True}),
    (("rounds", "no"), "After more than one interview.", {"invited": True}),
)


def stories(language: str) -> Iterator[Story]:
    """Every plot at every company of a language."""
    number = 0
    for parts, told, fields in PLOTS:
        for company, domain, role, person in WORLD[language]:
            number += 1
            yield Story(language, company, domain, role, person, parts, told, number=number, **fields)


def mail(story: Story, name: str, received: datetime, body: str, address: str = "") -> Message:
    told = f"{story.language}{story.number}{name}"
    return Message(
        id=hashlib.blake2b(told.encode(), digest_size=8).hexdigest(),
        thread_id=f"{story.language}{story.number}",
        mailbox="stories",
        received=received,
        subject=f"{story.role}, {story.company}",
        sender=Contact(story.person, address or address_of(story)),
        to=(Contact("Robin Avery", SEEKER),),
        body=body,
    )


def address_of(story: Story) -> str:
    plain = unicodedata.normalize("NFKD", story.person.split()[0].lower())
    first = "".join(c for c in plain if c.isascii())
    return f"{first}.{story.number}@{story.domain}.example"


def case_of(story: Story) -> Case:
    said = SAID[story.language]
    body = "\n\n".join([*(said[part] for part in story.parts), f"{said['close']}\n{story.person}"])
    message = mail(story, "answer", NOW - timedelta(days=2), body)
    if story.from_machine:
        body = " ".join(said[part] for part in story.parts)
        message = replace(message, sender=Contact(story.company, f"no-reply@{story.domain}.example"), body=body)
    label = Label.OTHER_JOB if "feedback" in story.parts else Label.REJECTION
    row = judged(story, message, label)
    before = mail(story, "earlier", NOW - timedelta(days=20), "")
    rows = [judged(story, before, Label.INTERVIEW)] if story.invited else []
    rows += [judged(story, before, Label.ASSESSMENT)] if story.tasked else []
    return Case(row, message, [message], rows, SEEKER)


def judged(story: Story, message: Message, label: Label) -> Judged:
    return Judged(
        mailbox="stories",
        message_id=message.id,
        thread_id=message.thread_id,
        received=message.received,
        judged=NOW,
        label=label,
        score=1.0,
        band="auto",
        hold=False,
        language=story.language,
        reason=story.reason if label is Label.REJECTION else None,
        evidence=(),
        company=story.company,
        role=story.role,
        model="test",
        sender=message.sender,
        subject=message.subject,
    )
