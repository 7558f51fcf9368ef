"""
Feeds against the libraries that people write and read them with.

All write the same 1,000 entries of about 3.5 kB, and each result passes feedparser. The
rivals are given the finished HTML of every entry; we make ours from the updates.
"""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import _corpus
import attrs
import feedparser
from _compare import compared
from _rows import faster, row
from feedgen.feed import FeedGenerator
from lxml import etree

from incidentkit import StatusPage, read, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _rows import Row

_ATOM = "{http://www.w3.org/2005/Atom}"
_HOST = "status.acme.test"


@attrs.frozen
class Entry:
    """An entry, ready to be written."""

    id: str
    title: str
    url: str
    published: str
    updated: str
    html: str


def page_of(incidents: int) -> StatusPage:
    """A page with so many incidents, each with an address of its own."""
    data = _corpus.encoded(_corpus.document(incidents))
    page = read(data, "statuspage").exact()
    return attrs.evolve(
        page,
        url=f"https://{_HOST}",
        incidents=[
            attrs.evolve(one, url=f"https://{_HOST}/incidents/{one.id}")
            for one in page.incidents
        ],
    )


def entries_of(page: StatusPage) -> list[Entry]:
    """The entries of a page, their HTML made beforehand."""
    return [
        Entry(
            id=f"tag:{_HOST},2005:Incident/{number}",
            title=one.name,
            url=one.url or "",
            published=one.updates[-1].at.isoformat(),
            updated=(one.updated_at or one.updates[-1].at).isoformat(),
            html="".join(
                f"<p><small>{update.at:%b} {update.at:%d}, {update.at:%H:%M} UTC"
                f"</small><br><strong>{update.status}</strong> - "
                + escape(update.body).replace("\n", "<br />")
                + "</p>"
                for update in reversed(one.updates)
            ),
        )
        for number, one in enumerate(page.incidents)
    ]


def by_lxml(entries: list[Entry]) -> bytes:
    """A feed, element by element."""
    feed = etree.Element(f"{_ATOM}feed", nsmap={None: _ATOM[1:-1]})
    made = partial(_made, feed)
    made("id").text = f"tag:{_HOST},2005:/history"
    made("title").text = "Acme Status - Incident History"
    made("updated").text = entries[0].updated
    for entry in entries:
        child = partial(_made, made("entry"))
        child("id").text = entry.id
        child("published").text = entry.published
        child("updated").text = entry.updated
        child("link", rel="alternate", type="text/html", href=entry.url)
        child("title").text = entry.title
        child("content", type="html").text = entry.html
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="UTF-8"))


def _made(parent: Any, tag: str, **attributes: str) -> Any:  # noqa: ANN401 - lxml is untyped
    return etree.SubElement(parent, _ATOM + tag, attributes)


def by_feedgen(entries: list[Entry]) -> bytes:
    """A feed, by the library that is made for it."""
    feed = FeedGenerator()
    feed.id(f"tag:{_HOST},2005:/history")
    feed.title("Acme Status - Incident History")
    feed.updated(entries[0].updated)
    for entry in entries:
        one = feed.add_entry(order="append")
        one.id(entry.id)
        one.title(entry.title)
        one.published(entry.published)
        one.updated(entry.updated)
        one.link(href=entry.url, rel="alternate", type="text/html")
        one.content(entry.html, type="html")
    return bytes(feed.atom_str())


def by_tree(text: str) -> list[tuple[str, str, str]]:
    """What a feed says, entry by entry, its HTML left as it is."""
    root = ET.fromstring(text)  # noqa: S314 - it was written here
    return [
        (
            entry.findtext(f"{_ATOM}id", ""),
            entry.findtext(f"{_ATOM}title", ""),
            entry.findtext(f"{_ATOM}content", ""),
        )
        for entry in root.iter(f"{_ATOM}entry")
    ]


def feeds(quick: bool) -> Iterator[Row]:  # noqa: FBT001
    """Writing and reading Atom."""
    size = 200 if quick else 1_000
    rounds = 5 if quick else 15
    page = page_of(size)
    entries = entries_of(page)
    text = write(page, "atom").value
    for feed in (text, by_lxml(entries), by_feedgen(entries)):
        told = feedparser.parse(feed)
        assert not told.bozo, told.bozo_exception
        assert [one.title for one in told.entries] == [one.title for one in entries]
    times = compared(
        {
            "incidentkit": partial(write, page, "atom"),
            "lxml": partial(by_lxml, entries),
            "feedgen": partial(by_feedgen, entries),
        },
        rounds,
    )
    what = f"write {size:,} entries of Atom"
    yield row(times, what, "lxml", faster(1.3))
    yield row(times, what, "feedgen", faster(2))
    assert [one.name for one in read(text, "atom", at=page.updated_at).value.incidents]
    times = compared(
        {
            "incidentkit": partial(read, text, "atom"),
            "feedparser": partial(feedparser.parse, text),
            "ElementTree": partial(by_tree, text),
        },
        rounds,
    )
    what = f"read {size:,} entries of Atom"
    yield row(times, what, "feedparser", faster(2))
    yield row(times, what, "ElementTree", None)
