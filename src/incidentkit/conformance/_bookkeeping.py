"""5xx: whether things can be told apart, and stay as they were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._clocks import duration_text
from incidentkit._time import elapsed
from incidentkit.conformance._violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidentkit._component import Component
    from incidentkit._event import Event
    from incidentkit.conformance._case import Case, Found


def owners(events: Sequence[tuple[str, Event]]) -> dict[tuple[str, str], str]:
    """For incidents and for maintenances, where the first of each id is."""
    first: dict[tuple[str, str], str] = {}
    for path, event in events:
        if event.id is not None:
            first.setdefault((type(event).__name__, event.id), path)
    return first


def ids(case: Case) -> Found:
    """Whether it and its updates have ids, and nothing else has the same."""
    event = case.event
    if event.id is None:
        yield case.violation("IK501", "it has no id")
    nameless = sum(update.id is None for update in event.updates)
    if nameless:
        message = f"{nameless} of its {len(event.updates)} updates have no id"
        yield case.violation("IK501", message)
    yield from _repeated(case)


def _repeated(case: Case) -> Found:
    event = case.event
    if event.id is not None:
        owner = case.owners[type(event).__name__, event.id]
        if owner != case.path:
            yield case.violation(
                "IK502", f"its id is that of {owner}", subject=event.id
            )
    # An update belongs to its incident: another may have one of the same id.
    first: dict[str, int] = {}
    for place, update in enumerate(event.updates):
        if update.id is not None and first.setdefault(update.id, place) != place:
            yield case.violation(
                "IK502",
                f"its id is that of {case.path}.updates[{first[update.id]}]",
                within=f".updates[{place}]",
                subject=update.id,
            )


def repeated_components(components: Sequence[Component]) -> Iterator[Violation]:
    """The entries of a page that have the id of an earlier one."""
    first: dict[str, str] = {}
    for place, component in enumerate(components):
        path = f"$.components[{place}]"
        if component.id is not None and first.setdefault(component.id, path) != path:
            yield Violation(
                "IK502",
                path=path,
                key=component.key,
                name=component.name,
                message=f"its id is that of {first[component.id]}",
                subject=component.id,
            )


def edits(case: Case) -> Found:
    """Updates that were changed long after they could be read."""
    for place, update in enumerate(case.event.updates):
        late = elapsed(update.created_at, update.updated_at)
        if late > case.policy.edited_after:
            message = f"it was edited {duration_text(late)} after it was posted"
            yield case.violation(
                "IK503", message, within=f".updates[{place}]", at=update.updated_at
            )
