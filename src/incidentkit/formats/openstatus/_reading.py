"""What of a document of OpenStatus is special: its times, and what names it."""

from __future__ import annotations

import attrs
from msgspec import UNSET, UnsetType

from incidentkit.formats import _reading as shared
from incidentkit.formats import _wire as wire
from incidentkit.formats.openstatus._rows import OF

_TIMES = frozenset({"date", "from", "to", "createdAt", "updatedAt"})


@attrs.define
class Reading(shared.Reading):
    """The reading of one document: where findings go, and what its values mean."""

    document: str
    """Which document it is."""

    def kept(
        self, row: wire.Shape, ours: wire.Shape, odd: wire.Shape | None = None
    ) -> dict[str, object]:
        """What extras must hold of a row, and of which document it was."""
        said = super().kept(row, ours, odd)
        return {OF: self.document, **said} if said else said

    def is_time(self, name: str) -> bool:
        """Whether times stand under a key."""
        return name in _TIMES


def id_text(id: str | int | UnsetType | None) -> str | None:
    """An id as text."""
    return None if id is UNSET or id is None else str(id)


def ids_of(ids: list[str | int] | UnsetType | None) -> list[str]:
    """The ids of an array; none if there is none."""
    return [] if ids is UNSET or ids is None else list(map(str, ids))


def text_of(value: str | UnsetType | None) -> str:
    """A text, or an empty one."""
    return value if isinstance(value, str) else ""
