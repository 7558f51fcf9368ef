"""Calls of Statuspage's management API: what is asked for, and what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._time import optional_instant
from incidentkit.publishing import _bodies as bodies
from incidentkit.publishing._bodies import NAME, STATUSPAGE
from incidentkit.publishing._carrying import carry
from incidentkit.publishing._pages import carried
from incidentkit.publishing._plan import plan_for
from incidentkit.publishing._refusals import CannotPublish

if TYPE_CHECKING:
    from datetime import datetime

    from incidentkit._finding import Converted
    from incidentkit._incident import Incident
    from incidentkit._maintenance import Maintenance
    from incidentkit._page import StatusPage
    from incidentkit._vocabulary import ComponentStatus
    from incidentkit.publishing._call import Call, Publishable
    from incidentkit.publishing._plan import Plan


def statuspage(
    before: Publishable | None,
    after: Publishable,
    *,
    page: StatusPage,
    notify: bool = False,
    now: datetime | str | None = None,
) -> Converted[tuple[Call, ...]]:
    """
    The calls, in order, that carry a Statuspage page from before to after.

    Of an incident or maintenance they put it up, post each new update, publish the
    post-mortem and edit what was edited. Of a page they do so for every incident and
    maintenance that is new or changed, the oldest first, and move the components whose
    level changed outside of any. Nothing is ever deleted, and nobody is told unless
    `notify` asks for it.

    >>> from incidentkit import Incident, StatusPage
    >>> page = StatusPage("Acme", id="pw7c1r5k2m9x")
    >>> incident = Incident.open("Slow", "We look into it.", at="2026-03-10T09:21:00Z")
    >>> for call in statuspage(None, incident, page=page).value:
    ...     print(call)
    <Call POST /pages/pw7c1r5k2m9x/incidents: put up 'Slow': 'investigating'>
    <Call PATCH /pages/pw7c1r5k2m9x/incidents/{incident}/incident_updates/{update 0}: \
edit update 0: display_at>

    Args:
        before: what the page shows, as it was read or last published; None: nothing
            yet.
        after: what it is to show.
        page: the vendor's page as it stands: its id is in the paths, its components
            have the vendor's ids, and what its other open incidents hold down is known.
        notify: whether subscribers are told of what is put up, posted and published;
            edits tell nobody. The vendor's own default tells everyone.
        now: when the calls will be sent, if that is at once: an update told within a
            minute of it is left to the vendor's clock. Otherwise the time of every
            update is set, by a call of its own.

    Returns:
        The calls, with findings for all that they do not carry.

    Raises:
        CannotPublish: the vendor would not take it (a name of more than 255
            characters, a text of more than 25,000), or nothing says what is meant (a
            component that is not on the page, or may be any of several; an incident
            that is on the page already, and has no before).
        TypeError: before and after are of two kinds.
        ValueError: `now` has no zone.
    """
    page_id = page.links.get(NAME) or page.id
    if page_id is None:
        raise CannotPublish("$", "the page has no id: read it from its vendor")
    plan = plan_for(
        STATUSPAGE,
        ("pages", page_id),
        after,
        page=page,
        notify=notify,
        now=optional_instant(now),
    )
    return carried(plan, _Carrier(), before, after)


class _Carrier:
    """Builds the calls of Statuspage."""

    def carry(
        self,
        plan: Plan,
        before: Incident | Maintenance | None,
        after: Incident | Maintenance,
        path: str,
    ) -> None:
        """As `_carrying.carry`."""
        carry(plan, before, after, path)

    def move(self, plan: Plan, component: str, to: ComponentStatus, name: str) -> None:
        """Move a component."""
        plan.add(
            "PATCH",
            ("components", component),
            bodies.component(to.value),
            f"move {name!r} to {to.value!r}",
        )
