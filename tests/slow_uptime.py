"""
Uptime the slow way, for comparison: look at every quarter of an hour, by itself.

Written from the rules as the documentation has them and from what the model derives,
with none of the code that is tested. All times have to lie on quarters of an hour.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from incidentkit import (
    ComponentStatus,
    Impact,
    Incident,
    Maintenance,
    MaintenanceStatus,
)
from incidentkit.uptime import Counts, Policy, Reach, Together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from incidentkit import Component, ComponentRef, Event, StatusPage, Stretch

QUARTER = dt.timedelta(minutes=15)
SECONDS = 900
KNOWN = available_timezones()
OPERATIONAL = ComponentStatus.OPERATIONAL
MAINTENANCE = ComponentStatus.UNDER_MAINTENANCE
UP = Fraction(0)


class Time(Enum):
    """How a quarter is treated."""

    KNOWN = 1
    UNKNOWN = 2
    EXCLUDED = 3
    ABSENT = 4


class Look(NamedTuple):
    """How a component, or several, stand in a quarter."""

    time: Time
    told: Fraction
    most: Fraction
    least: Fraction
    levels: Mapping[ComponentStatus, Fraction]
    worst: ComponentStatus


class Slow:
    """A page, to be looked at."""

    def __init__(
        self, page: StatusPage, policy: Policy, exclude: Mapping[str, str]
    ) -> None:
        self.page = page
        self.policy = policy
        self.events: list[Event] = [
            event
            for event in (*page.incidents, *page.maintenances)
            if event.key not in exclude
        ]
        self.stretches = {id(event): event.stretches for event in self.events}
        self.greatest = max(
            policy.major, policy.partial, policy.degraded, policy.maintenance
        )

    # -- one component ---------------------------------------------------------

    def look(self, component: Component | None, at: dt.datetime) -> Look:
        """
        How a component stands in the quarter around an instant.

        None is the page as a whole, where incidents count: all of them are about it.
        """
        told = list(self.levels(component, at))
        known = [level for level in told if level is not None]
        worst = max(known, default=OPERATIONAL)
        weight, level = max(
            [(self.policy.weight(level), level) for level in known],
            default=(UP, OPERATIONAL),
        )
        most = max([weight, *self.doubts(component, at)])
        shares = {level: Fraction(1)}
        outage = [
            level
            for level in known
            if level is not MAINTENANCE and self.policy.weight(level) > 0
        ]
        if self.planned(component, at) and not (
            outage and self.policy.counts_outages_in_maintenance
        ):
            return Look(Time.EXCLUDED, weight, most, weight, shares, worst)
        if (
            component is not None
            and component.start_date is not None
            and local_date(self.page, at) < component.start_date
        ):
            return Look(Time.ABSENT, weight, self.greatest, weight, shares, worst)
        if not self.covered(at) or (None in told and weight < self.greatest):
            return Look(Time.UNKNOWN, weight, self.greatest, weight, shares, worst)
        return Look(Time.KNOWN, weight, most, weight, shares, worst)

    def levels(
        self, component: Component | None, at: dt.datetime
    ) -> Iterator[ComponentStatus | None]:
        """The levels above operational that are told of it."""
        if self.policy.counts is Counts.INCIDENTS:
            for incident in self.page.incidents:
                if (
                    id(incident) in self.stretches
                    and self.is_open(incident, at)
                    and self.names(incident, component)
                    and self.stands_for(incident) is not OPERATIONAL
                ):
                    yield self.stands_for(incident)
            return
        for event in self.events:
            for level, meant in levels_at(event, at):
                if self.means(meant, component) == 1 and level is not OPERATIONAL:
                    yield level

    def doubts(
        self, component: Component | None, at: dt.datetime
    ) -> Iterator[Fraction]:
        """What may have been down besides."""
        for event in self.events:
            light = event.impact is Impact.MAINTENANCE
            weight = self.policy.maintenance if light else self.greatest
            is_any = self.policy.unattributed is Reach.ANY
            named = self.names(event, component)
            if self.policy.counts is Counts.INCIDENTS:
                if (
                    isinstance(event, Incident)
                    and self.is_open(event, at)
                    and self.stands_for(event) is not OPERATIONAL
                    and not named
                    and (is_any or not event.affected)
                ):
                    yield weight
                continue
            if (
                is_vague(event)
                and self.is_open(event, at)
                and (named or is_any or not event.affected)
            ):
                yield weight
            for level, meant in levels_at(event, at):
                if level is not OPERATIONAL and self.means(meant, component) > 1:
                    yield (
                        self.policy.maintenance
                        if level is MAINTENANCE
                        else self.greatest
                    )

    def covered(self, at: dt.datetime) -> bool:
        """Whether the page claims to tell all."""
        coverage = self.page.coverage
        incidents = covers(coverage.incidents, at)
        if self.policy.counts is Counts.INCIDENTS:
            return incidents
        if self.policy.maintenance > 0:
            incidents = incidents and covers(coverage.maintenances, at)
        return incidents or covers(coverage.states, at)

    def planned(self, component: Component | None, at: dt.datetime) -> bool:
        """Whether maintenance is to be taken out."""
        return self.policy.excludes_maintenance and any(
            isinstance(event, Maintenance)
            and event.status is not MaintenanceStatus.CANCELLED
            and event.scheduled_for is not None
            and event.scheduled_until is not None
            and (event.created_at is None or event.created_at <= at)
            and event.scheduled_for <= at < event.scheduled_until
            and self.is_open(event, at)
            and any(self.means(mention, component) == 1 for mention in event.affected)
            for event in self.events
        )

    # -- what events say -------------------------------------------------------

    def is_open(self, event: Event, at: dt.datetime) -> bool:
        """Whether an incident was open then, or a maintenance at work."""
        held = [one.held for one in self.stretches[id(event)] if one.covers(at)]
        if isinstance(event, Maintenance):
            return any(
                status in {MaintenanceStatus.IN_PROGRESS, MaintenanceStatus.VERIFYING}
                for status in held
            )
        if not event.start_known or not (event.is_open or event.end_known):
            return False
        return any(status is None or not status.is_closed for status in held)

    @staticmethod
    def stands_for(incident: Event) -> ComponentStatus:
        """The level that an open incident stands for."""
        if incident.impact is None:
            return (
                OPERATIONAL if incident.status is None else ComponentStatus.MAJOR_OUTAGE
            )
        if incident.status is None and incident.impact is Impact.NONE:
            return OPERATIONAL
        return {
            Impact.NONE: OPERATIONAL,
            Impact.MAINTENANCE: MAINTENANCE,
            Impact.MINOR: ComponentStatus.DEGRADED_PERFORMANCE,
            Impact.MAJOR: ComponentStatus.PARTIAL_OUTAGE,
            Impact.CRITICAL: ComponentStatus.MAJOR_OUTAGE,
        }[incident.impact]

    def names(self, event: Event, component: Component | None) -> bool:
        """Whether an event names a component, or a group that it is in."""
        if component is None:
            return True
        return any(self.means(mention, component) for mention in event.affected)

    def means(self, mention: ComponentRef, component: Component | None) -> int:
        """How many components a mention may mean, if this is among them."""
        if component is None:
            return 0
        within = [
            component,
            *(g for g in self.page.components if g.key == component.group),
        ]
        if mention.id is not None:
            meant = [one for one in self.page.components if one.id == mention.id]
        else:
            meant = [one for one in self.page.components if one.name == mention.name]
            meant = [one for one in meant if one.id is None] or meant
        return len(meant) if any(one in within for one in meant) else 0

    # -- several components ----------------------------------------------------

    def together(self, looks: list[Look], rule: Together) -> Look:
        """What several components add up to in a quarter."""
        worst = max(look.worst for look in looks)
        known = [look for look in looks if look.time is Time.KNOWN]
        unknown = [look for look in looks if look.time is Time.UNKNOWN]
        excluded = [look for look in looks if look.time is Time.EXCLUDED]
        possible = known + unknown or excluded or looks
        told = known or possible
        time = Time.KNOWN if known else Time.UNKNOWN
        if not known and not unknown and excluded:
            time = Time.EXCLUDED
        if rule is Together.ALL:
            top = max(told, key=lambda look: (look.told, max(look.levels)))
            if unknown and all(look.told < self.greatest for look in known):
                time = Time.UNKNOWN
            return Look(
                time,
                top.told,
                max(look.most for look in possible),
                max(look.least for look in possible),
                top.levels,
                worst,
            )
        levels: dict[ComponentStatus, Fraction] = {}
        for look in told:
            for level in look.levels:
                levels[level] = levels.get(level, UP) + Fraction(1, len(told))
        return Look(
            time,
            sum((look.told for look in told), UP) / len(told),
            sum((look.most for look in possible), UP) / len(possible),
            sum((look.least for look in possible), UP) / len(possible),
            levels,
            worst,
        )


class Added(NamedTuple):
    """What quarters add up to."""

    known: int
    unknown: int
    excluded: int
    fraction: Fraction | None
    lower: Fraction | None
    upper: Fraction | None
    levels: Mapping[ComponentStatus, Fraction]
    worst: ComponentStatus | None


def added(looks: list[Look]) -> Added:
    """What quarters add up to, lengths in seconds."""
    known = [look for look in looks if look.time is Time.KNOWN]
    counted = [look for look in looks if look.time is not Time.EXCLUDED]
    levels: dict[ComponentStatus, Fraction] = {}
    for look in known:
        for level, share in look.levels.items():
            levels[level] = levels.get(level, UP) + share * SECONDS
    worst: ComponentStatus | None = max(look.worst for look in looks)
    unknown = len(counted) - len(known)
    if unknown and worst is OPERATIONAL:
        worst = None
    return Added(
        len(known) * SECONDS,
        unknown * SECONDS,
        (len(looks) - len(counted)) * SECONDS,
        1 - sum((one.told for one in known), UP) / len(known) if known else None,
        1 - sum((one.most for one in counted), UP) / len(counted) if counted else None,
        1 - sum((one.least for one in counted), UP) / len(counted) if counted else None,
        levels,
        worst,
    )


def quarters(start: dt.datetime, end: dt.datetime) -> list[dt.datetime]:
    """The middle of every quarter of a window."""
    middle = start + QUARTER / 2
    return [middle + n * QUARTER for n in range((end - start) // QUARTER)]


def covers(stretches: tuple[Stretch[None], ...], at: dt.datetime) -> bool:
    """Whether any stretch covers an instant."""
    return any(stretch.covers(at) for stretch in stretches)


def local_date(page: StatusPage, at: dt.datetime) -> dt.date:
    """The date on the page's calendar."""
    known = page.time_zone in KNOWN
    return at.astimezone(ZoneInfo(str(page.time_zone) if known else "UTC")).date()


def levels_at(
    event: Event, at: dt.datetime
) -> Iterator[tuple[ComponentStatus | None, ComponentRef]]:
    """The last level that an event told of each component, if it holds then."""
    end = event.ended_at
    if end is None and not event.is_open and event.updates:
        end = event.updates[-1].at
    if end is not None and at >= end:
        return
    last: dict[str, tuple[ComponentStatus | None, ComponentRef]] = {}
    for index, update in enumerate(event.updates):
        if min(later.at for later in event.updates[index:]) <= at:
            for row in update.states:
                last[row.component.key] = (row.status, row.component)
    yield from last.values()


def is_vague(event: Event) -> bool:
    """Whether an event does not say what broke."""
    if event.impact is not None:
        return event.is_unattributed
    rows = [row.status for update in event.updates for row in update.states]
    return event.status is not None and all(level is None for level in rows)
