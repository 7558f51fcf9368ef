"""Every rule, put to every incident and maintenance."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from incidentkit._event import Event
from incidentkit._page import StatusPage
from incidentkit._time import instant, utc
from incidentkit.conformance._bookkeeping import (
    edits,
    ids,
    owners,
    repeated_components,
)
from incidentkit.conformance._case import Case, Crowd
from incidentkit.conformance._components import components
from incidentkit.conformance._plans import plans, windows
from incidentkit.conformance._policy import POLICY, Policy
from incidentkit.conformance._report import Report
from incidentkit.conformance._rules import RULES
from incidentkit.conformance._selection import selected
from incidentkit.conformance._silence import overdue, silence
from incidentkit.conformance._steps import steps
from incidentkit.conformance._times import future, lengths, order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pendulum import DateTime

    from incidentkit.conformance._violation import Violation

#: What judges a case, in the order of the codes.
CHECKS = (
    steps,
    lengths,
    future,
    order,
    silence,
    overdue,
    components,
    ids,
    edits,
    plans,
    windows,
)


def check(
    told: StatusPage | Event | Iterable[Event],
    *,
    policy: Policy = POLICY,
    now: datetime | str | None = None,
    select: str | Iterable[str] | None = None,
    ignore: str | Iterable[str] = (),
) -> Report:
    """
    Hold recorded timelines to the rules.

    It reads what is there and changes nothing; whatever history a constructor takes can
    be checked. It takes time in proportion to what there is to read.

    >>> from incidentkit import Incident
    >>> incident = Incident.open("API down", at="2024-05-01T12:00:00Z", id="1")
    >>> incident = incident.resolve(at="2024-05-01T15:00:00Z")
    >>> print(check(incident, ignore="IK5").text(), end="")
    $.updates[1]: IK103 note: investigating was followed by resolved ['API down']
    $.updates[1]: IK301 warning: nothing was said for 3h while investigating; \
promised is an update every 30m ['API down']
    1 warning, 1 note in 1 checked
    not judged: IK205, IK206, IK302, IK303, IK404, IK603, IK605

    Args:
        told: a page, an incident or maintenance, or several of these.
        policy: what is a matter of choice.
        now: the present; without it, some rules cannot be judged.
        select: the code to judge, or several, or the beginnings of them, such as
            `IK3`; all without it.
        ignore: what not to judge, in the same way; it goes before `select`.

    Returns:
        What was found, and which of the codes asked for could not be judged.

    Raises:
        ValueError: a code that no rule has, or `now` has no zone.
        TypeError: something that is neither an incident nor a maintenance.
    """
    chosen = selected(select, ignore)
    moment = None if now is None else instant(now)
    page = told if isinstance(told, StatusPage) else None
    given = {"now"} if moment is not None else set[str]()
    if page is not None:
        given.add("page")
    events = list(_placed(told))
    found = _judged(page, events, policy, moment)
    return Report(
        violations=tuple(one for one in found if one.code in chosen),
        checked=len(events),
        unjudged=tuple(
            code
            for code, rule in RULES.items()
            if code in chosen and not rule.needs <= given
        ),
    )


def _placed(
    told: StatusPage | Event | Iterable[Event],
) -> Iterator[tuple[str, Event]]:
    """All that is to be judged, with where it is."""
    if isinstance(told, StatusPage):
        for place, incident in enumerate(told.incidents):
            yield f"$.incidents[{place}]", incident
        for place, maintenance in enumerate(told.maintenances):
            yield f"$.maintenances[{place}]", maintenance
    elif isinstance(told, Event):
        yield "$", told
    else:
        for place, event in enumerate(told):
            if not isinstance(event, Event):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise TypeError(f"an incident or maintenance is wanted, not {event!r}")
            yield f"$[{place}]", event


def _judged(
    page: StatusPage | None,
    events: list[tuple[str, Event]],
    policy: Policy,
    now: DateTime | None,
) -> Iterator[Violation]:
    crowd = None if page is None else Crowd(page.components)
    if crowd is not None and crowd.size < policy.crowd:
        crowd = None
    first = owners(events)
    latest = None if now is None else _later(now, policy)
    for path, event in events:
        case = Case(
            event=event,
            path=path,
            policy=policy,
            now=now,
            latest=latest,
            crowd=crowd,
            owners=first,
        )
        for judge in CHECKS:
            yield from judge(case)
    if page is not None:
        yield from repeated_components(page.components)


def _later(now: DateTime, policy: Policy) -> DateTime | None:
    try:
        return utc(datetime.__add__(now, policy.skew))
    except OverflowError:
        return None  # nothing is later than the end of the calendar
