"""
From the model to one of OpenStatus's documents.

The writer does not trust itself: it reads what it wrote, and reports every difference.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import attrs

from incidentkit._finding import Report
from incidentkit._frozen import DOCUMENT, EMPTY
from incidentkit._incident import Incident
from incidentkit.formats._format import Limits, Source
from incidentkit.formats._pen import arranged, posted, row_id
from incidentkit.formats._wire import encode, mapping
from incidentkit.formats.openstatus import _envelope as documents
from incidentkit.formats.openstatus import _rows as ours
from incidentkit.formats.openstatus._envelope import DOCUMENTS
from incidentkit.formats.openstatus._losses import Losses
from incidentkit.formats.openstatus._pen import NAME, Pen, pen_for, shown
from incidentkit.formats.openstatus._read import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from incidentkit._component import Component
    from incidentkit._event import Event
    from incidentkit._maintenance import Maintenance
    from incidentkit._page import StatusPage
    from incidentkit.formats._format import Target

_NO_LIMITS: Final = Limits(bytes=sys.maxsize, items=sys.maxsize)
_OF_INCIDENTS: Final = frozenset(
    {documents.REST_REPORTS, documents.REST_UPDATES, documents.RPC_REPORTS}
)
_OF_MAINTENANCES: Final = frozenset(
    {documents.REST_MAINTENANCES, documents.RPC_MAINTENANCES}
)
#: The keys in which the RPC API answers with several things; with one, without "s".
_SEVERAL: Final[Mapping[str, str]] = {
    documents.RPC_REPORTS: "statusReports",
    documents.RPC_MAINTENANCES: "maintenances",
}


def write(target: Target) -> str:
    """A page as one of the vendor's documents."""
    page, report = target.page, target.report
    said = mapping(page.extras.get(NAME, EMPTY).get(DOCUMENT))
    document = target.document or str(said.get("name"))
    if document not in DOCUMENTS:
        document = _usual(target)
    same = said if said.get("name") == document else EMPTY
    text = encode(_document(target, document, same))
    source = Source(data=text, report=Report(), document=document, limits=_NO_LIMITS)
    _report(page, document, read(source), report)
    return text


def _usual(target: Target) -> str:
    """The document that holds most of what is to be written."""
    if target.lone is None:
        return documents.FEED
    is_incident = isinstance(target.lone, Incident)
    return documents.RPC_REPORTS if is_incident else documents.RPC_MAINTENANCES


def _document(target: Target, document: str, said: Mapping[str, object]) -> object:
    """A document, as JSON has it."""
    page = target.page
    pen = pen_for(page.components, document)
    if document == documents.FEED:
        return ours.feed_value(pen, page, mapping(said.get("said")))
    if document == documents.STATUS:
        return ours.public_value(page, mapping(said.get("said")))
    values = _values(pen, page, document)
    form = mapping(said.get("form"))
    if document == documents.REST_UPDATES:
        values = arranged(values, form.get("order"), row_id)
    if form:
        is_list, wrapping = form.get("is_list") is True, str(form.get("wrapping"))
    else:
        is_list, wrapping = target.lone is None, _SEVERAL.get(document, "")
    key = _SEVERAL.get(document, "")
    whole: object = values
    if not is_list and len(values) == 1:
        key, whole = key.removesuffix("s"), values[0]
    return {**mapping(form.get("around")), key: whole} if wrapping and key else whole


def _values(pen: Pen, page: StatusPage, document: str) -> list[object]:
    """What one of the APIs answers with."""
    incidents, maintenances = page.incidents, page.maintenances
    if document == documents.REST_REPORTS:
        return [ours.put(pen, ours.rest_report(pen, one), one) for one in incidents]
    if document == documents.REST_UPDATES:
        return [one for each in incidents for one in ours.rest_updates(pen, each)]
    if document == documents.RPC_REPORTS:
        return [ours.rpc_report_value(pen, one) for one in incidents]
    if document == documents.REST_MAINTENANCES:
        return [
            ours.put(pen, ours.rest_maintenance(pen, one), one) for one in maintenances
        ]
    return [ours.put(pen, ours.rpc_maintenance(pen, one), one) for one in maintenances]


@attrs.frozen
class _Fitting:
    """What of a page belongs in a document, each with its place on the page."""

    incidents: tuple[tuple[int, Incident], ...]
    maintenances: tuple[tuple[int, Maintenance], ...]
    components: tuple[tuple[int, Component], ...]


def _fitting(page: StatusPage, document: str) -> _Fitting:
    is_feed = document == documents.FEED
    incidents = enumerate(page.incidents)
    has_incidents = is_feed or document in _OF_INCIDENTS
    has_maintenances = is_feed or document in _OF_MAINTENANCES
    if document == documents.REST_UPDATES:
        told = tuple((index, one) for index, one in incidents if one.updates)
    else:
        told = tuple(incidents) if has_incidents else ()
    return _Fitting(
        told,
        tuple(enumerate(page.maintenances)) if has_maintenances else (),
        tuple(enumerate(page.components)) if is_feed else (),
    )


def _report(page: StatusPage, document: str, back: StatusPage, report: Report) -> None:
    """Report all that did not come back, and what was not written at all."""
    losses = Losses(report)
    losses.page(page, back)
    chosen = _fitting(page, document)
    everything: tuple[tuple[str, tuple[Component | Event, ...]], ...] = (
        ("incidents", page.incidents),
        ("maintenances", page.maintenances),
        ("components", page.components),
    )
    for what, things in everything:
        written = {index for index, _ in getattr(chosen, what)}
        for index, one in enumerate(things):
            if index not in written:
                detail = f"the document {document!r} has no place for it"
                path = f"$.{what}[{index}]"
                report.leave_out("item.unfitting", path, detail, one.name, one.id)
    losses.components(chosen.components, back.components)
    again: Iterable[Incident | None] = back.incidents
    if document == documents.REST_UPDATES:
        again = losses.by_number(chosen.incidents, back.incidents)
    order = posted if document == documents.RPC_REPORTS else shown
    losses.events("incidents", chosen.incidents, again, order)
    losses.events("maintenances", chosen.maintenances, back.maintenances)
