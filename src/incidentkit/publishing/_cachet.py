"""Calls of Cachet's API, versions 2 and 3: what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit.publishing import _cachet_levels as levels
from incidentkit.publishing._cachet_dialect import DIALECT2, DIALECT3
from incidentkit.publishing._cachet_incidents import carry_incident
from incidentkit.publishing._cachet_losses import report_losses
from incidentkit.publishing._cachet_schedules import carry_schedule
from incidentkit.publishing._case import case
from incidentkit.publishing._pages import carried
from incidentkit.publishing._plan import plan_for

if TYPE_CHECKING:
    from incidentkit._finding import Converted
    from incidentkit._page import StatusPage
    from incidentkit._vocabulary import ComponentStatus
    from incidentkit.publishing._cachet_dialect import Dialect
    from incidentkit.publishing._call import Call, Publishable
    from incidentkit.publishing._plan import Plan


def cachet2(
    before: Publishable | None,
    after: Publishable,
    *,
    page: StatusPage,
    notify: bool = False,
) -> Converted[tuple[Call, ...]]:
    """
    The calls, in order, that carry a page of Cachet 2.4 from before to after.

    As `statuspage`, for paths below `/api/v1`: an incident is put up, each new update
    is posted, and what was edited is edited. Nothing is ever deleted.

    >>> from incidentkit import Component, Incident, StatusPage
    >>> page = StatusPage(
    ...     "Acme", components=[Component("API", id="3")], time_zone="Europe/Berlin"
    ... )
    >>> incident = Incident.open(
    ...     "Slow",
    ...     "We look into it.",
    ...     at="2026-03-10T09:21:00Z",
    ...     affects={"API": "partial_outage"},
    ... )
    >>> (call,) = cachet2(None, incident, page=page).value
    >>> call.method, call.path
    ('POST', '/incidents')
    >>> call.payload["occurred_at"], call.payload["component_status"]
    ('2026-03-10 10:21', 3)

    - The first update is the `message` of the incident, and has no id there. The others
      are posted one by one, and each answer gives the id of its own.
    - *No update can be dated*: the vendor's clock sets when it was posted
      (`time.vendors`). When an incident began is carried, as `occurred_at`.
    - Times are taken in minutes and in the zone of the installation: read the page with
      `tz=`, else UTC is taken and a finding says so.
    - An incident is attached to one component, the first; all are moved, by calls of
      their own. `under_maintenance` has no number: it is `degraded_performance`.
    - Statuses are numbers; a post-mortem is 4 (fixed), a maintenance that is verified 1
      (in progress), one that is called off 2 (complete). Impacts have no place.
    - A maintenance is a schedule: it keeps its first word, and no updates after that.
    - Where nothing was said, the status's English label is.
    - `notify` is about what is put up; the vendor's own default tells everyone of an
      incident. No key of an update's call says whether it is told.

    Version 2.3 has neither updates nor schedules: nothing here is for it. The keys of
    bodies, the numbers and the form of times are as the vendor's code has them, and so
    is that the edit of an incident takes the changed keys alone. Taken to be alike are
    the edits of updates, schedules and components; that a component of a schedule is
    `{"id", "status"}` is taken from version 3.

    Args:
        before: what the page shows, as it was read or last published; None: nothing
            of it yet.
        after: what the page is to show.
        page: the vendor's page as it stands, read from it: its components have the
            vendor's numbers, and its zone is that of the installation.
        notify: whether subscribers are told of what is put up; edits tell nobody.

    Returns:
        The calls, with findings for all that they do not carry.

    Raises:
        CannotPublish: the vendor would not take it (no name, a maintenance without a
            time to begin at), or nothing says what is meant (a component that is not on
            the page, or may be any of several; an incident that is on the page already,
            and has no before).
        TypeError: before and after are of two kinds.
    """
    return _publish(DIALECT2, before, after, page, notify=notify)


def cachet3(
    before: Publishable | None,
    after: Publishable,
    *,
    page: StatusPage,
    notify: bool = False,
) -> Converted[tuple[Call, ...]]:
    """
    The calls, in order, that carry a page of Cachet 3 from before to after.

    As `cachet2`, for paths below `/api`, but:

    >>> from incidentkit import Component, Incident, StatusPage
    >>> page = StatusPage("Acme", components=[Component("API", id="3")])
    >>> incident = Incident.open(
    ...     "Slow",
    ...     "We look into it.",
    ...     at="2026-03-10T09:21:00Z",
    ...     affects={"API": "partial_outage"},
    ... )
    >>> (call,) = cachet3(None, incident, page=page).value
    >>> call.payload["occurred_at"], call.payload["components"]
    ('2026-03-10T09:21:00Z', [{'id': 3, 'status': 3}])

    - Times name their zone, and have seconds.
    - An incident has several components, each with a level: those that it is put up
      with. No edit adds one or changes a level: what later updates tell moves the
      component itself, and while the incident is open the vendor goes on to show the
      level that it began with. 6 is under maintenance.
    - A schedule has updates, without a status: where it stands follows from its times
      (`status.by_clock`). `completed_at` is the planned end until it is over; where an
      update is posted, that carries it, since up to June 2026 an edit lost it.
    - A name has 255 characters at most.

    Bodies are as the request classes of the vendor's code have them. How `components`
    of a PUT joins those a schedule has was not looked at: all are sent.

    Args:
        before: as `cachet2`.
        after: as `cachet2`.
        page: as `cachet2`; its zone does not matter.
        notify: as `cachet2`; it is kept as the incident's `notifications`.

    Returns:
        The calls, with findings for all that they do not carry.

    Raises:
        CannotPublish: as `cachet2`, and for a name of more than 255 characters.
        TypeError: before and after are of two kinds.
    """
    return _publish(DIALECT3, before, after, page, notify=notify)


def _publish(
    dialect: Dialect,
    before: Publishable | None,
    after: Publishable,
    page: StatusPage,
    *,
    notify: bool,
) -> Converted[tuple[Call, ...]]:
    plan = plan_for(dialect.vendor, (), after, page=page, notify=notify)
    return carried(plan, _Carrier(dialect), before, after)


@attrs.frozen
class _Carrier:
    """Builds the calls of one version."""

    dialect: Dialect

    def carry(
        self,
        plan: Plan,
        before: Incident | Maintenance | None,
        after: Incident | Maintenance,
        path: str,
    ) -> None:
        """Add the calls that carry one incident or maintenance to a plan."""
        one = case(plan, before, after, path)
        if isinstance(after, Incident):
            was = before if isinstance(before, Incident) else None
            carry_incident(self.dialect, one, was, after)
        else:
            planned = before if isinstance(before, Maintenance) else None
            carry_schedule(self.dialect, one, planned, after)
        report_losses(self.dialect, one)

    def move(self, plan: Plan, component: str, to: ComponentStatus, name: str) -> None:
        """Add the call that moves a component."""
        number = self.dialect.level(plan, to, "$.components")
        levels.move(self.dialect, plan, component, number, repr(name))
