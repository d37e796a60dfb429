"""Kill a process in its write loop, again and again: no row that was acknowledged may be missing afterwards.

python -m tests.soak.store_kill --rounds 1000
"""

from __future__ import annotations

import argparse
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from server.domain.model import Judged
from server.stores import journalled
from server.stores.tiny import TinyStore
from tests.builders import a_judged

ROUNDS_A_FOLDER = 40  # then a fresh one, so that the files stay small
JOURNAL = 20_000  # bytes: the loop compacts several times a second
LONGEST = 0.15  # seconds until the kill


def write(folder: Path, first: int, acknowledged: int) -> None:
    """Put and delete rows for ever; each line says what is about to be done (?) or is on disk (+, -)."""
    journalled.COMPACT_AT = JOURNAL
    store = TinyStore(folder)
    chance = random.Random(first)  # noqa: S311 - no secret
    number = first
    while True:
        rows = [a_judged(message_id=str(number + i), subject="x" * chance.randrange(400)) for i in range(3)]
        store.put(*rows)
        os.write(acknowledged, "".join(f"+{row.message_id}\n" for row in rows).encode())
        gone = str(chance.randrange(first, number + 1))
        os.write(acknowledged, f"?{gone}\n".encode())
        store.delete(Judged, a_judged(message_id=gone).key)
        os.write(acknowledged, f"-{gone}\n".encode())
        number += 3


def one_round(folder: Path, first: int, seconds: float) -> list[str]:
    """Start a writer, kill it after its first line and so many seconds; what it had said."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            write(folder, first, writer)
        finally:
            os._exit(1)
    os.close(writer)
    said = os.read(reader, 65536)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([reader], [], [], max(0.0, end - time.monotonic()))[0]:
            block = os.read(reader, 65536)
            if not block:
                break
            said += block
    os.kill(child, signal.SIGKILL)
    while block := os.read(reader, 65536):
        said += block
    os.close(reader)
    status = os.waitpid(child, 0)[1]
    if not os.WIFSIGNALED(status):
        raise SystemExit(f"the writer ended by itself, status {status}")
    return said.decode().rpartition("\n")[0].splitlines()


def expected(lines: list[str], before: set[str]) -> tuple[set[str], set[str]]:
    """The rows that must be there, and those that may."""
    must, may = set(before), set[str]()
    for line in lines:
        what, row = line[0], line[1:]
        if what == "+":
            must.add(row)
        elif what == "?":
            may.add(row)
            must.discard(row)
        else:
            may.discard(row)
    return must, may


def run(rounds: int, seed: int) -> int:
    """How many rows were acknowledged over all rounds; exits with a message when one is missing."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    total = mended = 0
    folder, kept = Path(tempfile.mkdtemp()), set[str]()
    try:
        for number in range(rounds):
            if number and number % ROUNDS_A_FOLDER == 0:
                shutil.rmtree(folder)
                folder, kept = Path(tempfile.mkdtemp()), set()
            lines = one_round(folder, number * 1_000_000, chance.uniform(0.02, LONGEST))
            must, may = expected(lines, kept)
            store = TinyStore(folder)
            kept = {row.message_id for row in store.all(Judged)}
            mended += len(store.recovered)
            store.close()
            total += sum(line.startswith("+") for line in lines)
            unasked = {row for row in kept - must - may if int(row) < number * 1_000_000}
            if must - kept or unasked:
                raise SystemExit(f"round {number}: {len(must - kept)} rows missing, {len(unasked)} come back")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(f"{rounds} kills, {total} rows acknowledged, 0 missing, {mended} torn lines dropped\n")
    return total


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if run(options.rounds, options.seed) == 0:
        raise SystemExit("no row was acknowledged: the kills came too early")
