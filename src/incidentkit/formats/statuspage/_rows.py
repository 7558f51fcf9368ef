"""
The rows of Statuspage's documents, made of the model.

A row is made without looking at extras, and a reader makes the same rows: what they
already say need not be kept. The functions called `…_value` put extras back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from incidentkit import _time as time
from incidentkit._frozen import DOCUMENT, EMPTY
from incidentkit.formats._wire import restored
from incidentkit.formats.statuspage._pen import NAME, Pen
from incidentkit.formats.statuspage._shapes import (
    LEGACY,
    WORDS,
    ZONED,
    ComponentRow,
    PageRow,
    StatusRow,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentkit._component import Component
    from incidentkit._finding import Report
    from incidentkit._page import StatusPage

#: Whoever mails to it sets the component's level: only its owner is told of it.
_PRIVATE = "automation_email"


def pen_for(page: StatusPage, report: Report, name: str) -> Pen:
    """
    What is needed to write a document of a page, its component rows made.

    Times are in the page's zone where the document names it, else in UTC.
    """
    zone = None
    if page.time_zone is not None and name in ZONED:
        zone = time.zone(page.time_zone)
        if zone is None:
            detail = "the zone is not one we know; times are written in UTC"
            report.add("zone.unknown", "$.time_zone", detail, page.time_zone)
    rows: dict[str, object] = {}
    pen = Pen(
        page_id=page.id,
        zone=zone,
        rows=rows,
        report=report,
        is_legacy=name in LEGACY,
    )
    if page.id is None and page.name is not None:
        pen.page_id = pen.id(None, page.name, "$", "the page")
    ids: list[str] = []
    by_key: dict[str, str] = {}
    for index, one in enumerate(page.components):
        # Incidents mention by key; of several of one key they mean the first.
        key = f"{one.key} {index}" if one.key in by_key else one.key
        ids.append(pen.id(one.id, key, f"$.components[{index}]", "a component"))
        by_key.setdefault(one.key, ids[-1])
    children: dict[str, list[str]] = {}
    for id, one in zip(ids, page.components, strict=True):
        if one.group is not None:
            children.setdefault(one.group, []).append(id)
    for index, (id, one) in enumerate(zip(ids, page.components, strict=True)):
        row = component_row(pen, one, id, children.get(one.key, []))
        if one.group is not None:
            row.group_id = by_key.get(one.group, one.group)
        # Two components of one id are both written, though only one can be found by it.
        key = id if id not in rows else f"{id} {index}"
        said: Mapping[str, object] | None = one.extras.get(NAME)
        if said is not None and _PRIVATE in said and not name.startswith("v1/"):
            detail = "an address that changes the component is not told to the public"
            report.add("value.left_out", f"$.components[{index}]", detail, one.name)
            said = {kind: held for kind, held in said.items() if kind != _PRIVATE}
        rows[key] = restored(row, said)
    return pen


def page_row(pen: Pen, page: StatusPage) -> PageRow:
    """`page`."""
    return PageRow(
        id=pen.page_id,
        name=page.name,
        url=page.url,
        time_zone=page.time_zone,
        updated_at=pen.times[page.updated_at],
    )


def page_value(pen: Pen, page: StatusPage) -> object:
    """`page`, with what extras hold."""
    said = page.extras.get(NAME, EMPTY)
    return restored(
        page_row(pen, page),
        {key: value for key, value in said.items() if key != DOCUMENT},
    )


def status_row(page: StatusPage) -> StatusRow:
    """`status`."""
    indicator = page.indicator
    return StatusRow(
        indicator=WORDS[indicator],
        description=page.description,
    )


def component_row(
    pen: Pen, one: Component, id: str, children: list[str]
) -> ComponentRow:
    """An entry of `components`."""
    row = ComponentRow(
        id=id,
        name=one.name,
        status=WORDS[one.status],
        created_at=pen.times[one.created_at],
        updated_at=pen.times[one.updated_at],
        position=one.position,
        description=one.description,
        showcase=False,
        start_date=None if one.start_date is None else one.start_date.isoformat(),
        group_id=one.group,
        page_id=pen.page_id,
        group=one.is_group,
        only_show_if_degraded=False,
    )
    if one.is_group:
        row.components = cast("list[str | int]", children)
    return row
