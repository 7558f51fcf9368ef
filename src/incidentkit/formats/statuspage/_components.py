"""The components of a page: rows to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec
from msgspec import UNSET, Raw

from incidentkit._component import Component, make_component
from incidentkit._frozen import FrozenMapping
from incidentkit._make import changer
from incidentkit.errors import LimitExceeded, MalformedDocument
from incidentkit.formats import _wire as wire
from incidentkit.formats.statuspage import _rows as ours
from incidentkit.formats.statuspage import _shapes as shapes
from incidentkit.formats.statuspage._pen import NAME
from incidentkit.formats.statuspage._shapes import ComponentRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from incidentkit.formats.statuspage._pen import Pen
    from incidentkit.formats.statuspage._reading import Reading

_keeping = changer(Component, "extras")

# Where components stand, but in `$.components`; and where one stands alone.
_LISTED = {"v1/components": "$"}
_ALONE = {"v1/component": "$", "webhook/component": "$.component"}


def _places(name: str, raws: Sequence[Raw]) -> list[tuple[str, Raw]]:
    """Components, each with its place in the document."""
    if name in _ALONE:
        return [(_ALONE[name], raw) for raw in raws]
    top = _LISTED.get(name, "$.components")
    return [(f"{top}[{index}]", raw) for index, raw in enumerate(raws)]


def read_components(
    reading: Reading,
    pen: Pen,
    known: dict[str, object],
    name: str,
    raws: Sequence[Raw],
) -> tuple[Component, ...]:
    """
    The components of a document.

    Args:
        reading: where findings go.
        pen: what our writer would write with.
        known: where their rows go, by id, for the incidents that repeat them.
        name: which document it is: where they stand depends on it.
        raws: the components as they stand there.

    Raises:
        LimitExceeded: one of them nests too deep.
    """
    rows: list[tuple[str, ComponentRow]] = []
    for path, raw in _places(name, raws):
        row = _component_row(reading, raw, path)
        if row is not None:
            rows.append((path, row))
    children: dict[str, list[str]] = {}
    for _, row in rows:
        if row.group_id is not UNSET and row.group_id is not None:
            children.setdefault(str(row.group_id), []).append(cast("str", row.id))
    made: list[Component] = []
    for path, row in rows:
        one = _component(reading, pen, row, children, path)
        made.append(one)
        if one.id is not None:
            unknown = reading.odd.of(row)
            whole = {**msgspec.to_builtins(row), **unknown} if unknown else row
            known.setdefault(one.id, whole)
    reading.check_ids(made, _LISTED.get(name, "$.components"))
    return tuple(made)


def _component_row(reading: Reading, raw: Raw, path: str) -> ComponentRow | None:
    """The row of a component; None if it has neither id nor name."""
    try:
        row: ComponentRow = wire.decoder(ComponentRow).decode(raw)
    except (msgspec.ValidationError, UnicodeDecodeError):
        try:
            row = wire.careful(raw, ComponentRow, *reading.careful, path)
        except LimitExceeded:
            raise
        except MalformedDocument as error:
            reading.report.leave_out("item.malformed", path, error.reason)
            return None
    if row.id is UNSET and row.name is UNSET:
        detail = "a component has neither id nor name"
        reading.report.leave_out("item.malformed", path, detail)
        return None
    return row


def _component(
    reading: Reading,
    pen: Pen,
    row: ComponentRow,
    children: Mapping[str, list[str]],
    path: str,
) -> Component:
    """A component, with all of its row that the model has no place for."""
    id = None if row.id is UNSET else str(row.id)
    name = row.name
    if name is UNSET:
        reading.report.add("value.missing", f"{path}.name", "a component has no name")
        name = id or ""
    group = row.group_id
    parts = make_component(
        name=name,
        id=id,
        status=reading.word(shapes.COMPONENT_STATUS, row.status, f"{path}.status"),
        group=None if group is UNSET or group is None else str(group),
        is_group=row.group is True,
        description=None if row.description is UNSET else row.description,
        position=None if row.position is UNSET else row.position,
        start_date=reading.day(row.start_date, f"{path}.start_date"),
        created_at=reading.when(row.created_at, f"{path}.created_at"),
        updated_at=reading.when(row.updated_at, f"{path}.updated_at"),
    )
    mine = ours.component_row(pen, parts, id or "", children.get(parts.key, []))
    said = reading.kept(row, mine)
    return (
        _keeping(parts, FrozenMapping({NAME: FrozenMapping(said)})) if said else parts
    )
