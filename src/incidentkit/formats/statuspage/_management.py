"""
Responses of the management API, version 1: what its owner reads of a page.

`https://api.statuspage.io/v1/pages/<id>/…` answers with one object or a bare array of
them. Incidents and maintenances are `LegacyRow`s and come in one list; components are
the rows of the public API; groups are apart, with the ids of their components. A list
may be one page of several, so absence from it means nothing.

Three responses are no documents of a page and are refused: an update alone (it does not
name its incident but by id), a post-mortem alone, and the uptime of a range, which is a
sum over many days.

Source: the vendor's OpenAPI description, https://developer.statuspage.io/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

import attrs
from msgspec import UNSET, Raw, UnsetType

from incidentkit._component import Component, make_component
from incidentkit._finding import Report
from incidentkit._frozen import FrozenMapping
from incidentkit.errors import MalformedDocument, UnknownFormat
from incidentkit.formats import _wire as wire
from incidentkit.formats.statuspage._page import page_of, side_page
from incidentkit.formats.statuspage._pen import NAME, Pen
from incidentkit.formats.statuspage._reading import straight
from incidentkit.formats.statuspage._shapes import (
    INCIDENT_KEYS,
    LEGACY_KEYS,
    Document,
    EventRow,
    LegacyRow,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from incidentkit._page import StatusPage
    from incidentkit.formats.statuspage._reading import Reading

# Keys that tell what a response is that a page is not made of.
_REFUSED: Mapping[frozenset[str], str] = {
    frozenset({"incident_id", "body"}): (
        "an update alone is no document of a page: read its incident"
    ),
    frozenset({"body_draft"}): (
        "a post-mortem alone is no document of a page: read its incident"
    ),
    frozenset({"range_start", "range_end"}): (
        "the uptime of a range is no document of a page: read the days of its calendar"
    ),
}
_OF_A_COMPONENT = frozenset({"position", "showcase", "group_id"})


class GroupRow(wire.Shape):
    """A group of components, with the ids of its children."""

    derived: ClassVar[frozenset[str]] = frozenset({"components"})

    id: wire.Id | UnsetType = UNSET
    page_id: wire.Id | UnsetType | None = UNSET
    name: str | UnsetType = UNSET
    description: Text = UNSET
    components: list[wire.Id] | UnsetType | None = UNSET
    position: int | UnsetType | None = UNSET
    created_at: Text = UNSET
    updated_at: Text = UNSET


def is_incident(keys: Collection[str]) -> bool:
    """Whether these are the keys of an incident."""
    return INCIDENT_KEYS.issubset(keys)


def is_component(keys: Collection[str]) -> bool:
    """Whether these are the keys of a component and of nothing larger."""
    return {"name", "status"}.issubset(keys) and not _OF_A_COMPONENT.isdisjoint(keys)


def is_group(keys: Collection[str]) -> bool:
    """Whether these are the keys of a group of components."""
    return {"id", "name", "components"}.issubset(keys)


def refuse(keys: Collection[str]) -> None:
    """
    Refuse what is a response of the API and no document of a page.

    Raises:
        MalformedDocument: these are the keys of such a response.
    """
    for known, reason in _REFUSED.items():
        if known.issubset(keys):
            raise MalformedDocument("$", reason)


def read_array(reading: Reading, data: bytes) -> StatusPage:
    """
    An array of incidents, components or groups; the first object in it tells.

    Raises:
        MalformedDocument: it is no JSON, or an array of something else.
        LimitExceeded: it nests too deep, or there are too many things in it.
    """
    rows: list[EventRow] | None = straight(data, list[EventRow])
    if rows is not None:
        return page_of(reading, Document(incidents=rows), "bare-list")
    items = wire.parse(data, list[Raw])
    keys = _keys(next((raw for raw in items if bytes(raw)[:1] == b"{"), Raw(b"{}")))
    if not is_incident(keys):
        refuse(keys)
        if is_component(keys):
            return page_of(reading, Document(components=items), "v1/components")
        if is_group(keys):
            return _groups(reading, reading.rows(data, GroupRow), "v1/component-groups")
    if LEGACY_KEYS.isdisjoint(keys):
        document = Document(incidents=reading.rows(data, EventRow))
        return page_of(reading, document, "bare-list")
    legacy = cast("list[EventRow]", reading.rows(data, LegacyRow))
    return page_of(reading, Document(incidents=legacy), "v1/incidents")


def is_lone(keys: Collection[str]) -> bool:
    """Whether these are the keys of one thing, without the page that it is on."""
    if is_incident(keys) or any(known.issubset(keys) for known in _REFUSED):
        return True
    return "page" not in keys and (is_component(keys) or is_group(keys))


def read_lone(reading: Reading, data: bytes) -> StatusPage:
    """
    An incident, a component or a group that stands alone.

    Raises:
        MalformedDocument: it is a response that is no document of a page.
        LimitExceeded: it nests too deep, or has too many updates.
    """
    keys = _keys(Raw(data))
    if is_incident(keys):
        if LEGACY_KEYS.isdisjoint(keys):
            row = wire.read(data, EventRow, *reading.careful)
            return page_of(reading, Document(incidents=[row]), "bare-incident")
        row = wire.read(data, LegacyRow, *reading.careful)
        return page_of(reading, Document(incidents=[row]), "v1/incident")
    refuse(keys)
    if is_component(keys):
        return page_of(reading, Document(components=[Raw(data)]), "v1/component")
    group = wire.read(data, GroupRow, *reading.careful)
    return _groups(reading, [group], "v1/component-group")


def _keys(raw: Raw) -> Collection[str]:
    return wire.parse(raw, dict[str, Raw]).keys()


# -- groups ----------------------------------------------------------------------------


def _groups(reading: Reading, rows: Sequence[GroupRow], name: str) -> StatusPage:
    """Groups as the components of a page."""
    reading.check_count(len(rows))
    page_id = next(
        (str(row.page_id) for row in rows if isinstance(row.page_id, (str, int))), None
    )
    pen = Pen(page_id=page_id, zone=None, rows={}, report=Report())
    groups: list[Component] = []
    for index, row in enumerate(rows):
        path = "$" if name == "v1/component-group" else f"$[{index}]"
        if reading.odd.is_lost(row):
            continue
        if row.id is UNSET and row.name is UNSET:
            detail = "a group has neither id nor name"
            reading.report.leave_out("item.malformed", path, detail)
            continue
        groups.append(_group(reading, pen, row, path))
    reading.check_ids(groups, "$")
    return side_page(reading, name, id=page_id, components=groups)


def _group(reading: Reading, pen: Pen, row: GroupRow, path: str) -> Component:
    """A group, with all of its row that the model has no place for."""
    id = None if row.id is UNSET else str(row.id)
    if row.name is UNSET:
        reading.report.add("value.missing", f"{path}.name", "a group has no name")
    parts = make_component(
        name=(id or "") if row.name is UNSET else row.name,
        id=id,
        is_group=True,
        description=None if row.description is UNSET else row.description,
        position=None if row.position is UNSET else row.position,
        created_at=reading.when(row.created_at, f"{path}.created_at"),
        updated_at=reading.when(row.updated_at, f"{path}.updated_at"),
    )
    said = reading.kept(row, group_row(pen, parts, id or "", []))
    return attrs.evolve(parts, extras={NAME: FrozenMapping(said)}) if said else parts


def group_row(pen: Pen, one: Component, id: str, children: list[str]) -> GroupRow:
    """A group, as the management API has it."""
    return GroupRow(
        id=id,
        page_id=pen.page_id,
        name=one.name,
        description=one.description,
        components=cast("list[wire.Id]", children),
        position=one.position,
        created_at=pen.times[one.created_at],
        updated_at=pen.times[one.updated_at],
    )


def group_values(pen: Pen, page: StatusPage) -> list[object]:
    """Every group of a page, with what extras hold; all it cannot say is reported."""
    children: dict[str, list[str]] = {}
    ids = list(pen.rows)
    for id, one in zip(ids, page.components, strict=True):
        if one.group is not None:
            children.setdefault(one.group, []).append(id)
    values: list[object] = []
    for index, (id, one) in enumerate(zip(ids, page.components, strict=True)):
        if not one.is_group:
            continue
        if (one.status, one.group, one.start_date) != (None, None, None):
            detail = "a group has no level, group or first day of its own there"
            path = f"$.components[{index}]"
            pen.report.add("value.left_out", path, detail, one.name)
        row = group_row(pen, one, id, children.get(one.key, []))
        values.append(wire.restored(row, one.extras.get(NAME)))
    return values


def the_group(page: StatusPage, name: str) -> None:
    """
    Make sure that a document of one group can be written.

    Raises:
        UnknownFormat: the page has none, or several to choose from.
    """
    count = sum(one.is_group for one in page.components)
    if count != 1:
        what = f"{count} to choose from" if count else "none"
        raise UnknownFormat(
            NAME, f"the document {name!r} is about one group; there is {what}"
        )
