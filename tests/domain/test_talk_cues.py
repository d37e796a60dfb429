"""Whether a mail thanks for a talk that has been, in seven languages; and whether for more than one."""

from __future__ import annotations

import pytest

from server.domain.letters.talk_cues import thanks_for_several, thanks_for_talk

THANKED = (
    "It was good to talk with you on Tuesday.",
    "Great speaking with you last week.",
    "We enjoyed our chat.",
    "I really enjoyed our chat about lighthouses.",
    "It was a pleasure to meet you.",
    "It was lovely to meet you and hear about your work.",
    "Good talking to you yesterday!",
    "Thank you for taking the time to interview with us.",
    "Thank you for your interest in Kelp and for taking the time to speak with our team.",
    "Thank you so much for coming in to meet the team.",
    "Thanks again for a great conversation.",
    "Thank you for interviewing with us for the Planner role.",
    "We appreciated the opportunity to meet with you.",
    "It was nice chatting with you.",
    "I'm glad we had the chance to talk.",
    "We appreciate the time you spent talking with our hiring team.",
    "Thank you for our call on Friday.",
    "It was a pleasure getting to know you over the last few weeks.",
    "I enjoyed meeting you and learning about your background.",
    "Thanks for the chat last Thursday.",
    "Thank you for applying and for interviewing with our team.",
    "Thank you for your application and the pleasant conversation.",
    "Thank you for our conversation about the ferry map on Tuesday.",
    "We would like to thank you for meeting with us.",
    "It was great to have met you.",
    "Es war schön, mit Ihnen zu sprechen; danke dafür.",
    "Wir haben uns gefreut, Sie kennenzulernen.",
    "Vielen Dank für das nette Telefonat.",
    "Vielen Dank für Ihre Bewerbung und das angenehme Gespräch.",
    "Danke, dass Sie sich die Zeit für ein Gespräch genommen haben.",
    "Das Gespräch mit Ihnen hat uns sehr gefallen.",
    "Merci pour notre échange de mardi.",
    "Merci d'avoir pris le temps d'échanger avec nous.",
    "Nous avons été ravis de vous rencontrer.",
    "C'était un plaisir de vous rencontrer.",
    "Gracias por la charla del martes.",
    "Fue un placer hablar contigo.",
    "Nos encantó conocerte.",
    "Gracias por tu interés y por la entrevista.",
    "Grazie per la bella chiacchierata.",
    "È stato un piacere parlare con Lei.",
    "Grazie per il tempo che ha dedicato al colloquio.",
    "Bedankt voor het leuke gesprek.",
    "Het was leuk om je te spreken.",
    "Fijn dat we elkaar hebben gesproken.",
    "Obrigado pela conversa de terça-feira.",
    "Foi um prazer conversar contigo.",
    "Foi um gosto conhecer-te.",
    "Thank you for speaking to Maria and me on Monday.",
    "It was really nice to meet you in person.",
    "We very much enjoyed speaking to you.",
    "Thank you for joining us for an interview last week.",
    "I enjoyed learning about your work when we met.",
    "Many thanks for coming to see us.",
    "Danke für den netten Austausch am Dienstag.",
    "Wir bedanken uns für das offene und sympathische Vorstellungsgespräch.",
    "Nous vous remercions pour le temps que vous nous avez accordé lors de notre entretien.",
    "Te agradecemos el tiempo que nos dedicaste en la entrevista.",
    "Ci ha fatto piacere incontrarti.",
    "Dank je wel voor je komst en het fijne gesprek.",
    "Gostámos muito de falar contigo.",
    "Ringraziamo per la disponibilità mostrata durante il colloquio.",
)
NOT_THANKED = (
    "Thanks for talking to our bot.",
    "Thank you for chatting with our virtual assistant Olivia.",
    "We look forward to speaking with you.",
    "It would be great to talk with you in the future.",
    "We'd be happy to meet you another time.",
    "Thank you for your interest in interviewing with us.",
    "Thank you for applying for our Call Centre Agent role.",
    "Thank you for your application to the Conversation Designer role.",
    "Good luck with your interviews elsewhere.",
    "Thank you for your interest in the Meeting Planner position.",
    "We hope it will be possible to meet you one day.",
    "Thank you for your patience while we were interviewing other candidates.",
    "You will not be invited to an interview.",
    "Thank you for your interest; unfortunately we cannot invite you to an interview.",
    "We are always happy to talk to good people.",
    "We are glad to speak with you about other roles.",
    "Thank you for applying. We received many good applications and will not be scheduling an interview.",
    "Thank you for requesting a call.",
    "Thank you for your application; the interview stage starts next week.",
    "Good news: we will meet again in spring.",
    "Vielen Dank für Ihr Interesse an einem Gespräch.",
    "Wir hätten Sie gern kennengelernt.",
    "Wir würden Sie gern kennenlernen.",
    "Wir freuen uns auf das Gespräch mit Ihnen.",
    "Vielen Dank für Ihre Bewerbung. Leider laden wir Sie nicht zum Gespräch ein.",
    "Vielen Dank für Ihre Bewerbung, wir können Sie jedoch nicht zu einem Gespräch einladen.",
    "Nous serions ravis de vous rencontrer une autre fois.",
    "Merci de votre intérêt pour un entretien.",
    "Merci de votre candidature, nous ne pouvons pas vous proposer d'entretien.",
    "Au plaisir de vous rencontrer un jour.",
    "Sería un placer hablar contigo más adelante.",
    "Gracias por tu interés en la entrevista.",
    "Gracias por su candidatura, pero no podemos ofrecerle una entrevista.",
    "Grazie per la candidatura; non possiamo invitarLa a un colloquio.",
    "Sarebbe un piacere conoscerLa in futuro.",
    "Bedankt voor je interesse in een gesprek.",
    "Het zou leuk zijn om je te ontmoeten.",
    "Obrigado pelo interesse na entrevista.",
    "Seria um prazer conhecer-te no futuro.",
    "Obrigado pela candidatura, mas não podemos convidá-lo para uma entrevista.",
    "Thank you for taking the time to apply; we'd love to chat if something else comes up.",
    "Thanks for your interest in our talks programme.",
    "We appreciate your interest in meeting our team.",
    "Thank you for your message about the meeting room.",
    "Thank you for getting in touch.",
    "We are pleased to invite you to talk with our recruiter.",
    "Danke für Ihre Anfrage; ein Gespräch ist derzeit nicht möglich.",
    "Merci d'avoir postulé au poste de chargé d'entretien.",
    "Gracias por postular a la vacante de agente de llamadas.",
    "Thank you for your enthusiasm for our mission, and we hope to meet you someday.",
    "Dank für Ihr Vertrauen; wir werden uns für ein Gespräch melden.",
    "Bedankt voor je bericht, we plannen graag een gesprek in.",
)
SEVERAL = (
    "Thank you for your three interviews.",
    "Thank you for our conversations.",
    "We appreciated the two rounds of interviews with you.",
    "Vielen Dank für die drei Gespräche.",
    "Danke für unsere Gespräche.",
    "Merci pour nos entretiens.",
    "Gracias por las dos entrevistas.",
    "Grazie per i due colloqui.",
    "Bedankt voor onze gesprekken.",
    "Obrigado pelas duas entrevistas.",
)
NOT_SEVERAL = (
    "Thank you for our conversation.",
    "Thank you for taking part in the interview; we held three interviews.",
    "We held several interviews this month.",
    "Thank you for your interest; we held three interviews.",
    "We thank you and have had three interviews with others.",
    "Danke für das Gespräch; wir führen noch zwei Gespräche.",
    "Merci pour notre entretien.",
    "Gracias por la entrevista.",
    "Grazie per il colloquio.",
    "Bedankt voor het gesprek.",
    "Obrigado pela entrevista.",
)


@pytest.mark.parametrize("text", THANKED)
def test_a_mail_that_thanks_for_a_talk_is_known(text):
    assert thanks_for_talk(f"Dear Robin,\n\n{text} We have chosen somebody else.")


@pytest.mark.parametrize("text", NOT_THANKED)
def test_a_talk_to_come_one_with_a_machine_and_one_in_a_title_are_none(text):
    assert not thanks_for_talk(f"Dear Robin,\n\n{text} We have chosen somebody else.")


@pytest.mark.parametrize("text", SEVERAL)
def test_thanks_for_several_talks_are_known(text):
    assert thanks_for_several(text)


@pytest.mark.parametrize("text", NOT_SEVERAL)
def test_one_talk_or_talks_with_others_are_not_several(text):
    assert not thanks_for_several(text)
