"""What a glance at a document shows: enough to tell formats apart, cheaply."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs
import msgspec

from incidentkit._finding import Report
from incidentkit.errors import MalformedDocument
from incidentkit.formats._format import Limits, Source, encoding_of
from incidentkit.formats._wire import parse, utf8

if TYPE_CHECKING:
    from collections.abc import Mapping

_HTML: Final = re.compile(
    r"\s{0,100}(?:<!--.{0,500}?-->\s{0,100})?<(?:!doctype )?html\b",
    re.IGNORECASE | re.DOTALL,
)
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
    parts: Mapping[str, msgspec.Raw] = attrs.field(
        factory=dict[str, msgspec.Raw], repr=False
    )
    """What stands under the keys, as yet unread."""

    def under(self, key: str) -> frozenset[str]:
        """
        The keys of the object under a key, or of the first object of an array there.

        None of them where something else stands there, or nothing.
        """
        return frozenset(_first(bytes(self.parts.get(key, b""))))

    @property
    def is_html(self) -> bool:
        """Whether it is a page of HTML."""
        return _HTML.match(self.text) is not None


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
    is_list = raw.lstrip(b" \t\r\n").startswith(b"[")
    parts = _first(raw)
    return Clue(keys=frozenset(parts), is_list=is_list, parts=parts)


def _first(raw: bytes) -> Mapping[str, msgspec.Raw]:
    """What stands under the keys of an object, or of the first object of an array."""
    if raw.lstrip(b" \t\r\n").startswith(b"["):
        items = parse(raw, list[msgspec.Raw])
        raw = bytes(items[0]) if items else b""
    if not raw.lstrip(b" \t\r\n").startswith(b"{"):
        return {}
    return parse(raw, dict[str, msgspec.Raw])
