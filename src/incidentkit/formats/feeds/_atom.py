"""Atom (RFC 4287): from XML to what a feed says, and back as Statuspage lays it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incidentkit._time import local, offset_text, rfc3339, timestamp
from incidentkit.errors import MalformedDocument
from incidentkit.formats._xml import attribute, escaped, rendered
from incidentkit.formats.feeds._posts import html as html_of
from incidentkit.formats.feeds._posts import plain
from incidentkit.formats.feeds._shapes import Dialect, Entry, Feed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit.formats._xml import Element

SPACE: Final = "http://www.w3.org/2005/Atom"
#: Also the namespace of drafts, and none at all.
_SPACES: Final = frozenset({SPACE, "http://purl.org/atom/ns#", ""})


def parse(root: Element) -> Feed:
    """
    What a feed says.

    Raises:
        MalformedDocument: the root is not Atom's `feed`.
    """
    if _own(root) != "feed":
        reason = f"the root is <{root.local}>, not the <feed> of Atom"
        raise MalformedDocument(root.place, reason)
    said: dict[str, str] = {}
    others: list[str] = []
    entries: list[Entry] = []
    for element in root.elements:
        name = _own(element)
        key = _link(element) if name == "link" else name
        if name == "entry":
            entries.append(_entry(element))
        elif name == "author" and "author" not in said:
            said["author"] = _child_text(element, "name")
        elif key in _OF_FEED and key not in said:
            said[key] = _value(element)
        else:
            others.append(rendered(element))
    return Feed(**said, others=tuple(others), entries=tuple(entries), line=root.line)


_OF_FEED: Final = frozenset({"id", "title", "updated", "url", "self_url"})
_OF_ENTRY: Final = frozenset({"id", "title", "updated", "published", "url"})


def _entry(root: Element) -> Entry:
    said: dict[str, str] = {}
    others: list[str] = []
    categories: list[str] = []
    for element in root.elements:
        name = _own(element)
        key = _link(element) if name == "link" else name
        if name in _CONTENTS and _CONTENTS[name] not in said:
            said[_CONTENTS[name]] = _html(element)
        elif name == "category" and "term" in element.attributes:
            categories.append(element.attributes["term"])
        elif key in _OF_ENTRY and key not in said:
            said[key] = _value(element)
        else:
            others.append(rendered(element))
    if "html" not in said and "summary" in said:
        said["html"] = said.pop("summary")
    return Entry(
        **said, categories=tuple(categories), others=tuple(others), line=root.line
    )


_CONTENTS: Final = {"content": "html", "summary": "summary"}


def _own(element: Element) -> str | None:
    """The name of an element of Atom's; None for any other."""
    space, _, local_name = element.name.removeprefix("{").rpartition("}")
    return local_name if space in _SPACES else None


def _link(element: Element) -> str | None:
    """Which of the two links we know it is."""
    rel = element.attributes.get("rel", "alternate")
    return {"alternate": "url", "self": "self_url"}.get(rel)


def _value(element: Element) -> str:
    if _own(element) == "link":
        return element.attributes.get("href", "")
    if _own(element) != "title":
        return element.text.strip()
    kind = element.attributes.get("type", "text")
    return element.text if kind == "text" else plain(_html(element)).text


def _child_text(element: Element, name: str) -> str:
    return next((child.text for child in element.elements if _own(child) == name), "")


def _html(element: Element) -> str:
    """The content of an element of text, as HTML, whatever its type (section 3.1)."""
    kind = element.attributes.get("type", "text")
    if kind in {"html", "text/html"}:
        return element.text
    if kind in {"xhtml", "application/xhtml+xml"}:
        return "".join(map(rendered, element.elements))
    return html_of(element.text)


# -- writing ---------------------------------------------------------------------------


def render(feed: Feed) -> str:
    """A feed as XML, in the order and the quotes of Statuspage."""
    return "".join(_lines(feed))


def _lines(feed: Feed) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<feed xml:lang="en-US" xmlns="{SPACE}">\n'
    yield from _text("  ", "id", feed.id)
    yield from _written_link("  ", "alternate", "text/html", feed.url)
    yield from _written_link("  ", "self", "application/atom+xml", feed.self_url)
    yield from _text("  ", "title", feed.title)
    yield from _text("  ", "updated", feed.updated)
    if feed.author is not None:
        yield "  <author>\n"
        yield from _text("    ", "name", feed.author)
        yield "  </author>\n"
    for other in feed.others:
        yield f"  {other}\n"
    for entry in feed.entries:
        yield "  <entry>\n"
        yield from _text("    ", "id", entry.id)
        yield from _text("    ", "published", entry.published)
        yield from _text("    ", "updated", entry.updated)
        yield from _written_link("    ", "alternate", "text/html", entry.url)
        yield from _text("    ", "title", entry.title)
        for category in entry.categories:
            yield f'    <category term="{attribute(category)}"/>\n'
        if entry.summary is not None:
            yield f'    <summary type="html">{escaped(entry.summary)}</summary>\n'
        if entry.html is not None:
            yield f'    <content type="html">{escaped(entry.html)}</content>\n'
        for other in entry.others:
            yield f"    {other}\n"
        yield "  </entry>\n"
    yield "</feed>\n"


def _text(indent: str, name: str, value: str | None) -> Iterator[str]:
    if value is not None:
        yield f"{indent}<{name}>{escaped(value)}</{name}>\n"


def _written_link(indent: str, rel: str, kind: str, href: str | None) -> Iterator[str]:
    if href is not None:
        where = attribute(href)
        yield f'{indent}<link rel="{rel}" type="{kind}" href="{where}"/>\n'


def _is_single(element: Element) -> bool:
    name = _own(element)
    return name in _SINGLE if name != "link" else _link(element) is not None


_SINGLE: Final = frozenset({*_OF_FEED, *_OF_ENTRY, *_CONTENTS})


def _is_time(text: str) -> bool:
    # Section 3.3: RFC 3339, with a capital T and Z.
    try:
        rfc3339(text)
    except ValueError:
        return False
    return text[10] == "T" and text[-1] != "z"


def _write_time(at: DateTime, zone: tzinfo | None) -> str:
    there = local(at, zone)
    written = there.replace(microsecond=0, tzinfo=None).isoformat()
    return f"{written}{offset_text(there)}"


DIALECT: Final = Dialect(
    name="atom",
    parse=parse,
    render=render,
    read_time=timestamp,
    is_time=_is_time,
    write_time=_write_time,
    is_single=_is_single,
    has_updated=True,
    has_until=False,
)
