"""What of an incident or maintenance no call of Cachet's can carry, said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._frozen import EMPTY, RESERVED
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._time import text as time_text
from incidentkit._timeline import last_status
from incidentkit._vocabulary import Impact
from incidentkit.publishing._cachet_telling import report_edits
from incidentkit.publishing._losses import report_order, report_replay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pendulum import DateTime

    from incidentkit._event import Event
    from incidentkit._update import Update
    from incidentkit.publishing._cachet_dialect import Dialect
    from incidentkit.publishing._case import Case

#: Keys of the vendor's documents that the calls of an incident carry.
_CARRIED = frozenset({"visible", "stickied", "notifications"})

#: The times that may have no place, and what to call them.
_TIMES = {
    "stated_start": "a start apart from the plan",
    "stated_end": "an end apart from the updates",
    "scheduled_until": "an end that is planned",
}


def report_losses(dialect: Dialect, case: Case) -> None:
    """Report what is new or changed and stays behind."""
    before, after = case.before, case.after
    old = {} if before is None else dict(_places(dialect, before))
    for key, (detail, value) in _places(dialect, after):
        if key not in old or old[key][1] != value:
            case.report("value.left_out", f".{key}", detail, value)
    if before is None and not after.updates and after.created_at is not None:
        _report_clock(case, ".created_at")
    for place in case.matched.new:
        update, where = after.updates[place], f".updates[{place}]"
        _report_clock(case, f"{where}.at")
        for key in _strange(dialect, update):
            detail = f"no call takes the key {key!r}"
            case.report("value.left_out", f"{where}.extras[{key!r}]", detail)
        for key, to in update.links.items():
            detail = f"what {key!r} calls it has no place"
            case.report("value.left_out", f"{where}.links[{key!r}]", detail, to)
    report_edits(case)
    report_order(case)
    if before is None:
        report_replay(case)


def _report_clock(case: Case, place: str) -> None:
    detail = "the vendor's clock sets when something is posted and edited"
    case.report("time.vendors", place, detail)


def _places(
    dialect: Dialect, event: Event
) -> Iterator[tuple[str, tuple[str, str | None]]]:
    """What has no place with the vendor: where it is, why, and what it says."""
    # A schedule is a maintenance, and needs no word of it.
    usual = Impact.MAINTENANCE if isinstance(event, Maintenance) else None
    if event.impact is not None and event.impact is not usual:
        yield "impact", ("the vendor keeps no impact", event.impact.value)
    for key, at in _times(dialect, event).items():
        if at is not None:
            yield key, (f"{_TIMES[key]} has no place", time_text(at))
    told, stated = last_status(event.updates), event.stated_status
    if stated is not None and told is not None and stated is not told:
        detail = "a status apart from the updates has no place"
        yield "stated_status", (detail, stated.value)
    if event.detection is not None:
        yield "detection", ("who noticed it has no place", event.detection.by)
    if event.url is not None:
        yield "url", ("the vendor makes the permanent address", event.url)
    if event.postmortem is not None:
        detail = "a post-mortem apart from the updates has no place: post it as one"
        yield "postmortem", (detail, event.postmortem)
    for name in sorted(event.links.keys() - {dialect.name}):
        detail = f"what {name!r} calls it has no place"
        yield f"links[{name!r}]", (detail, event.links[name])
    for key in _strange(dialect, event):
        yield f"extras[{key!r}]", (f"no call takes the key {key!r}", None)


def _times(dialect: Dialect, event: Event) -> dict[str, DateTime | None]:
    """The times that no call takes."""
    if not isinstance(event, Maintenance):
        return {"stated_end": event.stated_end}
    if dialect.goes_by_clock:
        return {"stated_start": event.stated_start}
    return {
        "stated_start": event.stated_start,
        "scheduled_until": event.scheduled_until,
    }


def _strange(dialect: Dialect, thing: Event | Update) -> list[str]:
    said = thing.extras.get(dialect.name, EMPTY)
    carried = _CARRIED if isinstance(thing, Incident) else frozenset[str]()
    return [key for key in said if key not in carried and key not in RESERVED]
