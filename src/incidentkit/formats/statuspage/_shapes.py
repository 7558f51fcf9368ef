"""
Statuspage's public documents, field by field, and its words.

The shapes serve reading and writing. A key that is not always there is `UnsetType`; the
comments say when it is missing. Times are text here: the vendor writes milliseconds, in
the page's own zone, and old pages write offsets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias

from msgspec import UNSET, Raw, UnsetType

from incidentkit._vocabulary import (
    ComponentStatus,
    Impact,
    IncidentStatus,
    Indicator,
    MaintenanceStatus,
    words,
)
from incidentkit.formats._wire import Id, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

# The vendor's words are the field's, and so are ours.
INCIDENT_STATUS: Mapping[str, IncidentStatus] = words(IncidentStatus)
MAINTENANCE_STATUS: Mapping[str, MaintenanceStatus] = words(MaintenanceStatus)
COMPONENT_STATUS: Mapping[str, ComponentStatus] = words(ComponentStatus)
IMPACT: Mapping[str, Impact] = words(Impact)
INDICATOR: Mapping[str, Indicator] = words(Indicator)

Word: TypeAlias = (
    IncidentStatus | MaintenanceStatus | ComponentStatus | Impact | Indicator
)
#: The word of each of them; what nobody knows is null.
WORDS: Mapping[Word | None, str | None] = {
    None: None,
    **{
        member: word
        for table in (
            INCIDENT_STATUS,
            MAINTENANCE_STATUS,
            COMPONENT_STATUS,
            IMPACT,
            INDICATOR,
        )
        for word, member in table.items()
    },
}

Text: TypeAlias = str | UnsetType | None
Flag: TypeAlias = bool | UnsetType | None


class PageRow(Shape):
    """`page`: whose document it is."""

    id: Id | UnsetType | None = UNSET
    name: Text = UNSET
    url: Text = UNSET
    time_zone: Text = UNSET  # an IANA name; very old documents lack it
    updated_at: Text = UNSET


class StatusRow(Shape):
    """`status`: the page in one word and one sentence."""

    derived: ClassVar[frozenset[str]] = frozenset({"indicator", "description"})

    indicator: Text = UNSET
    description: Text = UNSET


class ComponentRow(Shape):
    """An entry of `components`; a group is one with `group: true`."""

    derived: ClassVar[frozenset[str]] = frozenset({"status", "components"})

    id: Id | UnsetType = UNSET
    name: str | UnsetType = UNSET
    status: Text = UNSET
    created_at: Text = UNSET
    updated_at: Text = UNSET
    position: int | UnsetType | None = UNSET
    description: Text = UNSET
    showcase: Flag = UNSET
    start_date: Text = UNSET  # missing in older documents
    group_id: Id | UnsetType | None = UNSET
    page_id: Id | UnsetType | None = UNSET
    group: Flag = UNSET  # this and the next: missing before about 2018
    only_show_if_degraded: Flag = UNSET
    components: list[Id] | UnsetType = UNSET  # the children, of groups only


# Frozen so that it has a hash; the rule that a base be frozen too is not msgspec's.
class AffectedRow(Shape, frozen=True):  # type: ignore[misc] # pyright: ignore[reportGeneralTypeIssues]
    """
    An entry of `affected_components`: a level.

    `name` is what the component was called then, with its group's name before it.
    """

    code: Id | UnsetType | None = UNSET
    name: Text = UNSET
    old_status: Text = UNSET
    new_status: Text = UNSET


class UpdateRow(Shape):
    """An entry of `incident_updates`, newest first."""

    derived: ClassVar[frozenset[str]] = frozenset(
        {"status", "incident_id", "affected_components"}
    )

    id: Id | UnsetType = UNSET
    status: Text = UNSET
    body: Text = UNSET
    incident_id: Id | UnsetType | None = UNSET
    created_at: Text = UNSET
    updated_at: Text = UNSET
    display_at: Text = UNSET
    # An array of AffectedRow, or null. Most updates repeat the rows of the one before,
    # to the letter, so they are kept raw here and read once for each distinct text.
    affected_components: Raw | UnsetType = UNSET
    deliver_notifications: Flag = UNSET  # this and the next two: missing in old ones
    custom_tweet: Text = UNSET
    tweet_id: Id | UnsetType | None = UNSET
    wants_twitter_update: Flag = UNSET  # this and the next: old documents only
    twitter_updated_at: Text = UNSET


class EventRow(Shape):
    """An entry of `incidents` or `scheduled_maintenances`."""

    derived: ClassVar[frozenset[str]] = frozenset(
        {
            "status",
            "impact",
            "monitoring_at",
            "resolved_at",
            "started_at",
            "page_id",
            "components",
        }
    )

    id: Id | UnsetType = UNSET
    name: str | UnsetType = UNSET
    status: Text = UNSET
    created_at: Text = UNSET
    updated_at: Text = UNSET
    monitoring_at: Text = UNSET
    resolved_at: Text = UNSET
    impact: Text = UNSET
    shortlink: Text = UNSET
    started_at: Text = UNSET  # missing before about 2018
    page_id: Id | UnsetType | None = UNSET
    incident_updates: list[UpdateRow] | UnsetType | None = UNSET
    # An array of ComponentRow at their *present* level, whatever it was in the
    # incident; raw, because the incidents of a page share them.
    components: Raw | UnsetType = UNSET
    reminder_intervals: Text = UNSET  # newer documents only
    scheduled_for: Text = UNSET  # this and the next: maintenances only
    scheduled_until: Text = UNSET


class LegacyRow(EventRow):
    """
    An incident or maintenance as webhooks and the management API have it.

    So it was served at `/incidents/<id>.json` too, in 2016. Those marked are rarer: a
    reader takes them, and a writer of a page that had none writes none.
    """

    derived: ClassVar[frozenset[str]] = EventRow.derived | {
        "postmortem_body",
        "postmortem_published_at",
    }

    postmortem_ignored: Flag = UNSET
    postmortem_body: Text = UNSET
    postmortem_body_last_updated_at: Text = UNSET
    # A time or null; the vendor's own OpenAPI file takes it for a boolean.
    postmortem_published_at: str | bool | UnsetType | None = UNSET
    postmortem_notified_subscribers: Flag = UNSET
    postmortem_notified_twitter: Flag = UNSET
    backfilled: Flag = UNSET
    scheduled_remind_prior: Flag = UNSET
    scheduled_reminded_at: Text = UNSET
    impact_override: Text = UNSET
    scheduled_auto_in_progress: Flag = UNSET
    scheduled_auto_completed: Flag = UNSET
    scheduled_auto_transition: Flag = UNSET  # rare: in 2013, in the place of these two
    metadata: Raw | UnsetType = UNSET  # this and the rest, rare: newer API responses
    auto_transition_to_maintenance_state: Flag = UNSET
    auto_transition_to_operational_state: Flag = UNSET
    auto_transition_deliver_notifications_at_start: Flag = UNSET
    auto_transition_deliver_notifications_at_end: Flag = UNSET
    auto_tweet_at_beginning: Flag = UNSET
    auto_tweet_on_completion: Flag = UNSET
    auto_tweet_on_creation: Flag = UNSET
    auto_tweet_one_hour_before: Flag = UNSET


#: The keys that tell such a row from one of the public API.
LEGACY_KEYS = frozenset(LegacyRow.__struct_fields__) - frozenset(
    EventRow.__struct_fields__
)


class Document(Shape):
    """Every document with a `page`: which keys are there says which one it is."""

    page: PageRow | UnsetType = UNSET
    components: list[Raw] | UnsetType = UNSET
    incidents: list[EventRow] | UnsetType = UNSET
    scheduled_maintenances: list[EventRow] | UnsetType = UNSET
    status: StatusRow | UnsetType = UNSET
    incident: EventRow | UnsetType = UNSET


# The documents of the public API, and the keys each has beside `page`. The names with a
# slash are told from their fellows only by where they were fetched.
PAGED: Mapping[str, tuple[str, ...]] = {
    "summary": ("components", "incidents", "scheduled_maintenances", "status"),
    "status": ("status",),
    "components": ("components",),
    "incidents": ("incidents",),
    "incidents/unresolved": ("incidents",),
    "scheduled-maintenances": ("scheduled_maintenances",),
    "scheduled-maintenances/upcoming": ("scheduled_maintenances",),
    "scheduled-maintenances/active": ("scheduled_maintenances",),
    "incident": ("incident",),
}
DOCUMENTS = (
    *PAGED,
    *("bare-incident", "bare-list"),
    *("webhook/incident", "webhook/maintenance", "webhook/component"),
    *("v1/incident", "v1/incidents", "v1/component", "v1/components"),
    *("v1/component-group", "v1/component-groups"),
    *("history", "uptime", "uptime-data"),
)

# Those that name the zone of the page, and have their times in it.
ZONED = frozenset({*PAGED, "history"})
# Those whose incidents are `LegacyRow`s.
LEGACY = frozenset(
    {"webhook/incident", "webhook/maintenance", "v1/incident", "v1/incidents"}
)
# Those that are an incident, and those that are an array of them.
LONE = frozenset({"bare-incident", "v1/incident"})
LISTS = frozenset({"bare-list", "v1/incidents"})

# Keys of an incident that no other object of a JSON status page has together.
INCIDENT_KEYS = frozenset({"name", "status", "incident_updates"})
