"""Status pages: components, incidents and maintenances, and what of them is known."""

from __future__ import annotations

from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, TypeVar, final

import attrs

from incidentkit._component import (
    Component,
    ComponentLike,
    ComponentRef,
    Mentions,
    Outage,
    find,
    ref,
)
from incidentkit._coverage import NO_COVERAGE, Coverage
from incidentkit._event import Event
from incidentkit._finding import Converted, Report
from incidentkit._fingerprint import fingerprint
from incidentkit._frozen import (
    NO_EXTRAS,
    NO_LINKS,
    FrozenMapping,
    extras,
    lasting,
    links,
)
from incidentkit._incident import Incident
from incidentkit._joining import (
    join_components,
    join_days,
    join_events,
    realiased,
    renamed,
)
from incidentkit._maintenance import Maintenance
from incidentkit._make import maker
from incidentkit._override import override
from incidentkit._recorded import RecordedDay
from incidentkit._rollup import rolled_up
from incidentkit._stretch import Stretch
from incidentkit._text import optional_text, shorten
from incidentkit._time import instant, local, optional_instant, zone
from incidentkit._timeline import last_levels
from incidentkit._vocabulary import (
    ComponentStatus,
    Indicator,
    optional_indicator,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from pendulum import DateTime

E = TypeVar("E", bound=Event)
K = TypeVar("K", bound="Event | RecordedDay")


def _components(values: Iterable[ComponentLike]) -> tuple[Component, ...]:
    return tuple(map(_component, values))


def _component(value: ComponentLike) -> Component:
    if isinstance(value, Component):
        return value
    mention = ref(value)
    return Component(mention.label, id=mention.id)


def _incidents(values: Iterable[Incident]) -> tuple[Incident, ...]:
    return _all(Incident, values)


def _maintenances(values: Iterable[Maintenance]) -> tuple[Maintenance, ...]:
    return _all(Maintenance, values)


def _recorded(values: Iterable[RecordedDay]) -> tuple[RecordedDay, ...]:
    return _all(RecordedDay, values)


def _all(kind: type[K], values: Iterable[K]) -> tuple[K, ...]:
    given = tuple(values)
    for one in given:
        if not isinstance(one, kind):  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"{kind.__name__} is wanted, not {one!r}"
            raise TypeError(msg)
    return given


@final
@attrs.frozen(kw_only=True, repr=False)
class StatusPage:
    """
    A status page, or as much of one as is known.

    >>> page = StatusPage("Kalix EMR", components=["Kalix Platform", "Telehealth"])
    >>> page = page.record(
    ...     Incident.open(
    ...         "API down",
    ...         at="2021-03-22T19:22:00Z",
    ...         affects={"Kalix Platform": "major_outage"},
    ...     )
    ... )
    >>> page.component("Kalix Platform").status
    <ComponentStatus.MAJOR_OUTAGE: 'major_outage'>
    >>> [incident.name for incident in page.open_incidents]
    ['API down']

    Raises:
        ValueError: a word that is no indicator, a time without a zone.
        TypeError: something else where a component, an incident, a maintenance or a
            recorded day belongs.
    """

    name: str | None = attrs.field(default=None, converter=optional_text, kw_only=False)
    """Whose page it is."""
    url: str | None = attrs.field(default=None, converter=optional_text)
    """Its address. Text from a page: check it before you link to it."""
    id: str | None = attrs.field(default=None, converter=optional_text)
    """Its id with its vendor."""
    time_zone: str | None = attrs.field(default=None, converter=optional_text)
    """The zone it shows times in, by its IANA name where the source is that good."""
    components: tuple[Component, ...] = attrs.field(default=(), converter=_components)
    """Its entries, groups included, in the page's order."""
    incidents: tuple[Incident, ...] = attrs.field(default=(), converter=_incidents)
    """Its incidents, in the page's order: usually the newest first."""
    maintenances: tuple[Maintenance, ...] = attrs.field(
        default=(), converter=_maintenances
    )
    """Its maintenances, in the page's order."""
    recorded: tuple[RecordedDay, ...] = attrs.field(default=(), converter=_recorded)
    """What its vendor recorded of outages, by component and day, if it publishes it."""
    updated_at: DateTime | None = attrs.field(default=None, converter=optional_instant)
    """When it last changed, as it says."""
    stated_indicator: Indicator | None = attrs.field(
        default=None, converter=optional_indicator
    )
    """What it says of itself, where that is not what its components add up to."""
    stated_description: str | None = attrs.field(default=None, converter=optional_text)
    """The sentence it says of itself, where that is not the indicator's own."""
    observed_at: DateTime | None = attrs.field(default=None, converter=optional_instant)
    """When the caller looked."""
    coverage: Coverage = attrs.field(default=NO_COVERAGE)
    """Where absence means that something did not happen."""
    links: FrozenMapping[str] = attrs.field(default=NO_LINKS, converter=links)
    """What it is called elsewhere, by place."""
    extras: FrozenMapping[FrozenMapping[object]] = attrs.field(
        default=NO_EXTRAS, converter=extras
    )
    """What formats said that the model has no place for, by format."""

    def __attrs_post_init__(self) -> None:
        # What is stated is kept only where the components do not add up to the same.
        stated, said = self.stated_indicator, self.stated_description
        if stated is not None and stated is self.rolled_up:
            object.__setattr__(self, "stated_indicator", None)
        if said is not None and said == self._own_description():
            object.__setattr__(self, "stated_description", None)

    @override
    def __repr__(self) -> str:
        counted = ", ".join(
            f"{len(things)} {what}" + ("s" if len(things) != 1 else "")
            for things, what in (
                (self.components, "component"),
                (self.incidents, "incident"),
                (self.maintenances, "maintenance"),
            )
        )
        name = "of nobody" if self.name is None else shorten(self.name)
        return f"<StatusPage {name}: {counted}>"

    # -- what it adds up to ----------------------------------------------------

    @property
    def rolled_up(self) -> Indicator | None:
        """
        What its components add up to, by Statuspage's rule; None without any.

        All in major outage is critical; any, or all in partial outage, major; any in
        partial outage or degraded, minor; any under maintenance, maintenance. Groups
        and incidents do not count. A component of unknown level is never green: where
        nothing worse is known, the whole is unknown.
        """
        summed = rolled_up(self.components)
        return None if summed is None else summed[0]

    @property
    def rolled_up_description(self) -> str | None:
        """The sentence that goes with `rolled_up`."""
        summed = rolled_up(self.components)
        return None if summed is None else summed[1]

    @property
    def indicator(self) -> Indicator | None:
        """How it is, in one word: as stated, else as its components add up."""
        return (
            self.rolled_up if self.stated_indicator is None else self.stated_indicator
        )

    @property
    def description(self) -> str | None:
        """How it is, in a sentence: as stated, else the one for its indicator."""
        said = self.stated_description
        return self._own_description() if said is None else said

    def _own_description(self) -> str | None:
        if self.stated_indicator is not None:
            return self.stated_indicator.description
        return self.rolled_up_description

    @property
    def open_incidents(self) -> tuple[Incident, ...]:
        """The incidents that are not over."""
        return tuple(incident for incident in self.incidents if incident.is_open)

    @property
    def affected(self) -> tuple[ComponentRef, ...]:
        """What its open incidents and maintenances affect, each once by key."""
        met: dict[str, ComponentRef] = {}
        for event in (*self.incidents, *self.maintenances):
            if event.is_open:
                for mention in event.affected:
                    met.setdefault(mention.key, mention)
        return tuple(met.values())

    def outages(self, *, until: datetime | str) -> tuple[Outage, ...]:
        """
        Every outage that its incidents and maintenances tell, by start.

        Args:
            until: where those that go on are cut; those that begin later are left out.

        Raises:
            ValueError: `until` has no zone.
        """
        end = instant(until)
        told = (
            outage
            for event in (*self.incidents, *self.maintenances)
            for outage in event.outages
            if outage.start < end
        )
        cut = (
            attrs.evolve(outage, end=end)
            if outage.end is None or outage.end > end
            else outage
            for outage in told
        )
        return tuple(sorted(cut, key=attrgetter("start")))

    @property
    def fingerprint(self) -> str:
        """
        A short text that changes when a reader of the page would notice a change.

        Equal across processes. Extras, links, coverage, when it was built or observed,
        `updated_at` and a source's live component rows do not count.
        """
        return fingerprint(
            (
                self.name,
                self.url,
                self.indicator,
                self.description,
                tuple(
                    (
                        one.key,
                        one.name,
                        one.status,
                        one.group,
                        one.is_group,
                        one.description,
                        one.position,
                    )
                    for one in self.components
                ),
                tuple(incident.notable for incident in self.incidents),
                tuple(maintenance.notable for maintenance in self.maintenances),
                tuple(
                    (day.component.key, day.date, day.major_outage, day.partial_outage)
                    for day in self.recorded
                ),
            )
        )

    # -- what is on it ---------------------------------------------------------

    def component(self, key: ComponentLike) -> Component:
        """
        The component of an id, else the only one of a name.

        Raises:
            KeyError: there is none.
            ValueError: several have that name.
        """
        mentions = [one.ref for one in self.components]
        found = find(key, mentions)
        for one, mention in zip(self.components, mentions, strict=True):
            if mention is found:
                return one
        known = ", ".join(repr(one.name) for one in self.components[:20])
        msg = f"no component {key!r}; the page has {known or 'none'}"
        raise KeyError(msg)

    def leaves(self, group: ComponentLike) -> tuple[Component, ...]:
        """
        The components within a group, in the page's order; what is no group is its own.

        Groups within groups are followed, each once: a circle of groups ends.

        Raises:
            KeyError: there is no such component.
            ValueError: several have that name.
        """
        top = self.component(group)
        if not top.is_group:
            return (top,)
        within = {top.key}
        pending = [top.key]
        children: dict[str, list[Component]] = {}
        for one in self.components:
            if one.group is not None:
                children.setdefault(one.group, []).append(one)
        while pending:
            for child in children.get(pending.pop(), ()):
                if child.key not in within:
                    within.add(child.key)
                    pending.append(child.key)
        return tuple(
            one for one in self.components if one.key in within and not one.is_group
        )

    # -- other pages from it ---------------------------------------------------

    def record(self, event: Incident | Maintenance) -> StatusPage:
        """
        The page with an incident or maintenance put in the place of the one of its key.

        A new one goes first. The page's components move to the levels that it tells
        anew; stated roll-ups are dropped, for they are about the page as it was.
        """
        incidents, maintenances = self.incidents, self.maintenances
        if isinstance(event, Incident):
            incidents, known = _placed(incidents, event)
        else:
            maintenances, known = _placed(maintenances, event)
        told = {
            key: level
            for key, level in last_levels(event.updates).items()
            if key not in known or known[key] is not level
        }
        times = (at for at in (self.updated_at, event.updated_at) if at is not None)
        return attrs.evolve(
            self,
            components=_moved(self.components, event.affected, told),
            incidents=incidents,
            maintenances=maintenances,
            updated_at=max(times, default=None),
            stated_indicator=None if told else self.stated_indicator,
            stated_description=None if told else self.stated_description,
            extras=lasting(self.extras),
        )

    def covering(self, start: datetime | str, end: datetime | str) -> StatusPage:
        """
        The page, declared complete over a time: what is absent then did not happen.

        Raises:
            ValueError: the end is before the start, or a time has no zone.
        """
        known = (Stretch(start, end, None),)
        declared = Coverage(incidents=known, maintenances=known, states=known)
        return attrs.evolve(self, coverage=self.coverage | declared)

    def as_of(self, at: datetime | str) -> StatusPage:
        """
        The page as it stood at an instant, as far as its updates tell.

        Incidents and maintenances posted later are gone; components put up later too,
        and the others are at the level last told of them, or at an unknown one. Of
        coverage and recorded days what lies before is kept.

        Raises:
            ValueError: `at` has no zone.
        """
        moment = instant(at)
        incidents = _past(self.incidents, moment)
        maintenances = _past(self.maintenances, moment)
        rows = [
            (update.at, row)
            for event in (*incidents, *maintenances)
            for update in event.updates
            for row in update.states
            if update.at <= moment
        ]
        rows.sort(key=itemgetter(0))
        there = _moved(
            tuple(
                attrs.evolve(one, status=None)
                for one in self.components
                if one.created_at is None or one.created_at <= moment
            ),
            (row.component for _, row in rows),
            {row.component.key: row.status for _, row in rows},
        )
        return attrs.evolve(
            self,
            components=there,
            incidents=incidents,
            maintenances=maintenances,
            updated_at=None,
            stated_indicator=None,
            stated_description=None,
            observed_at=None,
            coverage=self.coverage.until(moment),
            recorded=self._recorded_by(moment),
            extras=lasting(self.extras),
        )

    def _recorded_by(self, moment: DateTime) -> tuple[RecordedDay, ...]:
        # A day is recorded when it is over, where the page is.
        there = None if self.time_zone is None else zone(self.time_zone)
        today = local(moment, there).date()
        return tuple(day for day in self.recorded if day.date < today)

    @classmethod
    def joined(
        cls, *pages: StatusPage, aliases: Mapping[str, str] | None = None
    ) -> Converted[StatusPage]:
        """
        Several documents of one page, as one page.

        Components are the same by id, then by group and name; incidents and
        maintenances by id, then by address, then by name and the minute they began. Of
        two tellings, the one updated last is believed, and its gaps are filled; one
        without ids, as of a feed, only adds to one that has them. A component's
        recorded day is taken from the page looked at last, and coverage is united.

        Args:
            pages: what was read, in order of preference where nothing else decides.
            aliases: keys of components mapped to the keys they are to be known by.

        Returns:
            The page, with findings for what could not be told apart.
        """
        known, report = aliases or {}, Report()
        coverage = NO_COVERAGE
        for page in pages:
            coverage |= page.coverage
        by_age = sorted(pages, key=_recency)
        # Of two looked at at once, the first is preferred.
        newest = max(pages, key=_recency, default=cls())
        saying = max(filter(_says, pages), key=_recency, default=newest)
        return report.converted(
            attrs.evolve(
                newest,
                name=_first(page.name for page in pages),
                url=_first(page.url for page in pages),
                id=_first(page.id for page in pages),
                time_zone=_first(page.time_zone for page in pages),
                components=join_components(
                    (realiased(page.components, known) for page in pages), report
                ),
                incidents=join_events(
                    (renamed(page.incidents, known) for page in pages),
                    "incidents",
                    report,
                ),
                maintenances=join_events(
                    (renamed(page.maintenances, known) for page in pages),
                    "maintenances",
                    report,
                ),
                recorded=join_days((page.recorded for page in by_age), known),
                stated_indicator=saying.stated_indicator,
                stated_description=saying.stated_description,
                coverage=coverage,
                links={
                    name: to
                    for page in reversed(pages)
                    for name, to in page.links.items()
                },
                extras=NO_EXTRAS,
            )
        )


_NEVER = instant("0001-01-01T00:00:00Z")


def _recency(page: StatusPage) -> DateTime:
    return page.observed_at or page.updated_at or _NEVER


def _says(page: StatusPage) -> bool:
    """Whether it is a document that can say how the whole page is."""
    return page.indicator is not None or page.description is not None


def _first(told: Iterable[str | None]) -> str | None:
    return next((one for one in told if one is not None), None)


def _past(events: tuple[E, ...], moment: DateTime) -> tuple[E, ...]:
    stood = (event.as_of(moment) for event in events)
    return tuple(event for event in stood if event is not None)


def _placed(
    mine: tuple[E, ...], event: E
) -> tuple[tuple[E, ...], Mapping[str, ComponentStatus | None]]:
    """The events with one in its place, and the levels told where it was before."""
    old = next((one for one in mine if one.key == event.key), None)
    if old is None:
        return (event, *mine), {}
    placed = tuple(event if one is old else one for one in mine)
    return placed, last_levels(old.updates)


def _moved(
    components: tuple[Component, ...],
    affected: Iterable[ComponentRef],
    told: Mapping[str, ComponentStatus | None],
) -> tuple[Component, ...]:
    """The components, at the levels told of those that a mention surely means."""
    mentions = Mentions(one.ref for one in components)
    levels: dict[str, ComponentStatus | None] = {}
    for mention in affected:
        meant = mentions.meant(mention)
        if mention.key in told and len(meant) == 1:
            levels[meant[0].key] = told[mention.key]
    return tuple(
        attrs.evolve(one, status=levels[one.key], extras=lasting(one.extras))
        if one.key in levels
        else one
        for one in components
    )


make_page = maker(StatusPage)
