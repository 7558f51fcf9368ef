"""What the vendor posts when something changes: of a component, of an incident."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest

from incidentkit import (
    Component,
    ComponentStatus,
    Coverage,
    Incident,
    Indicator,
    Maintenance,
    StatusPage,
    UnknownFormat,
    detect,
    read,
    write,
)

Json = dict[str, Any]

META: Json = {
    "unsubscribe": "https://acme.test/?unsubscribe=zzz",
    "documentation": "https://help.acme.test/webhooks",
    "generated_at": "2026-03-01T10:20:01.000Z",
}
PAGE: Json = {
    "id": "pageacme0001",
    "status_indicator": "major",
    "status_description": "Partial System Outage",
}
COMPONENT: Json = {
    "status": "major_outage",
    "name": "API",
    "created_at": "2024-01-01T00:00:00.000Z",
    "updated_at": "2026-03-01T10:20:00.500Z",
    "position": 1,
    "description": None,
    "showcase": True,
    "id": "cmpapi000001",
    "page_id": "pageacme0001",
    "group_id": None,
}
CHANGE: Json = {
    "old_status": "operational",
    "new_status": "major_outage",
    "created_at": "2026-03-01T10:20:00.600Z",
    "component_type": "Component",
    "id": "chg000000001",
    "component_id": "cmpapi000001",
}


def update(id: str, status: str, at: str) -> Json:
    """A row of `incident_updates`, as webhooks have it."""
    return {
        "status": status,
        "body": f"It is {status}.",
        "created_at": at,
        "wants_twitter_update": False,
        "twitter_updated_at": None,
        "updated_at": at,
        "display_at": at,
        "affected_components": [
            {
                "code": "cmpapi000001",
                "name": "API",
                "old_status": "operational",
                "new_status": "major_outage",
            }
        ],
        "custom_tweet": None,
        "deliver_notifications": True,
        "id": id,
        "incident_id": "inc000000001",
    }


def event(**more: object) -> Json:
    """The `incident` of a webhook."""
    return {
        "name": "API down",
        "status": "identified",
        "created_at": "2026-03-01T10:05:00.222Z",
        "updated_at": "2026-03-01T10:20:00.000Z",
        "monitoring_at": None,
        "resolved_at": None,
        "impact": "major",
        "shortlink": "https://stspg.io/abc",
        "postmortem_ignored": False,
        "postmortem_body": None,
        "postmortem_body_last_updated_at": None,
        "postmortem_published_at": None,
        "postmortem_notified_subscribers": False,
        "postmortem_notified_twitter": False,
        "backfilled": False,
        "scheduled_for": None,
        "scheduled_until": None,
        "scheduled_remind_prior": False,
        "scheduled_reminded_at": None,
        "impact_override": None,
        "scheduled_auto_in_progress": False,
        "scheduled_auto_completed": False,
        "id": "inc000000001",
        "page_id": "pageacme0001",
        "incident_updates": [
            update("u2", "identified", "2026-03-01T10:20:00.000Z"),
            update("u1", "investigating", "2026-03-01T10:05:00.222Z"),
        ],
        "components": [COMPONENT],
        **more,
    }


def planned(**more: object) -> Json:
    """The `incident` of a webhook about a maintenance."""
    only = update("u1", "scheduled", "2026-03-01T10:05:00.222Z")
    return event(
        name="Database upgrade",
        status="scheduled",
        impact="maintenance",
        scheduled_for="2026-03-07T22:00:00.000Z",
        scheduled_until="2026-03-08T02:00:00.000Z",
        scheduled_remind_prior=True,
        scheduled_auto_in_progress=True,
        incident_updates=[only],
        updated_at="2026-03-01T10:05:00.222Z",
        **more,
    )


def hook(**parts: object) -> Json:
    """A webhook."""
    return {"meta": META, "page": PAGE, **parts}


def old(document: Json) -> Json:
    """The same as the vendor sent it in 2013."""
    meta = {key: held for key, held in META.items() if key != "generated_at"}
    changed = {**document, "meta": meta}
    if "incident" in document:
        gone = {"scheduled_auto_in_progress", "scheduled_auto_completed"}
        row = {key: one for key, one in document["incident"].items() if key not in gone}
        changed["incident"] = {**row, "scheduled_auto_transition": False}
    else:
        change = document["component_update"]
        changed["component_update"] = {
            key: held for key, held in change.items() if key != "component_type"
        }
    return changed


SERVED = {
    "incident": hook(incident=event()),
    "maintenance": hook(incident=planned()),
    "component": hook(component=COMPONENT, component_update=CHANGE),
}


def back(document: object) -> object:
    """What is written of a document that was read."""
    page = read(json.dumps(document), "statuspage").exact()
    return json.loads(write(page, "statuspage").exact())


@pytest.mark.parametrize("kind", SERVED)
@pytest.mark.parametrize("age", ["new", "old"])
def test_a_webhook_comes_back_key_for_key(kind: str, age: str) -> None:
    """Of today and of 2013, its links for people included."""
    document = SERVED[kind] if age == "new" else old(SERVED[kind])
    assert back(document) == document


@pytest.mark.parametrize("kind", SERVED)
def test_a_webhook_is_told_by_its_keys(kind: str) -> None:
    """No key says which it is; the reader remembers."""
    text = json.dumps(SERVED[kind])
    assert detect(text) == "statuspage"
    page = read(text).exact()
    held: Any = page.extras["statuspage"]["@document"]
    assert held["name"] == f"webhook/{kind}"


@pytest.mark.parametrize("kind", SERVED)
def test_unknown_keys_come_back_from_every_level(kind: str) -> None:
    """Of the notification, its page, and what it is about."""
    document = json.loads(json.dumps(SERVED[kind]))
    document["later"] = 1
    for key in list(document):
        if isinstance(document[key], dict):
            document[key]["later"] = {"deep": [1, None]}
    assert back(document) == document


@pytest.mark.parametrize("kind", SERVED)
def test_a_webhook_proves_nothing_by_absence(kind: str) -> None:
    """It is about one thing, whenever it came."""
    page = read(json.dumps(SERVED[kind]), at="2026-03-01T10:21:00Z").exact()
    assert page.coverage == Coverage()


def test_an_incident_comes_whole() -> None:
    """Every update so far, oldest first, and the page's roll-up beside."""
    page = read(json.dumps(SERVED["incident"])).exact()
    (incident,) = page.incidents
    assert page.id == "pageacme0001"
    assert page.indicator is Indicator.MAJOR
    assert page.description == "Partial System Outage"
    assert page.updated_at is not None
    assert page.updated_at.isoformat() == "2026-03-01T10:20:01+00:00"
    assert [one.id for one in incident.updates] == ["u1", "u2"]
    assert incident.is_open
    assert page.components == ()


def test_a_maintenance_is_an_incident_that_is_planned() -> None:
    """And keeps that people are to be reminded."""
    page = read(json.dumps(SERVED["maintenance"])).exact()
    (maintenance,) = page.maintenances
    assert maintenance.scheduled_for is not None
    assert maintenance.extras["statuspage"]["scheduled_remind_prior"] is True


def test_a_component_is_at_its_level_and_the_change_can_be_read() -> None:
    """The change is kept as it was sent."""
    page = read(json.dumps(SERVED["component"])).exact()
    (component,) = page.components
    assert component.status is ComponentStatus.MAJOR_OUTAGE
    held: Any = page.extras["statuspage"]["@document"]
    assert dict(held["component_update"]) == CHANGE


def test_the_roll_up_is_kept_where_the_component_does_not_add_up_to_it() -> None:
    """One component of many rarely decides how the whole page is."""
    document = hook(component=COMPONENT, component_update=CHANGE)
    page = read(json.dumps(document)).exact()
    assert page.rolled_up is Indicator.CRITICAL
    assert page.stated_indicator is Indicator.MAJOR


def test_without_meta_the_page_tells_that_it_is_a_webhook() -> None:
    """And what was not there does not come."""
    document = {"page": PAGE, "incident": event()}
    assert back(document) == document


def test_odd_values_are_reported_in_their_places() -> None:
    """Words nobody knows, times that are none, things of the wrong kind."""
    document = hook(
        component=COMPONENT,
        component_update={**CHANGE, "new_status": "sad", "created_at": "then"},
    )
    document["meta"] = {**META, "generated_at": "soon"}
    document["page"] = {**PAGE, "status_indicator": "grim"}
    came = read(json.dumps(document), "statuspage")
    assert {(one.code, one.path) for one in came.findings} == {
        ("word.unknown", "$.component_update.new_status"),
        ("time.malformed", "$.component_update.created_at"),
        ("time.malformed", "$.meta.generated_at"),
        ("word.unknown", "$.page.status_indicator"),
    }


@pytest.mark.parametrize(
    "part", ["meta", "page", "incident", "component", "component_update"]
)
@pytest.mark.parametrize("value", [None, 1, "no", [], {}], ids=repr)
def test_a_bad_part_leaves_the_rest(part: str, value: object) -> None:
    """Whatever it is, the reader returns; what was said is not believed."""
    kind = "incident" if part == "incident" else "component"
    came = read(json.dumps({**SERVED[kind], part: value}), "statuspage")
    assert len(came.value.components) <= 1
    if value != {} and part != "component":
        assert "value.malformed" in {one.code for one in came.findings}


# -- writing ---------------------------------------------------------------------------


def authored() -> StatusPage:
    """A page that was not read from anything."""
    page = StatusPage(
        id="p",
        components=[Component("API", id="c", status="operational")],
        updated_at="2026-03-01T10:00:00Z",
    )
    incident = Incident.open(
        "Down",
        "We look.",
        at="2026-03-01T10:00:00Z",
        impact="major",
        affects={page.component("API"): "partial_outage"},
        id="i",
        update_id="u",
    )
    return page.record(incident)


def test_a_page_of_our_own_becomes_a_webhook_about_its_incident() -> None:
    """With every key that the vendor sends."""
    went = write(authored(), "statuspage", document="webhook/incident")
    assert [one.code for one in went.findings] == ["item.unfitting"]
    document = json.loads(went.value)
    # It says when it began, which the vendor does not, and newer documents' keys.
    more = {"started_at", "reminder_intervals"}
    assert document["incident"].keys() == event().keys() | more
    assert document["meta"] == {"generated_at": "2026-03-01T10:00:00.000Z"}
    assert document["page"]["status_indicator"] == "major"


def test_a_page_of_our_own_becomes_a_webhook_about_its_component() -> None:
    """Which level it was at before nobody says, and the change has no id."""
    went = write(authored(), "statuspage", document="webhook/component")
    codes = {one.code for one in went.findings}
    assert codes == {"item.unfitting", "value.missing", "id.invented"}
    change = json.loads(went.value)["component_update"]
    assert (change["old_status"], change["new_status"]) == (None, "partial_outage")
    assert change["component_id"] == "c"
    assert len(change["id"]) == 12


def test_a_change_that_is_no_longer_true_is_not_repeated() -> None:
    """The component has moved on since the webhook was read."""
    page = read(json.dumps(SERVED["component"])).exact()
    (component,) = page.components
    moved = attrs.evolve(
        page, components=[attrs.evolve(component, status="operational")]
    )
    change = json.loads(write(moved, "statuspage").value)["component_update"]
    assert change["new_status"] == "operational"
    assert change["id"] != CHANGE["id"]


def test_a_webhook_about_a_component_wants_one() -> None:
    """Groups do not count beside what is in them; alone, one does."""
    api, web = Component("API", id="a"), Component("Web", id="b")
    group = Component("All", id="g", is_group=True)
    for components in ([], [api, web], [group, attrs.evolve(group, id="h")]):
        with pytest.raises(UnknownFormat, match="about one component"):
            write(
                StatusPage("A", components=components),
                "statuspage",
                document="webhook/component",
            )
    for components, id in (([group, api], "a"), ([group], "g")):
        page = StatusPage("A", components=components)
        went = write(page, "statuspage", document="webhook/component")
        assert json.loads(went.value)["component"]["id"] == id


def test_a_webhook_wants_an_incident_of_its_kind() -> None:
    """A maintenance is no incident."""
    planned = Maintenance("Work", id="m", scheduled_for="2026-03-01T10:00:00Z")
    page = StatusPage("Acme", maintenances=[planned])
    with pytest.raises(UnknownFormat):
        write(page, "statuspage", document="webhook/incident")
    went = write(page, "statuspage", document="webhook/maintenance")
    assert json.loads(went.value)["incident"]["id"] == "m"


def test_a_maintenance_planned_for_no_time_is_taken_for_an_incident() -> None:
    """Nothing else tells the two apart, so it is said."""
    page = StatusPage("Acme", id="p", maintenances=[Maintenance("Work", id="m")])
    for document in ("webhook/maintenance", "v1/incidents", "bare-list", "incident"):
        went = write(page, "statuspage", document=document)
        assert "event.kind" in {one.code for one in went.findings}
