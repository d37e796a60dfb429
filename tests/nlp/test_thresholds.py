"""The limits of the bands, from kept-back scores."""

import pytest

from nlp.thresholds import KeptMail, chosen

GOOD = [KeptMail(0.99, is_rejection=True, has_phrase=False, is_clear=True)] * 30
NONE = [KeptMail(0.01, is_rejection=False, has_phrase=False, is_clear=True)] * 30


def wrong(score, *, phrase=False):
    return KeptMail(score, is_rejection=False, has_phrase=phrase, is_clear=True)


def test_a_score_alone_is_enough_only_above_every_mistake():
    limits = chosen([*GOOD, *NONE, wrong(0.987)], [], with_network=True)
    assert 0.987 < limits.alone <= 0.99


def test_without_enough_proof_no_score_alone_is_enough():
    assert chosen([*GOOD[:5], *NONE], [], with_network=True).alone > 1


def test_without_the_network_a_phrase_is_always_needed():
    assert chosen([*GOOD, *NONE], [], with_network=False).alone > 1


def test_the_phrase_limit_rises_above_a_mistake_with_a_phrase():
    phrases = [KeptMail(0.97, is_rejection=True, has_phrase=True, is_clear=True)] * 30
    assert chosen([*phrases, *NONE, wrong(0.9, phrase=True)], [], with_network=True).auto > 0.9


def test_the_review_limit_lets_few_rejections_slip():
    late = [KeptMail(0.2, is_rejection=True, has_phrase=False, is_clear=True)] * 5
    assert chosen([*GOOD, *late, *NONE], [], with_network=True).review <= 0.2


def test_without_a_word_of_hiring_the_limit_is_the_mean_over_shares_of_everyday_mail():
    def bare(score, count, *, is_rejection=False, is_everyday=False):
        return [KeptMail(score, is_rejection, False, True, is_everyday, has_job=False)] * count

    # Six rejections at .42 below one everyday mail at .45, which counts 1, 2, 3, 5 or 10: at 1 and 2 they are worth it.
    mails = [*bare(0.79, 10, is_rejection=True), *bare(0.42, 6, is_rejection=True), *bare(0.45, 1, is_everyday=True)]
    assert chosen(mails, [], with_network=True).bare == pytest.approx((2 * 0.42 + 3 * 0.79) / 5, abs=0.01)


def test_mails_under_a_doubt_do_not_count_for_auto():
    doubtful = [KeptMail(0.999, is_rejection=False, has_phrase=False, is_clear=False)] * 10
    assert chosen([*GOOD, *NONE, *doubtful], [], with_network=True).alone <= 0.99


def test_agreement_of_the_fast_parts_is_never_called_certain():
    assert chosen([*GOOD, *NONE], [True] * 48, with_network=False).agreed == 0.98


def test_a_wrong_call_counts_for_more_than_a_missed_one():
    late = [KeptMail(0.5, is_rejection=True, has_phrase=False, is_clear=True)] * 6
    mails = [*GOOD, *late, *[wrong(0.55)] * 4]
    # By F1 the six at .5 would be worth the four at .55 (.947 against .909), by F0.5 they are not (.918 against .962).
    assert 0.55 < chosen(mails, [], with_network=True).named < 0.99
