"""From version 2's documents to the model."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
import msgspec
from msgspec import UNSET, UnsetType

from incidentkit._component import Component, make_ref
from incidentkit._frozen import EMPTY
from incidentkit._incident import Incident
from incidentkit._page import StatusPage
from incidentkit._update import Update, make_update
from incidentkit._vocabulary import MaintenanceStatus
from incidentkit.errors import MalformedDocument
from incidentkit.formats import _wire as wire
from incidentkit.formats._pen import as_any
from incidentkit.formats.cachet import _rows as ours
from incidentkit.formats.cachet._envelope import (
    BARE_LIST,
    LIST,
    Envelope,
    coverage,
    opened,
    remembering,
)
from incidentkit.formats.cachet._pen import number, pen_for
from incidentkit.formats.cachet._reading import Reading, id_text, text_of
from incidentkit.formats.cachet._shapes import (
    ComponentRow,
    GroupRow,
    IncidentRow,
    ScheduleRow,
    StatusRow,
    UpdateRow,
)
from incidentkit.formats.cachet._told import Told, incident, maintenance
from incidentkit.formats.cachet._words import SCHEDULED, V2

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentkit._component import ComponentRef
    from incidentkit._maintenance import Maintenance
    from incidentkit.formats._format import Source
    from incidentkit.formats._wire import Id
    from incidentkit.formats.cachet._pen import Pen

#: The keys that tell what a document holds, asked for in this order.
_SIGNS: Mapping[str, frozenset[str]] = {
    "incidents/updates": frozenset({"incident_id"}),
    "components/groups": frozenset({"enabled_components", "collapsed"}),
    "components": frozenset({"group_id", "status_name"}),
    "incidents": frozenset({"visible", "updates", "occurred_at", "is_resolved"}),
    "schedules": frozenset({"scheduled_at", "completed_at"}),
}


def read(source: Source) -> StatusPage:
    """
    One of version 2's documents as a page.

    Raises:
        MalformedDocument: it is no JSON, or no document of this version.
        LimitExceeded: it is larger or deeper than the limits allow.
    """
    envelope = opened(source)
    document = source.document or _document(envelope)
    reading = Reading(source, V2)
    documents = _Documents(reading, pen_for(V2, reading.zone), envelope)
    page = documents.page(document)
    given = reading.given
    named = attrs.evolve(
        page,
        name=given.name,
        url=given.url,
        id=given.id,
        time_zone=reading.zone_name,
        coverage=coverage(page, document, source.at, is_newest=_is_whole(envelope)),
    )
    return remembering(
        named,
        reading,
        envelope,
        document,
        planned=documents.planned,
        order=tuple(documents.order),
        said=documents.said,
    )


def _document(envelope: Envelope) -> str:
    """
    What a document holds, by the keys of the first thing in it.

    Raises:
        MalformedDocument: by those it is no document of this version.
    """
    keys = envelope.first().keys()
    if not keys and envelope.form in {LIST, BARE_LIST}:
        return "incidents"
    for document, signs in _SIGNS.items():
        if not signs.isdisjoint(keys):
            return document
    if "message" in keys and "status" in keys:
        return "incidents" if "name" in keys else "status"
    if {"id", "name"} <= keys:
        return "components"
    reason = "none of the keys of a document of Cachet 2"
    if "attributes" in keys:
        reason = "a document of Cachet 3: read it as 'cachet3'"
    raise MalformedDocument(envelope.path, reason)


def _is_whole(envelope: Envelope) -> bool:
    """Whether a list says that it is all there is: its order is not told."""
    meta = envelope.around.get("meta")
    if meta is None:
        return False
    try:
        pagination = wire.parse(meta, dict[str, dict[str, object]])["pagination"]
    except (MalformedDocument, KeyError):
        return False
    return pagination.get("total_pages") == 1


@attrs.define
class _Documents:
    """The parts of a page, from whichever document tells them."""

    reading: Reading
    pen: Pen
    """What our writer would write with: what it writes by itself is not kept."""
    envelope: Envelope
    planned: tuple[int, ...] = ()
    """The places among the incidents where a maintenance stands."""
    order: list[str] = attrs.field(factory=list[str])
    """The ids of updates that stand alone, as the document has them."""
    said: Mapping[str, object] = EMPTY
    """What a document about the whole page says besides."""

    def page(self, document: str) -> StatusPage:
        """All of a document."""
        if document == "incidents":
            return self.incidents()
        if document == "incidents/updates":
            return StatusPage(incidents=self.updates_alone())
        if document == "schedules":
            return StatusPage(maintenances=self.schedules())
        if document == "components":
            return StatusPage(components=self.components())
        if document == "components/groups":
            return StatusPage(components=self.groups())
        return self.status()

    # -- incidents ---------------------------------------------------------------------

    def incidents(self) -> StatusPage:
        """The incidents, and what was planned among them up to 2.3."""
        incidents: list[Incident] = []
        maintenances: list[Maintenance] = []
        places: list[int] = []
        rows = self.reading.rows(self.envelope.raw, IncidentRow, self.envelope.path)
        for path, row in rows:
            if row.id is UNSET and row.name is UNSET:
                detail = "it has no id and no name"
                self.reading.report.leave_out("item.malformed", path, detail)
            elif str(row.status) == str(SCHEDULED):
                places.append(len(incidents) + len(maintenances))
                maintenances.append(self.scheduled(row, path))
            else:
                incidents.append(self.incident(row, path))
        self.planned = tuple(places)
        self.reading.check_ids((*incidents, *maintenances), self.envelope.path)
        return StatusPage(incidents=incidents, maintenances=maintenances)

    def incident(self, row: IncidentRow, path: str) -> Incident:
        """An incident."""
        reading, when = self.reading, self.reading.when
        updates = self.updates(row, f"{path}.updates")
        made = incident(
            Told(
                id=id_text(row.id),
                name=self.reading.name(row.name, path),
                message=text_of(row.message),
                created=when(row.created_at, f"{path}.created_at"),
                updated=when(row.updated_at, f"{path}.updated_at"),
                url=text_of(row.permalink),
                updates=updates,
                components=_mentions(row),
            ),
            reading.number(V2.incidents, row.status, f"{path}.status"),
            reading.number(V2.incidents, row.latest_status, f"{path}.latest_status"),
            when(row.occurred_at, f"{path}.occurred_at"),
            reading.report,
            path,
        )
        self.reading.tell_amiss(made, path)
        mine = ours.incident_row(self.pen, made)
        # The updates keep their own extras: of the key only its presence counts here.
        mine.updates = row.updates if isinstance(row.updates, list) else []
        said = reading.kept(row, mine)
        return attrs.evolve(made, extras={ours.NAME: said})

    def scheduled(self, row: IncidentRow, path: str) -> Maintenance:
        """A maintenance among the incidents, as it was up to 2.3."""
        reading, when = self.reading, self.reading.when
        begin = when(row.scheduled_at, f"{path}.scheduled_at")
        made = maintenance(
            Told(
                id=id_text(row.id),
                name=self.reading.name(row.name, path),
                message=text_of(row.message),
                created=when(row.created_at, f"{path}.created_at"),
                updated=when(row.updated_at, f"{path}.updated_at"),
                components=_mentions(row),
            ),
            V2.schedules[SCHEDULED],
            begin,
            None,
            None,
            reading.report,
            path,
        )
        mine = ours.scheduled_row(self.pen, made)
        mine.updates = row.updates if isinstance(row.updates, list) else UNSET
        said = reading.kept(row, mine)
        return attrs.evolve(made, extras={ours.NAME: {ours.AMONG_INCIDENTS: said}})

    # -- updates -----------------------------------------------------------------------

    def updates(self, row: IncidentRow, path: str) -> tuple[Update, ...]:
        """The updates of an incident, in order of posting."""
        if not isinstance(row.updates, list):
            return ()
        rows = self.reading.present(row.updates, path)
        made = [
            update
            for where, one in reversed(rows)
            if (update := self.update(one, where, row.id, row.permalink)) is not None
        ]
        if any(one.created_at > two.created_at for one, two in pairwise(made)):
            detail = "the updates do not stand newest first; they were put in order"
            self.reading.report.add("order.unsorted", path, detail)
            made.sort(key=lambda update: update.created_at)
        self.reading.check_ids(made, path)
        return tuple(made)

    def update(
        self, row: UpdateRow, path: str, id: Id | UnsetType | None, url: object
    ) -> Update | None:
        """An update of an incident; None if no time of it can be read."""
        reading = self.reading
        created = reading.when(row.created_at, f"{path}.created_at")
        updated = reading.when(row.updated_at, f"{path}.updated_at")
        at = created or updated
        if at is None:
            detail = "no time of the update can be read"
            reading.report.leave_out("item.malformed", path, detail, id=id_text(row.id))
            return None
        made = make_update(
            status=reading.number(V2.incidents, row.status, f"{path}.status"),
            body=text_of(row.message) or "",
            at=at,
            id=id_text(row.id),
            created_at=at,
            updated_at=updated or at,
        )
        # What our writer needs of the incident, which is not made yet.
        around = Incident("", id=id_text(id), url=url if isinstance(url, str) else None)
        mine = ours.update_row(
            self.pen, made, made.status, number(made.id or ""), around
        )
        said = reading.kept(row, mine)
        return attrs.evolve(made, extras={ours.NAME: said}) if said else made

    def updates_alone(self) -> tuple[Incident, ...]:
        """
        The updates of incidents that stand in another document.

        Each incident has here nothing but its id and those; it is put up with the first
        of them, so that whoever tells it whole is believed.
        """
        told: dict[str | None, list[Update]] = {}
        path = self.envelope.path
        for place, row in self.reading.rows(self.envelope.raw, UpdateRow, path):
            update = self.update(row, place, row.incident_id, None)
            if update is not None:
                told.setdefault(id_text(row.incident_id), []).append(update)
                self.order.append(str(row.id))
        incidents: list[Incident] = []
        for id, updates in told.items():
            self.reading.check_ids(updates, path)
            updates.sort(key=lambda update: update.created_at)
            first = updates[0].created_at
            incidents.append(Incident("", id=id, updates=updates, updated_at=first))
        return tuple(incidents)

    # -- schedules ---------------------------------------------------------------------

    def schedules(self) -> tuple[Maintenance, ...]:
        """The schedules."""
        path = self.envelope.path
        made: list[Maintenance] = []
        for place, row in self.reading.rows(self.envelope.raw, ScheduleRow, path):
            if not self.reading.is_nothing(row.id, row.name, place):
                made.append(self.schedule(row, place))
        self.reading.check_ids(made, path)
        return tuple(made)

    def schedule(self, row: ScheduleRow, path: str) -> Maintenance:
        """A schedule as a maintenance."""
        reading, when = self.reading, self.reading.when
        status = reading.number(V2.schedules, row.status, f"{path}.status")
        # Of what is not complete the vendor says that it was completed just now.
        over = status is MaintenanceStatus.COMPLETED
        rows = [] if not isinstance(row.components, list) else row.components
        present = [one for _, one in reading.present(rows, path)]
        ids = [id for one in present if (id := id_text(one.component_id)) is not None]
        made = maintenance(
            Told(
                id=id_text(row.id),
                name=self.reading.name(row.name, path),
                message=text_of(row.message),
                created=when(row.created_at, f"{path}.created_at"),
                updated=when(row.updated_at, f"{path}.updated_at"),
                components=tuple(make_ref(id=id) for id in dict.fromkeys(ids)),
            ),
            status,
            when(row.scheduled_at, f"{path}.scheduled_at"),
            None,
            when(row.completed_at, f"{path}.completed_at") if over else None,
            reading.report,
            path,
        )
        reading.tell_amiss(made, path)
        mine, unknown = ours.schedule_row(self.pen, made), reading.odd.of(row)
        if isinstance(row.components, list):
            whole = [
                {**msgspec.to_builtins(one), **reading.odd.of(one)} for one in present
            ]
            row = msgspec.structs.replace(row, components=as_any(whole))
            mine.components = as_any(msgspec.to_builtins(mine.components))
        said = wire.kept(row, mine, unknown, reading.same, frozenset())
        return attrs.evolve(made, extras={ours.NAME: said})

    # -- components --------------------------------------------------------------------

    def components(self) -> tuple[Component, ...]:
        """The components."""
        path = self.envelope.path
        rows = self.reading.rows(self.envelope.raw, ComponentRow, path)
        return self.read_components(rows, path)

    def read_components(
        self, rows: list[tuple[str, ComponentRow]], path: str
    ) -> tuple[Component, ...]:
        """The components of some rows."""
        made = [
            component
            for place, row in rows
            if (component := self.component(row, place)) is not None
        ]
        self.reading.check_ids(made, path)
        return tuple(made)

    def component(self, row: ComponentRow, path: str) -> Component | None:
        """A component; None if it has neither id nor name."""
        reading, when = self.reading, self.reading.when
        if reading.is_nothing(row.id, row.name, path):
            return None
        made = Component(
            self.reading.name(row.name, path),
            id=id_text(row.id),
            status=reading.number(V2.components, row.status, f"{path}.status"),
            group=ours.group_key(id_text(row.group_id)),
            description=text_of(row.description),
            position=None if row.order is UNSET else row.order,
            created_at=when(row.created_at, f"{path}.created_at"),
            updated_at=when(row.updated_at, f"{path}.updated_at"),
        )
        said = reading.kept(row, ours.component_row(self.pen, made))
        return attrs.evolve(made, extras={ours.NAME: said})

    def groups(self) -> tuple[Component, ...]:
        """The groups, each followed by those of its components that are shown."""
        path = self.envelope.path
        made: list[Component] = []
        for place, row in self.reading.rows(self.envelope.raw, GroupRow, path):
            group = self.group(row, place)
            if group is None:
                continue
            made.append(group)
            if isinstance(row.enabled_components, list):
                within = f"{place}.enabled_components"
                rows = self.reading.present(row.enabled_components, within)
                made += self.read_components(rows, within)
        return tuple(made)

    def group(self, row: GroupRow, path: str) -> Component | None:
        """A group; None if it has neither id nor name."""
        reading, when = self.reading, self.reading.when
        if reading.is_nothing(row.id, row.name, path):
            return None
        made = Component(
            self.reading.name(row.name, path),
            id=ours.group_key(id_text(row.id)),
            is_group=True,
            position=None if row.order is UNSET else row.order,
            created_at=when(row.created_at, f"{path}.created_at"),
            updated_at=when(row.updated_at, f"{path}.updated_at"),
        )
        mine = ours.group_row(self.pen, made)
        rows = row.enabled_components
        mine.enabled_components = rows if isinstance(rows, list) else []
        said = reading.kept(row, mine)
        return attrs.evolve(made, extras={ours.NAME: said})

    # -- the whole ---------------------------------------------------------------------

    def status(self) -> StatusPage:
        """The page in one word and one sentence."""
        page, self.said = status_page(self.reading, self.envelope)
        return page


def status_page(
    reading: Reading, envelope: Envelope
) -> tuple[StatusPage, Mapping[str, object]]:
    """The page in one word and one sentence, and what else its document says."""
    rows = reading.rows(envelope.raw, StatusRow, envelope.path)
    path, row = rows[0] if rows else ("$", StatusRow())
    words = reading.version.indicators
    page = StatusPage(
        stated_indicator=reading.word(words, row.status, f"{path}.status"),
        stated_description=text_of(row.message),
    )
    return page, reading.kept(row, ours.status_row(page, reading.version))


def _mentions(row: IncidentRow) -> tuple[ComponentRef, ...]:
    """The one component that an incident can name."""
    id = id_text(row.component_id)
    return () if id is None else (make_ref(id=id),)
