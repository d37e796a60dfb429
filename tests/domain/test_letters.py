"""From a rejection and what led to it, to the letter: to whom, about what, or why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from nlp.verdict import Label, Reason
from server.domain.letters import Case, Wish, cues, suggest
from server.domain.model import Contact, Judged, Kind, Message, Profile, Tone
from server.domain.people import is_no_reply, person_name, signed_name
from server.domain.unread import says_unread
from tests.wordings import WORDINGS

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
ME = "robin@example.com"
ADA = Contact("Ada Lee", "ada.lee@kelp.example")
ROBOT = Contact("Kelp Recruiting", "no-reply@hire.lever.co")


def message(sender: Contact = ADA, body: str = "We chose somebody else.", **fields) -> Message:
    fields = {"id": "aa00000001", "thread_id": "t1", "received": NOW, "subject": "Your application", **fields}
    return Message(mailbox="m", sender=sender, to=(Contact("Robin Avery", ME),), body=body, **fields)


def row(of: Message, label: str = Label.REJECTION, **fields) -> Judged:
    fields = {"company": "Kelp", "role": "Planner", "reason": Reason.PASSED, "language": "en", **fields}
    return Judged(
        mailbox="m",
        message_id=of.id,
        thread_id=of.thread_id,
        received=of.received,
        judged=NOW,
        label=label,
        score=1.0,
        band="auto",
        hold=False,
        evidence=(),
        model="test",
        sender=of.sender,
        subject=of.subject,
        **fields,
    )


def earlier(sender: Contact, subject: str = "A talk?", label: str = Label.INTERVIEW, **fields) -> Judged:
    of = message(sender, id="aa00000000", thread_id="t0", received=NOW - timedelta(days=9), subject=subject)
    return row(of, label, **fields)


def offer(
    rejection: Message, kind: Kind = Kind.THANK_YOU, *, before=(), thread=(), judged=None, now=None, written=(), **asked
):
    case = Case(judged or row(rejection), rejection, [*thread, rejection], before, ME, frozenset(written))
    return suggest(case, kind, WORDINGS, Profile("Robin Avery", ME), Wish(**asked), now=now)


def test_a_letter_goes_to_the_person_who_wrote():
    letter = offer(message())
    assert (letter.allowed, letter.to, letter.subject) == (True, "ada.lee@kelp.example", "Re: Your application")
    assert letter.body.startswith("Dear Ada,")
    assert letter.body.endswith("Robin Avery")
    assert letter.one_click


def test_a_mail_that_nobody_reads_answers_to_gets_none_and_says_why():
    letter = offer(message(ROBOT))
    assert (letter.allowed, letter.to, letter.body, letter.one_click) == (False, "", "", False)
    assert "nobody reads" in letter.why


@pytest.mark.parametrize(
    "words",
    [
        "This mailbox cannot receive mail.",
        "Please do not reply to this email.",
        "This is not a monitored account.",
        "Messages to this address are not read by anyone.",
        "This mailbox is used for outgoing notices only.",
        "Auf diese Nachricht kann nicht geantwortet werden.",
        "Merci de ne pas répondre à ce message.",
        "Por favor, no responda a este correo.",
        "Por favor, não responda a este e-mail.",
        "Si prega di non rispondere a questa email.",
        "Deze mail wordt automatisch verstuurd; u kunt niet op deze mail antwoorden.",
    ],
)
def test_a_mail_that_says_so_is_not_answered_at_its_sender(words):
    assert says_unread(words)
    sender = Contact("Kelp Human Resources", "hr@kelp.example")
    assert not offer(message(sender, f"No, sorry.\n\n{words}")).allowed


@pytest.mark.parametrize(
    "words",
    [
        "We did not read your file.",
        "Do reply to this email.",
        "Do not hesitate to reply to this.",
        "Your CV was not read.",
    ],
)
def test_other_words_on_reading_stop_no_letter(words):
    assert not says_unread(words)


def test_instead_of_a_machine_the_person_met_earlier_is_written_to():
    letter = offer(message(ROBOT), before=[earlier(ADA)])
    assert letter.to == "ada.lee@kelp.example"
    assert letter.subject == "Re: A talk?"
    assert "Dear Ada," in letter.body


def test_a_person_in_the_thread_comes_before_one_elsewhere():
    bo = message(Contact("Bo Hart", "bo@kelp.example"), id="aa00000009", received=NOW - timedelta(days=30))
    letter = offer(message(ROBOT), before=[earlier(ADA)], thread=[bo])
    assert (letter.to, letter.subject) == ("bo@kelp.example", "Re: Your application")


def test_who_wrote_only_afterwards_or_about_no_application_was_not_met():
    later = message(ADA, id="aa00000005", received=NOW + timedelta(days=1))
    assert not offer(message(ROBOT), thread=[later]).allowed
    assert not offer(message(ROBOT), before=[earlier(ADA, label=Label.NOT_JOB)]).allowed


def test_a_reply_to_of_a_person_is_used_and_named():
    team = Contact("Kelp Recruitment", "jobs@kelp.example")
    letter = offer(message(team, reply_to=(ADA,)))
    assert (letter.to, letter.advice) == ("ada.lee@kelp.example", "")
    assert letter.body.startswith("Dear Ada,")


def test_a_reply_to_on_another_domain_is_pointed_out():
    letter = offer(message(reply_to=(Contact("Ada Lee", "ada@elsewhere.example"),)))
    assert "elsewhere.example" in letter.advice
    assert not letter.one_click


@pytest.mark.parametrize("fields", [{"labels": frozenset({"SPAM"})}, {"dmarc": "fail"}])
def test_a_doubtful_sender_is_pointed_out_also_when_the_seeker_names_them(fields):
    for asked in ({}, {"to": "ada.lee@kelp.example"}):
        letter = offer(message(**fields), **asked)
        assert "Look twice" in letter.advice
        assert not letter.one_click


def test_the_seeker_may_name_somebody():
    letter = offer(message(), before=[earlier(Contact("Bo Hart", "bo@kelp.example"))], to="Bo@kelp.example")
    assert letter.to == "bo@kelp.example"
    assert letter.body.startswith("Dear Bo,")


def test_the_seeker_cannot_name_an_address_that_nobody_reads():
    letter = offer(message(), to="no-reply@kelp.example")
    assert (letter.allowed, letter.to) == (False, "")
    assert "no-reply@kelp.example" in letter.why


def test_a_form_mail_needs_no_answer():
    letter = offer(message(Contact("Kelp Talent Team", "talent@kelp.example")))
    assert letter.allowed
    assert "form mail" in letter.advice
    assert not letter.one_click


def test_feedback_before_any_talk_is_advised_against():
    letter = offer(message(), Kind.FEEDBACK)
    assert letter.allowed
    assert "not spoken" in letter.advice
    assert offer(message(), Kind.FEEDBACK, before=[earlier(ADA)]).one_click


@pytest.mark.parametrize(
    "words",
    [
        "We are unable to give feedback.",
        "The University does not give feedback at this stage.",
        "Because of the numbers we cannot enter into correspondence about individual scores.",
        "Leider können wir kein individuelles Feedback geben.",
        "No podemos ofrecer comentarios individuales.",
    ],
)
def test_feedback_refused_in_the_mail_is_said(words):
    letter = offer(message(body=f"No, sorry. {words}"), Kind.FEEDBACK, before=[earlier(ADA)])
    assert "give no feedback" in letter.advice


@pytest.mark.parametrize(
    "words", ["We can't offer you the role but I am happy to give feedback.", "Do not hesitate to ask for feedback."]
)
def test_feedback_offered_in_the_mail_is_not_taken_for_refused(words):
    assert offer(message(body=words), Kind.FEEDBACK, before=[earlier(ADA)]).advice == ""


def test_feedback_on_a_role_that_is_gone_is_advised_against():
    rejection = message()
    judged = row(rejection, reason=Reason.CANCELLED)
    assert "withdrawn" in offer(rejection, Kind.FEEDBACK, judged=judged, before=[earlier(ADA)]).advice


@pytest.mark.parametrize(
    ("words", "talked"),
    [
        ("Thank you for meeting us on Tuesday.", True),
        ("Vielen Dank für das angenehme Gespräch.", True),
        ("Merci encore pour l'entretien de mardi.", True),
        ("Thank you for applying. You will not be invited to interview.", False),
        ("Thank you for your interest, but we will not be inviting you to interview.", False),
    ],
)
def test_thanks_for_a_talk_count_as_a_talk_and_thanks_for_interest_do_not(words, talked):
    assert bool(offer(message(body=words), Kind.FEEDBACK).one_click) == talked


def test_feedback_is_asked_for_once():
    letter = offer(message(), Kind.FEEDBACK, before=[earlier(ADA)], written=[Kind.THANK_YOU])
    assert letter.one_click
    again = offer(message(), Kind.FEEDBACK, before=[earlier(ADA)], written=[Kind.FEEDBACK])
    assert again.allowed
    assert "asked them once already" in again.advice


def test_in_the_first_hour_a_letter_may_wait():
    soon = offer(message(), before=[earlier(ADA)], now=NOW + timedelta(minutes=59))
    assert "within the last hour" in soon.advice
    assert not soon.one_click
    assert offer(message(), before=[earlier(ADA)], now=NOW + timedelta(minutes=61)).one_click
    assert offer(message(), before=[earlier(ADA)], now=NOW - timedelta(minutes=5)).one_click  # a clock that is behind


def test_a_check_in_comes_after_four_weeks_and_needs_a_contact():
    soon = offer(message(), Kind.STAY_IN_TOUCH, before=[earlier(ADA)], now=NOW + timedelta(days=27))
    assert "for later" in soon.advice
    later = offer(message(), Kind.STAY_IN_TOUCH, before=[earlier(ADA)], now=NOW + timedelta(days=29))
    assert later.one_click
    assert "no contact to keep up" in offer(message(), Kind.STAY_IN_TOUCH).advice


def test_a_note_to_connect_goes_to_no_address_and_has_the_search_for_the_profile():
    note = offer(message(), Kind.CONNECT_NOTE, before=[earlier(ADA)])
    assert (note.allowed, note.to, note.subject, note.one_click) == (True, "", "", False)
    assert note.advice == ""
    assert len(note.body) <= 200
    assert note.link == "https://www.linkedin.com/search/results/people/?keywords=Ada%20Lee%20Kelp"
    assert offer(message()).link == ""


def test_whom_a_note_to_connect_is_for_is_not_among_the_others():
    before = [earlier(ADA), earlier(Contact("Bo Hart", "bo.hart@kelp.example"))]
    note = offer(message(), Kind.CONNECT_NOTE, before=before)
    assert note.body.startswith("Hello Ada,")
    assert [one.name for one in note.people] == ["Bo Hart"]


def test_a_note_to_connect_needs_a_name_but_no_address():
    robot = message(ROBOT, "It is a no.\n\nKind regards,\nBo Hart\nPeople team")
    note = offer(robot, Kind.CONNECT_NOTE)
    assert note.allowed
    assert note.body.startswith("Hello Bo,")
    assert "not been in touch" in note.advice
    nobody = offer(message(Contact("Kelp Talent Team", "talent@kelp.example")), Kind.CONNECT_NOTE)
    assert not nobody.allowed
    assert "No person's name" in nobody.why


def test_with_premium_a_note_has_room_for_the_seeker_s_own_line():
    own = "Your question about who looks after the lighthouse at night has been with me ever since we spoke of it."
    assert own in offer(message(), Kind.CONNECT_NOTE, before=[earlier(ADA)], specific=own, premium=True).body
    assert own not in offer(message(), Kind.CONNECT_NOTE, before=[earlier(ADA)], specific=own).body


def test_thanks_for_feedback_belong_to_a_mail_that_holds_some():
    words = "You asked for feedback: a sharper example at the start would have helped."
    answer = message(body=words)
    letter = offer(answer, Kind.THANKS_FOR_FEEDBACK, judged=row(answer, Label.OTHER_JOB), before=[earlier(ADA)])
    assert letter.advice == ""
    assert "No feedback" in offer(message(), Kind.THANKS_FOR_FEEDBACK, before=[earlier(ADA)]).advice


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("We will keep your details on file.", True),
        ("Please don't hesitate; we'd like to keep you in mind.", True),
        ("Wir nehmen Sie gern in unseren Talentpool auf.", True),
        ("Nous allons conserver votre CV dans notre vivier.", True),
        ("We do not keep details on file.", False),
        ("Keep well.", False),
    ],
)
def test_a_promise_to_keep_the_seeker_in_mind_is_read(words, kept):
    letter = offer(message(body=words), Kind.KEEP_IN_MIND)
    assert (letter.advice == "") == kept
    assert cues.keeps_in_mind(words) == kept


@pytest.mark.parametrize(
    ("words", "invited"),
    [
        ("We hope you will apply again.", True),
        ("Please do not hesitate to apply for other roles.", True),
        ("Bewerben Sie sich gern erneut bei uns.", True),
        ("N'hésitez pas à postuler à nouveau.", True),
        ("We were glad that you chose to apply.", False),
        ("You cannot apply again this year.", False),
    ],
)
def test_an_invitation_to_apply_again_is_read(words, invited):
    assert cues.encourages(words) == invited


@pytest.mark.parametrize(
    ("words", "language", "topic"),
    [
        ("Thank you for our conversation about the ferry map.", "en", "about the ferry map"),
        ("I enjoyed talking to you about the night trains and hope ...", "en", "about the night trains"),
        ("Thank you for our conversation about the role.", "en", ""),
        ("I'd like to talk about the ferry map.", "en", ""),
        ("Danke für das Gespräch über die neue Fährkarte.", "de", "über die neue Fährkarte"),
        ("Merci pour notre échange sur la carte des bacs.", "fr", "sur la carte des bacs"),
        ("Grazie per la conversazione sulla mappa dei traghetti.", "it", "sulla mappa dei traghetti"),
        ("Bedankt voor het gesprek over de veerkaart van dinsdag.", "nl", "over de veerkaart"),
        ("Gracias por la conversación sobre el mapa de las barcas del martes.", "es", "sobre el mapa de las barcas"),
        ("Grazie per la conversazione sulla mappa dei traghetti di martedì.", "it", "sulla mappa dei traghetti"),
        ("Obrigado pela conversa sobre o mapa das barcas na terça-feira.", "pt", "sobre o mapa das barcas"),
        ("Thank you for our conversation about the ferry map yesterday.", "en", "about the ferry map"),
        ("Thank you for our conversation about the ferry map.", "de", ""),
    ],
)
def test_what_a_talk_was_about_is_taken_from_the_mail_in_its_own_words(words, language, topic):
    assert cues.topic(words, language) == topic


def test_a_topic_stands_in_the_letter_to_those_who_spoke_of_it():
    letter = offer(message(body="Thank you for our conversation about the ferry map. We chose another."))
    assert "conversation about the ferry map" in letter.body


@pytest.mark.parametrize(
    ("words", "language", "close"),
    [
        ("Wir haben uns gegen dich entschieden.", "de", True),
        ("Wir danken Ihnen. Du bist gemeint?", "de", False),
        ("Wir haben uns anders entschieden.", "de", False),
        ("No vamos a seguir adelante contigo.", "es", True),
        ("Le agradecemos a usted su interés; te lo decimos.", "es", False),
        ("Merci à toi.", "fr", True),
        ("Merci à vous.", "fr", False),
        ("Ti ringraziamo.", "it", True),
        ("La posizione è chiusa. Ti ringraziamo.", "it", True),
        ("We gaan niet met je verder.", "nl", True),
        ("Wij danken u.", "nl", False),
        ("Agradecemos-te.", "pt", True),
        ("Agradecemos a você; te escrevemos.", "pt", False),
        ("Thank you.", "en", False),
    ],
)
def test_the_form_of_address_is_the_mail_s(words, language, close):
    assert cues.familiar(words, language) == close
    for tone, expected in ((Tone.WARM, close), (Tone.FORMAL, False)):
        differing = False
        for id_ in (f"aa0000000{digit}" for digit in range(1, 6)):  # a letter may happen to address nobody
            rejection = message(body=words, id=id_)
            letter = offer(rejection, judged=row(rejection, language=language), tone=tone)
            both = offer(message(body="-", id=id_), judged=row(rejection, language=language), tone=tone)
            differing |= letter.body != both.body
        assert differing == expected


def test_words_that_went_to_another_company_are_not_used_again():
    first = offer(message())
    second = offer(message(), unlike=[first.body])
    third = offer(message(), unlike=[first.body, second.body])
    assert len({first.body, second.body, third.body}) == 3


def test_two_people_of_one_company_get_two_letters():
    both = [earlier(ADA), earlier(Contact("Bo Hart", "bo@kelp.example"))]
    one, other = (offer(message(ROBOT), before=both, to=to) for to in ("ada.lee@kelp.example", "bo@kelp.example"))
    assert not set(one.body.split("\n\n")[1:-1]) & set(other.body.split("\n\n")[1:-1])


def test_the_last_round_and_a_task_are_known_from_the_mail():
    final = offer(message(body="You were one of our two finalists."), before=[earlier(ADA)])
    assert "last round" in final.body
    tasked = [earlier(ADA, label=Label.ASSESSMENT)]
    assert "task" in offer(message(body="Thank you for the exercise you handed in."), before=tasked).body
    assert "task" not in offer(message(body="You did not complete the test."), before=tasked).body
    assert "task" not in offer(message(body="Thank you."), before=tasked).body


@pytest.mark.parametrize(
    ("invitation", "words", "told"),
    [
        ("Introductory call on Monday", "Thank you for the call.", "call"),
        ("Your interview on Monday", "Thank you for the call.", "interview"),
        ("Quick call?", "Thank you for the interview.", "interview"),
    ],
)
def test_one_call_is_called_a_call_and_no_interview(invitation, words, told):
    for tone in Tone:
        letter = offer(message(body=words), Kind.CONNECT_NOTE, before=[earlier(ADA, invitation)], tone=tone)
        assert ("interview" in letter.body) <= (told == "interview")
        facts = Case(row(message(body=words)), message(body=words), [], [earlier(ADA, invitation)], ME)
        assert (facts.called, facts.interviewed) == (told == "call", True)


def test_an_offer_that_was_on_the_table_is_remembered():
    assert "offer" in offer(message(), before=[earlier(ADA, label=Label.OFFER)]).body
    assert "offer" not in offer(message(), before=[earlier(ADA)]).body


def test_a_letter_speaks_the_language_of_the_mail_unless_another_is_asked_for():
    rejection = message()
    german = row(rejection, language="de")
    assert offer(rejection, judged=german).body.startswith("Guten Tag Ada Lee,")
    assert offer(rejection, judged=german, language="fr").body.startswith("Bonjour Ada,")
    assert offer(rejection, judged=replace(german, language="fi")).language == "en"


def test_what_only_an_advertisement_says_stays_out_of_the_letter():
    rejection = message()
    letter = offer(rejection, judged=row(rejection, role="Planner (m/w/d)", company="Kelp GmbH"), tone=Tone.FORMAL)
    assert "m/w/d" not in letter.body
    assert "GmbH" not in letter.body
    assert "Planner" in letter.body
    endless = offer(rejection, judged=row(rejection, role="a " * 30)).body
    assert "a a a" not in endless


@pytest.mark.parametrize(
    ("contact", "name"),
    [
        (Contact("Lee, Ada", "x@kelp.example"), "Ada Lee"),
        (Contact("Ada Lee (she/her)", "x@kelp.example"), "Ada Lee"),
        (Contact("Ada Lee - Kelp Games", "ada@kelp.example"), "Ada Lee"),
        (Contact("Dr. Ada von Berg", "x@kelp.example"), "Ada von Berg"),
        (Contact("Ada Kelp", "ada@kelp.example"), "Ada Kelp"),
        (Contact("Rookery Chess", "hello@rookery-chess.example"), ""),
        (Contact("Kelp Talent Team", "talent@kelp.example"), ""),
        (Contact("Kelp", "jobs@kelp.example"), ""),
    ],
)
def test_a_display_name_is_a_person_s_or_nobody_s(contact, name):
    assert person_name(contact) == name


def test_a_company_s_own_name_is_no_person_s():
    assert person_name(Contact("Grangemuir Foods", "news@relay.example"), "Grangemuir Foods") == ""


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("It is a no.\n\nKind regards,\nAda Lee\nHead of People", "Ada Lee"),
        ("Leider nein.\n\nMit freundlichen Grüßen\n\nSabine Keller\nPersonalabteilung", "Sabine Keller"),
        ("Hi Robin,\n\nIt is a no.\n\nKind regards,\nThe Team", ""),
        ("Dear Robin\n\nIt is a no.\n\nHuman Resources", ""),
        ("Ahoy Robin,\n\nIt is a no.\n\nBest Wishes", ""),
    ],
)
def test_a_signature_counts_only_below_a_closing_formula(body, name):
    assert signed_name(message(Contact("Kelp Jobs", "jobs@kelp.example"), body)) == name


@pytest.mark.parametrize(
    "address",
    ["noreply@a.example", "do-not-reply@a.example", "a+autoreply@talent.icims.com", "kelp@myworkday.com", "", "nobody"],
)
def test_addresses_that_nobody_reads_are_known(address):
    assert is_no_reply(address)


@pytest.mark.parametrize("address", ["norah.reply@a.example", "ada@a.example", "jobs@a.example", "notary@a.example"])
def test_addresses_that_somebody_reads_are_not_mistaken(address):
    assert not is_no_reply(address)
