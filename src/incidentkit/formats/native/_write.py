"""From the model to the native document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec
from msgspec import UNSET

from incidentkit._coverage import NO_COVERAGE
from incidentkit._event import default_created_at, default_updated_at
from incidentkit._frozen import FrozenMapping
from incidentkit._time import text
from incidentkit.formats.native import _shapes as shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from msgspec import UnsetType
    from pendulum import DateTime

    from incidentkit._component import Component, ComponentRef, ComponentState
    from incidentkit._coverage import Coverage
    from incidentkit._event import Detection, Event
    from incidentkit._incident import Incident
    from incidentkit._maintenance import Maintenance
    from incidentkit._page import StatusPage
    from incidentkit._recorded import RecordedDay
    from incidentkit._stretch import Stretch
    from incidentkit._update import Update
    from incidentkit.formats._format import Target

T = TypeVar("T")


def write(target: Target) -> str:
    """The page as a native document; there is nothing that one cannot say."""
    said = shapes.Document(
        format=shapes.NAME, version=shapes.VERSION, page=_page(target.page)
    )
    return _ENCODER.encode(said).decode()


def _plain(value: object) -> object:
    # What the encoder does not know: frozen mappings, and kinds of text and numbers
    # that somebody made for himself, which constructors let pass.
    if isinstance(value, FrozenMapping):
        return dict(cast("FrozenMapping[object]", value))
    for kind in (str, int, float):
        if isinstance(value, kind):
            return kind(value)
    raise TypeError(f"{value!r} is nothing that JSON can say")


_ENCODER = msgspec.json.Encoder(enc_hook=_plain)


def _page(page: StatusPage) -> shapes.Page:
    return shapes.Page(
        name=page.name,
        id=page.id,
        url=page.url,
        time_zone=page.time_zone,
        stated_indicator=page.stated_indicator,
        stated_description=page.stated_description,
        updated_at=_at(page.updated_at),
        observed_at=_at(page.observed_at),
        coverage=_coverage(page.coverage),
        links=dict(page.links),
        extras=_extras(page.extras),
        components=[_component(one) for one in page.components],
        incidents=[_incident(one) for one in page.incidents],
        maintenances=[_maintenance(one) for one in page.maintenances],
        recorded=[_day(one) for one in page.recorded],
    )


def _component(one: Component) -> shapes.Component:
    return shapes.Component(
        name=one.name,
        id=one.id,
        status=one.status,
        group=one.group,
        is_group=one.is_group,
        description=one.description,
        position=one.position,
        start_date=None if one.start_date is None else one.start_date.isoformat(),
        created_at=_at(one.created_at),
        updated_at=_at(one.updated_at),
        links=dict(one.links),
        extras=_extras(one.extras),
    )


def _incident(one: Incident) -> shapes.Incident:
    created_at, updated_at = _put_up(one)
    return shapes.Incident(
        id=one.id,
        name=one.name,
        impact=one.impact,
        stated_status=one.stated_status,
        updates=[_told(shapes.IncidentUpdate, update) for update in one.updates],
        components=[_ref(mention) for mention in one.components],
        url=one.url,
        created_at=created_at,
        updated_at=updated_at,
        stated_start=_at(one.stated_start),
        stated_end=_at(one.stated_end),
        detection=_detection(one.detection),
        postmortem=one.postmortem,
        links=dict(one.links),
        extras=_extras(one.extras),
    )


def _maintenance(one: Maintenance) -> shapes.Maintenance:
    created_at, updated_at = _put_up(one)
    return shapes.Maintenance(
        id=one.id,
        name=one.name,
        impact=one.impact,
        stated_status=one.stated_status,
        scheduled_for=_at(one.scheduled_for),
        scheduled_until=_at(one.scheduled_until),
        updates=[_told(shapes.MaintenanceUpdate, update) for update in one.updates],
        components=[_ref(mention) for mention in one.components],
        url=one.url,
        created_at=created_at,
        updated_at=updated_at,
        stated_start=_at(one.stated_start),
        stated_end=_at(one.stated_end),
        detection=_detection(one.detection),
        postmortem=one.postmortem,
        links=dict(one.links),
        extras=_extras(one.extras),
    )


def _put_up(event: Event) -> tuple[str | UnsetType | None, str | UnsetType | None]:
    """When it was put on the page and last changed, where its updates tell another."""
    created, updated = event.created_at, event.updated_at
    usual = default_updated_at(event.updates) or created
    return (
        UNSET if created == default_created_at(event.updates) else _at(created),
        UNSET if updated == usual else _at(updated),
    )


def _told(kind: Callable[..., T], update: Update) -> T:
    posted, edited = update.created_at, update.updated_at
    return kind(
        status=update.status,
        at=text(update.at),
        body=update.body,
        states=[_state(row) for row in update.states],
        id=update.id,
        created_at=None if posted == update.at else text(posted),
        updated_at=None if edited == posted else text(edited),
        links=dict(update.links),
        extras=_extras(update.extras),
    )


def _state(row: ComponentState) -> shapes.ComponentState:
    return shapes.ComponentState(
        component=_ref(row.component), status=row.status, before=row.before
    )


def _ref(mention: ComponentRef) -> shapes.ComponentRef:
    return shapes.ComponentRef(name=mention.name, id=mention.id)


def _day(day: RecordedDay) -> shapes.RecordedDay:
    return shapes.RecordedDay(
        component=_ref(day.component),
        date=day.date.isoformat(),
        major_outage=day.major_outage,
        partial_outage=day.partial_outage,
        events=dict(day.events),
    )


def _detection(detection: Detection | None) -> shapes.Detection | None:
    if detection is None:
        return None
    return shapes.Detection(by=detection.by, at=_at(detection.at))


def _coverage(coverage: Coverage) -> shapes.Coverage | None:
    if coverage == NO_COVERAGE:
        return None
    return shapes.Coverage(
        incidents=_stretches(coverage.incidents),
        maintenances=_stretches(coverage.maintenances),
        states=_stretches(coverage.states),
    )


def _stretches(known: Iterable[Stretch[None]]) -> list[shapes.Stretch]:
    return [shapes.Stretch(start=text(one.start), end=_at(one.end)) for one in known]


def _at(at: DateTime | None) -> str | None:
    return None if at is None else text(at)


def _extras(
    held: FrozenMapping[FrozenMapping[object]],
) -> dict[str, dict[str, Any]]:
    return {name: dict(said) for name, said in held.items()}
