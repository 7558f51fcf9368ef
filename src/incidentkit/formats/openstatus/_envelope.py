"""Which of OpenStatus's documents one is, and what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
from msgspec import Raw

from incidentkit.errors import MalformedDocument
from incidentkit.formats import _wire as wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentkit.formats._format import Source

FEED: Final = "feed"
STATUS: Final = "status"
REST_REPORTS: Final = "v1/status_report"
REST_UPDATES: Final = "v1/status_report_update"
REST_MAINTENANCES: Final = "v1/maintenance"
RPC_REPORTS: Final = "rpc/status_report"
RPC_MAINTENANCES: Final = "rpc/maintenance"

#: The documents; the first is the usual one.
DOCUMENTS: Final = (
    FEED,
    STATUS,
    REST_REPORTS,
    REST_UPDATES,
    REST_MAINTENANCES,
    RPC_REPORTS,
    RPC_MAINTENANCES,
)
#: The keys of a feed, of which it has some.
FEED_KEYS: Final = frozenset({"pageComponents", "pageComponentGroups", "monitors"})
#: The keys in which an answer of the RPC API holds what was asked for.
WRAPPINGS: Final[Mapping[str, str]] = {
    "statusReports": RPC_REPORTS,
    "statusReport": RPC_REPORTS,
    "maintenances": RPC_MAINTENANCES,
    "maintenance": RPC_MAINTENANCES,
}
#: The keys that tell what a document holds, asked for in this order.
SIGNS: Final[Mapping[str, frozenset[str]]] = {
    REST_UPDATES: frozenset({"statusReportId"}),
    REST_REPORTS: frozenset({"statusReportUpdateIds"}),
    REST_MAINTENANCES: frozenset({"monitorIds", "from"}),
    RPC_MAINTENANCES: frozenset({"title", "from"}),
    RPC_REPORTS: frozenset({"title", "status"}),
}


@attrs.frozen(kw_only=True)
class Envelope:
    """A document, opened."""

    document: str
    """Which it is."""
    raw: Raw
    """What it holds: an array or an object."""
    path: str = "$"
    """Where that stands."""
    wrapping: str = ""
    """The key that holds it; nothing if it is the whole document."""
    around: Mapping[str, Raw] = attrs.field(factory=dict[str, Raw])
    """What stands beside that key."""

    @property
    def is_list(self) -> bool:
        """Whether it is an array."""
        return bytes(memoryview(self.raw)[:1]) == b"["


def opened(source: Source) -> Envelope:
    """
    A document, opened.

    Raises:
        MalformedDocument: it is no JSON, or no document of this vendor.
        LimitExceeded: it is too large, or nests too deep.
    """
    data = wire.utf8(source).strip(b" \t\r\n")
    said = source.document
    if data.startswith(b"["):
        pieces = wire.parse(data, list[Raw])
        first = bytes(pieces[0]) if pieces else b"{}"
        keys = wire.parse(first, dict[str, Raw]) if first[:1] == b"{" else {}
        document = said or (_bare(keys, "$[0]") if pieces else RPC_REPORTS)
        return Envelope(document=document, raw=Raw(data))
    keys = wire.parse(data, dict[str, Raw])
    if said == FEED or (said is None and _is_feed(keys)):
        return Envelope(document=FEED, raw=Raw(data))
    for wrapping, document in WRAPPINGS.items():
        raw = keys.get(wrapping)
        if raw is not None and said in {None, document}:
            if bytes(memoryview(raw)[:1]) not in {b"[", b"{"}:
                raise MalformedDocument(f"$.{wrapping}", "an array or object is wanted")
            around = {key: one for key, one in keys.items() if key != wrapping}
            return Envelope(
                document=document,
                raw=raw,
                path=f"$.{wrapping}",
                wrapping=wrapping,
                around=around,
            )
    return Envelope(document=said or _bare(keys, "$"), raw=Raw(data))


def _is_feed(keys: Mapping[str, Raw]) -> bool:
    return not FEED_KEYS.isdisjoint(keys) or keys.keys() >= {"title", "statusReports"}


def _bare(keys: Mapping[str, Raw], path: str) -> str:
    """
    What an object is, by its keys.

    Raises:
        MalformedDocument: by those it is nothing of this vendor, or nothing that is
            read.
    """
    for document, signs in SIGNS.items():
        if signs <= keys.keys():
            return document
    if list(keys) == ["status"]:
        return STATUS
    reason = "none of the keys of a document of OpenStatus"
    if "startedAt" in keys:
        reason = "what a monitor recorded by itself: it is no status report"
    raise MalformedDocument(path, reason)
