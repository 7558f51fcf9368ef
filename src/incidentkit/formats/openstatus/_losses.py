"""What a document of OpenStatus does not give back: each kind, reported once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from incidentkit.formats import _losses as shared
from incidentkit.formats.openstatus._pen import NUMBERS

if TYPE_CHECKING:
    from incidentkit._update import Update
    from incidentkit.formats._losses import Fields
    from incidentkit.formats._pen import Numbers

_OF_STATE: Final[Fields] = {
    "status": "a level",
    "before": "the level a component had before",
}


@attrs.frozen
class Losses(shared.Losses):
    """What a document of OpenStatus does not give back, and what to call it."""

    numbers: ClassVar[Numbers] = NUMBERS
    of_page: ClassVar[Fields] = {
        "name": "the name of a page",
        "url": "the address of a page",
        "id": "the id of a page",
        "time_zone": "the zone of a page",
        "recorded": "recorded days",
        "updated_at": "when the page changed",
        "stated_indicator": "how the whole page is",
        "stated_description": "how the whole page is, in a sentence",
    }
    of_component: ClassVar[Fields] = {
        "name": "this name of a component",
        "id": "an id that is no number",
        "status": "the present level of a component",
        "group": "this group",
        "description": "the description of a group",
        "position": "the position of a group",
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
        "stated_start": "a start beside the updates",
        "stated_end": "an end beside the updates",
        "detection": "who noticed it",
        "postmortem": "a post-mortem beside the updates",
        "scheduled_for": "when it was to begin",
        "scheduled_until": "when it was to be over",
    }
    of_update: ClassVar[Fields] = {
        "status": "the status of an update of a maintenance",
        "body": "this text of an update",
        "at": "a time of an update of a maintenance",
        "id": "the id of an update of a maintenance",
        "created_at": "when an update was posted, beside when it is shown",
        "updated_at": "when an update was edited",
    }
    one_update: ClassVar[str] = "a maintenance has one message here, and no empty one"

    def states(self, path: str, update: Update, back: Update) -> None:
        """Report what of the levels of an update did not come back."""
        if len(update.states) != len(back.states):
            self.left_out(f"{path}.states", "the levels of an update")
            return
        for index, (row, again) in enumerate(
            zip(update.states, back.states, strict=True)
        ):
            where = f"{path}.states[{index}]"
            self.fields(where, _OF_STATE, row, again)
            if row.component != again.component:
                what = "how an update calls a component"
                self.left_out(f"{where}.component", what, row.component.label)
