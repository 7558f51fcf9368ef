"""
JSON Feed 1.1, field by field as far as it is used, and the extension of ours.

https://jsonfeed.org/version/1.1. What is declared here is what a page has a place for;
all else of a feed is kept as it is. The names within the extension are the model's.
"""

from __future__ import annotations

from typing import ClassVar, Final, TypeAlias

from msgspec import UNSET, UnsetType, field

from incidentkit.formats._wire import Shape

NAME: Final = "jsonfeed"
#: The key of the extension, in the feed and in each item.
EXTENSION: Final = "_incidentkit"
VERSION: Final = "https://jsonfeed.org/version/1.1"
#: The version of the extension.
EXTENDED: Final = 1

Text: TypeAlias = str | UnsetType
Maybe: TypeAlias = str | UnsetType | None


class Mention(Shape):
    """A component, by name, by id, or both."""

    name: Text = UNSET
    id: Text = UNSET


class State(Shape):
    """The level of a component."""

    component: Mention | UnsetType = UNSET
    status: Text = UNSET
    before: Text = UNSET


class Told(Shape):
    """An update."""

    status: Text = UNSET
    at: Text = UNSET
    body: Text = UNSET
    states: list[State] | UnsetType = UNSET
    id: Text = UNSET
    created_at: Text = UNSET
    updated_at: Text = UNSET


class Noticed(Shape):
    """Who noticed, and when."""

    by: Text = UNSET
    at: Text = UNSET


class Entry(Shape):
    """What an item says of an incident or maintenance besides."""

    kind: Text = UNSET
    place: int | UnsetType = UNSET
    id: Maybe = UNSET
    url: Text = UNSET
    impact: Text = UNSET
    status: Text = UNSET
    began_at: Text = UNSET
    ended_at: Text = UNSET
    scheduled_for: Text = UNSET
    scheduled_until: Text = UNSET
    components: list[Mention] | UnsetType = UNSET
    updates: list[Told] | UnsetType = UNSET
    created_at: UnsetType | None = UNSET
    updated_at: UnsetType | None = UNSET
    stated_status: Text = UNSET
    stated_start: Text = UNSET
    stated_end: Text = UNSET
    detection: Noticed | UnsetType = UNSET
    postmortem: Text = UNSET


class Item(Shape):
    """An item of a feed."""

    derived: ClassVar = frozenset(
        {"content_text", "summary", "content_html", "tags", "date_modified"}
    )

    id: str | int | UnsetType = UNSET
    url: Maybe = UNSET
    title: Maybe = UNSET
    summary: Maybe = UNSET
    content_html: Maybe = UNSET
    content_text: Maybe = UNSET
    date_published: Maybe = UNSET
    date_modified: Maybe = UNSET
    tags: list[str] | UnsetType | None = UNSET
    entry: Entry | UnsetType = field(name=EXTENSION, default=UNSET)


class Part(Shape):
    """An entry of a page: a component, or a group of them."""

    name: Text = UNSET
    id: Text = UNSET
    status: Text = UNSET
    group: Text = UNSET
    is_group: bool | UnsetType = UNSET
    description: Text = UNSET
    position: int | UnsetType = UNSET
    start_date: Text = UNSET
    created_at: Text = UNSET
    updated_at: Text = UNSET


class Day(Shape):
    """What was recorded of a component on one day."""

    component: Mention | UnsetType = UNSET
    date: Text = UNSET
    major_outage: int | UnsetType = UNSET
    partial_outage: int | UnsetType = UNSET
    events: dict[str, str] | UnsetType = UNSET


class Whole(Shape):
    """What a feed says of a page besides."""

    version: int | UnsetType = UNSET
    name: UnsetType | None = UNSET
    id: Text = UNSET
    url: Text = UNSET
    time_zone: Text = UNSET
    updated_at: Text = UNSET
    stated_indicator: Text = UNSET
    stated_description: Text = UNSET
    components: list[Part] | UnsetType = UNSET
    recorded: list[Day] | UnsetType = UNSET


class Feed(Shape):
    """A feed."""

    version: Text = UNSET
    title: Maybe = UNSET
    home_page_url: Maybe = UNSET
    whole: Whole | UnsetType = field(name=EXTENSION, default=UNSET)
    items: list[Item] | UnsetType = UNSET
