"""TinyStore keeps the contract of every store, also after it was closed and opened again."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from server.domain.model import Correction, Cursor, JournalEntry, Judged, OutboxItem, Rejection
from server.errors import HomeNotWritable, StoreDamaged
from server.ports import Keyed
from server.stores import journal
from server.stores.memory import MemoryStore
from server.stores.rows import TABLES, to_row
from server.stores.tiny import TinyStore
from tests.builders import MAILBOX, NOON, a_judged, a_rejection, an_outbox_item
from tests.contracts.store import NAUGHTY, ONE_OF_EACH, StoreContract


@pytest.fixture
def without_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of appends wait for the disk otherwise; the soak test and test_journalled.py do sync."""
    monkeypatch.setattr(journal, "_sync", lambda _fd: None)


class TestTinyStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path, without_sync: None) -> Iterator[TinyStore]:
        store = TinyStore(tmp_path)
        yield store
        store.close()

    def test_every_kind_survives_reopening(self, store: TinyStore, tmp_path: Path) -> None:
        store.put(*ONE_OF_EACH)
        store = reopened(store, tmp_path)
        assert [record for kind in TABLES for record in store.all(kind)] == sorted(
            ONE_OF_EACH, key=lambda record: list(TABLES).index(type(record))
        )

    @pytest.mark.parametrize("text", NAUGHTY, ids=ascii)
    def test_any_text_survives_a_snapshot_that_plain_json_opens(
        self, store: TinyStore, tmp_path: Path, text: str
    ) -> None:
        entry = JournalEntry("j1", text, NOON, text, text, text)
        store.put(entry)
        store._storage.compact()
        json.loads((tmp_path / "log.json").read_text("utf-8"))
        assert reopened(store, tmp_path).get(JournalEntry, "j1") == entry

    def test_eight_threads_lose_nothing_on_disk_either(self, store: TinyStore, tmp_path: Path) -> None:
        self.test_eight_threads_put_250_records_each_and_none_is_missing(store)
        assert len(reopened(store, tmp_path).all(Judged)) == 2000

    def test_the_files_are_for_their_owner_alone(self, store: TinyStore, tmp_path: Path) -> None:
        store.put(a_judged())
        store._storage.compact()
        modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir() if path.is_file()}
        assert modes == {0o600}

    def test_tinydb_sees_what_was_put(self, store: TinyStore) -> None:
        store.put(a_judged())
        store.put(a_judged(message_id="2"))
        assert [row["message_id"] for row in store.db.table("judged").all()] == ["18c0ffee00000001", "2"]


class TestTinyStoreReopenedEachTime(TestTinyStore):
    """The same promises when every write is followed by closing and opening."""

    @pytest.fixture
    def store(self, tmp_path: Path, without_sync: None) -> Iterator[TinyStore]:
        store = _Reopening(tmp_path)
        yield store
        store.close()

    # Two thousand reopenings say nothing more than the tests above.
    test_eight_threads_put_250_records_each_and_none_is_missing = None  # type: ignore[assignment]
    test_eight_threads_lose_nothing_on_disk_either = None  # type: ignore[assignment]


class _Reopening(TinyStore):
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        super().__init__(folder)

    def put(self, *records: Keyed, gone: Iterable[Keyed] = ()) -> None:
        super().put(*records, gone=gone)
        self._again()

    def delete(self, kind: type[Any], key: str) -> None:
        super().delete(kind, key)
        self._again()

    def _again(self) -> None:
        super().close()
        TinyStore.__init__(self, self._folder)


def test_a_record_with_a_wrong_field_is_damage_and_is_named(tmp_path: Path) -> None:
    row = to_row(a_judged()) | {"received": "yesterday"}
    (tmp_path / "log.json").write_text(json.dumps({"judged": {"1": row}}))
    with pytest.raises(StoreDamaged, match="received"):
        TinyStore(tmp_path)


@pytest.mark.parametrize("content", ["[]", '{"judged": [1]}', '{"judged": {"x": {}}}', "null", "nonsense", "\xff"])
def test_a_file_that_is_not_ours_is_damage_and_stays_as_it_is(tmp_path: Path, content: str) -> None:
    (tmp_path / "log.json").write_text(content, "latin-1")
    with pytest.raises(StoreDamaged):
        TinyStore(tmp_path)
    assert (tmp_path / "log.json").read_text("latin-1") == content


def test_a_missing_folder_is_said_to_be_not_writable(tmp_path: Path) -> None:
    with pytest.raises(HomeNotWritable):
        TinyStore(tmp_path / "nowhere")


def test_a_write_that_fails_changes_nothing_that_can_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = TinyStore(tmp_path)
    store.put(a_judged())
    with monkeypatch.context() as patch:
        patch.setattr(journal, "_sync", _no_space)
        for write in (
            lambda: store.put(a_judged(subject="changed"), a_judged(message_id="2"), a_rejection()),
            lambda: store.put(a_rejection(), gone=[a_judged()]),
            lambda: store.delete(Judged, a_judged().key),
            lambda: store.update(Judged, a_judged().key, lambda row: row and replace(row, subject="changed")),
        ):
            with pytest.raises(HomeNotWritable):
                write()
    assert (store.all(Judged), store.all(Rejection)) == ([a_judged()], [])
    store.put(a_rejection())
    store = reopened(store, tmp_path)
    assert (store.all(Judged), store.all(Rejection)) == ([a_judged()], [a_rejection()])
    store.close()


def reopened(store: TinyStore, folder: Path) -> TinyStore:
    store.close()
    TinyStore.__init__(store, folder)
    return store


def _no_space(_fd: int) -> None:
    raise OSError(28, os.strerror(28))


_KEYS = st.sampled_from("abcd")
_TEXTS = st.text(st.characters(), max_size=8) | st.sampled_from(NAUGHTY)
_RECORDS = st.one_of(
    st.builds(lambda key, text: a_judged(message_id=key, subject=text, company=text), _KEYS, _TEXTS),
    st.builds(lambda key, text: a_rejection(message_id=key, role=text), _KEYS, _TEXTS),
    st.builds(lambda key, yes: Correction(MAILBOX, key, NOON, yes), _KEYS, st.booleans()),
    st.builds(lambda key, text: Cursor(key, text, NOON), _KEYS, _TEXTS),
    st.builds(lambda key, text: an_outbox_item(id=key, body=text), _KEYS, _TEXTS),
)
_KINDS = (Judged, Rejection, Correction, Cursor, OutboxItem)


class TwinStores(RuleBasedStateMachine):
    """Whatever is done, the store on disk and the one in memory hold the same."""

    def __init__(self) -> None:
        super().__init__()
        self._sync, journal._sync = journal._sync, lambda _fd: None
        self._folder = tempfile.TemporaryDirectory()
        self.tiny = TinyStore(Path(self._folder.name))
        self.memory = MemoryStore()

    def teardown(self) -> None:
        self.tiny.close()
        self._folder.cleanup()
        journal._sync = self._sync

    @rule(records=st.lists(_RECORDS, max_size=4), gone=st.lists(_RECORDS, max_size=3))
    def put(self, records: list[Keyed], gone: list[Keyed]) -> None:
        self.tiny.put(*records, gone=gone)
        self.memory.put(*records, gone=gone)

    @rule(kind=st.sampled_from(_KINDS), key=_KEYS)
    def delete(self, kind: type[Any], key: str) -> None:
        full = key if kind in (Cursor, OutboxItem) else f"{MAILBOX}\n{key}"
        self.tiny.delete(kind, full)
        self.memory.delete(kind, full)

    @rule(key=_KEYS, text=_TEXTS, fails=st.booleans())
    def update(self, key: str, text: str, *, fails: bool) -> None:
        def change(item: OutboxItem | None) -> OutboxItem | None:
            if fails:
                raise KeyError(key)
            return item and replace(item, subject=text)

        for store in (self.tiny, self.memory):
            with suppress(KeyError):
                store.update(OutboxItem, key, change)

    @rule()
    def compact(self) -> None:
        self.tiny._storage.compact()

    @rule(compacted=st.booleans())
    def reopen(self, *, compacted: bool) -> None:
        if compacted:
            self.tiny._storage.compact()
        reopened(self.tiny, Path(self._folder.name))
        assert self.tiny.recovered == []

    @rule(torn=st.binary(min_size=1, max_size=20).filter(lambda torn: b"\n" not in torn))
    def crash_while_appending(self, torn: bytes) -> None:
        self.tiny.close()
        with (Path(self._folder.name) / "log.journal").open("ab") as file:
            file.write(torn)
        TinyStore.__init__(self.tiny, Path(self._folder.name))
        assert len(self.tiny.recovered) == 1

    @invariant()
    def they_hold_the_same(self) -> None:
        for kind in _KINDS:
            assert self.tiny.all(kind) == self.memory.all(kind)


TestTwinStores = TwinStores.TestCase
TestTwinStores.settings = settings(
    max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
