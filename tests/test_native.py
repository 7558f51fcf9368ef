"""The native format keeps everything, says what is wrong, and matches its schema."""

from __future__ import annotations

import copy
import json
import os
import pickle
import runpy
import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NoReturn

import attrs
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentkit import (
    Component,
    ComponentRef,
    ComponentState,
    ComponentStatus,
    Converted,
    Detection,
    FindingKind,
    Impact,
    Incident,
    IncidentStatus,
    Indicator,
    LimitExceeded,
    Maintenance,
    MaintenanceStatus,
    MalformedDocument,
    StatusPage,
    Stretch,
    Update,
)
from incidentkit._incident import make_incident
from incidentkit._time import date, rfc3339
from incidentkit.formats import FORMATS, Limits, convert, detect, read, write
from incidentkit.formats.native import NATIVE, _read, schema
from strategies import json_values, pages

if TYPE_CHECKING:
    from enum import Enum

SHIPPED = files("incidentkit") / "incidentkit.schema.json"
AT = "2021-03-22T19:22:00Z"
LATER = "2021-03-22T20:22:00Z"

unhurried = settings(
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

WRONG_STATUS = {"name": "A", "updates": [{"at": AT, "status": "scheduled"}]}

checks = jsonschema.FormatChecker(formats=())


@checks.checks("date-time", raises=ValueError)
def is_instant(value: object) -> bool:
    """Tell whether a text is a time."""
    return not isinstance(value, str) or bool(rfc3339(value))


@checks.checks("date", raises=ValueError)
def is_date(value: object) -> bool:
    """Tell whether a text is a date."""
    return not isinstance(value, str) or bool(date(value))


validator = jsonschema.Draft202012Validator(schema(), format_checker=checks)

FULL = StatusPage(
    "Acme",
    id="acme",
    components=[Component("API", id="1", start_date="2020-01-01", links={"a": "b"})],
    incidents=[
        Incident.open(
            "API down",
            at=AT,
            id="i",
            impact="major",
            affects={"API": "major_outage"},
            detection=Detection("a probe", AT),
        ).resolve(at=LATER)
    ],
    maintenances=[Maintenance.schedule("Upgrade", at=AT, scheduled_for=LATER)],
    stated_indicator="major",
    extras={"statuspage": {"x": [{"y": None}]}},
).covering(AT, LATER)


def text_of(value: StatusPage | Incident | Maintenance) -> str:
    """Write a value, which never has findings."""
    return write(value, "incidentkit").exact()


def page_of(**said: object) -> Converted[StatusPage]:
    """Read a document whose page says this."""
    return read(json.dumps({"format": "incidentkit", "version": 1, "page": said}))


def incident_of(**said: object) -> Converted[StatusPage]:
    """Read a document whose page has one incident, which says this."""
    return page_of(incidents=[{"name": "API down", **said}])


def found(came: Converted[StatusPage]) -> list[tuple[str, str]]:
    """Give the findings, as codes and places."""
    return [(finding.code, finding.path) for finding in came.findings]


# -- what is written comes back --------------------------------------------------------


class TestLaws:
    """What holds for every page."""

    @given(pages())
    @unhurried
    def test_every_value_comes_back(self, page: StatusPage) -> None:
        """What was written is read as it was, pickle and all, without findings."""
        came = read(text_of(page), "incidentkit").exact()

        assert page == came
        assert hash(page) == hash(came)
        assert came == pickle.loads(pickle.dumps(came))

    @given(pages())
    @unhurried
    def test_what_was_read_is_written_as_it_was(self, page: StatusPage) -> None:
        """The text is the same text again."""
        text = text_of(page)

        assert text == text_of(read(text, "incidentkit").value)

    @given(pages())
    @unhurried
    def test_what_is_written_validates(self, page: StatusPage) -> None:
        """The schema takes every document there can be."""
        validator.validate(json.loads(text_of(page)))

    @given(pages())
    @unhurried
    def test_what_is_written_is_read_straight(self, page: StatusPage) -> None:
        """The careful way is for documents that others had a hand in."""

        def never(*_: object) -> NoReturn:
            raise AssertionError

        text = text_of(page)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_read, "Careful", never)

            assert page == read(text, "incidentkit").value

    @given(pages())
    @unhurried
    def test_a_reading_is_what_constructors_make(self, page: StatusPage) -> None:
        """Parts that were not checked again are of the same types all the same."""
        came = read(text_of(page), "incidentkit").value

        assert came == attrs.evolve(came)
        assert repr(attrs.asdict(page)) == repr(attrs.asdict(came))

    def test_the_text_is_the_same_in_every_process(self) -> None:
        """No order of a set, and so no seed of hashes, gets into the text."""
        program = (
            "from incidentkit import *; from incidentkit.formats import write;"
            "print(write(Incident.open('A', at='2021-03-22T19:22:00Z', affects="
            "dict.fromkeys('abcdefgh', 'major_outage')), 'incidentkit').value)"
        )
        told = {
            subprocess.run(
                [sys.executable, "-c", program],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        }

        assert len(told) == 1


class TestWriting:
    """What a document looks like."""

    def test_what_is_as_usual_is_not_written(self) -> None:
        """A short incident is a short document, its times as short as can be."""
        incident = Incident.open("API down", at=AT, id="p31z")

        assert text_of(incident) == (
            '{"format":"incidentkit","version":1,"page":{"incidents":[{"name":'
            '"API down","id":"p31z","updates":[{"status":"investigating",'
            '"at":"2021-03-22T19:22:00Z"}]}]}}'
        )

    @pytest.mark.parametrize(
        "event", [*FULL.incidents, *FULL.maintenances], ids=lambda event: event.name
    )
    def test_an_event_is_a_page_that_has_only_it(
        self, event: Incident | Maintenance
    ) -> None:
        """A lone incident or maintenance is written as one on a page without a name."""
        came = read(text_of(event)).exact()

        assert (event,) == (*came.incidents, *came.maintenances)
        assert came.name is None

    def test_what_a_constructor_would_fill_in_is_written_out(self) -> None:
        """A maintenance of unknown impact says so, and times that are not the usual."""
        maintenance = Maintenance.schedule(
            "Upgrade", at=AT, scheduled_for=LATER, impact=None
        )
        update = Update("scheduled", at=AT, created_at=LATER)
        maintenance = attrs.evolve(maintenance, updates=(update,), created_at=AT)
        said = json.loads(text_of(maintenance))["page"]["maintenances"][0]

        assert said["impact"] is None
        assert said["created_at"] == AT
        assert said["updates"][0]["created_at"] == LATER
        assert "updated_at" not in said["updates"][0]

    def test_an_event_put_up_nobody_knows_when_stays_so(self) -> None:
        """Even what only makers build is kept: null is not what updates tell."""
        opened = FULL.incidents[0]
        fields = {
            field.name: getattr(opened, field.name) for field in attrs.fields(Incident)
        }
        timeless = make_incident(**{**fields, "created_at": None, "updated_at": None})

        assert (timeless,) == read(text_of(timeless)).exact().incidents

    def test_kinds_of_text_and_numbers_are_written_as_what_they_are(self) -> None:
        """Constructors let subclasses pass; a document knows only the real thing."""

        class Markup(str):
            __slots__ = ()

        class Count(int):
            pass

        page = StatusPage(Markup("Acme"), extras={"x": {"n": Count(3)}})

        assert page == read(text_of(page)).exact()

    def test_what_json_cannot_say_is_a_type_error(self) -> None:
        """A value that is of no type a field may have is not written as its repr."""
        page = StatusPage(components=[Component("API", position=object())])  # type: ignore[arg-type]

        with pytest.raises(TypeError):
            write(page, "incidentkit")


# -- whose document it is --------------------------------------------------------------


class TestHead:
    """Which documents are taken at all."""

    @pytest.mark.parametrize(
        ("document", "path"),
        [
            ("", "$"),
            ("nul", "$"),
            ("[]", "$"),
            ('"incidentkit"', "$"),
            ("{", "$"),
            ("{}", "$"),
            ('{"format": "incidentkit"}', "$"),
            ('{"format": "cstate", "version": 1, "page": {}}', "$.format"),
            ('{"format": 1, "version": 1, "page": {}}', "$.format"),
            ('{"format": "incidentkit", "page": {}}', "$"),
            ('{"format": "incidentkit", "version": 0, "page": {}}', "$.version"),
            ('{"format": "incidentkit", "version": 2, "page": {}}', "$.version"),
            ('{"format": "incidentkit", "version": "1", "page": {}}', "$.version"),
            ('{"format": "incidentkit", "version": true, "page": {}}', "$.version"),
            ('{"format": "incidentkit", "version": 1.0, "page": {}}', "$.version"),
            ('{"format": "incidentkit", "version": null, "page": {}}', "$.version"),
            ('{"format": "incidentkit", "version": 1}', "$"),
            ('{"format": "incidentkit", "version": 1, "page": null}', "$"),
        ],
    )
    def test_what_is_no_native_document_is_refused(
        self, document: str, path: str
    ) -> None:
        """What is not ours, or of another version, is refused with its place."""
        with pytest.raises(MalformedDocument) as caught:
            read(document, "incidentkit")

        assert path == caught.value.path
        assert caught.value.format == "incidentkit"

    def test_a_later_version_is_named(self) -> None:
        """Who meets a later version learns which, and what reads it."""
        with pytest.raises(MalformedDocument) as caught:
            read('{"format": "incidentkit", "version": 7}', "incidentkit")

        assert "version 7" in caught.value.reason
        assert "a newer incidentkit" in caught.value.reason

    def test_it_is_recognised_by_its_keys(self) -> None:
        """Its three keys tell it from all that other vendors write."""
        assert detect(text_of(FULL)) == "incidentkit"
        assert NATIVE is FORMATS["incidentkit"]
        assert detect('{"page": {"name": "Acme"}, "incidents": []}') != "incidentkit"

    def test_a_copy_in_another_encoding_is_read_with_a_note(self) -> None:
        """UTF-16 is not what JSON is, and can be read."""
        came = read(text_of(FULL).encode("utf-16"), "incidentkit")

        assert came.value == FULL
        assert found(came) == [("document.encoding", "$")]

    def test_when_somebody_looked_is_kept_or_told_anew(self) -> None:
        """What the document says of it holds, unless the caller says when he looked."""
        text = text_of(attrs.evolve(FULL, observed_at=AT))

        assert rfc3339(AT) == read(text).value.observed_at
        assert rfc3339(LATER) == read(text, at=LATER).value.observed_at


# -- what others had a hand in ---------------------------------------------------------


class TestReading:
    """What a reading makes of documents that were not written by us."""

    def test_times_of_any_offset_are_taken(self) -> None:
        """They are instants, and are written in UTC."""
        came = incident_of(stated_start="2021-03-22T20:22:00+01:00").exact()

        assert rfc3339(AT) == came.incidents[0].stated_start

    def test_null_is_what_is_not_there(self) -> None:
        """Where a key is not given or null, it has its default."""
        nothing = {"id": None, "url": None, "detection": None, "stated_status": None}
        told = {"at": AT, "created_at": None, "updated_at": None, "status": None}

        assert (
            incident_of(updates=[{"at": AT}]).exact()
            == incident_of(updates=[told], **nothing).exact()
        )

    def test_stretches_that_overlap_become_one(self) -> None:
        """Coverage is what is known, however it is cut up."""
        known = [{"start": AT, "end": LATER}, {"start": AT}]
        came = page_of(coverage={"states": known}).exact()

        assert (Stretch(AT, None, None),) == came.coverage.states

    def test_unknown_keys_are_kept_in_extras(self) -> None:
        """They are silent company: they come back in extras, and stay there."""
        came = page_of(
            channel="C1",
            components=[{"name": "API", "owner": ["ann"]}],
            incidents=[{"name": "A", "x": 1, "updates": [{"at": AT, "y": None}]}],
        )
        page = came.exact()

        assert page.extras == {"incidentkit": {"channel": "C1"}}
        assert page.components[0].extras == {"incidentkit": {"owner": ("ann",)}}
        assert page.incidents[0].extras == {"incidentkit": {"x": 1}}
        assert page.incidents[0].updates[0].extras == {"incidentkit": {"y": None}}
        assert page == read(text_of(page)).exact()

    def test_unknown_keys_join_those_kept_before(self) -> None:
        """Where both say something, the object's own key is the one that counts."""
        came = page_of(x=1, extras={"incidentkit": {"x": 2, "z": 3}, "a": {"b": 4}})

        assert came.value.extras == {"incidentkit": {"x": 1, "z": 3}, "a": {"b": 4}}
        assert found(came) == [("value.left_out", "$.page.extras.incidentkit.x")]

    def test_unknown_words_are_kept_in_extras_and_told(self) -> None:
        """Such a word is taken for unknown, even where a default would be filled in."""
        came = page_of(
            stated_indicator="bad",
            maintenances=[{"name": "M", "impact": "dire", "updates": [{"at": AT}]}],
        )
        (maintenance,) = came.value.maintenances

        assert came.value.stated_indicator is None
        assert came.value.extras == {"incidentkit": {"stated_indicator": "bad"}}
        assert maintenance.impact is None
        assert maintenance.extras == {"incidentkit": {"impact": "dire"}}
        assert found(came) == [
            ("word.unknown", "$.page.stated_indicator"),
            ("word.unknown", "$.page.maintenances[0].impact"),
        ]
        assert came.left_out == ()
        assert "'critical'" in came.findings[0].detail

    @pytest.mark.parametrize(
        ("said", "codes"),
        [
            ({"name": 1}, {"value.malformed": "$.page.name"}),
            ({"updated_at": "soon"}, {"time.malformed": "$.page.updated_at"}),
            (
                {"observed_at": "2021-02-30T00:00:00Z"},
                {"time.malformed": "$.page.observed_at"},
            ),
            (
                {"updated_at": "2021-03-22T19:22:00"},
                {"time.malformed": "$.page.updated_at"},
            ),
            ({"stated_indicator": 1}, {"value.malformed": "$.page.stated_indicator"}),
            ({"links": {"a": "b", "c": 1}}, {"value.malformed": "$.page.links.c"}),
            ({"links": ["a"]}, {"value.malformed": "$.page.links"}),
            (
                {"extras": {"a": {"b": 1}, "c": 1}},
                {"value.malformed": "$.page.extras.c"},
            ),
            ({"components": {}}, {"value.malformed": "$.page.components"}),
            ({"components": [1]}, {"item.malformed": "$.page.components[0]"}),
            ({"components": [{}]}, {"item.malformed": "$.page.components[0]"}),
            ({"coverage": 1}, {"value.malformed": "$.page.coverage"}),
            ({"coverage": {"x": 1}}, {"value.left_out": "$.page.coverage.x"}),
            ({"@document": "summary"}, {"key.reserved": "$.page.@document"}),
            (
                {"components": [{"name": "API", "start_date": "2021-02-30"}]},
                {"time.malformed": "$.page.components[0].start_date"},
            ),
            (
                {"coverage": {"states": [{"start": LATER, "end": AT}]}},
                {"item.malformed": "$.page.coverage.states[0]"},
            ),
            (
                {"coverage": {"states": [{"start": "soon", "end": AT}]}},
                {
                    "time.malformed": "$.page.coverage.states[0].start",
                    "item.malformed": "$.page.coverage.states[0]",
                },
            ),
        ],
    )
    def test_what_is_wrong_is_left_out_alone(
        self, said: dict[str, object], codes: dict[str, str]
    ) -> None:
        """The smallest wrong thing is gone, and told; the rest of the page is read."""
        came = page_of(url="https://a.example", **said)

        assert list(codes.items()) == found(came)
        assert list(codes.values()) == [left.path for left in came.left_out]
        assert came.value.url == "https://a.example"
        assert FindingKind.LEFT_OUT is came.findings[0].kind
        assert came.value == read(text_of(came.value)).exact()

    def test_a_level_goes_before_its_update_and_that_before_its_incident(self) -> None:
        """What cannot be read takes nothing else with it."""
        api = {"name": "API"}
        came = page_of(
            incidents=[
                {"id": "lost"},
                {
                    "name": "A",
                    "detection": {"at": AT},
                    "components": [{}, api],
                    "updates": [
                        {"body": "when?", "id": "u"},
                        {
                            "at": AT,
                            "states": [
                                {"component": api, "status": "broken", "x": 1},
                                {"component": {"id": None}, "status": "operational"},
                                {"status": "operational"},
                                {"component": api, "before": "operational"},
                            ],
                        },
                    ],
                },
            ]
        )
        (incident,) = came.value.incidents
        place = "$.page.incidents[1]"
        states = f"{place}.updates[1].states"

        assert [
            ("item.malformed", "$.page.incidents[0]"),
            ("item.malformed", f"{place}.updates[0]"),
            ("value.malformed", f"{states}[0].status"),
            ("value.left_out", f"{states}[0].x"),
            ("value.malformed", f"{states}[1].component"),
            ("item.malformed", f"{states}[1]"),
            ("item.malformed", f"{states}[2]"),
            ("item.malformed", f"{place}.components[0]"),
            ("value.malformed", f"{place}.detection"),
        ] == found(came)
        assert {"lost", "u"} == {left.id for left in came.left_out if left.id}
        assert (ComponentRef("API"),) == incident.components
        assert incident.detection is None
        assert (
            ComponentState("API", None),
            ComponentState("API", None, "operational"),
        ) == incident.updates[0].states

    def test_what_is_merely_odd_is_no_finding(self) -> None:
        """Two incidents of one id, and an end before the beginning, were written so."""
        incident = attrs.evolve(FULL.incidents[0], stated_end="2001-01-01T00:00:00Z")

        assert read(text_of(StatusPage(incidents=[incident] * 2))).findings == ()


class TestLimits:
    """How much is taken on."""

    def test_what_is_too_large_is_refused(self) -> None:
        """More bytes than the limit are not looked at."""
        with pytest.raises(LimitExceeded):
            read(text_of(FULL), "incidentkit", limits=Limits(bytes=10))

    @pytest.mark.parametrize("more", [{}, {"odd": 1}], ids=["straight", "careful"])
    def test_what_is_too_much_is_refused(self, more: dict[str, int]) -> None:
        """Components, incidents, maintenances and updates count, either way."""
        document = {**json.loads(text_of(FULL)), **more}

        read(json.dumps(document), "incidentkit", limits=Limits(items=6))
        with pytest.raises(LimitExceeded):
            read(json.dumps(document), "incidentkit", limits=Limits(items=5))

    @pytest.mark.parametrize(
        ("place", "said"),
        [
            ("$.page.extras.a", {"extras": {"a": {"b": [[[[1]]]]}}}),
            ("$.page.odd", {"odd": [[[[1]]]]}),
            ("$.page.name", {"name": [[[[[1]]]]]}),
            (
                "$.page.incidents[0].id",
                {"incidents": [{"name": "A", "id": [[[[[1]]]]]}]},
            ),
        ],
    )
    def test_what_nests_too_deep_is_refused(
        self, place: str, said: dict[str, object]
    ) -> None:
        """Values that are of no shape may nest to the limit, wherever they are."""
        document = json.dumps({"format": "incidentkit", "version": 1, "page": said})

        read(document, limits=Limits(depth=5))
        with pytest.raises(LimitExceeded) as caught:
            read(document, limits=Limits(depth=4))

        assert place == caught.value.path

    def test_a_document_without_a_bottom_is_refused(self) -> None:
        """A hundred thousand brackets are too deep, not an end of the interpreter."""
        depths = "[" * 100_000

        with pytest.raises(LimitExceeded):
            read('{"format":"incidentkit","page":' + depths, "incidentkit")


# -- any bytes whatever ----------------------------------------------------------------

junk = json_values() | st.sampled_from(
    [AT, LATER, "resolved", "scheduled", "major", "operational", {}, [], 0, {"id": "1"}]
)


def inner(value: object) -> dict[Any, object]:
    """Give what a value holds, by key or index."""
    if isinstance(value, dict):
        return value
    return dict(enumerate(value)) if isinstance(value, list) else {}


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give every place in a document."""
    found = [
        place
        for key, one in inner(value).items()
        for place in places(one, (*path, key))
    ]
    return [path, *found] if path else found


def resolves(path: str, value: object) -> bool:
    """Tell whether a path leads to something, whatever the keys on the way are."""
    steps = {
        step: one
        for key, one in inner(value).items()
        for step in (f".{key}", f"[{json.dumps(key)}]")
    }
    return not path or any(
        path.startswith(step) and resolves(path[len(step) :], one)
        for step, one in steps.items()
    )


def whole(value: object) -> bool:
    """Tell whether a float is anywhere that is whole, and so a JSON Schema integer."""
    if isinstance(value, float):
        return value.is_integer()
    return any(map(whole, inner(value).values()))


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """Give a document with a few things changed, added or taken away."""
    document: dict[str, Any] = json.loads(text_of(draw(st.just(FULL) | pages())))
    page = document["page"]
    for _ in range(draw(st.integers(1, 4))):
        *path, key = draw(st.sampled_from([("name",), *places(page)]))
        holder = page
        for step in path:
            holder = holder[step]
        holder[key] = copy.deepcopy(draw(junk))
        if isinstance(holder, dict) and draw(st.booleans()):
            added = draw(st.sampled_from(["name", "status", "@stated", "x", "a.b", ""]))
            holder[added] = holder.pop(key)
    return document


class TestTotality:
    """Whatever comes, a reading gives a page or says where it is malformed."""

    @given(spoilt())
    @unhurried
    def test_what_is_spoilt_is_read_but_for_that(
        self, document: dict[str, Any]
    ) -> None:
        """Findings point home, what validates has none, and the page can be written."""
        came = read(json.dumps(document), "incidentkit")

        assert came.value == read(text_of(came.value)).exact()
        for _, path in found(came):
            assert resolves(path.removeprefix("$"), document)
        for left in came.left_out:
            assert resolves(left.path.removeprefix("$"), document)
        if validator.is_valid(document) and not whole(document):
            assert came.findings == ()

    @given(st.binary() | st.text(st.characters(categories=["Cs", "Ll", "Po"])))
    @unhurried
    def test_noise_is_malformed(self, data: bytes | str) -> None:
        """No other error gets out."""
        with pytest.raises(MalformedDocument):
            read(data, "incidentkit")

    @given(st.data())
    @unhurried
    def test_broken_bytes_are_malformed_or_read(self, data: st.DataObject) -> None:
        """A document cut off or with one byte changed raises nothing else."""
        raw = bytearray(text_of(FULL).encode())
        at = data.draw(st.integers(0, len(raw) - 1))
        if data.draw(st.booleans()):
            raw[at] = data.draw(st.integers(0, 255))
        else:
            del raw[at:]
        try:
            page = read(bytes(raw), "incidentkit").value
        except MalformedDocument:
            return
        assert page == read(text_of(page)).exact()

    @pytest.mark.parametrize(
        "name",
        [b'"\xff"', rb'"\ud800"', b"1e999", b"NaN", b"01", b'"\x01"', b'"a', b"[1,]"],
    )
    def test_what_is_not_json_is_malformed(self, name: bytes) -> None:
        """What no JSON can hold is refused, wherever it stands."""
        document = b'{"format":"incidentkit","version":1,"page":{"name":%b}}' % name

        with pytest.raises(MalformedDocument):
            read(document, "incidentkit")


# -- the schema ------------------------------------------------------------------------


class TestSchema:
    """The JSON Schema that is shipped."""

    def test_what_is_shipped_is_what_the_shapes_make(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """If not: python -m incidentkit.formats.native > the file."""
        runpy.run_module("incidentkit.formats.native", run_name="__main__")

        assert SHIPPED.read_text("utf-8") == capsys.readouterr().out
        assert schema() == json.loads(SHIPPED.read_text("utf-8"))

    def test_it_is_a_schema(self) -> None:
        """It is valid itself, and says which it is."""
        jsonschema.Draft202012Validator.check_schema(schema())

        assert schema()["$id"] == "urn:incidentkit:schema:1"

    def test_it_describes_every_key(self) -> None:
        """Who reads only the schema learns what every key means, in one paragraph."""
        said = schema()
        shapes = [said, *said["$defs"].values()]
        told = [
            one.get("description")
            for shape in shapes
            for one in (shape, *shape.get("properties", {}).values())
        ]

        assert all(told)
        assert not any("\n" in one or ">>>" in one for one in told)

    @pytest.mark.parametrize(
        "words",
        [IncidentStatus, MaintenanceStatus, Impact, ComponentStatus, Indicator],
        ids=lambda words: words.__name__,
    )
    def test_it_lists_every_word_in_order(self, words: type[Enum]) -> None:
        """The words are the vocabulary's, from best to worst where that is so."""
        told = schema()["$defs"][words.__name__]["enum"]

        assert [word.value for word in words] == told

    @pytest.mark.parametrize(
        "wrong",
        [
            {"format": "cstate"},
            {"version": 2},
            {"page": None},
            {"x": 1},
            {"page": {"odd": 1}},
            {"page": {"name": 1}},
            {"page": {"updated_at": "soon"}},
            {"page": {"links": {"a": 1}}},
            {"page": {"extras": {"a": 1}}},
            {"page": {"components": [{}]}},
            {"page": {"components": [{"name": "A", "start_date": "2021-02-30"}]}},
            {"page": {"incidents": [{"name": "A", "impact": "dire"}]}},
            {"page": {"incidents": [{"name": "A", "components": [{}]}]}},
            {"page": {"incidents": [{"name": "A", "components": [{"id": None}]}]}},
            {"page": {"incidents": [{"name": "A", "updates": [{"body": "?"}]}]}},
            {"page": {"incidents": [WRONG_STATUS]}},
        ],
        ids=json.dumps,
    )
    def test_it_refuses_what_a_reading_finds_fault_with(
        self, wrong: dict[str, object]
    ) -> None:
        """Wrong words, kinds and times, unknown keys and missing ones do not pass."""
        right = {"format": "incidentkit", "version": 1, "page": {}}

        assert validator.is_valid(right)
        assert not validator.is_valid({**right, **wrong})

    def test_conversion_goes_through_it(self) -> None:
        """A document converted to its own format is the same document."""
        text = text_of(FULL)

        assert text == convert(text, "incidentkit").exact()
