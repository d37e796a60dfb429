"""The states of a connection: a name, a sentence and a mend for each, wherever it is shown."""

from __future__ import annotations

import pytest

from server.domain.connection import (
    NAMES,
    ApiNotEnabled,
    BlockedByAdmin,
    ConnectionState,
    KeyringClosed,
    not_connected,
    standing,
    worst,
)
from server.errors import MailboxUnreadable, NotConnected, Offline, PermissionMissing, RateLimited, ReconnectNeeded

MEANT = [
    (None, "connected"),
    (NotConnected(), "not_connected"),
    (ReconnectNeeded("a@example.com"), "needs_reconnect"),
    (PermissionMissing("read mail", "classact connect"), "needs_reconnect"),
    (KeyringClosed("locked"), "needs_reconnect"),
    (Offline("no answer"), "offline"),
    (RateLimited(), "rate_limited"),
    (ApiNotEnabled("7"), "api_not_enabled"),
    (BlockedByAdmin("admin_policy_enforced"), "blocked_by_admin"),
    (MailboxUnreadable("a page of nonsense"), "connected"),
]


@pytest.mark.parametrize(("error", "state"), MEANT)
def test_each_failure_has_its_state_and_keeps_its_own_words(error, state):
    found = standing(error, "a@example.com")
    assert (found.state, found.name, bool(found.sentence)) == (state, NAMES[ConnectionState(state)], True)
    if state != "connected":
        assert (found.sentence, found.mend) == (str(error), error.hint)
        assert found.mend


def test_every_state_has_a_name_and_comes_up():
    assert set(NAMES) == set(ConnectionState) == {ConnectionState(state) for _error, state in MEANT}
    assert len(set(NAMES.values())) == len(NAMES)


def test_of_several_accounts_the_one_that_needs_most_counts():
    every = [standing(None, "a@example.com"), standing(Offline("x"), "b@example.com"), standing(ReconnectNeeded("c"))]
    assert worst(every).state == "needs_reconnect"
    assert worst(every[:2]).state == "offline"
    assert worst(every[:1]).state == "connected"
    assert worst([]) == not_connected()
