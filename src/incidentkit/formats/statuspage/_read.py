"""From Statuspage's documents to the model: which document it is, and who reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, Raw

from incidentkit.errors import MalformedDocument
from incidentkit.formats import _wire as wire
from incidentkit.formats.statuspage import _shapes as shapes
from incidentkit.formats.statuspage._history import is_history, read_history
from incidentkit.formats.statuspage._html import embedded
from incidentkit.formats.statuspage._management import is_lone, read_array, read_lone
from incidentkit.formats.statuspage._page import page_of
from incidentkit.formats.statuspage._reading import Reading, straight
from incidentkit.formats.statuspage._shapes import Document
from incidentkit.formats.statuspage._uptime import (
    is_uptime,
    is_uptime_data,
    read_uptime,
    read_uptime_data,
)
from incidentkit.formats.statuspage._webhook import is_webhook, read_webhook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from incidentkit._page import StatusPage
    from incidentkit.formats._format import Source

_KEYS = tuple(name for name in Document.__struct_fields__ if name != "page")


def read(source: Source) -> StatusPage:
    """
    One of the vendor's documents as a page.

    Raises:
        MalformedDocument: it is no JSON, or no document of this vendor.
        LimitExceeded: it is larger or deeper than the limits allow.
    """
    data = wire.utf8(source)
    reading = Reading(source)
    opening = data.lstrip(b" \t\r\n")[:1]
    if opening == b"<":
        data = embedded(data)
        source.report.add("document.embedded", "$", "the JSON within HTML was read")
    if opening == b"[":
        return read_array(reading, data)
    document: Document | None = straight(data, Document)
    # What has none of the keys fits as well.
    if document is not None and document != Document():
        return page_of(reading, document, _document_name(document, source.document))
    pieces = wire.parse(data, dict[str, Raw])
    for is_one, read_one in _OTHERS:
        if is_one(pieces):
            return read_one(reading, data)
    if source.document == "uptime-data":
        # Of no component at all it has no key to be told by.
        return read_uptime_data(reading, data)
    if pieces.keys().isdisjoint(Document.__struct_fields__):
        raise MalformedDocument("$", "none of the keys of a Statuspage document")
    document = wire.read(data, Document, *reading.careful)
    return page_of(reading, document, _document_name(document, source.document))


# What tells each of the other documents by its keys, and who reads it.
_OTHERS: Sequence[
    tuple[Callable[[Mapping[str, Raw]], bool], Callable[[Reading, bytes], StatusPage]]
] = (
    (is_webhook, read_webhook),
    (is_history, read_history),
    (is_uptime, read_uptime),
    (is_lone, read_lone),
    (is_uptime_data, read_uptime_data),
)


def _document_name(document: Document, said: str | None) -> str:
    """Which document it is: by what the caller says, else by its keys."""
    if said is not None and said in shapes.PAGED:
        return said
    there = {name for name in _KEYS if getattr(document, name) is not UNSET}
    for name, keys in shapes.PAGED.items():
        if there == set(keys):
            return name
    return "incident" if "incident" in there else "summary"
