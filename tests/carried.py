"""
What must be the same of what was published and what is read back from the vendor.

`publish` sends the calls to a page in memory, taking every answer in. `differences`
compares what was wanted with what is there. What the vendor keeps no word of is not
compared: ids, permanent addresses, when something was typed. All else must be the same,
or a finding says that it is not.
"""

from __future__ import annotations

import json
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from incidentkit import (
    Component,
    Finding,
    Incident,
    IncidentStatus,
    Maintenance,
    MaintenanceStatus,
    StatusPage,
    read,
)
from incidentkit.publishing import statuspage
from vendor_statuspage import Statuspage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pendulum import DateTime

    from incidentkit import ComponentRef

E = TypeVar("E", bound=Incident | Maintenance)

PAGE_ID = "pw7c1r5k2m9x"


def published(
    vendor: Statuspage,
    before: E | None,
    after: E,
    page: StatusPage,
    *,
    notify: bool = False,
) -> tuple[E, tuple[Finding, ...]]:
    """Carry an incident to a page; give it as adopted, and what was found."""
    built = statuspage(before, after, page=page, notify=notify)
    for call in built.value:
        ready = call.filled(after)
        answer = vendor.call(ready.method, ready.path, ready.payload)
        after = ready.adopt(after, answer)
    return after, built.findings


def page_for(mentions: Iterable[ComponentRef]) -> tuple[Statuspage, StatusPage]:
    """Set up a vendor's page that has the components that are mentioned."""
    components: dict[str, Component] = {}
    for mention in mentions:
        there = f"c{len(components):011}"
        known = Component(mention.label, id=mention.id, links={"statuspage": there})
        components.setdefault(mention.key, known)
    vendor = Statuspage(
        PAGE_ID, {one.links["statuspage"]: one.name for one in components.values()}
    )
    return vendor, StatusPage("Acme", id=PAGE_ID, components=components.values())


def read_back(vendor: Statuspage, adopted: E) -> E:
    """Read what the vendor shows of what was published."""
    shown = vendor.shown(adopted.links["statuspage"])
    came = read(json.dumps(shown), "statuspage").value
    events: tuple[Incident | Maintenance, ...]
    events = (*came.incidents, *came.maintenances)
    (event,) = events
    assert isinstance(event, type(adopted))
    return event


def states(event: E) -> list[E]:
    """How an incident came about: after its first update, its second, and so on."""
    made: list[E] = []
    for until in range(1, len(event.updates) + 1):
        later = {
            row.component.key
            for update in event.updates[until:]
            for row in update.states
        }
        told = {
            row.component.key
            for update in event.updates[:until]
            for row in update.states
        }
        components = event.components
        if isinstance(event, Incident):
            components = tuple(
                one for one in components if one.key not in later or one.key in told
            )
        is_last = until == len(event.updates)
        changed: dict[str, Any] = {
            "updates": event.updates[:until],
            "components": components,
            "postmortem": event.postmortem if is_last else None,
            "stated_status": event.stated_status if is_last else None,
        }
        made.append(attrs.evolve(event, **changed))
    return made


def linked(event: E, adopted: E) -> E:
    """Give an incident the links that an earlier state of it has adopted."""
    updates = tuple(
        attrs.evolve(update, links=adopted.updates[place].links)
        if place < len(adopted.updates)
        else update
        for place, update in enumerate(event.updates)
    )
    return attrs.evolve(event, updates=updates, links=adopted.links)


def published_stepwise(
    vendor: Statuspage, event: E, page: StatusPage
) -> tuple[E, tuple[Finding, ...]]:
    """Carry an incident to a page state by state."""
    adopted: E | None = None
    found: list[Finding] = []
    for state in states(event):
        after = state if adopted is None else linked(state, adopted)
        adopted, findings = published(vendor, adopted, after, page)
        found += findings
    assert adopted is not None
    return adopted, tuple(found)


# -- what is compared ------------------------------------------------------------------

OF_BACKFILLED = "what is put up after it was over takes no components"
OF_BACKFILLED = "what is put up after it was over takes no components"
OF_UNKNOWN = "a level that nobody knows cannot be told"
OF_IMPACT = "an impact can be overridden, and not be taken back"
OF_NOW = "it is told now: the vendor's clock sets when"

#: What of an incident is compared, and the findings that let it differ: by their code,
#: or by what they say where the code is of many things.
EXCUSES: dict[str, frozenset[str]] = {
    "name": frozenset(),
    "impact": frozenset({"impact.derived", OF_IMPACT}),
    "updates": frozenset({"value.invented", "item.unfitting", "postmortem.moved"}),
    "bodies": frozenset(),
    "statuses": frozenset({"status.invented", "word.coarsened"}),
    "times": frozenset({OF_NOW, "time.coarsened"}),
    "levels": frozenset({OF_BACKFILLED, OF_UNKNOWN}),
    "affected": frozenset({OF_BACKFILLED}),
    "schedule": frozenset({"time.coarsened"}),
}


#: What is compared update by update.
ROW_BY_ROW = ("bodies", "statuses", "times", "levels")


def differences(
    wanted: E, found: E, page: StatusPage
) -> dict[str, tuple[object, object]]:
    """What differs between what was wanted and what is there, by what it is."""
    names: dict[str, str] = {}
    for name_of in (attrgetter("key"), attrgetter("name")):
        for one in page.components:
            there = one.links.get("statuspage", one.id or "")
            names.setdefault(name_of(one), there)
    ours, theirs = _gist(wanted, names), _gist(found, {})
    if ours["updates"] != theirs["updates"]:
        # Then nothing of them stands beside what it is to be compared with.
        for key in ROW_BY_ROW:
            del ours[key]
    else:
        told = [set(levels) for levels in _levels(wanted, names)]
        theirs["levels"] = [
            {key: level for key, level in levels.items() if key in known}
            for levels, known in zip(_levels(found, {}), told, strict=True)
        ]
    return {key: (ours[key], theirs[key]) for key in ours if ours[key] != theirs[key]}


def _gist(event: Incident | Maintenance, names: dict[str, str]) -> dict[str, object]:
    planned: tuple[DateTime | None, ...] = ()
    if isinstance(event, Maintenance):
        planned = event.scheduled_for, event.scheduled_until
    return {
        "name": event.name,
        "impact": event.impact,
        "updates": len(event.updates),
        "bodies": [one.body for one in event.updates],
        "statuses": [one.status for one in event.updates],
        # When a post-mortem is published is the vendor's clock's.
        "times": [
            None if one.status is IncidentStatus.POSTMORTEM else one.at
            for one in event.updates
        ],
        "levels": _levels(event, names),
        "affected": {names.get(one.key, one.key) for one in event.affected},
        "schedule": planned,
    }


def _levels(
    event: Incident | Maintenance, names: dict[str, str]
) -> list[dict[str, object]]:
    """The levels that hold after each update, for updates repeat what holds."""
    held: dict[str, object] = {}
    made: list[dict[str, object]] = []
    for update in event.updates:
        held |= {
            names.get(row.component.key, row.component.key): row.status
            for row in update.states
        }
        made.append(dict(held))
    return made


def unexcused(
    wanted: E, found: E, page: StatusPage, findings: Iterable[Finding]
) -> dict[str, tuple[object, object]]:
    """What differs, and no finding says so."""
    told = {word for one in findings for word in (one.code, one.detail)}
    differing = differences(wanted, found, page)
    if not told.isdisjoint(EXCUSES["updates"]):
        # Updates are there or missing that no other stands for.
        for key in ROW_BY_ROW:
            differing.pop(key, None)
    return {
        key: both for key, both in differing.items() if told.isdisjoint(EXCUSES[key])
    }


def repeated(event: Incident | Maintenance) -> list[object]:
    """The statuses of the updates as the vendor has them: never none, and its words."""
    nearest: dict[object, object] = {
        MaintenanceStatus.CANCELLED: MaintenanceStatus.COMPLETED
    }
    status: object = IncidentStatus.INVESTIGATING
    if isinstance(event, Maintenance):
        status = MaintenanceStatus.SCHEDULED
    made: list[object] = []
    for update in event.updates:
        said = update.status
        if said is None:
            said = (
                IncidentStatus.RESOLVED if status is IncidentStatus.POSTMORTEM else None
            )
        status = said or status
        made.append(nearest.get(status, status))
    return made
