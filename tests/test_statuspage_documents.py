"""
The laws of conversion, held by every document that the Statuspage room knows.

`test_laws` holds them for the usual document of each format. A document may refuse a
page that has nothing, or too much, to be written as it; all others keep the laws.
"""

from __future__ import annotations

import copy
import json
import re
from contextlib import suppress
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st

import strategies as pages
from incidentkit import (
    FORMATS,
    Component,
    ComponentRef,
    Converted,
    Coverage,
    Incident,
    Maintenance,
    MalformedDocument,
    RecordedDay,
    StatusPage,
    UnknownFormat,
    read,
    write,
)

DOCUMENTS = FORMATS["statuspage"].documents

unhurried = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=20,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)


def stripped(value: Any) -> Any:
    """A page, or a part of one, without links and extras, all the way down."""
    parts = {
        part: tuple(map(stripped, getattr(value, part)))
        for part in ("components", "incidents", "maintenances", "updates")
        if hasattr(value, part)
        if part != "components" or isinstance(value, StatusPage)
    }
    return attrs.evolve(value, links={}, extras={}, **parts)


def comparable(page: StatusPage) -> StatusPage:
    """A page without what a reading adds of itself."""
    same: StatusPage = attrs.evolve(
        stripped(page), coverage=Coverage(), observed_at=None
    )
    return same


def plain() -> Any:
    """Any page, a page with ids everywhere, or one that fits a narrow document."""
    return (pages.pages() | simple()).map(stripped)


@st.composite
def simple(draw: st.DrawFn) -> StatusPage:
    """A page with little on it: what the narrower documents are about."""
    component = Component(
        "API",
        id="c",
        status=draw(st.sampled_from((None, "operational", "major_outage"))),
        is_group=draw(st.booleans()),
    )
    mention = ComponentRef("API", id="c")
    day = RecordedDay(
        mention,
        draw(st.sampled_from(("2026-02-27", "2026-02-28", "2026-03-01"))),
        major_outage=draw(st.sampled_from((None, 0, 60))),
        partial_outage=draw(st.sampled_from((None, 0, 60))),
        events=draw(st.sampled_from(({}, {"i": "Down"}))),
    )
    incident = Incident(
        "Down",
        id="i",
        impact="minor",
        stated_start="2026-02-27T10:00:00Z",
        created_at="2026-02-27T10:00:00Z",
        stated_end=draw(st.sampled_from((None, "2026-03-01T11:00:00Z"))),
        stated_status=draw(st.sampled_from((None, "resolved"))),
        postmortem=draw(st.sampled_from((None, "Why"))),
    )
    maintenance = Maintenance(
        "Work",
        id="m",
        scheduled_for=draw(st.sampled_from((None, "2026-02-27T10:00:00Z"))),
        scheduled_until="2026-02-27T11:00:00Z",
    )
    return StatusPage(
        draw(st.sampled_from((None, "Acme"))),
        id=draw(st.sampled_from((None, "p"))),
        url=draw(st.sampled_from((None, "https://a.test", "http://a.test/b"))),
        time_zone=draw(st.sampled_from((None, "Europe/London", "Asia/Kolkata"))),
        components=draw(st.sampled_from(((), (component,)))),
        incidents=draw(st.sampled_from(((), (incident,)))),
        maintenances=draw(st.sampled_from(((), (maintenance,)))),
        recorded=draw(st.sampled_from(((), (day,)))),
        updated_at=draw(st.sampled_from((None, "2026-03-01T10:00:00Z"))),
        stated_indicator=draw(st.sampled_from((None, "critical"))),
    )


def written(page: StatusPage, document: str) -> Converted[str]:
    """A page as a document, if it can be written as one."""
    try:
        return write(page, "statuspage", document=document)
    except UnknownFormat:
        reject()


@pytest.mark.parametrize("document", DOCUMENTS)
@given(page=plain())
@unhurried
def test_what_is_not_reported_comes_back(document: str, page: StatusPage) -> None:
    """Law 1."""
    went = written(page, document)
    back = read(went.value, "statuspage", document=document)
    if not went.findings:
        assert comparable(page) == comparable(back.value)


@pytest.mark.parametrize("document", DOCUMENTS)
@given(page=plain())
@unhurried
def test_written_read_and_written_is_the_same(document: str, page: StatusPage) -> None:
    """Law 2."""
    once = written(page, document).value
    back = read(once, "statuspage", document=document).value
    assert once == written(back, document).value


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value of a document."""
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    return [way, *(place for key, one in inner for place in places(one, (*way, key)))]


@pytest.mark.parametrize("document", DOCUMENTS)
@given(data=st.data(), page=plain())
@unhurried
def test_readers_are_total_over_mangled_documents(
    document: str, data: st.DataObject, page: StatusPage
) -> None:
    """Laws 4 and 5: values of wrong kinds, nulls, missing and unknown keys."""
    held: Any = json.loads(written(page, document).value)
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from(places(held)))
        if not way:
            continue
        held = copy.deepcopy(held)
        at = held
        for step in way[:-1]:
            at = at[step]
        if data.draw(st.booleans()):
            at[way[-1]] = data.draw(json_values)
        elif isinstance(at, dict):
            del at[way[-1]]
            at["unknown"] = data.draw(json_values)
    text = json.dumps(held)
    try:
        reading = read(text, "statuspage", document=document)
    except MalformedDocument as error:
        assert error.reason
        return
    for finding in reading.findings:
        assert resolves(held, finding.path), finding
    # A document of one thing may have lost it.
    with suppress(UnknownFormat):
        write(reading.value, "statuspage")


def resolves(held: object, path: str) -> bool:
    """Whether a path leads to a value, or to where one is missing."""
    assert path.startswith("$")
    way = re.findall(r'\.([^.\[\]]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]', path[1:])
    at: Any = held
    for number, (key, index, quoted) in enumerate(way):
        step: Any = int(index) if index else json.loads(quoted) if quoted else key
        if isinstance(at, dict) and isinstance(step, str):
            if step not in at:
                return number == len(way) - 1
        elif isinstance(at, list) and isinstance(step, int):
            if step >= len(at):
                return False
        else:
            return True
        at = at[step]
    return True


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ('{"incidents": []}', "incident"),
        ('{"page": {"id": "x"}, "incident": {}}', None),
        ('{"meta": {}, "page": {}, "incident": null}', None),
        ('{"page": {}, "component": {}, "component_update": {}}', None),
    ],
)
def test_a_document_about_nothing_is_written_as_the_usual_one(
    document: str, name: str | None
) -> None:
    """What was read of it is no event: only who asks for that document is refused."""
    page = read(document, "statuspage", document=name).value
    went = write(page, "statuspage")
    assert read(went.value, "statuspage").value.incidents == ()
