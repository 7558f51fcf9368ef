"""What of a document of Cachet is special: its zone, its numbers, its ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import attrs
from msgspec import UNSET, UnsetType

from incidentkit import _time as time
from incidentkit._finding import shorten
from incidentkit.formats import _reading as shared

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from pendulum import DateTime

    from incidentkit.formats.cachet._words import Version

T = TypeVar("T")


@attrs.define
class Reading(shared.Reading):
    """The reading of one document: where findings go, and what its values mean."""

    version: Version
    zone_name: str | None = attrs.field(init=False)
    """What the zone of the installation is called, if the caller told it."""
    _is_told: bool = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        name = self.given.time_zone
        told = self.source.zone or (None if name is None else time.zone(name))
        self._is_told = told is not None
        self.zone = told or time.UTC
        # Of other kinds of zone nobody knows the IANA name.
        self.zone_name = name if self.source.zone is None else zone_name(told)

    def when(self, text: str | UnsetType | None, path: str) -> DateTime | None:
        """A time, in the zone of the installation unless it names another."""
        return super().when(text or None, path)

    def remark(self, code: str, path: str, text: str) -> None:
        """Report what had to be guessed of a time; its zone only if nobody told it."""
        if code != "time.naive":
            super().remark(code, path, text)
        elif not self._is_told:
            detail = "no zone is named, and UTC was taken: give the page's with tz="
            self.report.add(code, path, detail, text)

    def number(
        self,
        table: Mapping[int, T | None],
        number: int | str | UnsetType | None,
        path: str,
    ) -> T | None:
        """What a number means; None for one that nobody knows, which is reported."""
        if number is UNSET or number is None:
            return None
        if isinstance(number, str):
            digits = number.isascii() and number.isdigit() and len(number) == 1
            found = int(number) if digits else -1
        else:
            found = number
        if found not in table:
            detail = f"nobody knows the number {shorten(number)}"
            self.report.add("word.unknown", path, detail, number)
            return None
        return table[found]


def zone_name(zone: tzinfo | None) -> str | None:
    """The IANA name of a zone, if it is of a kind that has one."""
    name = str(zone)
    return name if time.zone(name) is not None else None


def id_text(id: str | int | UnsetType | None) -> str | None:
    """An id as text; 0 is how the vendor says that there is none."""
    return None if id is UNSET or id is None or id in {0, "0", ""} else str(id)


def text_of(value: str | UnsetType | None) -> str | None:
    """A text, if there is one."""
    return None if value is UNSET else value
