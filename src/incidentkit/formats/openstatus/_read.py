"""From OpenStatus's documents to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from msgspec import UNSET

from incidentkit._component import Component, Mentions
from incidentkit._coverage import NO_COVERAGE, Coverage
from incidentkit._frozen import DOCUMENT, FrozenMapping
from incidentkit._page import StatusPage
from incidentkit._stretch import Stretch
from incidentkit.formats._pen import GROUP
from incidentkit.formats.openstatus import _envelope as documents
from incidentkit.formats.openstatus import _rows as ours
from incidentkit.formats.openstatus import _shapes as shapes
from incidentkit.formats.openstatus._envelope import Envelope, opened
from incidentkit.formats.openstatus._events import Events, same_presence
from incidentkit.formats.openstatus._pen import NAME, pen_for
from incidentkit.formats.openstatus._reading import Reading, id_text
from incidentkit.formats.openstatus._words import (
    FEED_INDICATOR,
    PUBLIC_INDICATOR,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentkit._incident import Incident
    from incidentkit._maintenance import Maintenance
    from incidentkit.formats._format import Source

#: The fields of a feed that list things.
_LISTS = ("page_components", "page_component_groups", "maintenances", "status_reports")


def read(source: Source) -> StatusPage:
    """
    One of the vendor's documents as a page.

    Raises:
        MalformedDocument: it is no JSON, or no document of this vendor.
        LimitExceeded: it is larger or deeper than the limits allow.
    """
    envelope = opened(source)
    reading = Reading(source, envelope.document)
    remembered: dict[str, object] = {"name": envelope.document}
    if envelope.document == documents.FEED:
        page, said = _Feed(reading).page(envelope)
        remembered["said"] = FrozenMapping(said)
    elif envelope.document == documents.STATUS:
        page, said = _public_status(reading, envelope)
        remembered["said"] = FrozenMapping(said)
    else:
        page, order = _listed(reading, envelope)
        around = {
            key: reading.untyped(raw, f"$.{key}")
            for key, raw in envelope.around.items()
        }
        remembered["form"] = {
            "wrapping": envelope.wrapping,
            "is_list": envelope.is_list,
            "around": around,
            "order": order,
        }
    given = reading.given
    return attrs.evolve(
        page,
        name=given.name if page.name is None else page.name,
        url=given.url,
        id=given.id,
        time_zone=given.time_zone,
        extras={NAME: {DOCUMENT: remembered}},
    )


def _public_status(
    reading: Reading, envelope: Envelope
) -> tuple[StatusPage, dict[str, object]]:
    """How the whole page is, in one word."""
    rows = reading.rows(envelope.raw, shapes.PublicStatus, envelope.path)
    path, row = rows[0] if rows else ("$", shapes.PublicStatus())
    word = reading.word(PUBLIC_INDICATOR, row.status, f"{path}.status")
    page = StatusPage(stated_indicator=word)
    return page, reading.kept(row, ours.public_status(page))


def _listed(reading: Reading, envelope: Envelope) -> tuple[StatusPage, list[str]]:
    """
    The reports, the updates or the maintenances of one of the APIs.

    With the order of updates that stand alone.
    """
    events = Events(reading, pen_for((), envelope.document), Mentions())
    raw, path, document = envelope.raw, envelope.path, envelope.document
    incidents: Iterable[Incident | None] = []
    maintenances: Iterable[Maintenance | None] = ()
    if document == documents.REST_REPORTS:
        rest = reading.rows(raw, shapes.RestReport, path)
        incidents = [events.rest_report(row, place) for place, row in rest]
    elif document == documents.REST_UPDATES:
        incidents = events.updates_alone(reading.rows(raw, shapes.RestUpdate, path))
    elif document == documents.RPC_REPORTS:
        rpc = reading.rows(raw, shapes.RpcReport, path)
        incidents = [events.rpc_report(row, place) for place, row in rpc]
    elif document == documents.REST_MAINTENANCES:
        planned = reading.rows(raw, shapes.RestMaintenance, path)
        maintenances = [events.maintenance(row, place) for place, row in planned]
    else:
        works = reading.rows(raw, shapes.RpcMaintenance, path)
        maintenances = [events.maintenance(row, place) for place, row in works]
    page = StatusPage(
        incidents=[report for report in incidents if report is not None],
        maintenances=[work for work in maintenances if work is not None],
    )
    reading.check_ids((*page.incidents, *page.maintenances), path)
    return page, events.order


# -- the feed --------------------------------------------------------------------------


@attrs.define
class _Feed:
    """The feed of a public page."""

    reading: Reading

    def page(self, envelope: Envelope) -> tuple[StatusPage, dict[str, object]]:
        """All of the feed, and what its own keys say besides."""
        reading = self.reading
        (_, row), *_ = reading.rows(envelope.raw, shapes.Feed, "$") or [
            ("$", shapes.Feed())
        ]
        components = self.components(row)
        mentions = Mentions(one.ref for one in components if not one.is_group)
        events = Events(reading, pen_for(components, documents.FEED), mentions)
        incidents = [
            made
            for path, one in reading.present(row.status_reports, "$.statusReports")
            if (made := events.feed_report(one, path)) is not None
        ]
        maintenances = [
            work
            for path, planned in reading.present(row.maintenances, "$.maintenances")
            if (work := events.maintenance(planned, path)) is not None
        ]
        reading.check_ids(incidents, "$.statusReports")
        reading.check_ids(maintenances, "$.maintenances")
        page = StatusPage(
            row.title if isinstance(row.title, str) else None,
            components=components,
            incidents=incidents,
            maintenances=maintenances,
            updated_at=reading.when(row.updated_at, "$.updatedAt"),
            stated_indicator=reading.word(FEED_INDICATOR, row.status, "$.status"),
        )
        mine = ours.feed_row(page)
        for field in _LISTS:
            same_presence(row, mine, field)
        said = reading.kept(row, mine)
        return attrs.evolve(page, coverage=self.coverage()), said

    def coverage(self) -> Coverage:
        """A feed lists what is open; of the rest it does not say how far it goes."""
        at = self.reading.source.at
        if at is None:
            return NO_COVERAGE
        now: tuple[Stretch[None], ...] = (Stretch(at, at, None),)
        return Coverage(incidents=now, maintenances=now)

    def components(self, row: shapes.Feed) -> tuple[Component, ...]:
        """The components and, after them, their groups."""
        reading = self.reading
        made: list[Component] = []
        for path, one in reading.present(row.page_components, "$.pageComponents"):
            if reading.is_nothing(one.id, one.name, path):
                continue
            group = id_text(one.group_id)
            component = Component(
                reading.name(one.name, path),
                id=id_text(one.id),
                group=None if group is None else f"{GROUP}{group}",
                description=one.description or None,
                position=None if one.order is UNSET else one.order,
            )
            said = reading.kept(one, ours.page_component(component))
            made.append(attrs.evolve(component, extras={NAME: said}))
        reading.check_ids(made, "$.pageComponents")
        return (*made, *self.groups(row))

    def groups(self, row: shapes.Feed) -> tuple[Component, ...]:
        """The groups of components."""
        reading, path = self.reading, "$.pageComponentGroups"
        made: list[Component] = []
        for place, one in reading.present(row.page_component_groups, path):
            if reading.is_nothing(one.id, one.name, place):
                continue
            id = id_text(one.id)
            group = Component(
                reading.name(one.name, place),
                id=None if id is None else f"{GROUP}{id}",
                is_group=True,
            )
            said = reading.kept(one, ours.page_group(group))
            made.append(attrs.evolve(group, extras={NAME: said}))
        reading.check_ids(made, path)
        return tuple(made)
