"""Who is behind an address: a machine that reads nothing, a team, or a person."""

from __future__ import annotations

import pytest

from server.domain.model import Contact
from server.domain.people import (
    first_name,
    is_name_of,
    is_no_reply,
    last_name,
    own_name,
    person_name,
    same_person,
    signed_name,
)
from tests.builders import a_message

NO_REPLY = """
    noreply no-reply no_reply no.reply NoReply NOREPLY noreply1 no-reply-1 noreply+abc123 no-reply+c-77
    noreply-jobs jobs-noreply jobs.noreply jobs_noreply careers-no-reply careers.no-reply hr-noreply
    recruiting-noreply talent-noreply workday.noreply mail-noreply system-noreply brightwater-no-reply
    noreply.hr no-replies noreplies donotreply do-not-reply do_not_reply do.not.reply DoNotReply donotreply+1
    please-do-not-reply hr.donotreply dont-reply dontreply do-no-reply not-reply never-reply no-respond
    donotrespond do-not-respond no-response noresponse no-answer nepasrepondre ne-pas-repondre ne_pas_repondre
    nichtantworten nicht-antworten keine-antwort keineantwort noresponder no-responder nao-responda
    naoresponda nao_responder non-rispondere nonrispondere niet-beantwoorden mailer-daemon MAILER-DAEMON
    postmaster bounce bounces bounce+4711 bounces-12-kim notification notifications notifications+x notify
    alert alerts jobalerts automated auto-reply autoreply unsubscribe robot unmonitored nobody
""".split()

ANSWERABLE = """
    ada ada.lee a.lee ada_lee ada-lee ada+jobs norma norma.reply nora.replyton nora noreen.lee noah no noe.lee
    donot.lee donota.reid arno.lee arno.reply bruno-lee mono.reply casino.replies notary notker.alert neil.notley nott
    careers jobs hr talent recruiting recruitment people hello info contact team office apply bewerbung bewerbungen
    candidatures empleo lavoro vacatures reply reply+token reply-4f3a2c1b replies kim.bounceley alertson alerte.lee
    robotics robotham systems.engineering notifee posty.master dontae.lee neverson antwort
""".split()


def test_the_lists_are_long_enough_to_mean_something() -> None:
    assert len(set(NO_REPLY)) >= 60
    assert len(set(ANSWERABLE)) >= 40


@pytest.mark.parametrize("local", NO_REPLY)
def test_nobody_reads(local: str) -> None:
    assert is_no_reply(f"{local}@brightwater.example")


@pytest.mark.parametrize("local", ANSWERABLE)
def test_somebody_reads(local: str) -> None:
    assert not is_no_reply(f"{local}@brightwater.example")


@pytest.mark.parametrize("address", ["", "@", "ada", "ada@", "@brightwater.example"])
def test_a_broken_address_reaches_nobody(address: str) -> None:
    assert is_no_reply(address)


@pytest.mark.parametrize(
    "host", ["no-reply.brightwater.example", "noreply.brightwater.example", "mail.donotreply.example"]
)
def test_a_host_that_says_it_takes_no_answers_reaches_nobody(host: str) -> None:
    assert is_no_reply(f"jobs@{host}")


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("Ada Lee", "Ada Lee"),
        ("Lee, Ada", "Ada Lee"),
        ("Dr. Ada Lee", "Ada Lee"),
        ("Ada Lee (she/her)", "Ada Lee"),
        ("Ada Lee | Brightwater", "Ada Lee"),
        ("Ada Lee at Harbour", "Ada Lee"),
        ("Zoë Nørgård", "Zoë Nørgård"),
        ("Anna von Berg", "Anna von Berg"),
        ("Ada O'Neill-Lee", "Ada O'Neill-Lee"),
        ("Brightwater Careers", ""),
        ("Talent Team", ""),
        ("Human Resources", ""),
        ("ada.lee@brightwater.example", ""),
        ("Ada", ""),
        ("", ""),
        ("no-reply", ""),
        ("42 Lee", ""),
    ],
)
def test_a_persons_name_is_told_from_a_teams(shown: str, name: str) -> None:
    assert person_name(Contact(shown, "someone@firm.example")) == name


def test_the_name_that_closes_the_letter_stands_in_for_a_team_name() -> None:
    message = a_message(sender=Contact("Brightwater Careers", "jobs@brightwater.example"))
    assert signed_name(message) == "Ada Lee"


def test_a_letter_that_nobody_signed_has_no_name() -> None:
    message = a_message(sender=Contact("", "jobs@brightwater.example"), body="We chose another.\n\nThe team")
    assert signed_name(message) == ""


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("Ada Lee", "Ada", "Lee"), ("A. Lee", "", "Lee"), ("Anna von Berg", "Anna", "von Berg"), ("", "", "")],
)
def test_names_are_greeted_by_their_parts(name: str, first: str, last: str) -> None:
    assert (first_name(name), last_name(name)) == (first, last)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ada@firm.example", "ADA@Firm.Example", True),
        ("ada+jobs@firm.example", "ada@firm.example", True),
        ("ada@firm.example", "ada@other.example", False),
        ("ada@firm.example", "adam@firm.example", False),
        ("", "", False),
    ],
)
def test_a_mailbox_is_the_same_whatever_its_case_and_tag(one: str, other: str, *, same: bool) -> None:
    assert same_person(one, other) is same


@pytest.mark.parametrize("account", ["ada", "ada.lee", "a.lee", "alee", "lee.ada", "adal", "ada+jobs"])
def test_a_name_that_the_address_is_made_of_is_a_persons_own(account: str) -> None:
    assert own_name(Contact("Ada Lee", f"{account}@brightwater.example")) == "Ada Lee"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Brightwater Payroll", "payroll@brightwater.example"),
        ("Grangemuir Foods", "grangemuir@myworkday.com"),
        ("Links Almanac", "almanac@leithlinks.example"),
        ("Museum Office", "office@kerrmuseum.example"),
    ],
)
def test_a_departments_name_is_nobodys_own(name: str, address: str) -> None:
    assert own_name(Contact(name, address)) == ""


def test_a_part_of_a_persons_name_is_theirs_and_a_name_with_more_is_not() -> None:
    people = [Contact("Ada Lee", "ada@brightwater.example")]
    assert is_name_of("Lee", people)
    assert is_name_of("Ada Lee", people)
    assert not is_name_of("Ada Lee Design", people)
    assert not is_name_of("", people)
