"""Decisive phrases and their guards, in wording of our own."""

import pytest

from nlp.rules import hold_hit, rejection_hit
from nlp.verdict import Reason

SAYS_NO = [
    "We have decided not to take your application any further.",
    "The board has resolved not to invite you to a second conversation.",
    "The position was offered to, and accepted by, another of our four finalists.",
    "After a long talk we decided to go ahead with another applicant.",
    "We will not be inviting you to interview.",
    "We won\u2019t be moving forward with your candidacy.",
    "I'm afraid you have not been shortlisted.",
    "Your application for the lab post was unsuccessful on this occasion.",
    "We are unable to offer you the position.",
    "We regret that we cannot offer you a place on the team.",
    "We've chosen someone else for the job.",
    "The panel has appointed an internal candidate.",
    "We're going to pass this time.",
    "You are no longer under consideration for this vacancy.",
    "You did not make the shortlist.",
    "Application status: not selected",
    "It's a no from us.",
    "We went with somebody who lives nearer.",
    "Another candidate has accepted the offer.",
    "We are not able to progress your application to the next stage.",
    "We chose to hire a different person, and it was close.",
    "Even though we enjoyed meeting you, we have selected another candidate.",
]
SAYS_NO_WITH_REASON = [
    ("The role has now been filled.", Reason.FILLED),
    ("This vacancy was filled internally last week.", Reason.FILLED),
    ("We have filled the post.", Reason.FILLED),
    ("The position has been cancelled.", Reason.CANCELLED),
    ("Head office decided to cancel the role.", Reason.CANCELLED),
]
SAYS_NOTHING = [
    # conditions and general rules
    "If you are not selected, we will tell you by Friday.",
    "Should you not be shortlisted, we keep your file for a year.",
    "We will let you know whether you have been unsuccessful.",
    "Candidates who are not selected will hear from us by post.",
    "Applicants that have not been shortlisted receive a short note.",
    "Only shortlisted candidates will be contacted.",
    "If the role has been filled by then, we will write to you.",
    "Once the position has been filled, the page goes offline.",
    "You can reapply in a year in case you were not successful.",
    # denials and open questions
    "The position has not yet been filled.",
    "This does not mean that you have been rejected.",
    "No decision has been made on whether we go with another candidate.",
    "Have you decided to go with another candidate?",
    # possibilities
    "We may decide to go with another candidate.",
    "They could still pick someone else.",
    # other people's stories
    "My sister was not selected and cried all evening.",
    "He was not shortlisted either.",
    "I was not selected for the team.",
    'The article says "we have decided to go with another candidate" is the sentence everybody dreads.',
    # good news in bad words
    "We can't wait to move forward with you!",
    "We decided to move forward with your application.",
    "Unfortunately I can't make Tuesday; does Wednesday suit you?",
    "We regret the delay and hope to see you on Monday.",
    "You have been selected for the next round.",
    "I am sorry for the late reply.",
    "Please don't hesitate to ask.",
    "The interview has been moved to another day.",
    "Your payment was not successful.",
    "The board decided not to charge you for the missed session.",
]


@pytest.mark.parametrize("sentence", SAYS_NO)
def test_a_decisive_sentence_is_found(sentence):
    hit = rejection_hit(sentence)
    assert hit is not None
    assert hit.strong


@pytest.mark.parametrize(("sentence", "reason"), SAYS_NO_WITH_REASON)
def test_a_taken_or_cancelled_role_gives_its_reason(sentence, reason):
    hit = rejection_hit(sentence)
    assert hit is not None
    assert hit.reason is reason


@pytest.mark.parametrize("sentence", SAYS_NOTHING)
def test_a_guard_silences_the_phrase(sentence):
    assert rejection_hit(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Hiring for this role is on hold until spring.",
        "Until the council has voted, every post is frozen.",
        "We have had to pause recruitment.",
        "There is a hiring freeze across the group.",
        "The vacancy has been put on ice for now.",
    ],
)
def test_a_paused_role_is_a_hold_and_no_rejection(sentence):
    assert hold_hit(sentence)
    assert rejection_hit(sentence) is None


@pytest.mark.parametrize(
    "sentence", ["If the search is paused, we will write.", "Please hold the line.", "Hold on to your badge."]
)
def test_other_uses_of_hold_are_none(sentence):
    assert not hold_hit(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Leider müssen wir Ihnen eine Absage erteilen.",
        "Wir haben uns für eine andere Bewerberin entschieden.",
        "Votre candidature n'a pas été retenue.",
        "Nous avons retenu un autre candidat.",
        "No has sido seleccionado para el puesto.",
        "El puesto ya ha sido cubierto.",
    ],
)
def test_plain_refusals_in_other_languages_are_found(sentence):
    assert rejection_hit(sentence) is not None


def test_an_empty_or_odd_sentence_is_no_hit():
    assert rejection_hit("") is None
    assert rejection_hit("\ud800???") is None
