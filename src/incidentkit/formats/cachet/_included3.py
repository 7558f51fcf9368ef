"""What a document of version 3 includes: updates, components, groups, and others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

import attrs
from msgspec import UNSET, Raw

from incidentkit._component import Component
from incidentkit._update import Update, make_update
from incidentkit.formats import _wire as wire
from incidentkit.formats._pen import as_any
from incidentkit.formats.cachet import _rows3 as ours
from incidentkit.formats.cachet._pen import Pen, number
from incidentkit.formats.cachet._reading import Reading, id_text, text_of
from incidentkit.formats.cachet._resources3 import (
    DOCUMENT_OF,
    id_of,
    keeping,
    linked,
    string_of,
    type_of,
    value_of,
)
from incidentkit.formats.cachet._rows import group_key
from incidentkit.formats.cachet._shapes3 import (
    ComponentAttributes,
    ComponentResource,
    GroupAttributes,
    GroupResource,
    Resource,
    UpdateAttributes,
    UpdateResource,
)
from incidentkit.formats.cachet._words import V3

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentkit._vocabulary import ComponentStatus
    from incidentkit.formats.cachet import _shapes3 as shapes

#: Whose updates they are, by what they say of it.
_SCHEDULE = "schedule"


@attrs.define
class Posted:
    """An update, and whose it is; each belongs to one incident or schedule."""

    update: Update
    parent: str | None
    is_schedule: bool
    is_taken: bool = False


@attrs.define
class Included:
    """What a document includes, as far as it has been read."""

    reading: Reading
    pen: Pen
    """What our writer would write with: what it writes by itself is not kept."""
    posted: list[Posted] = attrs.field(factory=list[Posted])
    """The updates that are included, in the order of the document."""
    components: list[Component] = attrs.field(factory=list[Component])
    names: dict[str, str | None] = attrs.field(factory=dict[str, "str | None"])
    """What each component is called, by id."""
    levels: dict[str, tuple[str, ComponentStatus]] = attrs.field(
        factory=dict[str, "tuple[str, ComponentStatus]"]
    )
    """The level that is told of each component in an incident, and where."""
    named: Counter[str] = attrs.field(factory=Counter[str])
    """How many incidents name each component."""
    order: list[str] = attrs.field(factory=list[str])
    """What is included, in order."""
    others: list[object] = attrs.field(factory=list[object])
    """What is included and of no type that we know."""

    def read(self, raw: Raw) -> None:
        """Read what is included, each resource by its type."""
        if bytes(memoryview(raw)[:1]) != b"[":
            detail = "an array is wanted"
            self.reading.report.leave_out("value.malformed", "$.included", detail)
            return
        for index, piece in enumerate(wire.parse(raw, list[Raw])):
            self.reading.counted(piece)
            self.read_one(piece, f"$.included[{index}]")

    def read_one(self, piece: Raw, path: str) -> None:
        """Read one resource that is included."""
        if bytes(memoryview(piece)[:1]) != b"{":
            detail = "a resource is wanted"
            self.reading.report.leave_out("item.malformed", path, detail)
            return
        keys = wire.parse(piece, dict[str, Raw])
        kind = DOCUMENT_OF.get(type_of(keys["type"]) if "type" in keys else "")
        if kind == "incidents/updates":
            self.post(self.reading.row(piece, UpdateResource, path), path)
        elif kind == "components":
            row = self.reading.row(piece, ComponentResource, path)
            self.component(row, path, is_included=True)
        elif kind == "components/groups":
            self.group(self.reading.row(piece, GroupResource, path), path)
        else:
            other = cast("Mapping[str, object]", self.reading.untyped(piece, path))
            self.order.append(ours.identity(other))
            self.others.append(other)

    def met(self, row: Resource) -> None:
        """Remember the place of a resource, by what our writer will call it."""
        named = {"type": row.type, "id": row.id}
        said = {key: None if one is UNSET else one for key, one in named.items()}
        self.order.append(ours.identity(said))

    def post(self, row: UpdateResource, path: str) -> None:
        """Take in an update."""
        reading = self.reading
        said = UpdateAttributes() if row.attributes is UNSET else row.attributes
        where = f"{path}.attributes"
        created = reading.when(string_of(said.created), f"{where}.created")
        updated = reading.when(string_of(said.updated), f"{where}.updated")
        at, id = created or updated, id_of(row, said.id)
        if at is None:
            detail = "no time of the update can be read"
            reading.report.leave_out("item.malformed", path, detail, id=id)
            return
        is_schedule = said.updateable_type == _SCHEDULE
        made = make_update(
            status=(
                None
                if is_schedule
                else reading.number(
                    V3.incidents, value_of(said.status), f"{where}.status"
                )
            ),
            body=text_of(said.message) or "",
            at=at,
            id=id,
            created_at=at,
            updated_at=updated or at,
        )
        parent = Resource(
            id=said.updateable_id if isinstance(said.updateable_id, int) else UNSET,
            type=ours.SCHEDULE if is_schedule else ours.INCIDENT,
        )
        mine = ours.update_attributes(
            self.pen, made, made.status, number(id or ""), parent
        )
        if made.status is None and not is_schedule:
            # Our writer repeats the status before; this one said that it has none.
            mine.status = ""
        made = keeping(reading, made, row, said, mine, ours.UPDATE, {}, path)
        self.met(row)
        self.posted.append(Posted(made, id_text(said.updateable_id), is_schedule))

    def component(
        self, row: ComponentResource, path: str, *, is_included: bool = False
    ) -> None:
        """Take in a component, or only what it is called."""
        reading = self.reading
        said = ComponentAttributes() if row.attributes is UNSET else row.attributes
        id, where = id_of(row, said.id), f"{path}.attributes"
        level = self.level(said.pivot, f"{where}.pivot.component_status")
        if id is not None:
            self.names.setdefault(id, text_of(said.name))
            if level is not None:
                self.levels.setdefault(id, (f"{where}.pivot", level))
        self.met(row)
        if is_included and self.is_mention(row, said):
            return
        if reading.is_nothing(id, said.name, path):
            return
        groups = linked(row.relationships, "group")
        made = Component(
            reading.name(said.name, where),
            id=id,
            status=reading.number(
                V3.components, value_of(said.status), f"{where}.status"
            ),
            group=group_key(groups[0]) if groups else None,
            description=text_of(said.description),
            position=None if said.order is UNSET else said.order,
            created_at=reading.when(string_of(said.created), f"{where}.created"),
            updated_at=reading.when(string_of(said.updated), f"{where}.updated"),
        )
        mine = ours.component_attributes(self.pen, made)
        if level is not None and self.named[id or ""] == 1:
            # The one incident that names it has the level, and gives it back.
            mine.pivot = as_any(ours.pivot(level))
        related = ours.component_relationships(made)
        self.components.append(
            keeping(reading, made, row, said, mine, ours.COMPONENT, related, path)
        )

    def level(self, pivot: shapes.Pivot, path: str) -> ComponentStatus | None:
        """The level of a component in the incident that names it."""
        if not isinstance(pivot, dict):
            return None
        told = cast("shapes.Told", pivot.get("component_status"))
        return self.reading.number(V3.components, value_of(told), path)

    def is_mention(self, row: ComponentResource, said: ComponentAttributes) -> bool:
        """Whether nothing is told of a component but what an incident calls it."""
        told = {name for name, one in ours.plain(said).items() if one is not UNSET}
        odd = self.reading.odd
        return (
            told <= {"id", "name", "pivot"}
            and row.relationships is UNSET
            and not (odd.of(row) or odd.of(said))
        )

    def group(self, row: GroupResource, path: str) -> None:
        """Take in a group of components."""
        reading = self.reading
        said = GroupAttributes() if row.attributes is UNSET else row.attributes
        where = f"{path}.attributes"
        made = Component(
            reading.name(said.name, where),
            id=group_key(id_of(row, said.id)),
            is_group=True,
            position=None if said.order is UNSET else said.order,
            created_at=reading.when(string_of(said.created), f"{where}.created"),
            updated_at=reading.when(string_of(said.updated), f"{where}.updated"),
        )
        mine = ours.group_attributes(self.pen, made)
        self.met(row)
        self.components.append(
            keeping(reading, made, row, said, mine, ours.GROUP, {}, path)
        )

    # -- what a document holds ---------------------------------------------------------
