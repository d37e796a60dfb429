"""Mails written to mislead: no rejection may go unseen, and nothing else may be called one."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from nlp.classifier import Classifier
from nlp.labelled import mails_in
from nlp.verdict import Band, Label, MailText

TRAPS = Path(__file__).parent / "traps"
GROUPS = {
    "bad_news_in_good_words",
    "candidates_own",
    "closing_notices",
    "conditional",
    "forwarded",
    "good_news_in_bad_words",
    "html_tricks",
    "languages",
    "other_domain_refusal",
    "other_voices",
    "prompt_injection",
    "quoted",
    "tiny",
}
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Trap:
    id: str  # GROUP/NAME
    group: str
    label: Label
    tags: frozenset[str]
    mail: MailText


def traps_of(path):
    for row in mails_in(path):
        yield Trap(f"{path.stem}/{row.name}", path.stem, row.label, row.tags, row.mail)


def known_misses():
    rows = (TRAPS / "known_misses.tsv").read_text("utf-8").splitlines()
    return dict(row.split("\t") for row in rows if row.strip() and not row.startswith("#"))


ALL = [trap for path in sorted(TRAPS.glob("*.txt")) for trap in traps_of(path)]
MISSES = known_misses()


def parameter(trap):
    why = MISSES.get(trap.id)
    # Not strict: a close call may fall the other way on a processor that rounds otherwise.
    missed = pytest.mark.xfail(reason=why or "", strict=False, raises=AssertionError)
    return pytest.param(trap, id=trap.id, marks=[] if why is None else missed)


@pytest.fixture(scope="module")
def verdicts():
    """What the shipped model says; it has to be built (`make model`)."""
    judged = Classifier.load().judge(trap.mail for trap in ALL)
    return {trap.id: verdict for trap, verdict in zip(ALL, judged, strict=True)}


@pytest.mark.parametrize("trap", [parameter(trap) for trap in ALL])
def test_the_mail_is_not_fallen_for(trap, verdicts):
    verdict = verdicts[trap.id]
    if trap.label is Label.REJECTION:
        assert verdict.band in (Band.AUTO, Band.REVIEW), f"missed, score {verdict.score}"
    else:
        assert verdict.band is not Band.AUTO, f"logged without asking, score {verdict.score}"
        assert verdict.label is not Label.REJECTION, f"called a rejection, score {verdict.score}"


def test_there_are_many_traps_with_names_of_their_own():
    names = Counter(trap.id.partition("/")[2] for trap in ALL)
    assert len(names) >= 150
    assert [name for name, count in names.items() if count > 1 or not NAME.fullmatch(name)] == []


def test_every_group_is_there_and_its_mails_are_tagged():
    sizes = Counter(trap.group for trap in ALL)
    assert set(sizes) == GROUPS
    assert min(sizes.values()) >= 14
    assert [trap.id for trap in ALL if trap.group not in trap.tags or not trap.mail.body] == []


def test_a_known_miss_names_a_trap():
    assert set(MISSES) <= {trap.id for trap in ALL}


def test_few_traps_are_known_to_be_fallen_for():
    assert set(MISSES) <= {trap.id for trap in ALL}
    assert len(MISSES) <= len(ALL) * 0.06
