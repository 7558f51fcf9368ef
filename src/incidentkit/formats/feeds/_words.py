"""The words of a feed and ours, and how a feed addresses things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import quote, unquote

from incidentkit._frozen import EMPTY, STATED, FrozenMapping
from incidentkit._vocabulary import IncidentStatus, MaintenanceStatus, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentkit._event import Event
    from incidentkit._page import StatusPage
    from incidentkit._update import Update

#: What stands in bold before an update. Statuspage never cancels: that word is ours.
STATUS_TO_LABEL: Final[Mapping[Status, str]] = {
    IncidentStatus.INVESTIGATING: "Investigating",
    IncidentStatus.IDENTIFIED: "Identified",
    IncidentStatus.MONITORING: "Monitoring",
    IncidentStatus.RESOLVED: "Resolved",
    IncidentStatus.POSTMORTEM: "Postmortem",
    MaintenanceStatus.SCHEDULED: "Scheduled",
    MaintenanceStatus.IN_PROGRESS: "In progress",
    MaintenanceStatus.VERIFYING: "Verifying",
    MaintenanceStatus.COMPLETED: "Completed",
    MaintenanceStatus.CANCELLED: "Cancelled",
}
LABEL_TO_STATUS: Final[Mapping[str, Status]] = {
    label.lower(): status for status, label in STATUS_TO_LABEL.items()
}
#: The label of an update whose status is that of the one before it.
REPEATED: Final = "Update"

#: The category that tells a maintenance where nothing else does; it is ours.
MAINTENANCE: Final = "maintenance"

#: What follows the name of a page in the title of its feed.
TITLE: Final = " Status - Incident History"
#: The name of a page that has none.
NAMELESS: Final = "Status page"
#: The host of a page that has none: a name that never resolves (RFC 6761, 6.4).
NOWHERE: Final = "incidentkit.invalid"

#: The key under which a page remembers the generation of the markup, and its value.
MARKUP: Final = "markup"
TIGHT: Final = "tight"
#: The key under which a page states in which order its feed lists incidents (`i`) and
#: maintenances (`m`), where that is not by date.
ORDER: Final = "order"
INCIDENT: Final = "i"
PLANNED: Final = "m"
#: The key under which an update remembers a label that nobody knows.
LABEL: Final = "label"

_ADDRESS: Final = re.compile(
    # No blanks, controls, quotes, marks of direction, and nobody's name and password.
    r"https?://([^\s/?#@\\<>\"^`{|}]+)(?:[/?#][^\s\\<>\"^`{|}]*)?",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile(
    "[\x00-\x20\x7f-\xa0\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_CODE: Final = re.compile(r"/incidents/([^/?#]+)/?(?:[?#].*)?\Z", re.DOTALL)
_TAG: Final = re.compile(
    r"tag:[^,]*,2005:Incident/([^/]+)(?:/\d{1,9})?", re.ASCII | re.DOTALL
)


def address(url: str | None) -> str | None:
    """The address of a page on the web, if it is one that may be linked to."""
    if url is None or _HIDDEN.search(url) or not _ADDRESS.fullmatch(url):
        return None
    return url


def host(url: str | None) -> str | None:
    """The host of an address, without its port."""
    found = None if url is None else _ADDRESS.fullmatch(url)
    return None if found is None else found[1].partition(":")[0] or None


def code_of(url: str | None) -> str | None:
    """
    The code of an incident in its address, which is its id in Statuspage's JSON.

    >>> code_of("https://status.example.com/incidents/bhbcjn4n3jzp")
    'bhbcjn4n3jzp'
    """
    found = None if url is None else _CODE.search(url)
    return None if found is None else unquote(found[1])


def link_of(page_url: str, id: str) -> str:
    """The address of an incident on a page."""
    return f"{page_url.rstrip('/')}/incidents/{quoted(id)}"


def quoted(id: str) -> str:
    """An id as a part of an address."""
    return quote(id, safe="")


def tagged(id: str | None) -> str | None:
    """The id in the tag of an entry, if it is one of ours or Statuspage's."""
    found = None if id is None else _TAG.fullmatch(id)
    return None if found is None else unquote(found[1])


def said(thing: StatusPage | Event | Update, name: str) -> FrozenMapping[object]:
    """What a feed said of it that the model has no place for."""
    return thing.extras.get(name, EMPTY)


def stated(kept: FrozenMapping[object]) -> FrozenMapping[object]:
    """Of that, what a change of the thing makes untrue."""
    held = kept.get(STATED)
    if isinstance(held, FrozenMapping):
        return cast("FrozenMapping[object]", held)
    return EMPTY
