"""What is asked for, carried; of a page its incidents, then what else moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import attrs

from incidentkit._maintenance import Maintenance
from incidentkit._page import StatusPage
from incidentkit._time import instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidentkit._component import Component
    from incidentkit._finding import Converted
    from incidentkit._incident import Incident
    from incidentkit._vocabulary import ComponentStatus
    from incidentkit.publishing._call import Call, Publishable
    from incidentkit.publishing._plan import Plan

_NEVER = instant("0001-01-01T00:00:00Z")


class Carrier(Protocol):
    """What a vendor's calls are built by."""

    def carry(
        self,
        plan: Plan,
        before: Incident | Maintenance | None,
        after: Incident | Maintenance,
        path: str,
    ) -> None:
        """Add the calls that carry one incident or maintenance to a plan."""
        ...  # pragma: no cover - a protocol

    def move(self, plan: Plan, component: str, to: ComponentStatus, name: str) -> None:
        """Add the call that moves a component, given the vendor's id, to a level."""
        ...  # pragma: no cover - a protocol


def carried(
    plan: Plan, carrier: Carrier, before: Publishable | None, after: Publishable
) -> Converted[tuple[Call, ...]]:
    """
    Everything that carries before to after.

    Raises:
        CannotPublish: as the carrier.
        TypeError: before and after are of two kinds.
    """
    if isinstance(after, StatusPage):
        if before is None or isinstance(before, StatusPage):
            _carry_page(plan, carrier, before, after)
            return plan.report.converted(tuple(plan.calls))
    elif not isinstance(before, StatusPage):
        carrier.carry(plan, before, after, "$")
        return plan.report.converted(tuple(plan.calls))
    msg = f"{before!r} cannot become {after!r}: they are of two kinds"
    raise TypeError(msg)


def _carry_page(
    plan: Plan, carrier: Carrier, before: StatusPage | None, after: StatusPage
) -> None:
    """
    Add the calls that carry all that is new or changed, the oldest first.

    Raises:
        CannotPublish: as the carrier.
        TypeError: an incident has become a maintenance, or the reverse.
    """
    known = _Known.of(before, plan.vendor.name)
    told = _told(plan, after)
    for path, event in sorted(told, key=lambda one: one[1].created_at or _NEVER):
        carrier.carry(plan, known.take(event), event, path)
    for gone in known.rest():
        detail = "what is no longer told is not deleted there: delete it by hand"
        where = "$.maintenances" if isinstance(gone, Maintenance) else "$.incidents"
        plan.report.leave_out("change.refused", where, detail, gone.name, gone.id)
    _carry_components(plan, carrier, before, after)
    if before is not None:
        _report_page(plan, before, after)


def _told(
    plan: Plan, after: StatusPage
) -> Iterator[tuple[str, Incident | Maintenance]]:
    """What stands on a page, each with its place; of what shares a key the first."""
    for name in ("incidents", "maintenances"):
        met: set[str] = set()
        events: tuple[Incident | Maintenance, ...] = getattr(after, name)
        for index, event in enumerate(events):
            path = f"$.{name}[{index}]"
            if event.key in met:
                detail = "two of one key cannot be told apart; the first was carried"
                name_, id_ = event.name, event.id
                plan.report.leave_out("id.duplicate", path, detail, name_, id_)
            else:
                met.add(event.key)
                yield path, event


@attrs.define
class _Known:
    """What stood on a page before, to be found by key or by link, each once."""

    vendor: str
    names: dict[tuple[type, str], Incident | Maintenance]
    there: dict[int, Incident | Maintenance]
    """What nobody has taken, by identity."""

    @classmethod
    def of(cls, page: StatusPage | None, vendor: str) -> _Known:
        """Take in a page."""
        names: dict[tuple[type, str], Incident | Maintenance] = {}
        there: dict[int, Incident | Maintenance] = {}
        if page is not None:
            events: tuple[Incident | Maintenance, ...]
            events = (*page.incidents, *page.maintenances)
            for event in events:
                there[id(event)] = event
                for name in (event.key, event.links.get(vendor)):
                    if name is not None:
                        names.setdefault((type(event), name), event)
        return cls(vendor, names, there)

    def take(self, event: Incident | Maintenance) -> Incident | Maintenance | None:
        """What one was before, if it was there; then it is there no longer."""
        for name in (event.key, event.links.get(self.vendor)):
            found = None if name is None else self.names.get((type(event), name))
            if found is not None and self.there.pop(id(found), None) is not None:
                return found
        return None

    def rest(self) -> Iterable[Incident | Maintenance]:
        """What nobody took."""
        return self.there.values()


# -- components ------------------------------------------------------------------------


def _carry_components(
    plan: Plan, carrier: Carrier, before: StatusPage | None, after: StatusPage
) -> None:
    """The levels that changed and that no incident tells."""
    old: dict[str, list[Component]] = {}
    for one in () if before is None else before.components:
        old.setdefault(one.key, []).append(one)
    for index, one in enumerate(after.components):
        path = f"$.components[{index}]"
        alike = old.get(one.key)
        was = alike.pop(0) if alike else None
        is_there = was is not None or bool(plan.names.alike(one.ref))
        if not is_there or (was is not None and _entry(was) != _entry(one)):
            _refuse(plan, path, one)
        if is_there and (was is None or was.status is not one.status):
            _move(plan, carrier, was, one, path)
    for left in old.values():
        for gone in left:
            _refuse(plan, "$.components", gone)


def _move(
    plan: Plan, carrier: Carrier, was: Component | None, one: Component, path: str
) -> None:
    """Move a component, unless a call has left it at its level already."""
    there = plan.names.find(one.ref, path)
    if there.is_group or one.is_group:
        return  # a group has the level that its components add up to
    if one.status is None:
        detail = "a level that nobody knows cannot be told"
        plan.report.add("value.left_out", f"{path}.status", detail, one.name)
        return
    stands = there.status if was is None else was.status
    id_ = plan.names.id_of(there) or ""
    if plan.levels.get(id_, stands) is not one.status:
        carrier.move(plan, id_, one.status, one.name)


def _entry(one: Component) -> tuple[object, ...]:
    """What of a component is no level."""
    return one.name, one.group, one.is_group, one.description, one.position


def _refuse(plan: Plan, path: str, one: Component) -> None:
    detail = "of components only the levels are carried"
    plan.report.leave_out("change.refused", path, detail, one.name, one.id)


_OF_THE_PAGE = (
    *("name", "url", "time_zone"),
    *("stated_indicator", "stated_description", "recorded"),
)


def _report_page(plan: Plan, before: StatusPage, after: StatusPage) -> None:
    """Report what changed of the page itself."""
    for name in _OF_THE_PAGE:
        if getattr(before, name) != getattr(after, name):
            detail = "of the page itself nothing is carried"
            plan.report.add("change.refused", f"$.{name}", detail)
