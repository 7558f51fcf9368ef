"""
How the documents of the two versions are told from each other, and from all others.

Many vendors answer with `data`, some of them in JSON:API: what stands in it decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Raw

from incidentkit.errors import MalformedDocument
from incidentkit.formats import _wire as wire
from incidentkit.formats.cachet._resources3 import DOCUMENT_OF, type_of
from incidentkit.formats.cachet._words import V2, V3, Version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentkit.formats._clue import Clue

#: Keys that no other vendor's things have together, one set a kind of thing.
_SIGNS2: Final = (
    frozenset({"name", "message", "human_status"}),
    frozenset({"name", "message", "visible"}),
    frozenset({"message", "status", "incident_id"}),
    frozenset({"name", "status", "status_name"}),
    frozenset({"name", "status", "group_id", "order"}),
    frozenset({"name", "enabled_components"}),
)
_STATUS: Final = frozenset({"status", "message"})


def recognises2(clue: Clue) -> bool:
    """Whether it is a thing of version 2, or several, or an empty list of its pages."""
    keys = clue.under("data") if _is_wrapped(clue) else clue.keys or frozenset()
    if keys == _STATUS:
        return _is_status(clue, V2)
    is_empty = not keys and "pagination" in clue.under("meta")
    return is_empty or any(keys >= signs for signs in _SIGNS2)


def recognises3(clue: Clue) -> bool:
    """Whether it is a resource of version 3, or several."""
    parts = _first(clue.parts["data"]) if _is_wrapped(clue) else clue.parts
    if frozenset(parts) == _STATUS:
        return _is_status(clue, V3)
    if not {"type", "attributes"} <= parts.keys():
        return False
    # Others have incidents too, and write `created_at`.
    is_ours = "created" in _first(parts["attributes"])
    return is_ours and type_of(parts["type"]) in DOCUMENT_OF


def _is_wrapped(clue: Clue) -> bool:
    return "data" in clue.parts and not clue.is_list


def _is_status(clue: Clue, version: Version) -> bool:
    """Whether how the whole page is, is told in the words of a version."""
    said = _first(clue.parts["data"]) if _is_wrapped(clue) else clue.parts
    return any(
        said["status"] == Raw(wire.canonical(word)) for word in version.indicators
    )


def _first(raw: Raw) -> Mapping[str, Raw]:
    """The keys of an object, or of the first in an array; none of anything else."""
    try:
        if bytes(memoryview(raw)[:1]) != b"[":
            return wire.parse(raw, dict[str, Raw])
        pieces = wire.parse(raw, list[Raw])
        return wire.parse(pieces[0], dict[str, Raw]) if pieces else {}
    except MalformedDocument:
        return {}
