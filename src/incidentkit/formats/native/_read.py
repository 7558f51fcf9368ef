"""From the native document to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import attrs
import msgspec
from msgspec import UNSET

from incidentkit._component import make_component, make_ref, make_state
from incidentkit._coverage import NO_COVERAGE, Coverage
from incidentkit._event import Detection, default_created_at, default_updated_at
from incidentkit._frozen import NO_EXTRAS, NO_LINKS, FrozenMapping, adopted, freeze
from incidentkit._incident import make_incident
from incidentkit._maintenance import make_maintenance
from incidentkit._page import make_page
from incidentkit._recorded import make_day
from incidentkit._stretch import Stretch
from incidentkit._time import Times, date
from incidentkit._update import make_update
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats._wire import decoder, parse, utf8
from incidentkit.formats.native._careful import Careful
from incidentkit.formats.native._shapes import NAME, VERSION, Document

if TYPE_CHECKING:
    from pendulum import DateTime

    from incidentkit._component import Component, ComponentRef, ComponentState
    from incidentkit._incident import Incident
    from incidentkit._maintenance import Maintenance
    from incidentkit._page import StatusPage
    from incidentkit._recorded import RecordedDay
    from incidentkit._update import Update
    from incidentkit.formats._format import Source
    from incidentkit.formats.native import _shapes as shapes


class _Head(msgspec.Struct):
    """Enough of a document to know whether it is one of ours."""

    format: Any = UNSET
    version: Any = UNSET


def read(source: Source) -> StatusPage:
    """
    A native document as the page it was written from.

    Raises:
        MalformedDocument: it is not JSON, not a native document, or one of another
            version.
        LimitExceeded: it is larger or deeper than the source's limits.
    """
    data = utf8(source)
    _check_head(parse(data, _Head))
    limits = source.limits
    reading = _Reading(limits.depth)
    try:
        document: Document = decoder(Document).decode(data)
        _check_items(document.page, limits.items)
        return reading.page(document.page)
    except LimitExceeded:
        raise
    except (msgspec.MsgspecError, ValueError):
        # Something is not as we write it; the careful way says what.
        pass
    said = parse(data, dict[str, Any])
    document = Careful(source.report, limits.depth).thing(said, Document, "$")
    _check_items(document.page, limits.items)
    return reading.page(document.page)


def _check_head(head: _Head) -> None:
    if head.format != NAME:
        place = "$" if head.format is UNSET else "$.format"
        raise MalformedDocument(
            place, f"no native document: its format is not {NAME!r}"
        )
    version = head.version
    if type(version) is not int or version < VERSION:
        place = "$" if version is UNSET else "$.version"
        raise MalformedDocument(
            place, f"there is no such version: {VERSION} is the first"
        )
    if version > VERSION:
        raise MalformedDocument(
            "$.version",
            f"this is version {version}, and this incidentkit knows versions up to "
            f"{VERSION}: a newer incidentkit reads it",
        )


def _check_items(page: shapes.Page, limit: int) -> None:
    items = len(page.components) + len(page.incidents) + len(page.maintenances)
    items += len(page.recorded)
    items += sum(len(event.updates) for event in page.incidents)
    items += sum(len(event.updates) for event in page.maintenances)
    if items > limit:
        reason = (
            f"{items} items, and the limit is {limit}: read it with Limits(items=…)"
        )
        raise LimitExceeded("$.page", reason)


@attrs.define
class _Reading:
    """
    What reading one document needs at every turn.

    Its methods take what fits its shape. They raise ValueError where a time is none or
    an extra nests too deep; the careful way lets neither through.
    """

    depth: int
    times: Times = attrs.field(factory=Times)

    def page(self, said: shapes.Page) -> StatusPage:
        return make_page(
            name=said.name,
            id=said.id,
            url=said.url,
            time_zone=said.time_zone,
            stated_indicator=said.stated_indicator,
            stated_description=said.stated_description,
            updated_at=self.at(said.updated_at),
            observed_at=self.at(said.observed_at),
            coverage=self.coverage(said.coverage),
            links=_links(said.links),
            extras=self.extras(said.extras),
            components=tuple(map(self.component, said.components)),
            incidents=tuple(map(self.incident, said.incidents)),
            maintenances=tuple(map(self.maintenance, said.maintenances)),
            recorded=tuple(map(_day, said.recorded)),
        )

    def component(self, said: shapes.Component) -> Component:
        return make_component(
            name=said.name,
            id=said.id,
            status=said.status,
            group=said.group,
            is_group=said.is_group,
            description=said.description,
            position=said.position,
            start_date=None if said.start_date is None else date(said.start_date),
            created_at=self.at(said.created_at),
            updated_at=self.at(said.updated_at),
            links=_links(said.links),
            extras=self.extras(said.extras),
        )

    def incident(self, said: shapes.Incident) -> Incident:
        updates = tuple(map(self.update, said.updates))
        created_at = self.created(said, updates)
        return make_incident(
            name=said.name,
            id=said.id,
            impact=said.impact,
            stated_status=said.stated_status,
            updates=updates,
            components=tuple(map(_ref, said.components)),
            url=said.url,
            created_at=created_at,
            updated_at=self.changed(said, updates, created_at),
            stated_start=self.at(said.stated_start),
            stated_end=self.at(said.stated_end),
            detection=self.detection(said.detection),
            postmortem=said.postmortem,
            links=_links(said.links),
            extras=self.extras(said.extras),
        )

    def maintenance(self, said: shapes.Maintenance) -> Maintenance:
        updates = tuple(map(self.update, said.updates))
        created_at = self.created(said, updates)
        return make_maintenance(
            name=said.name,
            id=said.id,
            impact=said.impact,
            stated_status=said.stated_status,
            scheduled_for=self.at(said.scheduled_for),
            scheduled_until=self.at(said.scheduled_until),
            updates=updates,
            components=tuple(map(_ref, said.components)),
            url=said.url,
            created_at=created_at,
            updated_at=self.changed(said, updates, created_at),
            stated_start=self.at(said.stated_start),
            stated_end=self.at(said.stated_end),
            detection=self.detection(said.detection),
            postmortem=said.postmortem,
            links=_links(said.links),
            extras=self.extras(said.extras),
        )

    def created(
        self, said: shapes.Event, updates: tuple[Update, ...]
    ) -> DateTime | None:
        if said.created_at is UNSET:
            return default_created_at(updates)
        return self.at(said.created_at)

    def changed(
        self,
        said: shapes.Event,
        updates: tuple[Update, ...],
        created_at: DateTime | None,
    ) -> DateTime | None:
        if said.updated_at is UNSET:
            return default_updated_at(updates) or created_at
        return self.at(said.updated_at)

    def update(self, said: shapes.IncidentUpdate | shapes.MaintenanceUpdate) -> Update:
        at = self.times[said.at]
        created_at = self.at(said.created_at) or at
        return make_update(
            status=said.status,
            body=said.body,
            at=at,
            states=tuple(map(_state, said.states)),
            id=said.id,
            created_at=created_at,
            updated_at=self.at(said.updated_at) or created_at,
            links=_links(said.links),
            extras=self.extras(said.extras),
        )

    def detection(self, said: shapes.Detection | None) -> Detection | None:
        return None if said is None else Detection(by=said.by, at=self.at(said.at))

    def coverage(self, said: shapes.Coverage | None) -> Coverage:
        if said is None:
            return NO_COVERAGE
        return Coverage(
            incidents=map(self.stretch, said.incidents),
            maintenances=map(self.stretch, said.maintenances),
            states=map(self.stretch, said.states),
        )

    def stretch(self, said: shapes.Stretch) -> Stretch[None]:
        return Stretch(self.times[said.start], self.at(said.end), None)

    def at(self, said: str | None) -> DateTime | None:
        return None if said is None else self.times[said]

    def extras(
        self, said: dict[str, dict[str, Any]]
    ) -> FrozenMapping[FrozenMapping[object]]:
        if not said:
            return NO_EXTRAS
        held = {name: freeze(one, self.depth) for name, one in said.items() if one}
        return adopted(cast("dict[str, FrozenMapping[object]]", held))


def _day(said: shapes.RecordedDay) -> RecordedDay:
    return make_day(
        component=_ref(said.component),
        date=date(said.date),
        major_outage=said.major_outage,
        partial_outage=said.partial_outage,
        events=_links(said.events),
    )


def _state(said: shapes.ComponentState) -> ComponentState:
    return make_state(_ref(said.component), said.status, said.before)


def _ref(said: shapes.ComponentRef) -> ComponentRef:
    return make_ref(said.name, id=said.id)


def _links(said: dict[str, str]) -> FrozenMapping[str]:
    return adopted(said) if said else NO_LINKS
