"""
Hypothesis strategies for every class of the model.

*Valid* values are made by the verbs alone. *Messy* ones are whatever a constructor
accepts: times out of order, told twice or out of this world, statuses that contradict
the updates, words nobody knows, ids that several things share, groups in circles, empty
names, texts that no sink can carry as they are.

Sizes are small, since what goes wrong goes wrong with two of a thing.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from incidentkit import (
    STANDARD,
    Component,
    ComponentLike,
    ComponentRef,
    ComponentState,
    ComponentStatus,
    Coverage,
    Detection,
    Impact,
    Incident,
    IncidentStatus,
    Indicator,
    Maintenance,
    MaintenanceStatus,
    Outage,
    RecordedDay,
    StatusPage,
    Step,
    Stretch,
    Update,
)
from incidentkit._time import instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn, SearchStrategy
    from pendulum import DateTime

T = TypeVar("T")

# A busy machine is no reason to fail.
settings.register_profile(
    "incidentkit", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("incidentkit")

#: Where most of what happens, happens: close together, so that things coincide.
NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
#: After all that happens.
DOOMSDAY = dt.datetime.max.replace(tzinfo=dt.UTC)

FORMATS = ("statuspage", "cachet3", "rss")

#: Text that is legal and that some sink or other cannot carry as it is.
AWKWARD = (
    "",
    " ",
    "\r\n",
    "a\tb\n\nc ",
    "\x00\x07\x1b[31mred\x7f\x85",
    "\u202eesrever\u2066 \u200b\ufeff",
    "\u2028\u2029",
    "👩\u200d👩\u200d👧 状態 Ωmega e\u0301 é",
    "\U0010ffff\uffff",
    "<script>alert('1')</script> & ]]> -->",
    "- [x](javascript:alert(1)) | **b** `c` # d",
    "=cmd|' /C calc'!A0",
    "Group - Name, Other; \\n\\, done",
    '{"status": "resolved"}',
    "resolved",
    "null",
    "2024-05-01T12:00:00Z",
)


def rarely(strategy: SearchStrategy[T]) -> SearchStrategy[T | None]:
    """Give None, or now and then what a strategy gives."""
    return st.one_of(st.none(), st.none(), strategy)


def some(**fields: SearchStrategy[Any]) -> SearchStrategy[dict[str, Any]]:
    """Give none of some fields, or now and then any of them: draws are what costs."""
    drawn = st.fixed_dictionaries({}, optional=fields)
    return st.one_of(st.just({}), st.just({}), drawn)


# --- words, texts, times --------------------------------------------------------------

incident_statuses = st.sampled_from(IncidentStatus)
maintenance_statuses = st.sampled_from(MaintenanceStatus)
impacts = st.sampled_from(Impact)
levels = st.sampled_from(ComponentStatus)
indicators = st.sampled_from(Indicator)


@cache
def texts(max_size: int = 12) -> SearchStrategy[str]:
    """Give any text: every Unicode scalar value, and no half of a surrogate pair."""
    return st.one_of(
        st.sampled_from(("API down", "We are on it.", "Résolu")),
        st.sampled_from(AWKWARD),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=max_size),
    )


@cache
def names() -> SearchStrategy[str]:
    """Give a name: often one of a few, so that things share it."""
    return st.one_of(st.sampled_from(("API", "Web", "Group - API")), texts())


@cache
def ids() -> SearchStrategy[str | None]:
    """Give an id or None: often one of a few, so that things share it."""
    return st.one_of(st.none(), st.sampled_from(("a1", "b2", "c3", "API")), texts(6))


@cache
def urls() -> SearchStrategy[str]:
    """Give the address of something, or what a page passes off as one."""
    return st.one_of(
        st.sampled_from(("https://stspg.io/1", "http://example.com/i?a=1&b=2")),
        st.sampled_from(("javascript:alert(1)", "//host", "")),
        texts(),
    )


@cache
def near() -> SearchStrategy[dt.datetime]:
    """Give a time within a day, to the minute: often the same time twice."""
    return st.integers(0, 24 * 60).map(lambda minutes: NOON + minutes * MINUTE)


@cache
def recent() -> SearchStrategy[dt.datetime]:
    """Give a time from 2015 to 2030, to the microsecond."""
    return st.datetimes(
        min_value=dt.datetime(2015, 1, 1),  # noqa: DTZ001
        max_value=dt.datetime(2030, 12, 31),  # noqa: DTZ001
        timezones=st.just(dt.UTC),
    )


@cache
def any_time() -> SearchStrategy[dt.datetime]:
    """Give any time from the year 1 to 9999, the very ends included."""
    return st.one_of(
        st.sampled_from(
            (
                dt.datetime.min.replace(tzinfo=dt.UTC),
                dt.datetime.max.replace(tzinfo=dt.UTC),
            )
        ),
        st.datetimes(timezones=st.just(dt.UTC)),
    )


MINUTE = dt.timedelta(minutes=1)


@cache
def elsewhere() -> SearchStrategy[dt.datetime]:
    """Give a time that is told in the clock of another zone."""
    offsets = st.integers(-14 * 60, 14 * 60)
    zones = offsets.map(lambda minutes: dt.timezone(minutes * MINUTE))
    return st.builds(dt.datetime.astimezone, recent(), zones)


@cache
def moments() -> SearchStrategy[dt.datetime]:
    """Give an aware time, as a caller may give one."""
    # Weighted by repetition: most are near one another, few are out of this world.
    return st.one_of(near(), near(), near(), recent(), elsewhere(), any_time())


@cache
def instants() -> SearchStrategy[DateTime]:
    """Give an instant, as the model holds one."""
    return moments().map(instant)


# --- extras and links -----------------------------------------------------------------


@cache
def json_values() -> SearchStrategy[object]:
    """Give anything that JSON can say, a few levels deep."""
    leaves = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**53), 2**53),
        st.floats(allow_nan=False, allow_infinity=False),
        texts(),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=2), st.dictionaries(texts(), inner, max_size=2)
        ),
        max_leaves=4,
    )


@cache
def extras() -> SearchStrategy[Mapping[str, Mapping[str, object]]]:
    """Give what formats said that the model has no place for; usually nothing."""
    keys = st.sampled_from(("page_id", "shortlink", "x", "", "naïve key"))
    said = st.dictionaries(keys, json_values(), max_size=2)
    told = st.dictionaries(st.sampled_from(FORMATS), said, max_size=2)
    return st.one_of(*[st.just({})] * 4, told)


@cache
def links() -> SearchStrategy[Mapping[str, str]]:
    """Give what a thing is called elsewhere; usually nothing."""
    places = st.one_of(st.sampled_from(("statuspage", "cstate")), texts())
    return st.one_of(*[st.just({})] * 4, st.dictionaries(places, texts(), max_size=2))


# --- components -----------------------------------------------------------------------


@cache
def refs() -> SearchStrategy[ComponentRef]:
    """Give a mention of a component, by name, by id or by both."""
    return st.builds(
        lambda name, id_, is_bare: ComponentRef(
            None if is_bare and id_ else name, id=id_
        ),
        names(),
        ids(),
        st.booleans(),
    )


@cache
def states() -> SearchStrategy[ComponentState]:
    """Give the level of a component as an update states it, unknown words included."""
    return st.builds(ComponentState, refs(), st.none() | levels, before=rarely(levels))


@cache
def components() -> SearchStrategy[Component]:
    """Give an entry of a page: groups of themselves, in circles or of nobody too."""
    return st.builds(
        _component,
        names(),
        id_=ids(),
        status=st.none() | levels,
        rest=some(
            group=st.sampled_from(("a1", "b2", "API", "")),
            is_group=st.booleans(),
            description=texts(),
            position=st.integers(-1, 9),
            start_date=recent().map(dt.datetime.date),
            created_at=moments(),
            updated_at=moments(),
            links=links(),
            extras=extras(),
        ),
    )


def _component(
    name: str,
    id_: str | None,
    status: ComponentStatus | None,
    rest: dict[str, Any],
) -> Component:
    return Component(name, id=id_, status=status, **rest)


PAIR = st.tuples(instants(), instants())


@st.composite
def outages(draw: DrawFn) -> Outage:
    """Give an outage."""
    start, end = sorted(draw(PAIR))
    return Outage(
        draw(refs()),
        draw(levels),
        start,
        draw(st.none() | st.just(end)),
        incident=draw(ids()),
        update=draw(ids()),
    )


@st.composite
def stretches(draw: DrawFn, *, open_ended: bool = True) -> Stretch[None]:
    """Give a stretch of time, sometimes a single instant, sometimes without an end."""
    start, end = sorted(draw(PAIR))
    kinds = [end, start, *([None] if open_ended else [])]
    return Stretch(start, draw(st.sampled_from(kinds)))


# --- incidents and maintenances -------------------------------------------------------


@cache
def updates(
    statuses: SearchStrategy[IncidentStatus]
    | SearchStrategy[MaintenanceStatus] = incident_statuses,
) -> SearchStrategy[Update]:
    """Give an update, as odd as a constructor takes it."""
    return st.builds(
        _update,
        st.one_of(st.none(), statuses, statuses),
        texts(),
        moments(),
        st.lists(states(), max_size=2),
        some(
            id=ids(),
            created_at=moments(),
            updated_at=moments(),
            links=links(),
            extras=extras(),
        ),
    )


def _update(
    status: IncidentStatus | MaintenanceStatus | None,
    body: str,
    at: dt.datetime,
    rows: list[ComponentState],
    rest: dict[str, Any],
) -> Update:
    return Update(status, body=body, at=at, states=rows, **rest)


@cache
def detections() -> SearchStrategy[Detection]:
    """Give who noticed, and perhaps when."""
    return st.builds(Detection, texts(), st.none() | moments())


def _told(
    statuses: SearchStrategy[IncidentStatus] | SearchStrategy[MaintenanceStatus],
) -> dict[str, SearchStrategy[Any]]:
    return {
        "impact": st.none() | impacts,
        "updates": st.lists(updates(statuses), max_size=4),
        "components": st.lists(refs(), max_size=2),
        "id": ids(),
        "stated_status": rarely(statuses),
        "rest": some(
            url=urls(),
            created_at=moments(),
            updated_at=moments(),
            stated_start=moments(),
            stated_end=moments(),
            detection=detections(),
            postmortem=texts(),
            links=links(),
            extras=extras(),
        ),
    }


@cache
def incidents() -> SearchStrategy[Incident]:
    """Give an incident with any history that its constructor takes."""
    return st.builds(_incident, names(), **_told(incident_statuses))


def _incident(name: str, *, rest: dict[str, Any], **told: Any) -> Incident:
    return Incident(name, **told, **rest)


@cache
def maintenances() -> SearchStrategy[Maintenance]:
    """Give a maintenance with any history that its constructor takes."""
    return st.builds(
        _maintenance,
        names(),
        scheduled_for=st.none() | moments(),
        scheduled_until=st.none() | moments(),
        **_told(maintenance_statuses),
    )


def _maintenance(name: str, *, rest: dict[str, Any], **told: Any) -> Maintenance:
    return Maintenance(name, **told, **rest)


@cache
def affects() -> SearchStrategy[Mapping[str, ComponentStatus]]:
    """Give what a verb says of components."""
    return st.dictionaries(st.sampled_from(("API", "Web", "db")), levels, max_size=2)


@st.composite
def valid_incidents(draw: DrawFn) -> Incident:
    """Give an incident that verbs made: legal, in order, never before its beginning."""
    at = draw(near())
    incident = Incident.open(
        draw(names()),
        draw(texts()),
        at=at,
        impact=draw(st.none() | impacts),
        affects=draw(affects()),
        id=draw(ids()),
    )
    for minutes in draw(st.lists(st.integers(0, 90), max_size=4)):
        at += minutes * MINUTE
        legal = STANDARD.after(incident.status)
        status = draw(st.sampled_from([None, incident.status, *legal]))
        incident = incident.post(
            status, draw(texts()), at=at, affects=draw(affects()), id=draw(ids())
        )
    return incident


def _name(mention: ComponentLike) -> str | None:
    return mention if isinstance(mention, str) else mention.name


@st.composite
def valid_maintenances(draw: DrawFn) -> Maintenance:
    """Give a maintenance that verbs made."""
    at = draw(near())
    begin = draw(near())
    maintenance = Maintenance.schedule(
        draw(names()),
        draw(texts()),
        at=at,
        scheduled_for=begin,
        scheduled_until=draw(st.none() | st.just(begin + 90 * MINUTE)),
        components=draw(st.lists(refs(), max_size=2, unique_by=_name)),
        id=draw(ids()),
    )
    for verb in (Maintenance.start, Maintenance.verify, Maintenance.complete):
        if not draw(st.booleans()):
            break
        at += draw(st.integers(0, 90)) * MINUTE
        maintenance = verb(maintenance, draw(texts()), at=at)
    return maintenance


# --- pages ----------------------------------------------------------------------------


@cache
def coverages() -> SearchStrategy[Coverage]:
    """Give where absence means something; usually nowhere."""
    nowhere: list[Stretch[None]] = []
    known = st.one_of(st.just(nowhere), st.lists(stretches(), max_size=2))
    return st.builds(Coverage, incidents=known, maintenances=known, states=known)


@cache
def recorded_days() -> SearchStrategy[RecordedDay]:
    """Give what a vendor recorded of a component on a day, or that it did not."""
    seconds = st.none() | st.integers(0, 100_000)
    return st.builds(
        RecordedDay,
        refs(),
        recent().map(dt.datetime.date),
        major_outage=seconds,
        partial_outage=seconds,
        events=links(),
    )


@cache
def pages() -> SearchStrategy[StatusPage]:
    """Give a page of whatever constructors take."""
    return st.builds(
        _page,
        st.none() | names(),
        components=st.lists(components(), max_size=4),
        incidents=st.lists(incidents(), max_size=2),
        maintenances=st.lists(maintenances(), max_size=2),
        rest=some(
            id=ids(),
            url=urls(),
            time_zone=st.sampled_from(
                ("Etc/UTC", "America/New_York", "Asia/Kolkata", "Mars/X", "")
            ),
            updated_at=moments(),
            stated_indicator=indicators,
            stated_description=texts(),
            observed_at=moments(),
            coverage=coverages(),
            recorded=st.lists(recorded_days(), max_size=2),
            links=links(),
            extras=extras(),
        ),
    )


def _page(name: str | None, *, rest: dict[str, Any], **told: Any) -> StatusPage:
    return StatusPage(name, **told, **rest)


@st.composite
def valid_pages(draw: DrawFn) -> StatusPage:
    """Give a page as authors make one: nothing on it shares an id or a name."""
    at = draw(near())
    page = StatusPage(
        draw(names()),
        id=draw(ids()),
        components=[
            Component("API", id="a1", status="operational"),
            Component("Web", status=draw(levels)),
            Component("Backend", id="g1", is_group=True),
            Component("db", id="b2", group="g1", status="operational"),
        ],
        updated_at=at,
    )
    incidents = draw(st.lists(valid_incidents(), max_size=2, unique_by=_key))
    maintenances = draw(st.lists(valid_maintenances(), max_size=1))
    events: list[Incident | Maintenance] = [*incidents, *maintenances]
    for event in events:
        page = page.record(event)
    return page


def _key(incident: Incident) -> str:
    return incident.key


# --- histories, for lifecycles --------------------------------------------------------


@cache
def histories() -> SearchStrategy[list[Update]]:
    """Give a history of statuses, in order of time."""
    told = st.lists(st.none() | incident_statuses, max_size=6)
    return told.map(
        lambda statuses: [
            Update(status, at=NOON + place * MINUTE)
            for place, status in enumerate(statuses)
        ]
    )


@cache
def steps() -> SearchStrategy[Step]:
    """Give a step from one status to another."""
    return st.builds(Step, st.none() | incident_statuses, incident_statuses, instants())
