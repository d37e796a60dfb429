"""What a mail's style sheet and style attributes declare, as far as it decides whether text is seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

Style = dict[str, str]  # property -> value, both lower case

MAX_SHEET = 200_000  # characters read of all style elements; long ones list fonts and phones
MAX_STYLE = 2000  # characters read of one style attribute

_SURROGATES = 0xD800  # no letters from here on

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE)
_SELECTOR = re.compile(r"[a-z][a-z0-9]*|[a-z0-9]*[.#][\w-]+")
_BRACE = re.compile(r"[{}]")
_ELSEWHERE = re.compile(r"dark|max-(?:device-)?width|print")  # not the page that is seen on a desk
_READ = {
    "display", "visibility", "opacity", "font", "font-size", "max-height", "height", "max-width", "width", "overflow",
    "overflow-x", "overflow-y", "mso-hide", "color", "background", "background-color", "background-image", "position",
    "left", "top", "right", "text-indent", "margin-left", "margin-top", "clip", "clip-path", "transform", "filter",
    "-webkit-text-fill-color",
}  # fmt: skip


@dataclass
class Sheet:
    """The rules of a mail with plain selectors: `p`, `.name`, `#name`, `p.name`. Others are not followed.

    `paints`: a rule that is not followed sets a background somewhere, so no background can be relied on.
    """

    rules: dict[str, Style] = field(default_factory=dict)
    paints: bool = False

    def style(self, tag: str, name: str, classes: str, own: str) -> Style:
        """What holds for an element, from its tag, id, classes and style attribute; the nearer wins."""
        if not self.rules:
            return declarations(own[:MAX_STYLE]) if own else {}
        found: Style = dict(self.rules.get(tag, {}))
        for one in classes.lower().split(maxsplit=20)[:20]:
            found |= self.rules.get(f".{one}", {})
            found |= self.rules.get(f"{tag}.{one}", {})
        if name:
            found |= self.rules.get(f"#{name.lower()}", {})
            found |= self.rules.get(f"{tag}#{name.lower()}", {})
        return found | declarations(own[:MAX_STYLE]) if own else found


def sheet_of(text: str) -> Sheet:
    """The sheet that the style elements' texts make. Linear in their length; rules inside @media are not followed."""
    sheet = Sheet()
    text = _COMMENT.sub("", text[:MAX_SHEET].replace("<!--", "").replace("-->", "")).lower()
    depth = start = 0
    selectors = media = ""
    for brace in _BRACE.finditer(text):
        part, start = text[start : brace.start()], brace.end()
        if brace.group() == "{":
            depth += 1
            selectors = part.rpartition(";")[2].strip()
            media = selectors if depth == 1 and selectors.startswith("@") else media if depth > 1 else ""
        elif depth:
            depth -= 1
            if not selectors.startswith("@"):
                _add(sheet, selectors, media, declarations(part[:MAX_STYLE]))
            selectors = ""
    return sheet


@lru_cache(maxsize=2048)
def declarations(text: str) -> Style:
    """The declarations that matter here; the last of a name wins. Not to be changed by the caller."""
    found: Style = {}
    for part in _ESCAPE.sub(_unescaped, _COMMENT.sub("", text)).lower().split(";"):
        name, colon, value = part.partition(":")
        if colon and name.strip() in _READ:
            found[name.strip()] = value.partition("!")[0].strip()
    return found


def _add(sheet: Sheet, selectors: str, media: str, style: Style) -> None:
    paints = any(name.startswith("background") for name in style)
    if media:
        sheet.paints |= paints and not _ELSEWHERE.search(media)
        return
    if not style:
        return
    for selector in selectors.split(",")[:50]:
        if _SELECTOR.fullmatch(selector.strip()):
            sheet.rules.setdefault(selector.strip(), {}).update(style)
        else:
            sheet.paints |= paints


def _unescaped(found: re.Match[str]) -> str:
    """The character behind a CSS backslash escape."""
    if not found.group(1):
        return found.group(2) or ""
    code = int(found.group(1), 16)
    return chr(code) if 0 < code < _SURROGATES else ""
