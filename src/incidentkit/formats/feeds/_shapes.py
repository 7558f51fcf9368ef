"""What a feed says, whether Atom or RSS: neutral records between XML and the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit._time import Reading
    from incidentkit.formats._xml import Element


@attrs.frozen(kw_only=True)
class Entry:
    """An entry of Atom, an item of RSS; its texts are as they stand, or not there."""

    id: str | None = None
    """Atom's `id`, RSS's `guid`."""
    title: str | None = None
    """The title, as plain text."""
    url: str | None = None
    """The link."""
    published: str | None = None
    """Atom's `published`, RSS's `pubDate`."""
    updated: str | None = None
    """Atom's `updated`; RSS has none."""
    until: str | None = None
    """`maintenanceEndDate`, which Statuspage has in RSS alone."""
    html: str | None = None
    """The content, as HTML."""
    summary: str | None = None
    """What stands beside the content: Atom's `summary`, RSS's `description`."""
    categories: tuple[str, ...] = ()
    """Its categories."""
    others: tuple[str, ...] = ()
    """Elements that are none of these, each as XML that stands by itself."""
    line: int = attrs.field(default=1, eq=False)
    """The line on which it begins."""

    @property
    def place(self) -> str:
        """Where it begins, for findings."""
        return f"line {self.line}"


@attrs.frozen(kw_only=True)
class Feed:
    """A whole feed."""

    id: str | None = None
    """Atom's `id`."""
    title: str | None = None
    """The title, as plain text."""
    author: str | None = None
    """Atom's `author/name`; RSS has none."""
    url: str | None = None
    """The page: the link that is not the feed's own."""
    self_url: str | None = None
    """The feed's own link."""
    updated: str | None = None
    """Atom's `updated`, RSS's `pubDate`, else its `lastBuildDate`."""
    description: str | None = None
    """RSS's `description`."""
    others: tuple[str, ...] = ()
    """Elements that are none of these, each as XML that stands by itself."""
    entries: tuple[Entry, ...] = ()
    """Its entries, in document order."""
    line: int = attrs.field(default=1, eq=False)
    """The line on which it begins."""

    @property
    def place(self) -> str:
        """Where it begins, for findings."""
        return f"line {self.line}"


@attrs.frozen(kw_only=True)
class Dialect:
    """What tells Atom and RSS apart, for the code that they share."""

    name: str
    """What the format is called, and where in `extras` its own things are."""
    parse: Callable[[Element], Feed]
    """From XML to what it says; a `MalformedDocument` if it is no such feed."""
    render: Callable[[Feed], str]
    """And back."""
    read_time: Callable[[str, tzinfo | None], Reading]
    """From its notation of times; a `ValueError` if it is none."""
    is_time: Callable[[str], bool]
    """Whether a text is a time as the format demands it, with nothing to guess."""
    write_time: Callable[[DateTime, tzinfo | None], str]
    """And back, to the second."""
    is_single: Callable[[Element], bool]
    """Whether an element is one that we write ourselves, and may be there once."""
    has_updated: bool
    """Whether an entry tells when it was edited, and the feed whose it is."""
    has_until: bool
    """
    Whether an entry tells when a maintenance is to be over.

    If so, `published` is when it is to begin, for as long as it has not.
    """


#: What of a feed and of an entry a writer can put back as it was.
FEED_FIELDS: Final = (
    *("id", "title", "author", "url", "self_url", "updated"),
    *("description", "others"),
)
ENTRY_FIELDS: Final = (
    *("id", "title", "url", "published", "updated", "until"),
    *("html", "summary", "categories", "others"),
)
#: What of these a change of the page or the incident does not make untrue.
FEED_LASTING: Final = frozenset({"others"})
ENTRY_LASTING: Final = frozenset({"id", "categories", "others"})
