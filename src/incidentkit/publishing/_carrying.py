"""
The calls that carry one incident or maintenance, in order.

First what puts it up or edits it; then each new update, in order of posting, the
post-mortem at its place among them; then the edits of updates, among which are the
times that the new ones are to be shown under.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentkit._vocabulary import Impact, IncidentStatus
from incidentkit.publishing import _bodies as bodies
from incidentkit.publishing._call import Placeholder
from incidentkit.publishing._case import Case, case
from incidentkit.publishing._head import head
from incidentkit.publishing._impact import override
from incidentkit.publishing._losses import report_losses, report_replay
from incidentkit.publishing._posts import Post, posts
from incidentkit.publishing._telling import is_backfilled, postmortem

if TYPE_CHECKING:
    from incidentkit._incident import Incident
    from incidentkit._maintenance import Maintenance
    from incidentkit._update import Update
    from incidentkit.publishing._call import Segment
    from incidentkit.publishing._plan import Plan
    from incidentkit.publishing._telling import Postmortem

_POSTMORTEM = IncidentStatus.POSTMORTEM
_PUBLISHED = "the vendor's clock sets when a post-mortem is published"


def carry(
    plan: Plan,
    before: Incident | Maintenance | None,
    after: Incident | Maintenance,
    path: str,
) -> None:
    """
    Add the calls that carry one incident or maintenance to a plan.

    Raises:
        CannotPublish: the vendor would not take it, or it is not clear what is meant.
        TypeError: the one is an incident and the other a maintenance.
    """
    was = after if before is None else before
    one = case(plan, before, after, path, is_backfilled=is_backfilled(was))
    made = _headed(one, posts(one))
    _post_all(one, made)
    for old, place in one.matched.kept:
        _edit(one, old, place)
    for place in one.matched.new:
        _date(one, place)
    if before is None:
        report_replay(one)
    report_losses(one)


def _headed(one: Case, made: list[Post]) -> list[Post]:
    """The posts, with what is said of the incident itself before or in the first."""
    fields = head(one)
    worst = max((post.worst for post in made), default=Impact.NONE)
    impact = override(one, worst)
    if impact is not None:
        fields["impact_override"] = impact.value
    if fields and not made:
        made = [Post({}, f"edit {', '.join(fields)}", len(one.after.updates))]
    if fields:
        made[0].fields = {**fields, **made[0].fields}
    if one.before is None:
        made[0].purpose = f"put up {one.after.name!r}: {made[0].fields['status']!r}"
    return made


def _post_all(one: Case, made: list[Post]) -> None:
    """The calls that put up, edit and post, and the post-mortem's at its place."""
    said, known = postmortem(one.after), postmortem(one.before)
    if known is not None and said is not None and known.body == said.body:
        said = None
    for index, post in enumerate(made):
        if said is not None and said.place is not None and post.at > said.place:
            _publish(one, said)
            said = None
        _post(one, post, is_first=index == 0)
    if said is not None:
        _publish(one, said)


def _post(one: Case, post: Post, *, is_first: bool) -> None:
    """The call that puts up, edits or posts."""
    puts_up = is_first and one.before is None
    segments: tuple[Segment, ...] = ("incidents",)
    one.plan.add(
        "POST" if puts_up else "PATCH",
        segments if puts_up else (*segments, one.segment),
        # An edit tells nobody.
        bodies.incident(
            post.fields, notify=one.plan.notify and "status" in post.fields
        ),
        post.purpose,
        event=one.after,
        posts=post.at if post.posts else None,
        gives_ids=True,
    )


def _publish(one: Case, said: Postmortem) -> None:
    """The calls that write the post-mortem and show it."""
    segments: tuple[Segment, ...] = ("incidents", one.segment, "postmortem")
    event = one.after
    one.plan.add(
        "PUT", segments, bodies.draft(said.body), "write the post-mortem", event=event
    )
    one.plan.add(
        "PUT",
        (*segments, "publish"),
        bodies.publication(notify=one.plan.notify),
        "publish the post-mortem",
        event=event,
    )
    if said.place is None:
        detail = "a post-mortem apart from the updates is shown as one more update"
        one.report("postmortem.moved", ".postmortem", detail)


def _edit(one: Case, old: Update, place: int) -> None:
    """The call that edits an update, if it was edited."""
    new = one.after.updates[place]
    fields: dict[str, object] = {}
    where = f"{one.path}.updates[{place}]"
    if new.body != old.body and new.status is not _POSTMORTEM:
        fields["body"] = bodies.body(new.body, f"{where}.body")
    if new.at != old.at:
        segment = one.update_segment(old, place)
        if new.status is _POSTMORTEM and isinstance(segment, Placeholder):
            # No answer has given its id: publishing answers with the text alone.
            one.report("time.vendors", f".updates[{place}].at", _PUBLISHED)
        else:
            fields["display_at"] = bodies.when(new.at, one.plan.report, f"{where}.at")
    _edit_update(one, old, place, fields)


def _date(one: Case, place: int) -> None:
    """The call that shows a new update under its own time."""
    new = one.after.updates[place]
    where = f".updates[{place}].at"
    if new.status is _POSTMORTEM:
        one.report("time.vendors", where, _PUBLISHED)
    elif one.plan.is_now(new.at):
        detail = "it is told now: the vendor's clock sets when"
        one.report("time.vendors", where, detail)
    else:
        at = bodies.when(new.at, one.plan.report, f"{one.path}{where}")
        _edit_update(one, None, place, {"display_at": at})


def _edit_update(
    one: Case, old: Update | None, place: int, fields: dict[str, object]
) -> None:
    if fields:
        one.plan.add(
            "PATCH",
            (
                *("incidents", one.segment),
                *("incident_updates", one.update_segment(old, place)),
            ),
            bodies.update(fields),
            f"edit update {place}: {', '.join(fields)}",
            event=one.after,
        )
