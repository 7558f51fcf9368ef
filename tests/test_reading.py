"""What of a JSON document has to be understood value by value, whatever the vendor."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, UnsetType

from incidentkit import (
    ComponentRef,
    ComponentState,
    Incident,
    LimitExceeded,
    Limits,
    MalformedDocument,
    StatusPage,
    Update,
)
from incidentkit import _time as time
from incidentkit._finding import Report
from incidentkit.formats import _wire as wire
from incidentkit.formats._format import Source
from incidentkit.formats._reading import Reading

EARLY, LATE = "2024-01-01T00:00:00Z", "2024-01-01T01:00:00Z"


class Row(wire.Shape):
    """A row of an array."""

    id: wire.Id | UnsetType = UNSET
    made_at: str | UnsetType = UNSET


def reading_of(**told: Any) -> Reading:
    """The reading of a document of which that is told."""
    return Reading(Source(data=b"", report=Report(), **told))


def codes(reading: Reading) -> list[tuple[str, str]]:
    """What was reported, and where."""
    came = reading.report.converted(None)
    return [(one.code, one.path) for one in came.findings]


# -- rows ------------------------------------------------------------------------------


def test_an_array_is_rows_and_an_object_is_one() -> None:
    """Each with its place."""
    reading = reading_of()
    one, two = Row(id=1), Row(id=2)
    assert reading.rows(b'[{"id":1},{"id":2}]', Row, "$.a") == [
        ("$.a[0]", one),
        ("$.a[1]", two),
    ]
    assert reading.rows(b'{"id":1}', Row, "$.a") == [("$.a", one)]
    assert reading.count == 3


def test_what_is_no_row_is_left_out_and_the_rest_keep_their_places() -> None:
    """And unknown keys are put aside."""
    reading = reading_of()
    ((place, row),) = reading.rows(b'[7,{"id":2,"hue":"red"}]', Row, "$")
    assert place == "$[1]"
    assert reading.odd.of(row) == {"hue": "red"}
    assert codes(reading) == [("item.malformed", "$[0]")]


def test_neither_an_array_nor_an_object_is_no_document() -> None:
    """That is said with its place."""
    with pytest.raises(MalformedDocument) as raised:
        reading_of().rows(b"7", Row, "$.a")
    assert raised.value.path == "$.a"


@pytest.mark.parametrize("rows", [UNSET, None, []], ids=repr)
def test_an_array_may_be_missing(rows: list[Row] | UnsetType | None) -> None:
    """Then there are no rows."""
    assert reading_of().present(rows, "$") == []


def test_a_value_of_no_declared_kind_is_frozen() -> None:
    """As deep as the limits allow, and errors say where it stands."""
    reading = reading_of(limits=Limits(depth=3))
    assert reading.untyped(b'{"a":[1,null]}', "$.around") == {"a": (1, None)}
    with pytest.raises(LimitExceeded) as deep:
        reading.untyped(b"[[[[1]]]]", "$.around")
    assert deep.value.path == "$.around"
    with pytest.raises(MalformedDocument) as broken:
        reading.untyped(b'"\xff"', "$.around")
    assert broken.value.path == "$.around"


def test_things_are_counted_over_the_whole_document() -> None:
    """One too many is refused, in whatever array it stands."""
    reading = reading_of(limits=Limits(items=3))
    assert len(reading.present([Row(), Row()], "$.a")) == 2
    assert reading.counted("a thing") == "a thing"
    with pytest.raises(LimitExceeded, match="the limit, which is 3"):
        reading.present([Row()], "$.b")


# -- values ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "text", "at", "told"),
    [
        (None, EARLY, EARLY, []),
        (None, UNSET, None, []),
        (None, None, None, []),
        (None, "", None, ["time.malformed"]),
        (None, "2024-01-01T00:00:00", None, ["time.malformed"]),
        (None, "2023-12-31T24:00:00Z", EARLY, ["time.end_of_day"]),
        ("Asia/Tokyo", "2024-01-01T09:00:00", EARLY, ["time.naive"]),
    ],
    ids=str,
)
def test_times(
    zone: str | None, text: str | UnsetType | None, at: str | None, told: list[str]
) -> None:
    """What had to be guessed of them is reported, and what is none left out."""
    reading = reading_of(zone=None if zone is None else time.zone(zone))
    for _ in range(2):
        wanted = None if at is None else time.instant(at)
        assert reading.when(text, "$.at") == wanted
    came = reading.report.converted(None)
    assert [(one.code, one.path, one.count) for one in came.findings] == [
        (code, "$.at", 2) for code in told
    ]


@pytest.mark.parametrize(
    ("word", "meaning", "told"),
    [
        ("red", 1, []),
        ("none", None, []),
        ("blue", None, ["word.unknown"]),
        (UNSET, None, []),
        (None, None, []),
    ],
    ids=repr,
)
def test_words(
    word: str | UnsetType | None, meaning: int | None, told: list[str]
) -> None:
    """One that nobody knows is reported; one that means nothing is not."""
    reading = reading_of()
    assert reading.word({"red": 1, "none": None}, word, "$.hue") == meaning
    assert codes(reading) == [(code, "$.hue") for code in told]


def test_a_name_that_is_missing_is_empty() -> None:
    """And an empty one is a name."""
    reading = reading_of()
    assert (reading.name("API", "$"), reading.name("", "$")) == ("API", "")
    assert codes(reading) == []
    assert not reading.name(UNSET, "$")
    assert codes(reading) == [("value.missing", "$")]


@pytest.mark.parametrize(
    ("id", "name"), [(1, "API"), (1, UNSET), (UNSET, "API"), (None, "")], ids=repr
)
def test_a_thing_has_an_id_or_a_name(id: object, name: object) -> None:
    """Be it an empty one."""
    reading = reading_of()
    assert not reading.is_nothing(id, name, "$")
    assert codes(reading) == []


@pytest.mark.parametrize("id", [None, UNSET], ids=repr)
def test_a_thing_that_has_neither_is_left_out(id: object) -> None:
    """Nobody could tell what it is."""
    reading = reading_of()
    assert reading.is_nothing(id, UNSET, "$")
    assert codes(reading) == [("item.malformed", "$")]


# -- what is kept ----------------------------------------------------------------------


SAME_EARLY = "2024-01-01T01:00:00+01:00"


def test_equal_instants_are_the_same_however_they_are_written() -> None:
    """Under a key that holds times."""
    assert reading_of().same("made_at", EARLY, SAME_EARLY)


@pytest.mark.parametrize(
    ("name", "theirs", "mine"),
    [
        ("made_at", EARLY, LATE),
        ("made_at", "never", EARLY),
        ("made_at", EARLY, None),
        ("made_at", 7, EARLY),
        ("name", EARLY, SAME_EARLY),
    ],
)
def test_all_else_differs(name: str, theirs: object, mine: object) -> None:
    """Other times, what is no time, and times under any other key."""
    assert not reading_of().same(name, theirs, mine)


def test_extras_hold_what_our_writer_would_not_say() -> None:
    """Unknown keys and other values; of a copy, the unknown keys of the row."""
    reading = reading_of()
    ((_, row),) = reading.rows(b'{"id":1,"hue":"red"}', Row, "$")
    assert reading.kept(row, Row(id=1)) == {"hue": "red"}
    assert reading.kept(Row(id=1), Row(id=2), row) == {"id": 1, "hue": "red"}
    assert reading.kept(Row(made_at=EARLY), Row(made_at="2024-01-01T00:00Z")) == {}


@given(st.dictionaries(st.sampled_from(["id", "made_at", "hue"]), st.text()))
def test_what_is_kept_gives_a_row_back(document: dict[str, str]) -> None:
    """Whatever our writer makes of it by itself."""
    reading = reading_of()
    ((_, row),) = reading.rows(json.dumps(document).encode(), Row, "$")
    mine = Row(id=7)
    said = reading.kept(row, mine)
    assert json.loads(wire.encode(wire.restored(mine, said))) == document


# -- what cannot be right --------------------------------------------------------------


@attrs.frozen
class Thing:
    """A thing with an id, or without."""

    id: str | None


@pytest.mark.parametrize(
    ("ids", "told"),
    [
        ([], []),
        (["a", "b"], []),
        (["a", "b", "a"], ["id.duplicate"]),
        ([None, "a", None], ["id.missing"]),
    ],
    ids=str,
)
def test_ids_are_there_and_each_once(ids: list[str | None], told: list[str]) -> None:
    """Those that are not are kept, and told."""
    reading = reading_of()
    things: Any = [Thing(id) for id in ids]
    reading.check_ids(things, "$.things")
    assert codes(reading) == [(code, "$.things") for code in told]


def test_what_an_event_cannot_mean_is_told() -> None:
    """But for components that were left broken: a page is free to forget them."""
    reading = reading_of()
    broken = ComponentState(ComponentRef("API"), "major_outage")
    event = Incident(
        "Down",
        updates=[
            Update("investigating", at=LATE, states=[broken]),
            Update("resolved", at=LATE),
        ],
        stated_end=EARLY,
    )
    amiss = [one.code for one in event.amiss]
    assert amiss == ["duration.negative", "component.left_broken"]
    reading.tell_amiss(event, "$.incidents[0]")
    assert codes(reading) == [("duration.negative", "$.incidents[0]")]


def test_a_room_has_ways_of_its_own() -> None:
    """What is remarked of times, and which keys hold them."""

    class Own(Reading):
        """A reading that says nothing of times."""

        def remark(self, code: str, path: str, text: str) -> None:
            """Say nothing."""

        def is_time(self, name: str) -> bool:
            """Whether times stand under a key."""
            return name == "when"

    reading = Own(Source(data=b"", report=Report()))
    assert reading.when("2023-12-31T24:00:00Z", "$") == time.instant(EARLY)
    assert codes(reading) == []
    assert reading.same("when", EARLY, "2023-12-31T24:00:00Z")
    assert not reading.same("made_at", EARLY, "2023-12-31T24:00:00Z")


def test_the_caller_may_say_whose_document_it_is() -> None:
    """Else it is a page of which nothing is known."""
    page = StatusPage("ACME")
    assert reading_of(page=page).given is page
    assert reading_of().given == StatusPage()
