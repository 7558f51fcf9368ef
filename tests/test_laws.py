"""
The laws that every format keeps, each one test over all of them.

1. What a writing does not report, a reading gives back.
2. What was written, read and written again is the same text.
3. A document read with nothing found comes back (held by each room's own tests, and on
   real documents by `test_real`).
4. Readers return or raise `MalformedDocument`, for any bytes.
5. Findings point home: every path resolves.
"""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import strategies as pages
from incidentkit import (
    FINDINGS,
    FORMATS,
    ComponentRef,
    Converted,
    Coverage,
    MalformedDocument,
    StatusPage,
    read,
    write,
)

NAMES = tuple(FORMATS)
READ = tuple(name for name, room in FORMATS.items() if room.read is not None)
BOTH = tuple(name for name in READ if FORMATS[name].write is not None)

unhurried = settings(
    deadline=None,
    # A page is too large a thing to be made smaller step by step, for minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def comparable(page: StatusPage, name: str) -> StatusPage:
    """
    A page without what is not a format's to keep.

    Links and other formats' extras are never written into a document; a reading adds
    of itself what it covers, when it was, and which document it was.
    """

    def own(value: Any) -> Any:
        return attrs.evolve(value, links={}, extras={})

    def event(value: Any) -> Any:
        return attrs.evolve(own(value), updates=tuple(map(own, value.updates)))

    if name == "incidentkit":
        return page
    same: StatusPage = attrs.evolve(
        own(page),
        components=tuple(map(own, page.components)),
        incidents=tuple(map(event, page.incidents)),
        maintenances=tuple(map(event, page.maintenances)),
        coverage=Coverage(),
        observed_at=None,
    )
    return same


def plain(value: Any, name: str) -> Any:
    """A page, or a part of one, without what only a reading puts there."""
    if name == "incidentkit":
        return value
    kept = {key: held for key, held in value.extras.items() if key != name}
    parts = {
        part: tuple(plain(one, name) for one in getattr(value, part))
        for part in ("components", "incidents", "maintenances", "updates")
        if part != "components" or isinstance(value, StatusPage)
        if hasattr(value, part)
    }
    return attrs.evolve(value, extras=kept, **parts)


def identified(page: StatusPage) -> StatusPage:
    """A page on which everything has an id of its own, as on a vendor's."""

    def mention(ref: ComponentRef) -> ComponentRef:
        return ComponentRef(ref.name, id=ref.id or f"c {ref.name}")

    def update(told: Any, id: str) -> Any:
        rows = (
            attrs.evolve(row, component=mention(row.component)) for row in told.states
        )
        return attrs.evolve(told, id=id, states=tuple(rows))

    def event(value: Any, id: str) -> Any:
        return attrs.evolve(
            value,
            id=id,
            components=tuple(map(mention, value.components)),
            updates=[update(told, f"{id}/{n}") for n, told in enumerate(value.updates)],
        )

    return attrs.evolve(
        page,
        id=page.id or "p",
        components=[
            attrs.evolve(one, id=f"{one.id} {n}")
            for n, one in enumerate(page.components)
        ],
        incidents=[event(one, f"i{n}") for n, one in enumerate(page.incidents)],
        maintenances=[event(one, f"m{n}") for n, one in enumerate(page.maintenances)],
    )


@pytest.mark.parametrize("name", BOTH)
@given(page=pages.pages() | pages.pages().map(identified))
@unhurried
def test_what_is_not_reported_comes_back(name: str, page: StatusPage) -> None:
    """Law 1."""
    page = plain(page, name)
    went = write(page, name)
    back = read(went.value, name)
    if not went.findings:
        assert comparable(page, name) == comparable(back.value, name)


@pytest.mark.parametrize("name", BOTH)
@given(page=pages.pages())
@unhurried
def test_written_read_and_written_is_the_same(name: str, page: StatusPage) -> None:
    """Law 2."""
    once = write(plain(page, name), name).value
    assert once == write(read(once, name).value, name).value


@pytest.mark.parametrize("name", READ)
@given(data=st.one_of(st.binary(max_size=200), st.text(max_size=200)))
@unhurried
def test_readers_are_total_over_bytes(name: str, data: bytes | str) -> None:
    """Law 4, for noise."""
    try:
        page = read(data, name).value
    except MalformedDocument:
        return
    assert isinstance(page, StatusPage)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


def places(
    value: object, way: tuple[str | int, ...] = ()
) -> list[tuple[str | int, ...]]:
    """The way to every value of a document."""
    inner: Any = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [way, *(place for key, one in inner for place in places(one, (*way, key)))]


def mutated(document: object, way: tuple[str | int, ...], value: object) -> object:
    """A document with one value replaced."""
    if not way:
        return value
    changed = copy.deepcopy(document)
    at: Any = changed
    for step in way[:-1]:
        at = at[step]
    at[way[-1]] = value
    return changed


@pytest.mark.parametrize(
    "name", [name for name in BOTH if "json" in FORMATS[name].media_type]
)
@given(data=st.data(), page=pages.pages())
@unhurried
def test_readers_are_total_over_mangled_documents(
    name: str, data: st.DataObject, page: StatusPage
) -> None:
    """Laws 4 and 5, for documents of the right shape with a few values wrong."""
    document = json.loads(write(page, name).value)
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from(places(document)))
        document = mutated(document, way, data.draw(json_values))
    text = json.dumps(document)
    try:
        reading = read(text, name)
    except MalformedDocument as error:
        if error.path.startswith("$"):
            assert resolves(document, error.path)
        return
    point_home(reading, document)
    write(reading.value, name)


@pytest.mark.parametrize("name", BOTH)
@given(data=st.data(), page=pages.pages())
@unhurried
def test_readers_are_total_over_cut_and_stirred_text(
    name: str, data: st.DataObject, page: StatusPage
) -> None:
    """Law 4, for documents that lost, repeat or mix up a piece of themselves."""
    text = write(page, name).value
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    piece = data.draw(st.sampled_from(["", text[start:end] * 2, text[start:end][::-1]]))
    try:
        reading = read(text[:start] + piece + text[end:], name)
    except MalformedDocument:
        return
    write(reading.value, name)


@pytest.mark.parametrize("name", BOTH)
@given(page=pages.pages())
@unhurried
def test_findings_of_writing_point_into_the_page(name: str, page: StatusPage) -> None:
    """Law 5, for writers: the path leads through the value that was written."""
    went = write(page, name)
    for finding in went.findings:
        assert finding.code in FINDINGS
        assert within(page, finding.path), finding


def point_home(reading: Converted[StatusPage], document: object) -> None:
    """Hold every finding to its place in the document."""
    for finding in reading.findings:
        assert finding.code in FINDINGS
        assert finding.count >= 1
        assert resolves(document, finding.path), finding


def steps(path: str) -> list[str | int]:
    """A path, step by step."""
    found = re.findall(
        r'\.([^.\[\]]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]', path.removeprefix("$")
    )
    return [
        int(index) if index else json.loads(quoted) if quoted else key
        for key, index, quoted in found
    ]


def resolves(document: object, path: str) -> bool:
    """Whether a path leads to a value, or to where one is missing."""
    way = steps(path)
    for number, step in enumerate(way):
        last = number == len(way) - 1
        if isinstance(document, dict) and isinstance(step, str):
            if step not in document:
                return last
            document = document[step]
        elif isinstance(document, list) and isinstance(step, int):
            if step >= len(document):
                return False
            document = document[step]
        else:
            # msgspec names a key it did not expect, or what is in a value, by `...`.
            return True
    return True


def within(value: object, path: str) -> bool:
    """Whether a path leads through attributes and indices of a value."""
    for step in steps(path):
        if isinstance(step, int):
            if not isinstance(value, tuple) or step >= len(value):
                return False
            value = value[step]
        elif hasattr(value, step):
            value = getattr(value, step)
        else:
            return False
    return True
