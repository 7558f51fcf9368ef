"""An incident, a maintenance or a page as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incidentkit._clocks import duration_text, human
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._page import StatusPage
from incidentkit._sentence import sentence
from incidentkit._timeline import last_levels
from incidentkit._vocabulary import MaintenanceStatus
from incidentkit.rendering._layout import body, one_line, pairs, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime, tzinfo

    from incidentkit._component import Component
    from incidentkit._event import Event
    from incidentkit._vocabulary import ComponentStatus, Status

#: How many incidents that are over a page shows, and how many maintenances.
SHOWN: Final = 10
#: Narrower than this nothing can be read.
_NARROWEST: Final = 40
_UNKNOWN: Final = "unknown"


def text(
    value: StatusPage | Incident | Maintenance,
    *,
    page_name: str | None = None,
    zone: tzinfo | None = None,
    width: int = 80,
) -> str:
    r"""
    An incident, a maintenance or a page as plain text, for people.

    What is not known is said to be unknown; nothing is green that nobody called so. Of
    a page, what is open is told in full, and the newest of the rest in a sentence each.
    Control characters in what the page says are shown as escapes.

    >>> incident = Incident.open("API down", "It times out.", at="2021-03-22T19:22:00Z")
    >>> print(text(incident, page_name="Acme"), end="")
    API down
    <BLANKLINE>
    Acme is experiencing an incident since March 22, 2021.
    <BLANKLINE>
      Status    investigating
      Impact    unknown
      Started   Mar 22, 2021, 07:22 PM UTC
      Duration  ongoing
    <BLANKLINE>
    Affected components: unknown
    <BLANKLINE>
    Timeline: 1 update
    <BLANKLINE>
      1. investigating  Mar 22, 2021, 07:22 PM UTC
         It times out.

    Args:
        value: what to show.
        page_name: whose incident it is; a page knows its own name.
        zone: the zone to show times in; UTC without one. The day in the sentence is
            always the one in UTC.
        width: how many columns a line may take; words wider than that are cut.

    Returns:
        Lines, each ended by a line feed.

    Raises:
        TypeError: it is something else.
    """
    writer = _Writer(zone, max(width, _NARROWEST))
    if isinstance(value, StatusPage):
        lines = list(writer.page(value))
    elif isinstance(value, (Incident, Maintenance)):  # pyright: ignore[reportUnnecessaryIsInstance]
        lines = list(writer.event(value, page_name))
    else:
        msg = f"a page, an incident or a maintenance is wanted, not {value!r}"
        raise TypeError(msg)
    return "\n".join(lines) + "\n"


class _Writer:
    # How to show; what to show comes with each call.

    def __init__(self, zone: tzinfo | None, width: int) -> None:
        self._zone = zone
        self._width = width

    # -- a page ----------------------------------------------------------------

    def page(self, page: StatusPage) -> Iterator[str]:
        """A page: how it is, what is broken, what is open, what was."""
        yield from paragraph(
            one_line(page.name or "A page without a name"), self._width
        )
        yield ""
        indicator = _UNKNOWN if page.indicator is None else page.indicator.value
        described = one_line(page.description or "")
        state = f"{described} ({indicator})" if described else indicator
        yield from paragraph(f"State: {state}", self._width)
        components = [one for one in page.components if not one.is_group]
        if components:
            yield ""
            yield from self._levels(components)
        yield ""
        events: Sequence[Event] = (*page.incidents, *page.maintenances)
        if len(events) == 1:
            yield from self.event(events[0], page.name)
            return
        yield from self._open(page)
        over = [one for one in page.incidents if not one.is_open]
        yield from self._briefly("Past incidents", over)
        yield from self._briefly("Maintenances", page.maintenances)

    def _levels(self, components: Sequence[Component]) -> Iterator[str]:
        worse = [one for one in components if not one.is_operational]
        count, others = len(components), len(components) - len(worse)
        if not worse:
            every = (
                "Its only component is" if count == 1 else f"All {count} components are"
            )
            yield f"{every} operational."
            return
        yield f"Components not known to be operational: {len(worse)} of {count}"
        yield ""
        yield from self._pairs((_level(one.status), one.name) for one in worse)
        if others:
            yield ""
            verb = "is" if others == 1 else "are"
            yield f"{_counted(others, 'other component')} {verb} operational."

    def _open(self, page: StatusPage) -> Iterator[str]:
        still = _newest(page.open_incidents)
        if not still:
            yield "No open incident is listed."
        else:
            yield f"Open incidents: {len(still)}"
        for incident in still:
            yield ""
            yield from self.event(incident, page.name)

    def _briefly(self, title: str, events: Sequence[Event]) -> Iterator[str]:
        if not events:
            return
        shown = sorted(_newest(events), key=lambda event: not event.is_open)[:SHOWN]
        of = "" if len(shown) == len(events) else f", {len(shown)} of them shown"
        yield ""
        yield f"{title}: {len(events)}{of}"
        for event in shown:
            yield ""
            yield from paragraph(one_line(event.name), self._width, "  ")
            yield from paragraph(one_line(sentence(event, None)), self._width, "    ")

    # -- an event --------------------------------------------------------------

    def event(self, event: Event, page_name: str | None) -> Iterator[str]:
        """An incident or maintenance: what is known of it, and its timeline."""
        yield from paragraph(one_line(event.name or "(no name)"), self._width)
        yield ""
        yield from paragraph(one_line(sentence(event, page_name)), self._width)
        yield ""
        yield from self._pairs(self._facts(event))
        yield ""
        yield from self._affected(event)
        yield ""
        yield from self._timeline(event)
        if event.postmortem is not None:
            yield ""
            yield "Post-mortem"
            yield ""
            yield from body(event.postmortem, self._width, "  ")

    def _facts(self, event: Event) -> Iterator[tuple[str, str]]:
        yield "Status", _status(event.status)
        yield "Impact", _impact(event)
        if isinstance(event, Maintenance):
            yield from self._of_maintenance(event)
        else:
            yield from self._of_incident(event)
        if event.detection is not None:
            at = event.detection.at
            when = "" if at is None else f", {self._time(at)}"
            yield "Detected", f"by {event.detection.by}{when}"

    def _of_incident(self, event: Event) -> Iterator[tuple[str, str]]:
        began = event.began_at
        if event.start_known or began is None:
            yield "Started", self._time(began)
        else:
            yield "Started", f"{_UNKNOWN}, first told {self._time(began)}"
        yield from self._end(event)

    def _of_maintenance(self, event: Maintenance) -> Iterator[tuple[str, str]]:
        begin, end = event.scheduled_for, event.scheduled_until
        until = "" if end is None else f" to {self._time(end)}"
        yield "Planned", self._time(begin) + until
        if event.status is MaintenanceStatus.CANCELLED:
            yield "Cancelled", self._time(event.ended_at)
        elif event.stated_start is not None or any(
            told.status is MaintenanceStatus.IN_PROGRESS for told in event.updates
        ):
            yield "Started", self._time(event.began_at)
            yield from self._end(event)
        elif not event.is_open:
            # Its plan is not how it went.
            yield "Started", _UNKNOWN
            yield "Ended", self._time(event.ended_at)

    def _end(self, event: Event) -> Iterator[tuple[str, str]]:
        if event.is_open:
            yield "Duration", _UNKNOWN if event.status is None else "ongoing"
            return
        over = "Ended" if isinstance(event, Maintenance) else "Resolved"
        yield over, self._time(event.ended_at)
        lasted = event.duration
        yield "Duration", _UNKNOWN if lasted is None else duration_text(lasted)

    def _affected(self, event: Event) -> Iterator[str]:
        if not event.affected:
            yield "Affected components: unknown"
            return
        worst, last = _worst(event), last_levels(event.updates)
        levels: list[tuple[str, str]] = []
        for one in event.affected:
            level = _level(last.get(one.key) if event.is_open else worst.get(one.key))
            was = _level(worst.get(one.key))
            levels.append((level if level == was else f"{level}, was {was}", one.label))
        known = bool(worst)
        unknown = "" if known else ", how badly is unknown"
        yield f"Affected components: {len(levels)}{unknown}"
        yield ""
        if known:
            yield from self._pairs(levels)
            return
        for _, name in levels:
            yield from paragraph(one_line(name), self._width, "  ")

    def _timeline(self, event: Event) -> Iterator[str]:
        if not event.updates:
            yield "Timeline: no updates"
            return
        yield f"Timeline: {_counted(len(event.updates), 'update')}"
        last = len(str(len(event.updates)))
        words = [_status(one.status, "update") for one in event.updates]
        widest = max(map(len, words))
        indent = " " * (last + 4)
        for number, (word, update) in enumerate(
            zip(words, event.updates, strict=True), 1
        ):
            yield ""
            yield f"  {number:>{last}}. {word:<{widest}}  {self._time(update.at)}"
            yield from body(update.body, self._width, indent)

    # -- parts -----------------------------------------------------------------

    def _time(self, at: datetime | None) -> str:
        return _UNKNOWN if at is None else human(at, self._zone)

    def _pairs(self, rows: Iterable[tuple[str, str]]) -> list[str]:
        held = ((term, one_line(said)) for term, said in rows)
        return pairs(held, self._width)


def _impact(event: Event) -> str:
    """The impact as stated, else as its components make it, and says that they do."""
    if event.impact is not None:
        return event.impact.value
    derived = event.derived_impact
    return _UNKNOWN if derived is None else f"{derived.value}, by its components"


def _worst(event: Event) -> dict[str, ComponentStatus]:
    """The worst level told of each component, by key, where any is known."""
    worst: dict[str, ComponentStatus] = {}
    for update in event.updates:
        for row in update.states:
            if row.status is not None:
                key = row.component.key
                worst[key] = max(worst.get(key, row.status), row.status)
    return worst


def _newest(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=_recency, reverse=True)


def _recency(event: Event) -> tuple[bool, float]:
    began = event.began_at
    return (False, 0.0) if began is None else (True, began.timestamp())


def _status(status: Status | None, unknown: str = _UNKNOWN) -> str:
    return unknown if status is None else status.value.replace("_", " ")


def _level(status: ComponentStatus | None) -> str:
    return _UNKNOWN if status is None else status.value.replace("_", " ")


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"
