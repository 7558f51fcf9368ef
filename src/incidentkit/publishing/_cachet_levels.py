"""What Cachet is told of components: which are hit, and how badly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit.publishing._cachet_dialect import Dialect, is_number
from incidentkit.publishing._refusals import CannotPublish
from incidentkit.publishing._telling import attached

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from incidentkit._component import ComponentRef
    from incidentkit._event import Event
    from incidentkit._vocabulary import ComponentStatus
    from incidentkit.publishing._case import Case
    from incidentkit.publishing._plan import Plan


def told(event: Event, until: int) -> dict[str, ComponentStatus | None]:
    """
    The components of an event once so many updates are posted, by key.

    Each with the last level that was told of it; None: with none.
    """
    levels: dict[str, ComponentStatus] = {}
    for update in event.updates[:until]:
        for row in update.states:
            if row.status is not None:
                levels[row.component.key] = row.status
    keys = {one.key for one in attached(event, until)}
    # In the one order that later updates do not change.
    return {one.key: levels.get(one.key) for one in event.affected if one.key in keys}


def moved(case: Case, place: int) -> Mapping[str, ComponentStatus]:
    """The levels that an update moves components to, by the vendor's number."""
    path = f"{case.path}.updates[{place}]"
    levels = case.plan.moved(case.after, case.after.updates[place], path)
    for id_ in levels:
        number(id_, f"{path}.states")
    return levels


def rows(
    dialect: Dialect,
    case: Case,
    wanted: Mapping[str, ComponentStatus | None],
    most: int | None = None,
) -> list[dict[str, object]]:
    """
    The components that an event is to be attached to, each with a level.

    Args:
        dialect: the version.
        case: the incident or maintenance.
        wanted: the components, by key, with their levels; None: the present one.
        most: how many it can have; None: all.
    """
    path = f"{case.path}.components"
    made: dict[int, int] = {}
    for mention in case.after.affected:
        if mention.key not in wanted or len(made) == most:
            continue
        id_ = case.plan.component_id(mention, path)
        if id_ is not None:
            level = wanted[mention.key]
            if level is None:
                made[number(id_, path)] = _present(dialect, case.plan, mention, path)
            else:
                made[number(id_, path)] = dialect.level(case.plan, level, path)
    return [{"id": id_, "status": level} for id_, level in made.items()]


def move(dialect: Dialect, plan: Plan, id_: str, to: int, what: str) -> None:
    """Add the call that moves a component."""
    segments = ("components", str(number(id_, "$.components")))
    label = dialect.version.component_labels[to]
    plan.add("PUT", segments, {"status": to}, f"move {what} to {label!r}")


def move_all(
    dialect: Dialect, case: Case, levels: Mapping[str, ComponentStatus], place: int
) -> None:
    """Add the calls that move components as an update tells."""
    path = f"{case.path}.updates[{place}].states"
    for id_, level in levels.items():
        to = dialect.level(case.plan, level, path)
        move(dialect, case.plan, id_, to, f"component {id_}")


def number(id_: str, path: str) -> int:
    """
    The number of a component.

    Raises:
        CannotPublish: what it is called is no number.
    """
    if not is_number(id_):
        raise CannotPublish(
            path, f"{id_!r} is no number of a component: read the page from its vendor"
        )
    return int(id_)


def _present(dialect: Dialect, plan: Plan, mention: ComponentRef, path: str) -> int:
    """The level that a component is at, for the vendor wants one."""
    detail = "the vendor wants a level with a component; the present one was taken"
    plan.report.add("value.invented", path, detail, mention.label)
    there = plan.names.find(mention, path)
    level = plan.levels.get(plan.names.id_of(there) or "", there.status)
    if level is None:
        return dialect.version.component(None)
    return dialect.level(plan, level, path)


def report_removed(case: Case, was: Iterable[str], now: Iterable[str]) -> None:
    """Report the components that an event is no longer attached to."""
    if not set(was) <= set(now):
        detail = "a component stays with what it was attached to"
        case.report("change.refused", ".components", detail)
