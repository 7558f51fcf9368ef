"""Components are found by id, else by name, or refused: never guessed."""

from __future__ import annotations

import attrs
import pytest

from incidentkit import (
    Component,
    ComponentLike,
    ComponentRef,
    ComponentStatus,
    Incident,
    StatusPage,
)
from incidentkit.publishing import CannotPublish, statuspage

PAGE = StatusPage(
    "Acme",
    id="pw7c1r5k2m9x",
    components=[
        Component("EU", id="g1", is_group=True),
        Component("US", id="g2", is_group=True),
        Component("API", id="c1", group="g1"),
        Component("API", id="c2", group="g2"),
        Component("Web", id="c3", group="g1"),
        Component("Mail", id="ours", links={"statuspage": "c4"}),
    ],
)


def sent(mention: ComponentRef | str, page: StatusPage = PAGE) -> list[str]:
    """The ids of the components that a mention stands for in a call."""
    affects: dict[ComponentLike, ComponentStatus | str] = {mention: "major_outage"}
    incident = Incident.open("Down", at="2026-03-10T09:21:00Z", affects=affects)
    post = statuspage(None, incident, page=page).value[0]
    assert post.payload is not None
    fields = post.payload["incident"]
    assert isinstance(fields, dict)
    levels = fields.get("components", {})
    assert list(levels) == fields["component_ids"]
    return list(levels)


@pytest.mark.parametrize(
    ("mention", "id_"),
    [
        (ComponentRef("whatever", id="c1"), "c1"),
        (ComponentRef(id="c2"), "c2"),
        ("EU - API", "c1"),
        ("US - API", "c2"),
        ("Web", "c3"),
        ("EU - Web", "c3"),
        # By what the vendor calls it, by the page's own id, and by name.
        (ComponentRef(id="c4"), "c4"),
        (ComponentRef(id="ours"), "c4"),
        ("Mail", "c4"),
        # An id of another vendor's is none of this page's: then the name decides.
        (ComponentRef("Web", id="42"), "c3"),
    ],
)
def test_a_component_is_found(mention: ComponentRef | str, id_: str) -> None:
    """By the vendor's id, else its own, else its name, alone or within its group."""
    assert sent(mention) == [id_]


def test_a_name_in_two_groups_is_refused() -> None:
    """The error names the component, and all that it may be."""
    with pytest.raises(CannotPublish) as caught:
        sent("API")
    assert caught.value.candidates == ("c1", "c2")
    for part in ("'API'", "'EU - API' (c1)", "'US - API' (c2)", "by id"):
        assert part in str(caught.value)


def test_a_component_that_is_not_there_is_refused() -> None:
    """The error names the components there are."""
    with pytest.raises(CannotPublish, match=r"no component 'Search'.*'EU - API'"):
        sent("Search")
    with pytest.raises(CannotPublish, match="it has none"):
        sent("Search", attrs.evolve(PAGE, components=[]))
    many = [Component(f"c{n}", id=f"c{n}") for n in range(20)]
    with pytest.raises(CannotPublish, match="…") as caught:
        sent("Search", attrs.evolve(PAGE, components=many))
    assert len(caught.value.candidates) == 20


def test_a_component_without_an_id_is_refused() -> None:
    """Only the vendor can give an id; a page written by hand has none."""
    with pytest.raises(CannotPublish, match="no id"):
        sent("API", attrs.evolve(PAGE, components=["API"]))


def test_a_group_is_no_component() -> None:
    """A group has no level: its row is left out, aloud."""
    incident = Incident.open(
        "Down",
        at="2026-03-10T09:21:00Z",
        affects={"EU": "major_outage", "Web": "major_outage"},
    )
    built = statuspage(None, incident, page=PAGE)
    payload = built.value[0].payload
    assert payload is not None
    assert payload["incident"]["component_ids"] == ["c3"]  # type: ignore[index] # JSON
    assert {"value.left_out"} == {
        one.code for one in built.findings if "group" in one.detail
    }


def test_of_a_page_the_group_and_the_link_are_known() -> None:
    """A mention by name means the component of its own page, with group and link."""
    ours = StatusPage(
        "Acme",
        components=[
            Component("Europe", id="e", is_group=True),
            Component("EU", id="u", is_group=True),
            Component("API", id="a", group="u"),
            Component("Elsewhere", id="x", links={"statuspage": "c2"}),
            Component("Mail", id="m", group="e"),
        ],
    )
    for key, id_ in (("a", "c1"), ("x", "c2"), ("m", "c4")):
        incident = Incident.open(
            "Down",
            at="2026-03-10T09:21:00Z",
            affects={ours.component(key): "major_outage"},
        )
        after = attrs.evolve(ours, incidents=[incident])
        call = statuspage(ours, after, page=PAGE).value[0]
        assert call.payload is not None
        fields = call.payload["incident"]
        assert isinstance(fields, dict)
        assert fields["components"] == {id_: "major_outage"}
