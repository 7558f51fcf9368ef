"""One incident or maintenance on its way: what it was, and what it is to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from incidentkit.publishing._call import Placeholder
from incidentkit.publishing._matching import Matched, match
from incidentkit.publishing._refusals import CannotPublish

if TYPE_CHECKING:
    from incidentkit._incident import Incident
    from incidentkit._maintenance import Maintenance
    from incidentkit._update import Update
    from incidentkit.publishing._call import Segment
    from incidentkit.publishing._plan import Plan


@attrs.frozen
class Case:
    """What is known of one incident while its calls are built."""

    plan: Plan
    before: Incident | Maintenance | None
    after: Incident | Maintenance
    path: str
    """Where after stands in what is published."""
    matched: Matched
    segment: Segment
    """The incident's part of a path."""
    is_backfilled: bool
    """Whether the vendor has it, or is to have it, as put up after it was over."""

    def report(self, code: str, place: str, detail: str, value: object = None) -> None:
        """Report something of it."""
        self.plan.report.add(code, f"{self.path}{place}", detail, value)

    def update_segment(self, old: Update | None, place: int) -> Segment:
        """An update's part of a path."""
        id_ = self.update_id(old, place)
        return Placeholder(place) if id_ is None else id_

    def update_id(self, old: Update | None, place: int) -> str | None:
        """What an update is called there; else its id, if it was read from there."""
        name = self.plan.vendor.name
        new, before = self.after.updates[place], self.before
        ids = [new.links.get(name), None if old is None else old.links.get(name)]
        if before is not None and old is not None:
            link = self.after.links.get(name) or before.links.get(name)
            # What has another name there than its own id was not read from there, and
            # neither were its updates.
            if link in {None, before.id}:
                is_id = self.plan.vendor.is_id
                ids += [one for one in (old.id, new.id) if one and is_id(one)]
        return next((id_ for id_ in ids if id_ is not None), None)


def case(
    plan: Plan,
    before: Incident | Maintenance | None,
    after: Incident | Maintenance,
    path: str,
    *,
    is_backfilled: bool = False,
) -> Case:
    """
    Put together what is known.

    Raises:
        CannotPublish: before and after are two incidents, or something that is to be
            put up or posted is there already.
        TypeError: the one is an incident and the other a maintenance.
    """
    if before is not None and type(before) is not type(after):
        msg = f"{before!r} cannot become {after!r}: they are of two kinds"
        raise TypeError(msg)
    name = plan.vendor.name
    matched = match(() if before is None else before.updates, after.updates, name)
    for place in matched.new:
        link = after.updates[place].links.get(name)
        if link is not None:
            raise CannotPublish(
                f"{path}.updates[{place}]",
                f"it is there already, as {link!r}, and would be posted twice: give "
                "what the page shows as before, or drop its link",
            )
    return Case(
        plan=plan,
        before=before,
        after=after,
        path=path,
        matched=matched,
        segment=_segment(plan, before, after, path),
        is_backfilled=is_backfilled,
    )


def _segment(
    plan: Plan,
    before: Incident | Maintenance | None,
    after: Incident | Maintenance,
    path: str,
) -> Segment:
    name = plan.vendor.name
    if before is None:
        known = after.links.get(name, after.id)
        if name in after.links or (type(after), known) in plan.taken:
            raise CannotPublish(
                path,
                f"it is there already, as {known!r}, and would be put up twice: give "
                "what the page shows as before, or drop its links",
            )
        return Placeholder()
    links = (before.links.get(name), after.links.get(name))
    for one, other in (links, (before.id, after.id)):
        if one is not None and other is not None and one != other:
            raise CannotPublish(
                path, f"before is {one!r} and after is {other!r}: they are not the same"
            )
    own = before.id if before.id and plan.vendor.is_id(before.id) else None
    return links[1] or links[0] or own or Placeholder()
