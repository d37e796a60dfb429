"""How alike two letters read, so that no two of them go out with the same words."""

from __future__ import annotations

TOO_ALIKE = 85.0  # of 100; two letters of ours that share half their sentences stay below


def ratio(one: str, other: str) -> float:
    """0 to 100: twice the longest common subsequence over both lengths, which is the ratio of the package rapidfuzz.

    Bit-parallel after Hyyrö, "Bit-parallel LCS-length computation revisited" (2004): one step a character.
    """
    if not one and not other:
        return 100.0
    places: dict[str, int] = {}
    for i, character in enumerate(one):
        places[character] = places.get(character, 0) | (1 << i)
    whole = (1 << len(one)) - 1
    row = whole
    for character in other:
        hit = row & places.get(character, 0)
        row = ((row + hit) | (row - hit)) & whole
    common = len(one) - row.bit_count()
    return 200.0 * common / (len(one) + len(other))
