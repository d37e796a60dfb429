"""The visible, newest text of an HTML mail, in bounded time whatever the markup."""

# ruff: noqa: E501 - patterns stay on one line: cut up, they cannot be read or searched

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from nlp.text.look import Look, look_of
from nlp.text.programs import FORWARD_WORDS
from nlp.text.quoting import is_pointer
from nlp.text.sheet import Sheet, sheet_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_HTML = 10 * 1024 * 1024  # characters accepted
_PARSED = 1024 * 1024  # characters parsed once inline images are out; 64 K of text never needs more in real mail
MAX_TEXT = 64 * 1024  # characters returned
MAX_DEPTH = 256  # Lexbor's tree building is quadratic in open elements: 500,000 nested divs took 21 s (measured)
MAX_TAG = 4096  # characters of one tag; Lexbor compares each attribute with all others: 200,000 took 12 s (measured)
MAX_NODES = 100_000  # a visit costs about 2 microseconds
_SHEETS = 20  # style elements read
_HEAD = 300  # characters and nodes looked at to tell a forward from a reply
_LEAD = 600  # characters; what only points at a forward is shorter

_SKIPPED = {"head", "script", "style", "title", "meta", "link", "noscript", "template", "svg", "object", "iframe",
            "select", "textarea", "button", "-comment", "-doctype", "audio", "video", "map", "datalist", "canvas",
            "noframes", "dialog"}  # fmt: skip
_BLOCKS = {"address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form",
           "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
           "table", "tbody", "thead", "tr", "ul"}  # fmt: skip
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "hr"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li",
         "td", "tr", "th", "option", "dt", "dd"}  # fmt: skip
_QUOTE_CLASS = re.compile(r"yahoo_quoted|protonmail_quote|moz-cite-prefix|tutanota_quote|gmail_attr|zmail_extra")
_GMAIL_QUOTE = re.compile(r"\bgmail_quote\b")
_OUTLOOK_REPLY = {"divrplyfwdmsg", "appendonsend", "olk_src_body_section", "mail-editor-reference-message-container"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_WHOLE_TAG = re.compile(r"""<[a-zA-Z](?:[^>=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+""")
_SCRIPTS = re.compile(r"<(script|style|head)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_INLINE_IMAGE = re.compile(r"data:image/[^\s\"'<>]{100,}")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u200e\u200f]")


def html_to_text(html: str) -> str:
    """The text a reader sees first: no scripts, no hidden preheader, no quoted history; a line per block.

    Never raises. Reads at most 10 MB, returns at most 64 K characters; one second is the aim on the worst markup.
    When nothing but quoted text is left (a bare forward), the quoted text is returned.
    """
    html = _readable(_WHOLE_TAG.sub(_shortened, _INLINE_IMAGE.sub("", html[:MAX_HTML])[: 2 * _PARSED])[:_PARSED])
    if not html.strip():
        return ""
    if "<" not in html:
        return _tidy(unescape(html))
    if _depth(html) > MAX_DEPTH:
        return _tidy(unescape(_without_tags(_SCRIPTS.sub(" ", html))))
    page = LexborHTMLParser(html)
    sheet = sheet_of("\n".join(node.text(deep=True) or "" for node in page.css("style")[:_SHEETS]))
    walk = _Walk(sheet)
    text = _tidy(walk.text(page))
    if not text and walk.has_quotes:
        text = _tidy(_Walk(sheet, keep_quotes=True).text(page))
    if not text and walk.has_faint:  # all in the background's colour: we misread the page
        text = _tidy(_Walk(sheet, keep_quotes=True, colours=False).text(page))
    return text


@dataclass
class _Walk:
    """One pass over the tree with its own stack: document order, hidden and quoted branches left out.

    `colours`: leave out letters in the colour of their background.
    """

    sheet: Sheet
    keep_quotes: bool = False
    colours: bool = True
    parts: list[str] = field(default_factory=list)
    lead: str = ""  # how the text begins, as much as a word that points at a forward may take
    size: int = 0
    has_quotes: bool = False  # something was left out as an older mail
    has_faint: bool = False  # something was left out as too small or in the background's colour

    def text(self, page: LexborHTMLParser) -> str:
        """Everything visible in the body of the page."""
        body = page.body
        if body is None:
            return ""
        stack: list[tuple[LexborNode | str, Look]] = [(body, self._outermost(page.root))]
        visits = 0
        while stack and self.size <= 2 * MAX_TEXT and visits < MAX_NODES:
            visits += 1
            node, look = stack.pop()
            if isinstance(node, str):
                self._emit(node)
                continue
            if node.next is not None and node.mem_id != body.mem_id:
                stack.append((node.next, look))
            tag = node.tag
            if tag == "-text":
                self._say(node.text_content or "", look)
            elif tag == "br":
                self._emit("\n")
            elif tag is None or tag in _SKIPPED or tag.startswith("-"):
                continue
            elif not self._enter(node, tag, look, stack):
                break
        return "".join(self.parts)

    def _outermost(self, html: LexborNode | None) -> Look:
        """How text looks outside of all elements of the body."""
        look = Look(paper=None) if self.sheet.paints else Look()
        return (look_of(look, "html", html.attributes, self.sheet) if html is not None else None) or look

    def _enter(self, node: LexborNode, tag: str, outer: Look, stack: list[tuple[LexborNode | str, Look]]) -> bool:
        """Queue an element's children; False when all that follows is an older mail."""
        attributes = node.attributes
        look = look_of(outer, tag, attributes, self.sheet)
        if look is None:
            return True
        child = node.child
        if not self.keep_quotes:
            if _plain_id(attributes) in _OUTLOOK_REPLY and self._has_said_something():
                return False
            if _is_quote(tag, attributes) and not _is_forward(node):
                self.has_quotes = True
                child = _below_quote(child) if tag != "blockquote" else None
                if child is None:
                    return True
        gap = "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _BLOCKS else " " if tag in {"td", "th"} else ""
        if gap:
            self._emit(gap)
            stack.append((gap, look))
        if child is not None:
            stack.append((child, look))
        return True

    def _say(self, text: str, look: Look) -> None:
        if look.shows(colours=self.colours):
            self._emit(_SPACE.sub(" ", text))
        else:
            self.has_faint = True

    def _emit(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)
        if len(self.lead) < _LEAD:
            self.lead = f"{self.lead}{text[:_LEAD]}" if not text.isspace() else f"{self.lead.rstrip()}{text[:2]}"

    def _has_said_something(self) -> bool:
        """Whether the text so far is more than a word that points at a forwarded mail."""
        return len(self.lead) >= _LEAD or not is_pointer(_tidy(self.lead))


def _plain_id(attributes: dict[str, str | None]) -> str:
    """The id without the "x_" that Outlook puts before those of mails it quotes."""
    return (attributes.get("id") or "").lower().removeprefix("x_")


def _is_quote(tag: str, attributes: dict[str, str | None]) -> bool:
    """Whether the element holds an older mail of the thread, or says who wrote it."""
    classes = attributes.get("class") or ""
    if tag == "blockquote" and ((attributes.get("type") or "").lower() == "cite" or "cite" in attributes):
        return True
    return bool(_QUOTE_CLASS.search(classes) or _GMAIL_QUOTE.search(classes))


def _is_forward(node: LexborNode) -> bool:
    """Whether the element begins as a forwarded mail does. Those stay: `newest_part` decides on them."""
    text, stack, seen = "", [node.child], 0
    while stack and len(text) < _HEAD and seen < _HEAD:
        one, seen = stack.pop(), seen + 1
        if one is None:
            continue
        if one.tag == "-text":
            text += (one.text_content or "")[:_HEAD]
        stack += [one.next, one.child]
    return bool(FORWARD_WORDS.search(text[:_HEAD]))


def _below_quote(child: LexborNode | None) -> LexborNode | None:
    """What stands behind the first quotation inside a Gmail quote: answers written between the quoted lines."""
    while child is not None and not (child.tag == "blockquote" and _is_quote("blockquote", child.attributes)):
        child = child.next
    return child.next if child is not None else None


def _shortened(tag: re.Match[str]) -> str:
    """The tag as it is, or its beginning with any quotation closed."""
    text = tag.group()
    return text if len(text) <= MAX_TAG else text[:MAX_TAG].rstrip("= \t\r\n\f\"'") + "\"'"


def _without_tags(html: str) -> str:
    """What stands between tags, a line each, in one pass: for markup too deep to build a tree of."""
    first, *pieces = html.split("<")
    return "\n".join([first, *(piece.partition(">")[2] for piece in pieces)])[: 4 * MAX_TEXT]


def _depth(html: str) -> int:
    """The deepest nesting the markup can reach, roughly: optional end tags are not counted."""
    depth = deepest = 0
    for tag in _TAG.finditer(html):
        closing, name = tag.groups()
        if closing:
            depth = max(0, depth - (name.lower() not in _VOID))
        elif name.lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _readable(html: str) -> str:
    """Text that can be encoded: lone surrogates and NULs would make the parser raise."""
    return html.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _tidy(text: str) -> str:
    """Single spaces, no zero-width characters, at most one blank line."""
    lines = (_SPACE.sub(" ", line).strip() for line in _ZERO_WIDTH.sub("", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:MAX_TEXT].rstrip()
