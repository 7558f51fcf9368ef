"""What a glance at a document shows: enough to tell formats apart, cheaply."""

from __future__ import annotations

import attrs
import msgspec

from incidentkit._finding import Report
from incidentkit.errors import MalformedDocument
from incidentkit.formats._format import Limits, Source, encoding_of
from incidentkit.formats._wire import parse, utf8

#: How much of a text is looked at.
GLANCE = 8_192


@attrs.frozen(kw_only=True)
class Clue:
    """The keys of a JSON document, or the beginning of any other text."""

    keys: frozenset[str] | None = None
    """The keys of an object, or of the first object of an array; None: not JSON."""
    is_list: bool = False
    """Whether it is an array."""
    text: str = ""
    """The beginning of what is not JSON."""
    broken: MalformedDocument | None = None
    """Why what begins like JSON is none."""


def clue(data: bytes | str) -> Clue:
    """What a glance at a document shows; anything at all gives some clue."""
    if isinstance(data, str):
        glance = data[:GLANCE].removeprefix("\ufeff")
    else:
        glance = (
            data[:GLANCE].decode(encoding_of(data), "replace").removeprefix("\ufeff")
        )
    if glance.lstrip(" \t\r\n")[:1] in {"{", "["}:
        try:
            return _json(data)
        except MalformedDocument as error:
            return Clue(text=glance, broken=error)
    return Clue(text=glance)


def _json(data: bytes | str) -> Clue:
    raw = utf8(Source(data=data, report=Report(), limits=Limits(bytes=len(data) * 4)))
    if raw.lstrip(b" \t\r\n").startswith(b"{"):
        return Clue(keys=frozenset(parse(raw, dict[str, msgspec.Raw])))
    items = parse(raw, list[msgspec.Raw])
    first = bytes(items[0]) if items else b""
    keys = parse(first, dict[str, msgspec.Raw]) if first.startswith(b"{") else ()
    return Clue(keys=frozenset(keys), is_list=True)
