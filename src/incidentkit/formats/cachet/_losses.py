"""What a document of Cachet does not give back: each kind of thing, reported once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

import attrs

from incidentkit.formats import _losses as shared
from incidentkit.formats.cachet._pen import NUMBERS

if TYPE_CHECKING:
    from incidentkit._update import Update
    from incidentkit.formats._losses import Difference, Fields
    from incidentkit.formats._pen import Numbers, Placed


@attrs.frozen
class Losses(shared.Losses):
    """What a document of Cachet does not give back, and what to call it."""

    numbers: ClassVar[Numbers] = NUMBERS
    of_page: ClassVar[Fields] = {
        "name": "the name of a page",
        "url": "the address of a page",
        "id": "the id of a page",
        "time_zone": "the zone of its times: read it with tz=",
        "recorded": "recorded days",
        "updated_at": "when the page changed",
        "stated_indicator": "how the whole page is",
        "stated_description": "how the whole page is, in a sentence",
    }
    of_component: ClassVar[Fields] = {
        "name": "this name of a component",
        "id": "an id that is no number",
        "status": "this level",
        "group": "this group",
        "is_group": "a group among the components",
        "description": "the description of a group",
        "position": "no position at all",
        "start_date": "the day a component's history begins",
        "created_at": "when a component was put up",
        "updated_at": "when a component changed",
    }
    of_event: ClassVar[Fields] = {
        "name": "this name",
        "impact": "an impact",
        "id": "an id that is no number",
        "url": "an address",
        "created_at": "when it was put up, beside its updates",
        "updated_at": "when it was edited",
        "stated_status": "a status beside those of the updates",
        "stated_start": "this start",
        "stated_end": "this end",
        "detection": "who noticed it",
        "postmortem": "a post-mortem beside the updates",
        "scheduled_for": "when it was to begin",
        "scheduled_until": "when it was to be over, beside when it was",
    }
    of_update: ClassVar[Fields] = {
        "status": "this status: the first word has none, nor has a schedule's",
        "body": "this text of an update",
        "at": "a time to show beside the one of posting",
        "id": "the id of an update that is its incident's first word",
        "created_at": "when an update was posted, beside when its incident was put up",
        "updated_at": "when the first word was edited",
    }
    order: ClassVar[str] = "order of posting"
    one_update: ClassVar[str] = "only the first word is kept here"

    def updates(self, path: str, told: Placed, back: tuple[Update, ...]) -> None:
        """Report what of updates, in the order of writing, did not come back."""
        if told or not back:
            super().updates(path, told, back)
        else:
            detail = "an incident has a first word; an empty one was written"
            self.report.add("value.invented", path, detail)

    def changed(self, lost: Difference) -> None:
        """Report a field that came back as something else, or not at all."""
        old = lost.old
        if isinstance(old, datetime) and old.replace(microsecond=0) == lost.new:
            detail = "times are of whole seconds here"
            self.report.add("time.coarsened", lost.path, detail, old)
        else:
            super().changed(lost)
