"""Incidents: something is wrong, and a page says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, final

import attrs

from incidentkit._authoring import (
    CHANGED,
    Affects,
    Change,
    corrected,
    posted,
    posted_all,
)
from incidentkit._event import Detection, Event
from incidentkit._lifecycle import REOPENING, STANDARD, Lifecycle, Step
from incidentkit._make import changer, maker
from incidentkit._time import instant, optional_instant
from incidentkit._time import text as time_text
from incidentkit._timeline import first_status
from incidentkit._vocabulary import (
    CLOSED,
    ComponentStatus,
    Impact,
    IncidentStatus,
    Status,
    incident_status,
    optional_incident_status,
)
from incidentkit.errors import IllegalTransition

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pendulum import DateTime

    from incidentkit._override import override
    from incidentkit._update import Update


@final
@attrs.frozen(kw_only=True, repr=False)
class Incident(Event):
    """
    An incident, as what was said about it.

    Open one, and let verbs carry it on; each returns a new incident:

    >>> incident = Incident.open(
    ...     "API down",
    ...     body="The API does not answer.",
    ...     at="2021-03-22T19:22:00Z",
    ...     affects={"API": "major_outage"},
    ... )
    >>> incident = incident.resolve("It answers again.", at="2021-03-22T20:52:00Z")
    >>> incident
    <Incident 'API down': resolved, 2 updates>
    >>> incident.duration.in_words()
    '1 hour 30 minutes'

    The constructor holds any history, however odd; verbs allow only legal steps.

    Raises:
        ValueError: a word that is no status of an incident, a time without a zone.
    """

    _kind: ClassVar[str] = "an incident"
    _statuses: ClassVar[tuple[Status, ...]] = tuple(IncidentStatus)

    stated_status: IncidentStatus | None = attrs.field(
        default=None, converter=optional_incident_status
    )
    """The status its page states, where that is not what the updates tell."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.stated_start is not None and self.stated_start == default_start(self):
            object.__setattr__(self, "stated_start", None)

    if TYPE_CHECKING:
        # The constructor refuses the other kind: narrower to type checkers alone.
        @property
        @override
        def status(self) -> IncidentStatus | None: ...

    def violations(
        self, lifecycle: Lifecycle[IncidentStatus] = STANDARD
    ) -> tuple[Step, ...]:
        """The illegal steps of its recorded history; a wrong beginning counts."""
        return lifecycle.violations(self.updates)

    @classmethod
    def open(  # noqa: PLR0913 - what is known when an incident begins
        cls,
        name: str,
        body: str = "",
        *,
        at: datetime | str,
        status: IncidentStatus | str = IncidentStatus.INVESTIGATING,
        impact: Impact | str | None = None,
        affects: Affects | None = None,
        started_at: datetime | str | None = None,
        id: str | None = None,
        update_id: str | None = None,
        detection: Detection | None = None,
        lifecycle: Lifecycle[IncidentStatus] = STANDARD,
    ) -> Incident:
        """
        Begin an incident with its first update.

        Args:
            name: what to call it.
            body: what the first update says.
            at: when it is told.
            status: what the first update names.
            impact: how badly it hurts; None leaves it to `derived_impact`.
            affects: components, by name, id or themselves, and the levels they are at.
            started_at: when it began, if it broke before it was told.
            id: its id, if its page has given one.
            update_id: the first update's id.
            detection: who noticed, and when.
            lifecycle: what may begin it.

        Raises:
            IllegalTransition: an incident may not begin with that status.
            ValueError: a wrong word, a time without a zone, or a start after `at`.
        """
        started, told = optional_instant(started_at), instant(at)
        if started is not None and started > told:
            msg = (
                f"it cannot start ({time_text(started)}) after it is told "
                f"({time_text(told)})"
            )
            raise ValueError(msg)
        blank = cls(
            name,
            impact=impact,
            id=id,
            stated_start=None if started == told else started,
            detection=detection,
            created_at=told,
        )
        return _changed(
            blank,
            posted(
                blank,
                incident_status(status),
                body,
                at=told,
                affects=affects,
                id=update_id,
                lifecycle=lifecycle,
                settle=_settle,
            ),
        )

    def post(  # noqa: PLR0913 - what an update can say
        self,
        status: IncidentStatus | str | None,
        body: str = "",
        *,
        at: datetime | str,
        affects: Affects | None = None,
        id: str | None = None,
        backdate: bool = False,
        lifecycle: Lifecycle[IncidentStatus] = STANDARD,
    ) -> Incident:
        """
        The incident with one update more.

        Does all that the verb named after the status does: a resolution recovers the
        components that `affects` does not name.

        Args:
            status: what the update names; None says something and moves nothing.
            body: what it says.
            at: when it is told.
            affects: the components whose level changes, and their levels.
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
            posted(
                self,
                optional_incident_status(status),
                body,
                at=at,
                affects=affects,
                id=id,
                lifecycle=lifecycle,
                settle=_settle,
                backdate=backdate,
            ),
        )

    def resolve(
        self,
        body: str = "",
        *,
        at: datetime | str,
        affects: Affects | None = None,
        id: str | None = None,
        lifecycle: Lifecycle[IncidentStatus] = STANDARD,
    ) -> Incident:
        """
        The incident, resolved: the components that `affects` does not name recover.

        Raises:
            IllegalTransition: the lifecycle does not let it be resolved from here.
            ValueError: as `post`.
        """
        return self.post(
            IncidentStatus.RESOLVED,
            body,
            at=at,
            affects=affects,
            id=id,
            lifecycle=lifecycle,
        )

    def reopen(
        self,
        body: str = "",
        *,
        at: datetime | str,
        to: IncidentStatus | str = IncidentStatus.INVESTIGATING,
        affects: Affects | None = None,
        id: str | None = None,
    ) -> Incident:
        """
        The incident, open again: the one way out of a resolution but a post-mortem.

        Args:
            body: what the update says.
            at: when it is told.
            to: the open status it returns to.
            affects: the components that are broken again.
            id: the update's id, if its page has given one.

        Raises:
            IllegalTransition: it is open already, or `to` is not an open status.
            ValueError: as `post`.
        """
        after, before = incident_status(to), self.status
        if (before, after) not in REOPENING.edges:
            raise IllegalTransition(before, after, REOPENING)
        return _changed(
            self,
            posted(
                self,
                after,
                body,
                at=at,
                affects=affects,
                id=id,
                lifecycle=REOPENING,
                settle=_settle,
            ),
        )

    def post_all(
        self,
        updates: Iterable[Update],
        *,
        lifecycle: Lifecycle[IncidentStatus] = STANDARD,
    ) -> Incident:
        """
        The incident with many updates more, in order of their `at`, in one pass.

        They are taken as they are: a resolution among them recovers only the components
        that its own rows name.

        Raises:
            IllegalTransition: a step is not legal; nothing has changed.
            ValueError: one is older than the last update there is, or names a status
                that no incident has.
        """
        more = tuple(updates)
        self._refuse_strange({update.status for update in more})
        return _changed(self, posted_all(self, more, lifecycle))

    def correct(
        self,
        update: Update | str,
        *,
        body: str | None = None,
        at: datetime | str | None = None,
        edited_at: datetime | str,
    ) -> Incident:
        """
        The incident with one update edited, and when it was.

        Args:
            update: which, itself or its id.
            body: what it is to say.
            at: the time it is to be shown under; its place in the timeline stays.
            edited_at: when it was edited.

        Raises:
            ValueError: there is no such update, or several.
        """
        return _changed(
            self, corrected(self, update, body=body, at=at, edited_at=edited_at)
        )


def _settle(before: Status | None, after: Status) -> ComponentStatus | None:
    # Whoever resolves an incident says that what it broke is whole again.
    if after in CLOSED and before not in CLOSED:
        return ComponentStatus.OPERATIONAL
    return None


def default_start(incident: Incident) -> DateTime | None:
    """
    When an incident began as its updates tell: what a stated start need not repeat.

    Of what was first told as over it is the end: any earlier time would claim to know.
    """
    told = incident.updates
    opening = first_status(told) or incident.stated_status
    if opening is not None and opening.is_closed and incident.ended_at is not None:
        return incident.ended_at
    times = [update.at for update in told]
    if incident.created_at is not None:
        times.append(incident.created_at)
    return min(times, default=None)


make_incident = maker(Incident)
_copied = changer(Incident, *CHANGED)


def _changed(incident: Incident, change: Change) -> Incident:
    changed = _copied(incident, *change)
    if changed.stated_start is not None:
        # An update may have come to tell the start: the constructor then drops it.
        return attrs.evolve(changed)
    return changed
