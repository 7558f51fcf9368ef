"""What building the calls of one publication needs at every turn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from incidentkit._finding import Report
from incidentkit._page import StatusPage
from incidentkit._time import elapsed
from incidentkit._timeline import last_levels
from incidentkit._vocabulary import ComponentStatus
from incidentkit.publishing._call import Call
from incidentkit.publishing._names import Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pendulum import DateTime

    from incidentkit._component import ComponentRef
    from incidentkit._event import Event
    from incidentkit._incident import Incident
    from incidentkit._maintenance import Maintenance
    from incidentkit._update import Update
    from incidentkit.publishing._call import Publishable, Segment, Vendor

_OPERATIONAL = ComponentStatus.OPERATIONAL
#: How far from the moment of sending a time may be to be left to the vendor's clock.
_NEAR = timedelta(minutes=1)


@attrs.define
class Plan:
    """The calls of one publication, as they are built, and what is known meanwhile."""

    vendor: Vendor
    root: tuple[Segment, ...]
    """Where in the API the page is."""
    zone_name: str | None
    names: Names
    report: Report
    standing: tuple[Event, ...]
    """What the page shows beside that which is carried: who else holds what down."""
    taken: frozenset[tuple[type, str]]
    """What the vendor calls what is on the page already, by what it is."""
    notify: bool
    now: DateTime | None
    calls: list[Call] = attrs.field(factory=list[Call])
    levels: dict[str, ComponentStatus] = attrs.field(factory=dict[str, ComponentStatus])
    """The levels that the calls leave components at, by the vendor's id."""
    _held: dict[str, list[tuple[Event, str]]] | None = None
    """Who holds what down, by the vendor's id; None: nobody has asked."""

    def is_now(self, at: DateTime) -> bool:
        """Whether the vendor's own clock will show a time, near enough."""
        return self.now is not None and abs(elapsed(at, self.now)) <= _NEAR

    # -- calls -----------------------------------------------------------------

    def add(  # noqa: PLR0913 - the parts of a call
        self,
        method: str,
        segments: tuple[Segment, ...],
        body: Mapping[str, object],
        purpose: str,
        *,
        event: Incident | Maintenance | None = None,
        posts: int | None = None,
        gives_ids: bool = False,
        gives_update: bool = False,
    ) -> None:
        """Add one call, within the page."""
        self.calls.append(
            Call(
                vendor=self.vendor,
                method=method,
                segments=(*self.root, *segments),
                body=body,
                purpose=purpose,
                event=None if event is None else event.key,
                kind=None if event is None else type(event),
                posts=posts,
                gives_ids=gives_ids,
                gives_update=gives_update,
            )
        )

    # -- components ------------------------------------------------------------

    def component_id(self, mention: ComponentRef, path: str) -> str | None:
        """
        What the vendor calls a component; None, reported, if it is a group.

        Raises:
            CannotPublish: it is not on the page, or several may be meant.
        """
        component = self.names.find(mention, path)
        if component.is_group:
            detail = "a group has no level of its own: only its components do"
            self.report.add("value.left_out", path, detail, mention.label)
            return None
        return self.names.id_of(component)

    def component_ids(self, mentions: Iterable[ComponentRef], path: str) -> list[str]:
        """What the vendor calls the components that an incident is attached to."""
        met: dict[str, None] = {}
        for mention in mentions:
            id_ = self.component_id(mention, f"{path}.components")
            if id_ is not None:
                met[id_] = None
        return list(met)

    def moved(
        self, event: Event, update: Update, path: str
    ) -> dict[str, ComponentStatus]:
        """The levels that an update moves components to, by the vendor's id."""
        levels: dict[str, ComponentStatus] = {}
        for index, row in enumerate(update.states):
            place = f"{path}.states[{index}]"
            if row.status is None:
                detail = "a level that nobody knows cannot be told"
                self.report.add("value.left_out", place, detail, row.component.label)
                continue
            id_ = self.component_id(row.component, place)
            if id_ is not None:
                levels[id_] = row.status
        for id_, level in levels.items():
            if level is _OPERATIONAL:
                self._check_free(event, id_, path)
        self.levels |= levels
        return levels

    def _check_free(self, event: Event, component: str, path: str) -> None:
        """Report who else holds down a component that is told to be operational."""
        for other, label in self._holders().get(component, ()):
            if not _are_one(event, other, self.vendor.name):
                detail = f"{label} is turned operational; it is down in {other.name!r}"
                self.report.add("component.held", path, detail, other.name)

    def _holders(self) -> dict[str, list[tuple[Event, str]]]:
        if self._held is None:
            self._held = {}
            for event in self.standing:
                if event.is_open:
                    self._hold(self._held, event)
        return self._held

    def _hold(self, held: dict[str, list[tuple[Event, str]]], event: Event) -> None:
        levels = last_levels(event.updates)
        for mention in event.affected:
            level = levels.get(mention.key)
            if level is None or level is _OPERATIONAL:
                continue
            alike = self.names.alike(mention)
            id_ = self.names.id_of(alike[0]) if len(alike) == 1 else None
            if id_ is not None:
                held.setdefault(id_, []).append((event, mention.label))


def _are_one(one: Event, other: Event, vendor: str) -> bool:
    return type(one) is type(other) and (
        one.key == other.key or bool(names_of(one, vendor) & names_of(other, vendor))
    )


def names_of(event: Event, vendor: str) -> frozenset[str]:
    """What a vendor may call an incident: as it is linked, or its own id."""
    names = (event.links.get(vendor), event.id)
    return frozenset(name for name in names if name is not None)


def plan_for(  # noqa: PLR0913 - what a publication is asked with
    vendor: Vendor,
    root: tuple[Segment, ...],
    after: Publishable,
    *,
    page: StatusPage,
    notify: bool,
    now: DateTime | None = None,
) -> Plan:
    """
    A plan without a call yet.

    Args:
        vendor: whom the calls are for.
        root: where in the API the page is.
        after: what is to be carried.
        page: the page as it stands.
        notify: whether subscribers are told.
        now: when the calls will be sent, if that is at once.
    """
    ours = after if isinstance(after, StatusPage) else None
    return Plan(
        vendor=vendor,
        root=root,
        zone_name=page.time_zone,
        names=Names(page, vendor.name, ours),
        report=Report(),
        standing=_standing(page, ours, vendor.name),
        taken=frozenset(
            (type(one), name)
            for one in (*page.incidents, *page.maintenances)
            for name in names_of(one, vendor.name)
        ),
        notify=notify,
        now=now,
    )


def _standing(
    page: StatusPage, ours: StatusPage | None, vendor: str
) -> tuple[Event, ...]:
    """What the page shows once ours is carried, and what the vendor has besides."""
    theirs = (*page.incidents, *page.maintenances)
    if ours is None:
        return theirs
    mine = (*ours.incidents, *ours.maintenances)
    known = {(type(one), name) for one in mine for name in names_of(one, vendor)}
    return (
        *mine,
        *(
            one
            for one in theirs
            if known.isdisjoint((type(one), name) for name in names_of(one, vendor))
        ),
    )
