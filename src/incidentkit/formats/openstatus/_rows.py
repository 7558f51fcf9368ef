"""
The rows of OpenStatus's documents, made of the model.

A row is made without looking at extras, and a reader makes the same rows: what they
already say need not be kept. The functions called `…_value` put extras back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._frozen import EMPTY
from incidentkit.formats._pen import as_any, posted, update_key
from incidentkit.formats._wire import Shape, restored
from incidentkit.formats.openstatus._pen import (
    MONITOR,
    NAME,
    Pen,
    group_number,
    id_of,
    number,
    shown,
    written,
)
from incidentkit.formats.openstatus._shapes import (
    Feed,
    FeedMaintenance,
    FeedReport,
    FeedUpdate,
    PageComponent,
    PageComponentGroup,
    PublicStatus,
    RestMaintenance,
    RestReport,
    RestUpdate,
    RpcImpact,
    RpcMaintenance,
    RpcReport,
    RpcUpdate,
)
from incidentkit.formats.openstatus._words import (
    FEED_INDICATOR,
    PUBLIC_INDICATOR,
    RPC_IMPACT,
    RPC_STATUS,
    STATUS,
    spelt,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pendulum import DateTime

    from incidentkit._component import Component, ComponentRef
    from incidentkit._event import Event
    from incidentkit._incident import Incident
    from incidentkit._maintenance import Maintenance
    from incidentkit._page import StatusPage
    from incidentkit._update import Update
    from incidentkit._vocabulary import IncidentStatus

#: Under this key of an incident's extras stands that its updates were oldest first.
OLDEST_FIRST = "@oldest_first"
#: Under this one stands which document a thing was read from: others have other keys.
OF = "@of"


def said_of(pen: Pen, thing: Component | Event | Update) -> Mapping[str, object]:
    """What extras hold of a thing, if they are of the document to write."""
    said = thing.extras.get(NAME, EMPTY)
    if said.get(OF) != pen.document:
        return EMPTY
    return _own(said)


def put(pen: Pen, row: Shape, thing: Component | Event | Update) -> object:
    """A row, with what extras hold."""
    return restored(row, said_of(pen, thing))


def carried(incident: Incident) -> Mapping[int, IncidentStatus | None]:
    """The status of each update by its place; one that has none repeats the last."""
    status: IncidentStatus | None = None
    statuses: dict[int, IncidentStatus | None] = {}
    for index, update in shown(incident.updates):
        status = as_any(update.status) or status
        statuses[index] = status
    return statuses


def message_of(maintenance: Maintenance) -> str:
    """What a maintenance says: it has one message."""
    told = posted(maintenance.updates)
    return told[0][1].body if told else ""


def edited(update: Update) -> DateTime | None:
    """When an update was edited, if it was."""
    return update.updated_at if update.is_edited else None


# -- the feed --------------------------------------------------------------------------


def feed_update(update: Update, status: IncidentStatus | None, id: int) -> FeedUpdate:
    """An entry of `statusReportUpdates`."""
    return FeedUpdate(
        id=id,
        status=spelt(STATUS, status),
        message=update.body,
        date=written(update.at),
        updated_at=written(edited(update)),
    )


def feed_report(pen: Pen, incident: Incident) -> FeedReport:
    """An entry of `statusReports`, without its updates."""
    return FeedReport(
        id=number(incident.key),
        title=incident.name,
        updated_at=written(incident.updated_at),
        status=spelt(STATUS, incident.status),
        monitors=[],
        page_components=pen.numbers(incident.affected),
    )


def feed_report_value(pen: Pen, incident: Incident) -> object:
    """An entry of `statusReports`, with its updates and what extras hold."""
    row, statuses = feed_report(pen, incident), carried(incident)
    values: list[object] = []
    for index, update in reversed(shown(incident.updates)):
        id = number(update_key(incident, index, update))
        made = feed_update(update, statuses[index], id)
        values.append(put(pen, made, update))
    row.status_report_updates = as_any(values)
    return put(pen, row, incident)


def feed_maintenance(pen: Pen, maintenance: Maintenance) -> FeedMaintenance:
    """An entry of `maintenances`."""
    return FeedMaintenance(
        id=number(maintenance.key),
        name=maintenance.name,
        message=message_of(maintenance),
        from_=written(maintenance.scheduled_for),
        to=written(maintenance.scheduled_until),
        updated_at=written(maintenance.updated_at),
        monitors=[],
        page_components=pen.numbers(maintenance.affected),
    )


def page_component(one: Component) -> PageComponent:
    """An entry of `pageComponents`."""
    return PageComponent(
        id=number(one.key),
        name=one.name,
        description=one.description,
        monitor_id=None,
        order=one.position or 0,
        group_id=None if one.group is None else group_number(one.group),
        group_order=0,
    )


def page_group(one: Component) -> PageComponentGroup:
    """An entry of `pageComponentGroups`."""
    return PageComponentGroup(id=group_number(one.key), name=one.name)


def feed_row(page: StatusPage) -> Feed:
    """The feed, without what is listed in it."""
    return Feed(
        title=page.name,
        description="",
        status=spelt(FEED_INDICATOR, page.indicator),
        updated_at=written(page.updated_at),
        monitors=[],
        page_components=[],
        page_component_groups=[],
        maintenances=[],
        status_reports=[],
    )


def feed_value(pen: Pen, page: StatusPage, said: Mapping[str, object]) -> object:
    """The feed, with what extras hold."""
    row = feed_row(page)
    row.page_components = as_any(
        [
            put(pen, page_component(one), one)
            for one in page.components
            if not one.is_group
        ]
    )
    row.page_component_groups = as_any(
        [put(pen, page_group(one), one) for one in page.components if one.is_group]
    )
    row.maintenances = as_any(
        [put(pen, feed_maintenance(pen, one), one) for one in page.maintenances]
    )
    row.status_reports = as_any([feed_report_value(pen, one) for one in page.incidents])
    return restored(row, _own(said))


def public_status(page: StatusPage) -> PublicStatus:
    """How the whole page is, in one word."""
    return PublicStatus(status=spelt(PUBLIC_INDICATOR, page.indicator))


def public_value(page: StatusPage, said: Mapping[str, object]) -> object:
    """How the whole page is, with what extras hold."""
    return restored(public_status(page), _own(said))


def _own(said: Mapping[str, object]) -> Mapping[str, object]:
    return {key: value for key, value in said.items() if key not in {OF, OLDEST_FIRST}}


# -- the first REST API ----------------------------------------------------------------


def rest_report(pen: Pen, incident: Incident) -> RestReport:
    """A status report."""
    ids = [
        number(update_key(incident, index, update))
        for index, update in shown(incident.updates)
    ]
    return RestReport(
        id=number(incident.key),
        title=incident.name,
        status=spelt(STATUS, incident.status),
        status_report_update_ids=as_any(ids) or None,
        monitor_ids=monitors(pen, incident),
    )


def monitors(pen: Pen, event: Event) -> list[str | int]:
    """The monitors that an event names: its components, where they are monitors."""
    keys = [pen.mention(one) for one in event.affected]
    return [number(key.removeprefix(MONITOR)) for key in keys]


def rest_update(
    update: Update, status: IncidentStatus | None, id: str, report: int
) -> RestUpdate:
    """An update of a status report."""
    return RestUpdate(
        id=id,
        status=spelt(STATUS, status),
        date=written(update.at),
        message=update.body,
        status_report_id=report,
    )


def rest_updates(pen: Pen, incident: Incident) -> list[object]:
    """The updates of a status report, oldest first."""
    statuses = carried(incident)
    values: list[object] = []
    for index, update in shown(incident.updates):
        id = id_of(update.id, update_key(incident, index, update))
        made = rest_update(update, statuses[index], id, number(incident.key))
        values.append(put(pen, made, update))
    return values


def rest_maintenance(pen: Pen, maintenance: Maintenance) -> RestMaintenance:
    """A maintenance."""
    return RestMaintenance(
        id=number(maintenance.key),
        title=maintenance.name,
        message=message_of(maintenance),
        from_=written(maintenance.scheduled_for),
        to=written(maintenance.scheduled_until),
        monitor_ids=monitors(pen, maintenance),
    )


# -- the RPC API -----------------------------------------------------------------------


def rpc_impact(pen: Pen, update: Update) -> list[RpcImpact]:
    """`componentImpacts` of an update."""
    return [
        RpcImpact(
            page_component_id=component_id(pen, row.component),
            impact=spelt(RPC_IMPACT, row.status),
        )
        for row in update.states
    ]


def component_id(pen: Pen, mention: ComponentRef) -> str:
    """The id of a component: any text will do, if somebody gave it."""
    meant = pen.known.meant(mention)
    id = meant[0].id if len(meant) == 1 else mention.id
    return id_of(id, pen.mention(mention))


def rpc_update(pen: Pen, update: Update, id: str) -> RpcUpdate:
    """An entry of `updates`."""
    return RpcUpdate(
        id=id,
        status=spelt(RPC_STATUS, as_any(update.status)),
        date=written(update.at),
        message=update.body,
        created_at=written(update.created_at),
        component_impacts=rpc_impact(pen, update),
    )


def rpc_report(pen: Pen, incident: Incident) -> RpcReport:
    """A status report, without its updates."""
    return RpcReport(
        id=id_of(incident.id, incident.key),
        status=spelt(RPC_STATUS, incident.status),
        title=incident.name,
        page_component_ids=[component_id(pen, one) for one in incident.affected],
        created_at=written(incident.created_at),
        updated_at=written(incident.updated_at),
    )


def rpc_report_value(pen: Pen, incident: Incident) -> object:
    """A status report, with its updates and what extras hold."""
    row = rpc_report(pen, incident)
    values: list[object] = []
    for index, update in posted(incident.updates):
        id = id_of(update.id, update_key(incident, index, update))
        values.append(put(pen, rpc_update(pen, update, id), update))
    said = incident.extras.get(NAME, EMPTY)
    if said.get(OF) != pen.document or OLDEST_FIRST not in said:
        values.reverse()
    row.updates = as_any(values)
    return put(pen, row, incident)


def rpc_maintenance(pen: Pen, maintenance: Maintenance) -> RpcMaintenance:
    """A maintenance."""
    return RpcMaintenance(
        id=id_of(maintenance.id, maintenance.key),
        title=maintenance.name,
        message=message_of(maintenance),
        from_=written(maintenance.scheduled_for),
        to=written(maintenance.scheduled_until),
        page_component_ids=[component_id(pen, one) for one in maintenance.affected],
        created_at=written(maintenance.created_at),
        updated_at=written(maintenance.updated_at),
    )
