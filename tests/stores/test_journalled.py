"""The journalled TinyDB survives torn lines, damage, full disks, kills at every step, and still is a TinyDB."""

from __future__ import annotations

import inspect
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.operations import add, delete
from tinydb.storages import MemoryStorage
from tinydb.table import Table

from server.errors import HomeNotWritable, StoreDamaged
from server.stores import journal, journalled
from server.stores.journalled import JournalledStorage, JournalledTable


def opened(folder: Path) -> TinyDB:
    db = TinyDB(storage=lambda: JournalledStorage(folder))
    db.table_class = JournalledTable
    return db


def put(storage: JournalledStorage, i: int, text: str = "x") -> None:
    storage.commit([("rows", i, {"text": text})])


def numbers(folder: Path) -> list[int]:
    storage = JournalledStorage(folder)
    storage.close()
    return sorted(storage.tables.get("rows", {}))


def three_generations(folder: Path) -> JournalledStorage:
    """A storage with a spare (rows 1-2), a snapshot (1-4) and a journal (5-6); row 0 was removed again."""
    storage = JournalledStorage(folder)
    for i in range(3):
        put(storage, i)
    storage.commit([("rows", 0, None)])
    storage.compact()
    for i in (3, 4):
        put(storage, i)
    storage.compact()
    for i in (5, 6):
        put(storage, i)
    return storage


class Killed(BaseException):
    """Stands for a kill: nothing catches it, nothing is rolled back."""


@contextmanager
def failing(
    nth: int, error: Callable[[], BaseException], *, after: bool = False, lasting: bool = False
) -> Iterator[list[str]]:
    """The n-th (`lasting`: every later one too) call that touches the disk raises; the names of all calls made."""
    calls: list[str] = []

    def wrapped(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            calls.append(name)
            hit = len(calls) == nth or (lasting and len(calls) > nth)
            if hit and not after:
                raise error()
            result = original(*args, **kwargs)
            if hit:
                raise error()
            return result

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in ("write", "fsync", "replace", "ftruncate"):
            patch.setattr(os, name, wrapped(name, getattr(os, name)))
        patch.setattr(journal, "_sync", wrapped("fdatasync", journal._sync))
        yield calls


def steps_of(work: Callable[[Path], Callable[[], None]]) -> int:
    """How many calls to the disk the work makes."""
    with tempfile.TemporaryDirectory() as folder:
        run = work(Path(folder))
        with failing(0, Killed) as calls:
            run()
    return len(calls)


def no_space() -> OSError:
    return OSError(28, os.strerror(28))


# Torn tails and damage


def test_a_journal_cut_at_any_byte_loses_at_most_its_last_line_and_says_so(tmp_path: Path) -> None:
    storage = JournalledStorage(tmp_path)
    ends = {}
    for i in (1, 2, 3):
        put(storage, i, "ä😀\n")
        ends[storage.log.stat().st_size] = i
    storage.close()
    data = storage.log.read_bytes()
    first_line = data.index(b"\n") + 1
    for cut in range(len(data) + 1):
        storage.log.write_bytes(data[:cut])
        again = JournalledStorage(tmp_path)
        again.close()
        whole = [i for end, i in ends.items() if end <= cut]
        assert sorted(again.tables.get("rows", {})) == whole
        assert len(again.recovered) == (cut not in (0, first_line, *ends))


def test_a_torn_line_is_gone_for_good_and_writing_goes_on_behind_it(tmp_path: Path) -> None:
    storage = JournalledStorage(tmp_path)
    put(storage, 1)
    storage.close()
    with storage.log.open("ab") as file:
        file.write(b'0badf00d {"changes":[["rows",2')
    storage = JournalledStorage(tmp_path)
    put(storage, 3)
    storage.close()
    storage = JournalledStorage(tmp_path)
    assert (sorted(storage.tables["rows"]), storage.recovered) == ([1, 3], [])
    storage.close()


def test_zeros_that_a_power_cut_left_at_the_end_are_a_torn_tail(tmp_path: Path) -> None:
    storage = JournalledStorage(tmp_path)
    put(storage, 1)
    storage.close()
    with storage.log.open("ab") as file:
        file.write(b"\0" * 4096)
    assert numbers(tmp_path) == [1]


def test_damage_before_the_last_line_is_said_and_nothing_is_changed(tmp_path: Path) -> None:
    storage = JournalledStorage(tmp_path)
    for i in (1, 2, 3):
        put(storage, i)
    storage.close()
    data = storage.log.read_bytes()
    last_line = data.rindex(b"\n", 0, -1)
    for place in range(last_line):
        damaged = bytearray(data)
        damaged[place] ^= 1
        storage.log.write_bytes(damaged)
        with pytest.raises(StoreDamaged):
            JournalledStorage(tmp_path)
        assert storage.log.read_bytes() == damaged


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "remove", "other"])
def test_a_damaged_snapshot_is_rebuilt_from_the_spare_once(tmp_path: Path, damage: str) -> None:
    storage = three_generations(tmp_path)
    storage.close()
    whole = storage.snapshot.read_bytes()
    spoil(storage.snapshot, damage)
    again = JournalledStorage(tmp_path)
    again.close()
    assert sorted(again.tables["rows"]) == [1, 2, 3, 4, 5, 6]
    assert len(again.recovered) == 1
    assert storage.snapshot.read_bytes() == whole
    third = JournalledStorage(tmp_path)
    third.close()
    assert (sorted(third.tables["rows"]), third.recovered) == ([1, 2, 3, 4, 5, 6], [])


def test_a_snapshot_damaged_together_with_its_spare_is_said_and_nothing_is_changed(tmp_path: Path) -> None:
    storage = three_generations(tmp_path)
    storage.close()
    spoil(storage.snapshot, "flip")
    spoil(storage.spare, "flip")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(StoreDamaged):
        JournalledStorage(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_first_snapshot_that_is_damaged_is_rebuilt_too(tmp_path: Path) -> None:
    storage = JournalledStorage(tmp_path)
    put(storage, 1)
    storage.compact()
    put(storage, 2)
    storage.close()
    spoil(storage.snapshot, "flip")
    assert numbers(tmp_path) == [1, 2]


def spoil(path: Path, how: str) -> None:
    data = path.read_bytes()
    middle = len(data) // 2
    if how == "remove":
        path.unlink()
    else:
        flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
        path.write_bytes({"flip": flipped, "cut": data[:middle], "empty": b"", "other": b"{}"}[how])


# Every step that can fail


def compacting(folder: Path) -> Callable[[], None]:
    return three_generations(folder).compact


def mending(folder: Path) -> Callable[[], None]:
    storage = three_generations(folder)
    storage.close()
    spoil(storage.snapshot, "flip")
    return lambda: JournalledStorage(folder).close()


def mending_and_compacting(folder: Path) -> Callable[[], None]:
    storage = three_generations(folder)
    storage.close()
    spoil(storage.snapshot, "flip")
    return lambda: JournalledStorage(folder).compact()


WORKS = [compacting, mending, mending_and_compacting]


@pytest.mark.parametrize("after", [False, True], ids=["before the step", "after the step"])
@pytest.mark.parametrize("work", WORKS)
def test_a_kill_at_any_step_loses_nothing(work: Callable[[Path], Callable[[], None]], *, after: bool) -> None:
    steps = steps_of(work)
    assert steps > 2
    for nth in range(1, steps + 1):
        with tempfile.TemporaryDirectory() as name:
            run = work(Path(name))
            with failing(nth, Killed, after=after), pytest.raises(Killed):
                run()
            assert numbers(Path(name)) == [1, 2, 3, 4, 5, 6], nth
            assert numbers(Path(name)) == [1, 2, 3, 4, 5, 6], nth


@pytest.mark.parametrize("after", [False, True], ids=["before the step", "after the step"])
def test_a_kill_while_compacting_leaves_a_snapshot_that_can_still_be_mended(*, after: bool) -> None:
    for nth in range(1, steps_of(compacting) + 1):
        with tempfile.TemporaryDirectory() as name:
            run = compacting(Path(name))
            with failing(nth, Killed, after=after), pytest.raises(Killed):
                run()
            storage = JournalledStorage(Path(name))
            put(storage, 7)
            storage.close()
            if storage.log.read_bytes().count(b'"base"'):  # without it there is no checksum to tell damage by
                spoil(storage.snapshot, "cut")
            assert numbers(Path(name)) == [1, 2, 3, 4, 5, 6, 7], nth


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("after", [False, True], ids=["before the step", "after the step"])
def test_an_error_at_any_step_of_compacting_is_said_and_the_storage_goes_on(*, after: bool, lasting: bool) -> None:
    for nth in range(1, steps_of(compacting) + 1):
        with tempfile.TemporaryDirectory() as name:
            storage = three_generations(Path(name))
            with failing(nth, no_space, after=after, lasting=lasting), pytest.raises(HomeNotWritable):
                storage.compact()
            usable = goes_on(storage, compacts=nth % 2 == 0)
            storage.close()
            assert numbers(Path(name)) == [1, 2, 3, 4, 5, 6, *usable], nth


@pytest.mark.parametrize("after", [False, True], ids=["before the step", "after the step"])
def test_a_write_after_a_compaction_that_failed_is_on_disk(*, after: bool) -> None:
    for nth in range(1, steps_of(compacting) + 1):
        with tempfile.TemporaryDirectory() as name:
            storage = three_generations(Path(name))
            with failing(nth, no_space, after=after), pytest.raises(HomeNotWritable):
                storage.compact()
            put(storage, 7)
            storage.close()
            assert numbers(Path(name)) == [1, 2, 3, 4, 5, 6, 7], nth


def goes_on(storage: JournalledStorage, *, compacts: bool) -> list[int]:
    """The rows that a write and a compaction could still add; a file that cannot be cut back refuses all writes."""
    try:
        put(storage, 7)
        if compacts:
            storage.compact()
        put(storage, 8)
    except HomeNotWritable:
        assert storage._journal._broken
        return []
    return [7, 8]


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
def test_an_error_at_any_step_of_a_write_changes_nothing(*, lasting: bool) -> None:
    def write(folder: Path) -> Callable[[], None]:
        storage = three_generations(folder)
        return lambda: put(storage, 7)

    for nth in range(1, steps_of(write) + 1):
        with tempfile.TemporaryDirectory() as name:
            storage = three_generations(Path(name))
            with failing(nth, no_space, lasting=lasting), pytest.raises(HomeNotWritable):
                put(storage, 7)
            assert sorted(storage.tables["rows"]) == [1, 2, 3, 4, 5, 6]
            storage.close()
            # A disk that refuses the sync and then the cut as well may keep the whole line: all or none, as always.
            assert numbers(Path(name)) in ([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6, 7][: 7 if lasting else 6])


def test_a_write_is_safe_although_the_compaction_behind_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = JournalledStorage(tmp_path)
    storage._compact_at = 0

    def full(_path: Path, _data: bytes) -> None:
        raise no_space()

    with monkeypatch.context() as patch:
        patch.setattr(journalled, "_replace", full)
        put(storage, 1)
        put(storage, 2)
    assert sorted(storage.tables["rows"]) == [1, 2]
    storage._compact_at = 0
    put(storage, 3)
    storage.close()
    assert storage.snapshot.exists()
    assert numbers(tmp_path) == [1, 2, 3]


def test_a_journal_that_grew_long_is_compacted_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journalled, "COMPACT_AT", 2000)
    storage = JournalledStorage(tmp_path)
    for i in range(100):
        put(storage, i, "x" * 100)
    assert storage.log.stat().st_size < 2500
    storage.close()
    assert numbers(tmp_path) == list(range(100))


_FULL_DISK = """
import resource, sys
from pathlib import Path
from server.errors import HomeNotWritable
from server.stores.tiny import TinyStore
from tests.builders import a_judged
from server.domain.model import Judged

store = TinyStore(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))
count = 0
try:
    while True:
        store.put(a_judged(message_id=str(count)))
        count += 1
except HomeNotWritable as error:
    assert error.hint, error
assert len(store.all(Judged)) == count > 10
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.put(a_judged(message_id=str(count)))
store.close()
store = TinyStore(Path(sys.argv[1]))
assert len(store.all(Judged)) == count + 1
assert store.recovered == []
"""


@pytest.mark.skipif(resource.getrlimit(resource.RLIMIT_FSIZE)[1] != resource.RLIM_INFINITY, reason="a limit is set")
def test_a_full_disk_is_said_and_old_rows_stay_and_writing_goes_on_when_there_is_room(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_ten_kills_in_a_write_loop_lose_no_row_that_was_acknowledged() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.store_kill", "--rounds", "10", "--seed", "1"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "10 kills" in done.stdout


# Still a TinyDB


def test_plain_tinydb_opens_the_snapshot(tmp_path: Path) -> None:
    db = opened(tmp_path)
    db.insert({"name": "Grüße 😀"})
    db.table("other").insert_multiple([{"n": 1}, {"n": 2}])
    db.storage.compact()
    db.close()
    with TinyDB(tmp_path / "log.json", encoding="utf-8") as plain:
        assert plain.search(where("name") == "Grüße 😀")[0].doc_id == 1
        assert [row["n"] for row in plain.table("other")] == [1, 2]


def test_a_file_of_plain_tinydb_is_taken_over(tmp_path: Path) -> None:
    with TinyDB(tmp_path / "log.json") as plain:
        plain.insert({"n": 1})
    db = opened(tmp_path)
    db.insert({"n": 2})
    db.close()
    assert [row["n"] for row in opened(tmp_path)] == [1, 2]


def test_the_private_methods_of_tinydb_that_are_overridden_are_still_what_they_were() -> None:
    assert list(inspect.signature(Table._read_table).parameters) == ["self"]
    assert list(inspect.signature(Table._update_table).parameters) == ["self", "updater"]
    source = inspect.getsource(Table)
    for name in ("_read_table", "_update_table"):
        assert f"self.{name}(" in source
    table = opened(Path(tempfile.mkdtemp())).table("rows")
    assert isinstance(table._storage, JournalledStorage)
    assert table._name == table.name == "rows"


def test_a_change_of_one_document_writes_one_document(tmp_path: Path) -> None:
    db = opened(tmp_path)
    db.insert_multiple({"n": n} for n in range(1000))
    before = db.storage.log.stat().st_size
    db.update({"seen": True}, where("n") == 500)
    assert db.storage.log.stat().st_size - before < 100


def test_documents_handed_in_and_out_are_copies(tmp_path: Path) -> None:
    db = opened(tmp_path)
    mine = {"tags": ["a"]}
    db.insert(mine)
    mine["tags"].append("b")
    db.all()[0]["tags"].append("c")
    assert db.all() == [{"tags": ["a"]}]


def test_a_value_that_is_no_json_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    db = opened(tmp_path)
    db.insert({"n": 1})
    with pytest.raises(TypeError):
        db.insert({"n": object()})
    assert db.all() == [{"n": 1}]
    db.close()
    assert opened(tmp_path).all() == [{"n": 1}]


_DOCUMENTS = st.fixed_dictionaries({"n": st.integers(0, 3)}, optional={"t": st.text(max_size=3)})
_OPERATIONS: list[tuple[st.SearchStrategy[Any], Callable[[TinyDB, Any], Any]]] = [
    (_DOCUMENTS, lambda db, doc: db.insert(doc)),
    (st.lists(_DOCUMENTS, max_size=3), lambda db, docs: db.insert_multiple(docs)),
    (st.integers(0, 3), lambda db, n: db.update({"t": "new"}, where("n") == n)),
    (st.integers(0, 3), lambda db, n: db.update(add("n", 1), where("n") == n)),
    (st.integers(0, 3), lambda db, n: db.update(delete("n"), where("n") == n)),
    (_DOCUMENTS, lambda db, doc: db.upsert(doc, where("n") == doc["n"])),
    (st.integers(0, 3), lambda db, n: db.remove(where("n") == n)),
    (
        st.integers(0, 3),
        lambda db, n: db.update_multiple([({"t": "x"}, where("n") == n), (delete("n"), where("n") == 0)]),
    ),
    (st.none(), lambda db, _: db.truncate()),
    (st.none(), lambda db, _: db.drop_tables()),
    (st.integers(0, 3), lambda db, n: db.search(where("n") == n)),
    (st.integers(1, 5), lambda db, i: db.contains(doc_id=i)),
    (st.integers(1, 5), lambda db, i: db.get(doc_id=i)),
    (st.integers(0, 3), lambda db, n: db.count(where("n") == n)),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of([st.tuples(st.just(run), values) for values, run in _OPERATIONS]), max_size=12))
def test_it_does_what_plain_tinydb_does_and_keeps_it(steps: list[tuple[Callable[[TinyDB, Any], Any], Any]]) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "_sync", lambda _fd: None)
        ours, plain = opened(Path(name)), TinyDB(storage=MemoryStorage)
        for run, value in steps:
            assert run(ours, json.loads(json.dumps(value))) == run(plain, value)
            assert [(row.doc_id, row) for row in ours] == [(row.doc_id, row) for row in plain]
        ours.close()
        again = opened(Path(name))
        assert [(row.doc_id, row) for row in again] == [(row.doc_id, row) for row in plain]
        again.close()
