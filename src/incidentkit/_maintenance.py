"""Maintenances: something will be worked on, and a page says so beforehand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, final

import attrs

from incidentkit import _timeline as timeline
from incidentkit._authoring import (
    CHANGED,
    Affects,
    corrected,
    posted,
    posted_all,
)
from incidentkit._event import Event
from incidentkit._lifecycle import MAINTENANCE, Lifecycle, Step
from incidentkit._make import changer, maker
from incidentkit._override import override
from incidentkit._time import instant, optional_instant
from incidentkit._time import text as time_text
from incidentkit._vocabulary import (
    CLOSED,
    ComponentStatus,
    Impact,
    MaintenanceStatus,
    Status,
    optional_impact,
    optional_maintenance_status,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pendulum import DateTime

    from incidentkit._component import ComponentLike
    from incidentkit._update import Update

_SCHEDULED = MaintenanceStatus.SCHEDULED
_IN_PROGRESS = MaintenanceStatus.IN_PROGRESS
_VERIFYING = MaintenanceStatus.VERIFYING


@final
@attrs.frozen(kw_only=True, repr=False)
class Maintenance(Event):
    """
    A planned maintenance, as what was said about it.

    >>> maintenance = Maintenance.schedule(
    ...     "Database upgrade",
    ...     at="2024-05-01T09:00:00Z",
    ...     scheduled_for="2024-05-04T22:00:00Z",
    ...     scheduled_until="2024-05-05T02:00:00Z",
    ...     components=["Database"],
    ... )
    >>> maintenance = maintenance.start(at="2024-05-04T22:03:00Z")
    >>> maintenance.complete(at="2024-05-05T01:10:00Z").duration.in_words()
    '3 hours 7 minutes'

    Raises:
        ValueError: a word that is no status of a maintenance, a time without a zone.
    """

    _kind: ClassVar[str] = "a maintenance"
    _statuses: ClassVar[tuple[Status, ...]] = tuple(MaintenanceStatus)

    impact: Impact | None = attrs.field(
        default=Impact.MAINTENANCE, converter=optional_impact
    )
    """How badly it hurts, as stated."""
    stated_status: MaintenanceStatus | None = attrs.field(
        default=None, converter=optional_maintenance_status
    )
    """The status its page states, where that is not what the updates tell."""
    scheduled_for: DateTime | None = attrs.field(
        default=None, converter=optional_instant
    )
    """When it is to begin."""
    scheduled_until: DateTime | None = attrs.field(
        default=None, converter=optional_instant
    )
    """When it is to be over."""

    if TYPE_CHECKING:
        # The constructor refuses the other kind: narrower to type checkers alone.
        @property
        @override
        def status(self) -> MaintenanceStatus | None: ...

    @property
    @override
    def began_at(self) -> DateTime | None:
        """
        When it began: with its first in-progress update, else as stated or scheduled.

        What was cancelled before it began, began as scheduled and took no time.
        """
        for at, update in zip(
            timeline.effects(self.updates), self.updates, strict=True
        ):
            if update.status is _IN_PROGRESS:
                return at
        return self.scheduled_for if self.stated_start is None else self.stated_start

    @property
    @override
    def start_known(self) -> bool:
        """Whether it began or is scheduled to."""
        return self.began_at is not None

    @override
    def _lasted(self) -> timedelta | None:
        lasted = super()._lasted()
        if lasted is None or lasted >= timedelta() or self._was_worked_on:
            return lasted
        # What is called off before it was to begin took no time, and nothing is amiss.
        return timedelta() if self.status is MaintenanceStatus.CANCELLED else lasted

    @property
    def _was_worked_on(self) -> bool:
        return any(update.status is _IN_PROGRESS for update in self.updates)

    @property
    @override
    def notable(self) -> tuple[object, ...]:
        """What a reader of the page would notice: what the fingerprint is taken of."""
        return (*super().notable, self.scheduled_for, self.scheduled_until)

    def violations(
        self, lifecycle: Lifecycle[MaintenanceStatus] = MAINTENANCE
    ) -> tuple[Step, ...]:
        """The illegal steps of its recorded history; a wrong beginning counts."""
        return lifecycle.violations(self.updates)

    @classmethod
    def schedule(  # noqa: PLR0913 - what is known when a maintenance is announced
        cls,
        name: str,
        body: str = "",
        *,
        at: datetime | str,
        scheduled_for: datetime | str,
        scheduled_until: datetime | str | None = None,
        components: Iterable[ComponentLike] = (),
        impact: Impact | str | None = Impact.MAINTENANCE,
        id: str | None = None,
        update_id: str | None = None,
    ) -> Maintenance:
        """
        Announce a maintenance.

        Args:
            name: what to call it.
            body: what the first update says.
            at: when it is told.
            scheduled_for: when it is to begin.
            scheduled_until: when it is to be over.
            components: what it will work on; their levels change when it starts.
            impact: how badly it will hurt.
            id: its id, if its page has given one.
            update_id: the first update's id.

        Raises:
            ValueError: it is to be over before it begins, or a time has no zone.
        """
        begin, end = instant(scheduled_for), optional_instant(scheduled_until)
        if end is not None and end < begin:
            msg = (
                f"it cannot be over ({time_text(end)}) before it begins "
                f"({time_text(begin)})"
            )
            raise ValueError(msg)
        blank = cls(
            name,
            impact=impact,
            id=id,
            scheduled_for=begin,
            scheduled_until=end,
            components=components,
            created_at=at,
        )
        return _changed(
            blank,
            *posted(
                blank,
                _SCHEDULED,
                body,
                at=at,
                affects=None,
                id=update_id,
                lifecycle=MAINTENANCE,
                settle=_settle,
            ),
        )

    def post(  # noqa: PLR0913 - what an update can say
        self,
        status: MaintenanceStatus | str | None,
        body: str = "",
        *,
        at: datetime | str,
        affects: Affects | None = None,
        id: str | None = None,
        backdate: bool = False,
        lifecycle: Lifecycle[MaintenanceStatus] = MAINTENANCE,
    ) -> Maintenance:
        """
        The maintenance with one update more.

        Does all that the verb named after the status does: a start puts its components
        under maintenance, an end or a postponement brings them back, unless `affects`
        names another level.

        Args:
            status: what the update names; None says something and moves nothing.
            body: what it says.
            at: when it is told.
            affects: components whose level is not the usual one, and their levels.
            id: the update's id, if its page has given one.
            backdate: whether it may stand before updates there are; the steps to both
                neighbours are checked then.
            lifecycle: which steps are legal.

        Raises:
            IllegalTransition: the step is not legal; nothing has changed.
            ValueError: it is older than the last update, a wrong word, a time without
                a zone.
        """
        return _changed(
            self,
            *posted(
                self,
                optional_maintenance_status(status),
                body,
                at=at,
                affects=affects,
                id=id,
                lifecycle=lifecycle,
                settle=_settle,
                backdate=backdate,
            ),
        )

    def start(
        self,
        body: str = "",
        *,
        at: datetime | str,
        affects: Affects | None = None,
        id: str | None = None,
    ) -> Maintenance:
        """
        The maintenance in progress, its components under maintenance.

        Raises:
            IllegalTransition: it is past that.
            ValueError: as `post`.
        """
        return self.post(_IN_PROGRESS, body, at=at, affects=affects, id=id)

    def verify(
        self,
        body: str = "",
        *,
        at: datetime | str,
        affects: Affects | None = None,
        id: str | None = None,
    ) -> Maintenance:
        """
        The maintenance done and being verified.

        Raises:
            IllegalTransition: it is not in progress.
            ValueError: as `post`.
        """
        return self.post(_VERIFYING, body, at=at, affects=affects, id=id)

    def complete(
        self,
        body: str = "",
        *,
        at: datetime | str,
        affects: Affects | None = None,
        id: str | None = None,
    ) -> Maintenance:
        """
        The maintenance over: the components that `affects` does not name come back.

        Raises:
            IllegalTransition: it never began.
            ValueError: as `post`.
        """
        return self.post(
            MaintenanceStatus.COMPLETED, body, at=at, affects=affects, id=id
        )

    def cancel(
        self,
        body: str = "",
        *,
        at: datetime | str,
        affects: Affects | None = None,
        id: str | None = None,
    ) -> Maintenance:
        """
        The maintenance called off, before it began or halfway.

        Raises:
            IllegalTransition: it is over or all but over.
            ValueError: as `post`.
        """
        return self.post(
            MaintenanceStatus.CANCELLED, body, at=at, affects=affects, id=id
        )

    def post_all(
        self,
        updates: Iterable[Update],
        *,
        lifecycle: Lifecycle[MaintenanceStatus] = MAINTENANCE,
    ) -> Maintenance:
        """
        The maintenance with many updates more, in order of their `at`, in one pass.

        Raises:
            IllegalTransition: a step is not legal; nothing has changed.
            ValueError: one is older than the last update there is, or names a status
                that no maintenance has.
        """
        more = tuple(updates)
        self._refuse_strange({update.status for update in more})
        return _changed(self, *posted_all(self, more, lifecycle))

    def correct(
        self,
        update: Update | str,
        *,
        body: str | None = None,
        at: datetime | str | None = None,
        edited_at: datetime | str,
    ) -> Maintenance:
        """
        The maintenance with one update edited, and when it was.

        Raises:
            ValueError: there is no such update, or several.
        """
        return _changed(
            self, *corrected(self, update, body=body, at=at, edited_at=edited_at)
        )


def _settle(before: Status | None, after: Status) -> ComponentStatus | None:
    # Work puts its components under maintenance; its end, or putting it off, brings
    # them back.
    if after is _IN_PROGRESS and before is not _VERIFYING:
        return ComponentStatus.UNDER_MAINTENANCE
    if after in CLOSED or after is _SCHEDULED:
        return ComponentStatus.OPERATIONAL
    return None


make_maintenance = maker(Maintenance)
_changed = changer(Maintenance, *CHANGED)
