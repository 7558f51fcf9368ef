"""
XML, in and out: a small frozen tree with lines, and the escaping of what is written.

Reading goes through defusedxml's parser, and refuses before anything can grow: what
declares an entity or brings its own DTD is no feed. What people break by hand is
repaired once, with a finding: blanks before the declaration, HTML's `&nbsp;` and the
like, prefixes that nobody declared, characters that XML does not allow.

Names are as `xml.etree` spells them: `{http://www.w3.org/2005/Atom}entry`.

Sources: https://www.w3.org/TR/xml/ (2.2 characters, 2.11 line ends, 3.3.3 attributes),
https://encoding.spec.whatwg.org for the names of encodings.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING, Any, Final, NoReturn, cast
from xml.etree.ElementTree import ParseError

import attrs
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from incidentkit._finding import Report
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats._format import encoding_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from incidentkit.formats._format import Limits, Source


@attrs.frozen
class Element:
    """An element, with what is in it: text and other elements, in order."""

    name: str
    """`{namespace}local`, or the local name alone where there is no namespace."""
    attributes: Mapping[str, str]
    """Its attributes, by name."""
    content: tuple[Element | str, ...]
    """Text and elements, as they stand; neighbouring texts are one."""
    line: int
    """The line on which it begins, from 1."""

    @property
    def text(self) -> str:
        """The text that stands directly in it."""
        return "".join(part for part in self.content if isinstance(part, str))

    @property
    def elements(self) -> Iterator[Element]:
        """The elements that stand directly in it."""
        return (part for part in self.content if isinstance(part, Element))

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition("}")[2]

    @property
    def place(self) -> str:
        """Where it begins, for findings."""
        return f"line {self.line}"


# -- reading ---------------------------------------------------------------------------


def parse(source: Source) -> Element:
    """
    The root of an XML document.

    Raises:
        MalformedDocument: it is no XML, or a page of HTML; it declares entities or a
            DTD of its own; its encoding is none that feeds use.
        LimitExceeded: it is larger or deeper than the limits allow.
    """
    text = _decoded(source)
    if _HTML.match(text):
        reason = "this is a page of HTML, not a feed: the feed may have moved"
        raise MalformedDocument("line 1", reason)
    stripped = text.lstrip(_BLANKS)
    if stripped is not text and stripped.startswith("<?xml"):
        detail = "blanks before the XML declaration were taken off"
        source.report.add("document.repaired", "line 1", detail)
        # As many lines as there were, so that places still hold.
        text = _undeclared(stripped, text.count("\n", 0, len(text) - len(stripped)))
    try:
        return _parsed(text, source.report, source.limits)
    except ParseError as error:
        repaired = _repaired(text, source.report)
        if repaired == text:
            _refuse(error)
    try:
        return _parsed(repaired, source.report, source.limits)
    except ParseError as error:
        _refuse(error)


_BLANKS: Final = " \t\r\n"
_DECLARATION: Final = re.compile(r"<\?xml\b[^<>]{0,200}\?>")
_ENCODING: Final = re.compile(
    rb"<\?xml[^<>]{0,100}?\bencoding[ \t\r\n]{0,9}=[ \t\r\n]{0,9}[\"']([^\"'<>]{0,40})"
)
#: The encodings a feed may declare, besides UTF-8 and UTF-16.
_ENCODINGS: Final[Mapping[str, str]] = {
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "windows-1252": "windows-1252",
    "cp1252": "windows-1252",
}
_UNICODE: Final = frozenset({"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"})
_HTML: Final = re.compile(
    r"\s{0,2000}(?:<\?xml[^<>]{0,200}\?>\s{0,2000})?"
    r"(?:<!--(?:[^-]|-(?!-)){0,2000}-->\s{0,2000})?<(?:!doctype\s{1,20})?html\b",
    re.ASCII | re.IGNORECASE,
)


def _decoded(source: Source) -> str:
    """The document as text, in UTF-8 or in the encoding that it declares."""
    data = source.data
    if isinstance(data, str) or encoding_of(data) != "utf-8":
        return source.text()
    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf").lstrip())
    name = "utf-8" if declared is None else declared[1].decode("ascii", "replace")
    if name.lower() in _UNICODE:
        return source.text()
    source.check_size()
    encoding = _ENCODINGS.get(name.lower())
    if encoding is None:
        reason = f"encoding {name!r}: use one of {', '.join(['utf-8', *_ENCODINGS])}"
        raise MalformedDocument("line 1", reason)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"not {encoding}: {error.reason}"
        raise MalformedDocument(f"byte {error.start}", reason) from None
    detail = f"the bytes are {encoding}; they were decoded"
    source.report.add("document.encoding", "line 1", detail)
    return text


def _undeclared(text: str, lines: int) -> str:
    return "\n" * lines + _DECLARATION.sub("", text, count=1)


def _refuse(error: ParseError) -> NoReturn:
    line, column = error.position
    reason = f"no XML: {str(error).partition(':')[0]} (column {column + 1})"
    raise MalformedDocument(f"line {line}", reason) from None


class _Builder:
    """What the parser calls; it makes the tree without ever recursing."""

    def __init__(self, limits: Limits, line: Callable[[], int]) -> None:
        self._limits = limits
        self._line = line
        self._open: list[tuple[str, Mapping[str, str], list[Element | str], int]] = []
        self._count = 0
        self.root: Element | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        limits = self._limits
        self._count += 1
        if len(self._open) >= limits.depth:
            reason = f"elements nest deeper than {limits.depth}"
            raise LimitExceeded(f"line {self._line()}", reason)
        if self._count > limits.items:
            reason = f"more than {limits.items} elements"
            raise LimitExceeded(f"line {self._line()}", reason)
        self._open.append((tag, attributes, [], self._line()))

    def end(self, _tag: str) -> None:
        name, attributes, content, line = self._open.pop()
        made = Element(name, attributes, _joined(content), line)
        if self._open:
            self._open[-1][2].append(made)
        else:
            self.root = made

    def data(self, text: str) -> None:
        self._open[-1][2].append(text)


def _joined(content: list[Element | str]) -> tuple[Element | str, ...]:
    """What is in an element, neighbouring texts made one."""
    if len(content) <= 1:
        return tuple(content)
    joined: list[Element | str] = []
    texts: list[str] = []
    for part in content:
        if isinstance(part, str):
            texts.append(part)
            continue
        if texts:
            joined.append("".join(texts))
            texts.clear()
        joined.append(part)
    if texts:
        joined.append("".join(texts))
    return tuple(joined)


def _parsed(text: str, report: Report, limits: Limits) -> Element:
    builder = _Builder(limits, lambda: cast("int", expat.CurrentLineNumber))
    parser = DefusedXMLParser(target=cast("Any", builder))
    # xml.etree's parser holds expat's, which it does not declare.
    expat = cast("Any", parser).parser

    def doctype(name: str, _system: str, _public: str, has_subset: int) -> None:
        place = f"line {expat.CurrentLineNumber}"
        if has_subset:
            reason = "it declares a DTD of its own, which no feed needs"
            raise MalformedDocument(place, reason)
        report.add("xml.doctype", place, "the DTD is not looked at", name)

    expat.StartDoctypeDeclHandler = doctype
    try:
        parser.feed(text)
        parser.close()
    except DefusedXmlException:
        reason = "it declares an entity, which no feed needs"
        raise MalformedDocument(f"line {expat.CurrentLineNumber}", reason) from None
    # A parser that closes without an error has met the end of a root.
    return cast("Element", builder.root)


# -- repairing -------------------------------------------------------------------------

#: Prefixes that feeds use, and what they always mean.
PREFIXES: Final[Mapping[str, str]] = {
    "a10": "http://www.w3.org/2005/Atom",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE: Final = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));", re.ASCII)
_NAMED: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)", re.ASCII)
_OWN: Final = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_CDATA: Final = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_ROOT: Final = re.compile(r"<[A-Za-z_][\w.:-]{0,60}")
_USED: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9]{1,9}):", re.ASCII)


def _repaired(text: str, report: Report) -> str:
    """The document without what people break by hand; each repair is reported."""
    for repair, detail in _REPAIRS:
        before, text = text, repair(text)
        if text != before:
            report.add("document.repaired", "line 1", detail)
    return text


def _without_forbidden(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", _REFERENCE.sub(_reference, text))


def _reference(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    legal = code <= 0x10FFFF and not _FORBIDDEN.match(chr(code))  # noqa: PLR2004 - the last character
    return match[0] if legal else "\ufffd"


def _with_entities(text: str) -> str:
    # What stands in CDATA is no reference.
    parts = _CDATA.split(text)
    parts[::2] = [_NAMED.sub(_entity, part) for part in parts[::2]]
    return "".join(parts)


def _entity(match: re.Match[str]) -> str:
    name = match[1]
    return match[0] if name in _OWN else html5.get(name, match[0])


def _with_prefixes(text: str) -> str:
    used = {name for name in _USED.findall(text) if name in PREFIXES}
    root = _ROOT.search(text)
    if root is None:
        return text
    declared = "".join(
        f' xmlns:{name}="{PREFIXES[name]}"'
        for name in sorted(used)
        if f"xmlns:{name}" not in text
    )
    return text[: root.end()] + declared + text[root.end() :]


_REPAIRS: Final[tuple[tuple[Callable[[str], str], str], ...]] = (
    (_without_forbidden, "characters that XML does not allow became U+FFFD"),
    (_with_entities, "entities of HTML, which XML does not know, were replaced"),
    (_with_prefixes, "prefixes that nobody declared were taken for the usual ones"),
)


# -- writing ---------------------------------------------------------------------------

_SPECIAL: Final = re.compile("[&<>\r]")
_SPECIAL_QUOTED: Final = re.compile("[&<>\r'\"]")
_SPECIAL_ATTRIBUTE: Final = re.compile('[&<>"\r\n\t]')
_ESCAPED: Final[Mapping[str, str]] = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&apos;",
    "\r": "&#13;",
    "\n": "&#10;",
    "\t": "&#9;",
}


def allowed(text: str) -> str:
    """Text as XML can hold it: U+FFFD in the place of each forbidden character."""
    return _FORBIDDEN.sub("\ufffd", text) if _FORBIDDEN.search(text) else text


def escaped(text: str, *, quotes: bool = False) -> str:
    r"""
    Text to stand between tags; a carriage return survives as a reference.

    >>> escaped("Q&A < 5\r")
    'Q&amp;A &lt; 5&#13;'

    Args:
        text: what is to be read there, of characters that XML allows.
        quotes: whether quotes become references too.
    """
    pattern = _SPECIAL_QUOTED if quotes else _SPECIAL
    return pattern.sub(_escape, text)


def attribute(text: str) -> str:
    """Text to stand in double quotes; blanks of every kind survive."""
    return _SPECIAL_ATTRIBUTE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return _ESCAPED[match[0]]


def rendered(root: Element) -> str:
    """
    An element as XML that stands by itself: its namespaces are declared where needed.

    Not by recursion, so that depth costs nothing.
    """
    pieces: list[str] = []
    pending: list[Element | str] = [root]
    spaces: list[str] = [""]
    while pending:
        part = pending.pop()
        if isinstance(part, str):
            if part == _CLOSE:
                spaces.pop()
                pieces.append(cast("str", pending.pop()))
            else:
                pieces.append(escaped(part))
            continue
        space, name = _split(part.name)
        declared = "" if space == spaces[-1] else f' xmlns="{attribute(space)}"'
        pieces.append(f"<{name}{declared}{_attributes(part)}")
        if not part.content:
            pieces.append("/>")
            continue
        pieces.append(">")
        spaces.append(space)
        pending += (f"</{name}>", _CLOSE, *reversed(part.content))
    return "".join(pieces)


#: No text of a document is this: XML does not allow the character.
_CLOSE: Final = "\x00"


def _split(name: str) -> tuple[str, str]:
    space, _, local = name.rpartition("}")
    return space.removeprefix("{"), local


_XML_SPACE: Final = "http://www.w3.org/XML/1998/namespace"


def _attributes(part: Element) -> str:
    written: list[str] = []
    for number, (key, value) in enumerate(part.attributes.items()):
        space, name = _split(key)
        if space == _XML_SPACE:
            name = f"xml:{name}"
        elif space:
            written.append(f' xmlns:n{number}="{attribute(space)}"')
            name = f"n{number}:{name}"
        written.append(f' {name}="{attribute(value)}"')
    return "".join(written)


def element(text: str, limits: Limits) -> Element | None:
    """The element that a text is, exactly as `rendered` writes it; else None."""
    try:
        found = _parsed(text, Report(), limits)
    except (ParseError, MalformedDocument):
        return None
    return found if rendered(found) == text else None
