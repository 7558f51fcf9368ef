"""
One sentence that says what happened, derived from an incident or maintenance.

It states what the record tells and nothing else: what is not known has no clause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from incidentkit._clocks import duration_text, human_date
from incidentkit._maintenance import Maintenance
from incidentkit._time import elapsed
from incidentkit._vocabulary import Impact, MaintenanceStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pendulum import DateTime

    from incidentkit._event import Event

#: What an incident of each impact is called. That of nobody's and of none is the same:
#: a sentence has no word for "not at all".
CALLED: Final[Mapping[Impact | None, str]] = {
    None: "an incident",
    Impact.NONE: "an incident",
    Impact.MAINTENANCE: "scheduled maintenance",
    Impact.MINOR: "a minor incident",
    Impact.MAJOR: "a major incident",
    Impact.CRITICAL: "a critical incident",
}


class _Verb(NamedTuple):
    # How the sentence opens, said of a page and without one.
    of_page: str
    alone: str


_OVER: Final = _Verb("experienced", "There was")
_ONGOING: Final = _Verb("is experiencing", "There is")
_UNKNOWN: Final = _Verb("reported", "There is a report of")
_PLANNED: Final = _Verb("has", "There is")
_UNDER_WAY: Final = _Verb("is undergoing", "There is")
_DONE: Final = _Verb("underwent", "There was")
_CALLED_OFF: Final = _Verb("has cancelled", "There is no longer")


def sentence(event: Event, page_name: str | None) -> str:
    """
    What happened, in one sentence.

    The severity is the stated impact. The day is the one in UTC on which it began;
    where nobody knows when it began, the one on which it ended. A length is given once
    it is over, in its two largest units.

    >>> from incidentkit import Incident
    >>> incident = Incident.open(
    ...     "API Down",
    ...     at="2021-03-22T19:22:00Z",
    ...     impact="critical",
    ...     affects={"Kalix Platform": "major_outage", "Telehealth": "major_outage"},
    ... )
    >>> sentence(incident, "Kalix EMR")
    'Kalix EMR is experiencing a critical incident since March 22, 2021 affecting \
Kalix Platform and Telehealth.'
    >>> sentence(incident.resolve(at="2021-03-31T00:44:00Z"), None)
    'There was a critical incident on March 22, 2021 affecting Kalix Platform and \
Telehealth, lasting 8d 5h.'

    Args:
        event: an incident or a maintenance.
        page_name: whose it is, if that is known.
    """
    if isinstance(event, Maintenance):
        verb, what, length = _of_maintenance(event)
    else:
        verb, what, length = _of_incident(event)
    start = f"{page_name} {verb.of_page}" if page_name else verb.alone
    names = listed(labels(event))
    affecting = f" affecting {names}" if names else ""
    return f"{start} {what}{affecting}{length}."


def labels(event: Event) -> tuple[str, ...]:
    """The names of what it affects, each once, those without any left out."""
    named = dict.fromkeys(mention.label for mention in event.affected)
    return tuple(name for name in named if name)


def listed(names: tuple[str, ...]) -> str:
    """
    Names as a sentence lists them: two of them, and how many more.

    >>> listed(("API", "Chat", "Mail", "Search"))
    'API and Chat and 2 more components'
    """
    more = len(names) - 2
    if more <= 0:
        return " and ".join(names)
    noun = "component" if more == 1 else "components"
    return f"{names[0]} and {names[1]} and {more} more {noun}"


def _of_incident(event: Event) -> tuple[_Verb, str, str]:
    what = CALLED[event.impact]
    began = event.began_at if event.start_known else None
    if event.status is None:
        return _UNKNOWN, what + _dated(" on", began), ""
    if event.is_open:
        return _ONGOING, what + _dated(" since", began), ""
    when = _dated(" on", began) or _dated(" that ended on", event.ended_at)
    return _OVER, what + when, _lasting(event)


def _of_maintenance(event: Maintenance) -> tuple[_Verb, str, str]:
    began, planned = event.began_at, event.scheduled_for
    match event.status:
        case MaintenanceStatus.IN_PROGRESS | MaintenanceStatus.VERIFYING:
            what = "scheduled maintenance" + _dated(" since", began)
            return _UNDER_WAY, what, ""
        case MaintenanceStatus.COMPLETED:
            when = _dated(" on", began) or _dated(" that ended on", event.ended_at)
            return _DONE, "scheduled maintenance" + when, _lasting(event)
        case MaintenanceStatus.CANCELLED:
            return _CALLED_OFF, _scheduled(planned), ""
        case _:  # scheduled, or nobody said
            return _PLANNED, _scheduled(planned), _expected(event)


def _scheduled(planned: DateTime | None) -> str:
    if planned is None:
        return "scheduled maintenance"
    return "maintenance scheduled" + _dated(" for", planned)


def _dated(preposition: str, at: DateTime | None) -> str:
    return "" if at is None else f"{preposition} {human_date(at)}"


def _lasting(event: Event) -> str:
    lasted = event.duration
    return "" if lasted is None else f", lasting {duration_text(lasted)}"


def _expected(event: Maintenance) -> str:
    begin, end = event.scheduled_for, event.scheduled_until
    if begin is None or end is None or end < begin:
        return ""
    return f", expected to last {duration_text(elapsed(begin, end))}"
