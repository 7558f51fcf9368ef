"""What type checkers see of the model: nothing here runs, all of it is checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, assert_type

from pendulum import Date, DateTime, Duration

from incidentkit import (
    FINDINGS,
    FORWARD,
    LINEAR,
    MAINTENANCE,
    REOPENABLE,
    STANDARD,
    Component,
    ComponentRef,
    ComponentState,
    ComponentStatus,
    Converted,
    Coverage,
    Detection,
    Event,
    Finding,
    FindingCode,
    FindingKind,
    FrozenMapping,
    IllegalTransition,
    Impact,
    Incident,
    IncidentStatus,
    Indicator,
    InexactConversion,
    Lifecycle,
    Maintenance,
    MaintenanceStatus,
    MalformedDocument,
    MissingExtra,
    Outage,
    StatusPage,
    Step,
    Stretch,
    UnknownFormat,
    Update,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

Status = IncidentStatus | MaintenanceStatus

NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
AT = "2024-05-01T12:00:00Z"
RESOLVED = IncidentStatus.RESOLVED


def words() -> None:
    """Vocabularies do not mix, and a word is not a member."""
    assert_type(RESOLVED.is_closed, bool)
    assert_type(ComponentStatus.MAJOR_OUTAGE.impact, Impact)
    assert_type(Indicator.MINOR.description, str)
    assert_type(Impact.MINOR < Impact.MAJOR, bool)
    assert_type(Impact("minor"), Impact)
    assert_type(max([Impact.MINOR, Impact.MAJOR]), Impact)


def components() -> None:
    """Names, ids, levels by their words."""
    component = Component("API", id="a1", status="operational", start_date="2024-05-01")
    Component(
        "API", status=ComponentStatus.OPERATIONAL, created_at=NOON, links={"a": "b"}
    )
    assert_type(component.status, ComponentStatus | None)
    assert_type(component.key, str)
    assert_type(component.ref, ComponentRef)
    assert_type(component.start_date, Date | None)
    assert_type(component.created_at, DateTime | None)
    assert_type(component.links, FrozenMapping[str])
    assert_type(component.extras, FrozenMapping[FrozenMapping[object]])
    assert_type(component.extras["statuspage"]["x"], object)
    state = ComponentState(component, "major_outage", before=None)
    assert_type(state.component, ComponentRef)
    assert_type(state.status, ComponentStatus | None)
    outage = Outage("API", "major_outage", AT, NOON)
    assert_type(outage.status, ComponentStatus)
    assert_type(outage.start, DateTime)
    assert_type(outage.end, DateTime | None)

    Component("API", status=Impact.NONE)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    Component("API", "a1")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    Component(None)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    component.status = None  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]


def updates() -> None:
    """Times as text or datetimes come out as instants."""
    update = Update(
        "monitoring", body="A fix is out.", at=AT, states={"API": "operational"}
    )
    Update(None, at=NOON, states=[ComponentState("API", None)], created_at=AT)
    assert_type(update.status, Status | None)
    assert_type(update.at, DateTime)
    assert_type(update.created_at, DateTime)
    assert_type(update.states, tuple[ComponentState, ...])
    assert_type(update.is_edited, bool)

    Update("monitoring")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    Update("monitoring", at=1)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    Update("monitoring", at=None)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def incidents(now: DateTime) -> None:
    """Verbs give incidents, and what is derived is what it says."""
    incident = Incident.open(
        "API down",
        "It does not answer.",
        at=AT,
        status="identified",
        impact="major",
        affects={"API": "major_outage"},
        started_at=NOON,
        detection=Detection("a monitor"),
    )
    assert_type(incident, Incident)
    assert_type(incident.post("monitoring", "Better.", at=now), Incident)
    assert_type(incident.post(None, at=now).resolve(at=AT).reopen(at=AT), Incident)
    assert_type(incident.post_all([Update(None, at=AT)]), Incident)
    assert_type(incident.correct("u1", body="!", edited_at=NOON), Incident)
    assert_type(incident.as_of(AT), Incident | None)

    assert_type(incident.status, IncidentStatus | None)
    assert_type(incident.stated_status, IncidentStatus | None)
    assert_type(incident.impact, Impact | None)
    assert_type(incident.derived_impact, Impact | None)
    assert_type(incident.key, str)
    assert_type(incident.fingerprint, str)
    assert_type(incident.is_open, bool)
    assert_type(incident.updates, tuple[Update, ...])
    assert_type(incident.components, tuple[ComponentRef, ...])
    assert_type(incident.affected, tuple[ComponentRef, ...])
    assert_type(incident.affected_at(AT), tuple[ComponentRef, ...])
    assert_type(incident.affects("API"), bool)
    assert_type(incident.began_at, DateTime | None)
    assert_type(incident.ended_at, DateTime | None)
    assert_type(incident.duration, Duration | None)
    assert_type(incident.elapsed(now=now), Duration | None)
    assert_type(incident.open_time(now=now), Duration | None)
    assert_type(incident.time_in("monitoring"), Duration)
    assert_type(incident.time_in(RESOLVED, now=now), Duration)
    assert_type(incident.time_to(RESOLVED), Duration | None)
    assert_type(incident.longest_silence, Duration | None)
    assert_type(incident.silence(now=AT), Duration | None)
    assert_type(incident.stretches, tuple[Stretch[Status | None], ...])
    assert_type(incident.regressions, tuple[Step, ...])
    assert_type(incident.reopenings, tuple[Step, ...])
    assert_type(incident.outages, tuple[Outage, ...])
    assert_type(incident.worst_status("API"), ComponentStatus | None)
    assert_type(incident.is_unattributed, bool)
    assert_type(incident.amiss, tuple[Finding, ...])
    assert_type(incident.violations(), tuple[Step, ...])
    assert_type(incident.violations(REOPENABLE), tuple[Step, ...])
    assert_type(incident.detection, Detection | None)

    any_event(incident)

    incident.elapsed()  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    incident.post("monitoring")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    incident.post(MaintenanceStatus.SCHEDULED, at=AT)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    incident.post(RESOLVED, at=AT, lifecycle=MAINTENANCE)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    incident.violations(MAINTENANCE)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    incident.name = "API up"  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]
    Incident("API down", stated_status=MaintenanceStatus.COMPLETED)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    Incident("API down", updates=["resolved"])  # type: ignore[list-item] # pyright: ignore[reportArgumentType]


def any_event(event: Event) -> None:
    """Incidents and maintenances are events, of statuses of either kind."""
    assert_type(event.status, Status | None)
    assert_type(event.stated_status, Status | None)


def affects(api: Component, ref: ComponentRef, told: dict[ComponentRef, str]) -> None:
    """Components may be named by whatever means them, in mappings of any kind."""
    incident = Incident.open("API down", at=AT, affects={"API": "major_outage"})
    incident.post(None, at=AT, affects={api: "operational"})
    incident.post(None, at=AT, affects={ref: ComponentStatus.OPERATIONAL})
    incident.post(None, at=AT, affects=told)
    by_name: dict[str, str] = {"API": "operational"}
    incident.post(None, at=AT, affects=by_name)
    by_level: Mapping[str, ComponentStatus] = {"API": ComponentStatus.OPERATIONAL}
    incident.resolve(at=AT, affects=by_level)

    incident.post(None, at=AT, affects={"API": Impact.MAJOR})  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    incident.post(None, at=AT, affects={1: "operational"})  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    incident.post(None, at=AT, affects=["API"])  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def maintenances(now: DateTime) -> None:
    """The same, with their own statuses."""
    work = Maintenance.schedule(
        "Upgrade", at=AT, scheduled_for=NOON, components=["db", ComponentRef(id="c1")]
    )
    assert_type(work, Maintenance)
    assert_type(work.start(at=AT).verify(at=AT).complete(at=AT), Maintenance)
    assert_type(work.cancel(at=now), Maintenance)
    assert_type(work.post("scheduled", at=AT), Maintenance)
    assert_type(work.status, MaintenanceStatus | None)
    assert_type(work.scheduled_for, DateTime | None)
    assert_type(work.as_of(now), Maintenance | None)
    assert_type(work.duration, Duration | None)
    assert_type(work.violations(), tuple[Step, ...])

    work.post(RESOLVED, at=AT)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    work.violations(STANDARD)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    Maintenance.schedule("Upgrade", at=AT)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]


def lifecycles(history: tuple[Update, ...]) -> None:
    """A lifecycle is about one kind of statuses."""
    assert_type(STANDARD, Lifecycle[IncidentStatus])
    assert_type(MAINTENANCE, Lifecycle[MaintenanceStatus])
    assert_type(STANDARD.allows("resolved", RESOLVED), bool)
    assert_type(STANDARD.after(None), tuple[IncidentStatus, ...])
    assert_type(MAINTENANCE.after("scheduled"), tuple[MaintenanceStatus, ...])
    assert_type(LINEAR.path("investigating", RESOLVED), tuple[IncidentStatus, ...])
    assert_type(FORWARD.violations(history), tuple[Step, ...])
    assert_type(STANDARD.diagram("mermaid"), str)
    careful = LINEAR.allowing("careful", ("monitoring", "investigating"))
    assert_type(careful, Lifecycle[IncidentStatus])
    assert_type(careful.edges, frozenset[tuple[IncidentStatus, IncidentStatus]])
    assert_type(careful.initial, frozenset[IncidentStatus])
    anew = Lifecycle[IncidentStatus](
        name="anew", edges=[("investigating", RESOLVED)], initial=["investigating"]
    )
    assert_type(anew, Lifecycle[IncidentStatus])

    STANDARD.allows(MaintenanceStatus.SCHEDULED, RESOLVED)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    STANDARD.after(MaintenanceStatus.SCHEDULED)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    STANDARD.diagram("svg")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    STANDARD.allowing("x", (RESOLVED, MaintenanceStatus.SCHEDULED))  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def stretches(now: DateTime) -> None:
    """A stretch says what held in it."""
    stretch = Stretch(AT, None, "x")
    assert_type(stretch, Stretch[str])
    assert_type(stretch.held, str)
    assert_type(stretch.start, DateTime)
    assert_type(stretch.end, DateTime | None)
    assert_type(stretch.covers(now), bool)
    assert_type(stretch.covers(AT), bool)


def pages(page: StatusPage, incident: Incident, now: DateTime) -> None:
    """What is on a page, and other pages made of it."""
    made = StatusPage("Kalix", components=["API", Component("Web")], observed_at=AT)
    assert_type(made, StatusPage)
    assert_type(page.name, str | None)
    assert_type(page.component("API"), Component)
    assert_type(page.leaves("Backend"), tuple[Component, ...])
    assert_type(page.components, tuple[Component, ...])
    assert_type(page.incidents, tuple[Incident, ...])
    assert_type(page.open_incidents, tuple[Incident, ...])
    assert_type(page.maintenances, tuple[Maintenance, ...])
    assert_type(page.rolled_up, Indicator | None)
    assert_type(page.indicator, Indicator | None)
    assert_type(page.description, str | None)
    assert_type(page.affected, tuple[ComponentRef, ...])
    assert_type(page.outages(until=now), tuple[Outage, ...])
    assert_type(page.record(incident), StatusPage)
    assert_type(page.covering(AT, now), StatusPage)
    assert_type(page.as_of(now), StatusPage)
    assert_type(page.coverage, Coverage)
    assert_type(page.coverage | Coverage(), Coverage)
    assert_type(page.coverage.incidents, tuple[Stretch[None], ...])
    Coverage(incidents=[Stretch(AT, now)], states=page.coverage.states)
    joined = StatusPage.joined(page, made, aliases={"a": "b"})
    assert_type(joined, Converted[StatusPage])
    assert_type(joined.exact(), StatusPage)
    assert_type(joined.findings, tuple[Finding, ...])

    page.outages()  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    page.record(page)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    page.component(1)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    StatusPage(incidents=page.maintenances)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def anything(came: Converted[object]) -> None:
    """A conversion to anything will do."""
    assert_type(came.exact(), object)


def findings(came: Converted[StatusPage]) -> None:
    """A conversion is as good as its value."""
    anything(came)
    assert_type(came.value, StatusPage)
    assert_type(FINDINGS["word.unknown"], FindingCode)
    finding = Finding("word.unknown", path="$", detail="no such word")
    assert_type(finding.kind, FindingKind)
    assert_type(finding.count, int)
    Finding("word.unknown", "$", "no such word")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]


def errors(
    refused: IllegalTransition,
    malformed: MalformedDocument,
    inexact: InexactConversion,
    unknown: UnknownFormat,
    missing: MissingExtra,
) -> None:
    """The fields of an error are its data."""
    assert_type(refused.before, Status | None)
    assert_type(refused.after, Status)
    assert_type(refused.legal, tuple[Status, ...])
    assert_type(refused.remedy, str)
    assert_type(malformed.path, str)
    assert_type(inexact.findings, tuple[Finding, ...])
    assert_type(unknown.reason, str)
    assert_type(missing.extra, str)
