"""
Incidents and maintenances, each the usual way or, if that fails, the careful one.

The careful way takes any row at all: what it cannot read it reports, what the model has
no place for it keeps in extras, by comparing the row with what our writer would write.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NoReturn, cast

import attrs
import msgspec
from msgspec import UNSET, UnsetType

from incidentkit import _timeline as timeline
from incidentkit._component import make_ref, make_state
from incidentkit._event import default_created_at, default_updated_at
from incidentkit._frozen import ABSENT, EMPTY, STATED, FrozenMapping
from incidentkit._incident import Incident, make_incident
from incidentkit._maintenance import Maintenance, make_maintenance
from incidentkit._update import Update, make_update
from incidentkit.formats import _wire as wire
from incidentkit.formats.statuspage import _event_rows as ours
from incidentkit.formats.statuspage import _shapes as shapes
from incidentkit.formats.statuspage._memo import UNUSUAL, Lookup, Unusual
from incidentkit.formats.statuspage._pen import NAME
from incidentkit.formats.statuspage._shapes import AffectedRow, LegacyRow
from incidentkit.formats.statuspage._usual import usual_event, usual_updates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentkit._component import ComponentState
    from incidentkit._event import Event
    from incidentkit._vocabulary import Status
    from incidentkit.formats.statuspage._memo import Live, Memo
    from incidentkit.formats.statuspage._pen import Pen
    from incidentkit.formats.statuspage._reading import Reading
    from incidentkit.formats.statuspage._shapes import EventRow, UpdateRow

#: How many times are remembered: few enough to stay in the processor's cache.
_TIMES = 400


@attrs.define
class Events:
    """The incidents and maintenances of one document."""

    reading: Reading
    pen: Pen
    """What our writer would write with: what it writes by itself is not kept."""
    memo: Memo

    def read(
        self, rows: list[EventRow], path: str, *, planned: bool | None = None
    ) -> list[Incident | Maintenance | None]:
        """
        The events of an array, each in its place; None where a row is none.

        Args:
            rows: the array. It is emptied: a row that has been read makes room for
                values while it is still at hand.
            path: where it stands.
            planned: whether all of them are maintenances; None: those that say when
                they are planned are.
        """
        times, memo = self.reading.times, self.memo
        usual = _unusual if self.pen.is_legacy else usual_event
        event: Incident | Maintenance | None
        events: list[Incident | Maintenance | None] = []
        rows.reverse()
        while rows:
            row = rows.pop()
            is_planned = _is_planned(row) if planned is None else planned
            try:
                event = usual(memo, row, planned=is_planned)
            except UNUSUAL:
                place = f"{path}[{len(events)}]"
                event = self.odd_event(row, place, planned=is_planned)
            events.append(event)
            # It is within an incident that times are repeated.
            if len(times) > _TIMES:
                times.clear()
        return events

    def event(self, row: EventRow, path: str) -> Incident | Maintenance | None:
        """An incident or maintenance; None if nothing tells it from any other."""
        planned = _is_planned(row)
        usual = _unusual if self.pen.is_legacy else usual_event
        try:
            return usual(self.memo, row, planned=planned)
        except UNUSUAL:
            return self.odd_event(row, path, planned=planned)

    def odd_event(
        self, row: EventRow, path: str, *, planned: bool
    ) -> Incident | Maintenance | None:
        """An event of any kind, all that is odd about it reported or kept."""
        if self.reading.odd.is_lost(row):
            return None
        report = self.reading.report
        words: Mapping[str, Status] = (
            shapes.MAINTENANCE_STATUS if planned else shapes.INCIDENT_STATUS
        )
        updates = self.odd_updates(row, words, f"{path}.incident_updates")
        if row.id is UNSET and row.name is UNSET and not updates:
            detail = "it has no id, no name and no update"
            report.leave_out("item.malformed", path, detail)
            return None
        if row.id is UNSET:
            report.add("id.missing", path, "it has no id")
        if row.name is UNSET:
            report.add("value.missing", path, "it has no name")
        event: Incident | Maintenance
        if planned:
            event = self.odd_maintenance(row, updates, path)
        else:
            event = self.odd_incident(row, updates, path)
        when = self.reading.when
        ended = when(row.resolved_at, f"{path}.resolved_at")
        if ended is not None and ended != event.ended_at:
            event = attrs.evolve(event, stated_end=ended)
        began = when(row.started_at, f"{path}.started_at")
        if began is not None and not planned and began != ours.started(event):
            event = attrs.evolve(event, stated_start=began)
        for finding in event.amiss:
            if finding.code != "component.left_broken":
                report.add(finding.code, path, finding.detail, finding.value)
        said = self.said(event, row, path)
        return attrs.evolve(event, extras={NAME: said}) if said else event

    def odd_incident(
        self, row: EventRow, updates: tuple[Update, ...], path: str
    ) -> Incident:
        """What of any row makes an incident."""
        reading = self.reading
        status = reading.word(shapes.INCIDENT_STATUS, row.status, f"{path}.status")
        created = reading.when(row.created_at, f"{path}.created_at")
        updated = reading.when(row.updated_at, f"{path}.updated_at")
        return make_incident(
            name="" if row.name is UNSET else row.name,
            impact=reading.word(shapes.IMPACT, row.impact, f"{path}.impact"),
            updates=updates,
            components=self.memo.live(row.components).refs,
            id=_id(row.id),
            url=None if row.shortlink is UNSET else row.shortlink,
            created_at=created or default_created_at(updates),
            updated_at=updated or default_updated_at(updates) or created,
            stated_status=None if status is timeline.last_status(updates) else status,
            postmortem=_postmortem(row, updates),
        )

    def odd_maintenance(
        self, row: EventRow, updates: tuple[Update, ...], path: str
    ) -> Maintenance:
        """What of any row makes a maintenance."""
        reading = self.reading
        status = reading.word(shapes.MAINTENANCE_STATUS, row.status, f"{path}.status")
        created = reading.when(row.created_at, f"{path}.created_at")
        updated = reading.when(row.updated_at, f"{path}.updated_at")
        return make_maintenance(
            name="" if row.name is UNSET else row.name,
            impact=reading.word(shapes.IMPACT, row.impact, f"{path}.impact"),
            updates=updates,
            components=self.memo.live(row.components).refs,
            id=_id(row.id),
            url=None if row.shortlink is UNSET else row.shortlink,
            created_at=created or default_created_at(updates),
            updated_at=updated or default_updated_at(updates) or created,
            stated_status=None if status is timeline.last_status(updates) else status,
            postmortem=_postmortem(row, updates),
            scheduled_for=reading.when(row.scheduled_for, f"{path}.scheduled_for"),
            scheduled_until=reading.when(
                row.scheduled_until, f"{path}.scheduled_until"
            ),
        )

    def said(self, event: Event, row: EventRow, path: str) -> dict[str, object]:
        """All of a row that our writer would not write by itself."""
        mine = ours.event_row(self.pen, event, path)
        theirs = row
        if isinstance(row, LegacyRow) and row.metadata is not UNSET:
            held = wire.parse(row.metadata, object)
            theirs = msgspec.structs.replace(row, metadata=held)
        said = self.reading.kept(
            theirs, mine, "incident_updates", "components", odd=row
        )
        stated: dict[str, object] = {}
        absent: list[str] = []
        if row.incident_updates is UNSET:
            absent.append("incident_updates")
        elif row.incident_updates is None:
            stated["incident_updates"] = None
        live = self.memo.live(row.components)
        if row.components is UNSET:
            absent.append("components")
        elif not (live.is_own or self.made_up(event, live, path)):
            stated["components"] = live.rows
        if stated:
            known = cast("Mapping[str, object]", said.get(STATED, EMPTY))
            said[STATED] = FrozenMapping({**known, **stated})
        if absent:
            said[ABSENT] = (*cast("tuple[str, ...]", said.get(ABSENT, ())), *absent)
        return said

    def made_up(self, event: Event, live: Live, path: str) -> bool:
        """Whether the rows of components are those that our writer would make up."""
        by_us = ours.live_rows(self.pen, event, path)
        return wire.canonical(by_us) == wire.canonical(live.rows)

    # -- updates --------------------------------------------------------------

    def odd_updates(
        self, event: EventRow, words: Mapping[str, Status], path: str
    ) -> tuple[Update, ...]:
        """The updates of an event, in order of posting; documents reverse it."""
        rows = event.incident_updates
        if rows is UNSET or rows is None:
            return ()
        made: list[Update] = []
        for index in reversed(range(len(rows))):
            update = self.update(rows[index], event.id, words, f"{path}[{index}]")
            if update is not None:
                made.append(update)
        if any(one.created_at > two.created_at for one, two in pairwise(made)):
            made = self.sorted(made, path)
        self.reading.check_ids(made, path)
        return tuple(made)

    def sorted(self, made: list[Update], path: str) -> list[Update]:
        """Updates in posting order; where the source had that order, ties keep it."""
        detail = "the updates do not stand newest first; they were put in order"
        self.reading.report.add("order.unsorted", path, detail)
        made.reverse()
        if any(one.created_at > two.created_at for one, two in pairwise(made)):
            made.reverse()
        made.sort(key=lambda update: update.created_at)
        return made

    def update(
        self, row: UpdateRow, event_id: object, words: Mapping[str, Status], path: str
    ) -> Update | None:
        """An update; None if no time of it can be read."""
        if not self.pen.is_legacy and not self.reading.odd.of(row):
            try:
                usual = cast("Lookup[Status]", words)
                return usual_updates(self.memo, event_id, [row], usual)[0]
            except UNUSUAL:
                pass
        return self.odd_update(row, event_id, words, path)

    def odd_update(
        self, row: UpdateRow, event_id: object, words: Mapping[str, Status], path: str
    ) -> Update | None:
        """An update of any kind; None if no time of it can be read."""
        reading = self.reading
        if reading.odd.is_lost(row):
            return None
        shown = reading.when(row.display_at, f"{path}.display_at")
        created = reading.when(row.created_at, f"{path}.created_at") or shown
        updated = reading.when(row.updated_at, f"{path}.updated_at") or created
        at = shown or created or updated
        if at is None:
            detail = "no time of the update can be read"
            reading.report.leave_out("item.malformed", path, detail, id=_id(row.id))
            return None
        if row.id is UNSET:
            reading.report.add("id.missing", path, "an update has no id")
        update = make_update(
            status=reading.word(words, row.status, f"{path}.status"),
            body="" if row.body is UNSET or row.body is None else row.body,
            at=at,
            states=self.states(row, path),
            id=_id(row.id),
            created_at=created or at,
            updated_at=updated or at,
        )
        id = cast("str", event_id)
        mine = ours.update_row(self.pen, update, update.status, id, path, "", 0)
        mine.affected_components = msgspec.to_builtins(mine.affected_components)
        theirs = row
        if row.affected_components is not UNSET:
            rows = wire.parse(row.affected_components, object)
            theirs = msgspec.structs.replace(row, affected_components=rows)
        said = reading.kept(theirs, mine, odd=row)
        return attrs.evolve(update, extras={NAME: said}) if said else update

    def states(self, row: UpdateRow, path: str) -> tuple[ComponentState, ...]:
        """The levels that an update states; a row must name a component to count."""
        if row.affected_components is UNSET:
            return ()
        raw = bytes(row.affected_components)
        try:
            return self.memo.states[raw]
        except UNUSUAL:
            pass
        place = f"{path}.affected_components"
        if raw[:1] != b"[":
            detail = "an array is wanted"
            self.reading.report.leave_out("value.malformed", place, detail)
            return ()
        states: list[ComponentState] = []
        for index, one in enumerate(self.reading.rows(raw, AffectedRow, place)):
            # Old documents say in a row without a code that nothing was affected.
            if one.code is UNSET or one.code is None:
                continue
            where = f"{place}[{index}]"
            new, old = (
                self.reading.word(shapes.COMPONENT_STATUS, word, f"{where}.{key}")
                for key, word in (
                    ("new_status", one.new_status),
                    ("old_status", one.old_status),
                )
            )
            name = None if one.name is UNSET else one.name
            mention = make_ref(name=name, id=_id(one.code))
            states.append(make_state(component=mention, status=new, before=old))
        return tuple(states)


def _postmortem(row: EventRow, updates: tuple[Update, ...]) -> str | None:
    """The post-mortem, if it is not told by an update, word for word."""
    if not isinstance(row, LegacyRow) or row.postmortem_body is UNSET:
        return None
    told = ours.told_postmortem(updates)
    return (
        None
        if told is not None and told.body == row.postmortem_body
        else row.postmortem_body
    )


def _id(id: str | int | UnsetType | None) -> str | None:
    return None if id is UNSET or id is None else str(id)


def _unusual(memo: Memo, row: EventRow, *, planned: bool) -> NoReturn:  # noqa: ARG001 - in the place of `usual_event`
    """Take no row for a usual one: of those in webhooks none is."""
    raise Unusual


def _is_planned(row: EventRow) -> bool:
    return row.scheduled_for is not UNSET and row.scheduled_for is not None
