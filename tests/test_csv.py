"""The table of updates: what is in it, what is defused, and what others make of it."""

from __future__ import annotations

import csv
import io
import time

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as pages
from incidentkit import (
    FORMATS,
    Component,
    ComponentRef,
    ComponentState,
    Converted,
    Detection,
    Incident,
    LimitExceeded,
    Limits,
    Maintenance,
    MalformedDocument,
    RecordedDay,
    StatusPage,
    Update,
    detect,
    read,
    write,
)
from incidentkit._incident import make_incident
from incidentkit.formats._escape import csv_cell, csv_text
from incidentkit.formats.csv._columns import COLUMNS, LONGEST

HEAD = '"incidentkit 1","event","update","name","at","body"\r\n'
#: What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\x00", "＝", "＋", "－", "＠")  # noqa: RUF001 - they are meant

API = Incident(
    "API down",
    id="i1",
    url="https://status.example.com/i1",
    impact="major",
    updates=[
        Update(
            "investigating",
            body='- looking\r\n- "really"',
            at="2026-03-10T10:00:00Z",
            id="u1",
            states=[
                ComponentState(ComponentRef("API", id="c1"), "major_outage"),
                ComponentState(ComponentRef(id="c2"), None, before="operational"),
            ],
        ),
        Update(
            "resolved",
            body="=1+1; =2",
            at="2026-03-10T11:00:00.25Z",
            created_at="2026-03-10T11:05:00Z",
            updated_at="2026-03-10T11:06:00Z",
        ),
    ],
    components=["API", ComponentRef("", id="c1")],
    detection=Detection("a monitor", "2026-03-10T09:59:00Z"),
    stated_start="2026-03-10T09:55:00Z",
    postmortem="",
)
WORK = Maintenance(
    "Patching",
    scheduled_for="2026-04-01T00:00:00Z",
    scheduled_until="2026-04-01T02:00:00Z",
    stated_status="scheduled",
    impact=None,
)
PAGE = StatusPage(
    "Parcelwise",
    url="https://status.example.com",
    id="",
    time_zone="Europe/Lisbon",
    components=[
        Component("API", id="c1", status="operational", group="g1", position=-1),
        Component(
            "Backend",
            id="g1",
            is_group=True,
            description="",
            start_date="2020-01-01",
            created_at="2020-01-02T00:00:00Z",
        ),
    ],
    incidents=[API],
    maintenances=[WORK],
    stated_indicator="minor",
    stated_description="Some trouble",
    updated_at="2026-03-10T11:06:00Z",
)


def rows(text: str) -> list[dict[str, str]]:
    """The table, as Python's own reader has it."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def table(*lines: str, head: str = HEAD) -> str:
    """A table of a few columns."""
    return head + "".join(f"{line}\r\n" for line in lines)


def found(came: Converted[StatusPage]) -> list[tuple[str, str]]:
    """Codes and places."""
    return [(one.code, one.path) for one in came.findings]


# -- writing ---------------------------------------------------------------------------


def test_one_row_an_update() -> None:
    """And one for the page, for each component, and for what has no updates."""
    text = write(PAGE, "csv").exact()
    told = rows(text)
    assert list(told[0]) == list(COLUMNS)
    kinds = [(row["incidentkit 1"], row["event"], row["update"]) for row in told]
    assert kinds == [
        ("page", "", ""),
        ("component", "", ""),
        ("group", "", ""),
        ("incident", "1", "1"),
        ("incident", "1", "2"),
        ("maintenance", "2", ""),
    ]
    first, second = told[3:5]
    assert first["name"] == second["name"] == "API down"
    assert first["status"] == second["status"] == "resolved"
    assert first["began_at"] == "2026-03-10T09:55:00Z"
    assert first["body"] == "'- looking\r\n'- \"really\""
    assert second["body"] == "'=1+1;' =2"
    assert second["edited_at"] == "2026-03-10T11:06:00Z"
    assert first["postmortem"] == "'"
    assert told[1]["position"] == "'-1"
    assert told[5]["scheduled_for"] == "2026-04-01T00:00:00Z"


def test_every_cell_is_quoted_and_every_line_ends_in_crlf() -> None:
    """RFC 4180, sections 2.1 and 2.5."""
    text = write(StatusPage("X"), "csv").exact()
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert len(lines) == 3
    assert all(line.startswith('"') and line.endswith('"') for line in lines[:-1])
    assert lines[1].count('"') == 2 * len(COLUMNS)


def test_everything_comes_back() -> None:
    """All that was written."""
    assert read(write(PAGE, "csv").exact(), "csv").exact() == PAGE


def test_a_lone_incident_has_no_row_of_a_page() -> None:
    """There is none to speak of."""
    text = write(API, "csv").exact()
    assert {row["incidentkit 1"] for row in rows(text)} == {"incident"}
    assert read(text).exact() == StatusPage(incidents=[API])


def test_recorded_days_are_left_out() -> None:
    """They are no updates."""
    page = attrs.evolve(PAGE, recorded=[RecordedDay("API", "2026-03-10")])
    went = write(page, "csv")
    assert [(one.code, one.path) for one in went.findings] == [
        ("item.unfitting", "$.recorded")
    ]
    assert read(went.value).exact() == PAGE


def test_an_unknown_time_of_posting_is_the_first_updates() -> None:
    """Only readers make such incidents; an empty cell cannot tell it."""
    parts = {field.name: getattr(API, field.name) for field in attrs.fields(Incident)}
    one = make_incident(**{**parts, "created_at": None})
    went = write(one, "csv")
    assert [(one.code, one.path) for one in went.findings] == [
        ("value.invented", "$.created_at")
    ]


@pytest.mark.parametrize("end", ["x", ",=1", ",'"])
def test_a_text_too_long_for_a_cell_is_cut_off(end: str) -> None:
    """Python's reader takes 131,072 characters, and others fewer."""
    body = "x" * (LONGEST - 1) + end * 9
    one = attrs.evolve(API, updates=[attrs.evolve(API.updates[0], body=body)])
    went = write(one, "csv")
    assert [(one.code, one.path) for one in went.findings] == [
        ("value.left_out", "$.updates[0]")
    ]
    back = read(went.value).exact()
    assert body.startswith(back.incidents[0].updates[0].body)
    assert write(back.incidents[0], "csv").exact() == went.value


@given(page=pages.pages())
@settings(max_examples=60, deadline=None)
def test_no_cell_begins_a_formula(page: StatusPage) -> None:
    """Nor does what another separator would cut off."""
    for row in csv.reader(io.StringIO(write(page, "csv").value, newline="")):
        for cell in row:
            for part in (cell, *cell.replace("\t", ";").replace(",", ";").split(";")):
                assert not part.lstrip(' "').startswith(FORMULA[:4] + FORMULA[6:])
            assert not cell.startswith(FORMULA)


@given(text=st.text() | st.text("=+-@',; \"\t\r\n\0＝a", max_size=12))  # noqa: RUF001 - it is meant
def test_what_was_defused_is_restored(text: str) -> None:
    """Exactly, for every text; and two texts never become the same."""
    assert csv_text(csv_cell(text)) == text


# -- reading ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ("", "row 1"),
        ("name,at\r\nAPI,2026\r\n", "row 1"),
        ('"incidentkit 2","event"\r\n', "row 1"),
        ('"incidentkit 0","event"\r\n', "row 1"),
        (table('"incident","1","a"b'), "row 2"),
        (table('"incident","1","open'), "row 2"),
        (table(f'"incident","1","","{"x" * (LONGEST + 1)}"'), "row 2"),
        (b'"incidentkit 1","\xff"', "byte 17"),
    ],
    ids=["empty", "other", "newer", "older", "quotes", "unclosed", "long", "bytes"],
)
def test_what_is_no_table_of_ours_is_refused(data: bytes | str, path: str) -> None:
    """With the place, and nothing is read of it."""
    with pytest.raises(MalformedDocument) as refused:
        read(data, "csv")
    assert refused.value.path == path


def test_limits() -> None:
    """Rows are counted, the heading is not."""
    text = table('"incident","1"', '"incident","2"')
    assert len(read(text, limits=Limits(items=2)).value.incidents) == 2
    with pytest.raises(LimitExceeded, match="row 3"):
        read(text, limits=Limits(items=1))


def test_detect() -> None:
    """By the heading of the first column, whatever its version."""
    assert detect(write(PAGE, "csv").value) == "csv"
    assert detect("\ufeffincidentkit 7;event\n") == "csv"
    assert FORMATS["csv"].media_type == "text/csv"


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_what_a_spreadsheet_saved_is_read(separator: str) -> None:
    """With a byte order mark, another separator, fewer quotes, and in any order."""
    told = list(csv.reader(io.StringIO(write(PAGE, "csv").exact(), newline="")))
    out = io.StringIO()
    mixed = [told[0], *reversed(told[1:])]
    table = csv.writer(out, delimiter=separator, lineterminator="\n")
    table.writerows([row[0], *reversed(row[1:])] for row in mixed)
    came = read(("\ufeff" + out.getvalue()).encode())
    assert [(one.code, one.path, one.count) for one in came.findings] == [
        ("order.unsorted", "row 2, column event", 2)
    ]
    components = tuple(reversed(PAGE.components))
    assert came.value == attrs.evolve(PAGE, components=components)


def test_missing_strange_and_repeated_columns() -> None:
    """What is missing is empty; what is strange is left out; the last of two counts."""
    head = ",".join([*COLUMNS[:-1], "name", "notes"]) + "\r\n"
    came = read(head + "page" + "," * (len(COLUMNS) - 1) + "X,!,beyond\r\n")
    assert found(came) == [
        ("value.missing", "row 1"),
        ("key.duplicate", "row 1"),
        ("value.left_out", "row 1"),
        ("value.left_out", "row 2"),
    ]
    assert came.value.name == "X"


def quiet(came: Converted[StatusPage]) -> list[tuple[str, str]]:
    """Codes and places, but for the columns that a short table has not."""
    return [one for one in found(came) if one != ("value.missing", "row 1")]


def test_rows_of_nothing_we_know() -> None:
    """Empty ones are passed over; a second page is one too many."""
    came = read(table('"page"', "", '""', '"page"', '"dog"'))
    assert quiet(came) == [("item.malformed", "row 5, column incidentkit 1")]
    assert len(came.left_out) == 2


def test_rows_without_numbers_belong_together_by_id_or_name() -> None:
    """A table made by hand need not have numbers."""
    came = read(
        table(
            '"incident","","","API","2026-03-10T10:00:00Z","one"',
            '"incident","","","Web","2026-03-10T10:00:00Z","two"',
            '"incident","","","API","2026-03-10T11:00:00Z","three"',
        )
    )
    assert quiet(came) == []
    told = [[up.body for up in one.updates] for one in came.value.incidents]
    assert told == [["one", "three"], ["two"]]


def test_rows_that_disagree_of_their_incident() -> None:
    """The first counts."""
    came = read(
        table(
            '"incident","1","1","API","2026-03-10T10:00:00Z","one"',
            '"incident","1","2","Web","2026-03-10T11:00:00Z","two"',
        )
    )
    assert quiet(came) == [("value.left_out", "row 3, column name")]
    assert [one.name for one in came.value.incidents] == ["API"]


def test_cells_that_cannot_be_read() -> None:
    """The smallest thing is left out; an update without a time is no update."""
    head = (
        "incidentkit 1,event,update,update_status,at,stated_status,impact,levels,"
        "components,detected_by,detected_at,position,start_date,status,began_at\r\n"
    )
    came = read(
        table(
            "component,,,,,,,,,,,one,today,up",
            "incident,1,1,broken,2026-03-10T24:00:00Z,odd,bad,"
            '"[{""id"":""c"",""status"":""odd""},{}]",[1],,2026-03-10T10:00:00Z,,,open,'
            "2026-03-10T10:00:00Z",
            "incident,2,1,,yesterday",
            "incident,3,1,,2026-03-10 10:00,,,,,,,,,resolved",
            head=head,
        )
    )
    assert quiet(came) == [
        ("word.unknown", "row 2, column status"),
        ("value.malformed", "row 2, column position"),
        ("time.malformed", "row 2, column start_date"),
        ("time.end_of_day", "row 3, column at"),
        ("word.unknown", "row 3, column update_status"),
        ("item.malformed", "row 3, column levels"),
        ("word.unknown", "row 3, column impact"),
        ("value.malformed", "row 3, column components"),
        ("value.malformed", "row 3, column detected_at"),
        ("sentence.disagrees", "row 3, column status"),
        ("sentence.disagrees", "row 3, column began_at"),
        ("time.malformed", "row 4, column at"),
        ("item.malformed", "row 4, column at"),
    ]
    assert [len(one.updates) for one in came.value.incidents] == [1, 0, 0]
    again = rows(write(came.value, "csv").value)
    assert again[1]["status"] == "up"
    assert (again[2]["impact"], again[2]["update_status"]) == ("bad", "broken")
    assert again[2]["stated_status"] == "odd"


def test_a_time_without_a_zone_takes_the_callers() -> None:
    """As everywhere."""
    text = table('"incident","1","1","API","2026-07-10 10:00:00","one"')
    came = read(text, tz="Europe/Lisbon")
    assert quiet(came) == [("time.naive", "row 2, column at")]
    update = came.value.incidents[0].updates[0]
    assert update.at.isoformat() == "2026-07-10T09:00:00+00:00"


def test_a_summary_without_an_end() -> None:
    """An end that the updates do not tell is not believed."""
    head = "incidentkit 1,event,ended_at\r\n"
    came = read(table("incident,1,2026-03-10T10:00:00Z", head=head))
    assert quiet(came) == [("sentence.disagrees", "row 2, column ended_at")]
    assert came.value.incidents[0].ended_at is None


@given(lines=st.lists(st.lists(st.text(max_size=6), max_size=8), max_size=4))
def test_reading_is_total_over_cells(lines: list[list[str]]) -> None:
    """Whatever stands in them."""
    out = io.StringIO()
    out.write(HEAD)
    kinds = ("incident", "maintenance", "component", "page")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(
        [kinds[number % 4], *line] for number, line in enumerate(lines)
    )
    try:
        write(read(out.getvalue(), "csv").value, "csv")
    except MalformedDocument:
        return


def test_reading_is_linear() -> None:
    """Four times the updates take about four times as long, and not sixteen."""

    def seconds(size: int) -> float:
        text = write(attrs.evolve(API, updates=API.updates[:1] * size), "csv").exact()
        began = time.process_time()
        assert len(read(text).exact().incidents[0].updates) == size
        return time.process_time() - began

    assert seconds(2_000) < 10 * seconds(500) + 0.1
