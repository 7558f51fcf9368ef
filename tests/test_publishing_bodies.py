"""The calls of Statuspage, one by one: what is sent, and what is not."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from incidentkit import (
    Component,
    ComponentState,
    Incident,
    Maintenance,
    StatusPage,
    Update,
)
from incidentkit.publishing import CannotPublish, statuspage

PAGE = StatusPage(
    "Acme",
    id="pw7c1r5k2m9x",
    time_zone="America/Chicago",
    components=[Component("API", id="c1"), Component("Web", id="c2")],
)
ROOT = "/pages/pw7c1r5k2m9x/incidents"
NINE, TEN = "2026-03-10T09:00:00Z", "2026-03-10T10:00:00Z"
OPENED = Incident.open(
    "API down",
    "We look.",
    at=NINE,
    impact="critical",
    affects={"API": "major_outage"},
    id="i1",
    update_id="u1",
)
RESOLVED = OPENED.resolve("It works.", at=TEN)
PLANNED = Maintenance.schedule(
    "Upgrade",
    "We will.",
    at=NINE,
    scheduled_for="2026-03-11T01:00:00Z",
    scheduled_until="2026-03-11T03:00:00Z",
    components=["API"],
    id="i2",
)


def built(
    before: Incident | Maintenance | None, after: Incident | Maintenance, **asked: Any
) -> list[tuple[str, str, Any]]:
    """Build calls: method, path from the root on, and what stands in the body."""
    made: list[tuple[str, str, Any]] = []
    for call in statuspage(before, after, page=PAGE, **asked).value:
        assert call.payload is not None
        ((_, fields),) = call.payload.items()
        assert call.route.startswith(ROOT)
        made.append((call.method, call.route.removeprefix(ROOT), fields))
    return made


def test_an_incident_is_put_up_with_its_first_update() -> None:
    """Then its time is set; the impact needs no word if it follows from the levels."""
    assert built(None, OPENED) == [
        (
            "POST",
            "",
            {
                "name": "API down",
                "status": "investigating",
                "body": "We look.",
                "component_ids": ["c1"],
                "components": {"c1": "major_outage"},
                "deliver_notifications": False,
            },
        ),
        (
            "PATCH",
            "/{incident}/incident_updates/{update 0}",
            {"display_at": "2026-03-10T09:00:00.000Z", "deliver_notifications": False},
        ),
    ]


def test_an_update_is_posted_to_its_incident() -> None:
    """What was read from there has its id; what is new has none yet."""
    assert built(OPENED, RESOLVED) == [
        (
            "PATCH",
            "/i1",
            {
                "status": "resolved",
                "body": "It works.",
                "components": {"c1": "operational"},
                "deliver_notifications": False,
            },
        ),
        (
            "PATCH",
            "/i1/incident_updates/{update 1}",
            {"display_at": "2026-03-10T10:00:00.000Z", "deliver_notifications": False},
        ),
    ]


def test_what_is_told_now_is_left_to_the_vendors_clock() -> None:
    """Within a minute of the sending no time is set, and that is said."""
    calls = statuspage(OPENED, RESOLVED, page=PAGE, now="2026-03-10T10:00:59Z")
    assert [call.method for call in calls.value] == ["PATCH"]
    assert [one.code for one in calls.findings] == ["time.vendors"]
    assert len(built(OPENED, RESOLVED, now="2026-03-10T10:02:00Z")) == 2
    with pytest.raises(ValueError, match="zone"):
        built(OPENED, RESOLVED, now="2026-03-10T10:02:00")


def test_only_what_is_posted_is_told() -> None:
    """Asked to notify, an edit of a name, a text or a time still tells nobody."""
    told = [
        fields["deliver_notifications"]
        for *_, fields in built(None, OPENED, notify=True)
    ]
    assert told == [True, False]
    edited = OPENED.correct("u1", body="We look!", edited_at=TEN)
    for _, _, fields in built(OPENED, attrs.evolve(edited, name="Else"), notify=True):
        assert fields["deliver_notifications"] is False


def test_an_edit_sends_what_changed_and_no_more() -> None:
    """A name is edited at the incident, a text and a time at the update."""
    edited = OPENED.correct(
        "u1", body="We look!", at="2026-03-10T08:59:00Z", edited_at=TEN
    )
    assert built(OPENED, attrs.evolve(edited, name="Else")) == [
        ("PATCH", "/i1", {"name": "Else", "deliver_notifications": False}),
        (
            "PATCH",
            "/i1/incident_updates/u1",
            {
                "body": "We look!",
                "display_at": "2026-03-10T08:59:00.000Z",
                "deliver_notifications": False,
            },
        ),
    ]


def test_an_edit_goes_with_what_is_posted() -> None:
    """One call renames the incident and posts to it."""
    calls = built(OPENED, attrs.evolve(RESOLVED, name="API was down"))
    assert len(calls) == 2
    assert calls[0][2]["name"] == "API was down"
    assert calls[0][2]["status"] == "resolved"


def test_nothing_happens_by_itself_to_a_maintenance() -> None:
    """Every flag for what the vendor would do later is false, the reminder's too."""
    fields = built(None, PLANNED, notify=True)[0][2]
    assert fields["scheduled_for"] == "2026-03-11T01:00:00.000Z"
    assert fields["scheduled_until"] == "2026-03-11T03:00:00.000Z"
    assert fields["status"] == "scheduled"
    assert fields["component_ids"] == ["c1"]
    assert "impact_override" not in fields
    flags = {key for key, value in fields.items() if value is False}
    assert len(flags) == 11
    assert all(key.startswith(("scheduled_", "auto_")) for key in flags)


def test_a_maintenance_is_moved() -> None:
    """Only the time that changed is sent."""
    later = attrs.evolve(PLANNED, scheduled_until="2026-03-11T04:00:00Z")
    assert built(PLANNED, later) == [
        (
            "PATCH",
            "/i2",
            {
                "scheduled_until": "2026-03-11T04:00:00.000Z",
                "deliver_notifications": False,
            },
        )
    ]


def test_a_maintenance_without_a_beginning_is_refused() -> None:
    """To the vendor it would be an incident."""
    with pytest.raises(CannotPublish, match="scheduled_for"):
        built(None, attrs.evolve(PLANNED, scheduled_for=None))


def test_what_is_put_up_after_it_was_over_is_backfilled() -> None:
    """With its day on the page's own calendar, and without components."""
    over = Incident(
        "Long ago",
        updates=[Update("resolved", body="It was.", at="2026-03-10T04:00:00Z")],
        components=["API"],
    )
    calls = built(None, over)
    assert calls[0][2] == {
        "name": "Long ago",
        "backfilled": True,
        "backfill_date": "2026-03-09",
        "status": "resolved",
        "body": "It was.",
        "deliver_notifications": False,
    }
    assert calls[1][2]["display_at"] == "2026-03-10T04:00:00.000Z"


def test_what_is_known_to_be_backfilled_takes_no_components_later() -> None:
    """The vendor's own word for it decides, else what its updates say."""
    said = attrs.evolve(OPENED, extras={"statuspage": {"backfilled": True}})
    after = said.resolve("It works.", at=TEN)
    assert "components" not in built(said, after)[0][2]
    told = attrs.evolve(over := RESOLVED, extras={"statuspage": {"backfilled": False}})
    assert over.status is told.status
    assert "backfilled" not in built(None, told)[0][2]


def test_what_was_over_nobody_knows_when_is_not_backfilled() -> None:
    """There is no day to put it up for, unless its document says that it was."""
    over = Incident("Once", stated_status="resolved")
    assert "backfilled" not in built(None, over)[0][2]
    dated = attrs.evolve(over, created_at=NINE)
    assert built(None, dated)[0][2]["backfill_date"] == "2026-03-10"
    said = attrs.evolve(over, extras={"statuspage": {"backfilled": True}})
    assert "backfill_date" not in built(None, said)[0][2]


# -- impact ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "to", "affects", "override"),
    [
        # As it was, or as it follows from the levels.
        ("critical", "critical", {}, None),
        ("critical", "critical", {"API": "operational"}, None),
        ("minor", "minor", {}, None),
        # Lowered, or raised beyond the levels.
        ("critical", "minor", {}, "minor"),
        ("minor", "none", {}, "none"),
        # Overridden before, and so still when it follows from the levels again.
        ("minor", "critical", {}, "critical"),
        # Nobody states one.
        ("critical", None, {}, None),
        (None, "critical", {}, None),
        (None, "minor", {}, "minor"),
    ],
)
def test_an_impact_is_overridden_where_it_is_not_derived(
    was: str | None, to: str | None, affects: dict[str, str], override: str | None
) -> None:
    """The API is in a major outage, from which the vendor derives critical."""
    before = attrs.evolve(OPENED, impact=was)
    after = attrs.evolve(before, impact=to).post(
        "identified", "Found.", at=TEN, affects=affects
    )
    fields = built(before, after)[0][2]
    assert fields.get("impact_override") == override


def test_a_first_impact_is_overridden_too() -> None:
    """An impact apart from the levels is set when the incident is put up."""
    assert (
        built(None, attrs.evolve(OPENED, impact="minor"))[0][2]["impact_override"]
        == "minor"
    )
    assert (
        built(None, attrs.evolve(PLANNED, impact="minor"))[0][2]["impact_override"]
        == "minor"
    )


def test_an_impact_that_follows_in_time_is_not_overridden() -> None:
    """The levels rise with it, and it was always what they said."""
    before = Incident.open(
        "Slow", at=NINE, impact="minor", affects={"API": "degraded_performance"}, id="i"
    )
    after = attrs.evolve(before, impact="critical").post(
        "identified", at=TEN, affects={"API": "major_outage"}
    )
    assert "impact_override" not in built(before, after)[0][2]


def test_an_impact_alone_is_an_edit() -> None:
    """It needs no update."""
    assert built(OPENED, attrs.evolve(OPENED, impact="minor")) == [
        ("PATCH", "/i1", {"impact_override": "minor", "deliver_notifications": False})
    ]


# -- post-mortems ----------------------------------------------------------------------


@pytest.mark.parametrize("notify", [False, True])
def test_a_post_mortem_is_written_and_published(notify: bool) -> None:  # noqa: FBT001
    """Told as an update or apart from them; never on Twitter."""
    as_update = RESOLVED.post("postmortem", "It was DNS.", at="2026-03-12T09:00:00Z")
    apart = attrs.evolve(RESOLVED, postmortem="It was DNS.")
    for after in (as_update, apart):
        assert built(RESOLVED, after, notify=notify) == [
            ("PUT", "/i1/postmortem", {"body_draft": "It was DNS."}),
            (
                "PUT",
                "/i1/postmortem/publish",
                {"notify_subscribers": notify, "notify_twitter": False},
            ),
        ]
        assert built(after, after) == []


def test_a_post_mortem_is_edited_where_it_stands() -> None:
    """Its text is published anew; its time can be moved, since its id is known now."""
    before = RESOLVED.post(
        "postmortem", "It was DNS.", at="2026-03-12T09:00:00Z", id="u3"
    )
    after = before.correct("u3", body="DNS.", at="2026-03-12T08:00:00Z", edited_at=TEN)
    calls = built(before, after)
    assert [path for _, path, _ in calls] == [
        "/i1/postmortem",
        "/i1/postmortem/publish",
        "/i1/incident_updates/u3",
    ]
    assert calls[2][2]["display_at"] == "2026-03-12T08:00:00.000Z"


def test_a_post_mortem_stands_in_its_place() -> None:
    """What is said after it is posted after it, and its components move before."""
    after = RESOLVED.post(
        "postmortem", "DNS.", at="2026-03-12T09:00:00Z", affects={"Web": "operational"}
    ).post(None, "Thanks.", at="2026-03-12T10:00:00Z")
    calls = built(RESOLVED, after)
    assert [path for _, path, _ in calls][:4] == [
        "/i1",
        "/i1/postmortem",
        "/i1/postmortem/publish",
        "/i1",
    ]
    assert calls[0][2] == {
        "component_ids": ["c1", "c2"],
        "components": {"c2": "operational"},
        "deliver_notifications": False,
    }
    assert calls[3][2]["status"] == "resolved"


# -- metadata, components --------------------------------------------------------------


def test_metadata_is_carried() -> None:
    """What extras hold for programs is sent when it is new or changed."""
    tagged = attrs.evolve(
        OPENED, extras={"statuspage": {"metadata": {"jira": {"id": "X-1"}}}}
    )
    assert built(None, tagged)[0][2]["metadata"] == {"jira": {"id": "X-1"}}
    assert built(tagged, tagged) == []
    assert built(OPENED, tagged)[0][2]["metadata"] == {"jira": {"id": "X-1"}}
    assert built(tagged, OPENED)[0][2]["metadata"] == {}


def test_components_come_and_go() -> None:
    """The whole list is sent where it changes, whatever else is said."""
    both = attrs.evolve(OPENED, components=["API", "Web"])
    assert built(OPENED, both) == [
        (
            "PATCH",
            "/i1",
            {"component_ids": ["c1", "c2"], "deliver_notifications": False},
        )
    ]
    assert built(both, OPENED)[0][2]["component_ids"] == ["c1"]


def test_the_same_component_twice_is_told_once() -> None:
    """By name and by id: the last level counts."""
    api = PAGE.component("API")
    rows = [
        ComponentState("API", "degraded_performance"),
        ComponentState(api, "major_outage"),
    ]
    told = Incident("Down", updates=[Update("investigating", at=NINE, states=rows)])
    fields = built(None, told)[0][2]
    assert fields["component_ids"] == ["c1"]
    assert fields["components"] == {"c1": "major_outage"}


# -- what is refused -------------------------------------------------------------------


def test_names_and_texts_are_not_cut() -> None:
    """What is too long is refused whole, and the error says by how much."""
    fits = attrs.evolve(OPENED, name="x" * 255)
    assert built(None, fits)[0][2]["name"] == "x" * 255
    with pytest.raises(CannotPublish, match=r"\$\.name: .*256.*255"):
        built(None, attrs.evolve(OPENED, name="x" * 256))
    built(None, RESOLVED.post(None, "x" * 25_000, at=TEN))
    with pytest.raises(CannotPublish, match=r"updates\[2\]\.body: .*25,001.*25,000"):
        built(None, RESOLVED.post(None, "x" * 25_001, at=TEN))
    with pytest.raises(CannotPublish, match=r"updates\[0\]\.body"):
        built(OPENED, OPENED.correct("u1", body="x" * 25_001, edited_at=TEN))


def test_a_page_without_an_id_is_refused() -> None:
    """Its id is in every path."""
    with pytest.raises(CannotPublish, match="no id"):
        statuspage(None, OPENED, page=StatusPage("Acme"))
    linked = StatusPage("Acme", id="ours", links={"statuspage": "theirs"})
    opened = Incident.open("Slow", at=NINE)
    assert statuspage(None, opened, page=linked).value[0].path == (
        "/pages/theirs/incidents"
    )


def test_two_kinds_are_refused() -> None:
    """An incident does not become a maintenance, nor a page an incident."""
    for before, after in (
        (OPENED, PLANNED),
        (PLANNED, OPENED),
        (PAGE, OPENED),
        (OPENED, PAGE),
    ):
        with pytest.raises(TypeError, match="two kinds"):
            statuspage(before, after, page=PAGE)


def test_two_incidents_are_refused() -> None:
    """Other ids are other incidents."""
    with pytest.raises(CannotPublish, match="not the same"):
        built(OPENED, attrs.evolve(OPENED, id="i9"))
    linked = attrs.evolve(OPENED, links={"statuspage": "a"})
    with pytest.raises(CannotPublish, match="not the same"):
        built(linked, attrs.evolve(OPENED, links={"statuspage": "b"}))


def test_what_is_there_is_not_put_up_twice() -> None:
    """Without a before, what is linked or on the page already is refused."""
    page = attrs.evolve(PAGE, incidents=[OPENED], maintenances=[PLANNED])
    linked = attrs.evolve(OPENED, id="ours", links={"statuspage": "i1"})
    update = attrs.evolve(OPENED.updates[0], links={"statuspage": "u1"})
    half = attrs.evolve(OPENED, id="ours", updates=[update])
    for after in (OPENED, linked, half, PLANNED, page):
        with pytest.raises(CannotPublish, match="twice"):
            statuspage(None, after, page=page)
    after = attrs.evolve(RESOLVED, updates=[*OPENED.updates, update])
    with pytest.raises(CannotPublish, match="'u1'"):
        built(OPENED, after)
    other = attrs.evolve(OPENED, id="ours", links={"cstate": "api.md"})
    assert statuspage(None, other, page=page).value[0].method == "POST"


def test_the_ids_of_ours_are_not_the_vendors() -> None:
    """What has another name there was not read from there: nor were its updates."""
    before = attrs.evolve(OPENED, links={"statuspage": "v1"})
    after = before.correct("u1", body="We look!", edited_at=TEN)
    assert built(before, after)[0][1] == "/v1/incident_updates/{update 0}"
    unlinked = attrs.evolve(OPENED, id=None)
    edited = attrs.evolve(unlinked, impact="none")
    assert built(unlinked, edited)[0][1] == "/{incident}"
