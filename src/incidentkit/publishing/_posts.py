"""The posts of an incident: each new update, with the components it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from incidentkit._vocabulary import Impact, IncidentStatus
from incidentkit.publishing import _bodies as bodies
from incidentkit.publishing._telling import attached, status_word, word

if TYPE_CHECKING:
    from incidentkit._update import Update
    from incidentkit.publishing._case import Case


@attrs.define
class Post:
    """What puts up, edits or posts to an incident, while it is put together."""

    fields: dict[str, object]
    purpose: str
    at: int
    """Where in the timeline it belongs: the place of its update, or between two."""
    posts: bool = False
    """Whether it posts that update."""
    worst: Impact = Impact.NONE
    """What the vendor derives from the levels it tells."""


def posts(case: Case) -> list[Post]:
    """
    What puts it up, posts each new update, and attaches what else it is attached to.

    Post-mortems are not posted: they are published. What they say of components is said
    by an edit before.

    Raises:
        CannotPublish: a text is too long, or it is not clear which component is meant.
    """
    before, after, new = case.before, case.after, case.matched.new
    made: list[Post] = []
    held = set[str]() if before is None else {one.key for one in before.affected}
    if before is None and (not new or _is_postmortem(after.updates[0])):
        made.append(_beginning(case))
        held = _attach(case, made[0], 0, held)
    for place in new:
        post = _post(case, place)
        held = _attach(case, post, place + 1, held)
        _move(case, post)
        if post.fields:
            made.append(post)
    last = Post({}, "attach components", len(after.updates))
    _attach(case, last, last.at, held)
    return [*made, last] if last.fields else made


def _is_postmortem(update: Update) -> bool:
    return update.status is IncidentStatus.POSTMORTEM


def _post(case: Case, place: int) -> Post:
    """What posts an update, as yet without components."""
    update = case.after.updates[place]
    if _is_postmortem(update):
        return Post({}, "move components", place)
    where = f"{case.path}.updates[{place}]"
    status = status_word(case.after, place, case.plan.report, where)
    text = bodies.body(update.body, f"{where}.body")
    fields: dict[str, object] = {"status": status, "body": text}
    return Post(fields, f"post {status!r}", place, posts=True)


def _attach(case: Case, post: Post, until: int, held: set[str]) -> set[str]:
    """
    Attach the components that it is attached to once so many updates are posted.

    Args:
        case: the incident.
        post: what attaches them, if they are others than before.
        until: how many updates.
        held: the keys of those it is attached to already.

    Returns:
        The keys of those it is attached to now.
    """
    mentions = attached(case.after, until)
    now = {one.key for one in mentions}
    if now != held:
        if case.is_backfilled:
            _refuse(case, ".components")
        else:
            ids = case.plan.component_ids(mentions, case.path)
            post.fields["component_ids"] = ids
    return now


def _move(case: Case, post: Post) -> None:
    """Move the components that an update moves."""
    update, place = case.after.updates[post.at], f".updates[{post.at}]"
    if not update.states:
        return
    if case.is_backfilled:
        _refuse(case, f"{place}.states")
        return
    levels = case.plan.moved(case.after, update, f"{case.path}{place}")
    if levels:
        post.fields["components"] = {key: to.value for key, to in levels.items()}
        post.worst = max(level.impact for level in levels.values())


def _refuse(case: Case, place: str) -> None:
    detail = "what is put up after it was over takes no components"
    case.report("value.left_out", place, detail)


def _beginning(case: Case) -> Post:
    """What puts up an incident that no update begins."""
    after = case.after
    detail = "no update begins it: the vendor makes an empty one"
    case.report("value.invented", "", detail)
    # What begins with a post-mortem is resolved, or there would be none.
    status = IncidentStatus.POSTMORTEM if after.updates else after.stated_status
    told = word(after, status, case.plan.report, case.path)
    return Post({"status": told}, "", -1)
