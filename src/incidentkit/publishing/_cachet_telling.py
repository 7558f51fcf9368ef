"""
What is said of an incident or schedule: the first word, and what comes after it.

The first update is none to Cachet but the `message` of the incident, without an id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._frozen import EMPTY
from incidentkit.publishing._call import Placeholder

if TYPE_CHECKING:
    from incidentkit._incident import Incident
    from incidentkit._update import Update
    from incidentkit.publishing._cachet_dialect import Dialect
    from incidentkit.publishing._case import Case


def is_begun(case: Case) -> bool:
    """Whether the first update is to be the message: there was no word before."""
    no_word = case.before is None or not case.before.updates
    return no_word and bool(case.after.updates)


def posted(case: Case) -> tuple[int, ...]:
    """The places of the updates that are new, and are not the message."""
    begun = is_begun(case)
    return tuple(place for place in case.matched.new if place or not begun)


def is_message(case: Case, old: Update, place: int) -> bool:
    """Whether an update that is still there is the message."""
    is_first = case.before is not None and old is case.before.updates[0]
    return is_first and isinstance(case.update_segment(old, place), Placeholder)


def message(case: Case) -> Update | None:
    """The update of before that is the message, if it is the first of after as well."""
    for old, place in case.matched.kept:
        if place == 0 and is_message(case, old, place):
            return old
    return None


def flags(dialect: Dialect, incident: Incident) -> dict[str, object]:
    """Who sees it, and whether it stays on top, as the vendor's documents say."""
    said = incident.extras.get(dialect.name, EMPTY)
    visible, stickied = said.get("visible"), said.get("stickied")
    number = int(visible) if isinstance(visible, int) else 1
    return {
        "visible": number if number in dialect.visibilities else 1,
        "stickied": stickied is True,
    }


def report_edits(case: Case) -> None:
    """Report what of updates cannot be changed once they are posted."""
    for old, place in case.matched.kept:
        new, where = case.after.updates[place], f".updates[{place}]"
        if new.at != old.at:
            detail = "an update cannot be dated"
            case.report("change.refused", f"{where}.at", detail)
        if _levels(new) != _levels(old):
            detail = "the levels that an update tells cannot be changed afterwards"
            case.report("change.refused", f"{where}.states", detail)


def _levels(update: Update) -> dict[str, object]:
    return {row.component.key: row.status for row in update.states}
