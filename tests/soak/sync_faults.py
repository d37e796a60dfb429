"""Keep up with an account in bad weather, again and again: no message may be missed, and none logged twice.

python -m tests.soak.sync_faults --runs 500 --messages 2000 --seed 1

Each run has a seed of its own and can be had again by it alone: --runs 1 --seed N. The HTTP client, the scanner, the
schedule and the store are the program's; Gmail is the fake, over real sockets; pauses only move a simulated clock, and
a sentence stands for the classifier. Deaths are simulated at the places where something could be lost: between two
messages, before, in and after a write. A real kill -9 is in tests/soak/test_sync_faults.py.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from random import Random

from tests.fakes.gmail.storm import ROUGH, Weather
from tests.soak.sync_world import Result, World

DAY = 86_400.0
_GAPS = (61.0, 600.0, 6 * 3600.0, 2 * DAY, 9 * DAY)  # seconds between two spells of mail


def run(seed: int, messages: int, *, deaths: bool = True) -> Result:
    """One account's life: a full mailbox, then spells of mail, then calm."""
    with World(seed, deaths=deaths) as world:
        chance = Random(seed + 1)  # noqa: S311 - no secret
        forgets = 0.4 if seed % 2 else 0.0  # half the accounts need no new list, which may find what was missed
        for _ in range(messages * 2 // 5):
            world.deliver(*_place(chance))
            world.clock.sleep(chance.uniform(0, 3600))
        world.gmail.storm.poison.update(_some(world, chance, 2))
        for _ in range(chance.randrange(1, 6)):
            world.look()
        while world.messages < messages:
            _spell(world, chance, min(messages - world.messages, chance.randrange(1, 80)))
            if chance.random() < forgets:
                world.expire_history()
            for _ in range(chance.randrange(1, 4)):
                world.look()
        _heal(world, chance)
        world.settle()
        return world.result()


def _spell(world: World, chance: Random, count: int) -> None:
    """Time passes, the weather turns, mail comes, the seeker tidies up."""
    world.gmail.storm.weather = ROUGH if chance.random() < 0.25 else Weather()
    for _ in range(count):
        world.deliver(*_place(chance))
    if chance.random() < 0.3:
        world.gmail.storm.poison.update(_some(world, chance, chance.randrange(1, 4)))
    _tidy(world, chance)
    world.clock.sleep(chance.choice(_GAPS))


def _tidy(world: World, chance: Random) -> None:
    """The seeker reads, stars, deletes, and moves mail out of spam."""
    box = world.gmail.mailbox
    for id_ in _some(world, chance, 12):
        labels, roll = box.messages[id_].labels, chance.random()
        if "SPAM" in labels or "TRASH" in labels:
            if roll < 0.7:
                box.modify(id_, ["INBOX"] if roll < 0.3 else [], ["SPAM", "TRASH"])
        elif roll < 0.1 and id_ not in world.gmail.storm.poison and "DRAFT" not in labels:
            world.gmail.remove(id_)
        elif roll < 0.4:
            box.modify(id_, ["STARRED"], ["UNREAD"])


def _heal(world: World, chance: Random) -> None:
    """Some of what could not be had can be had in the end."""
    poison = world.gmail.storm.poison
    poison.intersection_update(world.gmail.mailbox.messages)
    poison.difference_update(chance.sample(sorted(poison), len(poison) // 2))


def _some(world: World, chance: Random, count: int) -> list[str]:
    """Some of the latest messages: what lay in spam for a month is deleted by Gmail."""
    latest = [
        id_
        for id_, stored in list(world.gmail.mailbox.messages.items())[-150:]
        if not {"DRAFT", "CHAT"} & set(stored.labels) and stored.internal_date / 1000 > world.clock.time() - 30 * DAY
    ]
    return chance.sample(latest, min(count, len(latest)))


def _place(chance: Random) -> tuple[str, ...]:
    return chance.choices(
        [("INBOX", "UNREAD"), ("SPAM",), ("TRASH",), ("DRAFT",), ("CHAT",), ("SENT",), ("Label_1",)],
        [76, 10, 2, 2, 1, 3, 6],
    )[0]


def main(runs: int, messages: int, seed: int) -> int:
    """Runs with seeds from `seed` on; the exit code, 0 when every one was as it must be."""
    began, total, bad = time.monotonic(), Result(), []
    faults: Counter[str] = Counter()
    for number in range(seed, seed + runs):
        result = run(number, messages)
        for name in ("missed", "twice", "wrong", "stuck", "quarantined", "messages", "deaths"):
            setattr(total, name, getattr(total, name) + getattr(result, name))
        faults.update(result.faults)
        total.looks += result.looks
        total.failed_looks += result.failed_looks
        if not result.is_good:
            bad.append(number)
            sys.stdout.write(f"seed {number}: {result}\n")
        _say(number - seed + 1, total, time.monotonic() - began)
    sys.stdout.write("faults met: " + ", ".join(f"{kind} {count}" for kind, count in faults.most_common()) + "\n")
    return 1 if bad else 0


def _say(runs: int, total: Result, seconds: float) -> None:
    sys.stdout.write(
        f"{runs} runs, {total.messages} messages, {total.looks} looks ({total.failed_looks} failed), "
        f"{total.deaths} deaths, {total.missed} missed, {total.twice} double-logged, "
        f"{total.wrong} wrong, {total.stuck} stuck, {total.quarantined} quarantined, {seconds:.0f} s\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    raise SystemExit(main(options.runs, options.messages, options.seed))
