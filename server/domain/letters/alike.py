"""How alike two letters read, so that no two of them go out with the same words."""

from __future__ import annotations

TOO_ALIKE = 85.0  # of 100; two letters of ours that share half their sentences stay below
_STRIDE = 64  # characters between two looks at whether enough can still come together


def ratio(one: str, other: str) -> float:
    """0 to 100: twice the longest common subsequence over both lengths, which is the ratio of the package rapidfuzz."""
    if not one and not other:
        return 100.0
    return 200.0 * _common(one, other) / (len(one) + len(other))


def is_alike(one: str, other: str, limit: float = TOO_ALIKE) -> bool:
    """Whether their ratio is so high or higher; for most letters a third of them is enough to tell."""
    if not one and not other:
        return True
    least = limit * (len(one) + len(other)) / 200.0
    return _common(one, other, least) >= least


def _common(one: str, other: str, least: float = 0.0) -> int:
    """Length of their longest common subsequence; 0 as soon as it is sure to be less than `least`.

    Bit-parallel after Hyyrö, "Bit-parallel LCS-length computation revisited" (2004): one step a character.
    """
    places: dict[str, int] = {}
    for i, character in enumerate(one):
        places[character] = places.get(character, 0) | (1 << i)
    whole = (1 << len(one)) - 1
    row = whole
    for start in range(0, len(other), _STRIDE):
        if len(one) - row.bit_count() + len(other) - start < least:
            return 0
        for character in other[start : start + _STRIDE]:
            hit = row & places.get(character, 0)
            row = ((row + hit) | (row - hit)) & whole
    return len(one) - row.bit_count()
