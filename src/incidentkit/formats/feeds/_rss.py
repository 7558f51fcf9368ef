"""
RSS: from XML to what a feed says, and back as Statuspage lays it out.

Versions 2.0 and 0.9x are one format with more or fewer elements; 1.0 keeps its items
beside the channel. Namespaces are RSS's own, none, or those of the usual modules.

Source: https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incidentkit._clocks import rfc822, write_rfc822
from incidentkit._time import timestamp
from incidentkit.errors import MalformedDocument
from incidentkit.formats._xml import PREFIXES, escaped, rendered
from incidentkit.formats.feeds._shapes import Dialect, Entry, Feed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import tzinfo

    from incidentkit._time import Reading
    from incidentkit.formats._xml import Element

_SPACES: Final = frozenset(
    {
        "",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2",
    }
)
_BLANKS: Final = " \t\r\n"

#: Elements of a feed and of an item, and the fields they are; of two that are one
#: field, the first that is there.
_OF_FEED: Final[Mapping[str, str]] = {
    "title": "title",
    "link": "url",
    "description": "description",
    "pubDate": "updated",
}
_OF_ENTRY: Final[Mapping[str, str]] = {
    "title": "title",
    "description": "summary",
    "pubDate": "published",
    "maintenanceEndDate": "until",
    "link": "url",
    "guid": "id",
    "content:encoded": "html",
    "dc:date": "published",
}
#: The fields whose text is kept to the letter.
_VERBATIM: Final = frozenset({"title", "description"})


def parse(root: Element) -> Feed:
    """
    What a feed says.

    Raises:
        MalformedDocument: the root is neither `rss` nor `RDF`, or has no `channel`.
    """
    if root.local.lower() not in {"rss", "rdf"}:
        reason = f"the root is <{root.local}>, not the <rss> of RSS"
        raise MalformedDocument(root.place, reason)
    channel = next((one for one in root.elements if _own(one) == "channel"), None)
    if channel is None:
        raise MalformedDocument(root.place, "an <rss> without a <channel>")
    said: dict[str, str] = {}
    others: list[str] = []
    entries: list[Entry] = []
    beside = (one for one in root.elements if one is not channel)
    for element in (*channel.elements, *beside):
        name = _own(element)
        field = _OF_FEED.get(name or "")
        if name == "item":
            entries.append(_entry(element))
        elif field is not None and field not in said:
            said[field] = _text_of(element, field)
        else:
            others.append(rendered(element))
    if "updated" not in said:
        built = (one for one in channel.elements if _own(one) == "lastBuildDate")
        said.update(("updated", one.text.strip(_BLANKS)) for one in built)
    return Feed(**said, others=tuple(others), entries=tuple(entries), line=root.line)


def _entry(root: Element) -> Entry:
    said: dict[str, str] = {}
    others: list[str] = []
    categories: list[str] = []
    for element in root.elements:
        name = _own(element)
        field = _OF_ENTRY.get(name or "")
        if name == "category":
            categories.append(element.text)
        elif field is not None and field not in said:
            said[field] = _text_of(element, field)
        else:
            others.append(rendered(element))
    if "html" not in said and "summary" in said:
        said["html"] = said.pop("summary")
    return Entry(
        **said, categories=tuple(categories), others=tuple(others), line=root.line
    )


def _text_of(element: Element, field: str) -> str:
    return element.text if field in _VERBATIM else element.text.strip(_BLANKS)


_MODULES: Final = {PREFIXES[prefix]: prefix for prefix in ("content", "dc")}


def _own(element: Element) -> str | None:
    """The name of an element of RSS or of a module we know; None for any other."""
    space, _, name = element.name.removeprefix("{").rpartition("}")
    if space in _SPACES:
        return name
    prefix = _MODULES.get(space)
    return None if prefix is None else f"{prefix}:{name}"


# -- writing ---------------------------------------------------------------------------


def render(feed: Feed) -> str:
    """A feed as XML, in the order of Statuspage."""
    return "".join(_lines(feed))


def _lines(feed: Feed) -> Iterator[str]:
    dc = PREFIXES["dc"]
    content = any(entry.summary is not None for entry in feed.entries)
    more = f' xmlns:content="{PREFIXES["content"]}"' if content else ""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<rss version="2.0" xmlns:dc="{dc}"{more}>\n  <channel>\n'
    yield from _text("    ", "title", feed.title)
    yield from _text("    ", "link", feed.url)
    yield from _text("    ", "description", feed.description)
    yield from _text("    ", "pubDate", feed.updated)
    yield from (f"    {other}\n" for other in feed.others)
    for entry in feed.entries:
        yield "    <item>\n"
        yield from _item(entry)
        yield "    </item>\n"
    yield "  </channel>\n</rss>\n"


def _item(entry: Entry) -> Iterable[str]:
    indent = " " * 6
    yield from _text(indent, "title", entry.title)
    if entry.summary is not None:
        yield from _block("description", entry.summary)
        yield from _block("content:encoded", entry.html or "")
    elif entry.html is not None:
        yield from _block("description", entry.html)
    yield from _text(indent, "pubDate", entry.published)
    yield from _text(indent, "maintenanceEndDate", entry.until)
    yield from _text(indent, "link", entry.url)
    if entry.id is not None:
        # A guid is taken for an address unless it says that it is none.
        kind = "" if entry.id == entry.url else ' isPermaLink="false"'
        yield f"{indent}<guid{kind}>{escaped(entry.id, quotes=True)}</guid>\n"
    for category in entry.categories:
        yield f"{indent}<category>{escaped(category, quotes=True)}</category>\n"
    yield from (f"{indent}{other}\n" for other in entry.others)


def _text(indent: str, name: str, value: str | None) -> Iterator[str]:
    if value is not None:
        yield f"{indent}<{name}>{escaped(value, quotes=True)}</{name}>\n"


def _block(name: str, html: str) -> Iterator[str]:
    indent = " " * 6
    yield f"{indent}<{name}>\n{escaped(html, quotes=True)}{indent}</{name}>\n"


def _read_time(text: str, zone: tzinfo | None) -> Reading:
    """RFC 822's times; RSS 1.0 and Dublin Core have those of RFC 3339."""
    try:
        return rfc822(text, zone)
    except ValueError:
        if text[:4].isdigit():
            return timestamp(text, zone)
        raise


def _is_single(element: Element) -> bool:
    return _own(element) in {*_OF_FEED, *_OF_ENTRY}


def _is_time(text: str) -> bool:
    try:
        return not rfc822(text).remarks
    except ValueError:
        return False


DIALECT: Final = Dialect(
    name="rss",
    parse=parse,
    render=render,
    read_time=_read_time,
    is_time=_is_time,
    write_time=write_rfc822,
    is_single=_is_single,
    has_updated=False,
    has_until=True,
)
