"""From the model to Statuspage's documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from incidentkit._finding import Report
from incidentkit._frozen import DOCUMENT, EMPTY
from incidentkit.errors import UnknownFormat
from incidentkit.formats._pen import as_any
from incidentkit.formats._wire import encode, mapping, restored
from incidentkit.formats.statuspage import _shapes as shapes
from incidentkit.formats.statuspage import _webhook as webhook
from incidentkit.formats.statuspage._event_rows import event_value
from incidentkit.formats.statuspage._fitting import SINGLE, fitting
from incidentkit.formats.statuspage._history_value import history_value
from incidentkit.formats.statuspage._management import group_values, the_group
from incidentkit.formats.statuspage._pen import NAME, Pen, items
from incidentkit.formats.statuspage._rows import page_value, pen_for, status_row
from incidentkit.formats.statuspage._shapes import DOCUMENTS, PAGED, Document
from incidentkit.formats.statuspage._uptime_value import (
    the_recorded,
    uptime_data_value,
    uptime_value,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from incidentkit._page import StatusPage
    from incidentkit.formats._format import Target


def write(target: Target) -> str:
    """
    A page as one of the vendor's documents.

    Raises:
        UnknownFormat: a document of one thing is wanted, and there is none, or there
            are several to choose from.
    """
    remembered = str(_remembered(target.page).get("name"))
    if target.document is not None or remembered not in DOCUMENTS:
        return _written(target, target.document or _usual(target))
    # The one that was read, unless what it was about is there no more.
    attempt = attrs.evolve(target, report=Report())
    try:
        text = _written(attempt, remembered)
    except UnknownFormat:
        return _written(target, _usual(target))
    target.report.take(attempt.report.converted(None))
    return text


def _written(target: Target, name: str) -> str:
    page = target.page
    remembered = _remembered(page)
    # What stood around one document is nothing to another.
    held = remembered if remembered.get("name") == name else EMPTY
    pen = pen_for(page, target.report, name)
    return encode(_WRITERS.get(name, _paged)(pen, page, name, held))


def _component(
    pen: Pen, page: StatusPage, name: str, held: Mapping[str, object]
) -> object:
    index = webhook.the_component(page, name)
    fitting(page, name, pen.report, {index})
    if name == "v1/component":
        return list(pen.rows.values())[index]
    return webhook.of_component(pen, page, held, index)


def _components(
    pen: Pen, page: StatusPage, name: str, _: Mapping[str, object]
) -> object:
    fitting(page, name, pen.report)
    return list(pen.rows.values())


def _groups(pen: Pen, page: StatusPage, name: str, _: Mapping[str, object]) -> object:
    groups = {index for index, one in enumerate(page.components) if one.is_group}
    if name == "v1/component-group":
        the_group(page, name)
    fitting(page, name, pen.report, groups)
    values = group_values(pen, page)
    return values if name == "v1/component-groups" else values[0]


def _history(
    pen: Pen, page: StatusPage, name: str, held: Mapping[str, object]
) -> object:
    return history_value(pen, page, held, fitting(page, name, pen.report))


def _uptime(
    pen: Pen, page: StatusPage, name: str, held: Mapping[str, object]
) -> object:
    if name == "uptime-data":
        fitting(page, name, pen.report, range(len(page.components)))
        return uptime_data_value(pen, page, held)
    place = the_recorded(page)
    fitting(page, name, pen.report, () if place is None else {place})
    return uptime_value(pen, page, held, place)


def _lone(pen: Pen, page: StatusPage, name: str, held: Mapping[str, object]) -> object:
    ((_, row),) = _one(name, _events(pen, page, name))
    if name in shapes.LONE:
        return row
    return webhook.of_incident(pen, page, held, row)


def _list(pen: Pen, page: StatusPage, name: str, held: Mapping[str, object]) -> object:
    return _mixed(_events(pen, page, name), held.get("planned"))


_WRITERS: Mapping[
    str, Callable[[Pen, StatusPage, str, Mapping[str, object]], object]
] = {
    **dict.fromkeys(("webhook/component", "v1/component"), _component),
    "v1/components": _components,
    **dict.fromkeys(("v1/component-group", "v1/component-groups"), _groups),
    "history": _history,
    **dict.fromkeys(("uptime", "uptime-data"), _uptime),
    **dict.fromkeys(SINGLE - {"incident"}, _lone),
    **dict.fromkeys(shapes.LISTS, _list),
}


def _events(pen: Pen, page: StatusPage, name: str) -> list[tuple[str, object]]:
    """The rows of the events that belong in a document, each with its list's name."""
    return [
        (what, event_value(pen, event, f"$.{what}[{index}]"))
        for what, index, event in fitting(page, name, pen.report)
    ]


def _one(name: str, events: list[tuple[str, object]]) -> list[tuple[str, object]]:
    """
    The one event of a document of one.

    Raises:
        UnknownFormat: there is none.
    """
    if not events:
        reason = f"the document {name!r} is one incident; there is none"
        raise UnknownFormat(NAME, reason)
    return events


def _mixed(events: Sequence[tuple[str, object]], planned: object) -> list[object]:
    """An array of incidents and maintenances, mixed as in the one that was read."""
    rows = {
        what: [row for kind, row in events if kind == what]
        for what in ("incidents", "maintenances")
    }
    places = frozenset(items(planned))
    if len(places) != len(rows["maintenances"]):
        return [*rows["incidents"], *rows["maintenances"]]
    maintenances, incidents = iter(rows["maintenances"]), iter(rows["incidents"])
    return [
        next(maintenances if index in places else incidents)
        for index in range(len(events))
    ]


def _paged(pen: Pen, page: StatusPage, name: str, held: Mapping[str, object]) -> object:
    """A document of the public API."""
    events = _events(pen, page, name)
    document = Document(page=as_any(page_value(pen, page)))
    wanted = PAGED[name]
    if "components" in wanted:
        document.components = as_any(list(pen.rows.values()))
    if "incidents" in wanted:
        document.incidents = as_any(
            [row for what, row in events if what == "incidents"]
        )
    if "scheduled_maintenances" in wanted:
        document.scheduled_maintenances = as_any(
            [row for what, row in events if what == "maintenances"]
        )
    if "incident" in wanted:
        document.incident = as_any(_one(name, events)[0][1])
    if "status" in wanted:
        said = mapping(_remembered(page).get("status"))
        document.status = as_any(restored(status_row(page), said))
    return restored(document, mapping(held.get("around")))


def _remembered(page: StatusPage) -> Mapping[str, object]:
    """Which document was read, and what stood in it beside the page's own keys."""
    return mapping(page.extras.get(NAME, EMPTY).get(DOCUMENT))


def _usual(target: Target) -> str:
    """The document that holds most of a page that was not read from one."""
    if target.lone is not None:
        return "bare-incident"
    page = target.page
    return "summary" if page.components or page.maintenances else "incidents"
