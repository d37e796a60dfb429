"""Whether a reader sees the text of an element: size, colours, place and the styles that hide."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from nlp.text.colours import CLEAR, Colour, alike, colour_of
from nlp.text.sheet import Sheet, Style

_LENGTH = re.compile(r"(-?\d{0,9}\.?\d{1,9})\s*(px|pt|em|rem|ex|ch|%|in|cm|mm|pc|vw|vh)?")
_FONT = re.compile(r"(?:^|\s)(0|\d{0,6}\.?\d{1,6}(?:px|pt|em|rem|%))(?=/|\s|$)")
_FUNCTION_PARTS = re.compile(r"-?\d{0,9}\.?\d{1,9}")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "in": 96.0, "cm": 37.8, "mm": 3.78, "pc": 16.0, "vw": 8.0, "vh": 8.0, "rem": 16.0}
_RELATIVE = {"em": 1.0, "%": 0.01, "ex": 0.5, "ch": 0.5}
_USUAL = 16.0  # pixels of text that no style touches
_TINY = 2.0  # pixels up to which letters are not seen
_FLECK = 1.0  # pixels up to which a box holds nothing that is seen
_FAR = -400.0  # pixels; pulled this far out, a block stands off the page
_HIDDEN_CLASS = re.compile(r"pre-?header|preview-?text|hidden-?preview", re.IGNORECASE)
_FAINT_FILTER = re.compile(r"opacity\s*[=(]\s*0*\.?0*\s*\)")
_NOTHING = re.compile(r"scale[xy]?\(\s*0*\.?0*\s*[,)]|translate[xy]?\(\s*-\d{4,}")
_UNTOLD = re.compile(r"url\(|gradient|image|var\(|\blch|\blab|\bcolor")


class Look(NamedTuple):
    """How text looks at a place of the page; what an element hands down to those inside it."""

    size: float = _USUAL  # pixels
    unseen: bool = False  # visibility, which an element inside may turn back on
    ink: Colour | str | None = None
    paper: Colour | str | None = (255, 255, 255)

    def shows(self, *, colours: bool) -> bool:
        """Whether text here is seen; `colours`: letters in their background's colour are not."""
        return self.size > _TINY and not self.unseen and not (colours and alike(self.ink, self.paper))


def look_of(outer: Look, tag: str, attributes: Mapping[str, str | None], sheet: Sheet) -> Look | None:
    """How text looks inside an element; None when nothing inside can be seen, whatever it sets."""
    classes, name = attributes.get("class") or "", attributes.get("id") or ""
    if "hidden" in attributes or (classes and _HIDDEN_CLASS.search(classes)) or (name and _HIDDEN_CLASS.search(name)):
        return None
    style = sheet.style(tag, name, classes, attributes.get("style") or "")
    if style and _is_gone(style):
        return None
    plain = not style and not (attributes.keys() & {"color", "bgcolor", "background", "text", "size"})
    if plain:
        return outer._replace(ink=None) if tag == "a" else outer
    return Look(
        _size(outer.size, style),
        _is_unseen(outer.unseen, style),
        _ink(outer, tag, attributes, style),
        _paper(outer, attributes, style),
    )


def _is_gone(style: Style) -> bool:
    """Whether the element hides all that is in it."""
    get = style.get
    if get("display") == "none" or get("mso-hide") == "all" or _zero(get("opacity"), 0.05):
        return True
    if _zero(get("max-height"), 0):
        return True
    if any(get(name, "") in {"hidden", "clip"} for name in ("overflow", "overflow-x", "overflow-y")) and any(
        _zero(get(name), _FLECK) for name in ("max-height", "height", "max-width", "width")
    ):
        return True
    if "filter" in style and _FAINT_FILTER.search(style["filter"]):
        return True
    return _is_off_page(style)


def _is_off_page(style: Style) -> bool:
    """Whether the element is moved, cut or shrunk away."""
    moved = ["text-indent", "margin-left", "margin-top"]
    if style.get("position") in {"absolute", "fixed"}:
        moved += ["left", "top", "right"]
        cut = style.get("clip", "")
        if cut.startswith("rect") and all(float(part) <= _FLECK for part in _FUNCTION_PARTS.findall(cut)):
            return True
    if any((_pixels(style[name], _USUAL) or 0.0) < _FAR for name in moved if name in style):
        return True
    path = _FUNCTION_PARTS.findall(style.get("clip-path", ""))
    if path and style["clip-path"].startswith("inset") and all(float(part) >= 50 for part in path[:4]):  # noqa: PLR2004 - percent from each side
        return True
    return bool(_NOTHING.search(style.get("transform", "")))


def _size(outer: float, style: Style) -> float:
    """The size of letters in pixels; a value that cannot be told shows."""
    if "font-size" in style:
        size = _pixels(style["font-size"], outer)
        return _USUAL if size is None else size
    if found := _FONT.search(style.get("font", "")):
        return _pixels(found.group(1), outer) or 0.0
    return outer


def _is_unseen(outer: bool, style: Style) -> bool:
    visibility = style.get("visibility", "inherit")
    return outer if visibility in {"inherit", "unset"} else visibility in {"hidden", "collapse"}


def _ink(outer: Look, tag: str, attributes: Mapping[str, str | None], style: Style) -> Colour | str | None:
    """The letters' colour; links have one of their own."""
    named = attributes.get("color") or attributes.get("text")
    value = style.get("-webkit-text-fill-color") or style.get("color") or (named if tag in {"font", "body"} else None)
    if not value:
        return None if tag == "a" else outer.ink
    if value in {"inherit", "unset", "currentcolor"}:
        return outer.ink
    colour = colour_of(value)
    return None if colour == CLEAR and "background" in style else colour  # letters cut out of a picture


def _paper(outer: Look, attributes: Mapping[str, str | None], style: Style) -> Colour | str | None:
    """The background's colour, None where it is a picture or cannot be told."""
    if style.get("position") in {"absolute", "fixed"} or attributes.get("background"):
        return None
    paper = outer.paper
    for value in (attributes.get("bgcolor"), *(style.get(f"background{end}") for end in ("", "-color", "-image"))):
        if not value or value in {"none", "inherit", "unset", "initial"}:
            continue
        if _UNTOLD.search(value):
            return None
        colours = [colour for part in (value, *value.split()) if (colour := colour_of(part))]
        paper = outer.paper if CLEAR in colours else colours[0] if colours else None
    return paper


def _zero(value: str | None, most: float) -> bool:
    """Whether a length or share is next to nothing."""
    if value is None:
        return False
    found = _LENGTH.fullmatch(value)
    if not found:
        return False
    number = abs(float(found.group(1)))
    return number <= (most if found.group(2) in {None, "px", "pt"} else 0)


def _pixels(value: str, outer: float) -> float | None:
    found = _LENGTH.fullmatch(value)
    if not found:
        return None
    number, unit = float(found.group(1)), found.group(2)
    return number * (_RELATIVE[unit] * outer if unit in _RELATIVE else _PIXELS.get(unit or "px", 1.0))
