"""The rows of the management API and of old documents, and what they say besides."""

from __future__ import annotations

import json
from typing import Any

import pytest

from incidentkit import (
    Component,
    Coverage,
    Incident,
    LimitExceeded,
    Limits,
    Maintenance,
    MalformedDocument,
    StatusPage,
    UnknownFormat,
    Update,
    detect,
    read,
    write,
)
from incidentkit.formats.statuspage import _shapes as shapes
from test_statuspage_webhooks import event, planned, update

Json = dict[str, Any]

COMPONENT: Json = {
    "id": "c1",
    "page_id": "p",
    "group_id": "g1",
    "created_at": "2024-01-01T00:00:00.000Z",
    "updated_at": "2026-03-01T10:00:00.000Z",
    "group": False,
    "name": "API",
    "description": None,
    "position": 1,
    "status": "operational",
    "showcase": False,
    "only_show_if_degraded": False,
    "automation_email": "component+abc@notifications.statuspage.io",
    "start_date": "2024-01-01",
}
GROUP: Json = {
    "id": "g1",
    "page_id": "p",
    "name": "Backend",
    "description": "All of it",
    "components": ["c1", "c2"],
    "position": 2,
    "created_at": "2024-01-01T00:00:00.000Z",
    "updated_at": "2024-01-01T00:00:00.000Z",
}
TODAY: Json = {
    "metadata": {"jira": {"issue_id": "X-1"}},
    "reminder_intervals": "[6]",
    "auto_transition_to_maintenance_state": False,
    "auto_transition_to_operational_state": True,
    "auto_transition_deliver_notifications_at_start": False,
    "auto_transition_deliver_notifications_at_end": True,
    "auto_tweet_at_beginning": False,
    "auto_tweet_on_completion": False,
    "auto_tweet_on_creation": True,
    "auto_tweet_one_hour_before": False,
    "started_at": "2026-03-01T10:05:00.000Z",
}
SERVED: dict[str, object] = {
    "v1/incident": event(**TODAY),
    "v1/incidents": [event(id="i2"), planned(id="i1"), event(**TODAY)],
    "v1/component": COMPONENT,
    "v1/components": [COMPONENT, {**COMPONENT, "id": "c2", "name": "Web"}],
    "v1/component-group": GROUP,
    "v1/component-groups": [GROUP, {**GROUP, "id": "g2", "components": None}],
}


def back(document: object, **how: Any) -> object:
    """What is written of a document that was read."""
    page = read(json.dumps(document), "statuspage", **how).exact()
    return json.loads(write(page, "statuspage").exact())


@pytest.mark.parametrize("name", SERVED)
def test_a_response_comes_back_key_for_key(name: str) -> None:
    """An incident, a component, a group; one, or an array of them in its order."""
    document = SERVED[name]
    page = read(json.dumps(document)).exact()
    held: Any = page.extras["statuspage"]["@document"]
    assert held["name"] == name
    assert detect(json.dumps(document)) == "statuspage"
    assert json.loads(write(page, "statuspage").exact()) == document
    assert page.id in {"p", "pageacme0001"}
    assert page.coverage == Coverage()


def test_an_array_mixed_of_both_kinds_is_sorted_by_kind() -> None:
    """The order is remembered for as long as there are as many."""
    page = read(json.dumps(SERVED["v1/incidents"])).exact()
    assert [one.id for one in page.incidents] == ["i2", "inc000000001"]
    (maintenance,) = page.maintenances
    fewer = StatusPage(
        id=page.id, incidents=page.incidents, extras=page.extras, maintenances=()
    )
    rows = json.loads(write(fewer, "statuspage").value)
    assert [one["id"] for one in rows] == ["i2", "inc000000001"]
    assert maintenance.id == "i1"


# -- post-mortems, backfills, reminders, overrides -------------------------------------

SAID: Json = {
    "postmortem_body": "What we learnt.",
    "postmortem_body_last_updated_at": "2026-03-05T10:00:00.000Z",
    "postmortem_published_at": "2026-03-05T10:00:00.000Z",
    "postmortem_ignored": True,
    "postmortem_notified_subscribers": True,
    "postmortem_notified_twitter": True,
    "backfilled": True,
    "impact_override": "critical",
    "scheduled_remind_prior": True,
    "scheduled_reminded_at": "2026-03-01T10:00:00.000Z",
    "scheduled_auto_in_progress": True,
    "scheduled_auto_completed": True,
    "scheduled_auto_transition": True,
    **TODAY,
}
INCIDENT = event(resolved_at=None)
PUBLIC: Json = {
    "page": {
        "id": "pageacme0001",
        "name": "Acme",
        "url": "https://acme.test",
        "time_zone": "Etc/UTC",
        "updated_at": "2026-03-01T10:20:00.000Z",
    }
}


def in_document(name: str, row: Json) -> object:
    """A document of a name that holds an incident."""
    if name in shapes.LISTS:
        return [row]
    if name in shapes.LONE:
        return row
    if name.startswith("webhook/"):
        return {"meta": {}, "page": {"id": "pageacme0001"}, "incident": row}
    key = shapes.PAGED[name][0]
    document: Json = {**PUBLIC, key: row if key == "incident" else [row]}
    if name == "summary":
        document = {
            **PUBLIC,
            "components": [],
            "incidents": [row],
            "scheduled_maintenances": [],
            "status": {"indicator": "none", "description": "All Systems Operational"},
        }
    return document


HOLDING = sorted(
    {*shapes.PAGED, *shapes.LISTS, *shapes.LONE, "webhook/incident"}
    - {"status", "components"}
)


@pytest.mark.parametrize("key", SAID)
@pytest.mark.parametrize("name", HOLDING)
def test_nothing_of_these_is_dropped_by_any_document(name: str, key: str) -> None:
    """Modelled or kept, a key and its value come back from wherever they stood."""
    row = {**event(), key: SAID[key]}
    if "maintenances" in name:
        row = {**planned(), key: SAID[key]}
    if name.endswith("active"):
        row["status"] = "in_progress"
    document = in_document(name, row)
    page = read(json.dumps(document), "statuspage", document=name).value
    assert json.loads(write(page, "statuspage").value) == document


def test_a_post_mortem_apart_from_the_updates_is_the_incident_s() -> None:
    """A boolean in the place of its time, as the vendor's description has it, too."""
    row = event(postmortem_body="What we learnt.", postmortem_published_at=True)
    (incident,) = read(json.dumps(row)).exact().incidents
    assert incident.postmortem == "What we learnt."
    stated: Any = incident.extras["statuspage"]["@stated"]
    assert stated["postmortem_published_at"] is True
    assert back(row) == row


def told() -> Json:
    """An incident with its post-mortem among the updates."""
    row = event(status="postmortem", resolved_at="2026-03-01T10:20:00.000Z")
    row["incident_updates"] = [
        update("u3", "postmortem", "2026-03-05T10:00:00.000Z"),
        update("u2", "resolved", "2026-03-01T10:20:00.000Z"),
        *row["incident_updates"][1:],
    ]
    row["updated_at"] = "2026-03-05T10:00:00.000Z"
    row["postmortem_published_at"] = "2026-03-05T10:00:00.000Z"
    return row


def test_a_post_mortem_that_an_update_tells_is_not_kept_twice() -> None:
    """It is derived when it is written."""
    row = {**told(), "postmortem_body": "It is postmortem."}
    page = read(json.dumps(row)).exact()
    (incident,) = page.incidents
    assert incident.postmortem is None
    assert json.loads(write(page, "statuspage").exact()) == row


@pytest.mark.parametrize("body", [None, "Another text."])
def test_a_post_mortem_other_than_the_update_s_is_kept(body: str | None) -> None:
    """Nothing, where an update says something, comes back as nothing."""
    row = {**told(), "postmortem_body": body}
    (incident,) = read(json.dumps(row)).exact().incidents
    assert incident.postmortem == body
    assert back(row) == row


def test_a_post_mortem_can_be_written_where_it_has_a_place() -> None:
    """Of an incident that was not read; one that repeats an update is said to."""
    incident = Incident.open(
        "Down", at="2026-03-01T10:00:00Z", id="i", update_id="u", impact="none"
    )
    page = StatusPage(
        id="p", incidents=[Incident("Down", id="i", postmortem="Why", impact="none")]
    )
    went = write(page, "statuspage", document="v1/incident")
    assert went.findings == ()
    assert json.loads(went.value)["postmortem_body"] == "Why"
    ended = incident.resolve(at="2026-03-01T11:00:00Z", id="v")
    whole = ended.post("postmortem", "Why", at="2026-03-02T11:00:00Z", id="w")
    repeated = Incident(
        "Down",
        id="i",
        impact="none",
        updates=whole.updates,
        postmortem="Why",
    )
    page = StatusPage(id="p", incidents=[repeated])
    went = write(page, "statuspage", document="v1/incident")
    assert [one.path for one in went.findings] == ["$.incidents[0].postmortem"]
    apart = StatusPage(
        id="p",
        incidents=[
            Incident(
                "Down", id="i", impact="none", updates=whole.updates, postmortem=""
            )
        ],
    )
    assert write(apart, "statuspage", document="v1/incident").findings == ()


def test_a_backfilled_incident_begins_with_the_earliest_of_its_times() -> None:
    """Told later and once, as investigating, and stated to be over: since when?"""
    only = update("u1", "investigating", "2016-09-07T18:01:35.777Z")
    only["display_at"] = "2016-08-30T19:00:00.000Z"
    only["affected_components"] = [
        {"name": "No components were affected by this update."}
    ]
    row = event(
        status="resolved",
        backfilled=True,
        created_at="2016-08-30T19:00:00.000Z",
        updated_at="2016-09-07T18:01:36.719Z",
        incident_updates=[only],
        components=[],
    )
    (incident,) = read(json.dumps(row)).exact().incidents
    assert not incident.is_open
    assert incident.began_at is not None
    assert incident.began_at.isoformat() == "2016-08-30T19:00:00+00:00"
    assert (incident.ended_at, incident.duration) == (None, None)
    assert incident.updates[0].states == ()
    assert back(row) == row


def test_one_told_as_over_has_no_start_but_a_stated_one() -> None:
    """`created_at` is the day chosen for it, `started_at` when it was published."""
    only = update("u1", "resolved", "2016-09-07T18:01:35.777Z")
    only["display_at"] = "2016-08-30T19:00:00.000Z"
    row = event(
        status="resolved",
        backfilled=True,
        created_at="2016-08-30T19:00:00.000Z",
        resolved_at="2016-08-30T19:00:00.000Z",
        started_at="2016-09-07T18:01:35.000Z",
        updated_at="2016-09-07T18:01:36.719Z",
        incident_updates=[only],
    )
    (incident,) = read(json.dumps(row)).exact().incidents
    assert not incident.start_known
    assert incident.duration is None
    assert back(row) == row


# -- metadata, depth, odd rows ---------------------------------------------------------


def test_what_nests_too_deep_is_refused() -> None:
    """Wherever it stands, and never with another error."""
    deep = json.loads("[" * 70 + "]" * 70)
    rows: list[object] = [
        event(metadata={"a": deep}),
        event(later=deep),
        {
            **event(),
            "incident_updates": [
                {
                    **update("u", "resolved", "2026-03-01T10:05:00Z"),
                    "affected_components": deep,
                }
            ],
        },
    ]
    for row in rows:
        with pytest.raises(LimitExceeded):
            read(json.dumps(row), "statuspage")


@pytest.mark.parametrize("name", ["v1/components", "v1/component-groups"])
def test_too_many_things_are_refused(name: str) -> None:
    """As in every document."""
    with pytest.raises(LimitExceeded):
        read(json.dumps(SERVED[name]), "statuspage", limits=Limits(items=1))


def test_an_odd_row_is_left_out_alone() -> None:
    """Of groups and components; the others are read."""
    groups = read(
        json.dumps([1, {"components": [], "id": 5, "name": 6}, GROUP, {}]), "statuspage"
    )
    assert [one.name for one in groups.value.components] == ["5", "Backend"]
    assert {one.code for one in groups.findings} >= {"item.malformed", "value.missing"}
    rows = read(json.dumps([COMPONENT, 1, {}]), "statuspage")
    assert [one.name for one in rows.value.components] == ["API"]
    assert {one.path for one in rows.findings} >= {"$[1]", "$[2]"}


def test_whose_it_is_the_first_that_says_so_says() -> None:
    """A component need not; what is no page's id is reported with its row."""
    rows = [{**COMPONENT, "page_id": None}, {**COMPONENT, "page_id": 7, "id": "c2"}]
    page = read(json.dumps(rows)).exact()
    assert page.id == "7"
    assert json.loads(write(page, "statuspage").exact()) == rows


def test_updates_out_of_order_are_put_in_it() -> None:
    """As in every document, and an update without a status repeats the last."""
    one = Incident(
        "Down",
        id="i",
        impact="none",
        updates=[
            Update("identified", at="2026-03-01T11:00:00Z", id="b"),
            Update("investigating", at="2026-03-01T10:00:00Z", id="a"),
        ],
    )
    went = write(
        StatusPage(id="p", incidents=[one]), "statuspage", document="v1/incident"
    )
    assert [finding.code for finding in went.findings] == ["order.unsorted"]


def test_unknown_keys_of_a_group_come_back() -> None:
    """A key that nobody knows yet."""
    document = {**GROUP, "later": [1]}
    assert back(document) == document


# -- what is no document ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "what"),
    [
        (update("u", "resolved", "2026-03-01T10:05:00Z"), "an update alone"),
        ({"preview_key": "x", "body": "y", "body_draft": None}, "a post-mortem alone"),
        ({"range_start": "a", "range_end": "b", "id": "c"}, "the uptime of a range"),
    ],
    ids=["update", "post-mortem", "uptime"],
)
def test_a_response_that_is_no_document_is_refused(document: Json, what: str) -> None:
    """Alone or in an array, with the reason."""
    for value in (document, [document]):
        with pytest.raises(MalformedDocument, match=what):
            read(json.dumps(value), "statuspage")


# -- writing ---------------------------------------------------------------------------


def page() -> StatusPage:
    """A page of our own with two components in a group."""
    return StatusPage(
        id="p",
        components=[
            Component("Backend", id="g", is_group=True),
            Component("API", id="a", group="g", status="operational"),
            Component("Web", id="b", group="g", status="operational"),
        ],
    )


def test_a_group_names_its_children() -> None:
    """Derived from what they say, where the page lists them."""
    went = write(page(), "statuspage", document="v1/component-groups")
    (group,) = json.loads(went.value)
    assert group["components"] == ["a", "b"]
    assert [one.id for one in went.left_out] == ["a", "b"]
    alone = write(page(), "statuspage", document="v1/component-group")
    assert json.loads(alone.value) == group


def test_a_group_has_no_level_there() -> None:
    """What a page says of one is reported."""
    one = Component("Backend", id="g", is_group=True, status="operational")
    went = write(
        StatusPage(id="p", components=[one]),
        "statuspage",
        document="v1/component-group",
    )
    assert [finding.code for finding in went.findings] == ["value.left_out"]


def test_a_document_of_one_group_wants_one() -> None:
    """None and two are refused."""
    group = Component("G", id="g", is_group=True)
    for components in ([], [group, Component("H", id="h", is_group=True)]):
        with pytest.raises(UnknownFormat, match="about one group"):
            write(
                StatusPage("A", components=components),
                "statuspage",
                document="v1/component-group",
            )


def test_what_names_the_page_is_reported_where_nothing_does() -> None:
    """An empty array has nothing that could carry the page's id."""
    empty = StatusPage(id="p")
    for document in ("v1/incidents", "v1/components", "bare-list"):
        went = write(empty, "statuspage", document=document)
        assert [one.path for one in went.findings] == ["$.name"]


def test_an_address_that_changes_a_component_is_not_published() -> None:
    """Only responses of the management API have it back."""
    came = read(json.dumps([COMPONENT])).exact()
    public = write(came, "statuspage", document="components")
    assert "automation" not in public.value
    assert {one.code for one in public.findings} == {"value.left_out"}
    assert "automation" in write(came, "statuspage").exact()


def test_a_legacy_row_can_be_written_of_a_page_of_our_own() -> None:
    """A maintenance with all the keys, null or false."""
    planned_for = "2026-03-07T22:00:00Z"
    one = Maintenance("Work", id="m", scheduled_for=planned_for)
    went = write(
        StatusPage(id="p", maintenances=[one]), "statuspage", document="v1/incidents"
    )
    (row,) = json.loads(went.exact())
    assert event().keys() <= row.keys()
    assert row["scheduled_for"] == "2026-03-07T22:00:00.000Z"
    assert read(went.value).exact().maintenances[0].scheduled_for is not None
