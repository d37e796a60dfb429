"""The visible, newest text of an HTML mail, in bounded time whatever the markup."""

# ruff: noqa: E501 - patterns stay on one line: cut up, they cannot be read or searched

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_HTML = 10 * 1024 * 1024  # characters accepted
_PARSED = 2 * 1024 * 1024  # characters parsed once inline images are out; 64 K of text never needs more in real mail
MAX_TEXT = 64 * 1024  # characters returned
MAX_DEPTH = 512  # Lexbor's tree building is quadratic in open elements: 500,000 nested divs took 21 s (measured)
MAX_NODES = 150_000  # a visit costs about 2 microseconds

_SKIPPED = {"head", "script", "style", "title", "meta", "link", "noscript", "template", "svg", "object", "iframe",
            "select", "textarea", "button", "-comment", "-doctype", "audio", "video", "map"}  # fmt: skip
_BLOCKS = {"address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form",
           "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
           "table", "tbody", "thead", "tr", "ul"}  # fmt: skip
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "hr"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li",
         "td", "tr", "th", "option", "dt", "dd"}  # fmt: skip
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)"
    r"|max-height\s*:\s*0(?:px|em|pt|%)?\s*(?:;|$|!)|(?<![-\w])height\s*:\s*0(?:px)?\s*;.*overflow\s*:\s*hidden",
    re.IGNORECASE,
)
_FONT_SIZE = re.compile(r"font-size\s*:\s*([\d.]+)", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(r"pre-?header|preview-?text|hidden-?preview|mcnPreviewText", re.IGNORECASE)
_QUOTE_CLASS = re.compile(
    r"gmail_quote|yahoo_quoted|protonmail_quote|moz-cite-prefix|tutanota_quote|gmail_attr|zmail_extra"
)
_OUTLOOK_REPLY = {"divrplyfwdmsg", "appendonsend", "olk_src_body_section", "mail-editor-reference-message-container"}
_FORWARD_MARK = re.compile(
    r"forwarded message|weitergeleitete nachricht|message (?:transf|r[ée]exp)|(?:mensaje|mensagem) (?:reenviad|encaminhad)"
    r"|messaggio inoltrato|doorgestuurd bericht",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_SCRIPTS = re.compile(r"<(script|style|head)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_INLINE_IMAGE = re.compile(r"data:image/[^\s\"'<>]{100,}")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u200e\u200f]")


def html_to_text(html: str) -> str:
    """The text a reader sees first: no scripts, no hidden preheader, no quoted history; a line per block.

    Never raises. Reads at most 10 MB, returns at most 64 K characters; one second is the aim on the worst markup.
    When nothing but quoted text is left (a bare forward), the quoted text is returned.
    """
    html = _readable(_INLINE_IMAGE.sub("", html[:MAX_HTML])[:_PARSED])
    if not html.strip():
        return ""
    if "<" not in html:
        return _tidy(unescape(html))
    if _depth(html) > MAX_DEPTH:
        return _tidy(unescape(_without_tags(_SCRIPTS.sub(" ", html))))
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    return _tidy(_Walk(keep_quotes=False).text(body)) or _tidy(_Walk(keep_quotes=True).text(body))


@dataclass
class _Walk:
    """One pass over the tree with its own stack: document order, hidden and quoted branches left out."""

    keep_quotes: bool
    parts: list[str] = field(default_factory=list)
    size: int = 0

    def text(self, body: LexborNode) -> str:
        """Everything visible below `body`."""
        stack: list[tuple[LexborNode | str, bool]] = [(body, False)]
        for _ in range(MAX_NODES):
            if not stack or self.size > 2 * MAX_TEXT:
                break
            node, tiny = stack.pop()
            if isinstance(node, str):
                self._emit(node)
                continue
            if node.next is not None and node.mem_id != body.mem_id:
                stack.append((node.next, tiny))
            tag = node.tag
            if tag == "-text":
                if not tiny:
                    self._emit(_SPACE.sub(" ", node.text_content or ""))
            elif tag == "br":
                self._emit("\n")
            elif tag is None or tag in _SKIPPED or tag.startswith("-"):
                continue
            elif not self._enter(node, tag, tiny, stack):
                break
        return "".join(self.parts)

    def _enter(self, node: LexborNode, tag: str, tiny: bool, stack: list[tuple[LexborNode | str, bool]]) -> bool:
        """Queue an element's children; False when all that follows is an older mail."""
        attributes = node.attributes
        style = attributes.get("style") or ""
        if _is_hidden(attributes, style):
            return True
        if not self.keep_quotes:
            if (attributes.get("id") or "").lower() in _OUTLOOK_REPLY and "".join(self.parts).strip():
                return False
            if _is_quote(node, tag, attributes):
                return True
        if size := _FONT_SIZE.search(style):
            tiny = _number(size.group(1)) <= 1  # MJML sets 0 on a cell and resets it on the text inside
        gap = "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _BLOCKS else " " if tag in {"td", "th"} else ""
        if gap:
            self._emit(gap)
            stack.append((gap, False))
        if node.child is not None:
            stack.append((node.child, tiny))
        return True

    def _emit(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)


def _is_hidden(attributes: dict[str, str | None], style: str) -> bool:
    """Whether a reader does not see the element."""
    return (
        "hidden" in attributes
        or bool(style and _HIDDEN_STYLE.search(style))
        or bool(_HIDDEN_CLASS.search(attributes.get("class") or ""))
    )


def _is_quote(node: LexborNode, tag: str, attributes: dict[str, str | None]) -> bool:
    """Whether the element holds an older mail of the thread. Forwarded mails stay: `newest_part` decides on them."""
    quoted = bool(_QUOTE_CLASS.search(attributes.get("class") or "")) or (
        tag == "blockquote" and ((attributes.get("type") or "").lower() == "cite" or "cite" in attributes)
    )
    return quoted and not _FORWARD_MARK.search((node.text(deep=True) or "")[:300])


def _without_tags(html: str) -> str:
    """What stands between tags, a line each, in one pass: for markup too deep to build a tree of."""
    first, *pieces = html.split("<")
    return "\n".join([first, *(piece.partition(">")[2] for piece in pieces)])[: 4 * MAX_TEXT]


def _depth(html: str) -> int:
    """The deepest nesting the markup can reach, roughly: optional end tags are not counted."""
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        if closing:
            depth = max(0, depth - (name.lower() not in _VOID))
        elif name.lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _readable(html: str) -> str:
    """Text that can be encoded: lone surrogates and NULs would make the parser raise."""
    return html.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _number(digits: str) -> float:
    """The number, or a visible size when the style is broken."""
    return float(digits) if digits.count(".") <= 1 and digits != "." else 12.0


def _tidy(text: str) -> str:
    """Single spaces, no zero-width characters, at most one blank line."""
    lines = (_SPACE.sub(" ", line).strip() for line in _ZERO_WIDTH.sub("", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:MAX_TEXT].rstrip()
