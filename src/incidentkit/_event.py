"""
What incidents and maintenances share: what is stored, and all that is derived from it.

An event stores what was said (its updates, and what its page *states* besides) and
derives the rest. Every derived fact is total: defined for whatever history a
constructor accepts, None where nobody said.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, Self

import attrs

from incidentkit import _timeline as timeline
from incidentkit._component import ComponentLike, ComponentRef, find, refs
from incidentkit._finding import Finding
from incidentkit._fingerprint import fingerprint
from incidentkit._frozen import (
    NO_EXTRAS,
    NO_LINKS,
    FrozenMapping,
    extras,
    lasting,
    links,
)
from incidentkit._lifecycle import Step, steps
from incidentkit._override import override
from incidentkit._stretch import clip, total
from incidentkit._text import optional_text, shorten, text
from incidentkit._time import elapsed, instant, optional_instant, span
from incidentkit._time import text as time_text
from incidentkit._update import Update
from incidentkit._vocabulary import (
    ComponentStatus,
    Impact,
    Status,
    optional_impact,
    optional_status,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pendulum import DateTime, Duration

    from incidentkit._component import Outage
    from incidentkit._stretch import Stretch

_ZERO = timedelta()
_OPERATIONAL = ComponentStatus.OPERATIONAL


def updates(value: Iterable[Update]) -> tuple[Update, ...]:
    """The converter of a timeline."""
    told = tuple(value)
    for update in told:
        if not isinstance(update, Update):  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"an Update is wanted, not {update!r}"
            raise TypeError(msg)
    return told


def default_created_at(told: Iterable[Update]) -> DateTime | None:
    """When an event was put on its page, unless told otherwise: at its first update."""
    return min(map(attrgetter("created_at"), told), default=None)


def default_updated_at(told: Iterable[Update]) -> DateTime | None:
    """When an event last changed, unless told otherwise: with the last edit."""
    return max(map(attrgetter("updated_at"), told), default=None)


@attrs.frozen
class Detection:
    """Who noticed, and when: an aggregator, a monitor, a user."""

    by: str = attrs.field(converter=text)
    """Who."""
    at: DateTime | None = attrs.field(default=None, converter=optional_instant)
    """When, if it is known."""


@attrs.frozen(kw_only=True, repr=False)
class Event:
    """What `Incident` and `Maintenance` share; not for use by itself."""

    _kind: ClassVar[str] = "event"
    # The statuses its updates may name, in their usual order.
    _statuses: ClassVar[tuple[Status, ...]] = ()

    name: str = attrs.field(converter=text, kw_only=False)
    """What the page calls it."""
    impact: Impact | None = attrs.field(default=None, converter=optional_impact)
    """How badly it hurts, as stated; None: nobody said. See `derived_impact`."""
    updates: tuple[Update, ...] = attrs.field(default=(), converter=updates)
    """What was said, in posting order."""
    components: tuple[ComponentRef, ...] = attrs.field(default=(), converter=refs)
    """The components it is attached to, in order; `affected` has all of them."""
    id: str | None = attrs.field(default=None, converter=optional_text)
    """Its id on its page."""
    url: str | None = attrs.field(default=None, converter=optional_text)
    """Its permanent address. Text from a page: check it before you link to it."""
    created_at: DateTime | None = attrs.field(default=None, converter=optional_instant)
    """When it was put on the page: unless told otherwise, with its first update."""
    updated_at: DateTime | None = attrs.field(default=None, converter=optional_instant)
    """When it last changed: unless told otherwise, with the last edit of an update."""
    stated_status: Status | None = attrs.field(default=None, converter=optional_status)
    """The status its page states, where that is not what the updates tell."""
    stated_start: DateTime | None = attrs.field(
        default=None, converter=optional_instant
    )
    """The start its page states, where that is not what the updates tell."""
    stated_end: DateTime | None = attrs.field(default=None, converter=optional_instant)
    """The end its page states, where that is not what the updates tell."""
    detection: Detection | None = attrs.field(default=None)
    """Who noticed, and when."""
    postmortem: str | None = attrs.field(default=None, converter=optional_text)
    """The post-mortem, if it is published apart from the updates."""
    links: FrozenMapping[str] = attrs.field(default=NO_LINKS, converter=links)
    """What it is called elsewhere, by place."""
    extras: FrozenMapping[FrozenMapping[object]] = attrs.field(
        default=NO_EXTRAS, converter=extras
    )
    """What formats said that the model has no place for, by format."""

    def __attrs_post_init__(self) -> None:
        self._refuse_strange(
            {self.stated_status, *(one.status for one in self.updates)}
        )
        if self.created_at is None:
            created = default_created_at(self.updates)
            object.__setattr__(self, "created_at", created)
        self._drop_repeated()
        if self.updated_at is None:
            updated = default_updated_at(self.updates) or self.created_at
            object.__setattr__(self, "updated_at", updated)

    def _drop_repeated(self) -> None:
        # What is stated is kept only where the updates do not tell the same.
        if self.stated_status is timeline.last_status(self.updates):
            object.__setattr__(self, "stated_status", None)
        if self.stated_end is not None and not self.is_open:
            ended = timeline.closing(self.updates)
            if ended is not None and ended.at == self.stated_end:
                object.__setattr__(self, "stated_end", None)

    def _refuse_strange(self, met: set[Status | None]) -> None:
        for status in met:
            if status is not None and status not in self._statuses:
                words = ", ".join(repr(known.value) for known in self._statuses)
                msg = f"{self._kind} is never {status.value!r}: use one of {words}"
                raise ValueError(msg)

    @override
    def __repr__(self) -> str:
        status = "unknown" if self.status is None else self.status.value
        told = f"{len(self.updates)} update" + ("s" if len(self.updates) != 1 else "")
        return f"<{type(self).__name__} {shorten(self.name)}: {status}, {told}>"

    # -- what it is ------------------------------------------------------------

    @property
    def key(self) -> str:
        """
        What tells it from others of its page, for as long as it is told.

        The id; else the permanent address; else the name with the first instant. Never
        what an update says, and never where it stands.
        """
        if self.id is not None:
            return self.id
        if self.url is not None:
            return self.url
        first = self.created_at
        return self.name if first is None else f"{self.name} @ {time_text(first)}"

    @property
    def fingerprint(self) -> str:
        """
        A short text that changes when a reader of the page would notice a change.

        Equal across processes. Extras, links, build dates, `updated_at` and a source's
        live component rows do not count.
        """
        return fingerprint(self.notable)

    @property
    def notable(self) -> tuple[object, ...]:
        """What a reader of the page would notice: what the fingerprint is taken of."""
        return (
            self._kind,
            self.key,
            self.name,
            self.impact,
            self.status,
            self.url,
            self.began_at,
            self.ended_at,
            self.postmortem,
            tuple((mention.id, mention.name) for mention in self.components),
            tuple(
                (
                    told.status,
                    told.body,
                    told.at,
                    tuple((row.component.key, row.status) for row in told.states),
                )
                for told in self.updates
            ),
        )

    # -- where it stands -------------------------------------------------------

    @property
    def status(self) -> Status | None:
        """Where it stands: as stated, else the last status that an update names."""
        if self.stated_status is not None:
            return self.stated_status
        told = self.updates
        if told and (last := told[-1].status) is not None:
            return last  # as a rule: verbs wait for this
        return timeline.last_status(told)

    @property
    def is_open(self) -> bool:
        """Whether it is not over. What has no status at all is open."""
        status = self.status
        return status is None or not status.is_closed

    # -- when it was -----------------------------------------------------------

    @property
    def began_at(self) -> DateTime | None:
        """
        When it began: the earliest of the stated start, `created_at`, every `at`.

        None if nothing tells a time. Ask `start_known` before you measure from it.
        """
        stated = (self.stated_start, self.created_at)
        times = (*stated, *(update.at for update in self.updates))
        return min((at for at in times if at is not None), default=None)

    @property
    def start_known(self) -> bool:
        """
        Whether `began_at` is a start, and not merely when somebody wrote it down.

        It is not for what was first told as already over, unless a start is stated that
        is earlier than the end. One vendor's history of 1,282 incidents has 839 such
        imports; measured from their first word they lasted no time at all.
        """
        opening = timeline.first_status(self.updates) or self.stated_status
        if opening is None or not opening.is_closed:
            return self.began_at is not None
        end, start = self.ended_at, self.stated_start
        return end is not None and start is not None and start < end

    @property
    def ended_at(self) -> DateTime | None:
        """
        When it ended: None while it is open, and where nobody said when.

        The stated end, else the `at` of the update that entered the last closed
        stretch: a note after the resolution does not move it.
        """
        if self.is_open:
            return None
        if self.stated_end is not None:
            return self.stated_end
        update = timeline.closing(self.updates)
        return None if update is None else update.at

    @property
    def end_known(self) -> bool:
        """Whether it is over and somebody said when."""
        return self.ended_at is not None

    @property
    def duration(self) -> Duration | None:
        """
        How long it lasted, from `began_at` to `ended_at`; never below zero.

        None while it is open (ask `elapsed`), and where the start or the end is
        unknown. The hours between a resolution and a reopening count; `open_time`
        leaves them out.
        """
        lasted = self._lasted()
        return None if lasted is None else span(max(lasted, _ZERO))

    def _lasted(self) -> timedelta | None:
        # As recorded: below zero if it is stated to have ended before it began.
        began, ended = self.began_at, self.ended_at
        if began is None or ended is None or not self.start_known:
            return None
        return elapsed(began, ended)

    def elapsed(self, *, now: datetime | str) -> Duration | None:
        """
        How long it has lasted by `now`; of what is over, the `duration`.

        None where the start is unknown, and zero before it.

        Raises:
            ValueError: `now` has no zone.
        """
        if not self.is_open:
            return self.duration
        began = self.began_at
        if began is None or not self.start_known:
            return None
        return span(max(elapsed(began, instant(now)), _ZERO))

    def open_time(self, *, now: datetime | str) -> Duration | None:
        """
        How long it was open by `now`, the sum of its open stretches alone.

        What was resolved and reopened is not open in between, nor is anything before
        `began_at`. None where the start is unknown, and where it is over and nobody
        said since when.

        Raises:
            ValueError: `now` has no zone.
        """
        began = self.began_at
        if began is None or not self.start_known or not self._cut_known:
            return None
        still = (s for s in self.stretches if s.held is None or not s.held.is_closed)
        return span(total(clip(still, began, instant(now))))

    @property
    def _cut_known(self) -> bool:
        # Whether it is known how long what was said last has held.
        return self.is_open or self.end_known

    @property
    def stretches(self) -> tuple[Stretch[Status | None], ...]:
        """
        The timeline as consecutive stretches, each with the status that held.

        A status begins at the earliest `at` of its update or any later one, so that
        updates posted late and dated back stay in order. The last stretch has no end;
        time between the beginning and the first status holds None; a known end is
        where the last closed stretch begins.
        """
        return timeline.stretches(
            timeline.entries(self.updates, self.ended_at, self.stated_status),
            self.began_at if self.start_known else None,
        )

    def time_in(
        self, status: Status | str, *, now: datetime | str | None = None
    ) -> Duration:
        """
        How long it was at a status, all its stretches summed.

        Args:
            status: which.
            now: where a stretch that still holds is cut; without it, that one counts
                nothing, nor does it where it is over and nobody said since when.

        Raises:
            ValueError: a word that is no status, or `now` has no zone.
        """
        until = optional_instant(now)
        return span(
            timeline.time_in(
                timeline.entries(self.updates, self.ended_at, self.stated_status),
                optional_status(status),
                until if self._cut_known else None,
            )
        )

    def time_to(self, status: Status | str) -> Duration | None:
        """
        How long it took from the beginning to reach a status.

        To identify, to mitigate (the first `monitoring`), to resolve. Of a closed
        status it is the last time that counts, for only that one lasted. None where it
        was not reached, or the start is unknown.

        Raises:
            ValueError: a word that is no status.
        """
        wanted = optional_status(status)
        began = self.began_at
        if wanted is None or began is None or not self.start_known:
            return None
        met = [stretch.start for stretch in self.stretches if stretch.held is wanted]
        if not met or (wanted.is_closed and self.is_open):
            return None
        reached = met[-1] if wanted.is_closed else met[0]
        return span(max(elapsed(began, reached), _ZERO))

    # -- how it went -----------------------------------------------------------

    @property
    def regressions(self) -> tuple[Step, ...]:
        """The steps back among the open statuses: fixes that turned out not to be."""
        rank = self._statuses.index
        return tuple(
            step
            for step in steps(self.updates)
            if step.before is not None
            and not step.before.is_closed
            and rank(step.after) < rank(step.before)
        )

    @property
    def reopenings(self) -> tuple[Step, ...]:
        """The returns from a closed status to an open one."""
        return tuple(
            step
            for step in steps(self.updates)
            if step.before is not None
            and step.before.is_closed
            and not step.after.is_closed
        )

    @property
    def longest_silence(self) -> Duration | None:
        """
        The longest time between two updates while it was open.

        What follows a resolution is not silence. None with fewer than two updates to
        measure between.
        """
        longest: timedelta | None = None
        status: Status | None = None
        silences = pairwise(timeline.effects(self.updates))
        for update, (at, following) in zip(self.updates, silences, strict=False):
            status = update.status or status
            if status is None or not status.is_closed:
                silence = elapsed(at, following)
                longest = silence if longest is None else max(longest, silence)
        return None if longest is None else span(longest)

    def silence(self, *, now: datetime | str) -> Duration | None:
        """
        How long nothing has been said, by `now`; None once it is over.

        Raises:
            ValueError: `now` has no zone.
        """
        if not self.updates or not self.is_open:
            return None
        last = max(update.at for update in self.updates)
        return span(max(elapsed(last, instant(now)), _ZERO))

    def as_of(self, at: datetime | str) -> Self | None:
        """
        The event as it stood at an instant; None before it was first posted.

        From its last change on it stands as it does now. Before that, only updates
        posted by then count, and nothing that is stated apart from them and may have
        been stated later. Edits are not undone: only the last body of an update is
        known.

        Raises:
            ValueError: `at` has no zone.
        """
        moment = instant(at)
        if self._last_change is not None and self._last_change <= moment:
            return self
        first = default_created_at(self.updates)
        if self.created_at is not None and (first is None or self.created_at < first):
            first = self.created_at
        if first is None or first > moment:
            return None
        told = tuple(
            update
            if update.updated_at <= moment
            else attrs.evolve(update, updated_at=update.created_at)
            for update in self.updates
            if update.created_at <= moment
        )
        start, noticed, created = self.stated_start, self.detection, self.created_at
        if created is not None and created > moment:
            # What puts it up later than its own updates were posted is of the future.
            created = first
        return attrs.evolve(
            self,
            updates=told,
            created_at=created,
            updated_at=None,
            stated_status=None,
            stated_start=start if start is not None and start <= moment else None,
            stated_end=None,
            detection=(
                noticed
                if noticed is None or noticed.at is None or noticed.at <= moment
                else None
            ),
            postmortem=None,
            extras=lasting(self.extras),
        )

    @property
    def _last_change(self) -> DateTime | None:
        # The earliest instant by which all that is known can have been said.
        times = [self.created_at, self.updated_at, self.stated_start, self.stated_end]
        if self.detection is not None:
            times.append(self.detection.at)
        for update in self.updates:
            times += (update.created_at, update.updated_at)
        return max((at for at in times if at is not None), default=None)

    # -- what it hit -----------------------------------------------------------

    @property
    def affected(self) -> tuple[ComponentRef, ...]:
        """
        The components attached, then those mentioned, whatever their level.

        Each stands once, by key, in order of first mention: pages rename components and
        prefix their names, so where there is an id, the id decides.
        """
        met: dict[str, ComponentRef] = {}
        for mention in self.components:
            met.setdefault(mention.key, mention)
        for update in self.updates:
            for row in update.states:
                met.setdefault(row.component.key, row.component)
        return tuple(met.values())

    def affects(self, component: ComponentLike) -> bool:
        """
        Whether a component is among the affected: by its id, else by its name.

        Raises:
            ValueError: several affected components have that name.
        """
        return find(component, self.affected) is not None

    def affected_at(self, at: datetime | str) -> tuple[ComponentRef, ...]:
        """
        The components that were told not to be operational at an instant.

        Raises:
            ValueError: `at` has no zone.
        """
        moment = instant(at)
        return tuple(
            outage.component
            for outage in self.outages
            if outage.start <= moment and (outage.end is None or moment < outage.end)
        )

    @property
    def outages(self) -> tuple[Outage, ...]:
        """
        The stretches in which its components were above operational, by start.

        A level holds from its update until the next row for that component in the same
        event, and never past `ended_at`; where it is over and nobody said since when,
        not past the last update. Where a row's `before` is not the level known so far,
        something changed in the gap: it is dated at the row's update.
        """
        end = self.ended_at
        if end is None and self.updates and not self.is_open:
            end = self.updates[-1].at
        return timeline.outages(self.updates, end, self.key)

    @property
    def is_unattributed(self) -> bool:
        """
        Whether it claims an impact and no update says what broke.

        Its time is neither up nor down: of 1,282 incidents of one vendor 1,168 are so.
        """
        if self.impact is None or self.impact is Impact.NONE:
            return False
        return not any(
            row.status is not None and row.status is not _OPERATIONAL
            for update in self.updates
            for row in update.states
        )

    def worst_status(self, component: ComponentLike) -> ComponentStatus | None:
        """
        The worst level told of a component; None if no level of it is known.

        Raises:
            ValueError: several affected components have that name.
        """
        mention = find(component, self.affected)
        if mention is None:
            return None
        return timeline.worst_levels(self.updates).get(mention.key)

    @property
    def derived_impact(self) -> Impact | None:
        """
        The impact that the worst level of any component implies; None if none is known.

        Degraded is minor, partial outage major, major outage critical: what Statuspage
        states unless its operator overrides it.
        """
        worst = max(
            (
                row.status
                for update in self.updates
                for row in update.states
                if row.status is not None
            ),
            default=None,
        )
        return None if worst is None else worst.impact

    @property
    def amiss(self) -> tuple[Finding, ...]:
        """
        What the record itself says that cannot be right.

        A stated end beside an open status, an end before the beginning, components left
        broken at the end. Derived facts are defined all the same; this tells which
        are not to be believed.
        """
        found: list[Finding] = []
        if self.is_open and self.stated_end is not None:
            found.append(
                Finding(
                    "end.while_open",
                    path="$.stated_end",
                    detail="an end is stated and the status is open",
                    value=time_text(self.stated_end),
                )
            )
        lasted = self._lasted()
        if lasted is not None and lasted < _ZERO:
            found.append(
                Finding(
                    "duration.negative",
                    path="$.stated_end",
                    detail="it is stated to have ended before it began",
                    value=str(lasted),
                )
            )
        if not self.is_open:
            names = {mention.key: mention.label for mention in self.affected}
            for key, level in timeline.last_levels(self.updates).items():
                if level is not None and level is not _OPERATIONAL:
                    found.append(
                        Finding(
                            "component.left_broken",
                            path="$.updates",
                            detail=f"{names[key]} was {level.value} at the end",
                        )
                    )
        return tuple(found)
