"""What of an incident no call of Statuspage's can carry, said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._frozen import EMPTY, RESERVED
from incidentkit._time import text as time_text
from incidentkit._timeline import last_status
from incidentkit._vocabulary import ComponentStatus, IncidentStatus
from incidentkit.publishing._bodies import NAME
from incidentkit.publishing._telling import postmortem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentkit._event import Event
    from incidentkit._update import Update
    from incidentkit.publishing._case import Case

_POSTMORTEM = IncidentStatus.POSTMORTEM
_OPERATIONAL = ComponentStatus.OPERATIONAL
_ONE = "the vendor keeps one post-mortem, of what is resolved; the last text is shown"
#: Keys of the vendor's documents that calls carry, or that its answers say again.
_CARRIED = frozenset(
    {"backfilled", "deliver_notifications", "impact_override", "metadata"}
)


def report_losses(case: Case) -> None:
    """Report what is new or changed and stays behind."""
    before, after = case.before, case.after
    old = {} if before is None else dict(_places(before))
    for key, (detail, value) in _places(after):
        if key not in old or old[key][1] != value:
            case.report("value.left_out", f".{key}", detail, value)
    first = after.updates[0].at if after.updates else None
    if before is None and after.created_at != first:
        _report_clock(case, ".created_at")
    for place in case.matched.new:
        update, where = after.updates[place], f".updates[{place}]"
        if update.created_at != update.at or update.is_edited:
            _report_clock(case, where)
        for key in _strange(update):
            detail = f"no call takes the key {key!r}"
            case.report("value.left_out", f"{where}.extras[{key!r}]", detail)
        for key, to in update.links.items():
            detail = f"what {key!r} calls it has no place"
            case.report("value.left_out", f"{where}.links[{key!r}]", detail, to)
    _report_edits(case)
    report_order(case)
    _report_postmortems(case)


def _report_clock(case: Case, place: str) -> None:
    detail = "the vendor's clock sets when something is posted and edited"
    case.report("time.vendors", place, detail)


def report_replay(case: Case) -> None:
    """Report what is visible of telling again what is over."""
    moved = any(
        row.status not in {None, _OPERATIONAL}
        for update in case.after.updates
        for row in update.states
    )
    if moved and not case.after.is_open and not case.is_backfilled:
        detail = "it is over: its components go through its levels during the calls"
        case.report("replay.live", "", detail)


def _places(event: Event) -> Iterator[tuple[str, tuple[str, object]]]:
    """What has no place with the vendor: where it is, why, and what it says."""
    stated = {
        "stated_start": ("a start apart from the updates", event.stated_start),
        "stated_end": ("an end apart from the updates", event.stated_end),
    }
    for key, (what, at) in stated.items():
        if at is not None:
            yield key, (f"{what} has no place", time_text(at))
    # Where no update names a status, it is what they are posted with.
    if event.stated_status is not None and last_status(event.updates) is not None:
        detail = "a status apart from the updates has no place"
        yield "stated_status", (detail, event.stated_status.value)
    if event.detection is not None:
        yield "detection", ("who noticed it has no place", event.detection.by)
    if event.url is not None:
        yield "url", ("the vendor makes the permanent address", event.url)
    for name, to in event.links.items():
        if name != NAME:
            detail = f"what {name!r} calls it has no place"
            yield f"links[{name!r}]", (detail, to)
    said = postmortem(event)
    if event.postmortem is not None and (
        said is None or (said.place is not None and said.body != event.postmortem)
    ):
        yield "postmortem", (_ONE, event.postmortem)
    for key in _strange(event):
        yield f"extras[{key!r}]", (f"no call takes the key {key!r}", None)


def _strange(thing: Event | Update) -> list[str]:
    said = thing.extras.get(NAME, EMPTY)
    return [key for key in said if key not in _CARRIED and key not in RESERVED]


def _report_edits(case: Case) -> None:
    """Report the edits of posted updates that the vendor does not let be made."""
    for old, place in case.matched.kept:
        new, where = case.after.updates[place], f".updates[{place}]"
        if new.status is not old.status:
            detail = "the status of an update cannot be changed once it is posted"
            case.report("change.refused", f"{where}.status", detail)
        if _levels(new) != _levels(old):
            detail = "the levels that an update tells cannot be changed afterwards"
            case.report("change.refused", f"{where}.states", detail)


def report_order(case: Case) -> None:
    """Report what was done to the timeline other than to go on with it."""
    report, matched = case.plan.report, case.matched
    for old in matched.gone:
        detail = "an update cannot be taken back once it is posted"
        where = f"{case.path}.updates"
        report.leave_out("change.refused", where, detail, old.body, old.id)
    for place in matched.late:
        late, where = case.after.updates[place], f"{case.path}.updates[{place}]"
        detail = "an update cannot be put before one that is posted"
        report.leave_out("change.refused", where, detail, late.body, late.id)
    if matched.is_reordered:
        detail = "updates cannot be put in another order once they are posted"
        case.report("change.refused", ".updates", detail)


def _report_postmortems(case: Case) -> None:
    """Report the post-mortems that have no place of their own, or are taken back."""
    report, after = case.plan.report, case.after
    said, known = postmortem(after), postmortem(case.before)
    shown = None if said is None else said.place
    for place in case.matched.new:
        update, where = after.updates[place], f"{case.path}.updates[{place}]"
        if update.status is _POSTMORTEM and place != shown:
            report.leave_out("item.unfitting", where, _ONE, update.body, update.id)
    if known is not None and known.place is None and said is None:
        detail = "a post-mortem is not taken back once it is published"
        case.report("change.refused", ".postmortem", detail)


def _levels(update: Update) -> dict[str, object]:
    return {row.component.key: row.status for row in update.states}
