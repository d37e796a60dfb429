"""Colours as mails write them, to tell text that nobody can see."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb
from functools import lru_cache

Colour = tuple[int, int, int]  # red, green, blue, 0 to 255 each
CLEAR = "clear"  # see-through: as ink invisible, as paper nothing

_ALIKE = 16  # most that each part of two colours may differ for a reader to see no letters: #f0f0f0 on white
_FAINT = 0.05  # opacity up to which nothing is seen
_HEX = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(\s*([^()]{1,80})\)")
_NUMBER = re.compile(r"(-?\d{0,6}\.?\d{1,6})(%?)")
_NAMES = {
    "white": (255, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255),
    "floralwhite": (255, 250, 240), "mintcream": (245, 255, 250), "azure": (240, 255, 255),
    "whitesmoke": (245, 245, 245), "aliceblue": (240, 248, 255), "black": (0, 0, 0), "gray": (128, 128, 128),
    "grey": (128, 128, 128), "silver": (192, 192, 192), "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211),
    "red": (255, 0, 0), "blue": (0, 0, 255), "navy": (0, 0, 128), "green": (0, 128, 0), "yellow": (255, 255, 0),
}  # fmt: skip


@lru_cache(maxsize=2048)
def colour_of(text: str) -> Colour | str | None:
    """The colour a CSS value or HTML attribute names, CLEAR when see-through, None when it cannot be told."""
    text = text.strip().lower()
    if text == "transparent":
        return CLEAR
    if text in _NAMES:
        return _NAMES[text]
    if found := _HEX.fullmatch(text):
        return _of_hex(found.group(1))
    if found := _FUNCTION.fullmatch(text):
        return _of_function(found.group(1), _NUMBER.findall(found.group(2)))
    return None


def alike(ink: Colour | str | None, paper: Colour | str | None) -> bool:
    """Whether letters in `ink` cannot be seen on `paper`; never when one of them is not known."""
    if ink == CLEAR:
        return True
    if not isinstance(ink, tuple) or not isinstance(paper, tuple):
        return False
    return all(abs(one - other) <= _ALIKE for one, other in zip(ink, paper, strict=True))


def _of_hex(digits: str) -> Colour | str:
    if len(digits) <= 4:  # noqa: PLR2004 - #rgb and #rgba
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[place : place + 2], 16) for place in range(0, len(digits), 2)]
    if len(parts) > 3 and parts[3] <= _FAINT * 255:  # noqa: PLR2004 - the fourth is the opacity
        return CLEAR
    return parts[0], parts[1], parts[2]


def _of_function(kind: str, numbers: list[tuple[str, str]]) -> Colour | str | None:
    if len(numbers) not in (3, 4):
        return None
    values = [float(number) / (100 if percent else 1) for number, percent in numbers]
    if len(values) > 3 and values[3] <= _FAINT:  # noqa: PLR2004 - the fourth is the opacity
        return CLEAR
    if kind == "hsl":
        parts = [255 * part for part in hls_to_rgb(values[0] % 360 / 360, values[2], values[1])]
    else:
        parts = [255 * value if percent else value for value, (_, percent) in zip(values, numbers, strict=True)]
    red, green, blue = (max(0, min(255, round(part))) for part in parts[:3])
    return red, green, blue
