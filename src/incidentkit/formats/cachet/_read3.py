"""From version 3's documents to the model."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import attrs
from msgspec import UNSET

from incidentkit._component import Component, make_ref, make_state
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._page import StatusPage
from incidentkit._update import Update
from incidentkit._vocabulary import MaintenanceStatus
from incidentkit.errors import MalformedDocument
from incidentkit.formats import _wire as wire
from incidentkit.formats.cachet import _rows3 as ours
from incidentkit.formats.cachet._envelope import (
    BARE_LIST,
    LIST,
    Envelope,
    coverage,
    opened,
    remembering,
)
from incidentkit.formats.cachet._included3 import Included, Posted
from incidentkit.formats.cachet._pen import pen_for
from incidentkit.formats.cachet._read import status_page
from incidentkit.formats.cachet._reading import Reading, text_of
from incidentkit.formats.cachet._resources3 import (
    DOCUMENT_OF,
    id_of,
    keeping,
    linked,
    string_of,
    type_of,
    value_of,
)
from incidentkit.formats.cachet._shapes3 import (
    ComponentResource,
    GroupResource,
    IncidentAttributes,
    IncidentResource,
    Resource,
    ScheduleAttributes,
    ScheduleResource,
    UpdateResource,
)
from incidentkit.formats.cachet._told import Told, incident, maintenance
from incidentkit.formats.cachet._words import V3

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pendulum import DateTime

    from incidentkit._component import ComponentRef, ComponentState
    from incidentkit.formats._format import Source
    from incidentkit.formats.cachet._pen import Pen

    _Named: TypeAlias = tuple[bool, str | None]

T = TypeVar("T", Component, Incident, Maintenance, Update)


def read(source: Source) -> StatusPage:
    """
    One of version 3's documents as a page.

    Raises:
        MalformedDocument: it is no JSON, or no document of this version.
        LimitExceeded: it is larger or deeper than the limits allow.
    """
    envelope = opened(source)
    document = source.document or _document(envelope)
    reading = Reading(source, V3)
    given = reading.given
    if document == "status":
        page, said = status_page(reading, envelope)
        more: dict[str, object] = {"said": said}
    else:
        pen = pen_for(V3, reading.zone)
        documents = _Documents(reading, pen, envelope, Included(reading, pen))
        page = documents.page(document)
        included = documents.included
        more = {"order": tuple(included.order), "others": tuple(included.others)}
    named = attrs.evolve(
        page,
        name=given.name,
        url=given.url,
        id=given.id,
        time_zone=reading.zone_name,
        coverage=coverage(page, document, source.at, is_newest=_is_first(envelope)),
    )
    around = {key: raw for key, raw in envelope.around.items() if key != "included"}
    outer = attrs.evolve(envelope, around=around)
    return remembering(named, reading, outer, document, **more)


def _document(envelope: Envelope) -> str:
    """
    What a document holds, by the type of the first resource in it.

    Raises:
        MalformedDocument: by that it is no document of this version.
    """
    keys = envelope.first()
    if not keys and envelope.form in {LIST, BARE_LIST}:
        return "incidents"
    if {"status", "message"} <= keys.keys() and "id" not in keys:
        return "status"
    if "attributes" in keys and "type" in keys:
        document = DOCUMENT_OF.get(type_of(keys["type"]))
        if document is not None:
            return document
    reason = "none of the keys of a document of Cachet 3"
    if "name" in keys:
        reason = "no JSON:API: read it as 'cachet2'"
    raise MalformedDocument(envelope.path, reason)


def _is_first(envelope: Envelope) -> bool:
    """Whether a list says that nothing newer stands before it."""
    links = envelope.around.get("links")
    if links is None:
        return False
    try:
        said = wire.parse(links, dict[str, object])
    except MalformedDocument:
        return False
    return "prev" in said and said["prev"] is None


@attrs.define
class _Documents:
    """The parts of a page, from whichever document tells them."""

    reading: Reading
    pen: Pen
    """What our writer would write with: what it writes by itself is not kept."""
    envelope: Envelope
    included: Included
    by_id: dict[_Named, deque[Posted]] = attrs.field(
        factory=dict["_Named", "deque[Posted]"]
    )
    """The updates that are included, by whether they are a schedule's and their id."""
    by_parent: dict[_Named, list[Posted]] = attrs.field(
        factory=dict["_Named", "list[Posted]"]
    )
    """The same, by the id of what they belong to."""

    def page(self, document: str) -> StatusPage:
        """All of a document."""
        raw, path = self.envelope.raw, self.envelope.path
        reading = self.reading
        incidents: tuple[Incident, ...] = ()
        maintenances: tuple[Maintenance, ...] = ()
        rows: list[tuple[str, IncidentResource]] = []
        if document == "incidents":
            rows = reading.rows(raw, IncidentResource, path)
            self.included.named = Counter(
                id
                for _, row in rows
                for id in linked(row.relationships, "components") or ()
            )
        around = self.envelope.around
        if "included" in around:
            self.included.read(around["included"])
        for one in self.included.posted:
            named = (one.is_schedule, one.update.id)
            self.by_id.setdefault(named, deque()).append(one)
            self.by_parent.setdefault((one.is_schedule, one.parent), []).append(one)
        if document == "incidents":
            incidents = _made(self.incident(row, place) for place, row in rows)
        elif document == "schedules":
            planned = reading.rows(raw, ScheduleResource, path)
            maintenances = _made(self.schedule(row, place) for place, row in planned)
        elif document == "incidents/updates":
            for place, update in reading.rows(raw, UpdateResource, path):
                self.included.post(update, place)
            incidents, maintenances = self.updates_alone()
        else:
            included, self.included.components = self.included.components, []
            self.own_components(document)
            self.included.components += included
        reading.check_ids((*incidents, *maintenances), path)
        reading.check_ids(self.included.components, path)
        return StatusPage(
            components=self.included.components,
            incidents=incidents,
            maintenances=maintenances,
        )

    def own_components(self, document: str) -> None:
        """The components, or the groups, that a document is about."""
        raw, path = self.envelope.raw, self.envelope.path
        included, self.included.order = self.included.order, []
        if document == "components":
            for place, row in self.reading.rows(raw, ComponentResource, path):
                self.included.component(row, place)
        else:
            for place, group in self.reading.rows(raw, GroupResource, path):
                self.included.group(group, place)
        self.included.order = included

    def incident(self, row: IncidentResource, path: str) -> Incident | None:
        """An incident; None if it has neither id nor name."""
        reading, where = self.reading, f"{path}.attributes"
        said = IncidentAttributes() if row.attributes is UNSET else row.attributes
        id = id_of(row, said.id)
        if reading.is_nothing(id, said.name, path):
            return None
        mentions = self.mentions(row)
        own = reading.number(V3.incidents, value_of(said.status), f"{where}.status")
        made = incident(
            Told(
                id=id,
                name=reading.name(said.name, where),
                message=text_of(said.message),
                created=reading.when(string_of(said.created), f"{where}.created"),
                updated=reading.when(string_of(said.updated), f"{where}.updated"),
                updates=self.updates(row, id, is_schedule=False),
                components=mentions,
                states=self.states(mentions),
            ),
            own,
            own,
            reading.when(string_of(said.occurred), f"{where}.occurred"),
            reading.report,
            where,
        )
        reading.tell_amiss(made, path)
        mine = ours.incident_attributes(self.pen, made)
        related = ours.event_relationships(self.pen, made)
        return keeping(reading, made, row, said, mine, ours.INCIDENT, related, path)

    def schedule(self, row: ScheduleResource, path: str) -> Maintenance | None:
        """A schedule as a maintenance; None if it has neither id nor name."""
        reading, where = self.reading, f"{path}.attributes"
        said = ScheduleAttributes() if row.attributes is UNSET else row.attributes
        id = id_of(row, said.id)
        if reading.is_nothing(id, said.name, path):
            return None
        status = reading.number(V3.schedules, value_of(said.status), f"{where}.status")
        completed = reading.when(string_of(said.completed), f"{where}.completed")
        # Until it is past, it is when the schedule is to be complete.
        over = status is MaintenanceStatus.COMPLETED
        made = maintenance(
            Told(
                id=id,
                name=reading.name(said.name, where),
                message=text_of(said.message),
                created=reading.when(string_of(said.created), f"{where}.created"),
                updated=reading.when(string_of(said.updated), f"{where}.updated"),
                updates=self.updates(row, id, is_schedule=True),
                components=self.mentions(row),
            ),
            status,
            reading.when(string_of(said.scheduled), f"{where}.scheduled"),
            None if over else completed,
            completed if over else None,
            reading.report,
            where,
        )
        reading.tell_amiss(made, path)
        mine = ours.schedule_attributes(self.pen, made)
        related = ours.event_relationships(self.pen, made)
        return keeping(reading, made, row, said, mine, ours.SCHEDULE, related, path)

    def mentions(self, row: Resource) -> tuple[ComponentRef, ...]:
        """The components that a resource names."""
        ids = linked(row.relationships, "components") or ()
        return tuple(make_ref(id=id, name=self.included.names.get(id)) for id in ids)

    def states(self, mentions: tuple[ComponentRef, ...]) -> tuple[ComponentState, ...]:
        """The levels that are told of an incident's components, if they are its own."""
        states: list[ComponentState] = []
        for mention in mentions:
            path, level = self.included.levels.get(mention.key, ("", None))
            if level is None:
                continue
            if self.included.named[mention.key] > 1:
                detail = (
                    "a level is told once, and several incidents name the component"
                )
                self.reading.report.leave_out(
                    "level.ambiguous", path, detail, level.value, mention.key
                )
            else:
                states.append(make_state(component=mention, status=level))
        return tuple(states)

    def updates(
        self, row: Resource, id: str | None, *, is_schedule: bool
    ) -> tuple[Update, ...]:
        """The updates that a resource names, else those that name it, in order."""
        ids = linked(row.relationships, "updates")
        mine: list[Posted] = []
        if ids is None:
            mine += self.by_parent.get((is_schedule, id), [])
        for named in ids or ():
            if waiting := self.by_id.get((is_schedule, named)):
                mine.append(waiting.popleft())
        updates = [one.update for one in mine if not one.is_taken]
        for one in mine:
            one.is_taken = True
        return tuple(sorted(updates, key=_posted_at))

    def updates_alone(self) -> tuple[tuple[Incident, ...], tuple[Maintenance, ...]]:
        """The updates of incidents and schedules that stand in another document."""
        told: dict[tuple[bool, str | None], list[Update]] = {}
        for one in self.included.posted:
            told.setdefault((one.is_schedule, one.parent), []).append(one.update)
        incidents: list[Incident] = []
        maintenances: list[Maintenance] = []
        for (is_schedule, id), updates in told.items():
            updates.sort(key=_posted_at)
            first = updates[0].created_at
            if is_schedule:
                made = Maintenance("", id=id, updates=updates, updated_at=first)
                maintenances.append(made)
            else:
                incidents.append(Incident("", id=id, updates=updates, updated_at=first))
        return tuple(incidents), tuple(maintenances)


def _made(things: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(one for one in things if one is not None)


def _posted_at(update: Update) -> DateTime:
    return update.created_at
