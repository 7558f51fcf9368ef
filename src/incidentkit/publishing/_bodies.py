"""
The bodies of Statuspage's calls, key by key, and what the vendor takes in them.

Source: the OpenAPI document of the management API v1,
https://developer.statuspage.io/, which also gives the two lengths.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from incidentkit import _time as time
from incidentkit._vocabulary import (
    IncidentStatus,
    MaintenanceStatus,
    Status,
    words,
)
from incidentkit.errors import MalformedDocument
from incidentkit.publishing._call import Answer, Said, Vendor
from incidentkit.publishing._refusals import CannotPublish

if TYPE_CHECKING:
    from pendulum import DateTime

    from incidentkit._finding import Report

NAME = "statuspage"

#: How many characters the vendor takes.
NAME_LENGTH = 255
BODY_LENGTH = 25_000

STATUS: Mapping[Status, str] = {
    status: word
    for table in (words(IncidentStatus), words(MaintenanceStatus))
    for word, status in table.items()
    if status not in {IncidentStatus.POSTMORTEM, MaintenanceStatus.CANCELLED}
}
"""
The statuses that an update can be posted with.

`postmortem` is not posted but published; for `cancelled` the vendor has no word.
"""

#: What the vendor would do by itself, later or elsewhere, unless told not to.
NOTHING_BY_ITSELF: Mapping[str, bool] = dict.fromkeys(
    (
        "scheduled_remind_prior",
        "scheduled_auto_in_progress",
        "scheduled_auto_completed",
        "auto_transition_to_maintenance_state",
        "auto_transition_to_operational_state",
        "auto_transition_deliver_notifications_at_start",
        "auto_transition_deliver_notifications_at_end",
        "auto_tweet_at_beginning",
        "auto_tweet_on_completion",
        "auto_tweet_on_creation",
        "auto_tweet_one_hour_before",
    ),
    False,
)

_COARSE = 1_000  # microseconds: the vendor keeps milliseconds


def short_enough(text: str, limit: int, path: str, what: str) -> str:
    """
    A text, if the vendor takes as many characters.

    Raises:
        CannotPublish: it does not. A text is never cut.
    """
    if len(text) > limit:
        raise CannotPublish(
            path,
            f"{what} has {len(text):,} characters, and Statuspage takes {limit:,}: "
            "shorten it",
        )
    return text


def name(text: str, path: str) -> str:
    """The name of an incident."""
    return short_enough(text, NAME_LENGTH, f"{path}.name", "the name")


def body(text: str, path: str) -> str:
    """What an update or a post-mortem says."""
    return short_enough(text, BODY_LENGTH, path, "the text")


def when(at: DateTime, report: Report, path: str) -> str:
    """A time; finer fractions than the vendor keeps are reported."""
    if at.microsecond % _COARSE:
        report.add("time.coarsened", path, "the vendor keeps milliseconds", str(at))
    return time.write(at)


def day(at: DateTime, zone_name: str | None) -> str:
    """The day of a backfilled incident, on the page's own calendar."""
    zone = None if zone_name is None else time.zone(zone_name)
    return time.local(at, zone).date().isoformat()


def incident(fields: Mapping[str, object], *, notify: bool) -> dict[str, object]:
    """What puts up, posts to or edits an incident."""
    return {"incident": {**fields, "deliver_notifications": notify}}


def update(fields: Mapping[str, object]) -> dict[str, object]:
    """What edits an update; an edit tells nobody."""
    return {"incident_update": {**fields, "deliver_notifications": False}}


def draft(text: str) -> dict[str, object]:
    """What writes a post-mortem that nobody sees yet."""
    return {"postmortem": {"body_draft": text}}


def publication(*, notify: bool) -> dict[str, object]:
    """What shows a post-mortem."""
    return {"postmortem": {"notify_subscribers": notify, "notify_twitter": False}}


def component(level: str) -> dict[str, object]:
    """What moves a component."""
    return {"component": {"status": level}}


def answer(given: Mapping[str, object]) -> Answer:
    """
    The ids in an incident as the API shows it; its updates stand newest first.

    Raises:
        MalformedDocument: it is none.
    """
    id_, rows = given.get("id"), given.get("incident_updates")
    if not isinstance(id_, str):
        raise MalformedDocument("$.id", "an incident's id is wanted", NAME)
    if not isinstance(rows, (list, tuple)):
        raise MalformedDocument("$.incident_updates", "an array is wanted", NAME)
    listed = cast("list[object] | tuple[object, ...]", rows)
    said = tuple(_said(row, index) for index, row in enumerate(listed))
    return Answer(id_, said[::-1])


def _said(row: object, index: int) -> Said:
    if isinstance(row, Mapping):
        shown = cast("Mapping[str, object]", row)
        id_, text = shown.get("id"), shown.get("body")
        if isinstance(id_, str):
            return Said(id_, text if isinstance(text, str) else "")
    where = f"$.incident_updates[{index}]"
    raise MalformedDocument(where, "an update with an id is wanted", NAME)


STATUSPAGE = Vendor(NAME, answer)
