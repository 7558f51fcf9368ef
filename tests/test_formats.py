"""What reading and writing must do, whatever the format."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import attrs
import pytest

import incidentkit
from incidentkit import (
    FINDINGS,
    FORMATS,
    Component,
    Format,
    Incident,
    LimitExceeded,
    Limits,
    Maintenance,
    MalformedDocument,
    StatusPage,
    UnknownFormat,
    convert,
    detect,
    read,
    read_files,
    write,
    write_files,
)
from incidentkit._time import instant
from incidentkit.formats import _table
from incidentkit.formats._clue import Clue

if TYPE_CHECKING:
    from incidentkit.formats._format import Source, SourceFiles, Target

NOON = instant("2026-01-01T12:00:00Z")
EMPTY = b'{"page": {"id": "p", "name": "Acme"}, "incidents": []}'


def shout(target: Target) -> str:
    """Write nothing but the page's name."""
    return (target.page.name or "").upper()


def gather(sources: SourceFiles) -> StatusPage:
    """Read a page of which one file tells the name, and each other one a component."""
    if "name" not in sources.files:
        raise MalformedDocument("$", "nobody says whose page it is")
    named = sources.source("name")
    named.report.add("document.text", "line 1", "it is told")
    sources.done("name", named)
    names = [name for name in sources.files if name != "name"]
    return StatusPage(named.text(), components=names)


def scatter(target: Target) -> dict[str, str]:
    """Write such files."""
    target.report.add("value.left_out", "$.components", "levels are not told")
    names = dict.fromkeys((one.name for one in target.page.components), "")
    return {"name": target.page.name or "", **names}


@pytest.fixture(name="shouted")
def _shouted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format of no vendor, which is only written, and one that is only read."""

    def sink(source: Source) -> StatusPage:
        return StatusPage(source.text())

    def bottomless(source: Source) -> StatusPage:
        raise RecursionError(source.data)

    made = {
        "shout": Format(
            name="shout",
            title="Shouting",
            media_type="text/plain",
            suffix=".txt",
            write=shout,
        ),
        "echo": Format(
            name="echo", title="Echo", media_type="text/plain", suffix=".txt", read=sink
        ),
        "pit": Format(
            name="pit",
            title="Pit",
            media_type="text/plain",
            suffix=".txt",
            read=bottomless,
        ),
        "folder": Format(
            name="folder",
            title="A folder",
            media_type="text/plain",
            suffix="",
            read_files=gather,
            write_files=scatter,
        ),
    }
    known = _table.Formats.__getitem__
    monkeypatch.setattr(
        _table.Formats,
        "__getitem__",
        lambda self, name: made[name] if name in made else known(self, name),
    )
    monkeypatch.setattr(
        _table.Formats, "__iter__", lambda _: iter([*made, *_table._ROOMS])
    )


class TestFormats:
    """The table of formats."""

    def test_every_format_is_what_it_is_called(self) -> None:
        """The table's key is the format's name, and its suffix has a dot."""
        assert list(FORMATS) == [
            *("incidentkit", "statuspage", "cachet2", "cachet3", "cstate"),
            *("openstatus", "pingoru", "atom", "rss", "jsonfeed", "icalendar"),
            *("csv", "markdown"),
        ]
        assert len(FORMATS) == 13
        for name, room in FORMATS.items():
            assert room.name == name
            assert room.suffix.startswith(".")
            assert room.title
            assert "/" in room.media_type
        assert "statuspage" in repr(FORMATS)

    def test_a_name_that_is_none_names_those_there_are(self) -> None:
        """The error says which names would do."""
        with pytest.raises(UnknownFormat) as caught:
            read(b"{}", "statuspgae")
        assert caught.value.name == "statuspgae"
        assert "statuspage" in caught.value.reason
        with pytest.raises(UnknownFormat):
            write(StatusPage(), "")
        with pytest.raises(UnknownFormat):
            read(b"{}", ["statuspage"])  # type: ignore[arg-type]

    def test_importing_loads_no_format(self) -> None:
        """Neither a vendor's room nor the decoder is loaded before it is used."""
        code = (
            "import sys, incidentkit; "
            "print([m for m in sys.modules if m.startswith('msgspec') "
            "or m.split('.')[2:3] in (['native'], ['statuspage'], ['pingoru'])])"
        )
        out = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert out.stdout.strip() == "[]"

    def test_all_names_are_there(self) -> None:
        """What `__all__` promises can be imported, and is what `dir` shows."""
        for name in incidentkit.__all__:
            assert hasattr(incidentkit, name)
        assert sorted(incidentkit.__all__) == dir(incidentkit)


class TestDetect:
    """Which format a document looks like."""

    @pytest.mark.parametrize(
        ("data", "name"),
        [
            (EMPTY, "statuspage"),
            (" " + EMPTY.decode(), "statuspage"),
            ("\ufeff" + EMPTY.decode(), "statuspage"),
            (EMPTY.decode().encode("utf-16"), "statuspage"),
            (
                b'[{"name": "x", "status": "resolved", "incident_updates": []}]',
                "statuspage",
            ),
            (b'{"format": "incidentkit", "version": 1, "page": {}}', "incidentkit"),
        ],
    )
    def test_a_glance_tells(self, data: bytes | str, name: str) -> None:
        """The keys of a document give its format away."""
        assert detect(data) == name

    def test_what_a_format_writes_it_recognises(self) -> None:
        """Every format that is read and written knows its own."""
        page = StatusPage(
            "Acme",
            incidents=[
                Incident.open("Down", "x", at="2021-03-22T19:22:00Z", impact="minor")
            ],
        )
        for name, room in FORMATS.items():
            if room.read is not None:
                assert detect(write(page, name).value) == name

    @pytest.mark.parametrize(
        "data",
        [
            b"<!DOCTYPE html><title>Moved</title>",
            b"\xef\xbb\xbf\n<HTML lang='en'>",
            "<!-- built --><!doctype html>",
        ],
    )
    def test_a_page_for_people_is_told_as_that(self, data: bytes | str) -> None:
        """A page that moved answers with HTML, and that is no status."""
        with pytest.raises(UnknownFormat, match="HTML"):
            detect(data)

    @pytest.mark.usefixtures("shouted")
    def test_what_may_be_of_two_formats_is_not_guessed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Both are named, and the caller decides."""
        echo = attrs.evolve(FORMATS["echo"], recognises=lambda _: True)
        known = _table.Formats.__getitem__
        monkeypatch.setattr(
            _table.Formats,
            "__getitem__",
            lambda self, name: echo if name == "echo" else known(self, name),
        )
        with pytest.raises(UnknownFormat, match="echo, statuspage"):
            detect(EMPTY)
        assert read(EMPTY, "statuspage").value.name == "Acme"

    @pytest.mark.parametrize(
        "data", [b"", b"hello", b"{}", b"[]", b"[1]", b'{"a": 1}', b"\x00\xff", b"12"]
    )
    def test_what_looks_like_none_is_unknown(self, data: bytes) -> None:
        """The error is about the format, not about a guess."""
        with pytest.raises(UnknownFormat) as caught:
            detect(data)
        assert caught.value.name == ""

    @pytest.mark.parametrize("name", ["page.json", "a b/c.atom", r"C:\\x\\y.md"])
    def test_the_name_of_a_file_is_told_as_that(self, name: str) -> None:
        """Everybody's first mistake: reading takes what is in a file."""
        with pytest.raises(UnknownFormat, match="name of a file"):
            read(name)

    @pytest.mark.parametrize(
        "data", [b'{"page": ', b"[1, ", '{"a": "\ud800"}', b'{"\xff']
    )
    def test_broken_json_is_malformed(self, data: bytes | str) -> None:
        """What begins like JSON and is none is told as that."""
        with pytest.raises(MalformedDocument):
            read(data)


class TestRead:
    """The caller's side of reading."""

    def test_when_it_was_fetched_is_kept(self) -> None:
        """`at=` is `observed_at`."""
        page = read(EMPTY, at="2026-01-01T00:00:00Z").exact()
        assert page.observed_at is not None
        assert page.observed_at.isoformat() == "2026-01-01T00:00:00+00:00"
        assert read(EMPTY).exact().observed_at is None

    @pytest.mark.parametrize("tz", ["Asia/Tokyo", ZoneInfo("Asia/Tokyo")])
    def test_a_zone_is_a_name_or_itself(self, tz: str | dt.tzinfo) -> None:
        """Naive times take it."""
        data = b'{"page": {"updated_at": "2026-01-01T09:00:00"}, "status": {}}'
        page = read(data, tz=tz).value
        assert page.updated_at is not None
        assert page.updated_at.isoformat() == "2026-01-01T00:00:00+00:00"

    def test_a_wrong_zone_or_time_is_the_callers(self) -> None:
        """A ValueError, not a malformed document."""
        with pytest.raises(ValueError, match="Mars"):
            read(EMPTY, tz="Mars/Olympus")
        with pytest.raises(ValueError, match="zone"):
            read(EMPTY, at=dt.datetime(2026, 1, 1))  # noqa: DTZ001

    def test_a_document_that_is_none_is_unknown(self) -> None:
        """The error lists the documents there are."""
        with pytest.raises(UnknownFormat, match="summary"):
            read(EMPTY, "statuspage", document="histories")
        with pytest.raises(UnknownFormat, match="only one"):
            write(StatusPage(), "incidentkit", document="summary")

    @pytest.mark.usefixtures("shouted")
    def test_what_is_only_written_is_not_read(self) -> None:
        """And the other way around."""
        assert write(StatusPage("Acme"), "shout").exact() == "ACME"
        with pytest.raises(UnknownFormat):
            read(b"ACME", "shout")
        assert read(b"Acme", "echo").exact().name == "Acme"
        with pytest.raises(UnknownFormat):
            write(StatusPage("Acme"), "echo")
        assert detect(EMPTY) == "statuspage"

    @pytest.mark.usefixtures("shouted")
    def test_endless_depth_is_a_limit(self) -> None:
        """A reader that runs out of stack is told as what it is."""
        with pytest.raises(LimitExceeded) as caught:
            read(b"x", "pit")
        assert caught.value.format == "pit"

    @pytest.mark.usefixtures("shouted")
    def test_text_is_decoded_and_repaired(self) -> None:
        """Marks are eaten, other encodings told, half characters replaced."""
        assert read("\ufeffAcme", "echo").exact().name == "Acme"
        assert read("Acme".encode("utf-8-sig"), "echo").exact().name == "Acme"
        wide = read("Acme".encode("utf-16"), "echo")
        assert wide.value.name == "Acme"
        assert [f.code for f in wide.findings] == ["document.encoding"]
        half = read("a\nb\ud800", "echo")
        assert half.value.name == "a\nb\ufffd"
        assert [(f.code, f.path) for f in half.findings] == [
            ("text.surrogate", "line 2")
        ]
        with pytest.raises(MalformedDocument) as caught:
            read(b"Acme\xff", "echo")
        assert caught.value.path == "byte 4"
        with pytest.raises(LimitExceeded):
            read("Acme", "echo", limits=Limits(bytes=3))
        # Three characters of three bytes each are nine bytes, not three.
        with pytest.raises(LimitExceeded):
            read('"€€"', "statuspage", limits=Limits(bytes=5))


class TestWrite:
    """The caller's side of writing."""

    def test_an_event_stands_for_its_page(self) -> None:
        """An incident or a maintenance is written as a page that has only it."""
        incident = Incident.open("Down", at="2021-03-22T19:22:00Z")
        planned = Maintenance.schedule(
            "DB", at="2024-05-01T09:00:00Z", scheduled_for="2024-05-04T22:00:00Z"
        )
        for event, page in (
            (incident, StatusPage(incidents=[incident])),
            (planned, StatusPage(maintenances=[planned])),
        ):
            assert write(event, "incidentkit").value == write(page, "incidentkit").value

    def test_nothing_else_is_written(self) -> None:
        """A component is not a page."""
        with pytest.raises(TypeError):
            write(Component("API"), "incidentkit")  # type: ignore[arg-type]


class TestConvert:
    """Reading and writing in one."""

    def test_both_sets_of_findings_are_kept(self) -> None:
        """First what the reading found, then what the writing did."""
        rows = b'[{"name": "Down", "status": "hm"}, 3]'
        data = b'{"page": {"name": "Acme"}, "incidents": ' + rows + b"}"
        there = convert(data, "statuspage", to_document="bare-list")
        codes = [finding.code for finding in there.findings]
        came, went = (
            read(data),
            write(read(data).value, "statuspage", document="bare-list"),
        )
        assert codes == [f.code for f in (*came.findings, *went.findings)]
        assert there.left_out == (*came.left_out, *went.left_out)
        assert there.value == went.value

    def test_it_takes_what_read_takes(self) -> None:
        """Format, document, zone, time, page and limits go to the reading."""
        there = convert(
            EMPTY,
            "incidentkit",
            "statuspage",
            document="incidents/unresolved",
            tz="UTC",
            at="2026-01-01T00:00:00Z",
            page=StatusPage(url="https://acme.test"),
            limits=Limits(bytes=1000),
        )
        page = read(there.exact()).exact()
        assert page.url == "https://acme.test"
        assert page.coverage.incidents != ()


class TestFiles:
    """Formats as files."""

    def test_one_document_is_one_file(self) -> None:
        """Named for its format, and read back the same."""
        page = StatusPage("Acme", components=["API"])
        files = write_files(page, "incidentkit").exact()
        assert list(files) == ["incidentkit.json"]
        assert read_files(files, "incidentkit").exact() == page

    def test_several_documents_of_a_page_are_joined(self) -> None:
        """The page has what each of them has."""
        row = '{"id": "c", "name": "API", "status": "operational"}'
        files: dict[str, bytes | str] = {
            "components.json": f'{{"page": {{"id": "p"}}, "components": [{row}]}}',
            "incidents.json": EMPTY.replace(b'"p"', b'"p", "url": 7'),
        }
        came = read_files(files, "statuspage")
        assert came.value.name == "Acme"
        assert [one.name for one in came.value.components] == ["API"]
        assert [f.path for f in came.findings] == ["incidents.json: $.page.url"]
        assert [one.path for one in came.left_out] == ["incidents.json: $.page.url"]

    def test_a_broken_file_is_named(self) -> None:
        """Which of them, and where in it."""
        with pytest.raises(MalformedDocument) as caught:
            read_files({"a.json": EMPTY, "b.json": b"7"}, "statuspage")
        assert caught.value.path.startswith("b.json: ")

    def test_a_file_is_told_by_its_place(self) -> None:
        """Where two documents have the same keys, only the place differs."""
        room = FORMATS["statuspage"]
        named = {
            "incidents/unresolved.json": "incidents/unresolved",
            "api/v2/incidents/unresolved.json": "incidents/unresolved",
            "api/v2/old-incidents/unresolved.json": None,
            "unresolved.json": None,
            "api/v2/incidents.json": None,
            "incidents/unresolved.txt": None,
        }
        assert {file: room.document_of(file) for file in named} == named
        page = read_files(
            {"api/v2/incidents/unresolved.json": EMPTY}, "statuspage", at=NOON
        )
        assert page.exact().observed_at == page.exact().coverage.incidents[0].start

    @pytest.mark.usefixtures("shouted")
    def test_a_format_may_live_in_files(self) -> None:
        """Several of them, each with a report of its own."""
        page = StatusPage("Acme", components=["API", "Web"])
        went = write_files(page, "folder")
        assert went.value == {"name": "Acme", "API": "", "Web": ""}
        assert [finding.path for finding in went.findings] == ["$.components"]
        came = read_files(went.value, "folder", at=NOON)
        assert came.value == attrs.evolve(page, observed_at=NOON)
        assert [finding.path for finding in came.findings] == ["name: line 1"]

    @pytest.mark.usefixtures("shouted")
    def test_what_lives_in_files_is_not_one_document(self) -> None:
        """And the other way round; the error says what to use."""
        with pytest.raises(UnknownFormat, match="use read_files"):
            read("x", "folder")
        with pytest.raises(UnknownFormat, match="use write_files"):
            write(StatusPage(), "folder")
        with pytest.raises(UnknownFormat, match="only written"):
            read_files({"x": ""}, "shout")
        with pytest.raises(UnknownFormat, match="only read"):
            write_files(StatusPage(), "echo")

    @pytest.mark.usefixtures("shouted")
    def test_a_reader_of_files_raises_what_is_promised(self) -> None:
        """With the format's name."""
        with pytest.raises(MalformedDocument) as caught:
            read_files({"API": ""}, "folder")
        assert (caught.value.path, caught.value.format) == ("$", "folder")

    def test_no_files_are_no_page(self) -> None:
        """The caller is told."""
        with pytest.raises(ValueError, match="no files"):
            read_files({}, "statuspage")


def test_a_format_that_is_only_written_recognises_nothing() -> None:
    """`detect` never answers with what cannot be read."""
    made = Format(name="x", title="X", media_type="a/b", suffix=".x")
    assert not made.recognises(Clue(text="x"))
    assert attrs.evolve(made, name="y").name == "y"


def test_every_code_of_a_finding_is_met_somewhere() -> None:
    """The table promises no finding that nothing reports."""
    package = Path(incidentkit.__file__).parent
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in package.rglob("*.py")
        if path.name != "_finding.py"
    )
    assert [code for code in FINDINGS if f'"{code}"' not in source] == []
