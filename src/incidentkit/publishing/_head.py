"""What is said of an incident itself, apart from its updates, as far as it is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from incidentkit._frozen import EMPTY, FrozenMapping
from incidentkit._maintenance import Maintenance
from incidentkit.publishing import _bodies as bodies
from incidentkit.publishing._bodies import NAME
from incidentkit.publishing._refusals import CannotPublish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit.publishing._case import Case


def head(case: Case) -> dict[str, object]:
    """
    Every key that is new or changed.

    Raises:
        CannotPublish: the name is too long, or a maintenance has no time to begin at.
    """
    before, after = case.before, case.after
    fields: dict[str, object] = {}
    if before is None or before.name != after.name:
        fields["name"] = bodies.name(after.name, case.path)
    fields |= _schedule(case)
    metadata, lost = _metadata(after)
    if metadata != (EMPTY if before is None else _metadata(before)[0]):
        fields["metadata"] = metadata
    if lost and (before is None or _metadata(before)[1] != lost):
        detail = "what is not an object cannot stand in metadata"
        place = f".extras[{NAME!r}].metadata"
        case.report("value.left_out", place, detail, ", ".join(lost))
    if before is None and isinstance(after, Maintenance):
        fields |= bodies.NOTHING_BY_ITSELF
    if before is None and case.is_backfilled:
        fields["backfilled"] = True
        at = after.ended_at or after.began_at
        if at is not None:
            fields["backfill_date"] = bodies.day(at, case.plan.zone_name)
    return fields


def _schedule(case: Case) -> dict[str, object]:
    """When a maintenance is to begin and to be over."""
    if not isinstance(case.after, Maintenance):
        return {}
    old = dict(_times(case.before))
    fields: dict[str, object] = {}
    for key, at in _times(case.after):
        was = old.get(key)
        if at is not None:
            if at != was:
                fields[key] = bodies.when(at, case.plan.report, f"{case.path}.{key}")
        elif was is not None:
            detail = "a time that was planned can be moved, and not be taken back"
            case.report("change.refused", f".{key}", detail)
        elif case.before is None and key == "scheduled_for":
            raise CannotPublish(
                f"{case.path}.{key}",
                "without a time to begin at it is no maintenance to the vendor: give "
                "scheduled_for",
            )
        elif case.before is None:
            detail = "nobody says when it is to be over, and the vendor may want that"
            case.report("value.missing", f".{key}", detail)
    return fields


def _times(event: Event | None) -> Iterator[tuple[str, DateTime | None]]:
    if isinstance(event, Maintenance):
        yield "scheduled_for", event.scheduled_for
        yield "scheduled_until", event.scheduled_until


def _metadata(event: Event) -> tuple[FrozenMapping[object], tuple[str, ...]]:
    """What is kept there for programs: objects by name; and the names of all else."""
    said = event.extras.get(NAME, EMPTY).get("metadata")
    if said is None:
        return EMPTY, ()
    if not isinstance(said, FrozenMapping):
        return EMPTY, ("metadata",)
    held = cast("FrozenMapping[object]", said)
    lost = tuple(key for key in held if not isinstance(held[key], FrozenMapping))
    kept = {key: value for key, value in held.items() if key not in lost}
    return FrozenMapping(kept), lost
