"""
Calls: what to send, in which order, and how to take in what comes back.

Nothing here knows a vendor. What differs from one to the next is in a `Vendor`: what
it is called under `links`, and how to find ids in its answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast, final
from urllib.parse import quote

import attrs

from incidentkit._frozen import FrozenMapping, thaw
from incidentkit._incident import Incident
from incidentkit._maintenance import Maintenance
from incidentkit._override import override
from incidentkit._page import StatusPage
from incidentkit.errors import MalformedDocument
from incidentkit.formats._wire import parse
from incidentkit.publishing._refusals import CannotPublish, UnfilledCall

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentkit._update import Update

P = TypeVar("P", bound=Incident | Maintenance | StatusPage)

Publishable: TypeAlias = Incident | Maintenance | StatusPage
"""What can be carried to a vendor's page."""


@final
@attrs.frozen
class Placeholder:
    """
    An id that only the vendor can give, in the path of a call.

    >>> print(Placeholder(), Placeholder(2))
    {incident} {update 2}
    """

    update: int | None = None
    """The place of the update whose id is wanted; None: the incident's own."""

    @override
    def __str__(self) -> str:
        return "{incident}" if self.update is None else f"{{update {self.update}}}"


@final
@attrs.frozen
class Said:
    """An update as an answer shows it."""

    id: str
    """The vendor's id of it."""
    body: str
    """What it says."""
    within: str | None = None
    """The vendor's id of what it was posted to, where the answer says so."""


@final
@attrs.frozen
class Answer:
    """The ids that an answer gives."""

    id: str
    """The incident's."""
    updates: tuple[Said, ...]
    """Its updates, in order of posting."""


@final
@attrs.frozen
class Vendor:
    """What calls must know of whom they are for."""

    name: str
    """The key under `links` for what things are called there."""
    answer: Callable[[Mapping[str, object]], Answer] = attrs.field(repr=False)
    """
    The ids in the answer to a call that puts up an incident or posts an update.

    Raises `MalformedDocument` if it is no such answer.
    """
    said: Callable[[Mapping[str, object]], Said] | None = attrs.field(
        default=None, repr=False
    )
    """
    The update in an answer that shows nothing else; None: no answer does.

    Raises `MalformedDocument` if it is no such answer.
    """
    is_id: Callable[[str], bool] = attrs.field(default=bool, repr=False)
    """Whether an id can be one of the vendor's; of many nothing tells."""


Segment: TypeAlias = str | Placeholder


def _route(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    for segment in segments:
        # Such a segment would lead to another place than it seems to.
        if isinstance(segment, str) and segment in {"", ".", ".."}:
            raise CannotPublish("$", f"{segment!r} is no id: no path can hold it")
    return segments


def _optional_mapping(
    value: Mapping[str, object] | None,
) -> FrozenMapping[object] | None:
    return None if value is None else FrozenMapping(value)


@final
@attrs.frozen(kw_only=True, repr=False)
class Call:
    """
    One call of a vendor's management API: built, never sent.

    Send `method`, `path` and `payload` in whatever way you like. An id that only the
    vendor can give is a `Placeholder` in the path; as long as there is one, `path`
    raises, so that the call cannot be sent by mistake. Take each answer in with
    `adopt`, and take `filled` of the next call::

        for call in calls:
            call = call.filled(incident)
            answer = send(call.method, call.path, call.payload)
            incident = call.adopt(incident, answer)

    Raises:
        CannotPublish: a part of the path that would lead elsewhere: empty, `.`, `..`.
    """

    vendor: Vendor
    """Whom it is for."""
    method: str
    """`POST`, `PATCH` or `PUT`."""
    segments: tuple[Segment, ...] = attrs.field(converter=_route)
    """The path, part by part, as yet unescaped."""
    body: FrozenMapping[object] | None = attrs.field(
        default=None, converter=_optional_mapping
    )
    """The JSON to send, frozen; None: nothing. See `payload`."""
    purpose: str
    """What it is for, in a line."""
    event: str | None = None
    """The key of the incident or maintenance it is about; None: it is about neither."""
    kind: type[Incident | Maintenance] | None = None
    """Which of the two that is, where both may have one key; None: either."""
    posts: int | None = None
    """The place of the update that it posts, if it posts one."""
    gives_ids: bool = False
    """Whether the answer shows the whole incident, so that there are ids to adopt."""
    gives_update: bool = False
    """Whether it shows the update that was posted, and nothing else, with its id."""

    @property
    def route(self) -> str:
        """The path as people may read it, its placeholders in braces."""
        return "".join(f"/{segment}" for segment in self.segments)

    @property
    def missing(self) -> tuple[Placeholder, ...]:
        """The ids it still wants."""
        return tuple(one for one in self.segments if isinstance(one, Placeholder))

    @property
    def is_ready(self) -> bool:
        """Whether it can be sent."""
        return not self.missing

    @property
    def path(self) -> str:
        """
        The path to send it to, from the root of the API on, escaped.

        Raises:
            UnfilledCall: an id is missing that only the vendor can give.
        """
        missing = self.missing
        if missing:
            raise UnfilledCall(self.route, missing)
        return "".join(f"/{quote(str(part), safe='')}" for part in self.segments)

    @property
    def payload(self) -> dict[str, object] | None:
        """The body as plain dicts and lists, for an encoder of JSON."""
        return cast("dict[str, object] | None", thaw(self.body))

    @override
    def __repr__(self) -> str:
        return f"<Call {self.method} {self.route}: {self.purpose}>"

    def filled(self, of: Incident | Maintenance | StatusPage) -> Call:
        """
        The call with its placeholders filled, as far as the ids are in `links`.

        Args:
            of: the incident, maintenance or page that the call was built for, with
                what was adopted since.

        Raises:
            ValueError: the call is about another one.
        """
        if self.is_ready:
            return self
        event = self._own(of)
        return attrs.evolve(
            self, segments=tuple(self._known(event, part) for part in self.segments)
        )

    def _known(self, event: Incident | Maintenance, part: Segment) -> Segment:
        if isinstance(part, str):
            return part
        if part.update is None:
            return event.links.get(self.vendor.name, part)
        if part.update >= len(event.updates):
            msg = f"{event!r} has no update {part.update}: it is not what was published"
            raise ValueError(msg)
        return event.updates[part.update].links.get(self.vendor.name, part)

    def adopt(self, into: P, answer: Mapping[str, object] | str | bytes) -> P:
        """
        What was published, with the ids that the vendor's answer gives, in `links`.

        An answer without ids to adopt (to an edit, to a post-mortem) changes nothing.
        The answer's updates are matched with ours by the ids that are known; of those
        without, as many of ours as of the vendor's are the same in order if they say
        the same. Else the one just posted is the newest that says what it says.

        Args:
            into: the incident, maintenance or page that the call was built for.
            answer: the body of the answer: JSON, or what was decoded from it.

        Raises:
            MalformedDocument: it is not JSON, or not an answer to such a call.
            ValueError: the call or the answer is about another one.
        """
        said = self.vendor.said if self.gives_update else None
        if said is None and not self.gives_ids:
            return into
        event = self._own(into)
        if said is None:
            given = self.vendor.answer(_object(answer))
            self._check(event, given.id)
            taken = _linked(event, self, given)
        else:
            taken = self._told(event, said(_object(answer)))
        whole = _replaced(into, event, taken) if isinstance(into, StatusPage) else taken
        return cast("P", whole)

    def _check(self, thing: Incident | Maintenance | Update, id_: str | None) -> None:
        """
        Make sure that an answer is about what the call was about.

        Raises:
            ValueError: it is about another.
        """
        known = thing.links.get(self.vendor.name)
        if None not in {known, id_} and known != id_:
            msg = f"the answer is about {id_!r}, not about {known!r}"
            raise ValueError(msg)

    def _told(
        self, event: Incident | Maintenance, said: Said
    ) -> Incident | Maintenance:
        """An event with the id of the one update that an answer shows."""
        self._check(event, said.within)
        updates = list(event.updates)
        place = self.posts
        if place is None or place >= len(updates):
            msg = f"{event!r} has no update {place}: it is not what was published"
            raise ValueError(msg)
        told = updates[place]
        self._check(told, said.id)
        links = {**told.links, self.vendor.name: said.id}
        updates[place] = attrs.evolve(told, links=links)
        return attrs.evolve(event, updates=updates)

    def _own(
        self, published: Incident | Maintenance | StatusPage
    ) -> Incident | Maintenance:
        events: tuple[Incident | Maintenance, ...]
        if isinstance(published, StatusPage):
            events = (*published.incidents, *published.maintenances)
        else:
            events = (published,)
        for event in events:
            if event.key == self.event and isinstance(event, self.kind or object):
                return event
        msg = f"the call is about {self.event!r}, and that is not in {published!r}"
        raise ValueError(msg)


def _object(answer: Mapping[str, object] | str | bytes) -> Mapping[str, object]:
    if isinstance(answer, Mapping):
        return answer
    data = answer.encode() if isinstance(answer, str) else answer
    return parse(data, dict[str, object])


def _linked(
    event: Incident | Maintenance, call: Call, given: Answer
) -> Incident | Maintenance:
    """An event with the ids that an answer gives, its own and its updates'."""
    name = call.vendor.name
    ids = _paired(event.updates, call, given)
    updates = tuple(
        update
        if place not in ids
        else attrs.evolve(update, links={**update.links, name: ids[place]})
        for place, update in enumerate(event.updates)
    )
    return attrs.evolve(event, updates=updates, links={**event.links, name: given.id})


def _paired(updates: tuple[Update, ...], call: Call, given: Answer) -> dict[int, str]:
    """The ids of updates that have none yet, by their place."""
    name, posts = call.vendor.name, call.posts
    there = {said.id for said in given.updates}
    known = {update.links[name] for update in updates if name in update.links}
    ids = {
        place: update.id
        for place, update in enumerate(updates)
        if name not in update.links and update.id in there - known
    }
    met = known | set(ids.values())
    theirs = [said for said in given.updates if said.id not in met]
    if posts is None:
        return ids
    ours = [
        place
        for place, update in enumerate(updates[: posts + 1])
        if name not in update.links and place not in ids
    ]
    alike = len(ours) == len(theirs) and (
        len(ours) == 1
        or all(
            updates[place].body == said.body
            for place, said in zip(ours, theirs, strict=True)
        )
    )
    if alike:
        return {**ids, **{p: said.id for p, said in zip(ours, theirs, strict=True)}}
    if posts not in ours:
        return ids
    for said in reversed(theirs):
        if said.body == updates[posts].body:
            return {**ids, posts: said.id}
    raise MalformedDocument("$", "none of its updates is the one that was posted")


def _replaced(
    page: StatusPage,
    event: Incident | Maintenance,
    taken: Incident | Maintenance,
) -> StatusPage:
    return attrs.evolve(
        page,
        incidents=tuple(
            cast("Incident", taken) if one is event else one for one in page.incidents
        ),
        maintenances=tuple(
            cast("Maintenance", taken) if one is event else one
            for one in page.maintenances
        ),
    )
