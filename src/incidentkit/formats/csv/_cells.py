"""The cells of one row, as values of the model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

from incidentkit import _time as time
from incidentkit._finding import FINDINGS
from incidentkit._frozen import NO_EXTRAS, FrozenMapping
from incidentkit.formats._escape import csv_text
from incidentkit.formats.csv._columns import NAME

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from pendulum import Date, DateTime

    from incidentkit._finding import Report

V = TypeVar("V")

_INTEGER: Final = re.compile(r"-?\d{1,640}", re.ASCII)


@attrs.define
class Cells:
    """
    One row of the table: its cells by column, and where it is.

    What a cell holds that cannot be read is left out with a finding; what nobody knows
    is kept, for `extras`.
    """

    row: int
    held: Mapping[str, str]
    report: Report
    zone: tzinfo | None = None
    _kept: dict[str, object] = attrs.field(factory=dict[str, object])

    def raw(self, column: str) -> str:
        """The cell as it stands; empty if there is no such column."""
        return self.held.get(column, "")

    def text(self, column: str) -> str:
        """The text of a cell, with what was defused as it was."""
        return csv_text(self.raw(column))

    def optional(self, column: str) -> str | None:
        """The text of a cell; None if it is empty. A lone apostrophe is empty text."""
        return self.text(column) if self.raw(column) else None

    def word(self, column: str, table: Mapping[str, V]) -> V | None:
        """The word of a cell; None if it is empty, or if nobody knows the word."""
        said = self.text(column)
        if not said:
            return None
        found = self.known(column, said, table)
        if found is None:
            self._kept[column] = said
        return found

    def known(self, column: str, said: str, table: Mapping[str, V]) -> V | None:
        """What a word means; None with a finding if nobody knows it."""
        found = table.get(said)
        if found is None:
            detail = f"a word that is none of {', '.join(table)}"
            self.report.add("word.unknown", self.place(column), detail, said)
        return found

    def at(self, column: str) -> DateTime | None:
        """The instant of a cell; None if it is empty, or none (with a finding)."""
        said = self.text(column)
        if not said:
            return None
        try:
            reading = time.timestamp(said, self.zone)
        except ValueError:
            detail = (
                "no time such as 2021-03-22T19:22:00Z; one without a zone is read "
                "with tz="
            )
            self.leave_out("time.malformed", column, detail, said)
            return None
        for remark in reading.remarks:
            self.report.add(remark, self.place(column), FINDINGS[remark].meaning, said)
        return reading.at

    def date(self, column: str) -> Date | None:
        """The day of a cell; None if it is empty, or none (with a finding)."""
        said = self.text(column)
        if not said:
            return None
        try:
            return time.date(said)
        except ValueError:
            detail = "no date such as 2021-03-22"
            self.leave_out("time.malformed", column, detail, said)
            return None

    def integer(self, column: str) -> int | None:
        """The number of a cell; None if it is empty, or none (with a finding)."""
        said = self.text(column)
        if not said:
            return None
        if _INTEGER.fullmatch(said) is None:
            self.leave_out("value.malformed", column, "no whole number", said)
            return None
        return int(said)

    def extras(self) -> FrozenMapping[FrozenMapping[object]]:
        """The words that nobody knows, to be written again."""
        if not self._kept:
            return NO_EXTRAS
        return FrozenMapping({NAME: FrozenMapping(self._kept)})

    def leave_out(
        self, code: str, column: str, detail: str, said: str | None = None
    ) -> None:
        """Report that something of a cell is not in the page."""
        self.report.leave_out(code, self.place(column), detail, said)

    def place(self, column: str) -> str:
        """Where a cell is."""
        return f"row {self.row}, column {column}"
