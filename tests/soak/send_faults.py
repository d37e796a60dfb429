"""Sends under seeded faults, against the fake Gmail over HTTP: `python -m tests.soak.send_faults --sends N --seed S`.

Each send is one letter to one person, through a script drawn from the seed: a Gmail that fails before or after the
work, a process that ends at some edge, a seeker who presses twice, takes back, edits, deletes, answers or sends by
hand, a computer that sleeps, a second computer. Then the network is whole again, and the seeker does what a person
would: presses Send again where the program asks them to. At the end of each letter it is counted:

duplicates  it left twice
lost        the seeker wanted it sent, nothing of theirs spoke against it, and it did not leave
stuck       it still says held, sending or unknown
untrue      it says sent and did not leave, or says that it did not and it left, or left after it was taken back
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from server.domain.model import Kind, OutboxItem, OutboxState
from server.errors import ClassActError, Refused
from server.services.outbox import DRAFT_GONE
from tests.soak.send_world import BODY, SUBJECT, Fuse, World, a_life, world

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # a simulated death loses nothing that memory keeps
A_WORLD = 200  # letters: the fake looks through all of its messages for every thread
BROKEN_LINE = ("drop_before_work", "reset_before_work", "drop_after_work", "reset_after_work", "cut_after_work")
FAULTS = (
    *(("drafts.send", kind, {}) for kind in (*BROKEN_LINE, "garbage_after_work")),
    *(("drafts.send", "status", {"status": code}) for code in (400, 401, 500, 503)),
    *(("drafts.send", "status_after_work", {"status": code}) for code in (401, 429, 500, 503)),
    ("drafts.send", "status", {"status": 429, "reason": "rateLimitExceeded", "retry_after": 7}),
    ("drafts.send", "status", {"status": 403, "reason": "userRateLimitExceeded"}),
    ("drafts.send", "status", {"status": 401, "times": 2}),
    *(("drafts.create", kind, {}) for kind in (*BROKEN_LINE, "garbage_after_work", "status", "status_after_work")),
    *(("threads.get", "status", {"times": times}) for times in (1, 4, 30)),
    *(("drafts.get", "status", {"times": times}) for times in (1, 4, 30)),
    ("messages.get", "status", {"times": 9}),
    ("batch", "drop_after_work", {"times": 7}),
    ("token", "drop_before_work", {"times": 9}),
)
DEEDS = (
    *("two clicks", "two tabs", "taken back", "taken back, sent later", "edited", "deleted", "answered", "by hand"),
    *("slept", "other computer"),
)
WAITING = (OutboxState.HELD, OutboxState.SENDING, OutboxState.UNKNOWN)
NOT_WANTED = {"taken back", "edited", "answered"}  # the seeker decided otherwise: it must not leave from here


def one_letter(at: World, number: int, tally: Counter[str]) -> None:
    """One letter through its script, and what came of it into the tally."""
    chance = at.chance
    message_id, to = at.deliver(number)
    deed = chance.choice(DEEDS) if chance.random() < 0.4 else ""
    if chance.random() < 0.75:
        for method, kind, details in chance.sample(FAULTS, chance.choice((1, 1, 1, 2))):
            at.fake.faults.add(method, kind, **details)
    elif chance.random() < 0.04:
        at.fake.faults.add("drafts.send", "hang_after_work")
    if chance.random() < 0.05:
        at.fake.oauth.expire_tokens()
    if chance.random() < 0.45:
        at.fuse = Fuse(chance.randrange(1, 11))
    press(at, message_id, to, deed)
    meddle(at, message_id, to, deed)
    at.wait(8 * 3600 if deed == "slept" else 10)
    at.wait(5)
    at.fake.faults.clear()
    at.fuse = Fuse()
    doubted = follow(at, message_id, to, deed)
    tally["longest doubt, s"] = max(tally["longest doubt, s"], doubted)
    count(at, message_id, to, deed, tally)


def press(at: World, message_id: str, to: str, deed: str) -> None:
    """The seeker presses, once or several times at once; what fails is pressed again later."""

    def once() -> None:
        try:
            item = at.draft(message_id, to)
            if item is not None:
                at.live(lambda desk: desk.send(item.draft_id, item.revision))
        except ClassActError:
            return

    if deed in ("two clicks", "two tabs"):
        at.fuse = Fuse()  # threads of one process: no life ends under another one's feet
        threads = [threading.Thread(target=once) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:
        once()
        if at.row(message_id, to) is None or deed == "other computer":
            once()


def meddle(at: World, message_id: str, to: str, deed: str) -> None:
    """What the seeker, or another computer, does inside the window."""
    item = at.row(message_id, to)
    if item is None:
        return
    box = at.fake.mailbox
    held = next((draft_id for draft_id, e in box.drafts.items() if to.encode() in box.messages[e.message_id].raw), "")
    if deed.startswith("taken back"):
        undone = at.live(lambda desk: desk.outbox.undo(item.id))
        if undone is not None and undone.state is OutboxState.UNDONE and deed == "taken back":
            at.taken_back.add(to)
    elif deed == "edited" and held:
        entry = box.drafts[held]
        raw = box.messages[entry.message_id].raw.replace(b"telling me", b"writing to me")
        box.put_draft(raw, item.thread_id, held)
    elif deed == "deleted" and held:
        box.delete_draft(held)
    elif deed == "by hand" and held:
        box.send_draft(held)
    elif deed == "answered":
        text = f"To: {to}\r\nSubject: Re: Your application\r\nIn-Reply-To: <no-x@x>\r\n\r\nThanks, by hand.\r\n"
        at.fake.deliver(text.encode(), ("SENT",), thread_id=item.thread_id, received=at.clock.now().timestamp())
    elif deed == "other computer":
        elsewhere(at, message_id, to)


def elsewhere(at: World, message_id: str, to: str) -> None:
    """The seeker presses on a second computer too, which knows nothing of the first one's log."""
    desk = a_life(at.folder / "elsewhere", at.mailbox, at.clock, lambda _edge: None)
    try:
        letter = desk.draft(message_id, Kind.THANK_YOU, to, SUBJECT, BODY)
        desk.send(letter.draft_id, letter.revision)
        at.clock.advance(10)
        for outbox_id in desk.outbox.due():
            desk.outbox.step(outbox_id)
    except ClassActError:
        return
    finally:
        desk.store.close()


def follow(at: World, message_id: str, to: str, deed: str) -> int:
    """The network is whole: doubts end, and the seeker presses where they are asked to. How long a doubt lasted, s."""
    doubted = 0
    for _turn in range(6):
        for _look in range(20):
            row = at.row(message_id, to)
            if row is None or row.state not in (OutboxState.SENDING, OutboxState.UNKNOWN):
                break
            at.wait(5 if row.state is OutboxState.UNKNOWN else 181)
            if row.doubted and at.clock.now() - row.doubted < timedelta(hours=1):
                doubted = max(doubted, int((at.clock.now() - row.doubted).total_seconds()))
        row = at.row(message_id, to)
        if row is not None and (row.state is OutboxState.SENT or (deed in NOT_WANTED and not _window(row))):
            break
        if row is not None and _window(row):
            at.wait(10)
            continue
        if _is_refused(at, message_id, to, row):
            break
    return doubted


def _is_refused(at: World, message_id: str, to: str, row: OutboxItem | None) -> bool:
    """Send again in the log, or the letter written anew on the card; whether the answer is one to leave it at."""
    try:
        item = row if row is not None and row.draft_id and at.chance.random() < 0.5 else at.draft(message_id, to)
        if item is not None:
            at.live(lambda desk: desk.send(item.draft_id, item.revision))
    except Refused as error:
        return error.code != DRAFT_GONE  # that is told of once, and the seeker presses again
    except ClassActError:
        return False
    return False


def _window(row: OutboxItem) -> bool:
    return row.state is OutboxState.HELD and row.undo_until is not None


def count(at: World, message_id: str, to: str, deed: str, tally: Counter[str]) -> None:
    """What came of one letter."""
    row, copies = at.row(message_id, to), at.copies(to)
    state = row.state if row else None
    # Whoever takes back, edits or answers too late has sent it all the same; the row must say so.
    # A second computer that replaced the draft and then failed leaves it there; this one asks instead of guessing.
    drafts = [at.fake.mailbox.messages[entry.message_id].raw for entry in at.fake.mailbox.drafts.values()]
    replaced = deed == "other computer" and any(to.encode() in raw for raw in drafts)
    may_be_unsent = deed in NOT_WANTED or replaced
    tally["sends"] += 1
    tally["left"] += copies
    tally[f"{deed or 'no deed'}: {state}"] += 1
    wrong = {
        "duplicates": copies > 1,
        "lost": copies == 0 and not may_be_unsent,
        "stuck": state in WAITING and not (state is OutboxState.HELD and may_be_unsent),
        "untrue": (state is OutboxState.SENT) != (copies > 0) or (to in at.taken_back and copies > 0),
    }
    for name, is_so in wrong.items():
        tally[name] += is_so
        if is_so:
            faults = [seen.name for seen in at.fake.requests[-25:]]
            sys.stderr.write(f"{name}: {to} deed={deed!r} state={state} copies={copies} {row} {faults}\n")


def run(sends: int, seed: int, *, until: float = float("inf")) -> Counter[str]:
    """Send so many letters, or as many as fit before the moment `until` (time.monotonic); the tally."""
    tally: Counter[str] = Counter()
    for start in range(0, sends, A_WORLD):
        if time.monotonic() > until:
            break
        chance = random.Random(f"{seed} {start}")  # noqa: S311 - no secret
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder, world(Path(folder), chance) as at:
            for number in range(start, min(start + A_WORLD, sends)):
                if time.monotonic() > until:
                    break
                one_letter(at, number, tally)
            tally["kills"] += at.kills
            tally["requests"] += len(at.fake.requests)
    return tally


def main() -> int:
    """Run, print, and fail when anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.send_faults", description=__doc__.partition("\n")[0])
    parser.add_argument("--sends", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after so many minutes")
    options = parser.parse_args()
    began = time.monotonic()
    tally = run(options.sends, options.seed, until=began + 60 * options.minutes)
    wrong = {name: tally[name] for name in ("duplicates", "lost", "stuck", "untrue")}
    for name in sorted(name for name in tally if ": " in name):
        sys.stdout.write(f"{tally[name]:7}  {name}\n")
    told = ", ".join(f"{value} {name}" for name, value in wrong.items())
    sys.stdout.write(
        f"seed {options.seed}: {tally['sends']} sends, {tally['left']} left, {told}; "
        f"{tally['kills']} lives ended, {tally['requests']} requests, longest doubt {tally['longest doubt, s']} s, "
        f"{time.monotonic() - began:.0f} s\n"
    )
    return 1 if any(wrong.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
