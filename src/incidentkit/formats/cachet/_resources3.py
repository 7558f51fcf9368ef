"""What every resource of version 3 has: a type, an id, attributes, relationships."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import attrs
from msgspec import UNSET, Raw, UnsetType

from incidentkit._component import Component
from incidentkit._frozen import ABSENT, STATED, FrozenMapping
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._update import Update
from incidentkit.errors import MalformedDocument
from incidentkit.formats import _wire as wire
from incidentkit.formats._pen import as_any
from incidentkit.formats.cachet import _rows3 as ours
from incidentkit.formats.cachet._reading import Reading, id_text
from incidentkit.formats.cachet._shapes3 import Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentkit.formats._wire import Shape
    from incidentkit.formats.cachet import _shapes3 as shapes

T = TypeVar("T", Component, Incident, Maintenance, Update)

#: The document that holds each type of resource, however an installation spells it.
DOCUMENT_OF: Mapping[str, str] = {
    "incident": "incidents",
    "update": "incidents/updates",
    "schedule": "schedules",
    "component": "components",
    "componentgroup": "components/groups",
}


def type_of(raw: Raw) -> str:
    """The type of a resource, however it is spelt; nothing if it is no text."""
    try:
        said = wire.parse(raw, str)
    except MalformedDocument:
        return ""
    return "".join(filter(str.isalpha, said.lower())).removesuffix("s")


def value_of(told: shapes.Told) -> int | str | UnsetType | None:
    """The number of a status; older installations write it alone."""
    said = told.get("value") if isinstance(told, dict) else told
    return said if isinstance(said, (int, str)) and not isinstance(said, bool) else None


def string_of(told: shapes.Told) -> str | None:
    """The text of a time; older installations write it alone."""
    said = told.get("string") if isinstance(told, dict) else told
    return said if isinstance(said, str) else None


def linked(raw: Raw | UnsetType, name: str) -> list[str] | None:
    """The ids of the resources that a relationship names; None if it names none."""
    if raw is UNSET:
        return None
    try:
        related = wire.parse(raw, dict[str, object]).get(name)
    except MalformedDocument:
        return None
    if not isinstance(related, dict):
        return None
    data = cast("dict[str, object]", related).get("data")
    if not isinstance(data, (dict, list)):
        return None
    several = cast("list[object]", data if isinstance(data, list) else [data])
    ids = [
        cast("dict[str, object]", one).get("id")
        for one in several
        if isinstance(one, dict)
    ]
    return [str(id) for id in ids if isinstance(id, (str, int))]


def id_of(row: Resource, inner: str | int | UnsetType) -> str | None:
    """The id of a resource, as text without and as a number within."""
    outer = id_text(row.id)
    return id_text(inner) if outer is None else outer


def keeping(  # noqa: PLR0913, PLR0917 - both sides of a resource, and its place
    reading: Reading,
    made: T,
    row: Resource,
    said: Shape,
    mine: Shape,
    type: str,
    related: Mapping[str, object],
    path: str,
) -> T:
    """A thing, with all of its resource that our writer would not write so."""
    kept = reading.kept(said, mine)
    theirs = Resource(id=row.id, type=row.type)
    around: dict[str, object] = wire.kept(
        theirs,
        Resource(id=str(as_any(mine).id), type=type),
        reading.odd.of(row),
        reading.same,
        frozenset(),
    )
    if row.relationships is not UNSET:
        whole = reading.untyped(row.relationships, f"{path}.relationships")
        if wire.canonical(whole) != wire.canonical(related):
            stated = cast("Mapping[str, object]", kept.get(STATED, {}))
            kept[STATED] = FrozenMapping({**stated, ours.RELATIONSHIPS: whole})
    elif related:
        around[ABSENT] = (*_names(around.get(ABSENT)), ours.RELATIONSHIPS)
    if around:
        kept[ours.AROUND] = FrozenMapping(around)
    return attrs.evolve(made, extras={ours.NAME: kept}) if kept else made


def _names(absent: object) -> tuple[object, ...]:
    return cast("tuple[object, ...]", absent) if isinstance(absent, tuple) else ()
