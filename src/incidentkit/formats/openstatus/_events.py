"""Incidents and maintenances, from the rows of all families to the model."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
import msgspec
from msgspec import UnsetType

from incidentkit._component import Mentions, make_ref, make_state
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._update import Update, make_update
from incidentkit._vocabulary import MaintenanceStatus
from incidentkit.formats._pen import as_any
from incidentkit.formats.openstatus import _rows as ours
from incidentkit.formats.openstatus import _shapes as shapes
from incidentkit.formats.openstatus._pen import MONITOR, NAME, Pen, number
from incidentkit.formats.openstatus._reading import Reading, id_text, ids_of, text_of
from incidentkit.formats.openstatus._words import (
    RPC_IMPACT,
    RPC_STATUS,
    STATUS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pendulum import DateTime

    from incidentkit._component import ComponentRef, ComponentState
    from incidentkit._vocabulary import IncidentStatus
    from incidentkit.formats import _wire as wire


def same_presence(row: wire.Shape, mine: wire.Shape, key: str) -> None:
    """What is listed keeps its own extras: of the key only its presence counts."""
    listed = getattr(row, key)
    if isinstance(listed, list):
        setattr(mine, key, listed)


@attrs.define
class Events:
    """The incidents and maintenances of one document."""

    reading: Reading
    pen: Pen
    """What our writer would write with: what it writes by itself is not kept."""
    mentions: Mentions
    """The components of the page, which know their names."""
    order: list[str] = attrs.field(factory=list[str])
    """The ids of updates that stand alone, as the document has them."""

    def refs(self, ids: Iterable[str]) -> tuple[ComponentRef, ...]:
        """The components of some ids, each with its name if the document has it."""
        mentions = [make_ref(id=id) for id in dict.fromkeys(ids)]
        return tuple(
            meant[0] if (meant := self.mentions.meant(one)) else one for one in mentions
        )

    def feed_report(self, row: shapes.FeedReport, path: str) -> Incident | None:
        """An incident of the feed; None if it has neither id nor name."""
        reading = self.reading
        if reading.is_nothing(row.id, row.title, path):
            return None
        place = f"{path}.statusReportUpdates"
        rows = reading.present(row.status_report_updates, place)
        told = [self.feed_update(one, where) for where, one in reversed(rows)]
        updates = self.in_order(told, place)
        made = Incident(
            reading.name(row.title, path),
            id=id_text(row.id),
            updates=updates,
            components=self.refs(ids_of(row.page_components)),
            updated_at=reading.when(row.updated_at, f"{path}.updatedAt"),
            stated_status=reading.word(STATUS, row.status, f"{path}.status"),
        )
        reading.tell_amiss(made, path)
        mine = ours.feed_report(self.pen, made)
        mine.status_report_updates = []
        same_presence(row, mine, "status_report_updates")
        return attrs.evolve(made, extras={NAME: reading.kept(row, mine)})

    def feed_update(self, row: shapes.FeedUpdate, path: str) -> Update | None:
        """An update; None if no time of it can be read."""
        reading = self.reading
        at = reading.when(row.date, f"{path}.date")
        updated = reading.when(row.updated_at, f"{path}.updatedAt")
        status = reading.word(STATUS, row.status, f"{path}.status")
        made = self.update(row.id, status, row.message, at or updated, updated, path)
        if made is None:
            return None
        mine = ours.feed_update(made, status, number(made.id or ""))
        return self.keeping(made, row, mine)

    def update(  # noqa: PLR0913, PLR0917 - the parts of an update, and where it stands
        self,
        id: str | int | UnsetType,
        status: IncidentStatus | None,
        message: str | UnsetType | None,
        at: DateTime | None,
        updated: DateTime | None,
        path: str,
    ) -> Update | None:
        """An update of the parts that all families have; None without a time."""
        if at is None:
            detail = "no time of the update can be read"
            self.reading.report.leave_out(
                "item.malformed", path, detail, id=id_text(id)
            )
            return None
        return make_update(
            status=status,
            body=text_of(message),
            at=at,
            id=id_text(id),
            created_at=at,
            updated_at=updated or at,
        )

    def keeping(
        self,
        update: Update,
        row: wire.Shape,
        mine: shapes.FeedUpdate | shapes.RestUpdate,
    ) -> Update:
        """An update, with all of its row that our writer would not write by itself."""
        if update.status is None:
            # Our writer may repeat the status before; this one says that it has none.
            mine.status = ""
        said = self.reading.kept(row, mine)
        return attrs.evolve(update, extras={NAME: said}) if said else update

    def in_order(self, told: list[Update | None], path: str) -> tuple[Update, ...]:
        """Updates that stand newest first in a document, oldest first."""
        made = [update for update in told if update is not None]
        if any(one.created_at > two.created_at for one, two in pairwise(made)):
            detail = "the updates do not stand newest first; they were put in order"
            self.reading.report.add("order.unsorted", path, detail)
            made.sort(key=_posted_at)
        self.reading.check_ids(made, path)
        return tuple(made)

    # -- the first REST API ------------------------------------------------------------

    def rest_report(self, row: shapes.RestReport, path: str) -> Incident | None:
        """A status report without its updates, which are documents of their own."""
        reading = self.reading
        if reading.is_nothing(row.id, row.title, path):
            return None
        made = Incident(
            reading.name(row.title, path),
            id=id_text(row.id),
            components=self.refs(f"{MONITOR}{id}" for id in ids_of(row.monitor_ids)),
            stated_status=reading.word(STATUS, row.status, f"{path}.status"),
        )
        said = reading.kept(row, ours.rest_report(self.pen, made))
        return attrs.evolve(made, extras={NAME: said})

    def updates_alone(
        self, rows: list[tuple[str, shapes.RestUpdate]]
    ) -> tuple[Incident, ...]:
        """
        The updates of status reports that stand in another document.

        Each report has here nothing but its id and those.
        """
        reading = self.reading
        told: dict[str | None, list[Update]] = {}
        for path, row in rows:
            at = reading.when(row.date, f"{path}.date")
            status = reading.word(STATUS, row.status, f"{path}.status")
            made = self.update(row.id, status, row.message, at, None, path)
            if made is not None:
                report = id_text(row.status_report_id)
                mine = ours.rest_update(
                    made, status, made.id or "", number(report or "")
                )
                kept = self.keeping(made, row, mine)
                told.setdefault(report, []).append(kept)
                self.order.append(str(row.id))
        incidents: list[Incident] = []
        for id, updates in told.items():
            reading.check_ids(updates, "$")
            updates.sort(key=_posted_at)
            incidents.append(Incident("", id=id, updates=updates))
        return tuple(incidents)

    # -- the RPC API -------------------------------------------------------------------

    def rpc_report(self, row: shapes.RpcReport, path: str) -> Incident | None:
        """A status report; None if it has neither id nor name."""
        reading = self.reading
        if reading.is_nothing(row.id, row.title, path):
            return None
        place = f"{path}.updates"
        rows = reading.present(row.updates, place)
        told = [self.rpc_update(one, where) for where, one in rows]
        made = [update for update in told if update is not None]
        # The order is not promised: whichever it is, it is kept.
        is_oldest_first = any(
            one.created_at < two.created_at for one, two in pairwise(made)
        )
        if not is_oldest_first:
            made.reverse()
        incident = Incident(
            reading.name(row.title, path),
            id=id_text(row.id),
            updates=self.in_order(list(made), place),
            components=self.refs(ids_of(row.page_component_ids)),
            created_at=reading.when(row.created_at, f"{path}.createdAt"),
            updated_at=reading.when(row.updated_at, f"{path}.updatedAt"),
            stated_status=reading.word(RPC_STATUS, row.status, f"{path}.status"),
        )
        reading.tell_amiss(incident, path)
        mine = ours.rpc_report(self.pen, incident)
        mine.updates = []
        same_presence(row, mine, "updates")
        said = reading.kept(row, mine)
        if is_oldest_first:
            said.update({ours.OF: reading.document, ours.OLDEST_FIRST: True})
        return attrs.evolve(incident, extras={NAME: said})

    def rpc_update(self, row: shapes.RpcUpdate, path: str) -> Update | None:
        """An update; None if no time of it can be read."""
        reading = self.reading
        date = reading.when(row.date, f"{path}.date")
        created = reading.when(row.created_at, f"{path}.createdAt")
        status = reading.word(RPC_STATUS, row.status, f"{path}.status")
        plain = self.update(row.id, status, row.message, date or created, None, path)
        if plain is None:
            return None
        made = attrs.evolve(
            plain,
            created_at=created or plain.at,
            updated_at=created or plain.at,
            states=self.states(row, f"{path}.componentImpacts"),
        )
        mine, theirs = ours.rpc_update(self.pen, made, made.id or ""), row
        if isinstance(row.component_impacts, list):
            # The levels are the update's own: both sides as plain values.
            whole = [
                {**msgspec.to_builtins(one), **reading.odd.of(one)}
                for one in row.component_impacts
            ]
            theirs = msgspec.structs.replace(row, component_impacts=as_any(whole))
            mine.component_impacts = as_any(msgspec.to_builtins(mine.component_impacts))
        said = reading.kept(theirs, mine, row)
        return attrs.evolve(made, extras={NAME: said}) if said else made

    def states(self, row: shapes.RpcUpdate, path: str) -> tuple[ComponentState, ...]:
        """The levels that an update states; a row must name a component to count."""
        states: list[ComponentState] = []
        for where, one in self.reading.present(row.component_impacts, path):
            id = id_text(one.page_component_id)
            if id is None:
                detail = "a level of no component"
                self.reading.report.leave_out("item.malformed", where, detail)
                continue
            level = self.reading.word(RPC_IMPACT, one.impact, f"{where}.impact")
            (mention,) = self.refs([id])
            states.append(make_state(component=mention, status=level))
        return tuple(states)

    # -- maintenances ------------------------------------------------------------------

    def maintenance(
        self,
        row: shapes.FeedMaintenance | shapes.RestMaintenance | shapes.RpcMaintenance,
        path: str,
    ) -> Maintenance | None:
        """
        A maintenance; None if it has neither id nor name.

        It has one message, which is shown under its beginning, and no status: where it
        stands follows from its times and the moment it was fetched.
        """
        reading = self.reading
        title = row.name if isinstance(row, shapes.FeedMaintenance) else row.title
        if reading.is_nothing(row.id, title, path):
            return None
        begin = reading.when(row.from_, f"{path}.from")
        end = reading.when(row.to, f"{path}.to")
        created, updated = (
            reading.when(getattr(row, field, None), f"{path}.{key}")
            for field, key in (("created_at", "createdAt"), ("updated_at", "updatedAt"))
        )
        status = self.status_by_clock(begin, end, path)
        made = Maintenance(
            reading.name(title, path),
            id=id_text(row.id),
            updates=self.message(row.message, created or begin, path),
            components=self.refs(_component_ids(row)),
            created_at=created,
            updated_at=updated,
            stated_status=status,
            stated_end=end if status is MaintenanceStatus.COMPLETED else None,
            scheduled_for=begin,
            scheduled_until=end,
        )
        reading.tell_amiss(made, path)
        if isinstance(row, shapes.FeedMaintenance):
            mine: wire.Shape = ours.feed_maintenance(self.pen, made)
        elif isinstance(row, shapes.RestMaintenance):
            mine = ours.rest_maintenance(self.pen, made)
        else:
            mine = ours.rpc_maintenance(self.pen, made)
        return attrs.evolve(made, extras={NAME: reading.kept(row, mine)})

    def message(
        self, message: str | UnsetType | None, at: DateTime | None, path: str
    ) -> tuple[Update, ...]:
        """What a maintenance says, as its one update."""
        body = text_of(message)
        if not body:
            return ()
        if at is None:
            detail = "no time of the message can be read"
            place = f"{path}.message"
            self.reading.report.leave_out("item.malformed", place, detail, body)
            return ()
        return (
            make_update(status=None, body=body, at=at, created_at=at, updated_at=at),
        )

    def status_by_clock(
        self, begin: DateTime | None, end: DateTime | None, path: str
    ) -> MaintenanceStatus | None:
        """Where a maintenance stood when it was fetched, if the caller says when."""
        at = self.reading.source.at
        if at is None or begin is None:
            return None
        detail = "where it stands follows from its times and when it was fetched"
        self.reading.report.add("status.by_clock", path, detail)
        if at < begin:
            return MaintenanceStatus.SCHEDULED
        if end is None or at < end:
            return MaintenanceStatus.IN_PROGRESS
        return MaintenanceStatus.COMPLETED


def _component_ids(
    row: shapes.FeedMaintenance | shapes.RestMaintenance | shapes.RpcMaintenance,
) -> list[str]:
    """The ids of what a maintenance works on; in REST they are of monitors."""
    if isinstance(row, shapes.FeedMaintenance):
        return ids_of(row.page_components)
    if isinstance(row, shapes.RpcMaintenance):
        return ids_of(row.page_component_ids)
    return [f"{MONITOR}{id}" for id in ids_of(row.monitor_ids)]


def _posted_at(update: Update) -> DateTime:
    return update.created_at
