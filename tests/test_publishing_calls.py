"""Calls: they cannot be sent by halves, and they take in what the vendor answers."""

from __future__ import annotations

import copy
import json
import pickle
from contextlib import suppress

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from incidentkit import (
    Component,
    FrozenMapping,
    Incident,
    IncidentKitError,
    MalformedDocument,
    StatusPage,
    Update,
)
from incidentkit.publishing import (
    Call,
    CannotPublish,
    Placeholder,
    UnfilledCall,
    statuspage,
)

PAGE = StatusPage("Acme", id="pw7c1r5k2m9x")
OPENED = Incident.open("API down", "We look.", at="2026-03-10T09:21:00Z")
RESOLVED = OPENED.resolve("It works.", at="2026-03-10T10:00:00Z")
ANSWER = {
    "id": "i1",
    "incident_updates": [{"id": "u1", "body": "We look."}],
}


def calls(before: Incident | None, after: Incident) -> tuple[Call, ...]:
    """Build the calls, on a page without components."""
    return statuspage(before, after, page=PAGE).value


def adopted() -> Incident:
    """Give the opened incident as the vendor knows it."""
    return calls(None, OPENED)[0].adopt(OPENED, ANSWER)


# -- paths -----------------------------------------------------------------------------


def test_a_call_without_its_ids_has_no_path() -> None:
    """What still wants an id cannot be sent by mistake; it says what it wants."""
    post, edit = calls(None, OPENED)
    assert post.is_ready
    assert post.path == "/pages/pw7c1r5k2m9x/incidents"
    assert not edit.is_ready
    assert edit.missing == (Placeholder(), Placeholder(0))
    with pytest.raises(UnfilledCall) as caught:
        edit.path  # noqa: B018 - to ask for it is what raises
    assert caught.value.missing == edit.missing
    assert "{incident}" in str(caught.value)
    assert "adopt()" in str(caught.value)


def test_a_call_is_filled_from_links() -> None:
    """Once the answer is adopted the next call has its path."""
    edit = calls(None, OPENED)[1].filled(adopted())
    assert edit.path == "/pages/pw7c1r5k2m9x/incidents/i1/incident_updates/u1"
    assert edit.filled(adopted()) is edit


def test_a_call_is_filled_as_far_as_ids_are_known() -> None:
    """An incident whose update has no link leaves that placeholder."""
    known = attrs.evolve(OPENED, links={"statuspage": "i1"})
    edit = calls(None, OPENED)[1].filled(known)
    assert edit.missing == (Placeholder(0),)


def test_a_call_is_of_one_incident() -> None:
    """Another incident's ids are never taken for this one's."""
    post, edit = calls(None, OPENED)
    other = Incident.open("Else", at="2026-03-10T09:21:00Z")
    with pytest.raises(ValueError, match="Else"):
        edit.filled(other)
    with pytest.raises(ValueError, match="Else"):
        post.adopt(other, ANSWER)
    with pytest.raises(ValueError, match="0 incidents"):
        post.adopt(StatusPage("Empty"), ANSWER)


def test_a_call_is_of_what_was_published() -> None:
    """An incident that has lost the update is not what the call was built for."""
    last = calls(None, RESOLVED)[-1]
    with pytest.raises(ValueError, match="has no update 1"):
        last.filled(OPENED)


def test_ids_are_escaped_in_paths() -> None:
    """An id never leads elsewhere, whatever is in it."""
    known = attrs.evolve(adopted(), links={"statuspage": "a/../b?c"})
    (edit,) = calls(known, attrs.evolve(known, name="Else"))
    assert edit.path == "/pages/pw7c1r5k2m9x/incidents/a%2F..%2Fb%3Fc"


@pytest.mark.parametrize("id_", [".", ".."])
def test_an_id_that_is_a_step_is_refused(id_: str) -> None:
    """No escape helps where the id itself is a step in the path."""
    known = attrs.evolve(OPENED, id=id_)
    with pytest.raises(CannotPublish):
        calls(known, attrs.evolve(known, name="Else"))
    with pytest.raises(CannotPublish):
        statuspage(None, OPENED, page=attrs.evolve(PAGE, id=id_))


def test_calls_are_values() -> None:
    """Calls compare, hash, copy and pickle; what they send is plain JSON."""
    for call in calls(None, RESOLVED):
        assert pickle.loads(pickle.dumps(call)) == call
        assert hash(copy.deepcopy(call)) == hash(call)
        assert isinstance(call.body, FrozenMapping)
        assert type(call.payload) is dict
        assert json.loads(json.dumps(call.payload)) == call.payload
        assert repr(call) == f"<Call {call.method} {call.route}: {call.purpose}>"
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            call.method = "DELETE"  # type: ignore[misc] # it is frozen


def test_a_call_may_send_nothing() -> None:
    """A call without a body has none to encode."""
    post = calls(None, OPENED)[0]
    assert attrs.evolve(post, body=None).payload is None


@pytest.mark.parametrize(
    "error",
    [
        CannotPublish("$.name", "too long", ("a",)),
        UnfilledCall("/pages/{incident}", (Placeholder(),)),
    ],
)
def test_errors_survive_pickling(error: CannotPublish | UnfilledCall) -> None:
    """They are the package's own, tell where, and come back from another process."""
    assert isinstance(error, IncidentKitError)
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert type(again) is type(error)


# -- answers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [ANSWER, json.dumps(ANSWER), json.dumps(ANSWER).encode()],
    ids=["decoded", "text", "bytes"],
)
def test_an_answer_gives_ids(answer: dict[str, object] | str | bytes) -> None:
    """Text, bytes or what was decoded: the ids of the vendor's are links alone."""
    known = calls(None, OPENED)[0].adopt(OPENED, answer)
    assert known.links == {"statuspage": "i1"}
    assert [one.links for one in known.updates] == [{"statuspage": "u1"}]
    assert known.id is None
    assert known.key == OPENED.key


def test_other_links_stay() -> None:
    """What a thing is called elsewhere is kept."""
    linked = attrs.evolve(OPENED, links={"cstate": "api-down.md"})
    known = calls(None, linked)[0].adopt(linked, ANSWER)
    assert known.links == {"cstate": "api-down.md", "statuspage": "i1"}


def test_a_page_adopts_too() -> None:
    """On a page it is the incident the call is about that gets the ids."""
    page = attrs.evolve(PAGE, incidents=[OPENED])
    first, second = statuspage(None, page, page=PAGE).value
    known = first.adopt(page, ANSWER)
    assert known.incidents == (adopted(),)
    assert second.filled(known).is_ready


def test_an_answer_without_ids_changes_nothing() -> None:
    """What answers an edit is not looked at."""
    assert calls(None, OPENED)[1].adopt(OPENED, {"id": "u1"}) is OPENED


def test_an_answer_about_another_incident_is_refused() -> None:
    """Once an id is known, no other takes its place."""
    known = adopted()
    post = calls(known, known.resolve("It works.", at="2026-03-10T10:00:00Z"))[0]
    after = known.resolve("It works.", at="2026-03-10T10:00:00Z")
    with pytest.raises(ValueError, match="not about 'i1'"):
        post.adopt(after, {"id": "i2", "incident_updates": []})


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        {},
        {"id": 1, "incident_updates": []},
        {"id": "i1"},
        {"id": "i1", "incident_updates": None},
        {"id": "i1", "incident_updates": [None]},
        {"id": "i1", "incident_updates": [{"body": "We look."}]},
        {"error": "Could not authenticate"},
    ],
)
def test_what_is_no_answer_is_refused(answer: dict[str, object] | bytes) -> None:
    """An error page, or another document, gives no ids and says why not."""
    with pytest.raises(MalformedDocument):
        calls(None, OPENED)[0].adopt(OPENED, answer)


@given(st.binary() | st.dictionaries(st.text(), strategies.json_values()))
def test_any_answer_is_adopted_or_refused(answer: bytes | dict[str, object]) -> None:
    """Whatever comes back, nothing else is raised."""
    with suppress(MalformedDocument):
        calls(None, OPENED)[0].adopt(OPENED, answer)


def test_a_body_that_is_no_text_says_nothing() -> None:
    """An update of the vendor's may have no text."""
    answer = {"id": "i1", "incident_updates": [{"id": "u1", "body": None}]}
    known = calls(None, OPENED)[0].adopt(OPENED, answer)
    assert known.updates[0].links == {"statuspage": "u1"}


# -- which update is which -------------------------------------------------------------


def said(*updates: tuple[str, str]) -> dict[str, object]:
    """Give an answer with updates, the newest first, by id and body."""
    rows = [{"id": id_, "body": body} for id_, body in updates]
    return {"id": "i1", "incident_updates": rows}


def links_after(before: Incident, after: Incident, answer: object) -> list[str | None]:
    """What the updates are called there once the answer to the post is adopted."""
    post = calls(before, after)[0]
    known = post.adopt(after, answer)  # type: ignore[arg-type] # a mapping
    return [update.links.get("statuspage") for update in known.updates]


def test_the_update_that_was_not_there_is_the_one_posted() -> None:
    """Where one is new on either side they are the same, however it was spelt there."""
    known = adopted()
    after = known.resolve("It works.\n", at="2026-03-10T10:00:00Z")
    answer = said(("u2", "It works."), ("u1", "We look."))
    assert links_after(known, after, answer) == ["u1", "u2"]


def test_updates_that_were_read_from_there_are_known_by_id() -> None:
    """An incident as it was read has the vendor's ids; adopting makes links of them."""
    read = Incident.open(
        "API down", "We look.", at="2026-03-10T09:21:00Z", id="i1", update_id="u1"
    )
    after = read.resolve("It works.", at="2026-03-10T10:00:00Z")
    answer = said(("u2", "It works."), ("u1", "We look."))
    assert links_after(read, after, answer) == ["u1", "u2"]


def test_updates_without_ids_are_known_by_their_order() -> None:
    """As many as there are here without an id: the first is the first."""
    after = OPENED.resolve("It works.", at="2026-03-10T10:00:00Z")
    answer = said(("u2", "It works."), ("u1", "We look."))
    assert links_after(OPENED, after, answer) == ["u1", "u2"]


def test_among_others_the_newest_that_says_it_is_the_one_posted() -> None:
    """Somebody else may have posted meanwhile."""
    known = adopted()
    after = known.post("identified", "Found.", at="2026-03-10T10:00:00Z")
    others = said(
        ("u4", "Else."), ("u3", "Found."), ("u2", "Found."), ("u1", "We look.")
    )
    assert links_after(known, after, others) == ["u1", "u3"]


def test_an_answer_without_the_update_is_refused() -> None:
    """If none says what was posted, the answer is not to this call."""
    known = adopted()
    after = known.post("identified", "Found.", at="2026-03-10T10:00:00Z")
    with pytest.raises(MalformedDocument, match="none of its updates"):
        links_after(known, after, said(("u3", "x"), ("u2", "y"), ("u1", "We look.")))


def test_an_answer_may_come_twice() -> None:
    """Adopting the same answer again changes nothing."""
    known = adopted()
    assert calls(None, OPENED)[0].adopt(known, ANSWER) == known
    more = said(("u2", "Else."), ("u1", "We look."))
    assert calls(None, OPENED)[0].adopt(known, more) == known


def test_an_edit_of_the_incident_adopts_what_is_known_by_id() -> None:
    """A call that posts nothing still shows the incident."""
    read = Incident.open(
        "API down", "We look.", at="2026-03-10T09:21:00Z", id="i1", update_id="u1"
    )
    renamed = attrs.evolve(read, name="Else")
    (edit,) = calls(read, renamed)
    known = edit.adopt(renamed, said(("u9", "New."), ("u1", "We look.")))
    assert known.updates[0].links == {"statuspage": "u1"}


def test_what_failed_midway_is_taken_up_again() -> None:
    """The page is read anew, and its incident is what was published so far."""
    page = StatusPage("Acme", id="p1", components=[Component("API", id="c1")])
    incident = Incident.open("Slow", "We look.", at="2026-03-10T09:21:00Z")
    incident = incident.post("identified", "A disk.", at="2026-03-10T09:31:00Z")
    first = statuspage(None, incident, page=page).value[0]
    answer = {"id": "i9", "incident_updates": [{"id": "u1", "body": "We look."}]}
    incident = first.adopt(incident, answer)
    there = Incident(
        "Slow",
        id="i9",
        updates=[
            Update("investigating", body="We look.", at="2026-03-10T12:00:00Z", id="u1")
        ],
    )
    page = attrs.evolve(page, incidents=[there])
    rest = statuspage(there, incident, page=page).value
    assert [(call.method, call.route.rpartition("/p1/")[2]) for call in rest] == [
        ("PATCH", "incidents/i9"),
        ("PATCH", "incidents/i9/incident_updates/u1"),
        ("PATCH", "incidents/i9/incident_updates/{update 1}"),
    ]
