"""What of a page belongs in a document; all else is left out, aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._vocabulary import IncidentStatus, MaintenanceStatus
from incidentkit.formats.statuspage._shapes import DOCUMENTS, LISTS, LONE, PAGED, ZONED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from incidentkit._event import Event
    from incidentkit._finding import Report
    from incidentkit._page import StatusPage
    from incidentkit._vocabulary import Status

#: The documents that hold one incident.
SINGLE = LONE | {"incident", "webhook/incident", "webhook/maintenance"}
# Those that tell a maintenance from an incident by when it is planned for.
_TOLD_BY_PLAN = SINGLE | LISTS
_WEBHOOKS = frozenset(name for name in DOCUMENTS if name.startswith("webhook/"))
#: The documents, beside those of the public API, with every component.
_COMPONENTS = frozenset({"v1/components", "history"})
#: Those with a place for any incident and any maintenance.
_ALL = LISTS | LONE | {"incident", "history"}
#: The documents of what the vendor recorded.
RECORDED = frozenset({"uptime", "uptime-data"})


def fitting(
    page: StatusPage,
    name: str,
    report: Report,
    components: Collection[int] | None = None,
) -> list[tuple[str, int, Event]]:
    """
    The events that belong in a document; all else of the page is reported.

    Args:
        page: the page.
        name: the document's name.
        report: where it is told what was left out.
        components: the places of the components that it holds, where these are not all
            or none.

    Returns:
        The events, each with the name of its list and its place there.
    """
    fit = _events(page, name, report)
    listed = components
    if listed is None:
        every = "components" in PAGED.get(name, ()) or name in _COMPONENTS
        listed = range(len(page.components)) if every else ()
    for index, one in enumerate(page.components):
        if index not in listed:
            detail = f"the document {name!r} has no place for it"
            path = f"$.components[{index}]"
            report.leave_out("item.unfitting", path, detail, one.name, one.id)
    for index, day in enumerate(() if name in RECORDED else page.recorded):
        detail = f"the document {name!r} has no place for recorded days"
        path, key = f"$.recorded[{index}]", day.component.key
        report.leave_out("item.unfitting", path, detail, day.component.label, key)
    rolls_up = "status" in PAGED.get(name, ()) or name in _WEBHOOKS
    if not rolls_up and (page.stated_indicator or page.stated_description):
        detail = f"the document {name!r} has no roll-up"
        report.add("value.left_out", "$.stated_indicator", detail, page.description)
    if name not in ZONED:
        _check_whose(page, name, report, names_id=bool(fit or listed))
    return fit


def _check_whose(
    page: StatusPage, name: str, report: Report, *, names_id: bool
) -> None:
    """Report what a document that does not say whose it is leaves out of the page."""
    whose: list[object] = [page.name, page.url, page.time_zone]
    if name not in _WEBHOOKS:
        whose.append(page.updated_at)
        if not names_id:
            whose.append(page.id)
    if any(value is not None for value in whose):
        detail = f"the document {name!r} does not say whose it is"
        report.add("value.left_out", "$.name", detail, page.name)


def _events(
    page: StatusPage, name: str, report: Report
) -> list[tuple[str, int, Event]]:
    """The events that belong in a document; the others are reported."""
    fit: list[tuple[str, int, Event]] = []
    for what, events in (
        ("incidents", page.incidents),
        ("maintenances", page.maintenances),
    ):
        for index, event in enumerate(events):
            path = f"$.{what}[{index}]"
            if (name in SINGLE and fit) or not _belongs(name, event):
                detail = f"the document {name!r} has no place for it"
                report.leave_out("item.unfitting", path, detail, event.name, event.id)
                continue
            fit.append((what, index, event))
            if name in _TOLD_BY_PLAN and _looks_unplanned(event):
                detail = "what names no time it is planned for is read as an incident"
                report.add("event.kind", path, detail, event.name)
    return fit


def _looks_unplanned(event: Event) -> bool:
    return isinstance(event, Maintenance) and event.scheduled_for is None


def _belongs(name: str, event: Event) -> bool:
    """Whether a document has a place for an event."""
    if name in _ALL:
        return True
    is_incident = isinstance(event, Incident)
    key = "incidents" if is_incident else "scheduled_maintenances"
    kind = "webhook/incident" if is_incident else "webhook/maintenance"
    if name != kind and key not in PAGED.get(name, ()):
        return False
    wanted = _WANTED.get(name)
    return wanted is None or event.status in wanted


# The statuses of what is listed, in the documents that do not list all.
_OPEN: tuple[Status | None, ...] = (
    None,
    *(one for one in (*IncidentStatus, *MaintenanceStatus) if not one.is_closed),
)
_WANTED: Mapping[str, tuple[Status | None, ...]] = {
    "summary": _OPEN,
    "incidents/unresolved": _OPEN,
    "scheduled-maintenances/upcoming": (MaintenanceStatus.SCHEDULED,),
    "scheduled-maintenances/active": (
        MaintenanceStatus.IN_PROGRESS,
        MaintenanceStatus.VERIFYING,
    ),
}
