"""
Cells that hold several things: mentions of components, and their levels.

They are JSON, so that names may hold whatever they like:
`[{"name":"API","status":"major_outage"}]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from incidentkit._component import make_ref, make_state
from incidentkit.errors import MalformedDocument
from incidentkit.formats._wire import Shape, encode, parse
from incidentkit.formats.csv._columns import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidentkit._component import ComponentRef, ComponentState
    from incidentkit._vocabulary import ComponentStatus
    from incidentkit.formats.csv._cells import Cells


class _Mention(Shape, omit_defaults=True):
    """A component, by name, by id, or both."""

    name: str | None = None
    id: str | None = None


class _Level(_Mention, omit_defaults=True):
    """A component and its level."""

    status: str | None = None
    before: str | None = None


M = TypeVar("M", bound=_Mention)


def mentions_cell(mentions: Iterable[ComponentRef]) -> str:
    """Mentions of components as a cell; empty if there are none."""
    said = [_Mention(name=one.name, id=one.id) for one in mentions]
    return encode(said) if said else ""


def levels_cell(rows: Iterable[ComponentState]) -> str:
    """Levels of components as a cell; empty if there are none."""
    said = [
        _Level(
            name=row.component.name,
            id=row.component.id,
            status=None if row.status is None else row.status.value,
            before=None if row.before is None else row.before.value,
        )
        for row in rows
    ]
    return encode(said) if said else ""


def mentions(cells: Cells, column: str) -> tuple[ComponentRef, ...]:
    """The mentions in a cell; what is none is left out with a finding."""
    return tuple(
        make_ref(one.name, id=one.id) for one in _items(cells, column, _Mention)
    )


def levels(cells: Cells, column: str) -> tuple[ComponentState, ...]:
    """The levels in a cell; what is none is left out with a finding."""
    return tuple(
        make_state(
            make_ref(one.name, id=one.id),
            _level(cells, column, one.status),
            _level(cells, column, one.before),
        )
        for one in _items(cells, column, _Level)
    )


def _items(cells: Cells, column: str, shape: type[M]) -> Iterator[M]:
    said = cells.text(column)
    if not said:
        return
    try:
        items = parse(said.encode(), cast("type[list[M]]", list[shape]))  # type: ignore[valid-type]  # a shape is a type
    except MalformedDocument as error:
        reason = f"no list of components: {error.reason}"
        cells.leave_out("value.malformed", column, reason, said)
        return
    for item in items:
        if item.name is None and item.id is None:
            detail = "a component is mentioned by name, by id, or both"
            cells.leave_out("item.malformed", column, detail)
        else:
            yield item


def _level(cells: Cells, column: str, word: str | None) -> ComponentStatus | None:
    return None if word is None else cells.known(column, word, LEVELS)
