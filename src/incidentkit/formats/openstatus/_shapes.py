"""
OpenStatus's documents, field by field.

Three families tell the same things in different keys: the feed of a public page, the
first REST API, and the RPC API in the JSON of protocol buffers, which leaves out what
is empty. The shapes serve reading and writing. Ids are numbers or text.
"""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from msgspec import UNSET, UnsetType

from incidentkit.formats._wire import Id, Shape

Text: TypeAlias = str | UnsetType | None
Ids: TypeAlias = list[Id] | UnsetType | None
Scalar: TypeAlias = str | int | float | bool | None


class Row(Shape, rename="camel"):
    """An object, whose keys are in camel case."""


# -- the feed --------------------------------------------------------------------------


class FeedUpdate(Row):
    """An entry of `statusReportUpdates`, newest first."""

    derived: ClassVar[frozenset[str]] = frozenset({"status", "updatedAt"})

    id: Id | UnsetType = UNSET
    status: Text = UNSET
    message: Text = UNSET
    date: Text = UNSET
    updated_at: Text = UNSET


class FeedReport(Row):
    """An entry of `statusReports`: an incident."""

    derived: ClassVar[frozenset[str]] = frozenset(
        {"status", "updatedAt", "pageComponents"}
    )

    id: Id | UnsetType = UNSET
    title: str | UnsetType = UNSET
    updated_at: Text = UNSET
    status: Text = UNSET
    monitors: Ids = UNSET  # deprecated
    page_components: Ids = UNSET
    status_report_updates: list[FeedUpdate] | UnsetType | None = UNSET


class FeedMaintenance(Row):
    """An entry of `maintenances`; what others call `title` is `name` here."""

    derived: ClassVar[frozenset[str]] = frozenset({"updatedAt", "pageComponents"})

    id: Id | UnsetType = UNSET
    name: str | UnsetType = UNSET
    message: Text = UNSET
    from_: Text = UNSET
    to: Text = UNSET
    updated_at: Text = UNSET
    monitors: Ids = UNSET  # deprecated
    page_components: Ids = UNSET


class PageComponent(Row):
    """An entry of `pageComponents`; how it is, the feed does not say."""

    id: Id | UnsetType = UNSET
    name: str | UnsetType = UNSET
    description: Text = UNSET
    monitor_id: Id | UnsetType | None = UNSET
    order: int | UnsetType | None = UNSET
    group_id: Id | UnsetType | None = UNSET
    group_order: int | UnsetType | None = UNSET


class PageComponentGroup(Row):
    """An entry of `pageComponentGroups`."""

    id: Id | UnsetType = UNSET
    name: str | UnsetType = UNSET


class Feed(Row):
    """The feed of a public page."""

    derived: ClassVar[frozenset[str]] = frozenset({"status"})

    title: Text = UNSET
    description: Text = UNSET
    status: Text = UNSET
    updated_at: Text = UNSET
    monitors: list[dict[str, Scalar]] | UnsetType | None = UNSET  # deprecated
    page_components: list[PageComponent] | UnsetType | None = UNSET
    page_component_groups: list[PageComponentGroup] | UnsetType | None = UNSET
    maintenances: list[FeedMaintenance] | UnsetType | None = UNSET
    status_reports: list[FeedReport] | UnsetType | None = UNSET


class PublicStatus(Row):
    """How the whole page is, in one word."""

    derived: ClassVar[frozenset[str]] = frozenset({"status"})

    status: Text = UNSET


# -- the first REST API ----------------------------------------------------------------


class RestReport(Row):
    """A status report; its updates are documents of their own."""

    derived: ClassVar[frozenset[str]] = frozenset(
        {"status", "statusReportUpdateIds", "monitorIds"}
    )

    id: Id | UnsetType = UNSET
    title: str | UnsetType = UNSET
    status: Text = UNSET
    status_report_update_ids: Ids = UNSET
    monitor_ids: Ids = UNSET
    page_id: Id | UnsetType | None = UNSET


class RestUpdate(Row):
    """An update of a status report."""

    derived: ClassVar[frozenset[str]] = frozenset({"status", "statusReportId"})

    id: Id | UnsetType = UNSET  # text, unlike all other ids here
    status: Text = UNSET
    date: Text = UNSET
    message: Text = UNSET
    status_report_id: Id | UnsetType | None = UNSET


class RestMaintenance(Row):
    """A maintenance."""

    derived: ClassVar[frozenset[str]] = frozenset({"monitorIds"})

    id: Id | UnsetType = UNSET
    title: str | UnsetType = UNSET
    message: Text = UNSET
    from_: Text = UNSET
    to: Text = UNSET
    monitor_ids: Ids = UNSET
    page_id: Id | UnsetType | None = UNSET


# -- the RPC API -----------------------------------------------------------------------


class RpcImpact(Row):
    """An entry of `componentImpacts`: a level."""

    page_component_id: Id | UnsetType = UNSET
    impact: Text = UNSET


class RpcUpdate(Row):
    """An entry of `updates`."""

    derived: ClassVar[frozenset[str]] = frozenset({"status", "componentImpacts"})

    id: Id | UnsetType = UNSET
    status: Text = UNSET
    date: Text = UNSET
    message: Text = UNSET
    created_at: Text = UNSET
    component_impacts: list[RpcImpact] | UnsetType | None = UNSET


class RpcReport(Row):
    """A status report, with the levels of components in its updates."""

    derived: ClassVar[frozenset[str]] = frozenset(
        {"status", "pageComponentIds", "updatedAt"}
    )

    id: Id | UnsetType = UNSET
    status: Text = UNSET
    title: str | UnsetType = UNSET
    page_component_ids: Ids = UNSET
    updates: list[RpcUpdate] | UnsetType | None = UNSET
    created_at: Text = UNSET
    updated_at: Text = UNSET


class RpcMaintenance(Row):
    """A maintenance."""

    derived: ClassVar[frozenset[str]] = frozenset({"pageComponentIds", "updatedAt"})

    id: Id | UnsetType = UNSET
    title: str | UnsetType = UNSET
    message: Text = UNSET
    from_: Text = UNSET
    to: Text = UNSET
    page_component_ids: Ids = UNSET
    created_at: Text = UNSET
    updated_at: Text = UNSET
