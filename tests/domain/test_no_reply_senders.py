"""A hundred and more shapes of addresses that nobody reads: none gets a letter, by whatever way it is asked for."""

from __future__ import annotations

import pytest

from server.domain.letters import Case, Wish, suggest
from server.domain.model import Contact, Kind, Profile
from server.domain.people import is_no_reply
from server.domain.whom import choose
from tests.builders import ME, a_judged, a_message
from tests.wordings import LETTERS, WORDINGS

# As they stand in users' public issues and in the documentation of hiring systems, with invented firms.
SHAPES = """
    noreply@brightwater.example no-reply@brightwater.example no_reply@brightwater.example no.reply@brightwater.example
    NoReply@brightwater.example NOREPLY@BRIGHTWATER.EXAMPLE noreply1@brightwater.example noreply-2@brightwater.example
    no-reply@us.greenhouse-mail.io no-reply@eu.greenhouse-mail.io no-reply@greenhouse.io no-reply@hire.lever.co
    no-reply@ashbyhq.com noreply@ashbyhq.com no-reply@applytojob.com noreply@candidates.workablemail.com
    noreply@workablemail.com no-reply@teamtailor-mail.com no-reply@brightwater.teamtailor-mail.com
    noreply@smartrecruiters.com notification@smartrecruiters.com notifications@smartrecruiters.com
    brightwater@myworkday.com hr@myworkday.com otp@myworkday.com brightwater@myworkdaysite.com
    noreply@icims.com brightwater+autoreply@talent.icims.com donotreply@taleo.net noreply@invalidemail.taleo.net
    brightwater.no-reply@workflow.email.eu-frankfurt-1.ocs.oraclecloud.com system@successfactors.com
    system@successfactors.eu no-reply@personio.de noreply@recruitee.com no-reply@breezy.hr
    no-reply@jobvite.com notifications@app.bamboohr.com noreply@softgarden.io no-reply@pinpointhq.com
    jobs-noreply@linkedin.com messages-noreply@linkedin.com jobalerts-noreply@linkedin.com noreply@indeed.com
    no-reply@indeed.com donotreply@indeed.com alert@indeed.com no-reply@indeedemail.com noreply@glassdoor.com
    no-reply@stepstone.de alerts@ziprecruiter.com no-reply@xing.com noreply@avature.net
    careers-noreply@brightwater.example careers.noreply@brightwater.example careersnoreply@brightwater.example
    recruiting-no-reply@brightwater.example recruitment.no-reply@brightwater.example hr-noreply@brightwater.example
    hrnoreply@brightwater.example talent-noreply@brightwater.example talent.donotreply@brightwater.example
    jobsnoreply@brightwater.example workday.noreply@brightwater.example workday-noreply@brightwater.example
    noreply-careers@brightwater.example noreply.hr@brightwater.example noreplycareers@brightwater.example
    no-reply-hiring@brightwater.example no-reply+a8f3c1@brightwater.example
    noreply+kim=seeker.example@brightwater.example
    do-not-reply@brightwater.example do_not_reply@brightwater.example do.not.reply@brightwater.example
    DoNotReply@brightwater.example please-do-not-reply@brightwater.example donotreply-hr@brightwater.example
    dontreply@brightwater.example don't-reply@brightwater.example do-not-respond@brightwater.example
    donotrespond@brightwater.example never-reply@brightwater.example cannot-reply@brightwater.example
    no-response@brightwater.example no-answer@brightwater.example no-replies@brightwater.example
    notification@brightwater.example notifications@brightwater.example notify@brightwater.example
    application-notifications@brightwater.example notifications+4711@brightwater.example alerts@brightwater.example
    automated@brightwater.example auto-confirm@brightwater.example automailer@brightwater.example
    autoresponder@brightwater.example auto-reply@brightwater.example autoreply-jobs@brightwater.example
    mailer-daemon@brightwater.example MAILER-DAEMON@mail.brightwater.example postmaster@brightwater.example
    bounce@brightwater.example bounces@em.brightwater.example bounce+41-kim=seeker.example@brightwater.example
    bounces-127-kim@brightwater.example bounce-mc.us4_11@mail.brightwater.example jobs@bounce.brightwater.example
    unmonitored@brightwater.example hr-unmonitored@brightwater.example unattended.mailbox@brightwater.example
    unsubscribe@brightwater.example nobody@brightwater.example robot@brightwater.example devnull@brightwater.example
    send-only@brightwater.example system@brightwater.example system-noreply@brightwater.example
    jobs@noreply.brightwater.example careers@no-reply.brightwater.example hr@donotreply.brightwater.example
    nepasrepondre@brightwater.example ne-pas-repondre@brightwater.example ne_pas_répondre@brightwater.example
    nicht-antworten@brightwater.example keine-antwort@brightwater.example bitte-nicht-antworten@brightwater.example
    bewerbung-noreply@brightwater.example noresponder@brightwater.example no-responder@brightwater.example
    no.contestar@brightwater.example nao-responda@brightwater.example não-responder@brightwater.example
    naoresponda@brightwater.example non-rispondere@brightwater.example nonrispondere@brightwater.example
    niet-beantwoorden@brightwater.example geen-antwoord@brightwater.example svara-ej@brightwater.example
    svarikke@brightwater.example ikke-svar@brightwater.example alavastaa@brightwater.example
    nieodpowiadaj@brightwater.example neodpovidat@brightwater.example careers@brightwater.invalid
""".split()

# Addresses with the same letters in them, that people read.
READ = """
    nora.reply@brightwater.example monoreply@casino.example casinoreply@brightwater.example
    ada.noreen@brightwater.example donna.treply@brightwater.example systems.engineering@brightwater.example
    botho.alert@brightwater.example
    auto.motive@brightwater.example automation@brightwater.example returnships@brightwater.example
    bouncer@club.example nullmeyer@brightwater.example voidt@brightwater.example outgoings@brightwater.example
    reply+8f3@brightwater.example mail@hire.lever.co ada@brightwater.teamtailor-mail.com hello@ashbyhq.com
    jobs@brightwater.example careers@brightwater.example hr@bouncehouse.example notifya@brightwater.example
    robert.null@brightwater.example ada.robot@brightwater.example svara@brightwater.example keine@brightwater.example
    autohaus@brightwater.example automaten@brightwater.example o'neill@brightwater.example ada+hr@brightwater.example
""".split()


def test_there_are_a_hundred() -> None:
    assert len(set(SHAPES)) >= 100


@pytest.mark.parametrize("address", SHAPES)
def test_nobody_reads_it_and_no_letter_is_offered(address: str) -> None:
    assert is_no_reply(address)
    for sender in (Contact("", address), Contact("Ada Lee", address), Contact("Brightwater Careers", address)):
        message = a_message(sender=sender, reply_to=(sender,))
        case = Case(a_judged(sender=sender), message, [message], [], ME.address)
        for kind in LETTERS:
            for to in ("", address) if address.isascii() else ("",):
                offer = suggest(case, kind, WORDINGS, Profile("Kim Doyle", ME.address), Wish(to=to))
                assert (offer.allowed, offer.one_click, offer.to) == (False, False, "")
                assert offer.why


@pytest.mark.parametrize("address", SHAPES)
def test_a_reply_to_that_nobody_reads_is_never_chosen(address: str) -> None:
    chosen = choose(a_message(reply_to=(Contact("", address),)), (), (), ME.address).addressee
    assert chosen is not None
    assert chosen.contact.address == "ada.lee@brightwater.example"


@pytest.mark.parametrize("address", READ)
def test_a_like_address_is_still_somebodys(address: str) -> None:
    assert not is_no_reply(address)


def test_instead_the_person_met_earlier_is_offered_and_the_reason_said_when_there_is_none() -> None:
    robot = Contact("Brightwater", "no-reply@brightwater.example")
    met = a_judged(message_id="9", received=a_judged().received.replace(day=1), label="interview")
    message = a_message(sender=robot, body="We chose another person.")
    case = Case(a_judged(sender=robot), message, [message], [met], ME.address)
    offer = suggest(case, Kind.THANK_YOU, WORDINGS, Profile("Kim Doyle", ME.address))
    assert (offer.to, offer.one_click) == ("ada.lee@brightwater.example", True)
    alone = suggest(
        Case(a_judged(sender=robot), message, [message], [], ME.address), Kind.THANK_YOU, WORDINGS, Profile()
    )
    assert "nothing to send" in alone.why
