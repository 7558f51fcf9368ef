"""
From the model to a document of either version.

The writer does not trust itself: it reads what it wrote, and reports every difference.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeAlias

import attrs

from incidentkit import _time as time
from incidentkit._finding import Report
from incidentkit._page import StatusPage
from incidentkit.formats._format import Limits, Source
from incidentkit.formats._wire import encode, mapping, restored
from incidentkit.formats.cachet._envelope import BARE, BARE_LIST, LIST, SINGLE
from incidentkit.formats.cachet._fitting import (
    Fitting,
    fitting,
    report_rest,
    wrapped,
)
from incidentkit.formats.cachet._losses import Losses
from incidentkit.formats.cachet._pen import Pen, pen_for
from incidentkit.formats.cachet._rows import status_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import tzinfo

    from incidentkit._incident import Incident
    from incidentkit.formats._format import Reader, Target
    from incidentkit.formats.cachet._words import Version

    Values: TypeAlias = tuple[list[object], list[object]]
    """What a document holds, and what it includes besides."""

_NO_LIMITS = Limits(bytes=sys.maxsize, items=sys.maxsize)


@attrs.frozen(kw_only=True)
class Hand:
    """How one version is written."""

    version: Version
    values: Callable[[Pen, Fitting], Values]
    """What a document holds."""
    beside: Callable[[int | None], Mapping[str, object]]
    """What stands beside that, given how many things are in a list of them."""
    read: Reader

    def write(self, target: Target) -> str:
        """A page as one of the version's documents."""
        page, report = target.page, target.report
        chosen = fitting(target, self.version.name)
        text, back = self.told(page, chosen, _zone(page, report), report)
        Losses(report).page(page, back)
        report_rest(page, [chosen], report)
        return text

    def write_files(self, target: Target) -> Mapping[str, str]:
        """All of the documents that have anything in them, by their paths."""
        page, report = target.page, target.report
        zone = _zone(page, report)
        parts = [
            fitting(attrs.evolve(target, document=document), self.version.name)
            for document in ("incidents", "schedules", "components/groups")
        ]
        alone = fitting(attrs.evolve(target, document="components"), self.version.name)
        if len(alone.components) > sum(
            not one.is_group for _, one in parts[-1].components
        ):
            parts.append(alone)
        written = [part for part in parts if part.holds_anything] or parts[:1]
        files = {
            f"{part.document}.json": self.told(page, part, zone, report)[0]
            for part in written
        }
        Losses(report).page(page, StatusPage())
        report_rest(page, written, report)
        return files

    def told(
        self, page: StatusPage, chosen: Fitting, zone: tzinfo | None, report: Report
    ) -> tuple[str, StatusPage]:
        """A document, and what a reader makes of it; what is lost is reported."""
        pen = pen_for(self.version, zone, page.components)
        text = encode(self.document(pen, page, chosen))
        source = Source(
            data=text,
            report=Report(),
            document=chosen.document,
            zone=pen.zone,
            limits=_NO_LIMITS,
        )
        back = attrs.evolve(self.read(source), time_zone=None)
        _report(chosen, back, report)
        return text, back

    def document(self, pen: Pen, page: StatusPage, chosen: Fitting) -> object:
        """A document, as JSON has it."""
        if chosen.document == "status":
            row = status_row(page, self.version)
            values: list[object] = [restored(row, mapping(chosen.said.get("said")))]
            included: list[object] = []
            form = SINGLE if chosen.form == LIST else chosen.form
        else:
            values, included = self.values(pen, chosen)
            form = wrapped(chosen.form, len(values))
        if form == BARE:
            return values[0]
        if form == BARE_LIST:
            return values
        said = chosen.said
        if said.get("form") == form and said.get("count") == len(values):
            # What was said of pages holds as long as nothing came or went.
            beside = mapping(said.get("around"))
        elif chosen.document == "status":
            beside = {}
        else:
            beside = self.beside(None if form == SINGLE else len(values))
        data = values[0] if form == SINGLE else values
        return {**beside, "data": data} | ({"included": included} if included else {})


def _zone(page: StatusPage, report: Report) -> tzinfo | None:
    if page.time_zone is None:
        return None
    zone = time.zone(page.time_zone)
    if zone is None:
        detail = "the zone is not one we know; times are written in UTC"
        report.add("zone.unknown", "$.time_zone", detail, page.time_zone)
    return zone


def _report(chosen: Fitting, back: StatusPage, report: Report) -> None:
    """Report what of the things in a document did not come back."""
    losses = Losses(report)
    losses.components(chosen.components, back.components)
    again: Iterable[Incident | None] = back.incidents
    if chosen.document == "incidents/updates":
        again = losses.by_number(chosen.incidents, back.incidents)
    losses.events("incidents", chosen.incidents, again)
    losses.events("maintenances", chosen.maintenances, back.maintenances)
